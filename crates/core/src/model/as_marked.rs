//! What the path of an item made of it when it was marked. The event keeps it, because history belongs
//! to the record: activity and pace stay what they were when a path retires or removes an item, moves
//! it, or gives it other hours. Progress is the other side: a percentage reads the path as it is now.
//!
//! Events that are older than this say nothing of it. Then the path counts, and what a path no longer
//! has counts as something finished, without hours. So does a path for an item that was marked as the
//! same item of another path.

use milepost_path::{Item, Node, NodeKind, Ref, Roadmap, Shelf, find, sort};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::amounts;
use super::counting::{self, Counts};
use super::event::{EventKind, NewEvent};
use super::learner::{Learner, progress_ref};
use super::standing::{ItemState, Status};

/// An item as it was when it was marked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AsMarked {
    /// A skill, a resource or a milestone.
    pub kind: NodeKind,
    /// The topic in which it stood; the stage of a milestone.
    #[serde(rename = "in")]
    pub within: Ref,
    /// Its effort in hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<f64>,
    /// Whether a percentage counted it.
    #[serde(default, rename = "goal", skip_serializing_if = "std::ops::Not::not")]
    pub is_goal: bool,
    /// For a resource that teaches what a percentage counts: the hours of its topic's goals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<f64>,
    /// The criteria under which a milestone was done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<String>,
}

impl AsMarked {
    /// Whether it was marked as an item of this path, by whatever id the path had.
    fn is_of(&self, roadmap: &Roadmap) -> bool {
        let path = self.within.path();
        path == roadmap.id || roadmap.replaces.iter().any(|old| old == path)
    }

    /// Whether an item can have been like this.
    pub(crate) fn is_sound(&self) -> bool {
        let are_hours = |hours: Option<f64>| hours.is_none_or(|hours| (0.0..=1e9).contains(&hours));
        self.kind.is_item() && self.within.is_sound() && are_hours(self.hours) && are_hours(self.of)
    }
}

/// The criteria under which a milestone was done, where its path has others now; `None` if nobody
/// recorded them.
pub(crate) fn done_under<'a>(
    item: &Item<'_>,
    state: Option<&'a ItemState>,
) -> Option<&'a [String]> {
    let state = state.filter(|state| state.status == Status::Done)?;
    let was = state.as_marked.as_deref().filter(|was| was.is_of(item.roadmap))?;
    let now = item.milestone()?.criteria.iter().map(|one| one.text.as_str());
    let is_same = now.eq(was.criteria.iter().map(String::as_str));
    (!is_same).then_some(was.criteria.as_slice())
}

/// Adds to marks what the items are now; `after` has the state once they are recorded, in which a choice
/// counts what was chosen.
pub(crate) fn complete(entries: &mut [NewEvent], items: &[Item<'_>], after: &Learner<'_>) {
    let places = items.iter().map(|item| (progress_ref(after.shelf, item), item));
    let mut by_place: FxHashMap<Ref, &Item<'_>> = FxHashMap::default();
    for (place, item) in places {
        by_place.entry(place).or_insert(item);
    }
    let mut counted: FxHashMap<(&str, &str), Look> = FxHashMap::default();
    for entry in entries {
        let EventKind::Marked { status, item: as_marked, .. } = &mut entry.fact else { continue };
        let Some(item) = by_place.get(&entry.subject) else { continue };
        let around = around(item);
        let within = within(item);
        let key = (item.roadmap.id.as_str(), around.id().unwrap_or_default());
        let look = counted.entry(key).or_insert_with(|| Look::at(after, &around));
        *as_marked = Some(Box::new(look.of(item, within, *status)));
    }
}

/// What is to be looked at to know what an item counts: its topic, or all of a stage in which topics
/// are chosen.
fn around<'a>(item: &Item<'a>) -> Node<'a> {
    match item.topic {
        Some(_) if item.stage.choose.is_some() => Node::Stage(item.roadmap, item.stage),
        Some(topic) => Node::Topic(item.roadmap, item.stage, topic),
        None => Node::Item(*item),
    }
}

fn within(item: &Item<'_>) -> Ref {
    let id = item.topic.map_or(&item.stage.id, |topic| &topic.id);
    Ref::node(&item.roadmap.id, id)
}

/// What a node counts.
#[derive(Default)]
struct Look {
    goals: FxHashSet<String>,
    means: FxHashSet<String>,
    /// The hours of the goals of each topic that are neither skipped nor credited.
    of: FxHashMap<String, f64>,
}

impl Look {
    fn at(view: &Learner<'_>, node: &Node<'_>) -> Self {
        let mut look = Self::default();
        counting::each(view, node, |item, counts| match counts {
            Counts::Goal => {
                look.goals.insert(item.id().to_owned());
                let state = view.state(&item);
                let is_work =
                    !state.is_some_and(|state| state.known || state.status == Status::Skipped);
                if let (Some(topic), true) = (item.topic, is_work) {
                    *look.of.entry(topic.id.clone()).or_default() += item.hours().unwrap_or(0.0);
                }
            }
            Counts::Means => {
                look.means.insert(item.id().to_owned());
            }
            Counts::Aside => {}
        });
        look
    }

