use super::*;
use crate::model::event::{Annotation, Goals};
use crate::model::fixture::day;
use crate::report::fixture::{Home, refused};
use crate::report::{Named, Refusal, undo};

const PATH: &str = "format = 1\nid = \"one\"\ntitle = \"One\"\n[[stages]]\nid = \"s\"\ntitle = \"S\"\n\
    [[stages.topics]]\nid = \"t\"\ntitle = \"T\"\nhours = 6\n\
    skills = [{ id = \"a\", title = \"A\" }, { id = \"b\", title = \"B\" }]\n";

fn marked(status: Status) -> EventKind {
    EventKind::Marked { status, known: false, remark: Annotation::default(), item: None }
}

fn note(text: &str) -> EventKind {
    EventKind::Noted(Annotation { note: Some(text.to_owned()), evidence: Vec::new() })
}

/// A home with some weeks in it: today is a Friday, 2026-11-20.
fn home() -> Home {
    let home = Home::with(&[("one.toml", PATH)]);
    home.record([
        ("one", day(10, 12), EventKind::Started(Goals::default())),
        ("one/b", day(10, 13), marked(Status::Doing)),
        ("gone/x", day(11, 8), note("of a path that is gone")),
        ("one/a", day(11, 9), marked(Status::Done)),
        ("one/a", day(11, 15), note("it was long")),
        ("one/t", day(11, 16), note("on")),
        ("one/t", day(11, 22), note("for a day to come")),
    ]);
    home
}

fn days(report: &Report) -> Vec<String> {
    report.events.iter().map(|one| one.on.format("%m-%d").to_string()).collect()
}

#[test]
fn filters_hold_each_and_together() {
    let home = home();
    let all = Query::default();
    let path = |id: &str| Some(id.to_owned());
    for (query, expected) in [
        (all.clone(), "11-22 11-16 11-15 11-09 11-08 10-13 10-12"),
        (Query { limit: 2, ..all.clone() }, "11-22 11-16"),
        (Query { since: Some(day(11, 15)), ..all.clone() }, "11-22 11-16 11-15"),
        (Query { path: path("gone"), ..all.clone() }, "11-08"),
        (Query { path: path("one"), limit: 3, ..all.clone() }, "11-22 11-16 11-15"),
        (Query { path: path("one"), since: Some(day(11, 16)), ..all.clone() }, "11-22 11-16"),
        // The review is up to today; what is for later is told all the same.
        (Query { week: true, ..all.clone() }, "11-22 11-16"),
        // Monday to Sunday.
        (Query { week: true, on: Some(day(11, 9)), ..all.clone() }, "11-15 11-09"),
        (Query { week: true, on: Some(day(11, 15)), limit: 1, ..all }, "11-15"),
    ] {
        let answer = report(&query, &home.app()).unwrap();
        assert_eq!(days(&answer.report).join(" "), expected, "{query:?}");
        assert_eq!(answer.report.week.is_some(), query.week, "{query:?}");
        assert!(answer.hints.is_empty(), "{query:?}");
    }
}

#[test]
fn a_week_has_what_moved_in_it_and_what_did_not() {
    let home = home();
    let week = |on| {
        let query = Query { week: true, on: Some(on), ..Query::default() };
        report(&query, &home.app()).unwrap().report.week.unwrap()
    };
    let refs =
        |lines: &[Line]| lines.iter().map(|one| one.reference.to_string()).collect::<String>();
    for (on, range, is_over, moved, notes, hours) in [
        (day(10, 14), (day(10, 12), day(10, 18)), true, ["", "one/b", ""], 0, 0.0),
        (day(10, 21), (day(10, 19), day(10, 25)), true, ["", "", ""], 0, 0.0),
        (day(11, 9), (day(11, 9), day(11, 15)), true, ["one/a", "", "one/b"], 1, 3.0),
        (day(11, 20), (day(11, 16), day(11, 20)), false, ["", "", "one/b"], 1, 0.0),
    ] {
        let week = week(on);
        assert_eq!((week.from, week.to, week.is_over), (range.0, range.1, is_over), "{on}");
        assert_eq!([&week.done, &week.begun, &week.stalled].map(|all| refs(all)), moved, "{on}");
        assert_eq!((week.notes, week.hours), (notes, hours), "{on}");
    }
}

#[test]
fn where_nothing_is_recorded_a_path_must_be_one() {
    let home = Home::with(&[("one.toml", PATH)]);
    let of = |path: &str| Query { path: Some(path.to_owned()), ..Query::default() };
    for query in [Query::default(), of("one")] {
        let answer = report(&query, &home.app()).unwrap();
        assert!(matches!(answer.hints[..], [Hint::NothingRecorded]), "{query:?}");
    }
    let refusal = refused(report(&of("two"), &home.app()));
    assert!(matches!(refusal, Refusal::Unknown { what: Named::Path, .. }), "{refusal:?}");
}

#[test]
fn what_is_kept_in_another_path_has_the_name_that_the_learner_knows() {
    let topic = |id: &str, more: &str| {
        format!(
            "format = 1\nid = \"{id}\"\ntitle = \"{id}\"\n[[stages]]\nid = \"s\"\ntitle = \"S\"\n\
             [[stages.topics]]\nid = \"t\"\ntitle = \"T\"\nhours = 6\n\
             skills = [{{ id = \"a\", title = \"A\"{more} }}]\n"
        )
    };
    let (here, there) = (topic("here", ", same_as = \"there/a\""), topic("there", ""));
    let home = Home::with(&[("here.toml", &here), ("there.toml", &there)]);
    home.follow(&["here"]);
    home.record([("there/a", day(11, 9), marked(Status::Done))]);
    let told = |path: Option<&str>| {
        let query = Query { limit: 1, path: path.map(str::to_owned), ..Query::default() };
        let events = report(&query, &home.app()).unwrap().report.events;
        events.first().map(|event| event.reference.to_string()).unwrap_or_default()
    };
    // It is about both paths; who follows both finds it where it is kept.
    assert_eq!((told(None), told(Some("here"))), ("here/a".to_owned(), "here/a".to_owned()));
    assert_eq!(told(Some("there")), "there/a");
    let undone = undo::report(&undo::Query::default(), &home.app()).unwrap().report.0;
    assert_eq!(undone.changes.changed[0].reference.as_str(), "here/a");
    home.follow(&["there"]);
    assert_eq!(told(Some("there")), "there");
}
