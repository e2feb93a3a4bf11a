//! Takes up a record that was exported, and brings back what an undone import brought.

use std::collections::HashSet;
use std::io;

use serde::Serialize;
use uuid::Uuid;

use super::record::Record;
use super::{Answer, App, Error, Hint, Result};
use crate::model::event::{Event, EventKind, StoredEvent};
use crate::model::history;
use crate::store::{self, Merged, Reading, Store, StoreError, Writing, restore};

/// What is asked.
#[derive(Debug)]
pub struct Query {
    /// The name of the file, as it was said.
    pub file: String,
    /// Its name as it is shown, in the record and in errors.
    pub name: String,
    /// What is in it.
    pub record: Record,
    /// Whether to bring back what an undone import brought of it.
    pub again: bool,
    /// Whether only to say what would be done.
    pub dry_run: bool,
}

/// What was taken up.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The name of the file, as it was said.
    pub file: String,
    /// How many events came.
    pub added: usize,
    /// How many were there already.
    pub unchanged: usize,
    /// How many of these take their place in the log from the file.
    pub reordered: usize,
    /// How many events that an undone import had brought count again.
    pub brought_back: usize,
    /// Where the record as it was before is kept; null where nothing was there, or nothing came.
    pub kept: Option<String>,
    /// Whether all of it was there and an undo of its import took it back.
    pub taken_back: bool,
    /// Whether nothing was done.
    pub dry_run: bool,
}

/// Why nothing was imported.
#[derive(Debug)]
pub enum Refusal {
    /// An event cannot be taken up.
    Unsound {
        /// The name of the file, as it is shown.
        name: String,
        /// What is wrong.
        error: StoreError,
    },
    /// There is no room to try it in.
    NoTemporary(io::Error),
}

/// What was found in the record before the import.
struct Found {
    /// The ids that come.
    new: Vec<Uuid>,
    /// The markers that took back events of the file with an import.
    undone: Vec<Event>,
    /// Whether nothing is recorded yet, so that the record becomes what the file is.
    is_empty: bool,
}

/// Takes up what is not there yet of a log, all of it or nothing. It takes the query, which can be large.
///
/// # Errors
/// An event was changed since it was exported, or is recorded already with another content; or the
/// record cannot be read or written. Nothing was changed then.
pub fn report(query: Query, app: &App) -> Result<Answer<Report>> {
    let Query { file, name, record: Record { device, machine, events }, again, dry_run } = query;
    // On its own machine the record goes on as what it was. On another one there are two, which must
    // not pass for one device. What is not known is taken for a backup that comes back.
    let here = store::machine(device);
    let equal = (machine.is_none() || here.is_none() || machine == here).then_some(device);
    if let Err(error) = store::check(&events) {
        return Err(refused(Refusal::Unsound { name, error }));
    }
    let mut kept = None;
    let mut undone = 0;
    let merged = if events.is_empty() {
        Merged { added: 0, unchanged: 0, relabelled: 0 }
    } else if dry_run && app.store()?.is_none() {
        // Nothing is there yet, and nothing must be made: what there would be is made elsewhere.
        let folder = tempfile::tempdir().map_err(|error| refused(Refusal::NoTemporary(error)))?;
        let mut store = Store::open_or_create(&folder.path().join("progress.db"))?;
        store.write(app.stamp)?.merge(events, equal)?
    } else {
        let mut store = app.store_to_write()?;
        // What one of the two erased must not stay in the file.
        let is_erased = |one: &StoredEvent| matches!(one.event.entry.fact, EventKind::Redacted(_));
        let erases = events.iter().any(is_erased) || store.read()?.has_erased()?;
        let db = store.path().to_path_buf();
        let ids: Vec<Uuid> = events.iter().map(|recorded| recorded.event.id).collect();
        let look = |reading: &Reading<'_>| -> Result<Found> {
            let new = reading.unknown(&ids)?;
            let markers = taken_back(reading, &ids)?;
            undone = markers.len();
            let is_empty = reading.count()? == 0;
            if !dry_run && !new.is_empty() && !is_empty {
                kept = Some(restore::keep_before(reading, &db, "import", app.today())?);
            }
            Ok(Found { new, undone: markers, is_empty })
        };
        let change = |writing: &mut Writing<'_>, found: &Found| -> Result<Merged> {
            let merged = writing.merge(events, equal)?;
            let mut came = if found.is_empty { Vec::new() } else { found.new.clone() };
            if again {
                for entry in history::redo_entries(&found.undone) {
                    came.extend(entry.marker_of());
                    writing.append(entry, app.today())?;
                }
            }
            if !came.is_empty() {
                writing.note_import(&name, &came)?;
            }
            Ok(merged)
        };
        let done = if erases && !dry_run {
            store.write_anew(app.stamp, look, change)
        } else {
            store.write_after(app.stamp, look).and_then(|(mut writing, found)| {
                let merged = change(&mut writing, &found)?;
                let is_changed = merged.changed() || (again && !found.undone.is_empty());
                if is_changed && !dry_run {
                    app.commit(writing)?;
                }
                Ok(merged)
            })
        };
        if done.is_err()
            && let Some(kept) = kept.take()
        {
            // Nothing was changed, so it is one too many.
            let _ = std::fs::remove_file(kept);
        }
        done?
    };
    let Merged { added, unchanged, relabelled: reordered } = merged;
    let brought_back = if again { undone } else { 0 };
    let taken_back = !again && added == 0 && undone > 0;
    let kept = kept.map(|kept| kept.display().to_string());
    let hint = taken_back.then(|| Hint::TakenBack(file.clone()));
    let next = (added > 0 && !dry_run).then_some(Hint::Imported);
    let report =
        Report { file, added, unchanged, reordered, brought_back, kept, taken_back, dry_run };
    Ok(app.answer(report).hint(hint).hint(next))
}

/// The markers by which undone imports took back some events, and which still hold.
fn taken_back(reading: &Reading<'_>, ids: &[Uuid]) -> Result<Vec<Event>> {
    let undone: Vec<Uuid> =
        reading.imports()?.into_iter().filter_map(|import| import.undone_by).collect();
    if undone.is_empty() {
        return Ok(Vec::new());
    }
    let ids: HashSet<&Uuid> = ids.iter().collect();
    let mut markers = reading.newest_first(|events| history::taken_back_by(events, &undone))?;
    markers.retain(|marker| marker.entry.marker_of().is_some_and(|id| ids.contains(&id)));
    Ok(markers)
}

fn refused(refusal: Refusal) -> Error {
    super::Refusal::Import(refusal).into()
}

#[cfg(test)]
mod tests;
