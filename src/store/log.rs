//! Events as rows: append, read from the end, follow the events of one subject.
//!
//! A row is read strictly: a value of a wrong type, an unknown action or a checksum that does not
//! agree is an error, never a row left out.

use std::path::Path;

use chrono::{DateTime, NaiveDate};
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;
use xxhash_rust::xxh3::Xxh3;

use super::explain;
use crate::error::{Error, Result};
use crate::model::event::{Entry, Event};

const COLUMNS: &str = "seq, id, device, command, at, day, subject, action, payload, checksum, prev";

/// What a command adds to the count of events and to the sum of their checksums.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Totals {
    count: i64,
    sum: i64,
}

impl Totals {
    pub(super) fn add(&mut self, checksum: i64) {
        self.count += 1;
        // Order-free, so that two logs merge by union.
        self.sum = self.sum.wrapping_add(checksum);
    }
}

/// The id of the device that writes this log.
pub(super) fn device(connection: &Connection) -> rusqlite::Result<Uuid> {
    connection.query_row("SELECT device FROM log", [], |row| row.get(0).map(Uuid::from_bytes))
}

/// Appends an event after the last one of its subject; gives its number and checksum.
pub(super) fn append(
    connection: &Connection,
    path: &Path,
    event: &Event,
    last: Option<i64>,
) -> Result<(i64, i64)> {
    let told = |error| explain(path, error);
    let payload = event.entry.payload().map_err(|error| Error::failed(error.0))?;
    let day = event.on.to_string();
    let at = event.at.timestamp_millis();
    let action = event.entry.action();
    let subject = event.entry.subject.as_str();
    let checksum = checksum(&[
        event.id.as_bytes(),
        event.device.as_bytes(),
        event.command.as_bytes(),
        &at.to_be_bytes(),
        day.as_bytes(),
        subject.as_bytes(),
        action.as_bytes(),
        payload.as_bytes(),
    ]);
    let mut insert = connection
        .prepare_cached(
            "INSERT INTO event (id, device, command, at, day, subject, action, payload, prev, checksum)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )
        .map_err(told)?;
    insert
        .execute(params![
            event.id.as_bytes(),
            event.device.as_bytes(),
            event.command.as_bytes(),
            at,
            day,
            subject,
            action,
            payload,
            last,
            checksum
        ])
        .map_err(told)?;
    Ok((connection.last_insert_rowid(), checksum))
}

/// Adds to the kept count and sum.
pub(super) fn add_totals(connection: &Connection, totals: Totals) -> rusqlite::Result<()> {
    if totals.count == 0 {
        return Ok(());
    }
    let sum: i64 = connection.query_row("SELECT sum FROM log", [], |row| row.get(0))?;
    // Added here, not in SQL, where a sum that overflows becomes a float.
    connection.execute(
        "UPDATE log SET count = count + ?1, sum = ?2",
        params![totals.count, sum.wrapping_add(totals.sum)],
    )?;
    Ok(())
}

/// Hands the log over, newest event first, reading only as far as it is followed.
pub(super) fn newest_first<T>(
    connection: &Connection,
    path: &Path,
    use_events: impl FnOnce(&mut dyn Iterator<Item = Result<Event>>) -> Result<T>,
) -> Result<T> {
    let told = |error| explain(path, error);
    let mut select = connection
        .prepare(&format!("SELECT {COLUMNS} FROM event ORDER BY seq DESC"))
        .map_err(told)?;
    let rows = select.query_map([], |row| Ok(read(row, path).map(|(event, _)| event)));
    let mut events = rows.map_err(told)?.map(|row| row.map_err(told).flatten());
    use_events(&mut events)
}

/// All events of a subject up to the one with this number, oldest first.
pub(super) fn of_subject(connection: &Connection, path: &Path, newest: i64) -> Result<Vec<Event>> {
    let told = |error| explain(path, error);
    let mut select =
        connection.prepare(&format!("SELECT {COLUMNS} FROM event WHERE seq = ?1")).map_err(told)?;
    let mut events = Vec::new();
    let mut next = Some(newest);
    while let Some(seq) = next {
        let row = select.query_row([seq], |row| Ok(read(row, path))).optional().map_err(told)?;
        let Some(row) = row else {
            return Err(Error::database(format!("event {seq} is missing in {}", path.display()))
                .hint("restore a copy of the file"));
        };
        let (event, prev) = row?;
        events.push(event);
        // A chain leads to older events only; another one would never end.
        next = prev.filter(|prev| *prev < seq);
    }
    events.reverse();
    Ok(events)
}

fn read(row: &Row<'_>, path: &Path) -> Result<(Event, Option<i64>)> {
    let told = |error| explain(path, error);
    let seq: i64 = row.get(0).map_err(told)?;
    let id: [u8; 16] = row.get(1).map_err(told)?;
    let device: [u8; 16] = row.get(2).map_err(told)?;
    let command: [u8; 16] = row.get(3).map_err(told)?;
    let at: i64 = row.get(4).map_err(told)?;
    let text = |column| row.get_ref(column).map_err(told);
    let text = |column| text(column)?.as_str().map_err(|error| told(error.into()));
    let (day, subject, action, payload) = (text(5)?, text(6)?, text(7)?, text(8)?);
    let kept: i64 = row.get(9).map_err(told)?;
    let damaged = |what: &str| {
        Error::database(format!("event {seq} in {} is damaged: {what}", path.display()))
            .hint("restore a copy of the file")
    };
    let now = checksum(&[
        &id,
        &device,
        &command,
        &at.to_be_bytes(),
        day.as_bytes(),
        subject.as_bytes(),
        action.as_bytes(),
        payload.as_bytes(),
    ]);
    if now != kept {
        return Err(damaged("its checksum does not agree"));
    }
    let on: NaiveDate = day.parse().map_err(|_not_a_day| damaged("its day is no date"))?;
    let at = DateTime::from_timestamp_millis(at).ok_or_else(|| damaged("its time is no time"))?;
    let entry = Entry::read(subject, action, payload).map_err(|error| damaged(&error.0))?;
    let event = Event {
        id: Uuid::from_bytes(id),
        device: Uuid::from_bytes(device),
        command: Uuid::from_bytes(command),
        at,
        on,
        entry,
    };
    Ok((event, row.get(10).map_err(told)?))
}

/// XXH3 with 64 bits over the fields, each after its length.
fn checksum(fields: &[&[u8]]) -> i64 {
    let mut hash = Xxh3::new();
    for field in fields {
        hash.update(&(field.len() as u64).to_be_bytes());
        hash.update(field);
    }
    i64::from_be_bytes(hash.digest().to_be_bytes())
}
