//! Items chosen at the terminal, where no reference was named.

use milepost_core::report::choice::{Open, open};
use milepost_core::report::mark::Verb;
use milepost_core::{App, Status};
use milepost_path::safe;

use crate::error::{Error, Result};
use crate::output::Output;
use crate::words::mark as said;

/// Lets you choose an item at the terminal.
///
/// # Errors
/// Nobody can be asked, there is nothing to choose from, or the choice was left.
pub(crate) fn choose_one(
    command: &str,
    verb: &str,
    app: &App,
    out: &mut Output<'_, '_>,
) -> Result<String> {
    let chosen = choose(command, verb, None, false, app, out)?;
    chosen.into_iter().next().ok_or_else(Error::cancelled)
}

/// Lets you choose items to mark; one to say something about.
pub(super) fn at_the_terminal(
    verb: Verb,
    app: &App,
    out: &mut Output<'_, '_>,
) -> Result<Vec<String>> {
    let status = verb.status();
    choose(verb.as_str(), said::verb(verb), status, status.is_some(), app, out)
}

fn choose(
    command: &str,
    verb: &str,
    without: Option<Status>,
    several: bool,
    app: &App,
    out: &mut Output<'_, '_>,
) -> Result<Vec<String>> {
    let Some(prompt) = out.prompt() else {
        return Err(said::none_named(command));
    };
    let open = open(without, app)?;
    if open.is_empty() {
        return Err(said::nothing_open());
    }
    let line = |Open { item, is_begun }: &Open| {
        let begun = if *is_begun { ", in progress" } else { "" };
        format!("{}  ({}, {}{begun})", safe::line(&item.title), item.reference, item.kind)
    };
    let lines: Vec<String> = open.iter().map(line).collect();
    let question = format!("{verb} which?");
    let picked = if several {
        prompt.choose_some(&question, &lines)?
    } else {
        vec![prompt.choose(&question, &lines)?]
    };
    if picked.is_empty() {
        return Err(Error::cancelled());
    }
    let chosen = picked.into_iter().filter_map(|at| open.get(at));
    Ok(chosen.map(|one| one.item.reference.to_string()).collect())
}
