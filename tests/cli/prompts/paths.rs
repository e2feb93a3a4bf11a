//! Questions about path files: one that is replaced or removed, and what is in doubt about a new version.

use super::*;

#[test]
fn paths_are_replaced_and_removed_after_a_question() {
    let sandbox = shelf::following();
    let file = sandbox.write("tools.toml", &shelf::TOOLS.replace("\"Tools\"", "\"Other Tools\""));
    let line = format!("add {}", file.display());
    insta::assert_snapshot!(answered(&sandbox, &line, &[Confirm(true)]), @"
    updated: Other Tools (tools)
    --- stderr ---
      besides: title of the path itself
    `milepost add --back tools` brings back what was there; `milepost undo` takes
      back marks, not files
    ");
    insta::assert_snapshot!(answered(&sandbox, "remove tools", &[Confirm(true)]), @"
    removed tools; its record is kept
      other paths that need it: web and career
    --- stderr ---
    `milepost add --back tools` brings its file back
    ");
}

#[test]
fn what_is_in_doubt_about_a_new_version_is_asked() {
    let sandbox = shelf::following();
    sandbox.ok(["done", "pipes", "scripts", "--evidence", "https://example.org/shell"]);
    let newer = shelf::TOOLS.replace("id = \"pipes\"", "id = \"plumbing\"");
    assert_ne!(newer, shelf::TOOLS);
    let newer = newer.replace("title = \"Scripts\"", "title = \"Knitting\"");
    let file = sandbox.write("tools.toml", &newer);
    let line = format!("add {}", file.display());
    insta::assert_snapshot!(answered(&sandbox, &line, &[Confirm(true), Confirm(false), Cancel]), @r#"
    --- stderr ---
      your record: 50% -> 0%, 10 h of 20 h -> 0 h of 20 h
      looks renamed, 1:
        tools/pipes -> tools/plumbing Pipes (same title)
      same id, different thing?, 1:
        tools/scripts "Scripts" (done) -> "Knitting"
      no longer ready, 1:
        tools/backup-script
      besides: 1 added, 1 removed, 1 changed (title 1)
      renamed, with their record, 1:
        tools/pipes -> tools/plumbing
      besides: 1 added, 1 removed, 1 changed (title 1)
    error: cancelled; nothing was changed
    [exit 130]
    "#);
    assert_eq!(sandbox.json(["show", "tools/pipes"])["status"], "done");
    insta::assert_snapshot!(
        answered(&sandbox, &line, &[Confirm(true), Confirm(true), Confirm(true)]), @r#"
    updated: Tools (tools)
    --- stderr ---
      your record: 50% -> 0%, 10 h of 20 h -> 0 h of 20 h
      looks renamed, 1:
        tools/pipes -> tools/plumbing Pipes (same title)
      same id, different thing?, 1:
        tools/scripts "Scripts" (done) -> "Knitting"
      no longer ready, 1:
        tools/backup-script
      besides: 1 added, 1 removed, 1 changed (title 1)
      your record: 50% -> 25%, 10 h of 20 h -> 5 h of 20 h
      same id, different thing; the record stays with the earlier one, 1:
        tools/scripts "Scripts" (done) -> "Knitting"
      renamed, with their record, 1:
        tools/pipes -> tools/plumbing
      no longer ready, 1:
        tools/backup-script
      besides: 1 added, 1 removed, 1 changed (title 1)
    `milepost add --back tools` brings back what was there; `milepost undo` takes
      back marks, not files
    "#);
    let shown = sandbox.json(["show", "tools/plumbing"]);
    assert_eq!(
        (&shown["status"], &shown["evidence"][0]),
        (&"done".into(), &"https://example.org/shell".into())
    );
    let shown = sandbox.json(["show", "tools/scripts"]);
    assert_eq!(
        (&shown["status"], shown["evidence"].as_array().unwrap().len()),
        (&"todo".into(), 0)
    );
    // The evidence of the thing before stays, with its note and its number.
    insta::assert_snapshot!(sandbox.run(["log", "--limit", "2"]), @"
    2026-11-20
      set_apart Knitting  tools/scripts  was Scripts
      renamed   Pipes  tools/plumbing  was tools/pipes
    ");
    insta::assert_snapshot!(sandbox.run(["undo"]), @"
    [ ] Pipes  tools/plumbing  what was recorded is undone
    [x] Knitting  tools/scripts  done again, was todo
    ");
    assert_eq!(sandbox.json(["show", "tools/scripts"])["status"], "done");
}
