//! What is next: what to prove, the head of the plan, and what else could be done now.

use std::collections::HashSet;

use chrono::NaiveDate;
use milepost_path::{Item, ItemBody, Ref};

use super::order::{Candidate, Key};
use super::plan::Guide;
use super::reasons::Reason;
use super::scope::{ScopeResource, ScopeTopic, Waiter};
use super::state::State;

/// How many begun and how many new topics are offered beside the first step.
const MOST_TOPICS: usize = 2;

/// A skill that was studied and is open.
#[derive(Debug, Clone)]
pub struct Proof<'a> {
    /// The skill.
    pub item: Item<'a>,
    /// What was done that teaches it.
    pub studied_by: Vec<Item<'a>>,
    /// What is left that teaches it and does not fit the filters, where nothing was studied for it.
    pub unwanted: Vec<Item<'a>>,
    /// The practice that the plan leaves room for once all of its topic is studied, in hours.
    pub spare: f64,
}

/// Something to do next.
#[derive(Debug, Clone)]
pub struct Advice<'a> {
    /// The resource or milestone.
    pub item: Item<'a>,
    /// What is left of its hours, if it has any.
    pub hours_left: Option<f64>,
    /// What could be studied in its place.
    pub instead: Vec<Item<'a>>,
    /// Whether it belongs to a later stage than the first.
    pub is_later: bool,
    /// Why, the weightiest first.
    pub because: Vec<Reason>,
}

/// Why there is nothing to study or build.
#[derive(Debug, Clone, PartialEq)]
pub enum Nothing {
    /// All is done or skipped.
    Finished,
    /// Only proofs are left.
    Prove,
    /// All that is left is snoozed, or waits for what is: the first of it, with its day.
    Snoozed(Ref, NaiveDate),
    /// All that is open waits for these, which nothing leads to.
    Blocked(Vec<Ref>),
    /// There is something to do, but none of it passes the filters.
    NoMatch,
}

impl<'a> Guide<'a> {
    /// The skills that were studied and are open, and where the first step is a proof what it asks for.
    pub fn to_prove(&self) -> Vec<Proof<'a>> {
        let ground = self.ground(&self.start);
        let mut topics: Vec<usize> = (0..self.scope.topics.len()).collect();
        topics.sort_by_key(|topic| (self.start.need.of_topic(*topic), *topic));
        let mut seen: HashSet<usize> = HashSet::new();
        let mut proofs = Vec::new();
        let mut add = |at: usize, skills: Vec<usize>| {
            let Some(topic) = self.scope.topics.get(at).filter(|_| !skills.is_empty()) else {
                return;
            };
            let state = &self.start.state;
            let asked = topic.taught_by(&skills);
            let course = topic.course(state);
            let is_studied = course.open.is_empty();
            let spare = if is_studied { topic.spare(&course, state) } else { 0.0 };
            let spare = topic.left_to_practise(spare);
            for skill in skills {
                let Some(one) = topic.skills.get(skill).filter(|one| seen.insert(one.item)) else {
                    continue;
                };
                let teachers = |is: &dyn Fn(&ScopeResource<'_>) -> bool| -> Vec<Item<'a>> {
                    let all = asked.get(&skill).into_iter().flatten();
                    all.filter_map(|at| topic.resources.get(*at).filter(|one| is(one)))
                        .filter_map(|resource| {
                            self.item(topic, ItemBody::Resource(resource.resource))
                        })
                        .collect()
                };
                let studied_by = teachers(&|one| state.is_done(one.item));
                let unwanted = match studied_by.as_slice() {
                    [] => teachers(&|one| !one.fits && state.is_open(one.item)),
                    _ => Vec::new(),
                };
                if let Some(item) = self.item(topic, ItemBody::Skill(one.skill)) {
                    proofs.push(Proof { item, studied_by, unwanted, spare });
                }
            }
        };
        for topic in topics {
            add(topic, ground.studied(topic));
        }
        // Where only some kinds of resources are asked for, others can still teach it.
        if let Some(Candidate::Prove { topic }) = self.start.order.first().map(|key| key.candidate)
            && !self.only_some_kinds
        {
            add(topic, ground.to_prove(topic));
        }
        proofs
    }

