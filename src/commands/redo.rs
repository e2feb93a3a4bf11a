//! `milepost redo`

use milepost_core::report::redo;

use super::undo;
use crate::context::Context;
use crate::error::Result;
use crate::output::Output;

/// Redo what was undone
///
/// Works only if nothing has changed here since then; run it again for the undo before.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost redo")]
pub struct Args {}

/// Runs the command.
///
/// # Errors
/// The record cannot be read or written.
pub(crate) fn run(_: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let answer = redo::report(&context.app)?;
    out.tell_answer(&answer, |report, screen| undo::text(&report.0, true, screen))
}
