//! Questions at a real terminal: what is on the screen, what a signal leaves there, the editor.

#![cfg(unix)]

use std::fs::File;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;

use rustix::process::Signal;

use crate::pty::Terminal;
use crate::sandbox::{Sandbox, words};
use crate::shelf;

const CTRL_C: &str = "\u{3}";
const CTRL_D: &str = "\u{4}";
const ESC: &str = "\u{1b}";
const DOWN: &str = "\u{1b}[B";

fn run(sandbox: &Sandbox, command: &str, size: (u16, u16)) -> Terminal {
    Terminal::run(sandbox.command().args(words(command)), size)
}

const USUAL: (u16, u16) = (24, 80);

fn editor(sandbox: &mut Sandbox, script: &str) {
    use std::os::unix::fs::PermissionsExt;
    let file = sandbox.write("an editor/ed", &format!("#!/bin/sh\n{script}\n"));
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o700)).unwrap();
    let quoted = format!("'{}' --wait", file.display());
    sandbox.set("EDITOR", &quoted).set("PATH", "/usr/bin:/bin");
}

fn drafts(sandbox: &Sandbox) -> Vec<String> {
    let folder = sandbox.db().with_file_name("drafts");
    let entries = std::fs::read_dir(&folder).into_iter().flatten().flatten();
    let read = |entry: std::fs::DirEntry| std::fs::read(entry.path().join("note.md")).unwrap();
    entries.map(|entry| String::from_utf8_lossy(&read(entry)).into_owned()).collect()
}

fn notes(sandbox: &Sandbox, reference: &str) -> usize {
    sandbox.json(["show", reference])["notes"].as_array().unwrap().len()
}

#[test]
fn every_question_is_left_in_the_same_way() {
    let sandbox = shelf::following();
    let file = sandbox.write("tools.toml", &shelf::TOOLS.replace("\"Tools\"", "\"Other\""));
    let add = format!("add {}", file.display());
    let before = sandbox.json(["log", "--limit", "0"]);
    for (command, question) in [
        ("done", "Mark done which?"),
        ("doing", "Begin which?"),
        ("skip", "Skip which?"),
        ("note", "Note on which?"),
        ("study", "Study which?"),
        ("study rest-guide", "How long did you study Designing APIs?"),
        ("done logs", "`logs` could mean"),
        ("done shell", "Mark done 2 goals of tools/shell (topic)? [y/N]"),
        ("remove tools", "[y/N]"),
        (add.as_str(), "[y/N]"),
        ("assess shells", "[y/N]"),
        ("interview web", "Answer aloud, then:"),
    ] {
        for (name, key, signal) in [
            ("esc", Some(ESC), None),
            ("ctrl-c", Some(CTRL_C), None),
            ("ctrl-d", Some(CTRL_D), None),
            ("sigint", None, Some(Signal::INT)),
            ("sigterm", None, Some(Signal::TERM)),
            ("sighup", None, Some(Signal::HUP)),
        ] {
            let mut terminal = run(&sandbox, command, USUAL);
            terminal.shows(question);
            terminal.is_asked();
            if let Some(key) = key {
                terminal.press(key);
            }
            if let Some(signal) = signal {
                terminal.signal(signal);
            }
            let (code, left) = terminal.ends();
            assert_eq!(code, Some(130), "{command}, {name}:\n{left}");
            assert!(
                left.trim_end().ends_with("error: cancelled; nothing was changed"),
                "{command}, {name}:\n{left}"
            );
            // What an interview asked is read again; everything else is wiped.
            let wiped = question == "Answer aloud, then:" || !left.contains(question);
            assert!(wiped && !left.contains("Pipes"), "{command}, {name}:\n{left}");
        }
    }
    assert_eq!(sandbox.json(["log", "--limit", "0"]), before);
}

#[test]
fn how_long_is_asked_until_it_is_clear() {
    let sandbox = shelf::following();
    let mut terminal = run(&sandbox, "study rest-guide", USUAL);
    terminal.shows("How long did you study Designing APIs? (45m, 1h30)");
    terminal.is_asked();
    terminal.press("90\r");
    let shown =
        terminal.shows("\"90\" could be minutes or hours; write 45m for minutes, 1.5h for hours:");
    assert!(!shown.contains("::"), "{shown}");
    terminal.press("1h30\r");
    let (code, left) = terminal.ends();
    assert_eq!(code, Some(0), "{left}");
    assert!(left.contains("studied 1.5 h; 1.5 h of 3 h so far"), "{left}");
    assert_eq!(sandbox.json(["show", "rest-guide"])["minutes"], 90);
}

