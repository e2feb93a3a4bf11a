//! `milepost undo`, and the text that `redo` shares with it.

use milepost_core::report::change::State;
use milepost_core::report::revert::Reverted;
use milepost_core::report::undo::{self, Query, Undoables};
use milepost_core::{Hint, Refusal};
use milepost_path::safe;

use super::shared::item_row;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::output::{Output, Screen};
use crate::text::{quantity, width};
use crate::words::revert;

/// Undo the last change
///
/// Undoes everything that one command did, by appending to the log; run it again for the command
/// before. `milepost redo` brings it back. It undoes only changes made on this machine. To undo what
/// an import brought, undo the import.
///
/// It does not change files back: what `add`, `remove`, `hide`, `link` and `export` wrote stays. What
/// `redact` erased is gone.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost undo
  milepost undo --list
  milepost undo --list --limit 0
  milepost undo --any")]
pub struct Args {
    /// Only list what would be undone, newest first
    #[arg(long)]
    list: bool,

    /// With --list: show at most this many; 0 for all
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10, requires = "list")]
    limit: usize,

    /// Undo the newest change in the log, from any machine
    #[arg(long)]
    any: bool,

    /// Undo the change before a `redact` without asking
    #[arg(short, long)]
    yes: bool,
}

/// Runs the command.
///
/// # Errors
/// The record cannot be read or written.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    if args.list {
        return out.tell_answer(&undo::list(args.any, args.limit, &context.app)?, list_text);
    }
    let mut query = Query { any: args.any, past_erased: args.yes };
    let answer = match undo::report(&query, &context.app) {
        Err(milepost_core::Error::Refused(refusal)) => {
            past_erased(*refusal, out)?;
            query.past_erased = true;
            let mut answer = undo::report(&query, &context.app)?;
            // The question said it.
            answer.hints.retain(|hint| !matches!(hint, Hint::Erased(_)));
            answer
        }
        answer => answer?,
    };
    out.tell_answer(&answer, |report, screen| text(&report.0, false, screen))
}

/// Asks whether the change before the one that erased a text is meant.
fn past_erased(refusal: Refusal, out: &mut Output<'_, '_>) -> Result<()> {
    let (Refusal::Erased(reference), Some(prompt)) = (&refusal, out.prompt()) else {
        return Err(refusal.into());
    };
    let what = revert::erased(reference);
    let question = format!("{what}. Take back the change before it?");
    if prompt.confirm(&question)? { Ok(()) } else { Err(Error::cancelled()) }
}

/// What was taken or brought back.
pub fn text(reverted: &Reverted, is_redo: bool, screen: &Screen) -> String {
    let paint = screen.paint;
    let changed = reverted.changes.changed.iter().zip(&reverted.same);
    let text: String = changed
        .map(|(change, same)| {
            let mark = match change.to {
                State::Item(status) => paint.status_mark(item_row::mark(status)) + " ",
                _ => String::new(),
            };
            let title = paint.bold(&safe::line(&change.title));
            let reference = paint.dim(&safe::line(change.reference.as_str()));
            let what = revert::became(change, *same, is_redo);
            item_row::line(&mark, &title, &format!("{reference}  {what}"), screen)
        })
        .collect();
    match (text.is_empty(), is_redo) {
        (false, _) => text,
        (true, false) => "nothing to undo\n".to_owned(),
        (true, true) => "nothing to redo\n".to_owned(),
    }
}

fn list_text(report: &Undoables, screen: &Screen) -> String {
    let mut text = String::new();
    for (at, step) in report.changes.iter().enumerate() {
        let first = match &step.file {
            Some(file) => {
                let count = quantity::count(step.events, "event");
                format!("{count} from {}", safe::short(file, 80))
            }
            None => safe::line(step.titles.first().map_or("", String::as_str)).into_owned(),
        };
        let more = match step.refs.len() {
            0 | 1 => String::new(),
            n => format!(" and {} more", n - 1),
        };
        let whose = if step.own { "" } else { " (another machine)" };
        let by = step.by.as_ref().map_or(String::new(), |by| format!(" (by {by})"));
        let action = screen.paint.bold(step.action);
        let number = format!("{:>2}. ", at + 1);
        let line = format!("{action} {first}{more}{by}{whose}");
        text.push_str(&match screen.width {
            Some(columns) => {
                width::wrap_indented(&number, &" ".repeat(number.len()), &line, columns)
            }
            None => format!("{number}{line}\n"),
        });
    }
    if report.more {
        text.push_str(&screen.paint.dim("there are more: `--limit 0` shows all\n"));
    }
    if text.is_empty() { "nothing to undo\n".to_owned() } else { text }
}
