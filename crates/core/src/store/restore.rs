//! A copy takes the place of the record, and what was there is kept beside it.
//!
//! **A sound record is overwritten in place**, in one transaction of SQLite: a process that has it open
//! sees the old record or the new one, and a killed process leaves a journal that the next one
//! rolls back. To put another file under its name would not be safe: SQLite finds a journal by the
//! name of its database, so a process with the old file open would roll back that of the new one.
//!
//! **A wreck gives way**: it is given another name, with its journal, and the copy takes its own.
//! Nobody can read it, and SQLite tells a process that writes to it meanwhile that it was moved.
//!
//! All of it happens under the write lock, so that no change of another milepost falls between what is kept
//! and what is put in place.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rusqlite::Connection;

use super::error::{Result, StoreError};
use super::failure::explain;
use super::snapshot::{self, Copy, Totals, all_pages};
use super::{PATIENCE, Reading, Store, file, write_lock};
use crate::disk;

/// After so many tries in one day no name is free.
const MOST_NAMES: usize = 1000;

/// What a restore would do.
#[derive(Debug)]
pub(crate) struct RestorePreview {
    /// How many events the copy has.
    pub events: u64,
    /// What is there now.
    pub present: Present,
}

/// What is there under the name of the record.
#[derive(Debug, PartialEq, Eq)]
pub enum Present {
    /// Nothing.
    Nothing,
    /// A record with the same events as the copy.
    Same,
    /// A record with so many events.
    Record(u64),
    /// What might once have been a record, but cannot be read.
    Wreck,
}

/// What a restore did.
#[derive(Debug)]
pub(crate) struct Restored {
    /// How many events the record has now.
    pub events: u64,
    /// How many it had; `None` if there was no record that could be read.
    pub events_before: Option<u64>,
    /// Where what was there is kept; `None` if there was nothing, or the same.
    pub kept: Option<PathBuf>,
    /// Whether anything was changed.
    pub changed: bool,
}

/// Looks a copy through, and at what it would replace.
///
/// # Errors
/// The copy is none, or is damaged; or what is there must not be replaced.
pub(crate) fn look(file: &Path, record: &Path) -> Result<RestorePreview> {
    let record = real(record)?;
    let copy = snapshot::look_through(&source(file, &record)?.read_as_is(true)?.0)?;
    let present = match find(&record)? {
        Found::Nothing => Present::Nothing,
        Found::Record(_, totals) if totals == copy => Present::Same,
        Found::Record(_, totals) => Present::Record(totals.events()),
        Found::Wreck => Present::Wreck,
    };
    Ok(RestorePreview { events: copy.events(), present })
}

/// Puts a copy in place of the record, and keeps what was there beside it.
///
/// # Errors
/// As `look`; or something cannot be written. Then the record is as it was before.
pub(crate) fn restore(file: &Path, record: &Path, today: NaiveDate) -> Result<Restored> {
    let record = real(record)?;
    let directory = record.parent().unwrap_or(Path::new("/"));
    disk::make_directories(directory).map_err(|error| not_put(&record, error))?;
    let turn = write_lock::wait(&record, PATIENCE)?;
    if turn.is_exclusive() {
        disk::remove_leftovers(directory);
    }
    let mut copy = source(file, &record)?.read_as_is(true)?.0.copy_into(directory)?;
    copy.bring_up()?;
    let restored = |kept, events_before, changed| Restored {
        events: copy.events(),
        events_before,
        kept,
        changed,
    };
    match find(&record)? {
        Found::Record(store, totals) if totals == copy.totals() && is_whole(&store) => {
            Ok(restored(None, Some(totals.events()), false))
        }
        Found::Record(store, totals) => {
            let kept = overwrite(store, totals, &copy, today)?;
            Ok(restored(Some(kept), Some(totals.events()), true))
        }
        Found::Nothing | Found::Wreck => {
            let restored = restored(set_aside(&record, today)?, None, true);
            if let Err(error) = copy.into_file().persist(&record) {
                if let Some(kept) = &restored.kept {
                    put_back(&record, kept);
                }
                return Err(not_put(&record, error.error));
            }
            disk::sync_directory(directory)
                .map_err(|error| StoreError::UnconfirmedCopy(record.clone(), error))?;
            Ok(restored)
        }
    }
}

/// The name of the record itself, where it is named by a link.
fn real(record: &Path) -> Result<PathBuf> {
    let record = file::absolute(record)?;
    if fs::symlink_metadata(&record).is_ok_and(|metadata| metadata.is_symlink()) {
        return fs::canonicalize(&record)
            .map_err(|error| StoreError::LostLink(record.clone(), error));
    }
    Ok(record)
}

fn source(file: &Path, record: &Path) -> Result<Store> {
    if disk::is_record(file, record) {
        return Err(StoreError::IsTheRecord(file.to_owned()));
    }
    match Store::open(file) {
        Ok(Some(store)) => Ok(store),
        Ok(None) => Err(StoreError::NoSuchCopy(file.to_owned())),
        // It is not the record that is wrong.
        Err(error) => Err(StoreError::NotACopy(Box::new(error))),
    }
}

enum Found {
    Nothing,
    Record(Store, Totals),
    Wreck,
}

/// What is there; an error where it must not be replaced.
fn find(record: &Path) -> Result<Found> {
    let looked = Store::open(record).and_then(|store| {
        let Some(store) = store else { return Ok(Found::Nothing) };
        let totals = snapshot::look_through(&store.read_as_is(true)?.0)?;
        Ok(Found::Record(store, totals))
    });
    looked.or_else(|error| {
        if error.is_unusable() && file::may_be_a_wreck(record) {
            Ok(Found::Wreck)
        } else {
            Err(StoreError::NotReplaceable(Box::new(error)))
        }
    })
}

