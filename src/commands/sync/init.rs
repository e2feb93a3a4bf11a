//! `milepost sync init`

use milepost_core::report::sync::Place;
use milepost_core::report::sync::init::{self, Query, Report};
use milepost_path::safe;

use super::{Patience, access, exchange, in_turn, tell};
use crate::context::Context;
use crate::error::Result;
use crate::output::{Output, Screen};
use crate::text::{shell, width};
use crate::words::sync::{changes, place};

/// Make a remote the home of this record
///
/// Begins a log there, creates its key, and sends your record. The key stays on this machine; the
/// remote never gets it. If REMOTE is a folder, it is created if needed, but its parent must exist.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost sync init git@example.org:me/record.git
  milepost sync init https://example.org/me/record.git
  milepost sync init ~/Syncthing/milepost
  milepost sync init postgres://me@db.example.org/milepost
  milepost sync init /media/stick/milepost --name stick")]
pub(super) struct Args {
    /// A git URL, the path of a repository, a folder, or postgres://…
    #[arg(value_name = "REMOTE", value_hint = clap::ValueHint::AnyPath)]
    remote: String,

    /// What you call the remote [default: home]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// Begin another log, even if the remote has one
    #[arg(long)]
    new: bool,

    #[command(flatten)]
    patience: Patience,
}

pub(super) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let place = Place::read(&args.remote, args.name.as_deref())?;
    let access = access(args.patience, context, out)?;
    let mut query = Query { place, beside_others: args.new, access };
    let answer = in_turn(args.patience, context, out, |patience| {
        query.access.patience = patience;
        init::report(&query, &context.app)
    })?;
    tell(out, &answer, &answer.report.exchanged, text)?;
    let next = shell::word(place_of(&answer.report)).into_owned();
    out.say(&format!("next: on your other machine, `milepost sync join {next}`"));
    Ok(())
}

fn place_of(report: &Report) -> &str {
    let url = &report.exchanged.url;
    url.strip_prefix("folder:").unwrap_or(url)
}

fn text(report: &Report, screen: &Screen) -> String {
    let done = &report.exchanged;
    let sent = match done.sent {
        0 => "nothing is recorded yet".to_owned(),
        sent => format!("sent {}", changes(sent)),
    };
    let received = match done.received {
        0 => String::new(),
        received => format!(", received {}", changes(received)),
    };
    let (name, at) = (&done.remote, place(&done.url));
    let line = format!("this record now syncs with {name} ({at}): {sent}{received}");
    let mut text = exchange(done, &line, screen);
    if let Some(file) = &report.key_file {
        let file = safe::short(&file.display().to_string(), 300);
        let line = format!(
            "the key is in {file}; `milepost sync key --show` shows it: keep a copy where you keep \
             passwords, and type it on your other machines"
        );
        text.push_str(&width::wrap_indented("  ", "    ", &line, screen.sentence_width()));
    }
    text
}
