use std::ffi::OsStr;
use std::sync::Barrier;

use tempfile::TempDir;

use super::*;
use crate::store::Store;

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// Makes a record; gives its name.
fn record(folder: &TempDir) -> PathBuf {
    let path = folder.path().join("progress.db");
    Store::open_or_create(&path).unwrap();
    path
}

/// A SQLite file as somebody else made it.
fn sqlite(path: &Path, statements: &str) {
    let connection = Connection::open(path).unwrap();
    connection.execute_batch(statements).unwrap();
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// That a name is refused, as what it is, for reading and for writing, and nothing is touched.
#[track_caller]
fn assert_refused(path: &Path, is_right: fn(&StoreError) -> bool) {
    let parent = path.parent().unwrap();
    let state = || {
        let metadata = fs::symlink_metadata(path).unwrap();
        let names = if parent == Path::new("/dev") { Vec::new() } else { names(parent) };
        let bytes = metadata.is_file().then(|| fs::read(path).unwrap());
        (names, bytes, metadata.modified().unwrap())
    };
    let before = state();
    for opened in [Store::open(path).map(|_| ()), Store::open_or_create(path).map(|_| ())] {
        let error = opened.unwrap_err();
        assert!(error.is_unusable(), "{error:?}");
        assert!(is_right(&error), "{error:?}");
    }
    assert!(state() == before, "{} was touched", path.display());
}

#[test]
fn nothing_there_is_no_error_and_makes_nothing() {
    let folder = folder();
    assert!(Store::open(&folder.path().join("a/progress.db")).unwrap().is_none());
    assert!(names(folder.path()).is_empty());
}

#[test]
fn what_is_no_file_is_refused() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("directory")).unwrap();
    assert_refused(&path("directory"), |error| matches!(error, StoreError::Directory(_)));
    // With a name that ends like a file's, too.
    assert_refused(&path("directory/."), |error| matches!(error, StoreError::Directory(_)));
}

#[cfg(unix)]
#[test]
fn devices_pipes_and_broken_links_are_refused() {
    use std::os::unix::fs::symlink;
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    assert_refused(Path::new("/dev/null"), |error| matches!(error, StoreError::NotRegular(_)));
    assert_refused(Path::new("/dev/zero"), |error| matches!(error, StoreError::NotRegular(_)));
    let made = std::process::Command::new("mkfifo").arg(path("pipe")).status();
    assert!(made.unwrap().success());
    assert_refused(&path("pipe"), |error| matches!(error, StoreError::NotRegular(_)));
    symlink("pipe", path("to-pipe")).unwrap();
    assert_refused(&path("to-pipe"), |error| matches!(error, StoreError::NotRegular(_)));
    symlink("nowhere", path("dangling")).unwrap();
    assert_refused(&path("dangling"), |error| matches!(error, StoreError::DanglingLink(_)));
    symlink("loop", path("loop")).unwrap();
    assert_refused(&path("loop"), |error| matches!(error, StoreError::Unreadable(..)));
    fs::write(path("file"), "text").unwrap();
    assert!(Store::open(&path("file/progress.db")).is_err());
}

#[test]
fn what_is_not_ours_is_refused() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("empty"), "").unwrap();
    assert_refused(&path("empty"), |error| matches!(error, StoreError::Empty(_)));
    fs::write(path("text"), "buy milk\n".repeat(1000)).unwrap();
    assert_refused(&path("text"), |error| matches!(error, StoreError::NotSqlite(_)));
    fs::write(path("short"), "milk").unwrap();
    assert_refused(&path("short"), |error| matches!(error, StoreError::NotSqlite(_)));
    sqlite(&path("foreign"), "CREATE TABLE t (x); PRAGMA application_id = 7");
    assert_refused(&path("foreign"), |error| matches!(error, StoreError::Foreign(_)));
    sqlite(&path("nobody's"), "CREATE TABLE t (x)");
    assert_refused(&path("nobody's"), |error| matches!(error, StoreError::Foreign(_)));
    let ours = format!("CREATE TABLE t (x); PRAGMA application_id = {}", schema::APPLICATION_ID);
    sqlite(&path("no version"), &ours);
    assert_refused(&path("no version"), |error| {
        matches!(error, StoreError::Damaged(_, Damage::NoVersion))
    });
    sqlite(&path("newer"), &format!("{ours}; PRAGMA user_version = {}", schema::VERSION + 1));
    assert_refused(
        &path("newer"),
        |error| matches!(error, StoreError::Newer(_, found, schema::VERSION) if *found == schema::VERSION + 1),
    );
}

#[test]
fn a_record_that_is_cut_off_is_refused() {
    let folder = folder();
    let whole = fs::read(record(&folder)).unwrap();
    let path = folder.path().join("cut");
    for length in [16, 60, 72, 99] {
        fs::write(&path, &whole[..length]).unwrap();
        assert_refused(&path, |error| matches!(error, StoreError::Damaged(_, Damage::CutOff)));
    }
    // What is cut off later has a good header: the error comes with the first look inside.
    for length in [100, 4096, whole.len() - 4096] {
        fs::write(&path, &whole[..length]).unwrap();
        let look = |path: &Path| {
            let mut store = Store::open(path)?.unwrap();
            let reading = store.read()?;
            reading.standing()?;
            reading.newest_first(|events| events.collect::<Result<Vec<_>>>())
        };
        let error = look(&path).unwrap_err();
        assert!(error.is_unusable(), "{length}: {error:?}");
    }
}

