//! `undo` and `redo`.

use crate::brief::brief;
use crate::sandbox::Sandbox;
use crate::shelf;

#[test]
fn the_last_change_is_taken_back_whole_and_brought_back() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "done pipes scripts
         skip backup-script
         undo
         undo
         redo
         redo
         redo
         undo
         undo
         undo
         undo",
    ), @"
    $ done pipes scripts
    [x] Pipes  tools/pipes
    [x] Scripts  tools/scripts
    unlocked milestone: A backup script  tools/backup-script
    $ skip backup-script
    [-] A backup script  tools/backup-script
    $ undo
    [ ] A backup script  tools/backup-script  todo again, was skipped
    $ undo
    [ ] Pipes  tools/pipes  todo again, was done
    [ ] Scripts  tools/scripts  todo again, was done
    $ redo
    [x] Pipes  tools/pipes  done again, was todo
    [x] Scripts  tools/scripts  done again, was todo
    $ redo
    [-] A backup script  tools/backup-script  skipped again, was todo
    $ redo
    nothing to redo
    $ undo
    [ ] A backup script  tools/backup-script  todo again, was skipped
    $ undo
    [ ] Pipes  tools/pipes  todo again, was done
    [ ] Scripts  tools/scripts  todo again, was done
    $ undo
    Tools  tools  no longer followed
    Web Services  web  no longer followed
    $ undo
    nothing to undo
    ");
}

