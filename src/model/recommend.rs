//! What to study or build next, and why.
//!
//! Candidates are the resources that teach an open skill of a topic that is ready, the milestones
//! that are ready, and the open skills of ready topics that no open resource teaches any more. In a
//! topic without goals, resources are there for themselves. The order is total and depends on
//! nothing but paths, standing and wish:
//!
//! 1. what is in progress, or teaches a skill that is,
//! 2. what is counted before what is optional,
//! 3. where a role is aimed at, what raises the area with the largest gap, then what is on the way
//!    to such a thing ([`Steer`]),
//! 4. by stage; of several paths, those that others require come first,
//! 5. how many topics and milestones it helps to unlock,
//! 6. how many open skills it covers per hour,
//! 7. what names the role that was asked for before what is for every role,
//! 8. the order of the file.
//!
//! At most two resources of a topic are shown, so that the list is a choice. What is blocked, done
//! or skipped is never recommended.

mod unlocks;

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::fit::{Pull, Steer};
use super::roadmap::{
    Item, Node, NodeKind, Ref, Resource, ResourceKind, Roadmap, Skill, Stage, Topic, What, find,
};
use super::route;
use super::standing::Status;
use super::view::{Readiness, View, holdable, kept};
use unlocks::{Ahead, MOST_COUNTED, Unlocking, Unlocks};

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
    /// Towards which role.
    pub steer: Option<Steer>,
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
    /// What is open is held back by these. They are outside of the paths that were asked for,
    /// except where requirements lead in a circle.
    Blocked(Vec<Ref>),
    /// There are candidates, but none is as wished; the least hours among them, if any has hours.
    NoneAsWished(Option<f64>),
}

/// An item that may be recommended, before it is known what it unlocks.
struct Offer<'a> {
    item: Item<'a>,
    in_progress: bool,
    /// Whether it brings one nearer to the end of its topic, stage and path.
    counts: bool,
    /// The open skills that it teaches, or the skill that it is.
    covers: Vec<&'a Skill>,
}

struct Candidate<'a> {
    offer: Offer<'a>,
    names_role: bool,
    /// What it does for the role that is aimed at.
    pull: Option<Pull>,
    depth: usize,
    stage: usize,
    unlocks: Unlocks<'a>,
    position: (usize, usize),
}

