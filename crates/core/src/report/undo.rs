//! Takes back the last change, or lists what could be taken back. For an assistant that is the last
//! change that an assistant made.

use chrono::{DateTime, Utc};
use milepost_path::Ref;
use serde::Serialize;
use uuid::Uuid;

use super::revert::{Chosen, Reverted, revert};
use super::{Answer, App, Hint, Refusal, Result};
use crate::model::event::{Actor, Event, EventKind};
use crate::model::history::{self, Undoable, Whose};
use crate::store::{Reading, StoreError};

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Whether the newest change of all is meant, and not the newest that was made here.
    pub any: bool,
    /// Whether, if the newest change erased a text, the one before it is meant.
    pub past_erased: bool,
}

/// What was taken back.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Report(pub Reverted);

/// Takes back the last change.
///
/// # Errors
/// The last change erased a text and the one before it is not meant; or the record cannot be read or
/// written.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let mut erased = None;
    let reverted = revert(app, |reading| {
        let mut found = undoable(reading, query.any, false, 1, app)?;
        erased = found.first().and_then(erased_by);
        if let Some(reference) = &erased {
            if !query.past_erased {
                return Err(Refusal::Erased(reference.clone()).into());
            }
            found = undoable(reading, query.any, true, 1, app)?;
        }
        let Some(first) = found.into_iter().next() else {
            return Ok(None);
        };
        Ok(Some(match first {
            Undoable::Command(events) => {
                Chosen { entries: history::undo_entries(&events), import: None, undone_by: None }
            }
            Undoable::Import(import) => Chosen {
                entries: history::undo_entries(&reading.of_import(&import)?),
                import: Some(import),
                undone_by: None,
            },
        }))
    })?;
    let import = reverted.import.clone().map(Hint::ImportUndone);
    Ok(app.answer(Report(reverted)).hint(erased.map(Hint::Erased)).hint(import))
}

/// What undo would take back, newest first.
fn undoable(
    reading: &Reading<'_>,
    any: bool,
    past_erased: bool,
    most: usize,
    app: &App,
) -> std::result::Result<Vec<Undoable>, StoreError> {
    let read =
        |whose: &Whose<'_>| reading.newest_first(|events| history::to_undo(events, most, whose));
    let of_assistants = app.by.is_some();
    if any {
        return read(&Whose { past_erased, of_assistants, ..Whose::ANY });
    }
    let (devices, imports) = (reading.own_devices()?, reading.imports()?);
    let came = |event| reading.came(event);
    let (devices, imports) = (Some(&*devices), &*imports);
    read(&Whose { devices, imports, came: &came, past_erased, of_assistants })
}

/// What a change erased a text of, if that is all that it did.
fn erased_by(change: &Undoable) -> Option<Ref> {
    let Undoable::Command(events) = change else { return None };
    let is_erased = |event: &Event| matches!(event.entry.fact, EventKind::Redacted(_));
    let first = events.first().filter(|_| events.iter().all(is_erased));
    first.map(|event| event.entry.subject.clone())
}

/// What could be taken back, newest first.
#[derive(Debug, Serialize)]
pub struct Undoables {
    /// The commands, and the imports: as many as were asked for.
    pub changes: Vec<Step>,
    /// Whether there are more.
    pub more: bool,
}

/// A command or an import that can be taken back.
#[derive(Debug, Serialize)]
pub struct Step {
    /// When it was done.
    pub at: DateTime<Utc>,
    /// The word for it in the log.
    pub action: &'static str,
    /// What it was about.
    pub refs: Vec<Ref>,
    /// Their titles.
    pub titles: Vec<String>,
    /// How many events it has.
    pub events: usize,
    /// Whether it was done here.
    pub own: bool,
    /// The assistant that did it.
    pub by: Option<Actor>,
    /// The file that was imported.
    pub file: Option<String>,
}

impl Step {
    fn of(one: &Undoable, own: &[Uuid]) -> Option<Self> {
        Some(match one {
            Undoable::Command(events) => {
                let first = events.first()?;
                Self {
                    at: first.at,
                    action: first.entry.action(),
                    refs: events.iter().map(|event| event.entry.subject.clone()).collect(),
                    titles: events.iter().filter_map(|event| event.entry.title.clone()).collect(),
                    events: events.len(),
                    own: own.contains(&first.device),
                    by: first.by.clone(),
                    file: None,
                }
            }
            Undoable::Import(import) => Self {
                at: import.at,
                action: "imported",
                refs: Vec::new(),
                titles: Vec::new(),
                events: import.events,
                own: true,
                by: None,
                file: Some(import.file.clone()),
            },
        })
    }
}

/// Lists at most so many changes that could be taken back, newest first, or all for 0; of all machines,
/// or of this one only.
///
/// # Errors
/// The record cannot be read.
pub fn list(any: bool, most: usize, app: &App) -> Result<Answer<Undoables>> {
    let (changes, more) = match app.store()? {
        None => (Vec::new(), false),
        Some(mut store) => {
            let reading = store.read()?;
            let own = reading.own_devices()?;
            let most = if most == 0 { usize::MAX } else { most };
            // One beyond them tells whether there are more: the rest of the log is not read.
            let found = undoable(&reading, any, true, most.saturating_add(1), app)?;
            let shown = found.iter().take(most).filter_map(|one| Step::of(one, &own));
            (shown.collect(), found.len() > most)
        }
    };
    Ok(app.answer(Undoables { changes, more }))
}

#[cfg(test)]
mod tests;
