//! Others who read and write meanwhile, and what they left behind.

use super::*;

#[test]
fn a_reader_sees_one_state_while_a_writer_commits() {
    let record = Record::with_history();
    let before = record.events().unwrap();
    std::thread::scope(|scope| {
        let mut store = record.open();
        let reading = store.read().unwrap();
        let standing = reading.standing().unwrap();
        let (began, beginning) = std::sync::mpsc::channel();
        let record = &record;
        let writer = scope.spawn(move || {
            let mut store = record.open();
            let mut writing = store.write(stamp()).unwrap();
            writing.append(marked("a/new", Status::Done), stamp().today).unwrap();
            began.send(()).unwrap();
            // This waits for the reader.
            writing.commit()
        });
        beginning.recv().unwrap();
        assert_eq!(events(&reading).unwrap(), before);
        assert_eq!(reading.standing().unwrap(), standing);
        drop(reading);
        writer.join().unwrap().unwrap();
    });
    assert_eq!(record.events().unwrap().len(), before.len() + 1);
}

#[test]
fn a_reader_does_not_wait_for_a_writer_that_has_not_committed() {
    let record = Record::with_history();
    let mut store = record.open();
    let mut writing = store.write(stamp()).unwrap();
    writing.append(marked("a/new", Status::Done), stamp().today).unwrap();
    assert_eq!(record.events().unwrap().len(), 8);
    writing.commit().unwrap();
    assert_eq!(record.events().unwrap().len(), 9);
}

/// The POSIX locks on a file, of any process. While others come and go, the system can leave one out of its list,
/// or have it twice; so it is looked at some times.
#[cfg(target_os = "linux")]
fn locks(path: &Path) -> usize {
    use std::os::unix::fs::MetadataExt;
    let inode = format!(":{} ", fs::metadata(path).unwrap().ino());
    let mut found = std::collections::BTreeSet::new();
    for _ in 0..5 {
        let locks = fs::read_to_string("/proc/locks").unwrap_or_default();
        let ours = locks.lines().filter(|line| line.contains(&inode));
        // What is before it is a number in the list.
        found.extend(ours.filter_map(|line| Some(line.split_once("POSIX")?.1.to_owned())));
    }
    found.len()
}

#[cfg(target_os = "linux")]
#[test]
fn a_second_look_in_the_same_process_drops_no_lock() {
    let record = Record::with_history();
    let mut store = record.open();
    let writing = store.write(stamp()).unwrap();
    let held = locks(&record.path());
    if held == 0 {
        // A container can hide them; the count of `open_files` has a test of its own.
        return;
    }
    drop(record.open());
    assert_eq!(locks(&record.path()), held);
    drop(writing);
    assert_eq!(locks(&record.path()), 0);
}

#[test]
fn a_file_that_was_replaced_meanwhile_is_not_written() {
    let record = Record::with_history();
    let mut store = record.open();
    store.read().unwrap().standing().unwrap();
    let copy = record.folder.path().join("copy");
    fs::copy(record.path(), &copy).unwrap();
    fs::rename(&copy, record.path()).unwrap();
    let mut writing = store.write(stamp()).unwrap();
    let error = writing.append(marked("a/x", Status::Done), stamp().today).unwrap_err();
    assert!(matches!(error, StoreError::Moved(_)), "{error:?}");
    drop(writing);
    assert_eq!(record.events().unwrap().len(), 8);
}

#[cfg(unix)]
#[test]
fn a_change_that_went_to_a_file_of_another_name_is_told() {
    type Meanwhile = fn(&Path, &Path);
    let away: Meanwhile = |record, _| fs::remove_file(record).unwrap();
    let moved: Meanwhile =
        |record, other| fs::rename(record, other.with_extension("away")).unwrap();
    let replaced: Meanwhile = |record, other| fs::rename(other, record).unwrap();
    for meanwhile in [away, moved, replaced] {
        let record = Record::with_history();
        let other = record.folder.path().join("other.db");
        fs::copy(record.path(), &other).unwrap();
        let mut store = record.open();
        let mut writing = store.write(stamp()).unwrap();
        // With the first change SQLite has its journal, and looks at the name no longer.
        writing.append(marked("a/later", Status::Done), stamp().today).unwrap();
        meanwhile(&record.path(), &other);
        let error = writing.commit().unwrap_err();
        assert!(matches!(error, StoreError::Astray(_)), "{error:?}");
    }
}

