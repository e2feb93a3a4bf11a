use std::fs;

use rusqlite::Connection;

use super::super::tests::{Record, events, marked, stamp};
use super::*;
use crate::model::event::StoredEvent;
use crate::model::standing::{Status, fold};
use crate::store::error::Damage;

/// Records as each version before this one wrote them, with the number of their events.
const BEFORE: [(&str, usize); 13] = [
    (include_str!("../../../tests/records/record-v1.sql"), 13),
    (include_str!("../../../tests/records/record-v2.sql"), 14),
    (include_str!("../../../tests/records/record-v3.sql"), 17),
    (include_str!("../../../tests/records/record-v4.sql"), 23),
    (UNLABELLED, 16),
    (include_str!("../../../tests/records/record-v6.sql"), 17),
    (include_str!("../../../tests/records/record-v7.sql"), 18),
    (include_str!("../../../tests/records/record-v8.sql"), 19),
    (include_str!("../../../tests/records/record-v9.sql"), 20),
    (include_str!("../../../tests/records/record-v10.sql"), 23),
    (include_str!("../../../tests/records/record-v11.sql"), 24),
    (include_str!("../../../tests/records/record-v12.sql"), 30),
    (include_str!("../../../tests/records/record-v13.sql"), 31),
];

/// The last one whose events have no labels, with events of a machine whose clock was a month ahead
/// before others.
const UNLABELLED: &str = include_str!("../../../tests/records/record-v5.sql");

fn frozen(text: &str) -> Record {
    let record = Record { folder: tempfile::tempdir().unwrap() };
    let connection = Connection::open(record.path()).unwrap();
    connection.execute_batch("PRAGMA synchronous = OFF").unwrap();
    connection.execute_batch(text).unwrap();
    record
}

/// A record as the first version wrote it.
fn first_version() -> Record {
    frozen(BEFORE[0].0)
}

