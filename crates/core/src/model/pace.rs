//! How fast the learner is, how long things take, and so how much time is left.
//!
//! Two clocks measure it, and [`Measure`] says which. Minutes are the better one: hours that were
//! studied ([`Measure::Studied`]). They count while they tell the whole: as long as some were logged in
//! the four weeks up to the last thing that happened, and most of what was finished in its eight weeks
//! has some. Else the plan is the clock ([`Measure::Planned`]): the hours that the path gives to what
//! was finished. What is silent changes no clock; only what is recorded does.
//!
//! Days are numbered without those away ([`super::study_days::StudyDays`]), so a pause that was said costs
//! nothing, also when it is said afterwards.
//!
//! **Studied**, since the first minute that was logged. Each day weighs half of one a year later; the
//! pace is the mean. Who came to study more or less in a week than before has the pace of today's weeks,
//! as `level` says, so that the memory can be long and the pace holds still for everybody else. There are
//! no blocks of weeks, so that no day is blind: a day on which nothing happened lowers the pace by a
//! seventh of it, divided by the weeks that it is the mean of.
//!
//! A forecast reckons with a rate that differs from the pace in two ways. The planned hours count as
//! four weeks before the first day, and so fade as these do. And up to a week of silence costs nothing:
//! the rate is the highest of the means that end today or on one of the seven days before. Else it would
//! fall in each free week of somebody who logs every second one, and rise in the next; the other free
//! days of such a week stand before the first day.
//!
//! What takes its time as a whole, a topic or a milestone, is a [`Unit`]. A kind of unit takes `c` times
//! its hours; `factor` says how `c` is found. What began before the first minute tells nothing. Left is
//! `c` times the hours less what was logged, but a tenth of it at least: who is late is not done.
//!
//! **Planned**, since the start up to the last thing finished: the silence after it tells nothing while
//! the unit that is next explains it, which it does for one and a half times its hours; it is not done by
//! that, so that a tenth of it is always ahead. What of a topic counts is what was proven, or the
//! resources that were finished, up to nine tenths of it. Where the days between the things that were
//! finished tell that topics and milestones go at two speeds, what is left of each is reckoned at its own.
//!
//! A forecast is a range, because four things are not known: how long a kind takes (45%, less for each
//! unit that was measured), how long the single units that are left take (each by itself, so that few
//! large ones are less certain than many small ones), what the mean of the weeks is, and how the weeks
//! ahead fall. The figures are those of learners that were made up: `tests/time` walks them, and prints
//! how far off this is.
//!
//! A fifth is what a path says itself: `hours = [4, 6]`, and what it leaves to choose from. Its author is
//! off in one direction for all of it, so that the early side has all of the low ends, and the late
//! side all of the high ones and the largest choice. Its square is added to those of the four, so that both
//! ends lie in the range, and what the spread covers already is not counted in full again.

use serde::Serialize;

use super::{amounts, left};
pub(crate) use unit::Credit;
pub use unit::{Kind, Unit, Work};
use weeks::Weeks;

mod factor;
mod level;
mod unit;
mod weeks;

/// So many spreads from the middle, on both sides, are eight of ten.
pub(crate) const EIGHT_OF_TEN: f64 = 1.28;
/// The planned hours count as so many weeks of study.
const WEEKS_OF_PLAN: f64 = 4.0;
/// Silence up to so many times the hours of what is next tells nothing.
const PATIENCE: f64 = 1.5;
/// Minutes are the measure when some were logged in so many days up to the last thing that happened,
const LOGGED_LATELY: i64 = 28;
/// and this share of what was finished in so many days up to it has some.
const COVERED: (f64, i64) = (0.7, 56);
/// Below so many days, and without planned hours, a pace would be a guess.
pub(crate) const LEAST_DAYS: i64 = 14;
/// How far off the factor of a kind is that nothing tells.
const SPREAD_OF_KIND: f64 = 0.45;
/// How far off a unit is from its kind: in hours that are studied, and in those of the plan, in whose
/// weeks there is some of it already.
const SPREAD_OF_UNIT: [f64; 2] = [0.4, 0.3];
/// How far off a week is, where no week was measured, as a part of the pace.
const SPREAD_OF_WEEK: f64 = 0.5;
/// The last weeks that can be slower than the whole, and from which share of the pace on it is said.
const LATELY: (i64, f64) = (56, 0.7);

