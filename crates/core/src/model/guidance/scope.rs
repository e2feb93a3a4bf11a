//! What a plan is about: the paths, and in dense tables their topics, milestones and items, with what
//! each requires.
//!
//! An item that stands in several places (`same_as`) is one entry, so that what is studied once is
//! done everywhere. A requirement is a list of alternatives, each a [`Target`].

mod paths;

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use chrono::NaiveDate;
use milepost_path::{
    Item, ItemBody, Node, Ref, Requirement, Resource, Roadmap, Skill, Stage, Topic, find,
};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::learner::{Learner, progress_ref};
use crate::model::left::{Factor, Spending, Spent};
use crate::model::standing::Status;

/// The paths of a plan, in the order in which they are walked.
pub(super) struct Scope<'a> {
    pub(super) paths: Vec<ScopePath<'a>>,
    pub(super) topics: Vec<ScopeTopic<'a>>,
    pub(super) milestones: Vec<ScopeMilestone<'a>>,
    /// Every skill, resource and milestone once, by where its progress is kept.
    pub(super) items: Vec<ScopeItem>,
    /// What is required somewhere, each once.
    pub(super) targets: Vec<Target>,
    /// For each target, the nodes that require it.
    pub(super) waiting: Vec<Vec<Waiter>>,
    /// For each item, the targets that are it.
    pub(super) targets_of_item: Vec<Vec<usize>>,
    targets_of_group: HashMap<Group, usize>,
    /// The days until which something is snoozed, with where it stands; the first day first.
    pub(super) snoozes: Vec<(NaiveDate, Waiter)>,
    /// How many times their hours resources took up to now.
    pub(super) factor: Factor,
}

/// A path of a plan.
pub(super) struct ScopePath<'a> {
    pub(super) roadmap: &'a Roadmap,
    /// Whether the plan is for it; else it is only required.
    pub(super) is_goal: bool,
    pub(super) stages: Vec<ScopeStage>,
}

/// The topics and milestones of a stage, as ranges of the tables.
pub(super) struct ScopeStage {
    /// How many of its topics are enough, where some are.
    pub(super) choose: Option<usize>,
    pub(super) topics: Range<usize>,
    pub(super) milestones: Range<usize>,
}

/// A topic.
pub(super) struct ScopeTopic<'a> {
    pub(super) path: usize,
    pub(super) stage: usize,
    pub(super) in_stage: &'a Stage,
    pub(super) topic: &'a Topic,
    pub(super) skills: Vec<ScopeSkill<'a>>,
    pub(super) resources: Vec<ScopeResource<'a>>,
    pub(super) requires: Vec<Requires>,
    /// Whether it has no skills, so that its resources are what is to be done.
    pub(super) is_reading: bool,
    /// The day until which all of it is snoozed.
    pub(super) snoozed: Option<NaiveDate>,
    /// The time that was spent on it by itself.
    pub(super) spent: Option<Spent>,
    /// The hours of that and of its skills, which are practice.
    pub(super) practised: f64,
}

/// A skill of a topic.
pub(super) struct ScopeSkill<'a> {
    pub(super) item: usize,
    pub(super) skill: &'a Skill,
    /// Whether a percentage counts it.
    pub(super) counts: bool,
    pub(super) hours: f64,
}

/// A resource of a topic.
pub(super) struct ScopeResource<'a> {
    pub(super) item: usize,
    pub(super) resource: &'a Resource,
    pub(super) hours: f64,
    /// The skills of the topic that it teaches, by position.
    pub(super) teaches: Vec<usize>,
    /// The resources of the topic that it can stand in for, by position.
    pub(super) instead_of: Vec<usize>,
    /// The resources of the topic that can stand in for it, by position.
    pub(super) alternatives: Vec<usize>,
    /// Whether it is part of the course of the topic.
    pub(super) is_core: bool,
    /// Whether it fits the filters.
    pub(super) fits: bool,
    /// What it requires besides what its topic does.
    pub(super) requires: Vec<Requires>,
}

/// A milestone.
pub(super) struct ScopeMilestone<'a> {
    pub(super) path: usize,
    pub(super) stage: usize,
    pub(super) item: usize,
    pub(super) what: Item<'a>,
    pub(super) counts: bool,
    pub(super) requires: Vec<Requires>,
}

