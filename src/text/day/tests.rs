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
        assert_eq!(session(text).unwrap_err().to_string(), format!("{problem}; write {SESSIONS}"));
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
            Err("\"3w\" could be in the past or in the future; write in 2 weeks or 2 weeks ago"),
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
