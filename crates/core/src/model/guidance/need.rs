//! When each thing is needed: its effective stage.
//!
//! A node of a path that the plan is for is needed in its own stage, or in the earliest stage of a
//! topic or milestone that requires it, directly or through others. A topic that an earlier stage
//! needs belongs to that stage as a whole, so that no topic is torn apart; of a required path only the
//! skills are needed that something requires. The rest of a required path is [`REST`].
//!
//! What is finished asks for nothing that is still open: what was credited needs no preparation.

use std::collections::VecDeque;

use rustc_hash::FxHashSet;

use super::scope::{Group, Requires, Scope, Target, Waiter};
use super::state::State;

/// Nodes whose requirements are to be followed, with the stage in which they are needed.
type Queue = VecDeque<(Waiter, u32)>;

/// The stage of what nothing needs.
pub(super) const REST: u32 = u32::MAX;

/// The effective stage of everything in a scope.
#[derive(Clone)]
pub(super) struct Need {
    /// Of each skill, and of what else is an item.
    items: Vec<u32>,
    topics: Vec<u32>,
    milestones: Vec<u32>,
    /// Topics and milestones that something else needs earlier than their own stage.
    brought_forward: FxHashSet<Waiter>,
    /// Topics that their stage does not need, since others of it are enough.
    passed_over: FxHashSet<usize>,
    /// Of each target the stage in which it is known to be needed. Thousands can require the same stage
    /// of thousands of topics.
    targets: Vec<u32>,
}

impl Need {
    /// The effective stages in a state; `ranks` are the places of the stages, by path.
    pub(super) fn new(scope: &Scope<'_>, state: &State, ranks: &[Vec<u32>]) -> Self {
        let mut need = Self {
            items: vec![REST; scope.items.len()],
            topics: vec![REST; scope.topics.len()],
            milestones: vec![REST; scope.milestones.len()],
            brought_forward: FxHashSet::default(),
            passed_over: passed_over(scope, state),
            targets: vec![REST; scope.targets.len()],
        };
        let mut queue = Queue::new();
        for at in 0..scope.topics.len() {
            let own = need.of_itself(scope, ranks, Waiter::Topic(at));
            if own != REST {
                need.lower_topic(scope, at, own, false, &mut queue);
            }
        }
        for at in 0..scope.milestones.len() {
            let own = need.of_itself(scope, ranks, Waiter::Milestone(at));
            if own != REST {
                need.lower_milestone(scope, at, own, false, &mut queue);
            }
        }
        loop {
            while let Some((node, stage)) = queue.pop_front() {
                need.follow(scope, state, node, stage, &mut queue);
            }
            need.add_proofs(scope, state, &mut queue);
            if queue.is_empty() {
                return need;
            }
        }
    }

    /// The stage in which a node is needed for its own sake.
    fn of_itself(&self, scope: &Scope<'_>, ranks: &[Vec<u32>], node: Waiter) -> u32 {
        let counts = match node {
            Waiter::Topic(at) => !self.is_passed_over(at),
            Waiter::Milestone(at) => scope.milestones.get(at).is_some_and(|one| one.counts),
        };
        if !counts || !scope.is_of_goal(node) {
            return REST;
        }
        let (path, stage) = scope.place(node);
        ranks.get(path).and_then(|ranks| ranks.get(stage)).copied().unwrap_or(REST)
    }

    /// The effective stage of an item that stands in a topic.
    pub(super) fn of_item(&self, item: usize) -> u32 {
        self.items.get(item).copied().unwrap_or(REST)
    }

    pub(super) fn of_topic(&self, topic: usize) -> u32 {
        self.topics.get(topic).copied().unwrap_or(REST)
    }

    pub(super) fn of_milestone(&self, milestone: usize) -> u32 {
        self.milestones.get(milestone).copied().unwrap_or(REST)
    }

    pub(super) fn of(&self, node: Waiter) -> u32 {
        match node {
            Waiter::Topic(at) => self.of_topic(at),
            Waiter::Milestone(at) => self.of_milestone(at),
        }
    }

    /// Whether enough other topics of its stage are done or come before a topic.
    fn is_passed_over(&self, topic: usize) -> bool {
        self.passed_over.contains(&topic)
    }

    /// Whether something else needs a node earlier than its own stage says.
    pub(super) fn is_brought_forward(&self, node: Waiter) -> bool {
        self.brought_forward.contains(&node)
    }

    /// Whatever a node requires is needed with it.
    fn follow(
        &mut self,
        scope: &Scope<'_>,
        state: &State,
        node: Waiter,
        stage: u32,
        queue: &mut Queue,
    ) {
        let is_finished = state.is_over(scope, node);
        for requires in requirements(scope, node) {
            let Some(target) = chosen(scope, state, requires) else { continue };
            if !is_finished || state.is_reached(scope, target) == Some(true) {
                self.lower(scope, target, stage, queue);
            }
        }
    }

