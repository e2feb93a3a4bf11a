//! Why something is not the next step: it is closed, it waits, something takes its place, nothing asks
//! for it, or other steps come first.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::need::chosen;
use super::plan::{Act, Guide, Step};
use super::reasons::{Because, list};
use super::scope::{Group, Requires, ScopeResource, ScopeTopic, Target, Waiter};
use crate::model::roadmap::{Item, Node, Ref};
use crate::model::standing::Status;

/// Why something is not the next step, or that it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// The reason.
    pub because: Because,
    /// What of the plan comes before it; none where the plan does not have it, or begins with it.
    pub before: Option<Before>,
}

/// The part of a plan that comes before something.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Before {
    /// Its hours.
    pub hours: f64,
    /// How many things there are to study, to practise and to build in it.
    pub steps: usize,
}

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
    steps: Vec<(Ref, String)>,
}

impl<'a> Guide<'a> {
    /// Why a topic or an item is not the next step, or that it is.
    pub fn why(&self, node: &Node<'_>) -> Why {
        let alone = |code, text: String| Why { because: Because::new(code, text), before: None };
        let Some(asked) = self.asked(node) else {
            let (code, text) = self.why_outside(node);
            return alone(code, text);
        };
        if let Some((code, text)) = self.why_closed(&asked) {
            return alone(code, text);
        }
        if let Some((code, text)) = self.why_snoozed(&asked, node) {
            return alone(code, text);
        }
        if let Some((code, text)) = self.why_asked(&asked, node) {
            return alone(code, text);
        }
        // Where a proof is due, what a plan does after it cannot be done yet, and `next` has another
        // first step than the plan.
        let head = self.next(1, false).unwrap_or_default();
        if head.first().is_some_and(|one| asked.names.contains(&one.item.reference())) {
            return alone("next", "it is the next step".to_owned());
        }
        let Some(found) = self.find(&asked) else {
            let (code, text) = self.why_left_out(&asked);
            return alone(code, text);
        };
        let (code, text) = self.why_later(&asked, &found);
        let before = (found.before.steps > 0).then_some(found.before);
        Why { because: Because::new(code, text), before }
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
            let (node, names) = (Waiter::Milestone(at), self.names(number));
            return Some(Asked { node, resource: None, skill: None, item: Some(number), names });
        }
        let id = &node.topic()?.id;
        let at = self.scope.topics.iter().position(|one| is_here(one.path) && one.topic.id == *id);
        let topic = self.scope.topics.get(at?)?;
        let node_of_topic = Waiter::Topic(at?);
        let Node::Item(item) = node else {
            let skills = topic.skills.iter().map(|one| one.item);
            let items = skills.chain(topic.resources.iter().map(|one| one.item));
            let names = items.flat_map(|item| self.names(item)).collect();
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
        let names = self.names(number);
        Some(Asked { node: node_of_topic, resource, skill, item: Some(number), names })
    }

    /// The references of an item: that of each place in which it stands.
    fn names(&self, number: usize) -> Vec<Ref> {
        let Some(entry) = self.scope.items.get(number) else { return Vec::new() };
        let in_topic = |at: &usize| {
            let topic = self.scope.topics.get(*at)?;
            let path = &self.scope.paths.get(topic.path)?.roadmap.id;
            let skills = topic.skills.iter().filter(|one| one.item == number);
            let resources = topic.resources.iter().filter(|one| one.item == number);
            let ids = skills.map(|one| &one.skill.tracked.id);
            let ids = ids.chain(resources.map(|one| &one.resource.tracked.id));
            Some(ids.map(|id| Ref::node(path, id)).collect::<Vec<Ref>>())
        };
        let milestones = entry.milestones.iter().filter_map(|at| self.scope.milestones.get(*at));
        let mut names: Vec<Ref> = entry.topics.iter().filter_map(in_topic).flatten().collect();
        names.extend(milestones.map(|one| one.what.reference()));
        names
    }

    fn why_outside(&self, node: &Node<'_>) -> (&'static str, String) {
        let roadmap = node.roadmap();
        if !self.scope.paths.iter().any(|path| path.roadmap.id == roadmap.id) {
            let (id, title) = (&roadmap.id, &roadmap.title);
            let text = format!(
                "you do not follow {title}, and nothing that you follow requires it; \
                 `milepost start {id}` follows it"
            );
            return ("not-followed", text);
        }
        match node {
            Node::Item(item) if item.tracked().retired => {
                ("retired", "its path has retired it".to_owned())
            }
            _ => ("other-role", "its topic is for another role".to_owned()),
        }
    }

