use std::collections::HashSet;
use std::sync::LazyLock;

use chrono::TimeZone;
use milepost_core::Goals;
use milepost_core::internals::export::document;
use milepost_core::internals::learner::Learner;
use milepost_core::internals::standing::{Following, SubjectState};
use milepost_core::report::export::sample::{base, day, recorded, web};
use milepost_path::Ref;
use proptest::{collection, prelude::*};
use uuid::Uuid;

use super::*;

/// The device of the record.
const ADA: Uuid = Uuid::from_u128(7);

/// The sample, with a target day and planned hours.
fn sample() -> Document {
    static SAMPLE: LazyLock<Document> = LazyLock::new(planned);
    SAMPLE.clone()
}

fn planned() -> Document {
    let shelf = vec![base(), web()];
    let mut standing = recorded();
    let goals = Goals { target_on: Some(day(2026, 6, 30)), hours_per_week: Some(4.0), role: None };
    let following = Following { since: day(2026, 1, 5), goals };
    standing.put(&Ref::path_only("web"), Some(SubjectState::Path(following)));
    let view = Learner { shelf: &shelf, standing: &standing };
    let made_at = Utc.with_ymd_and_hms(2026, 3, 9, 8, 7, 6).unwrap();
    let device = Some(ADA);
    let filter = milepost_core::internals::guidance::NextFilter::default();
    let portfolio =
        document(&[&shelf[1]], &view, Some("Ada"), day(2026, 3, 9), Vec::new(), &filter);
    Document { made_at, device, ..portfolio }
}

/// A content line of RFC 5545, 3.1, taken apart.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    name: String,
    params: Vec<(String, String)>,
    value: String,
}

/// Reads content lines by the letter of the grammar; anything else fails.
fn read(text: &str) -> Vec<Line> {
    let text = text.strip_suffix("\r\n").expect("the last line ends, too");
    let physical: Vec<&str> = text.split("\r\n").collect();
    for line in &physical {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.is_empty());
        assert!(!line.chars().any(|char| char.is_control() && char != '\t'), "{line:?}");
    }
    let unfolded = text.replace("\r\n ", "").replace("\r\n\t", "");
    unfolded.split("\r\n").map(content_line).collect()
}

fn content_line(line: &str) -> Line {
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let (head, value) = line.split_once(':').expect(line);
    let mut parts = head.split(';');
    let name = parts.next().unwrap().to_owned();
    assert!(is_name(&name), "{line}");
    let params = parts.map(|param| {
        let (name, value) = param.split_once('=').expect(line);
        assert!(is_name(name) && !value.contains(['"', ',']), "{line}");
        (name.to_owned(), value.to_owned())
    });
    Line { name, params: params.collect(), value: value.to_owned() }
}

/// A value of the type TEXT; a bare separator or an unknown escape fails.
fn unescaped(value: &str) -> String {
    let mut out = String::new();
    let mut chars = value.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(char @ ('\\' | ';' | ',')) => out.push(char),
                other => panic!("\\{other:?} in {value}"),
            },
            ';' | ',' => panic!("a bare separator in {value}"),
            _ => out.push(char),
        }
    }
    out
}

const TEXTS: [&str; 6] = ["NAME", "X-WR-CALNAME", "UID", "SUMMARY", "DESCRIPTION", "CATEGORIES"];

