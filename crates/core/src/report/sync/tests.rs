use std::time::Duration;

use super::super::fixture::{Home, refused};
use super::super::{Refusal as Any, dashboard};
use super::*;
use crate::model::event::{EventKind, Goals};
use crate::sync::{KeyError, Span};

fn access(key: Option<&Key>) -> Access {
    let (time, patience) = (Duration::from_secs(60), Duration::ZERO);
    Access { key: key.cloned(), time, patience, can_ask: false, database: None }
}

fn query(remote: Option<&str>) -> Query {
    let remote = remote.map(str::to_owned);
    Query { remote, pull: true, push: true, dry_run: false, repair: false, access: access(None) }
}

fn place(home: &Home, folder: &str, name: Option<&str>) -> Place {
    Place::read(home.file(folder).to_str().unwrap(), name).unwrap()
}

fn init(home: &Home, place: Place) -> Result<Answer<init::Report>> {
    init::report(&init::Query { place, beside_others: false, access: access(None) }, &home.app())
}

/// A home with a path that is followed and installed, and so many events.
fn home() -> Home {
    let home = Home::with(&[]);
    home.follow(&["p"]);
    home
}

fn sync_refusal<T>(result: Result<T>) -> Refusal {
    match refused(result) {
        Any::Sync(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

fn error<T>(result: Result<T>) -> SyncError {
    match sync_refusal(result) {
        Refusal::Failed(failed) => failed.error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_remote_that_is_meant() {
    let home = home();
    let app = home.app();
    assert!(matches!(error(report(&query(None), &app)), SyncError::NotLinked));
    assert!(matches!(error(report(&query(Some("x")), &app)), SyncError::NotLinked));
    let first = init(&home, place(&home, "a", Some("work"))).unwrap().report;
    assert!((first.is_new, first.exchanged.sent) == (true, 1));
    assert_eq!(report(&query(None), &app).unwrap().report.remote, "work");
    let second = init(&home, place(&home, "b", Some("stick"))).unwrap().report;
    assert!(!second.is_new && second.log == first.log);
    assert!(
        matches!(sync_refusal(report(&query(None), &app)), Refusal::Several(names) if names.len() == 2)
    );
    let _ = init(&home, place(&home, "c", None)).unwrap();
    assert_eq!(report(&query(None), &app).unwrap().report.remote, HOME);
    assert!(matches!(refused(report(&query(Some("x")), &app)), Any::Unknown { .. }));
    let again = error(init(&home, place(&home, "d", None)));
    assert!(matches!(again, SyncError::IsLinked { .. }), "{again:?}");
    assert!(matches!(
        sync_refusal(init(&home, place(&home, "no/d", Some("x")))),
        Refusal::NoParent(_)
    ));
    for name in ["init", "help", "", "-x", "a b", &"x".repeat(41)] {
        let read = Place::read("/srv/log", Some(name));
        assert!(matches!(sync_refusal(read), Refusal::BadName(_)), "{name}");
    }
    // An address can have a password, so nothing says it again.
    for address in ["a/b", "postgres://me:secret@host/log", "me@host", "host:log", "C:\\log"] {
        let read = Place::read("/srv/log", Some(address));
        assert!(matches!(sync_refusal(read), Refusal::NotItsName), "{address}");
        let synced = report(&query(Some(address)), &app);
        assert!(matches!(sync_refusal(synced), Refusal::NotItsName), "{address}");
    }
}

#[test]
fn a_record_with_changes_of_its_own_joins_only_with_a_yes() {
    let (first, second) = (home(), Home::with(&[]));
    let made = init(&first, place(&first, "log", None)).unwrap().report;
    let today = first.app().today();
    second.record([("q", today, EventKind::Started(Goals::default()))]);
    let app = second.app();
    let key = Key::of(&first.app().db().unwrap(), made.log).unwrap();
    let query = join::Query::new(place(&first, "log", None), None, access(None));
    let mut door = join::open(&query, Duration::ZERO, &app).unwrap();
    assert!(matches!(error(door.look().map(drop)), SyncError::Key(KeyError::Missing(_))));
    door.give(key.clone());
    let seen = door.look().unwrap();
    let days = Some((today, today));
    let one = Span { events: 1, days, devices: 1 };
    assert_eq!((&seen.sides.ours, &seen.sides.theirs, seen.sides.common), (&one, &one, 0));
    let Refusal::JoinNeedsYes(sides) = sync_refusal(door.finish(seen, false)) else { panic!() };
    assert_eq!(sides.ours, one);
    assert_eq!(app.followed_ids().unwrap(), ["q"]);

    let mut door = join::open(&query, Duration::ZERO, &app).unwrap();
    door.give(key);
    let seen = door.look().unwrap();
    let joined = door.finish(seen, true).unwrap().report;
    assert_eq!((joined.exchanged.received, joined.exchanged.sent), (1, 1));
    assert!(joined.kept.is_some_and(|kept| kept.exists()));
    let mut missing = joined.exchanged.missing_paths;
    missing.sort();
    assert_eq!(missing, ["p", "q"]);
    // Its key is beside it from now on.
    assert_eq!(report(&self::query(None), &app).unwrap().report.waiting, 0);
}

#[test]
fn the_dashboard_counts_what_is_not_sent() {
    let home = home();
    let unsynced =
        || dashboard::report(&dashboard::Query::default(), &home.app()).unwrap().report.unsynced;
    assert_eq!(unsynced(), None);
    let _ = init(&home, place(&home, "log", None)).unwrap();
    assert_eq!(unsynced(), Some(0));
    home.follow(&["q"]);
    assert_eq!(unsynced(), Some(1));
    let would = report(&Query { dry_run: true, ..query(None) }, &home.app()).unwrap().report;
    assert_eq!((would.sent, would.dry_run, unsynced()), (1, true, Some(1)));
    let _ = report(&query(None), &home.app()).unwrap();
    assert_eq!(unsynced(), Some(0));
}
