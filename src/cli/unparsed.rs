//! What a command line gets that is not run: help or the version, as text or JSON, or what is wrong with it.

use std::ffi::OsString;

use clap::error::ErrorKind;
use serde::Serialize;

use super::usage;
use crate::Io;
use crate::config::Colour;
use crate::error::{Outcome, Result};
use crate::output::Output;

/// The help of a command as JSON.
#[derive(Debug, Serialize)]
struct Help {
    /// The command that it is of, as `sync init`; `None` for the program.
    topic: Option<String>,
    /// The whole text.
    text: String,
}

/// The version as JSON.
#[derive(Debug, Serialize)]
struct Version {
    /// The number, as `0.1.0`.
    version: &'static str,
}

/// `help next` as `next --help`, with which every option of the command line goes. `help help` stays what
/// it is.
pub(super) fn as_option(mut args: Vec<OsString>) -> Vec<OsString> {
    let is_help = |at: usize| args.get(at).is_some_and(|word| word == "help");
    let Some(at) = first_word(&args).filter(|at| is_help(*at) && !is_help(at + 1)) else {
        return args;
    };
    args.remove(at);
    let names = args.iter().skip(at).take_while(|word| !is_option(word)).count();
    args.insert(at + names, "--help".into());
    args
}

/// The place of the first word that is neither an option nor its value.
fn first_word(args: &[OsString]) -> Option<usize> {
    let mut at = 1;
    loop {
        let word = args.get(at)?;
        if !is_option(word) {
            return Some(at);
        }
        at += if word == "--db" || word == "--color" { 2 } else { 1 };
    }
}

fn is_option(word: &OsString) -> bool {
    word.as_encoded_bytes().starts_with(b"-")
}

/// Writes what clap has to say of a command line: help and version are answers, anything else is an
/// error. The exit code.
pub(super) fn answer_or_refuse(
    said: &clap::Error,
    args: &[OsString],
    tree: &clap::Command,
    json: bool,
    io: &mut Io<'_>,
) -> u8 {
    let mut out = Output::new(io, Colour::Auto, json, false);
    let ended = match said.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            answer(said, args, tree, &mut out).and_then(|()| out.finish())
        }
        _ => Err(usage::wrong(said, args, tree)),
    };
    if let Err(error) = &ended {
        out.error(error);
    }
    super::exit(&ended.map(|()| Outcome::Good))
}

fn answer(
    said: &clap::Error,
    args: &[OsString],
    tree: &clap::Command,
    out: &mut Output<'_, '_>,
) -> Result<()> {
    let rendered = said.render();
    if !out.is_json() {
        let coloured = out.screen().paint.colour;
        let text = if coloured { rendered.ansi().to_string() } else { rendered.to_string() };
        out.answer(&text);
        return Ok(());
    }
    if said.kind() == ErrorKind::DisplayVersion {
        let version = env!("CARGO_PKG_VERSION");
        return out.report("version", &Version { version }, |_, _| String::new());
    }
    let help = Help { topic: usage::topic(args, tree), text: rendered.to_string() };
    out.report("help", &help, |_, _| String::new())
}
