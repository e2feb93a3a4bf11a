//! `undo` and `redo`.

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
    Tools  tools  followed no more
    Web Services  web  followed no more
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
    insta::assert_snapshot!(sandbox.play(
        "note rest hello --evidence https://example.org/me
         undo
         show rest
         start web --by 2027-06-30
         undo
         redo
         undo",
    ), @r"
    $ note rest hello --evidence https://example.org/me
    [ ] REST  web/rest noted
    $ undo
    [ ] REST  web/rest  what was recorded is taken back
    $ show rest
    REST web/rest

    status    [ ] todo
    kind      skill
    effort    6 h
    stage     build
    topic     apis

    Taught by
      [ ] Designing APIs (guide, free, 3 h, core)  rest-guide
      [ ] APIs on Film (video, freemium, core)  api-videos

    Requires
      - tools/networks
      still open: Networks

    Leads to
      - web/service
    $ start web --by 2027-06-30
    following Web Services web (34 h, by 2027-06-30)
        needs about 2.4 h a week: 75 h of plan until 2027-06-30
    tools is followed already; nothing changed
    --- stderr ---
    next: `milepost next` says what to study first, and why
    $ undo
    Web Services  web  its goals are taken back
    $ redo
    Web Services  web  its goals are brought back
    $ undo
    Web Services  web  its goals are taken back
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
