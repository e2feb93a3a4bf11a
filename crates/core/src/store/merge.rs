//! Taking up the events of another log: all that are not there yet, or none.
//!
//! Two logs become one by union: an event is there once, whichever brings it, and stands where its
//! [key](crate::model::order) says. So all who have the same events say the same, whether they came
//! as whole logs or in parts, in whatever order. Where all that is new is newer than what is there, it
//! is appended; else the events from the first new place on get other numbers and other seals. What
//! they say, and their checksums, stay.

use milepost_path::Ref;
use rusqlite::Connection;
use rustc_hash::{FxHashMap, FxHashSet};
use uuid::Uuid;

use super::error::{EventFault, Result, StoreError};
use super::failure::explain;
use super::{Writing, devices, erase, fits, is_sound, log, standing};
use crate::model::event::{StoredEvent, is_erased};
use crate::model::order::{Key, smaller_label};

/// What became of the events of another log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merged {
    /// How many were new.
    pub added: usize,
    /// How many were there already.
    pub unchanged: usize,
    /// How many of these have a smaller label now, and so might stand elsewhere.
    pub relabelled: usize,
}

impl Merged {
    /// Whether the record was changed.
    pub fn changed(self) -> bool {
        self.added > 0 || self.relabelled > 0
    }
}

/// Refuses events that cannot be taken up: one is not what was recorded, or is there twice, or leaves
/// no room for others after it.
///
/// # Errors
/// As said, with the number of the event, counted from 1.
pub fn check(events: &[StoredEvent]) -> Result<()> {
    let mut ids = std::collections::HashSet::with_capacity(events.len());
    for (at, recorded) in events.iter().enumerate() {
        let StoredEvent { event, payload, checksum, .. } = recorded;
        let refused = |fault| StoreError::Event(at, fault);
        let sum = |payload: &str| log::checksum_of(event, payload);
        if sum(payload) != *checksum && !is_erased(payload, sum) {
            return Err(refused(EventFault::Changed));
        }
        if !ids.insert(event.id) {
            return Err(refused(EventFault::Twice));
        }
        if !recorded.key().leaves_room() {
            return Err(refused(EventFault::NoRoomAfter));
        }
        let fits = is_sound(&event.entry.subject).and_then(|()| fits(&event.entry));
        fits.map_err(|error| refused(EventFault::Unfit(Box::new(error))))?;
    }
    Ok(())
}

/// What of another log is to be done here.
struct Union {
    /// By id, the places there of the events that are new.
    new: FxHashMap<Uuid, usize>,
    /// By id, the new labels of the record's own events.
    labels: FxHashMap<Uuid, Option<Uuid>>,
    /// The first key that is not in its place; `None` if nothing is to be done.
    first: Option<Key>,
}

impl Writing<'_> {
    /// Takes up events of another log, which [`check`] has not refused. A record without an event
    /// becomes that of a device, if one is given: an equal record of it.
    ///
    /// # Errors
    /// An event is there with another content; or the record cannot be read or written.
    pub fn merge(&mut self, events: Vec<StoredEvent>, device: Option<Uuid>) -> Result<Merged> {
        let Union { new, labels, first } = self.compared(&events)?;
        let (added, relabelled) = (new.len(), labels.len());
        let merged = Merged { added, unchanged: events.len() - added, relabelled };
        let Some(first) = first else { return Ok(merged) };
        let (transaction, path) = (&self.reading.transaction, self.reading.path);
        let told = |error| explain(path, error);
        if self.head.count() == 0
            && let Some(device) = device
        {
            self.head.device = device;
            devices::become_another(transaction, device).map_err(told)?;
        }
        let taken = self.head.take_from(transaction, path, self.place(first)?)?;
        // For each subject the number of its newest event so far.
        let mut last: FxHashMap<Ref, Option<i64>> = FxHashMap::default();
        let mut rest = Vec::with_capacity(taken.len() + added);
        for kept in taken {
            let mut recorded = kept.recorded;
            last.entry(recorded.event.entry.subject.clone()).or_insert(kept.prev);
            if let Some(ord) = labels.get(&recorded.event.id) {
                recorded.ord = *ord;
            }
            rest.push(recorded);
        }
        rest.extend(events.into_iter().filter(|one| new.contains_key(&one.event.id)));
        rest.sort_unstable_by_key(StoredEvent::key);
        for recorded in rest {
            let subject = &recorded.event.entry.subject;
            let before = match last.get(subject) {
                Some(before) => *before,
                None => standing::subject(transaction, subject).map_err(told)?.0,
            };
            let seq = self.head.insert(transaction, path, &recorded, before)?;
            last.insert(recorded.event.entry.subject, Some(seq));
        }
        let erased = redacted_subjects(transaction).map_err(told)?;
        for (subject, last) in last {
            if let Some(last) = last {
                // Whichever came first, the text or what erases it.
                if erased.contains(subject.as_str()) {
                    erase::of_subject(transaction, path, last)?;
                }
                self.fold(&subject, last)?;
            }
        }
        Ok(merged)
    }

    fn compared(&self, events: &[StoredEvent]) -> Result<Union> {
        let ids = events.iter().enumerate().map(|(at, one)| (one.event.id, at));
        let mut union = Union { new: ids.collect(), labels: FxHashMap::default(), first: None };
        let mut place = 0;
        log::oldest_first(&self.reading.transaction, self.reading.path, 1, |kept| {
            let own = kept.recorded;
            place += 1;
            let found = union.new.remove(&own.event.id);
            let Some((at, theirs)) = found.and_then(|at| Some((at, events.get(at)?))) else {
                return Ok(());
            };
            if theirs.checksum != own.checksum {
                return Err(StoreError::TwoFacts(at, place - 1));
            }
            let ord = smaller_label(own.ord, theirs.ord);
            if ord != own.ord {
                union.labels.insert(own.event.id, ord);
                union.moves(own.key());
                union.moves(Key::of(own.event.id, ord));
            }
            Ok(())
        })?;
        let new = union.new.values().filter_map(|at| events.get(*at)).map(StoredEvent::key).min();
        if let Some(key) = new {
            union.moves(key);
        }
        Ok(union)
    }

    /// The number of the first event that does not come before a key, or of the next one.
    fn place(&self, key: Key) -> Result<i64> {
        let (mut from, mut to) = (1, self.head.count() + 1);
        while from < to {
            let middle = from + (to - from) / 2;
            if log::key_at(&self.reading.transaction, self.reading.path, middle)? < key {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        Ok(from)
    }
}

/// The subjects of which something was erased. There is an index of them.
fn redacted_subjects(connection: &Connection) -> rusqlite::Result<FxHashSet<String>> {
    let select = "SELECT subject FROM event WHERE action = 'redacted'";
    let mut select = connection.prepare(select)?;
    select.query_map([], |row| row.get(0))?.collect()
}

impl Union {
    /// The log is not as it was from a key on.
    fn moves(&mut self, key: Key) {
        self.first = Some(self.first.map_or(key, |first| first.min(key)));
    }
}

#[cfg(test)]
mod tests;
