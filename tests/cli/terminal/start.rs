//! What `start` asks: what you know already, and how many hours a week you study.

use super::*;

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
