//! Questions, with answers that were written down before. In this process: a test has no terminal.

use std::ffi::OsString;

use milepost::Io;
use milepost::prompt::Answer::{Cancel, Confirm, Lines, Text};
use milepost::prompt::{Answer, Prompt, Scripted};

use crate::sandbox::{NOW, Sandbox, words};
use crate::shelf;

/// Runs a command line at a terminal where somebody gives these answers.
pub(crate) fn answered(sandbox: &Sandbox, line: &str, answers: &[Answer]) -> String {
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let home = sandbox.home().to_owned();
    let code = {
        let prompt: Box<dyn Prompt> = Box::new(Scripted::new(answers.iter().cloned()));
        let mut io = Io {
            stdout: Box::new(&mut stdout),
            stderr: Box::new(&mut stderr),
            stdout_is_terminal: false,
            stderr_is_terminal: false,
            prompt: Some(prompt),
            database: None,
            env: Box::new(move |name| match name {
                "MILEPOST_NOW" => Some(NOW.into()),
                "MILEPOST_CONFIG" => Some(home.join(".config/milepost").into_os_string()),
                "MILEPOST_DB" => Some(home.join(".local/share/milepost/progress.db").into()),
                "COLUMNS" => Some("80".into()),
                _ => None,
            }),
        };
        let args = ["milepost".to_owned()].into_iter().chain(words(line));
        milepost::run(args.map(OsString::from), &mut io).exit()
    };
    let mut said = String::from_utf8(stdout).unwrap();
    if !stderr.is_empty() {
        said.push_str("--- stderr ---\n");
        said.push_str(&String::from_utf8(stderr).unwrap());
    }
    if code != 0 {
        said.push_str(&format!("[exit {code}]\n"));
    }
    said.replace(sandbox.home().to_str().unwrap(), "~")
}

fn lines(wanted: &[&str]) -> Answer {
    Lines(wanted.iter().map(|line| (*line).to_owned()).collect())
}

