//! Which events came with which import. Nobody else is told: it says what this record's own commands were.

use chrono::DateTime;
use rusqlite::{Connection, Result, params};
use rustc_hash::FxHashSet;
use uuid::Uuid;

use super::failure::explain;
use super::{Reading, Writing, error, log};
use crate::model::event::Event;
use crate::model::history::{Backwards, Import};

impl Reading<'_> {
    /// The devices that the record is or was.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn own_devices(&self) -> error::Result<Vec<Uuid>> {
        self.told(ids(&self.transaction, "SELECT device FROM own_device ORDER BY n DESC", None))
    }

    /// What was imported, newest first.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn imports(&self) -> error::Result<Vec<Import>> {
        self.told(all(&self.transaction))
    }

    /// Whether an event came with an import. What cannot be read did not.
    pub(crate) fn came(&self, event: Uuid) -> bool {
        let select = "SELECT 1 FROM imported WHERE event = ?1";
        let select = self.transaction.prepare_cached(select);
        select.and_then(|mut select| select.exists([event.as_bytes()])).unwrap_or(false)
    }

    /// What came with an import and counts, in the order of the log.
    ///
    /// # Errors
    /// The file cannot be read, or an event is damaged.
    pub(crate) fn of_import(&self, import: &Import) -> error::Result<Vec<Event>> {
        let select = "SELECT event FROM imported WHERE import = ?1";
        let came: FxHashSet<Uuid> =
            self.told(ids(&self.transaction, select, Some(import.number)))?.into_iter().collect();
        let mut events = self.newest_first(|newest_first| {
            let mut backwards = Backwards::default();
            let mut found = Vec::new();
            for event in newest_first {
                let event = event?;
                let is_undone = backwards.is_undone(&event);
                if came.contains(&event.id) && !is_undone && event.entry.marker_of().is_none() {
                    found.push(event);
                }
            }
            Ok(found)
        })?;
        events.reverse();
        Ok(events)
    }

    /// Those ids that no event here has.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn unknown(&self, wanted: &[Uuid]) -> error::Result<Vec<Uuid>> {
        let known: FxHashSet<Uuid> =
            self.told(ids(&self.transaction, "SELECT id FROM event", None))?.into_iter().collect();
        Ok(wanted.iter().copied().filter(|id| !known.contains(id)).collect())
    }

    /// How many events there are.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn count(&self) -> error::Result<i64> {
        Ok(log::Head::read(&self.transaction, self.path)?.count())
    }
}

impl Writing<'_> {
    /// Keeps what came with an import from a file, once it was taken up.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn note_import(&self, file: &str, came: &[Uuid]) -> error::Result<()> {
        let transaction = &self.reading.transaction;
        let told = |error| explain(self.reading.path, error);
        let insert = "INSERT INTO import (at, after, file, events)
            SELECT ?1, coalesce(ord, id), ?2, ?3 FROM event WHERE seq = ?4";
        let count = i64::try_from(came.len()).unwrap_or(i64::MAX);
        let at = self.stamp.now.timestamp_millis();
        transaction.execute(insert, params![at, file, count, self.head.count()]).map_err(told)?;
        let number = transaction.last_insert_rowid();
        let insert = "INSERT OR REPLACE INTO imported VALUES (?1, ?2)";
        let mut insert = transaction.prepare(insert).map_err(told)?;
        for event in came {
            insert.execute(params![event.as_bytes(), number]).map_err(told)?;
        }
        Ok(())
    }

    /// Keeps that this command takes an import back.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn undo_import(&self, import: &Import) -> error::Result<()> {
        let update = "UPDATE import SET undone = ?2 WHERE number = ?1";
        let params = params![import.number, self.command.as_bytes()];
        let done = self.reading.transaction.execute(update, params);
        done.map(|_| ()).map_err(|error| explain(self.reading.path, error))
    }

    /// Keeps that the import comes back that a command took back, if that was one.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn redo_import(&self, undone_by: Uuid) -> error::Result<()> {
        let update = "UPDATE import SET undone = NULL WHERE undone = ?1";
        let done = self.reading.transaction.execute(update, [undone_by.as_bytes()]);
        done.map(|_| ()).map_err(|error| explain(self.reading.path, error))
    }
}

fn ids(connection: &Connection, select: &str, number: Option<i64>) -> Result<Vec<Uuid>> {
    let mut select = connection.prepare(select)?;
    let id = |row: &rusqlite::Row<'_>| row.get(0).map(Uuid::from_bytes);
    match number {
        Some(number) => select.query_map([number], id)?.collect(),
        None => select.query_map([], id)?.collect(),
    }
}

fn all(connection: &Connection) -> Result<Vec<Import>> {
    let select = "SELECT number, at, after, file, events, undone FROM import ORDER BY number DESC";
    let mut select = connection.prepare(select)?;
    let imports = select.query_map([], |row| {
        let undone: Option<[u8; 16]> = row.get(5)?;
        Ok(Import {
            number: row.get(0)?,
            at: DateTime::from_timestamp_millis(row.get(1)?).unwrap_or_default(),
            after: row.get(2).map(Uuid::from_bytes)?,
            file: row.get(3)?,
            events: usize::try_from(row.get::<_, i64>(4)?).unwrap_or_default(),
            undone_by: undone.map(Uuid::from_bytes),
        })
    })?;
    imports.collect()
}
