//! Killed before every system call that changes something, or takes a lock: afterwards the command
//! happened whole or not at all, and the next one works.

use std::os::unix::process::ExitStatusExt;

use super::sandbox::{Sandbox, said};
use super::tracing::{self, Call};

const CALLS: &str = "openat,creat,write,pwrite64,writev,pwritev,ftruncate,fallocate,fsync,fdatasync,\
    rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,chmod,fchmod,fchmodat,flock,\
    close";

fn sweep(from: &Sandbox, args: &[&str], events: usize) {
    if !tracing::is_possible() {
        return;
    }
    let before = from.events();
    let unhurt = from.copy();
    let calls = tracing::calls(&unhurt, CALLS, args);
    let whole = unhurt.events().len();
    assert_eq!(whole - before.len(), events, "what the command appends");
    assert!(
        calls.iter().any(|call| call.name == "fsync") && calls.len() > 20,
        "the calls were found: {calls:#?}"
    );
    let mut outcomes = [0, 0];
    for call in &calls {
        let kept = one(from, call, args, whole);
        outcomes[usize::from(kept)] += 1;
    }
    // Were it always the same, the sweep would have missed the point of commit.
    assert!(outcomes.iter().all(|count| *count > 0), "{outcomes:?}");
}

/// Kills at one call; tells whether the command had happened.
fn one(from: &Sandbox, call: &Call, args: &[&str], whole: usize) -> bool {
    let sandbox = from.copy();
    let before = sandbox.events();
    let output = tracing::killed_at(&sandbox, call, args);
    let place = format!("killed at {call:?}: {}", said(&output));
    assert_eq!(output.status.signal(), Some(9), "{place}");
    let after = sandbox.events();
    assert!(after.starts_with(&before), "{place}");
    let kept = after.len() == whole;
    assert!(kept || after.len() == before.len(), "half, {place}");
    if !output.stdout.is_empty() {
        assert!(kept, "acknowledged and lost, {place}");
    }
    sandbox.ok(&["done", "foundations/sql"]);
    assert!(sandbox.done().contains("foundations/sql"), "{place}");
    assert_eq!(sandbox.names(), ["progress.db"], "{place}");
    kept
}

#[test]
fn a_mark_is_whole_or_not_there() {
    sweep(&Sandbox::with_record(), &["done", "foundations/algorithms"], 1);
}

#[test]
fn many_marks_in_one_command_are_whole_or_not_there() {
    let args = ["done", "foundations/programming", "--yes"];
    sweep(&Sandbox::with_record(), &args, 3);
}

#[test]
fn an_undo_is_whole_or_not_there() {
    sweep(&Sandbox::with_record(), &["undo"], 1);
}

#[test]
fn a_first_mark_is_whole_or_not_there() {
    sweep(&Sandbox::new(), &["done", "foundations/algorithms"], 1);
}

#[test]
fn an_import_is_whole_or_not_there() {
    let other = Sandbox::new();
    let later = |args: &[&str]| {
        let mut command = other.milepost(args);
        let output = command.env("MILEPOST_NOW", "2026-11-21T09:30:00+01:00").output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    };
    later(&["done", "foundations/algorithms", "foundations/statistics", "--note", "elsewhere"]);
    later(&["undo"]);
    later(&["export", "--full", "-o", "record.json"]);
    let file = other.home().join("record.json");
    sweep(&Sandbox::with_record(), &["import", file.to_str().unwrap()], 4);
}
