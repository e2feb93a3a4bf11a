//! Texts that are erased for good: the row that has one is written anew without it, and nothing of it is
//! left in the file.
//!
//! **The only row that is ever changed.** The triggers let a payload become what
//! [`erased`] makes of it, and nothing else of an event change, and this only
//! where an event `redacted` on the same subject names it. The checksum stays: by it the event is the same
//! wherever it is kept, and what is left of it is covered by another one that it carries.
//!
//! **Nothing is left in between.** SQLite leaves what it no longer needs where it was: in free pages, and in
//! free space of others. So the changes are made on a copy, the copy is written anew from what is left in
//! it, and all its pages take the place of the record's in one transaction. A kill leaves the
//! record as it was or as it is then.

use std::path::Path;

use rusqlite::{Connection, params};

use super::error::{Result, StoreError};
use super::failure::{self, explain};
use super::snapshot::all_pages;
use super::{
    PATIENCE, Reading, Stamp, Store, Writing, auto_backup, checksum, log, snapshot, synced,
    write_lock,
};
use crate::model::event::{Event, EventKind, Part, erased};

/// Erases what the events of a subject, up to the one with this number, name as redacted, where it is
/// still there.
pub(super) fn of_subject(connection: &Connection, path: &Path, newest: i64) -> Result<()> {
    let events = log::of_subject(connection, path, newest)?;
    let has = |event: &Event, wanted| {
        event.entry.texts().any(|(number, text)| number == wanted && !text.is_empty())
    };
    for event in &events {
        let EventKind::Redacted(Part { event: id, number }) = event.entry.fact else { continue };
        if let Some(target) = events.iter().find(|one| one.id == id && has(one, number)) {
            part(connection, path, target, number)?;
        }
    }
    Ok(())
}

fn part(connection: &Connection, path: &Path, event: &Event, number: u16) -> Result<()> {
    let told = |error| explain(path, error);
    let (seq, payload): (i64, String) = connection
        .query_row("SELECT seq, payload FROM event WHERE id = ?1", [event.id.as_bytes()], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .map_err(told)?;
    let left = erased(&payload, number, |rest| checksum::checksum_of(event, rest));
    if let Some(left) = left.map_err(|error| StoreError::NoPayload(error.0))? {
        let update = "UPDATE event SET payload = ?2 WHERE seq = ?1";
        connection.execute(update, params![seq, left]).map_err(told)?;
        synced::erased(connection, event.id).map_err(told)?;
    }
    Ok(())
}

impl Reading<'_> {
    /// Whether a text of it was ever erased.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn has_erased(&self) -> Result<bool> {
        let select = "SELECT 1 FROM event WHERE action = 'redacted'";
        self.told(self.transaction.prepare(select).and_then(|mut select| select.exists([])))
    }
}

impl Store {
    /// Makes a command's changes in such a way that nothing of what they erase is left in the file. What is
    /// there before can be looked at first.
    ///
    /// # Errors
    /// As [`Store::write`] and [`Writing::commit`], or what the change gives. Then nothing was changed.
    pub(crate) fn write_anew<L, T, E: From<StoreError>>(
        &mut self,
        stamp: Stamp,
        look: impl FnOnce(&Reading<'_>) -> std::result::Result<L, E>,
        change: impl FnOnce(&mut Writing<'_>, &L) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let turn = write_lock::wait(&self.path, PATIENCE)?;
        let told = |error| explain(&self.path, error);
        let reading = self.read_in(&turn)?;
        let found = look(&reading)?;
        let seen = data_version(&self.connection).map_err(told)?;
        let folder = auto_backup::folder(&self.path);
        auto_backup::prepare(&folder, &turn)
            .map_err(|error| StoreError::NoCopy(folder.clone(), error))?;
        let mut copy = reading.copy_into(&folder)?;
        drop(reading);
        let before = copy.totals();
        let value = copy.change(stamp, self.by.clone(), |writing| change(writing, &found))?;
        self.durably()?;
        // Others wait for their turn, where there are turns.
        if data_version(&self.connection).map_err(told)? != seen {
            return Err(StoreError::Queue(self.path.clone(), PATIENCE).into());
        }
        let put =
            Connection::open(copy.path()).and_then(|from| all_pages(&from, &mut self.connection));
        let Err(error) = put else {
            return if self.held.is_still(&self.path) {
                Ok(value)
            } else {
                Err(StoreError::Astray(self.path.clone()).into())
            };
        };
        // As with a restore: the last step is to sync the directory, when the change is in place.
        let after = self.read_as_is(true).and_then(|(reading, _)| snapshot::look_through(&reading));
        Err(match after {
            Ok(after) if after == copy.totals() && after != before => {
                failure::unconfirmed(&self.path, &error)
            }
            _ => explain(&self.path, error),
        }
        .into())
    }
}

/// A number that changes when another connection has written.
fn data_version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "data_version", |row| row.get(0))
}
