//! Questions at a real terminal: what is on the screen, what a signal leaves there, the editor.

#![cfg(unix)]

mod config;
mod editor;
mod pickers;
mod start;

use rustix::process::Signal;

use crate::pty::Terminal;
use crate::sandbox::{Sandbox, words};
use crate::shelf;

const CTRL_C: &str = "\u{3}";
const CTRL_D: &str = "\u{4}";
const ESC: &str = "\u{1b}";

fn run(sandbox: &Sandbox, command: &str, size: (u16, u16)) -> Terminal {
    Terminal::run(sandbox.command().args(words(command)), size)
}

const USUAL: (u16, u16) = (24, 80);

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
fn a_word_that_is_typed_answers_one_question() {
    let sandbox = shelf::following();
    let mut terminal = run(&sandbox, "interview web", USUAL);
    terminal.shows("Answer aloud, then:");
    terminal.is_asked();
    terminal.press("\r");
    terminal.shows("How was it?");
    terminal.is_asked();
    terminal.press("again\r");
    // It is asked once more, and not revealed.
    terminal.shows("(once more)");
    terminal.is_asked();
    terminal.press("skip\r");
    let (code, left) = terminal.ends();
    assert_eq!(code, Some(0), "{left}");
    assert_eq!(left.matches("How was it?").count(), 1, "{left}");
}
