//! Copies of the record: taken at one moment while others write, and looked through before they are
//! given a name. A copy that does not come out whole is never kept.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::Path;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, ErrorCode, OpenFlags, ffi};
use rustc_hash::FxHashSet;
use tempfile::TempPath;

use super::error::{Damage, Result, StoreError};
use super::failure::{self, damaged, explain};
use super::write_lock::WriteLock;
use super::{Reading, Stamp, Store, Writing, log, schema};
use crate::disk;
use crate::model::event::Actor;

/// A copy that was looked through: private, durable, and gone when it is dropped without being
/// given a name.
#[derive(Debug)]
pub(crate) struct Copy {
    file: TempPath,
    totals: Totals,
}

/// What the events of a log add up to: two logs with the same totals hold the same events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Totals {
    count: i64,
    sum: i64,
}

impl Totals {
    pub(super) fn events(self) -> u64 {
        u64::try_from(self.count).unwrap_or(0)
    }
}

impl Reading<'_> {
    /// Copies what this look sees into a directory, under a temporary name.
    ///
    /// # Errors
    /// The record is damaged, or the copy cannot be written.
    pub(crate) fn copy_into(&self, directory: &Path) -> Result<Copy> {
        let unwritten = |error| StoreError::NoCopy(directory.to_owned(), error);
        // No handle on the file is kept: closing one later would drop SQLite's locks.
        let file = disk::temporary(directory).map_err(unwritten)?;
        let file = file.into_temp_path();
        fill(&self.transaction, &file).map_err(|error| match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => unwritten(io::ErrorKind::StorageFull.into()),
            Some(_) if failure::is_of_a_target(&error) => unwritten(io::Error::other(error)),
            _ => explain(self.path, error),
        })?;
        let totals = look_through_file(&file).map_err(|found| match look_through(self) {
            // It is the record that is damaged, and not the copy only.
            Err(error) => error,
            Ok(_) => StoreError::NotWhole(directory.to_owned(), Box::new(found)),
        })?;
        sync(&file).map_err(unwritten)?;
        Ok(Copy { file, totals })
    }

    /// Whether the record has all events of another one, under whatever numbers.
    ///
    /// # Errors
    /// The other one is none, or cannot be read.
    pub(crate) fn holds_all_of(&self, other: &Path) -> Result<bool> {
        let Some(other) = Store::open(other)? else {
            return Ok(true);
        };
        let (other, _) = other.read_as_is(false)?;
        // Of each event, its id among it.
        let checksums = |reading: &Reading<'_>| log::checksums(&reading.transaction, reading.path);
        let ours: FxHashSet<i64> = checksums(self)?.into_iter().collect();
        Ok(checksums(&other)?.iter().all(|checksum| ours.contains(checksum)))
    }
}

impl Copy {
    /// How many events it has.
    pub(crate) fn events(&self) -> u64 {
        self.totals.events()
    }

    /// How long it is.
    ///
    /// # Errors
    /// The file cannot be found again.
    pub(crate) fn bytes(&self) -> io::Result<u64> {
        fs::metadata(&self.file).map(|metadata| metadata.len())
    }

    pub(super) fn totals(&self) -> Totals {
        self.totals
    }

    pub(super) fn path(&self) -> &Path {
        &self.file
    }

    /// The file, to be given a name.
    pub(crate) fn into_file(self) -> TempPath {
        self.file
    }

    /// Gives it a name in its directory, in place of what is there under it.
    pub(super) fn keep(self, path: &Path) -> io::Result<()> {
        self.file.persist(path).map_err(|error| error.error)?;
        disk::sync_directory(path.parent().unwrap_or(Path::new("/")))
    }

    /// Gives it a name in its directory that nothing has yet; otherwise it comes back.
    pub(super) fn keep_as_new(self, path: &Path) -> std::result::Result<(), (Self, io::Error)> {
        let Self { file, totals } = self;
        file.persist_noclobber(path)
            .map_err(|error| (Self { file: error.path, totals }, error.error))
    }

    /// Makes changes in it, and writes it anew from what is left.
    pub(super) fn change<T, E: From<StoreError>>(
        &mut self,
        stamp: Stamp,
        by: Option<Actor>,
        change: impl FnOnce(&mut Writing<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let told = |error| explain(&self.file, error);
        let Some(store) = Store::open(&self.file)? else {
            return Err(damaged(&self.file, Damage::Gone).into());
        };
        let store = store.acting(by);
        store.connection.execute_batch(ALONE).map_err(told)?;
        let mut writing = store.begin_changes(WriteLock::of_nobody(), stamp)?;
        let value = change(&mut writing)?;
        writing.commit()?;
        store.connection.execute_batch("VACUUM").map_err(told)?;
        drop(store);
        self.totals = look_through_file(&self.file)?;
        let directory = self.file.parent().unwrap_or(Path::new("/"));
        sync(&self.file).map_err(|error| StoreError::NoCopy(directory.to_owned(), error))?;
        Ok(value)
    }

    /// Brings its tables to this version. Nobody else knows of the file, so no journal is needed.
    pub(super) fn bring_up(&mut self) -> Result<()> {
        let told = |error| explain(&self.file, error);
        let connection = open(&self.file).map_err(told)?;
        let (_, version) = schema::read(&connection).map_err(told)?;
        if version == schema::VERSION {
            return Ok(());
        }
        connection.execute_batch(ALONE).map_err(told)?;
        let transaction = connection.unchecked_transaction().map_err(told)?;
        schema::upgrade(&transaction, &self.file, version)?;
        transaction.commit().map_err(told)?;
        connection.close().map_err(|(_, error)| told(error))?;
        let directory = self.file.parent().unwrap_or(Path::new("/"));
        sync(&self.file).map_err(|error| StoreError::NoCopy(directory.to_owned(), error))
    }
}

/// How one writes a file that nobody else knows of, and syncs at the end.
const ALONE: &str = "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF";

fn open(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags)
}

fn fill(from: &Connection, path: &Path) -> rusqlite::Result<()> {
    let mut to = open(path)?;
    to.execute_batch(ALONE)?;
    all_pages(from, &mut to)?;
    to.close().map_err(|(_, error)| error)
}

/// Puts every page of one database in place of those of another, in one transaction.
pub(super) fn all_pages(from: &Connection, to: &mut Connection) -> rusqlite::Result<()> {
    match Backup::new(from, to)?.step(-1)? {
        StepResult::Done => Ok(()),
        // Neither of them could be locked in time.
        _ => Err(rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_BUSY), None)),
    }
}

fn sync(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?.sync_all()
}

fn look_through_file(path: &Path) -> Result<Totals> {
    let Some(store) = Store::open(path)? else {
        return Err(damaged(path, Damage::Gone));
    };
    look_through(&store.read_as_is(false)?.0)
}

/// Looks through all of a record, in whatever version it is: its pages, and each event.
pub(super) fn look_through(reading: &Reading<'_>) -> Result<Totals> {
    let Reading { transaction, path } = reading;
    let told = |error| explain(path, error);
    let found: String =
        transaction.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).map_err(told)?;
    if found != "ok" {
        let what = found.lines().last().unwrap_or(&found).to_owned();
        return Err(damaged(path, Damage::Said(what)));
    }
    let (count, sum) = log::look_through(transaction, path)?;
    Ok(Totals { count, sum })
}

#[cfg(test)]
mod tests;
