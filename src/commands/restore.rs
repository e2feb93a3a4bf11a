//! `milepost restore`

use std::path::PathBuf;

use milepost_core::Refusal;
use milepost_core::report::restore::{self, Query, Report};
use milepost_path::safe;

use crate::config;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::output::{Output, Screen};
use crate::text::width;
use crate::words::restore::{count, question};

/// Restore the record from a copy
///
/// The copy is verified first; if it is damaged, nothing changes. The present record is kept beside
/// the new one, even if it is damaged.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost restore milepost-backup.db
  milepost restore milepost-backup.db --yes")]
pub struct Args {
    /// The copy: from `milepost backup`, or from `backups` beside the record
    #[arg(
        value_name = "FILE",
        value_hint = clap::ValueHint::FilePath,
        value_parser = config::file_name()
    )]
    file: PathBuf,

    /// Replace the record without asking
    #[arg(short, long)]
    yes: bool,
}

/// Runs the command.
///
/// # Errors
/// The copy is none, or is damaged; what is there must not be replaced, or nobody agreed to it;
/// or something cannot be written.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let mut query = Query { file: args.file.clone(), yes: args.yes };
    let mut answer = restore::report(&query, &context.app);
    if let Err(milepost_core::Error::Refused(refusal)) = &answer
        && let Refusal::Restore(needs_yes) = &**refusal
        && let Some(prompt) = out.prompt()
    {
        if !prompt.confirm(&question(needs_yes))? {
            return Err(Error::cancelled());
        }
        query.yes = true;
        answer = restore::report(&query, &context.app);
    }
    out.tell_answer(&answer?, text)
}

fn text(report: &Report, screen: &Screen) -> String {
    let file = safe::short(&report.file, 300);
    let now = count(report.events);
    let line = match report.events_before {
        _ if !report.changed => {
            format!("the record already has the {now} of {file}; nothing changed")
        }
        Some(before) => format!("restored {now} from {file}, replacing {before}"),
        None => format!("restored {now} from {file}"),
    };
    let kept = report
        .kept
        .as_ref()
        .map(|kept| format!("the record from before is kept in {}", safe::short(kept, 300)));
    let lines = std::iter::once(line).chain(kept);
    lines.map(|line| width::wrap_indented("", "  ", &line, screen.sentence_width())).collect()
}
