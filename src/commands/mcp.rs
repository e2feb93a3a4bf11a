//! `milepost mcp`: starts the server for assistants, which is a program of its own.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use milepost_path::safe;

use crate::context::Context;
use crate::error::{Code, Error, Result, reason};
use crate::output::Output;

/// Let an assistant use your record
///
/// Starts the server for the Model Context Protocol, `milepost-mcp`, which talks with the assistant on
/// standard input and output: an assistant runs this command, by its configuration. It reads the same
/// record and paths as every command, opens no network connection, and without --allow-writes it
/// records nothing.
///
/// `milepost-mcp` is installed separately, with the same version: `cargo install milepost-mcp`.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost mcp
  milepost mcp --allow-writes
  milepost mcp --db work.db")]
pub struct Args {
    /// Let the assistant record what you do, too; `milepost log` says what it did
    #[arg(long)]
    allow_writes: bool,
}

/// The name of the server.
const SERVER: &str = "milepost-mcp";

/// Runs the command. On Unix it only returns where it fails: the server takes the place of the process.
///
/// # Errors
/// The server is not installed, is of another version, or cannot be run.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    if out.is_json() {
        return Err(Error::usage(
            "the server has its own protocol, so `--json` means nothing here",
        )
        .hint("leave `--json` out"));
    }
    let server = find()?;
    if out.prompt().is_some() {
        out.tell("waiting for an assistant on standard input; Ctrl-C ends it\n");
    }
    let mut command = Command::new(&server);
    if let Some(db) = &context.config.places.db {
        command.arg("--db").arg(db);
    }
    if args.allow_writes {
        command.arg("--allow-writes");
    }
    become_it(command).map_err(|error| not_run(&server, &error))
}

/// The server beside this program, else the one that PATH has; of the version of this program.
fn find() -> Result<OsString> {
    let beside = || -> Option<PathBuf> {
        let name = format!("{SERVER}{}", std::env::consts::EXE_SUFFIX);
        Some(std::env::current_exe().ok()?.parent()?.join(name))
    };
    let candidates = beside().map(PathBuf::into_os_string).into_iter().chain([SERVER.into()]);
    for candidate in candidates {
        let asked = Command::new(&candidate).arg("--version").stdin(Stdio::null()).output();
        let said = match asked {
            Ok(output) => String::from_utf8_lossy(&output.stdout).trim().to_owned(),
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(not_run(&candidate, &error)),
        };
        if said == format!("{SERVER} {VERSION}") {
            return Ok(candidate);
        }
        let shown = safe::short(&said, 60);
        return Err(Error::new(
            Code::NoProgram,
            format!("{SERVER} says that it is `{shown}`, and this is milepost {VERSION}"),
        )
        .hint(INSTALL));
    }
    Err(Error::new(
        Code::NoProgram,
        format!("{SERVER} is not installed, which assistants talk with"),
    )
    .hint(INSTALL)
    .hint("or put it beside `milepost`, or into a directory of PATH"))
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

const INSTALL: &str =
    concat!("`cargo install milepost-mcp --version ", env!("CARGO_PKG_VERSION"), "` installs it");

fn not_run(server: &OsString, error: &std::io::Error) -> Error {
    let name = safe::short(&server.to_string_lossy(), 200);
    Error::new(Code::NoProgram, format!("could not start {name}: {}", reason(error))).hint(INSTALL)
}

/// Goes on as the other program.
#[cfg(unix)]
fn become_it(mut command: Command) -> std::io::Result<()> {
    use std::os::unix::process::CommandExt;

    Err(command.exec())
}

/// Runs the other program until it ends.
#[cfg(not(unix))]
fn become_it(mut command: Command) -> std::io::Result<()> {
    let ended = command.status()?;
    if ended.success() { Ok(()) } else { Err(std::io::Error::other("it failed")) }
}
