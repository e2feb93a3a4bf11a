//! What to study or build next, and why.
//!
//! Candidates are the resources that teach an open skill of a topic that is ready, the milestones
//! that are ready, and the open skills of ready topics that no open resource teaches any more. The
//! order is total and depends on nothing but paths, standing and wish:
//!
//! 1. what is in progress,
//! 2. what names the role that was asked for before what is for every role,
//! 3. what is counted before what is optional,
//! 4. paths that others require first, then by stage,
//! 5. how many topics and milestones it helps to unlock,
//! 6. how many open skills it covers per hour,
//! 7. the order of the file.
//!
//! At most two resources of a topic are shown, so that the list is a choice. What is blocked, done
//! or skipped is never recommended.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::roadmap::{Item, Node, NodeKind, Ref, Resource, ResourceKind, Roadmap, Topic, What};
use super::standing::Status;
use super::view::{View, holdable, holders, kept};

/// How many resources of one topic are shown.
const MOST_OF_A_TOPIC: usize = 2;

/// What the learner asks for.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// The hours that one has now.
    pub hours: Option<f64>,
    /// Nothing that must be paid for.
    pub free: bool,
    /// Only resources of these kinds, if any.
    pub kinds: Vec<ResourceKind>,
    /// Only topics for this role, or for every role.
    pub role: Option<String>,
}

impl Wish {
    /// Whether it leaves anything out.
    pub fn is_empty(&self) -> bool {
        self.hours.is_none() && !self.free && self.kinds.is_empty() && self.role.is_none()
    }
}

/// One reason, with a stable code for scripts and a sentence for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Because {
    /// The code.
    pub code: &'static str,
    /// The sentence.
    pub text: String,
}

/// One recommended item, with its reasons.
#[derive(Debug, Clone)]
pub struct Recommendation<'a> {
    /// The item.
    pub item: Item<'a>,
    /// Why, the weightiest first.
    pub because: Vec<Because>,
}

/// Why nothing is recommended.
#[derive(Debug, Clone, PartialEq)]
pub enum Nothing {
    /// All is done or skipped.
    Finished,
    /// What is open is held back by these, none of which is in the paths that were asked for.
    Blocked(Vec<Ref>),
    /// There are candidates, but none is as wished; the least hours among them, if any has hours.
    NoneAsWished(Option<f64>),
}

struct Candidate<'a> {
    item: Item<'a>,
    in_progress: bool,
    names_role: bool,
    depth: usize,
    stage: usize,
    unlocks: Vec<Ref>,
    unlocked_titles: Vec<&'a str>,
    covers: Vec<&'a str>,
    position: (usize, usize),
}

impl Candidate<'_> {
    /// Open skills covered per hour; a milestone counts as one, what has no hours comes last.
    fn worth(&self) -> f64 {
        let covered = self.covers.len().max(1) as f64;
        self.item.hours().map_or(0.0, |hours| covered / hours)
    }

    fn rank(&self, other: &Self) -> Ordering {
        other
            .in_progress
            .cmp(&self.in_progress)
            .then(other.names_role.cmp(&self.names_role))
            .then(self.item.tracked().optional.cmp(&other.item.tracked().optional))
            .then(self.depth.cmp(&other.depth))
            .then(self.stage.cmp(&other.stage))
            .then(other.unlocks.len().cmp(&self.unlocks.len()))
            .then(other.worth().total_cmp(&self.worth()))
            .then(self.position.cmp(&other.position))
    }
}

