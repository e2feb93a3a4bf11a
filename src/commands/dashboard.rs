//! `milepost` alone: a welcome on the first run, the dashboard later.

use chrono::NaiveDate;
use serde::Serialize;

use super::row::{self, Row};
use super::{aim, news};
use crate::context::Context;
use crate::error::Result;
use crate::export::work;
use crate::model::activity::activity;
use crate::model::guidance::{Because, Guide};
use crate::model::interview;
use crate::model::pace::Measure;
use crate::model::roadmap::{Node, Roadmap};
use crate::model::route;
use crate::model::summary::Summary;
use crate::model::view::View;
use crate::output::{Output, Screen};
use crate::text::{bar, quantity, safe, width};

/// How many next steps are shown.
const STEPS: usize = 3;
/// With more lines of paths and stages than this, the whole would not fit a screen of 24 lines, so
/// the stages are left out.
const MOST_LINES: usize = 10;

#[derive(Serialize)]
struct Report {
    as_of: NaiveDate,
    /// The followed paths; on the first run those that there are.
    paths: Vec<PathLine>,
    next: Vec<Step>,
    streak_weeks: u32,
    hours_this_week: f64,
    /// Which hours those are.
    basis_this_week: Option<Measure>,
    /// The hours that the followed paths mean to have a week.
    planned_hours_per_week: Option<f64>,
    /// Interview questions of the followed paths that are due.
    reviews_due: usize,
    #[serde(skip)]
    first_run: bool,
}

#[derive(Serialize)]
struct PathLine {
    #[serde(flatten)]
    summary: Summary,
    followed: bool,
    stages: Vec<Summary>,
}

#[derive(Serialize)]
struct Step {
    #[serde(flatten)]
    row: Row,
    because: Vec<Because>,
}

/// Runs the command.
///
/// # Errors
/// The record cannot be read.
pub fn run(context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let standing = context.standing_with_efforts()?;
    let view = View { shelf: context.catalog(), standing: &standing };
    let followed = context.followed(&standing);
    let first_run = followed.is_empty();
    let shown: Vec<&Roadmap> = if first_run {
        context.catalog().all().into_iter().map(|(roadmap, _)| roadmap).collect()
    } else {
        followed.clone()
    };
    let paths = shown
        .iter()
        .map(|roadmap| PathLine {
            summary: Summary::of(&view, &Node::Path(roadmap)),
            followed: !first_run,
            stages: Summary::of_stages(&view, roadmap),
        })
        .collect();
    let wish = aim::wish(None, &followed, &standing, context)?;
    let steps = Guide::new(&view, &followed, &wish).next(STEPS, false).unwrap_or_default();
    let next = steps
        .into_iter()
        .map(|one| Step { row: Row::new(&one.item, &view), because: one.because })
        .collect();
    let route = route::all_walked(&view, &followed);
    let activity = activity(&view, &route, context.today());
    let report = Report {
        as_of: context.today(),
        paths,
        next,
        streak_weeks: activity.streak_weeks,
        hours_this_week: activity.hours_this_week,
        basis_this_week: activity.basis_this_week,
        planned_hours_per_week: route::planned_hours(&view, &followed),
        reviews_due: interview::due(&view, &followed, context.today()),
        first_run,
    };
    out.report("dashboard", &report, |report, screen| {
        if report.first_run { welcome(report, screen) } else { text(report, screen) }
    })?;
    news::tell(&followed, &view, context, out);
    Ok(())
}

fn welcome(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let columns = screen.text_width();
    let about = "milepost turns a learning roadmap into something you finish: it says what to \
                 study next and why, records what you do, and writes your portfolio.";
    let mut text = width::wrap_indented("", "", about, columns);
    text.push_str("\nThe paths there are:\n\n");
    let longest = report.paths.iter().map(|path| path.summary.id.len()).max().unwrap_or(0);
    for path in &report.paths {
        let id = width::pad(&path.summary.id, longest);
        let hours = quantity::hours(path.summary.progress.hours.total);
        let title = safe::line(&path.summary.title);
        let line = format!("  {}  {title}, {hours}", paint.bold(&id));
        text.push_str(&width::fit(&line, screen.width.unwrap_or(usize::MAX)));
        text.push('\n');
    }
    let command = paint.accent("milepost start ai-integration");
    let first = if report.paths.iter().any(|path| path.summary.id == "ai-integration") {
        format!("Begin with one, for example: {command}")
    } else {
        "Begin with one: milepost start PATH".to_owned()
    };
    text.push('\n');
    text.push_str(&width::wrap_indented("", "", &first, columns));
    text
}

