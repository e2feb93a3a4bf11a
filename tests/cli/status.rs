//! `status`.

use crate::sandbox::Sandbox;
use crate::shelf;

#[test]
fn progress_pace_and_forecast_of_somebody_under_way() {
    let sandbox = shelf::lived_in();
    insta::assert_snapshot!(sandbox.run(["status"]), @"
    Tools  tools
    ██████████████████████████████ 100%  16 h of 16 h
    1 skipped, not counted
    Stage        Months  Milestones  Skills  Resources  Hours  Done
    ───────────────────────────────────────────────────────────────
    First steps                   -     4/4        1/3  16/16  100%
    since    2026-11-20
    forecast arrived: nothing left

    Web Services  web
    █████████████████▋░░░░░░░░░░░░ 58.8%  20 h of 34 h
    Stage  Months  Milestones  Skills  Resources  Hours  Done
    ─────────────────────────────────────────────────────────
    Build     0-3         1/1     2/2        0/2  20/20  100%
    Run       3-6         0/1     0/2        0/1   0/14    0%
    since    2026-11-20, planned until 2027-05-20, to finish by 2027-06-30, which
             needs about 53 min a week
    pace     4.1 h of the plan a week over 5 weeks; 3.5 h a week over the last 4
    forecast 2026-12-29 at your planned 5 h a week; in 3 to 11 weeks by your pace;
             in time for 2027-06-30; counting what it needs of tools

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
    This week: 8 h of the plan finished; 1 week in a row, longest 2; 4 active days
    in all, mostly on Fridays
    ");
}

#[test]
fn one_path_and_a_narrow_screen() {
    let mut sandbox = shelf::lived_in();
    sandbox.set("COLUMNS", "40");
    insta::assert_snapshot!(sandbox.run(["status", "web"]), @"
    Web Services  web
    ███████░░░░░ 58.8%  20 h of 34 h
    Stage  Hours  Done
    ──────────────────
    Build  20/20  100%
    Run     0/14    0%
    since    2026-11-20, planned until
             2027-05-20, to finish by
             2027-06-30, which needs about
             53 min a week
    pace     4.1 h of the plan a week over 5
             weeks; 3.5 h a week over the
             last 4
    forecast 2026-12-29 at your planned 5 h
             a week; in 3 to 11 weeks by
             your pace; in time for
             2027-06-30; counting what it
             needs of tools

    Activity
         Jun  Jul Aug  Sep Oct Nov
    Mon ·························█
        ··························
    Wed ··························
        ··························
    Fri ···················█▒··█··
        ·························
    Sun ·························
    less · ░ ▒ ▓ █ more
    This week: 8 h of the plan finished; 1
    week in a row, longest 2; 4 active days
    in all, mostly on Fridays
    ");
}

#[test]
fn before_there_is_history_nothing_is_foretold() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.run(["status", "web"]), @"
    Web Services  web
    ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 0%  0 h of 34 h
    Stage  Months  Milestones  Skills  Resources  Hours  Done
    ─────────────────────────────────────────────────────────
    Build     0-3         0/1     0/2        0/2   0/20    0%
    Run       3-6         0/1     0/2        0/1   0/14    0%
    since    2026-11-20, planned until 2027-05-20
    forecast none yet: it needs two weeks of history

    No activity yet: `milepost done REF` records some.
    ");
}

#[test]
fn what_is_planned_stands_in_for_a_pace() {
    let sandbox = shelf::home();
    sandbox.ok(["start", "web", "--hours-per-week", "5"]);
    let path = sandbox.json(["status", "web"])["paths"][0].clone();
    // 20 hours of one path and 30 of the other, at 5 a week; what stands in both counts once.
    let steady = serde_json::json!({"on": "2027-03-04", "hours_per_week": 5.0, "basis": "plan"});
    assert_eq!((&path["steady"], &path["pace"]), (&steady, &serde_json::Value::Null));
    let text = sandbox.ok(["status", "web"]);
    let forecast = text.split_once("forecast ").unwrap().1.split_once("\n\n").unwrap().0;
    insta::assert_snapshot!(forecast, @"
    2027-03-04 at your planned 5 h a week; likely January to May 2027;
             might miss 2027-05-20; counting what it needs of tools
    ");
}

#[test]
fn a_target_says_what_it_needs_and_that_it_has_passed() {
    let mut sandbox = shelf::home();
    sandbox.ok(["start", "tools", "--by", "2026-12-18", "--hours-per-week", "5"]);
    let since = |sandbox: &Sandbox| {
        let text = sandbox.ok(["status", "tools"]);
        text.lines().find(|line| line.starts_with("since")).unwrap().to_owned()
    };
    insta::assert_snapshot!(since(&sandbox), @"since    2026-11-20, to finish by 2026-12-18, which needs about 7.2 h a week");
    sandbox.set("MILEPOST_NOW", "2026-12-19T10:00:00Z");
    insta::assert_snapshot!(since(&sandbox), @"since    2026-11-20, to finish by 2026-12-18, which has passed");
}

#[test]
fn the_activity_of_a_path_is_that_of_its_pace() {
    let sandbox = shelf::home();
    sandbox.ok(["start", "web"]);
    sandbox.ok(["done", "pipes", "--on", "3 weeks ago"]);
    let status = sandbox.json(["status", "web"]);
    // Only what the path requires moved.
    assert_eq!(status["paths"][0]["pace"]["basis"], "planned");
    assert_eq!(status["activity"]["active_days"], 1);
    let days = &status["activity"]["days"];
    assert_eq!((&days[0]["items"], &days[0]["minutes"]), (&1.into(), &0.into()));
}

#[test]
fn an_old_mark_and_a_day_in_which_nothing_happened_leave_the_pace() {
    let mut sandbox = shelf::home();
    sandbox.set("MILEPOST_NOW", "2026-11-01T10:00:00Z");
    sandbox.ok(["start", "web"]);
    for (item, on) in [("pipes", "2026-11-02"), ("scripts", "2026-11-05")] {
        sandbox.set("MILEPOST_NOW", &format!("{on}T10:00:00Z"));
        sandbox.ok(["done", item]);
    }
    let pace = |sandbox: &mut Sandbox, day: u32| {
        sandbox.set("MILEPOST_NOW", &format!("2026-11-{day:02}T21:00:00Z"));
        let status = sandbox.json(["status", "web"]);
        status["paths"][0]["pace"]["hours_per_week"].as_f64().unwrap()
    };
    let days: Vec<f64> = (15..30).map(|day| pace(&mut sandbox, day)).collect();
    assert!(days.windows(2).all(|pair| pair[1] <= pair[0] && pair[0] - pair[1] < 0.5), "{days:?}");
    sandbox.ok(["done", "web/rest", "--on", "2019-05-01"]);
    assert_eq!(pace(&mut sandbox, 29), days[14], "years ago is neither time nor work");
    // What is for a day to come is nothing yet.
    sandbox.set("MILEPOST_NOW", "2031-01-01T10:00:00Z");
    sandbox.ok(["done", "alerts"]);
    assert_eq!(pace(&mut sandbox, 29), days[14]);
    let status = sandbox.json(["status", "web"]);
    assert_eq!(status["activity"]["active_days"], 3);
}

#[test]
fn a_path_that_is_through_has_arrived() {
    let sandbox = shelf::home();
    sandbox.ok(["start", "tools"]);
    sandbox.ok(["done", "tools", "--yes", "--on", "3 weeks ago"]);
    insta::assert_snapshot!(sandbox.run(["status"]), @"
    Tools  tools
    ██████████████████████████████ 100%  20 h of 20 h
    Stage        Months  Milestones  Skills  Resources  Hours  Done
    ───────────────────────────────────────────────────────────────
    First steps                 1/1     4/4        0/3  20/20  100%
    since    2026-11-20
    forecast arrived: nothing left

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
    This week: nothing yet; 0 weeks in a row, longest 1; 1 active day in all
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
    you follow no path yet: `milepost paths` lists them
    $ status wbe
    --- stderr ---
    error: there is no path `wbe`
    hint: did you mean `web`?
    [exit 1]
    $ status web
    Web Services  web
    ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 0%  0 h of 34 h
    Stage  Months  Milestones  Skills  Resources  Hours  Done
    ─────────────────────────────────────────────────────────
    Build     0-3         0/1     0/2        0/2   0/20    0%
    Run       3-6         0/1     0/2        0/1   0/14    0%
    forecast none yet: it needs two weeks of history

    No activity yet: `milepost done REF` records some.
    ");
}

#[test]
fn the_hours_that_are_left_over_time() {
    let mut sandbox = shelf::lived_in();
    insta::assert_snapshot!(sandbox.run(["status", "web", "--burndown"]), @"
    Web Services (web): hours left
        47 h│⢹
            │⢸
            │⠸⠤⠤⠤⡄
            │    ⡇
            │    ⠉⢹⣀⣀⣀⣀⣀⡀
            │           ⡇
        21 h│           ⠓⠒⢲
            │             ⢸
            │             ⠘⠒⡦⠆ ⠄ ⠄ ⡀ ⡀
            │               ⠈  ⠈⠑⠂ ⢀⡀  ⠁ ⠁ ⠂ ⠂ ⠄ ⠄ ⡀ ⡀
            │                 ⠐⡄    ⠈  ⠤⣀              ⠁ ⠁ ⠂ ⠂ ⠄ ⠄ ⡀ ⡀
         0 h│                  ⠈           ⠒⠤                          ⠁ ⠁ ⠂ ⠂ ⠄ ⠄ ⡀
             2026-09-24                                                   2027-06-30
             ⠤⠤⠤⠤ left ⠤⠤ ⠤ forecast ⠄ ⠄ plan
             counting what it needs of tools
    ");
    sandbox.set("TERM", "dumb");
    let said = sandbox.ok(["status", "web", "--burndown"]);
    assert!(said.is_ascii(), "{said}");
    insta::assert_snapshot!(shelf::following().run(["status", "tools", "--burndown"]), @"
    Tools (tools): hours left
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
             no forecast yet: it needs two weeks of history
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

#[test]
fn what_is_skipped_counts_in_no_view() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "skip pipes
         skip shell-book
         status tools
         show tools
         skip scripts",
    ), @"
    $ skip pipes
    [-] Pipes  tools/pipes
        Shell: 0 of 1 skill done
    $ skip shell-book
    [-] The Shell Book  tools/shell-book
    $ status tools
    Tools  tools
    ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 0%  0 h of 15 h
    1 skipped, not counted
    Stage        Months  Milestones  Skills  Resources  Hours  Done
    ───────────────────────────────────────────────────────────────
    First steps                 0/1     0/3        0/2   0/15    0%
    since    2026-11-20
    forecast none yet: it needs two weeks of history

    No activity yet: `milepost done REF` records some.
    $ show tools
    Tools  tools
    ░░░░░░░░░░░░░░░░░░░░ 0%  0 h of 15 h
    What everything else is made with.

    First steps  0%
      Shell  shell  10 h
        [-] Pipes  pipes
        [ ] Scripts  scripts
        0 of 1 resource done
      Networks  networks  6 h
        [ ] HTTP  http
        [ ] Reading logs  logs
        0 of 1 resource done
      [ ] A backup script  backup-script  4 h  needs Shell
    $ skip scripts
    [-] Scripts  tools/scripts
    unlocked milestone: A backup script  tools/backup-script
    ");
}

#[test]
fn a_line_for_a_prompt() {
    let mut sandbox = shelf::home();
    assert_eq!(sandbox.run(["status", "--short"]), "", "there is no record");
    assert!(!sandbox.db().exists());
    sandbox.ok(["away", "2026-12-24", "2026-12-26"]);
    assert_eq!(sandbox.run(["status", "--short"]), "", "nothing is followed");

    let sandbox_with = |lines: &[&str]| {
        let sandbox = shelf::lived_in();
        lines.iter().for_each(|line| drop(sandbox.ok(crate::sandbox::words(line))));
        sandbox
    };
    sandbox = sandbox_with(&[]);
    assert_eq!(sandbox.run(["status", "--short"]), "web 58.8%, 222d left\n");
    for args in
        ["status --short --color always", "status --short --quiet", "--no-input status --short web"]
    {
        assert_eq!(sandbox.run(crate::sandbox::words(args)), "web 58.8%, 222d left\n", "{args}");
    }
    // A path that is finished is no news beside others, and is the news where it is named.
    assert_eq!(sandbox.run(["status", "--short", "tools"]), "tools 100%\n");
    for (now, left) in [
        ("2027-06-29T09:00:00+01:00", "1d left"),
        ("2027-06-30T09:00:00+01:00", "last day"),
        ("2027-07-03T09:00:00+01:00", "3d late"),
    ] {
        sandbox.set("MILEPOST_NOW", now);
        assert_eq!(sandbox.run(["status", "--short"]), format!("web 58.8%, {left}\n"));
    }
    sandbox = sandbox_with(&["done web --known --yes"]);
    assert_eq!(sandbox.run(["status", "--short"]), "tools 100%, web 100%\n");

    sandbox = sandbox_with(&["start foundations ml-engineering"]);
    assert_eq!(sandbox.run(["status", "--short"]), "web 58.8%, 2 more, 222d left\n");
    sandbox.write("grades.toml", "[grades]\n\"web/question:idempotency\" = \"again\"\n");
    sandbox.ok(["interview", "--answers", "grades.toml"]);
    sandbox.set("MILEPOST_NOW", "2026-11-30T09:00:00+01:00");
    assert_eq!(sandbox.run(["status", "--short"]), "web 58.8%, 2 more, 212d left, 1 due\n");
    sandbox.set("COLUMNS", "30");
    let narrow = sandbox.run(["status", "--short"]);
    assert_eq!(narrow, "web 58.8%, 2 more, 212d left,…\n");
    assert_eq!(
        sandbox.run(["status", "--short", "wbe"]),
        "--- stderr ---\n\
        error: there is no path `wbe`\nhint: did you mean `web`?\n[exit 1]\n"
    );
    let (short, long) = (sandbox.json(["status", "--short"]), sandbox.json(["status"]));
    assert_eq!(short, long);
    sandbox.write(".local/share/milepost/progress.db", "no record");
    assert_eq!(sandbox.code(["status", "--short"]), 3);
}

#[test]
fn a_line_for_a_prompt_is_silent_about_what_other_commands_tell() {
    let sandbox = shelf::lived_in();
    sandbox.write(".config/milepost/paths/broken.toml", "format = 1\nid = \"broken\n");
    sandbox.write(".config/milepost/paths/web.toml", "format = 1\nid = \"web\n");
    assert!(sandbox.run(["status"]).contains("warning:"));
    for _ in 0..2 {
        let said = sandbox.run(["status", "--short"]);
        assert!(!said.contains("stderr") && !said.contains("warning"), "{said}");
    }
    assert!(sandbox.run(["status"]).contains("warning:"));
}
