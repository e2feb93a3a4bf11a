//! `milepost import`

use std::path::{Path, PathBuf};

use serde::Serialize;
use uuid::Uuid;

use super::input;
use crate::config;
use crate::context::Context;
use crate::error::{Code, Error, Result, reason};
use crate::export::record::{self, Record};
use crate::model::event::{Fact, Recorded};
use crate::output::{Output, Screen};
use crate::store::{self, Merged, Reading, Store, StoreError, Writing, restore};
use crate::text::{quantity, safe, width};

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
  milepost import -                      from the standard input")]
pub struct Args {
    /// The file; `-` is the standard input
    #[arg(
        value_name = "FILE",
        value_hint = clap::ValueHint::FilePath,
        value_parser = config::file_name()
    )]
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
    /// How many of these take their place in the log from the file.
    reordered: usize,
    /// Where the record as it was before is kept; null where nothing was there, or nothing came.
    kept: Option<String>,
    /// Whether all of it was there and an undo of its import took it back.
    taken_back: bool,
    dry_run: bool,
}

/// Runs the command.
///
/// # Errors
/// The file cannot be read, is no export of a record, or was changed since; an event is recorded
/// already with another content; or the record cannot be read or written. Nothing was changed then.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let shown = input::name(&args.file);
    let bytes = input::bytes(&args.file, MOST_BYTES)?;
    let Record { device, machine, events } = record::read(&shown, &bytes, store::FORM)?;
    drop(bytes);
    // On its own machine the record goes on as what it was. On another one there are two, which must
    // not pass for one device. What is not known is taken for a backup that comes back.
    let here = store::machine(device);
    let equal = (machine.is_none() || here.is_none() || machine == here).then_some(device);
    store::check(&events).map_err(|error| {
        let error = Error::from(error);
        let hint = error.hints().first().map_or("export the record again", String::as_str);
        Error::new(Code::InvalidFile, format!("{shown}: {}", error.message()))
            .hint(format!("{hint}; nothing was changed"))
    })?;
    let mut kept = None;
    let mut taken_back = false;
    let merged = if events.is_empty() {
        Merged { added: 0, unchanged: 0, relabelled: 0 }
    } else if args.dry_run && context.store()?.is_none() {
        // Nothing is there yet, and nothing may be made: what there would be is made elsewhere.
        let folder = tempfile::tempdir().map_err(|error| {
            Error::new(
                Code::Unwritable,
                format!("no temporary directory can be made: {}", reason(&error)),
            )
            .hint("make room there, or import without `--dry-run`")
        })?;
        let mut store = Store::open_or_create(&folder.path().join("progress.db"))?;
        store.write(context.stamp)?.merge(events, equal)?
    } else {
        let mut store = context.store_to_write()?;
        // What one of the two erased must not stay in the file.
        let is_erased = |one: &Recorded| matches!(one.event.entry.fact, Fact::Redacted(_));
        let erases = events.iter().any(is_erased) || store.read()?.has_erased()?;
        let db = store.path().to_path_buf();
        let ids: Vec<Uuid> = events.iter().map(|recorded| recorded.event.id).collect();
        // The ids that come; `None` if there is nothing to go back to.
        let look = |reading: &Reading<'_>| -> Result<Option<Vec<Uuid>>> {
            let new = reading.unknown(&ids)?;
            taken_back = new.is_empty() && is_taken_back(reading, &ids)?;
            // A record in which nothing is becomes what the file is.
            if args.dry_run || new.is_empty() || reading.count()? == 0 {
                return Ok(None);
            }
            kept = Some(restore::keep_before_import(reading, &db, context.today())?);
            Ok(Some(new))
        };
        let change = |writing: &mut Writing<'_>, new: &Option<Vec<Uuid>>| -> Result<Merged> {
            let merged = writing.merge(events, equal)?;
            if let Some(new) = new {
                writing.note_import(&shown, new)?;
            }
            Ok(merged)
        };
        let done = if erases && !args.dry_run {
            store.write_anew(context.stamp, look, change)
        } else {
            store.write_after(context.stamp, look).and_then(|(mut writing, new)| {
                let merged = change(&mut writing, &new)?;
                if merged.changed() && !args.dry_run {
                    context.commit(writing)?;
                }
                Ok(merged)
            })
        };
        if done.is_err()
            && let Some(kept) = kept.take()
        {
            // Nothing was changed, so it is one too many.
            let _ = std::fs::remove_file(kept);
        }
        done?
    };
    let Merged { added, unchanged, relabelled: reordered } = merged;
    if taken_back {
        out.say("they were taken back: `milepost redo` brings them back, as long as nothing else was changed");
    }
    if added > 0 && !args.dry_run {
        out.say("next: `milepost log` shows what happened, `milepost status` how far you are");
    }
    let file = args.file.display().to_string();
    let kept = kept.map(|kept| kept.display().to_string());
    let report =
        Report { file, added, unchanged, reordered, kept, taken_back, dry_run: args.dry_run };
    out.report("import", &report, text)
}

/// Whether the events came with an import that was taken back.
fn is_taken_back(reading: &Reading<'_>, ids: &[Uuid]) -> std::result::Result<bool, StoreError> {
    let mut undone = reading.imports()?;
    undone.retain(|import| import.undone_by.is_some());
    if undone.is_empty() {
        return Ok(false);
    }
    for id in ids {
        let import = reading.import_of(*id)?;
        if import.is_some_and(|number| undone.iter().any(|import| import.number == number)) {
            return Ok(true);
        }
    }
    Ok(false)
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
    let lines = std::iter::once(line).chain(kept);
    lines.map(|line| width::wrap_indented("", "  ", &line, screen.sentence_width())).collect()
}
