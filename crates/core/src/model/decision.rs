//! What the learner decided about things of a path that changed: that one is another one under a new
//! id, or that an id belongs to another thing now.
//!
//! Both are events. `renamed` is an event of the new id and works as a `replaces` of the path file
//! would. `set_apart` is an event of the id that has another thing now: what was recorded under it up
//! to then belongs to the thing before, which is known by the id, an `@` and the id of the event. No
//! path file can have such an id, so nothing else can be recorded under it.
//!
//! The path file can turn back, be it that an older one is installed again or that a command was
//! killed between its record and its file. So a decision holds only as far as the file agrees: where
//! an id has exactly the thing again that it had before it was set apart, it has that record again;
//! and a record is not carried away from an id that the file has itself.

use std::collections::HashSet;

use milepost_path::{Area, CAREER, Career, Node, QUESTION, Question, Ref, RefTarget, Roadmap};
use rustc_hash::FxHashMap;
use uuid::Uuid;

use super::effort::{self, Days, Effort};
use super::event::{Event, EventKind};
use super::likeness::Thing;
use super::standing::{SubjectState, counting};

/// One decision.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Decision {
    /// The event.
    pub id: Uuid,
    /// The command that it belongs to.
    pub command: Uuid,
    /// What it is about, as it is called now.
    pub subject: Ref,
    /// What was decided.
    pub what: What,
}

/// What was decided of a subject.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum What {
    /// It has the record of what was called so.
    Renamed(Ref),
    /// What was recorded before belongs to this thing.
    SetApart(Thing),
}

impl Decision {
    /// The decision that an event records, if it is one.
    pub(crate) fn of(event: &Event) -> Option<Self> {
        let what = match &event.entry.fact {
            EventKind::Renamed(from) => What::Renamed(from.clone()),
            EventKind::SetApart(was) => What::SetApart(was.clone()),
            _ => return None,
        };
        let subject = event.entry.subject.clone();
        Some(Self { id: event.id, command: event.command, subject, what })
    }
}

/// All decisions that count, in the order of the log.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Decisions {
    all: Vec<Decision>,
    /// By the text of a subject, where its decisions are.
    by_subject: FxHashMap<String, Vec<usize>>,
}

impl FromIterator<Decision> for Decisions {
    fn from_iter<I: IntoIterator<Item = Decision>>(decisions: I) -> Self {
        let mut new = Self::default();
        for decision in decisions {
            let subject = decision.subject.as_str().to_owned();
            new.by_subject.entry(subject).or_default().push(new.all.len());
            new.all.push(decision);
        }
        new
    }
}

impl Decisions {
    /// These, and some that come after them.
    pub(crate) fn and(&self, later: impl IntoIterator<Item = Decision>) -> Self {
        self.all.iter().cloned().chain(later).collect()
    }

    /// These without some of them.
    pub(crate) fn without(&self, taken_back: &[Uuid]) -> Self {
        self.all.iter().filter(|one| !taken_back.contains(&one.id)).cloned().collect()
    }

    /// The events that set a subject apart from a thing.
    pub(crate) fn apart_from(&self, subject: &Ref, was: &Thing) -> Vec<Uuid> {
        let found = self.set_apart(subject).filter(|(_, _, thing)| *thing == was);
        found.map(|(_, decision, _)| decision.id).collect()
    }

    /// The decisions about a subject, each with its place among all.
    fn about(&self, subject: &Ref) -> impl Iterator<Item = (usize, &Decision)> {
        let places = self.by_subject.get(subject.as_str()).into_iter().flatten();
        places.filter_map(|at| Some((*at, self.all.get(*at)?)))
    }

    fn set_apart(&self, subject: &Ref) -> impl Iterator<Item = (usize, &Decision, &Thing)> {
        self.about(subject).filter_map(|(at, decision)| match &decision.what {
            What::SetApart(was) => Some((at, decision, was)),
            What::Renamed(_) => None,
        })
    }

