//! Every system call that touches the record refused in turn, outputs that take nothing, and places
//! where nothing may be written: what was acknowledged is there, what was not is not, it is told.

use std::fs::{File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::sandbox::{Sandbox, assert_told, said};
use super::tracing::{self, Call};

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

fn sweep(from: &Sandbox, names: &str, error: &str, refused: Refused) -> Vec<Outcome> {
    let unhurt = from.copy();
    let calls = tracing::calls(&unhurt, names, &MARK);
    assert!(!calls.is_empty());
    let outcomes: Vec<_> = calls.iter().map(|call| one(from, call, error, refused)).collect();
    assert!(outcomes.contains(&Outcome::Refused), "{outcomes:?}");
    outcomes
}

/// Which calls are refused.
#[derive(Debug, Clone, Copy)]
enum Refused {
    /// One, as a passing fault does.
    One,
    /// One and all after it, as a disk does that is full or broken.
    AllAfter,
}

fn one(from: &Sandbox, call: &Call, error: &str, refused: Refused) -> Outcome {
    let sandbox = from.copy();
    let before = sandbox.events();
    let output = match refused {
        Refused::One => tracing::refused_at(&sandbox, call, error, &MARK),
        Refused::AllAfter => tracing::refused_from(&sandbox, call, error, &MARK),
    };
    let place = format!("{error} at {call:?}: {}", said(&output));
    let after = sandbox.events();
    assert!(after.starts_with(&before), "{place}");
    let kept = after.len() == before.len() + 1;
    assert!(kept || after.len() == before.len(), "half, {place}");
    let outcome = if output.status.success() {
        assert!(kept, "acknowledged and lost, {place}");
        Outcome::Acknowledged
    } else if kept {
        let stderr = String::from_utf8_lossy(&output.stderr);
        let told = stderr.contains("the answer could not be written")
            || stderr.contains("the disk did not confirm")
            // There is nowhere left to tell it.
            || (call.name == "write" && matches!(refused, Refused::AllAfter));
        assert!(told, "kept and not told, {place}");
        Outcome::KeptAndTold
    } else {
        assert_told(&output, &[1, 3]);
        Outcome::Refused
    };
    sandbox.ok(&["done", "foundations/sql"]);
    assert!(sandbox.done().contains("foundations/sql"), "{place}");
    assert_eq!(sandbox.names(), ["progress.db"], "{place}");
    outcome
}

#[test]
fn a_call_that_fails_loses_nothing_and_is_told() {
    if tracing::is_possible() {
        let from = Sandbox::with_record();
        let outcomes = sweep(&from, WRITING, "EIO", Refused::One);
        // After the journal is gone, a sync that fails leaves the change where it is.
        assert!(outcomes.contains(&Outcome::KeptAndTold), "{outcomes:?}");
    }
}

#[test]
fn a_full_disk_loses_nothing_and_is_told() {
    if tracing::is_possible() {
        let from = Sandbox::with_record();
        sweep(&from, WRITING, "ENOSPC", Refused::AllAfter);
    }
}

#[test]
fn a_first_run_that_fails_leaves_nothing_and_is_told() {
    if tracing::is_possible() {
        sweep(&Sandbox::new(), WRITING, "ENOSPC", Refused::AllAfter);
        sweep(&Sandbox::new(), WRITING, "EACCES", Refused::One);
    }
}

#[test]
fn a_read_that_fails_is_told() {
    if tracing::is_possible() {
        let from = Sandbox::with_record();
        sweep(&from, "read,pread64,statx", "EIO", Refused::One);
    }
}

#[test]
fn a_full_stdout_is_told_and_the_change_is_kept() {
    let sandbox = Sandbox::with_record();
    let full = || File::options().write(true).open("/dev/full").unwrap();
    for (at, args) in [&MARK[..], &["status"], &["--help"], &["--version"]].iter().enumerate() {
        let output = sandbox.milepost(args).stdout(full()).output().unwrap();
        assert_told(&output, &[1]);
        assert!(sandbox.done().contains(MARK[1]), "{at}");
    }
}

#[test]
fn a_reader_that_went_away_is_no_error() {
    let sandbox = Sandbox::with_record();
    for args in [&MARK[..], &["status"], &["--help"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = sandbox.milepost(args).stdout(writer).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        assert!(output.stderr.is_empty(), "{}", said(&output));
    }
    assert!(sandbox.done().contains(MARK[1]));
}

#[test]
fn a_closed_stdout_is_no_error() {
    let sandbox = Sandbox::with_record();
    let output = sandbox
        .program("/bin/sh")
        .args(["-c", "exec \"$@\" >&-", "sh", Sandbox::binary()])
        .args(MARK)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", said(&output));
    assert!(sandbox.done().contains(MARK[1]));
}

/// Runs the program as one who may not write what the test made, which root always may.
struct Guest {
    /// Nobody, where the tests run as root.
    id: Option<u32>,
    sandbox: Sandbox,
}

impl Guest {
    fn of(sandbox: Sandbox) -> Self {
        let root = std::fs::metadata(sandbox.home()).unwrap().uid() == 0;
        let id = root.then_some(65534);
        if root {
            // A directory that only root may enter may lie on the way to the binary, and to home.
            std::fs::copy(Sandbox::binary(), sandbox.home().join("binary")).unwrap();
        }
        Self { id, sandbox }
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command: Command = match self.id {
            Some(id) => {
                let binary = self.sandbox.home().join("binary");
                let mut command = self.sandbox.program(binary.to_str().unwrap());
                command.args(args).uid(id).gid(id);
                command
            }
            None => self.sandbox.milepost(args),
        };
        command.stdin(Stdio::null()).output().unwrap()
    }
}

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[test]
fn where_nothing_may_be_written_reading_works() {
    let sandbox = Sandbox::with_record();
    let (folder, db) = (sandbox.folder(), sandbox.db());
    let before = std::fs::read(&db).unwrap();
    let guest = Guest::of(sandbox);
    for folder in folder.ancestors().take(4) {
        set_mode(folder, 0o555);
    }
    for (file_mode, folder_mode) in [(0o444, 0o555), (0o666, 0o555), (0o444, 0o777)] {
        set_mode(&db, file_mode);
        set_mode(&folder, folder_mode);
        let place = format!("{file_mode:o} in {folder_mode:o}");
        let output = guest.run(&["log", "--json"]);
        assert!(output.status.success(), "{place}: {}", said(&output));
        let stdout = String::from_utf8(output.stdout).unwrap();
        assert!(stdout.contains("\"note\":\"before\""), "{place}: {stdout}");
        let output = guest.run(&MARK);
        assert_told(&output, &[1]);
        assert_eq!(std::fs::read(&db).unwrap(), before, "{place}");
    }
    set_mode(&db, 0o000);
    assert_told(&guest.run(&["log"]), &[3]);
    set_mode(&folder, 0o000);
    assert_told(&guest.run(&["log"]), &[3]);
    assert_told(&guest.run(&MARK), &[3]);
    for folder in folder.ancestors().take(4) {
        set_mode(folder, 0o755);
    }
}
