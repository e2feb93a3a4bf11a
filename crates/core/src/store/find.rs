//! Where an event stands in the log, by its id or its key. There is no index of all ids, which each new event
//! would have to be put into: the log is sorted by keys, and an id is a key, but for the events that are older
//! than ids which say their place. Those have an index, to which nothing is added.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::error::Result;
use super::failure::explain;
use super::log;
use crate::model::order::Key;

/// The checksum and the label of an event that has one.
pub(super) fn label_of(
    connection: &Connection,
    event: Uuid,
) -> rusqlite::Result<Option<(i64, Option<Uuid>)>> {
    let select = "SELECT checksum, ord FROM event INDEXED BY labelled
        WHERE id = ?1 AND ord IS NOT NULL";
    let mut select = connection.prepare_cached(select)?;
    let found = select.query_row([event.as_bytes()], |row| {
        let ord: Option<[u8; 16]> = row.get(1)?;
        Ok((row.get(0)?, ord.map(Uuid::from_bytes)))
    });
    found.optional()
}

/// The number, the checksum and the label of the event with an id, if there is one. It is found by its place:
/// there is no index of all ids.
pub(super) fn find(
    connection: &Connection,
    path: &Path,
    count: i64,
    event: Uuid,
) -> Result<Option<(i64, i64, Option<Uuid>)>> {
    let told = |error| explain(path, error);
    let select = "SELECT seq, checksum, ord FROM event INDEXED BY labelled
        WHERE id = ?1 AND ord IS NOT NULL";
    let read = |row: &rusqlite::Row<'_>| {
        let ord: Option<[u8; 16]> = row.get(2)?;
        Ok((row.get(0)?, row.get(1)?, ord.map(Uuid::from_bytes)))
    };
    let mut labelled = connection.prepare_cached(select).map_err(told)?;
    let found = labelled.query_row([event.as_bytes()], read).optional().map_err(told)?;
    if found.is_some() {
        return Ok(found);
    }
    let seq = place(connection, path, count, Key::of(event, None))?;
    let select = "SELECT seq, checksum, ord FROM event WHERE seq = ?1 AND id = ?2";
    let mut at = connection.prepare_cached(select).map_err(told)?;
    at.query_row(params![seq, event.as_bytes()], read).optional().map_err(told)
}

/// The number of the first event that does not come before a key, or of the next one.
pub(super) fn place(connection: &Connection, path: &Path, count: i64, key: Key) -> Result<i64> {
    let (mut from, mut to) = (1, count + 1);
    while from < to {
        let middle = from + (to - from) / 2;
        if log::key_at(connection, path, middle)? < key {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    Ok(from)
}
