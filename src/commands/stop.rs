//! `milepost stop`

use serde::Serialize;

use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::event::{Entry, Fact};
use crate::model::roadmap::Ref;
use crate::model::standing::Standing;
use crate::output::{Output, Screen};
use crate::text::{safe, width};
use crate::words::meant;

/// Follow a path no more
///
/// What was recorded stays, and counts again when the path is started again.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost stop ml-engineering")]
pub struct Args {
    /// The paths to follow no more
    #[arg(value_name = "PATH", required = true, add = super::completions::followed())]
    paths: Vec<String>,
}

#[derive(Serialize)]
struct Report {
    stopped: Vec<String>,
    unchanged: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// A path is unknown, or the record cannot be written.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let mut report = Report { stopped: Vec::new(), unchanged: Vec::new() };
    let store = context.store()?;
    let mut store = match store {
        Some(store) => store,
        None => {
            for id in &args.paths {
                report.unchanged.push(context.path(id)?.id.clone());
            }
            return out.report("stop", &report, text);
        }
    };
    let mut writing = store.write(context.stamp)?;
    let recorded = writing.reading().standing_of([])?;
    let standing = context.catalog().read_as(recorded.clone());
    for text in &args.paths {
        let id = followed_or_known(text, &standing, context)?;
        if !standing.following().contains_key(&id) {
            report.unchanged.push(id);
        } else if !report.stopped.contains(&id) {
            let title = context.catalog().roadmap(&id).map(|roadmap| roadmap.title.clone());
            // It can be followed under an id that the path had before, too.
            let is_it = |one: &&str| *one == id || leads_to(one, &id, context);
            for one in recorded.followed_ids().into_iter().filter(is_it) {
                let (subject, title) = (Ref::path_only(one), title.clone());
                writing.append(Entry { subject, title, fact: Fact::Stopped }, context.today())?;
            }
            report.stopped.push(id);
        }
    }
    if report.stopped.is_empty() {
        drop(writing);
    } else {
        context.commit(writing)?;
    }
    out.report("stop", &report, text)
}

/// Whether what is recorded under an id counts for the path that has another now.
fn leads_to(old: &str, id: &str, context: &Context) -> bool {
    context.catalog().roadmap(old).is_some_and(|roadmap| roadmap.id == id)
}

/// The id of a path; one whose file is gone can still be left, and is known by the record only.
fn followed_or_known(text: &str, standing: &Standing, context: &Context) -> Result<String> {
    let followed = standing.followed_ids();
    let lower = text.to_lowercase();
    if let Some(id) = followed.iter().find(|id| **id == text || **id == lower) {
        return Ok((*id).to_owned());
    }
    context.path(text).map(|roadmap| roadmap.id.clone()).map_err(|error| {
        let error = Error::from(error);
        match meant(text, followed) {
            Some(question) => error.without_hints().hint(question),
            None => error,
        }
    })
}

fn text(report: &Report, screen: &Screen) -> String {
    let stopped = report.stopped.iter();
    // What is not installed is known by its record only, which can come from elsewhere.
    let shown = |id: &String| safe::short(id, 80);
    let stopped =
        stopped.map(|id| format!("{} is followed no more; what was recorded stays", shown(id)));
    let unchanged = report.unchanged.iter();
    let unchanged = unchanged.map(|id| format!("{id} was not followed; nothing changed"));
    let lines = stopped.chain(unchanged);
    lines.map(|line| width::wrap_indented("", "  ", &line, screen.text_width())).collect()
}
