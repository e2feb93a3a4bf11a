//! `milepost paths`

use serde::Serialize;

use crate::catalog::Source;
use crate::context::Context;
use crate::error::Result;
use crate::model::progress::progress;
use crate::model::view::View;
use crate::output::{Output, Screen};
use crate::text::columns::Align;
use crate::text::table::Table;
use crate::text::{quantity, safe, width};

/// List the paths there are
///
/// With size, hours, where each comes from, whether it is followed and how far.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost paths
  milepost paths --json")]
pub struct Args {}

#[derive(Serialize)]
struct Report {
    paths: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    id: String,
    title: String,
    source: String,
    replaces_built_in: bool,
    followed: bool,
    stages: usize,
    topics: usize,
    skills: usize,
    resources: usize,
    milestones: usize,
    hours: f64,
    percent: f64,
}

/// Runs the command.
///
/// # Errors
/// The record cannot be read.
pub fn run(_: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let standing = context.standing()?;
    let catalog = context.catalog();
    let view = View { shelf: catalog, standing: &standing };
    let paths = catalog
        .all()
        .into_iter()
        .map(|(roadmap, source)| {
            let progress = progress(&view, roadmap.items());
            let (source, replaces_built_in) = match source {
                Source::BuiltIn => ("built-in".to_owned(), false),
                Source::Own(file, replaces) => (file.display().to_string(), replaces),
            };
            Row {
                id: roadmap.id.clone(),
                title: roadmap.title.clone(),
                source,
                replaces_built_in,
                followed: standing.following().contains_key(&roadmap.id),
                stages: roadmap.stages.len(),
                topics: roadmap.stages.iter().map(|stage| stage.topics.len()).sum(),
                skills: progress.skills.total,
                resources: progress.resources.total,
                milestones: progress.milestones.total,
                hours: progress.hours.total,
                percent: progress.percent,
            }
        })
        .collect();
    out.report("paths", &Report { paths }, text)
}

fn text(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let right = Align::Right;
    let left = Align::Left;
    // A narrow screen has room for what one needs to choose.
    let narrow = screen.width.is_some_and(|width| width < 72);
    let mut table = if narrow {
        Table::new(["Path", "Hours", "Done"], &[left, right, right])
    } else {
        let headers = ["Path", "Title", "Skills", "Milestones", "Resources", "Hours", "Done"];
        Table::new(headers, &[left, left, right, right, right, right, right])
    };
    let mut notes = String::new();
    for row in &report.paths {
        let followed = if row.followed { "* " } else { "  " };
        let id = format!("{followed}{}", row.id);
        let id = if row.followed { paint.bold(&id) } else { id };
        let done = quantity::percent(row.percent);
        let hours = quantity::hours(row.hours);
        if narrow {
            table.row([id, hours, done]);
        } else {
            let title = safe::line(&row.title).into_owned();
            let [skills, milestones, resources] =
                [row.skills, row.milestones, row.resources].map(quantity::thousands);
            table.row([id, title, skills, milestones, resources, hours, done]);
        }
        if row.source != "built-in" {
            let instead = if row.replaces_built_in { ", in place of the built-in one" } else { "" };
            let source = safe::line(&row.source);
            notes.push_str(&format!("{} comes from {source}{instead}\n", row.id));
        }
    }
    let followed = report.paths.iter().any(|row| row.followed);
    let legend = if followed {
        "* followed. `milepost show PATH` shows one."
    } else {
        "Follow one with `milepost start PATH`; `milepost show PATH` shows it."
    };
    let legend = width::wrap_indented("", "", &paint.dim(legend), screen.text_width());
    format!("{}{legend}{notes}", table.render(screen.width, paint))
}
