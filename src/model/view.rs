//! Paths and standing seen together: the status of an item, what is ready and what holds it back.
//!
//! An item's progress is kept under one reference, its own or that of the item which it is the same
//! as. What was recorded before an item was renamed (`replaces`) or tied to another (`same_as`) still
//! counts, as long as nothing was recorded since.

use super::roadmap::{Item, Node, Ref, Requirement, Roadmap, Shelf, find};
use super::standing::{ItemState, Standing, Status, Target};

/// How many `same_as` are followed before giving up; a circle through several files ends here.
const MOST_HOPS: usize = 16;

/// The paths and the standing together.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// Where the paths are.
    pub shelf: &'a dyn Shelf,
    /// The state of every item.
    pub standing: &'a Standing,
}

/// The reference under which an item's progress is kept.
pub fn kept(shelf: &dyn Shelf, item: &Item<'_>) -> Ref {
    let mut kept = item.reference();
    let mut next = item.tracked().same_as.as_ref();
    for _ in 0..MOST_HOPS {
        let Some(reference) = next else { break };
        match find(shelf, reference) {
            Some(Node::Item(other)) => {
                kept = other.reference();
                next = other.tracked().same_as.as_ref();
            }
            // The other path is not there: its reference still is where the progress belongs.
            _ => return reference.clone(),
        }
    }
    kept
}

/// References under which the state of an item may be found, the first that has one wins.
pub fn places(shelf: &dyn Shelf, item: &Item<'_>) -> Vec<Ref> {
    let mut places = Vec::new();
    let mut with_old_ids = |item: &Item<'_>| {
        let path = &item.roadmap.id;
        places.push(item.reference());
        places.extend(item.tracked().replaces.iter().map(|old| Ref::node(path, old)));
    };
    if item.tracked().same_as.is_some() {
        let kept = kept(shelf, item);
        match find(shelf, &kept) {
            Some(Node::Item(other)) => with_old_ids(&other),
            _ => places.push(kept),
        }
        let mut own = vec![item.reference()];
        own.extend(item.tracked().replaces.iter().map(|old| Ref::node(&item.roadmap.id, old)));
        places.extend(own);
    } else {
        with_old_ids(item);
    }
    places
}

impl<'a> View<'a> {
    /// The state of an item; none where nothing was ever said of it.
    pub fn state(&self, item: &Item<'_>) -> Option<&'a ItemState> {
        let tracked = item.tracked();
        if tracked.same_as.is_none() && tracked.replaces.is_empty() {
            return self.standing.item(&item.roadmap.id, &tracked.id);
        }
        places(self.shelf, item).iter().find_map(|place| self.standing.item_at(place))
    }

    /// The status of an item.
    pub fn status(&self, item: &Item<'_>) -> Status {
        self.state(item).map_or(Status::Todo, |state| state.status)
    }

    /// Whether an item is neither done nor skipped.
    pub fn is_open(&self, item: &Item<'_>) -> bool {
        self.status(item).is_open()
    }

    /// An item as the target of a command.
    pub fn target(&self, item: &Item<'_>) -> Target {
        Target {
            named: item.reference(),
            kept: kept(self.shelf, item),
            title: item.title().to_owned(),
            state: self.state(item).cloned().unwrap_or_default(),
        }
    }

    /// Whether nothing is left of a node: an item that is done or skipped, or a topic, stage or
    /// path without an open goal (without an open resource, where it has no goals).
    pub fn is_finished(&self, node: &Node<'_>) -> bool {
        if let Node::Item(item) = node {
            return !self.is_open(item);
        }
        let items = node.items();
        let has_goals = items.iter().any(Item::is_goal);
        items
            .iter()
            .filter(|item| if has_goals { item.is_goal() } else { !item.tracked().optional })
            .all(|item| !self.is_open(item))
    }

    /// Whether one of the alternatives is finished. What cannot be found (its path is not
    /// installed, or its file is broken) holds nobody back: nothing that one does could change it.
    pub fn is_met(&self, requirement: &Requirement) -> bool {
        requirement
            .any_of
            .iter()
            .any(|reference| find(self.shelf, reference).is_none_or(|node| self.is_finished(&node)))
    }

    /// What holds a node back.
    pub fn unmet<'n>(&self, node: &Node<'n>) -> Vec<&'n Requirement> {
        let mut requirements = node.requirements();
        requirements.retain(|requirement| !self.is_met(requirement));
        requirements
    }

    /// Whether nothing holds a node back.
    pub fn is_ready(&self, node: &Node<'_>) -> bool {
        node.requirements().into_iter().all(|requirement| self.is_met(requirement))
    }

    /// The topics and milestones of some paths that require a node, or something that it is a part
    /// of, directly.
    pub fn dependents<'p>(
        &self,
        of: &Node<'_>,
        paths: impl IntoIterator<Item = &'p Roadmap>,
    ) -> Vec<Node<'p>> {
        let names = holders(of);
        let mut found = Vec::new();
        for roadmap in paths {
            for node in holdable(roadmap) {
                let named = node
                    .requirements()
                    .into_iter()
                    .any(|requirement| requirement.any_of.iter().any(|one| names.contains(one)));
                if named {
                    found.push(node);
                }
            }
        }
        found
    }
}

/// The references by which a requirement can mean a node: its own, its topic's, its stage's, its
/// path's.
pub fn holders(node: &Node<'_>) -> Vec<Ref> {
    let roadmap = node.roadmap();
    let mut names = vec![node.reference()];
    if let Some(topic) = node.topic() {
        names.push(Ref::node(&roadmap.id, &topic.id));
    }
    if let Some(stage) = node.stage() {
        names.push(Ref::node(&roadmap.id, &stage.id));
    }
    names.push(Ref::path_only(&roadmap.id));
    names.dedup();
    names
}

/// The nodes that requirements hold back: topics and milestones, in the order of the file.
pub fn holdable(roadmap: &Roadmap) -> impl Iterator<Item = Node<'_>> {
    roadmap.stages.iter().flat_map(move |stage| {
        let topics = stage.topics.iter().map(move |topic| Node::Topic(roadmap, stage, topic));
        let milestones =
            roadmap.items_of_stage(stage).filter(|item| item.milestone().is_some()).map(Node::Item);
        topics.chain(milestones)
    })
}
