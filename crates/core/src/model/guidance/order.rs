//! What can be done in a state, in the order in which it is to be done.
//!
//! 1. What is in progress.
//! 2. By effective stage ([`super::need`]).
//! 3. A milestone that is ready, before any resource; then topics that are begun; then new ones.
//! 4. Of begun topics the one that was studied last.
//! 5. Required paths before those that require them, then in the order in which they were started.
//! 6. By own stage.
//! 7. What does most for the role, of milestones and topics that are not begun.
//! 8. The order of the file.
//!
//! Of a topic there is one resource at a time: the first open place of its course.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::aim::RoleBoosts;
use super::course::{Course, Slot};
use super::need::{Need, REST};
use super::scope::{Scope, ScopeTopic, Waiter};
use super::state::{State, Touch};

/// The place of a candidate in the order; the least comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    is_not_begun: bool,
    pub(super) stage: u32,
    kind: Kind,
    touched: Reverse<Option<Touch>>,
    path: usize,
    own_stage: usize,
    boost: Reverse<u32>,
    position: usize,
    slot: usize,
    pub(super) candidate: Candidate,
}

impl Key {
    /// Whether it is the rest of a required path, which nothing needs.
    pub(super) fn is_rest(&self) -> bool {
        self.stage == REST && self.is_not_begun
    }

    pub(super) fn is_in_progress(&self) -> bool {
        !self.is_not_begun
    }

    /// Whether it is a topic that is begun.
    pub(super) fn is_of_begun_topic(&self) -> bool {
        self.kind == Kind::BegunTopic
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Milestone,
    BegunTopic,
    NewTopic,
}

/// Something that can be done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Candidate {
    /// Study a resource of a topic: its position, and that of the one in whose place it stands.
    Study {
        topic: usize,
        resource: usize,
        place: usize,
    },
    /// Prove skills of a topic for which nothing is left to study.
    Prove {
        topic: usize,
    },
    Build {
        milestone: usize,
    },
}

/// The candidates of a state, kept up to date from step to step.
#[derive(Clone)]
pub(super) struct Order {
    keys: BTreeSet<Key>,
    of_node: BTreeMap<Waiter, Vec<Key>>,
}

/// What the order of a state depends on.
pub(super) struct Ground<'g, 'a> {
    pub(super) scope: &'g Scope<'a>,
    pub(super) state: &'g State,
    pub(super) need: &'g Need,
    pub(super) aim: Option<&'g RoleBoosts<'a>>,
    pub(super) levels: &'g [u32],
}

impl Order {
    /// The candidates of a state.
    pub(super) fn new(ground: &Ground<'_, '_>) -> Self {
        let mut order = Self { keys: BTreeSet::new(), of_node: BTreeMap::new() };
        for topic in 0..ground.scope.topics.len() {
            order.refresh(ground, Waiter::Topic(topic));
        }
        for milestone in 0..ground.scope.milestones.len() {
            order.refresh(ground, Waiter::Milestone(milestone));
        }
        order
    }

    /// Looks again at what a node offers.
    pub(super) fn refresh(&mut self, ground: &Ground<'_, '_>, node: Waiter) {
        for key in self.of_node.remove(&node).unwrap_or_default() {
            self.keys.remove(&key);
        }
        let keys = match node {
            Waiter::Topic(at) => ground.of_topic(at),
            Waiter::Milestone(at) => ground.of_milestone(at).into_iter().collect(),
        };
        if !keys.is_empty() {
            self.keys.extend(keys.iter().copied());
            self.of_node.insert(node, keys);
        }
    }

    pub(super) fn first(&self) -> Option<Key> {
        self.keys.first().copied()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Key> {
        self.keys.iter().copied()
    }
}

impl Ground<'_, '_> {
    fn of_milestone(&self, at: usize) -> Option<Key> {
        let one = self.scope.milestones.get(at)?;
        let node = Waiter::Milestone(at);
        let is_begun = self.state.is_doing(one.item);
        let is_open = self.state.is_open(one.item);
        let can_begin = one.counts && is_open && self.state.is_ready(self.scope, node);
        if self.state.snoozed(self.scope, one.item).is_some() {
            return None;
        }
        (is_begun || can_begin).then(|| Key {
            is_not_begun: !is_begun,
            stage: self.need.of_milestone(at),
            kind: Kind::Milestone,
            touched: Reverse(None),
            path: one.path,
            own_stage: one.stage,
            boost: Reverse(self.strength(node)),
            position: at,
            slot: 0,
            candidate: Candidate::Build { milestone: at },
        })
    }