    /// What to do next, the first step first, at most `most`; then what else could be done now: one
    /// thing a topic, of a few topics. What belongs to a later stage comes at the end.
    ///
    /// # Errors
    /// Why there is nothing.
    pub fn next(&self, most: usize, all: bool) -> Result<Vec<Advice<'a>>, Nothing> {
        let is_work = |key: &Key| !matches!(key.candidate, Candidate::Prove { .. });
        let works: Vec<Key> = self.start.order.iter().filter(is_work).collect();
        let Some(first) = works.first() else { return Err(self.nothing()) };
        let is_rest_only = works.iter().all(Key::is_rest);
        if is_rest_only && !all {
            if !self.to_prove().is_empty() {
                return Err(Nothing::Prove);
            }
            if let Some(snoozed) = self.snoozed() {
                return Err(snoozed);
            }
        }
        // That of the first thing which is not in progress.
        let stage = works.iter().find(|key| !key.is_in_progress()).unwrap_or(first).stage;
        let mut topics: HashSet<usize> = HashSet::new();
        let mut seen: HashSet<usize> = HashSet::new();
        let (mut begun, mut new) = (0, 0);
        let mut chosen: Vec<Key> = Vec::new();
        let mut later: Vec<Key> = Vec::new();
        for key in &works {
            // What stands in two topics is offered once.
            if !self.number(key.candidate).is_some_and(|number| seen.insert(number)) {
                continue;
            }
            if key.is_in_progress() {
                chosen.push(*key);
                continue;
            }
            if key.stage != stage {
                later.push(*key);
                continue;
            }
            if let Candidate::Study { topic, .. } = key.candidate {
                let count = if key.is_of_begun_topic() { &mut begun } else { &mut new };
                if !topics.insert(topic) || *count == MOST_TOPICS {
                    later.push(*key);
                    continue;
                }
                *count += 1;
            }
            chosen.push(*key);
        }
        let all_keys = chosen.into_iter().chain(later);
        let untouched = self.untouched(&works);
        let mut after = self.start.state.clone();
        let advice = all_keys.filter(|key| all || is_rest_only || !key.is_rest()).map(|key| {
            let is_later = !key.is_in_progress() && key.stage != stage;
            let mut advice = self.advice(&key, is_later, &mut after)?;
            if let Some((days, item)) = untouched
                && self.number(key.candidate) == Some(item)
            {
                let reference = advice.item.reference();
                advice.because.insert(0, Reason::Untouched { weeks: days / 7, reference });
            }
            Some(advice)
        });
        Ok(advice.flatten().take(most).collect())
    }

    /// `after` is a copy of the state from which the plan starts, and is so again when it returns.
    fn advice(&self, key: &Key, is_later: bool, after: &mut State) -> Option<Advice<'a>> {
        let because = self.because(key, after);
        let left = |number: usize, item: &Item<'_>| {
            Some(self.start.state.left_of(&self.scope, number, item.hours()?))
        };
        match key.candidate {
            Candidate::Build { milestone } => {
                let one = self.scope.milestones.get(milestone)?;
                let (item, instead) = (one.what, Vec::new());
                let hours_left = left(one.item, &item);
                Some(Advice { item, hours_left, instead, is_later, because })
            }
            Candidate::Study { topic, resource, place } => {
                let topic = self.scope.topics.get(topic)?;
                let one = topic.resources.get(resource)?;
                let item = self.item(topic, ItemBody::Resource(one.resource))?;
                let instead = self.instead(topic, resource, place);
                let hours_left = left(one.item, &item);
                Some(Advice { item, hours_left, instead, is_later, because })
            }
            Candidate::Prove { .. } => None,
        }
    }

    /// What could be studied in the place of a resource: the other open ones of its group.
    fn instead(&self, topic: &ScopeTopic<'a>, resource: usize, place: usize) -> Vec<Item<'a>> {
        let Some(core) = topic.resources.get(place) else { return Vec::new() };
        let group = std::iter::once(place).chain(core.alternatives.iter().copied());
        let others = group.filter(|at| *at != resource).filter_map(|at| topic.resources.get(at));
        let open = others.filter(|one| self.start.state.is_open(one.item) && one.fits);
        open.filter_map(|one| self.item(topic, ItemBody::Resource(one.resource))).collect()
    }

    pub(super) fn number(&self, candidate: Candidate) -> Option<usize> {
        match candidate {
            Candidate::Build { milestone } => self.scope.milestones.get(milestone).map(|m| m.item),
            Candidate::Study { topic, resource, .. } => {
                self.scope.topics.get(topic)?.resources.get(resource).map(|one| one.item)
            }
            Candidate::Prove { .. } => None,
        }
    }

    pub(super) fn item(&self, topic: &ScopeTopic<'a>, what: ItemBody<'a>) -> Option<Item<'a>> {
        let roadmap = self.scope.paths.get(topic.path)?.roadmap;
        Some(Item { roadmap, stage: topic.in_stage, topic: Some(topic.topic), what })
    }

    /// That the plan has to wait for what is snoozed before it can go on.
    fn snoozed(&self) -> Option<Nothing> {
        let day = self.walk().next(false)?.not_before?;
        let state = &self.start.state;
        let is_left = |node: &Waiter| !state.is_over(&self.scope, *node);
        let mut waiting = self
            .scope
            .snoozes
            .iter()
            .filter(|(until, node)| *until > state.day() && *until <= day && is_left(node));
        let (until, node) = waiting.next()?;
        Some(Nothing::Snoozed(self.snoozed_name(*node)?, *until))
    }

    /// What of a topic or milestone is snoozed: itself, or the first item of it.
    fn snoozed_name(&self, node: Waiter) -> Option<Ref> {
        let state = &self.start.state;
        let Waiter::Topic(at) = node else { return Some(self.scope.node(node)?.reference()) };
        let topic = self.scope.topics.get(at)?;
        if state.snoozed_topic(topic).is_some() {
            return Some(self.scope.node(node)?.reference());
        }
        let skills = topic.skills.iter().map(|one| (one.item, ItemBody::Skill(one.skill)));
        let resources =
            topic.resources.iter().map(|one| (one.item, ItemBody::Resource(one.resource)));
        let mut all = skills.chain(resources);
        let (_, what) = all.find(|(item, _)| state.snoozed(&self.scope, *item).is_some())?;
        Some(self.item(topic, what)?.reference())
    }

    fn nothing(&self) -> Nothing {
        if !self.to_prove().is_empty() {
            return Nothing::Prove;
        }
        let state = &self.start.state;
        let topics = (0..self.scope.topics.len()).filter(|at| state.left_of_topic(*at) > 0);
        let milestones = self.scope.milestones.iter().enumerate();
        let open = milestones.filter(|(_, one)| one.counts && state.is_open(one.item));
        let left: Vec<Waiter> =
            topics.map(Waiter::Topic).chain(open.map(|(at, _)| Waiter::Milestone(at))).collect();
        if left.is_empty() {
            return Nothing::Finished;
        }
        if let Some(snoozed) = self.snoozed() {
            return snoozed;
        }
        if self.only_some_kinds {
            return Nothing::NoMatch;
        }
        let mut blockers: Vec<Ref> = Vec::new();
        let mut seen: HashSet<usize> = HashSet::new();
        let mut known: HashSet<Ref> = HashSet::new();
        for node in left {
            for requires in self.scope.required_by(node) {
                if state.is_met(&self.scope, requires) {
                    continue;
                }
                let new = requires.iter().filter(|target| seen.insert(**target));
                for other in new.flat_map(|target| self.scope.nodes_of(*target)) {
                    let reference = self.scope.node(other).map(|node| node.reference());
                    blockers.extend(reference.filter(|one| known.insert(one.clone())));
                }
            }
        }
        if blockers.is_empty() { Nothing::NoMatch } else { Nothing::Blocked(blockers) }
    }
}
