//! `milepost interview`: `session` asks at the terminal, `answers` reads grades from a file, `text`
//! writes the report for people.

mod answers;
mod session;
mod text;

use std::path::PathBuf;

use milepost_core::Hint;
use milepost_core::report::interview::{self, Answers, Mode, Query, Questions, Report};

use super::shared::mark;
use crate::config;
use crate::context::Context;
use crate::error::{Code, Error, Result};
use crate::output::{Output, Screen};

/// Practise interview questions
///
/// Asks a question, waits until you have answered aloud, shows what a strong answer covers, and
/// takes your own grade: again (not known), hard, good or easy. Each answer is saved at once, so
/// you can stop at any time. Questions graded `again` come once more before the end.
///
/// Questions come back by spaced repetition: FSRS-6 with its default parameters and a target recall
/// of 90%, in whole days. Due questions come first; then new ones from topics that you finished, in
/// turns, the weakest interview topic first; then other new ones; then those that are not due yet.
///
/// Readiness for an interview topic, in percent, is half the recall expected today (the mean over
/// its questions; an unanswered one counts 0), a quarter the skills done in the topics that it
/// covers, and a quarter the milestones done that require one of these. Skipped ones are not
/// counted; if there are no skills or milestones, the rest counts in proportion.
///
/// A mock interview is a task with a time limit, and criteria that you or your interviewer can
/// check. A file for --answers has a table `grades` with a line for each question, such as
/// `idempotency = "good"`; if several paths have the id, write it as `"path/question:id"`.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost interview
  milepost interview ai-integration -n 10
  milepost interview --list
  milepost interview --readiness
  milepost interview --practice system-design
  milepost interview --answers grades.toml --on yesterday")]
pub struct Args {
    /// The path [default: the paths that you follow]
    #[arg(value_name = "PATH", add = super::completions::paths())]
    path: Option<String>,

    /// At most this many questions; 0 for all [default: 5; all with --list]
    #[arg(short = 'n', long, value_name = "N", conflicts_with_all = ["readiness", "answers"])]
    limit: Option<u16>,

    /// List the questions in the order in which they will be asked
    #[arg(long, conflicts_with_all = ["readiness", "answers"])]
    list: bool,

    /// Show how ready you are for each topic, and what to do next
    #[arg(long, conflicts_with = "answers")]
    readiness: bool,

    /// List the mock interviews, or show one in full
    #[arg(long, value_name = "ID", num_args = 0..=1, add = super::completions::practice(), conflicts_with_all = ["path", "limit", "list", "readiness", "answers"])]
    practice: Option<Option<String>>,

    /// Read grades from a TOML file (`-` for standard input)
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with = "path",
        value_hint = clap::ValueHint::FilePath,
        value_parser = config::file_name()
    )]
    answers: Option<PathBuf>,

    /// The day [default: today]: 2026-11-20, yesterday, monday, `3 days ago`
    #[arg(long, value_name = "DATE", requires = "answers", allow_hyphen_values = true, add = super::completions::past_days())]
    on: Option<String>,
}

/// How many questions a session asks.
const QUESTIONS: u16 = 5;

/// Runs the command.
///
/// # Errors
/// The path is unknown, there is nobody or nothing to ask, the session was left, a file of answers
/// cannot be used, or the record cannot be read or written.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let app = &context.app;
    let query = if let Some(file) = &args.answers {
        let on = mark::day(args.on.as_deref(), context)?;
        Query::Answers(Answers { given: answers::read(file, app)?, on, just_now: None })
    } else if let Some(id) = &args.practice {
        Query::Practice(id.clone())
    } else if args.readiness {
        Query::Readiness(args.path.clone())
    } else if args.list {
        Query::Questions(questions(args, 0))
    } else {
        return session(args, context, out);
    };
    let in_full = matches!(query, Query::Practice(Some(_)));
    let answer = interview::report(&query, app)?;
    out.tell_answer(&answer, |report, screen| text::text(report, in_full, screen))
}

/// The report for people; of mock interviews, a list.
pub fn text(report: &Report, screen: &Screen) -> String {
    text::text(report, false, screen)
}

/// Which questions are asked for; so many where the command line does not say.
fn questions(args: &Args, most: u16) -> Questions {
    let most = Some(args.limit.unwrap_or(most)).filter(|most| *most > 0).map(usize::from);
    Questions { path: args.path.clone(), most, open: !args.list }
}

/// Asks at the terminal; what was answered is told, also where the session was left.
fn session(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let asked = interview::questions(&questions(args, QUESTIONS), &context.app)?.questions;
    if out.prompt().is_none() {
        return Err(Error::new(
            Code::NoTerminal,
            "an interview needs you at a terminal, and there is none",
        )
        .hint("`milepost interview --list` shows the questions; `--answers FILE` records grades"));
    }
    let (answered, left) = session::run(&asked, context, out);
    if answered.is_empty() && left.is_err() {
        return left;
    }
    let hint = asked.is_empty().then_some(Hint::AllAnswered);
    let report = Report { answered, ..Report::of(Mode::Session) };
    let answer = context.app.answer(report).hint(hint);
    out.tell_answer(&answer, |report, screen| text::text(report, false, screen))?;
    left
}
