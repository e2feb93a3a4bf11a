//! Errors with `--json`: one object on stderr, and nothing on stdout. The codes that the program
//! knows, those that `docs/json.md` lists and those that are raised here are the same.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::Duration;

use chrono::{DateTime, Utc};
use milepost::error::{Code, Error};
use milepost::prompt::Answer::{Cancel, Text};
use milepost_core::disk::{NotWritten, not_written};
use milepost_core::internals::event::{EventKind, NewEvent};
use milepost_core::internals::store::Store;
use milepost_core::report::sync::Failed;
use milepost_core::sync::remote::RemoteError;
use milepost_core::{Annotation, Stamp, SyncError, report};
use milepost_path::Ref;
use serde_json::Value;

use crate::prompts::answered;
use crate::sandbox::{NOW, Sandbox, words};
use crate::shelf;

/// A key, of no log.
const OTHER_KEY: &str = "JR9T-ZXXE-09RB-WP52-15FP-8JE9-FP4X-CXA0-YSXM-EAGP-JNHT-2JTT-59GS-3BM5";

/// What a failed command says: the object is all of it.
fn object(output: &Output) -> Value {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{text}");
    let all = parsed(&text);
    assert_eq!(all["error"]["exit"].as_i64(), output.status.code().map(i64::from), "{text}");
    all["error"].clone()
}

/// The object that a text is, with no key missing and none too many.
fn parsed(text: &str) -> Value {
    let all: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(keys(&all), ["error", "schema"].map(str::to_owned).into());
    assert_eq!(all["schema"], 1);
    let known = ["code", "details", "exit", "hints", "message"].map(str::to_owned);
    assert_eq!(keys(&all["error"]), known.into());
    assert!(!all["error"]["message"].as_str().unwrap().is_empty(), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
    all
}

fn fails(sandbox: &Sandbox, line: &str) -> Value {
    object(&sandbox.output(words(&format!("--json {line}"))))
}

#[test]
fn every_code_is_raised_and_listed() {
    let mut raised = Vec::new();
    let mut note = |error: &Value| {
        let text = |key: &str| error[key].as_str().unwrap().to_owned();
        raised.push((text("code"), error["exit"].as_u64().unwrap()));
    };
    let sandbox = shelf::following();
    prepare(&sandbox);
    for line in [
        "statsu",
        "note web/rest",
        "status nowhere",
        "show qqqqqq",
        "assess nowhere",
        "show logs",
        "note web text",
        "backup .local/share/milepost/progress.db",
        "import nowhere.json",
        "export -o nowhere/x.md",
        "import milk.json",
        "import later.json",
        "open shell-book",
        "--db cut.db status",
        "--db later.db status",
        "--db milk.json status",
        "--db orphan.db start tools",
    ] {
        note(&fails(&sandbox, line));
    }
    let empty = Sandbox::new();
    note(&fails(&empty, "show"));
    note(&fails(&empty, "backup x.db"));
    empty.write(".config/milepost/config.toml", "name = [");
    note(&fails(&empty, "status"));
    note(&object(
        &sandbox.command().env("HOME", "nowhere").args(["--json", "status"]).output().unwrap(),
    ));
    let full = fs::OpenOptions::new().write(true).open("/dev/full");
    note(&match full {
        Ok(full) => {
            let mut command = sandbox.command();
            let ended = command.args(["--json", "status"]).stdout(full).output().unwrap();
            object(&ended)
        }
        Err(_) => {
            made(&not_written(Path::new("x"), io::Error::from(io::ErrorKind::StorageFull)).into())
        }
    });
    for (line, answer) in [("done --json", Cancel), ("done --json", Text(None))] {
        let said = answered(&sandbox, line, &[answer]);
        let said = said.strip_prefix("--- stderr ---\n").unwrap();
        note(&parsed(said.lines().next().unwrap())["error"]);
    }
    sandbox.ok(["sync", "init", "shared"]);
    note(&fails(
        &Sandbox::new(),
        &format!("sync join {}", sandbox.home().join("shared").display()),
    ));
    note(&fails(&sandbox, "sync key --check"));
    let other =
        sandbox.command().env("MILEPOST_SYNC_KEY", OTHER_KEY).args(["sync", "--json"]).output();
    note(&object(&other.unwrap()));
    let turn = another_sync(&sandbox);
    note(&fails(&sandbox, "sync --timeout 1"));
    drop(turn);
    fs::rename(sandbox.home().join("shared"), sandbox.home().join("gone")).unwrap();
    note(&fails(&sandbox, "sync"));
    for error in [
        RemoteError::TimedOut { after: Duration::from_secs(3) },
        RemoteError::Refused { said: "no".to_owned() },
        RemoteError::NoEntry { said: "no".to_owned() },
        RemoteError::Unproven { said: "no".to_owned() },
    ] {
        note(&made(&failed(error)));
    }
    note(&made(&moved()));
    let unsure = NotWritten::Unconfirmed(io::Error::other("no answer"));
    note(&made(&not_written(Path::new("x"), unsure).into()));
    note(&made(&milepost::words::timed_out(30)));

    let said: BTreeSet<_> = raised.into_iter().collect();
    let known: BTreeSet<_> = Code::ALL
        .iter()
        .map(|code| (code.as_str().to_owned(), u64::from(code.kind().exit())))
        .collect();
    assert_eq!(said, known);
    assert_eq!(listed(), known);
}

/// The codes of the table in the documentation, with their exit codes.
fn listed() -> BTreeSet<(String, u64)> {
    let docs = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/json.md")).unwrap();
    let (_, table) = docs.split_once("| code | exit |").unwrap();
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        (cells[1].trim_matches('`').to_owned(), cells[2].parse().unwrap())
    })
    .collect()
}

