//! Why something is next: each reason is true of this step and worth its line.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use milepost_path::Ref;
use rustc_hash::FxHashSet;

use super::order::{Candidate, Key};
use super::plan::Guide;
use super::scope::{ScopeTopic, Waiter};
use super::state::State;
use crate::model::standing::Status;

/// What is in progress is asked about when it was not touched for so many days that were not away.
const UNTOUCHED: i64 = 28;

/// Why a step comes where it comes.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// It is in progress, since a day if that is known.
    InProgress(Option<NaiveDate>),
    /// It is in progress, and was not touched for weeks.
    Untouched {
        /// How many weeks.
        weeks: i64,
        /// The step.
        reference: Ref,
    },
    /// It fits into the time that the learner has.
    FitsTime {
        /// How long it takes.
        minutes: u64,
    },
    /// It teaches open skills.
    Covers {
        /// The titles of the skills.
        skills: Vec<String>,
        /// The title of the topic, where nothing of it was studied yet.
        begins: Option<String>,
    },
    /// It stands in for another resource.
    Instead {
        /// The title of the other.
        of: String,
        /// Why the other is left out.
        because: LeftOut,
    },
    /// All that the milestone requires is credited.
    ReadyByCredit(Ref),
    /// All that the milestone requires is done: the titles of what building it proves.
    Ready(Vec<String>),
    /// Something of an earlier stage needs it.
    NeededFor {
        /// The title of what needs it.
        title: String,
        /// The number of its stage, from 1, where its path has several.
        stage: Option<usize>,
        /// The title of the topic that is needed as a whole, where the step itself is not.
        part_of: Option<String>,
    },
    /// Nothing that the learner follows needs it: the title of its path.
    Rest(String),
    /// It raises an area in which the role needs more.
    RoleGap {
        /// The title of the area.
        area: String,
        /// The level that the learner has.
        level: u8,
        /// The level that the role needs.
        target: u8,
    },
    /// The learner assessed the level to which it leads.
    Assessed {
        /// The title of the area.
        area: String,
        /// The assessed level.
        level: u8,
        /// The topic that can be credited.
        reference: Ref,
    },
    /// Something can be begun after it.
    Unlocks {
        /// The titles of what can be begun.
        titles: Vec<String>,
        /// Whether its skills must be proven before.
        once_proven: bool,
    },
}

/// Why a resource gives its place to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// The learner skipped it.
    Skipped,
    /// It is not of a kind that is asked for.
    Filtered,
    /// The learner must pay for it.
    Paid,
}

impl Reason {
    /// The code, which is stable.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InProgress(_) => "in-progress",
            Self::Untouched { .. } => "untouched",
            Self::FitsTime { .. } => "fits-time",
            Self::Covers { .. } => "covers",
            Self::Instead { .. } => "instead",
            Self::ReadyByCredit(_) | Self::Ready(_) => "ready",
            Self::NeededFor { .. } => "needed-for",
            Self::Rest(_) => "rest",
            Self::RoleGap { .. } => "role-gap",
            Self::Assessed { .. } => "assessed",
            Self::Unlocks { .. } => "unlocks",
        }
    }
}

