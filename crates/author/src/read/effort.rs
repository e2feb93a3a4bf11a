//! Hours, from what documents say of effort: `13 weeks` and `8-10 hours/week`, `20 h`, `90 min`.

use crate::draft::Hours;

/// The most hours that a path file takes.
const MOST_HOURS: f64 = 10_000.0;
const WEEKS_A_MONTH: f64 = 365.25 / 12.0 / 7.0;
/// How long a text is looked at.
const LONGEST: usize = 200;

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Minutes,
    Hours,
    Days,
    Weeks,
    Months,
}

impl Unit {
    /// The unit that a word names, if one.
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "m" | "min" | "mins" | "minute" | "minutes" => Self::Minutes,
            "h" | "hr" | "hrs" | "hour" | "hours" => Self::Hours,
            "d" | "day" | "days" => Self::Days,
            "w" | "wk" | "wks" | "week" | "weeks" => Self::Weeks,
            "mo" | "month" | "months" => Self::Months,
            _ => return None,
        })
    }

    /// The unit that a heading names, such as `duration_weeks` or `Hours`.
    pub(super) fn in_heading(heading: &str) -> Option<Self> {
        heading
            .split(|c: char| !c.is_alphanumeric())
            .find_map(|word| Self::of(&word.to_lowercase()))
    }
}

/// An amount of time, and whether it is that much a week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Amount {
    least: f64,
    most: f64,
    unit: Unit,
    is_weekly: bool,
}

/// Reads an amount: a number or a range, and a unit, which a heading can name instead.
pub(super) fn amount(text: &str, heading: Option<Unit>) -> Option<Amount> {
    parse(&text.trim().to_lowercase(), heading).map(|(amount, _)| amount)
}

/// An amount, and the words that follow it.
fn parse(text: &str, heading: Option<Unit>) -> Option<(Amount, Vec<&str>)> {
    if text.len() > LONGEST {
        return None;
    }
    let (least, rest) = number(text.trim_start_matches(['~', '≈', ' ']))?;
    let dash = rest.trim_start().strip_prefix(['-', '–', '—', '‒']);
    let dash = dash.or_else(|| rest.trim_start().strip_prefix("to "));
    let (most, rest) = dash.and_then(|rest| number(rest.trim_start())).unwrap_or((least, rest));
    let words = rest.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    let named = words.first().and_then(|word| Unit::of(word));
    let unit = named.or(heading)?;
    let after = words.get(usize::from(named.is_some())..).unwrap_or_default();
    let is_week = |word: Option<&&str>| word.and_then(|word| Unit::of(word)) == Some(Unit::Weeks);
    let (is_weekly, used) = match after.first() {
        Some(&("per" | "a" | "each" | "every" | "p")) => (is_week(after.get(1)), 2),
        Some(_) if unit == Unit::Hours && is_week(after.first()) => (true, 1),
        _ => (false, 0),
    };
    let is_sound = least.is_finite() && most.is_finite() && least <= most;
    let rest = after.get(if is_weekly { used } else { 0 }..).unwrap_or_default().to_vec();
    is_sound.then_some((Amount { least, most, unit, is_weekly }, rest))
}

/// The hours that a text says, if it says nothing else: `20 hours`, `about 90 min`, `4 weeks, 8-10
/// hours/week`.
pub(super) fn said(text: &str) -> Option<Hours> {
    let text = text.trim().to_lowercase();
    if text.len() > LONGEST {
        return None;
    }
    weeks_and_hours(&text).or_else(|| hours(only(&text)?))
}

/// The hours of a text that says so many weeks, and so many hours in each.
pub(super) fn weeks_and_hours(text: &str) -> Option<Hours> {
    let text = text.trim().to_lowercase();
    for between in [",", ";", "(", "×", "@", "·", " x ", " at ", " for ", " with "] {
        let Some((one, other)) = text.split_once(between) else { continue };
        let (Some(one), Some(other)) = (only(one), only(other.trim_end_matches(')'))) else {
            continue;
        };
        let (weeks, weekly) = if one.is_weekly { (other, one) } else { (one, other) };
        if weekly.is_weekly
            && let Some(hours) = over_weeks(weeks, weekly)
        {
            return Some(hours);
        }
    }
    None
}

/// The amount that a text is, but for words that add nothing.
fn only(text: &str) -> Option<Amount> {
    const BEFORE: [&str; 9] = [
        "about ",
        "around ",
        "approx. ",
        "approx ",
        "ca. ",
        "est. ",
        "estimated ",
        "time: ",
        "effort: ",
    ];
    const BEHIND: [&[&str]; 8] = [
        &[],
        &["total"],
        &["in", "total"],
        &["long"],
        &["of", "video"],
        &["of", "videos"],
        &["of", "content"],
        &["of", "work"],
    ];
    let text = text.trim().trim_end_matches('.');
    let text = BEFORE.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let (amount, rest) = parse(text, None)?;
    BEHIND.contains(&rest.as_slice()).then_some(amount)
}

