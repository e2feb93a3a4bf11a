use super::super::tests::{Record, events, marked, stamp};
use super::*;
use crate::model::standing::Status;

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Copies a record to `copy.db` in a folder of its own.
fn copied(record: &Record) -> (tempfile::TempDir, Result<Record>) {
    let folder = tempfile::tempdir().unwrap();
    let copy = record.open().read().unwrap().copy_into(folder.path());
    let copy = copy.map(|copy| {
        let place = tempfile::tempdir().unwrap();
        fs::copy(copy.path(), place.path().join("progress.db")).unwrap();
        Record { folder: place }
    });
    (folder, copy)
}

#[test]
fn a_copy_has_all_that_the_record_has() {
    for record in [Record::with_history(), Record::new()] {
        let copy = copied(&record).1.unwrap();
        assert_eq!(copy.events().unwrap(), record.events().unwrap());
        assert_eq!(copy.standing().unwrap(), record.standing().unwrap());
        copy.append(&[marked("a/after", Status::Done)]);
        assert_eq!(copy.events().unwrap().len(), record.events().unwrap().len() + 1);
    }
}

#[test]
fn a_copy_says_what_it_is_and_is_gone_unless_it_is_kept() {
    let record = Record::with_history();
    let folder = tempfile::tempdir().unwrap();
    let copy = record.open().read().unwrap().copy_into(folder.path()).unwrap();
    assert_eq!(copy.events(), 8);
    assert_eq!(copy.bytes().unwrap(), fs::metadata(record.path()).unwrap().len());
    assert_eq!(names(folder.path()).len(), 1, "no journal beside it");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(copy.path()).unwrap().permissions().mode() & 0o7777, 0o600);
    }
    drop(copy);
    assert!(names(folder.path()).is_empty());
}

#[test]
fn a_copy_is_of_the_moment_of_the_look() {
    let record = Record::with_history();
    let mut writer = record.open();
    let mut writing = writer.write(stamp()).unwrap();
    writing.append(marked("a/new", Status::Done), stamp().today).unwrap();
    let copy = copied(&record).1.unwrap();
    assert_eq!(copy.events().unwrap().len(), 8, "what is not committed is not in it");
    writing.commit().unwrap();
    assert_eq!(copied(&record).1.unwrap().events().unwrap().len(), 9);
}

#[test]
fn what_is_damaged_is_not_copied() {
    for damage in [
        "UPDATE event SET day = '2026-11-21' WHERE seq = 5",
        "UPDATE event SET prev = 1 WHERE seq = 5",
        "DELETE FROM event WHERE seq = 4",
        "DELETE FROM event WHERE seq = 8",
        "UPDATE log SET sum = sum + 1",
        "UPDATE log SET count = 7",
        "DELETE FROM log",
    ] {
        let record = Record::with_history();
        record.unguarded().execute_batch(damage).unwrap();
        let (folder, copy) = copied(&record);
        let error = copy.map(|_| ()).expect_err(damage);
        let StoreError::Damaged(place, _) = &error else { panic!("{damage}: {error:?}") };
        assert!(disk::same_file(place, &record.path()), "it is the record: {damage}: {error:?}");
        assert!(names(folder.path()).is_empty(), "{damage}");
    }
}

#[test]
fn a_damaged_page_is_not_copied() {
    let record = Record::with_history();
    let whole = fs::read(record.path()).unwrap();
    // The kind of the first page after that of the schema, and all of the last.
    for (from, to) in [(4096, 4097), (whole.len() - 4096, whole.len())] {
        let mut bytes = whole.clone();
        bytes[from..to].fill(0xff);
        fs::write(record.path(), &bytes).unwrap();
        let (folder, copy) = copied(&record);
        let error = copy.map(|_| ()).unwrap_err();
        assert!(error.is_unusable(), "{from}: {error:?}");
        assert!(names(folder.path()).is_empty(), "{from}");
    }
}

#[test]
fn where_no_copy_can_be_written_it_is_told() {
    let record = Record::with_history();
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing");
    let error = record.open().read().unwrap().copy_into(&missing).unwrap_err();
    assert!(matches!(&error, StoreError::NoCopy(place, _) if *place == missing), "{error:?}");
}

#[test]
fn a_record_holds_all_of_its_copies_and_they_not_all_of_it() {
    let record = Record::with_history();
    let copy = copied(&record).1.unwrap();
    let holds = |one: &Record, other: &Record| {
        one.open().read().unwrap().holds_all_of(&other.path()).unwrap()
    };
    assert!(holds(&record, &copy) && holds(&copy, &record));
    record.append(&[marked("a/later", Status::Done)]);
    assert!(holds(&record, &copy));
    assert!(!holds(&copy, &record));
    // Both have nine now, but not the same.
    copy.append(&[marked("a/later", Status::Done)]);
    assert!(!holds(&record, &copy) && !holds(&copy, &record));
    assert!(holds(&record, &Record::new()), "there is nothing to lose");
    let nothing = tempfile::tempdir().unwrap();
    let mut store = record.open();
    let reading = store.read().unwrap();
    assert!(reading.holds_all_of(&nothing.path().join("x.db")).unwrap());
    fs::write(nothing.path().join("x.db"), "text").unwrap();
    assert!(reading.holds_all_of(&nothing.path().join("x.db")).is_err());
}

#[test]
fn a_copy_takes_its_name_alone() {
    let record = Record::with_history();
    let folder = tempfile::tempdir().unwrap();
    let copy = || record.open().read().unwrap().copy_into(folder.path()).unwrap();
    let place = folder.path().join("kept");
    copy().keep_as_new(&place).unwrap();
    let (again, error) = copy().keep_as_new(&place).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
    assert_eq!(again.events(), 8, "it can be given another");
    again.keep(&place).unwrap();
    assert_eq!(names(folder.path()), ["kept"]);
    let mut kept = Store::open(&place).unwrap().unwrap();
    assert_eq!(events(&kept.read().unwrap()).unwrap().len(), 8);
}