    fn lower(&mut self, scope: &Scope<'_>, target: usize, stage: u32, queue: &mut Queue) {
        match self.targets.get_mut(target) {
            Some(known) if stage < *known => *known = stage,
            // Nothing of it can be needed earlier by this.
            _ => return,
        }
        match scope.targets.get(target) {
            Some(Target::Item(item)) => {
                let Some(entry) = scope.items.get(*item) else { return };
                for topic in entry.topics.iter().map(|place| &place.topic) {
                    let is_whole = scope.is_of_goal(Waiter::Topic(*topic));
                    if is_whole {
                        self.lower_topic(scope, *topic, stage, true, queue);
                    } else {
                        self.lower_skill(*topic, *item, stage, queue);
                    }
                }
                for milestone in &entry.milestones {
                    self.lower_milestone(scope, *milestone, stage, true, queue);
                }
            }
            Some(Target::Group(group)) => {
                let (topics, milestones) = scope.members(*group);
                let is_alone = matches!(group, Group::Topic(_));
                for topic in topics {
                    if !is_alone && self.is_passed_over(topic) {
                        continue;
                    }
                    self.lower_topic(scope, topic, stage, true, queue);
                }
                for milestone in milestones {
                    if scope.milestones.get(milestone).is_some_and(|one| one.counts) {
                        self.lower_milestone(scope, milestone, stage, true, queue);
                    }
                }
            }
            Some(Target::Gone(_) | Target::Fixed(_)) | None => {}
        }
    }

    /// A whole topic is needed in a stage.
    fn lower_topic(
        &mut self,
        scope: &Scope<'_>,
        topic: usize,
        stage: u32,
        is_forward: bool,
        queue: &mut Queue,
    ) {
        let Some(one) = scope.topics.get(topic) else { return };
        let skills = one.skills.iter().filter(|skill| skill.counts).map(|skill| skill.item);
        let items = one.resources.iter().filter(|_| one.is_reading).map(|resource| resource.item);
        for item in skills.chain(items) {
            self.lower_item(item, stage);
        }
        self.set(Waiter::Topic(topic), stage, is_forward, queue);
    }

    /// One skill of a topic is needed in a stage.
    fn lower_skill(&mut self, topic: usize, item: usize, stage: u32, queue: &mut Queue) {
        self.lower_item(item, stage);
        self.set(Waiter::Topic(topic), stage, true, queue);
    }

    fn lower_item(&mut self, item: usize, stage: u32) {
        if let Some(known) = self.items.get_mut(item) {
            *known = stage.min(*known);
        }
    }

    fn lower_milestone(
        &mut self,
        scope: &Scope<'_>,
        milestone: usize,
        stage: u32,
        is_forward: bool,
        queue: &mut Queue,
    ) {
        if let Some(one) = scope.milestones.get(milestone) {
            self.lower_item(one.item, stage);
        }
        self.set(Waiter::Milestone(milestone), stage, is_forward, queue);
    }

    fn set(&mut self, node: Waiter, stage: u32, is_forward: bool, queue: &mut Queue) {
        let known = match node {
            Waiter::Topic(at) => self.topics.get_mut(at),
            Waiter::Milestone(at) => self.milestones.get_mut(at),
        };
        let Some(known) = known.filter(|known| stage < **known) else { return };
        *known = stage;
        if is_forward {
            self.brought_forward.insert(node);
        } else {
            self.brought_forward.remove(&node);
        }
        queue.push_back((node, stage));
    }

    /// Milestones of required paths that prove what is studied anyway.
    fn add_proofs(&mut self, scope: &Scope<'_>, state: &State, queue: &mut Queue) {
        for at in 0..scope.milestones.len() {
            if let Some(stage) = self.of_proof(scope, state, at) {
                self.lower_milestone(scope, at, stage, false, queue);
            }
        }
    }

    /// The stage in which a milestone of a required path that nothing asks for proves what is studied
    /// anyway, if it does: all that it requires is needed or closed, and not all of it was credited. What
    /// the rest of a path finished is no reason to go on with the rest.
    fn of_proof(&self, scope: &Scope<'_>, state: &State, milestone: usize) -> Option<u32> {
        let node = Waiter::Milestone(milestone);
        let one = scope.milestones.get(milestone).filter(|one| one.counts)?;
        if scope.is_of_goal(node) || self.of_milestone(milestone) != REST {
            return None;
        }
        let targets = one.requires.iter().filter_map(|one| chosen(scope, state, one));
        let (mut latest, mut is_studied) = (None, false);
        for item in targets.flat_map(|target| scope.items_of(target)) {
            let (stage, is_open) = (self.of_item(item), state.is_open(item));
            if stage != REST {
                latest = latest.max(Some(stage));
                is_studied |= is_open || !state.is_known(item);
            } else if is_open || state.is_extra(item) {
                return None;
            }
        }
        latest.filter(|_| is_studied)
    }

