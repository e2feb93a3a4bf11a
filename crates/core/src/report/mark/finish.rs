//! What `done` asks and tells besides: the skills that a resource leaves studied, the criteria of a
//! milestone with what shows it, and what it requires that is still open.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use milepost_path::{Item, ItemBody, Node, Ref, Requirement, Shelf, find};
use serde::Serialize;

use super::{Part, Query, Verb};
use crate::model::guidance::Lesson;
use crate::model::learner::{Learner, RequirementCache};
use crate::model::marking::{Change, Decision};
use crate::model::standing::Status;

/// What becomes studied by resources that are done.
#[derive(Debug, Default)]
pub(super) struct Lessons<'a> {
    /// The skills that nothing open teaches any more.
    pub(super) studied: Vec<Item<'a>>,
    /// The other skills that they teach, with what still teaches them.
    later: Vec<(Item<'a>, Vec<Item<'a>>)>,
}

/// What `done` tells besides the changes.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Finished {
    /// Skills that became studied, so that the learner can say whether they are true.
    pub studied: Vec<Studied>,
    /// Skills that something else still teaches.
    pub later: Vec<Later>,
    /// Whether the learner has said already which of them are true.
    #[serde(skip)]
    pub is_answered: bool,
    /// Milestones that nothing shows yet.
    #[serde(skip)]
    pub unshown: Option<Unshown>,
    /// What milestones require that is still open.
    #[serde(skip)]
    pub waiting: Vec<Waiting>,
}

/// A skill that became studied.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Studied {
    /// The skill.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its title.
    pub title: String,
    /// What a person who has it can do.
    pub can: Option<String>,
    /// Whether it is still to be marked.
    #[serde(skip)]
    pub is_open: bool,
}

/// A skill that something else still teaches.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Later {
    /// The skill.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its title.
    pub title: String,
    /// What still teaches it.
    pub after: Vec<Titled>,
}

/// An item with its title.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Titled {
    /// The item.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its title.
    pub title: String,
}

/// Milestones that nothing shows yet.
#[derive(Debug)]
pub enum Unshown {
    /// All that was named is one milestone, with these criteria.
    One(Ref, Vec<String>),
    /// There are other things beside them; this is the first of them.
    Several(Ref),
}

/// What a milestone requires that is still open.
#[derive(Debug)]
pub struct Waiting {
    /// The title of the milestone, where there are several.
    pub title: Option<String>,
    /// The titles of what it requires, each with its alternatives.
    pub requires: Vec<Vec<String>>,
}

impl<'a> Lessons<'a> {
    /// Looks at the topics of the resources among some items, before and after they are marked: at each
    /// topic once, however many of its resources there are.
    pub(super) fn of(
        items: &[Item<'a>],
        before: &Learner<'_>,
        after: &Learner<'_>,
        today: NaiveDate,
    ) -> Self {
        let is_done =
            |item: &&Item<'a>| item.resource().is_some() && after.status(item) == Status::Done;
        let mut topics: Vec<Vec<Item<'a>>> = Vec::new();
        let mut places: HashMap<(&str, &str), usize> = HashMap::new();
        for item in items.iter().filter(is_done) {
            let Some(topic) = item.topic else { continue };
            let place = places.entry((&item.roadmap.id, &topic.id)).or_insert(topics.len());
            match topics.get_mut(*place) {
                Some(resources) => resources.push(*item),
                None => topics.push(vec![*item]),
            }
        }
        let mut lessons = Self::default();
        for resources in topics {
            lessons.add_topic(&resources, before, after, today);
        }
        lessons
    }

    fn add_topic(
        &mut self,
        resources: &[Item<'a>],
        before: &Learner<'_>,
        after: &Learner<'_>,
        today: NaiveDate,
    ) {
        let Some(first) = resources.first() else { return };
        let of = |view| Lesson::of(view, first, today);
        let (Some(was), Some(is)) = (of(before), of(after)) else { return };
        let own = |other: &Item<'_>| first.roadmap.item(other.id());
        let known: HashSet<Ref> = was.studied().iter().map(Item::reference).collect();
        let taught = resources.iter().filter_map(Item::resource).flat_map(|one| &one.skills);
        let taught: HashSet<&str> = taught.map(String::as_str).collect();
        let studied = is
            .studied()
            .into_iter()
            .filter(|skill| taught.contains(skill.id()) || !known.contains(&skill.reference()));
        self.studied.extend(studied.filter_map(|skill| own(&skill)));
        for (skill, teachers) in is.taught_later(resources) {
            let teachers = teachers.iter().filter_map(own).collect();
            self.later.extend(own(&skill).map(|skill| (skill, teachers)));
        }
    }
}

impl Studied {
    pub(super) fn new(skill: &Item<'_>, after: &Learner<'_>) -> Self {
        let can = match skill.what {
            ItemBody::Skill(skill) => skill.can.clone(),
            _ => None,
        };
        let (reference, title) = (skill.reference(), skill.title().to_owned());
        Self { reference, title, can, is_open: after.is_open(skill) }
    }
}

impl Titled {
    fn new(item: &Item<'_>) -> Self {
        Self { reference: item.reference(), title: item.title().to_owned() }
    }
}

/// What is asked for, with all that is said about it.
pub(super) struct Request<'q, 'a> {
    pub(super) query: &'q Query,
    pub(super) parts: &'q [Part<'a>],
}

impl<'a> Request<'_, 'a> {
    /// What is told once all is decided.
    pub(super) fn finished(
        &self,
        lessons: &Lessons<'_>,
        decision: &Decision,
        (before, after): (&Learner<'_>, &Learner<'_>),
    ) -> Finished {
        let later = lessons.later.iter().map(|(skill, teachers)| Later {
            reference: skill.reference(),
            title: skill.title().to_owned(),
            after: teachers.iter().map(Titled::new).collect(),
        });
        let is_asked = self.query.shown.is_some();
        Finished {
            studied: lessons.studied.iter().map(|skill| Studied::new(skill, after)).collect(),
            later: later.collect(),
            is_answered: self.query.skills.is_some(),
            unshown: self.unshown(decision, before).filter(|_| !is_asked),
            waiting: self.waiting(decision, after),
        }
    }

