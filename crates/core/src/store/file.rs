//! The file as such, before SQLite sees it: its name, what is there, and how a new one appears.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
use uuid::Uuid;

use super::error::{Damage, Result, StoreError};
use super::failure::{self, damaged};
use super::open_files::OpenFiles;
use super::{PATIENCE, schema, write_lock};
use crate::disk;

/// The first bytes of every SQLite file.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// The first bytes of a journal that says what to roll back.
const JOURNAL_MAGIC: [u8; 8] = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];

/// The length of the header of a SQLite file.
const HEADER: usize = 100;

/// Whether there is a file that can be read and is no SQLite file.
pub(super) fn is_something_else(path: &Path) -> bool {
    let mut magic = [0; MAGIC.len()];
    let is_file = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file());
    is_file
        && File::open(path)
            .is_ok_and(|mut file| file.read_exact(&mut magic).is_err() || magic != *MAGIC)
}

/// A file that can be opened.
#[derive(Debug)]
pub(super) struct Found {
    /// Its own name, where it was named by a link: the journal lies beside the file, not the link.
    pub(super) path: PathBuf,
    pub(super) held: OpenFiles,
    /// Whether it can be judged only after a transaction that was cut off is rolled back.
    pub(super) unsettled: bool,
}

/// The name of the file from the root. SQLite is built to take a name that begins with `file:` for
/// a URI whatever the flags say, and one from the root never does.
pub(super) fn absolute(path: &Path) -> Result<PathBuf> {
    if path.as_os_str().is_empty() || path == Path::new(":memory:") {
        return Err(StoreError::NoFileName(path.to_owned()));
    }
    std::path::absolute(path).map_err(|error| StoreError::Unresolved(path.to_owned(), error))
}

/// What is there under a name; refuses what is something else than a record of ours.
pub(super) fn look(path: &Path) -> Result<Option<Found>> {
    let named = path;
    let unreadable = |error| StoreError::Unreadable(named.to_owned(), error);
    let mut path = path.to_path_buf();
    let mut metadata = match fs::symlink_metadata(&path) {
        Ok(metadata) => metadata,
        // No file can have a name that is too long; to make one there is refused.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::InvalidFilename) => {
            return Ok(None);
        }
        Err(error) => return Err(unreadable(error)),
    };
    if metadata.is_symlink() {
        path = fs::canonicalize(&path).map_err(|error| match error.kind() {
            // A link to nowhere is not nothing: making a file would make it elsewhere.
            ErrorKind::NotFound => StoreError::DanglingLink(named.to_owned()),
            _ => unreadable(error),
        })?;
        metadata = fs::metadata(&path).map_err(unreadable)?;
    }
    if !metadata.is_file() {
        let named = named.to_owned();
        return Err(if metadata.is_dir() {
            StoreError::Directory(named)
        } else {
            StoreError::NotRegular(named)
        });
    }
    if metadata.len() == 0 {
        return Err(StoreError::Empty(named.to_owned()));
    }
    let mut unsettled = false;
    let held = OpenFiles::after(&metadata, || {
        let mut header = Vec::with_capacity(HEADER);
        File::open(&path)
            .and_then(|file| file.take(HEADER as u64).read_to_end(&mut header))
            .map_err(unreadable)?;
        judge(&path, &header, metadata.len()).or_else(|error| {
            // The header, or the end, might be half of a transaction that was cut off.
            unsettled = waits_for_rollback(&path);
            if unsettled { Ok(()) } else { Err(error) }
        })
    })?;
    Ok(Some(Found { path, held, unsettled }))
}

/// Judges the header of a file, so that SQLite never opens what is not ours: it would write to a
/// file that keeps a write-ahead log.
fn judge(path: &Path, header: &[u8], length: u64) -> Result<()> {
    if !header.starts_with(MAGIC) {
        return Err(StoreError::NotSqlite(path.to_owned()));
    }
    let Some((application, version)) = numbers(header) else {
        return Err(damaged(path, Damage::CutOff));
    };
    schema::judge(path, application, version)?;
    // Of the last page, SQLite would take what is missing for zeros.
    if page_size(header).is_some_and(|page| !length.is_multiple_of(page)) {
        return Err(damaged(path, Damage::CutOff));
    }
    Ok(())
}

