//! Days and spans of time as people write them, and days as people say them.
//!
//! `today` always comes from outside: nothing here knows the clock. A day for `--on` and `--since`
//! is never in the future, a target for `--by` never in the past. What is not understood is refused
//! with a sentence that repeats it safely and says what is accepted; nothing is guessed, and no
//! count is too large to be refused in words. Commands call this for their arguments.

use std::fmt;

use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};
use milepost_core::model::effort::DAY;
use milepost_path::safe;

const DAYS: &str = "2026-11-20, today, yesterday, a weekday, 3 days ago or 2 weeks ago";
const TARGETS: &str = "2027-06-30, tomorrow, in 6 months, in a week, 3w, a weekday or next monday";
const EITHER: &str = "2026-12-20, today, tomorrow, next monday, in 2 weeks or 3 days ago";
const SPANS: &str = "45m, 1h30m, 1.5h, 2h or 90 (minutes)";
const SESSIONS: &str = "45m, 1h30, 1:30 or 1.5h";
const CLOCKS: &str = "19:30";

/// The longest span, in hours.
const SPAN_MAX: f64 = 1_000.0;

/// Why a day or a span was not taken, and what would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayError {
    problem: String,
    accepted: &'static str,
}

impl DayError {
    /// What is wrong, in a sentence without its full stop; what it repeats is safe and short.
    pub fn problem(&self) -> &str {
        &self.problem
    }

    /// What is accepted, as a list of examples.
    pub fn accepted(&self) -> &'static str {
        self.accepted
    }
}

impl fmt::Display for DayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; write {}", self.problem, self.accepted)
    }
}

impl std::error::Error for DayError {}

/// Reads a day that is not in the future: `2026-11-20`, `today`, `yesterday`, a weekday (the most
/// recent, today counts), `3 days ago`, `2 weeks ago`.
///
/// # Errors
///
/// What is not understood, not in the calendar, in the future, or before the year 1.
pub fn parse(text: &str, today: NaiveDate) -> Result<NaiveDate, DayError> {
    let refused = |problem| Err(DayError { problem, accepted: DAYS });
    match read(text, today, Side::Past) {
        Read::Day(day) if day > today => {
            refused(format!("{} is in the future (today is {today})", quoted(text)))
        }
        Read::Day(day) => Ok(day),
        Read::NoDay => refused(format!("{} is not in the calendar", quoted(text))),
        Read::Far { ahead: true } => refused(format!("{} is in the future", quoted(text))),
        Read::Far { ahead: false } => refused(format!("{} is too long ago", quoted(text))),
        Read::Open(_) | Read::Nothing => refused(format!("{} is not a day", quoted(text))),
    }
}

/// Reads a day that is not in the past: `2027-06-30`, `tomorrow`, `in 6 months`, `in a week`, `3w`,
/// a weekday, which is the first after today, as is `next monday`.
///
/// # Errors
///
/// What is not understood, not in the calendar, in the past, or after the year 9999.
pub fn parse_future(text: &str, today: NaiveDate) -> Result<NaiveDate, DayError> {
    let refused = |problem| Err(DayError { problem, accepted: TARGETS });
    match read(text, today, Side::Future) {
        Read::Day(day) if day < today => {
            refused(format!("{} is in the past (today is {today})", quoted(text)))
        }
        Read::Day(day) => Ok(day),
        Read::NoDay => refused(format!("{} is not in the calendar", quoted(text))),
        Read::Far { ahead: true } => refused(format!("{} is too far ahead", quoted(text))),
        Read::Far { ahead: false } => refused(format!("{} is in the past", quoted(text))),
        Read::Open(_) | Read::Nothing => refused(format!("{} is not a future day", quoted(text))),
    }
}

