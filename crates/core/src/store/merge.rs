//! Taking up the events of another log: all that are not there yet, or none.
//!
//! Two logs become one by union: an event is there once, whichever brings it, and stands where its
//! [key](crate::model::order) says. So all who have the same events say the same, whether they came
//! as whole logs or in parts, in whatever order. Where all that is new is newer than what is there, it
//! is appended; else the events from the first new place on get other numbers and other seals. What
//! they say, and their checksums, stay.

use milepost_path::Ref;
use rustc_hash::{FxHashMap, FxHashSet};
use uuid::Uuid;

use super::error::{EventFault, Result, StoreError};
use super::failure::explain;
use super::{Reading, Writing, devices, erase, find, fits, is_sound, log, standing, synced};
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
    /// The places there and here of events that have one id, and not one content.
    two_facts: Vec<(usize, i64)>,
}

/// Looking for one event takes as long as reading so many.
const A_SEARCH: i64 = 16;

impl Writing<'_> {
    /// Takes up events of another log, which [`check`] has not refused. A record without an event
    /// becomes that of a device, if one is given: an equal record of it.
    ///
    /// # Errors
    /// An event is there with another content; or the record cannot be read or written.
    pub fn merge(&mut self, events: Vec<StoredEvent>, device: Option<Uuid>) -> Result<Merged> {
        let union = self.reading.compared(events.iter(), self.head.count())?;
        if let Some((theirs, ours)) = union.two_facts.first() {
            let ours = usize::try_from(ours - 1).unwrap_or_default();
            return Err(StoreError::TwoFacts(*theirs, ours));
        }
        self.unite(union, events, device)
    }

    fn unite(
        &mut self,
        union: Union,
        events: Vec<StoredEvent>,
        device: Option<Uuid>,
    ) -> Result<Merged> {
        let Union { new, labels, first, .. } = union;
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
        let place = find::place(transaction, path, self.head.count(), first)?;
        let taken = self.head.take_from(transaction, path, place)?;
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
        synced::relabelled(transaction, labels.keys()).map_err(told)?;
        let erased = log::redacted(transaction).map_err(told)?;
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
}

/// What parts of another log bring, each of which is taken whole or not at all.
#[derive(Debug, Default)]
pub struct Sifted {
    /// The ids of the events that are new here.
    pub new: FxHashSet<Uuid>,
    /// The parts that cannot be taken, each with an event that is here, or in another part, with another content.
    pub refused: FxHashMap<usize, Uuid>,
}

impl Reading<'_> {
    /// Says what parts of another log bring, in which an event can be more than once.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn sift(&self, parts: &[&[StoredEvent]]) -> Result<Sifted> {
        let mut sifted = Sifted::default();
        let mut first: FxHashMap<Uuid, &StoredEvent> = FxHashMap::default();
        for (at, part) in parts.iter().enumerate() {
            let other = |one: &&StoredEvent| {
                first.get(&one.event.id).is_some_and(|first| first.checksum != one.checksum)
            };
            if let Some(other) = part.iter().find(other) {
                sifted.refused.insert(at, other.event.id);
            } else {
                part.iter().for_each(|one| {
                    first.entry(one.event.id).or_insert(one);
                });
            }
        }
        let count = log::Head::read(&self.transaction, self.path)?.count();
        let events: Vec<&StoredEvent> = first.into_values().collect();
        let union = self.compared(events.iter().copied(), count)?;
        let of = |at: &usize| events.get(*at).map(|one| one.event.id);
        let two_facts: FxHashSet<Uuid> =
            union.two_facts.iter().filter_map(|(at, _)| of(at)).collect();
        if !two_facts.is_empty() {
            for (at, part) in parts.iter().enumerate() {
                if let Some(one) = part.iter().find(|one| two_facts.contains(&one.event.id)) {
                    sifted.refused.insert(at, one.event.id);
                }
            }
        }
        let accepted = parts.iter().enumerate().filter(|(at, _)| !sifted.refused.contains_key(at));
        let ids = accepted.flat_map(|(_, part)| part.iter()).map(|one| one.event.id);
        sifted.new = ids.filter(|id| union.new.contains_key(id)).collect();
        Ok(sifted)
    }

    /// What is to be done for these events, in whatever order. Few are looked for by their places, for many all
    /// of the log is read.
    fn compared<'e>(
        &self,
        events: impl Iterator<Item = &'e StoredEvent>,
        count: i64,
    ) -> Result<Union> {
        let events: Vec<&StoredEvent> = events.collect();
        let ids = events.iter().enumerate().map(|(at, one)| (one.event.id, at));
        let mut union = Union {
            new: ids.collect(),
            labels: FxHashMap::default(),
            first: None,
            two_facts: Vec::new(),
        };
        let (transaction, path) = (&self.transaction, self.path);
        let few = i64::try_from(events.len()).is_ok_and(|few| few.saturating_mul(A_SEARCH) < count);
        if few {
            for (at, theirs) in events.iter().enumerate() {
                let id = theirs.event.id;
                if let Some((seq, checksum, ord)) = find::find(transaction, path, count, id)? {
                    union.new.remove(&id);
                    union.meets(at, theirs, seq, checksum, ord);
                }
            }
        } else {
            let mut seq = 0;
            log::oldest_first(transaction, path, 1, |kept| {
                let own = kept.recorded;
                seq += 1;
                let found = union.new.remove(&own.event.id);
                if let Some((at, theirs)) = found.and_then(|at| Some((at, events.get(at)?))) {
                    union.meets(at, theirs, seq, own.checksum, own.ord);
                }
                Ok(())
            })?;
        }
        let new = union.new.values().filter_map(|at| events.get(*at)).map(|one| one.key()).min();
        if let Some(key) = new {
            union.moves(key);
        }
        Ok(union)
    }
}

impl Union {
    /// An event is here as well.
    fn meets(
        &mut self,
        at: usize,
        theirs: &StoredEvent,
        seq: i64,
        checksum: i64,
        own: Option<Uuid>,
    ) {
        if theirs.checksum != checksum {
            self.two_facts.push((at, seq));
            return;
        }
        let ord = smaller_label(own, theirs.ord);
        if ord != own {
            let id = theirs.event.id;
            self.labels.insert(id, ord);
            self.moves(Key::of(id, own));
            self.moves(Key::of(id, ord));
        }
    }

    /// The log is not as it was from a key on.
    fn moves(&mut self, key: Key) {
        self.first = Some(self.first.map_or(key, |first| first.min(key)));
    }
}

#[cfg(test)]
mod tests;
