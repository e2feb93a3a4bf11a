//! `milepost done`

mod list;

use std::path::PathBuf;

use milepost_core::report::mark::{Query, Verb};
use milepost_core::report::ticks::list::{MOST_BYTES, read};
use milepost_core::report::ticks::{self, Refusal};

use super::shared::{input, mark};
use crate::config;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::output::Output;
use crate::words::ticks as words;

/// Mark items done
///
/// REF is `path/item`, or just `item` if that is unambiguous. For a topic, stage or path, it marks
/// all open skills and milestones, after asking. Without REF, you pick from a list of what is open.
///
/// With --from, it marks what is on a list: what you finished before you used milepost, or ticked in
/// another document. A list is TOML with a `[[tick]]` for each item, or CSV with a header. A line
/// names an item by `ref`, `url` or `title`, and can have `on`, `known`, `note` and `evidence`. It is
/// credited as already known unless it says `known = false`. You see what each line marks before
/// anything is recorded, and `milepost undo` takes it all back.
///
/// What is already done stays done: `--on` then changes its day, and `--known` credits it.
///
/// After a resource, it asks which of its skills you can do now. After a milestone, it shows the
/// criteria and asks for evidence. Without a terminal, it shows the commands for this instead.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost done fastapi
  milepost done fastapi rest-principles --on yesterday
  milepost done pretrained-model-api --evidence https://github.com/me/api
  milepost done faiss-wiki --with-skills
  milepost done foundations/programming --known --yes
  milepost done --from ticks.toml
  milepost done --from items.csv --on 2026-01-31 --yes")]
pub struct Args {
    /// The items, topics, stages or paths
    #[arg(value_name = "REF", add = super::completions::open())]
    refs: Vec<String>,

    /// The day you did it [default: today]: 2026-11-20, monday, `3 days ago`
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, add = super::completions::past_days())]
    on: Option<String>,

    /// Add a note; `-` reads it from standard input
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    note: Option<String>,

    /// Add evidence: a URL, file or commit; can be given several times
    #[arg(long, value_name = "URL")]
    evidence: Vec<String>,

    /// Credit it as known: it counts as done, but not towards your pace
    #[arg(long)]
    known: bool,

    /// For a resource: also mark the skills that you have studied with it
    #[arg(long)]
    with_skills: bool,

    /// Mark what is on a list, in TOML or CSV (`-` for standard input)
    #[arg(
        long,
        value_name = "TICKS",
        conflicts_with_all = ["refs", "note", "evidence", "known", "with_skills"],
        value_hint = clap::ValueHint::FilePath,
        value_parser = config::file_name()
    )]
    from: Option<PathBuf>,

    /// Leave out lines that match nothing, or several things
    #[arg(long, requires = "from", conflicts_with = "refs")]
    skip_unclear: bool,

    /// Mark topics, stages, paths and lists without asking
    #[arg(short, long)]
    yes: bool,
}

/// Runs the command.
///
/// # Errors
/// See [`mark::run`]; or a list cannot be read, or is wrong or unclear.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let on = mark::day_or_none(args.on.as_deref(), context)?;
    if let Some(file) = &args.from {
        let app = &context.app;
        let name = input::name(file);
        let text = input::text(file, MOST_BYTES)?;
        let list = read(&text, app.today()).map_err(|invalid| words::invalid(&name, &invalid))?;
        let (skip_unclear, yes) = (args.skip_unclear, args.yes);
        return from_list(ticks::Query { name, list, on, skip_unclear, yes }, context, out);
    }
    let remark = mark::given(args.note.as_deref(), &args.evidence)?;
    let query = Query {
        known: args.known,
        is_meant: mark::is_meant(&remark.evidence, out)?,
        remark,
        on,
        yes: args.yes,
        with_skills: args.with_skills,
        ..Query::new(Verb::Done, args.refs.clone())
    };
    mark::run(query, context, out)
}

/// Shows what a list comes to, asks whether that is meant, and records it.
fn from_list(mut query: ticks::Query, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let mut was_shown = false;
    let answer = loop {
        let refusal = match ticks::report(&query, &context.app) {
            Ok(answer) => break answer,
            Err(milepost_core::Error::Refused(refusal)) => *refusal,
            Err(error) => return Err(error.into()),
        };
        let milepost_core::Refusal::Ticks(Refusal::NeedsYes(report)) = refusal else {
            return Err(refusal.into());
        };
        if !out.is_json() {
            let screen = out.screen();
            out.tell(&list::preview(&report, &screen));
        }
        let is_json = out.is_json();
        let Some(prompt) = out.prompt().filter(|_| !is_json) else {
            return Err(milepost_core::Refusal::Ticks(Refusal::NeedsYes(report)).into());
        };
        if !prompt.confirm(&words::is_meant(&report))? {
            return Err(Error::cancelled());
        }
        (query.yes, was_shown) = (true, true);
    };
    let has_changed = !answer.report.mark.changed.is_empty();
    out.tell_answer(&answer, |report, screen| list::text(report, was_shown, screen))?;
    if has_changed {
        out.say(words::WAY_BACK);
    }
    Ok(())
}
