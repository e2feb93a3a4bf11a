//! `milepost` alone, and `paths`.

use milepost::builtin::BUILT_INS;

use crate::sandbox::Sandbox;
use crate::shelf;

/// What ships is content, and can grow.
fn built_in() -> Vec<&'static str> {
    BUILT_INS.paths.iter().map(|path| path.id).collect()
}

#[test]
fn the_first_run_says_what_there_is_and_what_to_type() {
    let sandbox = Sandbox::new();
    let said = sandbox.run([""; 0]);
    let (paths, around): (Vec<&str>, Vec<&str>) =
        said.lines().partition(|line| line.starts_with("  "));
    insta::assert_snapshot!(around.join("\n"), @"
    milepost turns a learning roadmap into something you finish: it says what to
    study next and why, records what you do, and writes your portfolio.

    Available paths:


    To begin, for example: milepost start ai-integration
    ");
    let ids: Vec<&str> = paths.iter().map(|line| line.split_whitespace().next().unwrap()).collect();
    assert_eq!(ids, built_in());
    assert!(paths[0].starts_with("  foundations ") && paths[0].contains("Foundations, "));
    assert!(said.lines().count() <= 24, "one screen: {said}");
    let written = std::fs::read_dir(sandbox.home()).unwrap().count();
    assert_eq!(written, 0, "looking is not a reason to write anything");
}

#[test]
fn the_first_run_cuts_nothing_on_a_narrow_screen() {
    let mut sandbox = Sandbox::new();
    let wide = sandbox.run([""; 0]);
    let words = |said: &str| said.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    sandbox.set("COLUMNS", "40");
    assert_eq!(words(&sandbox.run([""; 0])), words(&wide));
}

#[test]
fn the_command_that_the_first_run_names_works() {
    let sandbox = Sandbox::new();
    let welcome = sandbox.run([""; 0]);
    let command = welcome.lines().last().unwrap().split("milepost ").nth(1).unwrap();
    sandbox.ok(command.split(' '));
    assert!(sandbox.run([""; 0]).contains("\nNext\n"));
}

#[test]
fn the_built_in_paths_are_listed_in_the_order_of_study() {
    let paths = Sandbox::new().json(["paths"]);
    let paths = paths["paths"].as_array().unwrap();
    let ids: Vec<&str> = paths.iter().map(|path| path["id"].as_str().unwrap()).collect();
    assert_eq!(ids, built_in());
    assert_eq!(ids[..3], ["foundations", "ai-integration", "ml-engineering"]);
    assert!(paths.iter().all(|path| path["source"] == "built-in" && path["followed"] == false));
}

/// `paths` without what ships.
fn own_paths(sandbox: &Sandbox) -> String {
    let built_in = built_in();
    let said = sandbox.run(["paths"]);
    let own = said.lines().filter(|line| {
        !built_in.iter().any(|id| line.get(2..).is_some_and(|line| line.starts_with(id)))
    });
    own.map(|line| format!("{}\n", line.split_whitespace().collect::<Vec<_>>().join(" "))).collect()
}

#[test]
fn paths_of_ones_own_say_where_they_come_from_and_how_far_one_is() {
    let sandbox = shelf::lived_in();
    insta::assert_snapshot!(own_paths(&sandbox), @"
    Path Title Goals Resources Hours Done
    ────────────────────────────────────────────────────────────────────────────────
    * tools Tools 5 3 16 h 100%
    * web Web Services 6 3 34 h 58.8%
    * You follow it. `milepost show PATH` shows a path.
    tools comes from ~/.config/milepost/paths/tools.toml
    web comes from ~/.config/milepost/paths/web.toml
    career, in place of the built-in one, comes from
    ~/.config/milepost/paths/career.toml
    ");
}