fn version(path: &Path) -> i32 {
    let connection = Connection::open(path).unwrap();
    connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

fn texts(connection: &Connection, select: &str) -> Vec<String> {
    let mut select = connection.prepare(select).unwrap();
    let rows = select.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<rusqlite::Result<_>>().unwrap()
}

fn kept(record: &Record) -> PathBuf {
    record.folder.path().join("backups/progress.db.v1")
}

#[test]
fn every_version_before_is_read_and_written() {
    assert_eq!(BEFORE.len() + 1, schema::VERSION as usize);
    for ((text, count), from) in BEFORE.into_iter().zip(1..) {
        let read = frozen(text);
        assert_eq!(version(&read.path()), from);
        let log = read.events().unwrap();
        assert_eq!(log.len(), count);
        assert_eq!(read.standing().unwrap(), fold(&log));
        assert_eq!(version(&read.path()), schema::VERSION);
        assert!(read.open().read().unwrap().verify().is_whole(), "schema {from}");
        let written = frozen(text);
        written.append(&[marked("foundations/docker", Status::Done)]);
        let after = written.events().unwrap();
        assert_eq!(after[..count], log);
        assert_eq!(written.standing().unwrap(), fold(&after));
        assert!(written.open().read().unwrap().verify().is_whole());
    }
}

/// The events as they are kept.
fn kept_events(record: &Record) -> Vec<StoredEvent> {
    record.open().read().unwrap().log().unwrap().1
}

#[test]
fn the_events_that_are_there_stay_in_their_order() {
    let record = frozen(UNLABELLED);
    let connection = record.raw();
    let before = texts(&connection, "SELECT hex(id) FROM event ORDER BY seq");
    drop(connection);
    let events = kept_events(&record);
    let id = |one: &StoredEvent| one.event.id.simple().to_string().to_uppercase();
    assert_eq!(events.iter().map(id).collect::<Vec<_>>(), before);
    assert!(events.is_sorted_by_key(StoredEvent::key));
    let label = |at: usize| events[at].ord.unwrap().to_string();
    // The third and fourth of the same instant; then the month ahead, and what came after it.
    assert_eq!(label(2), "01a0fba0-9400-7000-8000-000200000000");
    assert_eq!(label(3), "01a0fba0-9400-7000-8000-000300000000");
    assert_eq!(label(7), "01a1bf1b-4d80-7000-8000-000000000000");
    assert_eq!(label(8), "01a1bf1b-4d80-7000-8000-000100000000");
    // A new event goes on from there, and has no label.
    record.append(&[marked("foundations/docker", Status::Done)]);
    let events = kept_events(&record);
    assert_eq!(events[16].ord, None);
    assert!(events.is_sorted_by_key(StoredEvent::key));
}

#[test]
fn an_export_of_that_time_is_the_same_record() {
    let record = frozen(UNLABELLED);
    let events = kept_events(&record);
    let file = include_bytes!("../../../tests/records/record-v1.json");
    let exported = crate::transfer::read(file, super::super::FORM).unwrap();
    assert_eq!(exported.events, events);
    let mut store = record.open();
    let merged = store.write(stamp()).unwrap().merge(exported.events, None).unwrap();
    assert!(!merged.changed(), "{merged:?}");
}

#[test]
fn what_is_not_in_its_place_is_not_sealed_anew() {
    let record = frozen(UNLABELLED);
    let connection = record.unguarded();
    connection.execute("UPDATE event SET prev = 1 WHERE seq = 9", []).unwrap();
    let transaction = connection.unchecked_transaction().unwrap();
    let error = schema::upgrade(&transaction, &record.path(), 5).unwrap_err();
    assert!(matches!(error, StoreError::Damaged(_, Damage::OutOfPlace(9))), "{error:?}");
}

#[test]
fn it_ends_with_the_tables_of_a_new_record() {
    let select = "SELECT s.name || ':' || c.name || ':' || c.type || ':' || c.\"notnull\"
        FROM sqlite_schema AS s, pragma_table_info(s.name) AS c ORDER BY 1";
    let tables = |record: &Record| -> Vec<String> { texts(&record.raw(), select) };
    for (text, _) in BEFORE {
        let old = frozen(text);
        old.events().unwrap();
        assert_eq!(tables(&old), tables(&Record::new()));
    }
}

#[test]
fn a_copy_from_before_is_kept() {
    let record = first_version();
    let seals = "SELECT hex(seal) FROM event ORDER BY seq";
    let before = texts(&record.raw(), seals);
    record.standing().unwrap();
    assert_eq!(version(&kept(&record)), 1);
    assert_eq!(texts(&Connection::open(kept(&record)).unwrap(), seals), before);
    record.standing().unwrap();
    let names = fs::read_dir(record.folder.path().join("backups")).unwrap();
    assert_eq!(names.count(), 1, "and nothing else, nor again");
}

#[test]
fn of_many_at_once_one_brings_it_up() {
    let record = first_version();
    let path = record.path();
    std::thread::scope(|scope| {
        for thread in 0..6 {
            let path = &path;
            scope.spawn(move || {
                let mut store = Store::open(path).unwrap().unwrap();
                if thread % 2 == 0 {
                    assert!(events(&store.read().unwrap()).unwrap().len() >= 13);
                } else {
                    let mut writing = store.write(stamp()).unwrap();
                    let subject = format!("foundations/t{thread}");
                    writing.append(marked(&subject, Status::Done), stamp().today).unwrap();
                    writing.commit().unwrap();
                }
            });
        }
    });
    let log = record.events().unwrap();
    assert_eq!(log.len(), 13 + 3);
    assert_eq!(record.standing().unwrap(), fold(&log));
    assert_eq!(version(&kept(&record)), 1);
}

#[test]
fn without_a_copy_nothing_is_changed() {
    let record = first_version();
    let before = fs::read(record.path()).unwrap();
    fs::write(record.folder.path().join("backups"), "no folder").unwrap();
    for error in [
        record.open().read().map(|_| ()).unwrap_err(),
        record.open().write(stamp()).map(|_| ()).unwrap_err(),
    ] {
        assert!(!error.is_unusable());
        let StoreError::NotBroughtUp(path, version, why) = error else { panic!("{error:?}") };
        assert_eq!((path, version), (record.path(), 1));
        assert!(matches!(*why, StoreError::Io(_)), "{why:?}");
    }
    assert_eq!(fs::read(record.path()).unwrap(), before);
}

#[test]
fn what_is_damaged_is_not_brought_up() {
    let record = first_version();
    record.unguarded().execute("DELETE FROM event WHERE seq = 4", []).unwrap();
    let before = fs::read(record.path()).unwrap();
    let error = record.open().read().map(|_| ()).unwrap_err();
    assert!(matches!(error, StoreError::Damaged(_, Damage::Missing(4))), "{error:?}");
    assert_eq!(fs::read(record.path()).unwrap(), before);
    assert!(!kept(&record).exists());
}
