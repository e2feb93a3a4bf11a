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
use super::synced::Mark;
use super::writing::{fits, is_sound};
use super::{Reading, Writing, checksum, devices, erase, find, log, standing, synced};
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
    pub(crate) fn changed(self) -> bool {
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
        let sum = |payload: &str| checksum::checksum_of(event, payload);
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

/// What is to be done so that the record has all of another log.
#[derive(Debug, Default)]
pub(crate) struct Union {
    /// By id, the labels of the events that are new here and were not taken up yet.
    pub new: FxHashMap<Uuid, Option<Uuid>>,
    /// By id, the new labels of the record's own events.
    labels: FxHashMap<Uuid, Option<Uuid>>,
    /// The first key of those that are not in their places for their labels.
    moves: Option<Key>,
    /// The places there and here of events that have one id, and not one content.
    two_facts: Vec<(usize, i64)>,
    /// For each subject of what was taken up, or moved, the number of its newest event.
    last: FxHashMap<Ref, Option<i64>>,
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
        let marks: Vec<Mark> = events.iter().map(Mark::of).collect();
        let mut union = self.reading.compared(&marks, self.head.count())?;
        if let Some((theirs, ours)) = union.two_facts.first() {
            let ours = usize::try_from(ours - 1).unwrap_or_default();
            return Err(StoreError::TwoFacts(*theirs, ours));
        }
        let (added, relabelled) = (union.new.len(), union.labels.len());
        let merged = Merged { added, unchanged: events.len() - added, relabelled };
        if self.head.count() == 0
            && merged.changed()
            && let Some(device) = device
        {
            self.head.device = device;
            let done = devices::become_another(&self.reading.transaction, device);
            done.map_err(|error| explain(self.reading.path, error))?;
        }
        self.take_up(&mut union, events)?;
        self.took_up(union)?;
        Ok(merged)
    }

    /// Takes up some events of what `Reading::sift` found. The standing is not what follows from them
    /// before [`Writing::took_up`]. Says how many events of the log got other numbers for it.
    ///
    /// # Errors
    /// The record cannot be read or written.
    pub(crate) fn take_up(&mut self, union: &mut Union, events: Vec<StoredEvent>) -> Result<usize> {
        let (transaction, path) = (&self.reading.transaction, self.reading.path);
        let told = |error| explain(path, error);
        let new = |mut recorded: StoredEvent| {
            recorded.ord = union.new.remove(&recorded.event.id)?;
            Some(recorded)
        };
        let mut rest: Vec<StoredEvent> = events.into_iter().filter_map(new).collect();
        let first = rest.iter().map(StoredEvent::key).chain(union.moves.take()).min();
        let Some(first) = first else { return Ok(0) };
        let place = find::place(transaction, path, self.head.count(), first)?;
        let taken = self.head.take_from(transaction, path, place)?;
        let moved = taken.len();
        let mut before = FxHashSet::default();
        for kept in taken {
            let mut recorded = kept.recorded;
            let subject = &recorded.event.entry.subject;
            if !before.contains(subject) {
                before.insert(subject.clone());
                union.last.insert(subject.clone(), kept.prev);
            }
            if let Some(ord) = union.labels.get(&recorded.event.id) {
                recorded.ord = *ord;
            }
            rest.push(recorded);
        }
        rest.sort_unstable_by_key(StoredEvent::key);
        for recorded in rest {
            let subject = &recorded.event.entry.subject;
            let before = match union.last.get(subject) {
                Some(before) => *before,
                None => standing::subject(transaction, subject).map_err(told)?.0,
            };
            let seq = self.head.insert(transaction, path, &recorded, before)?;
            union.last.insert(recorded.event.entry.subject, Some(seq));
        }
        Ok(moved)
    }

    /// Makes the standing what follows from all that was taken up.
    ///
    /// # Errors
    /// The record cannot be read or written.
    pub(crate) fn took_up(&mut self, union: Union) -> Result<()> {
        let (transaction, path) = (&self.reading.transaction, self.reading.path);
        let told = |error| explain(path, error);
        synced::relabelled(transaction, union.labels.keys()).map_err(told)?;
        let erased = log::redacted(transaction).map_err(told)?;
        for (subject, last) in union.last {
            if let Some(last) = last {
                // Whichever came first, the text or what erases it.
                if erased.contains(subject.as_str()) {
                    erase::of_subject(transaction, path, last)?;
                }
                self.fold(&subject, last)?;
            }
        }
        Ok(())
    }
}

