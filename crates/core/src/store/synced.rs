//! What a record knows of the places where its log is shared. It is in the same file as the log, and so in
//! every copy of it: who restores one goes back together with what is known of the others, and what was
//! shared since comes back like anybody else's.
//!
//! Nothing but what syncs reads these tables, and no other command writes them, but for two: a merge that
//! gives an event a smaller label than the one that was shared shares it again, and what is erased is not sent
//! from here any more.

mod write;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};
use rustc_hash::FxHashSet;
use uuid::Uuid;

use super::error::Result;
use super::{Reading, log};
use crate::model::event::{Event, EventKind, StoredEvent};
use crate::model::order::Key;
pub(super) use write::{erased, relabelled};

/// The name of a segment, packed.
pub(crate) type Packed = [u8; 32];

/// A place where the log is shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Linked {
    /// What the learner calls it.
    pub name: String,
    /// Where it is.
    pub url: String,
    /// What the log is called there.
    pub log: Uuid,
    /// Under what this record writes there.
    pub stream: Uuid,
    /// Whether others write under it as well: all that say they are one device.
    pub is_shared: bool,
    /// What this machine is called, for people.
    pub machine: Option<String>,
    /// The number of the last segment that it wrote there.
    pub number: u64,
    /// From where the next listing goes on.
    pub cursor: Option<Vec<u8>>,
    /// When it was synced last.
    pub at: Option<DateTime<Utc>>,
    /// How many events are not there yet.
    pub waiting: u64,
    id: i64,
    is_off: bool,
    /// How many events are there, and the sum of their checksums.
    count: i64,
    sum: i64,
}

impl Linked {
    /// Whether what is kept does not add up: as many events are there as here, and not the same.
    pub(crate) fn is_off(&self) -> bool {
        self.is_off
    }
}

/// A segment that is to be put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Waiting {
    /// Its name.
    pub name: Packed,
    /// Its sealed bytes.
    pub body: Vec<u8>,
    /// What it holds.
    pub events: Vec<Mark>,
}

/// An event as it is in a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Its id.
    pub event: Uuid,
    /// Its label there.
    pub ord: Option<Uuid>,
    /// Its checksum.
    pub checksum: i64,
}

impl Mark {
    /// Of an event.
    pub(crate) fn of(recorded: &StoredEvent) -> Self {
        Self { event: recorded.event.id, ord: recorded.ord, checksum: recorded.checksum }
    }

    /// Where the event stands in a log that has it so.
    pub(crate) fn key(&self) -> Key {
        Key::of(self.event, self.ord)
    }
}

/// What a log spans.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Span {
    /// How many events.
    pub events: usize,
    /// The first day and the last that they are for.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// How many devices wrote them.
    pub devices: usize,
}

/// Finds what events span that are seen one after another.
#[derive(Debug, Default)]
pub(crate) struct Spanning {
    ids: FxHashSet<Uuid>,
    days: Option<(NaiveDate, NaiveDate)>,
    devices: FxHashSet<Uuid>,
}

impl Spanning {
    /// Adds an event, which might have been there before.
    pub(crate) fn add(&mut self, event: &Event) {
        if self.ids.insert(event.id) {
            self.devices.insert(event.device);
            let (first, last) = self.days.unwrap_or((event.on, event.on));
            self.days = Some((first.min(event.on), last.max(event.on)));
        }
    }

    /// What those so far span.
    pub(crate) fn span(&self) -> Span {
        Span { events: self.ids.len(), days: self.days, devices: self.devices.len() }
    }
}

const LINKED: &str =
    "SELECT remote.id, name, url, remote.log, stream, shared, machine, number, cursor, at,
    remote.count, remote.sum, log.count, log.sum FROM remote, log";

fn linked(row: &Row<'_>) -> rusqlite::Result<Linked> {
    let (count, sum): (i64, i64) = (row.get(10)?, row.get(11)?);
    let (events, all): (i64, i64) = (row.get(12)?, row.get(13)?);
    let at: Option<i64> = row.get(9)?;
    // As many, and not the same ones: nothing can be said but that not all are there.
    let waiting = if count == events { i64::from(sum != all) } else { (events - count).max(1) };
    Ok(Linked {
        id: row.get(0)?,
        is_off: count > events || (count == events && sum != all),
        name: row.get(1)?,
        url: row.get(2)?,
        log: row.get(3).map(Uuid::from_bytes)?,
        stream: row.get(4).map(Uuid::from_bytes)?,
        is_shared: row.get(5)?,
        machine: row.get(6)?,
        number: row.get::<_, i64>(7)?.try_into().unwrap_or_default(),
        cursor: row.get(8)?,
        at: at.and_then(DateTime::from_timestamp_millis),
        waiting: waiting.try_into().unwrap_or_default(),
        count,
        sum,
    })
}

