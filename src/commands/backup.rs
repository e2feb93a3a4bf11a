//! `milepost backup`

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::config;
use crate::context::Context;
use crate::disk::{self, Place};
use crate::error::{Code, Error, Result};
use crate::output::{Output, Screen};
use crate::store::Reading;
use crate::text::{quantity, safe, width};
use crate::words::store_error::worst;

/// Copy the record
///
/// The copy is of one moment, also while others write, and is looked through event by event before
/// it is given its name. A file that is there already is replaced only where the record has all that
/// it holds, so that no copy of more is lost to one of less.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost backup milepost-backup.db
  milepost backup milepost-backup.db --force      whatever that file holds")]
pub struct Args {
    /// The file to copy it to
    #[arg(
        value_name = "FILE",
        value_hint = clap::ValueHint::FilePath,
        value_parser = config::file_name()
    )]
    file: PathBuf,

    /// Replace a file that holds something else
    #[arg(short, long)]
    force: bool,
}

#[derive(Serialize)]
struct Report {
    file: String,
    bytes: u64,
    events: u64,
    /// Whether there was a file of that name, which it took the place of.
    replaced: bool,
}

/// Runs the command.
///
/// # Errors
/// There is no record, or it is damaged; or the file must not be replaced, or cannot be written.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let record = context.db()?;
    let place = Place::find(&args.file, Some(&record))?;
    let Some(mut store) = context.store()? else {
        return Err(Error::new(
            Code::NoRecord,
            format!("there is no record yet: {}", disk::show(&record)),
        )
        .hint("`milepost start PATH` begins one; `milepost paths` lists the paths"));
    };
    let reading = store.read()?;
    if place.is_taken() && !args.force {
        check_that_nothing_is_lost(&args.file, &place, &reading)?;
    }
    let copy = reading.copy_into(place.directory())?;
    // A copy of it is worth as much: all of it follows from the events, which are sound.
    if let Some((what, remedy)) = worst(&reading.verify()) {
        out.warn(&format!("the copy has every event, but {what}, here and in the copy; {remedy}"));
    }
    drop(reading);
    let report = Report {
        file: args.file.display().to_string(),
        bytes: copy.bytes().map_err(|error| disk::not_written(&args.file, error))?,
        events: copy.events(),
        replaced: place.is_taken(),
    };
    place.take(copy.into_file()).map_err(|error| disk::not_written(&args.file, error))?;
    out.report("backup", &report, text)
}

/// Refuses to replace a file that holds what the record does not.
fn check_that_nothing_is_lost(file: &Path, place: &Place, reading: &Reading<'_>) -> Result<()> {
    let file = disk::show(file);
    let refused = match reading.holds_all_of(place.path()) {
        Ok(true) => return Ok(()),
        Ok(false) => format!("{file} holds events that the record does not have"),
        Err(_) => format!("{file} is there already, and is no copy of the record"),
    };
    Err(Error::new(Code::Refused, format!("{refused}; it was not replaced"))
        .hint("name another file; `--force` replaces it, whatever it holds"))
}

fn text(report: &Report, screen: &Screen) -> String {
    let events = quantity::count(usize::try_from(report.events).unwrap_or(usize::MAX), "event");
    let bytes = quantity::count(usize::try_from(report.bytes).unwrap_or(usize::MAX), "byte");
    let file = safe::short(&report.file, 300);
    let line = format!("copied {events} to {file} ({bytes}), looked through and whole");
    width::wrap_indented("", "  ", &line, screen.sentence_width())
}
