//! `milepost assess`

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
use crate::model::career::{Area, Career, HIGHEST, LEVELS, Role};
use crate::model::event::{Entry, Fact, Remark};
use crate::model::fit::{Core, Fit, core, fit, history, suggestion};
use crate::model::roadmap::{NodeKind, Ref};
use crate::model::standing::{Assessment, Standing};
use crate::model::view::View;
use crate::output::Output;
use crate::report::aim;
use crate::words::unknown;

/// Assess your own skills, area by area
///
/// Each area has four levels (1 foundation, 2 working, 3 advanced, 4 expert), each with a statement
/// that is true of you or not. A level counts only with all those below it: the first no ends an
/// area. What your record speaks for is offered, never taken by itself. Each area is recorded as
/// soon as it is answered, so leave when you like: the next `assess` goes on with the areas that
/// were not assessed that day.
///
/// Where nobody can be asked, and with --list, it shows the areas as they are: level, target of the
/// role, what the record speaks for.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost assess
  milepost assess retrieval --evidence https://github.com/me/qa
  milepost assess retrieval --level 2
  milepost assess --list --role ml-engineer
  milepost assess --history
  milepost assess --answers levels.toml")]
pub struct Args {
    /// The skill area; all of them where it is left out
    #[arg(value_name = "AREA", add = super::completions::areas())]
    area: Option<String>,

    /// Your level in AREA, 0 to 4, without being asked
    #[arg(long, value_name = "N", requires = "area", conflicts_with_all = ["answers", "list", "history"])]
    level: Option<u8>,

    /// A URL, file or commit that shows it; may be given several times
    #[arg(long, value_name = "URL", requires = "area")]
    evidence: Vec<String>,

    /// A note on it; `-` reads it from standard input
    #[arg(long, value_name = "TEXT", requires = "area", allow_hyphen_values = true)]
    note: Option<String>,

    /// The day that it is for: 2026-11-20, yesterday, monday, `3 days ago`
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, add = super::completions::past_days())]
    on: Option<String>,

    /// Take the levels from a TOML file (`-`: from standard input): a table `levels` with a line
    /// for each area, and if you like `evidence` and `notes`
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with_all = ["area", "list", "history"],
        value_hint = clap::ValueHint::FilePath,
        value_parser = config::file_name()
    )]
    answers: Option<PathBuf>,

    /// Show the areas, ask nothing
    #[arg(long, conflicts_with = "history")]
    list: bool,

    /// Show how each area grew
    #[arg(long)]
    history: bool,

    /// Ask again about areas that were assessed today
    #[arg(long)]
    again: bool,

    /// Compare with this role, not with the one that you aim at
    #[arg(long, value_name = "ROLE", add = super::completions::roles())]
    role: Option<String>,
}

#[derive(Serialize)]
struct Report {
    role: Option<RolePart>,
    areas: Vec<AreaPart>,
    changed: Vec<Changed>,
    unchanged: Vec<Ref>,
    #[serde(skip)]
    shows_history: bool,
}

#[derive(Serialize)]
struct RolePart {
    id: String,
    title: String,
    fit: Fit,
    core: Core,
}

#[derive(Serialize)]
struct AreaPart {
    id: String,
    title: String,
    summary: Option<String>,
    /// None where it was never assessed.
    level: Option<u8>,
    /// The level's word.
    word: Option<&'static str>,
    on: Option<NaiveDate>,
    /// The level that the role needs; none without a role.
    target: Option<u8>,
    statements: [String; HIGHEST],
    suggestion: Option<SuggestionPart>,
    history: Vec<Said>,
}

/// One assessment.
#[derive(Serialize)]
struct Said {
    on: NaiveDate,
    level: u8,
    note: Option<String>,
    evidence: Vec<String>,
}

impl From<Assessment> for Said {
    fn from(Assessment { on, level, note, evidence }: Assessment) -> Self {
        Self { on, level, note, evidence }
    }
}

/// A level above the present one that the record speaks for.
#[derive(Serialize)]
struct SuggestionPart {
    level: u8,
    because: Vec<By>,
}

#[derive(Serialize)]
struct By {
    #[serde(rename = "ref")]
    reference: Ref,
    kind: NodeKind,
    title: String,
}

#[derive(Serialize)]
struct Changed {
    #[serde(rename = "ref")]
    reference: Ref,
    title: String,
    from: Option<u8>,
    to: u8,
}

/// One answer: the level of an area, and what shows it.
struct Given<'a> {
    area: &'a Area,
    level: u8,
    remark: Remark,
}

/// What answering came to.
#[derive(Default)]
struct Recorded {
    changed: Vec<Changed>,
    unchanged: Vec<Ref>,
}

