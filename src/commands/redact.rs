//! `milepost redact`

use milepost_core::report::redact::{self, Query, Refusal, Report};
use milepost_path::safe;

use super::shared::{item_row, select};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::output::{Output, Screen};
use crate::words;

/// Erase the text of a note or a piece of evidence for good
///
/// N is the number in `milepost show REF`. The history still has the texts that you removed or
/// undid; they have the next numbers. Without N, it lists all texts. For a text of an assessment, REF
/// is `area:` and the area; for the reason for days away, `away:` and one of the days. The text is
/// erased from the record and its file; the record keeps only the fact that there was one. Nothing
/// brings it back, not even `undo`.
///
/// Machines that sync with this record erase it as well, after `milepost sync` here and there; so does
/// a record that imports an export of this one. A remote might keep it in an older file, encrypted.
/// What you exported, copied or sent elsewhere still has it. The answer names the copies beside the record that still
/// have it.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost redact fastapi 2
  milepost redact fastapi 2 --yes
  milepost redact area:retrieval 1
  milepost redact away:2026-12-20 1")]
pub struct Args {
    /// The stage, topic or item; `area:ID` or `away:DATE`
    #[arg(value_name = "REF", add = super::completions::references())]
    reference: String,

    /// The number of the text
    #[arg(value_name = "N")]
    number: Option<usize>,

    /// Erase it without asking
    #[arg(short, long)]
    yes: bool,
}

/// Runs the command.
///
/// # Errors
/// There is no such text, nobody said yes, or the record cannot be written. Nothing was erased then.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let (reference, number) = (args.reference.clone(), args.number);
    let mut query = Query { reference, number, yes: args.yes, agreed: None };
    let answer = loop {
        let replace =
            |query: &mut Query, _: &str, chosen: &str| query.reference = chosen.to_owned();
        match redact::report(&query, &context.app) {
            Ok(answer) => break answer,
            Err(error) => match (ask(&error, out)?, error) {
                (Some(Said::Number(number)), _) => query.number = Some(number),
                (Some(Said::Text(text)), _) => query.agreed = Some(text),
                (None, error) => select::choose_in(&mut query, replace, error, out)?,
            },
        }
    };
    out.tell_answer(&answer, said)
}

/// What somebody at the terminal said.
enum Said {
    Number(usize),
    Text(String),
}

/// Asks what is open; `None` if something else is wrong, or nobody can be asked.
fn ask(error: &milepost_core::Error, out: &mut Output<'_, '_>) -> Result<Option<Said>> {
    let milepost_core::Error::Refused(refusal) = error else { return Ok(None) };
    let (milepost_core::Refusal::Redact(refusal), Some(prompt)) = (&**refusal, out.prompt()) else {
        return Ok(None);
    };
    match refusal {
        Refusal::NoNumber { texts, .. } => {
            let lines = (1..).zip(texts).map(|(number, text)| words::texts::line(number, text));
            let chosen = prompt.choose("Erase which?", &lines.collect::<Vec<_>>())?;
            Ok(Some(Said::Number(chosen + 1)))
        }
        Refusal::Unconfirmed { reference, text } => {
            if !prompt.confirm(&words::redact::question(reference, text))? {
                return Err(Error::cancelled());
            }
            Ok(Some(Said::Text(text.text.clone())))
        }
    }
}

fn said(report: &Report, screen: &Screen) -> String {
    let title = screen.paint.bold(&safe::line(&report.title));
    let reference = screen.paint.dim(report.reference.as_str());
    let rest = format!("{reference}  {} {} erased for good", report.kind.as_str(), report.number);
    item_row::line("", &title, &rest, screen)
}