    fn of(&self, item: &Item<'_>, within: Ref, status: Status) -> AsMarked {
        let teaches = item.resource().is_some_and(|one| !one.is_reference);
        let is_means = self.means.contains(item.id()) && teaches;
        let of = item.topic.filter(|_| is_means).and_then(|topic| self.of.get(&topic.id));
        let criteria = item.milestone().filter(|_| status == Status::Done);
        let criteria = criteria.map_or(&[][..], |milestone| &milestone.criteria);
        AsMarked {
            kind: item.kind(),
            within,
            hours: item.hours(),
            is_goal: self.goals.contains(item.id()),
            of: of.copied().map(amounts::without_dust),
            criteria: criteria.iter().map(|one| one.text.clone()).collect(),
        }
    }
}

/// A topic or milestone: its path and its id.
pub(crate) type Id<'a> = (&'a str, &'a str);

/// What something that was finished counts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counted<'a> {
    /// What it is; `None` if nobody knows any more.
    pub kind: Option<NodeKind>,
    /// Its effort in hours.
    pub hours: f64,
    /// Whether a percentage counts it.
    pub is_goal: bool,
    /// Whether it is a resource that teaches what a percentage counts.
    pub teaches: bool,
    /// For such a resource, the hours of its topic when it was finished, if that was recorded.
    pub of: Option<f64>,
    /// The topic in which it stands, or the milestone that it is.
    pub group: Option<Id<'a>>,
}

impl<'a> Counted<'a> {
    /// What an item counts that has a state: what it did when it was marked.
    pub(crate) fn of(
        shelf: &'a dyn Shelf,
        item: &Item<'a>,
        counts: Counts,
        state: Option<&'a ItemState>,
    ) -> Self {
        let path = item.roadmap.id.as_str();
        let was = state.and_then(|state| state.as_marked.as_deref());
        // What was marked as an item of another path counted otherwise there.
        if let Some(was) = was.filter(|was| was.is_of(item.roadmap)) {
            return Self::was(shelf, was, (path, item.id()));
        }
        let teaches = item.resource().is_some_and(|one| !one.is_reference);
        Self {
            kind: Some(item.kind()),
            hours: item.hours().unwrap_or(0.0),
            is_goal: counts == Counts::Goal,
            teaches,
            of: None,
            group: Some((path, item.topic.map_or(item.id(), |topic| &topic.id))),
        }
    }

    /// What an item counted that has this id now, or had it.
    fn was(shelf: &'a dyn Shelf, was: &'a AsMarked, own: Id<'a>) -> Self {
        let group = if was.kind == NodeKind::Milestone { own } else { topic(shelf, &was.within) };
        Self {
            kind: Some(was.kind),
            hours: was.hours.unwrap_or(0.0),
            is_goal: was.is_goal,
            teaches: was.of.is_some(),
            of: was.of,
            group: Some(group),
        }
    }

    /// What something counted that no path has any more.
    fn gone(shelf: &'a dyn Shelf, own: Id<'a>, state: &'a ItemState) -> Self {
        match state.as_marked.as_deref() {
            Some(was) => Self::was(shelf, was, own),
            None => Self {
                kind: None,
                hours: 0.0,
                is_goal: false,
                teaches: false,
                of: None,
                group: None,
            },
        }
    }

    /// What of it is proven, in hours.
    pub(crate) fn proven(&self) -> f64 {
        if self.is_goal { self.hours } else { 0.0 }
    }

    /// What of it is only read, in hours.
    pub(crate) fn read(&self) -> f64 {
        if self.teaches && !self.is_goal { self.hours } else { 0.0 }
    }
}

/// The topic that a reference names now, or named.
fn topic<'a>(shelf: &'a dyn Shelf, reference: &'a Ref) -> Id<'a> {
    match find(shelf, reference) {
        Some(Node::Topic(roadmap, _, topic)) => (&roadmap.id, &topic.id),
        _ => (reference.path(), reference.id().unwrap_or_default()),
    }
}

/// Something in the record that no path has any more.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Gone<'a> {
    /// The path and the id under which it is recorded.
    pub place: Id<'a>,
    /// Its state.
    pub state: &'a ItemState,
    /// What it counted.
    pub counted: Counted<'a>,
}

/// Whether what is recorded under the id of a path belongs to some paths, which have that id now or
/// had it. What is followed but no longer installed belongs to all that is followed.
pub(crate) fn belonging<'a>(view: &Learner<'a>, paths: &[&Roadmap]) -> impl Fn(&str) -> bool {
    let (shelf, following) = (view.shelf, view.standing.all().following());
    let ids: Vec<String> = paths.iter().map(|path| path.id.clone()).collect();
    let leads_here = move |id: &str| shelf.roadmap(id).map(|path| ids.contains(&path.id));
    let is_all = following.keys().all(|id| leads_here(id) != Some(false));
    move |id| leads_here(id).unwrap_or_else(|| is_all && following.contains_key(id))
}

/// What is recorded of items of some paths that these have no longer.
pub(crate) fn gone<'a>(view: &Learner<'a>, paths: &[&'a Roadmap]) -> Vec<Gone<'a>> {
    let belongs = belonging(view, paths);
    let mut found = Vec::new();
    for id in view.standing.all().paths_of_items().filter(|id| belongs(id)) {
        let roadmap = view.shelf.roadmap(id);
        for (item, state) in view.standing.all().items_of(id) {
            let is_there = || {
                let found = roadmap.and_then(|roadmap| roadmap.resolve(item));
                matches!(found, Some(Node::Item(_)))
            };
            if state.is_marked() && !is_there() {
                let counted = Counted::gone(view.shelf, (id, item), state);
                found.push(Gone { place: (id, item), state, counted });
            }
        }
    }
    // The map has no order, and hours are added up in one.
    sort::by_key(&mut found, |one| one.place);
    found
}

#[cfg(test)]
mod tests;
