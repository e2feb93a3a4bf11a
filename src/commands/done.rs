//! `milepost done`

use milepost_core::report::mark::{Query, Verb};

use super::mark;
use crate::context::Context;
use crate::error::Result;
use crate::output::Output;

/// Mark items done
///
/// REF is `path/item`, or just `item` if that is unambiguous. For a topic, stage or path, it marks
/// all open skills and milestones, after asking. Without REF, you pick from a list of what is open.
///
/// What is already done stays done: `--on` then changes its day, and `--known` credits it.
///
/// After a resource, it asks which of the skills that you have now studied you can do. After a
/// milestone, it shows the criteria and asks for evidence. Without a terminal, the answer shows the
/// commands for this instead.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost done fastapi
  milepost done fastapi rest-principles --on yesterday
  milepost done pretrained-model-api --evidence https://github.com/me/api
  milepost done faiss-wiki --with-skills
  milepost done foundations/programming --known --yes")]
pub struct Args {
    /// The items, topics, stages or paths
    #[arg(value_name = "REF", add = super::completions::open())]
    refs: Vec<String>,

    /// The day you did it [default: today]: 2026-11-20, yesterday, monday, `3 days ago`
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, add = super::completions::past_days())]
    on: Option<String>,

    /// Add a note; `-` reads it from standard input
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    note: Option<String>,

    /// Add evidence: a URL, file or commit; can be given several times
    #[arg(long, value_name = "URL")]
    evidence: Vec<String>,

    /// Credit it as already known: it counts as done, but not towards your pace
    #[arg(long)]
    known: bool,

    /// For a resource: also mark the skills that you have studied with it
    #[arg(long)]
    with_skills: bool,

    /// Mark whole topics, stages and paths without asking
    #[arg(short, long)]
    yes: bool,
}

/// Runs the command.
///
/// # Errors
/// See [`mark::run`].
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let remark = mark::given(args.note.as_deref(), &args.evidence)?;
    let query = Query {
        known: args.known,
        is_meant: mark::is_meant(&remark.evidence, out)?,
        remark,
        on: mark::day_or_none(args.on.as_deref(), context)?,
        yes: args.yes,
        with_skills: args.with_skills,
        ..Query::new(Verb::Done, args.refs.clone())
    };
    mark::run(query, context, out)
}
