//! `milepost redact`

use serde::Serialize;

use super::{row, select, texts};
use crate::context::Context;
use crate::disk;
use crate::error::{Code, Error, Result};
use crate::model::event::{Entry, Fact, Part};
use crate::model::roadmap::{Node, Ref};
use crate::model::said::{Kind, Text};
use crate::output::{Output, Screen};
use crate::store::{Writing, copies};
use crate::text::safe;

/// Erase the text of a note or a piece of evidence for good
///
/// N is the number that `milepost show REF` gives it; after those that are shown come those that were
/// removed or undone, which the history still has. The text goes from the record and from its file; that
/// there was one stays. Nothing brings it back, not `undo` either.
///
/// Your other machines erase it when they import an export of this record. What you exported, copied or
/// sent elsewhere keeps it. The answer names the copies beside the record that do.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost redact fastapi 2
  milepost redact fastapi 2 --yes")]
pub struct Args {
    /// What it was said of
    #[arg(value_name = "REF", add = super::completions::references())]
    reference: String,

    /// The number of the text
    #[arg(value_name = "N")]
    number: Option<usize>,

    /// Erase it without a question
    #[arg(short, long)]
    yes: bool,
}

#[derive(Serialize)]
struct Report {
    #[serde(rename = "ref")]
    reference: Ref,
    title: String,
    kind: Kind,
    number: usize,
    /// The copies beside the record that still have the text.
    copies: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// There is no such text, nobody said yes, or the record cannot be written. Nothing was erased then.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let mut store = context.store()?;
    let followed = match &mut store {
        Some(store) => store.read()?.standing_of([])?,
        None => Default::default(),
    };
    let node = select::node(&args.reference, &followed.followed_ids(), context, out)?;
    let Some(mut store) = store else {
        return texts::with_number(0, &[], &node).map(|_| ());
    };
    let all = {
        let found = texts::of(&node, &store.read()?, context)?;
        [found.standing, found.gone].concat()
    };
    let number = number(args, &all, &node, out)?;
    let text = texts::with_number(number, &all, &node)?;
    if !args.yes {
        confirm(text, &node, out)?;
    }
    // Whatever else says the same of it goes, too.
    let same = all.iter().filter(|one| one.said.text == text.said.text);
    let parts: Vec<(Ref, Part)> = same.flat_map(|one| one.parts.clone()).collect();
    let erase = |writing: &mut Writing<'_>, (): &()| -> Result<()> {
        for (place, part) in &parts {
            let title = Some(node.title().to_owned());
            let fact = Fact::Redacted(*part);
            writing.append(Entry { subject: place.clone(), title, fact }, context.today())?;
        }
        Ok(())
    };
    store.write_anew(context.stamp, |_| Ok(()), erase)?;
    let path = store.path().to_path_buf();
    drop(store);
    let parts: Vec<Part> = parts.into_iter().map(|(_, part)| part).collect();
    let copies = copies::with_texts(&path, &parts);
    let report = Report {
        reference: node.reference(),
        title: node.title().to_owned(),
        kind: text.kind,
        number,
        copies: copies.iter().map(|copy| copy.display().to_string()).collect(),
    };
    out.report("redact", &report, said)?;
    if !copies.is_empty() {
        let names: Vec<String> = copies.iter().map(|copy| disk::show(copy)).collect();
        out.warn(&format!(
            "these copies beside the record still have the text; delete them, or keep them where nobody \
             else looks: {}",
            names.join(", ")
        ));
    }
    out.say("what was exported, copied or sent elsewhere, and your other machines, still have it");
    Ok(())
}

/// The number that was given, or chosen at the terminal.
fn number(args: &Args, all: &[Text], node: &Node<'_>, out: &mut Output<'_, '_>) -> Result<usize> {
    if let Some(number) = args.number {
        return Ok(number);
    }
    texts::with_number(1, all, node)?;
    let lines: Vec<String> = (1..).zip(all).map(|(n, text)| texts::line(n, text)).collect();
    let Some(prompt) = out.prompt() else {
        let error = Error::new(Code::NoTerminal, "no number says which text to erase");
        return Err(texts::listed(error, all, node));
    };
    Ok(prompt.choose("Erase which?", &lines)? + 1)
}

fn confirm(text: &Text, node: &Node<'_>, out: &mut Output<'_, '_>) -> Result<()> {
    let (kind, reference) = (text.kind.as_str(), node.reference());
    let shown = safe::short(&text.said.text, texts::MOST_SHOWN);
    let Some(prompt) = out.prompt() else {
        let message = format!("`{shown}` would be erased for good, and nobody can be asked");
        return Err(Error::new(Code::NoTerminal, message).hint("pass `--yes`"));
    };
    let question = format!("Erase for good, with no way back, the {kind} on {reference}: {shown}?");
    if prompt.confirm(&question)? { Ok(()) } else { Err(Error::cancelled()) }
}

fn said(report: &Report, screen: &Screen) -> String {
    let title = screen.paint.bold(&safe::line(&report.title));
    let reference = screen.paint.dim(report.reference.as_str());
    let rest =
        format!("{reference}  {} {} is erased for good", report.kind.as_str(), report.number);
    row::line("", &title, &rest, screen)
}
