//! Paths and standing seen together: the status of an item, what is ready and what holds it back.
//!
//! An item's progress is kept under one reference, its own or that of the item which it is the same
//! as. What was recorded before an item was renamed (`replaces`) or tied to another (`same_as`) still
//! counts, until it is marked again; what was said of it then stays said. So it is with what was
//! recorded under the id that a whole path had before, while no path with that id is installed.

mod places;
mod requirements;

use std::collections::HashSet;

use chrono::NaiveDate;
use milepost_path::{Item, Node, PathQuestion, Ref, Shelf, sort};

use super::counting;
use super::effort::{self, Effort};
use super::form;
use super::marking::Target;
use super::standing::{Answer, Dated, ItemState, Status};
use super::states::States;
pub use places::progress_ref;
pub(crate) use places::tied;
pub(crate) use places::{
    all_places, former_refs, names_here, places_of, question_places, recorded_refs,
};
use places::{groups, is_plain};
pub(crate) use requirements::{RequirementCache, gated_nodes, requirable_refs};

/// The paths and the standing together.
#[derive(Clone, Copy)]
pub struct Learner<'a> {
    /// Where the paths are.
    pub shelf: &'a dyn Shelf,
    /// The state of every item.
    pub standing: &'a dyn States,
}

/// How much a status says of what was merged: what is done stays done.
fn weight(status: Status) -> u8 {
    match status {
        Status::Done => 3,
        Status::Doing => 2,
        Status::Skipped => 1,
        Status::Todo => 0,
    }
}

impl<'a> Learner<'a> {
    /// The state of an item; `None` if nothing was ever said of it. Where it was recorded under
    /// several references, this has its status; [`Learner::notes`] and [`Learner::evidence`] have what
    /// was said under any of them.
    pub(crate) fn state(&self, item: &Item<'_>) -> Option<&'a ItemState> {
        if is_plain(item) {
            return self.standing.item(&item.roadmap.id, item.id());
        }
        if item.tracked().same_as.is_none() {
            let own = self.standing.item(&item.roadmap.id, item.id());
            if own.is_some_and(ItemState::is_marked) {
                return own;
            }
            let states: Vec<&ItemState> =
                self.recorded(&Node::Item(*item)).map(|(_, state)| state).collect();
            let old = states.iter().skip(usize::from(own.is_some()));
            let marked = old.rev().filter(|state| state.is_marked());
            let marked = marked.max_by_key(|state| weight(state.status));
            return marked.or(states.first()).copied();
        }
        let groups = groups(self.shelf, item);
        let marked = groups.iter().find_map(|group| {
            let states = group.iter().filter_map(|place| self.standing.item_at(place));
            // The first of those that say as much, so that the last is looked at first.
            let marked: Vec<_> = states.filter(|state| state.is_marked()).collect();
            marked.into_iter().rev().max_by_key(|state| weight(state.status))
        });
        marked.or_else(|| self.states(item).first().copied())
    }

    /// What is recorded of a node that is the same as no other, with the ids of its path and of itself
    /// under which it is, those that it has now first. Each look at an item asks for it, and a path can
    /// have many old ids, so that only what is found costs more than a look-up.
    fn recorded<'n>(
        &self,
        node: &Node<'n>,
    ) -> impl Iterator<Item = ((&'n str, &'n str), &'a ItemState)> {
        let Self { shelf, standing } = *self;
        let roadmap = node.roadmap();
        let places = node.id().map(|id| places::all_ids(roadmap, id, node.replaces()));
        let found = places.into_iter().flatten().filter_map(move |place| {
            let (path, id) = place;
            standing.item(path, id).map(|state| (place, state))
        });
        found.filter(move |((path, _), _)| {
            *path == roadmap.id || shelf.roadmap(path).is_some_and(|one| one.id == roadmap.id)
        })
    }

