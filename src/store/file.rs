//! The file as such, before SQLite sees it: its name, what is there, and how a new one appears.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
use uuid::Uuid;

use super::{PATIENCE, explain, queue, schema};
use crate::error::{Error, Result};

/// The first bytes of every SQLite file.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// The name of the file from the root, so that SQLite takes it for nothing but a file.
pub(super) fn absolute(path: &Path) -> Result<PathBuf> {
    if path.as_os_str().is_empty() || path == Path::new(":memory:") {
        return Err(Error::usage(format!("`{}` is not the name of a file", path.display()))
            .hint("name a file with `--db` or MILEPOST_DB"));
    }
    std::path::absolute(path).map_err(|error| {
        Error::database(format!("the name {} cannot be resolved: {error}", path.display()))
    })
}

/// Whether a transaction was cut off and waits to be rolled back.
pub(super) fn has_journal(path: &Path) -> bool {
    journal(path).exists()
}

fn journal(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-journal");
    PathBuf::from(name)
}

/// Whether there is a record of ours; refuses what is something else.
pub(super) fn look(path: &Path) -> Result<bool> {
    let place = path.display();
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            // A link to nowhere is not nothing: making a file would make it elsewhere.
            if fs::symlink_metadata(path).is_ok_and(|there| there.is_symlink()) {
                return Err(Error::database(format!(
                    "{place} is a link to a file that is not there"
                ))
                .hint("mend or remove the link"));
            }
            return Ok(false);
        }
        Err(error) => {
            return Err(Error::database(format!("{place} cannot be read: {error}"))
                .hint("check the name and the permissions of its directory"));
        }
    };
    if !metadata.is_file() {
        let what = if metadata.is_dir() { "a directory" } else { "not a regular file" };
        return Err(Error::database(format!("{place} is {what}"))
            .hint("name a file with `--db` or MILEPOST_DB"));
    }
    if has_journal(path) {
        return Ok(true);
    }
    let mut header = Vec::with_capacity(100);
    File::open(path).and_then(|file| file.take(100).read_to_end(&mut header)).map_err(|error| {
        Error::database(format!("{place} cannot be read: {error}"))
            .hint("check the permissions of the file")
    })?;
    if header.is_empty() {
        return Err(Error::database(format!("{place} is empty; it is not a record of milepost"))
            .hint("remove it, or name another file with `--db` or MILEPOST_DB"));
    }
    let number = |at: usize| {
        let bytes = header.get(at..at + 4).and_then(|bytes| <[u8; 4]>::try_from(bytes).ok());
        bytes.map(i32::from_be_bytes)
    };
    match (header.starts_with(MAGIC), number(68), number(60)) {
        (true, Some(application), Some(version)) => {
            schema::judge(path, application, version).map(|()| true)
        }
        (true, ..) => Err(Error::database(format!("{place} is cut off; it is damaged"))
            .hint("restore a copy of the file")),
        (false, ..) => {
            Err(Error::database(format!("{place} is not a SQLite database; it was not touched"))
                .hint("name another file with `--db` or MILEPOST_DB"))
        }
    }
}

/// Makes a new record. It appears under its name whole and durable, or not at all.
pub(super) fn create(path: &Path) -> Result<()> {
    let place = path.display();
    let told = |error: std::io::Error| {
        Error::failed(format!("the record {place} cannot be made: {error}"))
            .hint("check the directory, or name another file with `--db` or MILEPOST_DB")
    };
    let directory = path.parent().unwrap_or(Path::new("/"));
    make_directories(directory).map_err(told)?;
    let _turn = queue::wait(path, PATIENCE)?;
    if path.exists() {
        // Somebody else was first.
        return Ok(());
    }
    // The temporary file is private from the start, and removed again on every error.
    let new = tempfile::Builder::new()
        .prefix(".milepost-")
        .suffix(".new")
        .tempfile_in(directory)
        .map_err(told)?;
    set_private(new.path()).map_err(told)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let made = Connection::open_with_flags(new.path(), flags).and_then(|connection| {
        connection.pragma_update(None, "synchronous", "EXTRA")?;
        schema::make(&connection, Uuid::new_v4().as_bytes())?;
        connection.close().map_err(|(_, error)| error)
    });
    made.map_err(|error| explain(path, error))?;
    match new.persist_noclobber(path) {
        Ok(_) => {}
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => return Ok(()),
        Err(error) => return Err(told(error.error)),
    }
    sync_directory(directory).map_err(told)
}

#[cfg(unix)]
fn make_directories(directory: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    if directory.is_dir() {
        return Ok(());
    }
    fs::DirBuilder::new().recursive(true).mode(0o700).create(directory)
}

#[cfg(not(unix))]
fn make_directories(directory: &Path) -> std::io::Result<()> {
    fs::create_dir_all(directory)
}

#[cfg(unix)]
fn set_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn set_private(_: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn sync_directory(directory: &Path) -> std::io::Result<()> {
    File::open(directory)?.sync_all()
}

#[cfg(not(unix))]
fn sync_directory(_: &Path) -> std::io::Result<()> {
    Ok(())
}
