//! Where something is recorded: under the reference that it has, under those that it had, and under
//! those of what it is the same as.

use std::collections::{HashMap, HashSet};

use milepost_path::{Item, Node, PathQuestion, Ref, Roadmap, Shelf, Stage, find};

/// How many `same_as` are followed before giving up: a file can chain as many as it likes, and each
/// look at an item follows them.
const MOST_HOPS: usize = 16;

/// Where the `same_as` of an item leads.
struct SameAsChain<'s> {
    /// The items on the way, the nearest first, without the one at which it begins.
    items: Vec<Item<'s>>,
    /// Where it ends.
    end: End,
}

enum End {
    /// At the last item.
    Item,
    /// In a circle of this and the items after it: the position on the way, 0 where it begins.
    Circle(usize),
    /// At a reference under which nothing is found: its path is not there, or has no such item.
    Missing(Ref),
}

impl<'s> SameAsChain<'s> {
    fn of(shelf: &'s dyn Shelf, item: &Item<'_>) -> Self {
        let mut items: Vec<Item<'s>> = Vec::new();
        let mut next = item.tracked().same_as.as_ref();
        while let Some(reference) = next.filter(|_| items.len() < MOST_HOPS) {
            let other = match find(shelf, reference) {
                Some(Node::Item(other)) => other,
                // Only an item can be the same as an item.
                Some(_) => break,
                None => return Self { items, end: End::Missing(reference.clone()) },
            };
            if is_same(&other, item) {
                return Self { items, end: End::Circle(0) };
            }
            if let Some(at) = items.iter().position(|before| is_same(before, &other)) {
                return Self { items, end: End::Circle(at + 1) };
            }
            next = other.tracked().same_as.as_ref();
            items.push(other);
        }
        Self { items, end: End::Item }
    }

    /// The reference under which the progress is kept. A circle has no first
    /// item, so this is the item whose reference sorts first, wherever the search begins.
    fn kept(&self, item: &Item<'_>) -> Ref {
        let last = self.items.last().unwrap_or(item);
        match &self.end {
            End::Missing(reference) => reference.clone(),
            End::Item => last.reference(),
            End::Circle(at) => {
                let on_way = std::iter::once(item).chain(&self.items);
                let least = on_way.skip(*at).map(Item::reference).min();
                least.unwrap_or_else(|| last.reference())
            }
        }
    }
}

/// Whether nothing of it can be recorded elsewhere than under its own reference.
pub(super) fn is_plain(item: &Item<'_>) -> bool {
    let tracked = item.tracked();
    tracked.same_as.is_none() && tracked.replaces.is_empty() && item.roadmap.replaces.is_empty()
}

fn is_same(one: &Item<'_>, other: &Item<'_>) -> bool {
    one.roadmap.id == other.roadmap.id && one.id() == other.id()
}

/// The reference under which an item's progress is kept.
pub fn progress_ref(shelf: &dyn Shelf, item: &Item<'_>) -> Ref {
    match item.tracked().same_as {
        None => item.reference(),
        Some(_) => SameAsChain::of(shelf, item).kept(item),
    }
}

/// The items that an item is the same as, the nearest first.
pub(crate) fn tied<'s>(shelf: &'s dyn Shelf, item: &Item<'_>) -> Vec<Item<'s>> {
    SameAsChain::of(shelf, item).items
}

/// References under which something of an item can be recorded: where it is kept, then those of the
/// items that it is the same as, its own last, each with its old ids.
pub(crate) fn recorded_refs(shelf: &dyn Shelf, item: &Item<'_>) -> Vec<Ref> {
    groups(shelf, item).concat()
}

/// Of what is kept in other paths than these, what these call it: the learner marked it here.
pub(crate) fn names_here(shelf: &dyn Shelf, paths: &[&Roadmap]) -> HashMap<Ref, Ref> {
    let mut names = HashMap::new();
    for item in paths.iter().flat_map(|path| path.items()) {
        let kept = progress_ref(shelf, &item);
        if !paths.iter().any(|path| path.id == kept.path()) {
            names.entry(kept).or_insert_with(|| item.reference());
        }
    }
    names
}

/// References under which something of a node can be recorded, the one that it has now first.
pub(crate) fn places_of(shelf: &dyn Shelf, node: &Node<'_>) -> Vec<Ref> {
    match node {
        Node::Item(item) => recorded_refs(shelf, item),
        node => [vec![node.reference()], former_refs(shelf, node)].concat(),
    }
}

