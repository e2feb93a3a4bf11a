//! One of several, and one of all that is open and ready.

use super::*;

#[test]
fn of_several_candidates_one_is_chosen() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(answered(&sandbox, "done logs", &[lines(&["Log pipelines"])]), @"
    [x] Log pipelines  web/logs
        Operations: 1 of 2 skills done
    ");
    insta::assert_snapshot!(answered(&sandbox, "show logs", &[lines(&["tools/logs  (skill"])]), @"
    Reading logs  tools/logs

    status    [ ] todo
    kind      skill
    effort    3 h
    stage     first
    topic     networks

    Taught by
      [ ] HTTP, a Guide (docs, free, 45 min, core)  http-guide

    Leads to
      - web/apis
    ");
}

#[test]
fn without_a_reference_one_chooses_from_what_is_open_and_ready() {
    let sandbox = shelf::following();
    sandbox.ok(["doing", "scripts"]);
    let said = answered(
        &sandbox,
        "done",
        &[lines(&["Pipes", "Scripts  (tools/scripts, skill, in progress)"])],
    );
    insta::assert_snapshot!(said, @"
    [x] Pipes  tools/pipes
    [x] Scripts  tools/scripts
    unlocked milestone: A backup script  tools/backup-script
    ");
    // What is held back, done or in that status already is not offered.
    for (line, wanted) in [("done", "REST"), ("done", "Pipes"), ("doing", "web/service")] {
        let said = answered(&sandbox, line, &[lines(&[wanted])]);
        assert!(said.contains("offers no line"), "{line} {wanted}: {said}");
    }
    insta::assert_snapshot!(answered(&sandbox, "skip --why enough", &[lines(&["A backup script"])]), @"[-] A backup script  tools/backup-script");
}

#[test]
fn where_nothing_is_open_there_is_nothing_to_choose() {
    let sandbox = shelf::home();
    insta::assert_snapshot!(answered(&sandbox, "done", &[]), @"
    --- stderr ---
    error: nothing that you follow is open and ready
    hint: `milepost start PATH` follows a path; `milepost paths` lists them
    [exit 1]
    ");
    assert!(!sandbox.db().exists());
}
