//! What is done, skipped and in progress: of the learner, and in a plan after each of its steps.

use chrono::{Datelike, NaiveDate};

use super::scope::{Group, InTopic, Requires, Scope, ScopePath, ScopeTopic, Target, Waiter};
use crate::model::left::Factor;
use crate::model::standing::Status;

/// When something was last touched; what a plan does comes after what was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Touch {
    Recorded(i32),
    Planned(u32),
}

impl Touch {
    fn on(day: NaiveDate) -> Self {
        Self::Recorded(day.num_days_from_ce())
    }
}

/// The state of every item of a scope, with what is left of each topic, stage and path.
#[derive(Clone)]
pub(super) struct State {
    status: Vec<Status>,
    /// Credited, not studied.
    known: Vec<bool>,
    /// Finished by a plan though nothing needed it.
    extra: Vec<bool>,
    /// When each topic was last studied; `None` if it is not begun.
    touched: Vec<Option<Touch>>,
    /// How far each topic is.
    topics: Vec<OfTopic>,
    /// How much of each stage is open, by path.
    left_of_stage: Vec<Vec<Left>>,
    /// How many stages of each path are not finished.
    left_of_path: Vec<usize>,
    steps: u32,
    /// How many times their hours resources take.
    factor: Factor,
    /// The day that it is.
    day: NaiveDate,
}

/// How far a topic is. It is counted once, and brought up to date item by item.
#[derive(Debug, Clone, Copy, Default)]
struct OfTopic {
    /// How many of its goals are open.
    open: usize,
    /// How many of its parts are done.
    done: usize,
    /// How many of its goals must still be done or skipped.
    left: usize,
}

impl OfTopic {
    fn recount(&mut self, topic: &ScopeTopic<'_>) {
        self.left = match topic.topic.choose {
            Some(enough) if !topic.is_reading => {
                self.open.min((enough as usize).saturating_sub(self.done))
            }
            _ => self.open,
        };
    }

    /// Whether nothing is left of it, and not all of it was skipped.
    fn is_done(self) -> bool {
        self.left == 0 && self.done > 0
    }
}

/// How much of a stage is open.
#[derive(Debug, Clone, Copy, Default)]
struct Left {
    topics: usize,
    milestones: usize,
    /// How many topics more are enough, where some are.
    wanted: Option<usize>,
}

impl Left {
    fn is_none(self) -> bool {
        self.milestones == 0 && (self.topics == 0 || self.wanted == Some(0))
    }
}

impl State {
    /// The state of the learner on a day.
    pub(super) fn new(scope: &Scope<'_>, day: NaiveDate) -> Self {
        let mut state = Self {
            status: vec![Status::Todo; scope.items.len()],
            known: vec![false; scope.items.len()],
            extra: vec![false; scope.items.len()],
            touched: vec![None; scope.topics.len()],
            topics: vec![OfTopic::default(); scope.topics.len()],
            left_of_stage: scope.paths.iter().map(|path| path.no_stage()).collect(),
            left_of_path: Vec::with_capacity(scope.paths.len()),
            steps: 0,
            factor: scope.factor,
            day,
        };
        for (at, one) in scope.items.iter().enumerate() {
            let recorded = one.recorded;
            if let (Some(status), Some(known)) = (state.status.get_mut(at), state.known.get_mut(at))
            {
                *status = recorded.status;
                *known = recorded.known;
            }
            let is_study = match recorded.status {
                Status::Doing => true,
                Status::Done => !recorded.known,
                Status::Todo | Status::Skipped => false,
            };
            if let Some(day) = recorded.since.filter(|_| is_study) {
                state.touch(scope, at, Touch::on(day));
            }
            if let Some(spent) = one.spent {
                state.touch(scope, at, Touch::on(spent.last));
            }
        }
        for (topic, touched) in scope.topics.iter().zip(&mut state.touched) {
            *touched = (*touched).max(topic.spent.map(|spent| Touch::on(spent.last)));
        }
        for (item, status) in scope.items.iter().zip(&state.status) {
            for place in &item.topics {
                let Some(topic) = state.topics.get_mut(place.topic) else { continue };
                topic.open += if status.is_open() { place.goals } else { 0 };
                topic.done += if *status == Status::Done { place.parts } else { 0 };
            }
        }
        for (topic, one) in scope.topics.iter().zip(&mut state.topics) {
            one.recount(topic);
        }
        for (path, one) in scope.paths.iter().enumerate() {
            for stage in 0..one.stages.len() {
                state.count_stage(scope, path, stage);
            }
        }
        let open = |stages: &Vec<Left>| stages.iter().filter(|one| !one.is_none()).count();
        state.left_of_path = state.left_of_stage.iter().map(open).collect();
        state
    }