    /// What is recorded of an item, where that which counts most is first.
    fn states(&self, item: &Item<'_>) -> Vec<&'a ItemState> {
        if is_plain(item) {
            return self.standing.item(&item.roadmap.id, item.id()).into_iter().collect();
        }
        match item.tracked().same_as {
            None => self.recorded(&Node::Item(*item)).map(|(_, state)| state).collect(),
            Some(_) => self.at(&recorded_refs(self.shelf, item)),
        }
    }

    /// What is recorded of a node: of a topic or stage what was said, under its old ids too.
    fn states_of(&self, node: &Node<'_>) -> Vec<&'a ItemState> {
        match node {
            Node::Item(item) => self.states(item),
            _ => self.recorded(node).map(|(_, state)| state).collect(),
        }
    }

    fn at(&self, places: &[Ref]) -> Vec<&'a ItemState> {
        places.iter().filter_map(|place| self.standing.item_at(place)).collect()
    }

    /// The answers to an interview question, under its old ids too; oldest first.
    pub fn answers(&self, asked: &PathQuestion<'_>) -> Vec<Answer> {
        let places = question_places(self.shelf, asked);
        // What is recorded under the id that it has now comes after what is of the same day.
        let answers = places.iter().rev().flat_map(|place| self.standing.all().answers(place));
        let mut answers: Vec<Answer> = answers.copied().collect();
        if places.len() > 1 {
            sort::by_key(&mut answers, |answer| answer.on);
        }
        answers
    }

    /// The time that was spent on a node itself, wherever it is recorded. Where the standing was read
    /// without the time, none.
    pub(crate) fn efforts(&self, node: &Node<'_>) -> Vec<&'a Effort> {
        let standing = self.standing.all();
        if standing.efforts().is_empty() {
            return Vec::new();
        }
        let is_tied = matches!(node, Node::Item(item) if item.tracked().same_as.is_some());
        let places = match node.id().filter(|_| !is_tied) {
            Some(id) => {
                let all = places::all_ids(node.roadmap(), id, node.replaces());
                let spent = all.filter(|(path, _)| standing.has_efforts_in(path));
                let here = spent.filter(|(path, _)| {
                    let own = &node.roadmap().id;
                    path == own || self.shelf.roadmap(path).is_some_and(|found| found.id == *own)
                });
                here.map(|(path, id)| Ref::node(path, id)).collect()
            }
            None => places_of(self.shelf, node),
        };
        places.iter().flat_map(|place| standing.efforts_on(place)).collect()
    }

    /// The time that was spent on a node itself, in minutes.
    pub(crate) fn minutes(&self, node: &Node<'_>) -> u32 {
        effort::sum(self.efforts(node))
    }

    /// The time that was spent on a node and on all that is in it, in minutes: each place once.
    pub(crate) fn minutes_within(&self, node: &Node<'_>) -> u32 {
        let efforts = self.standing.all().efforts();
        if efforts.is_empty() {
            return 0;
        }
        let places = all_places(self.shelf, node);
        effort::sum(efforts.iter().filter(|one| places.contains(&one.subject)))
    }

    /// Whether an item is shown: one that is retired only to those who have it in their record.
    pub(crate) fn is_shown(&self, item: &Item<'_>) -> bool {
        !item.tracked().retired || self.state(item).is_some()
    }

    /// The notes on an item, oldest first.
    pub(crate) fn notes(&self, item: &Item<'_>) -> Vec<&'a Dated> {
        self.notes_on(&Node::Item(*item))
    }

    /// The notes on a node, oldest first.
    pub fn notes_on(&self, node: &Node<'_>) -> Vec<&'a Dated> {
        in_time(self.states_of(node), |state| &state.notes)
    }

    /// The evidence for an item, oldest first, each once.
    pub(crate) fn evidence(&self, item: &Item<'_>) -> Vec<&'a Dated> {
        self.evidence_for(&Node::Item(*item))
    }

    /// The evidence for a node, oldest first, each once.
    pub fn evidence_for(&self, node: &Node<'_>) -> Vec<&'a Dated> {
        let mut evidence = in_time(self.states_of(node), |state| &state.evidence);
        let mut seen = HashSet::new();
        evidence.retain(|said| seen.insert(form::composed(&said.text)));
        evidence
    }

    /// The status of an item.
    pub fn status(&self, item: &Item<'_>) -> Status {
        self.state(item).map_or(Status::Todo, |state| state.status)
    }

    /// Whether an item is neither done nor skipped.
    pub fn is_open(&self, item: &Item<'_>) -> bool {
        self.status(item).is_open()
    }

    /// The reference under which the status of an item is recorded, or would be.
    pub(crate) fn marked_at(&self, item: &Item<'_>) -> Ref {
        if is_plain(item) {
            return item.reference();
        }
        let is_there = |place: &Ref| {
            let found = self.standing.item_at(place);
            found.zip(self.state(item)).is_some_and(|(one, other)| std::ptr::eq(one, other))
        };
        let marked = recorded_refs(self.shelf, item).into_iter().find(is_there);
        marked.unwrap_or_else(|| progress_ref(self.shelf, item))
    }

    /// An item as the target of a command.
    pub(crate) fn target(&self, item: &Item<'_>) -> Target {
        let said = |said: Vec<&Dated>| said.into_iter().cloned().collect();
        let state = self.state(item).map(|state| ItemState {
            notes: said(self.notes(item)),
            evidence: said(self.evidence(item)),
            snoozed_until: self.snoozed_until(&Node::Item(*item)),
            as_marked: state.as_marked.clone(),
            ..*state
        });
        let kept = progress_ref(self.shelf, item);
        Target {
            named: item.reference(),
            marked: self.marked_at(item),
            kept,
            title: item.title().to_owned(),
            state: state.unwrap_or_default(),
        }
    }

    /// Where it is recorded that a node is left out of plans, and the day until which it is: for an
    /// item what it is kept under says so first, and alone once it is marked.
    fn snooze(&self, node: &Node<'_>) -> Option<(Ref, NaiveDate)> {
        if let Node::Item(item) = node
            && is_plain(item)
        {
            let state = self.standing.item(&item.roadmap.id, item.id())?;
            return state.snoozed_until.map(|until| (item.reference(), until));
        }
        let says = |state: &ItemState| state.snoozed_until.is_some() || state.is_marked();
        let is_tied = matches!(node, Node::Item(item) if item.tracked().same_as.is_some());
        if !is_tied {
            let ((path, id), state) = self.recorded(node).find(|(_, state)| says(state))?;
            return state.snoozed_until.map(|until| (Ref::node(path, id), until));
        }
        let places = places_of(self.shelf, node);
        let mut states =
            places.iter().filter_map(|place| Some((place, self.standing.item_at(place)?)));
        let (place, state) = states.find(|(_, state)| says(state))?;
        Some((place.clone(), state.snoozed_until?))
    }

    /// The day until which a node itself is left out of plans, which can have passed.
    pub(crate) fn snoozed_until(&self, node: &Node<'_>) -> Option<NaiveDate> {
        self.snooze(node).map(|(_, until)| until)
    }

    /// A topic or an item as the target of a request to snooze it.
    pub(crate) fn snooze_target(&self, node: &Node<'_>) -> Target {
        let mut target = match node {
            Node::Item(item) => self.target(item),
            node => Target {
                named: node.reference(),
                kept: node.reference(),
                marked: node.reference(),
                title: node.title().to_owned(),
                state: ItemState::default(),
            },
        };
        if let Some((place, until)) = self.snooze(node) {
            target.kept = place;
            target.state.snoozed_until = Some(until);
        }
        target
    }

    /// Whether nothing is left of a node; see [`counting::is_finished`].
    pub fn is_finished(&self, node: &Node<'_>) -> bool {
        counting::is_finished(self, node)
    }
}

/// All that was said, in the order of its days; on one day in the order in which it was recorded.
fn in_time<'a>(
    states: Vec<&'a ItemState>,
    of: impl Fn(&'a ItemState) -> &'a Vec<Dated>,
) -> Vec<&'a Dated> {
    let count = states.len();
    let mut said: Vec<&Dated> = states.into_iter().flat_map(of).collect();
    in_order(&mut said, count, |said| said.on);
    said
}

/// Puts what was said in so many states in the order of its days. In one alone it stays in the order of
/// the log.
pub(super) fn in_order<T>(said: &mut [T], states: usize, on: impl Fn(&T) -> NaiveDate) {
    if states > 1 {
        sort::by_key(said, on);
    }
}

#[cfg(test)]
mod tests;
