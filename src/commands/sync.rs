//! `milepost sync`, and what belongs to it.

mod forget;
mod init;
mod join;
mod key;
mod status;

use std::io::IsTerminal;
use std::path::Path;
use std::time::Duration;

use clap::Subcommand;
use milepost_core::report::sync::{self, Access, Query, Refusal, Report};
use milepost_core::sync::remote::RemoteError;
use milepost_core::sync::{Key, database};
use milepost_core::{Answer, SyncError};

use super::shared::input;
use super::shared::program::Program;
use crate::config::SYNC_KEY;
use crate::context::Context;
use crate::error::{Code, Error, Result};
use crate::output::{Output, Screen};
use crate::text::width;
use crate::words;
use crate::words::sync::{RENAMED, conflict, exchanged, no_key, warnings};

/// How many conflicts are shown.
const MOST_CONFLICTS: usize = 20;

/// No key is longer, however it is written.
const MOST_KEY_BYTES: usize = 1024;

/// Keep one record on several machines
///
/// Receives what your other machines sent to a remote, then sends what is new here. A remote is a
/// git repository, a folder (on a USB stick, in Syncthing, on a network drive), or a PostgreSQL
/// database. Everything there is encrypted. All machines end up with the same record, whichever syncs
/// first. If two marked the same item, the later mark counts, and milepost tells you. Nothing syncs by
/// itself, and no other command waits for a remote.
///
/// Without NAME, it syncs with the remote called `home`, or with the only one.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    before_help = "\
Examples:
  milepost sync init git@example.org:log.git   once, on the first machine
  milepost sync join git@example.org:log.git   once, on each other machine
  milepost sync                                from then on
  milepost sync --status                       what is not sent yet
  milepost sync init /media/stick/record --name stick
  milepost sync stick --dry-run"
)]
pub struct Args {
    #[command(subcommand)]
    action: Option<Action>,

    /// The remote [default: home, or the only one]
    #[arg(value_name = "NAME", add = super::completions::remotes())]
    remote: Option<String>,

    /// Only receive
    #[arg(long, conflicts_with_all = ["push", "repair"])]
    pull: bool,

    /// Only send
    #[arg(long, conflicts_with = "repair")]
    push: bool,

    /// Show the remotes and how much is not sent yet, without contacting them
    #[arg(long, conflicts_with_all = ["pull", "push", "dry_run", "repair"])]
    status: bool,

    /// Contact the remote and show what would be done, but change nothing
    #[arg(short = 'n', long)]
    dry_run: bool,

    /// Put back what the remote has lost
    #[arg(long)]
    repair: bool,

    #[command(flatten)]
    patience: Patience,
}

/// How long to try.
#[derive(Debug, Clone, Copy, clap::Args)]
struct Patience {
    /// Give up after this many seconds [default: 120]
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 120,
        hide_default_value = true,
        value_parser = clap::value_parser!(u64).range(1..=86_400)
    )]
    timeout: u64,
}

impl From<Patience> for Duration {
    fn from(patience: Patience) -> Self {
        Self::from_secs(patience.timeout)
    }
}

#[derive(Debug, Subcommand)]
enum Action {
    Init(init::Args),
    Join(join::Args),
    Key(key::Args),
    Forget(forget::Args),
}

/// Runs the command.
///
/// # Errors
/// There is no such remote, it cannot be reached, its log or the key is not what it was; or the record
/// cannot be read or written.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    match &args.action {
        Some(Action::Init(args)) => return init::run(args, context, out),
        Some(Action::Join(args)) => return join::run(args, context, out),
        Some(Action::Key(args)) => return key::run(args, context, out),
        Some(Action::Forget(args)) => return forget::run(args, context, out),
        None => {}
    }
    if args.status {
        return status::run(args.remote.as_deref(), context, out);
    }
    let both = args.pull == args.push;
    let mut query = Query {
        remote: args.remote.clone(),
        pull: args.pull || both,
        push: args.push || both,
        dry_run: args.dry_run,
        repair: args.repair,
        access: access(args.patience, context, out)?,
    };
    let answer = in_turn(args.patience, context, out, |patience| {
        query.access.patience = patience;
        sync::report(&query, &context.app)
    })?;
    tell(out, &answer, &answer.report, |report, screen| {
        exchange(report, &exchanged(report), screen)
    })
}

