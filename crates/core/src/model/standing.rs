//! The state of every item, as it follows from the events.
//!
//! `fold` is the definition: the standing is the fold of the log. The store keeps the standing
//! beside the log so that no command has to fold; [`SubjectState::fold`] brings one subject up to date
//! after an undo.

#[cfg(any(test, feature = "internals"))]
mod fold;
mod subject;

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;
use milepost_path::{Ref, RefTarget};
use rustc_hash::FxHashMap;

use super::away::Away;
use super::effort::Effort;
use super::event::{Event, EventKind};
#[cfg(any(test, feature = "internals"))]
pub use fold::fold;
pub use subject::{Answer, Assessment, Dated, Following, ItemState, Status, SubjectState};

/// The state of everything.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Standing {
    /// By path and id, so that a look-up builds no reference. Every view looks at every item, some
    /// more than once, so the hash is a quick one; the keys are the user's own.
    items: FxHashMap<String, FxHashMap<String, ItemState>>,
    following: BTreeMap<String, Following>,
    areas: BTreeMap<String, Vec<Assessment>>,
    answers: BTreeMap<Ref, Vec<Answer>>,
    /// Sorted by the first day.
    away: Vec<Away>,
    /// Sorted by subject and day.
    efforts: Vec<Effort>,
}

impl Standing {
    /// The stretches of days away from study, sorted by the first day. Those of two machines can
    /// overlap.
    pub fn away(&self) -> &[Away] {
        &self.away
    }

    /// The time that was spent, by subject and day. What does not ask the record for it has none.
    pub(crate) fn efforts(&self) -> &[Effort] {
        &self.efforts
    }

    /// The time that was spent on what is kept under a reference, day by day.
    pub(crate) fn efforts_on(&self, subject: &Ref) -> &[Effort] {
        let from = self.efforts.partition_point(|effort| effort.subject < *subject);
        let rest = self.efforts.get(from..).unwrap_or_default();
        let many = rest.partition_point(|effort| effort.subject == *subject);
        rest.get(..many).unwrap_or_default()
    }

    /// Whether time was spent on a node of a path.
    pub(crate) fn has_efforts_in(&self, path: &str) -> bool {
        let first = Ref::node(path, "");
        let at = self.efforts.partition_point(|effort| effort.subject < first);
        self.efforts.get(at).is_some_and(|effort| effort.subject.path() == path)
    }

    /// Puts the time that was spent in place, in whatever order.
    pub fn put_efforts(&mut self, mut efforts: Vec<Effort>) {
        let key =
            |one: &Effort, other: &Effort| (&one.subject, one.on).cmp(&(&other.subject, other.on));
        efforts.sort_by(key);
        self.efforts = efforts;
    }

    /// The state of an item; `None` if nothing was ever said of it.
    pub(crate) fn item(&self, path: &str, id: &str) -> Option<&ItemState> {
        self.items.get(path)?.get(id)
    }

    /// The state that is kept under a reference.
    pub(crate) fn item_at(&self, reference: &Ref) -> Option<&ItemState> {
        self.item(reference.path(), reference.id()?)
    }

    /// The paths that are followed, by id.
    pub fn following(&self) -> &BTreeMap<String, Following> {
        &self.following
    }

    /// Takes what is followed under one id for followed under another: since the earlier day, with
    /// the goals that were said of the other if there are any.
    pub(crate) fn follow_as(&mut self, old: &str, new: &str) {
        let Some(before) = self.following.remove(old) else {
            return;
        };
        let now = self.following.entry(new.to_owned()).or_insert_with(|| before.clone());
        now.since = now.since.min(before.since);
    }

    /// Ids of the followed paths in the order in which they were begun.
    pub fn followed_ids(&self) -> Vec<&str> {
        let mut ids: Vec<(&NaiveDate, &str)> =
            self.following.iter().map(|(id, f)| (&f.since, id.as_str())).collect();
        ids.sort();
        ids.into_iter().map(|(_, id)| id).collect()
    }

    /// The assessments of a skill area, oldest first.
    pub fn assessments(&self, area: &str) -> &[Assessment] {
        self.areas.get(area).map_or(&[], Vec::as_slice)
    }

    /// The skill areas that were assessed, by id, with their assessments.
    pub(crate) fn assessed(&self) -> &BTreeMap<String, Vec<Assessment>> {
        &self.areas
    }

    /// The answers to an interview question, oldest first.
    pub(crate) fn answers(&self, question: &Ref) -> &[Answer] {
        self.answers.get(question).map_or(&[], Vec::as_slice)
    }

