//! Sums of hours, and what is reckoned with them: shares, days and percentages.
//!
//! A topic's hours are spread over its parts, so a sum of them ends a hair beside the number that it
//! means. What one place takes for whole, every place must.

use chrono::{Days, NaiveDate};

/// How far beside what it means a sum may end.
pub const HAIR: f64 = 1e-6;
/// What lies further away than this has no day: it would be no more than a number.
const MOST_WEEKS: f64 = 520.0;

/// A sum of hours. Not `Iterator::sum`: that of nothing is -0.
pub fn sum(hours: impl IntoIterator<Item = f64>) -> f64 {
    without_dust(hours.into_iter().fold(0.0, |sum, hours| sum + hours))
}

/// Hours to a billionth, without what a sum of thirds is off, which JSON would show.
pub fn without_dust(hours: f64) -> f64 {
    (hours * 1e9).round() / 1e9
}

/// A share of one as a percentage with one decimal, rounded down.
pub fn percent(share: f64) -> f64 {
    (share * 1000.0 + HAIR).floor() / 10.0
}

/// Rounded down to two decimals: more would differ from machine to machine.
pub fn two_decimals(number: f64) -> f64 {
    (number * 100.0 + HAIR).floor() / 100.0
}

/// The day on which some hours are spent; none where it lies too far ahead, or no hour a week is.
pub fn day_after(hours: f64, hours_per_week: f64, today: NaiveDate) -> Option<NaiveDate> {
    let weeks = hours / hours_per_week;
    if hours_per_week <= 0.0 || weeks > MOST_WEEKS {
        return None;
    }
    let days = (weeks * 7.0 - HAIR).ceil().max(0.0) as u64;
    today.checked_add_days(Days::new(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_what_it_means() {
        assert_eq!(sum(std::iter::repeat_n(2.0 / 7.0, 217)), 62.0);
        assert!(sum([]).is_sign_positive());
    }

    #[test]
    fn a_hair_makes_neither_a_day_nor_a_tenth() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 2).unwrap_or_default();
        let day = |hours, rate| day_after(hours, rate, today).map(|day| day.to_string());
        assert_eq!(day(10.0 + 1e-12, 10.0).as_deref(), Some("2026-11-09"));
        assert_eq!(day(10.1, 10.0).as_deref(), Some("2026-11-10"));
        assert_eq!(day(0.0, 10.0).as_deref(), Some("2026-11-02"));
        assert_eq!(day(5200.0, 10.0).as_deref(), Some("2036-10-20"));
        assert_eq!(day(5201.0, 10.0), None, "more than ten years");
        assert_eq!(day(1.0, 0.0), None);
        assert_eq!(percent(0.3 - 1e-12), 30.0);
        assert_eq!(percent(0.2999), 29.9);
        assert_eq!(two_decimals(0.29), 0.29, "0.29 * 100 is a hair below 29");
        assert_eq!(two_decimals(0.2999), 0.29);
    }
}
