//! A copy in the place of the record.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{Answer, App, Result, Warning};
use crate::store::restore::{self, Present};
use crate::store::{Store, StoreError, Worst};

/// What is asked.
#[derive(Debug, Clone)]
pub struct Query {
    /// The copy.
    pub file: PathBuf,
    /// Whether what is there can be replaced.
    pub yes: bool,
}

/// Why nothing was restored.
#[derive(Debug)]
pub enum Refusal {
    /// Something would be replaced, which only the learner can decide.
    NeedsYes {
        /// What is there, with something to lose.
        present: Present,
        /// The copy.
        file: PathBuf,
        /// How many events the copy has.
        events: u64,
    },
}

/// What was restored.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The copy.
    pub file: String,
    /// The record.
    pub db: String,
    /// How many events the record has now.
    pub events: u64,
    /// How many it had; `None` if there was no record that could be read.
    pub events_before: Option<u64>,
    /// Where what was there is kept; `None` if there was nothing, or the same.
    pub kept: Option<String>,
    /// Whether anything was changed.
    pub changed: bool,
}

/// Looks the copy through, and puts it in the place of the record.
///
/// # Errors
/// The copy is none, or is damaged; what is there must not be replaced, or not without a yes; or
/// something cannot be written.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let db = app.db()?;
    let outlook = restore::look(&query.file, &db)?;
    if !query.yes && matches!(outlook.present, Present::Record(_) | Present::Wreck) {
        let (present, events) = (outlook.present, outlook.events);
        let refusal = Refusal::NeedsYes { present, file: query.file.clone(), events };
        return Err(super::Refusal::Restore(refusal).into());
    }
    let restored = restore::restore(&query.file, &db, app.today())?;
    let report = Report {
        file: query.file.display().to_string(),
        db: db.display().to_string(),
        events: restored.events,
        events_before: restored.events_before,
        kept: restored.kept.map(|kept| kept.display().to_string()),
        changed: restored.changed,
    };
    let warning = if report.changed { warning(&db) } else { None };
    Ok(app.answer(report).warning(warning))
}

/// What is wrong with what was restored. Its events were looked through before; what follows from
/// them is looked at now. The record is restored whatever this finds, so it only warns.
fn warning(db: &Path) -> Option<Warning> {
    match worst(db) {
        Ok(worst) => worst.map(Warning::RestoredIsDamaged),
        Err(error) => Some(Warning::NotLookedAtAgain(error)),
    }
}

fn worst(db: &Path) -> std::result::Result<Option<Worst>, StoreError> {
    let Some(mut store) = Store::open(db)? else { return Ok(None) };
    Ok(store.read()?.verify().into_worst())
}

#[cfg(test)]
mod tests;
