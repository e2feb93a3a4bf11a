//! Whether the learner came to study more or less in a week than before.
//!
//! A mean is slow to see it: with a half-life of half a year, a fall from seven hours a week to four
//! still reads as nearly five a year later. A shorter one would see it sooner, and move the arrival
//! with every uneven week of everybody else. So the weeks are asked whether they are of one level or
//! of two, and the half-life is long.
//!
//! **Weeks of study.** Silence is no evidence: a pause is not a slower week, and days away are said. So
//! a gap of more than a week counts as a week, and the weeks are counted back from the last day with
//! study. A day on which nothing happens changes nothing here.
//!
//! **One level or two.** Of all ways to cut the weeks in two, with [`QUARTER`] weeks at least on each
//! side, the one counts that divides them best: where the means of both sides differ by the most
//! spreads of such a difference. Below three spreads it is chance, which has many cuts to choose from;
//! from six on it is certain; between them it is believed in part. Uneven weeks have a large spread,
//! and one huge week has one too, so that neither is a new level.
//!
//! **Slowly.** To believe it at once would move the arrival by a year in a day. It counts from its
//! twelfth week on, and wholly half a year later. As far as it counts, the hours of
//! the weeks before it are reckoned as if they had been studied at the new level.

use super::amounts::HAIR;

/// The weeks that each of two levels has at least.
const QUARTER: usize = 12;
/// A level counts wholly when it has so many weeks more.
const BELIEVED: f64 = 26.0;
/// Levels are one up to so many spreads, and two from so many on.
const CERTAIN: (f64, f64) = (3.0, 6.0);

/// Since when the hours of a week are others than before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Level {
    /// The number of its first day.
    since: i64,
    /// By what the hours before it are multiplied.
    times: f64,
}

impl Level {
    /// What the hours of a day count as.
    pub(super) fn of(self, (on, hours): (i64, f64)) -> f64 {
        if on < self.since { hours * self.times } else { hours }
    }
}

/// A week of study: its first day, and its hours.
struct Week {
    first: i64,
    hours: f64,
}

/// The level of the last weeks, of hours by day.
pub(super) fn level(logged: &[(i64, f64)]) -> Level {
    let weeks = weeks(logged);
    let all = Moments::of(&weeks);
    let mut late = Moments::default();
    let mut best = (0.0, Level { since: i64::MIN, times: 1.0 });
    for week in &weeks {
        late.add(week.hours);
        let early = all.less(late);
        if late.count < QUARTER as f64 || early.count < QUARTER as f64 {
            continue;
        }
        let spreads = late.spreads_from(early);
        if spreads > best.0 && early.sum > 0.0 {
            let (from, to) = CERTAIN;
            let certain = ((spreads - from) / (to - from)).clamp(0.0, 1.0);
            let known = ((late.count - QUARTER as f64) / BELIEVED).min(1.0);
            let times = 1.0 + certain * known * (late.mean() / early.mean() - 1.0);
            best = (spreads, Level { since: week.first, times });
        }
    }
    best.1
}

/// The weeks of study, the last one first. What is left at the beginning and is no whole week is none.
fn weeks(logged: &[(i64, f64)]) -> Vec<Week> {
    let mut days = logged.to_vec();
    // In one go where they are in order, as they are in a history.
    days.sort_by_key(|(on, _)| *on);
    let mut weeks: Vec<Week> = Vec::new();
    // Days since the first of the week, and the day that was looked at before.
    let (mut of_week, mut after) = (0, None);
    for (first, hours) in days.into_iter().rev() {
        of_week += after.map_or(0, |after: i64| (after - first).min(7));
        after = Some(first);
        match weeks.last_mut() {
            Some(week) if of_week < 7 => {
                week.first = first;
                week.hours += hours;
            }
            _ => {
                of_week %= 7;
                weeks.push(Week { first, hours });
            }
        }
    }
    weeks.pop();
    weeks
}

/// Sums that tell a mean and a spread.
#[derive(Debug, Clone, Copy, Default)]
struct Moments {
    count: f64,
    sum: f64,
    squares: f64,
}

impl Moments {
    fn of(weeks: &[Week]) -> Self {
        let mut all = Self::default();
        weeks.iter().for_each(|week| all.add(week.hours));
        all
    }

    fn add(&mut self, hours: f64) {
        self.count += 1.0;
        self.sum += hours;
        self.squares += hours.powi(2);
    }

    fn less(self, other: Self) -> Self {
        Self {
            count: self.count - other.count,
            sum: self.sum - other.sum,
            squares: self.squares - other.squares,
        }
    }

    fn mean(self) -> f64 {
        self.sum / self.count
    }

    /// The squares of what is off the mean.
    fn off(self) -> f64 {
        self.squares - self.sum.powi(2) / self.count
    }

    /// How many spreads of such a difference its mean is from another one.
    fn spreads_from(self, other: Self) -> f64 {
        let of_week = (self.off() + other.off()) / (self.count + other.count - 2.0);
        let of_mean = of_week * (1.0 / self.count + 1.0 / other.count);
        let differ = (self.mean() - other.mean()).abs();
        // Weeks that are all alike have no spread but that of their sums.
        differ / of_mean.max(HAIR).sqrt()
    }
}
