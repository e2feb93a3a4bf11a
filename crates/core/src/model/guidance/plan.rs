//! The plan: the steps from a state to the end, each the first thing that can be done after the one
//! before it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use milepost_path::{Item, ItemBody, Node, Resource, Roadmap, Skill, Topic};

use super::NextFilter;
use super::aim::RoleBoosts;
use super::need::{self, Need, REST, chosen};
use super::order::{Candidate, Ground, Order};
use super::scope::{Group, Scope, ScopePath, Waiter};
use super::state::State;
use crate::model::amounts;
use crate::model::learner::Learner;
use crate::model::study_days::StudyDays;

/// What somebody does next on the way to the end of some paths.
pub struct Guide<'a> {
    pub(super) scope: Scope<'a>,
    pub(super) aim: Option<RoleBoosts<'a>>,
    pub(super) start: Situation,
    /// Whether resources of some kinds only are asked for.
    pub(super) only_some_kinds: bool,
    pub(super) days: StudyDays,
}

/// A state, and what follows from it.
#[derive(Clone)]
pub(super) struct Situation {
    pub(super) state: State,
    pub(super) need: Need,
    pub(super) levels: Vec<u32>,
    pub(super) order: Order,
}

/// One step of a plan.
#[derive(Debug, Clone)]
pub struct Step<'a> {
    /// What to do.
    pub act: Act<'a>,
    /// The hours that it takes: what is left of the item, or the practice that a proof leaves room
    /// for.
    pub hours: f64,
    /// The hours that it takes as a whole, with those that were studied already.
    pub of: f64,
    /// Whether nothing needs it: the rest of a required path.
    pub is_rest: bool,
    /// Where the plan had to wait for what is snoozed: the day that it is by then.
    pub not_before: Option<NaiveDate>,
}

/// What a step does.
#[derive(Debug, Clone)]
pub enum Act<'a> {
    /// Study a resource.
    Study(Item<'a>),
    /// Prove skills of a topic that were studied, or for which nothing is left to study.
    Prove(Node<'a>, Vec<Item<'a>>),
    /// Build a milestone.
    Build(Item<'a>),
}

impl<'a> Act<'a> {
    /// The items that it finishes.
    pub fn items(&self) -> &[Item<'a>] {
        match self {
            Self::Study(item) | Self::Build(item) => std::slice::from_ref(item),
            Self::Prove(_, skills) => skills,
        }
    }
}

impl<'a> Guide<'a> {
    /// Looks at some paths, and at what they require.
    pub fn new(view: &Learner<'a>, paths: &[&'a Roadmap], filter: &NextFilter<'a>) -> Self {
        let fits = |resource: &Resource| filter.takes(resource);
        let is_wanted = |topic: &Topic| filter.is_for(topic);
        let mut scope = Scope::new(view, paths, fits, is_wanted, filter.today);
        let aim = filter.goal.map(|goal| RoleBoosts::new(goal, &mut scope, view));
        let state = State::new(&scope, filter.today);
        let ranks = ranks(&scope, &state, aim.as_ref());
        let start = Situation::new(&scope, state, &ranks, aim.as_ref());
        let days = StudyDays::without(view.standing.all().away());
        Self { scope, aim, start, only_some_kinds: !filter.kinds.is_empty(), days }
    }

    /// The steps to the end, in order; the rest of required paths only with `all`.
    pub fn plan(&self, all: bool) -> Vec<Step<'a>> {
        let mut steps = Vec::new();
        let mut walk = Walk::new(self);
        while let Some(step) = walk.next(all) {
            steps.push(step);
        }
        steps
    }

    /// The hours of [`Guide::plan`], without the rest of required paths: what is needed and open, less
    /// what was studied of it.
    pub fn hours_left(&self) -> f64 {
        amounts::sum(self.plan(false).iter().map(|step| step.hours))
    }

    /// The steps of [`Guide::plan`], one at a time.
    pub(crate) fn walk(&self) -> Walk<'_, 'a> {
        Walk::new(self)
    }

    pub(super) fn ground<'g>(&'g self, at: &'g Situation) -> Ground<'g, 'a> {
        at.ground(&self.scope, self.aim.as_ref())
    }
}

impl Situation {
    fn new(
        scope: &Scope<'_>,
        state: State,
        ranks: &[Vec<u32>],
        aim: Option<&RoleBoosts<'_>>,
    ) -> Self {
        let need = Need::new(scope, &state, ranks);
        let levels = aim.map_or(Vec::new(), |aim| aim.levels(scope, &state));
        let ground = Ground { scope, state: &state, need: &need, aim, levels: &levels };
        let order = Order::new(&ground);
        Self { state, need, levels, order }
    }

