//! `start` and `stop`.

use crate::sandbox::Sandbox;
use crate::shelf;

#[test]
fn less_than_a_minute_a_week_is_no_plan() {
    let sandbox = Sandbox::new();
    for hours in ["1e-9", "0.001", "1e-300"] {
        let said = sandbox.run(["start", "foundations", "--hours-per-week", hours]);
        assert!(said.contains(" hours a week cannot be") && said.contains("[exit 2]"), "{said}");
    }
    sandbox.ok(["start", "foundations", "--hours-per-week", "0.02"]);
    // What follows from it is a day, or none; nothing breaks.
    for args in [&["status"][..], &["next"], &["export", "--format", "ics"], &["export"]] {
        assert!(sandbox.code(args) < 2, "{args:?}");
    }
}

#[test]
fn a_path_is_followed_with_those_that_it_requires() {
    let sandbox = shelf::home();
    insta::assert_snapshot!(sandbox.play(
        "start web --by 2027-06-30 --hours-per-week 5
         start web
         start tools web --hours-per-week 6
         log",
    ), @"
    $ start web --by 2027-06-30 --hours-per-week 5
    following Tools tools (20 h, required by web)
    following Web Services web (34 h, by 2027-06-30, 5 h a week)
    --- stderr ---
    next: `milepost next` says what to study first, and why
    $ start web
    tools is followed already; nothing changed
    web is followed already; nothing changed
    $ start tools web --hours-per-week 6
    following Tools tools (20 h, 6 h a week)
    following Web Services web (34 h, by 2027-06-30, 6 h a week)
    --- stderr ---
    next: `milepost next` says what to study first, and why
    $ log
    2026-11-20
      started  Web Services  web
      started  Tools  tools
      started  Web Services  web
      started  Tools  tools
    ");
}

#[test]
fn a_goal_that_is_not_said_again_stays() {
    let sandbox = shelf::home();
    sandbox.ok(["start", "web", "--by", "2027-06-30"]);
    let again = sandbox.json(["start", "web", "--hours-per-week", "6"]);
    let started = &again["started"][0];
    assert_eq!(started["target_on"], "2027-06-30");
    assert_eq!(started["hours_per_week"], 6.0);
    let status = sandbox.json(["status", "web"]);
    assert_eq!(status["paths"][0]["target_on"], "2027-06-30");
    assert_eq!(status["paths"][0]["hours_per_week"], 6.0);
}

#[test]
fn the_hours_of_config_toml_are_for_paths_that_are_named() {
    let sandbox = shelf::home();
    sandbox.write(".config/milepost/config.toml", "hours_per_week = 7\n");
    let started = sandbox.json(["start", "web"]);
    assert_eq!(started["started"][0]["id"], "tools");
    assert_eq!(started["started"][0]["hours_per_week"], serde_json::Value::Null);
    assert_eq!(started["started"][1]["hours_per_week"], 7.0);
    let again = sandbox.json(["start", "web"]);
    assert_eq!(again["unchanged"], serde_json::json!(["tools", "web"]));
}

#[test]
fn goals_that_make_no_sense_are_refused_and_nothing_is_followed() {
    let sandbox = shelf::home();
    insta::assert_snapshot!(sandbox.play(
        "start web --by 2026-11-19
         start web --by someday
         start web --hours-per-week 0
         start web --hours-per-week 169
         start web --hours-per-week many
         start web --hours-per-week nan
         start web nope
         start wbe
         start
         status",
    ), @r#"
    $ start web --by 2026-11-19
    --- stderr ---
    error: "2026-11-19" is in the past (today is 2026-11-20)
    hint: write 2027-06-30, in 6 months, in 10 weeks or in 30 days
    [exit 2]
    $ start web --by someday
    --- stderr ---
    error: "someday" is not a day to come
    hint: write 2027-06-30, in 6 months, in 10 weeks or in 30 days
    [exit 2]
    $ start web --hours-per-week 0
    --- stderr ---
    error: 0 hours a week cannot be
    hint: a week has 168 hours; 5 to 10 are usual beside a job
    [exit 2]
    $ start web --hours-per-week 169
    --- stderr ---
    error: 169 hours a week cannot be
    hint: a week has 168 hours; 5 to 10 are usual beside a job
    [exit 2]
    $ start web --hours-per-week many
    --- stderr ---
    error: invalid value 'many' for '--hours-per-week <N>': invalid float literal

    For more information, try '--help'.
    [exit 2]
    $ start web --hours-per-week nan
    --- stderr ---
    error: NaN hours a week cannot be
    hint: a week has 168 hours; 5 to 10 are usual beside a job
    [exit 2]
    $ start web nope
    --- stderr ---
    error: there is no path `nope`
    hint: `milepost paths` lists all of them
    [exit 1]
    $ start wbe
    --- stderr ---
    error: there is no path `wbe`
    hint: `milepost paths` lists all of them
    [exit 1]
    $ start
    --- stderr ---
    error: the following required arguments were not provided:
      <PATH>...

    Usage: milepost start <PATH>...

    For more information, try '--help'.
    [exit 2]
    $ status
    --- stderr ---
    no path is followed yet: `milepost paths` lists them
    "#);
}

#[test]
fn what_is_left_can_be_taken_up_again() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "done rest
         stop web
         stop web
         stop nope tools
         list
         start web
         list web --status done",
    ), @"
    $ done rest
    [x] REST  web/rest
        APIs: 1 of 2 skills done
    $ stop web
    web is followed no more; what was recorded stays
    $ stop web
    web was not followed; nothing changed
    $ stop nope tools
    --- stderr ---
    error: there is no path `nope`
    hint: `milepost paths` lists all of them
    [exit 1]
    $ list
    [ ]  tools/pipes          skill         5 h  Pipes
    [ ]  tools/scripts        skill         5 h  Scripts
    [ ]  tools/shell-book     book          8 h  The Shell Book
    [ ]  tools/shell-course   course       12 h  Shell in Depth
    [ ]  tools/http           skill         3 h  HTTP
    [ ]  tools/logs           skill         3 h  Reading logs
    [ ]  tools/http-guide     docs       45 min  HTTP, a Guide
    [ ]  tools/backup-script  milestone     4 h  A backup script
    $ start web
    following Web Services web (34 h)
    tools is followed already; nothing changed
    --- stderr ---
    next: `milepost next` says what to study first, and why
    $ list web --status done
    [x]  web/rest  skill  6 h  REST
    ");
}

#[test]
fn a_path_can_be_left_whose_file_is_gone() {
    let sandbox = shelf::following();
    std::fs::remove_file(sandbox.home().join(".config/milepost/paths/web.toml")).unwrap();
    insta::assert_snapshot!(sandbox.play(
        "stop wbe
         stop web
         stop web",
    ), @"
    $ stop wbe
    --- stderr ---
    error: there is no path `wbe`
    hint: `milepost paths` lists all of them
    [exit 1]
    $ stop web
    web is followed no more; what was recorded stays
    $ stop web
    --- stderr ---
    error: there is no path `web`
    hint: `milepost paths` lists all of them
    [exit 1]
    ");
}

#[test]
fn a_misspelt_path_is_suggested_whether_it_is_followed_or_not() {
    let sandbox = shelf::following();
    for _ in 0..2 {
        let said = sandbox.run(["stop", "tols"]);
        assert!(said.contains("did you mean `tools`?") && said.contains("[exit 1]"), "{said}");
        sandbox.ok(["undo"]);
        assert!(sandbox.run(["list"]).contains("no path is followed yet"));
    }
}
