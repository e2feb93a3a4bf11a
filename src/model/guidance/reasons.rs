//! Why something is next: each reason is true of this step and worth its line.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde::Serialize;

use super::order::{Candidate, Key};
use super::plan::Guide;
use super::scope::{ScopeTopic, Waiter};
use crate::model::roadmap::Item;
use crate::model::standing::Status;

/// What is in progress is asked about when it was not touched for so many days that were not away.
const UNTOUCHED: i64 = 28;
/// How many titles a reason names.
const MOST_TITLES: usize = 3;

/// One reason, with a stable code for scripts and a sentence for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Because {
    /// The code.
    pub code: &'static str,
    /// The sentence.
    pub text: String,
}

impl Because {
    pub(super) fn new(code: &'static str, text: impl Into<String>) -> Self {
        Self { code, text: text.into() }
    }
}

impl<'a> Guide<'a> {
    /// Why a candidate comes where it comes, the weightiest reason first.
    pub(super) fn because(&self, key: &Key) -> Vec<Because> {
        let mut reasons = Vec::new();
        let node = match key.candidate {
            Candidate::Build { milestone } => {
                self.why_build(milestone, &mut reasons);
                Waiter::Milestone(milestone)
            }
            Candidate::Study { topic, resource, place } => {
                self.why_study(topic, resource, place, &mut reasons);
                Waiter::Topic(topic)
            }
            Candidate::Prove { topic } => Waiter::Topic(topic),
        };
        let mut wanting = None;
        if key.is_rest() {
            let path = self.scope.paths.get(self.scope.place(node).0);
            let title = path.map_or("", |path| path.roadmap.title.as_str());
            reasons.push(Because::new(
                "rest",
                format!("rest of {title}: nothing you follow needs it"),
            ));
        } else if let Some((wanted, text)) = self.needed_for(key, node) {
            wanting = Some(wanted);
            reasons.push(Because::new("needed-for", text));
        }
        // A topic that is begun is finished whatever the role needs: the role is why it was begun.
        let is_begun = match node {
            Waiter::Topic(topic) => self.start.state.touched(topic).is_some(),
            Waiter::Milestone(_) => false,
        };
        if let Some(goal) = self.aim.as_ref().filter(|_| !is_begun)
            && let Some(pull) = goal.pull(node, &self.start.levels)
        {
            let (area, level, target) = (pull.area, pull.level, pull.target);
            // Nobody is told that they are at nothing: they may only not have said.
            let text = match level {
                0 => format!("raises {area}, of which the role needs level {target}"),
                _ => format!("raises {area}: you are at level {level}, the role needs {target}"),
            };
            reasons.push(Because::new("role-gap", text));
        }
        if let (Some(aim), Waiter::Topic(_), false) = (&self.aim, node, is_begun)
            && let Some((area, level)) = aim.assessed(node)
            && let Some(name) = self.scope.node(node).map(|node| node.reference())
        {
            let text = format!(
                "you put yourself at level {level} in {area}: if you know this, credit it with \
                 `milepost done {name} --known`"
            );
            reasons.push(Because::new("assessed", text));
        }
        let mut opened = self.opens(key.candidate);
        // That it opens what it is for goes without saying.
        opened.retain(|node| Some(*node) != wanting);
        let opened: Vec<&str> = opened
            .iter()
            .filter_map(|node| self.scope.node(*node))
            .map(|node| node.title())
            .collect();
        if !opened.is_empty() {
            let is_study = matches!(key.candidate, Candidate::Study { .. });
            let then = if is_study { " once you prove it" } else { "" };
            reasons.push(Because::new("unlocks", format!("opens {}{then}", list(&opened))));
        }
        reasons
    }

    fn why_study(&self, at: usize, resource: usize, place: usize, reasons: &mut Vec<Because>) {
        let Some(topic) = self.scope.topics.get(at) else { return };
        let Some(one) = topic.resources.get(resource) else { return };
        let state = &self.start.state;
        if state.is_doing(one.item) {
            reasons.push(Because::new("in-progress", self.since(one.item)));
        }
        let taught = one.teaches.iter().filter(|skill| topic.is_wanted(**skill, state));
        let taught: Vec<&str> = taught
            .filter_map(|skill| topic.skills.get(*skill))
            .map(|skill| skill.skill.tracked.title.as_str())
            .collect();
        if !taught.is_empty() {
            // A topic that is begun speaks for itself.
            let begins = match state.touched(at) {
                None => format!(", to begin {}", topic.topic.title),
                Some(_) => String::new(),
            };
            reasons.push(Because::new("covers", format!("teaches {}{begins}", list(&taught))));
        }
        if place != resource
            && let Some(core) = topic.resources.get(place)
        {
            let title = &core.resource.tracked.title;
            let text = match state.status(core.item) {
                Status::Skipped => format!("in place of {title}, which you skipped"),
                _ if self.only_some_kinds => {
                    format!("in place of {title}, which does not match your filters")
                }
                _ => format!("free, in place of {title}"),
            };
            reasons.push(Because::new("instead", text));
        }
    }

