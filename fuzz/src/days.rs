//! A day, a target or a span of time as people write it.

use chrono::{Datelike, NaiveDate};
use milepost::text::day::{self, DayError};

/// Reads a text as each of them.
pub fn run(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    for today in [(2026, 11, 20), (2024, 2, 29), (1, 1, 1), (9999, 12, 31)] {
        let (year, month, of_month) = today;
        let today = NaiveDate::from_ymd_opt(year, month, of_month).expect("a day");
        let past = said(day::parse(&text, today));
        let to_come = said(day::parse_future(&text, today));
        for day in [past, to_come].into_iter().flatten() {
            assert!((1..=9999).contains(&day.year()), "{day}");
        }
        if let Some(day) = past {
            assert!(day <= today, "{day}");
            assert_eq!(day::parse(&day.to_string(), today), Ok(day));
            assert!(!day::ago(day, today).is_empty());
        }
        if let Some(day) = to_come {
            assert!(day >= today, "{day}");
            assert_eq!(day::parse_future(&day.to_string(), today), Ok(day));
        }
    }
    if let Some(hours) = said(day::span(&text)) {
        assert!(hours > 0.0 && hours <= 1_000.0, "{hours}");
    }
}

/// What was read; where it was refused, the sentence is short and safe.
fn said<T>(read: Result<T, DayError>) -> Option<T> {
    read.inspect_err(|error| {
        let sentence = error.to_string();
        assert!(sentence.len() < 1_000, "{sentence}");
        super::assert_shown_safely(&sentence);
        assert!(!sentence.contains('\n'), "{sentence}");
    })
    .ok()
}
