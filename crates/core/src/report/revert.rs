//! What `undo` and `redo` share: markers are appended, and what they change is reported.

use std::cmp::Ordering;
use std::collections::HashSet;

use chrono::NaiveDate;
use milepost_path::{Ref, RefTarget};
use serde::Serialize;
use uuid::Uuid;

use super::change::{Changed, Changes, State};
use super::{App, Result};
use crate::model::event::NewEvent;
use crate::model::history::Import;
use crate::model::standing::{ItemState, Standing, Status, SubjectState};
use crate::store::Reading;

/// What was taken or brought back; nothing changed if there was nothing to revert.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Reverted {
    /// How everything stands that it was about.
    #[serde(flatten)]
    pub changes: Changes,
    /// What else changed of it, for each change.
    #[serde(skip)]
    pub same: Vec<Same>,
    /// The import that was taken back.
    #[serde(skip)]
    pub import: Option<Import>,
}

/// What changed of something that stands as it stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Same {
    /// The day until which it is snoozed.
    SnoozedUntil,
    /// Its day, or whether it is credited.
    Correction,
    /// Something that was recorded of it.
    Recorded,
    /// A note or evidence is back.
    SaidAgain,
    /// A note or evidence is gone.
    SaidNoLonger,
    /// The goals of a path.
    Goals,
    /// The newest assessment of an area.
    Assessment,
    /// The newest answer to a question.
    Answer,
}

/// What is to be reverted.
pub(super) struct Chosen {
    /// The markers.
    pub(super) entries: Vec<NewEvent>,
    /// The import that is taken back.
    pub(super) import: Option<Import>,
    /// The undo that is taken back.
    pub(super) undone_by: Option<Uuid>,
}

/// Appends the chosen markers, and reports what they change.
///
/// # Errors
/// Nothing can be chosen, or the record cannot be read or written. Nothing was changed then.
pub(super) fn revert(
    app: &App,
    choose: impl FnOnce(&Reading<'_>) -> Result<Option<Chosen>>,
) -> Result<Reverted> {
    let Some(mut store) = app.store()? else {
        return Ok(Reverted::default());
    };
    let mut writing = store.write(app.stamp)?;
    let Some(Chosen { entries, import, undone_by }) = choose(writing.reading())? else {
        return Ok(Reverted::default());
    };
    let mut subjects: Vec<(Ref, String)> = Vec::new();
    let mut seen = HashSet::new();
    for entry in &entries {
        if seen.insert(entry.subject.clone()) {
            subjects.push((entry.subject.clone(), entry.title.clone().unwrap_or_default()));
        }
    }
    let references: Vec<Ref> = subjects.iter().map(|(subject, _)| subject.clone()).collect();
    let before = writing.reading().standing_of(&references)?;
    let today = writing.today();
    for entry in entries {
        writing.append(entry, today)?;
    }
    if let Some(import) = &import {
        writing.undo_import(import)?;
    }
    if let Some(command) = undone_by {
        writing.redo_import(command)?;
    }
    let after = writing.reading().standing_of(&references)?;
    let followed = writing.reading().followed_ids()?;
    // What can fail is done before the change is kept.
    app.commit(writing)?;
    let names = app.names_here(&followed, references.iter());
    let changed = subjects.into_iter().map(|(reference, title)| Changed {
        from: state(&before, &reference, today),
        to: state(&after, &reference, today),
        reference: names.get(&reference).cloned().unwrap_or(reference),
        title,
    });
    Ok(Reverted {
        changes: Changes { changed: changed.collect(), ..Changes::default() },
        same: references.iter().map(|reference| same(&before, &after, reference)).collect(),
        import,
    })
}

fn state(standing: &Standing, subject: &Ref, today: NaiveDate) -> State {
    match (standing.subject(subject), subject.target()) {
        (Some(SubjectState::Path(_)), _) => State::Followed(true),
        (Some(SubjectState::Item(item)), _) => {
            State::of(item.status, item.snoozed_until.is_some_and(|until| until > today))
        }
        (Some(SubjectState::Area(levels)), _) => {
            State::Level(Some(levels.last().map_or(0, |last| last.level)))
        }
        (Some(SubjectState::Question(answers)), _) => {
            State::Grade(answers.last().map(|last| last.grade))
        }
        (Some(SubjectState::Away { .. }), _) => State::Away(true),
        (None, RefTarget::Away(_)) => State::Away(false),
        (None, RefTarget::Path) => State::Followed(false),
        (None, RefTarget::Node(_)) => State::Item(Status::Todo),
        (None, RefTarget::Area(_)) => State::Level(None),
        (None, RefTarget::Question(_)) => State::Grade(None),
    }
}

/// What changed of a subject that stands as it stood.
fn same(before: &Standing, after: &Standing, subject: &Ref) -> Same {
    let texts = |item: &ItemState| item.notes.len() + item.evidence.len();
    let items = before.item_at(subject).zip(after.item_at(subject));
    match (subject.target(), items) {
        (RefTarget::Node(_), Some((one, other))) if one.snoozed_until != other.snoozed_until => {
            Same::SnoozedUntil
        }
        (RefTarget::Node(_), Some((one, other)))
            if (one.since, one.known) != (other.since, other.known) =>
        {
            Same::Correction
        }
        (RefTarget::Node(_), _) => {
            let count = |standing: &Standing| standing.item_at(subject).map_or(0, texts);
            // To undo that something was removed brings it back.
            match count(before).cmp(&count(after)) {
                Ordering::Equal => Same::Recorded,
                Ordering::Less => Same::SaidAgain,
                Ordering::Greater => Same::SaidNoLonger,
            }
        }
        (RefTarget::Path, _) => Same::Goals,
        (RefTarget::Away(_), _) => Same::Recorded,
        (RefTarget::Area(_), _) => Same::Assessment,
        (RefTarget::Question(_), _) => Same::Answer,
    }
}
