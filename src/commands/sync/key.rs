//! `milepost sync key`

use milepost_core::report::sync::key::{self, Query, Report, What};
use milepost_core::sync::Key;
use milepost_path::safe;

use super::{ask_for_key, key_of_environment, nobody_gives_key};
use crate::config::SYNC_KEY;
use crate::context::Context;
use crate::error::Result;
use crate::output::{Output, Screen};
use crate::text::width;

/// Show the key for your next machine
///
/// Anyone who has the key can read what you synced. Without the key nobody can, not even you. Only
/// `--show` shows it. `--check` asks for the copy that you kept, or reads it from standard input, and says
/// whether it is right.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost sync key               where it is
  milepost sync key --show
  milepost sync key --check       whether your copy is right")]
pub(super) struct Args {
    /// Show the key
    #[arg(long, conflicts_with = "check")]
    show: bool,

    /// Ask for your copy of the key, and say whether it is right
    #[arg(long)]
    check: bool,
}

pub(super) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let key = key_of_environment(context)?;
    let what = if args.check {
        let given = ask_for_key("Key (not shown)", out)?;
        What::Check(given.ok_or_else(nobody_gives_key)?)
    } else if args.show {
        What::Show
    } else {
        What::Place
    };
    let answer = key::report(&Query { key, what }, &context.app)?;
    out.tell_answer(&answer, text)?;
    if args.show {
        out.say("anyone who has it can read your record: keep it where you keep passwords");
    }
    Ok(())
}

fn text(report: &Report, screen: &Screen) -> String {
    if let Some(key) = report.key.as_ref().map(Key::show) {
        return shown(&key, screen);
    }
    let file = match &report.file {
        Some(file) => safe::short(&file.display().to_string(), 300),
        None => SYNC_KEY.to_owned(),
    };
    let line = if report.was_checked {
        "this is the key of this log".to_owned()
    } else {
        format!("the key is in {file}; `milepost sync key --show` shows it")
    };
    width::wrap_indented("", "  ", &line, screen.sentence_width())
}

/// A key on one line; on a narrow screen on several, as it can be typed, too.
fn shown(key: &str, screen: &Screen) -> String {
    let columns = screen.width.unwrap_or(usize::MAX);
    let mut lines = String::new();
    let mut last = 0;
    for group in key.split_inclusive('-') {
        if last > 0 && last + group.len() > columns {
            lines.push('\n');
            last = 0;
        }
        last += group.len();
        lines.push_str(group);
    }
    lines.push('\n');
    lines
}
