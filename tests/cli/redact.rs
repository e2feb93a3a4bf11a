//! `redact`.

use std::path::Path;

use crate::sandbox::Sandbox;
use crate::shelf;

const SECRET: &str = "the password is hunter2";

/// Whether a file, or one beside it, holds a text anywhere in its bytes.
fn holds(file: &Path, text: &str) -> bool {
    let bytes = std::fs::read(file).unwrap();
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// A home where something was said that must go, in a record that wrote it more than once.
fn told() -> Sandbox {
    let sandbox = shelf::following();
    sandbox.ok(["note", "rest", "verbs are not resources"]);
    sandbox.ok(["note", "rest", SECRET, "--evidence", "https://example.org/me"]);
    // Each of these writes the row of the item anew, and leaves the old one somewhere in the file.
    for n in 0..40 {
        sandbox.ok(["note", "rest", &format!("note {n} of many, long enough to move pages about")]);
    }
    sandbox.ok(["done", "rest"]);
    assert!(holds(&sandbox.db(), SECRET));
    sandbox
}

#[test]
fn a_text_is_erased_for_good() {
    let sandbox = told();
    sandbox.ok(["export", "--full", "-o", "before.json"]);
    let before = sandbox.json(["export", "--full"]);
    insta::assert_snapshot!(sandbox.play(
        "redact rest 2
         redact rest
         redact http 1
         redact rest 99 --yes
         redact rest 2 --yes",
    ), @"
    $ redact rest 2
    --- stderr ---
    error: `the password is hunter2` would be erased for good; there is no terminal to ask on
    hint: pass `--yes` to confirm
    [exit 2]
    $ redact rest
    --- stderr ---
    error: give the number of the text to erase
    hint: 1. note: verbs are not resources
    hint: 2. note: the password is hunter2
    hint: 3. note: note 0 of many, long enough to move pages about
    hint: 4. note: note 1 of many, long enough to move pages about
    hint: 5. note: note 2 of many, long enough to move pages about
    hint: 6. note: note 3 of many, long enough to move pages about
    hint: 7. note: note 4 of many, long enough to move pages about
    hint: 8. note: note 5 of many, long enough to move pages about
    hint: 9. note: note 6 of many, long enough to move pages about
    hint: 10. note: note 7 of many, long enough to move pages about
    hint: 11. note: note 8 of many, long enough to move pages about
    hint: 12. note: note 9 of many, long enough to move pages about
    hint: 31 more: `milepost show web/rest`
    [exit 2]
    $ redact http 1
    --- stderr ---
    error: `tools/http` has no notes or evidence
    hint: `milepost note tools/http TEXT` adds a note
    [exit 1]
    $ redact rest 99 --yes
    --- stderr ---
    error: `web/rest` has 43 texts; there is no number 99
    hint: 1. note: verbs are not resources
    hint: 2. note: the password is hunter2
    hint: 3. note: note 0 of many, long enough to move pages about
    hint: 4. note: note 1 of many, long enough to move pages about
    hint: 5. note: note 2 of many, long enough to move pages about
    hint: 6. note: note 3 of many, long enough to move pages about
    hint: 7. note: note 4 of many, long enough to move pages about
    hint: 8. note: note 5 of many, long enough to move pages about
    hint: 9. note: note 6 of many, long enough to move pages about
    hint: 10. note: note 7 of many, long enough to move pages about
    hint: 11. note: note 8 of many, long enough to move pages about
    hint: 12. note: note 9 of many, long enough to move pages about
    hint: 31 more: `milepost show web/rest`
    [exit 1]
    $ redact rest 2 --yes
    REST  web/rest  note 2 erased for good
    --- stderr ---
    machines that sync with this record erase it as well, once you run `milepost
      sync` here and there; anything exported, copied or sent elsewhere still has it
    ");
    assert!(!holds(&sandbox.db(), SECRET), "it is gone from the bytes of the file");
    assert_eq!(sandbox.code(["doctor"]), 0);
    let shown = sandbox.json(["show", "rest"]);
    assert_eq!(shown["notes"][1], "note 0 of many, long enough to move pages about");
    assert_eq!(shown["evidence"], serde_json::json!(["https://example.org/me"]));
    assert!(!sandbox.ok(["export", "--full"]).contains(SECRET));
    // All else is as it was, checksums too.
    let after = sandbox.json(["export", "--full"]);
    let (before, after) =
        (before["events"].as_array().unwrap(), after["events"].as_array().unwrap());
    assert_eq!(before.len() + 1, after.len());
    for (one, other) in before.iter().zip(after) {
        assert_eq!(one["checksum"], other["checksum"]);
    }
    assert_eq!(after[before.len()]["action"], "redacted");
    // Neither undo nor an import brings it back.
    insta::assert_snapshot!(sandbox.play(
        "undo
         undo --yes
         redo
         import before.json
         log --limit 4",
    ), @"
    $ undo
    --- stderr ---
    error: the last change erased a text of `web/rest` for good; it cannot be undone
    hint: `milepost undo --yes` takes back the change before it
    [exit 1]
    $ undo --yes
    [ ] REST  web/rest  todo again, was done
    --- stderr ---
    the last change erased a text of `web/rest` for good; it cannot be undone
    $ redo
    [x] REST  web/rest  done again, was todo
    $ import before.json
    everything was already there (45 events); nothing changed
    $ log --limit 4
    2026-11-20
      redone    REST  web/rest
      undone    REST  web/rest
      redacted  REST  web/rest
      done      REST  web/rest
    ");
    assert!(!holds(&sandbox.db(), SECRET));
    assert_eq!(sandbox.json(["show", "rest"])["notes"], shown["notes"]);
}

#[test]
fn what_was_removed_or_undone_can_be_erased_too() {
    let sandbox = shelf::following();
    sandbox.ok(["note", "rest", SECRET]);
    sandbox.ok(["note", "rest", "kept"]);
    sandbox.ok(["note", "rest", "--remove", "1"]);
    sandbox.ok(["note", "rest", SECRET]);
    sandbox.ok(["undo"]);
    insta::assert_snapshot!(sandbox.play(
        "redact rest
         redact rest 2 --yes
         redact rest",
    ), @"
    $ redact rest
    --- stderr ---
    error: give the number of the text to erase
    hint: 1. note: kept
    hint: 2. note: the password is hunter2
    hint: 3. note: the password is hunter2
    [exit 2]
    $ redact rest 2 --yes
    REST  web/rest  note 2 erased for good
    --- stderr ---
    machines that sync with this record erase it as well, once you run `milepost
      sync` here and there; anything exported, copied or sent elsewhere still has it
    $ redact rest
    --- stderr ---
    error: give the number of the text to erase
    hint: 1. note: kept
    [exit 2]
    ");
    assert!(!holds(&sandbox.db(), SECRET), "all that said so is gone");
    assert_eq!(sandbox.json(["show", "rest"])["notes"], serde_json::json!(["kept"]));
    assert_eq!(sandbox.code(["doctor"]), 0);
}

#[test]
fn another_machine_erases_it_when_it_imports() {
    let sandbox = told();
    sandbox.ok(["export", "--full", "-o", "before.json"]);
    let other = shelf::home();
    let carry = |name: &str| {
        sandbox.lend(name, &other);
    };
    carry("before.json");
    other.ok(["import", "before.json"]);
    assert!(holds(&other.db(), SECRET));
    sandbox.ok(["redact", "rest", "2", "--yes"]);
    sandbox.ok(["export", "--full", "-o", "after.json"]);
    carry("after.json");
    other.ok(["import", "after.json"]);
    assert!(!holds(&other.db(), SECRET));
    assert_eq!(other.code(["doctor"]), 0);
    assert_eq!(other.json(["show", "rest"])["said"], sandbox.json(["show", "rest"])["said"]);
    // In the other order, too: what erases first, then the text.
    let third = shelf::home();
    for name in ["after.json", "before.json"] {
        sandbox.lend(name, &third);
        third.ok(["import", name]);
    }
    assert!(!holds(&third.db(), SECRET));
    assert_eq!(third.code(["doctor"]), 0);
    // What was changed in the rest of it is found.
    let changed = std::fs::read_to_string(sandbox.home().join("after.json")).unwrap();
    let changed = changed.replace(r#"https://example.org/me\""#, r#"https://example.org/xx\""#);
    sandbox.write("changed.json", &changed);
    let said = sandbox.run(["import", "changed.json"]);
    assert!(said.contains("its checksum does not match"), "{said}");
}

#[test]
fn the_copies_that_still_have_it_are_named() {
    let mut sandbox = told();
    sandbox.set("MILEPOST_NOW", "2026-11-21T10:00:00+01:00").ok(["done", "http"]);
    let copy = sandbox.db().with_file_name("backups").join("progress.db.2026-11-21");
    assert!(holds(&copy, SECRET));
    insta::assert_snapshot!(sandbox.run(["redact", "rest", "2", "--yes"]), @"
    REST  web/rest  note 2 erased for good
    --- stderr ---
    machines that sync with this record erase it as well, once you run `milepost
      sync` here and there; anything exported, copied or sent elsewhere still has it
    warning: these copies beside the record still have the text; delete them, or keep them private: ~/.local/share/milepost/backups/progress.db.2026-11-21
    ");
    assert!(holds(&copy, SECRET), "what somebody might need is not removed");
    let copies = &sandbox.json(["redact", "rest", "2", "--yes"])["copies"];
    assert_eq!(copies.as_array().unwrap().len(), 1, "{copies}");
}

#[test]
fn what_was_said_with_an_assessment_or_days_away_is_erased_too() {
    let sandbox = shelf::home();
    sandbox.ok(["assess", "services", "--level", "1", "--note", SECRET]);
    sandbox.ok(["assess", "services", "--level", "2", "--note", "kept", "--on", "yesterday"]);
    sandbox.ok(["away", "2026-12-22", "2026-12-24", "--why", SECRET]);
    // What is joined repeats the reason, under another day.
    sandbox.ok(["away", "2026-12-20", "2027-01-03"]);
    sandbox.ok(["away", "2027-03-01", "--why", "kept"]);
    sandbox.ok(["export", "--full", "-o", "before.json"]);
    let other = shelf::home();
    let carry = |name: &str| {
        sandbox.lend(name, &other);
        other.ok(["import", name]);
    };
    carry("before.json");
    assert!(holds(&other.db(), SECRET));
    insta::assert_snapshot!(sandbox.play(
        "redact area:services
         redact area:services 1 --yes
         redact area:servces 1
         redact career/area:services 9 --yes
         redact away:2026-12-24
         redact away:2026-12-24 1 --yes
         redact away:2026-12-24
         redact away:2026-06-01
         redact away:soon
         away",
    ), @"
    $ redact area:services
    --- stderr ---
    error: give the number of the text to erase
    hint: 1. note: the password is hunter2
    hint: 2. note: kept
    [exit 2]
    $ redact area:services 1 --yes
    Services  career/area:services  note 1 erased for good
    --- stderr ---
    machines that sync with this record erase it as well, once you run `milepost
      sync` here and there; anything exported, copied or sent elsewhere still has it
    $ redact area:servces 1
    --- stderr ---
    error: there is no skill area `servces`
    hint: did you mean `area:services`?
    [exit 1]
    $ redact career/area:services 9 --yes
    --- stderr ---
    error: `career/area:services` has 1 text; there is no number 9
    hint: 1. note: kept
    [exit 1]
    $ redact away:2026-12-24
    --- stderr ---
    error: give the number of the text to erase
    hint: 1. note: the password is hunter2
    hint: 2. note: the password is hunter2
    [exit 2]
    $ redact away:2026-12-24 1 --yes
    2026-12-20 to 2027-01-03  away:2026-12-20  note 1 erased for good
    --- stderr ---
    machines that sync with this record erase it as well, once you run `milepost
      sync` here and there; anything exported, copied or sent elsewhere still has it
    $ redact away:2026-12-24
    --- stderr ---
    error: `away:2026-12-20` has no reason
    hint: `milepost away` lists the days
    [exit 1]
    $ redact away:2026-06-01
    --- stderr ---
    error: no days away are recorded for 2026-06-01
    hint: `milepost away` lists them; name one as `away:2026-12-20`
    [exit 1]
    $ redact away:soon
    --- stderr ---
    error: no days away are recorded for soon
    hint: `milepost away` lists them; name one as `away:2026-12-20`
    [exit 1]
    $ away
    2026-12-20 to 2027-01-03 (15 days)
    2027-03-01 (1 day): kept
    ");
    assert!(!holds(&sandbox.db(), SECRET), "it is gone from the bytes of the file");
    assert!(!sandbox.ok(["export", "--full"]).contains(SECRET));
    for command in ["log", "away", "assess --history", "log --json", "away --json", "assess --json"]
    {
        let said = sandbox.run(crate::sandbox::words(command));
        assert!(!said.contains(SECRET) && !said.contains("[exit"), "{said}");
    }
    assert_eq!(sandbox.code(["doctor"]), 0);
    // Another machine erases it, too.
    sandbox.ok(["export", "--full", "-o", "after.json"]);
    carry("after.json");
    assert!(!holds(&other.db(), SECRET));
    assert_eq!(other.code(["doctor"]), 0);
    assert_eq!(other.json(["away"])["away"], sandbox.json(["away"])["away"]);
    assert_eq!(other.json(["assess"])["areas"], sandbox.json(["assess"])["areas"]);
    // The days and the levels stay.
    assert_eq!(sandbox.json(["away"])["away"][0]["to"], "2027-01-03");
}
