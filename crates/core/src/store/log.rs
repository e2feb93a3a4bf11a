//! Events as rows: append, read from the end, follow the events of one subject.
//!
//! A row is read strictly: a value of a wrong type, an unknown action, a checksum or seal that does
//! not agree, or a gap in the numbers is an error, never a row left out.

use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::config::DbConfig;
use rusqlite::{CachedStatement, Connection, Error, OptionalExtension, params};
use rustc_hash::FxHashSet;
use uuid::Uuid;

use super::checksum::{checksum, checksum_of, position_checksum};
use super::error::{Damage, Result, StoreError};
use super::failure::{damaged, explain};
use crate::model::event::{Event, NewEvent, StoredEvent, is_erased};
use crate::model::order::{self, Key};

/// In this order [`read`] takes them, and `ord` after them.
macro_rules! columns {
    () => {
        "seq, id, device, command, at, day, subject, action, payload, checksum, prev, seal"
    };
}

/// A statement that selects events for [`read`].
macro_rules! select {
    ($connection:expr, $tail:literal) => {
        $connection
            .prepare_cached(concat!("SELECT ", columns!(), ", ord FROM event ", $tail))
            // An older file is looked through before its events have labels.
            .or_else(|error| match error {
                Error::SqlInputError { .. } => $connection.prepare_cached(concat!(
                    "SELECT ",
                    columns!(),
                    ", NULL FROM event ",
                    $tail
                )),
                other => Err(other),
            })
    };
}

/// What is kept about the log as a whole: who writes it, and what its events add up to.
#[derive(Debug)]
pub(super) struct Head {
    /// The device that writes it.
    pub(super) device: Uuid,
    /// How many events there are; the number of the newest one, too.
    count: i64,
    /// The sum of their checksums. Order-free, so that two logs merge by union.
    sum: i64,
    /// The key of the newest event, once it was asked for.
    newest: Option<Key>,
}

impl Head {
    /// Reads it.
    pub(super) fn read(connection: &Connection, path: &Path) -> Result<Self> {
        let head = connection.query_row("SELECT device, count, sum FROM log", [], |row| {
            Ok(Self {
                device: row.get(0).map(Uuid::from_bytes)?,
                count: row.get(1)?,
                sum: row.get(2)?,
                newest: None,
            })
        });
        let head = head.map_err(|error| explain(path, error))?;
        if head.count < 0 {
            return Err(damaged(path, Damage::CountBelowZero));
        }
        Ok(head)
    }

    /// The id of a new event, which comes after all that are there. Reads the newest one at most.
    pub(super) fn next_id(
        &mut self,
        connection: &Connection,
        path: &Path,
        now: DateTime<Utc>,
    ) -> Result<Uuid> {
        if self.newest.is_none() && self.count > 0 {
            self.newest = Some(key_at(connection, path, self.count)?);
        }
        let [.., a, b, c, d] = *Uuid::new_v4().as_bytes();
        let random = u32::from_be_bytes([a, b, c, d]);
        order::next_id(self.newest, now.timestamp_millis(), random)
            .ok_or_else(|| StoreError::EndOfTime(path.to_owned()))
    }

    /// Appends an event after the last one of its subject; gives its number, and its entry as it
    /// will be read back, for which the standing is kept.
    pub(super) fn append(
        &mut self,
        connection: &Connection,
        path: &Path,
        event: Event,
        last: Option<i64>,
    ) -> Result<(i64, NewEvent)> {
        let payload = event.payload().map_err(|error| StoreError::NoPayload(error.0))?;
        let (read, _) =
            NewEvent::read(event.entry.subject.as_str(), event.entry.action(), &payload)
                .map_err(|error| StoreError::NotReadBack(error.0))?;
        let checksum = checksum_of(&event, &payload);
        let seq = self.insert(
            connection,
            path,
            &StoredEvent { event, payload, checksum, ord: None },
            last,
        )?;
        Ok((seq, read))
    }

