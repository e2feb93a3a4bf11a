//! Which devices the record is, or was: what they wrote is its own, whatever other events came.
//!
//! The rows are numbered from 1, the present device last, and sealed. So a bit that flips here, or in
//! the device that the log names, is found.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Result, params};
use uuid::Uuid;

use super::failure::explain;
use super::{Reading, checksum, error};

/// A device that recorded something at a time that is still to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ahead {
    /// The device.
    pub device: Uuid,
    /// The latest such time.
    pub at: DateTime<Utc>,
    /// Whether the record is, or was, this device.
    pub is_own: bool,
}

impl Reading<'_> {
    /// The devices whose clock was ahead of this time.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn ahead_of(&self, now: DateTime<Utc>) -> error::Result<Vec<Ahead>> {
        let select = "SELECT device, max(at), device IN (SELECT device FROM own_device) FROM event
            WHERE at > ?1 GROUP BY device ORDER BY device";
        let found = self.transaction.prepare(select).and_then(|mut select| {
            let rows = select.query_map([now.timestamp_millis()], |row| {
                let (device, at): ([u8; 16], i64) = (row.get(0)?, row.get(1)?);
                let at = DateTime::from_timestamp_millis(at).unwrap_or(DateTime::<Utc>::MAX_UTC);
                Ok(Ahead { device: Uuid::from_bytes(device), at, is_own: row.get(2)? })
            })?;
            rows.collect()
        });
        found.map_err(|error| explain(self.path, error))
    }
}

/// Begins the list with the device that the log names.
pub(super) fn begin(connection: &Connection) -> Result<()> {
    let device = connection.query_row("SELECT device FROM log", [], |row| row.get(0))?;
    become_another(connection, Uuid::from_bytes(device))
}

/// Forgets what the record was, which wrote nothing, and makes it that of another device.
pub(super) fn become_another(connection: &Connection, device: Uuid) -> Result<()> {
    connection.execute("DELETE FROM own_device", [])?;
    let insert = "INSERT INTO own_device VALUES (1, ?1, ?2)";
    connection.execute(insert, params![device.as_bytes(), checksum::seal_of_device(1, device)])?;
    Ok(())
}

/// Goes on as another device: what the ones before wrote stays its own.
pub(super) fn go_on_as(connection: &Connection, device: Uuid) -> Result<()> {
    let last: i64 = connection.query_row("SELECT max(n) FROM own_device", [], |row| row.get(0))?;
    let n = last + 1;
    let insert = "INSERT INTO own_device VALUES (?1, ?2, ?3)";
    connection
        .execute(insert, params![n, device.as_bytes(), checksum::seal_of_device(n, device)])?;
    Ok(())
}

/// Whether all of them are there as they were written, and the last of them is this one.
pub(super) fn are_sound(connection: &Connection, present: Uuid) -> Result<bool> {
    let mut select = connection.prepare("SELECT n, device, seal FROM own_device ORDER BY n")?;
    let mut rows = select.query([])?;
    let (mut expected, mut last) = (1i64, None);
    while let Some(row) = rows.next()? {
        let (n, device, seal): (i64, [u8; 16], i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let device = Uuid::from_bytes(device);
        if (n, seal) != (expected, checksum::seal_of_device(n, device)) {
            return Ok(false);
        }
        expected += 1;
        last = Some(device);
    }
    Ok(last == Some(present))
}