/// The names of all lines, and the events as maps; fails where the structure is not as it has to be.
fn events(text: &str) -> Vec<Vec<(String, String)>> {
    let lines = read(text);
    let names: Vec<&str> = lines.iter().map(|line| line.name.as_str()).collect();
    let head = ["BEGIN", "VERSION", "PRODID", "CALSCALE", "NAME", "X-WR-CALNAME"];
    assert_eq!(names[..6], head);
    assert_eq!(lines[0].value, "VCALENDAR");
    assert_eq!(lines.last().unwrap().value, "VCALENDAR");
    let inner = &lines[6..lines.len() - 1];
    let of_event = [
        "BEGIN",
        "UID",
        "DTSTAMP",
        "LAST-MODIFIED",
        "SEQUENCE",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "DESCRIPTION",
        "CATEGORIES",
        "STATUS",
        "TRANSP",
        "END",
    ];
    assert_eq!(inner.len() % of_event.len(), 0);
    let mut found = Vec::new();
    for event in inner.chunks(of_event.len()) {
        let names: Vec<&str> = event.iter().map(|line| line.name.as_str()).collect();
        assert_eq!(names, of_event);
        assert_eq!((event[0].value.as_str(), event[12].value.as_str()), ("VEVENT", "VEVENT"));
        for line in &event[5..=6] {
            assert_eq!(line.params, [("VALUE".to_owned(), "DATE".to_owned())]);
            assert!(NaiveDate::parse_from_str(&line.value, "%Y%m%d").is_ok());
        }
        assert!(event[5].value < event[6].value, "it ends after it begins");
        let value = |line: &Line| {
            if TEXTS.contains(&line.name.as_str()) {
                unescaped(&line.value)
            } else {
                line.value.clone()
            }
        };
        found.push(event.iter().map(|line| (line.name.clone(), value(line))).collect());
    }
    found
}

fn get<'a>(event: &'a [(String, String)], name: &str) -> &'a str {
    &event.iter().find(|(one, _)| one == name).unwrap().1
}

