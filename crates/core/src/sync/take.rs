//! How segments are taken up: all events of those that are sound, in one transaction with what is known of
//! the remote afterwards.

use rustc_hash::FxHashSet;
use uuid::Uuid;

use super::conflict::{Conflict, Marked};
use super::error::SyncError;
use super::remote::Name;
use super::segment::{Fault, Opened, Seal};
use crate::model::event::{EventKind, StoredEvent};
use crate::model::order::Key;
use crate::store::synced::{Linked, Mark};
use crate::store::{self, Reading, Sifted, Stamp, Store, StoreError, Writing};

/// How long the lines are of the segments that are open at once. What the tests share is little.
const AT_ONCE: usize = if cfg!(test) { 1 << 10 } else { 6 << 20 };

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

/// A segment that was opened and can be taken.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) name: Name,
    /// What the machine is called that sent it.
    machine: Option<String>,
    /// Its events, in short.
    marks: Vec<Mark>,
    /// Whether one of its events erases a text.
    is_erasing: bool,
    /// How long its lines are.
    length: usize,
    content: Content,
}

/// What a segment holds.
#[derive(Debug)]
enum Content {
    Events(Vec<StoredEvent>),
    /// As it was sealed, a tenth of what its events need: it is opened again when it is taken.
    Sealed(Vec<u8>),
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
        let Opened { machine, events, length } = opened.map_err(|fault| Skipped { name, fault })?;
        let is_erasing =
            events.iter().any(|one| matches!(one.event.entry.fact, EventKind::Redacted(_)));
        let marks = events.iter().map(Mark::of).collect();
        Ok(Self { name, machine, marks, is_erasing, length, content: Content::Events(events) })
    }

    /// Its events, if they are at hand.
    pub(super) fn events(&self) -> &[StoredEvent] {
        match &self.content {
            Content::Events(events) => events,
            Content::Sealed(_) => &[],
        }
    }

    /// Keeps what it was opened from in place of its events.
    pub(super) fn close(self, sealed: Vec<u8>) -> Self {
        Self { content: Content::Sealed(sealed), ..self }
    }

    /// Where its first event stands.
    fn first(&self) -> Option<Key> {
        self.marks.iter().map(Mark::key).min()
    }
}

impl Content {
    fn open(self, seal: &Seal, name: &Name) -> Result<Vec<StoredEvent>, Fault> {
        match self {
            Self::Events(events) => Ok(events),
            // These bytes were opened before, and what the events say was looked at.
            Self::Sealed(sealed) => Ok(seal.open(name, Some(&sealed), store::FORM)?.events),
        }
    }
}

/// The events of each, in short.
pub(super) fn marks(parts: &[Part]) -> Vec<&[Mark]> {
    parts.iter().map(|part| part.marks.as_slice()).collect()
}

/// Whether something must be erased when these segments are taken: one of their events erases, or a text of one
/// was erased here.
pub(super) fn are_erasing(reading: &Reading<'_>, parts: &[Part]) -> Result<bool, StoreError> {
    let ids = parts.iter().flat_map(|part| &part.marks).map(|mark| mark.event);
    Ok(parts.iter().any(|part| part.is_erasing) || reading.has_erased_of(ids)?)
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
    /// If given, what is known of the remote is forgotten; these segments are gone from it.
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
    seal: &Seal,
    parts: Vec<Part>,
    how: How<'_>,
) -> Result<Took, SyncError> {
    let is_erasing = are_erasing(&store.read()?, &parts)?;
    let change = |writing: &mut Writing<'_>, (): &()| {
        let linked = writing.reading().remote(remote)?;
        let linked = linked.ok_or_else(|| SyncError::NoRemote(remote.to_owned()))?;
        into(writing, linked, seal, parts, how)
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
    seal: &Seal,
    parts: Vec<Part>,
    how: How<'_>,
) -> Result<Took, SyncError> {
    let mut took = Took::default();
    let Sifted { mut union, refused } = writing.reading().sift(&marks(&parts))?;
    let mut accepted = Vec::with_capacity(parts.len());
    for (at, part) in parts.into_iter().enumerate() {
        match refused.get(&at) {
            Some(event) => {
                took.skipped.push(Skipped { name: part.name, fault: Fault::TwoFacts(*event) });
            }
            None => accepted.push(part),
        }
    }
    took.new = union.new.keys().copied().collect();
    // As they stand in the log, so that most are appended.
    milepost_path::sort::by_key(&mut accepted, Part::first);
    let mut marked = Marked::default();
    let mut names = Vec::with_capacity(accepted.len());
    let mut accepted = accepted.into_iter().peekable();
    let mut moved = 0;
    while accepted.peek().is_some() {
        let mut batch = Batch { least: moved, ..Batch::default() };
        let mut events = Vec::new();
        while let Some(part) = accepted.next_if(|_| !batch.is_full()) {
            batch.add(&part);
            let Part { name, machine, marks, content, .. } = part;
            match content.open(seal, &name) {
                Ok(found) => {
                    marked.add(&linked, machine.as_deref(), &found, &union);
                    names.push(name);
                    took.marks.extend(marks);
                    events.extend(found);
                }
                Err(fault) => took.skipped.push(Skipped { name, fault }),
            }
        }
        moved = writing.take_up(&mut union, events)?;
    }
    took.new.retain(|id| !union.new.contains_key(id));
    writing.took_up(union)?;
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
    Ok(took)
}

/// Segments that are open at once. Memory is bounded by what they hold.
#[derive(Debug, Default)]
pub(super) struct Batch {
    length: usize,
    events: usize,
    /// As many as the last time got other places in the log: else a log that mixes with ours would be
    /// moved again for each few that come.
    least: usize,
}

impl Batch {
    pub(super) fn add(&mut self, part: &Part) {
        self.length += part.length;
        self.events += part.marks.len();
    }

    pub(super) fn is_full(&self) -> bool {
        self.length >= AT_ONCE && self.events >= self.least
    }
}