    fn why_closed(&self, asked: &Asked) -> Option<(&'static str, String)> {
        let state = &self.start.state;
        let Some(item) = asked.item else {
            let Waiter::Topic(topic) = asked.node else { return None };
            let text = "none of its skills is left to do".to_owned();
            return (state.left_of_topic(topic) == 0).then_some(("done", text));
        };
        let since = self.scope.items.get(item).and_then(|one| one.recorded.since);
        let on = since.map_or(String::new(), |day| format!(" on {day}"));
        match state.status(item) {
            Status::Done if state.is_known(item) => {
                Some(("done", "you credited it as known".to_owned()))
            }
            Status::Done => Some(("done", format!("you did it{on}"))),
            Status::Skipped => {
                let name = asked.names.first()?;
                let text = format!("you skipped it{on}; `milepost todo {name}` takes that back");
                Some(("skipped", text))
            }
            Status::Todo | Status::Doing => None,
        }
    }

    /// That it is snoozed, or its topic, or all that it is studied for.
    fn why_snoozed(&self, asked: &Asked, node: &Node<'_>) -> Option<(&'static str, String)> {
        let (until, what, name) = self.snoozed_by(asked, node)?;
        let text =
            format!("{what}snoozed until {until}; `milepost snooze {name} none` brings it back");
        Some(("snoozed", text))
    }

    fn snoozed_by(&self, asked: &Asked, node: &Node<'_>) -> Option<(NaiveDate, &'static str, Ref)> {
        let state = &self.start.state;
        if let Some(until) = asked.item.and_then(|item| state.snoozed(&self.scope, item)) {
            return Some((until, "", node.reference()));
        }
        let Waiter::Topic(at) = asked.node else { return None };
        let topic = self.scope.topics.get(at)?;
        if let Some(until) = state.snoozed_topic(topic) {
            let what = if asked.item.is_some() { "its topic is " } else { "" };
            return Some((until, what, self.scope.node(asked.node)?.reference()));
        }
        let resource = topic.resources.get(asked.resource?)?;
        let until = self.ground(&self.start).snoozed_resource(topic, asked.resource?)?;
        let mut skills = resource.teaches.iter().filter_map(|skill| topic.skills.get(*skill));
        let skill = skills.find(|one| state.snoozed(&self.scope, one.item) == Some(until))?;
        let path = &self.scope.paths.get(topic.path)?.roadmap.id;
        let name = Ref::node(path, &skill.skill.tracked.id);
        Some((until, "what it teaches is ", name))
    }

    /// That a skill was studied, so that it is asked for above the steps.
    fn why_asked(&self, asked: &Asked, node: &Node<'_>) -> Option<(&'static str, String)> {
        let skill = asked.skill?;
        let Waiter::Topic(topic) = asked.node else { return None };
        let studied = self.ground(&self.start).studied(topic);
        let name = node.reference();
        studied.contains(&skill).then(|| {
            let text = format!("you have studied it: `milepost done {name}` if you can do it");
            ("prove", text)
        })
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

    fn why_later(&self, asked: &Asked, found: &Found) -> (&'static str, String) {
        let own = self.own_requires(asked);
        let unmet: Vec<&Requires> = self
            .scope
            .required_by(asked.node)
            .iter()
            .chain(own)
            .filter(|one| !self.start.state.is_met(&self.scope, one))
            .collect();
        if found.is_rest {
            let text = "nothing that you follow needs it: it comes at the very end, and \
                        `milepost next --all` shows it";
            return ("rest", text.to_owned());
        }
        if !unmet.is_empty() {
            return ("waits", self.waits_for(&unmet, found));
        }
        if let Some(teachers) = self.open_teachers(asked) {
            return ("study-first", format!("you have not studied it yet: {}", list(&teachers)));
        }
        let first = found.steps.first().map_or("a proof", |(_, title)| title.as_str());
        ("later", format!("{first} comes first; nothing else holds it back"))
    }

    /// What a resource requires besides what its topic does.
    fn own_requires(&self, asked: &Asked) -> &[Requires] {
        let Waiter::Topic(topic) = asked.node else { return &[] };
        let topic = self.scope.topics.get(topic);
        let resource = asked.resource.and_then(|at| topic?.resources.get(at));
        resource.map_or(&[], |one| &one.requires)
    }

    /// Of a skill the titles of what is left to study for it, if anything is.
    fn open_teachers(&self, asked: &Asked) -> Option<Vec<&'a str>> {
        let Waiter::Topic(topic) = asked.node else { return None };
        let (skill, topic) = (asked.skill?, self.scope.topics.get(topic)?);
        let course = topic.course(&self.start.state);
        let open = course.open.iter().filter_map(|slot| topic.resources.get(slot.resource));
        let teachers: Vec<&str> =
            open.filter(|one| one.teaches.contains(&skill)).map(title).collect();
        (!teachers.is_empty()).then_some(teachers)
    }

