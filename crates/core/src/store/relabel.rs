//! Older events get labels, once: when the record is brought up to the version that sorts by them.

use std::path::Path;

use rusqlite::{Connection, params};
use uuid::Uuid;

use super::error::{Damage, Result, StoreError};
use super::failure::{damaged, explain};
use super::{checksum, log};
use crate::model::order::Labels;

/// So many events are held at once.
const EVENTS: i64 = 1024;

/// Labels all events in the order of the log, and seals them anew. Inside of a transaction.
pub(super) fn all(connection: &Connection, path: &Path) -> Result<()> {
    let told = |error| explain(path, error);
    let mut labels = Labels::default();
    let mut next = 1;
    loop {
        // No statement reads the table while it is changed.
        let labelled = label(connection, path, next, &mut labels)?;
        if labelled.is_empty() {
            return Ok(());
        }
        log::unguarded(connection, || {
            let update = "UPDATE event SET ord = ?2, seal = ?3 WHERE seq = ?1";
            let mut update = connection.prepare_cached(update)?;
            for (ord, seal) in labelled {
                update.execute(params![next, ord.as_bytes(), seal])?;
                next += 1;
            }
            Ok(())
        })
        .map_err(told)?;
    }
}

/// The labels and seals of the next events, from a number on.
fn label(
    connection: &Connection,
    path: &Path,
    from: i64,
    labels: &mut Labels,
) -> Result<Vec<(Uuid, i64)>> {
    let told = |error| explain(path, error);
    let select = "SELECT seq, at, prev, checksum, seal FROM event
        WHERE seq >= ?1 ORDER BY seq LIMIT ?2";
    let mut select = connection.prepare_cached(select).map_err(told)?;
    let mut rows = select.query([from, EVENTS]).map_err(told)?;
    let mut labelled = Vec::new();
    let mut expected = from;
    while let Some(row) = rows.next().map_err(told)? {
        let (seq, at): (i64, i64) = (row.get(0).map_err(told)?, row.get(1).map_err(told)?);
        let (prev, checksum) = (row.get(2).map_err(told)?, row.get(3).map_err(told)?);
        if seq != expected {
            return Err(log::missing(path, expected));
        }
        // What is sealed anew would pass for sound.
        if row.get::<_, i64>(4).map_err(told)?
            != checksum::position_checksum(seq, prev, checksum, None)
        {
            return Err(damaged(path, Damage::OutOfPlace(seq)));
        }
        let ord = labels.next(at).ok_or_else(|| StoreError::EndOfTime(path.to_owned()))?;
        labelled.push((ord, checksum::position_checksum(seq, prev, checksum, Some(ord))));
        expected += 1;
    }
    Ok(labelled)
}
