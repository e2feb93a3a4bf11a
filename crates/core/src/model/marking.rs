//! What a request changes: a request and a state give events to append, or nothing to do.

use std::borrow::Cow;
use std::collections::HashSet;

use chrono::NaiveDate;
use milepost_path::Ref;

use super::event::{Annotation, EventKind, Goals, NewEvent};
use super::form;
use super::standing::{Following, ItemState, Status};

/// What a command is about: an item as it was named, and where its progress is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The reference of the item that was named.
    pub named: Ref,
    /// The reference under which its progress is kept; another one with `same_as`.
    pub kept: Ref,
    /// The reference under which its status is recorded; another one where an old id has it.
    pub marked: Ref,
    /// Its title.
    pub title: String,
    /// Its state now.
    pub state: ItemState,
}

/// A request to give items a status.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mark {
    /// The status to give.
    pub status: Status,
    /// Credited as already known.
    pub known: bool,
    /// The day on which that was, where it was named.
    pub on: Option<NaiveDate>,
    /// What is said about it.
    pub remark: Annotation,
}

/// What a request changes in a status that is so already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Correction {
    /// The day since which it holds, before and after, where it is another one.
    pub since: Option<(Option<NaiveDate>, NaiveDate)>,
    /// It is credited as already known now.
    pub known: bool,
}

/// One change, for the report.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Change {
    /// The item that was named.
    pub named: Ref,
    /// Its title.
    pub title: String,
    /// Its status before.
    pub from: Status,
    /// Its status after.
    pub to: Status,
    /// What was corrected, where the status stays.
    pub correction: Option<Correction>,
}

/// What a request comes to.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Decision {
    /// What to append, in order.
    pub entries: Vec<NewEvent>,
    /// What changes by it.
    pub changed: Vec<Change>,
    /// What was so already.
    pub unchanged: Vec<Target>,
}

/// Decides a request to give items a status. An item named twice counts once, and saying the same
/// again says nothing; where it names another day, or that the item was known, it corrects that.
pub(crate) fn mark(mark: &Mark, targets: &[Target]) -> Decision {
    let mut decision = decide(targets, |target| {
        // To take up what is in progress and was put off says something.
        let is_put_off = mark.status == Status::Doing && target.state.snoozed_until.is_some();
        let same = target.state.status == mark.status && !is_put_off;
        let mut remark = news(&mark.remark, &target.state);
        if same {
            // The same command again; a note for its own sake is `note`'s.
            remark.note = remark.note.filter(|note| !target.state.has_note(note));
            if let Some(Correction { since, known }) = correction(mark, &target.state) {
                let (status, dated) = (mark.status, since.is_some());
                return Some((EventKind::Corrected { status, dated, known, remark }, status));
            }
            return (!remark.is_empty()).then_some((EventKind::Noted(remark), mark.status));
        }
        let fact = EventKind::Marked { status: mark.status, known: mark.known, remark, item: None };
        Some((fact, mark.status))
    });
    for change in decision.changed.iter_mut().filter(|change| change.from == change.to) {
        let target = targets.iter().find(|target| target.named == change.named);
        change.correction = target.and_then(|target| correction(mark, &target.state));
    }
    decision
}

/// What a request changes in a status that an item has already. What is to be done has no day.
fn correction(mark: &Mark, state: &ItemState) -> Option<Correction> {
    let on = mark.on.filter(|on| state.since != Some(*on) && mark.status != Status::Todo);
    let correction =
        Correction { since: on.map(|on| (state.since, on)), known: mark.known && !state.known };
    (correction.since.is_some() || correction.known).then_some(correction)
}

/// Decides a request to say something about items.
pub(crate) fn note(remark: &Annotation, targets: &[Target]) -> Decision {
    decide(targets, |target| {
        let remark = news(remark, &target.state);
        (!remark.is_empty()).then_some((EventKind::Noted(remark), target.state.status))
    })
}

/// Decides a request to leave items or topics out of plans until a day, or no longer: what is done or
/// skipped is in none.
pub(crate) fn snooze(until: Option<NaiveDate>, targets: &[Target]) -> Decision {
    decide(targets, |target| {
        let state = &target.state;
        let is_news = state.snoozed_until != until && state.status.is_open();
        is_news.then_some((EventKind::Snoozed(until), state.status))
    })
}

/// Asks for each target what happens to it and which status it then has; none for nothing.
///
/// What is kept in one place is one item. Two names of it can have different states, where one of
/// them carries over what was recorded before they were tied: so one that does not change does not
/// speak for the other.
fn decide(
    targets: &[Target],
    happens: impl Fn(&Target) -> Option<(EventKind, Status)>,
) -> Decision {
    let mut decision = Decision::default();
    let mut changed = HashSet::new();
    let mut unchanged = HashSet::new();
    for target in targets {
        if changed.contains(&target.kept) {
            continue;
        }
        match happens(target) {
            Some((fact, to)) => {
                changed.insert(&target.kept);
                decision.push(target, fact, to);
            }
            None if unchanged.insert(&target.kept) => decision.unchanged.push(target.clone()),
            None => {}
        }
    }
    decision
}

/// What a request says of the goals of a path: nothing, that there is none, or which.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Aims {
    /// The day to finish by.
    pub target_on: Option<Option<NaiveDate>>,
    /// The hours a week that the learner plans to study.
    pub hours_per_week: Option<Option<f64>>,
    /// The id of the role that the learner wants to be ready for.
    pub role: Option<Option<String>>,
}

/// Decides a request to follow a path: the goals that it then has, where those of which nothing is
/// said stay as they are; `None` if nothing changes.
pub(crate) fn follow(aims: Aims, now: Option<&Following>) -> Option<Goals> {
    let before = now.map(|now| now.goals.clone()).unwrap_or_default();
    let after = Goals {
        target_on: aims.target_on.unwrap_or(before.target_on),
        hours_per_week: aims.hours_per_week.unwrap_or(before.hours_per_week),
        role: aims.role.unwrap_or_else(|| before.role.clone()),
    };
    (now.is_none() || after != before).then_some(after)
}

impl Decision {
    /// Adds what another request of the same command comes to, for other items.
    pub(crate) fn extend(&mut self, other: Self) {
        self.entries.extend(other.entries);
        self.changed.extend(other.changed);
        self.unchanged.extend(other.unchanged);
    }

    fn push(&mut self, target: &Target, fact: EventKind, to: Status) {
        let is_correction = matches!(fact, EventKind::Corrected { .. });
        let subject = if is_correction { &target.marked } else { &target.kept };
        self.entries.push(NewEvent {
            subject: subject.clone(),
            title: Some(target.title.clone()),
            fact,
        });
        self.changed.push(Change {
            named: target.named.clone(),
            title: target.title.clone(),
            from: target.state.status,
            to,
            correction: None,
        });
    }
}

/// What a remark adds to a state: evidence that is there already, or is given twice, is not added
/// again, in whatever form of Unicode it was typed.
pub(super) fn news(remark: &Annotation, state: &ItemState) -> Annotation {
    let there = state.evidence.iter().map(|said| form::composed(&said.text));
    let mut seen: HashSet<Cow<'_, str>> = HashSet::new();
    if !remark.evidence.is_empty() {
        seen.extend(there);
    }
    let evidence = remark.evidence.iter().filter(|text| seen.insert(form::composed(text)));
    Annotation { note: remark.note.clone(), evidence: evidence.cloned().collect() }
}

#[cfg(test)]
mod tests;
