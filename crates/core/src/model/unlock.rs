//! What a change unlocks: topics and milestones that were held back and are ready after it.
//!
//! Only what can matter is looked at, step by step: the nodes that name a changed item in a
//! requirement, then those of them whose requirement the change meets, then all else that these
//! require. So a mark inside one path does not open the others. Each step is taken for all items
//! together: a path of thousands of topics is walked once, and not once for each of them.

use std::collections::{HashMap, HashSet, VecDeque};

use milepost_path::{Item, Node, Ref, Requirement, Roadmap, Shelf};

use super::learner::{
    Learner, RequirementCache, former_refs, gated_nodes, progress_ref, requirable_refs, tied,
};

/// The nodes that become ready when the status of some items changes, and of which something is
/// left to do: those of the paths of these items, of what they are the same as, and of the paths
/// that mention these.
///
/// `mentioning` gives the followed paths that name something of the path with an id.
pub(crate) fn newly_ready<'a>(
    before: &Learner<'a>,
    after: &Learner<'a>,
    changed: &[Item<'a>],
    mentioning: &dyn Fn(&str) -> Vec<&'a Roadmap>,
) -> Vec<Node<'a>> {
    let same = Same::of(after.shelf, changed, mentioning);
    let mut waiting: Vec<(Node<'a>, Vec<&'a Requirement>)> = Vec::new();
    for node in same.paths.into_iter().flat_map(gated_nodes) {
        let mut touched = node.requirements();
        touched.retain(|one| one.any_of.iter().any(|name| same.required.contains(name)));
        if !touched.is_empty() {
            waiting.push((node, touched));
        }
    }
    let (mut before, mut after) = (RequirementCache::new(*before), RequirementCache::new(*after));
    waiting.retain(|(_, touched)| {
        touched.iter().all(|one| after.is_met(one)) && touched.iter().any(|one| !before.is_met(one))
    });
    let mut nodes: Vec<Node<'a>> = waiting.into_iter().map(|(node, _)| node).collect();
    nodes.retain(|node| after.is_ready(node) && !after.view().is_finished(node));
    nodes
}

/// What some items are the same as, and where it is named.
#[derive(Default)]
struct Same<'a> {
    /// The references by which a requirement might mean one of the items, or something that one of
    /// them is a part of.
    required: HashSet<Ref>,
    /// The paths of the items, and the followed ones that mention them, each once.
    paths: Vec<&'a Roadmap>,
    /// The references by which a `same_as` might mean one of the items.
    names: HashSet<Ref>,
    /// The items of these paths that are the same as something else, by what they name.
    others: HashMap<&'a Ref, Vec<Item<'a>>>,
    /// What was found and not yet looked at.
    found: VecDeque<Item<'a>>,
}

impl<'a> Same<'a> {
    fn of(
        shelf: &'a dyn Shelf,
        items: &[Item<'a>],
        mentioning: &dyn Fn(&str) -> Vec<&'a Roadmap>,
    ) -> Self {
        let mut same = Self { found: items.iter().copied().collect(), ..Self::default() };
        let (mut seen, mut asked, mut walked) = (HashSet::new(), HashSet::new(), HashSet::new());
        while let Some(item) = same.found.pop_front() {
            if !seen.insert(item.reference()) {
                continue;
            }
            let place = progress_ref(shelf, &item);
            let mut paths = vec![item.roadmap];
            for id in [item.roadmap.id.as_str(), place.path()] {
                if asked.insert(id.to_owned()) {
                    paths.extend(mentioning(id));
                }
            }
            for path in paths {
                if walked.insert(path.id.as_str()) {
                    same.walk(path);
                }
            }
            same.required.extend(requirable_refs(shelf, &Node::Item(item)));
            same.required.insert(place.clone());
            for name in
                former_refs(shelf, &Node::Item(item)).into_iter().chain([item.reference(), place])
            {
                same.found.extend(same.others.remove(&name).into_iter().flatten());
                same.names.insert(name);
            }
            same.found.extend(tied(shelf, &item));
        }
        same
    }

    fn walk(&mut self, path: &'a Roadmap) {
        self.paths.push(path);
        for item in path.items() {
            match &item.tracked().same_as {
                Some(name) if self.names.contains(name) => self.found.push_back(item),
                Some(name) => self.others.entry(name).or_default().push(item),
                None => {}
            }
        }
    }
}

#[cfg(test)]
mod tests;
