//! `milepost import`

use std::path::{Path, PathBuf};

use super::input;
use crate::config;
use crate::context::Context;
use crate::error::Result;
use crate::export::record;
use crate::output::{Output, Screen};
use crate::report::import::{self, Query, Report};
use crate::store;
use crate::text::{quantity, safe, width};
use crate::words::record::unreadable;

/// A larger file is refused unread. A million events are about 400 MB.
const MOST_BYTES: usize = 1024 * 1024 * 1024;

/// Take up a record that was exported
///
/// What `milepost export --full` wrote becomes a record again, equal to the one that it was. Where
/// something is recorded already, the events that are not there yet come in between, each after those
/// that its machine knew of: so two records become one, and say the same whatever came first. All of
/// them come, or none; none that is there is changed.
///
/// Where nothing is recorded yet, the record goes on as what it was: `undo` goes on too. A file from
/// another machine makes a record of the same events that is this machine's own.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost import record.json
  milepost import record.json --dry-run
  milepost import record.json --again    after an undo, whatever you did since
  milepost import -                      from the standard input")]
pub struct Args {
    /// The file; `-` is the standard input
    #[arg(
        value_name = "FILE",
        value_hint = clap::ValueHint::FilePath,
        value_parser = config::file_name()
    )]
    file: PathBuf,

    /// Bring back what an undone import brought of it; `milepost undo` takes that back again
    #[arg(long)]
    again: bool,

    /// Validate and say what would be done, but do nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
}

/// Runs the command.
///
/// # Errors
/// The file cannot be read or is no export of a record, or nothing of it can be taken up.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let name = input::name(&args.file);
    let bytes = input::bytes(&args.file, MOST_BYTES)?;
    let record = record::read(&bytes, store::FORM).map_err(|why| unreadable(&name, &why))?;
    drop(bytes);
    let file = args.file.display().to_string();
    let query = Query { file, name, record, again: args.again, dry_run: args.dry_run };
    out.tell_answer(&import::report(query, &context.app)?, text)
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
            format!("all was there already ({all}); the log {has} the file's order for {those}")
        }
        (0, n) => format!("nothing changed: all was there already ({})", events(n)),
        (n, 0) => format!("{would} {}", events(n)),
        (n, there) => format!("{would} {} ({} there already)", events(n), events(there)),
    };
    let kept = report.kept.as_ref().map(|kept| {
        format!(
            "the record from before is kept in {}; `milepost undo` takes the import back",
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
