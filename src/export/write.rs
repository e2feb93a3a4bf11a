//! Writing a whole file: it is there under its name complete and durable, or as it was before.
//!
//! The text goes into a private temporary file in the same directory, which is synced and then
//! renamed; the directory is synced after that. Links are followed and modes kept.
//! What is no regular file is never replaced, nor is the record, nor what SQLite keeps beside it.

use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::text::safe;

/// After so many links to nowhere it is a circle.
const MOST_LINKS: usize = 40;

/// What SQLite keeps beside a database, by the ending of its name.
const COMPANIONS: [&str; 4] = ["", "-journal", "-wal", "-shm"];

/// Writes a whole file. The record must not be its target.
///
/// # Errors
/// The target is no regular file, or is the record; its directory is not there; or it cannot be
/// written. The file is then as it was before.
pub fn write(target: &Path, record: Option<&Path>, bytes: &[u8]) -> Result<()> {
    let place = resolve(target)?;
    if let Some(record) = record
        && is_record(&place.path, record)
    {
        return Err(Error::failed(format!(
            "{} is the record itself, or belongs to it; it was not touched",
            show(target)
        ))
        .hint("name another file with `-o`"));
    }
    replace(&place, bytes).map_err(|error| {
        Error::failed(format!("{} cannot be written: {error}", show(target)))
            .hint("check the permissions of the directory and the room on the disk")
    })
}

/// Where the file really is, and what is there already.
struct Place {
    path: PathBuf,
    existing: Option<Metadata>,
}

fn resolve(target: &Path) -> Result<Place> {
    let told = |error: io::Error| {
        Error::failed(format!("{} cannot be written: {error}", show(target)))
            .hint("check the name, or name another file with `-o`")
    };
    match fs::metadata(target) {
        Ok(metadata) if metadata.is_file() => {
            if metadata.permissions().readonly() {
                // A rename would not mind.
                return Err(Error::failed(format!("{} is write-protected", show(target)))
                    .hint("make it writable, or name another file with `-o`"));
            }
            let path = fs::canonicalize(target).map_err(told)?;
            Ok(Place { path, existing: Some(metadata) })
        }
        Ok(metadata) => {
            let what = if metadata.is_dir() { "a directory" } else { "not a regular file" };
            let hint = if metadata.is_dir() {
                "name a file in it"
            } else {
                "to write into a pipe or a device, leave `-o` out and redirect the output"
            };
            Err(Error::failed(format!("{} is {what}", show(target))).hint(hint))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let path = end_of_links(target).map_err(told)?;
            let directory = directory_of(&path);
            if !directory.is_dir() {
                return Err(Error::failed(format!(
                    "{} cannot be written: there is no directory {}",
                    show(target),
                    show(directory)
                ))
                .hint("make the directory, or name another file with `-o`"));
            }
            Ok(Place { path, existing: None })
        }
        Err(error) => Err(told(error)),
    }
}

/// The name at the end of links that lead to nothing yet.
fn end_of_links(target: &Path) -> io::Result<PathBuf> {
    let mut path = target.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_symlink() => {
                let next = fs::read_link(&path)?;
                path = directory_of(&path).join(next);
            }
            _ => return Ok(path),
        }
    }
    Err(io::Error::other("its links go in a circle"))
}

fn directory_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Whether a file is the record or one of those that SQLite keeps beside it, by name or, under
/// whatever name, by identity.
fn is_record(path: &Path, record: &Path) -> bool {
    let Ok(record) = std::path::absolute(record) else {
        return false;
    };
    // SQLite follows links and puts its files beside the real one.
    let real = fs::canonicalize(&record).ok();
    std::iter::once(record).chain(real).any(|record| {
        COMPANIONS.iter().any(|ending| {
            let mut name: OsString = record.clone().into_os_string();
            name.push(ending);
            let name = PathBuf::from(name);
            same_name(path, &name) || same_file(path, &name)
        })
    })
}

