//! Killed before each kind of system call that changes something, or takes a lock: afterwards the
//! command happened whole or not at all, and the next one works.

use std::os::unix::process::ExitStatusExt;

use super::sandbox::{Sandbox, events_of, said};
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
    let calls = tracing::unlike_calls(&unhurt, CALLS, args);
    let whole = unhurt.events().len();
    assert_eq!(whole - before.len(), events, "what the command appends");
    assert!(
        calls.iter().any(|call| call.name.ends_with("sync")) && calls.len() > 20,
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

/// Kills at every call; afterwards one of two states is there, and both come up.
fn two_states(
    from: &Sandbox,
    args: &[&str],
    look: impl Fn(&Sandbox, &str) -> bool,
    after: impl Fn(&Sandbox, &str),
) {
    if !tracing::is_possible() {
        return;
    }
    let calls = tracing::unlike_calls(&from.copy(), CALLS, args);
    assert!(calls.len() > 20, "the calls were found: {calls:#?}");
    let mut outcomes = [0, 0];
    for call in &calls {
        let sandbox = from.copy();
        let output = tracing::killed_at(&sandbox, call, args);
        let place = format!("killed at {call:?}: {}", said(&output));
        assert_eq!(output.status.signal(), Some(9), "{place}");
        let happened = look(&sandbox, &place);
        // What is kept of the day is made when the answer is out.
        let acknowledged = !output.stdout.is_empty() && args[0] != "done";
        assert!(happened || !acknowledged, "acknowledged and lost, {place}");
        outcomes[usize::from(happened)] += 1;
        after(&sandbox, &place);
    }
    assert!(outcomes.iter().all(|count| *count > 0), "{outcomes:?}");
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn a_backup_is_whole_or_not_there() {
    let from = Sandbox::with_a_backup();
    from.ok(&["done", "foundations/sql"]);
    let record = from.events();
    let look = |sandbox: &Sandbox, place: &str| {
        assert_eq!(sandbox.events(), record, "{place}");
        let copy = events_of(&sandbox.home().join("copy.db"));
        assert!(copy == record || record.starts_with(&copy) && copy.len() == record.len() - 1);
        copy == record
    };
    two_states(&from, &["backup", "copy.db"], look, |sandbox, _| {
        sandbox.ok(&["backup", "copy.db"]);
        assert_eq!(events_of(&sandbox.home().join("copy.db")), record);
    });
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn a_restore_has_happened_or_not_and_what_it_replaces_is_kept() {
    let from = Sandbox::with_a_backup();
    let copied = from.events();
    from.ok(&["done", "foundations/sql"]);
    let record = from.events();
    let kept = |sandbox: &Sandbox| sandbox.folder().join("progress.db.before-restore-2026-11-20");
    let look = |sandbox: &Sandbox, place: &str| {
        let now = sandbox.events();
        assert!(now == copied || now == record, "half, {place}");
        let happened = now == copied;
        if happened {
            assert_eq!(events_of(&kept(sandbox)), record, "{place}");
        }
        happened
    };
    two_states(&from, &["restore", "copy.db", "--yes"], look, |sandbox, place| {
        sandbox.ok(&["restore", "copy.db", "--yes"]);
        assert_eq!(sandbox.events(), copied, "{place}");
        assert_eq!(events_of(&kept(sandbox)), record, "{place}");
        sandbox.ok(&["done", "foundations/ide"]);
        let left = |name: &String| name.ends_with(".new") || name.ends_with("-journal");
        assert!(!sandbox.names().iter().any(left), "{place}: {:?}", sandbox.names());
    });
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn a_wreck_is_there_until_the_copy_is_and_is_kept() {
    let from = Sandbox::with_a_backup();
    let copied = from.events();
    std::fs::write(from.db(), "a wreck").unwrap();
    let kept = |sandbox: &Sandbox| sandbox.folder().join("progress.db.before-restore-2026-11-20");
    let look = |sandbox: &Sandbox, place: &str| {
        if std::fs::read(sandbox.db()).expect(place) == b"a wreck" {
            return false;
        }
        assert_eq!(sandbox.events(), copied, "{place}");
        assert_eq!(std::fs::read(kept(sandbox)).unwrap(), b"a wreck", "{place}");
        true
    };
    two_states(&from, &["restore", "copy.db", "--yes"], look, |sandbox, place| {
        sandbox.ok(&["restore", "copy.db", "--yes"]);
        assert_eq!(sandbox.events(), copied, "{place}");
        assert_eq!(std::fs::read(kept(sandbox)).unwrap(), b"a wreck", "{place}");
    });
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn an_older_record_is_brought_up_or_as_it_was() {
    let from = Sandbox::new();
    std::fs::create_dir_all(from.folder()).unwrap();
    let old = rusqlite::Connection::open(from.db()).unwrap();
    old.execute_batch(include_str!("../../crates/core/tests/records/record-v1.sql")).unwrap();
    drop(old);
    let version = |path: &std::path::Path| -> i32 {
        let connection = rusqlite::Connection::open(path).unwrap();
        connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
    };
    let backup = |sandbox: &Sandbox| sandbox.folder().join("backups/progress.db.v1");
    let look = |sandbox: &Sandbox, place: &str| {
        let happened = version(&sandbox.db()) > 1;
        assert!(!happened || version(&backup(sandbox)) == 1, "{place}");
        happened
    };
    two_states(&from, &["log"], look, |sandbox, place| {
        assert_eq!(sandbox.events().len(), 13, "{place}");
        assert_eq!(version(&backup(sandbox)), 1, "{place}");
        assert_eq!(sandbox.names(), ["backups", "progress.db"], "{place}");
        let copies = std::fs::read_dir(sandbox.folder().join("backups")).unwrap();
        assert_eq!(copies.count(), 1, "what one who was killed left is gone, {place}");
    });
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn a_daily_copy_is_whole_or_not_there_and_costs_no_mark() {
    let from = Sandbox::with_record();
    from.next_day();
    let before = from.events().len();
    let copy = |sandbox: &Sandbox| sandbox.folder().join("backups/progress.db.2026-11-21");
    let look = |sandbox: &Sandbox, place: &str| {
        let there = copy(sandbox).exists();
        if there {
            let events = sandbox.events();
            assert!(events.len() > before, "it is made after the mark, {place}");
            assert!(events.starts_with(&events_of(&copy(sandbox))), "{place}");
        }
        there
    };
    two_states(&from, &["done", "foundations/algorithms"], look, |sandbox, place| {
        sandbox.ok(&["done", "foundations/sql"]);
        assert!(look(sandbox, place), "the next one makes it, {place}");
        let copies = std::fs::read_dir(sandbox.folder().join("backups")).unwrap();
        assert!(copies.count() <= 2, "{place}");
    });
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn a_mark_is_whole_or_not_there() {
    sweep(&Sandbox::with_record(), &["done", "foundations/algorithms"], 1);
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn many_marks_in_one_command_are_whole_or_not_there() {
    let args = ["done", "foundations/programming", "--yes"];
    sweep(&Sandbox::with_record(), &args, 3);
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn an_undo_is_whole_or_not_there() {
    sweep(&Sandbox::with_record(), &["undo"], 1);
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn a_text_is_erased_or_as_it_was() {
    const SECRET: &[u8] = b"the password is hunter2";
    let from = Sandbox::with_record();
    from.ok(&["note", "foundations/sql", "the password is hunter2"]);
    from.ok(&["done", "foundations/sql"]);
    let before = from.events().len();
    let args = ["redact", "foundations/sql", "1", "--yes"];
    let holds = |file: &std::path::Path| {
        let bytes = std::fs::read(file).unwrap();
        bytes.windows(SECRET.len()).any(|window| window == SECRET)
    };
    let look = |sandbox: &Sandbox, place: &str| {
        let count = sandbox.events().len();
        assert!(count == before || count == before + 1, "half, {place}");
        let holds = holds(&sandbox.db());
        assert_eq!(holds, count == before, "it says one thing and has another, {place}");
        !holds
    };
    two_states(&from, &args, look, |sandbox, place| {
        if sandbox.events().len() == before {
            sandbox.ok(&args);
        }
        assert!(look(sandbox, place), "{place}");
        // What is left beside it has nothing of it, either.
        for entry in std::fs::read_dir(sandbox.folder().join("backups")).unwrap() {
            assert!(!holds(&entry.unwrap().path()), "{place}");
        }
    });
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn a_first_mark_is_whole_or_not_there() {
    sweep(&Sandbox::new(), &["done", "foundations/algorithms"], 1);
}

#[test]
#[ignore = "runs under strace; the gate does it"]
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
    let record = std::fs::read(other.home().join("record.json")).unwrap();
    let from = Sandbox::with_record();
    from.give("record.json", &record);
    let before = from.events().len();
    let kept = |sandbox: &Sandbox| sandbox.folder().join("progress.db.before-import-2026-11-20");
    let look = |sandbox: &Sandbox, place: &str| {
        let count = sandbox.events().len();
        assert!(count == before || count == before + 4, "half, {place}");
        if count > before {
            assert_eq!(events_of(&kept(sandbox)).len(), before, "{place}");
        }
        count > before
    };
    two_states(&from, &["import", "record.json"], look, |sandbox, place| {
        sandbox.ok(&["import", "record.json"]);
        assert!(look(sandbox, place), "{place}");
        sandbox.ok(&["undo"]);
        assert!(!sandbox.done().contains("foundations/algorithms"), "{place}");
        assert!(sandbox.done().contains("foundations/git"), "{place}");
    });
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn an_import_is_taken_back_or_not() {
    let other = Sandbox::new();
    other.ok(&["done", "foundations/algorithms", "foundations/statistics"]);
    other.ok(&["export", "--full", "-o", "record.json"]);
    let from = Sandbox::with_record();
    let file = other.home().join("record.json");
    from.ok(&["import", file.to_str().unwrap()]);
    let before = from.events().len();
    let look = |sandbox: &Sandbox, place: &str| {
        let count = sandbox.events().len();
        assert!(count == before || count == before + 2, "half, {place}");
        let done = sandbox.done();
        assert_eq!(done.contains("foundations/algorithms"), count == before, "{place}");
        assert_eq!(done.contains("foundations/statistics"), count == before, "{place}");
        count > before
    };
    two_states(&from, &["undo"], look, |sandbox, place| {
        // It is one command: what is next is one's own.
        if sandbox.events().len() == before {
            sandbox.ok(&["undo"]);
        }
        sandbox.ok(&["undo"]);
        assert!(sandbox.done().is_empty(), "{place}");
        sandbox.ok(&["redo"]);
        sandbox.ok(&["redo"]);
        assert_eq!(sandbox.done().len(), 3, "{place}");
    });
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn another_version_of_a_path_is_installed_with_what_was_decided_or_not() {
    const V1: &str = "format = 1\nid = \"course\"\ntitle = \"C\"\n[[stages]]\nid = \"s\"\n\
        title = \"S\"\n[[stages.topics]]\nid = \"t\"\ntitle = \"T\"\nhours = 4\nskills = [\n\
        { id = \"a\", title = \"Reading tables\" },\n{ id = \"b\", title = \"Bread\" },\n]\n";
    let from = Sandbox::with_record();
    from.give(".config/milepost/paths/course.toml", V1.as_bytes());
    from.ok(&["done", "course/a", "course/b"]);
    // One has another id, the id of the other has another thing.
    let v2 = V1.replace("id = \"a\"", "id = \"tables\"").replace("Bread", "Sailing");
    from.give("course.toml", v2.as_bytes());
    let args = ["add", "course.toml", "--yes", "--carry", "--lose"];
    let state = |sandbox: &Sandbox| {
        let list = sandbox.ok(&["list", "course", "--json"]);
        let list: serde_json::Value = serde_json::from_slice(&list.stdout).unwrap();
        let items = list["items"].as_array().unwrap().iter();
        let item = |item: &serde_json::Value| {
            format!("{} {}", item["ref"].as_str().unwrap(), item["status"].as_str().unwrap())
        };
        items.map(item).collect::<Vec<_>>()
    };
    let old = ["course/a done", "course/b done"];
    let new = ["course/tables done", "course/b todo"];
    let installed = |sandbox: &Sandbox| {
        let file = sandbox.home().join(".config/milepost/paths/course.toml");
        std::fs::read_to_string(file).unwrap()
    };
    assert_eq!((installed(&from).as_str(), state(&from)), (V1, old.map(str::to_owned).to_vec()));
    let look = |sandbox: &Sandbox, place: &str| {
        let happened = installed(sandbox) == v2;
        assert!(happened || installed(sandbox) == V1, "half, {place}");
        assert_eq!(state(sandbox), if happened { new } else { old }, "{place}");
        happened
    };
    two_states(&from, &args, look, |sandbox, place| {
        sandbox.ok(&args);
        assert_eq!(state(sandbox), new, "{place}");
        sandbox.ok(&["add", "--back", "course", "--yes", "--lose"]);
        assert_eq!(
            (installed(sandbox).as_str(), state(sandbox)),
            (V1, old.map(str::to_owned).to_vec())
        );
    });
}
