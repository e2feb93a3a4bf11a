//! Several chosen from a list: by a filter, at any width, on a screen that changes or is too low.

use super::*;

const DOWN: &str = "\u{1b}[B";

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
            let mut terminal = run(&sandbox, "skip", (24, 80));
            terminal.set_size(0, columns);
            terminal.is_asked();
            terminal.press("\r");
            assert_eq!(terminal.ends().0, Some(0));
            continue;
        }
        let mut terminal = run(&sandbox, "skip", (rows, columns));
        terminal.shows("Skip which? (numbers):");
        terminal.is_asked();
        terminal.press("1 99\r");
        terminal.is_asked();
        if rows > 1 {
            terminal.shows("`99` is not a number from 1 to");
        }
        terminal.press("1-2\r");
        let (code, left) = terminal.ends();
        assert_eq!(code, Some(0), "{left}");
        let done = sandbox.json(["list", "--status", "skipped"]);
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
