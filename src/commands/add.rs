//! `milepost add`

use std::path::PathBuf;

use milepost_core::report::add::{self, Added, Doubt, Query, Refusal, Report};

use super::shared::input;
use crate::config;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::output::{Output, Screen};
use crate::text::width;
use crate::words::add as words;

/// Install your own paths
///
/// Validates all files, then copies them to the configuration directory under their ids: all of
/// them, or none. If another version of a path is installed, it first shows what changes in your
/// record: what would be lost or newly marked, what has a new id, and which ids now mean something
/// else. At a terminal, it asks about each of these. In a script, `--yes` alone refuses them, and
/// `--carry` and `--lose` decide them. A path with the id of a built-in one replaces it; a career file
/// replaces the built-in one, as `career`.
///
/// The last three versions of each path are kept: `--back` restores the one before. `milepost paths`
/// says when the file that you added has a newer version.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost add my-path.toml
  milepost add my-path.toml --dry-run  show what it changes
  milepost add my-path.toml --yes      replace an older version
  milepost add my-path.toml --yes --carry
  milepost add --back my-path")]
pub struct Args {
    /// The files, folders with files, or `-` for standard input
    #[arg(
        value_name = "FILE",
        required_unless_present = "back",
        value_hint = clap::ValueHint::FilePath,
        value_parser = config::file_name()
    )]
    files: Vec<PathBuf>,

    /// Validate and show what would change, but change nothing
    #[arg(short = 'n', long)]
    dry_run: bool,

    /// Replace an older version, unless your record is in doubt
    #[arg(short, long)]
    yes: bool,

    /// Keep the record of everything that looks renamed
    #[arg(long)]
    carry: bool,

    /// Accept that the rest no longer shows; the record keeps it
    #[arg(long)]
    lose: bool,

    /// Install a different path under an id that you have a record of
    #[arg(long)]
    force: bool,

    /// Restore the version before the installed one, or a removed path
    #[arg(long, value_name = "ID", conflicts_with = "files")]
    back: Option<String>,

    /// Show every line that changes, old and new
    #[arg(long)]
    all: bool,
}

/// Runs the command.
///
/// # Errors
/// A file is no valid path or career file, something is in doubt and nobody said what is meant, or it
/// cannot be copied.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let mut query = Query {
        files: args.files.iter().map(|file| input::given(file)).collect::<Result<_>>()?,
        back: args.back.clone(),
        dry_run: args.dry_run,
        yes: args.yes,
        carry: args.carry,
        lose: args.lose,
        force: args.force,
        answers: Vec::new(),
    };
    let mut was_shown = false;
    let answer = loop {
        match add::report(&query, &context.app) {
            Ok(answer) => break answer,
            Err(error) => ask(error, &mut query, args.all, &mut was_shown, out)?,
        }
    };
    let way_back = words::way_back(&answer.report);
    out.tell_answer(&answer, |report, screen| told(report, args.all, was_shown, screen))?;
    if let Some(way_back) = way_back {
        out.say(&way_back);
    }
    Ok(())
}

/// Asks what is open, and puts the answers into the query.
fn ask(
    error: milepost_core::Error,
    query: &mut Query,
    all: bool,
    was_shown: &mut bool,
    out: &mut Output<'_, '_>,
) -> Result<()> {
    let milepost_core::Error::Refused(refusal) = error else {
        return Err(error.into());
    };
    let milepost_core::Refusal::Add(refusal) = *refusal else {
        return Err((*refusal).into());
    };
    let Refusal::Open(report, doubts) = *refusal else {
        return Err(milepost_core::Refusal::Add(refusal).into());
    };
    if out.prompt().is_none() {
        return Err(milepost_core::Refusal::Add(Box::new(Refusal::Open(report, doubts))).into());
    }
    let is_last = doubts.iter().all(|doubt| matches!(doubt, Doubt::Replace(..)));
    // Once before the first question; and what it comes to before the last.
    if !*was_shown || (is_last && !query.answers.is_empty()) {
        let screen = out.screen();
        let shown = report.added.iter().map(|one| preview(one, all, &screen));
        let shown: String = shown.collect();
        out.tell(&shown);
        *was_shown = true;
    }
    for doubt in doubts {
        let Some(prompt) = out.prompt() else {
            return Err(Error::cancelled());
        };
        let yes = prompt.confirm(&words::question(&doubt))?;
        if !yes && matches!(doubt, Doubt::Replace(..) | Doubt::AnotherPath(_)) {
            return Err(Error::cancelled());
        }
        query.answers.push((doubt, yes));
    }
    Ok(())
}

/// The report for people.
pub fn text(report: &Report, screen: &Screen) -> String {
    told(report, false, false, screen)
}

fn told(report: &Report, all: bool, was_shown: bool, screen: &Screen) -> String {
    let mut text = String::new();
    let line = |line: &str| width::wrap_indented("", "  ", line, screen.text_width());
    for one in &report.added {
        text.push_str(&line(&words::head(one, !report.dry_run)));
        if !was_shown {
            text.push_str(&preview(one, all, screen));
        }
    }
    for id in &report.unchanged {
        let same = format!("{id} is already installed in this version; nothing changed");
        text.push_str(&line(&same));
    }
    text
}

/// What a file does, line by line.
fn preview(added: &Added, all: bool, screen: &Screen) -> String {
    let mut text = String::new();
    let columns = screen.text_width();
    for group in words::groups(added, all, &|reference| screen.paint.dim(reference)) {
        text.push_str(&width::wrap_indented("  ", "    ", &group.head, columns));
        for line in &group.lines {
            text.push_str(&width::wrap_indented("    ", "      ", line, columns));
        }
        if group.more > 0 {
            text.push_str(&format!("    and {} more: `--all` shows them\n", group.more));
        }
    }
    text
}