    fn ground<'g, 'a>(
        &'g self,
        scope: &'g Scope<'a>,
        aim: Option<&'g RoleBoosts<'a>>,
    ) -> Ground<'g, 'a> {
        Ground { scope, state: &self.state, need: &self.need, aim, levels: &self.levels }
    }
}

/// A plan that is being walked.
pub(crate) struct Walk<'g, 'a> {
    guide: &'g Guide<'a>,
    pub(super) at: Situation,
    ranks: Vec<Vec<u32>>,
    /// Topics in which skills can have become studied, each after its effective stage.
    to_ask: BTreeSet<(u32, usize)>,
    /// Whether the effective stages can change by a step that goes by the order.
    is_need_settled: bool,
    waited: Option<NaiveDate>,
}

impl<'g, 'a> Walk<'g, 'a> {
    fn new(guide: &'g Guide<'a>) -> Self {
        #[cfg(test)]
        super::WALKS.with(|walks| walks.set(walks.get() + 1));
        let scope = &guide.scope;
        Self {
            guide,
            ranks: ranks(scope, &guide.start.state, guide.aim.as_ref()),
            at: guide.start.clone(),
            to_ask: (0..scope.topics.len())
                .map(|topic| (guide.start.need.of_topic(topic), topic))
                .collect(),
            waited: None,
            is_need_settled: !need::has_choices(scope),
        }
    }

    /// Lets time pass until a day: what is snoozed until then can be done.
    pub(crate) fn wait(&mut self, until: NaiveDate) {
        let guide = self.guide;
        let woken = self.at.state.wait(&guide.scope, until);
        let Situation { state, need, levels, order } = &mut self.at;
        let ground = Ground { scope: &guide.scope, state, need, aim: guide.aim.as_ref(), levels };
        for node in woken {
            order.refresh(&ground, node);
            if let Waiter::Topic(topic) = node {
                self.to_ask.insert((need.of_topic(topic), topic));
            }
        }
    }