    pub(super) fn status(&self, item: usize) -> Status {
        #[cfg(test)]
        super::LOOKS.with(|looks| looks.set(looks.get() + 1));
        self.status.get(item).copied().unwrap_or_default()
    }

    pub(super) fn is_open(&self, item: usize) -> bool {
        self.status(item).is_open()
    }

    pub(super) fn is_done(&self, item: usize) -> bool {
        self.status(item) == Status::Done
    }

    pub(super) fn is_doing(&self, item: usize) -> bool {
        self.status(item) == Status::Doing
    }

    /// Whether an item is done because it was credited.
    pub(super) fn is_known(&self, item: usize) -> bool {
        self.is_done(item) && self.known.get(item).copied().unwrap_or(false)
    }

    /// Whether a plan finished an item though nothing needed it.
    pub(super) fn is_extra(&self, item: usize) -> bool {
        self.extra.get(item).copied().unwrap_or(false)
    }

    /// Notes that nothing needs an item which a plan finishes.
    pub(super) fn note_extra(&mut self, item: usize) {
        self.extra.get_mut(item).into_iter().for_each(|extra| *extra = true);
    }

    /// The day until which an item is snoozed, if it still is.
    pub(super) fn snoozed(&self, scope: &Scope<'_>, item: usize) -> Option<NaiveDate> {
        scope.items.get(item)?.recorded.snoozed.filter(|until| *until > self.day)
    }

    /// The day until which a topic is snoozed as a whole, if it still is.
    pub(super) fn snoozed_topic(&self, topic: &ScopeTopic<'_>) -> Option<NaiveDate> {
        topic.snoozed.filter(|until| *until > self.day)
    }

    pub(super) fn day(&self) -> NaiveDate {
        self.day
    }

    /// Lets time pass until a day; gives what is no longer snoozed then.
    pub(super) fn wait(&mut self, scope: &Scope<'_>, until: NaiveDate) -> Vec<Waiter> {
        let since = self.day;
        self.day = since.max(until);
        let by = |last: NaiveDate| scope.snoozes.partition_point(|(day, _)| *day <= last);
        let woken = scope.snoozes.get(by(since)..by(self.day)).unwrap_or_default();
        woken.iter().map(|(_, node)| *node).collect()
    }

    /// The next day on which something is no longer snoozed.
    pub(super) fn next_day(&self, scope: &Scope<'_>) -> Option<NaiveDate> {
        let next = scope.snoozes.partition_point(|(day, _)| *day <= self.day);
        scope.snoozes.get(next).map(|(day, _)| *day)
    }

    /// When a topic was last studied; `None` if it is not begun. What was credited begins nothing.
    pub(super) fn touched(&self, topic: usize) -> Option<Touch> {
        self.touched.get(topic).copied().flatten()
    }

    pub(super) fn left_of_topic(&self, topic: usize) -> usize {
        #[cfg(test)]
        super::LOOKS.with(|looks| looks.set(looks.get() + 1));
        self.topics.get(topic).map_or(0, |one| one.left)
    }

    fn is_finished(&self, group: Group) -> bool {
        match group {
            Group::Topic(at) => self.left_of_topic(at) == 0,
            Group::Stage(path, stage) => self.is_stage_finished(path, stage),
            Group::Path(path) => self.left_of_path.get(path).is_none_or(|open| *open == 0),
        }
    }

