//! An assessment, statement by statement.

use super::*;

#[test]
fn areas_are_assessed_statement_by_statement_and_kept_one_by_one() {
    let sandbox = shelf::following();
    sandbox.ok(words("start web --role operator"));
    let yes = Confirm(true);
    let no = Confirm(false);
    let proof = Text(Some("https://example.org/s".to_owned()));
    let nothing = Text(None);
    insta::assert_snapshot!(
        answered(&sandbox, "assess", &[yes.clone(), yes.clone(), no.clone(), proof, no.clone(), Cancel]),
        @"
    Shells is at level 2 (working)
    Services is at level 0 (none)

    Skill areas against Operator: fit 31.5%, 1 of 2 core areas within one level
    Shells    ████░░··  2 of 3
    Services  ░░······  0 of 1
    Watching  ░░░░░░··  - of 3

    2 of 3 areas assessed. The lighter part of a bar is what the role still needs.
    --- stderr ---

    Shells (1 of 3, Operator needs level 3)
      Getting a machine to do it.
      1 foundation: I pipe.
      2 working: I script.
      3 advanced: I test my scripts.

    Services (2 of 3, Operator needs level 1)
      1 foundation: I call one.

    Watching (3 of 3, Operator needs level 3)
      1 foundation: I read logs.
    error: stopped; 2 areas saved
    hint: `milepost assess` continues with the rest
    [exit 130]
    "
    );
    assert_eq!(sandbox.events(), 5);
    // It goes on where it was left, and asks nothing twice.
    insta::assert_snapshot!(answered(&sandbox, "assess", &[yes.clone(), no.clone(), nothing.clone()]), @"
    Watching is at level 1 (foundation)

    Skill areas against Operator: fit 47.3%, 1 of 2 core areas within one level
    Shells    ████░░··  2 of 3
    Services  ░░······  0 of 1
    Watching  ██░░░░··  1 of 3

    3 of 3 areas assessed. The lighter part of a bar is what the role still needs.
    --- stderr ---

    Watching (1 of 1, Operator needs level 3)
      1 foundation: I read logs.
      2 working: I have alerts.
    ");
    insta::assert_snapshot!(answered(&sandbox, "assess", &[]), @"
    Skill areas against Operator: fit 47.3%, 1 of 2 core areas within one level
    Shells    ████░░··  2 of 3
    Services  ░░······  0 of 1
    Watching  ██░░░░··  1 of 3

    3 of 3 areas assessed. The lighter part of a bar is what the role still needs.
    --- stderr ---
    you assessed every area today; `milepost assess --again` asks again
    ");
    insta::assert_snapshot!(answered(&sandbox, "assess watching", &[Cancel]), @"
    --- stderr ---

    Watching (1 of 1, you said level 1 on 2026-11-20, Operator needs level 3)
      1 foundation: I read logs.
    error: cancelled; nothing was changed
    [exit 130]
    ");
    // With the evidence given there is one question less.
    let line = "assess watching --evidence https://example.org/w";
    insta::assert_snapshot!(answered(&sandbox, line, &[yes.clone(), yes, no]), @"
    Watching is at level 2 (working), was 1

    Watching

    ✓ 1 foundation: I read logs.
    ✓ 2 working: I have alerts.
      3 advanced: They wake me rightly.
      4 expert: I see it coming.

    level 2 (working) since 2026-11-20
    Operator needs level 3
    shown by https://example.org/w
    --- stderr ---

    Watching (1 of 1, you said level 1 on 2026-11-20, Operator needs level 3)
      1 foundation: I read logs.
      2 working: I have alerts.
      3 advanced: They wake me rightly.
    ");
    let said = sandbox.json(["assess", "--history"]);
    assert_eq!(said["areas"][2]["history"].as_array().unwrap().len(), 2);
}