/// How long a page is, where the header gives a length that there is.
fn page_size(header: &[u8]) -> Option<u64> {
    let bytes = header.get(16..18).and_then(|bytes| <[u8; 2]>::try_from(bytes).ok())?;
    match u64::from(u16::from_be_bytes(bytes)) {
        1 => Some(65_536),
        size => (size >= 512 && size.is_power_of_two()).then_some(size),
    }
}

/// The application and the version that a whole header says.
fn numbers(header: &[u8]) -> Option<(i32, i32)> {
    let number = |at: usize| {
        let bytes = header.get(at..at + 4)?;
        <[u8; 4]>::try_from(bytes).ok().map(i32::from_be_bytes)
    };
    if header.len() == HEADER { Some((number(68)?, number(60)?)) } else { None }
}

/// Whether what cannot be opened under a name might have been a record once. A database of another
/// program or of a newer milepost is none, nor is what is no file.
pub(super) fn may_be_a_wreck(path: &Path) -> bool {
    let header = || -> io::Result<Vec<u8>> {
        if !fs::metadata(path)?.is_file() {
            return Err(ErrorKind::InvalidInput.into());
        }
        let mut header = Vec::with_capacity(HEADER);
        File::open(path)?.take(HEADER as u64).read_to_end(&mut header)?;
        Ok(header)
    };
    let Ok(header) = header() else {
        return false;
    };
    !header.starts_with(MAGIC)
        || numbers(&header).is_none_or(|(application, version)| {
            application == schema::APPLICATION_ID && version <= schema::VERSION
        })
}

/// The journal of a database.
pub(super) fn journal(path: &Path) -> PathBuf {
    disk::with_ending(path, "-journal")
}

/// Whether a transaction was cut off after it had begun to change the file. SQLite removes what
/// lies under the name of a journal, so it gets to see only what is one.
fn waits_for_rollback(path: &Path) -> bool {
    let journal = journal(path);
    let mut magic = [0; JOURNAL_MAGIC.len()];
    fs::metadata(&journal).is_ok_and(|metadata| metadata.is_file())
        && File::open(&journal).is_ok_and(|mut file| file.read_exact(&mut magic).is_ok())
        && magic == JOURNAL_MAGIC
}

/// Makes a new record, unless somebody else was first. It appears under its name whole and durable,
/// or not at all.
pub(super) fn create(path: &Path) -> Result<()> {
    let told = |error| StoreError::NotMade(path.to_owned(), error);
    let directory = path.parent().unwrap_or(Path::new("/"));
    disk::make_directories(directory).map_err(told)?;
    let turn = write_lock::wait(path, PATIENCE)?;
    if fs::symlink_metadata(path).is_ok() {
        return Ok(());
    }
    let journal = journal(path);
    if fs::symlink_metadata(&journal).is_ok() {
        // SQLite would roll it back into the new file.
        return Err(StoreError::OnlyJournal(path.to_owned(), journal));
    }
    if turn.is_exclusive() {
        disk::remove_leftovers(directory);
    }
    // Private from the start, and removed again on every error. No handle on it is kept: closing
    // one later would drop SQLite's locks.
    let new = disk::temporary(directory).map_err(told)?.into_temp_path();
    fill(&new).map_err(|error| failure::making(path, error))?;
    fs::OpenOptions::new().write(true).open(&new).and_then(|file| file.sync_all()).map_err(told)?;
    match new.persist_noclobber(path) {
        Ok(()) => {}
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => return Ok(()),
        Err(error) => return Err(told(error.error)),
    }
    disk::sync_directory(directory).map_err(told)
}

/// Makes the tables in an empty file that nobody else knows of: no journal, and one sync at the end.
fn fill(path: &Path) -> rusqlite::Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")?;
    schema::make(&connection, Uuid::new_v4().as_bytes())?;
    connection.close().map_err(|(_, error)| error)
}

#[cfg(test)]
mod tests;
