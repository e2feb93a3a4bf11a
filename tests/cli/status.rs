//! `status`.

use crate::sandbox::Sandbox;
use crate::shelf;

#[test]
fn progress_pace_and_forecast_of_somebody_under_way() {
    let sandbox = shelf::lived_in();
    insta::assert_snapshot!(sandbox.run(["status"]), @"
    Tools tools
    ██████████████████████████████ 100 %  16 h of 16 h
    1 skipped, not counted
    Stage        Months  Milestones  Skills  Resources  Hours   Done
    ────────────────────────────────────────────────────────────────
    First steps                 0/1     4/4        1/3  16/16  100 %
    since    2026-11-20
    pace     30 min a week over the last 6 weeks; nothing a week over the last 4
    forecast arrived: nothing is left

    Web Services web
    █████████████████▋░░░░░░░░░░░░ 58.8 %  20 h of 34 h
    Stage  Months  Milestones  Skills  Resources  Hours   Done
    ──────────────────────────────────────────────────────────
    Build     0-3         1/1     2/2        0/2  20/20  100 %
    Run       3-6         0/1     0/2        0/1   0/14    0 %
    since    2026-11-20, planned until 2027-05-20, to finish by 2027-06-30
    pace     2.8 h a week over the last 6 weeks; 3.5 h a week over the last 4
    forecast between 2027-01-06 and 2027-04-09; in time, counting what it needs of
             tools

    Activity
          Jun       Jul     Aug       Sep     Oct     Nov
    Mon · · · · · · · · · · · · · · · · · · · · · · · · · █
        · · · · · · · · · · · · · · · · · · · · · · · · · ·
    Wed · · · · · · · · · · · · · · · · · · · · · · · · · ·
        · · · · · · · · · · · · · · · · · · · · · · · · · ·
    Fri · · · · · · · · · · · · · · · · · · · ▒ ▒ · · █ · ·
        · · · · · · · · · · · · · · · · · · · · · · · · ·
    Sun · · · · · · · · · · · · · · · · · · · · · · · · ·
    less · ░ ▒ ▓ █ more
    8 h this week; 1 week in a row, longest 2; 4 active days in all, mostly on
    Fridays
    ");
}

#[test]
fn one_path_and_a_narrow_screen() {
    let mut sandbox = shelf::lived_in();
    sandbox.set("COLUMNS", "40");
    insta::assert_snapshot!(sandbox.run(["status", "web"]), @"
    Web Services web
    ███████░░░░░ 58.8 %  20 h of 34 h
    Stage  Hours   Done
    ───────────────────
    Build  20/20  100 %
    Run     0/14    0 %
    since    2026-11-20, planned until
             2027-05-20, to finish by
             2027-06-30
    pace     2.8 h a week over the last 6
             weeks; 3.5 h a week over the
             last 4
    forecast between 2027-01-06 and
             2027-04-09; in time, counting
             what it needs of tools

    Activity
         Jun  Jul Aug  Sep Oct Nov
    Mon ·························█
        ··························
    Wed ··························
        ··························
    Fri ···················█···█··
        ·························
    Sun ·························
    less · ░ ▒ ▓ █ more
    8 h this week; 1 week in a row, longest
    1; 3 active days in all, mostly on
    Fridays
    ");
}

#[test]
fn before_there_is_history_nothing_is_foretold() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.run(["status", "web"]), @"
    Web Services web
    ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 0 %  0 h of 34 h
    Stage  Months  Milestones  Skills  Resources  Hours  Done
    ─────────────────────────────────────────────────────────
    Build     0-3         0/1     0/2        0/2   0/20   0 %
    Run       3-6         0/1     0/2        0/1   0/14   0 %
    since    2026-11-20, planned until 2027-05-20
    forecast no forecast before two weeks of history

    No activity yet: `milepost done REF` records the first.
    ");
}

#[test]
fn what_is_planned_stands_in_for_a_pace() {
    let sandbox = shelf::home();
    sandbox.ok(["start", "web", "--hours-per-week", "5"]);
    let status = sandbox.json(["status", "web"]);
    let note = status["paths"][0]["forecast_note"].as_str().unwrap();
    // 20 hours of one path and 30 of the other, at 5 a week; what stands in both counts once.
    insta::assert_snapshot!(note, @"no forecast before two weeks of history; at the planned 5 h a week: 2027-03-05");
}

#[test]
fn a_path_that_is_through_has_arrived() {
    let sandbox = shelf::home();
    sandbox.ok(["start", "tools"]);
    sandbox.ok(["done", "tools", "--yes", "--on", "3 weeks ago"]);
    insta::assert_snapshot!(sandbox.run(["status"]), @"
    Tools tools
    ██████████████████████████████ 100 %  20 h of 20 h
    Stage        Months  Milestones  Skills  Resources  Hours   Done
    ────────────────────────────────────────────────────────────────
    First steps                 1/1     4/4        0/3  20/20  100 %
    since    2026-11-20
    forecast arrived: nothing is left

    Activity
          Jun       Jul     Aug       Sep     Oct     Nov
    Mon · · · · · · · · · · · · · · · · · · · · · · · · · ·
        · · · · · · · · · · · · · · · · · · · · · · · · · ·
    Wed · · · · · · · · · · · · · · · · · · · · · · · · · ·
        · · · · · · · · · · · · · · · · · · · · · · · · · ·
    Fri · · · · · · · · · · · · · · · · · · · · · · █ · · ·
        · · · · · · · · · · · · · · · · · · · · · · · · ·
    Sun · · · · · · · · · · · · · · · · · · · · · · · · ·
    less · ░ ▒ ▓ █ more
    0 h this week; 0 weeks in a row, longest 1; 1 active day in all
    ");
}

#[test]
fn a_hundred_percent_is_said_only_when_nothing_is_left() {
    let sandbox = shelf::following();
    let percent = |sandbox: &Sandbox| {
        let status = sandbox.json(["status", "web"]);
        status["paths"][0]["progress"]["percent"].as_f64().unwrap()
    };
    sandbox.ok(["done", "web", "--yes"]);
    assert_eq!(percent(&sandbox), 100.0);
    sandbox.ok(["todo", "on-call"]);
    let left = percent(&sandbox);
    assert!(left < 100.0);
    sandbox.ok(["skip", "on-call"]);
    assert_eq!(percent(&sandbox), 100.0, "what is skipped is not left");
}

#[test]
fn every_view_says_the_same_percentage() {
    let sandbox = shelf::lived_in();
    let status = sandbox.json(["status"]);
    let paths = sandbox.json(["paths"]);
    let dashboard = sandbox.json([""; 0]);
    for path in status["paths"].as_array().unwrap() {
        let id = &path["id"];
        let percent = &path["progress"]["percent"];
        let listed = paths["paths"].as_array().unwrap().iter().find(|one| one["id"] == *id);
        assert_eq!(&listed.unwrap()["percent"], percent, "paths, {id}");
        let on_board = dashboard["paths"].as_array().unwrap().iter().find(|one| one["id"] == *id);
        assert_eq!(&on_board.unwrap()["progress"], &path["progress"], "dashboard, {id}");
        let shown = sandbox.json(["show", id.as_str().unwrap()]);
        assert_eq!(&shown["progress"], &path["progress"], "show, {id}");
    }
}

#[test]
fn nothing_followed_and_unknown_paths() {
    let sandbox = shelf::home();
    insta::assert_snapshot!(sandbox.play(
        "status
         status wbe
         status web",
    ), @"
    $ status
    --- stderr ---
    no path is followed yet: `milepost paths` lists them
    $ status wbe
    --- stderr ---
    error: there is no path `wbe`
    hint: `milepost paths` lists all of them
    [exit 1]
    $ status web
    Web Services web
    ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 0 %  0 h of 34 h
    Stage  Months  Milestones  Skills  Resources  Hours  Done
    ─────────────────────────────────────────────────────────
    Build     0-3         0/1     0/2        0/2   0/20   0 %
    Run       3-6         0/1     0/2        0/1   0/14   0 %
    forecast no forecast before two weeks of history

    No activity yet: `milepost done REF` records the first.
    ");
}

#[test]
fn the_hours_that_are_left_over_time() {
    let mut sandbox = shelf::lived_in();
    insta::assert_snapshot!(sandbox.run(["status", "web", "--burndown"]), @"
    Web Services hours left, web
        47 h│⢹
            │⢸
            │⠸⠤⠤⠤⡄
            │    ⡇
            │    ⠉⢹⣀⣀⣀⣀⣀⡀
            │           ⡇
        21 h│           ⠓⠒⢲
            │             ⢸
            │             ⠘⠒⠶⡆ ⢄⣀⡄ ⡀ ⡀
            │                  ⠠⢄⡀ ⠈⠑⠂ ⠡⠤⠅ ⢂ ⠂ ⠄ ⠄ ⡀ ⡀
            │                      ⠠⡀       ⠉⠁ ⠐⠒⠂ ⠠⣀⡀ ⠁ ⠁ ⠂ ⠂ ⠄ ⠄ ⡀ ⡀
         0 h│                       ⠈⠁ ⢀               ⠈⠉⠂ ⠠⠤⠄         ⠁ ⠁ ⠂ ⠂ ⠄ ⠄ ⡀
             2026-09-24                                                   2027-06-30
             ⠤⠤⠤⠤ left ⠤⠤ ⠤ forecast ⠄ ⠄ plan
             counting what it needs of tools
    ");
    sandbox.set("TERM", "dumb");
    let said = sandbox.ok(["status", "web", "--burndown"]);
    assert!(said.is_ascii(), "{said}");
    insta::assert_snapshot!(shelf::following().run(["status", "tools", "--burndown"]), @"
    Tools hours left, tools
        20 h│⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉
            │
            │
            │
            │
            │
       9.1 h│
            │
            │
            │
            │
         0 h│
             2026-11-19                                                   2026-11-20
             ⠤⠤⠤⠤ left
             no forecast before two weeks of history
    ");
}

#[test]
fn only_ascii_is_drawn_where_the_locale_or_the_console_has_no_more() {
    let drawn = |env: &[(&str, &str)]| {
        let mut sandbox = shelf::following();
        for (name, value) in env {
            sandbox.set(name, value);
        }
        let said = sandbox.ok(["status", "tools", "--burndown"]);
        said.chars().any(|c| matches!(c, '\u{2580}'..='\u{259f}' | '\u{2800}'..='\u{28ff}'))
    };
    for (env, expected) in [
        (&[][..], true),
        (&[("LANG", "C.UTF-8")], true),
        (&[("LC_ALL", "en_US.utf8"), ("LANG", "C")], true),
        (&[("LC_ALL", ""), ("LC_CTYPE", "de_DE.UTF-8"), ("LANG", "C")], true),
        (&[("LC_ALL", "C"), ("LANG", "en_US.UTF-8")], false),
        (&[("LC_CTYPE", "POSIX")], false),
        (&[("LANG", "de_DE.ISO-8859-1")], false),
        (&[("LANG", "de_DE@euro")], false),
        (&[("LANG", "C.UTF-8"), ("TERM", "linux")], false),
    ] {
        assert_eq!(drawn(env), expected, "{env:?}");
    }
}
