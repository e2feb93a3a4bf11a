//! The days that are not away.
//!
//! A day away does not exist: [`StudyDays`] numbers the others one after the other, so that a history
//! with a pause in it is the history without that pause, to the day. What is reckoned in weeks of study is
//! reckoned with these numbers, and becomes a day of the calendar at the end. What was done on a day
//! away counts on the next day that is none: the work is there, the time is not.

use chrono::{Datelike, NaiveDate, Weekday};

use super::amounts;
use super::away::Away;

/// The last year of which a day is told: the years after it have five digits and a sign.
pub(crate) const LAST_YEAR: i32 = 9999;

/// The days that are not away.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StudyDays {
    /// First and last day of each stretch away, in order, none next to another.
    away: Vec<(i64, i64)>,
}

impl StudyDays {
    /// All days but those of some stretches, which can overlap.
    pub fn without(stretches: &[Away]) -> Self {
        let mut days: Vec<(i64, i64)> =
            stretches.iter().map(|one| (ordinal(one.from), ordinal(one.to))).collect();
        days.retain(|(from, to)| from <= to);
        days.sort_unstable();
        let mut away: Vec<(i64, i64)> = Vec::with_capacity(days.len());
        for (from, to) in days {
            match away.last_mut() {
                Some(last) if from <= last.1 + 1 => last.1 = last.1.max(to),
                _ => away.push((from, to)),
            }
        }
        Self { away }
    }

    /// Whether a day is away.
    pub(crate) fn is_away(&self, day: NaiveDate) -> bool {
        let day = ordinal(day);
        self.away.iter().any(|(from, to)| (*from..=*to).contains(&day))
    }

    /// The number of a day. A day away has that of the next one that is not.
    pub fn number(&self, day: NaiveDate) -> i64 {
        let day = ordinal(day);
        let before = |(from, to): &(i64, i64)| (day.min(to + 1) - from).max(0);
        day - self.away.iter().map(before).sum::<i64>()
    }

    /// The day with a number; none after the year 9999, which no file of milepost can hold.
    pub(crate) fn day(&self, number: i64) -> Option<NaiveDate> {
        let day = self.away.iter().fold(number, |day, (from, to)| {
            if *from <= day { day.saturating_add(to - from + 1) } else { day }
        });
        let day = NaiveDate::from_num_days_from_ce_opt(i32::try_from(day).ok()?)?;
        (day.year() <= LAST_YEAR).then_some(day)
    }

    /// How many days of a stretch, both ends included, are not away.
    pub fn count(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        let after = to.succ_opt().map_or(self.number(to) + 1, |day| self.number(day));
        (after - self.number(from)).max(0)
    }

    /// What of some hours a week the week of a day has; nothing where all of it is away.
    pub(crate) fn hours_of_week(&self, hours_per_week: f64, day: NaiveDate) -> Option<f64> {
        let week = day.week(Weekday::Mon);
        let days = self.count(week.checked_first_day()?, week.checked_last_day()?);
        (days > 0).then(|| hours_per_week * days as f64 / 7.0)
    }

    /// The day on which the last of some hours is spent, begun on a day, which is one of them; `None` if it
    /// lies too far ahead, or no hour a week is.
    pub(crate) fn last_of(
        &self,
        hours: f64,
        hours_per_week: f64,
        from: NaiveDate,
    ) -> Option<NaiveDate> {
        let days = amounts::days(hours, hours_per_week)?;
        self.day(self.number(from).checked_add((days - 1).max(0))?)
    }

    /// The day on which what comes after some hours begins: that on which the last of them is spent,
    /// unless it is full. `None` as for [`StudyDays::last_of`].
    pub(crate) fn after(
        &self,
        hours: f64,
        hours_per_week: f64,
        from: NaiveDate,
    ) -> Option<NaiveDate> {
        let days = amounts::whole_days(hours, hours_per_week)?;
        self.day(self.number(from).checked_add(days)?)
    }
}

