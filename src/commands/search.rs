//! `milepost search`

use serde::Serialize;

use super::row;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::roadmap::{Cost, Ref, ResourceKind, Roadmap};
use crate::model::search::{Found, Hit, search};
use crate::model::standing::Status;
use crate::model::view::View;
use crate::output::{Output, Screen};
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
    #[serde(rename = "ref")]
    reference: Ref,
    kind: &'static str,
    title: String,
    /// None of a term.
    path: Option<String>,
    stage: Option<String>,
    topic: Option<String>,
    status: Option<Status>,
    hours: Option<f64>,
    url: Option<String>,
    #[serde(rename = "type")]
    resource_kind: Option<ResourceKind>,
    cost: Option<Cost>,
    snippet: Option<String>,
    score: f64,
    #[serde(skip)]
    is_retired: bool,
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
    let items = hits.into_iter().take(most).map(|hit| entry(&hit, &view)).collect();
    if found == 0 {
        out.say("nothing found; fewer or shorter words find more");
    }
    out.report("search", &Report { items, found }, text)
}

fn entry(hit: &Hit<'_>, view: &View<'_>) -> Entry {
    let (roadmap, stage, topic): (Option<&Roadmap>, _, _) = match hit.what {
        Found::Node(node) => (Some(node.roadmap()), node.stage(), node.topic()),
        Found::Question(asked) => (Some(asked.roadmap), None, None),
        Found::Term(_) => (None, None, None),
    };
    let resource = hit.what.resource();
    Entry {
        reference: hit.what.reference(),
        kind: hit.what.kind(),
        title: hit.what.title().to_owned(),
        path: roadmap.map(|roadmap| roadmap.id.clone()),
        stage: stage.map(|stage| stage.id.clone()),
        topic: topic.map(|topic| topic.id.clone()),
        status: hit.what.status(view),
        hours: hit.what.item().and_then(|item| item.hours()),
        url: hit.what.url().map(str::to_owned),
        resource_kind: resource.map(|(kind, _)| kind),
        cost: resource.and_then(|(_, cost)| cost),
        snippet: hit.snippet.clone(),
        score: (hit.score * 10.0).round() / 10.0,
        is_retired: hit.what.item().is_some_and(|item| item.tracked().retired),
    }
}

fn text(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let cut =
        |line: String| screen.width.map_or(line.clone(), |columns| width::fit(&line, columns));
    let mut text = String::new();
    for item in &report.items {
        let mark = match item.status {
            Some(status) => paint.status_mark(row::mark(status)) + " ",
            None => "    ".to_owned(),
        };
        let title = paint.bold(&row::title(&item.title, item.is_retired));
        let kind = item.resource_kind.map_or(item.kind, ResourceKind::as_str);
        let rest = format!("{}  {kind}", paint.dim(item.reference.as_str()));
        text.push_str(&row::line(&mark, &title, &rest, screen));
        if let Some(snippet) = &item.snippet {
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
