//! `milepost note`

mod remove;

use chrono::NaiveDate;

use super::draft::Draft;
use super::mark;
use super::{row, select};
use crate::catalog::reference::{Lookup, look_up};
use crate::context::Context;
use crate::disk;
use crate::error::{Code, Error, Result};
use crate::model::event::{Entry, Fact, Remark};
use crate::model::former::Former;
use crate::model::roadmap::{Node, NodeKind, Ref};
use crate::model::standing::Subject;
use crate::output::{Output, Screen};
use crate::report::change::{Changed, Changes, State};
use crate::report::mark::{Query, Verb};
use crate::store::surroundings;
use crate::text::{safe, width};

/// Add a note or evidence
///
/// Notes are found by `milepost search`; evidence stands in the portfolio. Without TEXT the editor
/// opens; without REF one chooses from what is open.
///
/// `--remove` takes a note or a piece of evidence out of every view and export. The history keeps it, and
/// `milepost undo` brings it back.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost note fastapi \"dependency injection is the point\"
  milepost note qa-system --evidence https://github.com/me/qa
  milepost note fastapi
  milepost note fastapi --remove 2")]
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
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, add = super::completions::past_days())]
    on: Option<String>,

    /// Remove a note or a piece of evidence, by the number that `milepost show REF` gives it
    #[arg(long, value_name = "N", requires = "reference", conflicts_with_all = ["text", "evidence", "on"])]
    remove: Option<usize>,
}

/// Runs the command.
///
/// # Errors
/// There is nothing to say, or see [`mark::run`].
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    // All that can be refused is refused before somebody writes a page.
    let on = mark::day(args.on.as_deref(), context)?;
    let remark = mark::given(args.text.as_deref(), &args.evidence)?;
    mark::check(&remark.evidence, out)?;
    if let Some(former) = former(args, context)? {
        return on_former(&former, args, remark, on, context, out);
    }
    let node = subject(args, context, out)?;
    if let (Some(number), Some(node)) = (args.remove, &node) {
        return remove::run(node, number, context, out);
    }
    if !remark.is_empty() {
        return record(node.as_ref(), remark, on, context, out);
    }
    if out.prompt().is_none() {
        return Err(Error::new(Code::NoTerminal, "there is no note, and nobody can be asked")
            .hint("give the text after the reference, or `-` to read it from standard input"));
    }
    let node = node.ok_or_else(Error::cancelled)?;
    let others = surroundings::drafts(&context.db()?);
    let draft = Draft::new(&node, context)?;
    for file in others {
        out.say(&format!("{} holds a note that was not recorded", disk::show(&file)));
    }
    let done = written(&draft, out).and_then(|text| {
        let remark = mark::remark(Some(&text), &[])?;
        record(Some(&node), remark, on, context, out)
    });
    draft.end(done)
}

/// What a note is about that no path has any more.
fn former(args: &Args, context: &Context) -> Result<Option<Former>> {
    let Some(reference) = &args.reference else { return Ok(None) };
    let followed = match context.app.store()? {
        Some(mut store) => store.read()?.standing_of([])?,
        None => return Ok(None),
    };
    // Only what names nothing of a path.
    match look_up(context.catalog(), reference, &followed.followed_ids()) {
        Lookup::Unknown(_) => Ok(context.app.former(reference, &context.app.standing()?)?),
        _ => Ok(None),
    }
}

/// Records a note about something that no path has any more.
fn on_former(
    former: &Former,
    args: &Args,
    remark: Remark,
    on: NaiveDate,
    context: &Context,
    out: &mut Output<'_, '_>,
) -> Result<()> {
    let Former { reference, title, .. } = former;
    if args.remove.is_some() || remark.is_empty() {
        return Err(Error::new(Code::WrongKind, format!("{reference} is no longer in its path"))
            .hint(format!("`milepost note {reference} TEXT` still adds a note")));
    }
    let kind = former.kind().map_or("no longer in the path", NodeKind::as_str);
    record_on(reference.clone(), title, kind, remark, on, context, out)
}