impl<'a> Guide<'a> {
    /// Why a candidate comes where it comes, the weightiest reason first.
    ///
    /// `after` is a copy of the state from which the plan starts, and is so again when it returns.
    pub(super) fn because(&self, key: &Key, after: &mut State) -> Vec<Reason> {
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
            let title = path.map_or(String::new(), |path| path.roadmap.title.clone());
            reasons.push(Reason::Rest(title));
        } else if let Some((wanted, reason)) = self.needed_for(key, node) {
            wanting = Some(wanted);
            reasons.push(reason);
        }
        // A topic that is begun is finished whatever the role needs: the role is why it was begun.
        let is_begun = match node {
            Waiter::Topic(topic) => self.start.state.touched(topic).is_some(),
            Waiter::Milestone(_) => false,
        };
        if let Some(goal) = self.aim.as_ref().filter(|_| !is_begun)
            && let Some(boost) = goal.boost(node, &self.start.levels)
        {
            let (area, level, target) = (boost.area, boost.level, boost.target);
            reasons.push(Reason::RoleGap { area, level, target });
        }
        if let (Some(aim), Waiter::Topic(_), false) = (&self.aim, node, is_begun)
            && let Some((area, level)) = aim.assessed(node)
            && let Some(reference) = self.scope.node(node).map(|node| node.reference())
        {
            reasons.push(Reason::Assessed { area: area.to_owned(), level, reference });
        }
        let mut opened = self.opens(key.candidate, after);
        // That it opens what it is for goes without saying.
        opened.retain(|node| Some(*node) != wanting);
        let opened = opened.iter().filter_map(|node| self.scope.node(*node));
        let titles: Vec<String> = opened.map(|node| node.title().to_owned()).collect();
        if !titles.is_empty() {
            let once_proven = matches!(key.candidate, Candidate::Study { .. });
            reasons.push(Reason::Unlocks { titles, once_proven });
        }
        reasons
    }

    fn why_study(&self, at: usize, resource: usize, place: usize, reasons: &mut Vec<Reason>) {
        let Some(topic) = self.scope.topics.get(at) else { return };
        let Some(one) = topic.resources.get(resource) else { return };
        let state = &self.start.state;
        if state.is_doing(one.item) {
            reasons.push(self.in_progress(one.item));
        }
        let taught = one.teaches.iter().filter(|skill| topic.is_wanted(**skill, state));
        let skills: Vec<String> = taught
            .filter_map(|skill| topic.skills.get(*skill))
            .map(|skill| skill.skill.tracked.title.clone())
            .collect();
        if !skills.is_empty() {
            // A topic that is begun speaks for itself.
            let begins = state.touched(at).is_none().then(|| topic.topic.title.clone());
            reasons.push(Reason::Covers { skills, begins });
        }
        if place != resource
            && let Some(core) = topic.resources.get(place)
        {
            let because = match state.status(core.item) {
                Status::Skipped => LeftOut::Skipped,
                _ if self.only_some_kinds => LeftOut::Filtered,
                _ => LeftOut::Paid,
            };
            let of = core.resource.tracked.title.clone();
            reasons.push(Reason::Instead { of, because });
        }
    }

    fn why_build(&self, milestone: usize, reasons: &mut Vec<Reason>) {
        let Some(one) = self.scope.milestones.get(milestone) else { return };
        let state = &self.start.state;
        let node = Waiter::Milestone(milestone);
        if state.is_doing(one.item) {
            reasons.push(self.in_progress(one.item));
        }
        if !state.is_ready(&self.scope, node) {
            return;
        }
        let targets = || self.scope.required_by(node).iter().flatten();
        let behind: Vec<usize> =
            targets().flat_map(|target| self.scope.items_of(*target)).collect();
        let is_credited = !behind.is_empty() && behind.iter().all(|one| state.is_known(*one));
        if is_credited {
            reasons.push(Reason::ReadyByCredit(one.what.reference()));
            return;
        }
        // What was built before proves itself.
        let is_milestone = |target: &usize| {
            let nodes = self.scope.nodes_of(*target);
            nodes.iter().all(|node| matches!(node, Waiter::Milestone(_)))
        };
        let proven = targets().filter(|target| {
            !is_milestone(target) && state.is_reached(&self.scope, **target) == Some(true)
        });
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        let titles = proven.filter_map(|target| self.title_of(*target));
        let titles = titles.filter(|title| seen.insert(title)).map(str::to_owned).collect();
        reasons.push(Reason::Ready(titles));
    }

    /// That an item is in progress, and since when.
    fn in_progress(&self, item: usize) -> Reason {
        Reason::InProgress(self.scope.items.get(item).and_then(|item| item.recorded.since))
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
    fn needed_for(&self, key: &Key, node: Waiter) -> Option<(Waiter, Reason)> {
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
        let reason = |wanted: Waiter, part_of: Option<String>| {
            let (path, own_stage) = self.scope.place(wanted);
            let title = self.scope.node(wanted)?.title().to_owned();
            let stage = (self.scope.paths.get(path)?.stages.len() > 1).then_some(own_stage + 1);
            Some((wanted, Reason::NeededFor { title, stage, part_of }))
        };
        if let Some(wanted) = self.first_that_waits(&own, key.stage) {
            return reason(wanted, None);
        }
        let whole = self.scope.items_of_node(node);
        let wanted = self.first_that_waits(&whole, key.stage)?;
        reason(wanted, Some(self.scope.node(node)?.title().to_owned()))
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
    fn opens(&self, candidate: Candidate, after: &mut State) -> Vec<Waiter> {
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
        let mut waiting = Vec::new();
        for item in &finishes {
            for target in after.finish(&self.scope, *item) {
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
        let opened = opened.collect();
        after.reset(&self.scope, state, &finishes);
        opened
    }

    /// The skills of a topic for which nothing is left to study after a resource.
    fn closes(&self, topic: &ScopeTopic<'a>, resource: usize) -> Vec<usize> {
        let state = &self.start.state;
        let Some(own) = topic.resources.get(resource) else { return Vec::new() };
        if topic.is_reading {
            return vec![own.item];
        }
        let course = topic.course(state);
        let others = course.open.iter().map(|slot| slot.resource).filter(|one| *one != resource);
        let later = topic.taught(others.filter_map(|at| topic.resources.get(at)));
        let is_taught_later = |skill: &usize| later.get(*skill).copied().unwrap_or(false);
        let taught = own.teaches.iter().filter(|skill| topic.is_wanted(**skill, state));
        let closed = taught.filter(|skill| !is_taught_later(skill));
        closed.filter_map(|skill| topic.skills.get(*skill)).map(|skill| skill.item).collect()
    }
}
