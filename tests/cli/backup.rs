//! `backup` and `restore`, and the copies that are kept without being asked for.

use std::path::Path;

use crate::sandbox::Sandbox;
use crate::shelf;

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    // The last good texts of the followed paths are no record.
    names.retain(|name| !name.ends_with(".last-good"));
    names.sort();
    names
}

fn folder(sandbox: &Sandbox) -> std::path::PathBuf {
    sandbox.db().parent().unwrap().to_owned()
}

#[test]
fn there_and_back() {
    let sandbox = shelf::home();
    insta::assert_snapshot!(sandbox.play(
        "backup copy.db
         start tools
         backup copy.db
         done pipes
         backup copy.db
         backup copy.db --json
         undo
         restore copy.db
         restore copy.db --yes
         restore copy.db
         list --status done
         restore .local/share/milepost/progress.db.before-restore-2026-11-20 --yes
         log --limit 1",
    ), @r#"
    $ backup copy.db
    --- stderr ---
    error: there is no record yet: ~/.local/share/milepost/progress.db
    hint: `milepost start PATH` creates one; `milepost paths` lists the paths
    [exit 1]
    $ start tools
    following Tools (tools): 20 h
    --- stderr ---
    `milepost next` says what to study first, and why
    $ backup copy.db
    copied 1 event to copy.db (86,016 bytes) and verified the copy
    $ done pipes
    [x] Pipes  tools/pipes
        Shell: 1 of 2 skills done
    $ backup copy.db
    copied 2 events to copy.db (86,016 bytes) and verified the copy
    $ backup copy.db --json
    {"schema":1,"command":"backup","file":"copy.db","bytes":86016,"events":2,"replaced":true}
    $ undo
    [ ] Pipes  tools/pipes  todo again, was done
    $ restore copy.db
    --- stderr ---
    error: the record of 3 events would be replaced; there is no terminal to ask on
    hint: pass `--yes` to confirm; what is there now is kept beside it
    [exit 2]
    $ restore copy.db --yes
    restored 2 events from copy.db, replacing 3
    the record from before is kept in
      ~/.local/share/milepost/progress.db.before-restore-2026-11-20
    $ restore copy.db
    the record already has the 2 events of copy.db; nothing changed
    $ list --status done
    [x]  tools/pipes  skill  5 h  Pipes
    $ restore .local/share/milepost/progress.db.before-restore-2026-11-20 --yes
    restored 3 events from
      .local/share/milepost/progress.db.before-restore-2026-11-20, replacing 2
    the record from before is kept in
      ~/.local/share/milepost/progress.db.before-restore-2026-11-20-2
    $ log --limit 1
    2026-11-20
      undone    Pipes  tools/pipes
    "#);
    assert_eq!(
        names(&folder(&sandbox)),
        [
            "progress.db",
            "progress.db.before-restore-2026-11-20",
            "progress.db.before-restore-2026-11-20-2"
        ]
    );
}

#[test]
fn no_copy_of_more_is_lost_to_one_of_less() {
    let sandbox = shelf::following();
    sandbox.write("notes.txt", "buy milk\n");
    insta::assert_snapshot!(sandbox.play(
        "done pipes
         backup copy.db
         --db new.db start tools
         --db new.db backup copy.db
         backup notes.txt
         backup .local/share/milepost/progress.db
         backup new/copy.db
         backup .",
    ), @"
    $ done pipes
    [x] Pipes  tools/pipes
        Shell: 1 of 2 skills done
    $ backup copy.db
    copied 3 events to copy.db (86,016 bytes) and verified the copy
    $ --db new.db start tools
    following Tools (tools): 20 h
    --- stderr ---
    `milepost next` says what to study first, and why
    $ --db new.db backup copy.db
    --- stderr ---
    error: copy.db has events that the record does not have; it was not replaced
    hint: name another file, or pass `--force` to replace it anyway
    [exit 1]
    $ backup notes.txt
    --- stderr ---
    error: notes.txt already exists and is not a copy of the record; it was not replaced
    hint: name another file, or pass `--force` to replace it anyway
    [exit 1]
    $ backup .local/share/milepost/progress.db
    --- stderr ---
    error: .local/share/milepost/progress.db is the record itself or one of its files; it was not touched
    hint: name another file
    [exit 1]
    $ backup new/copy.db
    --- stderr ---
    error: new/copy.db cannot be written: there is no directory new
    hint: create the directory, or name another file
    [exit 1]
    $ backup .
    --- stderr ---
    error: . is a directory
    hint: name a file in it
    [exit 1]
    ");
    assert_eq!(std::fs::read_to_string(sandbox.home().join("notes.txt")).unwrap(), "buy milk\n");
}

#[test]
fn what_is_no_copy_is_not_restored() {
    let sandbox = shelf::following();
    sandbox.write("notes.txt", "buy milk\n");
    let before = std::fs::read(sandbox.db()).unwrap();
    insta::assert_snapshot!(sandbox.play(
        "restore notes.txt --yes
         restore nowhere.db --yes
         restore . --yes
         restore .local/share/milepost/progress.db --yes",
    ), @"
    $ restore notes.txt --yes
    --- stderr ---
    error: ~/notes.txt is not a SQLite database; it was not touched
    hint: name a copy that `milepost backup` made, or one of `backups` beside the record
    [exit 3]
    $ restore nowhere.db --yes
    --- stderr ---
    error: there is no file nowhere.db
    hint: name a copy that `milepost backup` made, or one of `backups` beside the record
    [exit 1]
    $ restore . --yes
    --- stderr ---
    error: ~ is a directory
    hint: name a copy that `milepost backup` made, or one of `backups` beside the record
    [exit 3]
    $ restore .local/share/milepost/progress.db --yes
    --- stderr ---
    error: .local/share/milepost/progress.db is the record itself or one of its files
    hint: name a copy of it
    [exit 1]
    ");
    assert_eq!(std::fs::read(sandbox.db()).unwrap(), before);
    assert_eq!(names(&folder(&sandbox)), ["progress.db"]);
}

#[test]
fn a_damaged_record_is_told_and_a_copy_takes_its_place() {
    let sandbox = shelf::following();
    sandbox.ok(["done", "pipes"]);
    sandbox.ok(["backup", "copy.db"]);
    let mut bytes = std::fs::read(sandbox.db()).unwrap();
    let at = bytes.windows(5).position(|bytes| bytes == b"Pipes").unwrap();
    bytes[at] = b'p';
    std::fs::write(sandbox.db(), &bytes).unwrap();
    insta::assert_snapshot!(sandbox.play(
        "backup other.db
         restore copy.db
         restore copy.db --yes
         log --limit 1",
    ), @"
    $ backup other.db
    --- stderr ---
    error: the record in ~/.local/share/milepost/progress.db is damaged: event 3: its checksum does not match
    hint: `milepost doctor` says what can be done
    [exit 3]
    $ restore copy.db
    --- stderr ---
    error: what is there now (damaged, or not a record) would be replaced; there is no terminal to ask on
    hint: pass `--yes` to confirm; what is there now is kept beside it
    [exit 2]
    $ restore copy.db --yes
    restored 3 events from copy.db
    the record from before is kept in
      ~/.local/share/milepost/progress.db.before-restore-2026-11-20
    $ log --limit 1
    2026-11-20
      done      Pipes  tools/pipes
    ");
    let kept = folder(&sandbox).join("progress.db.before-restore-2026-11-20");
    assert_eq!(std::fs::read(kept).unwrap(), bytes);
}

#[test]
fn what_does_not_follow_from_the_events_is_told_when_it_is_copied() {
    let sandbox = shelf::following();
    sandbox.ok(["done", "pipes"]);
    let record = rusqlite::Connection::open(sandbox.db()).unwrap();
    record
        .execute("UPDATE standing SET status = 'todo' WHERE subject = 'tools/pipes'", [])
        .unwrap();
    drop(record);
    insta::assert_snapshot!(sandbox.play(
        "backup copy.db
         done scripts -q
         restore copy.db --yes -q",
    ), @"
    $ backup copy.db
    copied 3 events to copy.db (86,016 bytes) and verified the copy
    --- stderr ---
    warning: the copy has every event, but `tools/pipes` does not follow from the log, in the record and in the copy; `milepost doctor --fix` repairs it
    $ done scripts -q
    [x] Scripts  tools/scripts
        Shell: 1 of 2 skills done
    $ restore copy.db --yes -q
    restored 3 events from copy.db, replacing 4
    the record from before is kept in
      ~/.local/share/milepost/progress.db.before-restore-2026-11-20
    --- stderr ---
    warning: every event is there, but `tools/pipes` does not follow from the log; `milepost doctor --fix` repairs it
    ");
    sandbox.ok(["doctor", "--fix"]);
    assert_eq!(sandbox.json(["show", "tools/pipes"])["status"], "done");
}

#[test]
fn a_copy_is_kept_of_each_of_the_last_days() {
    let mut sandbox = shelf::following();
    let backups = folder(&sandbox).join("backups");
    sandbox.ok(["done", "pipes"]);
    assert!(!backups.exists(), "on the first day there is nothing from before");
    for day in 21..=25 {
        sandbox.set("MILEPOST_NOW", &format!("2026-11-{day}T09:30:00+01:00"));
        sandbox.ok(["status"]);
        assert!(
            !backups.join(format!("progress.db.2026-11-{day}")).exists(),
            "who reads keeps none"
        );
        let said = sandbox.run(["note", "pipes", &format!("on the {day}th")]);
        assert!(!said.contains("stderr"), "nothing is said of it: {said}");
        sandbox.ok(["note", "pipes", "again"]);
    }
    let kept = [23, 24, 25].map(|day| format!("progress.db.2026-11-{day}"));
    assert_eq!(names(&backups), kept);
    let of_the_24th = backups.join(&kept[1]);
    let log = sandbox.json(["log", "--db", of_the_24th.to_str().unwrap(), "--limit", "1"]);
    assert_eq!(log["events"][0]["note"], "on the 24th");
    sandbox.ok(["restore", of_the_24th.to_str().unwrap(), "--yes"]);
    assert_eq!(sandbox.json(["log", "--limit", "1"])["events"][0]["note"], "on the 24th");
}

#[test]
fn daily_copies_can_be_left_out_and_fail_no_command() {
    let mut sandbox = shelf::following();
    sandbox.set("MILEPOST_NOW", "2026-11-21T09:30:00+01:00");
    sandbox.write(".config/milepost/config.toml", "copies = false\n");
    sandbox.ok(["done", "pipes"]);
    assert_eq!(names(&folder(&sandbox)), ["progress.db"]);
    sandbox.write(".config/milepost/config.toml", "copies = true\n");
    std::fs::write(folder(&sandbox).join("backups"), "no folder").unwrap();
    insta::assert_snapshot!(sandbox.run(["done", "tools/logs"]), @"
    [x] Reading logs  tools/logs
        Networks: 1 of 2 skills done
    --- stderr ---
    warning: today's copy was not kept: ~/.local/share/milepost/backups/progress.db.2026-11-21 cannot be written: something with that name already exists; your record is safe; `copies = false` in config.toml turns these copies off
    ");
}