    /// The next step; none at the end. Where all that is left is snoozed, the plan waits for it.
    pub(crate) fn next(&mut self, all: bool) -> Option<Step<'a>> {
        let key = loop {
            if let Some(step) = self.ask() {
                return Some(step);
            }
            let key = self.at.order.first();
            if key.is_none_or(|key| key.is_rest() && !all)
                && let Some(day) = self.at.state.next_day(&self.guide.scope)
            {
                self.wait(day);
                self.waited = Some(day);
                continue;
            }
            break key?;
        };
        if key.is_rest() && !all {
            return None;
        }
        let step = match key.candidate {
            Candidate::Prove { topic } => {
                let skills = self.ground().to_prove(topic);
                let extra = if key.is_rest() { skills.clone() } else { Vec::new() };
                return self.prove(topic, &skills, &extra);
            }
            Candidate::Study { topic, resource, .. } => {
                let topic = self.guide.scope.topics.get(topic)?;
                let number = topic.resources.get(resource)?.item;
                let what = ItemBody::Resource(topic.resources.get(resource)?.resource);
                (number, Act::Study(self.guide.item(topic, what)?))
            }
            Candidate::Build { milestone } => {
                let one = self.guide.scope.milestones.get(milestone)?;
                (one.item, Act::Build(one.what))
            }
        };
        let (number, act) = step;
        let of = amounts::sum(act.items().iter().filter_map(Item::hours));
        let state = &mut self.at.state;
        let hours = state.left_of(&self.guide.scope, number, of);
        state.spend(&self.guide.scope, number, hours);
        let items = [number];
        self.finish(&items, if key.is_rest() { &items } else { &[] });
        Some(Step { act, hours, of, is_rest: key.is_rest(), not_before: self.waited })
    }

    fn ground(&self) -> Ground<'_, 'a> {
        self.guide.ground(&self.at)
    }

    /// The proof of skills that were studied, if there are any: it comes before everything, since it
    /// takes no time.
    fn ask(&mut self) -> Option<Step<'a>> {
        while let Some((_, topic)) = self.to_ask.pop_first() {
            let skills = self.ground().studied(topic);
            if !skills.is_empty() {
                let extra = self.studied_as_rest(topic, &skills);
                return self.prove(topic, &skills, &extra);
            }
        }
        None
    }

    /// The skills, of some of a topic, that only the rest of a required path was studied for.
    fn studied_as_rest(&self, topic: usize, skills: &[usize]) -> Vec<usize> {
        let Some(topic) = self.guide.scope.topics.get(topic) else { return Vec::new() };
        let (state, need) = (&self.at.state, &self.at.need);
        let is_needed = |skill: &usize| {
            topic.skills.get(*skill).is_none_or(|one| need.of_item(one.item) != REST)
        };
        if skills.iter().all(is_needed) {
            return Vec::new();
        }
        let done = topic.resources.iter().filter(|one| state.is_done(one.item));
        let studied = topic.taught(done.filter(|one| !state.is_extra(one.item)));
        let is_studied = |skill: &usize| studied.get(*skill).copied().unwrap_or(false);
        skills.iter().copied().filter(|skill| !is_needed(skill) && !is_studied(skill)).collect()
    }

    /// Proves skills of a topic, some of them though nothing needs them.
    fn prove(&mut self, at: usize, skills: &[usize], extra: &[usize]) -> Option<Step<'a>> {
        let scope = &self.guide.scope;
        let topic = scope.topics.get(at)?;
        let roadmap = scope.paths.get(topic.path)?.roadmap;
        let proven: Vec<_> = skills.iter().filter_map(|skill| topic.skills.get(*skill)).collect();
        let item = |skill: &'a Skill| self.guide.item(topic, ItemBody::Skill(skill));
        let items = proven.iter().filter_map(|one| item(one.skill)).collect();
        let need = &self.at.need;
        let is_rest = proven.iter().all(|one| need.of_item(one.item) == REST);
        let spare = topic.spare(&topic.course(&self.at.state), &self.at.state);
        let is_last = self.at.state.left_of_topic(at) <= proven.len();
        let numbers: Vec<usize> = proven.iter().map(|one| one.item).collect();
        let extra = extra.iter().filter_map(|skill| topic.skills.get(*skill));
        self.finish(&numbers, &extra.map(|one| one.item).collect::<Vec<usize>>());
        let node = Node::Topic(roadmap, topic.in_stage, topic.topic);
        // What a skill that nobody studied leaves to practise goes with it.
        let left = topic.spare(&topic.course(&self.at.state), &self.at.state);
        let after = if is_last { 0.0 } else { left.min(spare) };
        let hours = topic.left_to_practise(spare) - topic.left_to_practise(after);
        let (act, of) = (Act::Prove(node, items), spare - after);
        Some(Step { act, hours, of, is_rest, not_before: self.waited })
    }

    /// Makes items done, and looks again at whatever that changes.
    ///
    /// `extra` are those that only the rest of a required path is finished for.
    fn finish(&mut self, items: &[usize], extra: &[usize]) {
        let guide = self.guide;
        let scope = &guide.scope;
        let entries = items.iter().filter_map(|item| scope.items.get(*item));
        let own: BTreeSet<Waiter> = entries.flat_map(|entry| entry.nodes()).collect();
        let topics: Vec<usize> = own.iter().filter_map(|node| node.topic()).collect();
        // Only these can be finished by it.
        let mut stages: Vec<(usize, usize)> = match guide.aim {
            Some(_) => own.iter().map(|node| scope.place(*node)).collect(),
            None => Vec::new(),
        };
        stages.retain(|(path, stage)| !self.at.state.is_stage_finished(*path, *stage));
        let mut reached = Vec::new();
        self.at.state.begin_step();
        for item in items {
            reached.extend(self.at.state.finish(scope, *item));
        }
        extra.iter().for_each(|item| self.at.state.note_extra(*item));
        reached.sort_unstable();
        reached.dedup();
        // What is finished before all that it asks for asks for less from then on.
        let mut is_out_of_turn =
            own.iter().any(|node| need::asks_for_less(scope, &self.at.state, *node));
        let mut nodes = own;
        for target in &reached {
            let waiting = scope.waiting.get(*target).map_or(&[][..], Vec::as_slice);
            // What was finished before this was asks for it again, now that it is reached.
            is_out_of_turn |= waiting.iter().any(|node| self.at.state.is_over(scope, *node));
            nodes.extend(waiting);
        }
        let is_watched = guide.aim.as_ref().is_some_and(|aim| {
            let own = topics.iter().filter_map(|topic| scope.target_of(Group::Topic(*topic)));
            own.chain(reached.iter().copied()).any(|target| aim.watches(target))
        });
        let mut is_all_new = false;
        if is_out_of_turn
            || !self.is_need_settled
            || self.at.need.proves(scope, &self.at.state, items)
        {
            self.at.need = Need::new(scope, &self.at.state, &self.ranks);
            is_all_new = true;
        }
        if let Some(aim) = &guide.aim {
            if is_watched {
                let levels = aim.levels(scope, &self.at.state);
                is_all_new |= levels != self.at.levels;
                self.at.levels = levels;
            }
            // What the stages are worth changes with what is left of them, and with what is needed.
            let state = &self.at.state;
            let is_over = |(path, stage): &(usize, usize)| state.is_stage_finished(*path, *stage);
            if !self.is_need_settled || stages.iter().any(is_over) {
                let ranks = ranks(scope, &self.at.state, Some(aim));
                if ranks != self.ranks {
                    self.ranks = ranks;
                    self.at.need = Need::new(scope, &self.at.state, &self.ranks);
                    is_all_new = true;
                }
            }
        }
        let Situation { state, need, levels, order } = &mut self.at;
        let ground = Ground { scope, state, need, aim: guide.aim.as_ref(), levels };
        if is_all_new {
            *order = Order::new(&ground);
            let waiting = std::mem::take(&mut self.to_ask).into_iter();
            self.to_ask = waiting.map(|(_, topic)| (need.of_topic(topic), topic)).collect();
        }
        for node in nodes {
            order.refresh(&ground, node);
        }
        self.to_ask.extend(topics.into_iter().map(|topic| (need.of_topic(topic), topic)));
    }
}

