use std::fs;

use chrono::TimeDelta;

use super::Severity::{Error, Note, Ok, Warning};
use super::*;
use crate::model::event::{Annotation, EventKind};
use crate::model::fixture::day;
use crate::model::standing::Status;
use crate::report::fixture::Home;

const PATH: &str = "format = 1\nid = \"one\"\ntitle = \"One\"\n[[stages]]\nid = \"s\"\ntitle = \"S\"\n\
    [[stages.milestones]]\nid = \"m\"\ntitle = \"M\"\nhours = 1\ncriteria = [\"It runs.\"]\n";

/// What the machine that runs the tests can add.
const OF_THE_MACHINE: [&str; 4] = ["network", "owner", "permissions", "space"];

/// The codes and severities of what is found, without what is fine.
fn found(query: &Query, app: &App) -> Vec<(&'static str, Severity, bool)> {
    let findings = report(query, app).report.findings.into_iter();
    let findings = findings.map(|one| (one.what.code(), one.what.severity(), one.fixed));
    findings.filter(|(code, how, _)| !OF_THE_MACHINE.contains(code) && *how != Ok).collect()
}

fn done() -> EventKind {
    EventKind::Marked {
        status: Status::Done,
        known: false,
        remark: Annotation::default(),
        item: None,
    }
}

#[test]
fn all_is_well_before_and_after_the_first_mark() {
    let home = Home::with(&[("one.toml", PATH)]);
    let words = || {
        let report = report(&Query::default(), &home.app()).report;
        let fine = report.findings.iter().filter(|one| one.what.severity() == Ok);
        (fine.map(|one| one.what.code()).collect::<Vec<_>>(), report.events)
    };
    assert_eq!(words(), (vec!["record", "paths"], None));
    home.record([("one/m", day(11, 20), done())]);
    assert_eq!(words(), (vec!["record", "paths"], Some(1)));
    assert_eq!(found(&Query::default(), &home.app()), []);
}

#[test]
fn paths_and_what_is_recorded_of_them() {
    let home = Home::with(&[
        ("a.toml", PATH),
        ("b.toml", PATH),
        ("c.toml", "format = 1\ntitel = 3\n"),
        ("d.toml", &PATH.replace("hours = 1\n", "").replace("\"one\"", "\"two\"")),
    ]);
    fs::write(home.file("paths").join("f.toml"), b"\xff").unwrap();
    home.follow(&["gone"]);
    home.record([("gone/x", day(11, 20), done())]);
    home.record([("one/m", day(11, 20), done())]);
    let mut app = home.app();
    app.places.paths_were_named = true;
    app.places.paths.push(home.file("missing"));
    let said = found(&Query::default(), &app);
    let expected = [
        ("paths", Warning),
        ("paths", Warning),
        ("paths", Error),
        ("paths", Warning),
        ("paths", Error),
        ("missing-path", Warning),
        ("retired", Note),
    ];
    assert_eq!(said, expected.map(|(code, how)| (code, how, false)));
}

#[test]
fn what_takes_the_place_of_a_built_in_path_is_noted() {
    let text = PATH.replace("\"one\"", "\"foundations\"");
    let home = Home::with(&[("own.toml", &text)]);
    assert!(found(&Query::default(), &home.app()).contains(&("paths", Note, false)));
}

#[test]
fn the_clock_the_zone_and_what_was_not_recorded() {
    let home = Home::with(&[]);
    home.record([("one/m", day(11, 20), done())]);
    for (folder, text) in [("http-aBc123", "what I learnt\n"), ("rest-dEf456", "")] {
        let folder = home.file("drafts").join(folder);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("note.md"), text).unwrap();
    }
    let mut app = home.app();
    app.stamp.now -= TimeDelta::hours(1);
    let query = Query { unknown_zone: Some("Nowhere/At_All".to_owned()), ..Query::default() };
    let said = found(&query, &app);
    let codes: Vec<_> = said.iter().map(|(code, how, _)| (*code, *how)).collect();
    let expected = [("drafts", Note), ("clock", Warning), ("zone", Warning), ("retired", Note)];
    assert_eq!(codes, expected);
}

#[test]
fn a_cache_of_another_version_is_no_loss() {
    let home = Home::with(&[]);
    let mut app = home.app();
    app.places.cache = Some(home.file("cache"));
    for folder in ["cache/paths", "cache/indexes"] {
        fs::create_dir_all(home.file(folder)).unwrap();
    }
    // Of an earlier version, in its folder: whose code wrote it, of which text, the checksum, a body.
    let earlier = home.file("cache/paths").join(["41".repeat(16), "index".to_owned()].join("."));
    fs::write(&earlier, ["version.", &"A".repeat(16), "checksumbody"].concat()).unwrap();
    let half = home.file("cache/indexes/.milepost-aBc123.new");
    fs::write(&half, "half").unwrap();
    let other = home.file("cache/paths/mine.toml");
    fs::write(&other, "not ours").unwrap();
    assert_eq!(found(&Query::default(), &app), [("cache", Note, false)]);
    let fix = Query { fix: true, ..Query::default() };
    assert_eq!(found(&fix, &app), [("cache", Note, true)]);
    assert_eq!(found(&fix, &app), []);
    assert_eq!([earlier.exists(), half.exists(), other.exists()], [false, false, true]);
}

#[test]
fn a_record_that_is_none_is_not_touched() {
    let home = Home::with(&[]);
    for bytes in [&b"not a database"[..], b""] {
        fs::write(home.file("record.db"), bytes).unwrap();
        let fix = Query { fix: true, ..Query::default() };
        assert_eq!(found(&fix, &home.app()), [("record", Error, false)]);
        assert_eq!(fs::read(home.file("record.db")).unwrap(), bytes);
    }
}
