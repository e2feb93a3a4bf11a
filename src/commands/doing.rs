//! `milepost doing`

use milepost_core::report::mark::{Query, Verb};

use super::shared::mark;
use crate::context::Context;
use crate::error::Result;
use crate::output::Output;

/// Mark items as in progress
///
/// What is in progress comes first in `milepost next`. Without REF, you pick from a list of what is
/// open.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost doing fastapi
  milepost doing qa-system --on monday")]
pub struct Args {
    /// The items, topics, stages or paths
    #[arg(value_name = "REF", add = super::completions::not_begun())]
    refs: Vec<String>,

    /// The day it happened [default: today]: 2026-11-20, monday, `3 days ago`
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, add = super::completions::past_days())]
    on: Option<String>,

    /// Add a note; `-` reads it from standard input
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    note: Option<String>,

    /// Mark whole topics, stages and paths without asking
    #[arg(short, long)]
    yes: bool,
}

/// Runs the command.
///
/// # Errors
/// See [`mark::run`].
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let query = Query {
        remark: mark::given(args.note.as_deref(), &[])?,
        on: mark::day_or_none(args.on.as_deref(), context)?,
        yes: args.yes,
        ..Query::new(Verb::Doing, args.refs.clone())
    };
    mark::run(query, context, out)
}
