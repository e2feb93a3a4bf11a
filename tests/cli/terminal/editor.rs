//! A note that is written in the editor, and what becomes of the text when it is not recorded.

use std::fs::File;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;

use super::*;

pub(super) fn editor(sandbox: &mut Sandbox, script: &str) {
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