    pub(super) fn is_stage_finished(&self, path: usize, stage: usize) -> bool {
        self.left_of_stage
            .get(path)
            .and_then(|path| path.get(stage))
            .is_none_or(|one| one.is_none())
    }

    /// Whether nothing is left of a topic or milestone.
    pub(super) fn is_over(&self, scope: &Scope<'_>, node: Waiter) -> bool {
        match node {
            Waiter::Topic(at) => self.left_of_topic(at) == 0,
            Waiter::Milestone(at) => {
                scope.milestones.get(at).is_some_and(|one| !self.is_open(one.item))
            }
        }
    }

    /// How many topics more are enough for a stage, where some are.
    pub(super) fn wanted_of_stage(&self, path: usize, stage: usize) -> Option<usize> {
        self.left_of_stage.get(path).and_then(|path| path.get(stage))?.wanted
    }

    /// Whether a target is reached; `None` if it cannot be found.
    pub(super) fn is_reached(&self, scope: &Scope<'_>, target: usize) -> Option<bool> {
        match scope.targets.get(target)? {
            Target::Item(item) => Some(!self.is_open(*item)),
            Target::Group(group) => Some(self.is_finished(*group)),
            Target::Gone(item) => (!self.is_open(*item)).then_some(true),
            Target::Fixed(reached) => *reached,
        }
    }

    /// Whether one of the alternatives is reached, or none of them can be found.
    pub(super) fn is_met(&self, scope: &Scope<'_>, requires: &Requires) -> bool {
        let mut reached = requires.iter().map(|target| self.is_reached(scope, *target));
        reached.clone().any(|one| one == Some(true)) || reached.all(|one| one.is_none())
    }

    /// Whether nothing holds a node back.
    pub(super) fn is_ready(&self, scope: &Scope<'_>, node: Waiter) -> bool {
        scope.required_by(node).iter().all(|requires| self.is_met(scope, requires))
    }

    /// What is left of an item of so many hours.
    pub(super) fn left_of(&self, scope: &Scope<'_>, item: usize, hours: f64) -> f64 {
        let spent = scope.items.get(item).and_then(|one| one.spent);
        spent.map_or(hours, |spent| spent.left(hours, self.factor))
    }

    /// Takes the hours that an item took which is finished now. Where time was spent on it before, they
    /// are seen as logged, so that others take as long as they did before.
    pub(super) fn spend(&mut self, scope: &Scope<'_>, item: usize, hours: f64) {
        if let Some(spent) = scope.items.get(item).and_then(|one| one.spent)
            && let Some(planned) = spent.of_resource.filter(|_| !spent.is_measured)
        {
            self.factor.add(planned, spent.hours + hours);
        }
    }

    /// Begins a step of a plan: what it finishes is studied at one time.
    pub(super) fn begin_step(&mut self) {
        self.steps += 1;
    }

    /// Makes an item done, as a part of a step of a plan; gives the targets that are reached by it.
    pub(super) fn finish(&mut self, scope: &Scope<'_>, item: usize) -> Vec<usize> {
        let was_open = self.is_open(item);
        if let (Some(status), Some(known)) = (self.status.get_mut(item), self.known.get_mut(item)) {
            *status = Status::Done;
            *known = false;
        }
        self.touch(scope, item, Touch::Planned(self.steps));
        if !was_open {
            return Vec::new();
        }
        let mut reached = scope.targets_of_item.get(item).cloned().unwrap_or_default();
        let Some(entry) = scope.items.get(item) else { return reached };
        let mut groups = Vec::new();
        for node in entry.nodes() {
            let topic = match node {
                Waiter::Topic(at) => Some(Group::Topic(at)),
                Waiter::Milestone(_) => None,
            };
            let (path, stage) = scope.place(node);
            let all = topic.into_iter().chain([Group::Stage(path, stage), Group::Path(path)]);
            groups.extend(all.filter(|group| !self.is_finished(*group)));
        }
        for place in &entry.topics {
            self.finish_in_topic(scope, *place);
        }
        for at in &entry.milestones {
            if let Some(one) = scope.milestones.get(*at).filter(|one| one.counts) {
                self.lessen_stage(one.path, one.stage, |left| left.milestones -= 1);
            }
        }
        groups.retain(|group| self.is_finished(*group));
        reached.extend(groups.into_iter().filter_map(|group| scope.target_of(group)));
        reached
    }

