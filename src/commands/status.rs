//! `milepost status`: progress, pace, forecast and activity; `text` writes it for people and
//! `burndown` draws it.

mod burndown;
mod text;

use chrono::NaiveDate;
use serde::Serialize;

use super::news;
use crate::context::Context;
use crate::error::Result;
use crate::model::activity::{Activity, activity};
use crate::model::forecast::Forecast;
use crate::model::outlook::{Left, Steady, outlook};
use crate::model::pace::Pace;
use crate::model::roadmap::{Node, Roadmap, Stage};
use crate::model::route;
use crate::model::summary::Summary;
use crate::model::view::View;
use crate::output::Output;

/// Say how far you are, and when you arrive
///
/// The percentage is the hours of the done goals over the hours of all goals that are not skipped;
/// 100 only when none is left. Goals are skills and milestones, and the resources of a topic that
/// has no skills; what is optional is not counted.
///
/// Pace, forecast and activity are of the path and of those that it requires. The pace is of the hours
/// that you studied, where you record them; else of the hours that the plan gives to what you finished.
/// The forecast begins with the day at the hours a week that you planned, then the range by your pace:
/// eight of ten learners arrive in it. What you credit with `--known` counts as done, not as pace.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost status
  milepost status ai-integration --burndown
  milepost status --json")]
pub struct Args {
    /// The path; the followed ones where it is left out
    #[arg(value_name = "PATH", add = super::completions::paths())]
    path: Option<String>,

    /// Draw the hours that are left over time, with the plan and the forecast
    #[arg(long)]
    burndown: bool,
}

#[derive(Serialize)]
struct Report {
    as_of: NaiveDate,
    paths: Vec<PathReport>,
    activity: Activity,
}

#[derive(Serialize)]
struct PathReport {
    #[serde(flatten)]
    summary: Summary,
    followed: bool,
    started_on: Option<NaiveDate>,
    target_on: Option<NaiveDate>,
    needs_hours_per_week: Option<f64>,
    hours_per_week: Option<f64>,
    planned_end: Option<NaiveDate>,
    stages: Vec<StageReport>,
    pace: Option<Pace>,
    recent_pace: Option<Pace>,
    steady: Option<Steady>,
    forecast: Option<Forecast>,
    forecast_note: Option<String>,
    burndown: Vec<Left>,
}

#[derive(Serialize)]
struct StageReport {
    #[serde(flatten)]
    summary: Summary,
    months: Option<[f64; 2]>,
}

/// Runs the command.
///
/// # Errors
/// The path is unknown, or the record cannot be read.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let standing = context.standing_with_efforts()?;
    let view = View { shelf: context.catalog(), standing: &standing };
    let paths = context.chosen(args.path.as_deref(), &standing)?;
    if paths.is_empty() {
        out.say("no path is followed yet: `milepost paths` lists them");
    }
    let route = route::all_walked(&view, &paths);
    let report = Report {
        as_of: context.today(),
        activity: activity(&view, &route, context.today()),
        paths: paths.iter().map(|path| path_report(path, &view, context.today())).collect(),
    };
    let draw = args.burndown;
    out.report("status", &report, |report, screen| {
        if draw { burndown::text(report, screen) } else { text::text(report, screen) }
    })?;
    news::tell(&paths, &view, context, out);
    Ok(())
}

fn path_report(roadmap: &Roadmap, view: &View<'_>, today: NaiveDate) -> PathReport {
    let outlook = outlook(view, roadmap, today);
    let note = outlook.note();
    let stage = |stage: &Stage| StageReport {
        summary: Summary::of(view, &Node::Stage(roadmap, stage)),
        months: stage.months,
    };
    PathReport {
        summary: Summary::of(view, &Node::Path(roadmap)),
        followed: outlook.started_on.is_some(),
        started_on: outlook.started_on,
        target_on: outlook.goals.target_on,
        needs_hours_per_week: outlook.needs_hours_per_week,
        hours_per_week: outlook.goals.hours_per_week,
        planned_end: outlook.planned_end,
        stages: roadmap.stages.iter().map(stage).collect(),
        pace: outlook.pace,
        recent_pace: outlook.recent_pace,
        steady: outlook.steady,
        forecast: outlook.forecast.ok(),
        forecast_note: note,
        burndown: outlook.burndown,
    }
}
