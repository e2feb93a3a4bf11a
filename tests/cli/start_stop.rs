//! `start` and `stop`.

use crate::sandbox::Sandbox;
use crate::shelf;

#[test]
fn less_than_a_minute_a_week_is_no_plan() {
    let sandbox = Sandbox::new();
    for hours in ["1e-9", "0.001", "1e-300"] {
        let said = sandbox.run(["start", "foundations", "--hours-per-week", hours]);
        assert!(
            said.contains(" hours a week is impossible") && said.contains("[exit 2]"),
            "{said}"
        );
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
    following Tools (tools): 20 h, required by web
    following Web Services (web): 34 h, by 2027-06-30, 5 h a week
        needs about 2.4 h a week: 75 h of plan until 2027-06-30
    --- stderr ---
    `milepost next` says what to study first, and why
    $ start web
    you already follow tools; nothing changed
    you already follow web; nothing changed
    $ start tools web --hours-per-week 6
    following Tools (tools): 20 h, 6 h a week
    following Web Services (web): 34 h, by 2027-06-30, 6 h a week
        needs about 2.4 h a week: 75 h of plan until 2027-06-30
    --- stderr ---
    `milepost next` says what to study first, and why
    $ log
    2026-11-20
      started   Web Services  web
      started   Tools  tools
      started   Web Services  web
      started   Tools  tools
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
fn what_is_named_changes_and_none_takes_it_away() {
    let sandbox = shelf::home();
    insta::assert_snapshot!(sandbox.play(
        "start web --on \"3 weeks ago\" --by 2027-01-29 --hours-per-week 2 --role operator
         away 2026-12-20 2027-01-02
         start web --by 2027-01-28
         start web --on 2026-09-01
         start web --on 2026-09-01
         start web --hours-per-week none
         start web --by none --role none
         start web --by none --hours-per-week none --role none
         start web --by tomorrow
         start web --on tomorrow
         start tools --known shell --known http
         undo
         start tools --known shell --on \"1 week ago\"
         log --limit 6",
    ), @r#"
    $ start web --on "3 weeks ago" --by 2027-01-29 --hours-per-week 2 --role operator
    following Tools (tools): 20 h, required by web, since 2026-10-30
    following Web Services (web): 34 h, since 2026-10-30, by 2027-01-29, 2 h a week,
      to be ready for operator
        needs about 7.4 h a week, more than your planned 2 h: 75 h of plan until
        2027-01-29
    --- stderr ---
    `milepost next` says what to study first, and why
    $ away 2026-12-20 2027-01-02
    away 2026-12-20 to 2027-01-02 (14 days)
    $ start web --by 2027-01-28
    following Web Services (web): 34 h, since 2026-10-30, by 2027-01-28, 2 h a week,
      to be ready for operator
        needs about 9.4 h a week, more than your planned 2 h: 75 h of plan until
        2027-01-28
    you already follow tools; nothing changed
    --- stderr ---
    `milepost next` says what to study first, and why
    $ start web --on 2026-09-01
    following Web Services (web): 34 h, since 2026-09-01, by 2027-01-28, 2 h a week,
      to be ready for operator
        needs about 9.4 h a week, more than your planned 2 h: 75 h of plan until
        2027-01-28
    you already follow tools; nothing changed
    --- stderr ---
    `milepost next` says what to study first, and why
    $ start web --on 2026-09-01
    you already follow tools; nothing changed
    you already follow web; nothing changed
    $ start web --hours-per-week none
    following Web Services (web): 34 h, since 2026-09-01, by 2027-01-28, to be ready
      for operator
        needs about 9.4 h a week: 75 h of plan until 2027-01-28
    you already follow tools; nothing changed
    --- stderr ---
    `milepost next` says what to study first, and why
    $ start web --by none --role none
    following Web Services (web): 34 h, since 2026-09-01
    you already follow tools; nothing changed
    --- stderr ---
    `milepost next` says what to study first, and why
    $ start web --by none --hours-per-week none --role none
    you already follow tools; nothing changed
    you already follow web; nothing changed
    $ start web --by tomorrow
    following Web Services (web): 34 h, since 2026-09-01, by 2026-11-21
        75 h of plan do not fit before 2026-11-21
    you already follow tools; nothing changed
    --- stderr ---
    `milepost next` says what to study first, and why
    $ start web --on tomorrow
    --- stderr ---
    error: "tomorrow" is in the future (today is 2026-11-20)
    hint: write 2026-11-20, today, yesterday, a weekday, 3 days ago or 2 weeks ago
    [exit 2]
    $ start tools --known shell --known http
    you already follow tools; nothing changed
    3 goals credited as known
    --- stderr ---
    `milepost next` says what to study first, and why
    $ undo
    [ ] Pipes  tools/pipes  todo again, was done
    [ ] Scripts  tools/scripts  todo again, was done
    [ ] HTTP  tools/http  todo again, was done
    $ start tools --known shell --on "1 week ago"
    following Tools (tools): 20 h, since 2026-11-13
    2 goals credited as known
    --- stderr ---
    `milepost next` says what to study first, and why
    $ log --limit 6
    2026-11-20
      stopped   Tools  tools
      undone    HTTP  tools/http
      undone    Scripts  tools/scripts
    2026-11-13
      done      Scripts  tools/scripts  credited as known
      done      Pipes  tools/pipes  credited as known
      started   Tools  tools
    "#);
    let status = sandbox.json(["status", "web"]);
    assert_eq!(status["paths"][0]["started_on"], "2026-09-01");
}

#[test]
fn a_target_that_has_passed_is_told_so() {
    let mut sandbox = shelf::home();
    sandbox.ok(["start", "web", "--by", "2026-11-30"]);
    sandbox.set("MILEPOST_NOW", "2026-12-24T09:00:00Z");
    insta::assert_snapshot!(sandbox.play("start web --hours-per-week 4"), @"
    $ start web --hours-per-week 4
    following Web Services (web): 34 h, since 2026-11-20, by 2026-11-30, which has
      passed, 4 h a week
    you already follow tools; nothing changed
    --- stderr ---
    `milepost next` says what to study first, and why
    ");
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
    hint: write 2027-06-30, tomorrow, in 6 months, in a week, 3w, a weekday or next monday, or `none`
    [exit 2]
    $ start web --by someday
    --- stderr ---
    error: "someday" is not a future day
    hint: write 2027-06-30, tomorrow, in 6 months, in a week, 3w, a weekday or next monday, or `none`
    [exit 2]
    $ start web --hours-per-week 0
    --- stderr ---
    error: 0 hours a week is impossible
    hint: a week has 168 hours; 5 to 10 is usual alongside a job
    [exit 2]
    $ start web --hours-per-week 169
    --- stderr ---
    error: 169 hours a week is impossible
    hint: a week has 168 hours; 5 to 10 is usual alongside a job
    [exit 2]
    $ start web --hours-per-week many
    --- stderr ---
    error: "many" is not a number of hours
    hint: write 8 or 7.5, or `none`
    [exit 2]
    $ start web --hours-per-week nan
    --- stderr ---
    error: NaN hours a week is impossible
    hint: a week has 168 hours; 5 to 10 is usual alongside a job
    [exit 2]
    $ start web nope
    --- stderr ---
    error: there is no path `nope`
    hint: `milepost paths` lists them
    [exit 1]
    $ start wbe
    --- stderr ---
    error: there is no path `wbe`
    hint: did you mean `web`?
    [exit 1]
    $ start
    --- stderr ---
    error: `milepost start` needs PATH
      PATH: The paths to follow
    hint: for example `milepost start ai-integration`
    hint: `milepost start --help` explains the rest
    [exit 2]
    $ status
    --- stderr ---
    you follow no path yet: `milepost paths` lists them
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
    stopped following web; its record is kept
    $ stop web
    web was not followed; nothing changed
    $ stop nope tools
    --- stderr ---
    error: there is no path `nope`
    hint: `milepost paths` lists them
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
    following Web Services (web): 34 h
    you already follow tools; nothing changed
    --- stderr ---
    `milepost next` says what to study first, and why
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
    hint: did you mean `web`?
    [exit 1]
    $ stop web
    stopped following web; its record is kept
    $ stop web
    --- stderr ---
    error: there is no path `web`
    hint: `milepost paths` lists them
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
        assert!(sandbox.run(["list"]).contains("you follow no path yet"));
    }
}
