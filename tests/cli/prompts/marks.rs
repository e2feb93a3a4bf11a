//! What is asked beside a mark: whether a whole topic is meant, which skills are true, what shows it.

use super::*;

#[test]
fn a_topic_is_confirmed() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(answered(&sandbox, "done shell", &[Confirm(true)]), @"
    [x] Pipes  tools/pipes
    [x] Scripts  tools/scripts
    unlocked milestone: A backup script  tools/backup-script
    ");
    assert_eq!(sandbox.events(), 4);
    insta::assert_snapshot!(answered(&sandbox, "skip networks", &[Confirm(false)]), @"
    --- stderr ---
    error: cancelled; nothing was changed
    [exit 130]
    ");
    assert_eq!(sandbox.events(), 4);
    assert_eq!(answered(&sandbox, "skip networks --yes", &[]).matches("[-]").count(), 2);
}

#[test]
fn a_list_is_confirmed_once() {
    let sandbox = shelf::following();
    let list = "ref,on\nshell,2026-09-01\npipes,2026-09-02\nrest-guide,\n";
    let file = sandbox.write("ticks.csv", list);
    let line = format!("done --from \"{}\"", file.display());
    let refused = answered(&sandbox, &line, &[Confirm(false)]);
    assert!(refused.contains("to credit as known, 3:\n  [x] Pipes  tools/pipes  2026-09-02\n"));
    assert!(refused.contains("error: cancelled; nothing was changed\n[exit 130]"), "{refused}");
    assert_eq!(sandbox.events(), 2);
    let recorded = answered(&sandbox, &line, &[Confirm(true)]);
    // What was shown before is not shown again.
    assert!(recorded.starts_with("credited 3 as known\nunlocked milestone:"), "{recorded}");
    assert_eq!(sandbox.events(), 5);
    // Where nothing changes nobody is asked.
    assert!(answered(&sandbox, &line, &[]).contains("nothing changed\n"));
}

#[test]
fn a_resource_asks_which_of_its_skills_are_true() {
    let sandbox = shelf::searching();
    let before = sandbox.events();
    insta::assert_snapshot!(answered(&sandbox, "done manual", &[Cancel]), @"
    --- stderr ---
    error: cancelled; nothing was changed
    [exit 130]
    ");
    assert_eq!(sandbox.events(), before, "who leaves the question has marked nothing");
    insta::assert_snapshot!(answered(&sandbox, "done manual", &[lines(&["none of them"])]), @"
    [x] The Manual  search/manual
    still to study for IVF: The Wiki
    ");
    let chosen = [lines(&["I can tune", "Scale"])];
    insta::assert_snapshot!(answered(&sandbox, "done wiki", &chosen), @"
    [x] The Wiki  search/wiki
    [x] IVF  search/ivf
    [x] Scale  search/scale
    ");
    // One command, so that one undo takes all of it back.
    sandbox.ok(["undo"]);
    assert_eq!(sandbox.json(["show", "wiki"])["status"], "todo");
    assert_eq!(sandbox.json(["show", "scale"])["status"], "todo");
    // Nobody is asked where the skills are named, or for a script.
    assert!(answered(&sandbox, "done wiki --json", &[]).contains("studied"));
    assert!(answered(&sandbox, "done wiki --with-skills", &[]).contains("[x] Scale"));
}

#[test]
fn a_milestone_asks_what_shows_it() {
    let sandbox = shelf::searching();
    let before = sandbox.events();
    insta::assert_snapshot!(answered(&sandbox, "done engine", &[Cancel]), @"
    --- stderr ---
    It is done when:
        - A stranger finds what they look for.
        - It says how long it took.
    error: cancelled; nothing was changed
    [exit 130]
    ");
    assert_eq!(sandbox.events(), before);
    let url = "https://example.org/me/engine";
    insta::assert_snapshot!(answered(&sandbox, "done engine", &[Text(Some(url.into()))]), @"
    [x] A search engine  search/engine
        still open of what it requires: Vectors
    --- stderr ---
    It is done when:
        - A stranger finds what they look for.
        - It says how long it took.
    ");
    assert_eq!(sandbox.json(["show", "engine"])["evidence"][0], url);
    sandbox.ok(["undo"]);
    assert!(sandbox.json(["show", "engine"])["evidence"].as_array().unwrap().is_empty());
    insta::assert_snapshot!(answered(&sandbox, "done engine", &[Text(None)]), @"
    [x] A search engine  search/engine
        still open of what it requires: Vectors
    --- stderr ---
    It is done when:
        - A stranger finds what they look for.
        - It says how long it took.
    ");
    // Something shows it already, or it is only credited: there is nothing to ask.
    sandbox.ok(["undo"]);
    assert!(answered(&sandbox, "done engine --known", &[]).starts_with("[x]"));
    sandbox.ok(["undo"]);
    sandbox.ok(["note", "engine", "--evidence", url]);
    assert!(answered(&sandbox, "done engine", &[]).starts_with("[x]"));
}
