//! Which of the reasons it is.

use std::collections::BTreeSet;

use milepost_path::{Item, Node, Ref};
use rustc_hash::FxHashSet;

use super::{Before, Snoozed, StepName, Why, WhyNot};
use crate::model::guidance::need::chosen;
use crate::model::guidance::plan::{Act, Guide, Step};
use crate::model::guidance::scope::{
    Group, Requires, ScopeItem, ScopeResource, ScopeTopic, Target, Waiter,
};
use crate::model::standing::Status;

/// What is asked about, in the terms of a scope.
struct Asked {
    node: Waiter,
    /// The position in the topic, of a resource or of a skill.
    resource: Option<usize>,
    skill: Option<usize>,
    /// The item; a topic is none.
    item: Option<usize>,
    /// The references by which a plan can name it.
    names: Vec<Ref>,
}

/// Where something stands in the plan.
struct Found {
    before: Before,
    is_rest: bool,
    /// The steps before it that take time.
    steps: Vec<(Ref, StepName)>,
}

impl<'a> Guide<'a> {
    /// Why a topic or an item is not the next step, or that it is.
    pub fn why(&self, node: &Node<'_>) -> Why {
        let alone = |because| Why { because, before: None };
        let Some(asked) = self.asked(node) else { return alone(self.why_outside(node)) };
        let closed = self.why_closed(&asked).or_else(|| self.why_snoozed(&asked, node));
        if let Some(because) = closed.or_else(|| self.why_asked(&asked, node)) {
            return alone(because);
        }
        // Where a proof is due, what a plan does after it cannot be done yet, and `next` has another
        // first step than the plan.
        let head = self.next(1, false).unwrap_or_default();
        if head.first().is_some_and(|one| asked.names.contains(&one.item.reference())) {
            return alone(WhyNot::IsNext);
        }
        let Some(found) = self.find(&asked) else { return alone(self.why_left_out(&asked)) };
        let before = (found.before.steps > 0).then_some(found.before);
        Why { because: self.why_later(&asked, found), before }
    }

    fn asked(&self, node: &Node<'_>) -> Option<Asked> {
        let roadmap = node.roadmap();
        let is_here = |path: usize| {
            self.scope.paths.get(path).is_some_and(|path| path.roadmap.id == roadmap.id)
        };
        if let Node::Item(item) = node
            && item.milestone().is_some()
        {
            let mut all = self.scope.milestones.iter();
            let at = all.position(|one| is_here(one.path) && one.what.id() == item.id())?;
            let number = self.scope.milestones.get(at)?.item;
            let (node, names) = (Waiter::Milestone(at), self.names(&[number]));
            return Some(Asked { node, resource: None, skill: None, item: Some(number), names });
        }
        let id = &node.topic()?.id;
        let at = self.scope.topics.iter().position(|one| is_here(one.path) && one.topic.id == *id);
        let topic = self.scope.topics.get(at?)?;
        let node_of_topic = Waiter::Topic(at?);
        let Node::Item(item) = node else {
            let skills = topic.skills.iter().map(|one| one.item);
            let items = skills.chain(topic.resources.iter().map(|one| one.item));
            let names = self.names(&items.collect::<Vec<usize>>());
            let (resource, skill) = (None, None);
            return Some(Asked { node: node_of_topic, resource, skill, item: None, names });
        };
        let named = |one: &ScopeResource<'_>| one.resource.tracked.id == item.id();
        let resource = topic.resources.iter().position(named);
        let skill = topic.skills.iter().position(|one| one.skill.tracked.id == item.id());
        let number = match (resource, skill) {
            (Some(at), _) => topic.resources.get(at)?.item,
            (None, at) => topic.skills.get(at?)?.item,
        };
        let names = self.names(&[number]);
        Some(Asked { node: node_of_topic, resource, skill, item: Some(number), names })
    }