fn number(text: &str) -> Option<(f64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    Some((digits.trim_end_matches('.').parse().ok()?, rest))
}

/// The hours of an amount that is no span of weeks.
pub(super) fn hours(amount: Amount) -> Option<Hours> {
    let each = match amount.unit {
        Unit::Minutes => 1.0 / 60.0,
        Unit::Hours if !amount.is_weekly => 1.0,
        Unit::Hours | Unit::Days | Unit::Weeks | Unit::Months => return None,
    };
    sound(amount.least * each, amount.most * each)
}

/// The hours of so many weeks or months, with so many hours in each week.
pub(super) fn over_weeks(duration: Amount, effort: Amount) -> Option<Hours> {
    let each = match duration.unit {
        Unit::Weeks => 1.0,
        Unit::Months => WEEKS_A_MONTH,
        Unit::Days | Unit::Hours | Unit::Minutes => return None,
    };
    if effort.unit != Unit::Hours {
        return None;
    }
    sound(duration.least * each * effort.least, duration.most * each * effort.most)
}

/// Hours as a path file takes them, rounded to a quarter.
fn sound(least: f64, most: f64) -> Option<Hours> {
    let quarter = |hours: f64| ((hours * 4.0).round() / 4.0).max(0.25);
    let (least, most) = (quarter(least), quarter(most));
    (least <= most && most <= MOST_HOURS).then_some(Hours(least, most))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_weeks(duration: &str, effort: &str) -> Option<(f64, f64)> {
        let hours = over_weeks(amount(duration, None)?, amount(effort, Some(Unit::Hours))?)?;
        Some((hours.0, hours.1))
    }

    #[test]
    fn weeks_and_hours_a_week() {
        assert_eq!(of_weeks("13 weeks", "6-10 hours/week"), Some((78.0, 130.0)));
        assert_eq!(of_weeks("10-12 weeks", "6–10 hours / week"), Some((60.0, 120.0)));
        assert_eq!(of_weeks("1 week", "12 hours per week"), Some((12.0, 12.0)));
        assert_eq!(of_weeks("6 months", "5 h/week"), Some((130.5, 130.5)));
        assert_eq!(of_weeks("8 weeks", "4"), Some((32.0, 32.0)));
        for (duration, effort) in
            [("-", "-"), ("14 weeks", "-"), ("", "5"), ("9999999 weeks", "40"), ("5-2 weeks", "1")]
        {
            assert_eq!(of_weeks(duration, effort), None, "{duration} {effort}");
        }
    }

    #[test]
    fn hours_that_a_text_says_and_nothing_else() {
        for (text, expected) in [
            ("20 hours", Some((20.0, 20.0))),
            ("~ 4–6 h", Some((4.0, 6.0))),
            ("About 90 min.", Some((1.5, 1.5))),
            ("12 hours of video", Some((12.0, 12.0))),
            ("4 weeks, 8-10 hours/week", Some((32.0, 40.0))),
            ("4 weeks (5 h per week)", Some((20.0, 20.0))),
            ("6 hours a week for 2 weeks", Some((12.0, 12.0))),
            ("10 weeks at 3 hours a week", Some((30.0, 30.0))),
            ("2 x 3 hours", None),
            ("1 hour 30 minutes", None),
            ("4 weeks", None),
            ("3 hours/week", None),
            ("4 weeks, 3 hours", None),
            ("24 hours of Le Mans", None),
            ("20 hours, free", None),
            ("100 days of code", None),
        ] {
            assert_eq!(said(text).map(|hours| (hours.0, hours.1)), expected, "{text}");
        }
    }

    #[test]
    fn hours_alone() {
        let of = |text, heading| Some(hours(amount(text, heading)?)?.1);
        assert_eq!(of("20 h", None), Some(20.0));
        assert_eq!(of("4-6 hours", None), Some(6.0));
        assert_eq!(of("90 min", None), Some(1.5));
        assert_eq!(of("3", Some(Unit::Hours)), Some(3.0));
        assert_eq!(of("3 hours/week", None), None);
        assert_eq!(of("3 weeks", None), None);
        assert_eq!(of("soon", None), None);
        assert_eq!(Unit::in_heading("duration_weeks"), Some(Unit::Weeks));
    }
}
