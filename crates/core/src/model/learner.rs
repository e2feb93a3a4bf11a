//! Paths and standing seen together: the status of an item, what is ready and what holds it back.
//!
//! An item's progress is kept under one reference, its own or that of the item which it is the same
//! as. What was recorded before an item was renamed (`replaces`) or tied to another (`same_as`) still
//! counts, until it is marked again; what was said of it then stays said. So it is with what was
//! recorded under the id that a whole path had before, while no path with that id is installed.

use std::collections::HashSet;

use chrono::NaiveDate;
use milepost_path::{
    Item, Node, PathQuestion, Ref, Requirement, Roadmap, Shelf, Stage, find, sort,
};
use rustc_hash::FxHashMap;

use super::counting;
use super::effort::{self, Effort};
use super::form;
use super::marking::Target;
use super::standing::{Answer, Dated, ItemState, Status};
use super::states::States;

/// How many `same_as` are followed before giving up: a file can chain as many as it likes, and each
/// look at an item follows them.
const MOST_HOPS: usize = 16;

/// The paths and the standing together.
#[derive(Clone, Copy)]
pub struct Learner<'a> {
    /// Where the paths are.
    pub shelf: &'a dyn Shelf,
    /// The state of every item.
    pub standing: &'a dyn States,
}

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

    /// The reference under which the progress is kept. In a circle no item is the first of them
    /// all, so that it is the one whose reference sorts first, from wherever one looks.
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
fn is_plain(item: &Item<'_>) -> bool {
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
pub fn tied<'s>(shelf: &'s dyn Shelf, item: &Item<'_>) -> Vec<Item<'s>> {
    SameAsChain::of(shelf, item).items
}

/// References under which something of an item can be recorded: where it is kept, then those of the
/// items that it is the same as, its own last, each with its old ids.
pub fn recorded_refs(shelf: &dyn Shelf, item: &Item<'_>) -> Vec<Ref> {
    groups(shelf, item).concat()
}

/// References under which something of a node can be recorded, the one that it has now first.
pub fn places_of(shelf: &dyn Shelf, node: &Node<'_>) -> Vec<Ref> {
    match node {
        Node::Item(item) => recorded_refs(shelf, item),
        node => [vec![node.reference()], former_refs(shelf, node)].concat(),
    }
}

/// References under which something of a node, its topics and its items can be recorded.
pub fn all_places(shelf: &dyn Shelf, node: &Node<'_>) -> HashSet<Ref> {
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
fn groups(shelf: &dyn Shelf, item: &Item<'_>) -> Vec<Vec<Ref>> {
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

/// How much a status says of what was merged: what is done stays done.
fn weight(status: Status) -> u8 {
    match status {
        Status::Done => 3,
        Status::Doing => 2,
        Status::Skipped => 1,
        Status::Todo => 0,
    }
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
pub fn former_refs(shelf: &dyn Shelf, node: &Node<'_>) -> Vec<Ref> {
    let roadmap = node.roadmap();
    let former = former(shelf, roadmap);
    let Some(id) = node.id() else {
        return former.into_iter().map(Ref::path_only).collect();
    };
    renamed(&roadmap.id, id, node.replaces(), &former, Ref::node)
}

/// All references by which something with old ids was known in a path with old ids, without
/// the one that it has now.
fn renamed(
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

impl<'a> Learner<'a> {
    /// The state of an item; `None` if nothing was ever said of it. Where it was recorded under
    /// several references, this has its status; [`Learner::notes`] and [`Learner::evidence`] have what
    /// was said under any of them.
    pub fn state(&self, item: &Item<'_>) -> Option<&'a ItemState> {
        if is_plain(item) {
            return self.standing.item(&item.roadmap.id, item.id());
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

    /// What is recorded of an item, where that which counts most is first.
    fn states(&self, item: &Item<'_>) -> Vec<&'a ItemState> {
        if is_plain(item) {
            return self.standing.item(&item.roadmap.id, item.id()).into_iter().collect();
        }
        self.at(&recorded_refs(self.shelf, item))
    }

    /// What is recorded of a node: of a topic or stage what was said, under its old ids too.
    fn states_of(&self, node: &Node<'_>) -> Vec<&'a ItemState> {
        match node {
            Node::Item(item) => self.states(item),
            _ => self.at(&places_of(self.shelf, node)),
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
    pub fn efforts(&self, node: &Node<'_>) -> Vec<&'a Effort> {
        let standing = self.standing.all();
        if standing.efforts().is_empty() {
            return Vec::new();
        }
        let places = places_of(self.shelf, node);
        places.iter().flat_map(|place| standing.efforts_on(place)).collect()
    }

    /// The time that was spent on a node itself, in minutes.
    pub fn minutes(&self, node: &Node<'_>) -> u32 {
        effort::sum(self.efforts(node))
    }

    /// The time that was spent on a node and on all that is in it, in minutes: each place once.
    pub fn minutes_within(&self, node: &Node<'_>) -> u32 {
        let efforts = self.standing.all().efforts();
        if efforts.is_empty() {
            return 0;
        }
        let places = all_places(self.shelf, node);
        effort::sum(efforts.iter().filter(|one| places.contains(&one.subject)))
    }

    /// Whether an item is shown: one that is retired only to those who have it in their record.
    pub fn is_shown(&self, item: &Item<'_>) -> bool {
        !item.tracked().retired || self.state(item).is_some()
    }

    /// The notes on an item, oldest first.
    pub fn notes(&self, item: &Item<'_>) -> Vec<&'a Dated> {
        self.notes_on(&Node::Item(*item))
    }

    /// The notes on a node, oldest first.
    pub fn notes_on(&self, node: &Node<'_>) -> Vec<&'a Dated> {
        in_time(self.states_of(node), |state| &state.notes)
    }

    /// The evidence for an item, oldest first, each once.
    pub fn evidence(&self, item: &Item<'_>) -> Vec<&'a Dated> {
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
    pub fn marked_at(&self, item: &Item<'_>) -> Ref {
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
    pub fn target(&self, item: &Item<'_>) -> Target {
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
        let places = places_of(self.shelf, node);
        let mut states =
            places.iter().filter_map(|place| Some((place, self.standing.item_at(place)?)));
        let (place, state) =
            states.find(|(_, state)| state.snoozed_until.is_some() || state.is_marked())?;
        Some((place.clone(), state.snoozed_until?))
    }

    /// The day until which a node itself is left out of plans, which can have passed.
    pub fn snoozed_until(&self, node: &Node<'_>) -> Option<NaiveDate> {
        self.snooze(node).map(|(_, until)| until)
    }

    /// A topic or an item as the target of a request to snooze it.
    pub fn snooze_target(&self, node: &Node<'_>) -> Target {
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

    /// Whether one of the alternatives is finished. Where none of them can be found (their paths
    /// are not installed, or their files are broken) they hold nobody back: nothing that one does
    /// could change it.
    pub fn is_met(&self, requirement: &Requirement) -> bool {
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
    pub fn unmet<'n>(&self, node: &Node<'n>) -> Vec<&'n Requirement> {
        let mut requirements = node.requirements();
        requirements.retain(|requirement| !self.is_met(requirement));
        requirements
    }

    /// Whether nothing holds a node back. For many nodes, [`RequirementCache`] answers sooner.
    pub fn is_ready(&self, node: &Node<'_>) -> bool {
        node.requirements().into_iter().all(|requirement| self.is_met(requirement))
    }

    /// The topics and milestones of some paths that require a node, what it is the same as, or
    /// something that one of these is a part of, directly.
    pub fn dependents<'p>(
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

/// Answers for many nodes what holds them back, looking at what they require only once: a stage
/// that a thousand topics require is not walked a thousand times.
pub struct RequirementCache<'a> {
    view: Learner<'a>,
    reached: FxHashMap<String, Option<bool>>,
}

impl<'a> RequirementCache<'a> {
    /// Nothing is looked at yet.
    pub fn new(view: Learner<'a>) -> Self {
        Self { view, reached: FxHashMap::default() }
    }

    /// What it looks at.
    pub fn view(&self) -> Learner<'a> {
        self.view
    }

    /// What [`Learner::is_met`] says.
    pub fn is_met(&mut self, requirement: &Requirement) -> bool {
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

    /// What [`Learner::unmet`] says.
    pub fn unmet<'n>(&mut self, node: &Node<'n>) -> Vec<&'n Requirement> {
        let mut requirements = node.requirements();
        requirements.retain(|requirement| !self.is_met(requirement));
        requirements
    }

    /// What [`Learner::is_ready`] says.
    pub fn is_ready(&mut self, node: &Node<'_>) -> bool {
        node.requirements().into_iter().all(|requirement| self.is_met(requirement))
    }
}

/// The references by which a requirement might mean a node: its own and those that it had before, its
/// topic's, its stage's, its path's.
pub fn requirable_refs(shelf: &dyn Shelf, node: &Node<'_>) -> Vec<Ref> {
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

/// References under which answers to a question can be recorded, its own first.
pub fn question_places(shelf: &dyn Shelf, asked: &PathQuestion<'_>) -> Vec<Ref> {
    let (roadmap, question) = (asked.roadmap, asked.question);
    let former = former(shelf, roadmap);
    let mut places = vec![asked.reference()];
    places.extend(renamed(&roadmap.id, &question.id, &question.replaces, &former, Ref::question));
    places
}

/// The nodes that requirements hold back: topics and milestones, in the order of the file.
pub fn gated_nodes(roadmap: &Roadmap) -> impl Iterator<Item = Node<'_>> {
    roadmap.stages.iter().flat_map(move |stage| {
        let topics = stage.topics.iter().map(move |topic| Node::Topic(roadmap, stage, topic));
        let milestones =
            roadmap.items_of_stage(stage).filter(|item| item.milestone().is_some()).map(Node::Item);
        topics.chain(milestones)
    })
}

#[cfg(test)]
mod tests;
