//! `milepost away`

use chrono::NaiveDate;
use serde::Serialize;

use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::away::{self, Away, MOST_DAYS};
use crate::model::roadmap::Ref;
use crate::model::standing::Standing;
use crate::output::{Output, Screen};
use crate::report::change::{Changed, State};
use crate::text::{day, quantity, safe, width};

/// Say on which days you do not study
///
/// No study is planned, expected or missed on them: streaks, pace, forecast, plan and calendar leave
/// them out, in the past as in the future. Stretches that overlap become one. Without FROM the
/// stretches are listed.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost away 2026-12-20 2027-01-03 --why skiing
  milepost away tomorrow
  milepost away --list
  milepost away --remove 2026-12-20")]
pub struct Args {
    /// The first day: 2026-12-20, tomorrow, `in 2 weeks`, `3 days ago`
    #[arg(value_name = "FROM")]
    from: Option<String>,

    /// The last day; the first where it is left out
    #[arg(value_name = "TO")]
    to: Option<String>,

    /// The reason
    #[arg(long, value_name = "TEXT", requires = "from", allow_hyphen_values = true)]
    why: Option<String>,

    /// List the stretches
    #[arg(long, conflicts_with_all = ["from", "remove"])]
    list: bool,

    /// You study after all: forget the stretch that this day lies in
    #[arg(long, value_name = "FROM", conflicts_with = "from")]
    remove: Option<String>,
}

#[derive(Serialize)]
struct Report {
    changed: Vec<Changed>,
    away: Vec<Stretch>,
    #[serde(skip)]
    asked: Asked,
}

/// What was asked for.
enum Asked {
    List,
    Add(Away),
    Remove(NaiveDate),
}

#[derive(Serialize)]
struct Stretch {
    from: NaiveDate,
    to: NaiveDate,
    why: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// A day is none, the stretch ends before it begins or is too long, or the record cannot be read or
/// written.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let asked = match (&args.from, &args.remove) {
        (Some(from), _) => Asked::Add(wanted(from, args, context)?),
        (None, Some(day)) => Asked::Remove(read(day, context)?),
        (None, None) => return list(context, out),
    };
    let mut store = context.store_to_write()?;
    let mut writing = store.write(context.stamp)?;
    let before = writing.reading().away()?;
    let entries = match &asked {
        Asked::Add(wanted) => away::add(wanted.clone(), before.away()),
        Asked::Remove(day) => away::remove(*day, before.away()),
        Asked::List => Vec::new(),
    };
    let subjects: Vec<(Ref, Option<String>)> =
        entries.iter().map(|entry| (entry.subject.clone(), entry.title.clone())).collect();
    for entry in entries {
        writing.append(entry, context.today())?;
    }
    let after = writing.reading().away()?;
    if subjects.is_empty() {
        drop(writing);
    } else {
        context.commit(writing)?;
    }
    let state =
        |standing: &Standing, subject: &Ref| State::Away(standing.subject(subject).is_some());
    let changed = subjects.into_iter().map(|(reference, title)| Changed {
        from: state(&before, &reference),
        to: state(&after, &reference),
        title: title.unwrap_or_default(),
        reference,
    });
    let report = Report { changed: changed.collect(), away: stretches(&after), asked };
    out.report("away", &report, text)
}

fn list(context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let standing = match context.store()? {
        Some(mut store) => store.read()?.away()?,
        None => Standing::default(),
    };
    let report = Report { changed: Vec::new(), away: stretches(&standing), asked: Asked::List };
    out.report("away", &report, text)
}

fn stretches(standing: &Standing) -> Vec<Stretch> {
    let joined = away::joined(standing.away()).into_iter();
    joined.map(|Away { from, to, why }| Stretch { from, to, why }).collect()
}

fn read(text: &str, context: &Context) -> Result<NaiveDate> {
    day::parse_either(text, context.today())
        .map_err(|error| Error::usage(error.problem()).hint(format!("write {}", error.accepted())))
}

/// The stretch that FROM and TO name.
fn wanted(from: &str, args: &Args, context: &Context) -> Result<Away> {
    let from = read(from, context)?;
    let to = args.to.as_deref().map_or(Ok(from), |to| read(to, context))?;
    if args.why.as_deref().is_some_and(|why| why.trim().is_empty()) {
        return Err(Error::usage("the reason is empty").hint("leave it out, or say something"));
    }
    let why = super::mark::given(args.why.as_deref(), &[])?.note;
    let wanted = Away { from, to, why };
    if to < from {
        return Err(Error::usage(format!("{to} is before {from}"))
            .hint(format!("first the first day: `milepost away {to} {from}`")));
    }
    if wanted.days() > MOST_DAYS {
        let days = quantity::thousands(usize::try_from(wanted.days()).unwrap_or(usize::MAX));
        return Err(Error::usage(format!(
            "that is {days} days, and at most {MOST_DAYS} are taken"
        ))
        .hint("for longer, leave the path: `milepost stop PATH`; what you did is kept"));
    }
    Ok(wanted)
}

fn text(report: &Report, screen: &Screen) -> String {
    let sentence = |line: &str| width::wrap_indented("", "    ", line, screen.text_width());
    let stretch = |one: &Stretch| {
        let Stretch { from, to, why } = one;
        let days = Away { from: *from, to: *to, why: None }.days();
        let days = quantity::count(usize::try_from(days).unwrap_or_default(), "day");
        let why = why.as_deref().map_or(String::new(), |why| format!(": {}", safe::line(why)));
        let span = if from == to { from.to_string() } else { format!("{from} to {to}") };
        format!("{span} ({days}){why}")
    };
    match &report.asked {
        Asked::List if report.away.is_empty() => sentence("no days away are recorded"),
        Asked::List => report.away.iter().map(|one| sentence(&stretch(one))).collect(),
        Asked::Add(wanted) => {
            let found = report.away.iter().find(|one| (one.from..=one.to).contains(&wanted.from));
            let shown = found.map(stretch).unwrap_or_default();
            let already = if report.changed.is_empty() { "already " } else { "" };
            sentence(&format!("{already}away {shown}"))
        }
        Asked::Remove(day) if report.changed.is_empty() => {
            sentence(&format!("{day} is in no stretch of days away; nothing changed"))
        }
        Asked::Remove(_) => {
            let changed = report.changed.iter();
            changed.map(|one| sentence(&format!("no longer away {}", one.title))).collect()
        }
    }
}