#[test]
fn the_days_ahead_are_entries() {
    let text = render(&sample()).unwrap();
    let begin: Vec<&str> = text.split_inclusive("\r\n").take(47).collect();
    insta::assert_snapshot!(begin.concat().replace("\r\n", "\n"), @r"
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//milepost//milepost 0.1.0//EN
    CALSCALE:GREGORIAN
    NAME:milepost: Ada
    X-WR-CALNAME:milepost: Ada
    BEGIN:VEVENT
    UID:target.web.00000000-0000-0000-0000-000000000007@milepost
    DTSTAMP:20260309T080706Z
    LAST-MODIFIED:20260309T080706Z
    SEQUENCE:195206826
    DTSTART;VALUE=DATE:20260630
    DTEND;VALUE=DATE:20260701
    SUMMARY:Target: Web services
    DESCRIPTION:The day to finish Web services by.\nSo far: 29%\; 44 h left.
    CATEGORIES:Target
    STATUS:CONFIRMED
    TRANSP:TRANSPARENT
    END:VEVENT
    BEGIN:VEVENT
    UID:forecast-earliest.web.00000000-0000-0000-0000-000000000007@milepost
    DTSTAMP:20260309T080706Z
    LAST-MODIFIED:20260309T080706Z
    SEQUENCE:195206826
    DTSTART;VALUE=DATE:20260510
    DTEND;VALUE=DATE:20260511
    SUMMARY:Forecast: Web services finished at the earliest
    DESCRIPTION:From your own pace: between 2026-05-10 and 2026-08-10.\nSo far:
      29%\; 44 h left.
    CATEGORIES:Forecast
    STATUS:TENTATIVE
    TRANSP:TRANSPARENT
    END:VEVENT
    BEGIN:VEVENT
    UID:forecast-latest.web.00000000-0000-0000-0000-000000000007@milepost
    DTSTAMP:20260309T080706Z
    LAST-MODIFIED:20260309T080706Z
    SEQUENCE:195206826
    DTSTART;VALUE=DATE:20260810
    DTEND;VALUE=DATE:20260811
    SUMMARY:Forecast: Web services finished at the latest
    DESCRIPTION:From your own pace: between 2026-05-10 and 2026-08-10.\nSo far:
      29%\; 44 h left.
    CATEGORIES:Forecast
    STATUS:TENTATIVE
    TRANSP:TRANSPARENT
    END:VEVENT
    ");
    let events = events(&text);
    let list: Vec<String> = events
        .iter()
        .map(|event| ["DTSTART", "DTEND", "SUMMARY"].map(|name| get(event, name)).join(" "))
        .collect();
    insta::assert_snapshot!(list.join("\n"), @"
    20260630 20260701 Target: Web services
    20260510 20260511 Forecast: Web services finished at the earliest
    20260810 20260811 Forecast: Web services finished at the latest
    20260322 20260323 Milestone expected: A function
    20260423 20260424 Milestone expected: A certificate
    20260507 20260508 Milestone expected: Scaled
    20260309 20260316 Study 4 h: A function
    20260316 20260323 Study 4 h: A function
    20260323 20260330 Study 4 h: 1. Cloud
    20260330 20260406 Study 4 h: 1. Cloud
    20260406 20260413 Study 4 h: 1. Cloud, A certificate
    20260413 20260420 Study 4 h: A certificate
    20260420 20260427 Study 4 h: A certificate, Scaled
    20260427 20260504 Study 4 h: Scaled
    20260504 20260511 Study 4 h: Scaled, Queues
    20260511 20260518 Study 4 h: Queues
    20260518 20260525 Study 4 h: Queues
    ");
    let ids: HashSet<&str> = events.iter().map(|event| get(event, "UID")).collect();
    assert_eq!(ids.len(), events.len(), "an identity stands once");
    for id in ["target.web", "milestone.web.function", "study.2026-03-09"] {
        let id = format!("{id}.{ADA}@milepost");
        assert!(ids.contains(id.as_str()), "{id} in {ids:?}");
    }
    assert!(events.iter().all(|event| get(event, "DTSTAMP") == "20260309T080706Z"));
}

#[test]
fn a_forecast_is_two_days_and_no_bar_between_them() {
    let mut document = sample();
    let mut of = |earliest, latest| -> Vec<String> {
        document.paths[0].forecast = Some(Forecast { earliest, latest, expected: latest });
        let events = events(&render(&document).unwrap());
        let forecasts = events.iter().filter(|event| get(event, "UID").starts_with("forecast"));
        let keys = ["DTSTART", "DTEND", "STATUS", "SUMMARY"];
        forecasts.map(|event| keys.map(|key| get(event, key)).join(" ")).collect()
    };
    assert_eq!(
        of(day(2026, 5, 1), day(2028, 5, 31)),
        [
            "20260501 20260502 TENTATIVE Forecast: Web services finished at the earliest",
            "20280531 20280601 TENTATIVE Forecast: Web services finished at the latest",
        ]
    );
}

fn ids(document: &Document) -> HashSet<String> {
    let events = events(&render(document).unwrap());
    events.iter().map(|event| get(event, "UID").to_owned()).collect()
}

#[test]
fn calendars_of_two_people_or_two_paths_do_not_overwrite_each_other() {
    let document = sample();
    let others = Document { device: Some(Uuid::from_u128(8)), ..document.clone() };
    assert!(ids(&document).is_disjoint(&ids(&others)));
    let asked = |paths: &[&str]| Document {
        asked_for: paths.iter().map(|one| (*one).to_owned()).collect(),
        ..document.clone()
    };
    let study = |document: &Document| -> HashSet<String> {
        ids(document).into_iter().filter(|id| id.starts_with("study.")).collect()
    };
    assert!(study(&asked(&["web"])).is_disjoint(&study(&asked(&["base"]))));
    assert!(study(&asked(&["web"])).is_disjoint(&study(&document)));
    assert_eq!(study(&asked(&["web", "base"])), study(&asked(&["base", "web", "base"])));
    // The rest is the same thing, whatever was asked for.
    let rest = |document: &Document| -> HashSet<String> {
        ids(document).into_iter().filter(|id| !id.starts_with("study.")).collect()
    };
    assert_eq!(rest(&asked(&["web"])), rest(&document));
}

#[test]
fn a_later_export_is_a_newer_version() {
    let mut document = sample();
    let versions = |document: &Document| -> HashSet<(String, u32)> {
        let events = events(&render(document).unwrap());
        let of = |event: &[(String, String)]| {
            (get(event, "LAST-MODIFIED").to_owned(), get(event, "SEQUENCE").parse().unwrap())
        };
        events.iter().map(|event| of(event)).collect()
    };
    assert_eq!(versions(&document), HashSet::from([("20260309T080706Z".to_owned(), 195_206_826)]));
    document.made_at += chrono::TimeDelta::seconds(1);
    assert_eq!(versions(&document), HashSet::from([("20260309T080707Z".to_owned(), 195_206_827)]));
    assert_eq!(version(DateTime::<Utc>::MIN_UTC), 0);
    assert_eq!(version(DateTime::<Utc>::MAX_UTC), i64::from(i32::MAX));
}

#[test]
fn a_week_that_has_begun_stays_the_same_entry() {
    let mut document = sample();
    let before = events(&render(&document).unwrap());
    document.schedule.weeks[0].from = day(2026, 3, 12);
    let after = events(&render(&document).unwrap());
    let ids = |events: &[Vec<(String, String)>]| -> Vec<String> {
        events.iter().map(|event| get(event, "UID").to_owned()).collect()
    };
    assert_eq!(ids(&before), ids(&after));
}

#[test]
fn without_a_day_there_is_no_calendar() {
    let mut document = sample();
    document.paths[0].target_on = None;
    document.paths[0].forecast = None;
    document.schedule = Default::default();
    assert!(render(&document).unwrap_err().message().contains("nothing to put in a calendar"));
}

#[test]
fn texts_are_escaped_and_lines_are_folded() {
    for (text, expected) in [
        ("plain: a=b \"c\"", "plain: a=b \"c\""),
        ("a\\n,b;c", "a\\\\n\\,b\\;c"),
        ("a\r\nEND:VEVENT", "a END:VEVENT"),
        (
            "a\0\x1b\u{7f}\u{85}\u{2028}\u{202E}b",
            "a\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}b",
        ),
    ] {
        assert_eq!(escaped(text), expected, "{text:?}");
    }
    for (octets, lines) in [(1, 1), (75, 1), (76, 2), (149, 2), (150, 3)] {
        let mut text = Lines::default();
        text.push(&"a".repeat(octets));
        assert_eq!(text.text.matches("\r\n").count(), lines, "{octets}");
    }
    let mut text = Lines::default();
    text.push(&"中👩‍💻".repeat(20));
    assert_eq!(text.text.replace("\r\n ", "").trim_end(), "中👩‍💻".repeat(20));
    assert!(text.text.lines().all(|line| line.len() <= 75));
}

fn nasty() -> impl Strategy<Value = String> {
    let pieces = vec![
        "\r\n",
        "\n",
        "\r",
        "\r\n ",
        "\\",
        "\\n",
        ",",
        ";",
        ":",
        "\"",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "\u{2028}",
        "\0",
        "中",
        "👩‍💻",
        "a long piece of text that makes lines fold somewhere",
    ];
    let piece = prop_oneof![
        proptest::sample::select(pieces).prop_map(str::to_owned),
        any::<char>().prop_map(|char| char.to_string()),
    ];
    collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

/// How many events the sample has.
static EVENTS: LazyLock<usize> = LazyLock::new(|| events(&render(&sample()).unwrap()).len());

proptest! {
    #[test]
    fn nothing_foreign_makes_a_line_or_a_property(
        owner in nasty(), title in nasty(), url in nasty()
    ) {
        let mut document = sample();
        document.owner = Some(owner.clone());
        document.paths[0].title = title.clone();
        for expected in &mut document.schedule.milestones {
            expected.title = title.clone();
        }
        for portion in document.schedule.weeks.iter_mut().flat_map(|week| &mut week.work) {
            portion.title = title.clone();
            portion.url = Some(url.clone());
        }
        let text = render(&document).unwrap();
        // The reading itself refuses all that is not as it has to be.
        let found = events(&text);
        prop_assert_eq!(found.len(), *EVENTS);
        let name = unescaped(&read(&text)[4].value);
        let said = format!("milepost: {owner}");
        prop_assert_eq!(name, safe::line(&said));
        let said = format!("Target: {title}");
        prop_assert_eq!(get(&found[0], "SUMMARY"), safe::line(&said));
        let week = found.last().unwrap();
        let said = format!("- {url}");
        let line = get(week, "DESCRIPTION").split('\n').nth(1).unwrap();
        prop_assert_eq!(line, safe::line(&said));
    }
}
