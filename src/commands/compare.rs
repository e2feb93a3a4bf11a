//! `milepost compare`

use serde::Serialize;

use super::row;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::compare::{Side, compare, shared_counts};
use crate::model::progress::{Progress, progress_of};
use crate::model::roadmap::{Item, Node};
use crate::model::summary::Summary;
use crate::model::view::View;
use crate::output::{Output, Screen};
use crate::report::row::Row;
use crate::text::columns::{Align, rows};
use crate::text::table::Table;
use crate::text::{quantity, safe, width};

/// Compare two paths
///
/// What they share, what of it is done, what each still costs by stage, and which to finish first
/// where both are wanted.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost compare ai-integration ml-engineering
  milepost compare ml-engineering resource-library --json")]
pub struct Args {
    /// One path
    #[arg(value_name = "PATH", add = super::completions::paths())]
    one: String,

    /// The other path
    #[arg(value_name = "PATH", add = super::completions::paths())]
    other: String,
}

#[derive(Serialize)]
struct Report {
    paths: Vec<PathReport>,
    shared: Shared,
    /// Ids of the paths that both require.
    required_by_both: Vec<String>,
    /// The id of the path to finish first.
    first: String,
    because: String,
}

#[derive(Serialize)]
struct PathReport {
    #[serde(flatten)]
    summary: Summary,
    /// Of its own open goals.
    hours_left: f64,
    /// Of the paths that it requires.
    hours_before: f64,
    /// Of its own open goals once the other path is finished.
    hours_after_other: f64,
    stages: Vec<StageReport>,
}

#[derive(Serialize)]
struct StageReport {
    #[serde(flatten)]
    summary: Summary,
    hours_left: f64,
}

#[derive(Serialize)]
struct Shared {
    progress: Progress,
    items: Vec<Row>,
}

/// Runs the command.
///
/// # Errors
/// A path is unknown or named twice, or the record cannot be read.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let (one, other) = (context.path(&args.one)?, context.path(&args.other)?);
    if one.id == other.id {
        return Err(Error::usage(format!("`{}` is named twice", one.id))
            .hint("name two different paths; `milepost paths` lists them"));
    }
    let standing = context.standing()?;
    let view = View { shelf: context.catalog(), standing: &standing };
    let found = compare(&view, one, other);
    let path = |side: &Side<'_>| PathReport {
        summary: Summary::of(&view, &Node::Path(side.roadmap)),
        hours_left: side.hours_left,
        hours_before: side.hours_before,
        hours_after_other: side.hours_after_other,
        stages: Summary::of_stages(&view, side.roadmap)
            .into_iter()
            .map(|summary| StageReport { hours_left: summary.progress.hours.left(), summary })
            .collect(),
    };
    let (first, second) = (&found.sides[found.first], &found.sides[1 - found.first]);
    let because = reason(first, second);
    let report = Report {
        paths: found.sides.iter().map(path).collect(),
        shared: Shared {
            progress: progress_of(&view, shared_counts(&view, &found)),
            items: found.shared.iter().map(|item: &Item<'_>| Row::new(item, &view)).collect(),
        },
        required_by_both: found.required_by_both.iter().map(|path| path.id.clone()).collect(),
        first: first.roadmap.id.clone(),
        because,
    };
    out.report("compare", &report, text)
}

fn reason(first: &Side<'_>, second: &Side<'_>) -> String {
    let (a, b) = (first.whole_way(), second.whole_way());
    let saved = second.hours_left - second.hours_after_other;
    let shorter = if a <= 0.0 {
        "nothing is left of it".to_owned()
    } else if a < b {
        format!("{} are left of it, {} of the other", quantity::hours(a), quantity::hours(b))
    } else {
        format!("{} are left of each, and it was named first", quantity::hours(a))
    };
    if saved > 0.0 {
        format!("{shorter}; finishing it does {} of the other as well", quantity::hours(saved))
    } else {
        shorter
    }
}

fn text(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let mut text = String::new();
    for path in &report.paths {
        let head = format!(
            "{} {}",
            paint.heading(&safe::line(&path.summary.title)),
            paint.dim(&path.summary.id)
        );
        text.push_str(&width::wrap_indented("", "  ", &head, screen.text_width()));
        let right = Align::Right;
        let mut table =
            Table::new(["Stage", "Left", "Of", "Done"], &[Align::Left, right, right, right]);
        let mut row = |title: &str, progress: &Progress| {
            table.row([
                safe::line(title).into_owned(),
                quantity::hours(progress.hours.left()),
                quantity::hours(progress.hours.total),
                quantity::percent(progress.percent),
            ]);
        };
        for stage in &path.stages {
            row(&stage.summary.title, &stage.summary.progress);
        }
        row("In all", &path.summary.progress);
        text.push_str(&table.render(screen.width, paint));
        if path.hours_before > 0.0 {
            let before = quantity::hours(path.hours_before);
            text.push_str(&format!("and {before} of what it requires\n"));
        }
        text.push('\n');
    }
    let shared = &report.shared;
    text.push_str(&paint.heading("Shared"));
    text.push('\n');
    if shared.items.is_empty() {
        text.push_str("no item stands in both\n");
    }
    let lines: Vec<Vec<String>> = shared
        .items
        .iter()
        .map(|item| {
            let mark = row::mark_of(item, paint);
            let title = safe::line(&item.title).into_owned();
            vec![mark, item.what().to_owned(), paint.dim(item.reference.as_str()), title]
        })
        .collect();
    text.push_str(&rows(&lines, &[Align::Left; 4], screen.width));
    if !report.required_by_both.is_empty() {
        let both = quantity::list(&report.required_by_both);
        let both = format!("both require {both}, which counts for each");
        text.push_str(&width::wrap_indented("", "  ", &both, screen.text_width()));
    }
    text.push('\n');
    let verdict = if report.paths.iter().any(|path| path.hours_left <= 0.0) {
        "Of one of them nothing is left, so there is no order to choose.".to_owned()
    } else {
        format!("Finish {} first: {}.", paint.bold(&report.first), report.because)
    };
    text + &width::wrap_indented("", "", &verdict, screen.text_width())
}
