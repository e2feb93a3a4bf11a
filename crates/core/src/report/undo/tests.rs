use chrono::Duration;
use milepost_path::Ref;

use super::super::fixture::{Home, refused};
use super::super::{import, log, mark, record, redact, redo};
use super::*;
use crate::model::event::Annotation;
use crate::model::standing::Status;
use crate::store::Stamp;

const PATH: &str = "format = 1\nid = \"one\"\ntitle = \"One\"\n[[stages]]\nid = \"s\"\ntitle = \"S\"\n\
    [[stages.topics]]\nid = \"t\"\ntitle = \"T\"\nhours = 6\n\
    skills = [{ id = \"a\", title = \"A\" }, { id = \"b\", title = \"B\" }, { id = \"c\", title = \"C\" }]\n";

/// What is asked a number of seconds later; by an assistant with this name, or by the learner.
fn app(home: &Home, seconds: i64, by: Option<&str>) -> App {
    let App { stamp: Stamp { now, today }, time, ref places, .. } = home.app();
    let stamp = Stamp { now: now + Duration::seconds(seconds), today };
    let mut app = App::new(places.clone(), stamp, time);
    app.by = by.map(|name| Actor::claimed("mcp", name));
    app
}

fn done(item: &str, app: &App) {
    let remark = Annotation { note: Some(format!("of {item}")), evidence: Vec::new() };
    let query = mark::Query { remark, ..mark::Query::new(mark::Verb::Done, vec![item.to_owned()]) };
    let _ = mark::report(&query, app).unwrap();
}

/// The references that an undo changes.
fn undone(app: &App) -> String {
    let report = report(&Query::default(), app).unwrap().report.0;
    let refs = report.changes.changed.iter().map(|one| one.reference.to_string());
    refs.collect::<Vec<_>>().join(" ")
}

/// Who did what, newest first.
fn told(home: &Home) -> Vec<String> {
    let events = log::report(&log::Query::default(), &home.app()).unwrap().report.events;
    let by = |by: &Option<Actor>| by.as_ref().map_or("you".to_owned(), Actor::to_string);
    events.iter().map(|one| format!("{} {} {}", one.action, one.reference, by(&one.by))).collect()
}

#[test]
fn an_assistant_takes_back_only_what_an_assistant_did() {
    let home = Home::with(&[("one.toml", PATH)]);
    done("a", &app(&home, 1, None));
    done("b", &app(&home, 2, Some("first")));
    done("c", &app(&home, 3, None));
    let listed = |app: &App| {
        let changes = list(false, 9, app).unwrap().report.changes;
        changes.iter().map(|one| (one.refs[0].to_string(), one.by.is_some())).collect::<Vec<_>>()
    };
    let all = [("one/c", false), ("one/b", true), ("one/a", false)];
    assert_eq!(listed(&app(&home, 4, None)), all.map(|(id, by)| (id.to_owned(), by)));
    assert_eq!(listed(&app(&home, 4, Some("x"))), [("one/b".to_owned(), true)]);

    // Past what the learner did since; and whichever assistant did it.
    assert_eq!(undone(&app(&home, 5, Some("second"))), "one/b");
    assert_eq!(undone(&app(&home, 6, Some("second"))), "", "there is no more");
    assert_eq!(
        told(&home)[..3],
        ["undone one/b mcp:second", "done one/c you", "done one/b mcp:first"]
    );
    // The learner takes back anything, and brings back what an assistant took back.
    let back = redo::report(&app(&home, 7, None)).unwrap().report.0;
    assert_eq!(back.changes.changed[0].reference, Ref::from_text("one/b"));
    assert_eq!(undone(&app(&home, 8, None)), "one/c");
    assert_eq!(undone(&app(&home, 9, None)), "one/b");
    assert_eq!(undone(&app(&home, 10, Some("first"))), "", "the learner took it back");
    assert_eq!(undone(&app(&home, 11, None)), "one/a");
}

#[test]
fn an_assistant_takes_back_nothing_that_came_from_elsewhere() {
    let (theirs, own) = (Home::with(&[("one.toml", PATH)]), Home::with(&[("one.toml", PATH)]));
    done("a", &app(&theirs, 1, Some("elsewhere")));
    done("b", &app(&own, 2, Some("here")));
    let came = record::report(&theirs.app()).unwrap().report;
    let (file, name) = ("it.json".to_owned(), "it.json".to_owned());
    let query = import::Query { file, name, record: came, again: false, dry_run: false };
    assert_eq!(import::report(query, &app(&own, 3, None)).unwrap().report.added, 1);
    assert!(told(&own).contains(&"done one/a mcp:elsewhere".to_owned()), "who did it comes along");
    for (seconds, expected) in [(4, "one/b"), (5, "")] {
        assert_eq!(undone(&app(&own, seconds, Some("here"))), expected);
    }
    assert_eq!(undone(&app(&own, 6, None)), "one/a", "the import is the learner's");
    let any = Query { any: true, past_erased: false };
    done("c", &app(&own, 7, None));
    let all = report(&any, &app(&own, 8, Some("here"))).unwrap().report.0;
    assert!(all.changes.changed.is_empty(), "{all:?}");
}

#[test]
fn what_is_erased_keeps_who_said_it_and_who_erased_it_is_kept() {
    let home = Home::with(&[("one.toml", PATH)]);
    done("a", &app(&home, 1, Some("first")));
    let query =
        redact::Query { reference: "a".to_owned(), number: Some(1), yes: true, agreed: None };
    let _ = redact::report(&query, &app(&home, 2, Some("second"))).unwrap();
    assert_eq!(told(&home), ["redacted one/a mcp:second", "done one/a mcp:first"]);
    let events = log::report(&log::Query::default(), &home.app()).unwrap().report.events;
    assert_eq!((events[1].erased, &events[1].note), (1, &None));
    let mut store = home.app().store().unwrap().unwrap();
    let reading = store.read().unwrap();
    assert!(reading.verify().is_whole());
    let payload = &reading.log().unwrap().1[0].payload;
    let (before, left) = payload.split_at(payload.len() - r#","left":"0123456789abcdef"}"#.len());
    assert!(
        before.ends_with(r#","by":"mcp:first""#) && left.starts_with(r#","left":""#),
        "{payload}"
    );
    assert!(matches!(
        refused(report(&Query::default(), &app(&home, 3, Some("first")))),
        Refusal::Erased(_)
    ));
    assert_eq!(
        home.app().standing().unwrap().item_at(&Ref::from_text("one/a")).unwrap().status,
        Status::Done
    );
}
