//! What a new version of a path or career file does not keep, of everything that anybody can have
//! recorded of the version before.
//!
//! Nobody's record is at hand when an author changes a file. So both versions are compared for a
//! learner who has recorded everything, as a preview compares them for one learner.

use chrono::NaiveDate;
use milepost_path::{Career, Node, NodeKind, PathQuestion, Ref, RefTarget, Roadmap, Shelf};
use rustc_hash::{FxHashMap, FxHashSet};

use super::compare::{Piece, compare, pieces};
use super::{Choices, Effects, LooksRenamed, Why};
use crate::model::decision::thing_of;
use crate::model::event::Grade;
use crate::model::learner::Learner;
use crate::model::standing::{
    Answer, Assessment, Dated, ItemState, Standing, Status, SubjectState,
};

/// Something that a new version does not keep.
#[derive(Debug, Clone, PartialEq)]
pub struct Breach {
    /// What it is about, in the new version; `None` for the file as a whole.
    pub near: Option<Ref>,
    /// What is not kept.
    pub what: What,
}

/// What is not kept.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// Something is gone, and nothing takes over its record.
    Gone(Part),
    /// Something is gone, and something new is probably the same.
    LooksRenamed {
        /// What is gone.
        from: Part,
        /// Why it is probably the same.
        why: Why,
        /// What the `replaces` of the new thing should list.
        replaces: Vec<String>,
    },
    /// An id stands for another thing.
    Reused {
        /// What it stood for.
        before: Part,
        /// What it stands for.
        after: Part,
        /// The id that the thing before probably has.
        moved_to: Option<String>,
    },
    /// An old id is no longer listed by what took over its record.
    NotReplaced {
        /// The old id.
        old: String,
        /// What the `replaces` should list.
        replaces: Vec<String>,
    },
    /// A milestone that somebody can have finished has other criteria.
    Criteria(Part),
    /// The path has another id, and does not list the one before in its `replaces`.
    Path {
        /// The id before.
        old: String,
        /// What its `replaces` should list.
        replaces: Vec<String>,
    },
    /// Nothing of the version before is there: it is another path.
    Everything,
}

/// A part of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What it is.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// Its title, or the question.
    pub title: String,
}

/// What a part of a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A stage, topic or item.
    Node(NodeKind),
    /// An interview question.
    Question,
    /// A skill area.
    Area,
    /// A role.
    Role,
}

/// What a new version of a path does not keep. That it is one, whatever its id, is the caller's word.
pub(crate) fn of_path(old: &Roadmap, new: &Roadmap) -> Vec<Breach> {
    let mut of_itself = Vec::new();
    let is_known = |id: &String| *id == new.id || new.replaces.contains(id);
    let replaces = |id: &String| with(&new.replaces, id);
    if !is_known(&old.id) {
        let what = What::Path { old: old.id.clone(), replaces: replaces(&old.id) };
        of_itself.push(Breach { near: None, what });
    }
    for id in old.replaces.iter().filter(|id| !is_known(id)) {
        let what = What::NotReplaced { old: id.clone(), replaces: replaces(id) };
        of_itself.push(Breach { near: None, what });
    }
    // No path replaces itself: what has the id now would count twice.
    let before = old.replaces.iter().filter(|id| **id != new.id).cloned().collect();
    let old = &Roadmap { id: new.id.clone(), replaces: before, ..old.clone() };
    let standing = everything(old);
    let (before, after) = (Alone(old), Alone(new));
    let before = pieces(&Learner { shelf: &before, standing: &standing }, old);
    let after = pieces(&Learner { shelf: &after, standing: &standing }, new);
    let effects = compare(&before, &after, &Choices::default());
    if effects.is_another {
        return vec![Breach { near: None, what: What::Everything }];
    }
    let mut found = of_itself;
    found.extend(told(&effects, &parts(old), &parts(new), &|reference| near(old, new, reference)));
    found.extend(not_replaced(old, new));
    found.extend(criteria(old, new, &effects));
    found
}