fn events(sandbox: &Sandbox) -> usize {
    sandbox.json(["log", "--limit", "0"])["events"].as_array().unwrap().len()
}

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
fn a_topic_is_confirmed() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(answered(&sandbox, "done shell", &[Confirm(true)]), @"
    [x] Pipes  tools/pipes
    [x] Scripts  tools/scripts
    unlocked milestone: A backup script  tools/backup-script
    ");
    assert_eq!(events(&sandbox), 4);
    insta::assert_snapshot!(answered(&sandbox, "skip networks", &[Confirm(false)]), @"
    --- stderr ---
    error: cancelled; nothing was changed
    [exit 130]
    ");
    assert_eq!(events(&sandbox), 4);
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
    assert_eq!(events(&sandbox), 2);
    let recorded = answered(&sandbox, &line, &[Confirm(true)]);
    // What was shown before is not shown again.
    assert!(recorded.starts_with("credited 3 as known\nunlocked milestone:"), "{recorded}");
    assert_eq!(events(&sandbox), 5);
    // Where nothing changes nobody is asked.
    assert!(answered(&sandbox, &line, &[]).contains("nothing changed\n"));
}

#[test]
fn cancelled_means_nothing_changed() {
    let sandbox = shelf::following();
    sandbox.write("tools.toml", &shelf::TOOLS.replace("\"Tools\"", "\"Other Tools\""));
    let before = events(&sandbox);
    for (line, answers) in [
        ("done", &[Cancel][..]),
        ("done", &[lines(&[])]),
        ("done logs", &[Cancel]),
        ("done pipes logs", &[Cancel]),
        ("done shell", &[Cancel]),
        ("done shell", &[Confirm(false)]),
        ("done shell networks", &[Confirm(true), Confirm(false)]),
        ("done logs web", &[lines(&["tools/logs"]), Cancel]),
        ("note rest", &[Cancel]),
        ("note rest", &[Text(None)]),
        ("note rest", &[Text(Some(" \n".to_owned()))]),
        ("note", &[Cancel]),
        ("remove tools", &[Cancel]),
        ("remove tools", &[Confirm(false)]),
        ("add tools.toml", &[Confirm(false)]),
    ] {
        // Files are named from where one stands.
        let line = line.replace("tools.toml", sandbox.home().join("tools.toml").to_str().unwrap());
        let said = answered(&sandbox, &line, answers);
        // What an update would change is shown before the question.
        let said = said.replace("  besides: title of the path itself\n", "");
        let expected = "--- stderr ---\nerror: cancelled; nothing was changed\n[exit 130]\n";
        assert_eq!(said, expected, "{line}");
    }
    assert_eq!(events(&sandbox), before);
    assert_eq!(sandbox.json(["show", "tools"])["title"], "Tools");
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

#[test]
fn the_editor_writes_a_note() {
    let sandbox = shelf::following();
    let text = Text(Some("first\n\nsecond\n".to_owned()));
    insta::assert_snapshot!(answered(&sandbox, "note rest", std::slice::from_ref(&text)), @"[ ] REST  web/rest  noted");
    assert_eq!(sandbox.json(["show", "rest"])["notes"], serde_json::json!(["first\n\nsecond"]));
    insta::assert_snapshot!(answered(&sandbox, "note apis", std::slice::from_ref(&text)), @"APIs (topic)  web/apis  noted");
    // A wrong reference is told before somebody writes a page.
    insta::assert_snapshot!(answered(&sandbox, "note rset", &[text]), @"
    --- stderr ---
    error: nothing is called `rset`
    hint: did you mean `web/rest`?
    [exit 1]
    ");
}

#[test]
fn a_note_without_a_reference_is_chosen_for_before_it_is_written() {
    let sandbox = shelf::following();
    let text = Text(Some("on second thought".to_owned()));
    insta::assert_snapshot!(answered(&sandbox, "note", &[lines(&["Pipes"]), text]), @"[ ] Pipes  tools/pipes  noted");
    // The editor does not open for somebody who left the choice.
    insta::assert_snapshot!(answered(&sandbox, "note", &[milepost::prompt::Answer::Cancel]), @"
    --- stderr ---
    error: cancelled; nothing was changed
    [exit 130]
    ");
}

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
fn with_no_input_nothing_is_asked() {
    let sandbox = shelf::following();
    let said = answered(&sandbox, "--no-input done shell", &[Confirm(true)]);
    assert!(said.contains("there is no terminal to ask on") && said.contains("[exit 2]"), "{said}");
    let said = answered(&sandbox, "done logs --no-input", &[lines(&["tools/logs"])]);
    assert!(said.contains("could mean 2 things") && said.contains("[exit 1]"), "{said}");
}

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
    assert_eq!(events(&sandbox), 5);
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

#[test]
fn a_restore_is_asked_about_where_there_is_something_to_lose() {
    let sandbox = shelf::following();
    sandbox.ok(["done", "pipes"]);
    let copy = sandbox.home().join("copy.db");
    let (backup, restore) =
        (format!("backup {}", copy.display()), format!("restore {}", copy.display()));
    answered(&sandbox, &backup, &[]);
    let before = events(&sandbox);
    assert!(answered(&sandbox, &restore, &[]).contains("the record already has the "));
    sandbox.ok(["undo"]);
    for (answer, words) in [
        (Confirm(false), "error: cancelled"),
        (Cancel, "[exit 130]"),
        (Confirm(true), "restored 3"),
    ] {
        let said = answered(&sandbox, &restore, &[answer]);
        assert!(said.contains(words), "{said}");
    }
    assert_eq!(events(&sandbox), before);
}

#[test]
fn a_resource_asks_which_of_its_skills_are_true() {
    let sandbox = shelf::searching();
    let before = events(&sandbox);
    insta::assert_snapshot!(answered(&sandbox, "done manual", &[Cancel]), @"
    --- stderr ---
    error: cancelled; nothing was changed
    [exit 130]
    ");
    assert_eq!(events(&sandbox), before, "who leaves the question has marked nothing");
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
    let before = events(&sandbox);
    insta::assert_snapshot!(answered(&sandbox, "done engine", &[Cancel]), @"
    --- stderr ---
    It is done when:
        - A stranger finds what they look for.
        - It says how long it took.
    error: cancelled; nothing was changed
    [exit 130]
    ");
    assert_eq!(events(&sandbox), before);
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
