//! Brings back what undo took back.

use serde::Serialize;

use super::revert::{Chosen, Reverted, revert};
use super::{Answer, App, Result};
use crate::model::history::{self, Whose};

/// What was brought back.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct Report(pub Reverted);

/// Brings back what the newest undo took back, if nothing else was changed here since.
///
/// # Errors
/// The record cannot be read or written.
pub fn report(app: &App) -> Result<Answer<Report>> {
    let reverted = revert(app, |reading| {
        let (devices, imports) = (reading.own_devices()?, reading.imports()?);
        let came = |event| reading.came(event);
        let (devices, imports) = (Some(&*devices), &*imports);
        let whose =
            Whose { devices, imports, came: &came, past_erased: false, of_assistants: false };
        let markers = reading.newest_first(|events| history::to_redo(events, &whose))?;
        Ok(markers.map(|markers| Chosen {
            entries: history::redo_entries(&markers),
            import: None,
            undone_by: markers.first().map(|marker| marker.command),
        }))
    })?;
    Ok(app.answer(Report(reverted)))
}
