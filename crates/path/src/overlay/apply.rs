//! An overlay and its base become one path, before anything looks at either.
//!
//! First what is hidden goes, then what is set is set, then what is added finds its place, and last
//! come order and requirements, which can name all of it.

mod add;
mod require;

use std::collections::{HashMap, HashSet};

use super::hours::fewer_hours;
use super::order::{List, list_of, reorder};
use super::{Change, Loose, Overlay, Why};
use crate::kind::NodeKind;
use crate::node::Node;
use crate::parts::{Details, ItemInfo, Link, Stage, Topic};
use crate::reference::Ref;
use crate::roadmap::Roadmap;
use require::all_requires;

/// So many loose names are told.
const MOST_LOOSE: usize = 1_000;

/// The path as the overlay bends it, and what of the overlay could not be taken.
///
/// A base that [`Overlay::clash`] finds something in stays as it is.
pub fn apply(base: &Roadmap, overlay: &Overlay) -> (Roadmap, Vec<Loose>) {
    if overlay.is_empty() || Overlay::clash(base).is_some() {
        return (base.clone(), Vec::new());
    }
    let (path, loose, hidden) = (base.clone(), Vec::new(), HashSet::new());
    let mut bending = Bending { base, overlay, path, hidden, loose };
    bending.hide();
    bending.change();
    bending.add();
    bending.index();
    bending.order();
    bending.index();
    bending.require();
    for stage in &mut bending.path.stages {
        choose_less(stage);
    }
    let mut hidden: Vec<String> = bending.hidden.into_iter().collect();
    crate::sort::by(&mut hidden, Ord::cmp);
    bending.path.hidden = hidden;
    (bending.path.indexed(), bending.loose)
}

struct Bending<'a> {
    base: &'a Roadmap,
    overlay: &'a Overlay,
    path: Roadmap,
    /// Ids of all that is hidden, also those that it had before.
    hidden: HashSet<String>,
    loose: Vec<Loose>,
}

impl<'a> Bending<'a> {
    fn tell(&mut self, id: &str, by: &str, why: Why) {
        let loose = Loose { id: id.to_owned(), by: by.to_owned(), why };
        if self.loose.len() < MOST_LOOSE && !self.loose.contains(&loose) {
            self.loose.push(loose);
        }
    }

    fn index(&mut self) {
        self.path = std::mem::take(&mut self.path).indexed();
    }

