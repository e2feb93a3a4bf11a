//! When the learner arrives: a day at a steady rate, and the range that the history justifies.
//!
//! The steady day is plain: the hours that are left, at the hours that the learner means to study a
//! week. The range is [`super::pace`]'s: eight of ten learners arrive in it. It is never a single day
//! before the path is done, and there is none only where neither a pace nor a plan is known.

use chrono::NaiveDate;
use serde::Serialize;

use super::pace::{EIGHT_OF_TEN, Estimate, History, LEAST_DAYS};
use super::study_days::StudyDays;

/// The furthest day, a hundred years ahead: a later one would tell nothing.
const MOST_DAYS: f64 = 36_500.0;

/// What a day was reckoned with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The pace up to now.
    Pace,
    /// The hours that the learner means to study a week.
    Plan,
}

/// Hours a week, and where they are from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Rate {
    /// The hours.
    pub hours_per_week: f64,
    /// Where they are from.
    pub basis: Basis,
}

/// When the learner arrives, as a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Forecast {
    /// At the faster end.
    pub earliest: NaiveDate,
    /// At the slower end, which is a later day.
    pub latest: NaiveDate,
    /// In the middle.
    pub expected: NaiveDate,
}

/// Why there is no forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoForecast {
    /// Nothing is left.
    Finished,
    /// Nothing was studied or finished so far, and no hours a week are planned.
    NoPace,
    /// The history is shorter than two weeks, and no hours a week are planned.
    TooEarly,
    /// Something is left, but nothing of it has hours.
    NoHours,
    /// The range reaches beyond the last year of the calendar.
    TooFar,
}

impl NoForecast {
    /// Why a history that something is left of tells no day.
    pub(crate) fn of(history: &History) -> Self {
        if history.estimate().is_some() {
            return Self::TooFar;
        }
        // The time that was studied tells a pace two weeks after the first of it.
        let first = history.logged.iter().map(|(on, _)| *on).min().unwrap_or(history.start);
        if history.today - first + 1 < LEAST_DAYS { Self::TooEarly } else { Self::NoPace }
    }
}

/// The range of an estimate that was made on a day; `None` if it reaches beyond the calendar's end.
pub fn forecast(estimate: &Estimate, days: &StudyDays, today: NaiveDate) -> Option<Forecast> {
    let now = days.number(today);
    let ahead = |off: f64, least: i64| {
        let number = (estimate.arrival(off) - now as f64).min(MOST_DAYS + least as f64);
        let whole = if off > 0.0 { number.ceil() } else { number.floor() };
        (whole as i64).max(least)
    };
    let earliest = ahead(-EIGHT_OF_TEN, 1);
    let latest = ahead(EIGHT_OF_TEN, 2).max(earliest + 1);
    let expected = ahead(0.0, 1).clamp(earliest, latest);
    let day = |ahead: i64| days.day(now.checked_add(ahead)?);
    let (earliest, latest, expected) = (day(earliest)?, day(latest)?, day(expected)?);
    Some(Forecast { earliest, latest, expected })
}

/// The hours a week that it takes to spend some hours by a day; `None` if no day is left.
pub(crate) fn needed(hours: f64, days: &StudyDays, today: NaiveDate, by: NaiveDate) -> Option<f64> {
    let left = days.count(today, by);
    (left > 0 && hours > 0.0).then(|| hours / (left as f64 / 7.0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::away::Away;
    use crate::model::fixture::cases;
    use crate::model::pace::Measure;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn estimate(left: f64, pace: f64, base: f64, spread: f64) -> Estimate {
        let basis = Measure::Studied;
        let ends = [left; 2];
        Estimate { pace: None, basis, rate: pace, left, base, spread, ends, lately: None }
    }

    #[test]
    fn a_range_lies_ahead_and_is_more_than_a_day() {
        let today = day("2026-06-01");
        let all = StudyDays::default();
        let now = all.number(today) as f64;
        for (left, pace, ago, spread, expected) in [
            // 70 days over e^0.128, 70 days, and 70 days times it.
            (100.0, 10.0, 0.0, 0.1, ("2026-08-01", "2026-08-10", "2026-08-20")),
            (0.1, 10.0, 0.0, 0.1, ("2026-06-02", "2026-06-02", "2026-06-03")),
            // It was to be done long ago.
            (10.0, 10.0, 90.0, 0.5, ("2026-06-02", "2026-06-02", "2026-06-03")),
            (1e9, 0.1, 0.0, 2.0, ("2126-05-09", "2126-05-09", "2126-05-10")),
        ] {
            let found = forecast(&estimate(left, pace, now - ago, spread), &all, today).unwrap();
            let (earliest, expected, latest) = expected;
            let days = [earliest, expected, latest].map(day);
            assert_eq!([found.earliest, found.expected, found.latest], days, "{left} at {pace}");
        }
        let last = day("9999-12-31");
        for (today, expected) in [(last - chrono::Days::new(90), true), (last, false)] {
            let now = all.number(today) as f64;
            let found = forecast(&estimate(9.0, 1.0, now, 0.1), &all, today);
            assert_eq!(found.is_some(), expected, "{today}: {found:?}");
        }
    }

    #[test]
    fn why_a_history_tells_no_pace() {
        for (start, logged, expected) in [
            (95, vec![], NoForecast::TooEarly),
            (80, vec![], NoForecast::NoPace),
            (80, vec![(90, 10.0), (99, 20.0)], NoForecast::TooEarly),
        ] {
            let history = History { today: 100, start, logged, ..History::default() };
            assert_eq!(history.estimate(), None, "{start}");
            assert_eq!(NoForecast::of(&history), expected, "{start}");
        }
    }

    #[test]
    fn what_a_target_needs() {
        let today = day("2026-06-01");
        let stretch = |from, to| Away { from: day(from), to: day(to), why: None };
        for (hours, away, by, expected) in [
            (70.0, vec![], "2026-06-14", Some(35.0)),
            (70.0, vec![stretch("2026-06-08", "2026-06-30")], "2026-06-14", Some(70.0)),
            (70.0, vec![], "2026-06-01", Some(490.0)),
            (70.0, vec![], "2026-05-31", None),
            (0.0, vec![], "2026-06-14", None),
        ] {
            let days = StudyDays::without(&away);
            assert_eq!(needed(hours, &days, today, day(by)), expected, "{hours} by {by}");
        }
    }

    proptest! {
        #![proptest_config(cases(128))]

        #[test]
        fn days_away_move_a_forecast_by_themselves(
            left in 1.0..500.0_f64, pace in 0.5..20.0_f64, long in 1..60_u64,
        ) {
            let today = day("2026-06-01");
            let to = today + chrono::Days::new(long);
            let next = Away { from: today + chrono::Days::new(1), to, why: None };
            let days = StudyDays::without(&[next]);
            let of = |days: &StudyDays| {
                forecast(&estimate(left, pace, days.number(today) as f64, 0.3), days, today).unwrap()
            };
            let (all, without) = (of(&StudyDays::default()), of(&days));
            prop_assert_eq!(without.earliest, all.earliest + chrono::Days::new(long));
            prop_assert_eq!(without.latest, all.latest + chrono::Days::new(long));
        }
    }
}
