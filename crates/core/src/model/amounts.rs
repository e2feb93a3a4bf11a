//! Sums of hours, and what is reckoned with them: shares, days and percentages.
//!
//! A topic's hours are spread over its parts, so a sum of them ends a hair beside the number that it
//! means. What one place takes for whole, every place must.

/// How far beside what it means a sum can end.
pub(crate) const HAIR: f64 = 1e-6;
/// Ten years: a day that lies further away would tell nothing.
pub(crate) const MOST_WEEKS: u32 = 520;

/// A sum of hours. Not `Iterator::sum`: that of nothing is -0.
pub(crate) fn sum(hours: impl IntoIterator<Item = f64>) -> f64 {
    without_dust(hours.into_iter().fold(0.0, |sum, hours| sum + hours))
}

/// Hours to a billionth, without what a sum of thirds is off, which JSON would show.
pub(crate) fn without_dust(hours: f64) -> f64 {
    (hours * 1e9).round() / 1e9
}

/// A share of one as a percentage with one decimal, rounded down.
pub(crate) fn percent(share: f64) -> f64 {
    (share * 1000.0 + HAIR).floor() / 10.0
}

/// Rounded down to two decimals: more would differ from machine to machine.
pub(crate) fn two_decimals(number: f64) -> f64 {
    (number * 100.0 + HAIR).floor() / 100.0
}

/// In how many days some hours are spent, the last of which can be spent in part; `None` if that is too
/// long to have a day, or no hour a week is.
pub(crate) fn days(hours: f64, hours_per_week: f64) -> Option<i64> {
    Some((parts_of_days(hours, hours_per_week)? - HAIR).ceil().max(0.0) as i64)
}

/// How many whole days some hours take; `None` as for [`days`].
pub(crate) fn whole_days(hours: f64, hours_per_week: f64) -> Option<i64> {
    Some((parts_of_days(hours, hours_per_week)? + HAIR).floor().max(0.0) as i64)
}

fn parts_of_days(hours: f64, hours_per_week: f64) -> Option<f64> {
    let weeks = hours / hours_per_week;
    let has_day = hours_per_week > 0.0 && !weeks.is_nan() && weeks <= f64::from(MOST_WEEKS);
    has_day.then_some(weeks * 7.0)
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
        assert_eq!(days(10.0 + 1e-12, 10.0), Some(7));
        assert_eq!(days(10.1, 10.0), Some(8));
        assert_eq!(days(0.0, 10.0), Some(0));
        assert_eq!(days(5200.0, 10.0), Some(3640));
        assert_eq!(days(5201.0, 10.0), None, "more than ten years");
        assert_eq!(days(1.0, 0.0), None);
        assert_eq!(whole_days(10.0 - 1e-12, 10.0), Some(7));
        assert_eq!(whole_days(11.0, 10.0), Some(7));
        assert_eq!(whole_days(1.0, 10.0), Some(0));
        assert_eq!(whole_days(1.0, 0.0), None);
        assert_eq!(percent(0.3 - 1e-12), 30.0);
        assert_eq!(percent(0.2999), 29.9);
        assert_eq!(two_decimals(0.29), 0.29, "0.29 * 100 is a hair below 29");
        assert_eq!(two_decimals(0.2999), 0.29);
    }
}