    fn why_build(&self, milestone: usize, reasons: &mut Vec<Because>) {
        let Some(one) = self.scope.milestones.get(milestone) else { return };
        let state = &self.start.state;
        let node = Waiter::Milestone(milestone);
        if state.is_doing(one.item) {
            reasons.push(Because::new("in-progress", self.since(one.item)));
        }
        if !state.is_ready(&self.scope, node) {
            return;
        }
        let targets = || self.scope.required_by(node).iter().flatten();
        let behind: Vec<usize> =
            targets().flat_map(|target| self.scope.items_of(*target)).collect();
        let is_credited = !behind.is_empty() && behind.iter().all(|one| state.is_known(*one));
        let text = if is_credited {
            let id = one.what.reference();
            format!(
                "you know all it requires: build it, or credit it with `milepost done {id} --known`"
            )
        } else {
            // What was built before proves itself.
            let is_milestone = |target: &usize| {
                let nodes = self.scope.nodes_of(*target);
                nodes.iter().all(|node| matches!(node, Waiter::Milestone(_)))
            };
            let proven = targets().filter(|target| {
                !is_milestone(target) && state.is_reached(&self.scope, **target) == Some(true)
            });
            let mut titles: Vec<&str> = Vec::new();
            for title in proven.filter_map(|target| self.title_of(*target)) {
                if !titles.contains(&title) {
                    titles.push(title);
                }
            }
            match titles.as_slice() {
                [] => "all it requires is done, so prove it by building".to_owned(),
                titles => format!("all it requires is done; building it proves {}", list(titles)),
            }
        };
        reasons.push(Because::new("ready", text));
    }

    /// Since when an item is in progress.
    fn since(&self, item: usize) -> String {
        match self.scope.items.get(item).and_then(|item| item.recorded.since) {
            Some(day) => format!("in progress since {day}"),
            None => "in progress".to_owned(),
        }
    }

    /// The one thing in progress that is asked about: that which was not touched for longest, if it was
    /// not for weeks.
    pub(super) fn untouched(&self, keys: &[Key]) -> Option<(i64, usize)> {
        let today = self.start.state.day();
        let idle = |item: usize| {
            let one = self.scope.items.get(item)?;
            let since = one.recorded.since.max(one.spent.map(|spent| spent.last))?;
            let days = self.days.number(today) - self.days.number(since);
            (days >= UNTOUCHED).then_some((days, item))
        };
        let doing = keys.iter().filter_map(|key| self.number(key.candidate));
        let doing = doing.filter(|item| self.start.state.is_doing(*item));
        doing.filter_map(idle).min_by_key(|(days, _)| Reverse(*days))
    }

    /// For what a candidate is needed earlier than its own stage says: itself, or the topic that it is
    /// the rest of.
    fn needed_for(&self, key: &Key, node: Waiter) -> Option<(Waiter, String)> {
        if !self.start.need.is_brought_forward(node) {
            return None;
        }
        let own = match key.candidate {
            Candidate::Study { topic, resource, .. } => self.taught(topic, resource),
            Candidate::Build { milestone } => {
                self.scope.items_of_node(Waiter::Milestone(milestone))
            }
            Candidate::Prove { .. } => return None,
        };
        let titled = |wanted: Waiter| -> Option<String> {
            let (path, own_stage) = self.scope.place(wanted);
            let title = self.scope.node(wanted)?.title();
            Some(match self.scope.paths.get(path)?.stages.len() {
                0 | 1 => title.to_owned(),
                _ => format!("{title} (stage {})", own_stage + 1),
            })
        };
        if let Some(wanted) = self.first_that_waits(&own, key.stage) {
            return Some((wanted, format!("for {}", titled(wanted)?)));
        }
        let whole = self.scope.items_of_node(node);
        let wanted = self.first_that_waits(&whole, key.stage)?;
        let topic = self.scope.node(node)?.title();
        Some((wanted, format!("part of {topic}, for {}", titled(wanted)?)))
    }

