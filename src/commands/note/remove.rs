//! `note REF --remove N`

use crate::commands::{row, texts};
use crate::context::Context;
use crate::error::Result;
use crate::model::event::{Entry, Fact};
use crate::model::roadmap::Node;
use crate::model::standing::Status;
use crate::model::view::View;
use crate::output::Output;
use crate::report::change::{Changed, Changes, State};
use crate::text::safe;

/// Removes the text with a number. What the number names is looked up in the transaction: nobody else
/// can add or remove one in between.
///
/// # Errors
/// There is no such text, or the record cannot be written.
pub(super) fn run(
    node: &Node<'_>,
    number: usize,
    context: &Context,
    out: &mut Output<'_, '_>,
) -> Result<()> {
    let Some(mut store) = context.store()? else {
        return texts::with_number(number, &[], node).map(|_| ());
    };
    let mut writing = store.write(context.stamp)?;
    let found = texts::of(node, writing.reading(), context)?;
    let text = texts::with_number(number, &found.standing, node)?;
    let status = writing.reading().ask(|states| match node {
        Node::Item(item) => View { shelf: context.catalog(), standing: states }.status(item),
        _ => Status::Todo,
    })?;
    let today = writing.today();
    for (place, part) in &text.parts {
        let title = Some(node.title().to_owned());
        let fact = Fact::Unnoted(*part);
        writing.append(Entry { subject: place.clone(), title, fact }, today)?;
    }
    context.commit(writing)?;
    let state = State::Item(status);
    let (reference, title) = (node.reference(), node.title().to_owned());
    let change = Changed { reference, title, from: state, to: state };
    out.report("note", &Changes { changed: vec![change], ..Changes::default() }, |_, screen| {
        let mark = match node {
            Node::Item(_) => screen.paint.status_mark(row::mark(status)) + " ",
            _ => String::new(),
        };
        let title = screen.paint.bold(&safe::line(node.title()));
        let reference = screen.paint.dim(node.reference().as_str());
        let said = safe::short(&text.said.text, texts::MOST_SHOWN);
        let rest = format!("{reference}  {} removed: {said}", text.kind.as_str());
        row::line(&mark, &title, &rest, screen)
    })?;
    out.say("`milepost undo` brings it back; `milepost log` still has it");
    Ok(())
}
