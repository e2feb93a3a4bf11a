//! What `done` asks and tells besides: the skills that a resource leaves studied, the criteria of a
//! milestone with what shows it, and what it requires that is still open.

use chrono::NaiveDate;
use milepost_path::{Item, ItemBody, Node, Ref, Requirement, Shelf, find};
use serde::Serialize;

use super::{Query, Verb};
use crate::model::event::Annotation;
use crate::model::guidance::Lesson;
use crate::model::learner::{Learner, RequirementCache};
use crate::model::marking::Decision;
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
pub struct Studied {
    /// The skill.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its title.
    pub title: String,
    /// What one can do who has it.
    pub can: Option<String>,
    /// Whether it is still to be marked.
    #[serde(skip)]
    pub is_open: bool,
}

/// A skill that something else still teaches.
#[derive(Debug, Serialize)]
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
    /// There are other things beside them.
    Several,
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
    /// Looks at the topics of the resources among some items, before and after they are marked.
    pub(super) fn of(
        items: &[Item<'a>],
        before: &Learner<'_>,
        after: &Learner<'_>,
        today: NaiveDate,
    ) -> Self {
        let mut lessons = Self::default();
        for item in items.iter().filter(|item| item.resource().is_some()) {
            if after.status(item) != Status::Done {
                continue;
            }
            let of = |view| Lesson::of(view, item, today);
            let (Some(was), Some(is)) = (of(before), of(after)) else { continue };
            let own = |other: &Item<'_>| item.roadmap.item(other.id());
            let known: Vec<Ref> = was.studied().iter().map(Item::reference).collect();
            let taught = item.resource().map_or(&[][..], |resource| &resource.skills);
            let studied = is.studied().into_iter().filter(|skill| {
                taught.iter().any(|id| id == skill.id()) || !known.contains(&skill.reference())
            });
            for skill in studied.filter_map(|skill| own(&skill)) {
                lessons.add(skill);
            }
            for (skill, teachers) in is.taught_later(item) {
                let teachers = teachers.iter().filter_map(own).collect();
                let is_new = |skill: &Item<'_>| {
                    !lessons.later.iter().any(|(one, _)| one.reference() == skill.reference())
                };
                lessons.later.extend(own(&skill).filter(is_new).map(|skill| (skill, teachers)));
            }
        }
        lessons
    }

    fn add(&mut self, skill: Item<'a>) {
        if !self.studied.iter().any(|one| one.reference() == skill.reference()) {
            self.studied.push(skill);
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
pub(super) struct Request<'q> {
    pub(super) query: &'q Query,
    pub(super) remark: &'q Annotation,
}

impl Request<'_> {
    /// What is told once all is decided.
    pub(super) fn finished(
        &self,
        items: &[Item<'_>],
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
        let is_known = self.query.known;
        Finished {
            studied: lessons.studied.iter().map(|skill| Studied::new(skill, after)).collect(),
            later: later.collect(),
            is_answered: self.query.skills.is_some(),
            unshown: self.unshown(items, decision, before).filter(|_| !is_asked),
            waiting: if is_known { Vec::new() } else { waiting(items, decision, after) },
        }
    }

    /// The milestones that a request finishes, where nothing shows them. What was credited is shown
    /// elsewhere.
    pub(super) fn unshown(
        &self,
        items: &[Item<'_>],
        decision: &Decision,
        before: &Learner<'_>,
    ) -> Option<Unshown> {
        let Query { verb, known, .. } = *self.query;
        if known || verb != Verb::Done || !self.remark.evidence.is_empty() {
            return None;
        }
        let milestones = items.iter().filter(|item| item.milestone().is_some());
        let mut new = milestones.filter(|item| {
            let is_changed = decision.changed.iter().any(|one| one.named == item.reference());
            is_changed && before.is_open(item) && before.evidence(item).is_empty()
        });
        let first = new.next()?;
        if items.len() > 1 {
            return Some(Unshown::Several);
        }
        let criteria = first.milestone().map_or(&[][..], |milestone| &milestone.criteria);
        let criteria = criteria.iter().map(|one| one.text.clone()).collect();
        Some(Unshown::One(first.reference(), criteria))
    }
}

/// What is still open of what milestones require.
fn waiting(items: &[Item<'_>], decision: &Decision, after: &Learner<'_>) -> Vec<Waiting> {
    let mut readiness = RequirementCache::new(*after);
    let milestones = items.iter().filter(|item| item.milestone().is_some());
    let new = milestones.filter(|item| {
        let name = item.reference();
        decision.changed.iter().any(|change| change.named == name && change.from != change.to)
    });
    let new: Vec<&Item<'_>> = new.collect();
    let waiting = |item: &&Item<'_>| {
        let unmet = readiness.unmet(&Node::Item(**item));
        let requires: Vec<_> = unmet.into_iter().map(|one| titles(one, after.shelf)).collect();
        let title = (new.len() > 1).then(|| item.title().to_owned());
        (!requires.is_empty()).then_some(Waiting { title, requires })
    };
    new.iter().filter_map(waiting).collect()
}

/// The titles of what a requirement asks for, one an alternative.
fn titles(requirement: &Requirement, shelf: &dyn Shelf) -> Vec<String> {
    let title = |reference: &Ref| {
        find(shelf, reference).map_or(reference.as_str().to_owned(), |node| node.title().to_owned())
    };
    requirement.any_of.iter().map(title).collect()
}
