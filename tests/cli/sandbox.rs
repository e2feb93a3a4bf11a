//! A home of its own for each test: an empty directory, a cleared environment, a fixed clock, a
//! fixed width, no terminal. One string holds all that a command said: stdout, stderr and status.

#![allow(dead_code, unreachable_pub, clippy::panic, reason = "each test binary uses a part of it")]

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The clock of every test: a Friday.
pub const NOW: &str = "2026-11-20T09:30:00+01:00";

/// The program, or the one that is it with databases.
const PROGRAM: &str = match option_env!("CARGO_BIN_EXE_milepost") {
    Some(program) => program,
    None => match option_env!("CARGO_BIN_EXE_milepost-pg") {
        Some(program) => program,
        None => panic!("these tests belong to a package that has the program"),
    },
};

pub struct Sandbox {
    home: tempfile::TempDir,
    env: Vec<(String, String)>,
}

impl Sandbox {
    pub fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let env = [("MILEPOST_NOW", NOW), ("COLUMNS", "80"), ("TZ", "UTC")];
        let env = env.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        Self { home, env }
    }

    /// A sandbox in which a path and those that it requires are followed.
    pub fn following(path: &str) -> Self {
        let sandbox = Self::new();
        sandbox.ok(["start", path]);
        sandbox
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The database, where the program puts it without being told.
    pub fn db(&self) -> PathBuf {
        self.home().join(".local/share/milepost/progress.db")
    }

    pub fn set(&mut self, name: &str, value: &str) -> &mut Self {
        self.env.retain(|(known, _)| known != name);
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Writes a file below the home; gives its name.
    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.home().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    pub fn command(&self) -> Command {
        let mut command = Command::new(PROGRAM);
        command.env_clear().env("HOME", self.home()).current_dir(self.home()).stdin(Stdio::null());
        for (name, value) in &self.env {
            command.env(name, value);
        }
        command
    }

    pub fn output<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Output {
        self.command().args(args).output().unwrap()
    }

    /// All that a command says, with the home spelt `~`.
    pub fn run<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> String {
        self.said(&self.output(args))
    }

    /// A session: each line is a command, and what it says follows it.
    pub fn play(&self, lines: &str) -> String {
        let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.map(|line| format!("$ {line}\n{}", self.run(words(line)))).collect()
    }

    pub fn said(&self, output: &Output) -> String {
        let mut said = String::from_utf8_lossy(&output.stdout).into_owned();
        if !output.stderr.is_empty() {
            said.push_str("--- stderr ---\n");
            said.push_str(&String::from_utf8_lossy(&output.stderr));
        }
        if let Some(code) = output.status.code().filter(|code| *code != 0) {
            said.push_str(&format!("[exit {code}]\n"));
        } else if output.status.code().is_none() {
            said.push_str("[killed]\n");
        }
        said.replace(self.home().to_str().unwrap(), "~")
    }

    /// The stdout of a command that must succeed.
    pub fn ok<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> String {
        let output = self.output(args);
        assert!(output.status.success(), "{}", self.said(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The JSON answer of a command that must succeed.
    pub fn json<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> serde_json::Value {
        let args: Vec<_> = args.into_iter().map(|arg| arg.as_ref().to_owned()).collect();
        let json = OsStr::new("--json").to_owned();
        let said = self.ok(args.into_iter().chain([json]));
        serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {said}"))
    }

    /// How many events the record has.
    pub fn events(&self) -> usize {
        self.json(["log", "--limit", "0"])["events"].as_array().unwrap().len()
    }

    /// Copies a file of this home into another.
    pub fn lend(&self, name: &str, other: &Self) {
        std::fs::copy(self.home().join(name), other.home().join(name)).unwrap();
    }

    pub fn code<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> i32 {
        self.output(args).status.code().unwrap_or(-1)
    }
}

/// Words as a shell would split them, with double quotes only.
pub fn words(line: &str) -> Vec<String> {
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
