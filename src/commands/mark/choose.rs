//! Items chosen at the terminal, where no reference was named.

use super::Request;
use crate::context::Context;
use crate::error::{Code, Error, Result};
use crate::model::event::Remark;
use crate::model::roadmap::{Item, Node, Ref};
use crate::model::standing::{Standing, Status};
use crate::model::view::{Readiness, View};
use crate::output::Output;
use crate::text::safe;

/// Lets one choose an item at the terminal.
///
/// # Errors
/// Nobody can be asked, there is nothing to choose from, or the choice was left.
pub fn choose_one(
    command: &'static str,
    verb: &'static str,
    standing: &Standing,
    context: &Context,
    out: &mut Output<'_, '_>,
) -> Result<Ref> {
    let request = Request {
        command,
        verb,
        refs: &[],
        status: None,
        known: false,
        remark: Remark::default(),
        on: context.today(),
        is_dated: false,
        yes: true,
        with_skills: false,
    };
    let chosen = at_the_terminal(&request, standing, context, out)?;
    chosen.first().map(Item::reference).ok_or_else(Error::cancelled)
}

/// Lets one choose from what is open and ready; what was begun comes first.
pub(super) fn at_the_terminal<'a>(
    request: &Request<'_>,
    standing: &Standing,
    context: &'a Context,
    out: &mut Output<'_, '_>,
) -> Result<Vec<Item<'a>>> {
    let view = View { shelf: context.catalog(), standing };
    let followed = context.followed(standing);
    let mut readiness = Readiness::new(view);
    let mut open: Vec<Item<'a>> = followed
        .iter()
        .flat_map(|roadmap| roadmap.items())
        .filter(|item| view.is_open(item) && readiness.is_ready(&Node::Item(*item)))
        .filter(|item| request.status != Some(view.status(item)))
        .collect();
    open.sort_by_key(|item| view.status(item) != Status::Doing);
    let command = request.command;
    let Some(prompt) = out.prompt() else {
        return Err(Error::new(
            Code::NoTerminal,
            format!("`milepost {command}` needs to be told which item"),
        )
        .hint(format!("for example `milepost {command} fastapi`; `milepost next` lists some")));
    };
    if open.is_empty() {
        return Err(Error::new(Code::NothingThere, "nothing that is followed is open and ready")
            .hint("`milepost start PATH` follows a path; `milepost paths` lists them"));
    }
    let lines: Vec<String> = open
        .iter()
        .map(|item| {
            let begun = if view.status(item) == Status::Doing { ", in progress" } else { "" };
            let title = safe::line(item.title());
            format!("{title}  ({}, {}{begun})", item.reference(), item.kind())
        })
        .collect();
    let question = format!("{} which?", request.verb);
    let picked = if request.status.is_some() {
        prompt.choose_some(&question, &lines)?
    } else {
        vec![prompt.choose(&question, &lines)?]
    };
    if picked.is_empty() {
        return Err(Error::cancelled());
    }
    Ok(picked.into_iter().filter_map(|at| open.get(at).copied()).collect())
}