/// What parts of another log bring, each of which is taken whole or not at all.
#[derive(Debug)]
pub(crate) struct Sifted {
    /// What is to be done for those that can be taken.
    pub union: Union,
    /// The parts that cannot be taken, each with an event that is here, or in another part, with another content.
    pub refused: FxHashMap<usize, Uuid>,
}

impl Reading<'_> {
    /// Says what parts of another log bring, in which an event can be more than once.
    ///
    /// # Errors
    /// The record cannot be read.
    pub(crate) fn sift(&self, parts: &[&[Mark]]) -> Result<Sifted> {
        let count = log::Head::read(&self.transaction, self.path)?.count();
        let mut refused = FxHashMap::default();
        loop {
            let marks = distinct(parts, &mut refused);
            let union = self.compared(&marks, count)?;
            let of = |at: &usize| marks.get(*at).map(|one| one.event);
            let others: FxHashSet<Uuid> =
                union.two_facts.iter().filter_map(|(at, _)| of(at)).collect();
            if others.is_empty() {
                return Ok(Sifted { union, refused });
            }
            for (at, part) in parts.iter().enumerate() {
                if let Some(one) = part.iter().find(|one| others.contains(&one.event)) {
                    refused.insert(at, one.event);
                }
            }
        }
    }

    /// What is to be done for these events, in whatever order. Few are looked for by their places, for many all
    /// of the log is read.
    fn compared(&self, events: &[Mark], count: i64) -> Result<Union> {
        let ids = events.iter().enumerate().map(|(at, one)| (one.event, at));
        let mut new: FxHashMap<Uuid, usize> = ids.collect();
        let mut union = Union::default();
        let (transaction, path) = (&self.transaction, self.path);
        let few = i64::try_from(events.len()).is_ok_and(|few| few.saturating_mul(A_SEARCH) < count);
        if few {
            for (at, theirs) in events.iter().enumerate() {
                let id = theirs.event;
                if let Some((seq, checksum, ord)) = find::find(transaction, path, count, id)? {
                    new.remove(&id);
                    union.meets(at, theirs, seq, checksum, ord);
                }
            }
        } else {
            let mut seq = 0;
            log::oldest_first(transaction, path, 1, |kept| {
                let own = kept.recorded;
                seq += 1;
                let found = new.remove(&own.event.id);
                if let Some((at, theirs)) = found.and_then(|at| Some((at, events.get(at)?))) {
                    union.meets(at, theirs, seq, own.checksum, own.ord);
                }
                Ok(())
            })?;
        }
        union.new =
            new.into_iter().map(|(id, at)| (id, events.get(at).and_then(|one| one.ord))).collect();
        Ok(union)
    }
}

/// The events of the parts that are not refused, each once, with the smallest of its labels. A part with another
/// content of one is refused.
fn distinct(parts: &[&[Mark]], refused: &mut FxHashMap<usize, Uuid>) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::with_capacity(parts.iter().map(|part| part.len()).sum());
    let mut places: FxHashMap<Uuid, usize> = FxHashMap::default();
    for (at, part) in parts.iter().enumerate() {
        if refused.contains_key(&at) {
            continue;
        }
        let first = |id: &Uuid| marks.get(*places.get(id)?);
        let other =
            |one: &&Mark| first(&one.event).is_some_and(|first| first.checksum != one.checksum);
        if let Some(other) = part.iter().find(other) {
            refused.insert(at, other.event);
            continue;
        }
        for one in *part {
            let place = *places.entry(one.event).or_insert(marks.len());
            match marks.get_mut(place) {
                Some(there) => there.ord = smaller_label(there.ord, one.ord),
                None => marks.push(*one),
            }
        }
    }
    marks
}

impl Union {
    /// An event is here as well.
    fn meets(&mut self, at: usize, theirs: &Mark, seq: i64, checksum: i64, own: Option<Uuid>) {
        if theirs.checksum != checksum {
            self.two_facts.push((at, seq));
            return;
        }
        let ord = smaller_label(own, theirs.ord);
        if ord != own {
            let id = theirs.event;
            self.labels.insert(id, ord);
            let first = Key::of(id, own).min(Key::of(id, ord));
            self.moves = Some(self.moves.map_or(first, |moves| moves.min(first)));
        }
    }
}

#[cfg(test)]
mod tests;
