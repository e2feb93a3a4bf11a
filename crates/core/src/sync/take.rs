//! How segments are taken up: all events of those that are sound, in one transaction with what is known of
//! the remote afterwards.

use rustc_hash::{FxHashMap, FxHashSet};
use uuid::Uuid;

use super::conflict::{Conflict, Marked};
use super::error::SyncError;
use super::remote::Name;
use super::segment::{Fault, Seal};
use crate::model::event::StoredEvent;
use crate::model::order::smaller_label;
use crate::store::synced::{Linked, Mark};
use crate::store::{self, Stamp, Store, StoreError, Writing};

/// A segment that was not taken. It is tried again with the next sync.
#[derive(Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Its name.
    pub name: Name,
    /// Why.
    pub fault: Fault,
}

/// The record was copied or restored, so it goes on as another device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Renamed {
    /// What it was.
    pub before: Uuid,
    /// What it is now.
    pub now: Uuid,
}

/// The events of a segment.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) name: Name,
    /// What the machine is called that sent it.
    pub(super) machine: Option<String>,
    pub(super) events: Vec<StoredEvent>,
}

impl Part {
    /// Opens what was found under a name.
    pub(super) fn open(seal: &Seal, name: Name, found: Option<&[u8]>) -> Result<Self, Skipped> {
        let opened = seal.open(&name, found, store::FORM).and_then(|opened| {
            let id = |at: usize| opened.events.get(at).map(|one| one.event.id).unwrap_or_default();
            match store::check(&opened.events) {
                Ok(()) => Ok(opened),
                Err(StoreError::Event(at, _)) => Err(Fault::Event(id(at))),
                Err(error) => Err(Fault::Damaged(error.to_string())),
            }
        });
        match opened {
            Ok(opened) => Ok(Self { name, machine: opened.machine, events: opened.events }),
            Err(fault) => Err(Skipped { name, fault }),
        }
    }
}

/// What came of some segments.
#[derive(Debug, Default)]
pub(super) struct Took {
    /// The events that are new here.
    pub(super) new: FxHashSet<Uuid>,
    /// All that were in segments that were taken.
    pub(super) marks: Vec<Mark>,
    pub(super) skipped: Vec<Skipped>,
    pub(super) conflicts: Vec<Conflict>,
    pub(super) renamed: Option<Renamed>,
}

/// How the segments are to be taken.
#[derive(Debug, Clone, Copy)]
pub(super) struct How<'a> {
    pub(super) stamp: Stamp,
    /// That nothing is to be taken for granted of what is there, and which segments are there no more.
    pub(super) afresh: Option<&'a [Name]>,
    /// Whether one of them is of the record's own stream, and not of the record.
    pub(super) is_copied: bool,
    /// Whether nothing is to be kept.
    pub(super) dry_run: bool,
}

/// Takes up segments in one transaction. What their events erase is not left in the file.
pub(super) fn take(
    store: &mut Store,
    remote: &str,
    parts: Vec<Part>,
    how: How<'_>,
) -> Result<Took, SyncError> {
    let events = parts.iter().flat_map(|part| &part.events);
    let is_erasing = store.read()?.erases(events)?;
    let change = |writing: &mut Writing<'_>, (): &()| {
        let linked = writing.reading().remote(remote)?;
        let linked = linked.ok_or_else(|| SyncError::NoRemote(remote.to_owned()))?;
        into(writing, linked, parts, how)
    };
    if how.dry_run {
        return change(&mut store.write(how.stamp)?, &());
    }
    if is_erasing {
        return store.write_anew(how.stamp, |_| Ok::<(), SyncError>(()), change);
    }
    let mut writing = store.write(how.stamp)?;
    let took = change(&mut writing, &())?;
    writing.commit()?;
    Ok(took)
}

/// Takes up segments, as part of a transaction.
pub(super) fn into(
    writing: &mut Writing<'_>,
    linked: Linked,
    parts: Vec<Part>,
    how: How<'_>,
) -> Result<Took, SyncError> {
    let mut took = Took::default();
    let slices: Vec<&[StoredEvent]> = parts.iter().map(|part| part.events.as_slice()).collect();
    let sifted = writing.reading().sift(&slices)?;
    let mut accepted = Vec::with_capacity(parts.len());
    for (at, part) in parts.into_iter().enumerate() {
        match sifted.refused.get(&at) {
            Some(event) => {
                took.skipped.push(Skipped { name: part.name, fault: Fault::TwoFacts(*event) });
            }
            None => accepted.push(part),
        }
    }
    let marked = Marked::of(&linked, &accepted, &sifted.new);
    let names: Vec<Name> = accepted.iter().map(|part| part.name).collect();
    took.marks = accepted.iter().flat_map(|part| &part.events).map(Mark::of).collect();
    writing.merge(distinct(accepted), None)?;
    took.conflicts = marked.find(writing.reading(), &linked)?;
    if let Some(lost) = how.afresh {
        writing.forget_what_is_there(&linked, lost.iter().map(Name::pack))?;
    }
    writing.note_sent(&linked, &took.marks)?;
    writing.note_taken(&linked, names.iter().map(Name::pack))?;
    if linked.is_shared {
        // Others write under the same numbers, which is no harm; it is easier to read when they rise.
        let own = names.iter().filter(|name| name.stream == linked.stream);
        writing.put_out(&linked, own.map(|name| name.number).max().unwrap_or(0), &[])?;
    } else if how.is_copied {
        let (before, now) = (writing.reading().device()?, Uuid::new_v4());
        writing.begin_anew(now)?;
        took.renamed = Some(Renamed { before, now });
    }
    took.new = sifted.new;
    Ok(took)
}

/// All events of some segments, each once, with the smallest of its labels.
fn distinct(parts: Vec<Part>) -> Vec<StoredEvent> {
    let mut events: Vec<StoredEvent> =
        Vec::with_capacity(parts.iter().map(|part| part.events.len()).sum());
    let mut places: FxHashMap<Uuid, usize> = FxHashMap::default();
    for recorded in parts.into_iter().flat_map(|part| part.events) {
        let place = *places.entry(recorded.event.id).or_insert(events.len());
        match events.get_mut(place) {
            Some(there) => there.ord = smaller_label(there.ord, recorded.ord),
            None => events.push(recorded),
        }
    }
    events
}
