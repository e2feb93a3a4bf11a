//! What the weeks tell since the first minute that was logged.

use super::{History, Measure, SPREAD_OF_WEEK, level};

/// A day weighs half of one so many weeks later.
const HALF_LIFE: f64 = 52.0;
/// So many days of silence cost nothing.
const REST: i64 = 7;

/// What is known of the weeks.
pub(super) struct Weeks {
    pub(super) basis: Measure,
    /// The mean, with those that were planned.
    pub(super) rate: f64,
    /// The hours without them, and how many weeks they are the work of.
    pub(super) measured: f64,
    pub(super) weeks: f64,
    /// The spread of a week.
    pub(super) spread: f64,
    /// How many weeks tell the mean.
    pub(super) told_by: f64,
}

impl History {
    /// The mean and the spread of the weeks since a day.
    pub(super) fn weeks_since(&self, first: i64) -> Weeks {
        let (planned_weeks, planned) = self.prior();
        let weight = |day: i64| 0.5_f64.powf((self.today - day) as f64 / 7.0 / HALF_LIFE);
        let days = self.today - first + 1;
        let yesterday = weight(self.today - 1);
        let weeks_of = |days: i64| sum_of_powers(yesterday, days as f64) / 7.0;
        // The planned weeks lie before the first day.
        let prior = planned_weeks * weight(first - 1);
        let squares =
            prior * weight(first - 1) + sum_of_powers(yesterday.powi(2), days as f64) / 7.0;
        let weeks = prior + weeks_of(days);
        let weighed = |(on, hours): &(i64, f64)| weight(*on) * hours;
        let level = level::level(&self.logged);
        let logged: Vec<(i64, f64)> =
            self.logged.iter().map(|one| (one.0, level.of(*one))).collect();
        let studied: f64 = logged.iter().map(weighed).sum();
        let is_late = |(on, _): &&(i64, f64)| self.today - on <= REST;
        let late: Vec<(i64, f64)> = logged.iter().filter(is_late).copied().collect();
        // The first day ends some days of rest, as the last one begins some.
        let before = (REST / 2) as f64 / 7.0 * weight(first);
        let mean = |rest: i64| {
            let after = late.iter().filter(|(on, _)| self.today - on < rest).map(weighed);
            (prior * planned + studied - after.sum::<f64>()) / (weeks + before - weeks_of(rest))
        };
        let rate = (0..days.min(REST + 1)).map(mean).fold(0.0, f64::max);
        let count = usize::try_from((self.today - first + 1) / 7).unwrap_or(0);
        let mut by_week = vec![0.0; count];
        for (on, hours) in &logged {
            let week = usize::try_from((self.today - on) / 7).ok();
            if let Some(week) = week.and_then(|week| by_week.get_mut(week)) {
                *week += hours;
            }
        }
        let (mut off, mut all) = (prior * (SPREAD_OF_WEEK * rate).powi(2), prior);
        for (week, hours) in by_week.iter().enumerate() {
            let weight = 0.5_f64.powf(week as f64 / HALF_LIFE);
            off += weight * (hours - rate).powi(2);
            all += weight;
        }
        let spread = if all > 0.0 { (off / all).sqrt() } else { SPREAD_OF_WEEK * rate };
        Weeks {
            basis: Measure::Studied,
            rate,
            measured: studied,
            weeks: (weeks - prior).max(1.0),
            spread,
            told_by: weeks.powi(2) / squares,
        }
    }
}

/// 1 and the powers of a number below 1, as many as said.
fn sum_of_powers(number: f64, many: f64) -> f64 {
    (1.0 - number.powf(many)) / (1.0 - number)
}
