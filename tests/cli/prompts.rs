//! Questions, with answers that were written down before. In this process: a test has no terminal.

mod areas;
mod choices;
mod marks;
mod paths;

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

#[test]
fn cancelled_means_nothing_changed() {
    let sandbox = shelf::following();
    sandbox.write("tools.toml", &shelf::TOOLS.replace("\"Tools\"", "\"Other Tools\""));
    let before = sandbox.events();
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
    assert_eq!(sandbox.events(), before);
    assert_eq!(sandbox.json(["show", "tools"])["title"], "Tools");
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
fn with_no_input_nothing_is_asked() {
    let sandbox = shelf::following();
    let said = answered(&sandbox, "--no-input done shell", &[Confirm(true)]);
    assert!(said.contains("there is no terminal to ask on") && said.contains("[exit 2]"), "{said}");
    let said = answered(&sandbox, "done logs --no-input", &[lines(&["tools/logs"])]);
    assert!(said.contains("could mean 2 things") && said.contains("[exit 1]"), "{said}");
}

#[test]
fn a_restore_is_asked_about_where_there_is_something_to_lose() {
    let sandbox = shelf::following();
    sandbox.ok(["done", "pipes"]);
    let copy = sandbox.home().join("copy.db");
    let (backup, restore) =
        (format!("backup {}", copy.display()), format!("restore {}", copy.display()));
    answered(&sandbox, &backup, &[]);
    let before = sandbox.events();
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
    assert_eq!(sandbox.events(), before);
}
