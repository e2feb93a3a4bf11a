//! `milepost sync join`

use milepost_core::SyncError;
use milepost_core::report::sync::Place;
use milepost_core::report::sync::join::{self, Query, Report, Sides};
use milepost_core::sync::KeyError;
use milepost_path::safe;

use super::{Patience, access, ask_for_key, exchange, failure, in_turn, tell};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::output::{Output, Screen};
use crate::text::{shell, width};
use crate::words::sync::{changes, place, span};

/// Add this machine to a log that another machine began
///
/// Asks for the key, shows what this record and the log have, and merges the two. If this record has
/// changes of its own, it asks first and keeps a copy of the record. You can type the key, which is
/// not shown, pipe it in, or set MILEPOST_SYNC_KEY. The key cannot be an argument, because other users
/// can see arguments.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost sync join git@example.org:me/record.git
  milepost sync join ~/Syncthing/milepost --yes < key.txt
  milepost sync join https://example.org/log.git --device ci --yes   in CI")]
pub(super) struct Args {
    /// A git URL, the path of a repository, a folder, or postgres://…
    #[arg(value_name = "REMOTE", value_hint = clap::ValueHint::AnyPath)]
    remote: String,

    /// What you call the remote [default: home]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// Count all machines with this name as one, such as those of your CI
    #[arg(long, value_name = "NAME", value_parser = device)]
    device: Option<String>,

    /// Merge the two records without asking
    #[arg(short, long)]
    yes: bool,

    #[command(flatten)]
    patience: Patience,
}

fn device(text: &str) -> std::result::Result<String, String> {
    let is_name = (1..=40).contains(&text.chars().count())
        && text.chars().all(|c| c.is_alphanumeric() || "-_. ".contains(c))
        && text.trim() == text;
    is_name
        .then(|| text.to_owned())
        .ok_or_else(|| "use up to 40 letters, digits, blanks, `-`, `_` or `.`".to_owned())
}

pub(super) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let place = Place::read(&args.remote, args.name.as_deref())?;
    let access = access(args.patience, context, out)?;
    let has_key = access.key.is_some();
    let query = Query::new(place, args.device.clone(), access);
    let mut door = in_turn(args.patience, context, out, |patience| {
        join::open(&query, patience, &context.app)
    })?;
    let seen = match door.look() {
        Err(error) if !has_key && lacks_key(&error) => {
            let about = "the log is encrypted: `milepost sync key --show` shows its key on a machine that has it";
            if out.prompt().is_some() {
                out.tell(&width::wrap_indented("", "  ", about, out.screen().text_width()));
            }
            let Some(key) = ask_for_key("Key (not shown)", out)? else {
                let remote = shell::word(&args.remote);
                let piped = format!("milepost sync join {remote} < key.txt");
                return Err(Error::from(error).hint(format!("or pipe it in: `{piped}`")));
            };
            door.give(key);
            door.look()?
        }
        looked => looked?,
    };
    let mut yes = args.yes;
    if seen.sides.needs_yes() && !yes {
        let about = about(&seen.sides, out.screen());
        if out.prompt().is_some() {
            out.tell(&about);
        }
        if let Some(prompt) = out.prompt() {
            if !prompt.confirm("Merge them? A copy of this record is kept.")? {
                return Err(Error::cancelled());
            }
            yes = true;
        }
    }
    let answer = door.finish(seen, yes)?;
    tell(out, &answer, &answer.report.exchanged, text)?;
    out.say("next: `milepost sync` whenever you want; `milepost` says how much is not synced yet");
    Ok(())
}

/// Whether all that is missing is a key.
fn lacks_key(error: &milepost_core::Error) -> bool {
    matches!(failure(error), Some(SyncError::Key(KeyError::Missing(_))))
}

/// Both sides, on a line each.
fn about(sides: &Sides, screen: Screen) -> String {
    let common = match sides.common {
        0 => String::new(),
        common => format!("; {} of these are here, too", changes(common)),
    };
    let here = width::wrap_indented("here:  ", "       ", &span(&sides.ours), screen.text_width());
    let there = format!("{}{common}", span(&sides.theirs));
    here + &width::wrap_indented("there: ", "       ", &there, screen.text_width())
}

fn text(report: &Report, screen: &Screen) -> String {
    let done = &report.exchanged;
    let columns = screen.sentence_width();
    let sent = match done.sent {
        0 => String::new(),
        sent => format!(", sent {}", changes(sent)),
    };
    let line = format!(
        "joined {} ({}): received {}{sent}",
        done.remote,
        place(&done.url),
        changes(done.received)
    );
    let mut text = exchange(done, &line, screen);
    let mut line = |line: &str| text.push_str(&width::wrap_indented("  ", "    ", line, columns));
    let shown = |file: &std::path::Path| safe::short(&file.display().to_string(), 300);
    line(&format!("here before: {}", span(&report.sides.ours)));
    line(&format!("there before: {}", span(&report.sides.theirs)));
    if let Some(file) = &report.kept {
        line(&format!("the record from before is kept in {}", shown(file)));
    }
    if let Some(file) = &report.key_file {
        line(&format!("the key is kept in {}", shown(file)));
    }
    text
}