/// An item, and where it stands.
pub(super) struct ScopeItem {
    pub(super) reference: Ref,
    /// Its state, as the first of its places has it in which it is closed.
    pub(super) recorded: Recorded,
    /// The time that was spent on it.
    pub(super) spent: Option<Spent>,
    pub(super) topics: Vec<usize>,
    pub(super) milestones: Vec<usize>,
}

/// What is recorded of an item.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Recorded {
    pub(super) status: Status,
    /// Credited, not studied.
    pub(super) known: bool,
    /// Since when it has this status.
    pub(super) since: Option<NaiveDate>,
    /// The day until which it is snoozed.
    pub(super) snoozed: Option<NaiveDate>,
}

/// The alternatives of a requirement, as positions in [`Scope::targets`].
pub(super) type Requires = Vec<usize>;

/// What one alternative of a requirement asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Item(usize),
    Group(Group),
    /// An item whose own path is not installed, under which others keep their progress: it is not
    /// to be found until it is done.
    Gone(usize),
    /// Something that is not in the scope: reached, or not to be found.
    Fixed(Option<bool>),
}

/// A topic, a stage of a path, or a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Group {
    Topic(usize),
    Stage(usize, usize),
    Path(usize),
}

/// A node that requirements hold back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Waiter {
    Topic(usize),
    Milestone(usize),
}

impl ScopeItem {
    /// The topics and milestones that it is or stands in.
    pub(super) fn nodes(&self) -> impl Iterator<Item = Waiter> + '_ {
        let topics = self.topics.iter().copied().map(Waiter::Topic);
        topics.chain(self.milestones.iter().copied().map(Waiter::Milestone))
    }
}

