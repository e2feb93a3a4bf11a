//! An overlay and its base become one path, before anything looks at either.
//!
//! First what is hidden goes, then what is set is set, then what is added finds its place, and last
//! come order and requirements, which can name all of it.

use std::collections::{HashMap, HashSet};

use super::hours::fewer_hours;
use super::order::{List, list_of, reorder};
use super::{Change, Loose, New, Overlay, Why, is_own};
use crate::format::circular;
use crate::kind::NodeKind;
use crate::node::Node;
use crate::parts::{Details, ItemInfo, Link, Milestone, Requirement, Resource, Stage, Topic};
use crate::reference::Ref;
use crate::roadmap::Roadmap;

/// So many a path can have of each, as in a file: positions are kept in 16 bits.
const MOST_ENTRIES: usize = 60_000;
const MOST_STAGES: usize = 1_000;
const MOST_ITEMS: usize = 100_000;
/// How many skills the resources of an overlay may teach by naming none: each is kept by name.
const MOST_IMPLIED: usize = 250_000;
/// So many loose names are told.
const MOST_LOOSE: usize = 1_000;
/// After so many looks for circles, all requirements that are left are taken for one.
const MOST_LOOKS: usize = 8;

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

    fn add(&mut self) {
        // Where each stage and topic is. What is added goes to the end, so that none of it moves.
        let mut places: HashMap<String, (usize, Option<usize>)> = HashMap::new();
        for (s, stage) in self.path.stages.iter().enumerate() {
            places.insert(stage.id.clone(), (s, None));
            let topics = stage.topics.iter().enumerate();
            places.extend(topics.map(|(t, topic)| (topic.id.clone(), (s, Some(t)))));
        }
        let mut own_topics: HashMap<&str, &str> = HashMap::new();
        let (mut items, mut implied) = (self.path.items().count(), 0);
        for added in &self.overlay.added {
            let (id, kind) = (added.node.id(), added.node.kind());
            let wanted = match kind {
                NodeKind::Topic | NodeKind::Milestone => NodeKind::Stage,
                _ => NodeKind::Topic,
            };
            let within = match added.within.as_deref() {
                None => "",
                Some(own) if is_own(own) => own,
                Some(of_base) => match self.now_as(of_base, wanted) {
                    Ok(now) => now,
                    Err(why) => {
                        self.tell(of_base, id, why);
                        continue;
                    }
                },
            };
            items += usize::from(kind.is_item());
            let place = places.get(within).copied();
            if place.is_none() && kind != NodeKind::Stage {
                // What it stands in is loose, or hidden, and so is this.
                if self.hidden.contains(within) {
                    self.hidden.insert(id.to_owned());
                }
                continue;
            }
            let (stage, topic) = place.unwrap_or((self.path.stages.len(), None));
            let new_stage = (kind == NodeKind::Stage && stage < MOST_STAGES).then(Stage::default);
            self.path.stages.extend(new_stage);
            let Some(stage_at) = self.path.stages.get_mut(stage) else {
                self.tell(id, id, Why::TooMany);
                continue;
            };
            let topic_at = topic.and_then(|topic| stage_at.topics.get_mut(topic));
            let mut fits = items <= MOST_ITEMS;
            match (&added.node, topic_at) {
                (New::Stage(new), _) => {
                    *stage_at = Stage { requires: Vec::new(), ..(**new).clone() };
                    places.insert(id.to_owned(), (stage, None));
                }
                (New::Topic(new), _) => {
                    let at = stage_at.topics.len();
                    let new = Topic { requires: Vec::new(), ..(**new).clone() };
                    fits = push(&mut stage_at.topics, new, true);
                    if fits {
                        places.insert(id.to_owned(), (stage, Some(at)));
                    }
                }
                (New::Milestone(new), _) => {
                    let new = Milestone { requires: Vec::new(), ..(**new).clone() };
                    let heading = new.portfolio.clone();
                    fits = push(&mut stage_at.milestones, new, fits);
                    self.heading(heading.as_deref(), id, stage);
                }
                (New::Skill(new), Some(topic)) => {
                    fits = push(&mut topic.skills, (**new).clone(), fits);
                    own_topics.insert(id, within);
                }
                (New::Resource(new, teaches_all), Some(topic)) => {
                    let alive = topic.skills.iter().filter(|skill| !skill.tracked.retired);
                    let mut new = Resource { requires: Vec::new(), ..(**new).clone() };
                    if *teaches_all && fits {
                        implied += topic.skills.len();
                        fits = implied <= MOST_IMPLIED;
                        let alive = alive.map(|skill| skill.tracked.id.clone());
                        new.skills = if fits { alive.collect() } else { Vec::new() };
                    }
                    let (skills, instead_of) =
                        (std::mem::take(&mut new.skills), std::mem::take(&mut new.instead_of));
                    if !fits {
                        self.tell(id, id, Why::TooMany);
                        continue;
                    }
                    let (skills, instead_of) = (
                        self.beside(skills, NodeKind::Skill, within, id, &own_topics),
                        self.beside(instead_of, NodeKind::Resource, within, id, &own_topics),
                    );
                    let others = instead_of.iter().filter_map(|other| self.base.item(other));
                    let others: Vec<_> = others.collect();
                    // An alternative counts as far as that which it is an alternative to.
                    if let Some(other) = others.first() {
                        new.tracked.optional = other.tracked().optional;
                    }
                    own_topics.insert(id, within);
                    (new.skills, new.instead_of) = (skills, instead_of);
                    let stage = self.path.stages.get_mut(stage);
                    let topic =
                        stage.zip(topic_number(place)).and_then(|(s, t)| s.topics.get_mut(t));
                    fits = topic.is_some_and(|topic| push(&mut topic.resources, new, true));
                }
                (New::Skill(_) | New::Resource(..), None) => continue,
            }
            if !fits {
                self.tell(id, id, Why::TooMany);
            }
        }
    }

    /// Unlinks a new milestone from a heading that the portfolio does not have.
    fn heading(&mut self, heading: Option<&str>, id: &str, stage: usize) {
        let Some(heading) = heading else { return };
        if self.path.portfolio.iter().any(|one| one.id == heading) {
            return;
        }
        self.tell(heading, id, Why::Gone);
        let stage = self.path.stages.get_mut(stage);
        if let Some(new) = stage.and_then(|stage| stage.milestones.last_mut()) {
            new.portfolio = None;
        }
    }

    /// Of some ids those that stand in a topic, by the ids that they have now.
    fn beside(
        &mut self,
        ids: Vec<String>,
        kind: NodeKind,
        topic: &str,
        by: &str,
        own_topics: &HashMap<&str, &str>,
    ) -> Vec<String> {
        let mut beside = Vec::with_capacity(ids.len());
        for id in ids {
            let node = self.base.resolve(&id);
            let is_here = match node {
                None => own_topics.get(id.as_str()) == Some(&topic),
                Some(node) => {
                    node.kind() == kind && node.topic().is_some_and(|its| its.id == topic)
                }
            };
            let now = node.and_then(|node| node.id()).unwrap_or(&id);
            if self.hidden.contains(now) {
                continue;
            }
            match node {
                _ if is_here => beside.push(now.to_owned()),
                None if !is_own(&id) => self.tell(&id, by, Why::Gone),
                Some(node) if node.kind() != kind => self.tell(&id, by, Why::Kind(node.kind())),
                _ => self.tell(&id, by, Why::Elsewhere),
            }
        }
        beside
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

    /// Adds what is required besides, as far as it is there and leads in no circle.
    fn require(&mut self) {
        let changes = self.overlay.changes.iter().map(|one| (one.id.as_str(), &*one.requires));
        let added = self.overlay.added.iter().map(|one| (one.node.id(), requires_of(&one.node)));
        let mut wanted: Vec<(String, Requirement)> = Vec::new();
        for (id, requires) in changes.chain(added).filter(|(_, requires)| !requires.is_empty()) {
            let Some(holder) = self.path.resolve(id) else { continue };
            let (now, kind) = (holder.id().unwrap_or_default().to_owned(), holder.kind());
            for requirement in requires {
                let mut any_of = Vec::with_capacity(requirement.any_of.len());
                for reference in &requirement.any_of {
                    match self.loose_requirement(reference, kind) {
                        None => any_of.push(reference.clone()),
                        Some(Ok(why)) => self.tell(reference.id().unwrap_or_default(), id, why),
                        Some(Err(Hidden)) => {}
                    }
                }
                if !any_of.is_empty() {
                    wanted.push((now.clone(), Requirement { any_of }));
                }
            }
        }
        for look in 0..=MOST_LOOKS {
            let circles: HashSet<usize> = match look < MOST_LOOKS {
                true => circular(&self.path, &wanted),
                false => (0..wanted.len()).collect(),
            };
            let (gone, stay) = wanted
                .into_iter()
                .enumerate()
                .partition::<Vec<_>, _>(|(at, _)| circles.contains(at));
            wanted = stay.into_iter().map(|(_, one)| one).collect();
            for (_, (by, requirement)) in &gone {
                let first = requirement.any_of.first();
                let id = first.map_or("", |one| one.id().unwrap_or(one.as_str())).to_owned();
                self.tell(&id, by, Why::Circle);
            }
            if gone.is_empty() || wanted.is_empty() {
                break;
            }
        }
        let mut by_holder: HashMap<String, Vec<Requirement>> = HashMap::new();
        for (id, requirement) in wanted {
            by_holder.entry(id).or_default().push(requirement);
        }
        for (id, requires) in all_requires(&mut self.path) {
            requires.extend(by_holder.remove(id).into_iter().flatten());
        }
    }

    /// Why a reference to this path cannot be required, if it cannot.
    fn loose_requirement(&self, reference: &Ref, by: NodeKind) -> Option<Result<Why, Hidden>> {
        let id = reference.id().filter(|_| reference.path() == self.path.id)?;
        match self.path.resolve(id) {
            None if self.is_hidden(id) => Some(Err(Hidden)),
            None => Some(Ok(Why::Gone)),
            Some(node) if node.kind() == NodeKind::Resource && by != NodeKind::Resource => {
                Some(Ok(Why::Kind(NodeKind::Resource)))
            }
            Some(_) => None,
        }
    }
}