fn text(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let columns = screen.text_width();
    let mut text = String::new();
    let hours = |path: &PathLine| {
        let hours = path.summary.progress.hours;
        format!("{} of {}", quantity::hours(hours.done), quantity::hours(hours.total))
    };
    // What the titles (30), the percentages (7), the hours and the gaps between them leave.
    let longest = report.paths.iter().map(|path| hours(path).len()).max().unwrap_or(0);
    let room = columns.saturating_sub(30 + 1 + 1 + 7 + 2 + longest).min(24);
    let narrow = room < 10;
    // A path of one stage says nothing more stage by stage.
    let stages = |path: &PathLine| if path.stages.len() > 1 { path.stages.len() } else { 0 };
    let lines: usize = report.paths.iter().map(|path| 1 + stages(path)).sum();
    let with_stages = !narrow && lines <= MOST_LINES;
    for path in &report.paths {
        let title = paint.bold(&safe::line(&path.summary.title));
        let bar = |columns| bar::bar(path.summary.progress.percent / 100.0, columns, paint.unicode);
        let percent = quantity::percent(path.summary.progress.percent);
        if narrow {
            text.push_str(&format!("{}\n  {} {percent}\n", width::fit(&title, columns), bar(10)));
        } else {
            let title = width::pad(&width::fit(&title, 30), 30);
            let bar = bar(room);
            text.push_str(&format!("{title} {bar} {percent:>7}  {}\n", hours(path)));
        }
        for stage in path.stages.iter().filter(|_| with_stages && stages(path) > 0) {
            let title = width::pad(&width::fit(&format!("  {}", safe::line(&stage.title)), 30), 30);
            let bar = bar::bar(stage.progress.percent / 100.0, room, paint.unicode);
            let percent = quantity::percent(stage.progress.percent);
            text.push_str(&format!("{title} {} {percent:>7}\n", paint.dim(&bar)));
        }
    }
    let weeks = quantity::count(report.streak_weeks as usize, "active week");
    let hours = work::worked(report.hours_this_week, report.basis_this_week);
    let planned = report
        .planned_hours_per_week
        .map_or(String::new(), |planned| format!(" (planned: {})", quantity::hours(planned)));
    let activity = paint.dim(&format!("This week: {hours}{planned}; {weeks} in a row"));
    text.push_str(&width::wrap_indented("", "", &activity, columns));
    if report.reviews_due > 0 {
        let due = row::reviews_due(report.reviews_due, None);
        text.push_str(&width::wrap_indented("", "  ", &due, columns));
    }
    if report.next.is_empty() {
        let done = "Nothing is left to recommend: `milepost next` says why.";
        text.push('\n');
        text.push_str(&width::wrap_indented("", "", done, columns));
        return text;
    }
    text.push_str(&format!("\n{}\n", paint.heading("Next")));
    for (at, step) in report.next.iter().enumerate() {
        let item = &step.row;
        let title = paint.bold(&safe::line(&item.title));
        let hours =
            item.hours.map_or(String::new(), |hours| format!(", {}", quantity::hours(hours)));
        let reference = paint.dim(item.reference.as_str());
        let facts = format!("{reference} ({}{hours})", item.what());
        text.push_str(&row::line(&format!("{}. ", at + 1), &title, &facts, screen));
        if let Some(because) = step.because.first() {
            text.push_str(&width::wrap_indented("   ", "   ", &safe::line(&because.text), columns));
        }
    }
    text.push('\n');
    let hint = "`milepost next` says more, `milepost done REF` records, `milepost status` sums up.";
    text + &width::wrap_indented("", "", hint, columns)
}
