use chrono::{Duration, NaiveDate};
use milepost_path::Ref;

use super::super::fixture::Home;
use super::super::{App, Hint, record, redo, undo};
use super::*;
use crate::model::event::{Annotation, Goals};
use crate::model::standing::Status;
use crate::store::Stamp;

/// An app that is asked so many seconds after the first one.
fn later(home: &Home, seconds: i64) -> App {
    let App { stamp: Stamp { now, today }, time, ref places, .. } = home.app();
    App::new(places.clone(), Stamp { now: now + Duration::seconds(seconds), today }, time)
}

fn done() -> EventKind {
    EventKind::Marked {
        status: Status::Done,
        known: false,
        remark: Annotation::default(),
        item: None,
    }
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 19).unwrap()
}

fn import(from: &Home, to: &App, again: bool, dry_run: bool) -> Answer<Report> {
    let record = record::report(&from.app()).unwrap().report;
    let (file, name) = ("it's.json".to_owned(), "it's.json".to_owned());
    report(Query { file, name, record, again, dry_run }, to).unwrap()
}

fn is_done(app: &App, item: &str) -> bool {
    let standing = app.standing().unwrap();
    standing.item_at(&Ref::from_text(item)).is_some_and(|item| item.status == Status::Done)
}

/// One home in which `p/theirs` is done, and another in which `p/own` is.
fn homes() -> (Home, Home) {
    let (theirs, own) = (Home::with(&[]), Home::with(&[]));
    theirs.record([("p", day(), EventKind::Started(Goals::default()))]);
    theirs.record([("p/theirs", day(), done())]);
    own.record([("p/own", day(), done())]);
    (theirs, own)
}

#[test]
fn what_an_undone_import_brought_comes_back_although_something_else_changed_since() {
    let (theirs, own) = homes();
    assert_eq!(import(&theirs, &later(&own, 1), false, false).report.added, 2);
    let _ = undo::report(&undo::Query::default(), &later(&own, 2)).unwrap();
    own.record([("p/more", day(), done())]);
    assert!(!is_done(&own.app(), "p/theirs"));
    assert!(redo::report(&later(&own, 3)).unwrap().report.0.changes.changed.is_empty());

    let answer = import(&theirs, &later(&own, 4), false, false);
    assert!(answer.report.taken_back && answer.report.brought_back == 0, "{answer:?}");
    assert!(matches!(&answer.hints[..], [Hint::TakenBack(file)] if file == "it's.json"));
    assert!(!is_done(&own.app(), "p/theirs"), "the same file again brings nothing back");

    let answer = import(&theirs, &later(&own, 5), true, true);
    assert_eq!(answer.report.brought_back, 2);
    assert!(!is_done(&own.app(), "p/theirs"), "it was only asked for");

    let answer = import(&theirs, &later(&own, 6), true, false);
    let Report { added, unchanged, brought_back, ref kept, taken_back, .. } = answer.report;
    assert_eq!((added, unchanged, brought_back, taken_back), (0, 2, 2, false));
    assert!(kept.is_none() && answer.hints.is_empty(), "{answer:?}");
    assert!(is_done(&own.app(), "p/theirs"));
    let answer = import(&theirs, &later(&own, 7), true, false);
    assert_eq!(answer.report.brought_back, 0, "all of it is there");

    // It is one command, which undo takes back before the change from before it, and redo brings back.
    let undone = undo::report(&undo::Query::default(), &later(&own, 8)).unwrap();
    assert_eq!(undone.report.0.changes.changed.len(), 2);
    assert!(!is_done(&own.app(), "p/theirs") && is_done(&own.app(), "p/more"));
    assert_eq!(redo::report(&later(&own, 9)).unwrap().report.0.changes.changed.len(), 2);
    assert!(is_done(&own.app(), "p/theirs"));
    let _ = undo::report(&undo::Query::default(), &later(&own, 10)).unwrap();
    assert_eq!(import(&theirs, &later(&own, 11), true, false).report.brought_back, 2);
    assert!(is_done(&own.app(), "p/theirs") && is_done(&own.app(), "p/more"));
}

#[test]
fn what_comes_and_what_comes_back_is_one_import() {
    let (theirs, own) = homes();
    let _ = import(&theirs, &later(&own, 1), false, false);
    let _ = undo::report(&undo::Query::default(), &later(&own, 2)).unwrap();
    theirs.record([("p/new", day(), done())]);
    let answer = import(&theirs, &later(&own, 3), true, false);
    assert_eq!((answer.report.added, answer.report.brought_back), (1, 2));
    assert!(answer.report.kept.is_some());
    assert!(is_done(&own.app(), "p/theirs") && is_done(&own.app(), "p/new"));
    let _ = undo::report(&undo::Query::default(), &later(&own, 4)).unwrap();
    assert!(!is_done(&own.app(), "p/theirs") && !is_done(&own.app(), "p/new"));
    assert!(is_done(&own.app(), "p/own"));
}