fn ordinal(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce())
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;
    use crate::model::fixture::cases;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn without(stretches: &[(&str, &str)]) -> StudyDays {
        let away = |(from, to): &(&str, &str)| Away { from: day(from), to: day(to), why: None };
        StudyDays::without(&stretches.iter().map(away).collect::<Vec<_>>())
    }

    #[test]
    fn hours_are_spent_on_days_that_are_not_away() {
        for (away, from, hours, last, after) in [
            (&[][..], "2026-11-02", 10.0, Some("2026-11-08"), Some("2026-11-09")),
            (&[], "2026-11-02", 9.0, Some("2026-11-08"), Some("2026-11-08")),
            (&[], "2026-11-02", 0.0, Some("2026-11-02"), Some("2026-11-02")),
            (
                &[("2026-11-05", "2026-11-06")],
                "2026-11-02",
                10.0,
                Some("2026-11-10"),
                Some("2026-11-11"),
            ),
            (
                &[("2026-11-01", "2026-11-03")],
                "2026-11-02",
                10.0,
                Some("2026-11-10"),
                Some("2026-11-11"),
            ),
            (
                &[("2026-11-09", "2026-11-09")],
                "2026-11-02",
                10.0,
                Some("2026-11-08"),
                Some("2026-11-10"),
            ),
            (
                &[("2026-11-08", "2026-11-12")],
                "2026-11-02",
                10.0,
                Some("2026-11-13"),
                Some("2026-11-14"),
            ),
            (
                &[("2026-10-01", "2026-10-31")],
                "2026-11-02",
                10.0,
                Some("2026-11-08"),
                Some("2026-11-09"),
            ),
            // Stretches that overlap or touch are one.
            (
                &[("2026-11-05", "2026-11-06"), ("2026-11-06", "2026-11-08")],
                "2026-11-02",
                10.0,
                Some("2026-11-12"),
                Some("2026-11-13"),
            ),
            (
                &[("2026-11-02", "2026-11-08")],
                "2026-11-02",
                0.0,
                Some("2026-11-09"),
                Some("2026-11-09"),
            ),
            (&[], "2026-11-02", 5201.0, None, None),
        ] {
            let days = without(away);
            let of = |day: Option<&str>| day.map(self::day);
            let found = (days.last_of(hours, 10.0, day(from)), days.after(hours, 10.0, day(from)));
            assert_eq!(found, (of(last), of(after)), "{away:?} {from} {hours}");
        }
        assert_eq!(without(&[]).last_of(1.0, 0.0, day("2026-11-02")), None);
        assert_eq!(StudyDays::default().last_of(20.0, 10.0, NaiveDate::MAX), None);
    }

    #[test]
    fn a_week_has_the_hours_of_its_days_that_are_not_away() {
        for (away, expected) in [
            (&[][..], Some(7.0)),
            (&[("2026-11-14", "2026-11-17")][..], Some(5.0)),
            (&[("2026-11-16", "2026-11-22")][..], None),
        ] {
            let days = without(away);
            for on in ["2026-11-16", "2026-11-20", "2026-11-22"] {
                assert_eq!(days.hours_of_week(7.0, day(on)), expected, "{away:?} {on}");
            }
        }
        assert_eq!(StudyDays::default().hours_of_week(7.0, NaiveDate::MAX), None);
    }

    proptest! {
        #![proptest_config(cases(128))]

        #[test]
        fn days_are_numbered_one_after_the_other(
            stretches in prop::collection::vec((0..60_u64, 0..20_u64), 0..5),
        ) {
            let first = day("2026-01-01");
            let away: Vec<Away> = stretches
                .into_iter()
                .map(|(at, long)| Away {
                    from: first + Days::new(at),
                    to: first + Days::new(at + long),
                    why: None,
                })
                .collect();
            let days = StudyDays::without(&away);
            let mut next = days.number(first);
            for at in 0..100 {
                let on = first + Days::new(at);
                prop_assert_eq!(days.number(on), next);
                prop_assert_eq!(days.count(first, on), next + i64::from(!days.is_away(on)) - days.number(first));
                let is_in_one = away.iter().any(|one| (one.from..=one.to).contains(&on));
                prop_assert_eq!(days.is_away(on), is_in_one);
                if !is_in_one {
                    prop_assert_eq!(days.day(next), Some(on));
                    next += 1;
                }
            }
        }
    }
}