/// How the remote is spoken to.
fn access(patience: Patience, context: &Context, out: &mut Output<'_, '_>) -> Result<Access> {
    Ok(Access {
        key: key_of_environment(context)?,
        time: patience.into(),
        patience: Duration::ZERO,
        can_ask: out.prompt().is_some(),
        database: context.database,
    })
}

fn key_of_environment(context: &Context) -> Result<Option<Key>> {
    match &context.config.sync_key {
        None => Ok(None),
        Some(Ok(key)) => Ok(Some(key.clone())),
        Some(Err(why)) => {
            let error = no_key(*why);
            let message = format!("{SYNC_KEY}: {}", error.message());
            let error = Error::usage(message);
            Err(error.hint("set it to what `milepost sync key --show` shows, or unset it"))
        }
    }
}

/// The program that does what this one does, and also speaks to databases.
const WITH_DATABASES: Program =
    Program { name: database::PROGRAM, purpose: "which syncs with PostgreSQL" };

/// Does something with a remote. If another sync with it is running, says so and waits; if the remote is a
/// database, the program that speaks to one takes over the command line.
fn in_turn<T>(
    time: Patience,
    context: &Context,
    out: &mut Output<'_, '_>,
    mut work: impl FnMut(Duration) -> milepost_core::Result<T>,
) -> Result<T> {
    let mut done = work(Duration::ZERO);
    if matches!(done.as_ref().err().and_then(failure), Some(SyncError::Busy(_))) {
        if !out.is_json() && !out.is_quiet() {
            out.tell("another sync with this remote is running; waiting for it to finish\n");
        }
        done = work(time.into());
    }
    let needed = match done.as_ref().err().and_then(failure) {
        Some(SyncError::Remote(RemoteError::NoProgram { program, .. })) => Some(*program),
        _ => None,
    };
    if needed == Some(WITH_DATABASES.name) && !context.line.is_empty() {
        return Err(WITH_DATABASES.become_it(&context.line));
    }
    Ok(done?)
}

/// What failed between a record and a remote.
fn failure(error: &milepost_core::Error) -> Option<&SyncError> {
    let milepost_core::Error::Refused(refusal) = error else { return None };
    match &**refusal {
        milepost_core::Refusal::Sync(Refusal::Failed(failed)) => Some(&failed.error),
        _ => None,
    }
}

/// Answers, and warns of what matters in what was exchanged.
fn tell<R: words::Document>(
    out: &mut Output<'_, '_>,
    answer: &Answer<R>,
    exchanged: &Report,
    text: impl FnOnce(&R, &Screen) -> String,
) -> Result<()> {
    out.tell_answer(answer, text)?;
    warnings(exchanged).iter().for_each(|warning| out.warn(warning));
    Ok(())
}

/// What was done, and what follows from it.
fn exchange(report: &Report, done: &str, screen: &Screen) -> String {
    let columns = screen.sentence_width();
    let mut text = width::wrap_indented("", "  ", done, columns);
    let mut line = |line: &str| text.push_str(&width::wrap_indented("  ", "    ", line, columns));
    if report.renamed.is_some() {
        line(RENAMED);
    }
    for one in report.conflicts.iter().take(MOST_CONFLICTS) {
        line(&conflict(one));
    }
    if let Some(more) = report.conflicts.len().checked_sub(MOST_CONFLICTS).filter(|more| *more > 0)
    {
        line(&format!("and {more} more that two machines marked; `--json` lists all of them"));
    }
    text
}

/// Takes a key from the person at the terminal or, where nobody is there, from standard input. None
/// where there is none.
fn ask_for_key(question: &str, out: &mut Output<'_, '_>) -> Result<Option<Key>> {
    if out.prompt().is_none() {
        if std::io::stdin().is_terminal() {
            return Ok(None);
        }
        let text = input::text(Path::new("-"), MOST_KEY_BYTES)?;
        return match text.trim() {
            "" => Ok(None),
            text => Key::read(text).map(Some).map_err(no_key),
        };
    }
    loop {
        let Some(prompt) = out.prompt() else { return Ok(None) };
        let Some(typed) = prompt.secret(question)? else { return Err(Error::cancelled()) };
        match Key::read(&typed) {
            Ok(key) => return Ok(Some(key)),
            Err(why) => out.tell(&format!("{}\n", no_key(why).message())),
        }
    }
}

/// That a key is wanted, and nobody gives one.
fn nobody_gives_key() -> Error {
    Error::new(Code::NoTerminal, "no key was given, and there is no terminal to ask on")
        .hint("pipe it in, or set MILEPOST_SYNC_KEY; an argument would be visible to others")
}
