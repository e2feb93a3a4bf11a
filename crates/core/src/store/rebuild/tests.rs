use std::fs;

use super::super::tests::{Record, marked, stamp};
use super::*;
use crate::model::standing::Status;

fn names(record: &Record) -> Vec<String> {
    let entries = fs::read_dir(record.folder.path()).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn whatever_the_standing_said_it_says_again_what_the_log_says() {
    for change in [
        "DELETE FROM standing",
        "UPDATE standing SET last = last - 1, status = 'danced' WHERE subject = 'a/y'",
        "INSERT INTO standing (subject, last, status, since) VALUES ('q', 7, 'following', '2026-01-01')",
    ] {
        let record = Record::with_history();
        let good = record.standing().unwrap();
        record.raw().execute_batch(change).unwrap();
        let wreck = fs::read(record.path()).unwrap();
        let copy = rebuild(&record.path(), stamp()).unwrap();
        assert_eq!(record.standing().unwrap(), good, "{change}");
        assert!(record.open().read().unwrap().verify().is_whole(), "{change}");
        assert_eq!(fs::read(copy).unwrap(), wreck, "{change}");
        assert_eq!(names(&record), ["progress.db", "progress.db.before-rebuild-2026-11-20"]);
        record.append(&[marked("a/x", Status::Done)]);
        record.undo();
    }
}

/// What another program does to the tables around the log.
const AROUND: [&str; 7] = [
    "DROP INDEX following",
    "DROP TRIGGER event_is_never_deleted",
    "DROP TRIGGER event_is_never_deleted;
     CREATE TRIGGER event_is_never_deleted AFTER INSERT ON event BEGIN SELECT 1; END",
    "CREATE TRIGGER \"a \"\"b\"\"\" AFTER INSERT ON standing BEGIN DELETE FROM standing; END",
    "CREATE UNIQUE INDEX one ON event (day, id)",
    "DROP TRIGGER event_is_never_deleted; CREATE INDEX event_is_never_deleted ON event (day)",
    "PRAGMA journal_mode = WAL",
];

#[test]
fn triggers_indexes_and_the_journal_are_those_of_a_new_record_again() {
    for change in AROUND {
        let record = Record::with_history();
        let good = (record.events().unwrap(), record.standing().unwrap());
        record.raw().execute_batch(change).unwrap();
        let verdict = record.open().read().unwrap().verify();
        assert!(!verdict.is_whole() && verdict.can_be_rebuilt(), "{change}: {verdict:?}");
        rebuild(&record.path(), stamp()).unwrap();
        let verdict = record.open().read().unwrap().verify();
        assert!(verdict.is_whole(), "{change}: {verdict:?}");
        assert_eq!((record.events().unwrap(), record.standing().unwrap()), good, "{change}");
        assert_eq!(names(&record), ["progress.db", "progress.db.before-rebuild-2026-11-20"]);
        record.append(&[marked("a/x", Status::Done)]);
        record.undo();
    }
}

#[test]
#[ignore = "waits ten seconds; the gate runs it"]
fn a_journal_mode_that_others_hold_on_to_stays_and_is_told() {
    let record = Record::with_history();
    let other = record.raw();
    other.execute_batch("PRAGMA journal_mode = WAL; BEGIN; SELECT count(*) FROM event").unwrap();
    let error = rebuild(&record.path(), stamp()).unwrap_err();
    assert!(matches!(error, StoreError::Locked(_, PATIENCE)), "{error:?}");
    drop(other);
    rebuild(&record.path(), stamp()).unwrap();
}

#[cfg(unix)]
#[test]
fn each_copy_has_a_name_of_its_own_and_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let record = Record::with_history();
    for n in 1..=3 {
        let copy = rebuild(&record.path(), stamp()).unwrap();
        assert_eq!(names(&record).len(), n + 1);
        assert_eq!(fs::metadata(copy).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert!(names(&record).contains(&"progress.db.before-rebuild-2026-11-20-3".to_owned()));
}

#[test]
fn where_something_could_be_lost_nothing_is_done() {
    for change in [
        "UPDATE event SET at = 0 WHERE seq = 3",
        "DELETE FROM event WHERE seq = 8",
        "UPDATE log SET sum = 0",
        "ALTER TABLE standing ADD COLUMN mood TEXT",
    ] {
        let record = Record::with_history();
        record.unguarded().execute_batch(change).unwrap();
        let before = fs::read(record.path()).unwrap();
        let error = rebuild(&record.path(), stamp()).unwrap_err();
        assert!(error.is_unusable(), "{change}: {error:?}");
        assert_eq!(fs::read(record.path()).unwrap(), before, "{change}");
        assert_eq!(names(&record), ["progress.db"], "{change}");
    }
    let folder = tempfile::tempdir().unwrap();
    assert!(rebuild(&folder.path().join("none.db"), stamp()).is_err());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
