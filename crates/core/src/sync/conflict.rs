//! Items that two machines marked without knowledge of each other. Nobody has to decide anything: the mark
//! that is later in the order of the log counts everywhere, and the learner is told.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use milepost_path::Ref;
use rustc_hash::{FxHashMap, FxHashSet};
use uuid::Uuid;

use crate::model::event::{Event, EventKind, StoredEvent};
use crate::model::standing::{Status, counting};
use crate::store::synced::Linked;
use crate::store::{Reading, StoreError, Union};

/// An item that was marked here and on another machine, each without knowledge of the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The item.
    pub subject: Ref,
    /// Its title, as it was recorded.
    pub title: Option<String>,
    /// What was said here.
    pub ours: Side,
    /// What was said there.
    pub theirs: Side,
    /// Whether what was said here counts.
    pub ours_counts: bool,
}

/// What one of two machines said of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The status.
    pub status: Status,
    /// The day that it was said for.
    pub on: NaiveDate,
    /// The device that said it.
    pub device: Uuid,
    /// What its machine is called, where that is known.
    pub machine: Option<String>,
}

/// What has just come that marks an item.
#[derive(Debug, Default)]
pub(super) struct Marked {
    items: BTreeSet<Ref>,
    /// By the id of the event, what its machine is called.
    machines: FxHashMap<Uuid, Option<String>>,
    /// All that has come: what was here already was known there.
    there: FxHashSet<Uuid>,
}

impl Marked {
    /// Adds what came from a machine, some of which is new here. Who has nothing to send can be in no conflict.
    pub(super) fn add(
        &mut self,
        remote: &Linked,
        machine: Option<&str>,
        events: &[StoredEvent],
        union: &Union,
    ) {
        if remote.waiting == 0 {
            return;
        }
        for StoredEvent { event, .. } in events {
            self.there.insert(event.id);
            if status(event).is_some() && union.new.contains_key(&event.id) {
                self.items.insert(event.entry.subject.clone());
                self.machines.insert(event.id, machine.map(str::to_owned));
            }
        }
    }

    /// What of it was marked here meanwhile. The record has all of it by now; the remote has nothing more.
    pub(super) fn find(
        &self,
        reading: &Reading<'_>,
        remote: &Linked,
    ) -> Result<Vec<Conflict>, StoreError> {
        let mut conflicts = Vec::new();
        for item in &self.items {
            let events = reading.events_of(item)?;
            let (mut ours, mut theirs) = (None, None);
            for (place, event) in counting(&events).into_iter().enumerate() {
                let Some(status) = status(event) else { continue };
                if self.machines.contains_key(&event.id) {
                    theirs = Some((place, status, event));
                } else if !self.there.contains(&event.id) && !reading.is_sent(remote, event.id)? {
                    ours = Some((place, status, event));
                }
            }
            let (Some((here, ours, our)), Some((there, theirs, their))) = (ours, theirs) else {
                continue;
            };
            if ours != theirs {
                let machine = self.machines.get(&their.id).cloned().flatten();
                conflicts.push(Conflict {
                    subject: item.clone(),
                    title: [our, their].iter().find_map(|event| event.entry.title.clone()),
                    ours: side(ours, our, remote.machine.clone()),
                    theirs: side(theirs, their, machine),
                    ours_counts: here > there,
                });
            }
        }
        Ok(conflicts)
    }
}

fn status(event: &Event) -> Option<Status> {
    match event.entry.fact {
        EventKind::Marked { status, .. } => Some(status),
        _ => None,
    }
}

fn side(status: Status, event: &Event, machine: Option<String>) -> Side {
    Side { status, on: event.on, device: event.device, machine }
}