/// What a new version of the career file does not keep.
pub(crate) fn of_career(old: &Career, new: &Career) -> Vec<Breach> {
    let mut standing = Standing::default();
    let on = NaiveDate::default();
    for area in &old.areas {
        let assessment = Assessment { on, level: 1, note: None, evidence: Vec::new() };
        standing.put(&Ref::area(&area.id), Some(SubjectState::Area(vec![assessment])));
    }
    let pieces = |career: &Career| -> Vec<Piece> {
        career.areas.iter().map(|area| Piece::of_area(area, &standing)).collect()
    };
    let effects = compare(&pieces(old), &pieces(new), &Choices::default());
    let mut found = told(&effects, &areas(old), &areas(new), &|_| None);
    let is_there =
        |id: &String| new.areas.iter().any(|one| one.id == *id || one.replaces.contains(id));
    for area in &old.areas {
        let now = new.areas.iter().find(|one| one.id == area.id || one.replaces.contains(&area.id));
        for id in area.replaces.iter().filter(|id| !is_there(id)) {
            let Some(now) = now else { continue };
            found.push(Breach {
                near: Some(Ref::area(&now.id)),
                what: What::NotReplaced { old: id.clone(), replaces: with(&now.replaces, id) },
            });
        }
    }
    for role in old.roles.iter().filter(|role| new.role(&role.id).is_none()) {
        let part = Part { kind: Kind::Role, id: role.id.clone(), title: role.title.clone() };
        found.push(Breach { near: None, what: What::Gone(part) });
    }
    found
}

/// A shelf with one path: where its items are the same as others, its own record is looked at.
struct Alone<'a>(&'a Roadmap);

impl Shelf for Alone<'_> {
    fn roadmap(&self, id: &str) -> Option<&Roadmap> {
        Some(self.0).filter(|path| path.id == id)
    }
}

/// The standing of a learner who has recorded everything of a path.
fn everything(path: &Roadmap) -> Standing {
    let mut standing = Standing::default();
    let on = NaiveDate::default();
    for node in path.nodes() {
        let state = if node.kind().is_item() {
            ItemState { status: Status::Done, ..ItemState::default() }
        } else {
            let note = Dated { on, text: node.title().to_owned() };
            ItemState { notes: vec![note], ..ItemState::default() }
        };
        standing.put(&node.reference(), Some(SubjectState::Item(state)));
    }
    for asked in path.questions() {
        let answer = Answer { on, grade: Grade::Good };
        standing.put(&asked.reference(), Some(SubjectState::Question(vec![answer])));
    }
    standing
}

/// The parts of a file, each with the ids that it had before.
type Parts<'a> = FxHashMap<Ref, (Part, &'a [String])>;

fn parts(path: &Roadmap) -> Parts<'_> {
    let nodes = path.nodes().map(|node| (node.reference(), (part(&node), node.replaces())));
    let questions = path.questions().map(|asked| {
        let question = asked.question;
        let (id, title) = (question.id.clone(), question.ask.clone());
        let part = Part { kind: Kind::Question, id, title };
        (asked.reference(), (part, question.replaces.as_slice()))
    });
    nodes.chain(questions).collect()
}

fn areas(career: &Career) -> Parts<'_> {
    let areas = career.areas.iter().map(|area| {
        let part = Part { kind: Kind::Area, id: area.id.clone(), title: area.title.clone() };
        (Ref::area(&area.id), (part, area.replaces.as_slice()))
    });
    areas.collect()
}

/// What a comparison found, each once.
fn told(
    effects: &Effects,
    before: &Parts<'_>,
    after: &Parts<'_>,
    near: &dyn Fn(&Ref) -> Option<Ref>,
) -> Vec<Breach> {
    let mut found = Vec::new();
    let renamed: FxHashMap<&Ref, &Ref> =
        effects.looks_renamed.iter().map(|one| (&one.from, &one.to)).collect();
    for one in &effects.reused {
        let both = before.get(&one.reference).zip(after.get(&one.reference));
        let Some(((before, _), (after, _))) = both else { continue };
        let (before, after) = (before.clone(), after.clone());
        let moved_to = renamed.get(&one.reference).and_then(|to| id_of(to));
        found.push(Breach {
            near: Some(one.reference.clone()),
            what: What::Reused { before, after, moved_to },
        });
    }
    let reused: FxHashSet<&Ref> = effects.reused.iter().map(|one| &one.reference).collect();
    let mut told: FxHashSet<&Ref> = FxHashSet::default();
    for LooksRenamed { from, to, why, .. } in &effects.looks_renamed {
        // Its id is in use, so that nothing can replace it; and what it is now has it from there.
        let is_free = !reused.contains(from) && !reused.contains(to);
        let both = before.get(from).zip(after.get(to)).filter(|_| is_free);
        if let Some(((part, _), (_, olds))) = both {
            told.insert(from);
            let replaces = with(olds, &part.id);
            let what = What::LooksRenamed { from: part.clone(), why: *why, replaces };
            found.push(Breach { near: Some(to.clone()), what });
        }
    }
    let lost = effects.lost.iter().map(|turn| &turn.reference);
    let lost = lost.chain(&effects.answers_lost).chain(&effects.levels_lost);
    for reference in lost.filter(|one| !told.contains(one)) {
        if let Some((part, _)) = before.get(reference) {
            found.push(Breach { near: near(reference), what: What::Gone(part.clone()) });
        }
    }
    found
}

