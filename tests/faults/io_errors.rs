//! Each kind of system call that touches the record refused in turn: what was acknowledged is there,
//! what was not is not, and you are told.

use std::process::Output;

use super::sandbox::{Sandbox, assert_told, events_of, said};
use super::tracing::{self, Call, Fault};

/// Calls that write, make or remove.
const WRITING: &str = "openat,creat,write,pwrite64,writev,pwritev,ftruncate,fallocate,fsync,\
    fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,chmod,fchmod,\
    fchmodat";

const MARK: [&str; 2] = ["done", "foundations/algorithms"];

/// What one refused call led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Outcome {
    /// The program did without; the change is there.
    Acknowledged,
    /// It was told that nothing was changed, and so it is.
    Refused,
    /// The change is there, and it was told that something failed all the same.
    KeptAndTold,
}

/// What became of the mark, for each call that the fault befell.
fn sweep(from: &Sandbox, names: &str, fault: Fault) -> Vec<(Call, Outcome)> {
    let unhurt = from.copy();
    let calls = tracing::unlike_calls(&unhurt, names, &MARK);
    assert!(!calls.is_empty());
    let outcome = |call: Call| {
        let outcome = one(from, &call, fault);
        (call, outcome)
    };
    calls.into_iter().map(outcome).collect()
}

fn contains(outcomes: &[(Call, Outcome)], wanted: Outcome) -> bool {
    outcomes.iter().any(|(_, outcome)| *outcome == wanted)
}

/// One call, as a passing fault does.
fn once(what: &'static str) -> Fault {
    Fault { what, all_after: false }
}

/// A call and all after it, as a disk does that is full or broken.
fn from_then_on(what: &'static str) -> Fault {
    Fault { what, all_after: true }
}

/// What a refused call led to, of a change that is there or not, and whether it was told.
fn outcome_of(output: &Output, call: &Call, fault: Fault, kept: bool, place: &str) -> Outcome {
    if output.status.success() {
        assert!(kept, "acknowledged and lost, {place}");
        Outcome::Acknowledged
    } else if kept {
        let stderr = String::from_utf8_lossy(&output.stderr);
        let told = stderr.contains("the answer could not be written")
            || stderr.contains("the disk did not confirm")
            // There is nowhere left to tell it.
            || (call.name == "write" && fault.all_after);
        assert!(told, "kept and not told, {place}");
        Outcome::KeptAndTold
    } else {
        assert_told(output, &[1, 3]);
        Outcome::Refused
    }
}

