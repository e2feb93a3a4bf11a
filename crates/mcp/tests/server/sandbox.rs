//! A home of its own for each test, in which commands run in process and servers as programs: both with the
//! same record, paths and clock.

use std::cell::RefCell;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::{CommandFactory, FromArgMatches};
use milepost::Io;
use milepost::cli::Cli;
use milepost::commands;
use milepost::config::{Colour, Config};
use milepost::context::Context;
use milepost::output::Output;
use milepost_core::App;
use serde_json::Value;

/// The clock of every test: a Friday.
pub(crate) const NOW: &str = "2026-11-20T09:30:00+01:00";

pub(crate) struct Sandbox {
    home: tempfile::TempDir,
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// The record, where the program puts it without being told.
    pub(crate) fn db(&self) -> PathBuf {
        self.home().join(".local/share/milepost/progress.db")
    }

    /// Writes a file below the home; gives its name.
    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.home().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    /// The server, which nobody has started yet.
    pub(crate) fn server(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_milepost-mcp"));
        command.env_clear().env("HOME", self.home()).current_dir(self.home());
        command.env("MILEPOST_NOW", NOW).env("TZ", "UTC");
        command
    }

    /// The stdout of a command that must succeed.
    pub(crate) fn ok<A: Into<OsString>>(&self, args: impl IntoIterator<Item = A>) -> String {
        let args: Vec<OsString> = args.into_iter().map(Into::into).collect();
        self.run(&args, false).unwrap_or_else(|error| panic!("{args:?}: {error:?}"))
    }

    /// The JSON answer of a command that must succeed.
    pub(crate) fn json<A: Into<OsString>>(&self, args: impl IntoIterator<Item = A>) -> Value {
        let args: Vec<OsString> = args.into_iter().map(Into::into).collect();
        let said = self.run(&args, true).unwrap_or_else(|error| panic!("{args:?}: {error:?}"));
        serde_json::from_str(&said).unwrap()
    }

    /// What a command writes to stdout, or why it failed.
    pub(crate) fn run(&self, args: &[OsString], json: bool) -> milepost::error::Result<String> {
        let name = OsString::from("milepost");
        let matches = Cli::command().try_get_matches_from([name].iter().chain(args)).unwrap();
        let command = commands::Command::from_arg_matches(&matches).unwrap();
        let answer = RefCell::new(Vec::new());
        let mut io = Io {
            stdout: Box::new(Shared(&answer)),
            stderr: Box::new(std::io::sink()),
            stdout_is_terminal: false,
            stderr_is_terminal: false,
            prompt: None,
            database: None,
            env: Box::new(|name| (name == "COLUMNS").then(|| "100".into())),
        };
        let context = Context::new(self.config());
        let mut out = Output::new(&mut io, Colour::Never, json, true);
        let done = command.run(&context, &mut out);
        out.finish().unwrap();
        drop(io);
        done.map(|_| String::from_utf8(answer.into_inner()).unwrap())
    }

    /// What reports are made of here.
    pub(crate) fn app(&self) -> App {
        Context::new(self.config()).app
    }

    fn config(&self) -> Config {
        let folder = self.home().join(".config/milepost");
        let env = |name: &str| match name {
            "MILEPOST_CONFIG" => Some(folder.clone().into_os_string()),
            "MILEPOST_DB" => Some(self.db().into_os_string()),
            "MILEPOST_NOW" => Some(NOW.into()),
            "TZ" => Some("UTC".into()),
            _ => None,
        };
        let mut config = Config::resolve(None, None, &env).unwrap();
        // Not in the home of the user who runs the tests.
        config.places.cache = Some(self.home().join(".cache/milepost"));
        config
    }
}

/// Writes to what somebody else reads afterwards.
struct Shared<'a>(&'a RefCell<Vec<u8>>);

impl std::io::Write for Shared<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Words as a shell would split them, with double quotes only.
pub(crate) fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, part) in line.split('"').enumerate() {
        if at % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}
