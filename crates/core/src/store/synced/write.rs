//! How it changes what a record knows of the places where its log is shared.

use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{Linked, Mark, NewLink, Packed, Waiting, packed};
use crate::store::error::Result;
use crate::store::failure::explain;
use crate::store::{Writing, devices, find};

impl Writing<'_> {
    fn does(&self, done: rusqlite::Result<usize>) -> Result<usize> {
        done.map_err(|error| explain(self.reading.path, error))
    }

    /// Keeps a place where the log is shared from now on.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn link(&self, new: &NewLink<'_>) -> Result<()> {
        let NewLink { name, url, log, stream, is_shared, machine } = *new;
        let insert =
            "INSERT INTO remote (name, url, log, stream, shared, machine, number, count, sum)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 0, 0)";
        let ids = (log.as_bytes(), stream.as_bytes());
        let values = params![name, url, ids.0, ids.1, is_shared, machine];
        self.does(self.reading.transaction.execute(insert, values)).map(drop)
    }

    /// Forgets a place.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn unlink(&self, remote: &Linked) -> Result<()> {
        for delete in [
            "DELETE FROM taken WHERE remote = ?1",
            "DELETE FROM sent WHERE remote = ?1",
            "DELETE FROM outbox WHERE remote = ?1",
            "DELETE FROM remote WHERE id = ?1",
        ] {
            self.does(self.reading.transaction.execute(delete, [remote.id]))?;
        }
        Ok(())
    }

    /// Forgets what is known to be at the remote: every event that is not reported there again will be
    /// sent. These segments are gone. Of the others the record still knows that it took them, so that it
    /// does not take its own segments for those of a copy.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn forget_what_is_there(
        &self,
        remote: &Linked,
        lost: impl IntoIterator<Item = Packed>,
    ) -> Result<()> {
        let transaction = &self.reading.transaction;
        for name in lost {
            let delete = "DELETE FROM taken WHERE remote = ?1 AND name = ?2";
            self.does(transaction.execute(delete, params![remote.id, name]))?;
        }
        for change in [
            "DELETE FROM sent WHERE remote = ?1",
            "UPDATE remote SET cursor = NULL, count = 0, sum = 0 WHERE id = ?1",
        ] {
            self.does(transaction.execute(change, [remote.id]))?;
        }
        Ok(())
    }

    /// Keeps that these segments are there, and that the log has what they hold.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn note_taken(
        &self,
        remote: &Linked,
        segments: impl IntoIterator<Item = Packed>,
    ) -> Result<()> {
        let (transaction, told) =
            (&self.reading.transaction, |error| explain(self.reading.path, error));
        let insert = "INSERT OR IGNORE INTO taken VALUES (?1, ?2)";
        let mut insert = transaction.prepare_cached(insert).map_err(told)?;
        for name in segments {
            insert.execute(params![remote.id, name]).map_err(told)?;
        }
        Ok(())
    }

    /// Keeps that these events of the log are there. One that is there with another label than the log
    /// has is not: it is sent again.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn note_sent(&self, remote: &Linked, marks: &[Mark]) -> Result<()> {
        let (transaction, told) =
            (&self.reading.transaction, |error| explain(self.reading.path, error));
        let insert = "INSERT OR IGNORE INTO sent VALUES (?1, ?2)";
        let mut insert = transaction.prepare_cached(insert).map_err(told)?;
        let (mut count, mut sum) = (0i64, 0i64);
        for mark in marks {
            let label = find::label_of(transaction, mark.event).map_err(told)?;
            if label.and_then(|(_, ord)| ord) == mark.ord
                && insert.execute(params![remote.id, mark.event.as_bytes()]).map_err(told)? == 1
            {
                count += 1;
                sum = sum.wrapping_add(mark.checksum);
            }
        }
        add(transaction, remote.id, count, sum).map_err(told)
    }

    /// Keeps segments that are to be put, and that so many were written.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn put_out(&self, remote: &Linked, number: u64, segments: &[Waiting]) -> Result<()> {
        let (transaction, told) =
            (&self.reading.transaction, |error| explain(self.reading.path, error));
        let insert = "INSERT OR REPLACE INTO outbox VALUES (?1, ?2, ?3, ?4)";
        let mut insert = transaction.prepare_cached(insert).map_err(told)?;
        for Waiting { name, body, events } in segments {
            insert.execute(params![remote.id, name, body, packed(events)]).map_err(told)?;
        }
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        let update = "UPDATE remote SET number = max(number, ?2) WHERE id = ?1";
        self.does(transaction.execute(update, params![remote.id, number])).map(drop)
    }

    /// Keeps that segments were put. One that is not in the outbox any more says nothing: the record is
    /// not the one that it was then.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn was_put(&self, remote: &Linked, segments: &[Waiting]) -> Result<()> {
        for segment in segments {
            let delete = "DELETE FROM outbox WHERE remote = ?1 AND name = ?2";
            let values = params![remote.id, segment.name];
            if self.does(self.reading.transaction.execute(delete, values))? == 1 {
                self.note_taken(remote, [segment.name])?;
                self.note_sent(remote, &segment.events)?;
            }
        }
        Ok(())
    }

    /// Keeps from where the next listing goes on, and that this one came to its end now.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn was_synced(&self, remote: &Linked, cursor: Option<&[u8]>) -> Result<()> {
        let update = "UPDATE remote SET cursor = ?2, at = ?3 WHERE id = ?1";
        let values = params![remote.id, cursor, self.stamp.now.timestamp_millis()];
        self.does(self.reading.transaction.execute(update, values)).map(drop)
    }

    /// Makes the record that of a device from now on.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn become_device(&mut self, device: Uuid) -> Result<()> {
        if self.head.device == device {
            return Ok(());
        }
        let transaction = &self.reading.transaction;
        let done = if self.head.count() == 0 {
            devices::become_another(transaction, device)
        } else {
            devices::go_on_as(transaction, device)
        };
        done.map_err(|error| explain(self.reading.path, error))?;
        self.head.device = device;
        Ok(())
    }

    /// Goes on as another device, which writes under other names wherever the log is shared.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn begin_anew(&mut self, device: Uuid) -> Result<()> {
        self.become_device(device)?;
        for remote in self.reading.remotes()? {
            if !remote.is_shared {
                let update = "UPDATE remote SET stream = ?2, number = 0 WHERE id = ?1";
                let stream = Uuid::new_v4();
                let values = params![remote.id, stream.as_bytes()];
                self.does(self.reading.transaction.execute(update, values))?;
            }
        }
        Ok(())
    }
}

