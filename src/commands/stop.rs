//! `milepost stop`

use serde::Serialize;

use crate::catalog::reference::nearest;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::model::event::{Entry, Fact};
use crate::model::roadmap::Ref;
use crate::output::{Output, Screen};
use crate::text::{safe, width};

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
    let standing = writing.reading().standing_of([])?;
    for id in &args.paths {
        // A path whose file is gone can still be left.
        if standing.following().contains_key(id) {
            if report.stopped.contains(id) {
                continue;
            }
            let title = context.catalog().roadmap(id).map(|roadmap| roadmap.title.clone());
            let subject = Ref::path_only(id);
            writing.append(Entry { subject, title, fact: Fact::Stopped }, context.today())?;
            report.stopped.push(id.clone());
        } else if context.catalog().roadmap(id).is_some() {
            report.unchanged.push(id.clone());
        } else {
            // A followed path that is not installed is known by its record only.
            if let Some(near) = nearest(id, standing.followed_ids()).first() {
                let id = safe::short(id, 80);
                return Err(Error::failed(format!("there is no path `{id}`"))
                    .hint(format!("did you mean `{near}`?")));
            }
            context.path(id)?;
        }
    }
    if report.stopped.is_empty() {
        drop(writing);
    } else {
        context.commit(writing)?;
    }
    out.report("stop", &report, text)
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
