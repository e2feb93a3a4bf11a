//! `milepost status`

use chrono::NaiveDate;
use serde::Serialize;

use crate::context::Context;
use crate::error::Result;
use crate::model::outlook::{Left, counted_with, no_forecast, outlook};
use crate::model::progress::{Progress, progress};
use crate::model::roadmap::{Roadmap, Stage};
use crate::model::timeline::{self, Activity, Forecast, Pace, RECENT_WEEKS};
use crate::model::view::View;
use crate::output::{Output, Screen};
use crate::text::columns::Align;
use crate::text::table::Table;
use crate::text::{bar, quantity, safe, width};

/// Say how far you are, and when you arrive
///
/// The percentage is the hours of the done goals (skills and milestones) over the hours of all
/// goals that are not skipped; 100 only when none is left. The pace is the mean of the weekly hours
/// over at most 12 weeks, for the path and those that it requires; the forecast takes the pace plus
/// and minus its standard error. What was credited with `--known` counts as done, not as pace.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost status
  milepost status ai-integration --json")]
pub struct Args {
    /// The path; the followed ones where it is left out
    #[arg(value_name = "PATH", add = super::completions::paths())]
    path: Option<String>,
}

#[derive(Serialize)]
struct Report {
    as_of: NaiveDate,
    paths: Vec<PathReport>,
    activity: Activity,
}

#[derive(Serialize)]
struct PathReport {
    id: String,
    title: String,
    followed: bool,
    started_on: Option<NaiveDate>,
    target_on: Option<NaiveDate>,
    hours_per_week: Option<f64>,
    planned_end: Option<NaiveDate>,
    progress: Progress,
    stages: Vec<StageReport>,
    pace: Option<Pace>,
    recent_pace: Option<Pace>,
    forecast: Option<Forecast>,
    forecast_note: Option<String>,
    burndown: Vec<Left>,
}

#[derive(Serialize)]
struct StageReport {
    id: String,
    title: String,
    months: Option<[f64; 2]>,
    progress: Progress,
}

/// Runs the command.
///
/// # Errors
/// The path is unknown, or the record cannot be read.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let standing = context.standing()?;
    let view = View { shelf: context.catalog(), standing: &standing };
    let paths = context.chosen(args.path.as_deref(), &standing)?;
    if paths.is_empty() {
        out.say("no path is followed yet: `milepost paths` lists them");
    }
    let finished = timeline::finished(&view, paths.iter().copied());
    let report = Report {
        as_of: context.today(),
        activity: timeline::activity(&finished, context.today()),
        paths: paths.iter().map(|path| path_report(path, &view, context.today())).collect(),
    };
    out.report("status", &report, text)
}

fn path_report(roadmap: &Roadmap, view: &View<'_>, today: NaiveDate) -> PathReport {
    let outlook = outlook(view, roadmap, today);
    let note = match outlook.forecast {
        Ok(_) => counted_with(&outlook),
        Err(why) => Some(no_forecast(why, &outlook, today)),
    };
    let stage = |stage: &Stage| StageReport {
        id: stage.id.clone(),
        title: stage.title.clone(),
        months: stage.months,
        progress: progress(view, roadmap.items_of_stage(stage)),
    };
    PathReport {
        id: roadmap.id.clone(),
        title: roadmap.title.clone(),
        followed: outlook.started_on.is_some(),
        started_on: outlook.started_on,
        target_on: outlook.goals.target_on,
        hours_per_week: outlook.goals.hours_per_week,
        planned_end: outlook.planned_end,
        progress: progress(view, roadmap.items()),
        stages: roadmap.stages.iter().map(stage).collect(),
        pace: outlook.pace,
        recent_pace: outlook.recent_pace,
        forecast: outlook.forecast.ok(),
        forecast_note: note,
        burndown: outlook.burndown,
    }
}