/// A resource or milestone that was finished.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Finish {
    /// The number of the day.
    pub on: i64,
    /// Its hours.
    pub hours: f64,
    /// Whether time was logged on it.
    pub is_logged: bool,
}

/// What happened on a route, in days that are numbered without those away.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History {
    /// The number of the day of today.
    pub today: i64,
    /// That of the first day.
    pub start: i64,
    /// The hours that the learner means to study a week.
    pub planned: Option<f64>,
    /// The topics and milestones.
    pub units: Vec<Unit>,
    /// The hours that were studied, by day.
    pub logged: Vec<(i64, f64)>,
    /// The hours of the plan that were done by what was finished.
    pub finished: Vec<Work>,
    /// What was finished that takes time by itself.
    pub finishes: Vec<Finish>,
    /// The hours ahead of the unit that is next.
    pub next: f64,
    /// By how much the hours of topics can be more if the largest are chosen.
    pub choice: f64,
}

/// Which hours are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// Those that were studied.
    Studied,
    /// Those that the plan gives to what was finished.
    Planned,
}

/// How many times the hours of the plan things take, by kind; `None` if too little tells it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Calibration {
    /// Topics.
    pub topics: Option<f64>,
    /// Milestones.
    pub milestones: Option<f64>,
}

/// How fast the learner is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Pace {
    /// Hours a week.
    pub hours_per_week: f64,
    /// The weeks that it is the mean of; two at least where the hours are those of the plan.
    pub weeks: u32,
    /// Which hours.
    pub basis: Measure,
    /// How long things take.
    pub calibration: Option<Calibration>,
}

/// What a history comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// What happened alone; none before a week has passed.
    pub pace: Option<Pace>,
    /// Which hours are counted.
    pub basis: Measure,
    /// The hours a week to reckon with: the pace, with what was planned as weeks of it.
    pub rate: f64,
    /// The hours that are left, at the rate at which things take them.
    pub left: f64,
    /// The number of the day from which they are counted.
    pub base: f64,
    /// The spread of the logarithm of the time that is left.
    pub spread: f64,
    /// The hours that are left at the low and at the high ends of what the path says.
    pub ends: [f64; 2],
    /// The pace of the last eight weeks, where it is much lower.
    pub lately: Option<f64>,
}

/// A value of each kind.
#[derive(Debug, Clone, Copy, Default)]
struct ByKind<T> {
    topics: T,
    milestones: T,
}

impl<T> ByKind<T> {
    fn of(&self, kind: Kind) -> &T {
        if kind == Kind::Topic { &self.topics } else { &self.milestones }
    }

    fn of_mut(&mut self, kind: Kind) -> &mut T {
        if kind == Kind::Topic { &mut self.topics } else { &mut self.milestones }
    }

    fn map<U>(&self, of: impl Fn(&T) -> U) -> ByKind<U> {
        ByKind { topics: of(&self.topics), milestones: of(&self.milestones) }
    }
}

impl History {
    /// What it comes to; `None` if it tells no pace and none was planned, or nothing is left.
    pub fn estimate(&self) -> Option<Estimate> {
        let studied = if self.is_logged() { self.studied() } else { None };
        studied.or_else(|| self.by_plan())
    }

    /// Whether there is an estimate, with whatever plan.
    pub(crate) fn can_tell(&self) -> bool {
        let is_young = self.today - self.start + 1 < LEAST_DAYS;
        self.planned.is_some() || !self.logged.is_empty() || !is_young
    }

    /// What was planned, as weeks and hours.
    fn prior(&self) -> (f64, f64) {
        match self.planned.filter(|hours| *hours > 0.0) {
            Some(hours) => (WEEKS_OF_PLAN, hours),
            None => (0.0, 0.0),
        }
    }