    /// The references of items: those of each place in which one of them stands.
    fn names(&self, items: &[usize]) -> Vec<Ref> {
        let items: FxHashSet<usize> = items.iter().copied().collect();
        let nodes = items.iter().filter_map(|item| self.scope.items.get(*item));
        let nodes: BTreeSet<Waiter> = nodes.flat_map(ScopeItem::nodes).collect();
        let in_node = |node: Waiter| match node {
            Waiter::Topic(at) => {
                let topic = self.scope.topics.get(at)?;
                let path = &self.scope.paths.get(topic.path)?.roadmap.id;
                let skills = topic.skills.iter().filter(|one| items.contains(&one.item));
                let resources = topic.resources.iter().filter(|one| items.contains(&one.item));
                let ids = skills.map(|one| &one.skill.tracked.id);
                let ids = ids.chain(resources.map(|one| &one.resource.tracked.id));
                Some(ids.map(|id| Ref::node(path, id)).collect::<Vec<Ref>>())
            }
            Waiter::Milestone(at) => Some(vec![self.scope.milestones.get(at)?.what.reference()]),
        };
        nodes.into_iter().filter_map(in_node).flatten().collect()
    }

    fn why_outside(&self, node: &Node<'_>) -> WhyNot {
        let roadmap = node.roadmap();
        if !self.scope.paths.iter().any(|path| path.roadmap.id == roadmap.id) {
            let (path, title) = (roadmap.id.clone(), roadmap.title.clone());
            return WhyNot::NotFollowed { path, title };
        }
        match node {
            Node::Item(item) if item.tracked().retired => WhyNot::Retired,
            _ => WhyNot::OtherRole,
        }
    }

    fn why_closed(&self, asked: &Asked) -> Option<WhyNot> {
        let state = &self.start.state;
        let Some(item) = asked.item else {
            let Waiter::Topic(topic) = asked.node else { return None };
            return (state.left_of_topic(topic) == 0).then_some(WhyNot::NothingLeft);
        };
        let on = self.scope.items.get(item).and_then(|one| one.recorded.since);
        match state.status(item) {
            Status::Done if state.is_known(item) => Some(WhyNot::Known),
            Status::Done => Some(WhyNot::Done(on)),
            Status::Skipped => {
                Some(WhyNot::Skipped { on, reference: asked.names.first()?.clone() })
            }
            Status::Todo | Status::Doing => None,
        }
    }

    /// That it is snoozed, or its topic, or all that it is studied for.
    fn why_snoozed(&self, asked: &Asked, node: &Node<'_>) -> Option<WhyNot> {
        let state = &self.start.state;
        if let Some(until) = asked.item.and_then(|item| state.snoozed(&self.scope, item)) {
            let (what, reference) = (Snoozed::Itself, node.reference());
            return Some(WhyNot::Snoozed { what, until, reference });
        }
        let Waiter::Topic(at) = asked.node else { return None };
        let topic = self.scope.topics.get(at)?;
        if let Some(until) = state.snoozed_topic(topic) {
            let what = if asked.item.is_some() { Snoozed::Topic } else { Snoozed::Itself };
            let reference = self.scope.node(asked.node)?.reference();
            return Some(WhyNot::Snoozed { what, until, reference });
        }
        let resource = topic.resources.get(asked.resource?)?;
        let until = self.ground(&self.start).snoozed_resource(topic, asked.resource?)?;
        let mut skills = resource.teaches.iter().filter_map(|skill| topic.skills.get(*skill));
        let skill = skills.find(|one| state.snoozed(&self.scope, one.item) == Some(until))?;
        let path = &self.scope.paths.get(topic.path)?.roadmap.id;
        let reference = Ref::node(path, &skill.skill.tracked.id);
        Some(WhyNot::Snoozed { what: Snoozed::Taught, until, reference })
    }

    /// That a skill was studied, so that it is asked for above the steps.
    fn why_asked(&self, asked: &Asked, node: &Node<'_>) -> Option<WhyNot> {
        let skill = asked.skill?;
        let Waiter::Topic(topic) = asked.node else { return None };
        let studied = self.ground(&self.start).studied(topic);
        studied.contains(&skill).then(|| WhyNot::Prove(node.reference()))
    }

    /// Where the plan has something, with all that it leaves out otherwise.
    fn find(&self, asked: &Asked) -> Option<Found> {
        let names: BTreeSet<&Ref> = asked.names.iter().collect();
        let mut found =
            Found { before: Before { hours: 0.0, steps: 0 }, is_rest: false, steps: Vec::new() };
        let mut walk = self.walk();
        while let Some(step) = walk.next(true) {
            if step.act.items().iter().any(|item| names.contains(&item.reference())) {
                found.is_rest = step.is_rest;
                return Some(found);
            }
            found.add(&step);
        }
        None
    }