/// The place of each stage of each path in the order of stages: that of the file.
///
/// In a path without months a role orders the stages: by what their milestones are worth to it, for
/// each hour that they and what they need take. What was credited takes none, nor does what lies in a
/// finished stage, so that the order changes only when a stage is finished.
pub(super) fn ranks(
    scope: &Scope<'_>,
    state: &State,
    aim: Option<&RoleBoosts<'_>>,
) -> Vec<Vec<u32>> {
    let of_path = |path: usize, one: &ScopePath<'_>| {
        let count = one.stages.len();
        let is_dated = one.roadmap.stages.iter().any(|stage| stage.months.is_some());
        let own: Vec<u32> = (0..count as u32).collect();
        let Some(aim) = aim.filter(|_| one.is_goal && !is_dated && count > 1) else { return own };
        let worth = |stage: usize| {
            let worth = f64::from(aim.worth(scope, path, stage));
            worth / hours_of_stage(scope, state, path, stage).max(1.0)
        };
        let mut order: Vec<(f64, usize)> = (0..count).map(|stage| (worth(stage), stage)).collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut ranks = own;
        for (rank, (_, stage)) in order.into_iter().enumerate() {
            if let Some(place) = ranks.get_mut(stage) {
                *place = rank as u32;
            }
        }
        ranks
    };
    scope.paths.iter().enumerate().map(|(at, path)| of_path(at, path)).collect()
}

/// The hours of a stage and of what it needs.
fn hours_of_stage(scope: &Scope<'_>, state: &State, path: usize, stage: usize) -> f64 {
    let mut queue: Vec<Waiter> = Vec::new();
    if let Some(own) = scope.paths.get(path).and_then(|path| path.stages.get(stage)) {
        queue.extend(own.topics.clone().map(Waiter::Topic));
        queue.extend(own.milestones.clone().map(Waiter::Milestone));
    }
    let mut seen: BTreeSet<Waiter> = queue.iter().copied().collect();
    let mut items: BTreeSet<usize> = BTreeSet::new();
    let mut hours = 0.0;
    let mut add = |item: usize, effort: f64| {
        if !state.is_known(item) && items.insert(item) {
            hours += effort;
        }
    };
    while let Some(node) = queue.pop() {
        match node {
            Waiter::Topic(at) => {
                let Some(topic) = scope.topics.get(at) else { continue };
                for skill in topic.skills.iter().filter(|skill| skill.counts) {
                    add(skill.item, skill.hours);
                }
            }
            Waiter::Milestone(at) => {
                let Some(one) = scope.milestones.get(at).filter(|one| one.counts) else { continue };
                add(one.item, one.what.hours().unwrap_or(0.0));
            }
        }
        for requires in scope.required_by(node) {
            let Some(target) = chosen(scope, state, requires) else { continue };
            for next in scope.nodes_of(target) {
                let (path, stage) = scope.place(next);
                if !state.is_stage_finished(path, stage) && seen.insert(next) {
                    queue.push(next);
                }
            }
        }
    }
    hours
}