    /// The open, counted skills that a resource teaches, as items.
    fn taught(&self, topic: usize, resource: usize) -> Vec<usize> {
        let Some(topic) = self.scope.topics.get(topic) else { return Vec::new() };
        let Some(one) = topic.resources.get(resource) else { return Vec::new() };
        let taught = one.teaches.iter().filter(|at| topic.is_wanted(**at, &self.start.state));
        taught.filter_map(|at| topic.skills.get(*at)).map(|skill| skill.item).collect()
    }

    /// The nearest thing that is open, needed in a stage for its own sake, and waits for items directly
    /// or through others.
    fn first_that_waits(&self, items: &[usize], stage: u32) -> Option<Waiter> {
        let (need, state) = (&self.start.need, &self.start.state);
        let is_wanted = |node: &Waiter| {
            self.scope.is_of_goal(*node)
                && need.of(*node) == stage
                && !need.is_brought_forward(*node)
        };
        let mut seen: BTreeSet<Waiter> = BTreeSet::new();
        let mut waiting = self.scope.waiting_for(items);
        while !waiting.is_empty() {
            waiting.retain(|node| !state.is_over(&self.scope, *node) && seen.insert(*node));
            if let Some(found) = waiting.iter().find(|node| is_wanted(node)) {
                return Some(*found);
            }
            let behind = waiting.iter().flat_map(|node| self.scope.items_of_node(*node));
            waiting = self.scope.waiting_for(&behind.collect::<Vec<usize>>());
        }
        None
    }

    /// What waits for nothing but this.
    fn opens(&self, candidate: Candidate) -> Vec<Waiter> {
        let state = &self.start.state;
        let finishes: Vec<usize> = match candidate {
            Candidate::Build { milestone } => {
                self.scope.milestones.get(milestone).map(|one| one.item).into_iter().collect()
            }
            Candidate::Study { topic, resource, .. } => {
                let Some(topic) = self.scope.topics.get(topic) else { return Vec::new() };
                self.closes(topic, resource)
            }
            Candidate::Prove { .. } => Vec::new(),
        };
        if finishes.is_empty() {
            return Vec::new();
        }
        let mut after = state.clone();
        let mut waiting = Vec::new();
        for item in finishes {
            for target in after.finish(&self.scope, item) {
                waiting.extend(self.scope.waiting.get(target).into_iter().flatten().copied());
            }
        }
        waiting.sort_unstable();
        waiting.dedup();
        let opened = waiting.into_iter().filter(|node| {
            !state.is_over(&self.scope, *node)
                && !state.is_ready(&self.scope, *node)
                && after.is_ready(&self.scope, *node)
        });
        opened.collect()
    }

    /// The skills of a topic for which nothing is left to study after a resource.
    fn closes(&self, topic: &ScopeTopic<'a>, resource: usize) -> Vec<usize> {
        let state = &self.start.state;
        let Some(own) = topic.resources.get(resource) else { return Vec::new() };
        if topic.is_reading {
            return vec![own.item];
        }
        let course = topic.course(state);
        let others: Vec<usize> =
            course.open.iter().map(|slot| slot.resource).filter(|one| *one != resource).collect();
        let is_taught_later = |skill: &usize| {
            let mut others = others.iter().filter_map(|at| topic.resources.get(*at));
            others.any(|other| other.teaches.contains(skill))
        };
        let taught = own.teaches.iter().filter(|skill| topic.is_wanted(**skill, state));
        let closed = taught.filter(|skill| !is_taught_later(skill));
        closed.filter_map(|skill| topic.skills.get(*skill)).map(|skill| skill.item).collect()
    }
}

/// What is asked about something in progress that was not touched for so many days.
pub(super) fn untouched_for(days: i64, item: &Item<'_>) -> Because {
    let (weeks, name) = (days / 7, item.reference());
    let text = format!("untouched for {weeks} weeks: go on, or `milepost todo {name}`");
    Because::new("untouched", text)
}

/// Some titles as a list, with how many more there are.
pub(super) fn list(titles: &[&str]) -> String {
    let shown = titles.get(..MOST_TITLES.min(titles.len())).unwrap_or(titles);
    let more = titles.len() - shown.len();
    match (shown, more) {
        ([one], 0) => (*one).to_owned(),
        ([first @ .., last], 0) => format!("{} and {last}", first.join(", ")),
        (shown, more) => format!("{} and {more} more", shown.join(", ")),
    }
}
