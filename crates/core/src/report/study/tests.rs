use super::super::fixture::{Home, refused};
use super::super::{Refusal as Refused, snooze};
use super::*;

const PATH: &str = r#"format = 1
id = "web"
title = "Web"
[[stages]]
id = "build"
title = "Build"
[[stages.topics]]
id = "apis"
title = "APIs"
hours = 12
skills = [{ id = "rest", title = "REST" }, { id = "rpc", title = "RPC" }]
"#;

fn home() -> Home {
    Home::with(&[("web.toml", PATH)])
}

/// It is ten in the morning.
fn query(reference: &str, minutes: Option<u32>, from: Option<u32>) -> Query {
    Query { reference: reference.to_owned(), minutes, from, ..Query::default() }
}

#[test]
fn what_cannot_be_is_refused_and_makes_nothing() {
    let home = home();
    let ask = |query: &Query| match refused(report(query, &home.app())) {
        Refused::Study(refusal) => refusal,
        other => panic!("{other:?}"),
    };
    for (whole, kind) in [("web", "path"), ("web/build", "stage")] {
        let refusal = ask(&query(whole, Some(45), None));
        assert!(matches!(&refusal, Refusal::WrongKind(node) if node.kind.as_str() == kind));
    }
    let no_time = ask(&query("rest", None, None));
    assert!(matches!(&no_time, Refusal::NoTime(node) if node.title == "REST"), "{no_time:?}");
    let later = ask(&query("rest", Some(45), Some(601)));
    assert!(matches!(later, Refusal::NotYet { from: 601, now: 600 }), "{later:?}");
    let just_now = ask(&query("rest", None, Some(600)));
    assert!(matches!(just_now, Refusal::JustNow { from: 600, .. }), "{just_now:?}");
    let yesterday = home.app().today().pred_opt();
    let evening = Query { on: yesterday, ..query("rest", None, Some(1170)) };
    assert!(matches!(ask(&evening), Refusal::NotToday { from: 1170, .. }));
    assert!(!home.file("record.db").exists());
    // That of a day before has come, whatever the time is now.
    let evening = Query { minutes: Some(45), ..evening };
    assert_eq!(report(&evening, &home.app()).unwrap().report.minutes, 45);
}

#[test]
fn time_is_summed_on_an_item_and_within_its_topic_until_the_day_is_full() {
    let home = home();
    let study = |query: &Query| {
        let report = report(query, &home.app()).unwrap().report;
        let [change] = report.changed.as_slice() else { panic!("one change") };
        (change.from.as_str(), change.to.as_str(), report.minutes, report.minutes_in_all)
    };
    assert_eq!(study(&query("rest", None, Some(480))), ("todo", "doing", 120, 120));
    assert_eq!(study(&query("rest", Some(60), Some(480))), ("doing", "doing", 60, 180));
    assert_eq!(study(&query("rpc", Some(30), None)), ("todo", "doing", 30, 30));
    assert_eq!(study(&query("apis", Some(90), None)), ("todo", "todo", 90, 300));
    let full = refused(report(&query("rest", Some(DAY - 299), None), &home.app()));
    assert!(matches!(full, Refused::Study(Refusal::DayIsFull { minutes: 300, .. })), "{full:?}");
    assert_eq!(study(&query("rest", Some(DAY - 300), None)).3, DAY - 120);
}

/// To study what was put off takes it up.
#[test]
fn what_is_snoozed_is_left_out_until_it_is_studied() {
    let home = home();
    let today = home.app().today();
    let snooze = |refs: &str, until: Option<NaiveDate>| {
        let refs = refs.split_whitespace().map(str::to_owned).collect();
        snooze::report(&snooze::Query { refs, until }, &home.app())
    };
    let later = today.succ_opt();
    let states = |refs: &str, until: Option<NaiveDate>| {
        let report = snooze(refs, until).unwrap().report;
        let changed = report.changed.iter().map(|one| (one.from.as_str(), one.to.as_str()));
        (changed.collect::<Vec<_>>(), report.unchanged.len())
    };
    for refs in ["web", "web/build"] {
        let refusal = refused(snooze(refs, later));
        assert!(matches!(refusal, Refused::Snooze(snooze::Refusal::WrongKind(_))), "{refusal:?}");
    }
    for until in [Some(today), today.pred_opt()] {
        let refusal = refused(snooze("rest", until));
        assert!(matches!(refusal, Refused::Snooze(snooze::Refusal::NotToCome { .. })));
    }
    assert!(!home.file("record.db").exists());
    assert_eq!(states("rest apis", later), (vec![("todo", "snoozed"); 2], 0));
    assert_eq!(states("rest", later), (vec![], 1));
    assert_eq!(states("apis", None), (vec![("snoozed", "todo")], 0));
    let _ = report(&query("rest", Some(10), None), &home.app()).unwrap();
    assert_eq!(states("rest", None), (vec![], 1));
    assert_eq!(states("rest", later), (vec![("doing", "snoozed")], 0));
}