    fn of_topic(&self, at: usize) -> Vec<Key> {
        let Some(topic) = self.scope.topics.get(at) else { return Vec::new() };
        if self.state.snoozed_topic(topic).is_some() {
            return Vec::new();
        }
        let course = topic.course(self.state);
        let mut keys: Vec<Key> = Vec::new();
        for (resource, one) in topic.resources.iter().enumerate() {
            if self.state.is_doing(one.item) && self.is_awake(one.item) {
                let candidate = Candidate::Study { topic: at, resource, place: resource };
                keys.push(self.key(at, topic, self.need.of_topic(at), resource, candidate, true));
            }
        }
        let is_left = self.state.left_of_topic(at) > 0;
        if !keys.is_empty() || !is_left || !self.state.is_ready(self.scope, Waiter::Topic(at)) {
            return keys;
        }
        let first = self.first_slot(topic, &course);
        if let Some((stage, slot)) = first {
            let is_begun = topic.resources.get(slot.resource).is_some_and(|resource| {
                resource
                    .teaches
                    .iter()
                    .filter_map(|skill| topic.skills.get(*skill))
                    .any(|skill| self.state.is_doing(skill.item))
            });
            let candidate =
                Candidate::Study { topic: at, resource: slot.resource, place: slot.place };
            keys.push(self.key(at, topic, stage, slot.place, candidate, is_begun));
        }
        let unstudied = self.unstudied(topic, &course, first.map(|(stage, _)| stage));
        if let Some(stage) = unstudied.into_iter().map(|(stage, _)| stage).min() {
            let candidate = Candidate::Prove { topic: at };
            let is_begun = topic
                .skills
                .iter()
                .any(|one| one.counts && self.state.is_doing(one.item) && self.is_awake(one.item));
            keys.push(self.key(at, topic, stage, usize::MAX, candidate, is_begun));
        }
        keys
    }

    fn key(
        &self,
        at: usize,
        topic: &ScopeTopic<'_>,
        stage: u32,
        slot: usize,
        candidate: Candidate,
        is_begun: bool,
    ) -> Key {
        let touched = self.state.touched(at);
        let boost = if touched.is_none() { self.strength(Waiter::Topic(at)) } else { 0 };
        Key {
            is_not_begun: !is_begun,
            stage,
            kind: if touched.is_some() { Kind::BegunTopic } else { Kind::NewTopic },
            touched: Reverse(touched),
            path: topic.path,
            own_stage: topic.stage,
            boost: Reverse(boost),
            position: at,
            slot,
            candidate,
        }
    }

    fn is_awake(&self, item: usize) -> bool {
        self.state.snoozed(self.scope, item).is_none()
    }

    /// The day until which a resource is snoozed, if it still is: itself, or all that it is studied
    /// for.
    pub(super) fn snoozed_resource(
        &self,
        topic: &ScopeTopic<'_>,
        resource: usize,
    ) -> Option<NaiveDate> {
        let one = topic.resources.get(resource)?;
        let own = self.state.snoozed(self.scope, one.item);
        let wanted = one.teaches.iter().filter(|skill| topic.is_wanted(**skill, self.state));
        let skills = wanted.filter_map(|skill| topic.skills.get(*skill));
        let days: Option<Vec<NaiveDate>> =
            skills.map(|skill| self.state.snoozed(self.scope, skill.item)).collect();
        own.or_else(|| days?.into_iter().min())
    }

    fn strength(&self, node: Waiter) -> u32 {
        let boost = self.aim.and_then(|aim| aim.boost(node, self.levels));
        boost.map_or(0, |boost| boost.strength)
    }