    /// Appends an event in the form in which it is kept, whose checksum is right; gives its number.
    pub(super) fn insert(
        &mut self,
        connection: &Connection,
        path: &Path,
        recorded: &StoredEvent,
        last: Option<i64>,
    ) -> Result<i64> {
        let told = |error| explain(path, error);
        let StoredEvent { event, payload, checksum, ord } = recorded;
        let seq = self.count.checked_add(1).ok_or_else(|| damaged(path, Damage::CountTooHigh))?;
        let mut insert = connection
            .prepare_cached(concat!(
                "INSERT INTO event (",
                columns!(),
                ", ord) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            ))
            .map_err(told)?;
        insert
            .execute(params![
                seq,
                event.id.as_bytes(),
                event.device.as_bytes(),
                event.command.as_bytes(),
                event.at.timestamp_millis(),
                event.on.to_string(),
                event.entry.subject.as_str(),
                event.entry.action(),
                payload,
                checksum,
                last,
                position_checksum(seq, last, *checksum, *ord),
                ord.as_ref().map(Uuid::as_bytes),
            ])
            .map_err(told)?;
        self.count = seq;
        self.newest = Some(recorded.key());
        // Added here, not in SQL, where a sum that overflows becomes a float.
        self.sum = self.sum.wrapping_add(*checksum);
        Ok(seq)
    }

    /// How many events there are.
    pub(super) fn count(&self) -> i64 {
        self.count
    }

    /// Whether a number of events with these checksums are all that there are.
    pub(super) fn agrees(&self, count: i64, sum: i64) -> bool {
        (self.count, self.sum) == (count, sum)
    }

    /// Takes the events from a number on out of the log, so that they can be put in another place
    /// of it.
    pub(super) fn take_from(
        &mut self,
        connection: &Connection,
        path: &Path,
        seq: i64,
    ) -> Result<Vec<Kept>> {
        let told = |error| explain(path, error);
        let mut taken = Vec::new();
        oldest_first(connection, path, seq, |kept| {
            taken.push(kept);
            Ok(())
        })?;
        unguarded(connection, || {
            connection.execute("DELETE FROM event WHERE seq >= ?1", [seq]).map(|_| ())
        })
        .map_err(told)?;
        self.newest = None;
        for kept in &taken {
            self.count -= 1;
            self.sum = self.sum.wrapping_sub(kept.recorded.checksum);
        }
        Ok(taken)
    }

    /// Keeps it. Where nothing was added, SQLite finds nothing to write.
    pub(super) fn write(&self, connection: &Connection) -> rusqlite::Result<()> {
        let update = "UPDATE log SET device = ?1, count = ?2, sum = ?3";
        let device = self.device.as_bytes();
        connection.execute(update, params![device, self.count, self.sum]).map(|_| ())
    }

    /// Whether the newest event that was added is in the log, whatever a commit reported.
    pub(super) fn is_in(&self, connection: &Connection, command: Uuid) -> rusqlite::Result<bool> {
        let select = "SELECT 1 FROM event WHERE seq = ?1 AND command = ?2";
        connection.prepare(select)?.exists(params![self.count, command.as_bytes()])
    }
}

/// Does what the triggers refuse, which are for those who come past the program.
pub(super) fn unguarded(
    connection: &Connection,
    change: impl FnOnce() -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let guard = DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER;
    connection.set_db_config(guard, false)?;
    let changed = change();
    connection.set_db_config(guard, true)?;
    changed
}

/// The key of the event with a number.
pub(super) fn key_at(connection: &Connection, path: &Path, seq: i64) -> Result<Key> {
    let told = |error| explain(path, error);
    let mut select =
        connection.prepare_cached("SELECT id, ord FROM event WHERE seq = ?1").map_err(told)?;
    let key = select.query_row([seq], |row| {
        let ord: Option<[u8; 16]> = row.get(1)?;
        Ok(Key::of(row.get(0).map(Uuid::from_bytes)?, ord.map(Uuid::from_bytes)))
    });
    key.optional().map_err(told)?.ok_or_else(|| missing(path, seq))
}

/// The event with a number, in the form in which it is kept.
pub(super) fn recorded(connection: &Connection, path: &Path, seq: i64) -> Result<StoredEvent> {
    let told = |error| explain(path, error);
    let mut select = select!(connection, "WHERE seq = ?1").map_err(told)?;
    let mut rows = select.query([seq]).map_err(told)?;
    match rows.next().map_err(told)? {
        Some(row) => kept(row, path).map(|(_, kept)| kept.recorded),
        None => Err(missing(path, seq)),
    }
}

/// The subjects of which something was erased. There is an index of them.
pub(super) fn redacted(connection: &Connection) -> rusqlite::Result<FxHashSet<String>> {
    let select = "SELECT subject FROM event WHERE action = 'redacted'";
    let mut select = connection.prepare(select)?;
    select.query_map([], |row| row.get(0))?.collect()
}

/// Hands the log over, newest event first, reading only as far as it is followed.
pub(super) fn newest_first<T>(
    connection: &Connection,
    path: &Path,
    use_events: impl FnOnce(&mut dyn Iterator<Item = Result<Event>>) -> Result<T>,
) -> Result<T> {
    let told = |error| explain(path, error);
    let count = Head::read(connection, path)?.count;
    let mut select = select!(connection, "ORDER BY seq DESC").map_err(told)?;
    let mut rows = select.query([]).map_err(told)?;
    // The number that the next row must have. The first can be above the count, by what this
    // command has appended itself.
    let mut expected: Option<i64> = None;
    let mut next = || -> Result<Option<Event>> {
        let Some(row) = rows.next().map_err(told)? else {
            let left = expected.unwrap_or(count);
            return if left == 0 { Ok(None) } else { Err(missing(path, left)) };
        };
        let Row { seq, event, .. } = read(row, path)?;
        let left = expected.unwrap_or(seq.max(count));
        if seq != left {
            return Err(missing(path, left));
        }
        expected = Some(seq - 1);
        Ok(Some(event))
    };
    let mut ended = false;
    let mut events = std::iter::from_fn(|| {
        if ended {
            return None;
        }
        let event = next().transpose();
        ended = !matches!(event, Some(Ok(_)));
        event
    });
    use_events(&mut events)
}

/// The checksum that is kept with each event.
pub(super) fn checksums(connection: &Connection, path: &Path) -> Result<Vec<i64>> {
    let told = |error| explain(path, error);
    let mut select = connection.prepare("SELECT checksum FROM event ORDER BY seq").map_err(told)?;
    let checksums = select.query_map([], |row| row.get(0)).map_err(told)?;
    checksums.collect::<rusqlite::Result<_>>().map_err(told)
}

/// Reads every event; gives how many there are and the sum of their checksums, which are what is
/// kept of them.
pub(super) fn look_through(connection: &Connection, path: &Path) -> Result<(i64, i64)> {
    newest_first(connection, path, |events| {
        for event in events {
            event?;
        }
        Ok(())
    })?;
    let head = Head::read(connection, path)?;
    let checksums = checksums(connection, path)?;
    let sum = checksums.iter().fold(0, |sum: i64, checksum| sum.wrapping_add(*checksum));
    if (i64::try_from(checksums.len()).ok(), sum) != (Some(head.count), head.sum) {
        return Err(damaged(path, Damage::Sum));
    }
    Ok((head.count, head.sum))
}

/// All events of a subject up to the one with this number, oldest first.
pub(super) fn of_subject(connection: &Connection, path: &Path, newest: i64) -> Result<Vec<Event>> {
    let told = |error| explain(path, error);
    let mut select = select!(connection, "WHERE seq = ?1").map_err(told)?;
    let mut events: Vec<Event> = Vec::new();
    let mut next = Some(newest);
    while let Some(seq) = next {
        let row = select.query_row([seq], |row| Ok(read(row, path))).optional().map_err(told)?;
        let Some(row) = row else {
            return Err(missing(path, seq));
        };
        let Row { event, prev, .. } = row?;
        if let Some(later) = events.last()
            && later.entry.subject != event.entry.subject
        {
            return Err(damaged(path, Damage::OtherSubject(seq)));
        }
        // A chain leads to older events only; another one would never end.
        if prev.is_some_and(|prev| prev >= seq) {
            return Err(damaged(path, Damage::BeforeItself(seq)));
        }
        events.push(event);
        next = prev;
    }
    events.reverse();
    Ok(events)
}

/// Hands the log over from a number on, oldest event first, in the form in which it is kept.
pub(super) fn oldest_first(
    connection: &Connection,
    path: &Path,
    from: i64,
    mut each: impl FnMut(Kept) -> Result<()>,
) -> Result<()> {
    let told = |error| explain(path, error);
    let count = Head::read(connection, path)?.count;
    let mut select = select_from(connection).map_err(told)?;
    let mut rows = select.query([from]).map_err(told)?;
    let mut expected = from;
    while let Some(row) = rows.next().map_err(told)? {
        let (seq, kept) = kept(row, path)?;
        if seq != expected {
            return Err(missing(path, expected));
        }
        expected += 1;
        each(kept)?;
    }
    // This command might have appended some itself.
    if expected <= count { Err(missing(path, expected)) } else { Ok(()) }
}

fn kept(row: &rusqlite::Row<'_>, path: &Path) -> Result<(i64, Kept)> {
    let Row { seq, event, prev, checksum, ord } = read(row, path)?;
    let payload = row.get(8).map_err(|error| explain(path, error))?;
    Ok((seq, Kept { prev, recorded: StoredEvent { event, payload, checksum, ord } }))
}

/// The events from a number on, for [`read`].
pub(super) fn select_from(connection: &Connection) -> rusqlite::Result<CachedStatement<'_>> {
    select!(connection, "WHERE seq >= ?1 ORDER BY seq")
}

/// The events that decide something about a thing that changed, by subject, for [`read`].
pub(super) fn select_decisions(connection: &Connection) -> rusqlite::Result<CachedStatement<'_>> {
    select!(
        connection,
        "INDEXED BY decided WHERE action IN ('renamed', 'set_apart') ORDER BY subject, seq"
    )
}

