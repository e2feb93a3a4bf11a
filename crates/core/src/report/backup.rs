//! A copy of the record.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{Answer, App, Result, Warning};
use crate::disk::{self, Place};
use crate::store::Reading;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Query {
    /// The file to copy the record to.
    pub file: PathBuf,
    /// Whether to replace the file whatever it holds.
    pub force: bool,
}

/// Why no copy was made.
#[derive(Debug)]
pub enum Refusal {
    /// There is no record yet; where it would be.
    NoRecord(PathBuf),
    /// The file holds events that the record does not have.
    HoldsMore(PathBuf),
    /// The file is no copy of the record.
    NotACopy(PathBuf),
}

/// What was copied.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The file that it was copied to.
    pub file: String,
    /// Its size.
    pub bytes: u64,
    /// How many events it has.
    pub events: u64,
    /// Whether there was a file of that name, which it took the place of.
    pub replaced: bool,
}

/// Copies the record.
///
/// # Errors
/// There is no record, or it is damaged; or the file must not be replaced, or cannot be written.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let record = app.db()?;
    let place = Place::find(&query.file, Some(&record))?;
    let Some(mut store) = app.store()? else {
        return Err(super::Refusal::Backup(Refusal::NoRecord(record)).into());
    };
    let reading = store.read()?;
    if place.is_taken() && !query.force {
        check_that_nothing_is_lost(&query.file, &place, &reading)?;
    }
    let copy = reading.copy_into(place.directory())?;
    // A copy of a damaged record is worth as much: all of it follows from the events, which are sound.
    let worst = reading.verify().into_worst();
    drop(reading);
    let report = Report {
        file: query.file.display().to_string(),
        bytes: copy.bytes().map_err(|error| disk::not_written(&query.file, error))?,
        events: copy.events(),
        replaced: place.is_taken(),
    };
    place.take(copy.into_file()).map_err(|error| disk::not_written(&query.file, error))?;
    Ok(app.answer(report).warning(worst.map(Warning::CopyIsDamaged)))
}

/// Refuses to replace a file that holds what the record does not.
fn check_that_nothing_is_lost(file: &Path, place: &Place, reading: &Reading<'_>) -> Result<()> {
    let file = file.to_owned();
    let refusal = match reading.holds_all_of(place.path()) {
        Ok(true) => return Ok(()),
        Ok(false) => Refusal::HoldsMore(file),
        Err(_) => Refusal::NotACopy(file),
    };
    Err(super::Refusal::Backup(refusal).into())
}