/// These events got smaller labels than those that they were shared with.
pub(in crate::store) fn relabelled<'a>(
    connection: &Connection,
    events: impl IntoIterator<Item = &'a Uuid>,
) -> rusqlite::Result<()> {
    let ids: Vec<i64> = connection
        .prepare_cached("SELECT id FROM remote")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    if ids.is_empty() {
        return Ok(());
    }
    for event in events {
        let Some((checksum, _)) = find::label_of(connection, *event)? else { continue };
        for id in &ids {
            let mut delete =
                connection.prepare_cached("DELETE FROM sent WHERE remote = ?1 AND event = ?2")?;
            if delete.execute(params![id, event.as_bytes()])? == 1 {
                add(connection, *id, -1, checksum.wrapping_neg())?;
            }
        }
    }
    Ok(())
}

/// A text of this event is erased: what waits to be put has it still.
pub(in crate::store) fn erased(connection: &Connection, event: Uuid) -> rusqlite::Result<()> {
    let delete = "DELETE FROM outbox WHERE instr(events, ?1) > 0";
    connection.execute(delete, [event.as_bytes()]).map(drop)
}

fn add(connection: &Connection, remote: i64, count: i64, sum: i64) -> rusqlite::Result<()> {
    if count == 0 {
        return Ok(());
    }
    let select = "SELECT sum FROM remote WHERE id = ?1";
    let before: i64 = connection.query_row(select, [remote], |row| row.get(0))?;
    // Added here, not in SQL, where a sum that overflows becomes a float.
    let update = "UPDATE remote SET count = count + ?2, sum = ?3 WHERE id = ?1";
    connection.execute(update, params![remote, count, before.wrapping_add(sum)]).map(drop)
}
