//! `milepost interview`: `session` asks at the terminal, `answers` reads grades from a file, `text`
//! writes the report for people.

mod answers;
mod session;
mod text;

use std::path::PathBuf;

use super::mark;
use crate::config;
use crate::context::Context;
use crate::error::{Code, Error, Result};
use crate::output::Output;
use crate::report::Hint;
use crate::report::interview::{self, Answers, Mode, Query, Questions, Report};

/// Practise interview questions
///
/// It asks, waits until you have answered aloud, shows what a strong answer covers, and takes your
/// own grade: again (not known), hard, good or easy. Each answer is recorded at once, so leave when
/// you like. What was graded `again` is asked once more before the end.
///
/// Questions come back by spaced repetition: FSRS-6 with its default parameters and a recall of
/// 90 %, in whole days. First asked is what is due; then what was never asked and exercises topics
/// that you finished, the weakest interview topic first, in turns; then what is new otherwise; then
/// what is not due yet.
///
/// Readiness for an interview topic is, in percent, half the recall expected today (the mean over
/// its questions; never answered counts 0), a quarter the skills done of the topics that it
/// exercises, and a quarter the milestones done that require one of these. What is skipped is not
/// counted; where there is no skill or milestone, the rest counts in proportion.
///
/// A mock interview is a task with a time limit, and criteria to check yourself by, or to hand to
/// the one who asks you.
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
    /// The path; the followed ones where it is left out
    #[arg(value_name = "PATH", add = super::completions::paths())]
    path: Option<String>,

    /// At most this many questions, 0 for all; a session asks 5 where it is left out
    #[arg(short, value_name = "N", conflicts_with_all = ["readiness", "answers"])]
    n: Option<u16>,

    /// List the questions in the order in which they are asked
    #[arg(long, conflicts_with_all = ["readiness", "answers"])]
    list: bool,

    /// Say how ready you are by interview topic, weakest first, and what to do next
    #[arg(long, conflicts_with = "answers")]
    readiness: bool,

    /// List the mock interviews, or show one in full
    #[arg(long, value_name = "ID", num_args = 0..=1, add = super::completions::practice(), conflicts_with_all = ["path", "n", "list", "readiness", "answers"])]
    practice: Option<Option<String>>,

    /// Take grades from a TOML file (`-`: from standard input): a table `grades` with a line for each
    /// question, such as `idempotency = "good"`; a name that several paths have is quoted with its
    /// path
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with = "path",
        value_hint = clap::ValueHint::FilePath,
        value_parser = config::file_name()
    )]
    answers: Option<PathBuf>,

    /// The day of these answers: 2026-11-20, yesterday, monday, `3 days ago`
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
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
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

/// Which questions are asked for; so many where the command line does not say.
fn questions(args: &Args, most: u16) -> Questions {
    let most = Some(args.n.unwrap_or(most)).filter(|most| *most > 0).map(usize::from);
    Questions { path: args.path.clone(), most, open: !args.list }
}

/// Asks at the terminal; what was answered is told, also where the session was left.
fn session(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let asked = interview::questions(&questions(args, QUESTIONS), &context.app)?.questions;
    if out.prompt().is_none() {
        return Err(Error::new(
            Code::NoTerminal,
            "an interview needs somebody who answers, and nobody can be asked",
        )
        .hint("`milepost interview --list` shows the questions, `--answers FILE` takes grades"));
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
