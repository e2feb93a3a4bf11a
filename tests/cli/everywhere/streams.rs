//! Where an answer goes: a reader that has left, a disk that is full, nobody who could be asked.

use std::io::Write;
use std::process::Stdio;

use super::*;

#[test]
fn an_error_leaves_the_answer_empty() {
    let sandbox = prepared();
    for args in [&["show", "nope"][..], &["done"], &["next", "--time", "soon"], &["frobnicate"]] {
        for json in [&[][..], &["--json"]] {
            let output = sandbox.output(args.iter().chain(json));
            assert!(!output.status.success());
            assert!(output.stdout.is_empty(), "{args:?}");
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            let begin = if json.is_empty() { "error: " } else { r#"{"schema":1,"error":{"# };
            assert!(told.starts_with(begin), "{args:?}: {told}");
        }
    }
}

#[test]
fn a_reader_that_has_had_enough_is_no_error() {
    let sandbox = prepared();
    for args in [&["list"][..], &["log", "--json"], &["--help"], &["--version"], &["done", "pipes"]]
    {
        // Closed before the program begins, so that every write meets it.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = sandbox.command().args(args).stdout(writer).output().unwrap();
        assert_eq!(sandbox.said(&output), "", "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_told() {
    let sandbox = prepared();
    for args in [&["list"][..], &["status", "--json"], &["--help"], &["--version"], &["undo"]] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let output = sandbox.command().args(args).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains("the answer could not be written"), "{args:?}: {told}");
        let begin = if args.contains(&"--json") { r#"{"schema":1,"error":{"# } else { "error: " };
        assert!(told.starts_with(begin), "{args:?}: {told}");
    }
    let log = sandbox.json(["log", "--limit", "1"]);
    assert_eq!(log["events"][0]["action"], "undone", "what was said to be kept is kept");
}

#[test]
fn quiet_leaves_the_answer_and_the_errors() {
    let sandbox = shelf::home();
    for (args, stdout, stderr) in [
        (&["--quiet", "list"][..], false, false),
        (&["-q", "start", "tools"], true, false),
        (&["done", "-q", "web/rest"], true, false),
        (&["-q", "search", "qqqqqq"], false, false),
        (&["-q", "done", "nope"], false, true),
        (&["-q", "--db", "/", "status"], false, true),
    ] {
        let output = sandbox.output(args);
        assert_eq!(!output.stdout.is_empty(), stdout, "{args:?}");
        assert_eq!(!output.stderr.is_empty(), stderr, "{args:?}: {}", sandbox.said(&output));
    }
}

#[test]
fn nothing_is_asked_where_nobody_can_answer() {
    let sandbox = shelf::following();
    for flags in [&[][..], &["--no-input"]] {
        for args in [&["done"][..], &["done", "logs"], &["done", "web"], &["note", "rest"]] {
            let mut command = sandbox.command();
            command.args(flags).args(args).stdin(Stdio::piped());
            let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            // A yes that nobody asked for.
            let _ = child.stdin.take().unwrap().write_all(b"y\ny\n");
            let output = child.wait_with_output().unwrap();
            assert!(!output.status.success(), "{args:?}");
            assert!(String::from_utf8_lossy(&output.stderr).contains("hint: "), "{args:?}");
        }
    }
    assert_eq!(sandbox.json(["list", "--status", "done"])["items"], serde_json::json!([]));
}
