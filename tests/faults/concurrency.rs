//! Many at once, and locks that others hold.

use std::fs::File;
use std::process::{Child, Stdio};
use std::time::Duration;

use rusqlite::Connection;

use super::sandbox::{Sandbox, said};

/// Starts a command without waiting for it.
fn start(sandbox: &Sandbox, args: &[&str]) -> Child {
    let mut command = sandbox.milepost(args);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// References of so many items.
fn items(count: usize) -> Vec<String> {
    let output = Sandbox::new().ok(&["list", "ai-integration", "--json"]);
    let list: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let items = list["items"].as_array().unwrap().iter();
    let items: Vec<String> =
        items.map(|item| item["ref"].as_str().unwrap().to_owned()).take(count).collect();
    assert_eq!(items.len(), count);
    items
}

#[test]
fn of_many_marks_at_once_on_a_fresh_home_none_is_lost() {
    let sandbox = Sandbox::new();
    let items = items(32);
    let running: Vec<Child> = items.iter().map(|item| start(&sandbox, &["done", item])).collect();
    for child in running {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    }
    assert_eq!(sandbox.done(), items.into_iter().collect());
    assert_eq!(sandbox.names(), ["progress.db"]);
}

#[test]
fn of_many_who_mark_the_same_one_changes_it() {
    let sandbox = Sandbox::with_record();
    let before = sandbox.events().len();
    let running: Vec<Child> =
        (0..16).map(|_| start(&sandbox, &["done", "foundations/sql", "--json"])).collect();
    let mut changed = 0;
    for child in running {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        changed += report["changed"].as_array().unwrap().len();
    }
    assert_eq!(changed, 1);
    assert_eq!(sandbox.events().len(), before + 1);
}

#[test]
fn readers_beside_writers_see_whole_commands() {
    let sandbox = Sandbox::with_record();
    let topic = ["done", "foundations/programming", "--yes"];
    let marked = {
        let copy = sandbox.copy();
        copy.ok(&topic);
        copy.events().len()
    };
    let before = sandbox.events().len();
    assert!(marked > before + 1, "the command writes several events");
    let writer = start(&sandbox, &topic);
    let readers: Vec<Child> =
        (0..12).map(|_| start(&sandbox, &["log", "--limit", "0", "--json"])).collect();
    for child in readers {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        let log: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let seen = log["events"].as_array().unwrap().len();
        assert!(seen == before || seen == marked, "{seen}");
    }
    let output = writer.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(sandbox.events().len(), marked);
}

/// A command that meets a lock waits, and goes on when the lock is gone.
fn waits_for(sandbox: &Sandbox, args: &[&str], release: impl FnOnce()) {
    let mut child = start(sandbox, args);
    // There is nothing to wait for but time: the point is that nothing happens.
    std::thread::sleep(Duration::from_millis(200));
    let early = child.try_wait().unwrap();
    release();
    let output = child.wait_with_output().unwrap();
    assert_eq!(early, None, "it did not wait: {}", said(&output));
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
fn a_lock_of_another_program_is_waited_for() {
    let sandbox = Sandbox::with_record();
    for args in [&["log"][..], &["done", "foundations/sql"]] {
        let other = Connection::open(sandbox.db()).unwrap();
        other.execute_batch("BEGIN EXCLUSIVE").unwrap();
        waits_for(&sandbox, args, || other.execute_batch("COMMIT").unwrap());
    }
    assert!(sandbox.done().contains("foundations/sql"));
}

#[test]
fn a_writer_waits_for_its_turn_and_a_reader_does_not() {
    let sandbox = Sandbox::with_record();
    let folder = File::open(sandbox.folder()).unwrap();
    folder.lock().unwrap();
    sandbox.ok(&["log"]);
    waits_for(&sandbox, &["done", "foundations/sql"], || drop(folder));
    assert!(sandbox.done().contains("foundations/sql"));
}
