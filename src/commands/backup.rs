//! `milepost backup`

use std::path::PathBuf;

use crate::config;
use crate::context::Context;
use crate::error::Result;
use crate::output::{Output, Screen};
use crate::report::backup::{self, Query, Report};
use crate::text::{quantity, safe, width};

/// Copy the record
///
/// The copy is of one moment, also while others write, and is looked through event by event before
/// it is given its name. A file that is there already is replaced only where the record has all that
/// it holds, so that no copy of more is lost to one of less.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost backup milepost-backup.db
  milepost backup milepost-backup.db --force      whatever that file holds")]
pub struct Args {
    /// The file to copy it to
    #[arg(
        value_name = "FILE",
        value_hint = clap::ValueHint::FilePath,
        value_parser = config::file_name()
    )]
    file: PathBuf,

    /// Replace a file that holds something else
    #[arg(short, long)]
    force: bool,
}

/// Runs the command.
///
/// # Errors
/// There is no record, or it is damaged; or the file must not be replaced, or cannot be written.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let query = Query { file: args.file.clone(), force: args.force };
    out.tell_answer(&backup::report(&query, &context.app)?, text)
}

fn text(report: &Report, screen: &Screen) -> String {
    let events = quantity::count(usize::try_from(report.events).unwrap_or(usize::MAX), "event");
    let bytes = quantity::count(usize::try_from(report.bytes).unwrap_or(usize::MAX), "byte");
    let file = safe::short(&report.file, 300);
    let line = format!("copied {events} to {file} ({bytes}), looked through and whole");
    width::wrap_indented("", "  ", &line, screen.sentence_width())
}