/// What is required is hidden, and holds nobody back.
struct Hidden;

fn topic_number(place: Option<(usize, Option<usize>)>) -> Option<usize> {
    place.and_then(|(_, topic)| topic)
}

/// Adds to a list that has room; whether it had.
fn push<T>(list: &mut Vec<T>, one: T, fits: bool) -> bool {
    let fits = fits && list.len() < MOST_ENTRIES;
    list.extend(fits.then_some(one));
    fits
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

fn requires_of(node: &New) -> &[Requirement] {
    match node {
        New::Stage(stage) => &stage.requires,
        New::Topic(topic) => &topic.requires,
        New::Skill(_) => &[],
        New::Resource(resource, _) => &resource.requires,
        New::Milestone(milestone) => &milestone.requires,
    }
}

/// All that can require something, by its id, and what it requires.
fn all_requires(path: &mut Roadmap) -> impl Iterator<Item = (&str, &mut Vec<Requirement>)> {
    path.stages.iter_mut().flat_map(|stage| {
        let topics = stage.topics.iter_mut().flat_map(|topic| {
            let resources = topic.resources.iter_mut();
            let resources = resources.map(|one| (&*one.tracked.id, &mut one.requires));
            std::iter::once((&*topic.id, &mut topic.requires)).chain(resources)
        });
        let milestones = stage.milestones.iter_mut();
        let milestones = milestones.map(|one| (&*one.tracked.id, &mut one.requires));
        std::iter::once((&*stage.id, &mut stage.requires)).chain(topics).chain(milestones)
    })
}

/// Where no more is there than is to choose, nothing is left to choose.
fn choose_less(stage: &mut Stage) {
    let topics = stage.topics.len();
    stage.choose = stage.choose.filter(|most| usize::from(*most) < topics);
    for topic in &mut stage.topics {
        let counted = topic.skills.iter().filter(|skill| skill.tracked.can_count()).count();
        topic.choose = topic.choose.filter(|most| usize::from(*most) < counted);
    }
}