    /// References under which the record of a thing is, besides the one that it has and those that its
    /// file says.
    fn places(&self, subject: &Ref, is: &Thing, has: &dyn Fn(&Ref) -> bool) -> Vec<Ref> {
        let mut places = Vec::new();
        // Since when, and up to when, the id has this thing.
        let (mut since, mut until): (Option<usize>, Option<usize>) = (None, None);
        let mut last = None;
        for (at, decision, was) in self.set_apart(subject) {
            if was == is {
                places.push(before(subject, decision.id));
                (since, until) = (last, Some(at));
            }
            last = Some(at);
        }
        if until.is_none() {
            since = last;
        }
        for (at, decision) in self.about(subject) {
            let What::Renamed(from) = &decision.what else { continue };
            // One command says of two ids that they were exchanged: what it carries to an id is of
            // the thing that the id has by it.
            let is_before = |other: usize| {
                at < other && self.all.get(other).is_none_or(|it| it.command != decision.command)
            };
            if since.is_some_and(is_before) || until.is_some_and(|until| !is_before(until)) {
                continue;
            }
            let next = self.set_apart(from).find(|(other, ..)| *other > at);
            match next {
                Some((_, apart, _)) => places.push(before(from, apart.id)),
                None if !has(from) => places.push(from.clone()),
                None => {}
            }
        }
        places
    }

    /// Whether something was decided of a path.
    pub(crate) fn concern(&self, roadmap: &Roadmap) -> bool {
        let is_it = |id: &str| roadmap.id == id || roadmap.replaces.iter().any(|old| old == id);
        self.all.iter().any(|one| is_it(one.subject.path()))
    }

    /// The path with what was decided, as if its file said so.
    pub(crate) fn applied_to(&self, mut roadmap: Roadmap) -> Roadmap {
        if !self.concern(&roadmap) {
            return roadmap;
        }
        let mut ids: Vec<String> = vec![roadmap.id.clone()];
        ids.extend(roadmap.replaces.iter().cloned());
        // Of what has which id, the ids that it had besides.
        let mut olds: FxHashMap<String, Vec<String>> = FxHashMap::default();
        let has = |reference: &Ref| match reference.id() {
            Some(id) => match id.strip_prefix(QUESTION) {
                Some(id) => roadmap.questions().any(|one| one.question.id == id),
                None => roadmap.node(id).is_some(),
            },
            None => false,
        };
        let mut look = |id: &str, is: &Thing| {
            let references = ids.iter().map(|path| Ref::from_text(&[path, "/", id].concat()));
            let places = references.flat_map(|one| self.places(&one, is, &has));
            let own = places.filter(|place| ids.iter().any(|path| place.path() == path));
            let found: Vec<String> =
                own.filter_map(|place| place.id().map(str::to_owned)).collect();
            if !found.is_empty() {
                olds.insert(id.to_owned(), found);
            }
        };
        for node in roadmap.ids().filter_map(|id| roadmap.node(id)) {
            look(node.id().unwrap_or_default(), &thing_of(&node));
        }
        for asked in roadmap.questions() {
            let is = thing_asked(asked.question);
            look(&[QUESTION, &asked.question.id].concat(), &is);
        }
        if olds.is_empty() {
            return roadmap;
        }
        let mut add = |replaces: &mut Vec<String>, id: &str, prefix: &str| {
            for old in olds.remove(id).into_iter().flatten() {
                let old = old.strip_prefix(prefix).unwrap_or(&old).to_owned();
                if !replaces.contains(&old) {
                    replaces.push(old);
                }
            }
        };
        for stage in &mut roadmap.stages {
            add(&mut stage.replaces, &stage.id, "");
            for milestone in &mut stage.milestones {
                add(&mut milestone.tracked.replaces, &milestone.tracked.id, "");
            }
            for topic in &mut stage.topics {
                add(&mut topic.replaces, &topic.id, "");
                let skills = topic.skills.iter_mut().map(|skill| &mut skill.tracked);
                let resources = topic.resources.iter_mut().map(|resource| &mut resource.tracked);
                for tracked in skills.chain(resources) {
                    add(&mut tracked.replaces, &tracked.id, "");
                }
            }
        }
        for question in roadmap.interview.iter_mut().flat_map(|topic| &mut topic.questions) {
            let id = [QUESTION, &question.id].concat();
            add(&mut question.replaces, &id, QUESTION);
        }
        roadmap.indexed()
    }

    /// The career file with what was decided, as if it said so itself.
    pub(crate) fn applied_to_career(&self, mut career: Career) -> Career {
        if !self.all.iter().any(|one| one.subject.path() == CAREER) {
            return career;
        }
        let ids: Vec<Ref> = career.areas.iter().map(|area| Ref::area(&area.id)).collect();
        for area in &mut career.areas {
            let is = thing_assessed(area);
            let places = self.places(&Ref::area(&area.id), &is, &|one| ids.contains(one));
            for place in places {
                if let RefTarget::Area(old) = place.target()
                    && !area.replaces.iter().any(|known| known == old)
                {
                    area.replaces.push(old.to_owned());
                }
            }
        }
        career
    }
}

