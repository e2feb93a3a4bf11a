//! `milepost todo`

use milepost_core::report::mark::{Query, Verb};

use super::shared::mark;
use crate::context::Context;
use crate::error::Result;
use crate::output::Output;

/// Reopen items
///
/// They count as not begun; their history, notes and evidence are kept.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost todo fastapi
  milepost todo ai-integration/api-development --yes")]
pub struct Args {
    /// The items, topics, stages or paths
    #[arg(value_name = "REF", required = true, add = super::completions::begun())]
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
        ..Query::new(Verb::Todo, args.refs.clone())
    };
    mark::run(query, context, out)
}
