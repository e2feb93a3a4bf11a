//! What holds a node back, and what waits for it.

use std::collections::HashSet;

use milepost_path::{Node, Ref, Requirement, Roadmap, Shelf, find};
use rustc_hash::FxHashMap;

use super::Learner;
use super::places::{former_refs, tied};

impl Learner<'_> {
    /// Whether one of the alternatives is finished. Where none of them can be found (their paths
    /// are not installed, or their files are broken) they hold nobody back: no study
    /// could change it.
    pub(crate) fn is_met(&self, requirement: &Requirement) -> bool {
        is_met(requirement, |reference| self.is_reached(reference))
    }

    /// Whether what a reference names is finished; `None` if nothing is found under it.
    fn is_reached(&self, reference: &Ref) -> Option<bool> {
        match find(self.shelf, reference) {
            Some(node) => Some(self.is_finished(&node)),
            // The record outlives the path: what was done before it went is done.
            None => self.standing.item_at(reference).and_then(|state| {
                let finished = !state.status.is_open();
                finished.then_some(true)
            }),
        }
    }

    /// What holds a node back.
    #[cfg(test)]
    pub(crate) fn unmet<'n>(&self, node: &Node<'n>) -> Vec<&'n Requirement> {
        let mut requirements = node.requirements();
        requirements.retain(|requirement| !self.is_met(requirement));
        requirements
    }

    /// Whether nothing holds a node back. For many nodes, `RequirementCache` answers sooner.
    pub fn is_ready(&self, node: &Node<'_>) -> bool {
        node.requirements().into_iter().all(|requirement| self.is_met(requirement))
    }

    /// The topics and milestones of some paths that require a node, what it is the same as, or
    /// something that one of these is a part of, directly.
    pub(crate) fn dependents<'p>(
        &self,
        of: &Node<'_>,
        paths: impl IntoIterator<Item = &'p Roadmap>,
    ) -> Vec<Node<'p>> {
        let mut names: HashSet<Ref> = requirable_refs(self.shelf, of).into_iter().collect();
        if let Node::Item(item) = of {
            for same in tied(self.shelf, item) {
                names.extend(requirable_refs(self.shelf, &Node::Item(same)));
            }
        }
        let own = of.topic().map(|topic| Ref::node(&of.roadmap().id, &topic.id));
        let mut found = Vec::new();
        for node in paths.into_iter().flat_map(gated_nodes) {
            let requirements = node.requirements();
            let mut named = requirements.iter().flat_map(|requirement| &requirement.any_of);
            // A topic can require the very thing that a skill of it is the same as; that it leads
            // to its own topic is not worth a word.
            if named.any(|one| names.contains(one)) && Some(node.reference()) != own {
                found.push(node);
            }
        }
        found
    }
}

/// Whether one of the alternatives is reached, or none of them can be.
fn is_met(requirement: &Requirement, mut is_reached: impl FnMut(&Ref) -> Option<bool>) -> bool {
    let mut none_is_there = true;
    for reference in &requirement.any_of {
        match is_reached(reference) {
            Some(true) => return true,
            Some(false) => none_is_there = false,
            None => {}
        }
    }
    none_is_there
}

/// Answers for many nodes what holds them back, looking at what they require only once: a stage
/// that a thousand topics require is not walked a thousand times.
pub(crate) struct RequirementCache<'a> {
    view: Learner<'a>,
    reached: FxHashMap<String, Option<bool>>,
}

impl<'a> RequirementCache<'a> {
    /// Nothing is looked at yet.
    pub(crate) fn new(view: Learner<'a>) -> Self {
        Self { view, reached: FxHashMap::default() }
    }

    /// What it looks at.
    pub(crate) fn view(&self) -> Learner<'a> {
        self.view
    }

    /// What [`Learner::is_met`] says.
    pub(crate) fn is_met(&mut self, requirement: &Requirement) -> bool {
        let Self { view, reached } = self;
        is_met(requirement, |reference| match reached.get(reference.as_str()) {
            Some(known) => *known,
            None => {
                let answer = view.is_reached(reference);
                reached.insert(reference.as_str().to_owned(), answer);
                answer
            }
        })
    }

    /// What holds a node back.
    pub(crate) fn unmet<'n>(&mut self, node: &Node<'n>) -> Vec<&'n Requirement> {
        let mut requirements = node.requirements();
        requirements.retain(|requirement| !self.is_met(requirement));
        requirements
    }

    /// What [`Learner::is_ready`] says.
    pub(crate) fn is_ready(&mut self, node: &Node<'_>) -> bool {
        node.requirements().into_iter().all(|requirement| self.is_met(requirement))
    }
}

/// The references by which a requirement might mean a node: its own and those that it had before, its
/// topic's, its stage's, its path's.
pub(crate) fn requirable_refs(shelf: &dyn Shelf, node: &Node<'_>) -> Vec<Ref> {
    let roadmap = node.roadmap();
    let mut nodes = vec![*node];
    if let Some(stage) = node.stage() {
        nodes.extend(node.topic().map(|topic| Node::Topic(roadmap, stage, topic)));
        nodes.push(Node::Stage(roadmap, stage));
    }
    nodes.push(Node::Path(roadmap));
    let mut names = Vec::with_capacity(nodes.len());
    for node in nodes {
        names.push(node.reference());
        names.extend(former_refs(shelf, &node));
    }
    names.dedup();
    names
}

/// The nodes that requirements hold back: topics and milestones, in the order of the file.
pub(crate) fn gated_nodes(roadmap: &Roadmap) -> impl Iterator<Item = Node<'_>> {
    roadmap.stages.iter().flat_map(move |stage| {
        let topics = stage.topics.iter().map(move |topic| Node::Topic(roadmap, stage, topic));
        let milestones =
            roadmap.items_of_stage(stage).filter(|item| item.milestone().is_some()).map(Node::Item);
        topics.chain(milestones)
    })
}