/// What a node is, apart from its id.
pub(crate) fn thing_of(node: &Node<'_>) -> Thing {
    Thing {
        kind: Some(node.kind()),
        title: node.title().to_owned(),
        url: node.url().map(str::to_owned),
        levels: Vec::new(),
    }
}

/// What a question is, apart from its id.
pub(crate) fn thing_asked(question: &Question) -> Thing {
    Thing { title: question.ask.clone(), ..Thing::default() }
}

/// What a skill area is, apart from its id.
pub(crate) fn thing_assessed(area: &Area) -> Thing {
    Thing { title: area.title.clone(), levels: area.levels.to_vec(), ..Thing::default() }
}

/// The reference of the thing that a subject was before the event that set it apart.
pub(crate) fn before(subject: &Ref, event: Uuid) -> Ref {
    Ref::from_text(&format!("{subject}@{event}"))
}

/// Whether a reference is that of a thing that was set apart.
pub(crate) fn is_before(reference: &Ref) -> bool {
    reference.as_str().contains('@')
}

/// A thing that was set apart, with its record.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Before {
    /// Its reference.
    pub reference: Ref,
    /// Its state; `None` if nothing of it counts.
    pub state: Option<SubjectState>,
    /// The time that was spent on it.
    pub days: Days,
}

/// Gives the time that was spent on things that were set apart to these. `sums` says that the time on a
/// subject is all on its last day.
pub(crate) fn tell_apart(efforts: &mut Vec<Effort>, things: &[Before], sums: bool) {
    for one in things {
        let subject = subject_of(&one.reference);
        for effort in effort::listed(&one.reference, &one.days) {
            let own = efforts.iter_mut().find(|other| {
                let is_day = if sums { effort.on <= other.on } else { effort.on == other.on };
                is_day && other.subject == subject
            });
            if let Some(own) = own {
                own.minutes = own.minutes.saturating_sub(effort.minutes);
                efforts.push(effort);
            }
        }
    }
    efforts.retain(|one| one.minutes > 0);
}

/// Of the events of a subject those that are about one of the things that it was or is: the one with
/// this reference. What speaks of other events is among them.
pub(crate) fn of_thing(reference: &Ref, events: Vec<Event>) -> Vec<Event> {
    let apart: HashSet<Uuid> = counting(&events)
        .into_iter()
        .filter(|event| matches!(event.entry.fact, EventKind::SetApart(_)))
        .map(|event| event.id)
        .collect();
    if apart.is_empty() {
        return events;
    }
    let (mut own, mut is_found) = (Vec::new(), false);
    for event in events {
        if event.entry.speaks_of_events() {
            own.push(event);
        } else if is_found {
            continue;
        } else if apart.contains(&event.id) {
            is_found = before(&event.entry.subject, event.id) == *reference;
            if !is_found {
                own.retain(|event: &Event| event.entry.speaks_of_events());
            }
        } else {
            own.push(event);
        }
    }
    own
}

/// The subject of the events about a thing.
pub(crate) fn subject_of(reference: &Ref) -> Ref {
    Ref::from_text(reference.as_str().split('@').next().unwrap_or_default())
}

/// The things that a subject was before, by all its events, in the order of the log.
pub(crate) fn things_before<'e>(events: impl IntoIterator<Item = &'e Event>) -> Vec<Before> {
    let events: Vec<&Event> = events.into_iter().collect();
    let counting = counting(events.iter().copied());
    let mut things = Vec::new();
    let mut first = 0;
    for (at, event) in counting.iter().enumerate() {
        if !matches!(event.entry.fact, EventKind::SetApart(_)) {
            continue;
        }
        let own = counting.get(first..at).unwrap_or_default();
        // What takes a text back can come after.
        let speaking = events.iter().filter(|event| event.entry.speaks_of_events());
        let own = own.iter().chain(speaking).copied();
        things.push(Before {
            reference: before(&event.entry.subject, event.id),
            state: SubjectState::fold(own.clone()),
            days: effort::fold(own),
        });
        first = at + 1;
    }
    things
}

#[cfg(test)]
mod tests;