    /// The interview questions that were answered, with their answers.
    pub(crate) fn answered(&self) -> &BTreeMap<Ref, Vec<Answer>> {
        &self.answers
    }

    /// All items of which something is known, by reference, sorted.
    pub fn items(&self) -> Vec<(Ref, &ItemState)> {
        let mut items: Vec<_> = self
            .items
            .iter()
            .flat_map(|(path, items)| {
                items.iter().map(move |(id, state)| (Ref::node(path, id), state))
            })
            .collect();
        items.sort_by(|a, b| a.0.cmp(&b.0));
        items
    }

    /// The ids of the paths of which items are known, in no order.
    pub(crate) fn paths_of_items(&self) -> impl Iterator<Item = &str> {
        self.items.keys().map(String::as_str)
    }

    /// What is known of the items of a path, by id, in no order.
    pub(crate) fn items_of(&self, path: &str) -> impl Iterator<Item = (&str, &ItemState)> {
        let items = self.items.get(path).into_iter().flatten();
        items.map(|(id, state)| (id.as_str(), state))
    }

    /// Whether something is left out of plans until later than a day.
    pub(crate) fn has_snoozed(&self, today: NaiveDate) -> bool {
        let mut items = self.items.values().flat_map(FxHashMap::values);
        items.any(|item| item.snoozed_until.is_some_and(|until| until > today))
    }

    /// Puts the state of one subject in place; none forgets it. A state that is not of the kind
    /// that the reference names is none.
    pub fn put(&mut self, subject: &Ref, state: Option<SubjectState>) {
        match (subject.target(), state) {
            (RefTarget::Path, Some(SubjectState::Path(following))) => {
                self.following.insert(subject.path().to_owned(), following);
            }
            (RefTarget::Path, _) => {
                self.following.remove(subject.path());
            }
            (RefTarget::Area(id), Some(SubjectState::Area(assessments))) => {
                self.areas.insert(id.to_owned(), assessments);
            }
            (RefTarget::Area(id), _) => {
                self.areas.remove(id);
            }
            (RefTarget::Question(_), Some(SubjectState::Question(answers))) => {
                self.answers.insert(subject.clone(), answers);
            }
            (RefTarget::Question(_), _) => {
                self.answers.remove(subject);
            }
            (RefTarget::Away(day), state) => {
                let Ok(from) = day.parse() else { return };
                self.away.retain(|away| away.from != from);
                if let Some(SubjectState::Away { to, why }) = state {
                    let at = self.away.partition_point(|away| away.from < from);
                    self.away.insert(at, Away { from, to, why });
                }
            }
            (RefTarget::Node(id), Some(SubjectState::Item(item))) => {
                self.items
                    .entry(subject.path().to_owned())
                    .or_default()
                    .insert(id.to_owned(), item);
            }
            (RefTarget::Node(id), _) => {
                if let Some(items) = self.items.get_mut(subject.path()) {
                    items.remove(id);
                    if items.is_empty() {
                        self.items.remove(subject.path());
                    }
                }
            }
        }
    }

    /// The state of one subject.
    pub fn subject(&self, subject: &Ref) -> Option<SubjectState> {
        match subject.target() {
            RefTarget::Path => self.following.get(subject.path()).cloned().map(SubjectState::Path),
            RefTarget::Area(id) => self.areas.get(id).cloned().map(SubjectState::Area),
            RefTarget::Question(_) => {
                self.answers.get(subject).cloned().map(SubjectState::Question)
            }
            RefTarget::Node(id) => self.item(subject.path(), id).cloned().map(SubjectState::Item),
            RefTarget::Away(day) => {
                let from = day.parse().ok()?;
                let Away { to, why, .. } = self.away.iter().find(|away| away.from == from)?.clone();
                Some(SubjectState::Away { to, why })
            }
        }
    }
}

/// Of the events of one subject, in the order of the log, those that were not taken back.
pub(crate) fn counting<'a>(events: impl IntoIterator<Item = &'a Event>) -> Vec<&'a Event> {
    let mut events: Vec<&Event> = events.into_iter().collect();
    let mut undone = HashSet::new();
    for event in &events {
        match event.entry.fact {
            EventKind::Undone(id) => undone.insert(id),
            EventKind::Redone(id) => undone.remove(&id),
            _ => false,
        };
    }
    events.retain(|event| !undone.contains(&event.id));
    events
}

#[cfg(test)]
pub(super) mod tests;
