//! `milepost sync forget`

use milepost_core::report::sync::Refusal;
use milepost_core::report::sync::forget::{self, Query};

use super::{Patience, access, in_turn};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::output::Output;
use crate::text::width;
use crate::words::sync::{ask_to_erase, forgotten};

/// Stop syncing with a remote
///
/// Your record stays as it is, and so does the log at the remote. `--erase` removes that log, too; the
/// history of a git repository still has it, encrypted.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost sync forget
  milepost sync forget stick
  milepost sync forget stick --erase")]
pub(super) struct Args {
    /// The remote [default: home, or the only one]
    #[arg(value_name = "NAME", add = crate::commands::completions::remotes())]
    remote: Option<String>,

    /// Remove the log from the remote, too
    #[arg(long)]
    erase: bool,

    /// Remove it without asking
    #[arg(short, long, requires = "erase")]
    yes: bool,

    #[command(flatten)]
    patience: Patience,
}

pub(super) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let access = access(args.patience, context, out)?;
    let mut query = Query { remote: args.remote.clone(), erase: args.erase, yes: args.yes, access };
    let can_ask = out.prompt().is_some();
    let forget = |query: &mut Query, out: &mut Output<'_, '_>| {
        in_turn(args.patience, context, out, |patience| {
            query.access.patience = patience;
            match forget::report(query, &context.app) {
                Err(error) => match question(&error).filter(|_| can_ask) {
                    Some(question) => Ok(Err(question)),
                    None => Err(error),
                },
                Ok(answer) => Ok(Ok(answer)),
            }
        })
    };
    let mut done = forget(&mut query, out)?;
    if let (Err(question), Some(prompt)) = (&done, out.prompt()) {
        if !prompt.confirm(question)? {
            return Err(Error::cancelled());
        }
        query.yes = true;
        done = forget(&mut query, out)?;
    }
    let Ok(answer) = done else { return Err(Error::cancelled()) };
    out.tell_answer(&answer, |report, screen| {
        width::wrap_indented("", "  ", &forgotten(report), screen.sentence_width())
    })
}

/// What a person is asked before the log is erased.
fn question(error: &milepost_core::Error) -> Option<String> {
    let milepost_core::Error::Refused(refusal) = error else { return None };
    match &**refusal {
        milepost_core::Refusal::Sync(Refusal::EraseNeedsYes { remote, url, waiting }) => {
            Some(ask_to_erase(remote, url, *waiting))
        }
        _ => None,
    }
}