/// Old ids that nothing replaces any more, and those that stand for another thing again.
fn not_replaced(old: &Roadmap, new: &Roadmap) -> Vec<Breach> {
    let mut found = Vec::new();
    for node in old.nodes() {
        let now = node.id().and_then(|id| new.resolve(id));
        for id in node.replaces() {
            match (new.resolve(id), &now) {
                (None, Some(now)) => found.push(Breach {
                    near: Some(now.reference()),
                    what: What::NotReplaced { old: id.clone(), replaces: with(now.replaces(), id) },
                }),
                (Some(again), _) if again.id() == Some(id) => {
                    if thing_of(&again).is_another(&thing_of(&node)) {
                        let (before, after) = (part(&node), part(&again));
                        let moved_to = now.and_then(|now| Some(now.id()?.to_owned()));
                        found.push(Breach {
                            near: Some(again.reference()),
                            what: What::Reused { before, after, moved_to },
                        });
                    }
                }
                // What is gone altogether is told as that.
                (None, None) | (Some(_), _) => {}
            }
        }
    }
    let mut questions: FxHashMap<&str, PathQuestion<'_>> = FxHashMap::default();
    for asked in new.questions() {
        for old in &asked.question.replaces {
            questions.entry(old).or_insert(asked);
        }
        questions.insert(&asked.question.id, asked);
    }
    for asked in old.questions() {
        let Some(now) = questions.get(asked.question.id.as_str()) else { continue };
        for id in asked.question.replaces.iter().filter(|id| !questions.contains_key(id.as_str())) {
            let replaces = with(&now.question.replaces, id);
            found.push(Breach {
                near: Some(now.reference()),
                what: What::NotReplaced { old: id.clone(), replaces },
            });
        }
    }
    found
}

/// Milestones with other criteria.
fn criteria(old: &Roadmap, new: &Roadmap, effects: &Effects) -> Vec<Breach> {
    let reused: FxHashSet<&Ref> = effects.reused.iter().map(|one| &one.reference).collect();
    let mut found = Vec::new();
    for item in old.items() {
        let Some(Node::Item(now)) = new.resolve(item.id()) else { continue };
        let (Some(before), Some(after)) = (item.milestone(), now.milestone()) else { continue };
        let reference = now.reference();
        if before.criteria != after.criteria && !reused.contains(&reference) {
            let part = part(&Node::Item(now));
            found.push(Breach { near: Some(reference), what: What::Criteria(part) });
        }
    }
    found
}

/// The nearest part of the new version in which something stood that is gone.
pub(crate) fn near(old: &Roadmap, new: &Roadmap, reference: &Ref) -> Option<Ref> {
    let RefTarget::Node(id) = reference.target() else { return None };
    let node = old.node(id)?;
    let topic = node.topic().map(|topic| topic.id.as_str());
    let around = [topic, node.stage().map(|stage| stage.id.as_str())];
    let mut found = around.into_iter().flatten().filter_map(|id| new.resolve(id));
    found.next().map(|node| node.reference())
}

fn part(node: &Node<'_>) -> Part {
    let id = node.id().unwrap_or_default().to_owned();
    Part { kind: Kind::Node(node.kind()), id, title: node.title().to_owned() }
}

/// The id in a reference, without the word before it.
fn id_of(reference: &Ref) -> Option<String> {
    match reference.target() {
        RefTarget::Node(id) | RefTarget::Question(id) | RefTarget::Area(id) => Some(id.to_owned()),
        RefTarget::Path | RefTarget::Away(_) => None,
    }
}

fn with(olds: &[String], id: &str) -> Vec<String> {
    let mut all = olds.to_vec();
    all.push(id.to_owned());
    all
}

#[cfg(test)]
mod tests;