    /// What something waits for, and the next step on the way to it.
    fn waits_for(&self, unmet: &[&Requires], found: &Found) -> String {
        let (scope, state) = (&self.scope, &self.start.state);
        let targets: Vec<usize> =
            unmet.iter().filter_map(|one| chosen(scope, state, one)).collect();
        let titles: Vec<&str> = targets.iter().filter_map(|one| self.title_of(*one)).collect();
        let names = self.names_behind(&targets);
        let step = found.steps.iter().find(|(name, _)| names.contains(name));
        // What comes before it takes no time then: questions.
        if found.steps.is_empty() {
            return format!("it waits for {}: only the proof is left", list(&titles));
        }
        let first = step.map_or(String::new(), |(_, title)| match titles.as_slice() {
            [only] if only == title => String::new(),
            _ => format!("; next on the way is {title}"),
        });
        format!("it waits for {}{first}", list(&titles))
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
        items.flat_map(|item| self.names(item)).collect()
    }

    pub(super) fn title_of(&self, target: usize) -> Option<&'a str> {
        let scope = &self.scope;
        match scope.targets.get(target)? {
            Target::Item(item) => {
                let entry = scope.items.get(*item)?;
                if let Some(at) = entry.milestones.first() {
                    return scope.milestones.get(*at).map(|one| one.what.tracked().title.as_str());
                }
                let topic = scope.topics.get(*entry.topics.first()?)?;
                let skill = topic.skills.iter().find(|one| one.item == *item);
                let resource = || topic.resources.iter().find(|one| one.item == *item).map(title);
                skill.map(|one| one.skill.tracked.title.as_str()).or_else(resource)
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
    fn why_left_out(&self, asked: &Asked) -> (&'static str, String) {
        let optional = || ("optional", "it is optional: take it if you like".to_owned());
        match asked.node {
            Waiter::Milestone(at) => match self.scope.milestones.get(at) {
                Some(one) if !one.counts => optional(),
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
                    return optional();
                }
                if self.start.state.left_of_topic(at) == 0 {
                    let text = format!("enough of {} is done without it", topic.topic.title);
                    return ("enough", text);
                }
                self.why_unreachable(asked)
            }
        }
    }

    /// Why the course of a topic goes without a resource.
    fn why_not_studied(
        &self,
        topic: &ScopeTopic<'a>,
        one: &ScopeResource<'a>,
    ) -> Option<(&'static str, String)> {
        let state = &self.start.state;
        if one.resource.tracked.optional {
            return Some(("optional", "it is optional: take it if you like".to_owned()));
        }
        if one.teaches.is_empty() && !topic.is_reading {
            return Some((
                "look-up",
                "it is there to look things up, not to be studied".to_owned(),
            ));
        }
        let named = |at: &usize| topic.resources.get(*at);
        let begun = |all: &[usize]| {
            let mut all = all.iter().filter_map(named);
            all.find(|other| state.is_done(other.item) || state.is_doing(other.item))
        };
        let word = |item: usize| if state.is_done(item) { "done" } else { "in progress" };
        if let Some(other) = begun(&one.alternatives) {
            let text = format!("{}, which is {}, covers it", title(other), word(other.item));
            return Some(("alternative", text));
        }
        if let Some(other) = begun(&one.instead_of) {
            let (other, word) = (title(other), word(other.item));
            return Some((
                "alternative",
                format!("it is an alternative to {other}, which is {word}"),
            ));
        }
        let wanted = one.teaches.iter().any(|skill| topic.is_wanted(*skill, state));
        if !wanted && !topic.is_reading {
            return Some(("nothing-open", "all that it teaches is done or skipped".to_owned()));
        }
        if !one.fits {
            return Some(("filtered", "it does not fit your filters".to_owned()));
        }
        if one.instead_of.is_empty() {
            return None;
        }
        let others: Vec<&str> = one.instead_of.iter().filter_map(named).map(title).collect();
        let path = &self.scope.paths.get(topic.path)?.roadmap.id;
        let name = Ref::node(path, &one.resource.tracked.id);
        let text = format!(
            "it is an alternative to {}; `milepost doing {name}` takes it instead",
            list(&others)
        );
        Some(("alternative", text))
    }

    /// That nothing leads to it.
    fn why_unreachable(&self, asked: &Asked) -> (&'static str, String) {
        let state = &self.start.state;
        let requires = self.scope.required_by(asked.node).iter().chain(self.own_requires(asked));
        let unmet = requires.filter(|one| !state.is_met(&self.scope, one));
        let targets = unmet.filter_map(|one| chosen(&self.scope, state, one));
        let titles: Vec<&str> = targets.filter_map(|one| self.title_of(one)).collect();
        match titles.as_slice() {
            [] => ("blocked", "nothing that you can do next leads to it".to_owned()),
            titles => ("blocked", format!("it waits for {}, to which nothing leads", list(titles))),
        }
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
            Act::Prove(topic, _) => (item.reference(), format!("practice for {}", topic.title())),
            _ => (item.reference(), item.title().to_owned()),
        });
        self.steps.extend(named);
    }
}

fn title<'a>(one: &ScopeResource<'a>) -> &'a str {
    &one.resource.tracked.title
}

#[cfg(test)]
mod tests;
