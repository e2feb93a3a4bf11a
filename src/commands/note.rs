//! `milepost note`

use milepost_core::report::note::{self, About, Query, Report, What};
use milepost_core::{Annotation, disk, record};
use milepost_path::{Ref, safe};

use super::shared::draft::Draft;
use super::shared::{item_row, mark, select};
use crate::context::Context;
use crate::error::{Code, Error, Result};
use crate::output::{Output, Screen};
use crate::text::width;
use crate::words::texts::MOST_SHOWN;

/// Add a note or evidence
///
/// `milepost search` finds notes; evidence appears in the portfolio. Without TEXT, your editor
/// opens; without REF, you pick from a list of what is open.
///
/// `--remove` takes a note or a piece of evidence out of every view and export. The history keeps
/// it, and `milepost undo` brings it back.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost note fastapi \"dependency injection is the point\"
  milepost note qa-system --evidence https://github.com/me/qa
  milepost note fastapi
  milepost note fastapi --remove 2")]
pub struct Args {
    /// The stage, topic or item
    #[arg(value_name = "REF", add = super::completions::references())]
    reference: Option<String>,

    /// The note; `-` reads it from standard input
    text: Option<String>,

    /// Add evidence: a URL, file or commit; can be given several times
    #[arg(long, value_name = "URL")]
    evidence: Vec<String>,

    /// The day it happened [default: today]: 2026-11-20, monday, `3 days ago`
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, add = super::completions::past_days())]
    on: Option<String>,

    /// Remove the note or evidence with this number in `milepost show`
    #[arg(long, value_name = "N", requires = "reference", conflicts_with_all = ["text", "evidence", "on"])]
    remove: Option<usize>,
}

/// Runs the command.
///
/// # Errors
/// There is nothing to say, or see [`note::report`].
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    // All that can be refused is refused before somebody writes a page.
    let on = mark::day_or_none(args.on.as_deref(), context)?;
    let remark = mark::given(args.text.as_deref(), &args.evidence)?;
    if let Some(number) = args.remove {
        let reference = args.reference.clone().unwrap_or_default();
        return answer(Query { reference, what: What::Remove(number) }, context, out);
    }
    let is_meant = mark::is_meant(&remark.evidence, out)?;
    if remark.is_empty() && out.prompt().is_none() {
        if let Some(reference) = &args.reference {
            note::about(reference, &context.app)?;
        }
        return Err(Error::new(Code::NoTerminal, "there is no note and no terminal to ask on")
            .hint("give the text after the reference, or `-` to read it from standard input"));
    }
    let reference = match &args.reference {
        Some(reference) => reference.clone(),
        None => mark::choose_one("note", "Note on", &context.app, out)?,
    };
    let add = |remark| What::Add { remark, is_meant, on };
    if !remark.is_empty() {
        return answer(Query { reference, what: add(remark) }, context, out);
    }
    let replace = |reference: &mut String, _: &str, chosen: &str| *reference = chosen.to_owned();
    let About { reference, .. } =
        select::complete(reference, replace, out, |text| note::about(text, &context.app))?;
    write(&reference, add, context, out)
}

/// Lets somebody write a note in the editor, and records it.
fn write(
    reference: &Ref,
    add: impl Fn(Annotation) -> What,
    context: &Context,
    out: &mut Output<'_, '_>,
) -> Result<()> {
    let others = record::drafts(&context.app.db()?);
    let draft = Draft::new(reference, context)?;
    for file in others {
        out.say(&format!("{} holds a note that was not recorded", disk::show(&file)));
    }
    let done = written(&draft, out).and_then(|text| {
        let what = add(mark::remark(Some(&text), &[])?);
        answer(Query { reference: reference.to_string(), what }, context, out)
    });
    draft.end(done)
}

/// Lets a draft be written in the editor.
fn written(draft: &Draft, out: &mut Output<'_, '_>) -> Result<String> {
    out.prompt().ok_or_else(Error::cancelled)?.edit(draft.path())?;
    let text = draft.text()?;
    if text.trim().is_empty() { Err(Error::cancelled()) } else { Ok(text) }
}

fn answer(query: Query, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let replace = |query: &mut Query, _: &str, chosen: &str| query.reference = chosen.to_owned();
    let answer = select::complete(query, replace, out, |query| note::report(query, &context.app))?;
    out.tell_answer(&answer, text)
}

/// The report for people.
pub fn text(report: &Report, screen: &Screen) -> String {
    match report {
        Report::Item(report) => mark::text(report, screen),
        Report::Whole { about, changes } if changes.changed.is_empty() => {
            let line = format!("{}: nothing new was said", about.reference);
            width::wrap_indented("", "  ", &line, screen.text_width())
        }
        Report::Whole { about, .. } => {
            let kind = about.kind.map_or("no longer in the path", |kind| kind.as_str());
            let title = format!("{} ({kind})", screen.paint.bold(&safe::line(&about.title)));
            let rest = format!("{}  noted", screen.paint.dim(about.reference.as_str()));
            item_row::line("", &title, &rest, screen)
        }
        Report::Removed { about, status, kind, text, .. } => {
            let mark = status.map(|status| screen.paint.status_mark(item_row::mark(status)) + " ");
            let title = screen.paint.bold(&safe::line(&about.title));
            let reference = screen.paint.dim(about.reference.as_str());
            let said = safe::short(text, MOST_SHOWN);
            let rest = format!("{reference}  {} removed: {said}", kind.as_str());
            item_row::line(&mark.unwrap_or_default(), &title, &rest, screen)
        }
    }
}