fn one(from: &Sandbox, call: &Call, fault: Fault) -> Outcome {
    let sandbox = from.copy();
    let before = sandbox.events();
    let output = tracing::faulted_at(&sandbox, call, fault, &MARK);
    let place = format!("{fault:?} at {call:?}: {}", said(&output));
    let after = sandbox.events();
    assert!(after.starts_with(&before), "{place}");
    let kept = after.len() == before.len() + 1;
    assert!(kept || after.len() == before.len(), "half, {place}");
    let outcome = outcome_of(&output, call, fault, kept, &place);
    sandbox.ok(&["done", "foundations/sql"]);
    assert!(sandbox.done().contains("foundations/sql"), "{place}");
    assert_eq!(sandbox.names(), ["progress.db"], "{place}");
    outcome
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn a_call_that_fails_loses_nothing_and_is_told() {
    if tracing::is_possible() {
        let outcomes = sweep(&Sandbox::with_record(), WRITING, once("error=EIO"));
        assert!(contains(&outcomes, Outcome::Refused), "{outcomes:#?}");
        // After the journal is gone, a sync that fails leaves the change where it is.
        assert!(contains(&outcomes, Outcome::KeptAndTold), "{outcomes:#?}");
    }
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn a_full_disk_loses_nothing_and_is_told() {
    if tracing::is_possible() {
        let outcomes = sweep(&Sandbox::with_record(), WRITING, from_then_on("error=ENOSPC"));
        assert!(contains(&outcomes, Outcome::Refused), "{outcomes:#?}");
    }
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn a_first_run_that_fails_leaves_nothing_and_is_told() {
    if tracing::is_possible() {
        for fault in [from_then_on("error=ENOSPC"), once("error=EACCES")] {
            let outcomes = sweep(&Sandbox::new(), WRITING, fault);
            assert!(contains(&outcomes, Outcome::Refused), "{outcomes:#?}");
        }
    }
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn a_read_that_fails_is_told() {
    if tracing::is_possible() {
        let outcomes = sweep(&Sandbox::with_record(), "read,pread64,statx", once("error=EIO"));
        assert!(contains(&outcomes, Outcome::Refused), "{outcomes:#?}");
    }
}

/// Refuses each call of a command that puts one file in place of another, in turn. `is_new` looks at
/// what there is then: the old or the new, and nothing else. Success means the new.
fn replaced_or_not(
    from: &Sandbox,
    args: &[&str],
    is_new: impl Fn(&Sandbox, &str) -> bool,
    told: &str,
) {
    if !tracing::is_possible() {
        return;
    }
    for (names, fault) in [
        (WRITING, once("error=EIO")),
        (WRITING, from_then_on("error=ENOSPC")),
        ("read,pread64", once("error=EIO")),
    ] {
        let mut outcomes = std::collections::BTreeSet::new();
        for call in &tracing::unlike_calls(&from.copy(), names, args) {
            let sandbox = from.copy();
            let output = tracing::faulted_at(&sandbox, call, fault, args);
            let place = format!("{fault:?} at {call:?}: {}", said(&output));
            let new = is_new(&sandbox, &place);
            outcomes.insert(match (output.status.success(), new) {
                (true, true) => Outcome::Acknowledged,
                (true, false) => panic!("acknowledged and not done, {place}"),
                (false, true) => {
                    let stderr = String::from_utf8_lossy(&output.stderr);
                    let is_told = stderr.contains("the answer could not be written")
                        || stderr.contains(told)
                        || (call.name == "write" && fault.all_after);
                    assert!(is_told, "done and not told, {place}");
                    Outcome::KeptAndTold
                }
                // There is nowhere left to tell it.
                (false, false) if call.name == "write" && fault.all_after => Outcome::Refused,
                (false, false) => {
                    assert_told(&output, &[1, 3]);
                    Outcome::Refused
                }
            });
            sandbox.ok(&["done", "foundations/ide"]);
            sandbox.ok(args);
            assert!(is_new(&sandbox, &place), "the next one does it, {place}");
        }
        assert!(outcomes.contains(&Outcome::Refused), "{outcomes:?}");
    }
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn an_import_that_cannot_be_taken_back_stays_whole() {
    if !tracing::is_possible() {
        return;
    }
    let other = Sandbox::new();
    other.ok(&["done", "foundations/algorithms", "foundations/statistics"]);
    other.ok(&["export", "--full", "-o", "record.json"]);
    let from = Sandbox::with_record();
    from.ok(&["import", other.home().join("record.json").to_str().unwrap()]);
    let before = from.events().len();
    for fault in [once("error=EIO"), from_then_on("error=ENOSPC")] {
        let mut outcomes = std::collections::BTreeSet::new();
        for call in &tracing::unlike_calls(&from.copy(), WRITING, &["undo"]) {
            let sandbox = from.copy();
            let output = tracing::faulted_at(&sandbox, call, fault, &["undo"]);
            let place = format!("{fault:?} at {call:?}: {}", said(&output));
            let count = sandbox.events().len();
            assert!(count == before || count == before + 2, "half, {place}");
            let done = sandbox.done();
            for item in ["foundations/algorithms", "foundations/statistics"] {
                assert_eq!(done.contains(item), count == before, "{place}");
            }
            outcomes.insert(outcome_of(&output, call, fault, count > before, &place));
        }
        assert!(outcomes.contains(&Outcome::Refused), "{outcomes:?}");
    }
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn a_backup_that_fails_leaves_what_was_there() {
    let from = Sandbox::with_a_backup();
    let old = std::fs::read(from.home().join("copy.db")).unwrap();
    from.ok(&["done", "foundations/sql"]);
    let is_new = |sandbox: &Sandbox, place: &str| {
        let bytes = std::fs::read(sandbox.home().join("copy.db")).expect(place);
        bytes != old && {
            let copy = events_of(&sandbox.home().join("copy.db"));
            assert_eq!(copy, sandbox.events(), "{place}");
            true
        }
    };
    replaced_or_not(&from, &["backup", "copy.db"], is_new, "the disk did not confirm");
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn a_text_that_cannot_be_erased_is_there_as_it_was() {
    const SECRET: &[u8] = b"the password is hunter2";
    let from = Sandbox::with_record();
    from.ok(&["note", "foundations/sql", "the password is hunter2"]);
    // For who erases again.
    from.ok(&["note", "foundations/sql", "another"]);
    let before = from.events().len();
    let is_new = |sandbox: &Sandbox, place: &str| {
        // The first process that opens it rolls back what was cut off.
        let erased = sandbox.events().len() > before + 1;
        let bytes = std::fs::read(sandbox.db()).expect(place);
        let holds = bytes.windows(SECRET.len()).any(|window| window == SECRET);
        assert!(!(holds && erased), "it says that it is gone, {place}");
        !holds
    };
    let args = ["redact", "foundations/sql", "1", "--yes"];
    replaced_or_not(&from, &args, is_new, "the disk did not confirm");
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn paths_are_added_all_of_them_or_none() {
    let from = Sandbox::with_record();
    let path = |id: &str, title: &str| {
        format!(
            "format = 1\nid = \"{id}\"\ntitle = \"{title}\"\n[[stages]]\nid = \"s\"\n\
             title = \"S\"\n[[stages.topics]]\nid = \"t\"\ntitle = \"T\"\nhours = 2\n\
             skills = [{{ id = \"k\", title = \"K\" }}]\n"
        )
    };
    let installed = ".config/milepost/paths/one.toml";
    from.give(installed, path("one", "Old").as_bytes());
    from.give("one.toml", path("one", "New").as_bytes());
    from.give("two.toml", path("two", "New").as_bytes());
    let is_new = |sandbox: &Sandbox, place: &str| {
        let one = std::fs::read_to_string(sandbox.home().join(installed)).expect(place);
        let two = std::fs::read_to_string(sandbox.home().join(".config/milepost/paths/two.toml"));
        let two = two.ok();
        let is_new = one == path("one", "New");
        let whole = if is_new {
            two == Some(path("two", "New"))
        } else {
            one == path("one", "Old") && two.is_none()
        };
        // Where nothing can be renamed any more, nothing can be put back: then it is told.
        assert!(whole || place.contains("still installed: one"), "half, {place}");
        is_new && whole
    };
    let args = ["add", "one.toml", "two.toml", "--yes"];
    replaced_or_not(&from, &args, is_new, "the disk did not confirm");
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn a_restore_that_fails_changes_nothing_or_says_that_it_did() {
    let from = Sandbox::with_a_backup();
    let copied = from.events();
    from.ok(&["done", "foundations/sql"]);
    let record = from.events();
    let is_new = |sandbox: &Sandbox, place: &str| {
        let events = sandbox.events();
        assert!(events == copied || events.starts_with(&record), "half, {place}");
        let kept = sandbox.folder().join("progress.db.before-restore-2026-11-20");
        assert!(events != copied || events_of(&kept).starts_with(&record), "{place}");
        events == copied
    };
    let told = "the disk did not confirm";
    replaced_or_not(&from, &["restore", "copy.db", "--yes"], is_new, told);
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn a_wreck_gives_way_or_stays() {
    let from = Sandbox::with_a_backup();
    let copied = from.events();
    std::fs::write(from.db(), "a wreck").unwrap();
    let is_new = |sandbox: &Sandbox, place: &str| {
        if std::fs::read(sandbox.db()).expect(place) == b"a wreck" {
            // So that the command after it can be one that works.
            std::fs::remove_file(sandbox.db()).unwrap();
            return false;
        }
        sandbox.events().starts_with(&copied)
    };
    let args = ["restore", "copy.db", "--yes"];
    replaced_or_not(&from, &args, is_new, "the disk did not confirm");
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn a_daily_copy_that_fails_is_told_and_fails_no_command() {
    if !tracing::is_possible() {
        return;
    }
    let from = Sandbox::with_record();
    from.next_day();
    let calls = tracing::unlike_calls(&from.copy(), WRITING, &MARK);
    let first = calls.iter().position(|call| call.text.contains("/backups")).unwrap();
    let mut warned = 0;
    for call in &calls[first..] {
        let sandbox = from.copy();
        let output = tracing::faulted_at(&sandbox, call, once("error=EIO"), &MARK);
        let place = format!("{call:?}: {}", said(&output));
        assert!(output.status.success(), "{place}");
        assert!(sandbox.done().contains(MARK[1]), "{place}");
        let stderr = String::from_utf8_lossy(&output.stderr);
        let copy = sandbox.folder().join("backups/progress.db.2026-11-21");
        let is_told = stderr.contains("warning: today's copy was not kept");
        assert!(copy.exists() || is_told, "{place}");
        warned += usize::from(is_told);
        sandbox.ok(&["done", "foundations/sql"]);
        assert!(sandbox.events().starts_with(&events_of(&copy)), "{place}");
    }
    assert!(warned > 5, "{warned}");
}

/// Calls that a signal can interrupt before they have done anything.
const WAITING: &str = "openat,read,pread64,write,pwrite64,flock,fchmod,ftruncate";

#[test]
#[ignore = "runs under strace; the gate does it"]
fn an_interrupted_call_is_made_again() {
    if tracing::is_possible() {
        for from in [Sandbox::with_record(), Sandbox::new()] {
            let outcomes = sweep(&from, WAITING, once("error=EINTR"));
            let failed: Vec<_> =
                outcomes.iter().filter(|(_, outcome)| *outcome != Outcome::Acknowledged).collect();
            assert!(failed.is_empty(), "{failed:#?}");
            // The others can fail as with any error, but lose nothing.
            sweep(&from, WRITING, once("error=EINTR"));
        }
    }
}

/// A write that takes nothing and names no error, as POSIX allows.
#[test]
#[ignore = "runs under strace; the gate does it"]
fn a_write_that_takes_nothing_is_told() {
    if tracing::is_possible() {
        for from in [Sandbox::with_record(), Sandbox::new()] {
            for fault in [once("retval=0"), from_then_on("retval=0")] {
                let outcomes = sweep(&from, "write,pwrite64", fault);
                assert!(contains(&outcomes, Outcome::Refused), "{outcomes:#?}");
            }
        }
    }
}

/// A file that must not grow beyond a size takes the first part of a write, then nothing.
#[test]
fn a_write_that_is_cut_short_loses_nothing_and_is_told() {
    let from = Sandbox::with_record();
    let size = std::fs::metadata(from.db()).unwrap().len();
    let mut outcomes = Vec::new();
    // Blocks of 512 bytes: less than a page, so that a page is cut in the middle.
    for blocks in (0..=size / 512 + 2).step_by(3) {
        let sandbox = from.copy();
        let before = sandbox.events();
        let output = sandbox
            .program("/bin/sh")
            // Without the signal, the call says EFBIG.
            .args(["-c", "trap '' XFSZ && ulimit -f $0 && exec \"$@\"", &blocks.to_string()])
            .arg(Sandbox::binary())
            .args(MARK)
            .output()
            .unwrap();
        let place = format!("{blocks} blocks: {}", said(&output));
        let after = sandbox.events();
        assert!(after.starts_with(&before), "{place}");
        assert_eq!(output.status.success(), after.len() == before.len() + 1, "{place}");
        if !output.status.success() {
            assert_told(&output, &[1]);
            assert_eq!(after, before, "{place}");
        }
        outcomes.push(output.status.success());
        sandbox.ok(&MARK);
        assert_eq!(sandbox.names(), ["progress.db"], "{place}");
    }
    assert!(outcomes.contains(&true) && outcomes.contains(&false), "{outcomes:?}");
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn a_script_can_tell_whether_the_change_is_there() {
    if !tracing::is_possible() {
        return;
    }
    let from = Sandbox::with_record();
    let before = from.events();
    let args = [&["--json"], &MARK[..]].concat();
    let mut codes = std::collections::BTreeSet::new();
    for fault in [once("error=EIO"), from_then_on("error=ENOSPC")] {
        for call in tracing::unlike_calls(&from.copy(), "pwrite64,fsync,fdatasync,unlink", &args) {
            let sandbox = from.copy();
            let output = tracing::faulted_at(&sandbox, &call, fault, &args);
            if output.status.success() {
                continue;
            }
            let place = format!("{fault:?} at {call:?}: {}", said(&output));
            assert!(output.stdout.is_empty(), "{place}");
            let told: serde_json::Value = serde_json::from_slice(&output.stderr).expect(&place);
            let code = told["error"]["code"].as_str().expect(&place).to_owned();
            assert_eq!(code == "unconfirmed", sandbox.events() != before, "{place}");
            codes.insert(code);
        }
    }
    for code in ["unconfirmed", "unwritable", "disk-full"] {
        assert!(codes.contains(code), "{codes:?}");
    }
}