/// Files that are not what they should be.
fn prepare(sandbox: &Sandbox) {
    sandbox.write(
        "milk.json",
        "a shopping list, longer than the header of a database would be, and no record at all",
    );
    sandbox.write("later.json", r#"{"schema": 1, "command": "export", "record": 99}"#);
    sandbox.write("orphan.db-journal", "x");
    let record = fs::read(sandbox.db()).unwrap();
    fs::write(sandbox.home().join("cut.db"), &record[..60]).unwrap();
    let mut later = record;
    later[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(sandbox.home().join("later.db"), later).unwrap();
}

/// What a sync holds while it goes on.
fn another_sync(sandbox: &Sandbox) -> fs::File {
    let mut remotes = fs::read_dir(sandbox.db().with_file_name("remotes")).unwrap();
    let turn = fs::File::open(remotes.next().unwrap().unwrap().path()).unwrap();
    turn.lock().unwrap();
    turn
}

/// A record that is replaced after it was opened.
fn moved() -> Error {
    let sandbox = shelf::following();
    let mut store = Store::open(&sandbox.db()).unwrap().unwrap();
    store.read().unwrap().standing().unwrap();
    let copy = sandbox.home().join("copy.db");
    fs::copy(sandbox.db(), &copy).unwrap();
    fs::rename(&copy, sandbox.db()).unwrap();
    let now: DateTime<Utc> = NOW.parse().unwrap();
    let stamp = Stamp { now, today: now.date_naive() };
    let remark = Annotation { note: Some("x".to_owned()), ..Annotation::default() };
    let subject = Ref::node("tools", "pipes");
    let entry = NewEvent { subject, title: None, fact: EventKind::Noted(remark) };
    let mut writing = store.write(stamp).unwrap();
    let error = writing.append(entry, stamp.today).and_then(|()| writing.commit());
    error.unwrap_err().into()
}

/// The error for a remote.
fn failed(error: RemoteError) -> Error {
    let (remote, url) = ("home".to_owned(), "https://example.org/log.git".to_owned());
    let failed = Failed { remote, url, is_linked: false, error: SyncError::Remote(error) };
    let refusal = report::sync::Refusal::Failed(Box::new(failed));
    milepost_core::Error::from(milepost_core::Refusal::Sync(refusal)).into()
}

/// What no command can be brought to here.
fn made(error: &Error) -> Value {
    serde_json::json!({"code": error.code().as_str(), "exit": error.kind().exit()})
}

#[test]
fn an_error_is_one_object_and_nothing_else() {
    let sandbox = shelf::following();
    // What a command warns of, or has answered, does not stand beside its error.
    sandbox.write(".config/milepost/paths/broken.toml", "format = ");
    let said = |line: &str| {
        let output = sandbox.output(words(line));
        object(&output);
        String::from_utf8(output.stderr).unwrap()
    };
    insta::assert_snapshot!(said("status broken --json"), @r#"{"schema":1,"error":{"code":"unknown-path","message":"there is no path `broken`","details":[],"hints":["`milepost paths` lists them"],"exit":1}}"#);
    insta::assert_snapshot!(said("done logs --json"), @r#"{"schema":1,"error":{"code":"ambiguous-ref","message":"`logs` could mean 2 things","details":[],"hints":["tools/logs  (skill: Reading logs)","web/logs  (skill: Log pipelines)"],"exit":1}}"#);
    insta::assert_snapshot!(said("status --json --jsn"), @r#"{"schema":1,"error":{"code":"usage","message":"`milepost status` has no option `--jsn`","details":[],"hints":["did you mean `--json`?"],"exit":2}}"#);
    insta::assert_snapshot!(said("--color sometimes status --json"), @r#"{"schema":1,"error":{"code":"usage","message":"`--color` does not take `sometimes`","details":[],"hints":["choose from auto, always, never"],"exit":2}}"#);
    insta::assert_snapshot!(said("add --json"), @r#"{"schema":1,"error":{"code":"usage","message":"`milepost add` needs FILE","details":["FILE: The files, folders with files, or `-` for standard input"],"hints":["for example `milepost add my-path.toml`","`milepost add --help` explains the rest"],"exit":2}}"#);
    sandbox.write("levels.toml", "[levels]\ncode = 9\ndata = 9\n");
    insta::assert_snapshot!(said("assess --answers levels.toml --json"), @r#"{"schema":1,"error":{"code":"invalid-file","message":"2 problems in levels.toml, so nothing was recorded:","details":["levels.toml:2:1: there is no skill area `code`; `milepost assess --list` lists them","levels.toml:3:1: there is no skill area `data`; `milepost assess --list` lists them"],"hints":[],"exit":1}}"#);
}

#[test]
fn json_is_asked_for_anywhere_but_in_a_text() {
    let sandbox = shelf::following();
    for line in ["--json nope", "nope --json", "status --json a b c"] {
        assert_eq!(object(&sandbox.output(words(line)))["code"], "usage", "{line}");
    }
    let said = sandbox.run(words("note --jsn -- --json"));
    assert!(said.contains("error: `milepost note` has no option `--jsn`"), "{said}");
}

#[test]
fn what_is_found_is_an_answer_and_no_error() {
    let sandbox = shelf::following();
    sandbox.write("broken.toml", "format = ");
    let output = sandbox.output(["check", "--json", "broken.toml"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stderr.is_empty());
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["errors"], 1);
}

#[test]
fn where_nobody_can_be_told_the_exit_code_says_it() {
    let sandbox = shelf::following();
    let mut command = sandbox.command();
    let ended = command.args(["--json", "nope"]).stderr(Stdio::null()).output().unwrap();
    assert_eq!((ended.status.code(), ended.stdout.len()), (Some(2), 0));
}
