//! Outputs that take nothing, and places where nothing can be written.

use std::fs::{File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::sandbox::{Sandbox, assert_told, said};

const MARK: [&str; 2] = ["done", "foundations/algorithms"];

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

/// Runs the program as a user who cannot write what the test made; root always can.
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
            // A directory that only root can enter can lie on the way to the binary, and to home.
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
        // Another test that starts a program at this moment can hold the copy open for writing.
        loop {
            match command.stdin(Stdio::null()).output() {
                Err(error) if error.kind() == std::io::ErrorKind::ExecutableFileBusy => {
                    std::thread::yield_now();
                }
                output => return output.unwrap(),
            }
        }
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

#[test]
fn an_older_record_where_nothing_may_be_written_is_told_and_left_as_it_is() {
    let sandbox = Sandbox::new();
    std::fs::create_dir_all(sandbox.folder()).unwrap();
    let old = rusqlite::Connection::open(sandbox.db()).unwrap();
    old.execute_batch(include_str!("../../crates/core/tests/records/record-v1.sql")).unwrap();
    drop(old);
    let (folder, db) = (sandbox.folder(), sandbox.db());
    let before = std::fs::read(&db).unwrap();
    let guest = Guest::of(sandbox);
    for folder in folder.ancestors().take(4) {
        set_mode(folder, 0o555);
    }
    set_mode(&db, 0o444);
    let output = guest.run(&["status"]);
    assert_told(&output, &[1]);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("was written by an older milepost (schema 1)"), "{stderr}");
    assert_eq!(std::fs::read(&db).unwrap(), before);
    for folder in folder.ancestors().take(4) {
        set_mode(folder, 0o755);
    }
}
