//! `milepost away`

use chrono::NaiveDate;
use milepost_core::forecast::Away;
use milepost_core::report::away::{self, Query, Report, Stretch};
use milepost_path::safe;

use crate::context::Context;
use crate::error::{Error, Result};
use crate::output::{Output, Screen};
use crate::text::{day, quantity, width};

/// Record days on which you do not study
///
/// No study is planned or expected on them: streaks, pace, forecast, plan and calendar ignore them,
/// in the past as well as in the future. Overlapping periods are joined. Without FROM, it lists
/// them.
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

    /// The last day [default: FROM]
    #[arg(value_name = "TO")]
    to: Option<String>,

    /// The reason
    #[arg(long, value_name = "TEXT", requires = "from", allow_hyphen_values = true)]
    why: Option<String>,

    /// List the periods
    #[arg(long, conflicts_with_all = ["from", "remove"])]
    list: bool,

    /// Remove the period that contains this day
    #[arg(long, value_name = "FROM", conflicts_with = "from")]
    remove: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// A day is none, the stretch ends before it begins or is too long, or the record cannot be read or
/// written.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let query = match (&args.from, &args.remove) {
        (Some(from), _) => Query::Add(wanted(from, args, context)?),
        (None, Some(day)) => Query::Remove(read(day, context)?),
        (None, None) => Query::List,
    };
    let answer = away::report(&query, &context.app)?;
    out.tell_answer(&answer, |report, screen| text(report, &query, screen))
}

fn read(text: &str, context: &Context) -> Result<NaiveDate> {
    day::parse_either(text, context.app.today())
        .map_err(|error| Error::usage(error.problem()).hint(format!("write {}", error.accepted())))
}

/// The stretch that FROM and TO name.
fn wanted(from: &str, args: &Args, context: &Context) -> Result<Away> {
    let from = read(from, context)?;
    let to = args.to.as_deref().map_or(Ok(from), |to| read(to, context))?;
    if args.why.as_deref().is_some_and(|why| why.trim().is_empty()) {
        return Err(Error::usage("the reason is empty").hint("give a reason, or omit --why"));
    }
    let why = super::shared::mark::given(args.why.as_deref(), &[])?.note;
    Ok(Away { from, to, why })
}

fn text(report: &Report, query: &Query, screen: &Screen) -> String {
    let sentence = |line: &str| width::wrap_indented("", "    ", line, screen.text_width());
    let stretch = |one: &Stretch| {
        let Stretch { from, to, why } = one;
        let days = Away { from: *from, to: *to, why: None }.days();
        let days = quantity::count(usize::try_from(days).unwrap_or_default(), "day");
        let why = why.as_deref().map_or(String::new(), |why| format!(": {}", safe::line(why)));
        let span = if from == to { from.to_string() } else { format!("{from} to {to}") };
        format!("{span} ({days}){why}")
    };
    match query {
        Query::List if report.away.is_empty() => sentence("no days away are recorded"),
        Query::List => report.away.iter().map(|one| sentence(&stretch(one))).collect(),
        Query::Add(wanted) => {
            let found = report.away.iter().find(|one| (one.from..=one.to).contains(&wanted.from));
            let shown = found.map(stretch).unwrap_or_default();
            let already = if report.changed.is_empty() { "already " } else { "" };
            sentence(&format!("{already}away {shown}"))
        }
        Query::Remove(day) if report.changed.is_empty() => {
            sentence(&format!("you are not away on {day}; nothing changed"))
        }
        Query::Remove(_) => {
            let changed = report.changed.iter();
            changed.map(|one| sentence(&format!("no longer away {}", one.title))).collect()
        }
    }
}