fn text(report: &Report, screen: &Screen) -> String {
    let mut text = String::new();
    for path in &report.paths {
        text.push_str(&path_text(path, screen));
        text.push('\n');
    }
    if report.paths.is_empty() {
        return text;
    }
    let activity = &report.activity;
    let week = quantity::hours(activity.hours_this_week);
    let line = if activity.active_days == 0 {
        "No activity yet: `milepost done REF` records the first.".to_owned()
    } else {
        format!(
            "{week} this week, {} in a row (longest {}), {} in all",
            quantity::count(activity.streak_weeks as usize, "active week"),
            activity.longest_streak_weeks,
            quantity::count(activity.active_days, "active day"),
        )
    };
    text + &width::wrap_indented("", "", &line, screen.text_width())
}

fn path_text(path: &PathReport, screen: &Screen) -> String {
    let paint = screen.paint;
    let narrow = screen.width.is_some_and(|width| width < 70);
    let title = paint.heading(&safe::line(&path.title));
    let head = format!("{title} {}", paint.dim(&path.id));
    let mut text = width::wrap_indented("", "  ", &head, screen.text_width());
    let columns = if narrow { 12 } else { 30 };
    let bar = bar::bar(path.progress.percent / 100.0, columns, paint.unicode);
    let hours = path.progress.hours;
    let total = quantity::hours(hours.total);
    let percent = paint.bold(&quantity::percent(path.progress.percent));
    text.push_str(&format!("{bar} {percent}  {} of {total}\n", quantity::hours(hours.done)));
    let counted = path.progress.counted();
    if counted.skipped > 0 {
        let skipped = quantity::thousands(counted.skipped);
        text.push_str(&paint.dim(&format!("{skipped} skipped, not counted\n")));
    }
    text.push_str(&table(path, narrow).render(screen.width, paint));
    let mut line = |label: &str, value: String| {
        let first = format!("{label:<9}");
        let rest = " ".repeat(9);
        text.push_str(&width::wrap_indented(&first, &rest, &value, screen.text_width()));
    };
    if let Some(day) = path.started_on {
        let target = path.target_on.map_or(String::new(), |day| format!(", to finish by {day}"));
        line("since", format!("{day}{target}"));
    }
    if let Some(pace) = path.pace {
        let recent = path
            .recent_pace
            .map_or("nothing".to_owned(), |pace| quantity::hours(pace.hours_per_week));
        let weeks = quantity::count(pace.weeks as usize, "week");
        let hours = quantity::hours(pace.hours_per_week);
        let lately = if pace.weeks > RECENT_WEEKS {
            format!("; {recent} over the last {RECENT_WEEKS}")
        } else {
            String::new()
        };
        line("pace", format!("{hours} a week over the last {weeks}{lately}"));
    }
    let note = path.forecast_note.clone().unwrap_or_default();
    match path.forecast {
        Some(Forecast { earliest, latest }) => {
            let note = if note.is_empty() { note } else { format!(", {note}") };
            let verdict = path.target_on.map_or("", |target| {
                if latest <= target {
                    "; in time"
                } else if earliest > target {
                    "; later than planned"
                } else {
                    "; it will be close"
                }
            });
            line("forecast", format!("between {earliest} and {latest}{verdict}{note}"));
        }
        None => line("forecast", note),
    }
    text
}

fn table(path: &PathReport, narrow: bool) -> Table {
    let cell = |count: crate::model::progress::Count| {
        if count.total == 0 { "-".to_owned() } else { format!("{}/{}", count.done, count.total) }
    };
    let right = Align::Right;
    let mut table = if narrow {
        Table::new(["Stage", "Hours", "Done"], &[Align::Left, right, right])
    } else {
        Table::new(
            ["Stage", "Months", "Milestones", "Skills", "Resources", "Hours", "Done"],
            &[Align::Left, right, right, right, right, right, right],
        )
    };
    for stage in &path.stages {
        let progress = stage.progress;
        let title = safe::line(&stage.title).into_owned();
        let hours = format!("{:.0}/{:.0}", progress.hours.done, progress.hours.total);
        let percent = quantity::percent(progress.percent);
        if narrow {
            table.row([title, hours, percent]);
        } else {
            let months = stage.months.map_or(String::new(), |[from, to]| format!("{from}-{to}"));
            table.row([
                title,
                months,
                cell(progress.milestones),
                cell(progress.skills),
                cell(progress.resources),
                hours,
                percent,
            ]);
        }
    }
    table
}
