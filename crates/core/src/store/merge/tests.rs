mod replicas;

use chrono::TimeDelta;

use super::super::tests::{Record, entry, marked, noted, stamp, started};
use super::super::{Stamp, Store};
use super::*;
use crate::model::event::EventKind;
use crate::model::standing::Status;

/// All that a record keeps of its log.
fn log(record: &Record) -> (Uuid, Vec<StoredEvent>) {
    record.open().read().unwrap().log().unwrap()
}

/// As on the machine of the device.
fn take_up(record: &Record, device: Uuid, events: Vec<StoredEvent>) -> Result<Merged> {
    check(&events)?;
    let mut store = record.open();
    let mut writing = store.write(stamp())?;
    let merged = writing.merge(events, Some(device))?;
    writing.commit()?;
    drop(store);
    let verdict = record.open().read()?.verify();
    assert!(verdict.is_whole(), "{verdict:?}");
    Ok(merged)
}

/// Appends so many minutes after the first stamp.
fn append_at(record: &Record, minutes: i64, entries: &[crate::model::event::NewEvent]) {
    let now = stamp().now + TimeDelta::minutes(minutes);
    let mut store = record.open();
    let mut writing = store.write(Stamp { now, ..stamp() }).unwrap();
    for entry in entries {
        writing.append(entry.clone(), stamp().today).unwrap();
    }
    writing.commit().unwrap();
}

/// All rows of all tables, as SQLite has them.
fn rows(record: &Record) -> Vec<String> {
    let connection = record.raw();
    let mut rows = Vec::new();
    for (table, order) in
        [("event", "seq"), ("standing", "subject"), ("effort", "subject, day"), ("log", "only")]
    {
        let mut select =
            connection.prepare(&format!("SELECT * FROM {table} ORDER BY {order}")).unwrap();
        let columns = select.column_count();
        let found = select.query_map([], |row| {
            let values = (0..columns).map(|at| row.get_ref(at).map(|value| format!("{value:?}")));
            values.collect::<rusqlite::Result<Vec<_>>>()
        });
        rows.extend(found.unwrap().map(|row| format!("{table}: {}", row.unwrap().join(" "))));
    }
    rows
}

/// The subjects and actions of a log.
fn shown(record: &Record) -> Vec<String> {
    let (_, events) = log(record);
    let entries = events.iter().map(|one| &one.event.entry);
    entries.map(|entry| format!("{} {}", entry.action(), entry.subject)).collect()
}

#[test]
fn an_empty_record_becomes_an_equal_one() {
    let from = Record::with_history();
    let (device, events) = log(&from);
    let to = Record::new();
    let merged = take_up(&to, device, events.clone()).unwrap();
    assert_eq!(merged, Merged { added: 8, unchanged: 0, relabelled: 0 });
    assert_eq!(rows(&to), rows(&from));
    // And again: nothing changes.
    let merged = take_up(&to, device, events).unwrap();
    assert_eq!(merged, Merged { added: 0, unchanged: 8, relabelled: 0 });
    assert_eq!(rows(&to), rows(&from));
    // Undo and redo go on as before.
    from.undo();
    to.undo();
    assert_eq!(shown(&to), shown(&from));
    assert_eq!(to.standing().unwrap(), from.standing().unwrap());
}

#[test]
fn what_no_command_can_mean_is_refused_with_its_number() {
    let (_, events) = log(&Record::with_history());
    let huge = format!("a/{}", "x".repeat(5_000_000));
    let names =
        ["", "..", "a/", "/x", "a/b c", "a/x\nforged", "A/x", "a/question:", "a/x/y", &huge];
    let days = ["away:", "away:2026-1-2", "away:2026-02-30", "away:2026-12-20/x"];
    let names = names.into_iter().chain(days);
    for name in names {
        let mut events = events.clone();
        events[2].event.entry.subject = Ref::from_text(name);
        events[2].checksum = checksum::checksum_of(&events[2].event, &events[2].payload);
        let error = check(&events).unwrap_err();
        let StoreError::NoSubject(subject) = unfit(error, 2) else { panic!("{name:.80}") };
        assert!(subject == name, "{name:.80}");
    }
    let mut events = events;
    let role = Some("a\nrole".to_owned());
    events[0].event.entry.fact =
        EventKind::Started(crate::model::event::Goals { role, ..Default::default() });
    events[0].payload = events[0].event.payload().unwrap();
    events[0].checksum = checksum::checksum_of(&events[0].event, &events[0].payload);
    let error = check(&events).unwrap_err();
    let why = unfit(error, 0);
    assert!(matches!(&why, StoreError::NoRole(role) if role == "a\nrole"), "{why:?}");
    for hours in [-1.0, 0.0, 1e300] {
        let goals =
            crate::model::event::Goals { hours_per_week: Some(hours), ..Default::default() };
        events[0].event.entry.fact = EventKind::Started(goals);
        events[0].payload = events[0].event.payload().unwrap();
        events[0].checksum = checksum::checksum_of(&events[0].event, &events[0].payload);
        let error = check(&events).unwrap_err();
        let why = unfit(error, 0);
        assert!(matches!(why, StoreError::NoWeek(found) if found == hours), "{why:?}");
    }
}