/// Reads a day in the past or the future: `2026-12-20`, `tomorrow`, `next monday`, `in 2 weeks`,
/// `3 days ago`. What could be on either side, such as a weekday, is not guessed.
///
/// # Errors
///
/// What is not understood, not in the calendar, or outside the years 1 to 9999.
pub fn parse_either(text: &str, today: NaiveDate) -> Result<NaiveDate, DayError> {
    let refused = |problem| Err(DayError { problem, accepted: EITHER });
    match read(text, today, Side::Either) {
        Read::Day(day) => Ok(day),
        Read::Open(accepted) => {
            let problem = format!("{} could be in the past or in the future", quoted(text));
            Err(DayError { problem, accepted })
        }
        Read::NoDay => refused(format!("{} is not in the calendar", quoted(text))),
        Read::Far { .. } => refused(format!("{} is too far away", quoted(text))),
        Read::Nothing => refused(format!("{} is not a day", quoted(text))),
    }
}

/// A day as people say it: `today`, `yesterday`, `3 days ago` within a week, else the date.
pub fn ago(day: NaiveDate, today: NaiveDate) -> String {
    match today.signed_duration_since(day).num_days() {
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days @ 2..=7 => format!("{days} days ago"),
        _ => day.to_string(),
    }
}

/// Reads a span of time, in hours: `45m`, `45 min`, `1h30`, `1h30m`, `1.5h`, `2h`, `90` (minutes).
///
/// # Errors
///
/// What is not understood, nothing at all, or more than 1,000 hours.
pub fn span(text: &str) -> Result<f64, DayError> {
    let refused = |problem| Err(DayError { problem, accepted: SPANS });
    let Some(hours) = tokens(text).and_then(|tokens| span_hours(&tokens)) else {
        return refused(format!("{} is not a span of time", quoted(text)));
    };
    if hours > SPAN_MAX {
        refused(format!("{} is more than 1,000 hours", quoted(text)))
    } else if hours > 0.0 {
        Ok(hours)
    } else {
        refused(format!("{} is zero", quoted(text)))
    }
}

/// Reads how long somebody studied, in minutes: `45m`, `1h30`, `1:30`, `1.5h`. A number alone could be
/// either, and a wrong guess would stay in the record.
///
/// # Errors
///
/// What is not understood, a number alone, less than a minute, or more than a day.
pub fn session(text: &str) -> Result<u32, DayError> {
    let refused = |problem| Err(DayError { problem, accepted: SESSIONS });
    let trimmed = text.trim();
    if !trimmed.is_empty() && trimmed.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return Err(DayError {
            problem: format!("{} could be minutes or hours", quoted(text)),
            accepted: "45m for minutes, 1.5h for hours",
        });
    }
    let hours = match of_clock(trimmed) {
        Some(minutes) => Ok(f64::from(minutes) / 60.0),
        None => span(text).map_err(|error| DayError { accepted: SESSIONS, ..error }),
    };
    match (hours? * 60.0).round() {
        minutes if minutes > f64::from(DAY) => {
            refused(format!("{} is more than a day has", quoted(text)))
        }
        minutes if minutes < 1.0 => refused(format!("{} is less than a minute", quoted(text))),
        minutes => Ok(minutes as u32),
    }
}

/// Reads a time of day, in minutes since midnight: `19:30`.
///
/// # Errors
///
/// What is not understood.
pub fn clock(text: &str) -> Result<u32, DayError> {
    let minutes = of_clock(text.trim()).filter(|minutes| *minutes < DAY);
    let problem = || format!("{} is not a time of day", quoted(text));
    minutes.ok_or_else(|| DayError { problem: problem(), accepted: CLOCKS })
}

/// Hours and minutes with a colon between them, in minutes.
fn of_clock(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    let number = |digits: &str, most: usize| {
        digits.parse::<u32>().ok().filter(|_| is_digits(digits) && digits.len() <= most)
    };
    let minutes = number(minutes, 2).filter(|few| minutes.len() == 2 && *few < 60)?;
    Some(number(hours, 2)? * 60 + minutes)
}

/// On which side of today a day is meant to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Past,
    Future,
    Either,
}

