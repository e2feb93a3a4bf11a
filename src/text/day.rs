//! Days and spans of time as people write them, and days as people say them.
//!
//! `today` always comes from outside: nothing here knows the clock. A day for `--on` and `--since`
//! is never in the future, a target for `--by` never in the past. What is not understood is refused
//! with a sentence that repeats it safely and says what is accepted; nothing is guessed, and no
//! count is too large to be refused in words. Commands call this for their arguments.

use std::fmt;

use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};
use milepost_core::DAY;
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
pub(crate) fn parse_either(text: &str, today: NaiveDate) -> Result<NaiveDate, DayError> {
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
pub(crate) fn session(text: &str) -> Result<u32, DayError> {
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
pub(crate) fn clock(text: &str) -> Result<u32, DayError> {
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
mod tests;