/// References under which something of a node, its topics and its items can be recorded.
pub(crate) fn all_places(shelf: &dyn Shelf, node: &Node<'_>) -> HashSet<Ref> {
    let topics: Vec<Node<'_>> = match *node {
        Node::Path(roadmap) => {
            let of_stage = |stage| topics_of(roadmap, stage);
            roadmap.stages.iter().flat_map(of_stage).collect()
        }
        Node::Stage(roadmap, stage) => topics_of(roadmap, stage).collect(),
        Node::Topic(..) | Node::Item(_) => Vec::new(),
    };
    let items = node.items().into_iter().map(Node::Item);
    let nodes = std::iter::once(*node).chain(topics).chain(items);
    nodes.flat_map(|node| places_of(shelf, &node)).collect()
}

fn topics_of<'r>(roadmap: &'r Roadmap, stage: &'r Stage) -> impl Iterator<Item = Node<'r>> {
    stage.topics.iter().map(move |topic| Node::Topic(roadmap, stage, topic))
}

/// The places of an item in groups. The first group in which the item was marked has its status:
/// of the old ids of one item, which have no order, the one that says most.
pub(super) fn groups(shelf: &dyn Shelf, item: &Item<'_>) -> Vec<Vec<Ref>> {
    let way = SameAsChain::of(shelf, item);
    let mut groups = vec![vec![way.kept(item)]];
    for item in way.items.iter().rev().chain([item]) {
        groups.push(vec![item.reference()]);
        groups.push(former_refs(shelf, &Node::Item(*item)));
    }
    let mut seen = HashSet::new();
    for group in &mut groups {
        group.retain(|place| seen.insert(place.clone()));
    }
    groups
}

/// The old ids of a path under which it is found: another path that is installed under one of
/// them keeps what is recorded there.
fn former<'r>(shelf: &dyn Shelf, roadmap: &'r Roadmap) -> Vec<&'r str> {
    let olds = roadmap.replaces.iter().map(String::as_str);
    let leads_here = |old: &&str| shelf.roadmap(old).is_some_and(|found| found.id == roadmap.id);
    olds.filter(leads_here).collect()
}

/// The references that a node had before: by its old ids, and in its path by the ids that this
/// had before.
pub(crate) fn former_refs(shelf: &dyn Shelf, node: &Node<'_>) -> Vec<Ref> {
    let roadmap = node.roadmap();
    let former = former(shelf, roadmap);
    let Some(id) = node.id() else {
        return former.into_iter().map(Ref::path_only).collect();
    };
    renamed(&roadmap.id, id, node.replaces(), &former, Ref::node)
}

/// The ids of its path and its own ids by which a node was ever known, those that it has now first: in
/// its path by its old ids, then in each old id of the path, whether or not that leads here.
pub(super) fn all_ids<'n>(
    roadmap: &'n Roadmap,
    id: &'n str,
    olds: &'n [String],
) -> impl Iterator<Item = (&'n str, &'n str)> {
    let paths = std::iter::once(&roadmap.id).chain(&roadmap.replaces);
    let ids = move || std::iter::once(id).chain(olds.iter().map(String::as_str));
    paths.flat_map(move |path| ids().map(move |id| (path.as_str(), id)))
}

/// All references by which something with old ids was known in a path with old ids, without
/// the one that it has now.
pub(super) fn renamed(
    path: &str,
    id: &str,
    olds: &[String],
    former: &[&str],
    reference: fn(&str, &str) -> Ref,
) -> Vec<Ref> {
    let ids = || olds.iter().map(String::as_str);
    let before = former
        .iter()
        .flat_map(|path| std::iter::once(id).chain(ids()).map(|id| reference(path, id)));
    ids().map(|old| reference(path, old)).chain(before).collect()
}

/// References under which answers to a question can be recorded, its own first.
pub(crate) fn question_places(shelf: &dyn Shelf, asked: &PathQuestion<'_>) -> Vec<Ref> {
    let (roadmap, question) = (asked.roadmap, asked.question);
    let former = former(shelf, roadmap);
    let mut places = vec![asked.reference()];
    places.extend(renamed(&roadmap.id, &question.id, &question.replaces, &former, Ref::question));
    places
}
