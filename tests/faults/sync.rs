//! A sync killed before its system calls, or refused one: afterwards two syncs of each side make both
//! equal, nothing is there twice, and `doctor` is content.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};

use super::sandbox::{Sandbox, assert_told, events_of, said};
use super::tracing::{self, Call, Fault};

const CALLS: &str = "openat,creat,write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2,\
    unlink,unlinkat,mkdir,mkdirat,chmod,fchmod,flock";

/// So many calls are tried where not all are.
const SAMPLE: usize = 7;

/// Two records and the folder between them, in one home: where it lies is kept in the records, so each try
/// is made in the same place.
pub(super) struct Two {
    pub(super) sandbox: Sandbox,
    before: tempfile::TempDir,
}

pub(super) const OTHER: &str = "other/progress.db";

impl Two {
    /// Each has something that the other lacks; the folder has a part of it.
    pub(super) fn new() -> Self {
        let sandbox = Sandbox::with_record();
        sandbox.ok(&["sync", "init", "shared"]);
        let key = sandbox.ok(&["sync", "key", "--show"]).stdout;
        fs::write(sandbox.home().join("key"), key).unwrap();
        let mut join = sandbox.milepost(&["--db", OTHER, "sync", "join", "shared"]);
        let joined = join.stdin(fs::File::open(sandbox.home().join("key")).unwrap()).output();
        assert!(joined.as_ref().unwrap().status.success(), "{}", said(&joined.unwrap()));
        sandbox.ok(&["--db", OTHER, "done", "foundations/sql"]);
        sandbox.ok(&["--db", OTHER, "sync"]);
        sandbox.ok(&["--db", OTHER, "doing", "foundations/algorithms"]);
        sandbox.ok(&["done", "foundations/algorithms", "--note", "mine"]);
        let before = tempfile::tempdir().unwrap();
        copy(sandbox.home(), before.path());
        Self { sandbox, before }
    }

    /// As it was.
    pub(super) fn restore(&self) {
        for entry in fs::read_dir(self.sandbox.home()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.unwrap();
        }
        copy(self.before.path(), self.sandbox.home());
    }

    /// The calls of a sync, some of them.
    fn calls(&self) -> Vec<Call> {
        self.restore();
        let all = tracing::unlike_calls(&self.sandbox, CALLS, &["sync"]);
        assert!(all.len() > 3 * SAMPLE, "the calls were found: {all:#?}");
        let step = if tracing::every_call_counts() { 1 } else { all.len().div_ceil(SAMPLE) };
        all.into_iter().step_by(step).collect()
    }

    /// Two syncs of each make both equal.
    pub(super) fn are_one(&self, place: &str) {
        let record = self.sandbox.db();
        for round in 0..2 {
            for db in [record.to_str().unwrap(), OTHER] {
                let output = self.sandbox.milepost(&["--db", db, "sync"]).output().unwrap();
                assert!(output.status.success(), "{place}\nthen {db}: {}", said(&output));
                let is_quiet = output.stdout.starts_with(b"in sync with") || db != OTHER;
                assert!(round == 0 || is_quiet, "{place}\nthen {db}: {}", said(&output));
            }
        }
        // In each the standing is what follows from the events.
        let ids = |db: &Path| events_of(db).into_iter().map(|event| event.id).collect::<Vec<_>>();
        let mine = ids(&record);
        assert_eq!(mine, ids(&self.sandbox.home().join(OTHER)), "{place}");
        // Two with which all began, and three since.
        assert_eq!(mine.len(), 5, "{place}");
        let doctor = self.sandbox.ok(&["doctor"]);
        assert!(String::from_utf8_lossy(&doctor.stdout).contains("all intact"), "{place}");
        let left = leftovers(&self.sandbox.home().join("shared"));
        assert!(left.is_empty() || place.contains("killed"), "{place}: {left:?}");
    }
}

pub(super) fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&place).unwrap();
            copy(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), &place).unwrap();
        }
    }
}

/// Files of a folder that are neither a header nor a segment.
fn leftovers(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            found.extend(leftovers(&path));
        } else if !name.ends_with(".seg") && name != "header.json" {
            found.push(path);
        }
    }
    found
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn a_sync_that_is_killed_goes_on_with_the_next() {
    if !tracing::is_possible() {
        return;
    }
    let two = Two::new();
    for call in two.calls() {
        two.restore();
        let output = tracing::killed_at(&two.sandbox, &call, &["sync"]);
        let place = format!("killed at {call:?}: {}", said(&output));
        assert_eq!(output.status.signal(), Some(9), "{place}");
        two.are_one(&place);
    }
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn a_call_that_fails_in_a_sync_is_told_and_loses_nothing() {
    if !tracing::is_possible() {
        return;
    }
    let two = Two::new();
    let mut told = 0;
    for fault in [
        Fault { what: "error=EIO", all_after: false },
        Fault { what: "error=ENOSPC", all_after: true },
    ] {
        for call in two.calls() {
            two.restore();
            let output = tracing::faulted_at(&two.sandbox, &call, fault, &["sync"]);
            let place = format!("{fault:?} at {call:?}: {}", said(&output));
            let is_mute = call.name == "write" && fault.all_after;
            if !output.status.success() && !is_mute {
                assert_told(&output, &[1, 3]);
                told += 1;
            }
            two.are_one(&place);
        }
    }
    assert!(told > SAMPLE / 2, "{told} were told");
}
