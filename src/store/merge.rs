//! Taking up the events of another log: all that are not there yet, or none.
//!
//! Two logs become one by union: an event is there once, whoever brings it. Their order is that of
//! [`crate::model::interleave`], so that whichever of two records takes up the other, both say the
//! same afterwards. The events from the first new one on get other numbers and other seals by
//! that; what they say, and their checksums, stay.

use rustc_hash::FxHashMap;
use uuid::Uuid;

use super::error::{Damage, EventFault, Result, StoreError};
use super::failure::{damaged, explain};
use super::{Writing, fits, is_sound, log, standing};
use crate::model::event::Recorded;
use crate::model::interleave::{Moment, Place, Theirs, interleave};
use crate::model::roadmap::Ref;

/// What became of the events of another log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merged {
    /// How many were new.
    pub added: usize,
    /// How many were there already.
    pub unchanged: usize,
}

/// Refuses a log that cannot be taken up: an event is not what was recorded, or is there twice, or
/// the device that it belongs to wrote none of it.
///
/// # Errors
/// As said, with the number of the event, counted from 1.
pub fn check(device: Uuid, events: &[Recorded]) -> Result<()> {
    let mut ids = std::collections::HashSet::with_capacity(events.len());
    for (at, recorded) in events.iter().enumerate() {
        let Recorded { event, payload, checksum } = recorded;
        let refused = |fault| StoreError::Event(at, fault);
        if log::checksum_of(event, payload) != *checksum {
            return Err(refused(EventFault::Changed));
        }
        if !ids.insert(event.id) {
            return Err(refused(EventFault::Twice));
        }
        let fits = is_sound(&event.entry.subject).and_then(|()| fits(&event.entry));
        fits.map_err(|error| refused(EventFault::Unfit(Box::new(error))))?;
    }
    if !events.is_empty() && events.iter().all(|recorded| recorded.event.device != device) {
        return Err(StoreError::StrangeDevice);
    }
    Ok(())
}

impl Writing<'_> {
    /// Takes up the events of another log, oldest first, which [`check`] has not refused. A record
    /// without an event becomes that of the other's device: they are equal then.
    ///
    /// # Errors
    /// An event is there with another content; or the record cannot be read or written.
    pub fn merge(&mut self, device: Uuid, events: Vec<Recorded>) -> Result<Merged> {
        let (theirs, own) = self.compared(&events)?;
        let added = theirs.iter().filter(|one| matches!(one, Theirs::New(_))).count();
        let merged = Merged { added, unchanged: theirs.len() - added };
        if added == 0 {
            return Ok(merged);
        }
        let path = self.reading.path;
        if own.is_empty() {
            self.head.device = device;
        }
        let order = interleave(&own, &theirs);
        drop((own, theirs));
        // Up to the first new event everything stays in its place.
        let stays = order
            .iter()
            .enumerate()
            .position(|(at, place)| *place != Place::Own(at))
            .unwrap_or(order.len());
        let first = i64::try_from(stays + 1).unwrap_or(i64::MAX);
        let transaction = &self.reading.transaction;
        let told = |error| explain(path, error);
        let taken = self.head.take_from(transaction, path, first)?;
        // For each subject the number of its newest event so far.
        let mut last: FxHashMap<Ref, Option<i64>> = FxHashMap::default();
        for kept in &taken {
            last.entry(kept.recorded.event.entry.subject.clone()).or_insert(kept.prev);
        }
        let mut events: Vec<Option<Recorded>> = events.into_iter().map(Some).collect();
        let mut taken: Vec<Option<Recorded>> =
            taken.into_iter().map(|kept| Some(kept.recorded)).collect();
        for place in order.into_iter().skip(stays) {
            let found = match place {
                Place::Own(at) => at.checked_sub(stays).and_then(|at| taken.get_mut(at)),
                Place::Other(at) => events.get_mut(at),
            };
            let Some(recorded) = found.and_then(Option::take) else {
                return Err(damaged(path, Damage::LogChanged));
            };
            let subject = &recorded.event.entry.subject;
            let before = match last.get(subject) {
                Some(before) => *before,
                None => standing::subject(transaction, subject).map_err(told)?.0,
            };
            let seq = self.head.insert(transaction, path, &recorded, before)?;
            last.insert(recorded.event.entry.subject, Some(seq));
        }
        for (subject, last) in last {
            if let Some(last) = last {
                self.fold(&subject, last)?;
            }
        }
        Ok(merged)
    }

    /// What of their events is here already and where, and when one's own came.
    fn compared(&self, events: &[Recorded]) -> Result<(Vec<Theirs>, Vec<Moment>)> {
        let mut own = Vec::new();
        let mut places: FxHashMap<Uuid, (usize, i64)> = FxHashMap::default();
        log::oldest_first(&self.reading.transaction, self.reading.path, 1, |kept| {
            places.insert(kept.recorded.event.id, (own.len(), kept.recorded.checksum));
            own.push(moment(&kept.recorded));
            Ok(())
        })?;
        let mut theirs = Vec::with_capacity(events.len());
        for (at, recorded) in events.iter().enumerate() {
            theirs.push(match places.get(&recorded.event.id) {
                None => Theirs::New(moment(recorded)),
                Some((place, checksum)) if *checksum == recorded.checksum => Theirs::Shared(*place),
                Some((place, _)) => {
                    return Err(StoreError::TwoFacts(at, *place));
                }
            });
        }
        Ok((theirs, own))
    }
}

fn moment(recorded: &Recorded) -> Moment {
    Moment { at: recorded.event.at.timestamp_millis(), command: recorded.event.command }
}

#[cfg(test)]
mod tests;