#[test]
fn what_is_known_and_how_many_hours_is_asked_once() {
    let sandbox = shelf::home();
    let mut terminal = run(&sandbox, "start web", USUAL);
    let shown = terminal.shows("Networks");
    assert!(shown.contains("What do you know already?"), "{shown}");
    assert!(shown.contains("Networks  (tools/networks, 2 skills)"), "{shown}");
    terminal.is_asked();
    terminal.press("shell");
    terminal.shows("already? shell_");
    terminal.press(" \u{15}");
    terminal.shows("1 selected");
    terminal.press("networks");
    terminal.shows("already? networks_");
    terminal.press(" \r");
    terminal.shows("How many hours a week will you study? (enter to skip)");
    terminal.press("lots\r");
    let shown = terminal.shows("\"lots\" is not a number of hours; 5 to 10 is usual:");
    assert!(!shown.contains("::"), "{shown}");
    terminal.press("6\r");
    let (code, left) = terminal.ends();
    assert_eq!(code, Some(0), "{left}");
    assert!(left.contains("6 h a week"), "{left}");
    assert!(left.contains("4 goals credited as known"), "{left}");
    // It is one command, and of what is known nothing is asked again.
    let goals =
        |sandbox: &Sandbox| sandbox.json(["status", "tools"])["paths"][0]["progress"].clone();
    assert_eq!(goals(&sandbox)["skills"]["done"], 4);
    let (code, left) = run(&sandbox, "start web", USUAL).ends();
    assert_eq!(code, Some(0), "{left}");
    sandbox.ok(["undo"]);
    assert_eq!(goals(&sandbox)["skills"]["done"], 0);
}

#[test]
fn the_hours_that_are_asked_for_are_those_of_new_paths() {
    let sandbox = shelf::home();
    sandbox.ok(["start", "tools", "--hours-per-week", "3"]);
    let mut terminal = run(&sandbox, "start tools web", USUAL);
    terminal.shows("What do you know already?");
    terminal.is_asked();
    terminal.press("\r");
    terminal.shows("How many hours a week will you study?");
    terminal.press("6\r");
    let (code, left) = terminal.ends();
    assert_eq!(code, Some(0), "{left}");
    let hours = |path| sandbox.json(["status", path])["paths"][0]["hours_per_week"].clone();
    assert_eq!((hours("tools"), hours("web")), (3.0.into(), 6.0.into()));
}

#[test]
fn nothing_is_asked_of_who_says_so() {
    for command in
        ["start web --known shell --hours-per-week 5", "start web --no-input", "start web --json"]
    {
        let sandbox = shelf::home();
        let (code, left) = run(&sandbox, command, USUAL).ends();
        assert_eq!(code, Some(0), "{command}: {left}");
    }
    let sandbox = shelf::home();
    let mut terminal = run(&sandbox, "start web", USUAL);
    terminal.shows("nothing yet");
    terminal.is_asked();
    terminal.press("\r");
    terminal.shows("How many hours a week");
    terminal.press("\r");
    let (code, left) = terminal.ends();
    assert_eq!(code, Some(0), "{left}");
    assert!(!left.contains("known") && !left.contains("a week)"), "{left}");
}

#[test]
fn a_signal_in_the_middle_of_an_assessment_says_what_is_recorded() {
    for key in [ESC, CTRL_C, CTRL_D] {
        let mut sandbox = shelf::following();
        let mut terminal = run(&sandbox, "assess", USUAL);
        terminal.shows("I pipe.");
        terminal.press("n");
        terminal.shows("I call one.");
        terminal.is_asked();
        terminal.press("y");
        terminal.shows("I built one.");
        terminal.press("n");
        // Also where a text is typed.
        terminal.shows("Evidence (URL");
        terminal.press("https://exa");
        terminal.shows("https://exa");
        terminal.press(key);
        let (code, left) = terminal.ends();
        assert_eq!(code, Some(130), "{left}");
        assert!(left.contains("error: stopped; 1 area saved"), "{left}");
        assert!(!left.contains("https://exa"), "{left}");
        sandbox.set("COLUMNS", "80");
        let areas = &sandbox.json(["assess", "--list"])["areas"];
        assert_eq!((&areas[0]["level"], &areas[1]["level"]), (&0.into(), &serde_json::Value::Null));
    }
}

