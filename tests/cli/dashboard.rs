//! The dashboard: `milepost` alone, for somebody who follows a path.

use crate::sandbox::{Sandbox, words};
use crate::shelf;

fn dashboard(sandbox: &Sandbox) -> String {
    sandbox.ok([""; 0])
}

/// A sandbox on the evening of a day.
fn on(sandbox: &mut Sandbox, day: &str) {
    sandbox.set("MILEPOST_NOW", &format!("{day}T19:00:00Z"));
}

#[test]
fn later_it_is_the_dashboard() {
    let sandbox = shelf::lived_in();
    insta::assert_snapshot!(sandbox.run([""; 0]), @"
    Tools                          ████████████████████████   100%  16 h of 16 h
    Web Services                   ██████████████░░░░░░░░░░  58.8%  20 h of 34 h
      Build                        ████████████████████████   100%
      Run                          ░░░░░░░░░░░░░░░░░░░░░░░░     0%
      you arrive 2026-12-29 at your planned 5 h a week, in time for 2027-06-30
    This week: 8 h of the plan finished (planned: 5 h); 1 active week in a row

    In progress
    [~] Designing APIs  web/rest-guide (guide, 3 h, since 2026-10-30)

    Next
    1. Staying Up  web/ops-book (book, 20 h)
       teaches Log pipelines and Alerts, to start Operations

    How far have you come? `milepost assess` asks, area by area.
    `milepost next` shows more; record with `milepost study REF 45m` or `milepost
      done REF`.
    ");
}

#[test]
fn the_dashboard_of_somebody_who_is_through() {
    let sandbox = shelf::following();
    sandbox.ok(["done", "tools", "web", "--yes"]);
    insta::assert_snapshot!(sandbox.run([""; 0]), @"
    Tools                          ████████████████████████   100%  20 h of 20 h
      you finished it on 2026-11-20: `milepost export tools --public`
    Web Services                   ████████████████████████   100%  34 h of 34 h
      Build                        ████████████████████████   100%
      Run                          ████████████████████████   100%
      you finished it on 2026-11-20: `milepost export web --public`
    This week: 48 h of the plan finished; 1 active week in a row

    You have arrived. `milepost paths` shows where to go next.

    How far have you come? `milepost assess` asks, area by area.
    ");
}

#[test]
fn an_evening_with_something_in_progress() {
    let mut sandbox = shelf::searching();
    for line in [
        "start search --hours-per-week 6",
        "study manual 1h30 --on monday",
        "done manual --on wednesday",
        "study wiki 1h45",
        "study wiki 30m --on 2026-11-02",
    ] {
        sandbox.ok(words(line));
    }
    insta::assert_snapshot!(dashboard(&sandbox), @"
    Search                         ░░░░░░░░░░░░░░░░░░░░░░░░     0%  0 h of 26 h
      you arrive 2026-12-15 at your planned 6 h a week
    This week: 3.3 h of 6 h studied; 1 active week in a row
    To prove: Flat indexes: `milepost next`

    In progress
    [~] The Wiki  search/wiki (docs, 2.7 of 6 h left, since 2026-11-02)

    `milepost next` shows more; record with `milepost study REF 45m` or `milepost
      done REF`.
    ");
    sandbox.set("COLUMNS", "40");
    insta::assert_snapshot!(dashboard(&sandbox), @"
    Search
      ░░░░░░░░░░ 0%
      you arrive 2026-12-15 at your planned
        6 h a week
    This week: 3.3 h of 6 h studied; 1
      active week in a row
    To prove: Flat indexes: `milepost next`

    In progress
    [~] The Wiki
        search/wiki (docs, 2.7 of 6 h left,
        since 2026-11-02)

    `milepost next` shows more; record with
      `milepost study REF 45m` or `milepost
      done REF`.
    ");
}

#[test]
fn questions_that_are_due_say_how_long_they_take() {
    let mut sandbox = shelf::lived_in();
    sandbox.write("grades.toml", "[grades]\n\"web/question:idempotency\" = \"again\"\n");
    sandbox.ok(["interview", "--answers", "grades.toml"]);
    on(&mut sandbox, "2026-11-22");
    let said = dashboard(&sandbox);
    assert!(
        said.contains("1 interview question is due, about 3 min: `milepost interview`"),
        "{said}"
    );
    assert_eq!(sandbox.json([""; 0])["reviews_minutes"], 3);
}

#[test]
fn after_a_pause_you_are_welcome() {
    let mut sandbox = shelf::lived_in();
    on(&mut sandbox, "2027-01-03");
    let said = dashboard(&sandbox);
    insta::assert_snapshot!(said.split_once("\n\n").unwrap().0, @"
    Welcome back: nothing recorded since 2026-11-20.
    If you were away, record it: `milepost away 2026-11-21 2027-01-02`
    ");
    assert_eq!(sandbox.json([""; 0])["pause"]["days"], 44);
    // What it offers works.
    let command = said.split('`').nth(1).unwrap();
    sandbox.ok(command.split(' ').skip(1));
    let away = dashboard(&sandbox);
    assert!(!away.contains("Welcome"), "{away}");
    // Any record ends it, for whatever day.
    let mut sandbox = shelf::lived_in();
    on(&mut sandbox, "2027-01-03");
    sandbox.ok(["note", "rest", "again", "--on", "2026-11-21"]);
    assert!(!dashboard(&sandbox).contains("Welcome"));
}

#[test]
fn a_target_is_met_missed_or_passed() {
    let mut sandbox = shelf::home();
    let arrival = |sandbox: &Sandbox| -> String {
        let said = dashboard(sandbox);
        let lines = said.lines().skip_while(|line| !line.starts_with("  you arrive"));
        let shown = lines.take_while(|line| line.starts_with("  "));
        shown.map(|line| format!("{line}\n")).collect::<Vec<_>>().concat()
    };
    let mut said = String::new();
    for by in ["2027-06-30", "2026-12-04"] {
        sandbox.ok(["start", "web", "--hours-per-week", "6", "--by", by]);
        said += &arrival(&sandbox);
    }
    on(&mut sandbox, "2026-12-05");
    said += &arrival(&sandbox);
    insta::assert_snapshot!(said, @"
    you arrive 2027-02-15 at your planned 6 h a week, in time for 2027-06-30
    you arrive 2027-02-15 at your planned 6 h a week; by 2026-12-04 at 35 h a week
    you arrive 2027-03-02 at your planned 6 h a week; your target, 2026-12-04, has
      passed: `milepost start web --by DATE` sets another
    ");
    let sandbox = shelf::following();
    let said = dashboard(&sandbox);
    assert!(
        said.contains("to see when you arrive: `milepost start web --hours-per-week 6`"),
        "{said}"
    );
}

#[test]
fn what_helps_is_suggested() {
    let sandbox = shelf::home();
    sandbox.ok(words("start web --role operator"));
    let text = "How far have you come? `milepost assess` asks, area by area.";
    assert!(dashboard(&sandbox).contains(&format!("\n{text}\n")));
    let suggestion = &sandbox.json([""; 0])["suggestion"];
    assert_eq!(*suggestion, serde_json::json!({ "code": "assess", "text": text }));
}

#[test]
fn it_fits_a_screen() {
    let mut sandbox = Sandbox::new();
    let fits = |sandbox: &Sandbox| {
        let said = dashboard(sandbox);
        assert!(said.lines().count() < 24, "{said}");
        assert!(said.lines().all(|line| line.chars().count() <= 80), "{said}");
        said
    };
    sandbox.ok(words("start ai-integration ml-engineering --hours-per-week 6 --by 2027-06-30"));
    fits(&sandbox);
    for line in [
        "study fastapi-docs 20m",
        "done foundations --yes",
        "doing rest-principles openai-docs openai-cookbook ai-integration/pretrained-model-api",
    ] {
        sandbox.ok(words(line));
    }
    let said = fits(&sandbox);
    assert!(said.contains(" more: `milepost list --status doing`"), "{said}");
    assert!(said.contains("\nNext\n1. ") && said.contains("`milepost assess`"), "{said}");
    assert!(said.contains("This week: 20 min of 12 h studied on all paths together"), "{said}");
    let plan = sandbox.ok(["plan", "--weeks", "1"]);
    assert!(plan.contains(" of plan, at 12 h a week, the total of your paths\n"), "{plan}");
    let asked = sandbox.ok(words("plan --weeks 1 --hours-per-week 12"));
    assert!(asked.contains(" of plan, at 12 h a week\n"), "{asked}");
    assert!(said.contains("(docs, 20 min of "), "not all of its hours again: {said}");
    on(&mut sandbox, "2027-08-01");
    let said = fits(&sandbox);
    assert!(said.starts_with("Welcome back") && said.contains("\nNext\n1. "), "{said}");
}
