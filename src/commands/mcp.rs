//! `milepost mcp`: starts the server for assistants, which is a program of its own.

use std::ffi::OsString;

use super::shared::program::Program;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::output::Output;

/// Let an assistant use your record
///
/// Starts `milepost-mcp`, a server for the Model Context Protocol. Your assistant runs this command:
/// put it in the assistant's configuration. The server talks with the assistant on standard input and
/// output, reads the same record and paths as every command, and opens no network connection. It
/// records nothing unless you pass --allow-writes; then `milepost log` shows what it recorded.
///
/// You install `milepost-mcp` separately, from the source code of the same version:
/// `cargo install --path crates/mcp --locked`.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost mcp
  milepost mcp --allow-writes
  milepost mcp --db work.db")]
pub struct Args {
    /// Let the assistant record what you do, too
    #[arg(long)]
    allow_writes: bool,
}

const SERVER: Program = Program { name: "milepost-mcp", purpose: "the server for assistants" };

/// Runs the command. It only returns where it fails: the server takes the place of the process.
///
/// # Errors
/// The server is not installed, is of another version, or cannot be run.
pub(crate) fn run(asked: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    if out.is_json() {
        return Err(Error::usage(
            "the server has its own protocol, so `--json` has no meaning here",
        )
        .hint("omit `--json`"));
    }
    if out.prompt().is_some() {
        out.tell("waiting for an assistant on standard input; Ctrl-C ends it\n");
    }
    let mut args: Vec<OsString> = Vec::new();
    if let Some(db) = &context.config.places.db {
        args.extend(["--db".into(), db.into()]);
    }
    if asked.allow_writes {
        args.push("--allow-writes".into());
    }
    Err(SERVER.become_it(args))
}
