//! `milepost done`

use super::mark;
use crate::context::Context;
use crate::error::Result;
use crate::output::Output;
use crate::report::mark::{Query, Verb};

/// Mark items done
///
/// REF is `path/item`, or `item` alone where that is clear. On a topic, stage or path it marks all
/// open skills and milestones, after a question. Without REF you choose from what is open.
///
/// What is done already stays done: `--on` then changes its day, `--known` credits it.
///
/// A resource that you finish can leave skills studied: nothing else of its topic teaches them. You are
/// asked which of them are true of you. For a milestone you are shown its criteria and asked what shows
/// it. Where nobody can be asked, the answer says how to tell it later.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost done fastapi
  milepost done fastapi rest-principles --on yesterday
  milepost done pretrained-model-api --evidence https://github.com/me/api
  milepost done faiss-wiki --with-skills
  milepost done foundations/programming --known --yes")]
pub struct Args {
    /// What is done: items, topics, stages or paths
    #[arg(value_name = "REF", add = super::completions::open())]
    refs: Vec<String>,

    /// The day on which it was done: 2026-11-20, yesterday, monday, `3 days ago`
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, add = super::completions::past_days())]
    on: Option<String>,

    /// Say something about it; `-` reads it from standard input
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    note: Option<String>,

    /// A URL, file or commit that shows it; may be given several times
    #[arg(long, value_name = "URL")]
    evidence: Vec<String>,

    /// Credit it as already known: it counts as done, not as pace
    #[arg(long)]
    known: bool,

    /// With a resource: also the skills that you have studied once it is done
    #[arg(long)]
    with_skills: bool,

    /// Mark whole topics, stages and paths without a question
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
