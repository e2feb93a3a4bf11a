//! Many at once, and locks that others hold.

use std::fs::File;
use std::process::{Child, Stdio};
use std::time::Duration;

use rusqlite::Connection;

use super::sandbox::{Sandbox, assert_told, events_of, said};
use super::tracing;

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
    let items = items(64);
    let running: Vec<Child> = items.iter().map(|item| start(&sandbox, &["done", item])).collect();
    for child in running {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    }
    // Some are kept under the reference of what they are the same as.
    assert_eq!(sandbox.done().len(), items.len());
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

#[test]
fn backups_beside_writers_are_of_one_moment_and_cost_no_mark() {
    let sandbox = Sandbox::with_record();
    let items = items(16);
    let marks: Vec<Child> = items.iter().map(|item| start(&sandbox, &["done", item])).collect();
    let names: Vec<String> = (0..6).map(|n| format!("copy-{n}.db")).collect();
    let backups: Vec<Child> = names.iter().map(|name| start(&sandbox, &["backup", name])).collect();
    for child in marks.into_iter().chain(backups) {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    }
    let all = sandbox.events();
    assert!(items.iter().all(|item| sandbox.done().contains(item)));
    for name in names {
        let copy = events_of(&sandbox.home().join(name));
        assert!(copy.len() >= 2 && all.starts_with(&copy), "{copy:?}");
    }
    assert_eq!(sandbox.names(), ["progress.db"]);
}

#[test]
fn a_restore_beside_writers_loses_no_mark_that_was_acknowledged() {
    let sandbox = Sandbox::with_record();
    sandbox.ok(&["backup", "copy.db"]);
    let items = items(12);
    let (early, late) = items.split_at(6);
    let mut running: Vec<Child> =
        early.iter().map(|item| start(&sandbox, &["done", item])).collect();
    running.push(start(&sandbox, &["restore", "copy.db", "--yes"]));
    running.extend(late.iter().map(|item| start(&sandbox, &["done", item])));
    for child in running {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    }
    // Each of them is in the record, or in what the restore kept of it.
    let mut seen = sandbox.events();
    for name in sandbox.names().iter().filter(|name| name.contains("before-restore")) {
        seen.extend(events_of(&sandbox.folder().join(name)));
    }
    for item in &items {
        let is_there = seen.iter().any(|event| event.entry.subject.as_str() == item);
        assert!(is_there, "{item} is lost");
    }
}

#[test]
fn of_many_on_a_new_day_one_keeps_the_copy() {
    let sandbox = Sandbox::with_record();
    sandbox.next_day();
    let items = items(12);
    let running: Vec<Child> = items.iter().map(|item| start(&sandbox, &["done", item])).collect();
    for child in running {
        let output = child.wait_with_output().unwrap();
        assert!(
            output.status.success() && output.stderr.is_empty() || said(&output).contains("start")
        );
    }
    let folder = sandbox.folder().join("backups");
    let names: Vec<_> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["progress.db.2026-11-21"]);
    assert!(sandbox.events().starts_with(&events_of(&folder.join("progress.db.2026-11-21"))));
    assert!(items.iter().all(|item| sandbox.done().contains(item)));
}

#[test]
fn of_many_who_meet_an_older_record_each_succeeds() {
    let sandbox = Sandbox::new();
    std::fs::create_dir_all(sandbox.folder()).unwrap();
    let old = Connection::open(sandbox.db()).unwrap();
    old.execute_batch(include_str!("../../crates/core/tests/records/record-v1.sql")).unwrap();
    drop(old);
    let items = items(12);
    let marks = items.iter().map(|item| start(&sandbox, &["done", item]));
    let running: Vec<Child> = marks.chain((0..6).map(|_| start(&sandbox, &["status"]))).collect();
    for child in running {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    }
    assert!(items.iter().all(|item| sandbox.done().contains(item)));
    let version = |name: &str| -> i32 {
        let connection = Connection::open(sandbox.folder().join(name)).unwrap();
        connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
    };
    assert!(version("progress.db") > 1);
    assert_eq!(version("backups/progress.db.v1"), 1);
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn a_lock_that_is_kept_for_ever_is_told() {
    if !tracing::is_possible() {
        return;
    }
    let sandbox = Sandbox::with_record();
    let before = sandbox.events();
    let other = Connection::open(sandbox.db()).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    for args in [&["log"][..], &["done", "foundations/sql"]] {
        // SQLite counts the time that it asked to sleep; here each sleep is over at once.
        let output = tracing::without_sleep(&sandbox, args);
        assert_told(&output, &[1]);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(stderr.contains("locked for 10 seconds; nothing was changed"), "{stderr}");
        assert!(output.stdout.is_empty(), "{}", said(&output));
    }
    let output = tracing::without_sleep(&sandbox, &["--json", "done", "foundations/sql"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.contains(r#""code":"locked""#), "{stderr}");
    other.execute_batch("COMMIT").unwrap();
    drop(other);
    assert_eq!(sandbox.events(), before);
}
