//! `milepost import`

use std::path::{Path, PathBuf};

use milepost_author::read::{MOST_BYTES as MOST_BYTES_OF_DOCUMENT, detect};
use milepost_core::report::import::{self, Query, Report};
use milepost_core::{record, transfer};
use milepost_path::safe;

use super::shared::input;
use crate::config;
use crate::context::Context;
use crate::error::Result;
use crate::output::{Output, Screen};
use crate::text::{quantity, shell, width};
use crate::words::record::unreadable;

/// A larger file is refused unread. A million events are about 400 MB.
const MOST_BYTES: usize = 1024 * 1024 * 1024;

/// Import an exported record
///
/// Reads what `milepost export --full` wrote. If nothing is recorded yet, the result is the same
/// record. Otherwise, it adds the events that are missing here, each after the events that its
/// machine knew of, so that two machines end up with the same record whichever imports first. It adds
/// all of them or none, and changes no event that is there.
///
/// If you import into an empty record on the machine that exported the file, the old record
/// continues, and so does `undo`. On another machine, the new record has the same events and belongs
/// to that machine.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost import record.json
  milepost import record.json --dry-run
  milepost import record.json --again    after an undo, whatever you did since
  milepost import -                      from standard input")]
pub struct Args {
    /// The file; `-` is standard input
    #[arg(
        value_name = "FILE",
        value_hint = clap::ValueHint::FilePath,
        value_parser = config::file_name()
    )]
    file: PathBuf,

    /// Import it again after `milepost undo`, whatever has changed since
    #[arg(long)]
    again: bool,

    /// Validate and show what would change, but change nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
}

/// Runs the command.
///
/// # Errors
/// The file cannot be read or is no export of a record, or nothing of it can be taken up.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let name = input::name(&args.file);
    let bytes = input::bytes(&args.file, MOST_BYTES)?;
    let record = transfer::read(&bytes, record::FORM).map_err(|why| {
        let error = unreadable(&name, &why);
        // What becomes a path is no record.
        match is_document(&args.file, &bytes) {
            true => error.hint(format!(
                "`milepost new ID --from {}` makes a path from it",
                shell::word(&name)
            )),
            false => error,
        }
    })?;
    drop(bytes);
    let file = args.file.display().to_string();
    let query = Query { file, name, record, again: args.again, dry_run: args.dry_run };
    out.tell_answer(&import::report(query, &context.app)?, text)
}

fn is_document(file: &Path, bytes: &[u8]) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let text = bytes
        .get(..bytes.len().min(MOST_BYTES_OF_DOCUMENT))
        .and_then(|all| str::from_utf8(all).ok());
    text.is_some_and(|text| detect(&name, text).is_ok())
}

fn text(report: &Report, screen: &Screen) -> String {
    let events = |n: usize| quantity::count(n, "event");
    let Report { added, unchanged, reordered, .. } = *report;
    let would = if report.dry_run { "would import" } else { "imported" };
    let file = input::name(Path::new(&report.file));
    let line = match (added, unchanged) {
        (0, 0) => format!("{file} has no events; nothing changed"),
        (0, n) if reordered > 0 => {
            let has = if report.dry_run { "would have" } else { "now has" };
            let (all, those) = (events(n), events(reordered));
            format!("already there: {all}; the log {has} the file's order for {those}")
        }
        (0, n) => format!("everything was already there ({}); nothing changed", events(n)),
        (n, 0) => format!("{would} {}", events(n)),
        (n, there) => format!("{would} {} ({} already there)", events(n), events(there)),
    };
    let kept = report.kept.as_ref().map(|kept| {
        format!(
            "the record from before is kept in {}; `milepost undo` undoes the import",
            safe::short(kept, 300)
        )
    });
    let brought = (report.brought_back > 0).then(|| {
        let back = if report.dry_run { "would bring back" } else { "brought back" };
        let undo = if report.dry_run || report.kept.is_some() {
            ""
        } else {
            "; `milepost undo` takes them back"
        };
        format!("{back} {}{undo}", events(report.brought_back))
    });
    // All that was there came back.
    let is_all = brought.is_some() && added == 0 && reordered == 0;
    let lines = Some(line).filter(|_| !is_all).into_iter().chain(brought).chain(kept);
    lines.map(|line| width::wrap_indented("", "  ", &line, screen.sentence_width())).collect()
}