impl<'a> Scope<'a> {
    /// The scope of some paths: they, and those that something in them requires.
    ///
    /// `fits` says whether a resource fits the filters, `is_wanted` whether a topic is for the learner who asks;
    /// time that was spent counts up to a day.
    pub(super) fn new(
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
    pub(super) fn of_topic(view: &Learner<'a>, item: &Item<'a>) -> Option<Self> {
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
        let items = skills.iter().map(|one| one.item).chain(resources.iter().map(|one| one.item));
        for item in items.collect::<Vec<usize>>() {
            if let Some(entry) = self.items.get_mut(item)
                && entry.topics.last() != Some(&number)
            {
                entry.topics.push(number);
            }
        }
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

    fn target(&mut self, target: Target) -> usize {
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

    /// The target that is a group, where something requires it.
    pub(super) fn target_of(&self, group: Group) -> Option<usize> {
        self.targets_of_group.get(&group).copied()
    }

    /// The target that a reference means; a new one if nothing in the scope requires it.
    pub(super) fn add_target(&mut self, view: &Learner<'_>, reference: &Ref) -> usize {
        let item = |kept: &Ref| self.items.iter().position(|one| one.reference == *kept);
        let target = match find(view.shelf, reference) {
            Some(Node::Item(one)) => item(&progress_ref(view.shelf, &one)).map(Target::Item),
            Some(Node::Topic(_, _, topic)) => self
                .topics
                .iter()
                .position(|one| std::ptr::eq(one.topic, topic))
                .map(|at| Target::Group(Group::Topic(at))),
            _ => None,
        };
        let target = target.unwrap_or_else(|| {
            let node = find(view.shelf, reference);
            Target::Fixed(node.map(|node| view.is_finished(&node)))
        });
        self.target(target)
    }

    /// The topics and milestones of a group, as positions.
    pub(super) fn members(&self, group: Group) -> (Range<usize>, Range<usize>) {
        let stages_of = |path: usize| self.paths.get(path).map_or(&[][..], |path| &path.stages);
        let stages = match group {
            Group::Topic(at) => return (at..at + 1, 0..0),
            Group::Stage(path, stage) => stages_of(path).get(stage..=stage).unwrap_or(&[]),
            Group::Path(path) => stages_of(path),
        };
        match (stages.first(), stages.last()) {
            (Some(first), Some(last)) => {
                (first.topics.start..last.topics.end, first.milestones.start..last.milestones.end)
            }
            _ => (0..0, 0..0),
        }
    }

    /// The topics and milestones that bring a target nearer.
    pub(super) fn nodes_of(&self, target: usize) -> Vec<Waiter> {
        match self.targets.get(target) {
            Some(Target::Item(item)) => {
                self.items.get(*item).map_or(Vec::new(), |entry| entry.nodes().collect())
            }
            Some(Target::Group(group)) => {
                let (topics, milestones) = self.members(*group);
                topics.map(Waiter::Topic).chain(milestones.map(Waiter::Milestone)).collect()
            }
            Some(Target::Gone(_) | Target::Fixed(_)) | None => Vec::new(),
        }
    }

    /// The items that a target asks for.
    pub(super) fn items_of(&self, target: usize) -> Vec<usize> {
        let group = match self.targets.get(target) {
            Some(Target::Item(item)) => return vec![*item],
            Some(Target::Group(group)) => *group,
            Some(Target::Gone(_) | Target::Fixed(_)) | None => return Vec::new(),
        };
        let (topics, milestones) = self.members(group);
        let mut items: Vec<usize> =
            topics.flat_map(|at| self.items_of_node(Waiter::Topic(at))).collect();
        let milestones = self.milestones.get(milestones).unwrap_or(&[]);
        items.extend(milestones.iter().filter(|one| one.counts).map(|one| one.item));
        items
    }

    /// The items of a node that count, or that are read in a topic without skills.
    pub(super) fn items_of_node(&self, node: Waiter) -> Vec<usize> {
        match node {
            Waiter::Topic(at) => {
                let Some(topic) = self.topics.get(at) else { return Vec::new() };
                let skills = topic.skills.iter().filter(|one| one.counts).map(|one| one.item);
                let read = topic.resources.iter().filter(|_| topic.is_reading);
                skills.chain(read.map(|one| one.item)).collect()
            }
            Waiter::Milestone(at) => {
                self.milestones.get(at).map(|one| one.item).into_iter().collect()
            }
        }
    }

    /// The nodes that require an item, or a group that it is in.
    pub(super) fn waiting_for(&self, items: &[usize]) -> BTreeSet<Waiter> {
        let mut waiting = BTreeSet::new();
        for item in items {
            let mut targets = self.targets_of_item.get(*item).cloned().unwrap_or_default();
            for node in self.items.get(*item).into_iter().flat_map(ScopeItem::nodes) {
                let (path, stage) = self.place(node);
                let topic = match node {
                    Waiter::Topic(at) => Some(Group::Topic(at)),
                    Waiter::Milestone(_) => None,
                };
                let groups =
                    topic.into_iter().chain([Group::Stage(path, stage), Group::Path(path)]);
                targets.extend(groups.filter_map(|group| self.target_of(group)));
            }
            for target in targets {
                waiting.extend(self.waiting.get(target).into_iter().flatten().copied());
            }
        }
        waiting
    }

    /// What a node requires.
    pub(super) fn required_by(&self, waiter: Waiter) -> &[Requires] {
        match waiter {
            Waiter::Topic(at) => self.topics.get(at).map_or(&[], |one| &one.requires),
            Waiter::Milestone(at) => self.milestones.get(at).map_or(&[], |one| &one.requires),
        }
    }

    /// The path and the stage of a node.
    pub(super) fn place(&self, waiter: Waiter) -> (usize, usize) {
        let place = match waiter {
            Waiter::Topic(at) => self.topics.get(at).map(|one| (one.path, one.stage)),
            Waiter::Milestone(at) => self.milestones.get(at).map(|one| (one.path, one.stage)),
        };
        place.unwrap_or_default()
    }

    /// Whether the plan is for the path of a node.
    pub(super) fn is_of_goal(&self, waiter: Waiter) -> bool {
        self.paths.get(self.place(waiter).0).is_some_and(|path| path.is_goal)
    }

    /// The node itself.
    pub(super) fn node(&self, waiter: Waiter) -> Option<Node<'a>> {
        match waiter {
            Waiter::Topic(at) => {
                let one = self.topics.get(at)?;
                Some(Node::Topic(self.paths.get(one.path)?.roadmap, one.in_stage, one.topic))
            }
            Waiter::Milestone(at) => self.milestones.get(at).map(|one| Node::Item(one.what)),
        }
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
