use super::*;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn refusal(target: &Path, record: Option<&Path>) -> DiskError {
    write(target, record, b"new").unwrap_err()
}

fn is_of_the_record(target: &Path, record: &Path) -> bool {
    matches!(refusal(target, Some(record)), DiskError::IsRecord(named) if named == target)
}

#[test]
fn a_file_is_made_and_replaced() {
    let folder = folder();
    let file = folder.path().join("portfolio.md");
    write(&file, None, b"one").unwrap();
    write(&file, None, b"two").unwrap();
    assert_eq!(fs::read(&file).unwrap(), b"two");
    assert_eq!(names(folder.path()), ["portfolio.md"]);
}

#[test]
fn a_directory_is_refused_and_a_missing_one_named() {
    let folder = folder();
    let error = refusal(folder.path(), None);
    assert!(matches!(error, DiskError::Directory(_)), "{error:?}");
    let error = refusal(&folder.path().join("none/x.md"), None);
    let DiskError::NoDirectory(file, directory) = error else { panic!("{error:?}") };
    assert!(file.ends_with("none/x.md"), "{}", file.display());
    assert!(directory.ends_with("none"), "{}", directory.display());
    assert!(names(folder.path()).is_empty());
}

#[test]
fn a_file_is_no_directory() {
    let folder = folder();
    let file = folder.path().join("file");
    fs::write(&file, "old").unwrap();
    refusal(&file.join("x.md"), None);
    assert_eq!(fs::read(&file).unwrap(), b"old");
}

#[test]
fn a_rename_that_fails_leaves_nothing_behind() {
    let folder = folder();
    let taken = folder.path().join("taken");
    fs::create_dir(&taken).unwrap();
    // As if the directory had come between looking and writing.
    let place = Place { path: taken, existing: None };
    assert!(place.write(b"new").is_err());
    assert_eq!(names(folder.path()), ["taken"]);
}

#[test]
fn the_record_is_refused_under_every_name() {
    let folder = folder();
    let record = folder.path().join("progress.db");
    fs::write(&record, "record").unwrap();
    for name in ["progress.db", "progress.db-journal", "progress.db-wal", "../progress.db"] {
        let target = if let Some(name) = name.strip_prefix("../") {
            fs::create_dir(folder.path().join("sub")).unwrap();
            folder.path().join("sub/..").join(name)
        } else {
            folder.path().join(name)
        };
        assert!(is_of_the_record(&target, &record), "{name}");
    }
    assert_eq!(fs::read(&record).unwrap(), b"record");
    assert_eq!(names(folder.path()), ["progress.db", "sub"]);
    write(&folder.path().join("progress.db.md"), Some(&record), b"new").unwrap();
}

#[test]
fn a_record_that_is_not_there_yet_is_refused_too() {
    let folder = folder();
    let record = folder.path().join("progress.db");
    assert!(is_of_the_record(&record, &record));
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn modes_are_private_or_kept() {
        let folder = folder();
        let file = folder.path().join("portfolio.md");
        write(&file, None, b"one").unwrap();
        assert_eq!(mode(&file), 0o600);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o664)).unwrap();
        write(&file, None, b"two").unwrap();
        assert_eq!(mode(&file), 0o664);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
        let error = refusal(&file, None);
        assert!(matches!(error, DiskError::WriteProtected(_)), "{error:?}");
        assert_eq!(fs::read(&file).unwrap(), b"two");
    }

    #[test]
    fn links_are_followed() {
        let folder = folder();
        let sub = folder.path().join("sub");
        fs::create_dir(&sub).unwrap();
        fs::write(sub.join("real.md"), "old").unwrap();
        let link = folder.path().join("link.md");
        symlink("sub/real.md", &link).unwrap();
        write(&link, None, b"new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(sub.join("real.md")).unwrap(), b"new");

        // A link to what is not there yet makes it there.
        let dangling = folder.path().join("dangling.md");
        symlink("sub/made.md", &dangling).unwrap();
        write(&dangling, None, b"made").unwrap();
        assert!(fs::symlink_metadata(&dangling).unwrap().is_symlink());
        assert_eq!(fs::read(sub.join("made.md")).unwrap(), b"made");
        assert_eq!(names(&sub), ["made.md", "real.md"]);

        let circle = folder.path().join("circle.md");
        symlink("circle.md", &circle).unwrap();
        refusal(&circle, None);
        assert_eq!(names(folder.path()), ["circle.md", "dangling.md", "link.md", "sub"]);
    }

    #[test]
    fn the_record_is_refused_by_identity() {
        let folder = folder();
        let record = folder.path().join("progress.db");
        fs::write(&record, "record").unwrap();
        let link = folder.path().join("link.md");
        symlink(&record, &link).unwrap();
        let hard = folder.path().join("hard.md");
        fs::hard_link(&record, &hard).unwrap();
        for target in [link.as_path(), &hard] {
            assert!(is_of_the_record(target, &record));
        }
        // The record itself can be named by a link.
        assert!(is_of_the_record(&record, &link));
        let journal = folder.path().join("progress.db-journal");
        assert!(is_of_the_record(&journal, &link));
        assert_eq!(fs::read(&record).unwrap(), b"record");
    }

    #[test]
    fn devices_and_pipes_are_not_replaced() {
        let error = refusal(Path::new("/dev/null"), None);
        assert!(matches!(error, DiskError::NotRegular(_)), "{error:?}");
        let folder = folder();
        let fifo = folder.path().join("fifo");
        let made = Command::new("mkfifo").arg(&fifo).status();
        if made.is_ok_and(|status| status.success()) {
            let error = refusal(&fifo, None);
            assert!(matches!(error, DiskError::NotRegular(_)), "{error:?}");
            assert_eq!(names(folder.path()), ["fifo"]);
        }
    }
}