/// A row of the log, which agrees with its checksum and its seal.
#[derive(Debug)]
pub(super) struct Row {
    /// Its number.
    pub(super) seq: i64,
    pub(super) event: Event,
    /// The number of the event before it on its subject.
    pub(super) prev: Option<i64>,
    pub(super) checksum: i64,
    pub(super) ord: Option<Uuid>,
}

/// An event in the form in which it is kept, and the number of the one before it on its subject.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) prev: Option<i64>,
    pub(super) recorded: StoredEvent,
}

/// Reads a row with the columns of this file.
pub(super) fn read(row: &rusqlite::Row<'_>, path: &Path) -> Result<Row> {
    let told = |error| explain(path, error);
    let seq: i64 = row.get(0).map_err(told)?;
    let bytes = |column| row.get::<_, [u8; 16]>(column).map_err(told);
    let (id, device, command) = (bytes(1)?, bytes(2)?, bytes(3)?);
    let at: i64 = row.get(4).map_err(told)?;
    let text = |column| row.get_ref(column).map_err(told);
    let text = |column| text(column)?.as_str().map_err(|error| told(error.into()));
    let (day, subject, action, payload) = (text(5)?, text(6)?, text(7)?, text(8)?);
    let kept: i64 = row.get(9).map_err(told)?;
    let prev: Option<i64> = row.get(10).map_err(told)?;
    let sealed: i64 = row.get(11).map_err(told)?;
    let ord: Option<[u8; 16]> = row.get(12).map_err(told)?;
    let ord = ord.map(Uuid::from_bytes);
    let sum = |payload: &str| {
        checksum(&[
            &id,
            &device,
            &command,
            &at.to_be_bytes(),
            day.as_bytes(),
            subject.as_bytes(),
            action.as_bytes(),
            payload.as_bytes(),
        ])
    };
    if sum(payload) != kept && !is_erased(payload, sum) {
        return Err(damaged(path, Damage::Checksum(seq)));
    }
    if position_checksum(seq, prev, kept, ord) != sealed {
        return Err(damaged(path, Damage::OutOfPlace(seq)));
    }
    let on = self::day(day).ok_or_else(|| damaged(path, Damage::NoDay(seq)))?;
    let at =
        DateTime::from_timestamp_millis(at).ok_or_else(|| damaged(path, Damage::NoTime(seq)))?;
    let (entry, by) = NewEvent::read(subject, action, payload)
        .map_err(|error| damaged(path, Damage::NoFact(seq, error.0)))?;
    let event = Event {
        id: Uuid::from_bytes(id),
        device: Uuid::from_bytes(device),
        command: Uuid::from_bytes(command),
        at,
        on,
        by,
        entry,
    };
    Ok(Row { seq, event, prev, checksum: kept, ord })
}

/// A day as the record has it. chrono reads it as well, but takes longer than SQLite for the row.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0, |number: u32, digit| {
            digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'))
        })
    };
    if let [year @ .., b'-', m1, m2, b'-', d1, d2] = text.as_bytes()
        && year.len() == 4
        && let (Some(year), Some(month), Some(day)) =
            (number(year), number(&[*m1, *m2]), number(&[*d1, *d2]))
    {
        return NaiveDate::from_ymd_opt(year.cast_signed(), month, day);
    }
    // A year before 0 or after 9999.
    text.parse().ok()
}

pub(super) fn missing(path: &Path, seq: i64) -> StoreError {
    damaged(path, Damage::Missing(seq))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_day_is_read_as_chrono_reads_it(
            text in "[0-9]{4}-[01][0-9]-[0-3][0-9]|[-+ 0-9]{0,6}-?[0-9]{1,2}-[0-9]{1,3}.?",
            any_day in -4_000_000i32..4_000_000,
        ) {
            prop_assert_eq!(day(&text), text.parse().ok(), "{}", text);
            let written = NaiveDate::from_num_days_from_ce_opt(any_day).unwrap().to_string();
            prop_assert_eq!(day(&written), written.parse().ok(), "{}", written);
        }
    }
}
