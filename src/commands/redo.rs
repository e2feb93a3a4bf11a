//! `milepost redo`

use super::undo::{self, Chosen};
use crate::context::Context;
use crate::error::Result;
use crate::model::history::{self, Whose};
use crate::output::Output;

/// Bring back what undo took back
///
/// As long as nothing else was changed here since; repeated, the undo before it.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost redo")]
pub struct Args {}

/// Runs the command.
///
/// # Errors
/// The record cannot be read or written.
pub fn run(_: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    undo::revert("redo", "nothing to redo", context, out, |reading| {
        let (devices, imports) = (reading.own_devices()?, reading.imports()?);
        let came = |event| reading.came(event);
        let (devices, imports) = (Some(&*devices), &*imports);
        let whose = Whose { devices, imports, came: &came, past_erased: false };
        let markers = reading.newest_first(|events| history::to_redo(events, &whose))?;
        Ok(markers.map(|markers| Chosen {
            entries: history::redo_entries(&markers),
            import: None,
            undone_by: markers.first().map(|marker| marker.command),
        }))
    })
}
