//! `milepost search`

use milepost_core::report::search::{self, Entry, Query, Report};
use milepost_path::safe;

use super::shared::item_row;
use crate::context::Context;
use crate::error::Result;
use crate::output::{Output, Screen};
use crate::text::{quantity, width};

/// Search titles, resources, questions, the glossary and your notes
///
/// Finds entries that contain every word. A word also finds the words that begin with it, and its
/// singular or plural. Of equally good matches, those in paths that you follow come first.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost search vector
  milepost search kubernetes deploy --json")]
pub struct Args {
    /// The words to search for
    #[arg(value_name = "TEXT", required = true)]
    text: Vec<String>,

    /// Show at most this many; 0 for all
    #[arg(short = 'n', short_alias = 'l', long, value_name = "N", default_value_t = 20)]
    limit: usize,
}

/// Runs the command.
///
/// # Errors
/// There is nothing to find, or the record cannot be read.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let query = Query { text: args.text.join(" "), limit: args.limit, notes: true };
    out.tell_answer(&search::report(&query, &context.app)?, text)
}

fn text(report: &Report, screen: &Screen) -> String {
    let mut text = items(&report.items, screen);
    let more = report.found - report.items.len();
    if more > 0 {
        let more = quantity::thousands(more);
        text.push_str(&screen.paint.dim(&format!("{more} more: `--limit 0` shows all\n")));
    }
    text
}

/// What was found, for people.
pub fn items(items: &[Entry], screen: &Screen) -> String {
    let paint = screen.paint;
    let cut =
        |line: String| screen.width.map_or(line.clone(), |columns| width::fit(&line, columns));
    let mut text = String::new();
    for Entry { row, snippet, .. } in items {
        let mark = item_row::mark_of(row, paint) + " ";
        let gone = if row.is_former { " (no longer in the path)" } else { "" };
        let title = paint.bold(&(item_row::title(&row.title, row.is_retired) + gone));
        let rest = format!("{}  {}", paint.dim(row.reference.as_str()), row.what());
        text.push_str(&item_row::line(&mark, &title, &rest, screen));
        if let Some(snippet) = snippet {
            text.push_str(&(cut(format!("    {}", paint.dim(&safe::line(snippet)))) + "\n"));
        }
    }
    text
}