/// Whether nothing would change, where the events are the same: what follows from them, and what
/// guards them, is as it must be.
fn is_whole(store: &Store) -> bool {
    store.read_as_is(true).is_ok_and(|(reading, version)| {
        version == super::schema::VERSION && reading.verify().is_whole()
    })
}

/// Keeps the record under another name, then puts the copy into it.
fn overwrite(mut store: Store, before: Totals, copy: &Copy, today: NaiveDate) -> Result<PathBuf> {
    let record = store.path().to_path_buf();
    let directory = record.parent().unwrap_or(Path::new("/"));
    let present = store.read_as_is(true)?.0.copy_into(directory)?;
    let kept =
        keep_beside(present, &record, "restore", today).map_err(|error| not_put(&record, error))?;
    store.durably()?;
    let put =
        Connection::open(copy.path()).and_then(|from| all_pages(&from, &mut store.connection));
    let Err(error) = put else {
        return if store.held.is_still(&record) {
            Ok(kept)
        } else {
            Err(StoreError::Astray(record.clone()))
        };
    };
    // The last step is to sync the directory after the journal is gone. Where that fails, SQLite
    // reports an error although the record is in place.
    let after = store.read_as_is(true).and_then(|(reading, _)| snapshot::look_through(&reading));
    match after {
        Ok(after) if after == copy.totals() && after != before => {
            Err(StoreError::UnconfirmedCopy(record.clone(), io::Error::other(error)))
        }
        Ok(after) if after == before => {
            // Nothing was replaced, so what was kept is one too many.
            let _ = fs::remove_file(&kept);
            Err(explain(&record, error))
        }
        _ => Err(StoreError::LeftAside(Box::new(explain(&record, error)), kept)),
    }
}

/// Keeps the record as it is before an import or a join, beside it; gives the name, which says which.
///
/// # Errors
/// The record is damaged, or the copy cannot be written.
pub(crate) fn keep_before(
    reading: &Reading<'_>,
    record: &Path,
    what: &str,
    today: NaiveDate,
) -> Result<PathBuf> {
    let directory = record.parent().unwrap_or(Path::new("/"));
    let copy = reading.copy_into(directory)?;
    keep_beside(copy, record, what, today)
        .map_err(|error| StoreError::NoCopy(directory.to_owned(), error))
}

/// Gives a copy of the record a name beside it that says why it is there.
fn keep_beside(
    mut copy: Copy,
    record: &Path,
    before: &str,
    today: NaiveDate,
) -> io::Result<PathBuf> {
    for place in places(record, before, today) {
        match copy.keep_as_new(&place) {
            Ok(()) => {
                let synced = disk::sync_directory(record.parent().unwrap_or(Path::new("/")));
                return match synced {
                    Ok(()) => Ok(place),
                    Err(error) => {
                        // Nothing will be replaced, so there is nothing to keep.
                        let _ = fs::remove_file(&place);
                        Err(error)
                    }
                };
            }
            Err((back, error)) if error.kind() == ErrorKind::AlreadyExists => copy = back,
            Err((_, error)) => return Err(error),
        }
    }
    Err(no_name())
}

fn places(record: &Path, before: &str, today: NaiveDate) -> impl Iterator<Item = PathBuf> {
    let first = disk::with_ending(record, format!(".before-{before}-{today}"));
    (1..MOST_NAMES).map(move |n| match n {
        1 => first.clone(),
        n => disk::with_ending(&first, format!("-{n}")),
    })
}

fn no_name() -> io::Error {
    io::Error::other("no name is left to keep the present file under")
}

/// Gives what is there, and what SQLite kept beside it, another name; `None` if nothing is there.
/// The file keeps its own name as well until another one takes it.
fn set_aside(record: &Path, today: NaiveDate) -> Result<Option<PathBuf>> {
    let is_there = |path: &Path| fs::symlink_metadata(path).is_ok();
    let beside = |path: &Path| disk::COMPANIONS.map(|ending| disk::with_ending(path, ending));
    if !is_there(record) && !beside(record).iter().any(|path| is_there(path)) {
        return Ok(None);
    }
    let free = |place: &PathBuf| !is_there(place) && !beside(place).iter().any(|p| is_there(p));
    let told = |error: io::Error| not_put(record, error);
    let kept = places(record, "restore", today).find(free).ok_or_else(|| told(no_name()))?;
    if is_there(record) && fs::hard_link(record, &kept).is_err() {
        // Some file systems know no second name.
        fs::rename(record, &kept).map_err(told)?;
    }
    for (from, to) in beside(record).iter().zip(beside(&kept)) {
        // SQLite would take the old journal for one of the new file.
        if is_there(from)
            && let Err(error) = fs::rename(from, to)
        {
            put_back(record, &kept);
            return Err(told(error));
        }
    }
    let synced = disk::sync_directory(record.parent().unwrap_or(Path::new("/")));
    synced.map_err(|error| {
        put_back(record, &kept);
        told(error)
    })?;
    Ok(Some(kept))
}

/// Undoes what [`set_aside`] did, as well as it can be: the first error is what is told.
fn put_back(record: &Path, kept: &Path) {
    for ending in std::iter::once(&"").chain(&disk::COMPANIONS) {
        let (from, to) = (disk::with_ending(kept, ending), disk::with_ending(record, ending));
        if disk::same_file(&from, &to) {
            // Two names of one file: it still has its own.
            let _ = fs::remove_file(&from);
        } else if fs::symlink_metadata(&to).is_err() {
            let _ = fs::rename(&from, &to);
        }
    }
}

fn not_put(record: &Path, error: io::Error) -> StoreError {
    StoreError::NotPut(record.to_owned(), error)
}

#[cfg(test)]
mod tests;