/// The recommendations for some paths, best first, at most `most`.
///
/// # Errors
/// Why there is none.
pub fn recommend<'a>(
    view: &View<'_>,
    paths: &[&'a Roadmap],
    wish: &Wish,
    most: usize,
) -> Result<Vec<Recommendation<'a>>, Nothing> {
    let unlocking = Unlocking::new(view, paths);
    let mut candidates = Vec::new();
    for (position, roadmap) in paths.iter().enumerate() {
        let depth = depth(roadmap, paths, 0);
        let mut order = 0;
        for (stage_index, stage) in roadmap.stages.iter().enumerate() {
            let mut add = |item: Item<'a>, covers: Vec<&'a str>, in_progress: bool| {
                order += 1;
                let (unlocks, unlocked_titles) = unlocking.by(&item);
                candidates.push(Candidate {
                    item,
                    in_progress,
                    names_role: wish.role.as_deref().is_some_and(|role| names_role(&item, role)),
                    depth,
                    stage: stage_index,
                    unlocks,
                    unlocked_titles,
                    covers,
                    position: (position, order),
                });
            };
            for topic in &stage.topics {
                if !view.is_ready(&Node::Topic(roadmap, stage, topic)) {
                    continue;
                }
                for (item, covers, in_progress) in of_topic(view, roadmap, stage, topic) {
                    add(item, covers, in_progress);
                }
            }
            for item in roadmap.items_of_stage(stage) {
                if item.milestone().is_some()
                    && view.is_open(&item)
                    && view.is_ready(&Node::Item(item))
                {
                    add(item, Vec::new(), view.status(&item) == Status::Doing);
                }
            }
        }
    }
    if candidates.is_empty() {
        return Err(nothing(view, paths));
    }
    let least_hours =
        candidates.iter().filter_map(|candidate| candidate.item.hours()).min_by(f64::total_cmp);
    candidates.retain(|candidate| is_as_wished(&candidate.item, wish));
    if candidates.is_empty() {
        return Err(Nothing::NoneAsWished(least_hours));
    }
    candidates.sort_by(Candidate::rank);
    let mut seen = HashSet::new();
    let mut by_topic: HashMap<(&str, &str), usize> = HashMap::new();
    candidates.retain(|candidate| {
        let item = &candidate.item;
        if !seen.insert(kept(view.shelf, item)) {
            return false;
        }
        let Some(topic) = item.topic.filter(|_| item.kind() == NodeKind::Resource) else {
            return true;
        };
        let shown = by_topic.entry((&item.roadmap.id, &topic.id)).or_default();
        *shown += 1;
        *shown <= MOST_OF_A_TOPIC
    });
    candidates.truncate(most);
    Ok(candidates.into_iter().map(|candidate| explain(view, candidate, wish)).collect())
}

/// The candidates of a ready topic: its resources that teach an open skill, and the open skills
/// that none of them teaches.
fn of_topic<'a>(
    view: &View<'_>,
    roadmap: &'a Roadmap,
    stage: &'a super::roadmap::Stage,
    topic: &'a Topic,
) -> Vec<(Item<'a>, Vec<&'a str>, bool)> {
    let item = |what| Item { roadmap, stage, topic: Some(topic), what };
    let mut open: Vec<(&'a str, &'a str, bool)> = Vec::new();
    for skill in &topic.skills {
        let status = view.status(&item(What::Skill(skill)));
        if status.is_open() {
            open.push((&skill.tracked.id, &skill.tracked.title, status == Status::Doing));
        }
    }
    let mut found = Vec::new();
    let mut taught: HashSet<&str> = HashSet::new();
    for resource in &topic.resources {
        let status = view.status(&item(What::Resource(resource)));
        if !status.is_open() {
            continue;
        }
        let teaches = |id: &str| resource.skills.iter().any(|skill| skill == id);
        let covered: Vec<_> = open.iter().filter(|(id, _, _)| teaches(id)).collect();
        // A topic without skills is there for its resources.
        if covered.is_empty() && !topic.skills.is_empty() {
            continue;
        }
        taught.extend(covered.iter().map(|(id, _, _)| *id));
        let in_progress = status == Status::Doing;
        let titles = covered.iter().map(|(_, title, _)| *title).collect();
        found.push((item(What::Resource(resource)), titles, in_progress));
    }
    for skill in &topic.skills {
        let id = skill.tracked.id.as_str();
        if let Some((_, title, doing)) = open.iter().find(|(open, _, _)| *open == id)
            && !taught.contains(id)
        {
            found.push((item(What::Skill(skill)), vec![*title], *doing));
        }
    }
    found
}

/// Whether the topic of an item names a role.
fn names_role(item: &Item<'_>, role: &str) -> bool {
    item.topic.is_some_and(|topic| topic.roles.iter().any(|named| named == role))
}

/// Whether an item is for a role: its topic names that role, or none.
pub fn is_for_role(item: &Item<'_>, role: &str) -> bool {
    names_role(item, role) || item.topic.is_none_or(|topic| topic.roles.is_empty())
}

fn is_as_wished(item: &Item<'_>, wish: &Wish) -> bool {
    let resource: Option<&Resource> = item.resource();
    let fits = wish.hours.is_none_or(|have| item.hours().is_some_and(|needs| needs <= have));
    let free = !wish.free || resource.is_none_or(|resource| resource.cost.is_free());
    let kind = wish.kinds.is_empty()
        || resource.is_some_and(|resource| wish.kinds.contains(&resource.kind));
    let role = wish.role.as_deref().is_none_or(|role| is_for_role(item, role));
    fits && free && kind && role
}

/// How many of the paths lie before this one by their `requires`: those come first.
fn depth(roadmap: &Roadmap, paths: &[&Roadmap], hops: usize) -> usize {
    // A circle of paths ends at the number of paths.
    if hops > paths.len() {
        return hops;
    }
    roadmap
        .requires
        .iter()
        .flat_map(|requirement| &requirement.any_of)
        .filter_map(|required| paths.iter().find(|path| path.id == required.path()))
        .filter(|path| path.id != roadmap.id)
        .map(|path| 1 + depth(path, paths, hops + 1))
        .max()
        .unwrap_or(0)
}