/// What a text says of a day.
enum Read {
    Day(NaiveDate),
    /// Written as a date, but there is no such day.
    NoDay,
    /// Understood, but outside the years 1 to 9999.
    Far {
        ahead: bool,
    },
    /// It is one day in the past and another one in the future; what says which.
    Open(&'static str),
    Nothing,
}

/// Reads a day. What names its side itself is read on every side; the callers refuse the wrong one.
fn read(text: &str, today: NaiveDate, side: Side) -> Read {
    if text.len() > 100 {
        return Read::Nothing;
    }
    let text = text.to_ascii_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        ["today"] => Read::Day(today),
        ["yesterday"] => moved(today, "1", "day", false),
        ["tomorrow"] => moved(today, "1", "day", true),
        ["a", unit, "ago"] => moved(today, "1", unit, false),
        [count, unit, "ago"] => moved(today, count, unit, false),
        ["in", "a", unit] | ["a", unit, "from", "now" | "today"] => moved(today, "1", unit, true),
        ["in", count, unit] | [count, unit, "from", "now" | "today"] => {
            moved(today, count, unit, true)
        }
        ["last", word] => word.parse().map_or(Read::Nothing, |weekday| last(weekday, today)),
        ["next", word] => word.parse().map_or(Read::Nothing, |weekday| next(weekday, today)),
        [word] => match (word.parse::<Weekday>(), side) {
            // Today is the most recent one, and never the coming one.
            (Ok(weekday), Side::Past) if weekday == today.weekday() => Read::Day(today),
            (Ok(weekday), Side::Past) => last(weekday, today),
            (Ok(weekday), Side::Future) => next(weekday, today),
            (Ok(_), Side::Either) => Read::Open("last monday or next monday"),
            (Err(_), _) => short(word, today, side).unwrap_or_else(|| date(word)),
        },
        _ => Read::Nothing,
    }
}

/// The last such weekday before today.
fn last(weekday: Weekday, today: NaiveDate) -> Read {
    let back = today.weekday().days_since(weekday);
    let back = if back == 0 { 7 } else { back };
    checked(today.checked_sub_days(Days::new(u64::from(back))), false)
}

/// The first such weekday after today.
fn next(weekday: Weekday, today: NaiveDate) -> Read {
    let ahead = weekday.days_since(today.weekday());
    let ahead = if ahead == 0 { 7 } else { ahead };
    checked(today.checked_add_days(Days::new(u64::from(ahead))), true)
}

/// `3d` or `2w`: so long ago, or ahead.
fn short(word: &str, today: NaiveDate, side: Side) -> Option<Read> {
    let (count, unit) = match word.strip_suffix('d') {
        Some(count) => (count, "day"),
        None => (word.strip_suffix('w')?, "week"),
    };
    is_digits(count).then(|| match side {
        Side::Either => Read::Open("in 2 weeks or 2 weeks ago"),
        side => moved(today, count, unit, side == Side::Future),
    })
}

fn date(word: &str) -> Read {
    let mut parts = word.split('-');
    let mut part = |length| {
        parts.next().filter(|part| part.len() == length && is_digits(part))?.parse::<u32>().ok()
    };
    let (year, month, day) = (part(4), part(2), part(2));
    let (Some(year), Some(month), Some(day), None) = (year, month, day, parts.next()) else {
        return Read::Nothing;
    };
    i32::try_from(year)
        .ok()
        .filter(|year| *year > 0)
        .and_then(|year| NaiveDate::from_ymd_opt(year, month, day))
        .map_or(Read::NoDay, Read::Day)
}

/// So many days, weeks or (only ahead) months or years from today.
fn moved(today: NaiveDate, count: &str, unit: &str, ahead: bool) -> Read {
    if !is_digits(count) {
        return Read::Nothing;
    }
    let count = count.parse::<u64>().unwrap_or(u64::MAX);
    let days = match unit {
        "day" | "days" => count,
        "week" | "weeks" => count.saturating_mul(7),
        "month" | "months" | "year" | "years" if ahead => {
            let each = if unit.starts_with('y') { 12 } else { 1 };
            let months = u32::try_from(count.saturating_mul(each)).unwrap_or(u32::MAX);
            let months = Months::new(months);
            return checked(today.checked_add_months(months), ahead);
        }
        _ => return Read::Nothing,
    };
    let days = Days::new(days);
    checked(if ahead { today.checked_add_days(days) } else { today.checked_sub_days(days) }, ahead)
}

