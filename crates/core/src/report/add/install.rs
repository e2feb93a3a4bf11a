//! Files get their names, and the record what was decided with them.
//!
//! The order is such that a command that is killed leaves the old or the new. What is replaced is kept
//! first, and the new files are whole before anything else changes. The decisions are recorded before the
//! files get their names: as long as an id has the thing again that it had, they leave it its record.

use std::path::Path;

use super::super::{App, Result, before, origins};
use super::{Planned, Refusal};
use crate::disk::{self, DiskError, NotWritten, Place};
use crate::model::history::undo_entries;

/// Installs all of them, or none.
pub(super) fn install(planned: &mut [Planned], folder: &Path, app: &App) -> Result<()> {
    let record = app.places.db.as_deref();
    let unwritten = |error: DiskError| Refusal::Unwritten(error, Vec::new());
    let told = |to: &Path, error| unwritten(disk::not_written(to, NotWritten::Failed(error)));
    disk::make_directories(folder).map_err(|error| told(folder, error))?;
    let mut written = Vec::new();
    for one in planned.iter_mut() {
        let place = Place::find(&one.to, record).map_err(unwritten)?;
        let file = place.prepare(one.text.as_bytes()).map_err(|error| told(&one.to, error))?;
        written.push((place, file));
        if let Some(bytes) = &one.before {
            let kept = before::keep(folder, &one.added.id, bytes, app.today())?;
            one.added.kept = Some(kept.display().to_string());
        }
    }
    decide(planned, app)?;
    let mut unconfirmed = None;
    for (at, (place, file)) in written.into_iter().enumerate() {
        let Some(one) = planned.get(at) else { continue };
        match place.name(file) {
            Ok(()) => {}
            Err(error @ NotWritten::Unconfirmed(_)) => {
                unconfirmed.get_or_insert_with(|| disk::not_written(&one.to, error));
            }
            Err(error) => {
                let stays = planned.iter().take(at).filter(|one| !put_back(one, record));
                let stays: Vec<String> = stays.map(|one| one.added.id.clone()).collect();
                if stays.is_empty() {
                    take_back(planned, app);
                }
                return Err(Refusal::Unwritten(disk::not_written(&one.to, error), stays).into());
            }
        }
    }
    for one in planned.iter() {
        match &one.origin {
            // What came back is no copy any more; that it stays is no harm.
            Some(origin) => {
                let _ = disk::remove(origin);
            }
            None => origins::remember(folder, &one.added.id, one.from.as_deref(), &one.text),
        }
        before::prune(folder, &one.added.id);
    }
    unconfirmed.map_or(Ok(()), |error| Err(error.into()))
}

/// Records what was decided, as one command.
fn decide(planned: &[Planned], app: &App) -> Result<()> {
    if planned.iter().all(|one| one.entries.is_empty()) {
        return Ok(());
    }
    let mut store = app.store_to_write()?;
    let mut writing = store.write(app.stamp)?;
    for entry in planned.iter().flat_map(|one| &one.entries) {
        writing.append(entry.clone(), app.today())?;
    }
    app.commit(writing)
}

/// Takes back what was decided for files that did not get their names. Where that fails it is no
/// harm: the files say that nothing changed.
fn take_back(planned: &[Planned], app: &App) {
    let many = planned.iter().map(|one| one.entries.len()).sum();
    let taken = || -> Result<()> {
        let mut store = app.store_to_write()?;
        let mut writing = store.write(app.stamp)?;
        let newest = writing.reading().newest_first(|events| events.take(many).collect())?;
        let events: Vec<_> = newest;
        for entry in undo_entries(&events) {
            writing.append(entry, app.today())?;
        }
        app.commit(writing)
    };
    if many > 0 {
        let _ = taken();
    }
}

/// Makes what is installed what it was; tells whether it is.
fn put_back(one: &Planned, record: Option<&Path>) -> bool {
    match &one.before {
        Some(bytes) => disk::write(&one.to, record, bytes).is_ok(),
        None => disk::remove(&one.to).is_ok(),
    }
}
