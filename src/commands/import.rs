//! `milepost import`

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::context::Context;
use crate::error::{Error, Result};
use crate::export::record::{self, Record};
use crate::output::{Output, Screen};
use crate::store::{self, Merged, Store};
use crate::text::{quantity, safe, width};

/// A larger file is refused unread. A million events are about 400 MB.
const MOST_BYTES: u64 = 1024 * 1024 * 1024;

/// Take up a record that was exported
///
/// What `milepost export --full` wrote becomes a record again, equal to the one that it was. Where
/// something is recorded already, the events that are not there yet come in between, in the order of
/// time: so two records become one. All of them come, or none; none that is there is changed.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost import record.json
  milepost import record.json --dry-run
  milepost import -                      from the standard input")]
pub struct Args {
    /// The file; `-` is the standard input
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,

    /// Validate and say what would be done, but do nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
}

#[derive(Serialize)]
struct Report {
    file: String,
    /// How many events came.
    added: usize,
    /// How many were there already.
    unchanged: usize,
    dry_run: bool,
}

/// Runs the command.
///
/// # Errors
/// The file cannot be read, is no export of a record, or was changed since; an event is recorded
/// already with another content; or the record cannot be read or written. Nothing was changed then.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let shown = shown(&args.file);
    let Record { device, events } = record::read(&shown, &bytes(&args.file, &shown)?)?;
    store::check(device, &events).map_err(|error| {
        Error::failed(format!("{shown}: {}", error.message()))
            .hint("export the record again; nothing was changed")
    })?;
    let merged = if events.is_empty() {
        Merged { added: 0, unchanged: 0 }
    } else if args.dry_run && context.store()?.is_none() {
        // Nothing is there yet, and nothing may be made: what there would be is made elsewhere.
        let folder = tempfile::tempdir().map_err(|error| {
            Error::failed(format!("no temporary directory can be made: {error}"))
                .hint("make room there, or import without `--dry-run`")
        })?;
        let mut store = Store::open_or_create(&folder.path().join("progress.db"))?;
        store.write(context.stamp)?.merge(device, events)?
    } else {
        let mut store = context.store_to_write()?;
        let mut writing = store.write(context.stamp)?;
        let merged = writing.merge(device, events)?;
        if merged.added > 0 && !args.dry_run {
            context.commit(writing)?;
        }
        merged
    };
    let Merged { added, unchanged } = merged;
    if added > 0 && !args.dry_run {
        out.say("next: `milepost log` shows what happened, `milepost status` how far you are");
    }
    let file = args.file.display().to_string();
    let report = Report { file, added, unchanged, dry_run: args.dry_run };
    out.report("import", &report, text)
}

/// The name of the file as a message shows it.
fn shown(path: &Path) -> String {
    if path == Path::new("-") {
        return "the standard input".to_owned();
    }
    safe::short(&path.display().to_string(), 300)
}

/// The bytes of the file, within bounds.
fn bytes(path: &Path, shown: &str) -> Result<Vec<u8>> {
    let told = |error: io::Error| {
        Error::failed(format!("{shown} cannot be read: {error}"))
            .hint("check the name and the permissions of the file")
    };
    if path == Path::new("-") {
        return within_bounds(io::stdin().lock(), shown)?.map_err(told);
    }
    let metadata = fs::metadata(path).map_err(told)?;
    // Looked at before opening: opening a FIFO would wait for a writer.
    if !metadata.is_file() {
        let what = if metadata.is_dir() { "a directory" } else { "not a regular file" };
        return Err(Error::failed(format!("{shown} is {what}"))
            .hint("name a file; `-` reads the standard input"));
    }
    let file = File::open(path).map_err(told)?;
    within_bounds(file, shown)?.map_err(told)
}

fn within_bounds(from: impl Read, shown: &str) -> Result<io::Result<Vec<u8>>> {
    let mut bytes = Vec::new();
    if let Err(error) = from.take(MOST_BYTES + 1).read_to_end(&mut bytes) {
        return Ok(Err(error));
    }
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Error::failed(format!("{shown} has more than 1 GiB"))
            .hint("an export of a record is far smaller; name another file"));
    }
    Ok(Ok(bytes))
}

fn text(report: &Report, screen: &Screen) -> String {
    let events = |n: usize| quantity::count(n, "event");
    let Report { added, unchanged, .. } = *report;
    let would = if report.dry_run { "would import" } else { "imported" };
    let file = shown(Path::new(&report.file));
    let line = match (added, unchanged) {
        (0, 0) => format!("{file} has no events; nothing changed"),
        (0, n) => format!("nothing changed: all was there already ({})", events(n)),
        (n, 0) => format!("{would} {}", events(n)),
        (n, there) => format!("{would} {} ({} there already)", events(n), events(there)),
    };
    width::wrap_indented("", "  ", &line, screen.text_width())
}