    /// The id that a thing of the base has now.
    fn now(&self, id: &str) -> Option<&'a str> {
        self.base.resolve(id).and_then(|node| node.id())
    }

    /// The id that a thing of the base has now, if it is of the kind.
    fn now_as(&self, id: &str, wanted: NodeKind) -> Result<&'a str, Why> {
        let node = self.base.resolve(id).ok_or(Why::Gone)?;
        if node.kind() != wanted {
            return Err(Why::Kind(node.kind()));
        }
        node.id().ok_or(Why::Gone)
    }

    fn is_hidden(&self, id: &str) -> bool {
        self.hidden.contains(id) || self.now(id).is_some_and(|now| self.hidden.contains(now))
    }

    fn hide(&mut self) {
        let mut hidden: HashSet<&str> = HashSet::new();
        for id in &self.overlay.hidden {
            match self.base.resolve(id) {
                Some(node) => hidden.extend(within(&node)),
                None => self.tell(id, id, Why::Gone),
            }
        }
        if hidden.is_empty() {
            return;
        }
        // A topic whose skills are all hidden has nothing left to reach, nor has an empty stage.
        let gets = self.overlay.added.iter().filter_map(|one| self.now(one.within.as_deref()?));
        let gets: HashSet<&str> = gets.collect();
        for stage in &self.base.stages {
            for topic in stage.topics.iter().filter(|topic| topic.has_skills()) {
                let mut alive = topic.skills.iter().filter(|skill| !skill.tracked.retired);
                let none = alive.all(|skill| hidden.contains(skill.tracked.id.as_str()));
                if none && !gets.contains(topic.id.as_str()) {
                    hidden.extend(within(&Node::Topic(self.base, stage, topic)));
                }
            }
            let topics = stage.topics.iter().map(|topic| &topic.id);
            let parts = topics.chain(stage.milestones.iter().map(|one| &one.tracked.id));
            let mut parts = parts.peekable();
            let is_empty = parts.peek().is_some() && parts.all(|id| hidden.contains(id.as_str()));
            if is_empty && !gets.contains(stage.id.as_str()) {
                hidden.insert(&stage.id);
            }
        }
        for (stage, before) in self.path.stages.iter_mut().zip(&self.base.stages) {
            for (topic, before) in stage.topics.iter_mut().zip(&before.topics) {
                fewer_hours(topic, before, &hidden);
                topic.skills.retain(|skill| !hidden.contains(skill.tracked.id.as_str()));
                topic.resources.retain(|one| !hidden.contains(one.tracked.id.as_str()));
                for resource in &mut topic.resources {
                    resource.skills.retain(|id| !hidden.contains(id.as_str()));
                    resource.instead_of.retain(|id| !hidden.contains(id.as_str()));
                }
            }
            stage.topics.retain(|topic| !hidden.contains(topic.id.as_str()));
            stage.milestones.retain(|one| !hidden.contains(one.tracked.id.as_str()));
        }
        self.path.stages.retain(|stage| !hidden.contains(stage.id.as_str()));
        for topic in &mut self.path.interview {
            topic.topics.retain(|id| !hidden.contains(id.as_str()));
        }
        let is_hidden = |reference: &Ref| {
            let node = reference.id().filter(|_| reference.path() == self.base.id);
            let node = node.and_then(|id| self.base.resolve(id)).and_then(|node| node.id());
            node.is_some_and(|id| hidden.contains(id))
        };
        for (_, requires) in all_requires(&mut self.path) {
            requires.iter_mut().for_each(|one| one.any_of.retain(|it| !is_hidden(it)));
            requires.retain(|one| !one.any_of.is_empty());
        }
        let nodes = hidden.iter().filter_map(|id| self.base.node(id));
        self.hidden = nodes.flat_map(|node| node.replaces()).cloned().collect();
        self.hidden.extend(hidden.iter().map(|id| (*id).to_owned()));
    }

    fn change(&mut self) {
        let mut changes: HashMap<&str, Vec<&Change>> = HashMap::new();
        for change in &self.overlay.changes {
            match self.now_as(&change.id, change.kind) {
                Ok(id) => changes.entry(id).or_default().push(change),
                Err(why) => self.tell(&change.id, &change.id, why),
            }
        }
        let of = |id: &str| changes.get(id).into_iter().flatten();
        for stage in &mut self.path.stages {
            for change in of(&stage.id) {
                stage.months = change.months.or(stage.months);
            }
            for topic in &mut stage.topics {
                for change in of(&topic.id) {
                    set_hours(change, &mut topic.hours, &mut topic.range);
                    add_links(&mut topic.details, &change.links);
                }
                for skill in &mut topic.skills {
                    of(&skill.tracked.id).for_each(|change| set_item(change, &mut skill.tracked));
                }
                for resource in &mut topic.resources {
                    for change in of(&resource.tracked.id) {
                        set_hours(change, &mut resource.hours, &mut resource.range);
                        set_item(change, &mut resource.tracked);
                    }
                }
            }
            for milestone in &mut stage.milestones {
                for change in of(&milestone.tracked.id) {
                    set_hours(change, &mut milestone.hours, &mut milestone.range);
                    set_item(change, &mut milestone.tracked);
                }
            }
        }
    }

    /// Puts things behind those that they name.
    fn order(&mut self) {
        let added = self.overlay.added.iter().map(|one| (one.node.id(), one.after.as_deref()));
        let changes =
            self.overlay.changes.iter().map(|one| (one.id.as_str(), one.after.as_deref()));
        let wanted = changes.chain(added).filter_map(|(id, after)| Some((id, after?)));
        let mut orders: HashMap<List, Vec<(String, String)>> = HashMap::new();
        for (id, after) in wanted.collect::<Vec<_>>() {
            let now = |id: &str| {
                let node = self.path.resolve(id)?;
                Some((node.id()?.to_owned(), list_of(&node)))
            };
            match (now(id), now(after)) {
                (Some((moved, list)), Some((anchor, other)))
                    if list == other && moved != anchor =>
                {
                    orders.entry(list).or_default().push((moved, anchor));
                }
                (Some(_), Some(_)) => self.tell(after, id, Why::Elsewhere),
                (Some(_), None) if !self.is_hidden(after) => self.tell(after, id, Why::Gone),
                // What is hidden is nowhere, and what is loose is told.
                _ => {}
            }
        }
        if orders.is_empty() {
            return;
        }
        let of = |id: &str, kind| orders.get(&(id.to_owned(), kind));
        let path = self.path.id.clone();
        reorder(&mut self.path.stages, of(&path, NodeKind::Stage), |one| &one.id);
        for stage in &mut self.path.stages {
            for topic in &mut stage.topics {
                let skills = of(&topic.id, NodeKind::Skill);
                reorder(&mut topic.skills, skills, |one| &one.tracked.id);
                let resources = of(&topic.id, NodeKind::Resource);
                reorder(&mut topic.resources, resources, |one| &one.tracked.id);
            }
            reorder(&mut stage.topics, of(&stage.id, NodeKind::Topic), |one| &one.id);
            let milestones = of(&stage.id, NodeKind::Milestone);
            reorder(&mut stage.milestones, milestones, |one| &one.tracked.id);
        }
    }
}

/// The ids of a node and of all that is in it.
fn within<'a>(node: &Node<'a>) -> Vec<&'a str> {
    let topics: &[Topic] = match node {
        Node::Stage(_, stage) => &stage.topics,
        _ => &[],
    };
    let topics = topics.iter().map(|topic| topic.id.as_str());
    let items = node.items().into_iter().map(|item| item.id());
    node.id().into_iter().chain(topics).chain(items).collect()
}

fn set_hours(change: &Change, hours: &mut Option<f64>, range: &mut Option<[f64; 2]>) {
    if change.hours.is_some() {
        (*hours, *range) = (change.hours, change.range);
    }
}

fn set_item(change: &Change, item: &mut ItemInfo) {
    item.optional = change.optional.unwrap_or(item.optional);
    add_links(&mut item.details, &change.links);
}

/// The base can have got a link meanwhile that the overlay has, too.
fn add_links(details: &mut Option<Box<Details>>, more: &[Link]) {
    if more.is_empty() {
        return;
    }
    let details = details.get_or_insert_default();
    let known: HashSet<String> = details.links.iter().map(|link| link.url.clone()).collect();
    details.links.extend(more.iter().filter(|link| !known.contains(&link.url)).cloned());
}

/// If all parts that are left must be chosen, there is nothing to choose.
fn choose_less(stage: &mut Stage) {
    let topics = stage.topics.len();
    stage.choose = stage.choose.filter(|most| usize::from(*most) < topics);
    for topic in &mut stage.topics {
        let counted = topic.skills.iter().filter(|skill| skill.tracked.can_count()).count();
        topic.choose = topic.choose.filter(|most| usize::from(*most) < counted);
    }
}
