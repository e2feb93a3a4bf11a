//! How the tables are filled: each item once, and each requirement as the numbers of what it asks for.

use std::collections::HashMap;

use chrono::NaiveDate;
use milepost_path::{
    Item, ItemBody, Node, Ref, Requirement, Resource, Roadmap, Stage, Topic, find,
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Group, Recorded, Requires, Scope, ScopeItem, ScopeMilestone, ScopePath, ScopeResource,
    ScopeSkill, ScopeStage, ScopeTopic, Target, Waiter, paths,
};
use crate::model::learner::{Learner, progress_ref};
use crate::model::left::{Factor, Spending};

impl<'a> Scope<'a> {
    /// The scope of some paths: they, and those that something in them requires.
    ///
    /// `fits` says whether a resource fits the filters, `is_wanted` whether a topic is for the learner who asks;
    /// time that was spent counts up to a day.
    pub(in crate::model::guidance) fn new(
        view: &Learner<'a>,
        goals: &[&'a Roadmap],
        fits: impl Fn(&Resource) -> bool,
        is_wanted: impl Fn(&Topic) -> bool,
        today: NaiveDate,
    ) -> Self {
        let mut scope = Self::empty(paths::paths(view.shelf, goals));
        let mut numbers = Numbers::default();
        for path in 0..scope.paths.len() {
            scope.add_path(path, view, &mut numbers, &fits, &is_wanted);
        }
        scope.targets_of_item = vec![Vec::new(); scope.items.len()];
        scope.add_requirements(view, &numbers);
        scope.add_snoozes();
        scope.add_spent(&Spending::of(view, today));
        scope
    }

    /// The scope of the topic of an item alone, without what it requires; `None` if it has none.
    pub(in crate::model::guidance) fn of_topic(
        view: &Learner<'a>,
        item: &Item<'a>,
    ) -> Option<Self> {
        let mut scope = Self::empty(Vec::new());
        let mut numbers = Numbers::default();
        let place = (item.roadmap, item.stage, item.topic?);
        let topic = scope.topic(view, (0, 0), place, &mut numbers, &|_| true);
        scope.topics.push(topic);
        let stage = ScopeStage { choose: None, topics: 0..1, milestones: 0..0 };
        scope.paths.push(ScopePath { roadmap: item.roadmap, is_goal: true, stages: vec![stage] });
        scope.targets_of_item = vec![Vec::new(); scope.items.len()];
        Some(scope)
    }

    fn empty(paths: Vec<ScopePath<'a>>) -> Self {
        Self {
            paths,
            topics: Vec::new(),
            milestones: Vec::new(),
            items: Vec::new(),
            targets: Vec::new(),
            waiting: Vec::new(),
            targets_of_item: Vec::new(),
            targets_of_group: HashMap::new(),
            snoozes: Vec::new(),
            factor: Factor::default(),
        }
    }

    fn add_snoozes(&mut self) {
        let topics = self.topics.iter().enumerate();
        let of_topics = topics.filter_map(|(at, one)| Some((one.snoozed?, Waiter::Topic(at))));
        let items = self.items.iter().filter_map(|one| Some((one.recorded.snoozed?, one)));
        let of_items = items.flat_map(|(day, one)| one.nodes().map(move |node| (day, node)));
        let mut all: Vec<(NaiveDate, Waiter)> = of_topics.chain(of_items).collect();
        all.sort_unstable();
        self.snoozes = all;
    }

    fn add_spent(&mut self, spending: &Spending) {
        if spending.is_empty() {
            return;
        }
        self.factor = spending.factor;
        for item in &mut self.items {
            item.spent = spending.on(&item.reference);
        }
        // What is the same as a resource or milestone takes time as that.
        let resources = self.topics.iter().flat_map(|topic| &topic.resources);
        let work = resources.map(|one| one.item).chain(self.milestones.iter().map(|one| one.item));
        let work: FxHashSet<usize> = work.collect();
        for topic in &mut self.topics {
            let Some(path) = self.paths.get(topic.path) else { continue };
            topic.spent = spending.on(&Ref::node(&path.roadmap.id, &topic.topic.id));
            let skills = topic.skills.iter().filter(|one| !work.contains(&one.item));
            let skills = skills.filter_map(|one| self.items.get(one.item)?.spent);
            topic.practised = skills.chain(topic.spent).map(|spent| spent.hours).sum();
        }
    }

    fn add_path(
        &mut self,
        path: usize,
        view: &Learner<'a>,
        numbers: &mut Numbers<'a>,
        fits: &impl Fn(&Resource) -> bool,
        is_wanted: &impl Fn(&Topic) -> bool,
    ) {
        let Some(roadmap) = self.paths.get(path).map(|path| path.roadmap) else { return };
        let mut stages = Vec::with_capacity(roadmap.stages.len());
        for (at, stage) in roadmap.stages.iter().enumerate() {
            let first_topic = self.topics.len();
            for topic in stage.topics.iter().filter(|topic| is_wanted(topic)) {
                let number = self.topics.len();
                numbers.topics.insert(std::ptr::from_ref(topic), number);
                let topic = self.topic(view, (path, at), (roadmap, stage, topic), numbers, fits);
                self.topics.push(topic);
            }
            let first_milestone = self.milestones.len();
            for milestone in &stage.milestones {
                if milestone.tracked.retired {
                    continue;
                }
                let what =
                    Item { roadmap, stage, topic: None, what: ItemBody::Milestone(milestone) };
                let item = self.item(view, what, numbers);
                let number = self.milestones.len();
                if let Some(entry) = self.items.get_mut(item) {
                    entry.milestones.push(number);
                }
                self.milestones.push(ScopeMilestone {
                    path,
                    stage: at,
                    item,
                    what,
                    counts: what.is_goal(),
                    requires: Vec::new(),
                });
            }
            stages.push(ScopeStage {
                choose: stage.choose.map(usize::from),
                topics: first_topic..self.topics.len(),
                milestones: first_milestone..self.milestones.len(),
            });
            numbers.stages.insert(std::ptr::from_ref(stage), (path, at));
        }
        if let Some(path) = self.paths.get_mut(path) {
            path.stages = stages;
        }
        numbers.paths.insert(&roadmap.id, path);
    }

    fn topic(
        &mut self,
        view: &Learner<'a>,
        (path, stage): (usize, usize),
        (roadmap, in_stage, topic): (&'a Roadmap, &'a Stage, &'a Topic),
        numbers: &mut Numbers<'a>,
        fits: &impl Fn(&Resource) -> bool,
    ) -> ScopeTopic<'a> {
        let number = self.topics.len();
        let item = |what| Item { roadmap, stage: in_stage, topic: Some(topic), what };
        let mut skills = Vec::with_capacity(topic.skills.len());
        for skill in topic.skills.iter().filter(|skill| !skill.tracked.retired) {
            let what = item(ItemBody::Skill(skill));
            skills.push(ScopeSkill {
                item: self.item(view, what, numbers),
                skill,
                counts: what.is_goal(),
                hours: what.hours().unwrap_or(0.0),
                is_again: false,
            });
        }
        let places: FxHashMap<&str, usize> =
            skills.iter().enumerate().map(|(at, one)| (&*one.skill.tracked.id, at)).collect();
        let is_reading = skills.is_empty();
        let living: Vec<&'a Resource> =
            topic.resources.iter().filter(|resource| !resource.tracked.retired).collect();
        let ids: FxHashMap<&str, usize> =
            living.iter().enumerate().map(|(at, one)| (&*one.tracked.id, at)).collect();
        let mut resources: Vec<ScopeResource<'a>> = Vec::with_capacity(living.len());
        for resource in living {
            let what = item(ItemBody::Resource(resource));
            let mut teaches: Vec<usize> =
                resource.skills.iter().filter_map(|id| places.get(id.as_str()).copied()).collect();
            teaches.sort_unstable();
            teaches.dedup();
            let named = resource.instead_of.iter();
            let instead_of: Vec<usize> =
                named.filter_map(|id| ids.get(id.as_str()).copied()).collect();
            let is_taught_or_read = is_reading || !teaches.is_empty();
            resources.push(ScopeResource {
                item: self.item(view, what, numbers),
                resource,
                hours: what.hours().unwrap_or(0.0),
                is_core: instead_of.is_empty() && is_taught_or_read && !resource.tracked.optional,
                teaches,
                instead_of,
                alternatives: Vec::new(),
                fits: fits(resource),
                requires: Vec::new(),
            });
        }
        let pairs: Vec<(usize, usize)> = resources
            .iter()
            .enumerate()
            .flat_map(|(at, one)| one.instead_of.iter().map(move |named| (*named, at)))
            .collect();
        for (named, alternative) in pairs {
            if let Some(one) = resources.get_mut(named) {
                one.alternatives.push(alternative);
            }
        }
        self.add_places(number, &mut skills, &resources);
        ScopeTopic {
            path,
            stage,
            in_stage,
            topic,
            skills,
            resources,
            requires: Vec::new(),
            is_reading,
            snoozed: view.snoozed_until(&Node::Topic(roadmap, in_stage, topic)),
            spent: None,
            practised: 0.0,
        }
    }

    /// Notes of the items of a topic what each is in it.
    fn add_places(
        &mut self,
        topic: usize,
        skills: &mut [ScopeSkill<'_>],
        resources: &[ScopeResource<'_>],
    ) {
        let is_reading = skills.is_empty();
        for skill in skills {
            let Some(entry) = self.items.get_mut(skill.item) else { continue };
            skill.is_again = entry.topics.last().is_some_and(|place| place.topic == topic);
            let many = usize::from(skill.counts);
            entry.in_topic(topic, |place| {
                place.goals += many;
                place.parts += many;
            });
        }
        // Of an item that stands there twice the first place says whether it begins the topic.
        for resource in resources.iter().rev() {
            let Some(entry) = self.items.get_mut(resource.item) else { continue };
            let is_goal = is_reading && !resource.resource.tracked.optional;
            entry.in_topic(topic, |place| {
                place.begins = is_reading || !resource.teaches.is_empty();
                place.goals += usize::from(is_goal);
                place.parts += usize::from(is_reading);
            });
        }
    }

    /// The number of an item, a new one where it is met for the first time.
    fn item(&mut self, view: &Learner<'a>, item: Item<'a>, numbers: &mut Numbers<'a>) -> usize {
        let reference = progress_ref(view.shelf, &item);
        let next = self.items.len();
        let number = *numbers.items.entry(reference.clone()).or_insert(next);
        // What was recorded of it before it was tied to another is seen only from where it stands.
        let recorded = view.state(&item).map_or(Recorded::default(), |state| Recorded {
            status: state.status,
            known: state.known,
            since: state.since,
            snoozed: view.snoozed_until(&Node::Item(item)),
        });
        if let Some(known) = self.items.get_mut(number)
            && known.recorded.status.is_open()
        {
            let snoozed = known.recorded.snoozed.or(recorded.snoozed);
            if !recorded.status.is_open() {
                known.recorded = recorded;
            }
            known.recorded.snoozed = snoozed;
        }
        if number == next {
            self.items.push(ScopeItem {
                reference,
                recorded,
                spent: None,
                topics: Vec::new(),
                milestones: Vec::new(),
            });
        }
        number
    }

    fn add_requirements(&mut self, view: &Learner<'a>, numbers: &Numbers<'a>) {
        let mut known: FxHashMap<&'a Ref, usize> = FxHashMap::default();
        for at in 0..self.topics.len() {
            let Some(one) = self.topics.get(at) else { continue };
            let Some(roadmap) = self.paths.get(one.path).map(|path| path.roadmap) else { continue };
            let node = Node::Topic(roadmap, one.in_stage, one.topic);
            let requires =
                self.requires(view, &node.requirements(), Waiter::Topic(at), numbers, &mut known);
            let of_resources: Vec<Vec<Requires>> = self
                .topics
                .get(at)
                .map_or(&[][..], |one| &one.resources)
                .iter()
                .map(|one| &one.resource.requires)
                .collect::<Vec<_>>()
                .into_iter()
                .map(|own| {
                    let own: Vec<&'a Requirement> = own.iter().collect();
                    self.requires(view, &own, Waiter::Topic(at), numbers, &mut known)
                })
                .collect();
            if let Some(one) = self.topics.get_mut(at) {
                one.requires = requires;
                for (resource, requires) in one.resources.iter_mut().zip(of_resources) {
                    resource.requires = requires;
                }
            }
        }
        for at in 0..self.milestones.len() {
            let Some(node) = self.milestones.get(at).map(|one| Node::Item(one.what)) else {
                continue;
            };
            let waiter = Waiter::Milestone(at);
            let requires = self.requires(view, &node.requirements(), waiter, numbers, &mut known);
            if let Some(one) = self.milestones.get_mut(at) {
                one.requires = requires;
            }
        }
    }

    fn requires(
        &mut self,
        view: &Learner<'a>,
        requirements: &[&'a Requirement],
        waiter: Waiter,
        numbers: &Numbers<'a>,
        known: &mut FxHashMap<&'a Ref, usize>,
    ) -> Vec<Requires> {
        let mut all = Vec::with_capacity(requirements.len());
        for requirement in requirements {
            let mut alternatives = Vec::with_capacity(requirement.any_of.len());
            for reference in &requirement.any_of {
                let number = match known.get(reference) {
                    Some(number) => *number,
                    None => {
                        let number = self.target(numbers.target(view, reference));
                        known.insert(reference, number);
                        number
                    }
                };
                alternatives.push(number);
                if let Some(waiting) = self.waiting.get_mut(number)
                    && waiting.last() != Some(&waiter)
                {
                    waiting.push(waiter);
                }
            }
            all.push(alternatives);
        }
        all
    }

    /// The number of a target, a new one where nothing asked for it before.
    pub(super) fn target(&mut self, target: Target) -> usize {
        let next = self.targets.len();
        let number = match target {
            Target::Item(item) | Target::Gone(item) => {
                let own = self.targets_of_item.get_mut(item);
                match own.as_ref().and_then(|own| own.first()) {
                    Some(number) => *number,
                    None => {
                        if let Some(own) = own {
                            own.push(next);
                        }
                        next
                    }
                }
            }
            Target::Group(group) => *self.targets_of_group.entry(group).or_insert(next),
            Target::Fixed(_) => next,
        };
        if number == next {
            self.targets.push(target);
            self.waiting.push(Vec::new());
        }
        number
    }
}

/// Where the nodes of the paths are in the tables.
#[derive(Default)]
struct Numbers<'a> {
    items: FxHashMap<Ref, usize>,
    topics: FxHashMap<*const Topic, usize>,
    stages: FxHashMap<*const Stage, (usize, usize)>,
    paths: FxHashMap<&'a str, usize>,
}

impl Numbers<'_> {
    fn target(&self, view: &Learner<'_>, reference: &Ref) -> Target {
        let Some(node) = find(view.shelf, reference) else {
            if let Some(item) = self.items.get(reference) {
                return Target::Gone(*item);
            }
            // The record outlives the path: what was done before it went is done.
            let state = view.standing.item_at(reference);
            let is_closed = state.is_some_and(|state| !state.status.is_open());
            return Target::Fixed(is_closed.then_some(true));
        };
        let found = match node {
            Node::Item(item) => {
                self.items.get(&progress_ref(view.shelf, &item)).copied().map(Target::Item)
            }
            Node::Topic(_, _, topic) => {
                let at = self.topics.get(&std::ptr::from_ref(topic));
                at.map(|at| Target::Group(Group::Topic(*at)))
            }
            Node::Stage(_, stage) => {
                let at = self.stages.get(&std::ptr::from_ref(stage));
                at.map(|(path, stage)| Target::Group(Group::Stage(*path, *stage)))
            }
            Node::Path(roadmap) => {
                let at = self.paths.get(roadmap.id.as_str());
                at.map(|path| Target::Group(Group::Path(*path)))
            }
        };
        // A topic that is left out, for another role, holds nobody back.
        found.unwrap_or(Target::Fixed(Some(true)))
    }
}