/// Which open topics and milestones hang on what, directly or through others.
struct Unlocking<'a> {
    /// From a reference that requirements name to the nodes that name it.
    held: HashMap<&'a Ref, Vec<Node<'a>>>,
}

impl<'a> Unlocking<'a> {
    fn new(view: &View<'_>, paths: &[&'a Roadmap]) -> Self {
        let mut held: HashMap<&'a Ref, Vec<Node<'a>>> = HashMap::new();
        for node in paths.iter().flat_map(|roadmap| holdable(roadmap)) {
            if view.is_finished(&node) {
                continue;
            }
            for requirement in node.requirements() {
                for reference in &requirement.any_of {
                    held.entry(reference).or_default().push(node);
                }
            }
        }
        Self { held }
    }

    /// What finishing the item helps to unlock: references in the order of discovery, and the
    /// titles of those that wait for it directly.
    fn by(&self, item: &Item<'_>) -> (Vec<Ref>, Vec<&'a str>) {
        let mut names = holders(&Node::Item(*item));
        if let Some(resource) = item.resource() {
            let path = &item.roadmap.id;
            names.extend(resource.skills.iter().map(|skill| Ref::node(path, skill)));
        }
        let itself = names.first().cloned();
        let mut found: Vec<Ref> = Vec::new();
        let mut seen: HashSet<Ref> = itself.into_iter().collect();
        let mut direct = Vec::new();
        let mut first_round = true;
        while !names.is_empty() {
            let mut next = Vec::new();
            for name in &names {
                for node in self.held.get(name).into_iter().flatten() {
                    let reference = node.reference();
                    if !seen.insert(reference.clone()) {
                        continue;
                    }
                    if first_round {
                        direct.push(node.title());
                    }
                    next.extend(holders(node));
                    found.push(reference);
                }
            }
            first_round = false;
            names = next;
        }
        (found, direct)
    }
}

fn explain<'a>(view: &View<'_>, candidate: Candidate<'a>, wish: &Wish) -> Recommendation<'a> {
    let item = candidate.item;
    let mut because = Vec::new();
    let mut say = |code, text: String| because.push(Because { code, text });
    if candidate.in_progress {
        let since = view.state(&item).and_then(|state| state.since);
        say(
            "in-progress",
            since.map_or("in progress".to_owned(), |day| format!("in progress since {day}")),
        );
    }
    match item.what {
        What::Milestone(_) => say("ready", "all that it requires is done".to_owned()),
        What::Skill(_) => {
            say(
                "no-resource-left",
                "nothing is left to study for it: practise, or mark it done".into(),
            );
        }
        What::Resource(_) if !candidate.covers.is_empty() => {
            let n = candidate.covers.len();
            let skills = if n == 1 { "skill" } else { "skills" };
            let names = candidate.covers.join(", ");
            say("covers", format!("teaches {n} open {skills}: {names}"));
        }
        What::Resource(_) => {}
    }
    if !candidate.unlocks.is_empty() {
        let n = candidate.unlocks.len();
        let first: Vec<&str> = candidate.unlocked_titles.iter().copied().take(3).collect();
        let more = if n > first.len() { ", ..." } else { "" };
        say("unlocks", format!("on the way to {n} more: {}{more}", first.join(", ")));
    }
    say("stage", format!("in stage {}, {}", candidate.stage + 1, item.stage.title));
    if let (Some(_), Some(hours)) = (wish.hours, item.hours()) {
        say("fits-time", format!("fits the time: {} min", (hours * 60.0).round()));
    }
    if let Some(resource) = item.resource()
        && resource.cost.is_free()
        && wish.free
    {
        say("free", resource.cost.as_str().to_owned());
    }
    if let Some(role) = wish.role.as_ref().filter(|_| candidate.names_role) {
        say("role", format!("for the role {role}"));
    }
    Recommendation { item, because }
}

/// Why there is no candidate at all.
fn nothing(view: &View<'_>, paths: &[&Roadmap]) -> Nothing {
    let mut blockers: Vec<Ref> = Vec::new();
    for node in paths.iter().flat_map(|roadmap| holdable(roadmap)) {
        if view.is_finished(&node) {
            continue;
        }
        for reference in view.unmet(&node).into_iter().flat_map(|unmet| &unmet.any_of) {
            if !blockers.contains(reference) {
                blockers.push(reference.clone());
            }
        }
    }
    // What is in these paths is held back itself, so it is no place to begin.
    let elsewhere = |reference: &Ref| paths.iter().all(|path| path.id != reference.path());
    if blockers.iter().any(elsewhere) {
        blockers.retain(elsewhere);
    }
    if blockers.is_empty() { Nothing::Finished } else { Nothing::Blocked(blockers) }
}
