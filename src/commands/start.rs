//! `milepost start`

use serde::Serialize;

use super::{aim, weekly_hours};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::event::{Entry, Fact, Goals};
use crate::model::roadmap::{Node, Ref};
use crate::model::route;
use crate::model::standing::{self, Standing};
use crate::model::summary::Summary;
use crate::model::view::View;
use crate::output::{Output, Screen};
use crate::text::{day, quantity, safe, width};

/// Follow a path
///
/// Paths that it requires are followed with it. Goals are optional; said again, they are changed.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost start ai-integration
  milepost start ml-engineering --by 2028-06-30 --hours-per-week 8
  milepost start ai-integration --role ai-engineer")]
pub struct Args {
    /// The paths to follow
    #[arg(value_name = "PATH", required = true, add = super::completions::paths())]
    paths: Vec<String>,

    /// The day to finish by: 2028-06-30, `in 18 months`
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    by: Option<String>,

    /// The hours that you mean to study a week
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    hours_per_week: Option<f64>,

    /// The role that you want to be ready for: `milepost next` then goes towards its gaps
    #[arg(long, value_name = "ROLE", add = super::completions::roles())]
    role: Option<String>,
}

#[derive(Serialize)]
struct Report {
    started: Vec<Started>,
    unchanged: Vec<String>,
}

#[derive(Serialize)]
struct Started {
    id: String,
    title: String,
    target_on: Option<chrono::NaiveDate>,
    hours_per_week: Option<f64>,
    role: Option<String>,
    /// The path that asked for it, where it was not named itself.
    required_by: Option<String>,
    hours: f64,
}

/// Runs the command.
///
/// # Errors
/// A path is unknown, a goal makes no sense, or the record cannot be written.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let target_on = match &args.by {
        None => None,
        Some(text) => Some(day::parse_future(text, context.today()).map_err(|error| {
            Error::usage(error.problem()).hint(format!("write {}", error.accepted()))
        })?),
    };
    if let Some(hours) = args.hours_per_week {
        weekly_hours::check(hours)?;
    }
    let role = args.role.as_deref().map(|text| aim::role(text, context)).transpose()?;
    let role = role.map(|role| role.id.clone());
    let mut named = Vec::new();
    for id in &args.paths {
        named.push(context.path(id)?);
    }

    let mut store = context.store_to_write()?;
    let mut writing = store.write(context.stamp)?;
    let before = context.catalog().read_as(writing.reading().standing_of([])?);
    // What is required comes first.
    let required = route::required(context.catalog(), &before, &named);
    let required = required.into_iter().map(|(path, by)| (path, Some(by.id.clone())));
    let wanted = required.chain(named.iter().map(|path| (*path, None)));
    let nothing = Standing::default();
    let view = View { shelf: context.catalog(), standing: &nothing };
    let mut report = Report { started: Vec::new(), unchanged: Vec::new() };
    for (roadmap, required_by) in wanted {
        let now = before.following().get(&roadmap.id);
        // Goals are for what was named; the paths that it requires are means.
        let goals = match (&required_by, now) {
            (Some(_), _) => Goals::default(),
            (None, None) => Goals {
                target_on,
                hours_per_week: args.hours_per_week.or(context.config.hours_per_week),
                role: role.clone(),
            },
            (None, Some(_)) => {
                Goals { target_on, hours_per_week: args.hours_per_week, role: role.clone() }
            }
        };
        match standing::follow(goals, now) {
            None => report.unchanged.push(roadmap.id.clone()),
            Some(goals) => {
                let entry = Entry {
                    subject: Ref::path_only(&roadmap.id),
                    title: Some(roadmap.title.clone()),
                    fact: Fact::Started(goals.clone()),
                };
                writing.append(entry, context.today())?;
                let Summary { id, title, progress } = Summary::of(&view, &Node::Path(roadmap));
                report.started.push(Started {
                    id,
                    title,
                    target_on: goals.target_on,
                    hours_per_week: goals.hours_per_week,
                    role: goals.role,
                    required_by,
                    hours: progress.hours.total,
                });
            }
        }
    }
    if report.started.is_empty() {
        drop(writing);
    } else {
        context.commit(writing)?;
        out.say("next: `milepost next` says what to study first, and why");
    }
    out.report("start", &report, text)
}

fn text(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let mut text = String::new();
    for path in &report.started {
        let title = paint.bold(&safe::line(&path.title));
        let mut facts = vec![quantity::hours(path.hours)];
        facts.extend(path.required_by.as_ref().map(|by| format!("required by {by}")));
        facts.extend(path.target_on.map(|day| format!("by {day}")));
        let weekly = path.hours_per_week.map(|hours| format!("{} a week", quantity::hours(hours)));
        facts.extend(weekly);
        facts
            .extend(path.role.as_ref().map(|role| format!("to be ready for {}", safe::line(role))));
        let line = format!("following {title} {} ({})", paint.dim(&path.id), facts.join(", "));
        text.push_str(&width::wrap_indented("", "  ", &line, screen.text_width()));
    }
    for id in &report.unchanged {
        let line = format!("{id} is followed already; nothing changed");
        text.push_str(&width::wrap_indented("", "  ", &line, screen.text_width()));
    }
    text
}