    /// The stage in which a place of a course is needed.
    fn stage_of(&self, topic: &ScopeTopic<'_>, slot: Slot) -> u32 {
        let Some(resource) = topic.resources.get(slot.resource) else { return REST };
        if topic.is_reading {
            return self.need.of_item(resource.item);
        }
        let wanted = resource.teaches.iter().filter(|skill| topic.is_wanted(**skill, self.state));
        let stages = wanted.filter_map(|skill| topic.skills.get(*skill));
        stages.map(|skill| self.need.of_item(skill.item)).min().unwrap_or(REST)
    }

    /// The first open place of the course of a topic that nothing holds back, of those that are
    /// needed first.
    fn first_slot(&self, topic: &ScopeTopic<'_>, course: &Course) -> Option<(u32, Slot)> {
        let is_ready = |slot: &&Slot| {
            topic.resources.get(slot.resource).is_some_and(|resource| {
                resource.requires.iter().all(|one| self.state.is_met(self.scope, one))
            }) && self.snoozed_resource(topic, slot.resource).is_none()
        };
        let ready = course.open.iter().filter(is_ready);
        let slots = ready.map(|slot| (self.stage_of(topic, *slot), *slot));
        slots.min_by_key(|(stage, _)| *stage)
    }

    /// The open skills of a topic that were studied: nothing open teaches them, and something that
    /// does was done.
    pub(super) fn studied(&self, at: usize) -> Vec<usize> {
        let Some(topic) = self.scope.topics.get(at) else { return Vec::new() };
        if topic.is_reading
            || self.state.left_of_topic(at) == 0
            || self.state.snoozed_topic(topic).is_some()
        {
            return Vec::new();
        }
        let course = topic.course(self.state);
        let mut skills: Vec<usize> = self.untaught(topic, &course).collect();
        if !skills.is_empty() {
            let studied = topic.studied(self.state);
            skills.retain(|skill| studied.get(*skill).copied().unwrap_or(false));
        }
        skills
    }

    /// The open skills of a topic for which there is nothing to study, each with the stage in which
    /// it is needed: nothing open teaches them, nothing that does was done, and no place of the
    /// course is open that is needed no later; `first` is the stage of the first of these places.
    fn unstudied(
        &self,
        topic: &ScopeTopic<'_>,
        course: &Course,
        first: Option<u32>,
    ) -> Vec<(u32, usize)> {
        let untaught: Vec<usize> = self.untaught(topic, course).collect();
        if untaught.is_empty() {
            return Vec::new();
        }
        let studied = topic.studied(self.state);
        let unstudied =
            untaught.into_iter().filter(|skill| !studied.get(*skill).copied().unwrap_or(false));
        let staged = unstudied
            .filter_map(|skill| Some((self.need.of_item(topic.skills.get(skill)?.item), skill)));
        staged.filter(|(stage, _)| first.is_none_or(|first| *stage < first)).collect()
    }

    /// The skills that a [`Candidate::Prove`] asks for: those of them that are needed first.
    pub(super) fn to_prove(&self, at: usize) -> Vec<usize> {
        let Some(topic) = self.scope.topics.get(at) else { return Vec::new() };
        let course = topic.course(self.state);
        let first = self.first_slot(topic, &course).map(|(stage, _)| stage);
        let all = self.unstudied(topic, &course, first);
        let first = all.iter().map(|(stage, _)| *stage).min();
        all.into_iter().filter(|(stage, _)| Some(*stage) == first).map(|(_, skill)| skill).collect()
    }

    /// The open, counted skills of a topic that no open place of its course teaches and that are not
    /// snoozed.
    fn untaught<'t>(
        &'t self,
        topic: &'t ScopeTopic<'_>,
        course: &'t Course,
    ) -> impl Iterator<Item = usize> + 't {
        let open = course.open.iter().filter_map(|slot| topic.resources.get(slot.resource));
        let taught = topic.taught(open);
        // What stands twice in a topic is asked for once.
        let is_first = |skill: usize| topic.skills.get(skill).is_some_and(|one| !one.is_again);
        (0..topic.skills.len())
            .filter(move |skill| topic.is_wanted(*skill, self.state) && is_first(*skill))
            .filter(move |skill| !taught.get(*skill).copied().unwrap_or(false))
            .filter(|skill| topic.skills.get(*skill).is_some_and(|one| self.is_awake(one.item)))
    }
}