    /// The milestones that a request finishes, where nothing shows them. What was credited is shown
    /// elsewhere.
    pub(super) fn unshown(&self, decision: &Decision, before: &Learner<'_>) -> Option<Unshown> {
        if self.query.verb != Verb::Done {
            return None;
        }
        let mut new = self.milestones(decision, |part, _| part.remark.evidence.is_empty());
        let first = new.find(|item| before.is_open(item) && before.evidence(item).is_empty())?;
        if self.parts.iter().map(|part| part.items.len()).sum::<usize>() > 1 {
            return Some(Unshown::Several(first.reference()));
        }
        let criteria = first.milestone().map_or(&[][..], |milestone| &milestone.criteria);
        let criteria = criteria.iter().map(|one| one.text.clone()).collect();
        Some(Unshown::One(first.reference(), criteria))
    }

    /// What is still open of what milestones require. What was credited needs nothing.
    fn waiting(&self, decision: &Decision, after: &Learner<'_>) -> Vec<Waiting> {
        let mut readiness = RequirementCache::new(*after);
        let new: Vec<&Item<'_>> =
            self.milestones(decision, |_, change| change.from != change.to).collect();
        let waiting = |item: &&Item<'_>| {
            let unmet = readiness.unmet(&Node::Item(**item));
            let requires: Vec<_> = unmet.into_iter().map(|one| titles(one, after.shelf)).collect();
            let title = (new.len() > 1).then(|| item.title().to_owned());
            (!requires.is_empty()).then_some(Waiting { title, requires })
        };
        new.iter().filter_map(waiting).collect()
    }

    /// The milestones that change, and are not credited.
    fn milestones<'r>(
        &'r self,
        decision: &'r Decision,
        is_meant: impl Fn(&Part<'a>, &Change) -> bool + 'r,
    ) -> impl Iterator<Item = &'r Item<'a>> {
        let changed: HashMap<&Ref, &Change> =
            decision.changed.iter().map(|one| (&one.named, one)).collect();
        let parts = self.parts.iter().filter(|part| !part.known);
        let items = parts.flat_map(|part| part.items.iter().map(move |item| (part, item)));
        let milestones = items.filter(|(_, item)| item.milestone().is_some());
        milestones.filter_map(move |(part, item)| {
            let change = changed.get(&item.reference())?;
            is_meant(part, change).then_some(item)
        })
    }
}

/// The titles of what a requirement asks for, one an alternative.
fn titles(requirement: &Requirement, shelf: &dyn Shelf) -> Vec<String> {
    let title = |reference: &Ref| {
        find(shelf, reference).map_or(reference.as_str().to_owned(), |node| node.title().to_owned())
    };
    requirement.any_of.iter().map(title).collect()
}