fn same_name(a: &Path, b: &Path) -> bool {
    let full =
        |path: &Path| Some(fs::canonicalize(directory_of(path)).ok()?.join(path.file_name()?));
    full(a).is_some_and(|a| full(b) == Some(a))
}

#[cfg(unix)]
fn same_file(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |path: &Path| fs::metadata(path).ok().map(|file| (file.dev(), file.ino()));
    identity(a).is_some_and(|a| identity(b) == Some(a))
}

#[cfg(not(unix))]
fn same_file(a: &Path, b: &Path) -> bool {
    fs::canonicalize(a).is_ok_and(|a| fs::canonicalize(b).is_ok_and(|b| a == b))
}

fn replace(place: &Place, bytes: &[u8]) -> io::Result<()> {
    let directory = directory_of(&place.path);
    // Private from the start, and removed again on every error.
    let mut file =
        tempfile::Builder::new().prefix(".milepost-").suffix(".new").tempfile_in(directory)?;
    file.write_all(bytes)?;
    set_mode(file.as_file(), place.existing.as_ref())?;
    file.as_file().sync_all()?;
    file.persist(&place.path).map_err(|error| error.error)?;
    sync_directory(directory)
}

/// Private where it is new, whatever the umask; as it was where it is not.
#[cfg(unix)]
fn set_mode(file: &File, existing: Option<&Metadata>) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = existing.map_or(0o600, |existing| existing.permissions().mode() & 0o7777);
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_: &File, _: Option<&Metadata>) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn sync_directory(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}

#[cfg(not(unix))]
fn sync_directory(_: &Path) -> io::Result<()> {
    Ok(())
}

fn show(path: &Path) -> String {
    safe::short(&path.display().to_string(), 300)
}

#[cfg(test)]
mod tests {
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

    fn refusal(target: &Path, record: Option<&Path>) -> String {
        let error = write(target, record, b"new").unwrap_err();
        assert!(!error.hints().is_empty());
        error.message().to_owned()
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
        assert!(refusal(folder.path(), None).ends_with("is a directory"));
        let message = refusal(&folder.path().join("none/x.md"), None);
        assert!(message.contains("there is no directory"), "{message}");
        assert!(message.ends_with("none"), "{message}");
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
        assert!(replace(&place, b"new").is_err());
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
            let message = refusal(&target, Some(&record));
            assert!(message.contains("is the record itself"), "{message}");
        }
        assert_eq!(fs::read(&record).unwrap(), b"record");
        assert_eq!(names(folder.path()), ["progress.db", "sub"]);
        write(&folder.path().join("progress.db.md"), Some(&record), b"new").unwrap();
    }

    #[test]
    fn a_record_that_is_not_there_yet_is_refused_too() {
        let folder = folder();
        let record = folder.path().join("progress.db");
        assert!(refusal(&record, Some(&record)).contains("is the record itself"));
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
            assert!(refusal(&file, None).ends_with("is write-protected"));
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
                assert!(refusal(target, Some(&record)).contains("is the record itself"));
            }
            // The record itself may be named by a link.
            assert!(refusal(&record, Some(&link)).contains("is the record itself"));
            let journal = folder.path().join("progress.db-journal");
            assert!(refusal(&journal, Some(&link)).contains("is the record itself"));
            assert_eq!(fs::read(&record).unwrap(), b"record");
        }

        #[test]
        fn devices_and_pipes_are_not_replaced() {
            assert!(refusal(Path::new("/dev/null"), None).ends_with("is not a regular file"));
            let folder = folder();
            let fifo = folder.path().join("fifo");
            let made = Command::new("mkfifo").arg(&fifo).status();
            if made.is_ok_and(|status| status.success()) {
                assert!(refusal(&fifo, None).ends_with("is not a regular file"));
                assert_eq!(names(folder.path()), ["fifo"]);
            }
        }
    }
}
