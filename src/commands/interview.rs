//! `milepost interview`: `session` asks at the terminal, `answers` reads grades from a file, `text`
//! writes the report for people.

mod answers;
mod session;
mod text;

use std::path::PathBuf;

use chrono::NaiveDate;
use serde::Serialize;

use super::mark;
use crate::catalog::reference::named;
use crate::config;
use crate::context::Context;
use crate::error::{Code, Error, Result};
use crate::model::amounts::two_decimals;
use crate::model::career::Practice;
use crate::model::event::{Entry, Fact, Grade};
use crate::model::interview::{self, Because, Candidate, Memory, Readiness};
use crate::model::progress::Count;
use crate::model::roadmap::{Asked, Ref, Roadmap};
use crate::model::standing::{Answer, Standing};
use crate::model::view::View;
use crate::output::Output;
use crate::report::aim;
use crate::store::{Stamp, Writing};
use crate::words::unknown;

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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Mode {
    Session,
    Answers,
    List,
    Readiness,
    Practice,
}

#[derive(Serialize)]
struct Report {
    mode: Mode,
    /// With `--list`.
    questions: Vec<QuestionPart>,
    /// What a session or `--answers` recorded.
    answered: Vec<Answered>,
    /// What `--answers` has that was recorded before.
    unchanged: Vec<Ref>,
    /// With `--readiness`.
    readiness: Vec<ReadinessPart>,
    /// With `--practice`.
    practice: Vec<PracticePart>,
    /// No other path could have the id of a listed question.
    #[serde(skip)]
    of_one_path: bool,
}

#[derive(Serialize)]
struct QuestionPart {
    #[serde(rename = "ref")]
    reference: Ref,
    path: String,
    /// The id of its interview topic.
    topic: String,
    title: String,
    look_for: Option<String>,
    /// How often it was answered.
    times: usize,
    /// The last grade.
    grade: Option<Grade>,
    /// The day of the last answer.
    last_on: Option<NaiveDate>,
    due_on: Option<NaiveDate>,
    due: bool,
    /// In days.
    stability: Option<f64>,
    /// Expected today, 0 to 1.
    recall: Option<f64>,
    because: Vec<Because>,
}

#[derive(Serialize)]
struct Answered {
    #[serde(rename = "ref")]
    reference: Ref,
    title: String,
    grade: Grade,
    on: NaiveDate,
    due_on: Option<NaiveDate>,
    times: usize,
}

#[derive(Serialize)]
struct ReadinessPart {
    path: String,
    /// The id of the interview topic.
    topic: String,
    title: String,
    /// 0 to 100.
    percent: f64,
    /// Expected today, 0 to 1.
    recall: f64,
    skills: Count,
    milestones: Count,
    questions: usize,
    answered: usize,
    due: usize,
    grades: Grades,
    last_on: Option<NaiveDate>,
    advice: Because,
    #[serde(skip)]
    today: NaiveDate,
}

/// A mock interview.
#[derive(Serialize)]
struct PracticePart {
    id: String,
    title: String,
    minutes: u16,
    task: String,
    criteria: Vec<String>,
}

/// Questions by their last grade.
#[derive(Serialize)]
struct Grades {
    again: usize,
    hard: usize,
    good: usize,
    easy: usize,
}

impl Report {
    fn of(mode: Mode) -> Self {
        Self {
            mode,
            questions: Vec::new(),
            answered: Vec::new(),
            unchanged: Vec::new(),
            readiness: Vec::new(),
            practice: Vec::new(),
            of_one_path: false,
        }
    }
}

/// Runs the command.
///
/// # Errors
/// The path is unknown, there is nobody or nothing to ask, the session was left, a file of answers
/// cannot be used, or the record cannot be read or written.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    if let Some(file) = &args.answers {
        let on = mark::day(args.on.as_deref(), context)?;
        let report = answers::run(file, on, context)?;
        return out.report("interview", &report, text::text);
    }
    if let Some(id) = &args.practice {
        let practice = practice(id.as_deref(), context)?;
        let report = Report { practice, ..Report::of(Mode::Practice) };
        let in_full = id.is_some();
        return out.report("interview", &report, |report, screen| {
            text::practice(&report.practice, in_full, screen)
        });
    }
    let standing = context.standing()?;
    let view = View { shelf: context.catalog(), standing: &standing };
    let paths = with_questions(args.path.as_deref(), &standing, context)?;
    let today = context.today();
    if args.readiness {
        let readiness = interview::readiness(&view, &paths, today).into_iter();
        let readiness = readiness.map(|one| ReadinessPart::new(one, today)).collect();
        let report = Report { readiness, ..Report::of(Mode::Readiness) };
        return out.report("interview", &report, text::text);
    }
    let most = |n: u16| if n == 0 { usize::MAX } else { usize::from(n) };
    let mut candidates = interview::order(&view, &paths, today);
    if args.list {
        candidates.truncate(most(args.n.unwrap_or(0)));
        let questions = candidates.into_iter().map(|one| QuestionPart::new(one, today)).collect();
        let of_one_path = paths.iter().filter(|path| has_questions(path)).count() == 1;
        let report = Report { questions, of_one_path, ..Report::of(Mode::List) };
        return out.report("interview", &report, text::text);
    }
    if out.prompt().is_none() {
        return Err(Error::new(
            Code::NoTerminal,
            "an interview needs somebody who answers, and nobody can be asked",
        )
        .hint("`milepost interview --list` shows the questions, `--answers FILE` takes grades"));
    }
    candidates.retain(|one| one.is_open);
    candidates.truncate(most(args.n.unwrap_or(QUESTIONS)));
    let (answered, left) = session::run(&candidates, &view, context, out);
    if answered.is_empty() && left.is_err() {
        return left;
    }
    let report = Report { answered, ..Report::of(Mode::Session) };
    out.report("interview", &report, text::text)?;
    left
}