impl Candidate<'_> {
    fn is_optional(&self) -> bool {
        self.offer.item.tracked().optional
    }

    /// Open skills covered per hour; a milestone counts as one, what has no hours comes last.
    fn worth(&self) -> f64 {
        let covered = self.offer.covers.len().max(1) as f64;
        self.offer.item.hours().map_or(0.0, |hours| covered / hours)
    }

    /// How strongly the role pulls at it, and at what it is on the way to.
    fn strengths(&self) -> (u32, u32) {
        let ahead = self.unlocks.ahead.as_ref();
        let own = self.pull.as_ref().map_or(0, |pull| pull.strength);
        (own, ahead.map_or(0, |ahead| ahead.pull.strength))
    }

    fn rank(&self, other: &Self) -> Ordering {
        other
            .offer
            .in_progress
            .cmp(&self.offer.in_progress)
            .then(self.is_optional().cmp(&other.is_optional()))
            .then(other.strengths().cmp(&self.strengths()))
            .then(self.depth.cmp(&other.depth))
            .then(self.stage.cmp(&other.stage))
            .then(other.unlocks.count.cmp(&self.unlocks.count))
            .then(other.worth().total_cmp(&self.worth()))
            .then(other.names_role.cmp(&self.names_role))
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
    let mut readiness = Readiness::new(*view);
    let offers = offers(view, paths, &mut readiness);
    if offers.is_empty() {
        return Err(nothing(view, paths, &mut readiness));
    }
    let hours = offers.iter().filter_map(|(offer, _)| offer.item.hours());
    let least_hours = hours.min_by(f64::total_cmp);
    let steer = wish.steer.as_ref();
    let mut unlocking = Unlocking::new(view, paths, steer, &mut readiness);
    let depths = route::depths(paths);
    let mut candidates: Vec<Candidate<'a>> = offers
        .into_iter()
        .filter(|(offer, _)| is_as_wished(&offer.item, wish))
        .enumerate()
        .map(|(order, (offer, (path, stage)))| Candidate {
            names_role: wish.role.as_deref().is_some_and(|role| names_role(&offer.item, role)),
            pull: steer.and_then(|steer| pull(steer, &offer)),
            depth: depths.get(path).copied().unwrap_or(0),
            stage,
            unlocks: unlocking.by(&offer),
            position: (path, order),
            offer,
        })
        .collect();
    if candidates.is_empty() {
        return Err(Nothing::NoneAsWished(least_hours));
    }
    candidates.sort_by(Candidate::rank);
    let mut seen = HashSet::new();
    let mut by_topic: HashMap<(&str, &str), usize> = HashMap::new();
    let chosen = candidates.into_iter().filter(|candidate| {
        let item = &candidate.offer.item;
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
    Ok(chosen.take(most).map(|candidate| explain(view, candidate, wish)).collect())
}

/// What may be recommended of some paths, each with the number of its path and of its stage, in the
/// order of the files.
fn offers<'a>(
    view: &View<'_>,
    paths: &[&'a Roadmap],
    readiness: &mut Readiness<'_>,
) -> Vec<(Offer<'a>, (usize, usize))> {
    let mut offers = Vec::new();
    for (path, roadmap) in paths.iter().enumerate() {
        for (at, stage) in roadmap.stages.iter().enumerate() {
            for topic in &stage.topics {
                if readiness.is_ready(&Node::Topic(roadmap, stage, topic)) {
                    let found = of_topic(view, roadmap, stage, topic);
                    offers.extend(found.into_iter().map(|offer| (offer, (path, at))));
                }
            }
            for milestone in &stage.milestones {
                let what = What::Milestone(milestone);
                let item = Item { roadmap, stage, topic: None, what };
                let status = view.status(&item);
                if status.is_open() && readiness.is_ready(&Node::Item(item)) {
                    let offer = Offer {
                        item,
                        in_progress: status == Status::Doing,
                        counts: milestone.tracked.can_count(),
                        covers: Vec::new(),
                    };
                    offers.push((offer, (path, at)));
                }
            }
        }
    }
    offers
}

/// What may be recommended of a ready topic: its resources that teach an open skill, and the open
/// skills that none of them teaches.
fn of_topic<'a>(
    view: &View<'_>,
    roadmap: &'a Roadmap,
    stage: &'a Stage,
    topic: &'a Topic,
) -> Vec<Offer<'a>> {
    let item = |what| Item { roadmap, stage, topic: Some(topic), what };
    // The open skills by number, so that what a resource teaches keeps the order of the topic.
    let mut open: Vec<(&'a Skill, Status)> = Vec::new();
    for skill in &topic.skills {
        let status = view.status(&item(What::Skill(skill)));
        if status.is_open() {
            open.push((skill, status));
        }
    }
    let numbers: HashMap<&str, usize> =
        open.iter().enumerate().map(|(at, (skill, _))| (skill.tracked.id.as_str(), at)).collect();
    let mut taught = vec![false; open.len()];
    let mut found = Vec::new();
    for resource in &topic.resources {
        let status = view.status(&item(What::Resource(resource)));
        if !status.is_open() {
            continue;
        }
        let ids = resource.skills.iter();
        let mut covered: Vec<usize> =
            ids.filter_map(|id| numbers.get(id.as_str()).copied()).collect();
        covered.sort_unstable();
        covered.dedup();
        // Where no skill is to be reached, the resources are what there is to do.
        let has_skills = topic.skills.iter().any(|skill| skill.tracked.can_count());
        if covered.is_empty() && has_skills {
            continue;
        }
        let mut in_progress = status == Status::Doing;
        let mut counts = item(What::Resource(resource)).is_goal();
        let mut covers = Vec::with_capacity(covered.len());
        for at in covered {
            if let (Some((skill, status)), Some(taught)) = (open.get(at), taught.get_mut(at)) {
                *taught = true;
                in_progress |= *status == Status::Doing;
                counts |= skill.tracked.can_count();
                covers.push(*skill);
            }
        }
        found.push(Offer { item: item(What::Resource(resource)), in_progress, counts, covers });
    }
    for ((skill, status), taught) in open.into_iter().zip(taught) {
        if !taught {
            found.push(Offer {
                item: item(What::Skill(skill)),
                in_progress: status == Status::Doing,
                counts: skill.tracked.can_count(),
                covers: vec![skill],
            });
        }
    }
    found
}

/// What an offer does for a role: the item itself, or a skill that it teaches.
fn pull(steer: &Steer, offer: &Offer<'_>) -> Option<Pull> {
    let skills = offer.covers.iter().map(|skill| Item { what: What::Skill(skill), ..offer.item });
    let items = std::iter::once(offer.item).chain(skills);
    let pulls = items.filter_map(|item| steer.pull(&Node::Item(item)));
    pulls.max_by_key(|pull| pull.strength).cloned()
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
    let free = !wish.free || resource.is_none_or(Resource::is_free);
    let kind = wish.kinds.is_empty()
        || resource.is_some_and(|resource| wish.kinds.contains(&resource.kind));
    let role = wish.role.as_deref().is_none_or(|role| is_for_role(item, role));
    fits && free && kind && role
}

fn explain<'a>(view: &View<'_>, candidate: Candidate<'a>, wish: &Wish) -> Recommendation<'a> {
    let Offer { item, in_progress, covers, .. } = candidate.offer;
    let mut because = Vec::new();
    let mut say = |code, text: String| because.push(Because { code, text });
    if in_progress {
        let state = view.state(&item).filter(|state| state.status == Status::Doing);
        let text = match (state, state.and_then(|state| state.since)) {
            (Some(_), Some(day)) => format!("in progress since {day}"),
            (Some(_), None) => "in progress".to_owned(),
            (None, _) => {
                let begun = covers.iter().filter(|skill| {
                    view.status(&Item { what: What::Skill(skill), ..item }) == Status::Doing
                });
                format!("teaches what is in progress: {}", titles(begun.copied()))
            }
        };
        say("in-progress", text);
    }
    match item.what {
        What::Milestone(_) => say("ready", "all that it requires is done".to_owned()),
        What::Skill(_) => {
            say(
                "no-resource-left",
                "nothing is left to study for it: practise, or mark it done".into(),
            );
        }
        What::Resource(_) if !covers.is_empty() => {
            let n = covers.len();
            let skills = if n == 1 { "skill" } else { "skills" };
            say("covers", format!("teaches {n} open {skills}: {}", titles(covers)));
        }
        What::Resource(_) => {}
    }
    let Unlocks { count, direct, ahead } = candidate.unlocks;
    if let Some(steer) = &wish.steer {
        let role = &steer.role;
        let gap = |pull: &Pull| {
            let Pull { area, level, target, .. } = pull;
            format!("{area}: you are at level {level}, {role} needs {target}")
        };
        match (&candidate.pull, &ahead) {
            (Some(pull), _) => say("role-gap", format!("raises {}", gap(pull))),
            (None, Some(Ahead { title, pull })) => {
                say("role-gap-ahead", format!("on the way to {title}, which raises {}", gap(pull)));
            }
            (None, None) => {}
        }
    }
    if count > 0 {
        let or_more = if count == MOST_COUNTED { " or" } else { "" };
        let rest = if count > direct.len() { ", ..." } else { "" };
        say("unlocks", format!("on the way to {count}{or_more} more: {}{rest}", direct.join(", ")));
    }
    say("stage", format!("in stage {}, {}", candidate.stage + 1, item.stage.title));
    if let (Some(_), Some(hours)) = (wish.hours, item.hours()) {
        say("fits-time", format!("fits the time: {} min", (hours * 60.0).round()));
    }
    if let Some(resource) = item.resource()
        && wish.free
        && let Some(cost) = resource.cost.filter(|cost| cost.is_free())
    {
        say("free", cost.as_str().to_owned());
    }
    if let Some(role) = wish.role.as_ref().filter(|_| candidate.names_role) {
        say("role", format!("for the role {role}"));
    }
    Recommendation { item, because }
}

fn titles<'s>(skills: impl IntoIterator<Item = &'s Skill>) -> String {
    let titles: Vec<&str> = skills.into_iter().map(|skill| skill.tracked.title.as_str()).collect();
    titles.join(", ")
}

/// Why there is no candidate at all.
fn nothing(view: &View<'_>, paths: &[&Roadmap], readiness: &mut Readiness<'_>) -> Nothing {
    let mut blockers: Vec<&Ref> = Vec::new();
    let mut seen = HashSet::new();
    for node in paths.iter().flat_map(|roadmap| holdable(roadmap)) {
        let optional = matches!(node, Node::Item(item) if !item.can_count());
        if optional || view.is_finished(&node) {
            continue;
        }
        let unmet = readiness.unmet(&node);
        for reference in unmet.into_iter().flat_map(|requirement| &requirement.any_of) {
            // What is not there cannot be finished either.
            if seen.insert(reference) && find(view.shelf, reference).is_some() {
                blockers.push(reference);
            }
        }
    }
    if blockers.is_empty() {
        return Nothing::Finished;
    }
    // What is held back itself is nothing to begin with, unless there is nothing else.
    let is_outside = |reference: &Ref| paths.iter().all(|path| path.id != reference.path());
    let outside: Vec<&Ref> = blockers.iter().copied().filter(|one| is_outside(one)).collect();
    let first = if outside.is_empty() { blockers } else { outside };
    Nothing::Blocked(first.into_iter().cloned().collect())
}

#[cfg(test)]
mod tests;
