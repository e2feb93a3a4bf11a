//! `milepost sync forget`

use milepost_core::report;
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
/// Your record stays as it is, and so does what the remote has. `--erase` removes the log from the
/// remote as well, as far as that is possible: the history of a git repository keeps it, sealed.
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

    /// Do not ask whether to remove it
    #[arg(short, long, requires = "erase")]
    yes: bool,

    #[command(flatten)]
    patience: Patience,
}

pub(super) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let access = access(args.patience, context, out)?;
    let mut query = Query { remote: args.remote.clone(), erase: args.erase, yes: args.yes, access };
    let forget = |query: &mut Query, out: &mut Output<'_, '_>| {
        in_turn(args.patience, out, |patience| {
            query.access.patience = patience;
            forget::report(query, &context.app)
        })
    };
    let answer = match forget(&mut query, out) {
        Err(report::Error::Refused(refusal)) => match *refusal {
            report::Refusal::Sync(Refusal::EraseNeedsYes { remote, url, waiting })
                if out.prompt().is_some() =>
            {
                let Some(prompt) = out.prompt() else { return Err(Error::cancelled()) };
                if !prompt.confirm(&ask_to_erase(&remote, &url, waiting))? {
                    return Err(Error::cancelled());
                }
                query.yes = true;
                forget(&mut query, out)?
            }
            refusal => return Err(refusal.into()),
        },
        answer => answer?,
    };
    out.tell_answer(&answer, |report, screen| {
        width::wrap_indented("", "  ", &forgotten(report), screen.sentence_width())
    })
}
