//! `milepost compare`

use milepost_core::progress::Progress;
use milepost_core::report::compare::{self, Query, Report};
use milepost_path::safe;

use super::shared::item_row;
use crate::context::Context;
use crate::error::Result;
use crate::output::{Output, Screen};
use crate::text::columns::{Align, rows};
use crate::text::table::Table;
use crate::text::{quantity, width};
use crate::words::compare::{because, plan};

/// Compare two paths
///
/// Shows what they share, how much of that is done, what is left of each by stage, and which to
/// finish first if you want both. Left counts whole goals until they are done; a plan counts what is
/// left to study, prove and build for the path. Where the two differ, a line says so.
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

/// Runs the command.
///
/// # Errors
/// A path is unknown or named twice, or the record cannot be read.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let query = Query { one: args.one.clone(), other: args.other.clone() };
    out.tell_answer(&compare::report(&query, &context.app)?, text)
}

fn text(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let mut text = String::new();
    for path in &report.paths {
        text.push_str(&item_row::heading(&path.summary.title, &path.summary.id, screen));
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
        row("Total", &path.summary.progress);
        text.push_str(&table.render(screen.width, paint));
        if path.hours_before > 0.0 {
            let before = quantity::hours(path.hours_before);
            text.push_str(&format!("plus {before} of what it requires\n"));
        }
        if let Some(plan) = plan(path) {
            text.push_str(&width::wrap_indented("", "  ", &plan, screen.text_width()));
        }
        text.push('\n');
    }
    let shared = &report.shared;
    text.push_str(&paint.heading("Shared"));
    text.push('\n');
    if shared.items.is_empty() {
        text.push_str("they share no items\n");
    }
    let lines: Vec<Vec<String>> = shared
        .items
        .iter()
        .map(|item| {
            let mark = item_row::mark_of(item, paint);
            let title = safe::line(&item.title).into_owned();
            vec![mark, item.what().to_owned(), paint.dim(item.reference.as_str()), title]
        })
        .collect();
    let shared_rows = rows(&lines, &[Align::Left; 4], screen.width, 2);
    text.push_str(&shared_rows.unwrap_or_else(|| {
        // A narrow screen has no room for columns.
        let lines = shared.items.iter().map(|item| {
            let mark = item_row::mark_of(item, paint) + " ";
            let rest = format!("{}  {}", paint.dim(item.reference.as_str()), item.what());
            item_row::line(&mark, &item_row::title(&item.title, false), &rest, screen)
        });
        lines.collect()
    }));
    if !report.required_by_both.is_empty() {
        let both = quantity::list(&report.required_by_both);
        let both = format!("both require {both}, which counts for each");
        text.push_str(&width::wrap_indented("", "  ", &both, screen.text_width()));
    }
    text.push('\n');
    let verdict = if report.paths.iter().any(|path| path.hours_left <= 0.0) {
        "One of them is finished, so there is no order to choose.".to_owned()
    } else {
        let why = because(&report.because);
        format!("Finish {} first: {why}.", paint.bold(&report.first))
    };
    text + &width::wrap_indented("", "", &verdict, screen.text_width())
}