    /// Whether a milestone of a required path came to prove what is studied anyway, as what nothing needs
    /// was finished.
    pub(super) fn proves(&self, scope: &Scope<'_>, state: &State, finished: &[usize]) -> bool {
        let unneeded = finished.iter().copied().filter(|item| self.of_item(*item) == REST);
        let waiting = scope.waiting_for(&unneeded.collect::<Vec<usize>>());
        waiting.into_iter().any(|node| match node {
            Waiter::Milestone(at) => self.of_proof(scope, state, at).is_some(),
            Waiter::Topic(_) => false,
        })
    }
}

/// Whether what is needed can change by a step that goes by the order: anything has alternatives.
pub(super) fn has_choices(scope: &Scope<'_>) -> bool {
    let topics = (0..scope.topics.len()).map(Waiter::Topic);
    let mut nodes = topics.chain((0..scope.milestones.len()).map(Waiter::Milestone));
    let mut stages = scope.paths.iter().flat_map(|path| &path.stages);
    stages.any(|one| one.choose.is_some())
        || nodes.any(|node| requirements(scope, node).any(|requires| requires.len() > 1))
}

/// Whether a node was finished before all that it asks for was: it asks for what of that is reached.
pub(super) fn asks_for_less(scope: &Scope<'_>, state: &State, node: Waiter) -> bool {
    state.is_over(scope, node)
        && requirements(scope, node).any(|requires| !state.is_met(scope, requires))
}

/// What a node requires, and what is in its course.
fn requirements<'s>(scope: &'s Scope<'_>, node: Waiter) -> impl Iterator<Item = &'s Requires> {
    let resources = match node {
        Waiter::Topic(at) => scope.topics.get(at).map_or(&[][..], |one| &one.resources),
        Waiter::Milestone(_) => &[],
    };
    let core = resources.iter().filter(|one| one.is_core).flat_map(|one| &one.requires);
    scope.required_by(node).iter().chain(core)
}

/// The open topics that their stage does not need. It needs all of them, or where some are enough those
/// that are in progress, then those of the least effort, then the first.
fn passed_over(scope: &Scope<'_>, state: &State) -> FxHashSet<usize> {
    let mut passed = FxHashSet::default();
    for (path, one) in scope.paths.iter().enumerate() {
        for (stage, own) in one.stages.iter().enumerate() {
            let Some(wanted) = state.wanted_of_stage(path, stage) else { continue };
            let open = own.topics.clone().filter(|topic| state.left_of_topic(*topic) > 0);
            let rank = |at: usize| {
                let effort = scope.topics.get(at).map_or(0.0, |one| one.effort());
                (state.touched(at).is_none(), effort, at)
            };
            let mut open: Vec<(bool, f64, usize)> = open.map(rank).collect();
            open.sort_by(|(is_new, effort, at), (other_is_new, other_effort, other)| {
                let by_effort = effort.total_cmp(other_effort);
                is_new.cmp(other_is_new).then(by_effort).then(at.cmp(other))
            });
            passed.extend(open.into_iter().skip(wanted).map(|(_, _, at)| at));
        }
    }
    passed
}

/// The alternative of a requirement that the plan goes for: the one that is reached, else the one that
/// is begun, else the first that can be found.
pub(super) fn chosen(scope: &Scope<'_>, state: &State, requires: &Requires) -> Option<usize> {
    let all = || requires.iter().copied();
    let reached = all().find(|target| state.is_reached(scope, *target) == Some(true));
    let begun = || all().filter(|_| requires.len() > 1).find(|one| is_begun(scope, state, *one));
    let found = || all().find(|target| state.is_reached(scope, *target).is_some());
    reached.or_else(begun).or_else(found)
}

fn is_begun(scope: &Scope<'_>, state: &State, target: usize) -> bool {
    match scope.targets.get(target) {
        Some(Target::Item(item)) => {
            let topics = scope.items.get(*item).map_or(&[][..], |entry| &entry.topics);
            state.is_doing(*item) || topics.iter().any(|place| state.touched(place.topic).is_some())
        }
        Some(Target::Group(group)) => {
            let (mut topics, mut milestones) = scope.members(*group);
            let is_doing =
                |at: usize| scope.milestones.get(at).is_some_and(|one| state.is_doing(one.item));
            topics.any(|topic| state.touched(topic).is_some()) || milestones.any(is_doing)
        }
        Some(Target::Gone(_) | Target::Fixed(_)) | None => false,
    }
}