impl Reading<'_> {
    /// Where the log is shared, by name.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn remotes(&self) -> Result<Vec<Linked>> {
        let select = format!("{LINKED} ORDER BY name");
        self.told(self.transaction.prepare(&select).and_then(|mut select| {
            let rows = select.query_map([], linked)?;
            rows.collect()
        }))
    }

    /// How many events the remote lacks that lacks most. `None` if the log has no remote.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn unsynced(&self) -> Result<Option<u64>> {
        Ok(self.remotes()?.iter().map(|remote| remote.waiting).max())
    }

    /// The place with a name, if there is one.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn remote(&self, name: &str) -> Result<Option<Linked>> {
        let select = format!("{LINKED} WHERE name = ?1");
        self.told(self.transaction.query_row(&select, [name], linked).optional())
    }

    /// The segments of which it is known that they are there, and that the log has what they hold.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn taken(&self, remote: &Linked) -> Result<FxHashSet<Packed>> {
        let select = "SELECT name FROM taken WHERE remote = ?1";
        self.told(self.transaction.prepare(select).and_then(|mut select| {
            let rows = select.query_map([remote.id], |row| row.get(0))?;
            rows.collect()
        }))
    }

    /// The segments that are to be put, in the order of their numbers.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn outbox(&self, remote: &Linked) -> Result<Vec<Waiting>> {
        let select = "SELECT name, body, events FROM outbox WHERE remote = ?1 ORDER BY name";
        let found = self.transaction.prepare(select).and_then(|mut select| {
            let rows = select.query_map([remote.id], |row| {
                let events: Vec<u8> = row.get(2)?;
                Ok(Waiting { name: row.get(0)?, body: row.get(1)?, events: unpacked(&events) })
            })?;
            rows.collect()
        });
        self.told(found)
    }

    /// The numbers of the events that a place does not have yet, oldest first. Reads from the end of the
    /// log as far as there are any.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn unsent(&self, remote: &Linked) -> Result<Vec<i64>> {
        self.told(unsent(&self.transaction, remote))
    }

    /// The numbers of all events.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn all_numbers(&self) -> Result<Vec<i64>> {
        Ok((1..=self.count()?).collect())
    }

    /// Whether it is known that a place has an event.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn is_sent(&self, remote: &Linked, event: Uuid) -> Result<bool> {
        let select = "SELECT 1 FROM sent WHERE remote = ?1 AND event = ?2";
        let select = self.transaction.prepare_cached(select);
        self.told(select.and_then(|mut select| select.exists(params![remote.id, event.as_bytes()])))
    }

    /// The event with a number, in the form in which it is kept.
    ///
    /// # Errors
    /// It is not there, or damaged.
    pub(crate) fn recorded(&self, seq: i64) -> Result<StoredEvent> {
        log::recorded(&self.transaction, self.path, seq)
    }

    /// What the log spans.
    ///
    /// # Errors
    /// The file cannot be read, or an event is damaged.
    pub(crate) fn span(&self) -> Result<Span> {
        let mut spanning = Spanning::default();
        log::oldest_first(&self.transaction, self.path, 1, |kept| {
            spanning.add(&kept.recorded.event);
            Ok(())
        })?;
        Ok(spanning.span())
    }

    /// Whether a text of one of these events was erased here.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn has_erased_of(&self, ids: impl IntoIterator<Item = Uuid>) -> Result<bool> {
        let mut erased: FxHashSet<Uuid> = FxHashSet::default();
        for subject in self.told(log::redacted(&self.transaction))? {
            let events = self.events_of(&milepost_path::Ref::from_text(&subject))?;
            erased.extend(events.iter().filter_map(|event| match event.entry.fact {
                EventKind::Redacted(part) => Some(part.event),
                _ => None,
            }));
        }
        Ok(!erased.is_empty() && ids.into_iter().any(|id| erased.contains(&id)))
    }
}

/// A place where the log is to be shared.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewLink<'a> {
    /// What the learner calls it.
    pub name: &'a str,
    /// Where it is.
    pub url: &'a str,
    /// What the log is called there.
    pub log: Uuid,
    /// Under what this record writes there.
    pub stream: Uuid,
    /// Whether others write under it as well.
    pub is_shared: bool,
    /// What this machine is called, for people.
    pub machine: Option<&'a str>,
}

fn unsent(connection: &Connection, remote: &Linked) -> rusqlite::Result<Vec<i64>> {
    let (events, sum): (i64, i64) =
        connection
            .query_row("SELECT count, sum FROM log", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if (events, sum) == (remote.count, remote.sum) {
        return Ok(Vec::new());
    }
    // So many are to be found; where what is kept does not add up, all are looked at.
    let most = usize::try_from(events - remote.count).ok().filter(|most| *most > 0);
    let mut select = connection.prepare(
        "SELECT seq FROM event WHERE NOT EXISTS
            (SELECT 1 FROM sent WHERE sent.remote = ?1 AND sent.event = event.id)
         ORDER BY seq DESC",
    )?;
    let found = select.query_map([remote.id], |row| row.get(0))?;
    let mut found: Vec<i64> =
        found.take(most.unwrap_or(usize::MAX)).collect::<rusqlite::Result<_>>()?;
    found.reverse();
    Ok(found)
}

/// 41 bytes an event: its id, whether it has a label, the label, its checksum.
const PACKED: usize = 41;

fn packed(events: &[Mark]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(events.len() * PACKED);
    for Mark { event, ord, checksum } in events {
        bytes.extend_from_slice(event.as_bytes());
        bytes.push(u8::from(ord.is_some()));
        bytes.extend_from_slice(ord.unwrap_or_default().as_bytes());
        bytes.extend_from_slice(&checksum.to_be_bytes());
    }
    bytes
}

fn unpacked(bytes: &[u8]) -> Vec<Mark> {
    let mark = |bytes: &[u8]| {
        let (event, rest) = bytes.split_first_chunk::<16>()?;
        let (has_label, rest) = rest.split_first()?;
        let (ord, checksum) = rest.split_first_chunk::<16>()?;
        let ord = (*has_label == 1).then(|| Uuid::from_bytes(*ord));
        let checksum = i64::from_be_bytes(checksum.try_into().ok()?);
        Some(Mark { event: Uuid::from_bytes(*event), ord, checksum })
    };
    bytes.chunks_exact(PACKED).filter_map(mark).collect()
}
