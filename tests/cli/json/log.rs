//! What happened, by day and by week.

use super::*;

#[test]
fn log() {
    let sandbox = shelf::lived_in();
    let log: Log = read(&sandbox, "log --limit 0");
    let actions: Vec<Action> = log.events.iter().map(|event| event.action).collect();
    use Action::{Doing, Done, Noted, Skipped, Started, Undone};
    assert_eq!(
        actions,
        [
            Noted, Undone, Done, Done, Skipped, Done, Doing, Done, Done, Done, Done, Done, Started,
            Started
        ]
    );
    let service = log.events.iter().find(|event| event.r#ref == "web/service").unwrap();
    assert_eq!(service.on, day("2026-11-16"));
    assert_eq!(
        service.at,
        "2026-11-20T08:30:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap()
    );
    assert_eq!(service.title, Nullable(Some("A service in public".to_owned())));
    assert_eq!(service.note, Nullable(Some("it answers".to_owned())));
    assert_eq!(service.evidence, ["https://example.org/me/service"]);
    let undone: Vec<&str> =
        log.events.iter().filter(|event| event.undone).map(|event| event.r#ref.as_str()).collect();
    assert_eq!(undone, ["web/alerts"]);
    sandbox.ok(["redo"]);
    sandbox.ok(["stop", "web"]);
    sandbox.ok(["todo", "rest"]);
    let log: Log = read(&sandbox, "log");
    assert!(
        [Action::Stopped, Action::Todo].iter().all(|a| log.events.iter().any(|e| e.action == *a))
    );
}

#[test]
fn a_week() {
    let sandbox = shelf::lived_in();
    let log: Log = read(&sandbox, "log");
    assert!(log.week.0.is_none());
    let log: Log = read(&sandbox, "log --week");
    let week = log.week.0.unwrap();
    assert_eq!((week.from, week.to, week.hours), (day("2026-11-16"), day("2026-11-20"), 8.0));
    let refs = |lines: &[WeekLine]| lines.iter().map(|l| l.r#ref.clone()).collect::<Vec<_>>();
    assert_eq!(refs(&week.done), ["web/service"]);
    assert_eq!(refs(&week.stalled), ["web/rest-guide"]);
    assert!(week.begun.is_empty());
}
