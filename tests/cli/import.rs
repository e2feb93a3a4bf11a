//! `export --full` and `import`: the whole record out and in.

use std::io::Write;
use std::process::Stdio;

use crate::sandbox::Sandbox;
use crate::shelf;

/// A home with a history in which something was taken back.
fn lived_in() -> Sandbox {
    let sandbox = shelf::following();
    sandbox.ok([
        "done",
        "pipes",
        "--note",
        "a \"quoted\"\nnote",
        "--evidence",
        "https://a.example",
    ]);
    sandbox.ok(["doing", "http", "scripts"]);
    sandbox.ok(["undo"]);
    sandbox.ok(["export", "--full", "-o", "record.json"]);
    sandbox
}

/// Another home with the same paths, and the file beside.
fn moved(from: &Sandbox) -> Sandbox {
    let to = shelf::home();
    from.lend("record.json", &to);
    to
}

#[test]
fn a_record_moves_to_another_machine() {
    let from = lived_in();
    let to = moved(&from);
    insta::assert_snapshot!(to.play(
        "import record.json --dry-run
         log
         import record.json
         import record.json
         import record.json --dry-run
         redo",
    ), @"
    $ import record.json --dry-run
    would import 7 events
    $ log
    --- stderr ---
    nothing is recorded there yet; `milepost done REF` records something
    $ import record.json
    imported 7 events
    --- stderr ---
    next: `milepost log` shows what happened, `milepost status` how far you are
    $ import record.json
    everything was already there (7 events); nothing changed
    $ import record.json --dry-run
    everything was already there (7 events); nothing changed
    $ redo
    [~] HTTP  tools/http  doing again, was todo
    [~] Scripts  tools/scripts  doing again, was todo
    ");
    from.ok(["redo"]);
    for report in [&["status", "--json"][..], &["show", "pipes"], &["undo", "--list"]] {
        assert_eq!(to.ok(report), from.ok(report), "{report:?}");
    }
    let events = |sandbox: &Sandbox| sandbox.json(["export", "--full"])["events"].clone();
    let (theirs, ours) = (events(&from), events(&to));
    let (theirs, ours) = (theirs.as_array().unwrap(), ours.as_array().unwrap());
    assert_eq!(theirs.len(), ours.len());
    assert_eq!(theirs[..theirs.len() - 2], ours[..ours.len() - 2], "all but what redo wrote since");
}

#[test]
fn the_standard_input_and_output_do_as_well() {
    let from = lived_in();
    let text = from.ok(["export", "--full"]);
    assert_eq!(text, std::fs::read_to_string(from.home().join("record.json")).unwrap());
    assert_eq!(text, from.ok(["export", "--full", "--json"]));
    assert_eq!(text, from.ok(["export", "--full", "--format", "json", "-o", "-"]));
    let to = shelf::home();
    let mut command = to.command();
    command.args(["import", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", to.said(&output));
    assert_eq!(to.ok(["export", "--full"]), text, "equal, to the byte");
}

#[test]
fn two_machines_become_one() {
    let mut left = lived_in();
    let mut right = moved(&left);
    right.ok(["import", "record.json"]);
    right.set("MILEPOST_NOW", "2026-11-21T10:00:00+01:00").ok(["done", "http"]);
    left.set("MILEPOST_NOW", "2026-11-22T10:00:00+01:00").ok(["done", "scripts"]);
    right.ok(["export", "--full", "-o", "right.json"]);
    left.ok(["export", "--full", "-o", "left.json"]);
    for (from, to, name) in [(&right, &left, "right.json"), (&left, &right, "left.json")] {
        from.lend(name, to);
        let said = to.run(["import", name]);
        assert!(said.starts_with("imported 1 event (7 events already there)\n"), "{said}");
    }
    let log = |sandbox: &Sandbox| sandbox.json(["log", "--limit", "0"]);
    assert_eq!(log(&left), log(&right));
    let said = left.ok(["undo"]);
    assert!(said.contains("tools/http"), "the import was the last command: {said}");
    let said = left.ok(["undo"]);
    assert!(said.contains("tools/scripts"), "then its own: {said}");
}

/// What a record says of itself: its device, and how many of its events that device wrote.
fn written(sandbox: &Sandbox) -> (String, usize) {
    let record = sandbox.json(["export", "--full"]);
    let events = record["events"].as_array().unwrap();
    let own = events.iter().filter(|event| event["device"] == record["device"]).count();
    (record["device"].as_str().unwrap().to_owned(), own)
}

#[test]
fn a_backup_that_comes_back_goes_on_and_a_second_machine_is_another_device() {
    let from = lived_in();
    let whole = std::fs::read_to_string(from.home().join("record.json")).unwrap();
    let (device, own) = written(&from);
    let line = whole.lines().find(|line| line.contains("\"machine\"")).unwrap_or_default();
    let elsewhere = "  \"machine\": \"00000000-0000-0000-0000-000000000000\",";
    for (machine, is_equal) in [(line, true), ("", true), (elsewhere, line.is_empty())] {
        let to = moved(&from);
        to.write("record.json", &whole.replace(line, machine));
        to.ok(["import", "record.json"]);
        let (now, own_now) = written(&to);
        assert_eq!(now == device, is_equal, "{machine}");
        assert_eq!(own_now, if is_equal { own } else { 0 }, "{machine}");
        // The record is sound and says the same, on whichever machine.
        assert_eq!(to.code(["doctor"]), 0, "{machine}");
        assert_eq!(to.ok(["log"]), from.ok(["log"]), "{machine}");
    }
}

#[test]
fn a_file_of_the_first_form_is_taken_up() {
    let sandbox = shelf::home();
    sandbox.write("record.json", include_str!("../../crates/core/tests/records/record-v1.json"));
    let said = sandbox.run(["import", "record.json"]);
    assert!(said.starts_with("imported 16 events\n"), "{said}");
    assert_eq!(sandbox.code(["doctor"]), 0);
    let said = sandbox.run(["import", "record.json"]);
    assert!(said.starts_with("everything was already there"), "{said}");
    // An export of another machine that has another label for an event gives both one order.
    let text = sandbox.ok(["export", "--full"]);
    let label = "01a10fcc-2700-7000-8000-000000000000";
    assert!(text.contains(label), "{text}");
    let other = text.replace(label, "01a10b13-b000-7000-8000-000000000000");
    sandbox.write("other.json", &other);
    let said = sandbox.run(["import", "other.json", "--dry-run"]);
    assert!(said.contains("the log would have the file's order for 1"), "{said}");
    let said = sandbox.run(["import", "other.json"]);
    assert!(said.contains("the log now has the file's order for 1"), "{said}");
    assert_eq!(sandbox.ok(["export", "--full"]), other);
    let said = sandbox.run(["import", "other.json"]);
    assert!(said.starts_with("everything was already there"), "{said}");
}

#[test]
fn what_cannot_be_imported_is_told_and_changes_nothing() {
    let sandbox = lived_in();
    let whole = std::fs::read_to_string(sandbox.home().join("record.json")).unwrap();
    sandbox.ok(["export", "--format", "json", "-o", "portfolio.json"]);
    sandbox.write("changed.json", &whole.replace("\"on\":\"2026-11-20\"", "\"on\":\"2026-11-19\""));
    sandbox.write("cut.json", &whole[..whole.len() - 10]);
    let form = format!("\"record\": {}", milepost_core::record::FORM);
    assert!(whole.contains(&form), "{whole}");
    sandbox.write("newer.json", &whole.replace(&form, "\"record\": 4000"));
    sandbox.write("text.json", "# Portfolio\n");
    std::fs::copy(sandbox.db(), sandbox.home().join("copy.db")).unwrap();
    let before = std::fs::read(sandbox.db()).unwrap();
    insta::assert_snapshot!(sandbox.play(
        "import portfolio.json
         import changed.json
         import cut.json
         import text.json
         import copy.db
         import nothing.json
         import .
         import /dev/null
         import -
         import",
    ), @"
    $ import portfolio.json
    --- stderr ---
    error: portfolio.json is a portfolio: it says how things are, but not what happened, so no record can be made of it
    hint: `milepost export --format json --full` writes what can be imported
    [exit 1]
    $ import changed.json
    --- stderr ---
    error: changed.json: event 1: its checksum does not match; it was changed after the export
    hint: export the record again; nothing was changed
    [exit 1]
    $ import cut.json
    --- stderr ---
    error: cut.json:14:342: EOF while parsing a string
    hint: `milepost export --format json --full` writes what can be imported
    [exit 1]
    $ import text.json
    --- stderr ---
    error: text.json:1:1: expected value
    hint: `milepost export --format json --full` writes what can be imported
    [exit 1]
    $ import copy.db
    --- stderr ---
    error: copy.db is a SQLite database, not an exported record
    hint: `milepost restore FILE` restores a backup
    [exit 1]
    $ import nothing.json
    --- stderr ---
    error: there is no file nothing.json
    hint: check the name
    [exit 1]
    $ import .
    --- stderr ---
    error: . is a directory
    hint: name a file, or `-` for standard input
    [exit 1]
    $ import /dev/null
    --- stderr ---
    error: /dev/null is not a regular file
    hint: name a file, or `-` for standard input
    [exit 1]
    $ import -
    --- stderr ---
    error: standard input:1:0: EOF while parsing a value
    hint: `milepost export --format json --full` writes what can be imported
    [exit 1]
    $ import
    --- stderr ---
    error: `milepost import` needs FILE
      FILE: The file; `-` is standard input
    hint: for example `milepost import record.json`
    hint: `milepost import --help` explains the rest
    [exit 2]
    ");
    assert_eq!(std::fs::read(sandbox.db()).unwrap(), before);
    let said = sandbox.run(["import", "newer.json"]);
    assert!(
        said.contains("newer.json was written by a newer milepost (record 4000, this"),
        "{said}"
    );
    assert_eq!(std::fs::read(sandbox.db()).unwrap(), before);
    // Where nothing was recorded, nothing is made either.
    let empty = moved(&sandbox);
    sandbox.lend("changed.json", &empty);
    assert_eq!(empty.code(["import", "changed.json"]), 1);
    assert_eq!(empty.code(["import", "record.json", "--dry-run"]), 0);
    assert!(!empty.db().exists());
}

#[test]
fn a_full_export_is_json_and_about_everything() {
    let sandbox = shelf::home();
    assert_eq!(sandbox.code(["export", "--full"]), 1, "nothing is recorded");
    let sandbox = lived_in();
    for args in [
        &["export", "--full", "--format", "html"][..],
        &["export", "--full", "-o", "record.md"],
        &["export", "--full", "web"],
        &["export", "--full", "--name", "Ada"],
        &["export", "--full", "--notes"],
    ] {
        assert_eq!(sandbox.code(args), 2, "{args:?}");
    }
    assert!(!sandbox.home().join("record.md").exists());
}
