//! A record to break, and the look at it afterwards.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use milepost_core::Status;
use milepost_core::internals::event::Event;
use milepost_core::internals::standing;
use milepost_core::internals::store::Store;
use milepost_path::Ref;

const BINARY: &str = env!("CARGO_BIN_EXE_milepost");

/// A home of its own, with or without a record.
pub struct Sandbox {
    home: tempfile::TempDir,
    now: Cell<&'static str>,
    /// Files that each copy gets, too.
    files: RefCell<Vec<(&'static str, Vec<u8>)>>,
}

impl Sandbox {
    /// A home in which nothing was ever recorded.
    pub fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let now = Cell::new("2026-11-20T09:30:00+01:00");
        Self { home, now, files: RefCell::default() }
    }

    /// A home with a record in which two things are done.
    pub fn with_record() -> Self {
        let sandbox = Self::new();
        sandbox.ok(&["start", "foundations"]);
        sandbox.ok(&["done", "foundations/git", "--note", "before"]);
        sandbox
    }

    /// The same with a backup of it, `copy.db`, which each copy of the home gets, too.
    pub fn with_a_backup() -> Self {
        let sandbox = Self::with_record();
        sandbox.ok(&["backup", "copy.db"]);
        sandbox.give("copy.db", &std::fs::read(sandbox.home().join("copy.db")).unwrap());
        sandbox
    }

    /// Another home with a copy of the record, if there is one.
    pub fn copy(&self) -> Self {
        let copy = Self::new();
        if self.db().exists() {
            std::fs::create_dir_all(copy.folder()).unwrap();
            std::fs::copy(self.db(), copy.db()).unwrap();
        }
        copy.now.set(self.now.get());
        for (name, bytes) in &*self.files.borrow() {
            copy.give(name, bytes);
        }
        copy
    }

    /// From now on it is the day after.
    pub fn next_day(&self) {
        self.now.set("2026-11-21T09:30:00+01:00");
    }

    /// Puts a file into home, and into that of each copy.
    pub fn give(&self, name: &'static str, bytes: &[u8]) {
        let file = self.home().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
        self.files.borrow_mut().push((name, bytes.to_vec()));
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The folder of the record.
    pub fn folder(&self) -> PathBuf {
        self.home().join(".local/share/milepost")
    }

    pub fn db(&self) -> PathBuf {
        self.folder().join("progress.db")
    }

    /// A program that is told nothing but where home is, and what time.
    pub fn program(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("HOME", self.home())
            .env("MILEPOST_NOW", self.now.get())
            .env("TZ", "UTC")
            .current_dir(self.home())
            .stdin(Stdio::null());
        command
    }

    pub fn milepost(&self, args: &[&str]) -> Command {
        let mut command = self.program(BINARY);
        command.args(args);
        command
    }

    /// The name of the binary, for a program that runs it.
    pub fn binary() -> &'static str {
        BINARY
    }

    /// Runs a command that must succeed.
    pub fn ok(&self, args: &[&str]) -> Output {
        let output = self.milepost(args).output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", said(&output));
        output
    }

    /// All events, oldest first, after a look at all that must hold for any record: it can be read,
    /// the standing is what follows from the log, and there is nothing else beside it.
    pub fn events(&self) -> Vec<Event> {
        events_of(&self.db())
    }

    /// The names in the folder of the record.
    pub fn names(&self) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.folder()) else {
            return Vec::new();
        };
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }

    /// The items that are done.
    pub fn done(&self) -> BTreeSet<String> {
        let standing = standing::fold(&self.events());
        let items = standing.items();
        items
            .into_iter()
            .filter(|(_, item)| item.status == Status::Done)
            .map(|(reference, _): (Ref, _)| reference.as_str().to_owned())
            .collect()
    }
}

/// As [`Sandbox::events`], of any record.
pub fn events_of(path: &Path) -> Vec<Event> {
    let Some(mut store) = Store::open(path).unwrap() else {
        return Vec::new();
    };
    let reading = store.read().unwrap();
    let mut events: Vec<Event> =
        reading.newest_first(|events| events.collect()).unwrap_or_else(|error| panic!("{error:?}"));
    events.reverse();
    let mut standing = reading.standing().unwrap();
    standing.put_efforts(reading.efforts().unwrap());
    assert_eq!(standing, standing::fold(&events));
    drop(reading);
    drop(store);
    events
}

/// What a program said, for messages.
pub fn said(output: &Output) -> String {
    format!(
        "{}\n--- stdout ---\n{}--- stderr ---\n{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// That a failure was told as promised: one sentence, a remedy, the code, and no panic.
#[track_caller]
pub fn assert_told(output: &Output, codes: &[i32]) {
    let said = said(output);
    let code = output.status.code();
    assert!(code.is_some_and(|code| codes.contains(&code)), "{said}");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.contains("error: "), "{said}");
    assert!(stderr.contains("hint: "), "{said}");
    assert!(!stderr.contains("panicked"), "{said}");
}