#[test]
fn several_are_chosen_through_a_filter() {
    let sandbox = shelf::following();
    let mut terminal = run(&sandbox, "done", USUAL);
    terminal.shows("Mark done which?");
    terminal.is_asked();
    terminal.press("scripts");
    terminal.shows("which? scripts_");
    terminal.press(" \u{15}");
    terminal.shows("1 selected");
    terminal.press("pip");
    let shown = terminal.shows("which? pip_");
    insta::assert_snapshot!(shown.trim_end(), @"
    Mark done which? pip_
    > [ ] Pipes  (tools/pipes, skill)
    (1 of 7, 1 selected; type to filter, space: select, enter: done, esc: cancel)
    ");
    terminal.press(" ");
    terminal.shows("2 selected");
    terminal.press("\r");
    let (code, left) = terminal.ends();
    assert_eq!(code, Some(0));
    insta::assert_snapshot!(left.trim_end(), @"
    [x] Pipes  tools/pipes
    [x] Scripts  tools/scripts
    unlocked milestone: A backup script  tools/backup-script
    ");
}

#[test]
fn a_picker_copies_nothing_at_any_width() {
    let sandbox = shelf::following();
    for columns in [1, 2, 10, 20, 40, 59, 60, 61, 63, 64, 67, 68, 80, 200] {
        let mut terminal = run(&sandbox, "done", (24, columns));
        terminal.is_asked();
        for _ in 0..8 {
            terminal.press(DOWN);
        }
        terminal.press("pip");
        if columns >= 20 {
            terminal.shows("pip_");
            // The last line: what stands above it is drawn by then.
            let shown = terminal.shows("(1 of ");
            assert_eq!(shown.matches("Mark done").count(), 1, "{columns}:\n{shown}");
            assert_eq!(shown.matches("Pipes").count(), 1, "{columns}:\n{shown}");
            assert_eq!(shown.lines().filter(|line| !line.is_empty()).count(), 3, "{shown}");
        }
        terminal.press("\r");
        let (code, left) = terminal.ends();
        assert_eq!(code, Some(0));
        if columns >= 20 {
            assert!(left.starts_with("[x] Pipes"), "{columns}:\n{left}");
        }
        sandbox.ok(["undo"]);
    }
}

#[test]
fn a_screen_that_becomes_smaller_is_drawn_anew() {
    let sandbox = shelf::following();
    let mut terminal = run(&sandbox, "done", USUAL);
    terminal.shows("esc: cancel)");
    for (rows, columns) in [(24, 45), (10, 60), (3, 30), (1, 8), (24, 80)] {
        terminal.resize(rows, columns);
        terminal.read(200);
    }
    terminal.press("pipes");
    terminal.shows("which? pipes_");
    terminal.press("\r");
    let (code, left) = terminal.ends();
    assert_eq!(code, Some(0), "{left}");
    assert!(left.contains("[x] Pipes"), "{left}");
}

#[test]
fn a_low_screen_asks_for_numbers() {
    for rows in [0, 1, 2, 3, 4] {
        let sandbox = shelf::following();
        let columns = if rows == 0 { 0 } else { 63 };
        if rows == 0 {
            // A terminal that does not know its size is taken for a usual one.
            let mut terminal = run(&sandbox, "done", (24, 80));
            terminal.set_size(0, columns);
            terminal.is_asked();
            terminal.press("\r");
            assert_eq!(terminal.ends().0, Some(0));
            continue;
        }
        let mut terminal = run(&sandbox, "done", (rows, columns));
        terminal.shows("Mark done which? (numbers):");
        terminal.is_asked();
        terminal.press("1 99\r");
        terminal.is_asked();
        if rows > 1 {
            terminal.shows("`99` is not a number from 1 to");
        }
        terminal.press("1-2\r");
        let (code, left) = terminal.ends();
        assert_eq!(code, Some(0), "{left}");
        let done = sandbox.json(["list", "--status", "done"]);
        assert_eq!(done["items"].as_array().unwrap().len(), 2);
        // And where one is chosen.
        let mut terminal = run(&sandbox, "show logs", (rows, columns));
        terminal.shows("`logs` could mean (a number):");
        terminal.is_asked();
        terminal.press("\r");
        let (code, _) = terminal.ends();
        assert_eq!(code, Some(130));
        for (command, key) in
            [("done networks", "n"), ("assess watching", "n"), ("interview web", "q")]
        {
            let mut terminal = run(&sandbox, command, (rows, columns));
            terminal.is_asked();
            terminal.press(key);
            terminal.ends();
        }
    }
}

#[test]
fn a_note_is_written_in_the_editor() {
    let mut sandbox = shelf::following();
    editor(&mut sandbox, r#"[ "$1" = --wait ] && echo "two thoughts" > "$2""#);
    let (code, left) = run(&sandbox, "note rest", USUAL).ends();
    assert_eq!((code, left.trim_end()), (Some(0), "[ ] REST  web/rest  noted"));
    assert_eq!(drafts(&sandbox), [""; 0]);
    assert!(!sandbox.db().with_file_name("drafts").exists());
    // The first that says something is used.
    let good = sandbox.home().join("an editor/ed").display().to_string();
    for (visual, editor) in [("", &*good), ("  ", &good), ("''", &good)] {
        let editor = format!("'{editor}' --wait");
        sandbox.set("VISUAL", visual).set("EDITOR", &editor);
        assert_eq!(run(&sandbox, "note rest", USUAL).ends().0, Some(0), "{visual:?}");
    }
    assert_eq!(notes(&sandbox, "rest"), 4);
    // With no editor at all there is a sentence.
    sandbox.set("VISUAL", "").set("EDITOR", " ").set("PATH", "/nowhere");
    let (code, left) = run(&sandbox, "note rest", USUAL).ends();
    assert_eq!(code, Some(1));
    assert!(
        left.contains("error: the editor `vi` could not be started: there is no such file"),
        "{left}"
    );
    assert_eq!(drafts(&sandbox), [""; 0]);
}

#[test]
fn an_editor_that_ends_with_an_error_records_nothing_and_loses_nothing() {
    let mut sandbox = shelf::following();
    editor(&mut sandbox, r#"echo "never mind" > "$2"; exit 1"#);
    let (code, left) = run(&sandbox, "note rest", (24, 200)).ends();
    assert_eq!(code, Some(1));
    assert!(
        left.contains("ended with an error (exit status: 1), so nothing was recorded"),
        "{left}"
    );
    assert!(left.contains("hint: your text is kept in "), "{left}");
    assert_eq!(drafts(&sandbox), ["never mind\n"]);
    assert_eq!(notes(&sandbox, "rest"), 0);
    // The next note says that it is there, and leaves it alone.
    editor(&mut sandbox, r#"echo again > "$2""#);
    let (code, left) = run(&sandbox, "note rest", (24, 200)).ends();
    assert_eq!(code, Some(0), "{left}");
    assert!(left.contains("/note.md holds a note that was not recorded"), "{left}");
    assert_eq!(drafts(&sandbox), ["never mind\n"]);
    // Nothing was written: nothing is kept.
    let sandbox = &mut shelf::following();
    for script in ["exit 1", "exit 0", "rm \"$2\"", "echo > \"$2\"", "rm -r \"${2%/*}\""] {
        editor(sandbox, script);
        let (code, left) = run(sandbox, "note rest", (24, 200)).ends();
        assert_ne!(code, Some(0));
        assert!(!left.contains("kept in"), "{script}: {left}");
        assert_eq!(drafts(sandbox), [""; 0], "{script}");
    }
}

#[test]
fn a_note_that_is_refused_after_it_was_written_is_kept() {
    for (script, words) in [
        (r#"head -c 70000 /dev/zero | tr '\0' x > "$2""#, "longer than 64 KiB"),
        (r#"head -c 2000000 /dev/zero | tr '\0' x > "$2""#, "is larger than 1,048,576 bytes"),
        (r#"printf 'na\357ve\n' > "$2""#, "not UTF-8 text"),
        (
            r#"echo thoughts > "$2"; printf 'no record' > "$HOME/.local/share/milepost/progress.db""#,
            "not a",
        ),
        (
            r#"echo thoughts > "$2"; chmod 500 "$HOME/.local/share/milepost"; rm -rf "$HOME/.local/share/milepost/progress.db"; mkdir "$HOME/.local/share/milepost/progress.db""#,
            "progress.db",
        ),
    ] {
        let mut sandbox = shelf::following();
        editor(&mut sandbox, script);
        let mut terminal = run(&sandbox, "note rest", (24, 250));
        terminal.shows("hint: your text is kept in ");
        let (code, left) = terminal.ends();
        assert_ne!(code, Some(0), "{script}: {left}");
        assert!(left.contains(words), "{script}: {left}");
        assert_eq!(drafts(&sandbox).len(), 1, "{script}: {left}");
        assert!(!drafts(&sandbox)[0].is_empty(), "{script}");
    }
}

#[test]
fn what_can_be_refused_is_refused_before_the_editor_opens() {
    let mut sandbox = shelf::following();
    editor(&mut sandbox, "touch \"$HOME/opened\"");
    for (command, words) in [
        ("note rest --on tomorrow", "in the future"),
        ("note rest --on -3d", "\"-3d\" is not a day"),
        ("note rset", "nothing is called `rset`"),
        ("note web", "not to paths"),
    ] {
        let (code, left) = run(&sandbox, command, USUAL).ends();
        assert_ne!(code, Some(0));
        assert!(left.contains(words), "{command}: {left}");
    }
    std::fs::write(sandbox.db(), "no record").unwrap();
    let (code, left) = run(&sandbox, "note rest", USUAL).ends();
    assert_eq!(code, Some(3), "{left}");
    assert!(!sandbox.home().join("opened").exists());
}

#[test]
fn a_signal_while_the_editor_is_open_ends_it_and_keeps_the_text() {
    for signal in [Signal::TERM, Signal::HUP] {
        let mut sandbox = shelf::following();
        editor(
            &mut sandbox,
            r#"echo thoughts > "$2"; stty raw -echo; printf '\033[?25lOPEN'; exec sleep 100"#,
        );
        let mut terminal = run(&sandbox, "note rest", (24, 200));
        terminal.shows("OPEN");
        terminal.signal(signal);
        let (code, left) = terminal.ends();
        assert_eq!(code, Some(130), "{left}");
        assert!(left.contains("cancelled; nothing was changed"), "{left}");
        assert!(left.contains("your text is kept in "), "{left}");
        assert_eq!(drafts(&sandbox), ["thoughts\n"]);
    }
    // Ctrl-C at an editor is for the editor.
    let mut sandbox = shelf::following();
    editor(&mut sandbox, r#"echo thoughts > "$2"; echo OPEN; read line"#);
    let mut terminal = run(&sandbox, "note rest", (24, 200));
    terminal.shows("OPEN");
    terminal.signal(Signal::INT);
    terminal.press("\r");
    assert_eq!(terminal.ends().0, Some(0));
    assert_eq!(notes(&sandbox, "rest"), 1);
    // A kill leaves the text where the next note finds it.
    let mut terminal = run(&sandbox, "note rest", (24, 200));
    terminal.shows("OPEN");
    terminal.signal(Signal::KILL);
    assert!(terminal.child.wait().unwrap().signal().is_some());
    assert_eq!(drafts(&sandbox), ["thoughts\n"]);
}

#[test]
fn the_editor_draws_on_the_terminal_when_the_answer_goes_elsewhere() {
    let mut sandbox = shelf::following();
    editor(&mut sandbox, r#"[ -t 1 ] && echo "at a terminal" > "$2""#);
    let file = File::create(sandbox.home().join("answer")).unwrap();
    let terminal = run(&sandbox, "--version", USUAL);
    let end = || terminal.line.try_clone().unwrap();
    let status = sandbox
        .command()
        .args(["note", "rest"])
        .stdin(end())
        .stdout(file)
        .stderr(end())
        .status()
        .unwrap();
    assert!(status.success());
    let answer = std::fs::read_to_string(sandbox.home().join("answer")).unwrap();
    assert_eq!(answer, "[ ] REST  web/rest  noted\n");
    assert!(Path::new(&sandbox.home().join("an editor/ed")).exists());
}
