//! `milepost start`

mod ask;

use chrono::NaiveDate;
use milepost_core::progress::Aims;
use milepost_core::report::start::{self, Query, Report, Started};
use milepost_path::safe;

use super::shared::{mark, select, weekly_hours};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::output::{Output, Screen};
use crate::text::{day, quantity, width};

/// Follow a path
///
/// Also follows the paths that it requires. Goals are optional; run it again to change them, with
/// `none` to remove one. At a terminal it asks what you know already and how many hours a week you
/// study, unless you give `--known` and `--hours-per-week`.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost start ai-integration
  milepost start ml-engineering --by 2028-06-30 --hours-per-week 8
  milepost start ai-integration --role ai-engineer --known git --known sql
  milepost start ai-integration --on \"3 weeks ago\" --by none")]
pub struct Args {
    /// The paths to follow
    #[arg(value_name = "PATH", required = true, add = super::completions::paths())]
    paths: Vec<String>,

    /// The day to finish by: 2028-06-30, `in a year`; `none` removes it
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    by: Option<String>,

    /// The hours a week that you plan to study; `none` removes the plan
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    hours_per_week: Option<String>,

    /// The role to aim at, which steers `next`; `none` removes it
    #[arg(long, value_name = "ROLE", add = super::completions::roles())]
    role: Option<String>,

    /// The day you started [default: today]: 2026-11-20, monday, `3 days ago`
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, add = super::completions::past_days())]
    on: Option<String>,

    /// A topic or item that you know already; can be given several times
    #[arg(long, value_name = "REF", add = super::completions::open())]
    known: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// A path is unknown, a goal makes no sense, or the record cannot be written.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let on = args.on.as_deref().map(|on| mark::day(Some(on), context)).transpose()?;
    let aims = aims(args, context)?;
    let mut query = Query { paths: args.paths.clone(), aims, on, ..Query::default() };
    query.known = args.known.clone();
    let usual = context.config.hours_per_week;
    query.usual_hours = ask::complete(&mut query, usual.is_none(), context, out)?.or(usual);
    let replace = |query: &mut Query, name: &str, chosen: &str| {
        select::replace_in(&mut query.known, name, chosen);
    };
    let answer = select::complete(query, replace, out, |query| start::report(query, &context.app))?;
    out.tell_answer(&answer, text)
}

/// What is said of the goals.
fn aims(args: &Args, context: &Context) -> Result<Aims> {
    let target_on = match args.by.as_deref() {
        None => None,
        Some("none") => Some(None),
        Some(text) => {
            Some(Some(day::parse_future(text, context.app.today()).map_err(|error| {
                Error::usage(error.problem()).hint(format!("write {}, or `none`", error.accepted()))
            })?))
        }
    };
    let hours_per_week = match args.hours_per_week.as_deref() {
        None => None,
        Some("none") => Some(None),
        Some(text) => Some(Some(weekly_hours::read(text)?)),
    };
    let role = match args.role.as_deref() {
        None => None,
        Some("none") => Some(None),
        Some(text) => Some(Some(text.to_owned())),
    };
    Ok(Aims { target_on, hours_per_week, role })
}

fn text(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let mut text = String::new();
    let mut push = |first: &str, rest: &str, line: &str| {
        text.push_str(&width::wrap_indented(first, rest, line, screen.text_width()));
    };
    for path in &report.started {
        let title = paint.bold(&safe::line(&path.title));
        let mut facts = vec![quantity::hours(path.hours)];
        facts.extend(path.required_by.as_ref().map(|by| format!("required by {by}")));
        if path.started_on != report.today {
            facts.push(format!("since {}", path.started_on));
        }
        facts.extend(path.target_on.map(|day| {
            let passed = if day < report.today { ", which has passed" } else { "" };
            format!("by {day}{passed}")
        }));
        let weekly = path.hours_per_week.map(|hours| format!("{} a week", quantity::hours(hours)));
        facts.extend(weekly);
        facts
            .extend(path.role.as_ref().map(|role| format!("to be ready for {}", safe::line(role))));
        push(
            "",
            "  ",
            &format!("following {title} ({}): {}", paint.dim(&path.id), facts.join(", ")),
        );
        if let Some(needs) = needs(path, report.today) {
            push("    ", "    ", &needs);
        }
    }
    if let Some(hours) = report.hours_per_week_in_all {
        let hours = quantity::hours(hours);
        push("", "  ", &format!("each path has its own hours: {hours} a week in all"));
    }
    for id in &report.unchanged {
        push("", "  ", &format!("you already follow {id}; nothing changed"));
    }
    if !report.known.is_empty() {
        let goals = quantity::count(report.known.len(), "goal");
        push("", "  ", &format!("{goals} credited as known"));
    }
    text
}

/// What it takes to finish in time.
fn needs(path: &Started, today: NaiveDate) -> Option<String> {
    let target = path.target_on.filter(|day| *day >= today)?;
    let hours = path.hours_left.filter(|hours| *hours > 0.0)?;
    let left = quantity::hours(hours);
    // Without a number, no day until then is one of study.
    let Some(need) = path.needs_hours_per_week.filter(|need| *need <= weekly_hours::MOST) else {
        return Some(format!("{left} of plan do not fit before {target}"));
    };
    let week = quantity::hours(need);
    let planned = path.hours_per_week.filter(|hours| *hours < need);
    let more = planned.map_or(String::new(), |hours| {
        format!(", more than your planned {}", quantity::hours(hours))
    });
    Some(format!("needs about {week} a week{more}: {left} of plan until {target}"))
}
