//! The copies that are kept without being asked for, in `backups` beside the record: one of each of
//! the last days on which something was recorded, and one from before each change of the tables.

use milepost_path::sort;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate};
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use super::error::{Result, StoreError};
use super::failure::explain;
use super::file::is_something_else;
use super::write_lock::WriteLock;
use super::{PATIENCE, Reading, Store, write_lock};
use crate::disk;
use crate::model::event::{Part, has_text};

/// How many days are kept.
const DAYS: usize = 3;

/// A record that is larger than this, in bytes, is copied only when somebody asks for it: it would
/// take longer than one waits without noticing.
const LARGEST: u64 = 16 << 20;

/// The folder of the copies of a record.
pub(super) fn folder(record: &Path) -> PathBuf {
    record.parent().unwrap_or(Path::new("/")).join("backups")
}

/// The copy of a record with this ending of its name.
pub(super) fn named(record: &Path, ending: impl AsRef<OsStr>) -> PathBuf {
    let name = record.file_name().unwrap_or(OsStr::new("progress.db"));
    disk::with_ending(&folder(record).join(name), ending)
}

/// Makes the folder if it is missing, and removes what a killed process left there.
pub(super) fn prepare(folder: &Path, turn: &WriteLock) -> io::Result<()> {
    disk::make_directories(folder)?;
    if turn.is_exclusive() {
        disk::remove_leftovers(folder);
    }
    Ok(())
}

/// The copies of a record that are kept in its folders, as far as they can be read, in which one of these
/// texts stands.
pub(crate) fn with_texts(record: &Path, parts: &[Part]) -> Vec<PathBuf> {
    let beside = record.parent().unwrap_or(Path::new("/")).to_path_buf();
    let folders = [(folder(record), "."), (beside, ".before-")];
    let mut found = Vec::new();
    for (folder, ending) in folders {
        let Some(name) = record.file_name() else { continue };
        let mut start = name.to_owned();
        start.push(ending);
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let is_one = entry.file_name().as_encoded_bytes().starts_with(start.as_encoded_bytes());
            if is_one && has_texts(&entry.path(), parts).unwrap_or(false) {
                found.push(entry.path());
            }
        }
    }
    sort::by(&mut found, Ord::cmp);
    found
}

fn has_texts(copy: &Path, parts: &[Part]) -> rusqlite::Result<bool> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(copy, flags)?;
    let mut select = connection.prepare("SELECT payload FROM event WHERE id = ?1")?;
    for part in parts {
        let payload: Option<String> =
            select.query_row([part.event.as_bytes()], |row| row.get(0)).optional()?;
        if payload.is_some_and(|payload| has_text(&payload, part.number)) {
            return Ok(true);
        }
    }
    Ok(false)
}

impl Reading<'_> {
    /// Whether the copy of the day is to be made, now that this is recorded.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn is_copy_due(&self, today: NaiveDate) -> Result<bool> {
        is_due(&self.transaction, self.path, today)
    }
}

/// Whether the copy of a day is still to be made: the record is older than the day, so that there is
/// something to lose, and not too large.
fn is_due(connection: &Connection, record: &Path, today: NaiveDate) -> Result<bool> {
    if fs::symlink_metadata(of_day(record, today)).is_ok()
        || fs::metadata(record).is_ok_and(|metadata| metadata.len() > LARGEST)
    {
        return Ok(false);
    }
    let first: Option<i64> = connection
        .query_row("SELECT at FROM event WHERE seq = 1", [], |row| row.get(0))
        .optional()
        .map_err(|error| explain(record, error))?;
    let first = first.and_then(DateTime::from_timestamp_millis);
    // Some hours more or less, as the zone has it, do not matter.
    Ok(first.is_some_and(|first| first.date_naive() < today))
}

/// Keeps the copy of a day, unless it is there, and lets the oldest go.
///
/// # Errors
/// The record is damaged, or the copy cannot be written; or the copy is kept, but one of the oldest
/// cannot be removed. The message says which.
pub(crate) fn keep(record: &Path, today: NaiveDate) -> Result<()> {
    let not_kept = |error| StoreError::NoCopyOfToday(Box::new(error));
    let Some(store) = Store::open(record).map_err(not_kept)? else {
        return Ok(());
    };
    let turn = write_lock::wait(store.path(), PATIENCE).map_err(not_kept)?;
    if !make(&store, &turn, today).map_err(not_kept)? {
        return Ok(());
    }
    rotate(store.path(), today)
        .map_err(|error| StoreError::OldCopyStays(folder(store.path()), error))
}

/// Makes the copy of a day; tells whether it was not there yet.
fn make(store: &Store, turn: &WriteLock, today: NaiveDate) -> Result<bool> {
    let record = store.path();
    let (folder, place) = (folder(record), of_day(record, today));
    if fs::symlink_metadata(&place).is_ok() {
        // Somebody else was first.
        return Ok(false);
    }
    let told = |error| StoreError::NotWritten(place.clone(), error);
    prepare(&folder, turn).map_err(told)?;
    let copy = store.read_as_is(true)?.0.copy_into(&folder)?;
    copy.keep(&place).map_err(told)?;
    Ok(true)
}

fn of_day(record: &Path, day: NaiveDate) -> PathBuf {
    named(record, format!(".{day}"))
}

/// Removes the copies of all days but the last ones, and never that of today.
fn rotate(record: &Path, today: NaiveDate) -> io::Result<()> {
    let folder = folder(record);
    let mut days = Vec::new();
    for entry in fs::read_dir(&folder)? {
        days.extend(day_of(record, &entry?.file_name()));
    }
    for day in to_remove(days, today) {
        let copy = of_day(record, day);
        // Something else of that name is not ours to remove.
        if is_something_else(&copy) {
            continue;
        }
        match fs::remove_file(copy) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// The day of a copy, by its name.
fn day_of(record: &Path, name: &OsStr) -> Option<NaiveDate> {
    let mut start: OsString = record.file_name()?.to_owned();
    start.push(".");
    let rest = name.as_encoded_bytes().strip_prefix(start.as_encoded_bytes())?;
    let day: NaiveDate = std::str::from_utf8(rest).ok()?.parse().ok()?;
    // What is written in another way was made by somebody else.
    (day.to_string().as_bytes() == rest).then_some(day)
}

/// The days whose copies are too many. Those after today, which a wrong clock made, go first: else
/// they would stay for good.
fn to_remove(mut days: Vec<NaiveDate>, today: NaiveDate) -> Vec<NaiveDate> {
    days.retain(|day| *day != today);
    sort::by_key(&mut days, |day| (*day <= today, *day));
    let most = days.len().saturating_sub(DAYS - 1);
    days.truncate(most);
    days
}

#[cfg(test)]
mod tests;