/// What the note is about; none where nothing is named and nobody can be asked.
fn subject<'a>(
    args: &Args,
    context: &'a Context,
    out: &mut Output<'_, '_>,
) -> Result<Option<Node<'a>>> {
    let Some(reference) = &args.reference else {
        if out.prompt().is_none() {
            return Ok(None);
        }
        let chosen = mark::choose_one("note", "Note on", &context.app, out)?;
        return select::node(&chosen, &[], context, out).map(Some);
    };
    let followed = context.app.followed_ids()?;
    let followed: Vec<&str> = followed.iter().map(String::as_str).collect();
    let node = select::node(reference, &followed, context, out)?;
    if matches!(node, Node::Path(_)) {
        return Err(Error::new(
            Code::WrongKind,
            "notes are kept with stages, topics and items, not with paths",
        )
        .hint(format!("name a part of `{}`", node.reference())));
    }
    Ok(Some(node))
}

/// Lets a draft be written in the editor.
fn written(draft: &Draft, out: &mut Output<'_, '_>) -> Result<String> {
    out.prompt().ok_or_else(Error::cancelled)?.edit(draft.path())?;
    let text = draft.text()?;
    if text.trim().is_empty() { Err(Error::cancelled()) } else { Ok(text) }
}

fn record(
    node: Option<&Node<'_>>,
    remark: Remark,
    on: NaiveDate,
    context: &Context,
    out: &mut Output<'_, '_>,
) -> Result<()> {
    if let Some(node @ (Node::Stage(..) | Node::Topic(..))) = node {
        return record_on_a_part(node, remark, on, context, out);
    }
    let refs: Vec<String> = node.iter().map(|node| node.reference().to_string()).collect();
    // Somebody was asked about the evidence before, or was warned.
    let query = Query { remark, is_meant: true, on: Some(on), ..Query::new(Verb::Note, refs) };
    mark::run(query, context, out)
}

/// A note on a topic or stage is kept with it, not with its items.
fn record_on_a_part(
    node: &Node<'_>,
    remark: Remark,
    on: NaiveDate,
    context: &Context,
    out: &mut Output<'_, '_>,
) -> Result<()> {
    record_on(node.reference(), node.title(), node.kind().as_str(), remark, on, context, out)
}

/// A note that is kept with what has this reference and title.
fn record_on(
    subject: Ref,
    title: &str,
    kind: &str,
    mut remark: Remark,
    on: NaiveDate,
    context: &Context,
    out: &mut Output<'_, '_>,
) -> Result<()> {
    let mut store = context.store_to_write()?;
    let mut writing = store.write(context.stamp)?;
    let known = match writing.reading().subject(&subject)? {
        Some(Subject::Item(state)) => state,
        _ => Default::default(),
    };
    remark.evidence.retain(|text| !known.evidence.iter().any(|said| said.text == *text));
    let title = title.to_owned();
    let (news, reference) = (!remark.is_empty(), subject.clone());
    let report = if news {
        let fact = Fact::Noted(remark);
        writing.append(Entry { subject: subject.clone(), title: Some(title.clone()), fact }, on)?;
        context.commit(writing)?;
        let same = State::Item(known.status);
        let change = Changed { reference: subject, title: title.clone(), from: same, to: same };
        Changes { changed: vec![change], ..Changes::default() }
    } else {
        drop(writing);
        Changes { unchanged: vec![subject], ..Changes::default() }
    };
    out.report("note", &report, |_, screen| said(&reference, &title, kind, news, screen))
}

fn said(reference: &Ref, title: &str, kind: &str, news: bool, screen: &Screen) -> String {
    if !news {
        return width::wrap_indented(
            "",
            "  ",
            &format!("{reference}: nothing new was said"),
            screen.text_width(),
        );
    }
    let title = screen.paint.bold(&safe::line(title));
    let rest = format!("{} noted", screen.paint.dim(reference.as_str()));
    row::line("", &format!("{title} ({kind})"), &rest, screen)
}