    fn why_later(&self, asked: &Asked, found: Found) -> WhyNot {
        let own = self.own_requires(asked);
        let unmet: Vec<&Requires> = self
            .scope
            .required_by(asked.node)
            .iter()
            .chain(own)
            .filter(|one| !self.start.state.is_met(&self.scope, one))
            .collect();
        if found.is_rest {
            return WhyNot::Rest;
        }
        if !unmet.is_empty() {
            return self.waits_for(&unmet, found);
        }
        if let Some(teachers) = self.open_teachers(asked) {
            return WhyNot::StudyFirst(teachers);
        }
        WhyNot::Later(found.steps.into_iter().next().map(|(_, name)| name))
    }

    /// What a resource requires besides what its topic does.
    fn own_requires(&self, asked: &Asked) -> &[Requires] {
        let Waiter::Topic(topic) = asked.node else { return &[] };
        let topic = self.scope.topics.get(topic);
        let resource = asked.resource.and_then(|at| topic?.resources.get(at));
        resource.map_or(&[], |one| &one.requires)
    }

    /// Of a skill the titles of what is left to study for it, if anything is.
    fn open_teachers(&self, asked: &Asked) -> Option<Vec<String>> {
        let Waiter::Topic(topic) = asked.node else { return None };
        let (skill, topic) = (asked.skill?, self.scope.topics.get(topic)?);
        let course = topic.course(&self.start.state);
        let open = course.open.iter().filter_map(|slot| topic.resources.get(slot.resource));
        let teachers: Vec<String> =
            open.filter(|one| one.teaches.contains(&skill)).map(title).collect();
        (!teachers.is_empty()).then_some(teachers)
    }

    /// What something waits for, and the next step on the way to it.
    fn waits_for(&self, unmet: &[&Requires], found: Found) -> WhyNot {
        let (scope, state) = (&self.scope, &self.start.state);
        let targets: Vec<usize> =
            unmet.iter().filter_map(|one| chosen(scope, state, one)).collect();
        let titles = self.titles_of(targets.iter().copied());
        // What comes before it takes no time then: questions.
        if found.steps.is_empty() {
            return WhyNot::WaitsForProof(titles);
        }
        let names = self.names_behind(&targets);
        let next = found.steps.into_iter().find(|(name, _)| names.contains(name));
        WhyNot::Waits { titles, next: next.map(|(_, name)| name) }
    }

    /// The references of all that leads to some targets and is left.
    fn names_behind(&self, targets: &[usize]) -> BTreeSet<Ref> {
        let (scope, state) = (&self.scope, &self.start.state);
        let mut queue: Vec<usize> = targets.to_vec();
        let mut seen: BTreeSet<Waiter> = BTreeSet::new();
        while let Some(target) = queue.pop() {
            for node in scope.nodes_of(target) {
                if !seen.insert(node) {
                    continue;
                }
                let unmet = scope.required_by(node).iter();
                let unmet = unmet.filter(|one| !state.is_met(scope, one));
                queue.extend(unmet.filter_map(|one| chosen(scope, state, one)));
            }
        }
        let items = seen.into_iter().flat_map(|node| match node {
            Waiter::Milestone(at) => {
                scope.milestones.get(at).map(|one| one.item).into_iter().collect()
            }
            Waiter::Topic(at) => scope.topics.get(at).map_or(Vec::new(), |topic| {
                let skills = topic.skills.iter().map(|one| one.item);
                skills.chain(topic.resources.iter().map(|one| one.item)).collect()
            }),
        });
        self.names(&items.collect::<Vec<usize>>()).into_iter().collect()
    }

    fn titles_of(&self, targets: impl Iterator<Item = usize>) -> Vec<String> {
        targets.filter_map(|one| self.title_of(one)).map(str::to_owned).collect()
    }