#[test]
fn a_foreign_file_with_a_write_ahead_log_is_left_alone() {
    let folder = folder();
    let path = folder.path().join("foreign");
    let other = Connection::open(&path).unwrap();
    other
        .execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1)")
        .unwrap();
    let log = folder.path().join("foreign-wal");
    let before = fs::read(&log).unwrap();
    assert!(!before.is_empty());
    // Not through `assert_refused`, whose look at the file would drop the locks of `other`.
    let error = Store::open(&path).unwrap_err();
    assert!(matches!(error, StoreError::Foreign(_)), "{error:?}");
    assert_eq!(fs::read(&log).unwrap(), before);
}

#[test]
fn what_only_looks_like_a_journal_is_left_alone() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("text"), "buy milk\n".repeat(1000)).unwrap();
    fs::write(path("text-journal"), "bought milk\n".repeat(1000)).unwrap();
    assert_refused(&path("text"), |error| matches!(error, StoreError::NotSqlite(_)));
    assert_eq!(fs::read(path("text-journal")).unwrap(), "bought milk\n".repeat(1000).into_bytes());
}

#[test]
fn names_that_sqlite_would_take_for_something_else() {
    for name in ["", ":memory:"] {
        let error = Store::open(Path::new(name)).unwrap_err();
        let is_right = matches!(&error, StoreError::NoFileName(found) if found == Path::new(name));
        assert!(is_right, "{error:?}");
    }
    for name in ["file:x?mode=memory", "file::memory:", "x.db"] {
        let name = absolute(Path::new(name)).unwrap();
        assert!(name.is_absolute(), "{}", name.display());
    }
    let folder = folder();
    for name in ["file:x?mode=memory", "file:%78.db", ":memory:", "a b\u{e9}?#%.db", "-x", "x\ny"] {
        let path = folder.path().join(name);
        Store::open_or_create(&path).unwrap();
        assert!(fs::metadata(&path).unwrap().len() > 0, "{name}");
        assert!(Store::open(&path).unwrap().is_some(), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn names_need_not_be_unicode() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder();
    let path = folder.path().join(OsStr::from_bytes(b"d\xff")).join(OsStr::from_bytes(b"\xfe.db"));
    Store::open_or_create(&path).unwrap();
    assert!(path.is_file());
    assert!(Store::open(&path).unwrap().is_some());
}

#[cfg(unix)]
#[test]
fn a_new_record_is_private_and_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let path = folder.path().join("a/b/progress.db");
    Store::open_or_create(&path).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(&folder.path().join("a/b")), 0o700);
    assert_eq!(mode(&folder.path().join("a")), 0o700);
    assert_eq!(names(&folder.path().join("a/b")), ["progress.db"]);
}

#[test]
fn what_a_creator_that_was_killed_left_is_removed() {
    let folder = folder();
    for name in [".milepost-abc123.new", ".milepost-notes", "x.new"] {
        fs::write(folder.path().join(name), "").unwrap();
    }
    record(&folder);
    assert_eq!(names(folder.path()), [".milepost-notes", "progress.db", "x.new"]);
}

#[test]
fn of_many_creators_at_once_one_makes_the_record() {
    let folder = folder();
    let path = folder.path().join("deep/er/progress.db");
    let start = Barrier::new(8);
    let devices: Vec<Uuid> = std::thread::scope(|scope| {
        let creator = || {
            start.wait();
            let mut store = Store::open_or_create(&path).unwrap();
            let reading = store.read().unwrap();
            crate::store::log::Head::read(&reading.transaction, &path).unwrap().device
        };
        let creators: Vec<_> = (0..8).map(|_| scope.spawn(creator)).collect();
        creators.into_iter().map(|creator| creator.join().unwrap()).collect()
    });
    assert!(devices.iter().all(|device| *device == devices[0]), "{devices:?}");
    assert_eq!(names(&folder.path().join("deep/er")), ["progress.db"]);
}

#[test]
fn a_journal_without_its_file_is_not_rolled_back_into_a_new_one() {
    let folder = folder();
    let path = folder.path().join("progress.db");
    fs::write(folder.path().join("progress.db-journal"), JOURNAL_MAGIC).unwrap();
    assert!(Store::open(&path).unwrap().is_none());
    let error = Store::open_or_create(&path).unwrap_err();
    assert!(error.is_unusable());
    let StoreError::OnlyJournal(file, journal) = error else { panic!("{error:?}") };
    assert_eq!(file, path);
    assert!(journal.ends_with("progress.db-journal"), "{}", journal.display());
    assert_eq!(names(folder.path()), ["progress.db-journal"]);
}

#[test]
fn a_place_where_no_record_can_be_made_is_told() {
    let folder = folder();
    fs::write(folder.path().join("file"), "").unwrap();
    let path = folder.path().join("file/progress.db");
    let error = create(&path).unwrap_err();
    assert!(matches!(&error, StoreError::NotMade(found, _) if *found == path), "{error:?}");
}