/// Why the event in a place of another log is one that nobody can record.
#[track_caller]
fn unfit(error: StoreError, place: usize) -> StoreError {
    match error {
        StoreError::Event(at, EventFault::Unfit(why)) if at == place => *why,
        other => panic!("{:.200}", format!("{other:?}")),
    }
}

#[test]
fn a_record_that_is_behind_catches_up() {
    let from = Record::with_history();
    let (device, events) = log(&from);
    let to = Record::new();
    take_up(&to, device, events[..3].to_vec()).unwrap();
    let merged = take_up(&to, device, events).unwrap();
    assert_eq!(merged, Merged { added: 5, unchanged: 3, relabelled: 0 });
    assert_eq!(rows(&to), rows(&from));
}

#[test]
fn two_records_become_one_whoever_takes_up_the_other() {
    let (left, right) = (Record::new(), Record::new());
    append_at(&left, 0, &[started("a"), marked("a/x", Status::Doing)]);
    let (device, common) = log(&left);
    take_up(&right, device, common).unwrap();
    right.becomes(Uuid::from_u128(7));
    append_at(&right, 1, &[marked("a/x", Status::Skipped)]);
    append_at(&left, 2, &[marked("a/x", Status::Done), noted("b/z", "left")]);
    append_at(&right, 3, &[marked("a/y", Status::Done)]);
    let ((left_device, of_left), (right_device, of_right)) = (log(&left), log(&right));
    assert_ne!(left_device, right_device);
    take_up(&left, right_device, of_right).unwrap();
    take_up(&right, left_device, of_left).unwrap();
    assert_eq!(
        shown(&left),
        ["started a", "doing a/x", "skipped a/x", "done a/x", "noted b/z", "done a/y"]
    );
    assert_eq!(shown(&right), shown(&left));
    let standing = left.standing().unwrap();
    assert_eq!(standing.item("a", "x").unwrap().status, Status::Done, "the later word counts");
    assert_eq!(right.standing().unwrap(), standing);
    assert_eq!(log(&left).0, left_device, "each stays the record of its own device");
    assert_eq!(log(&right).0, right_device);
    let events = |rows: Vec<String>| -> Vec<String> {
        rows.into_iter().filter(|row| !row.starts_with("log")).collect()
    };
    assert_eq!(events(rows(&left)), events(rows(&right)));
}

#[test]
fn a_record_without_an_event_stays_that_of_its_machine_where_it_is_told_no_other() {
    let (from, to) = (Record::with_history(), Record::new());
    let (device, events) = log(&from);
    let own = log(&to).0;
    let mut store = to.open();
    let mut writing = store.write(stamp()).unwrap();
    assert_eq!(writing.merge(events.clone(), None).unwrap().added, 8);
    writing.commit().unwrap();
    assert!(store.read().unwrap().verify().is_whole(), "its device wrote none of its events");
    assert_eq!(log(&to), (own, events));
    to.append(&[marked("a/x", Status::Skipped)]);
    let (_, events) = log(&to);
    assert_eq!(events.last().unwrap().event.device, own);
    // And what has an event never becomes that of another.
    take_up(&to, device, log(&from).1).unwrap();
    assert_eq!(log(&to).0, own);
}

#[test]
fn what_is_newer_is_appended_and_nothing_is_rewritten() {
    let (left, right) = (Record::with_history(), Record::new());
    let (device, events) = log(&left);
    take_up(&right, device, events).unwrap();
    right.becomes(Uuid::from_u128(7));
    append_at(&right, 1, &[marked("a/x", Status::Skipped)]);
    let mut store = left.open();
    let mut writing = store.write(stamp()).unwrap();
    let new = log(&right).1.split_off(8);
    writing.merge(new, None).unwrap();
    let total: i64 = writing
        .reading
        .transaction
        .query_row("SELECT total_changes()", [], |row| row.get(0))
        .unwrap();
    assert_eq!(total, 2, "an event, and a row of the standing");
    writing.commit().unwrap();
    assert_eq!(log(&left).1, log(&right).1);
}