    /// Counts an item of a topic as done that was open.
    fn finish_in_topic(&mut self, scope: &Scope<'_>, place: InTopic) {
        let Some(topic) = scope.topics.get(place.topic) else { return };
        let Some(one) = self.topics.get_mut(place.topic) else { return };
        let before = *one;
        one.open -= place.goals;
        one.done += place.parts;
        one.recount(topic);
        let after = *one;
        self.lessen_stage(topic.path, topic.stage, |left| {
            left.topics -= before.left - after.left;
            if after.is_done() && !before.is_done() {
                left.wanted = left.wanted.map(|wanted| wanted.saturating_sub(1));
            }
        });
    }

    fn lessen_stage(&mut self, path: usize, stage: usize, lessen: impl FnOnce(&mut Left)) {
        let left = self.left_of_stage.get_mut(path).and_then(|path| path.get_mut(stage));
        let Some(left) = left else { return };
        let was_none = left.is_none();
        lessen(left);
        if left.is_none()
            && !was_none
            && let Some(open) = self.left_of_path.get_mut(path)
        {
            *open -= 1;
        }
    }

    /// Takes back that some items were finished, and nothing else, since a state was copied.
    pub(super) fn reset(&mut self, scope: &Scope<'_>, before: &Self, items: &[usize]) {
        fn put<T: Copy>(to: &mut [T], from: &[T], at: usize) {
            if let Some((one, other)) = to.get_mut(at).zip(from.get(at)) {
                *one = *other;
            }
        }
        for item in items {
            put(&mut self.status, &before.status, *item);
            put(&mut self.known, &before.known, *item);
            let Some(entry) = scope.items.get(*item) else { continue };
            for place in &entry.topics {
                put(&mut self.touched, &before.touched, place.topic);
                put(&mut self.topics, &before.topics, place.topic);
            }
            for node in entry.nodes() {
                let (path, stage) = scope.place(node);
                if let Some((to, from)) =
                    self.left_of_stage.get_mut(path).zip(before.left_of_stage.get(path))
                {
                    put(to, from, stage);
                }
                put(&mut self.left_of_path, &before.left_of_path, path);
            }
        }
    }

    /// Notes that an item was studied: it begins its topics, but not one in which it is only to look
    /// things up.
    fn touch(&mut self, scope: &Scope<'_>, item: usize, touch: Touch) {
        let places = scope.items.get(item).map_or(&[][..], |one| &one.topics);
        for place in places.iter().filter(|place| place.begins) {
            if let Some(touched) = self.touched.get_mut(place.topic) {
                *touched = (*touched).max(Some(touch));
            }
        }
    }

    /// Counts what is left of a stage.
    fn count_stage(&mut self, scope: &Scope<'_>, path: usize, stage: usize) {
        let Some(one) = scope.paths.get(path).and_then(|path| path.stages.get(stage)) else {
            return;
        };
        let topics = self.topics.get(one.topics.clone()).unwrap_or(&[]);
        let milestones = scope.milestones.get(one.milestones.clone()).unwrap_or(&[]);
        let left = Left {
            topics: topics.iter().map(|one| one.left).sum(),
            milestones: milestones
                .iter()
                .filter(|one| one.counts && self.is_open(one.item))
                .count(),
            wanted: one.choose.map(|enough| {
                enough.saturating_sub(topics.iter().filter(|one| one.is_done()).count())
            }),
        };
        if let Some(known) = self.left_of_stage.get_mut(path).and_then(|path| path.get_mut(stage)) {
            *known = left;
        }
    }
}

impl ScopePath<'_> {
    fn no_stage(&self) -> Vec<Left> {
        vec![Left::default(); self.stages.len()]
    }
}
