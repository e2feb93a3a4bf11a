//! `milepost redo`

use super::undo;
use crate::context::Context;
use crate::error::Result;
use crate::model::history;
use crate::output::Output;

/// Bring back what undo took back
///
/// As long as nothing else was changed since; repeated, the undo before it.
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
    undo::revert("redo", "nothing to redo", context, out, |events| {
        Ok(history::to_redo(events)?.map(|markers| history::redo_entries(&markers)))
    })
}