fn checked(day: Option<NaiveDate>, ahead: bool) -> Read {
    match day {
        Some(day) if (1..=9999).contains(&day.year()) => Read::Day(day),
        _ => Read::Far { ahead },
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", safe::short(text.trim(), 60))
}

/// A part of a span.
enum Token {
    Number { value: f64, whole: bool },
    Hours,
    Minutes,
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let text = text.trim().to_ascii_lowercase();
    let mut rest = text.as_str();
    let mut tokens = Vec::new();
    while !rest.is_empty() && tokens.len() < 5 {
        let number = rest.starts_with(|char: char| char.is_ascii_digit());
        let ends = |char: char| {
            if number { !char.is_ascii_digit() && char != '.' } else { !char.is_ascii_alphabetic() }
        };
        let (token, tail) = rest.split_at_checked(rest.find(ends).unwrap_or(rest.len()))?;
        tokens.push(match token {
            "h" | "hr" | "hrs" | "hour" | "hours" => Token::Hours,
            "m" | "min" | "mins" | "minute" | "minutes" => Token::Minutes,
            _ if number && !token.ends_with('.') => {
                Token::Number { value: token.parse().ok()?, whole: is_digits(token) }
            }
            _ => return None,
        });
        rest = tail.trim_start();
    }
    Some(tokens)
}

fn span_hours(tokens: &[Token]) -> Option<f64> {
    use Token::{Hours, Minutes, Number};
    match tokens {
        [Number { value, whole: true }] | [Number { value, .. }, Minutes] => Some(value / 60.0),
        [Number { value, .. }, Hours] => Some(*value),
        [Number { value, whole: true }, Hours, Number { value: minutes, whole: true }]
        | [Number { value, whole: true }, Hours, Number { value: minutes, whole: true }, Minutes]
            if *minutes < 60.0 =>
        {
            Some(value + minutes / 60.0)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::width::tests::hard_text;
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    /// A Friday.
    fn today() -> NaiveDate {
        day(2026, 11, 20)
    }

    #[test]
    fn days_that_are_read() {
        for (text, expected) in [
            ("2026-11-20", today()),
            ("  2026-11-19 ", day(2026, 11, 19)),
            ("2024-02-29", day(2024, 2, 29)),
            ("0001-01-01", day(1, 1, 1)),
            ("today", today()),
            ("TODAY", today()),
            ("Yesterday", day(2026, 11, 19)),
            ("friday", today()),
            ("Fri", today()),
            ("thursday", day(2026, 11, 19)),
            ("SAT", day(2026, 11, 14)),
            ("Saturday", day(2026, 11, 14)),
            ("3 days ago", day(2026, 11, 17)),
            ("3  Days  AGO", day(2026, 11, 17)),
            ("1 day ago", day(2026, 11, 19)),
            ("0 days ago", today()),
            ("2 weeks ago", day(2026, 11, 6)),
            ("1 week ago", day(2026, 11, 13)),
            ("400 days ago", day(2025, 10, 16)),
            ("a week ago", day(2026, 11, 13)),
            ("A day ago", day(2026, 11, 19)),
            ("last friday", day(2026, 11, 13)),
            ("last Thu", day(2026, 11, 19)),
            ("3d", day(2026, 11, 17)),
            ("2W", day(2026, 11, 6)),
            ("0d", today()),
        ] {
            assert_eq!(parse(text, today()), Ok(expected), "{text:?}");
        }
    }

    #[test]
    fn days_that_are_refused() {
        for (text, problem) in [
            ("", "\"\" is not a day"),
            ("soon", "\"soon\" is not a day"),
            ("2026-11-21", "\"2026-11-21\" is in the future (today is 2026-11-20)"),
            ("tomorrow", "\"tomorrow\" is in the future (today is 2026-11-20)"),
            ("next friday", "\"next friday\" is in the future (today is 2026-11-20)"),
            ("in a week", "\"in a week\" is in the future (today is 2026-11-20)"),
            ("2 days from now", "\"2 days from now\" is in the future (today is 2026-11-20)"),
            ("in 6 months", "\"in 6 months\" is in the future (today is 2026-11-20)"),
            ("in 99999999999 days", "\"in 99999999999 days\" is in the future"),
            ("2026-02-30", "\"2026-02-30\" is not in the calendar"),
            ("0000-01-01", "\"0000-01-01\" is not in the calendar"),
            ("2026-1-2", "\"2026-1-2\" is not a day"),
            ("2026-11-2é", "\"2026-11-2é\" is not a day"),
            ("+026-11-20", "\"+026-11-20\" is not a day"),
            ("2026-11-20-1", "\"2026-11-20-1\" is not a day"),
            ("20.11.2026", "\"20.11.2026\" is not a day"),
            ("-3 days ago", "\"-3 days ago\" is not a day"),
            ("3 months ago", "\"3 months ago\" is not a day"),
            ("thurs", "\"thurs\" is not a day"),
            ("last week", "\"last week\" is not a day"),
            ("a ago", "\"a ago\" is not a day"),
            ("d", "\"d\" is not a day"),
            ("-3d", "\"-3d\" is not a day"),
            ("2000000d", "\"2000000d\" is too long ago"),
            ("2000000 days ago", "\"2000000 days ago\" is too long ago"),
            (
                "99999999999999999999999 weeks ago",
                "\"99999999999999999999999 weeks ago\" is too long ago",
            ),
            ("\x1b[2J", "\"\u{FFFD}[2J\" is not a day"),
        ] {
            let error = parse(text, today()).unwrap_err();
            assert_eq!(error.problem(), problem);
            assert_eq!(error.to_string(), format!("{problem}; write {DAYS}"));
        }
        let long = parse(&"9".repeat(100_000), today()).unwrap_err();
        assert!(long.to_string().chars().count() < 200);
    }

    #[test]
    fn how_long_somebody_studied() {
        for (text, minutes) in [
            ("45m", 45),
            ("45 min", 45),
            ("1h30", 90),
            ("1h30m", 90),
            ("1:30", 90),
            ("0:05", 5),
            ("1.5h", 90),
            ("2H", 120),
            ("0.01h", 1),
            ("24h", 1440),
            ("24:00", 1440),
        ] {
            assert_eq!(session(text), Ok(minutes), "{text:?}");
        }
        for (text, problem) in [
            ("", "\"\" is not a span of time"),
            ("1:3", "\"1:3\" is not a span of time"),
            ("1:60", "\"1:60\" is not a span of time"),
            (":30", "\":30\" is not a span of time"),
            ("+1:30", "\"+1:30\" is not a span of time"),
            ("long", "\"long\" is not a span of time"),
            ("0m", "\"0m\" is zero"),
            ("0.001h", "\"0.001h\" is less than a minute"),
            ("24h01", "\"24h01\" is more than a day has"),
            ("99:59", "\"99:59\" is more than a day has"),
            ("5000h", "\"5000h\" is more than 1,000 hours"),
        ] {
            assert_eq!(
                session(text).unwrap_err().to_string(),
                format!("{problem}; write {SESSIONS}")
            );
        }
    }

    #[test]
    fn a_number_alone_is_not_guessed_at() {
        for text in ["90", "1.5", "0", "."] {
            let said = "could be minutes or hours; write 45m for minutes, 1.5h for hours";
            assert_eq!(session(text).unwrap_err().to_string(), format!("\"{text}\" {said}"));
        }
    }

    #[test]
    fn a_time_of_day() {
        for (text, minutes) in [("19:30", Ok(1170)), ("7:05", Ok(425)), ("00:00", Ok(0))] {
            assert_eq!(clock(text), minutes);
        }
        for text in ["24:00", "19", "19:3", "7pm", "19:30:00", "-1:00", ""] {
            let problem = format!("\"{text}\" is not a time of day; write 19:30");
            assert_eq!(clock(text).unwrap_err().to_string(), problem);
        }
    }

    #[test]
    fn the_most_recent_weekday_is_within_a_week() {
        for weekday in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] {
            let day = parse(weekday, today()).unwrap();
            assert!((0..7).contains(&(today() - day).num_days()));
            assert!(day.weekday().to_string().eq_ignore_ascii_case(weekday));
        }
    }

    #[test]
    fn targets() {
        for (text, expected) in [
            ("2027-06-30", Ok(day(2027, 6, 30))),
            ("2026-11-20", Ok(today())),
            ("in 6 months", Ok(day(2027, 5, 20))),
            ("IN 1 month", Ok(day(2026, 12, 20))),
            ("in 10 weeks", Ok(day(2027, 1, 29))),
            ("in 30 days", Ok(day(2026, 12, 20))),
            ("2026-11-19", Err("\"2026-11-19\" is in the past (today is 2026-11-20)")),
            ("yesterday", Err("\"yesterday\" is in the past (today is 2026-11-20)")),
            ("monday", Ok(day(2026, 11, 23))),
            ("Thu", Ok(day(2026, 11, 26))),
            ("next monday", Ok(day(2026, 11, 23))),
            ("NEXT thu", Ok(day(2026, 11, 26))),
            // Today is Friday.
            ("friday", Ok(day(2026, 11, 27))),
            ("next friday", Ok(day(2026, 11, 27))),
            ("in a day", Ok(day(2026, 11, 21))),
            ("in a week", Ok(day(2026, 11, 27))),
            ("in a month", Ok(day(2026, 12, 20))),
            ("in a year", Ok(day(2027, 11, 20))),
            ("in 2 years", Ok(day(2028, 11, 20))),
            ("a week from now", Ok(day(2026, 11, 27))),
            ("3 days from today", Ok(day(2026, 11, 23))),
            ("3d", Ok(day(2026, 11, 23))),
            ("3W", Ok(day(2026, 12, 11))),
            ("0d", Ok(today())),
            (
                "in 99999999999999999999 years",
                Err("\"in 99999999999999999999 years\" is too far ahead"),
            ),
            ("2000000w", Err("\"2000000w\" is too far ahead")),
            ("last friday", Err("\"last friday\" is in the past (today is 2026-11-20)")),
            ("next week", Err("\"next week\" is not a future day")),
            ("next", Err("\"next\" is not a future day")),
            ("in monday", Err("\"in monday\" is not a future day")),
            ("3m", Err("\"3m\" is not a future day")),
            ("d", Err("\"d\" is not a future day")),
            ("from now", Err("\"from now\" is not a future day")),
            ("2027-06-31", Err("\"2027-06-31\" is not in the calendar")),
            ("in 100000 months", Err("\"in 100000 months\" is too far ahead")),
            ("in 9999999999 months", Err("\"in 9999999999 months\" is too far ahead")),
            ("in 99999999 days", Err("\"in 99999999 days\" is too far ahead")),
            ("9999999 days ago", Err("\"9999999 days ago\" is in the past")),
            ("in spring", Err("\"in spring\" is not a future day")),
            ("in six months", Err("\"in six months\" is not a future day")),
        ] {
            let read = parse_future(text, today());
            assert_eq!(read.as_ref().map_err(DayError::problem), expected.as_ref().map_err(|e| *e));
            assert!(read.map_or_else(|error| error.accepted() == TARGETS, |_| true));
        }
        assert_eq!(parse_future("in 6 months", day(2026, 8, 31)), Ok(day(2027, 2, 28)));
    }

    #[test]
    fn a_day_on_either_side_is_not_guessed() {
        for (text, expected) in [
            ("next monday", Ok(day(2026, 11, 23))),
            ("last monday", Ok(day(2026, 11, 16))),
            ("in a week", Ok(day(2026, 11, 27))),
            ("2 weeks ago", Ok(day(2026, 11, 6))),
            ("tomorrow", Ok(day(2026, 11, 21))),
            (
                "Monday",
                Err(
                    "\"Monday\" could be in the past or in the future; write last monday or next monday",
                ),
            ),
            (
                "3w",
                Err(
                    "\"3w\" could be in the past or in the future; write in 2 weeks or 2 weeks ago",
                ),
            ),
        ] {
            let read = parse_either(text, today()).map_err(|error| error.to_string());
            assert_eq!(read.as_ref().map_err(String::as_str), expected.as_ref().map_err(|e| *e));
        }
        let refused = parse_either("next week", today()).unwrap_err();
        assert_eq!(refused.accepted(), EITHER);
    }

    #[test]
    fn days_as_people_say_them() {
        for (date, expected) in [
            (today(), "today"),
            (day(2026, 11, 19), "yesterday"),
            (day(2026, 11, 17), "3 days ago"),
            (day(2026, 11, 13), "7 days ago"),
            (day(2026, 11, 12), "2026-11-12"),
            (day(2026, 11, 21), "2026-11-21"),
        ] {
            assert_eq!(ago(date, today()), expected);
        }
        assert!(!ago(NaiveDate::MIN, NaiveDate::MAX).is_empty());
        assert!(!ago(NaiveDate::MAX, NaiveDate::MIN).is_empty());
    }

    #[test]
    fn spans() {
        for (text, expected) in [
            ("45m", Some(0.75)),
            ("45 min", Some(0.75)),
            ("45 Minutes", Some(0.75)),
            ("1h30", Some(1.5)),
            ("1h30m", Some(1.5)),
            ("1 h 30 min", Some(1.5)),
            ("1h00", Some(1.0)),
            ("1.5h", Some(1.5)),
            (" 2H ", Some(2.0)),
            ("2 hours", Some(2.0)),
            ("90", Some(1.5)),
            ("1000h", Some(1000.0)),
            ("", None),
            ("0", None),
            ("0h", None),
            ("0h0m", None),
            ("1001h", None),
            ("1000h1m", None),
            ("60001", None),
            ("1h60", None),
            ("1.5h30", None),
            ("1.5", None),
            ("1,5h", None),
            ("1.h", None),
            ("1.2.3h", None),
            (".5h", None),
            ("-5m", None),
            ("1 30", None),
            ("30m1h", None),
            ("h", None),
            ("1h30m5", None),
            ("1h30m5s", None),
            ("inf", None),
            ("nan", None),
            ("1e3", None),
            ("٣h", None),
        ] {
            assert_eq!(span(text).ok(), expected, "{text:?}");
        }
        assert_eq!(
            span("soon").unwrap_err().to_string(),
            format!("\"soon\" is not a span of time; write {SPANS}")
        );
        assert_eq!(span("0m").unwrap_err().problem(), "\"0m\" is zero");
        assert!(span(&"9".repeat(1_000)).unwrap_err().problem().ends_with("more than 1,000 hours"));
    }

    #[test]
    fn what_an_error_offers_is_taken() {
        for example in DAYS.replace(" or ", ", ").split(", ").filter(|text| *text != "a weekday") {
            assert!(parse(example, today()).is_ok(), "{example}");
        }
        for example in TARGETS.replace("a weekday", "friday").replace(" or ", ", ").split(", ") {
            assert!(parse_future(example, today()).is_ok(), "{example}");
        }
        for example in EITHER.replace(" or ", ", ").split(", ") {
            assert!(parse_either(example, today()).is_ok(), "{example}");
        }
        for example in SPANS.replace(" or ", ", ").replace(" (minutes)", "").split(", ") {
            assert!(span(example).is_ok(), "{example}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in hard_text(), count in any::<u64>(), offset in 0_i32..3_000_000) {
            let today = NaiveDate::from_num_days_from_ce_opt(offset).unwrap();
            for text in [text, format!("{count} days ago"), format!("in {count} months"), count.to_string()] {
                match parse(&text, today) {
                    Ok(day) => prop_assert!(day <= today),
                    Err(error) => prop_assert!(!error.to_string().contains('\x1b')),
                }
                match parse_future(&text, today) {
                    Ok(day) => prop_assert!(day >= today),
                    Err(error) => prop_assert!(!error.to_string().contains('\n')),
                }
                prop_assert!(span(&text).is_ok_and(|hours| hours > 0.0 && hours <= SPAN_MAX) || span(&text).is_err());
            }
        }

        #[test]
        fn a_day_is_read_as_it_is_written(offset in 1_i32..739_000) {
            let date = NaiveDate::from_num_days_from_ce_opt(offset).unwrap();
            prop_assert_eq!(parse(&date.to_string(), today()), Ok(date));
            if (2..=7).contains(&(today() - date).num_days()) {
                prop_assert_eq!(parse(&ago(date, today()), today()), Ok(date));
            }
        }
    }
}