    pub(in crate::model::guidance) fn title_of(&self, target: usize) -> Option<&'a str> {
        let scope = &self.scope;
        match scope.targets.get(target)? {
            Target::Item(item) => {
                let entry = scope.items.get(*item)?;
                if let Some(at) = entry.milestones.first() {
                    return scope.milestones.get(*at).map(|one| one.what.tracked().title.as_str());
                }
                let topic = scope.topics.get(entry.topics.first()?.topic)?;
                let skill = topic.skills.iter().find(|one| one.item == *item);
                let resource = || topic.resources.iter().find(|one| one.item == *item);
                let skill = skill.map(|one| &one.skill.tracked.title);
                let title = skill.or_else(|| Some(&resource()?.resource.tracked.title));
                title.map(String::as_str)
            }
            Target::Group(Group::Topic(at)) => {
                scope.topics.get(*at).map(|one| one.topic.title.as_str())
            }
            Target::Group(Group::Stage(path, stage)) => {
                let stages = &scope.paths.get(*path)?.roadmap.stages;
                stages.get(*stage).map(|one| one.title.as_str())
            }
            Target::Group(Group::Path(path)) => {
                scope.paths.get(*path).map(|one| one.roadmap.title.as_str())
            }
            Target::Gone(_) | Target::Fixed(_) => None,
        }
    }

    /// Why the plan does not have something at all.
    fn why_left_out(&self, asked: &Asked) -> WhyNot {
        match asked.node {
            Waiter::Milestone(at) => match self.scope.milestones.get(at) {
                Some(one) if !one.counts => WhyNot::Optional,
                _ => self.why_unreachable(asked),
            },
            Waiter::Topic(at) => {
                let Some(topic) = self.scope.topics.get(at) else {
                    return self.why_unreachable(asked);
                };
                let resource = asked.resource.and_then(|at| topic.resources.get(at));
                if let Some(one) = resource {
                    return self
                        .why_not_studied(topic, one)
                        .unwrap_or_else(|| self.why_unreachable(asked));
                }
                let skill = asked.skill.and_then(|at| topic.skills.get(at));
                if skill.is_some_and(|one| !one.counts) {
                    return WhyNot::Optional;
                }
                if self.start.state.left_of_topic(at) == 0 {
                    return WhyNot::Enough(topic.topic.title.clone());
                }
                self.why_unreachable(asked)
            }
        }
    }

    /// Why the course of a topic goes without a resource.
    fn why_not_studied(&self, topic: &ScopeTopic<'a>, one: &ScopeResource<'a>) -> Option<WhyNot> {
        let state = &self.start.state;
        if one.resource.tracked.optional {
            return Some(WhyNot::Optional);
        }
        if one.teaches.is_empty() && !topic.is_reading {
            return Some(WhyNot::LookUp);
        }
        let named = |at: &usize| topic.resources.get(*at);
        let begun = |all: &[usize]| {
            let mut all = all.iter().filter_map(named);
            all.find(|other| state.is_done(other.item) || state.is_doing(other.item))
        };
        if let Some(other) = begun(&one.alternatives) {
            return Some(WhyNot::Covered(title(other), state.is_done(other.item)));
        }
        if let Some(other) = begun(&one.instead_of) {
            return Some(WhyNot::AlternativeTo(title(other), state.is_done(other.item)));
        }
        let wanted = one.teaches.iter().any(|skill| topic.is_wanted(*skill, state));
        if !wanted && !topic.is_reading {
            return Some(WhyNot::NothingOpen);
        }
        if !one.fits {
            return Some(WhyNot::Filtered);
        }
        if one.instead_of.is_empty() {
            return None;
        }
        let to = one.instead_of.iter().filter_map(named).map(title).collect();
        let path = &self.scope.paths.get(topic.path)?.roadmap.id;
        let reference = Ref::node(path, &one.resource.tracked.id);
        Some(WhyNot::Alternative { to, reference })
    }

    /// That nothing leads to it.
    fn why_unreachable(&self, asked: &Asked) -> WhyNot {
        let state = &self.start.state;
        let requires = self.scope.required_by(asked.node).iter().chain(self.own_requires(asked));
        let unmet = requires.filter(|one| !state.is_met(&self.scope, one));
        let targets = unmet.filter_map(|one| chosen(&self.scope, state, one));
        WhyNot::Blocked(self.titles_of(targets))
    }
}

impl Found {
    /// Sees a step that comes before it.
    fn add(&mut self, step: &Step<'_>) {
        self.before.hours += step.hours;
        // A proof takes no time of its own.
        if matches!(step.act, Act::Prove(..)) && step.hours <= 0.0 {
            return;
        }
        self.before.steps += 1;
        let named = step.act.items().first().map(|item: &Item<'_>| match &step.act {
            Act::Prove(topic, _) => {
                (item.reference(), StepName::Practice(topic.title().to_owned()))
            }
            _ => (item.reference(), StepName::Title(item.title().to_owned())),
        });
        self.steps.extend(named);
    }
}

fn title(one: &ScopeResource<'_>) -> String {
    one.resource.tracked.title.clone()
}
