//! `milepost redo`

use super::undo;
use crate::context::Context;
use crate::error::Result;
use crate::output::Output;
use crate::report::redo;

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
    let answer = redo::report(&context.app)?;
    out.tell_answer(&answer, |report, screen| undo::text(&report.0, true, screen))
}