#[test]
fn the_smaller_label_of_an_event_holds_on_both_sides() {
    let labelled = |times: [i64; 3]| -> Record {
        let record = Record::new();
        let (device, mut events) = log(&Record::with_history());
        events.truncate(3);
        let mut labels = crate::model::order::Labels::default();
        for (recorded, at) in events.iter_mut().zip(times) {
            recorded.ord = labels.next(at);
        }
        take_up(&record, device, events).unwrap();
        record
    };
    let (left, right) = (labelled([1, 5, 9]), labelled([4, 4, 10]));
    let labels = |record: &Record| -> Vec<Option<Uuid>> {
        log(record).1.iter().map(|one| one.ord).collect()
    };
    let (of_left, of_right) = (labels(&left), labels(&right));
    let smaller = vec![of_left[0], of_right[1], of_left[2]];
    let (device, events) = log(&right);
    let expected = Merged { added: 0, unchanged: 3, relabelled: 1 };
    assert_eq!(take_up(&left, device, events.clone()).unwrap(), expected);
    assert_eq!(labels(&left), smaller);
    // What has no label by mistake does not lose it here.
    let bare = events.into_iter().map(|one| StoredEvent { ord: None, ..one }).collect();
    assert_eq!(take_up(&left, device, bare).unwrap().relabelled, 0);
    let (device, events) = log(&left);
    assert_eq!(take_up(&right, device, events).unwrap().relabelled, 2);
    assert_eq!(rows(&right), rows(&left));
}

#[test]
fn what_was_taken_back_elsewhere_is_taken_back_here() {
    let (left, right) = (Record::new(), Record::new());
    append_at(&left, 0, &[marked("a/x", Status::Done)]);
    let (device, common) = log(&left);
    take_up(&right, device, common).unwrap();
    left.undo();
    append_at(&right, 5, &[marked("a/y", Status::Done)]);
    let (device, of_left) = log(&left);
    take_up(&right, device, of_left).unwrap();
    let standing = right.standing().unwrap();
    assert!(standing.item("a", "x").is_none() && standing.item("a", "y").is_some());
}

#[test]
fn nothing_is_taken_up_where_something_is_wrong() {
    let from = Record::with_history();
    let (device, events) = log(&from);
    type Change = fn(&mut Vec<StoredEvent>);
    let changes: [(Change, &str); 6] = [
        (|events| events[4].event.on = events[4].event.on.pred_opt().unwrap(), "Event(4, Changed)"),
        (|events| events[4].payload.push(' '), "Event(4, Changed)"),
        (|events| events[4].checksum += 1, "Event(4, Changed)"),
        (|events| events[6] = events[2].clone(), "Event(6, Twice)"),
        (
            |events| {
                let one = &mut events[0];
                one.event.entry = entry("a/x", one.event.entry.fact.clone());
                one.payload = one.event.payload().unwrap();
                one.checksum = checksum::checksum_of(&one.event, &one.payload);
            },
            r#"Event(0, Unfit(Misfit("started", "a/x")))"#,
        ),
        (|events| events[3].ord = Some(Uuid::max()), "Event(3, NoRoomAfter)"),
    ];
    for (change, expected) in changes {
        let mut events = events.clone();
        change(&mut events);
        let to = Record::new();
        let before = rows(&to);
        let error = take_up(&to, device, events).unwrap_err();
        assert_eq!(format!("{error:?}"), expected);
        assert_eq!(rows(&to), before);
    }
    // The same id, and a checksum that is right for something else.
    let mut events = events;
    let one = &mut events[4];
    one.event.entry.title = Some("another".to_owned());
    one.payload = one.event.payload().unwrap();
    one.checksum = checksum::checksum_of(&one.event, &one.payload);
    let before = rows(&from);
    let error = take_up(&from, device, events).unwrap_err();
    assert!(matches!(error, StoreError::TwoFacts(4, 4)), "{error:?}");
    assert_eq!(rows(&from), before);
}

#[test]
fn what_is_not_committed_is_not_there() {
    let from = Record::with_history();
    let (device, events) = log(&from);
    let to = Record::new();
    append_at(&to, 9, &[marked("q/x", Status::Done)]);
    let before = rows(&to);
    let mut store = to.open();
    let mut writing = store.write(stamp()).unwrap();
    // Its own event moves behind the others.
    assert_eq!(writing.merge(events, Some(device)).unwrap().added, 8);
    drop(writing);
    drop(store);
    assert_eq!(rows(&to), before);
    // What keeps events from being removed is on again.
    let error = to.raw().execute("DELETE FROM event", []).unwrap_err();
    assert!(error.to_string().contains("never deleted"), "{error}");
}

#[test]
fn events_are_kept_by_the_same_connection_afterwards() {
    let from = Record::with_history();
    let (device, events) = log(&from);
    let to = Record::new();
    append_at(&to, 9, &[marked("q/x", Status::Done)]);
    let mut store: Store = to.open();
    let mut writing = store.write(stamp()).unwrap();
    writing.merge(events, Some(device)).unwrap();
    let deleted = writing.reading.transaction.execute("DELETE FROM event", []);
    assert!(deleted.unwrap_err().to_string().contains("never deleted"));
    writing.append(entry("a/x", EventKind::Undone(Uuid::nil())), stamp().today).unwrap();
    writing.commit().unwrap();
    assert!(store.read().unwrap().verify().is_whole());
}