/// The mock interviews, or the one that was named.
fn practice(id: Option<&str>, context: &Context) -> Result<Vec<PracticePart>> {
    let all = &aim::career(&context.app)?.practice;
    let Some(id) = id else {
        return Ok(all.iter().map(PracticePart::new).collect());
    };
    let names = all.iter().map(|one| (one.id.as_str(), one.title.as_str()));
    match named(id, names).and_then(|at| all.get(at)) {
        Some(one) => Ok(vec![PracticePart::new(one)]),
        None => {
            let known = all.iter().map(|one| one.id.as_str());
            Err(unknown(
                Code::UnknownName,
                "mock interview",
                id,
                known,
                "milepost interview --practice",
            ))
        }
    }
}

/// The paths that were chosen, of which at least one has questions.
fn with_questions<'a>(
    named: Option<&str>,
    standing: &Standing,
    context: &'a Context,
) -> Result<Vec<&'a Roadmap>> {
    let paths = context.chosen(named, standing)?;
    if paths.iter().any(|path| has_questions(path)) {
        return Ok(paths);
    }
    let all = context.catalog().all().into_iter();
    let with_some = all.filter(|(path, _)| has_questions(path));
    let names: Vec<String> = with_some.map(|(path, _)| format!("`{}`", path.id)).collect();
    let problem = match named {
        Some(path) => format!("`{path}` has no interview questions"),
        None if paths.is_empty() => "no path is followed yet".to_owned(),
        None => "no path that is followed has interview questions".to_owned(),
    };
    let error = Error::new(Code::NothingThere, problem);
    Err(match names.as_slice() {
        [] => error,
        names => error.hint(format!(
            "these have some: {}; `milepost interview PATH` asks those of one",
            names.join(", ")
        )),
    })
}

fn has_questions(path: &Roadmap) -> bool {
    path.questions().next().is_some()
}

/// Records one answer.
fn append(writing: &mut Writing<'_>, asked: &Asked<'_>, grade: Grade, on: NaiveDate) -> Result<()> {
    let fact = Fact::Answered { grade };
    let title = Some(asked.question.ask.clone());
    Ok(writing.append(Entry { subject: asked.reference(), title, fact }, on)?)
}

/// Records one answer as a command of its own.
fn record(asked: &Asked<'_>, grade: Grade, stamp: Stamp, context: &Context) -> Result<()> {
    let mut store = context.store_to_write()?;
    let mut writing = store.write(stamp)?;
    append(&mut writing, asked, grade, stamp.today)?;
    Ok(context.commit(writing)?)
}

impl Answered {
    /// An answer, after those that were given before.
    fn new(asked: &Asked<'_>, answer: Answer, before: &[Answer]) -> Self {
        let answers: Vec<Answer> = before.iter().copied().chain([answer]).collect();
        Self {
            reference: asked.reference(),
            title: asked.question.ask.clone(),
            grade: answer.grade,
            on: answer.on,
            due_on: Memory::of(&answers).map(|memory| memory.due_on),
            times: answers.len(),
        }
    }
}

impl QuestionPart {
    fn new(candidate: Candidate<'_>, today: NaiveDate) -> Self {
        let Candidate { asked, memory, because, .. } = candidate;
        let memory = memory.as_ref();
        Self {
            reference: asked.reference(),
            path: asked.roadmap.id.clone(),
            topic: asked.topic.id.clone(),
            title: asked.question.ask.clone(),
            look_for: asked.question.look_for.clone(),
            times: memory.map_or(0, |memory| memory.times),
            grade: memory.map(|memory| memory.last.grade),
            last_on: memory.map(|memory| memory.last.on),
            due_on: memory.map(|memory| memory.due_on),
            due: memory.is_some_and(|memory| memory.is_due(today)),
            stability: memory.map(|memory| two_decimals(memory.stability())),
            recall: memory.map(|memory| two_decimals(memory.recall(today))),
            because: vec![because],
        }
    }
}

impl ReadinessPart {
    fn new(one: Readiness<'_>, today: NaiveDate) -> Self {
        let [again, hard, good, easy] = one.grades;
        Self {
            path: one.roadmap.id.clone(),
            topic: one.topic.id.clone(),
            title: one.topic.title.clone(),
            percent: one.percent,
            recall: two_decimals(one.recall),
            skills: one.skills,
            milestones: one.milestones,
            questions: one.topic.questions.len(),
            answered: one.answered,
            due: one.due,
            grades: Grades { again, hard, good, easy },
            last_on: one.last_on,
            advice: one.advice,
            today,
        }
    }
}

impl PracticePart {
    fn new(practice: &Practice) -> Self {
        Self {
            id: practice.id.clone(),
            title: practice.title.clone(),
            minutes: practice.minutes,
            task: practice.task.clone(),
            criteria: practice.criteria.clone(),
        }
    }
}
