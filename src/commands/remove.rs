//! `milepost remove`

use milepost_core::effects::Effects;
use milepost_core::report::remove::{self, Query};

use crate::context::Context;
use crate::error::{Code, Error, Result};
use crate::output::Output;
use crate::text::{quantity, width};

/// Remove one of your own paths
///
/// Your record of it is kept, and counts again if you add the path again. If it replaced a built-in
/// path, that one comes back. `career` is the career file. The file is kept: `milepost add --back
/// ID` restores it.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost remove my-path
  milepost remove my-path --yes
  milepost remove ai-integration --overlay")]
pub struct Args {
    /// The path, or `career`
    #[arg(value_name = "PATH", add = super::completions::removable())]
    path: String,

    /// Remove the overlay of the path instead
    #[arg(long)]
    overlay: bool,

    /// Remove it without asking
    #[arg(short, long)]
    yes: bool,
}

/// Runs the command.
///
/// # Errors
/// The path is unknown, built in, or its file cannot be removed.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let mut query = Query { path: args.path.clone(), overlay: args.overlay, dry_run: !args.yes };
    if !args.yes {
        let would = remove::report(&query, &context.app)?.report;
        let place = &would.file;
        let Some(prompt) = out.prompt() else {
            return Err(Error::new(
                Code::NoTerminal,
                format!("{place} would be removed; there is no terminal to ask on"),
            )
            .hint("pass `--yes` to confirm"));
        };
        let what = would.effects.as_ref().and_then(unseen);
        let what = what.map_or(String::new(), |what| format!(" {what}."));
        if !prompt.confirm(&format!("Remove {place}?{what}"))? {
            return Err(Error::cancelled());
        }
        query.dry_run = false;
    }
    let answer = remove::report(&query, &context.app)?;
    let back = format!("`milepost add --back {}` brings its file back", answer.report.removed);
    out.tell_answer(&answer, |report, screen| {
        let back = if report.built_in_is_back { "; the built-in one is back" } else { "" };
        let line = format!("removed {}{back}; its record is kept", report.removed);
        let mut text = width::wrap_indented("", "  ", &line, screen.text_width());
        let unseen = report.effects.as_ref().and_then(unseen);
        for line in unseen.into_iter().chain(report.effects.as_ref().and_then(dependents)) {
            text.push_str(&width::wrap_indented("  ", "    ", &line, screen.text_width()));
        }
        text
    })?;
    out.say(&back);
    Ok(())
}

/// What is not counted until the path is there again.
fn unseen(effects: &Effects) -> Option<String> {
    let parts = [
        (effects.lost.len() + effects.reused.len(), "tick"),
        (effects.answers_lost.len(), "answered question"),
    ];
    let parts = parts.into_iter().filter(|(many, _)| *many > 0);
    let parts: Vec<String> = parts.map(|(many, what)| quantity::count(many, what)).collect();
    (!parts.is_empty())
        .then(|| format!("not seen until it is added again: {}", quantity::list(&parts)))
}

/// The files that name something of it.
fn dependents(effects: &Effects) -> Option<String> {
    let mut paths: Vec<&str> = effects.dependents.iter().map(|one| one.path.as_str()).collect();
    paths.dedup();
    (!paths.is_empty()).then(|| format!("other paths that need it: {}", quantity::list(&paths)))
}
