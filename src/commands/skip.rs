//! `milepost skip`

use milepost_core::report::mark::{Query, Verb};

use super::shared::mark;
use crate::context::Context;
use crate::error::Result;
use crate::output::Output;

/// Skip items on purpose
///
/// Skipped items count neither as done nor as left, and hold nothing back. `milepost todo` reopens
/// them.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost skip pinecone --why \"we use pgvector\"
  milepost skip ai-integration/mlops --yes")]
pub struct Args {
    /// The items, topics, stages or paths
    #[arg(value_name = "REF", add = super::completions::open())]
    refs: Vec<String>,

    /// The day it happened [default: today]: 2026-11-20, monday, `3 days ago`
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, add = super::completions::past_days())]
    on: Option<String>,

    /// The reason, kept as a note; `-` reads it from standard input
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    why: Option<String>,

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
        remark: mark::given(args.why.as_deref(), &[])?,
        on: mark::day_or_none(args.on.as_deref(), context)?,
        yes: args.yes,
        ..Query::new(Verb::Skip, args.refs.clone())
    };
    mark::run(query, context, out)
}