/// Runs the command.
///
/// # Errors
/// An area, role or level is unknown, the questions were left, or the record cannot be written.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let career = aim::career(&context.app)?;
    let area = args.area.as_deref().map(|id| area(id, career)).transpose()?;
    let on = mark::day(args.on.as_deref(), context)?;
    let remark = mark::given(args.note.as_deref(), &args.evidence)?;
    mark::check(&remark.evidence, out)?;
    let mut recorded = Recorded::default();
    let mut left = Ok(());
    if let Some(file) = &args.answers {
        let given = answers::read(file, career)?;
        for one in &given {
            mark::check(&one.remark.evidence, out)?;
        }
        recorded = record(&given, on, context)?;
    } else if let (Some(area), Some(level)) = (area, args.level) {
        if usize::from(level) > HIGHEST {
            return Err(Error::usage(format!("there is no level {level}"))
                .hint("levels go from 0 (none) to 4 (expert); `milepost assess AREA --list` has the statements"));
        }
        recorded = record(&[Given { area, level, remark }], on, context)?;
    } else if !args.list && !args.history && out.prompt().is_some() {
        let standing = context.standing()?;
        let role = aim::target(args.role.as_deref(), &standing, &context.app)?;
        let asked = session::Session { career, role, on, again: args.again, area, remark: &remark };
        left = asked.run(&standing, &mut recorded, context, out);
        if left.is_err() && recorded.changed.is_empty() && recorded.unchanged.is_empty() {
            return left;
        }
    } else if !remark.is_empty() {
        return Err(Error::new(
            Code::NoTerminal,
            "there is no level to record, and nobody can be asked",
        )
        .hint("pass `--level N`"));
    } else if !args.list && !args.history {
        out.say("to record: `milepost assess AREA --level N`, or `--answers FILE`");
    }
    let standing = context.standing()?;
    let role = aim::target(args.role.as_deref(), &standing, &context.app)?;
    let view = View { shelf: context.catalog(), standing: &standing };
    let shown = career.areas.iter().filter(|one| area.is_none_or(|area| area.id == one.id));
    let report = Report {
        role: role.map(|role| RolePart {
            id: role.id.clone(),
            title: role.title.clone(),
            fit: fit(career, role, &standing),
            core: core(career, role, &standing),
        }),
        areas: shown.map(|area| area_part(area, role, &view)).collect(),
        changed: recorded.changed,
        unchanged: recorded.unchanged,
        shows_history: args.history,
    };
    out.report("assess", &report, text::text)?;
    left
}

fn area<'a>(id: &str, career: &'a Career) -> Result<&'a Area> {
    let known = || career.areas.iter().map(|area| area.id.as_str());
    let unknown =
        || unknown(Code::UnknownName, "skill area", id, known(), "milepost assess --list");
    let names = career.areas.iter().map(|area| (area.id.as_str(), area.title.as_str()));
    named(id, names).and_then(|at| career.areas.get(at)).ok_or_else(unknown)
}

fn area_part(area: &Area, role: Option<&Role>, view: &View<'_>) -> AreaPart {
    let history = history(view.standing, area);
    let last = history.last();
    let level = last.map(|last| last.level);
    AreaPart {
        id: area.id.clone(),
        title: area.title.clone(),
        summary: area.summary.clone(),
        level,
        word: level.and_then(|level| LEVELS.get(usize::from(level)).copied()),
        on: last.map(|last| last.on),
        target: role.map(|role| role.target(&area.id)),
        statements: area.levels.clone(),
        suggestion: suggested(area, view),
        history: history.into_iter().cloned().map(Said::from).collect(),
    }
}

/// What the record speaks for, above what was said.
fn suggested(area: &Area, view: &View<'_>) -> Option<SuggestionPart> {
    let found = suggestion(area, view)?;
    let because = found.because.iter().map(|node| By {
        reference: node.reference(),
        kind: node.kind(),
        title: node.title().to_owned(),
    });
    Some(SuggestionPart { level: found.level, because: because.collect() })
}

/// Records answers in one transaction. What says nothing new on the same day is not recorded twice.
fn record(given: &[Given<'_>], on: NaiveDate, context: &Context) -> Result<Recorded> {
    let mut recorded = Recorded::default();
    if given.is_empty() {
        return Ok(recorded);
    }
    let subjects: Vec<Ref> = given.iter().map(|one| Ref::area(&one.area.id)).collect();
    let mut store = context.store_to_write()?;
    let mut writing = store.write(context.stamp)?;
    let olds = given.iter().flat_map(|one| &one.area.replaces).map(|old| Ref::area(old));
    let known: Vec<Ref> = subjects.iter().cloned().chain(olds).collect();
    let standing = writing.reading().standing_of(&known)?;
    for (Given { area, level, remark }, subject) in given.iter().zip(subjects) {
        let history = history(&standing, area);
        let before = history.last();
        if before.is_some_and(|before| says_nothing_new(before, *level, remark, on)) {
            recorded.unchanged.push(subject);
            continue;
        }
        let fact = Fact::Assessed { level: *level, remark: remark.clone() };
        let title = Some(area.title.clone());
        writing.append(Entry { subject: subject.clone(), title, fact }, on)?;
        recorded.changed.push(Changed {
            reference: subject,
            title: area.title.clone(),
            from: before.map(|before| before.level),
            to: *level,
        });
    }
    if recorded.changed.is_empty() {
        drop(writing);
    } else {
        context.commit(writing)?;
    }
    Ok(recorded)
}

fn says_nothing_new(before: &Assessment, level: u8, remark: &Remark, on: NaiveDate) -> bool {
    let known = |evidence: &String| before.evidence.contains(evidence);
    let noted = remark.note.is_none() || remark.note == before.note;
    before.on == on && before.level == level && noted && remark.evidence.iter().all(known)
}

/// The areas that a session still has to ask about.
fn to_ask<'a>(career: &'a Career, standing: &Standing, today: NaiveDate) -> Vec<&'a Area> {
    let is_new = |area: &&Area| history(standing, area).last().is_none_or(|l| l.on != today);
    career.areas.iter().filter(is_new).collect()
}
