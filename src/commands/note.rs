//! `milepost note`

use std::path::Path;

use super::mark::{self, Request};
use super::{input, row, select};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::event::{Entry, Fact, Remark};
use crate::model::roadmap::Node;
use crate::model::standing::{Status, Subject};
use crate::output::{Output, Screen};
use crate::text::{safe, width};

/// Add a note or evidence
///
/// Notes are found by `milepost search`; evidence stands in the portfolio. Without TEXT the editor
/// opens; without REF one chooses from what is open.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost note fastapi \"dependency injection is the point\"
  milepost note qa-system --evidence https://github.com/me/qa
  milepost note fastapi")]
pub struct Args {
    /// What it is about
    #[arg(value_name = "REF", add = super::completions::references())]
    reference: Option<String>,

    /// The note; `-` reads it from standard input
    text: Option<String>,

    /// A URL, file or commit that shows it; may be given several times
    #[arg(long, value_name = "URL")]
    evidence: Vec<String>,

    /// The day that it is for: 2026-11-20, yesterday, monday, `3 days ago`
    #[arg(long, value_name = "DATE", add = super::completions::past_days())]
    on: Option<String>,
}

/// A note longer than this is a document.
const MOST_BYTES: usize = 64 * 1024;
/// What is piped is read so far, to say that it is too long.
const MOST_PIPED: usize = 1024 * 1024;

/// Runs the command.
///
/// # Errors
/// There is nothing to say, or see [`mark::run`].
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let mut refs: Vec<String> = args.reference.iter().cloned().collect();
    if refs.is_empty() && args.evidence.is_empty() && out.prompt().is_some() {
        // Chosen before the editor opens, so that leaving the choice loses no text.
        let standing = context.standing()?;
        refs.push(mark::choose_one("note", "Note on", &standing, context, out)?.to_string());
    }
    let text = match &args.text {
        Some(text) if text == "-" => Some(input::text(Path::new("-"), MOST_PIPED)?),
        Some(text) => Some(text.clone()),
        None if !args.evidence.is_empty() => None,
        None => Some(edited(&refs, context, out)?),
    };
    if text.as_ref().is_some_and(|text| text.len() > MOST_BYTES) {
        return Err(Error::usage("the note is longer than 64 KiB")
            .hint("keep it in a file and give that as evidence"));
    }
    let remark = mark::remark(text.as_deref(), &args.evidence)?;
    let on = mark::day(args.on.as_deref(), context)?;
    if let [reference] = refs.as_slice()
        && let Some(done) = about_a_part(reference, &remark, on, context, out)?
    {
        return Ok(done);
    }
    let request = Request {
        command: "note",
        verb: "Note on",
        refs: &refs,
        status: None,
        known: false,
        remark,
        on,
        yes: true,
    };
    mark::run(&request, context, out)
}

/// A note on a topic or stage is kept with it, not with its items.
fn about_a_part(
    reference: &str,
    remark: &Remark,
    on: chrono::NaiveDate,
    context: &Context,
    out: &mut Output<'_, '_>,
) -> Result<Option<()>> {
    let followed = match context.store()? {
        Some(mut store) => store.read()?.standing_of([])?,
        None => Default::default(),
    };
    let node = select::node(reference, &followed.followed_ids(), context, out)?;
    match node {
        Node::Item(_) => return Ok(None),
        Node::Path(_) => {
            return Err(Error::failed(
                "notes are kept with stages, topics and items, not with paths",
            )
            .hint(format!("name a part of `{}`", node.reference())));
        }
        Node::Stage(..) | Node::Topic(..) => {}
    }
    let subject = node.reference();
    let mut store = context.store_to_write()?;
    let mut writing = store.write(context.stamp)?;
    let known = match writing.reading().standing_of([&subject])?.subject(&subject) {
        Some(Subject::Item(state)) => state,
        _ => Default::default(),
    };
    let mut remark = remark.clone();
    remark.evidence.retain(|text| !known.evidence.iter().any(|said| said.text == *text));
    let title = node.title().to_owned();
    let news = !remark.is_empty();
    let report = if news {
        let fact = Fact::Noted(remark);
        writing.append(Entry { subject: subject.clone(), title: Some(title.clone()), fact }, on)?;
        context.commit(writing)?;
        let same = Status::Todo.as_str();
        let change = mark::Changed { reference: subject, title, from: same, to: same };
        mark::Report::of_changes(vec![change])
    } else {
        drop(writing);
        mark::Report::of_unchanged(subject)
    };
    out.report("note", &report, |_, screen| said(&node, news, screen))?;
    Ok(Some(()))
}

fn said(node: &Node<'_>, news: bool, screen: &Screen) -> String {
    let reference = node.reference();
    if !news {
        return width::wrap_indented(
            "",
            "  ",
            &format!("{reference}: nothing new was said"),
            screen.text_width(),
        );
    }
    let title = screen.paint.bold(&safe::line(node.title()));
    let rest = format!("{} noted", screen.paint.dim(reference.as_str()));
    row::line("", &format!("{title} ({})", node.kind()), &rest, screen)
}

fn edited(refs: &[String], context: &Context, out: &mut Output<'_, '_>) -> Result<String> {
    // A wrong reference is told before somebody writes a page.
    for reference in refs {
        select::node(reference, &context.standing()?.followed_ids(), context, out)?;
    }
    let Some(prompt) = out.prompt() else {
        return Err(Error::usage("there is no note, and nobody can be asked")
            .hint("give the text after the reference, or `-` to read it from standard input"));
    };
    match prompt.edit("")? {
        Some(text) if !text.trim().is_empty() => Ok(text),
        _ => Err(Error::cancelled()),
    }
}
