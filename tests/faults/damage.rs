//! What lies under the name of the record is none, or a damaged one: it is told as what it is, and
//! never overwritten.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::{FileTypeExt, symlink};
use std::path::Path;
use std::process::{Command, Output};

use super::sandbox::{Sandbox, assert_told, said};

/// Commands that read, that write, and that examine.
const COMMANDS: [&[&str]; 6] = [
    &["status"],
    &["log"],
    &["done", "foundations/sql"],
    &["undo"],
    &["export", "--full"],
    &["doctor", "--fix"],
];

fn run(sandbox: &Sandbox, db: &OsStr, command: &[&str]) -> Output {
    let mut program = sandbox.milepost(&["--db"]);
    program.arg(db).args(command).output().unwrap()
}

/// That every command says these words and exits with 3; `doctor` says them as an answer.
#[track_caller]
fn assert_named(sandbox: &Sandbox, db: &Path, words: &str) {
    for command in COMMANDS {
        let output = run(sandbox, db.as_os_str(), command);
        let said = said(&output);
        if command[0] == "doctor" {
            assert_eq!(output.status.code(), Some(3), "{command:?}: {said}");
        } else {
            assert_told(&output, &[3]);
        }
        // An answer is wrapped.
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(words), "{command:?}: {words}: {said}");
    }
}

#[test]
fn what_is_no_file_is_named() {
    let sandbox = Sandbox::new();
    let at = |name: &str| sandbox.home().join(name);
    fs::create_dir(at("folder")).unwrap();
    assert_named(&sandbox, &at("folder"), "is a directory");
    assert_named(&sandbox, Path::new("/dev/null"), "is not a regular file");
    let made = Command::new("mkfifo").arg(at("fifo")).status();
    if made.is_ok_and(|status| status.success()) {
        // Opening it would wait for ever.
        assert_named(&sandbox, &at("fifo"), "is not a regular file");
        assert!(fs::metadata(at("fifo")).unwrap().file_type().is_fifo());
    }
    let socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
    assert_named(&sandbox, &at("socket"), "is not a regular file");
    drop(socket);
    symlink("loop", at("loop")).unwrap();
    assert_named(&sandbox, &at("loop"), "cannot be read");
    symlink("one", at("two")).unwrap();
    symlink("two", at("one")).unwrap();
    assert_named(&sandbox, &at("one"), "cannot be read");
    symlink("nowhere", at("dangling")).unwrap();
    assert_named(&sandbox, &at("dangling"), "is a link to a file that is not there");
    assert!(!at("nowhere").exists());
    symlink("folder", at("link")).unwrap();
    assert_named(&sandbox, &at("link"), "is a directory");
    fs::write(at("file"), "x").unwrap();
    assert_named(&sandbox, &at("file/progress.db"), "cannot be read");
}

#[test]
fn what_is_not_ours_is_named_and_no_byte_of_it_changed() {
    let whole = Sandbox::with_record();
    let record = fs::read(whole.db()).unwrap();
    let with = |at: usize, bytes: &[u8]| {
        let mut changed = record.clone();
        changed[at..at + bytes.len()].copy_from_slice(bytes);
        changed
    };
    let foreign = {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("foreign.db");
        let connection = rusqlite::Connection::open(&path).unwrap();
        connection.execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1)").unwrap();
        connection.close().unwrap();
        fs::read(path).unwrap()
    };
    for (name, bytes, words) in [
        ("empty", Vec::new(), "is empty"),
        ("text", b"dear diary\n".to_vec(), "is not a SQLite database"),
        ("zeros", vec![0; 8192], "is not a SQLite database"),
        ("foreign", foreign, "not a milepost record"),
        ("newer", with(60, &99i32.to_be_bytes()), "a newer milepost (schema 99"),
        ("negative", with(60, &(-1i32).to_be_bytes()), "no schema version"),
        ("no version", with(60, &0i32.to_be_bytes()), "no schema version"),
        ("other", with(68, b"GPKG"), "not a milepost record"),
        ("torn", with(0, &[0; 16]), "is not a SQLite database"),
    ] {
        let sandbox = Sandbox::new();
        let path = sandbox.home().join(name);
        fs::write(&path, &bytes).unwrap();
        assert_named(&sandbox, &path, words);
        assert!(fs::read(&path).unwrap() == bytes, "{name} was changed");
        let names = fs::read_dir(sandbox.home()).unwrap().count();
        assert_eq!(names, 1, "{name}: nothing is made beside it");
    }
}

#[test]
fn a_record_that_is_cut_off_is_named_at_every_length() {
    let whole = Sandbox::with_record();
    let record = fs::read(whole.db()).unwrap();
    let page = 4096;
    assert!(record.len() >= 3 * page && record.len().is_multiple_of(page));
    let pages = (1..record.len() / page).flat_map(|n| [n * page - 1, n * page, n * page + 1]);
    let lengths = [1, 15, 16, 60, 99, 100, 101, 512, record.len() - 1];
    for length in lengths.into_iter().chain(pages) {
        let sandbox = Sandbox::new();
        let path = sandbox.home().join("cut.db");
        fs::write(&path, &record[..length]).unwrap();
        for command in COMMANDS {
            let output = run(&sandbox, path.as_os_str(), command);
            let said = said(&output);
            assert!(!said.contains("panicked"), "{length} {command:?}: {said}");
            let codes: &[i32] = if command[0] == "doctor" { &[1, 3] } else { &[3] };
            let code = output.status.code().unwrap_or(-1);
            assert!(codes.contains(&code), "{length} {command:?}: {said}");
            assert!(
                fs::read(&path).unwrap() == record[..length],
                "{length} {command:?}: it was changed"
            );
        }
    }
}
