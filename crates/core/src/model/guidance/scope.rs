//! What a plan is about: the paths, and in dense tables their topics, milestones and items, with what
//! each requires.
//!
//! An item that stands in several places (`same_as`) is one entry, so that what is studied once is
//! done everywhere. A requirement is a list of alternatives, each a [`Target`].

mod build;
mod paths;

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use chrono::NaiveDate;
use milepost_path::{Item, Node, Ref, Resource, Roadmap, Skill, Stage, Topic, find};

use crate::model::learner::{Learner, progress_ref};
use crate::model::left::{Factor, Spent};
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
    /// Whether the same item is a skill of the topic before it.
    pub(super) is_again: bool,
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
    pub(super) topics: Vec<InTopic>,
    pub(super) milestones: Vec<usize>,
}

/// A topic in which an item stands, with what it is there. A plan asks for it at each of its steps, and a
/// topic can have tens of thousands of items.
#[derive(Debug, Clone, Copy)]
pub(super) struct InTopic {
    pub(super) topic: usize,
    /// How many of the goals of the topic it is.
    pub(super) goals: usize,
    /// How many of the parts by which the topic is done: its goals, and what is optional to read.
    pub(super) parts: usize,
    /// Whether studying it begins the topic.
    pub(super) begins: bool,
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

impl Waiter {
    /// The topic, if it is one.
    pub(super) fn topic(self) -> Option<usize> {
        match self {
            Self::Topic(at) => Some(at),
            Self::Milestone(_) => None,
        }
    }
}

impl ScopeItem {
    /// The topics and milestones that it is or stands in.
    pub(super) fn nodes(&self) -> impl Iterator<Item = Waiter> + '_ {
        let topics = self.topics.iter().map(|place| Waiter::Topic(place.topic));
        topics.chain(self.milestones.iter().copied().map(Waiter::Milestone))
    }

    /// Notes what it is in the topic that is being filled, the last of its topics.
    fn in_topic(&mut self, topic: usize, note: impl FnOnce(&mut InTopic)) {
        match self.topics.last_mut().filter(|place| place.topic == topic) {
            Some(place) => note(place),
            None => {
                let mut place = InTopic { topic, goals: 0, parts: 0, begins: true };
                note(&mut place);
                self.topics.push(place);
            }
        }
    }
}

impl<'a> Scope<'a> {
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
