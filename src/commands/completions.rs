//! `milepost completions`, and the completion of ids that its scripts call back for.

mod shell;
mod values;

use std::ffi::OsString;
use std::io::Write;

use clap::{CommandFactory, ValueEnum};
use clap_complete::engine;
use clap_complete::env::Shells;
use serde::Serialize;

use crate::Io;
use crate::cli::Cli;
use crate::context::Context;
use crate::error::{Code, Error, Kind, Outcome, Result};
use crate::output::Output;
use shell::Asking;
pub(crate) use values::{
    areas, begun, followed, hidden_or_not, keys_in_file, not_begun, open, past_days, paths,
    practice, references, remotes, removable, roles, settings, shown, stages, topics,
};

/// The variable by which a completion script asks; its value is the shell.
const VARIABLE: &str = "MILEPOST_COMPLETE";

/// Print a shell completion script
///
/// Completes commands, options, files and ids that fit the command: `done` offers what is open,
/// `todo` what you have begun, `stop` what you follow.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  source <(milepost completions bash)              in ~/.bashrc
  source <(milepost completions zsh)               in ~/.zshrc
  milepost completions fish | source               in ~/.config/fish/config.fish")]
pub struct Args {
    /// The shell
    shell: Shell,
}

#[derive(Serialize)]
struct Report {
    shell: String,
    script: String,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
    Elvish,
}

/// Runs the command.
///
/// # Errors
/// The script cannot be made.
pub(crate) fn run(args: &Args, _: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let name = args.shell.to_possible_value();
    let name = name.as_ref().map_or("", |value| value.get_name());
    let script = match Asking::of(name) {
        Some(shell) => shell.script().to_owned(),
        None => script_of_clap(name)?,
    };
    let report = Report { shell: name.to_owned(), script };
    out.report("completions", &report, |report, _| report.script.clone())
}

/// The script of a shell that is asked as clap asks it.
fn script_of_clap(name: &str) -> Result<String> {
    let failed =
        |why: &str| Error::new(Code::Internal, format!("cannot make a script for {name}{why}"));
    let shells = Shells::builtins();
    let shell = shells.completer(name).ok_or_else(|| failed(""))?;
    let mut script = Vec::new();
    shell
        .write_registration(VARIABLE, "milepost", "milepost", "milepost", &mut script)
        .map_err(|error: std::io::Error| failed(&format!(": {error}")))?;
    Ok(String::from_utf8_lossy(&script).into_owned())
}

/// Answers a completion script; `None` if this is an ordinary run.
pub(crate) fn complete(args: &[OsString], io: &mut Io<'_>) -> Option<Outcome> {
    let name = (io.env)(VARIABLE).filter(|name| !name.is_empty())?;
    let handed: Vec<OsString> =
        args.iter().skip_while(|arg| *arg != "--").skip(1).cloned().collect();
    // A shell that gets no answer completes nothing; a message would end up in the command line.
    let answer = answer(name.to_str()?, &handed)?;
    let written = io.stdout.write_all(&answer).is_ok();
    Some(if written { Outcome::Good } else { Outcome::Found(Kind::Failed) })
}

/// The answer to what a script handed over; `None` if no such shell is known.
fn answer(name: &str, handed: &[OsString]) -> Option<Vec<u8>> {
    let folder = std::env::current_dir().ok();
    let mut command = Cli::command();
    command.build();
    if let Some(shell) = Asking::of(name) {
        let Some(typed) = shell.typed(handed) else { return Some(Vec::new()) };
        values::remember(&typed.words);
        let words = typed.words.clone();
        let last = words.len().saturating_sub(1);
        let found = engine::complete(&mut command, words, last, folder.as_deref());
        return Some(shell.answer(&found.unwrap_or_default(), &typed).into_bytes());
    }
    let shells = Shells::builtins();
    let shell = shells.completer(name)?;
    values::remember(handed);
    let mut answer = Vec::new();
    let done = shell.write_complete(&mut command, handed.to_vec(), folder.as_deref(), &mut answer);
    Some(done.map(|()| answer).unwrap_or_default())
}
