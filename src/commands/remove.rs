//! `milepost remove`

use serde::Serialize;

use crate::catalog::Source;
use crate::context::Context;
use crate::disk;
use crate::error::{Code, Error, Result};
use crate::model::roadmap::CAREER;
use crate::output::Output;
use crate::text::width;

/// Remove a path of your own
///
/// What was recorded for it stays, and counts again when the path is added again. A built-in path
/// whose place it took comes back. `career` is the career file.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost remove my-path
  milepost remove my-path --yes")]
pub struct Args {
    /// The path, or `career`
    #[arg(value_name = "PATH", add = super::completions::removable())]
    path: String,

    /// Remove it without a question
    #[arg(short, long)]
    yes: bool,
}

#[derive(Serialize)]
struct Report {
    removed: String,
    file: String,
    built_in_is_back: bool,
}

/// Runs the command.
///
/// # Errors
/// The path is unknown, built in, or its file cannot be removed.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let is_career = args.path == CAREER;
    let (id, source) = if is_career {
        (CAREER, Some(context.app.catalog().career_source()))
    } else {
        let id = context.app.path(&args.path)?.id.as_str();
        (id, context.app.catalog().source(id))
    };
    let Some(Source::Own(file, built_in_is_back)) = source else {
        let error = Error::new(Code::Refused, format!("`{id}` is built in; it cannot be removed"));
        return Err(if is_career {
            error.hint("`milepost add` puts one of your own in its place")
        } else {
            error.hint(format!("`milepost stop {id}` follows it no more"))
        });
    };
    let place = disk::show(&file);
    // Only the folder that `add` fills is ours; other files are the user's to keep.
    let ours =
        context.app.places.paths_folder.as_ref().is_some_and(|folder| file.starts_with(folder));
    if !ours {
        return Err(Error::new(
            Code::Refused,
            format!("`{id}` was not added, it is read from {place}"),
        )
        .hint("take the file out of MILEPOST_PATHS, or remove it yourself"));
    }
    if !args.yes {
        // A file that is gone does not come back: unlike a mark, this cannot be undone.
        let Some(prompt) = out.prompt() else {
            return Err(Error::new(
                Code::NoTerminal,
                format!("{place} would be removed, and nobody can be asked"),
            )
            .hint("pass `--yes`"));
        };
        if !prompt.confirm(&format!("Remove {place}?"))? {
            return Err(Error::cancelled());
        }
    }
    disk::remove(&file)?;
    let report = Report { removed: id.to_owned(), file: place, built_in_is_back };
    out.report("remove", &report, |report, screen| {
        let back = if report.built_in_is_back { "; the built-in one is back" } else { "" };
        let line = format!("removed {}{back}; what was recorded stays", report.removed);
        width::wrap_indented("", "  ", &line, screen.text_width())
    })
}
