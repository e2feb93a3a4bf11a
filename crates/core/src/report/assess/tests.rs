use super::*;
use crate::model::fixture::day;
use crate::report::Refusal as Refused;
use crate::report::fixture::{Home, refused};

const CAREER: &str = r#"format = 1
kind = "career"
title = "Careers"

[[areas]]
id = "shells"
title = "Shells"
levels = ["I pipe.", "I script.", "I test.", "Others use it."]

[[areas]]
id = "services"
title = "Web Services"
replaces = ["servers"]
levels = ["I call one.", "I built one.", "It stays up.", "Others rely on it."]

[[roles]]
id = "operator"
title = "Operator"
scope = "Keeps services up."
targets = { shells = 3, services = 1 }
"#;

fn home() -> Home {
    Home::with(&[("career.toml", CAREER)])
}

fn given(area: &str, level: u8) -> Given {
    Given { area: area.to_owned(), level, remark: Annotation::default() }
}

fn query(given: &[(&str, u8)], on: NaiveDate) -> Query {
    let given = given.iter().map(|(area, level)| self::given(area, *level)).collect();
    Query { given, on, ..Query::default() }
}

/// What is recorded: an area and its levels, oldest first.
fn levels(home: &Home) -> Vec<(String, Vec<u8>)> {
    let report = areas(&Query::default(), &home.app()).unwrap();
    let levels = |area: AreaPart| (area.id, area.history.iter().map(|one| one.level).collect());
    report.areas.into_iter().map(levels).filter(|(_, levels)| !Vec::is_empty(levels)).collect()
}

#[test]
fn a_level_is_recorded_once_and_the_newest_counts() {
    let home = home();
    let (first, second) = (day(9, 1), day(10, 1));
    for (area, level, on, before) in [
        ("shells", 1, first, Some(None)),
        ("Shells", 3, second, Some(Some(1))),
        ("shells", 3, second, None),
        ("shells", 3, first, Some(Some(3))),
    ] {
        let report = report(&query(&[(area, level)], on), &home.app()).unwrap().report;
        let changed = report.changed.first().map(|one| (one.from, one.to));
        assert_eq!(changed, before.map(|from| (from, level)), "{area} {level} {on}");
        let unchanged = if before.is_none() { vec![Ref::area("shells")] } else { Vec::new() };
        assert_eq!(report.unchanged, unchanged);
    }
    let report = report(&query(&[("web services", 2), ("shells", 2)], day(11, 20)), &home.app());
    let report = report.unwrap().report;
    let now: Vec<_> = report.areas.iter().map(|area| (area.level, area.word)).collect();
    assert_eq!(now, [(Some(2), Some("working")), (Some(2), Some("working"))]);
    assert_eq!(report.changed.len(), 2);
}

#[test]
fn what_is_refused_records_nothing() {
    let home = home();
    let good = [("shells", 1)];
    let on = day(11, 20);
    for (query, expected) in [
        (query(&[("shells", 1), ("shels", 1)], on), "shells"),
        (query(&[("shells", 1), ("services", 5)], on), "5"),
        (Query { role: Some("opertor".to_owned()), ..query(&good, on) }, "operator"),
        (Query { area: Some("shels".to_owned()), ..query(&good, on) }, "shells"),
    ] {
        let said = match refused(report(&query, &home.app())) {
            Refused::Assess(Refusal::NoLevel(level)) => level.to_string(),
            Refused::Unknown { near, .. } => near.join(" "),
            other => panic!("{other:?}"),
        };
        assert_eq!(said, expected);
        assert!(!home.file("record.db").exists());
    }
    assert!(levels(&home).is_empty());
}

#[test]
fn a_session_asks_about_what_was_not_assessed_on_its_day() {
    let home = home();
    let on = day(11, 20);
    let _ = report(&query(&[("services", 0)], on), &home.app()).unwrap();
    let report =
        areas(&Query { role: Some("Operator".to_owned()), ..Query::default() }, &home.app());
    let report = report.unwrap();
    let ids = |on, again| -> Vec<&str> {
        report.to_ask(on, again).iter().map(|area| area.id.as_str()).collect()
    };
    assert_eq!(ids(on, false), ["shells"]);
    assert_eq!(ids(on, true), ["shells", "services"]);
    assert_eq!(ids(day(11, 21), false), ["shells", "services"]);
    let targets: Vec<_> = report.areas.iter().map(|area| area.target).collect();
    assert_eq!(targets, [Some(3), Some(1)]);
}

#[test]
fn only_who_wants_to_record_is_told_how() {
    let home = home();
    for (query, hints) in [
        (Query::default(), 0),
        (Query { to_record: true, ..Query::default() }, 1),
        (Query { to_record: true, ..query(&[("shells", 1)], day(11, 20)) }, 0),
    ] {
        assert_eq!(report(&query, &home.app()).unwrap().hints.len(), hints);
    }
}

#[test]
fn what_is_said_of_a_level_follows_the_rule_for_all_that_is_said() {
    let home = home();
    let said = |evidence: &str, is_meant| {
        let remark = Annotation { note: None, evidence: vec![evidence.to_owned()] };
        let given = vec![Given { remark, ..given("shells", 1) }];
        report(&Query { given, is_meant, on: day(11, 20), ..Query::default() }, &home.app())
    };
    let refusal = refused(said("two\nlines", false));
    assert!(matches!(refusal, Refused::Remark(remark::Refusal::NoEvidence(_))), "{refusal:?}");
    assert!(!home.file("record.db").exists());
    let address = "https://example.org/me";
    for (evidence, is_meant, slips) in
        [("htps://typo", true, 0), ("htps://typo", false, 1), (address, false, 0)]
    {
        let warnings = said(evidence, is_meant).unwrap().warnings;
        assert_eq!(warnings.len(), slips, "{evidence}");
        assert!(warnings.iter().all(|one| matches!(one, Warning::Evidence(_, None))));
    }
}
