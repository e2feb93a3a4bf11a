//! `milepost search`

use serde::Serialize;

use super::row;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::search::{Hit, search};
use crate::model::view::View;
use crate::output::{Output, Screen};
use crate::report::row::Row;
use crate::text::{quantity, safe, width};

/// Find text in titles, skills, resources, questions, the glossary and your own notes
///
/// Every word must occur, or begin a word that occurs; followed paths come first where two entries
/// match as well.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost search vector
  milepost search kubernetes deploy --json")]
pub struct Args {
    /// What to find
    #[arg(value_name = "TEXT", required = true)]
    text: Vec<String>,

    /// At most this many; 0 for all
    #[arg(short, long, value_name = "N", default_value_t = 20)]
    limit: usize,
}

#[derive(Serialize)]
struct Report {
    items: Vec<Entry>,
    /// How many there are in all.
    found: usize,
}

#[derive(Serialize)]
struct Entry {
    #[serde(flatten)]
    row: Row,
    snippet: Option<String>,
    score: f64,
}

/// Runs the command.
///
/// # Errors
/// There is nothing to find, or the record cannot be read.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let query = args.text.join(" ");
    if !query.chars().any(char::is_alphanumeric) {
        return Err(Error::usage("there is no word to find")
            .hint("for example `milepost search vector database`"));
    }
    let standing = context.standing()?;
    let view = View { shelf: context.catalog(), standing: &standing };
    let mut paths = context.followed(&standing);
    for (roadmap, _) in context.catalog().all() {
        if !paths.iter().any(|known| known.id == roadmap.id) {
            paths.push(roadmap);
        }
    }
    let glossary = context.catalog().career().map_or(&[][..], |career| &career.glossary);
    let hits = search(&view, &paths, glossary, &query);
    let found = hits.len();
    let most = if args.limit == 0 { found } else { args.limit };
    let entry = |hit: Hit<'_>| Entry {
        row: Row::of(&hit.what, &view),
        snippet: hit.snippet,
        score: (hit.score * 10.0).round() / 10.0,
    };
    let items = hits.into_iter().take(most).map(entry).collect();
    if found == 0 {
        out.say("nothing found; fewer or shorter words find more");
    }
    out.report("search", &Report { items, found }, text)
}

fn text(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let cut =
        |line: String| screen.width.map_or(line.clone(), |columns| width::fit(&line, columns));
    let mut text = String::new();
    for Entry { row, snippet, .. } in &report.items {
        let mark = row::mark_of(row, paint) + " ";
        let title = paint.bold(&row::title(&row.title, row.is_retired));
        let rest = format!("{}  {}", paint.dim(row.reference.as_str()), row.what());
        text.push_str(&row::line(&mark, &title, &rest, screen));
        if let Some(snippet) = snippet {
            text.push_str(&(cut(format!("    {}", paint.dim(&safe::line(snippet)))) + "\n"));
        }
    }
    let more = report.found - report.items.len();
    if more > 0 {
        let more = quantity::thousands(more);
        text.push_str(&paint.dim(&format!("{more} more: `--limit 0` shows all\n")));
    }
    text
}