#[test]
fn after_a_new_change_there_is_nothing_to_redo() {
    let sandbox = shelf::following();
    sandbox.ok(["done", "pipes"]);
    sandbox.ok(["undo"]);
    sandbox.ok(["doing", "scripts"]);
    insta::assert_snapshot!(sandbox.play(
        "redo
         undo --list",
    ), @"
    $ redo
    nothing to redo
    $ undo --list
     1. doing Scripts
     2. started Tools and 1 more
    ");
}

#[test]
fn notes_evidence_and_goals_are_taken_back_too() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(brief(&sandbox.play(
        "note rest hello --evidence https://example.org/me
         undo
         show rest
         start web --by 2027-06-30
         undo
         redo
         undo",
    )), @"
    $ note rest hello --evidence https://example.org/me
    [ ] REST  web/rest  noted
    $ undo
    [ ] REST  web/rest  the text is gone
    $ show rest
    REST  web/rest

    status    [ ] todo
    effort    6 h
    $ start web --by 2027-06-30
    following Web Services (web): 34 h, by 2027-06-30
        needs about 2.4 h a week: 75 h of plan until 2027-06-30
    you already follow tools; nothing changed
    --- stderr ---
    `milepost next` says what to study first, and why
    $ undo
    Web Services  web  the change of goals is undone
    $ redo
    Web Services  web  the change of goals is redone
    $ undo
    Web Services  web  the change of goals is undone
    ");
    assert_eq!(sandbox.json(["status", "web"])["paths"][0]["target_on"], serde_json::Value::Null);
}

#[test]
fn what_could_be_undone_is_listed_newest_first() {
    let sandbox = shelf::lived_in();
    insta::assert_snapshot!(sandbox.run(["undo", "--list"]), @"
     1. noted APIs
     2. done A service in public
     3. skipped A backup script
     4. done REST
     5. doing Designing APIs
     6. done HTTP, a Guide
     7. done Reading logs
     8. done HTTP
     9. done Pipes and 1 more
    10. started Tools and 1 more
    ");
    let before = sandbox.json(["log", "--limit", "0"]);
    sandbox.ok(["undo", "--list"]);
    assert_eq!(sandbox.json(["log", "--limit", "0"]), before, "looking changes nothing");
}

#[test]
fn where_nothing_was_done_nothing_is_undone() {
    let sandbox = Sandbox::new();
    insta::assert_snapshot!(sandbox.play(
        "undo
         redo
         undo --list",
    ), @"
    $ undo
    nothing to undo
    $ redo
    nothing to redo
    $ undo --list
    nothing to undo
    ");
    assert!(!sandbox.db().exists());
}

#[test]
fn history_is_appended_never_erased() {
    let sandbox = shelf::following();
    sandbox.ok(["done", "pipes"]);
    sandbox.ok(["undo"]);
    sandbox.ok(["redo"]);
    let log = sandbox.json(["log", "--limit", "3"]);
    let actions: Vec<_> =
        log["events"].as_array().unwrap().iter().map(|event| &event["action"]).collect();
    assert_eq!(actions, ["redone", "undone", "done"]);
    assert_eq!(sandbox.json(["show", "pipes"])["status"], "done");
}

/// The record of a colleague, imported over one's own.
fn with_a_colleague() -> Sandbox {
    let mut colleague = shelf::home();
    colleague.set("MILEPOST_NOW", "2026-10-05T10:00:00+02:00");
    colleague.ok(["done", "pipes", "scripts", "--note", "by a colleague"]);
    colleague.ok(["done", "rest"]);
    colleague.ok(["export", "--full", "-o", "colleague.json"]);
    let sandbox = shelf::following();
    sandbox.ok(["done", "http"]);
    colleague.lend("colleague.json", &sandbox);
    sandbox
}

#[test]
fn a_wrong_import_is_taken_back_as_one_command() {
    let sandbox = with_a_colleague();
    let before = sandbox.json(["status"])["paths"].clone();
    insta::assert_snapshot!(sandbox.play(
        "import colleague.json
         undo --list
         undo --list --any
         undo
         import colleague.json
         undo --list
         redo
         undo --list
         undo
         done tools/logs
         redo
         import colleague.json --again
         undo
         undo
         undo
         undo --any",
    ), @"
    $ import colleague.json
    imported 3 events
    the record from before is kept in
      ~/.local/share/milepost/progress.db.before-import-2026-11-20;
      `milepost undo` undoes the import
    --- stderr ---
    next: `milepost log` shows what happened, `milepost status` how far you are
    $ undo --list
     1. imported 3 events from colleague.json
     2. done HTTP
     3. started Tools and 1 more
    $ undo --list --any
     1. done HTTP
     2. started Tools and 1 more
     3. done REST (another machine)
     4. done Pipes and 1 more (another machine)
    $ undo
    [ ] Pipes  tools/pipes  todo again, was done
    [ ] Scripts  tools/scripts  todo again, was done
    [ ] REST  web/rest  todo again, was done
    --- stderr ---
    undid the import of colleague.json (3 events); `milepost redo` brings it back
    $ import colleague.json
    everything was already there (3 events); nothing changed
    --- stderr ---
    you undid this import: `milepost import --again colleague.json` brings it back
    $ undo --list
     1. done HTTP
     2. started Tools and 1 more
    $ redo
    [x] Pipes  tools/pipes  done again, was todo
    [x] Scripts  tools/scripts  done again, was todo
    [x] REST  web/rest  done again, was todo
    $ undo --list
     1. imported 3 events from colleague.json
     2. done HTTP
     3. started Tools and 1 more
    $ undo
    [ ] Pipes  tools/pipes  todo again, was done
    [ ] Scripts  tools/scripts  todo again, was done
    [ ] REST  web/rest  todo again, was done
    --- stderr ---
    undid the import of colleague.json (3 events); `milepost redo` brings it back
    $ done tools/logs
    [x] Reading logs  tools/logs
        Networks: 2 of 2 skills done
    unlocked topic: APIs  web/apis
    $ redo
    nothing to redo
    $ import colleague.json --again
    brought back 3 events; `milepost undo` takes them back
    $ undo
    [ ] Pipes  tools/pipes  todo again, was done
    [ ] Scripts  tools/scripts  todo again, was done
    [ ] REST  web/rest  todo again, was done
    --- stderr ---
    undid the import of colleague.json (3 events); `milepost redo` brings it back
    $ undo
    [ ] Reading logs  tools/logs  todo again, was done
    $ undo
    [ ] HTTP  tools/http  todo again, was done
    $ undo --any
    Tools  tools  no longer followed
    Web Services  web  no longer followed
    ");
    assert_eq!(sandbox.code(["doctor"]), 0);
    let sandbox = with_a_colleague();
    sandbox.ok(["import", "colleague.json"]);
    assert_ne!(sandbox.json(["status"])["paths"], before);
    sandbox.ok(["undo"]);
    assert_eq!(sandbox.json(["status"])["paths"], before);
    let kept = sandbox.db().with_file_name("progress.db.before-import-2026-11-20");
    sandbox.ok(["restore", kept.to_str().unwrap(), "--yes"]);
    assert_eq!(sandbox.json(["status"])["paths"], before);
}

#[test]
fn what_another_machine_did_is_left_alone_and_blocks_nothing() {
    let mut sandbox = with_a_colleague();
    sandbox.ok(["done", "tools/logs"]);
    sandbox.ok(["undo"]);
    let mut other = shelf::home();
    sandbox.ok(["export", "--full", "-o", "own.json"]);
    sandbox.lend("own.json", &other);
    // Of a record that is not empty.
    other.set("MILEPOST_NOW", "2026-11-21T10:00:00+01:00").ok(["done", "graphql"]);
    other.ok(["import", "own.json"]);
    let list = other.json(["undo", "--list", "--any"]);
    let own: Vec<_> =
        list["changes"].as_array().unwrap().iter().map(|one| one["own"].clone()).collect();
    assert_eq!(own.first(), Some(&true.into()), "{list}");
    assert!(own.contains(&false.into()), "{list}");
    other.ok(["undo"]);
    assert_eq!(other.json(["show", "tools/http"])["status"], "todo", "the import is taken back");
    assert_eq!(other.json(["show", "web/graphql"])["status"], "done");
    other.ok(["undo"]);
    assert_eq!(other.json(["show", "web/graphql"])["status"], "todo");
    sandbox.set("MILEPOST_NOW", "2026-11-22T10:00:00+01:00");
    sandbox.ok(["redo"]);
    assert_eq!(sandbox.json(["show", "tools/logs"])["status"], "done");
}

#[test]
fn the_list_fits_a_narrow_screen() {
    let mut sandbox = shelf::home();
    sandbox.ok(["start", "web"]);
    sandbox.set("COLUMNS", "20");
    assert_eq!(sandbox.ok(["undo", "--list"]), " 1. started Tools\n    and 1 more\n");
}

#[test]
fn the_list_says_how_many_it_leaves_out() {
    let sandbox = shelf::following();
    for id in ["pipes", "scripts", "http"] {
        sandbox.ok(["done", id]);
    }
    insta::assert_snapshot!(sandbox.play(
        "undo --list --limit 2
         undo --list -n 0
         undo --limit 2",
    ), @"
    $ undo --list --limit 2
     1. done HTTP
     2. done Scripts
    there are more: `--limit 0` shows all
    $ undo --list -n 0
     1. done HTTP
     2. done Scripts
     3. done Pipes
     4. started Tools and 1 more
    $ undo --limit 2
    --- stderr ---
    error: `milepost undo` needs --list
      --list: Only list what would be undone, newest first
    hint: for example `milepost undo --list`
    hint: `milepost undo --help` explains the rest
    [exit 2]
    ");
    let listed = sandbox.json(["undo", "--list", "--limit", "1"]);
    assert_eq!((listed["changes"].as_array().unwrap().len(), &listed["more"]), (1, &true.into()));
}
