//! `milepost restore`

use std::path::PathBuf;

use serde::Serialize;

use crate::config;
use crate::context::Context;
use crate::disk;
use crate::error::{Code, Error, Result};
use crate::output::{Output, Screen};
use crate::store::restore::{self, Outlook, Present};
use crate::text::{quantity, safe, width};
use crate::words::store_error::worst;

/// Put a copy in place of the record
///
/// The copy is looked through first, and nothing is changed where it is not whole. What is there now
/// is kept beside the record, also where it is damaged.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost restore milepost-backup.db
  milepost restore milepost-backup.db --yes")]
pub struct Args {
    /// The copy: one that `backup` made, or one of `backups` beside the record
    #[arg(
        value_name = "FILE",
        value_hint = clap::ValueHint::FilePath,
        value_parser = config::file_name()
    )]
    file: PathBuf,

    /// Replace what is there without a question
    #[arg(short, long)]
    yes: bool,
}

#[derive(Serialize)]
struct Report {
    file: String,
    /// The record.
    db: String,
    events: u64,
    /// Null where there was no record that could be read.
    events_before: Option<u64>,
    /// Where what was there is kept; null where there was nothing, or the same.
    kept: Option<String>,
    changed: bool,
}

/// Runs the command.
///
/// # Errors
/// The copy is none, or is damaged; what is there must not be replaced, or nobody said that it may;
/// or something cannot be written.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let db = context.db()?;
    let outlook = restore::look(&args.file, &db)?;
    if !args.yes
        && let Some(what) = what_is_replaced(&outlook.present)
    {
        confirm(&what, &outlook, args, out)?;
    }
    let restored = restore::restore(&args.file, &db, context.today())?;
    let report = Report {
        file: args.file.display().to_string(),
        db: db.display().to_string(),
        events: restored.events,
        events_before: restored.events_before,
        kept: restored.kept.map(|kept| kept.display().to_string()),
        changed: restored.changed,
    };
    if report.changed {
        warn_of_faults(context, out);
    }
    out.report("restore", &report, text)
}

/// The events were looked through before; what follows from them is looked at now. The record is
/// restored whatever this finds, so it only warns.
fn warn_of_faults(context: &Context, out: &mut Output<'_, '_>) {
    let verdict = context.store().and_then(|store| match store {
        Some(mut store) => Ok(Some(store.read()?.verify())),
        None => Ok(None),
    });
    match verdict {
        Ok(verdict) => {
            if let Some((what, remedy)) = verdict.as_ref().and_then(worst) {
                out.warn(&format!("every event is there, but {what}; {remedy}"));
            }
        }
        Err(error) => out.warn(&format!("it could not be looked at again: {}", Error::from(error))),
    }
}

/// What is replaced, where there is something to lose.
fn what_is_replaced(present: &Present) -> Option<String> {
    match present {
        Present::Nothing | Present::Same => None,
        Present::Record(count) => Some(format!("the record of {}", events(*count))),
        Present::Wreck => Some("what is there now (damaged, or no record)".to_owned()),
    }
}

fn confirm(what: &str, outlook: &Outlook, args: &Args, out: &mut Output<'_, '_>) -> Result<()> {
    let Some(prompt) = out.prompt() else {
        return Err(Error::new(
            Code::NoTerminal,
            format!("{what} would be replaced, and nobody can be asked"),
        )
        .hint("pass `--yes`; what is there now is kept beside it"));
    };
    let (file, count) = (disk::show(&args.file), events(outlook.events));
    let question = format!("Replace {what} with the {count} of {file}?");
    if prompt.confirm(&question)? { Ok(()) } else { Err(Error::cancelled()) }
}

fn events(count: u64) -> String {
    quantity::count(usize::try_from(count).unwrap_or(usize::MAX), "event")
}

fn text(report: &Report, screen: &Screen) -> String {
    let file = safe::short(&report.file, 300);
    let now = events(report.events);
    let line = match report.events_before {
        _ if !report.changed => {
            format!("the record has the {now} of {file} already; nothing changed")
        }
        Some(before) => format!("restored {now} from {file}, in place of {before}"),
        None => format!("restored {now} from {file}"),
    };
    let kept = report
        .kept
        .as_ref()
        .map(|kept| format!("what was there is kept in {}", safe::short(kept, 300)));
    let lines = std::iter::once(line).chain(kept);
    lines.map(|line| width::wrap_indented("", "  ", &line, screen.sentence_width())).collect()
}