#[test]
fn tables_that_became_newer_meanwhile_are_not_used() {
    let record = Record::with_history();
    let mut store = record.open();
    record.raw().pragma_update(None, "user_version", schema::VERSION + 1).unwrap();
    for error in [store.read().map(|_| ()), store.write(stamp()).map(|_| ())] {
        let error = error.unwrap_err();
        let StoreError::Newer(_, found, known) = error else { panic!("{error:?}") };
        assert_eq!((found, known), (schema::VERSION + 1, schema::VERSION));
    }
}

/// A copy of the record and its journal, as a power cut in the middle of a transaction leaves them.
fn cut_off(record: &Record, statements: &str) -> Record {
    let connection = record.raw();
    // With so small a cache pages are written before the commit, after the journal was synced.
    connection.execute_batch("PRAGMA cache_size = 1; BEGIN IMMEDIATE").unwrap();
    connection.execute_batch(statements).unwrap();
    let insert = "INSERT INTO standing (subject, last, said) VALUES ('x/' || ?1, 1, ?2)";
    for n in 0..100 {
        connection.execute(insert, params![n, "y".repeat(1000)]).unwrap();
    }
    let copy = Record { folder: tempfile::tempdir().unwrap() };
    for end in ["", "-journal"] {
        let name = format!("progress.db{end}");
        fs::copy(record.folder.path().join(&name), copy.folder.path().join(&name)).unwrap();
    }
    connection.execute_batch("ROLLBACK").unwrap();
    assert_ne!(
        fs::metadata(copy.path()).unwrap().len(),
        fs::metadata(record.path()).unwrap().len()
    );
    copy
}

#[test]
fn what_was_cut_off_is_rolled_back() {
    let record = Record::with_history();
    let whole = fs::read(record.path()).unwrap();
    let copy = cut_off(&record, "");
    assert_eq!(copy.events().unwrap(), record.events().unwrap());
    assert_eq!(copy.standing().unwrap(), record.standing().unwrap());
    assert_eq!(fs::read(copy.path()).unwrap(), whole);
    assert!(!copy.folder.path().join("progress.db-journal").exists());
}

#[test]
fn a_header_that_was_cut_off_is_judged_after_it_is_rolled_back() {
    let record = Record::with_history();
    let copy = cut_off(&record, "PRAGMA user_version = 99");
    let mut bytes = fs::read(copy.path()).unwrap();
    bytes[60..64].copy_from_slice(&99i32.to_be_bytes());
    fs::write(copy.path(), &bytes).unwrap();
    assert_eq!(copy.events().unwrap(), record.events().unwrap());
    // And where that is what the file was before, it is refused.
    record.raw().pragma_update(None, "user_version", 99).unwrap();
    let copy = cut_off(&record, "PRAGMA user_version = 99");
    let error = Store::open(&copy.path()).unwrap_err();
    assert!(matches!(error, StoreError::Newer(_, 99, schema::VERSION)), "{error:?}");
}

#[cfg(unix)]
#[test]
fn a_link_leads_to_the_record_and_to_its_journal() {
    use std::os::unix::fs::symlink;
    let record = Record::with_history();
    let copy = cut_off(&record, "PRAGMA user_version = 99");
    let mut bytes = fs::read(copy.path()).unwrap();
    bytes[60..64].copy_from_slice(&99i32.to_be_bytes());
    fs::write(copy.path(), &bytes).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let link = elsewhere.path().join("link.db");
    symlink(copy.path(), &link).unwrap();
    let mut store = Store::open(&link).unwrap().unwrap();
    assert_eq!(events(&store.read().unwrap()).unwrap(), record.events().unwrap());
    // A writer through the link queues with a writer to the file.
    let writing = store.write(stamp()).unwrap();
    let short = Duration::from_millis(10);
    assert!(write_lock::wait(&copy.path(), short).is_err());
    drop(writing);
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 1);
}
