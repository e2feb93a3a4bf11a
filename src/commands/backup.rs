//! `milepost backup`

use std::path::PathBuf;

use milepost_core::report::backup::{self, Query, Report};
use milepost_path::safe;

use crate::config;
use crate::context::Context;
use crate::error::Result;
use crate::output::{Output, Screen};
use crate::text::{quantity, width};

/// Copy the record to a file
///
/// The copy is consistent even while other programs write, and every event in it is verified before
/// the file gets its name. An existing file is replaced only if the record has everything in it, so
/// a fuller copy is never lost to a smaller one.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost backup milepost-backup.db
  milepost backup milepost-backup.db --force      replace any file")]
pub struct Args {
    /// The file to write
    #[arg(
        value_name = "FILE",
        value_hint = clap::ValueHint::FilePath,
        value_parser = config::file_name()
    )]
    file: PathBuf,

    /// Replace the file whatever it contains
    #[arg(short, long)]
    force: bool,
}

/// Runs the command.
///
/// # Errors
/// There is no record, or it is damaged; or the file must not be replaced, or cannot be written.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let query = Query { file: args.file.clone(), force: args.force };
    out.tell_answer(&backup::report(&query, &context.app)?, text)
}

fn text(report: &Report, screen: &Screen) -> String {
    let events = quantity::count(usize::try_from(report.events).unwrap_or(usize::MAX), "event");
    let bytes = quantity::count(usize::try_from(report.bytes).unwrap_or(usize::MAX), "byte");
    let file = safe::short(&report.file, 300);
    let line = format!("copied {events} to {file} ({bytes}) and verified the copy");
    width::wrap_indented("", "  ", &line, screen.sentence_width())
}
