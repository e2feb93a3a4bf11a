//! `milepost remove`

use serde::Serialize;

use crate::catalog::Source;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::output::Output;
use crate::text::{safe, width};

/// Remove a path of your own
///
/// What was recorded for it stays, and counts again when the path is added again. A built-in path
/// whose place it took comes back.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost remove my-path
  milepost remove my-path --yes")]
pub struct Args {
    /// The path
    #[arg(value_name = "PATH", add = super::completions::paths())]
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
    let roadmap = context.path(&args.path)?;
    let (file, built_in_is_back) = match context.catalog().source(&roadmap.id) {
        Some(Source::Own(file, replaces)) => (file, replaces),
        _ => {
            return Err(Error::failed(format!(
                "`{}` is built in; it cannot be removed",
                args.path
            ))
            .hint(format!("`milepost stop {}` follows it no more", args.path)));
        }
    };
    let place = safe::short(&file.display().to_string(), 300);
    // Only the folder that `add` fills is ours; other files are the user's to keep.
    let ours = context.config.paths_folder.as_ref().is_some_and(|folder| file.starts_with(folder));
    if !ours {
        return Err(Error::failed(format!(
            "`{}` was not added, it is read from {place}",
            roadmap.id
        ))
        .hint("take the file out of MILEPOST_PATHS, or remove it yourself"));
    }
    if !args.yes {
        // A file that is gone does not come back: unlike a mark, this cannot be undone.
        let Some(prompt) = out.prompt() else {
            return Err(Error::usage(format!("{place} would be removed, and nobody can be asked"))
                .hint("say it with `--yes`"));
        };
        if !prompt.confirm(&format!("Remove {place}?"))? {
            return Err(Error::cancelled());
        }
    }
    std::fs::remove_file(&file)
        .map_err(|error| Error::failed(format!("{place} cannot be removed: {error}")))?;
    let report = Report { removed: roadmap.id.clone(), file: place, built_in_is_back };
    out.report("remove", &report, |report, screen| {
        let back = if report.built_in_is_back { "; the built-in one is back" } else { "" };
        let line = format!("removed {}{back}; what was recorded stays", report.removed);
        width::wrap_indented("", "  ", &line, screen.text_width())
    })
}