    /// Whether the minutes tell the whole.
    fn is_logged(&self) -> bool {
        let Some(last) = self.logged.iter().map(|(on, _)| *on).max() else { return false };
        let now = self.last_finished().map_or(last, |on| on.max(last));
        let (share, days) = COVERED;
        let lately = || self.finishes.iter().filter(|one| now - one.on < days);
        let all: f64 = lately().map(|one| one.hours).sum();
        let covered: f64 = lately().filter(|one| one.is_logged).map(|one| one.hours).sum();
        now - last < LOGGED_LATELY && covered >= share * all
    }

    fn last_finished(&self) -> Option<i64> {
        self.finished.iter().map(|work| work.on).max()
    }

    fn studied(&self) -> Option<Estimate> {
        let first = self.logged.iter().map(|(on, _)| *on).min()?;
        if self.planned.is_none() && self.today - first + 1 < LEAST_DAYS {
            return None;
        }
        let kinds = factor::evidence(&self.units, first, self.today);
        let factors = factor::factors(&kinds);
        let left = |unit: &Unit| -> f64 {
            let factor = factors.of(unit.kind);
            if !unit.is_open() {
                0.0
            } else if unit.begun.is_some_and(|begun| begun < first) {
                factor * unit.left
            } else {
                late(factor * unit.hours - unit.logged, factor * unit.hours)
            }
        };
        let weeks = self.weeks_since(first);
        let told = kinds.map(|kind| kind.told().map(amounts::two_decimals));
        let calibration = (told.topics.or(told.milestones).is_some())
            .then_some(Calibration { topics: told.topics, milestones: told.milestones });
        let measured = kinds.map(|kind| kind.units);
        let base = self.today as f64;
        self.of(weeks, left, factors, measured, calibration, base)
    }

    fn by_plan(&self) -> Option<Estimate> {
        let (prior, planned) = self.prior();
        let last = self.last_finished().unwrap_or(self.start - 1);
        let busy = (last - self.start + 1) as f64 / 7.0;
        let silent = (self.today - last) as f64 / 7.0;
        let is_young = self.today - self.start + 1 < LEAST_DAYS;
        if prior == 0.0 && is_young {
            return None;
        }
        let worth: f64 = self.units.iter().map(|unit| unit.worth).sum();
        if prior == 0.0 && worth <= 0.0 {
            return None;
        }
        // What was done on the first days is the work of two weeks.
        let busy = if worth > 0.0 { busy.max(LEAST_DAYS as f64 / 7.0) } else { busy };
        let weeks = prior + busy;
        let first_rate = (prior * planned + worth) / weeks;
        let over = (silent - PATIENCE * self.next / first_rate).max(0.0);
        let rate = (prior * planned + worth) / (weeks + over);
        let weeks = Weeks {
            basis: Measure::Planned,
            rate,
            measured: worth,
            weeks: busy + over,
            spread: SPREAD_OF_WEEK * rate,
            told_by: prior + busy + silent,
        };
        let done = |kind: Kind| {
            let is_done = |unit: &&Unit| unit.kind == kind && !unit.is_open() && unit.worth > 0.0;
            self.units.iter().filter(is_done).count()
        };
        let measured = ByKind { topics: done(Kind::Topic), milestones: done(Kind::Milestone) };
        let factors = factor::by_days(&self.finished, self.start, LEAST_DAYS);
        // What is next takes its time, but it is not done: a tenth of it is ahead.
        let spent = (1.0 - left::LEAST) * self.next / rate;
        let base = (last as f64 + 7.0 * over).max(self.today as f64 - 7.0 * spent);
        let left = |unit: &Unit| factors.of(unit.kind) * unit.left;
        self.of(weeks, left, factors, measured, None, base)
    }

