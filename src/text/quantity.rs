//! Quantities in words: hours, counts, percentages, lists, months.
//!
//! Every view says the same quantity in the same way because it asks here. Nothing is rounded to
//! more than it is where it matters: a percentage is rounded down, as the contract counts progress.
//! Any number is survived: what is below 0 or not a number counts as 0.

/// A duration: `45 min`, `1.5 h`, `20 h`, `1,240 h`.
///
/// Minutes under an hour, one decimal below ten hours where it is not whole, whole hours above.
/// Nothing is `0 h`, and less than a minute is `1 min`, for it is not nothing.
pub fn hours(hours: f64) -> String {
    let hours = above_zero(hours);
    let minutes = (hours * 60.0).round();
    let tenths = (hours * 10.0).round();
    if hours == 0.0 {
        "0 h".to_owned()
    } else if minutes < 60.0 {
        format!("{} min", minutes.max(1.0))
    } else if tenths < 100.0 {
        format!("{} h", tenths / 10.0)
    } else {
        format!("{} h", grouped(hours.round() as u64))
    }
}

/// Some minutes, as [`hours`] says them.
pub(crate) fn minutes(minutes: u32) -> String {
    hours(f64::from(minutes) / 60.0)
}

/// A count with its noun, in the regular plural: `1 skill`, `3 skills`, `1,240 entries`.
pub fn count(n: usize, noun: &str) -> String {
    let n_text = thousands(n);
    if n == 1 {
        return format!("{n_text} {noun}");
    }
    let ends_with = |ends: &[&str]| ends.iter().any(|end| noun.ends_with(end));
    match noun.strip_suffix('y') {
        Some(stem) if !stem.is_empty() && !ends_with(&["ay", "ey", "iy", "oy", "uy"]) => {
            format!("{n_text} {stem}ies")
        }
        _ if ends_with(&["s", "x", "z", "ch", "sh"]) => format!("{n_text} {noun}es"),
        _ => format!("{n_text} {noun}s"),
    }
}

/// A number with a comma between thousands: `1,240`.
pub(crate) fn thousands(n: usize) -> String {
    grouped(u64::try_from(n).unwrap_or(u64::MAX))
}

/// A percentage out of 100, rounded down to one decimal: `12.5%`; a whole one without: `94%`.
///
/// So `100%` stands only where nothing is missing.
pub(crate) fn percent(percent: f64) -> String {
    // What was a decimal already stays it: 0.1 * 3 * 10 is a hair above or below 3.
    let tenths = (above_zero(percent).min(100.0) * 10.0 + 1e-9).floor();
    let tenths = if percent >= 100.0 { 1000.0 } else { tenths.min(999.0) };
    format!("{}%", tenths / 10.0)
}

/// Items in a sentence: `a`, `a and b`, `a, b and c`.
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    let mut out = String::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push_str(if index + 1 == items.len() { " and " } else { ", " });
        }
        out.push_str(item.as_ref());
    }
    out
}

/// A window of months since the start: `months 0-6`; `month 6` where it begins as it ends.
pub(crate) fn months(window: [f64; 2]) -> String {
    let [first, last] = window.map(|month| (above_zero(month) * 10.0).round() / 10.0);
    if first == last { format!("month {first}") } else { format!("months {first}-{last}") }
}

/// The number, at least 0 and at most what is counted exactly; 0 where it is none.
fn above_zero(number: f64) -> f64 {
    if number > 0.0 { number.min(9_007_199_254_740_992.0) } else { 0.0 }
}

fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hours_are_as_fine_as_they_are_few() {
        for (value, expected) in [
            (0.0, "0 h"),
            (-3.0, "0 h"),
            (f64::NAN, "0 h"),
            (1e-9, "1 min"),
            (0.25, "15 min"),
            (0.75, "45 min"),
            (0.99, "59 min"),
            (0.999, "1 h"),
            (1.0, "1 h"),
            (1.04, "1 h"),
            (1.5, "1.5 h"),
            (2.25, "2.3 h"),
            (9.94, "9.9 h"),
            (9.96, "10 h"),
            (20.0, "20 h"),
            (20.4, "20 h"),
            (999.6, "1,000 h"),
            (1240.0, "1,240 h"),
            (f64::INFINITY, "9,007,199,254,740,992 h"),
        ] {
            assert_eq!(hours(value), expected, "{value}");
        }
    }

    #[test]
    fn counts_have_regular_plurals() {
        for (n, noun, expected) in [
            (0, "skill", "0 skills"),
            (1, "skill", "1 skill"),
            (3, "skill", "3 skills"),
            (2, "path", "2 paths"),
            (2, "day", "2 days"),
            (2, "entry", "2 entries"),
            (2, "match", "2 matches"),
            (2, "box", "2 boxes"),
            (2, "pass", "2 passes"),
            (2, "y", "2 ys"),
            (2, "", "2 s"),
            (1240, "open skill", "1,240 open skills"),
        ] {
            assert_eq!(count(n, noun), expected);
        }
    }

    #[test]
    fn thousands_have_commas() {
        for (n, expected) in
            [(0, "0"), (999, "999"), (1_000, "1,000"), (12_345, "12,345"), (1_234_567, "1,234,567")]
        {
            assert_eq!(thousands(n), expected);
        }
        assert_eq!(grouped(u64::MAX), "18,446,744,073,709,551,615");
    }

    #[test]
    fn percentages_do_not_flatter() {
        for (value, expected) in [
            (0.0, "0%"),
            (-1.0, "0%"),
            (f64::NAN, "0%"),
            (0.04, "0%"),
            (0.1, "0.1%"),
            (12.0, "12%"),
            (12.5, "12.5%"),
            (12.59, "12.5%"),
            (99.97, "99.9%"),
            (100.0 - 1e-13, "99.9%"),
            (100.0, "100%"),
            (f64::INFINITY, "100%"),
        ] {
            assert_eq!(percent(value), expected, "{value}");
        }
        for tenths in 1..1000_u32 {
            let expected = match tenths % 10 {
                0 => format!("{}%", tenths / 10),
                tenth => format!("{}.{tenth}%", tenths / 10),
            };
            assert_eq!(percent(f64::from(tenths) / 10.0), expected);
            assert_eq!(percent(f64::from(tenths) * 0.1), expected);
        }
    }

    #[test]
    fn lists_end_with_and() {
        assert_eq!(list::<&str>(&[]), "");
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b"]), "a and b");
        assert_eq!(list(&["a".to_owned(), "b".to_owned(), "c".to_owned()]), "a, b and c");
    }

    #[test]
    fn months_are_a_window() {
        assert_eq!(months([0.0, 6.0]), "months 0-6");
        assert_eq!(months([1.5, 3.0]), "months 1.5-3");
        assert_eq!(months([6.0, 6.0]), "month 6");
        assert_eq!(months([f64::NAN, -0.0]), "month 0");
    }

    proptest! {
        #[test]
        fn any_number_is_survived(number in any::<f64>(), n in any::<usize>()) {
            let text = hours(number);
            prop_assert!(text.ends_with(" h") || text.ends_with(" min"));
            prop_assert!(percent(number).ends_with('%'));
            prop_assert!(months([number, 1.0]).starts_with("month"));
            prop_assert_eq!(thousands(n).replace(',', ""), n.to_string());
        }
    }
}
