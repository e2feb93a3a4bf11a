use super::super::tests::{Record, events, marked, stamp};
use super::*;
use crate::model::standing::Status;
use crate::store::error::Damage;

/// A copy of a record, in a folder of its own.
fn copy_of(record: &Record) -> Record {
    let copy = Record { folder: tempfile::tempdir().unwrap() };
    fs::copy(record.path(), copy.path()).unwrap();
    copy
}

fn put(copy: &Record, record: &Record) -> Result<Restored> {
    restore(&copy.path(), &record.path(), stamp().today)
}

fn names(record: &Record) -> Vec<String> {
    let entries = fs::read_dir(record.folder.path()).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

const KEPT: &str = "progress.db.before-restore-2026-11-20";

#[test]
fn a_copy_takes_the_place_of_the_record_which_is_kept() {
    let record = Record::with_history();
    let copy = copy_of(&record);
    let old = (record.events().unwrap(), record.standing().unwrap());
    record.append(&[marked("a/later", Status::Done)]);
    let newer = (record.events().unwrap(), record.standing().unwrap());
    let outlook = look(&copy.path(), &record.path()).unwrap();
    assert_eq!((outlook.events, outlook.present), (8, Present::Record(9)));
    let restored = put(&copy, &record).unwrap();
    assert_eq!((restored.events, restored.events_before), (8, Some(9)));
    assert!(restored.changed);
    assert_eq!((record.events().unwrap(), record.standing().unwrap()), old);
    assert_eq!(restored.kept.as_deref(), Some(&*record.folder.path().join(KEPT)));
    assert_eq!(names(&record), ["progress.db", KEPT]);
    // The way back, and once more on the same day.
    let back = restore(&record.folder.path().join(KEPT), &record.path(), stamp().today).unwrap();
    assert_eq!((back.events, back.events_before), (9, Some(8)));
    assert_eq!((record.events().unwrap(), record.standing().unwrap()), newer);
    assert_eq!(names(&record), ["progress.db", KEPT, &format!("{KEPT}-2")]);
}

#[test]
fn the_same_again_changes_nothing() {
    let record = Record::with_history();
    let copy = copy_of(&record);
    let before = fs::read(record.path()).unwrap();
    assert_eq!(look(&copy.path(), &record.path()).unwrap().present, Present::Same);
    let restored = put(&copy, &record).unwrap();
    assert!(!restored.changed && restored.kept.is_none());
    assert_eq!(fs::read(record.path()).unwrap(), before);
    assert_eq!(names(&record), ["progress.db"]);
    // The log is the same, but what follows from it is not.
    record.raw().execute("UPDATE standing SET known = 1 WHERE subject = 'a/y'", []).unwrap();
    assert!(put(&copy, &record).unwrap().changed);
    assert_eq!(record.standing().unwrap(), copy.standing().unwrap());
    // So are both, but what guards the log is not there.
    record.raw().execute_batch("DROP TRIGGER event_is_never_changed").unwrap();
    assert!(put(&copy, &record).unwrap().changed);
    assert!(record.open().read().unwrap().verify().is_whole());
}

#[test]
fn where_there_is_nothing_the_copy_becomes_the_record() {
    let copy = Record::with_history();
    let record = Record { folder: tempfile::tempdir().unwrap() };
    let deep = record.folder.path().join("a/b/progress.db");
    assert_eq!(look(&copy.path(), &deep).unwrap().present, Present::Nothing);
    let restored = restore(&copy.path(), &deep, stamp().today).unwrap();
    assert_eq!((restored.events, restored.events_before, restored.kept), (8, None, None));
    let mut store = Store::open(&deep).unwrap().unwrap();
    assert_eq!(events(&store.read().unwrap()).unwrap(), copy.events().unwrap());
}

#[test]
fn a_wreck_is_kept_as_it_is_with_its_journal() {
    let copy = Record::with_history();
    let whole = fs::read(copy.path()).unwrap();
    let mut flipped = whole.clone();
    flipped[4096..].fill(0x55);
    let mut headless = whole.clone();
    headless[..16].fill(0);
    for (what, bytes) in [
        ("text", b"not a record".to_vec()),
        ("empty", Vec::new()),
        ("cut off", whole[..60].to_vec()),
        ("cut off later", whole[..8192].to_vec()),
        ("damaged inside", flipped),
        ("headless", headless),
    ] {
        let record = Record { folder: tempfile::tempdir().unwrap() };
        fs::write(record.path(), &bytes).unwrap();
        let outlook = look(&copy.path(), &record.path()).expect(what);
        assert_eq!(outlook.present, Present::Wreck, "{what}");
        assert_eq!(fs::read(record.path()).unwrap(), bytes, "{what}: a look changes nothing");
        let journal = disk::with_ending(&record.path(), "-journal");
        fs::write(&journal, "a journal").unwrap();
        let restored = put(&copy, &record).expect(what);
        assert_eq!((restored.events, restored.events_before), (8, None), "{what}");
        assert_eq!(record.events().unwrap(), copy.events().unwrap(), "{what}");
        assert_eq!(fs::read(record.folder.path().join(KEPT)).unwrap(), bytes, "{what}");
        // SQLite removes what is no journal of a file that it can open.
        let kept_journal = record.folder.path().join(format!("{KEPT}-journal"));
        assert_eq!(kept_journal.exists(), keeps_the_journal(what), "{what}");
        assert!(!journal.exists(), "{what}");
    }
}

fn keeps_the_journal(what: &str) -> bool {
    !matches!(what, "cut off later" | "damaged inside")
}

#[test]
fn a_record_whose_events_are_damaged_is_a_wreck() {
    let record = Record::with_history();
    let copy = copy_of(&record);
    record.unguarded().execute("UPDATE event SET at = 0 WHERE seq = 3", []).unwrap();
    let before = fs::read(record.path()).unwrap();
    assert_eq!(look(&copy.path(), &record.path()).unwrap().present, Present::Wreck);
    put(&copy, &record).unwrap();
    assert_eq!(record.events().unwrap(), copy.events().unwrap());
    assert_eq!(fs::read(record.folder.path().join(KEPT)).unwrap(), before);
}

#[test]
fn a_journal_without_its_file_is_not_rolled_back_into_the_copy() {
    let copy = Record::with_history();
    let record = Record { folder: tempfile::tempdir().unwrap() };
    fs::write(disk::with_ending(&record.path(), "-journal"), "a journal").unwrap();
    put(&copy, &record).unwrap();
    assert_eq!(record.events().unwrap(), copy.events().unwrap());
    assert_eq!(names(&record), ["progress.db", &format!("{KEPT}-journal")]);
}

#[test]
fn what_is_not_ours_is_not_replaced() {
    let copy = Record::with_history();
    let ours = super::super::schema::APPLICATION_ID;
    let newer = super::super::schema::VERSION + 1;
    let is_foreign: fn(&StoreError) -> bool = |why| matches!(why, StoreError::Foreign(_));
    for (statements, is_right) in [
        ("CREATE TABLE t (x); PRAGMA application_id = 7".to_owned(), is_foreign),
        ("CREATE TABLE t (x)".to_owned(), is_foreign),
        (
            format!(
                "CREATE TABLE t (x); PRAGMA application_id = {ours}; PRAGMA user_version = {newer}"
            ),
            |why| matches!(why, StoreError::Newer(_, found, known) if *found == known + 1),
        ),
    ] {
        let record = Record { folder: tempfile::tempdir().unwrap() };
        record.raw().execute_batch(&statements).unwrap();
        let before = fs::read(record.path()).unwrap();
        for error in [
            look(&copy.path(), &record.path()).map(|_| ()).unwrap_err(),
            put(&copy, &record).map(|_| ()).unwrap_err(),
        ] {
            assert!(error.is_unusable(), "{error:?}");
            let StoreError::NotReplaceable(why) = error else { panic!("{error:?}") };
            assert!(is_right(&why), "{why:?}");
        }
        assert_eq!(fs::read(record.path()).unwrap(), before);
        assert_eq!(names(&record), ["progress.db"]);
    }
    let folder = tempfile::tempdir().unwrap();
    assert!(restore(&copy.path(), folder.path(), stamp().today).is_err());
}

#[test]
fn what_is_no_whole_copy_changes_nothing() {
    let record = Record::with_history();
    let before = fs::read(record.path()).unwrap();
    let refused = |copy: &Path, unusable: bool, is_right: fn(&StoreError) -> bool| {
        for error in [
            look(copy, &record.path()).map(|_| ()).unwrap_err(),
            restore(copy, &record.path(), stamp().today).map(|_| ()).unwrap_err(),
        ] {
            assert_eq!(error.is_unusable(), unusable, "{error:?}");
            assert!(is_right(&error), "{error:?}");
        }
        assert_eq!(fs::read(record.path()).unwrap(), before);
        assert_eq!(names(&record), ["progress.db"]);
    };
    let damaged = copy_of(&record);
    damaged.unguarded().execute("DELETE FROM event WHERE seq = 2", []).unwrap();
    refused(&damaged.path(), true, |error| {
        matches!(error, StoreError::Damaged(_, Damage::Missing(2)))
    });
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    refused(
        &path("nowhere"),
        false,
        |error| matches!(error, StoreError::NoSuchCopy(file) if file.ends_with("nowhere")),
    );
    refused(folder.path(), true, |error| is_no_copy(error, "Directory("));
    fs::write(path("text"), "milk").unwrap();
    refused(&path("text"), true, |error| is_no_copy(error, "NotSqlite("));
    fs::write(path("empty"), "").unwrap();
    refused(&path("empty"), true, |error| is_no_copy(error, "Empty("));
    let other = Connection::open(path("other")).unwrap();
    other.execute_batch("CREATE TABLE t (x); PRAGMA application_id = 7").unwrap();
    refused(&path("other"), true, |error| is_no_copy(error, "Foreign("));
    refused(&record.path(), false, |error| matches!(error, StoreError::IsTheRecord(_)));
}

/// Whether the file to restore is told to be something else than a copy, and what it is.
fn is_no_copy(error: &StoreError, what: &str) -> bool {
    matches!(error, StoreError::NotACopy(why) if format!("{why:?}").starts_with(what))
}

#[test]
fn an_older_copy_is_brought_to_this_version_and_left_as_it_is() {
    let copy = Record { folder: tempfile::tempdir().unwrap() };
    copy.raw().execute_batch(include_str!("../../../tests/records/record-v1.sql")).unwrap();
    let before = fs::read(copy.path()).unwrap();
    let record = Record::with_history();
    assert_eq!(put(&copy, &record).unwrap().events, 13);
    assert_eq!(fs::read(copy.path()).unwrap(), before);
    let (application, version) = super::super::schema::read(&record.raw()).unwrap();
    assert_eq!(version, super::super::schema::VERSION);
    assert_eq!(application, super::super::schema::APPLICATION_ID);
    let log = record.events().unwrap();
    assert_eq!(record.standing().unwrap(), crate::model::standing::fold(&log));
    assert!(!put(&copy, &record).unwrap().changed, "it is the same now");
    assert_eq!(names(&record), ["progress.db", KEPT]);
}

#[test]
fn who_has_the_record_open_goes_on_with_the_restored_one() {
    let record = Record::with_history();
    let copy = copy_of(&record);
    record.append(&[marked("a/later", Status::Done)]);
    let mut reader = record.open();
    let mut writer = record.open();
    reader.read().unwrap().standing().unwrap();
    put(&copy, &record).unwrap();
    assert_eq!(events(&reader.read().unwrap()).unwrap().len(), 8);
    let mut writing = writer.write(stamp()).unwrap();
    writing.append(marked("a/new", Status::Done), stamp().today).unwrap();
    writing.commit().unwrap();
    assert_eq!(record.events().unwrap().len(), 9);
}

#[test]
fn no_mark_falls_between_what_is_kept_and_what_is_put_in_place() {
    let record = Record::with_history();
    let copy = copy_of(&record);
    let acknowledged = std::thread::scope(|scope| {
        let path = record.path();
        let marker = scope.spawn(move || {
            for n in 0..12 {
                let mut store = Store::open(&path).unwrap().unwrap();
                let mut writing = store.write(stamp()).unwrap();
                writing.append(marked(&format!("a/m{n}"), Status::Done), stamp().today).unwrap();
                writing.commit().unwrap();
            }
            12
        });
        for _ in 0..3 {
            put(&copy, &record).unwrap();
        }
        marker.join().unwrap()
    });
    // Each mark is in the record now, or in one of those that were kept.
    let mut seen = std::collections::BTreeSet::new();
    for name in names(&record) {
        let mut store = Store::open(&record.folder.path().join(name)).unwrap().unwrap();
        let log = events(&store.read().unwrap()).unwrap();
        seen.extend(log.iter().map(|event| event.entry.subject.as_str().to_owned()));
    }
    assert_eq!(seen.iter().filter(|subject| subject.starts_with("a/m")).count(), acknowledged);
}

#[test]
fn who_reads_is_waited_for() {
    let record = Record::with_history();
    let copy = copy_of(&record);
    record.append(&[marked("a/later", Status::Done)]);
    std::thread::scope(|scope| {
        let mut reader = record.open();
        let reading = reader.read().unwrap();
        reading.standing().unwrap();
        let restoring = scope.spawn(|| put(&copy, &record));
        assert_eq!(events(&reading).unwrap().len(), 9, "one state while it lasts");
        drop(reading);
        assert!(restoring.join().unwrap().unwrap().changed);
    });
    assert_eq!(record.events().unwrap().len(), 8);
}

#[cfg(unix)]
#[test]
fn a_record_that_is_named_by_a_link_is_restored_where_it_is() {
    use std::os::unix::fs::{MetadataExt, symlink};
    let record = Record::with_history();
    let copy = copy_of(&record);
    let elsewhere = tempfile::tempdir().unwrap();
    let link = elsewhere.path().join("link.db");
    symlink(record.path(), &link).unwrap();
    assert_eq!(look(&copy.path(), &link).unwrap().present, Present::Same);
    let inode = fs::metadata(record.path()).unwrap().ino();
    record.append(&[marked("a/later", Status::Done)]);
    restore(&copy.path(), &link, stamp().today).unwrap();
    assert_eq!(fs::metadata(record.path()).unwrap().ino(), inode, "in place");
    assert_eq!(names(&record), ["progress.db", KEPT]);
    fs::write(record.path(), "a wreck").unwrap();
    restore(&copy.path(), &link, stamp().today).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(record.events().unwrap().len(), 8);
    let error = look(&link, &record.path()).unwrap_err();
    assert!(matches!(error, StoreError::IsTheRecord(_)), "{error:?}");
    symlink("nowhere", elsewhere.path().join("dangling")).unwrap();
    let dangling = elsewhere.path().join("dangling");
    let error = restore(&copy.path(), &dangling, stamp().today).unwrap_err();
    assert!(matches!(&error, StoreError::LostLink(link, _) if *link == dangling), "{error:?}");
    assert!(error.is_unusable());
}