    /// The estimate of weeks, and of what is left of each unit.
    fn of(
        &self,
        weeks: Weeks,
        left_of: impl Fn(&Unit) -> f64,
        factors: ByKind<f64>,
        measured: ByKind<usize>,
        calibration: Option<Calibration>,
        base: f64,
    ) -> Option<Estimate> {
        let (mut left, mut squares) = (ByKind::<f64>::default(), 0.0);
        let (mut least, mut most) = (0.0, factors.topics * self.choice);
        for unit in &self.units {
            let hours = left_of(unit);
            let [less, more] = unit.spare.map(|hours| factors.of(unit.kind) * hours);
            least += late(hours - less, hours);
            most += hours + more;
            *left.of_mut(unit.kind) += hours;
            squares += hours.powi(2);
        }
        let all = left.topics + left.milestones;
        if all <= 0.0 || weeks.rate <= 0.0 {
            return None;
        }
        let of_unit = of_measure(SPREAD_OF_UNIT, weeks.basis);
        let mut spread = of_unit.powi(2) * squares / all.powi(2);
        for kind in [Kind::Topic, Kind::Milestone] {
            let of_kind = SPREAD_OF_KIND * left.of(kind) / all;
            spread += of_kind.powi(2) / (*measured.of(kind) as f64 + 1.0);
        }
        let of_week = (weeks.spread / weeks.rate).powi(2);
        spread += of_week / weeks.told_by.max(1.0) + of_week / (all / weeks.rate).max(1.0);
        let is_told = weeks.measured > 0.0 && self.today - self.start + 1 >= 7;
        let pace = is_told.then(|| Pace {
            hours_per_week: amounts::without_dust(weeks.measured / weeks.weeks),
            weeks: weeks.weeks.floor() as u32,
            basis: weeks.basis,
            calibration,
        });
        Some(Estimate {
            pace,
            basis: weeks.basis,
            rate: amounts::without_dust(weeks.rate),
            left: amounts::without_dust(all),
            base,
            spread: spread.sqrt(),
            ends: [least, most].map(amounts::without_dust),
            lately: self.lately(weeks.rate, weeks.basis),
        })
    }

    /// The hours a week of the last weeks, whatever the learner had planned; `None` if there are none.
    pub(crate) fn recent(&self, weeks: u32, basis: Measure) -> Option<Pace> {
        let days = (i64::from(weeks) * 7).min(self.today - self.start + 1);
        let is_late = |on: i64| self.today - on < days;
        let logged = self.logged.iter().filter(|(on, _)| is_late(*on)).map(|(_, hours)| *hours);
        let finished = self.finished.iter().filter(|work| is_late(work.on)).map(|work| work.hours);
        let hours = match basis {
            Measure::Studied => amounts::sum(logged),
            Measure::Planned => amounts::sum(finished),
        };
        let weeks = days as f64 / 7.0;
        (hours > 0.0 && days > 0).then(|| Pace {
            hours_per_week: amounts::without_dust(hours / weeks),
            weeks: weeks.ceil() as u32,
            basis,
            calibration: None,
        })
    }

    /// The pace of the last weeks where it is much lower: the mean is slow to see that somebody became
    /// slower. Only minutes tell it: what is finished comes in lumps.
    fn lately(&self, rate: f64, basis: Measure) -> Option<f64> {
        let (days, share) = LATELY;
        let first = self.logged.iter().map(|(on, _)| *on).min()?;
        if basis != Measure::Studied || self.today - first + 1 < days + LOGGED_LATELY {
            return None;
        }
        let recent = self.recent(u32::try_from(days / 7).ok()?, basis);
        let recent = recent.map_or(0.0, |pace| pace.hours_per_week);
        (recent < share * rate).then_some(recent)
    }
}

impl Estimate {
    /// The number of the day at which the hours that are left are spent; `off` is how many spreads
    /// later than the middle it is.
    pub(crate) fn arrival(&self, off: f64) -> f64 {
        let [least, most] = self.ends;
        let side = if off < 0.0 { self.left / least } else { most / self.left };
        // Of next to nothing there are no ends.
        let side = if side.is_finite() && side > 0.0 { side.ln() / EIGHT_OF_TEN } else { 0.0 };
        let spread = self.spread.hypot(side);
        self.base + 7.0 * self.left / self.rate * (off * spread).exp()
    }
}

fn of_measure([studied, planned]: [f64; 2], basis: Measure) -> f64 {
    if basis == Measure::Studied { studied } else { planned }
}

/// What is left of some hours, which is a part of all of them at least.
fn late(left: f64, all: f64) -> f64 {
    left.max(left::LEAST * all)
}

#[cfg(test)]
mod tests;
