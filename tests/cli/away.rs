//! `away`.

use crate::sandbox::words;
use crate::shelf;

#[test]
fn days_away_are_recorded_changed_and_forgotten() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "away
         away 2026-12-20 2027-01-03 --why skiing
         away 2026-12-24
         away 2027-01-02 2027-01-10
         away 2026-12-18 2026-12-21 --why \"skiing, and the flu\"
         away tomorrow
         away --list
         log --limit 4
         undo
         undo
         redo
         away --remove 2026-12-31
         away --remove 2026-12-31
         away --list
         undo --list
         log --limit 3
         doctor",
    ), @r#"
    $ away
    no days away are recorded
    $ away 2026-12-20 2027-01-03 --why skiing
    away 2026-12-20 to 2027-01-03 (15 days): skiing
    $ away 2026-12-24
    already away 2026-12-20 to 2027-01-03 (15 days): skiing
    $ away 2027-01-02 2027-01-10
    away 2026-12-20 to 2027-01-10 (22 days): skiing
    $ away 2026-12-18 2026-12-21 --why "skiing, and the flu"
    away 2026-12-18 to 2027-01-10 (24 days): skiing, and the flu
    $ away tomorrow
    away 2026-11-21 (1 day)
    $ away --list
    2026-11-21 (1 day)
    2026-12-18 to 2027-01-10 (24 days): skiing, and the flu
    $ log --limit 4
    2026-11-20
      away      2026-11-21  away:2026-11-21
      away      2026-12-18 to 2027-01-10  away:2026-12-18
                skiing, and the flu
      away      2026-12-20 to 2027-01-10  away:2026-12-20  cancelled
      away      2026-12-20 to 2027-01-10  away:2026-12-20
                skiing
    $ undo
    2026-11-21  away:2026-11-21  not away now, was away
    $ undo
    2026-12-20 to 2027-01-10  away:2026-12-20  away now, was not away
    2026-12-18 to 2027-01-10  away:2026-12-18  not away now, was away
    $ redo
    2026-12-20 to 2027-01-10  away:2026-12-20  not away now, was away
    2026-12-18 to 2027-01-10  away:2026-12-18  away now, was not away
    $ away --remove 2026-12-31
    no longer away 2026-12-18 to 2027-01-10
    $ away --remove 2026-12-31
    you are not away on 2026-12-31; nothing changed
    $ away --list
    no days away are recorded
    $ undo --list
     1. away 2026-12-18 to 2027-01-10
     2. away 2026-12-20 to 2027-01-10 and 1 more
     3. away 2026-12-20 to 2027-01-10
     4. away 2026-12-20 to 2027-01-03
     5. started Tools and 1 more
    $ log --limit 3
    2026-11-20
      away      2026-12-18 to 2027-01-10  away:2026-12-18  cancelled
      redone    2026-12-18 to 2027-01-10  away:2026-12-18
      redone    2026-12-20 to 2027-01-10  away:2026-12-20
    $ doctor
    ok      13 events on 5 subjects, all intact, and every report follows from them:
            ~/.local/share/milepost/progress.db
    note    ~/.config/milepost/paths/career.toml replaces the built-in
            career file `career`
            help: `milepost remove career` restores the built-in one

    1 note
    "#);
}

#[test]
fn what_cannot_be_is_refused() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "away 2027-01-03 2026-12-20
         away soon
         away 2026-02-30
         away 2026-12-20 2028-12-20
         away --why skiing
         away 2026-12-20 --why \" \"
         away --list 2026-12-20
         away --remove 2026-12-20
         show away:2026-12-20
         done away:2026-12-20
         start away:2026-12-20
         log --path away:2026-12-20",
    ), @r#"
    $ away 2027-01-03 2026-12-20
    --- stderr ---
    error: 2026-12-20 is before 2027-01-03
    hint: give the first day first: `milepost away 2026-12-20 2027-01-03`
    [exit 2]
    $ away soon
    --- stderr ---
    error: "soon" is not a day
    hint: write 2026-12-20, today, tomorrow, next monday, in 2 weeks or 3 days ago
    [exit 2]
    $ away 2026-02-30
    --- stderr ---
    error: "2026-02-30" is not in the calendar
    hint: write 2026-12-20, today, tomorrow, next monday, in 2 weeks or 3 days ago
    [exit 2]
    $ away 2026-12-20 2028-12-20
    --- stderr ---
    error: that is 732 days; the limit is 366
    hint: for a longer break, stop following the path: `milepost stop PATH` keeps your record
    [exit 2]
    $ away --why skiing
    --- stderr ---
    error: `milepost away` needs FROM
      FROM: The first day: 2026-12-20, tomorrow, `in 2 weeks`, `3 days ago`
    hint: for example `milepost away 2026-12-20 2027-01-03 --why skiing`
    hint: `milepost away --help` explains the rest
    [exit 2]
    $ away 2026-12-20 --why " "
    --- stderr ---
    error: the reason is empty
    hint: give a reason, or omit --why
    [exit 2]
    $ away --list 2026-12-20
    --- stderr ---
    error: `--list` does not go with `FROM`
    hint: `milepost away --help` explains the options
    [exit 2]
    $ away --remove 2026-12-20
    you are not away on 2026-12-20; nothing changed
    $ show away:2026-12-20
    --- stderr ---
    error: nothing is called `away:2026-12-20`
    hint: `milepost list` lists items, `milepost search` searches everything
    [exit 1]
    $ done away:2026-12-20
    --- stderr ---
    error: nothing is called `away:2026-12-20`
    hint: `milepost list` lists items, `milepost search` searches everything
    [exit 1]
    $ start away:2026-12-20
    --- stderr ---
    error: there is no path `away:2026-12-20`
    hint: `milepost paths` lists them
    [exit 1]
    $ log --path away:2026-12-20
    --- stderr ---
    error: there is no path `away:2026-12-20`
    hint: `milepost paths` lists them
    [exit 1]
    "#);
}

#[test]
fn a_plan_that_begins_with_days_away_says_when_it_goes_on() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "away today 2027-11-01
         start web --by 2027-10-01 --hours-per-week 5
         plan --free
         plan --free --json",
    ), @r#"
    $ away today 2027-11-01
    away 2026-11-20 to 2027-11-01 (347 days)
    $ start web --by 2027-10-01 --hours-per-week 5
    following Web Services (web): 34 h, by 2027-10-01, 5 h a week
        75 h of plan do not fit before 2027-10-01
    you already follow tools; nothing changed
    --- stderr ---
    `milepost next` says what to study first, and why
    $ plan --free
    54 h of plan, at 5 h a week

    2026-11-20 to 2027-11-01, away

    `milepost plan --weeks 0` shows all weeks

    Milestones
      2027-12-08  A service in public  web/service
      2027-12-27  A backup script  tools/backup-script
      2028-01-16  A month on call  web/on-call
    nothing goes on before 2027-11-02: you are away
    $ plan --free --json
    {"schema":1,"command":"plan","from":"2026-11-20","rate":{"hours_per_week":5.0,"basis":"plan"},"weeks":[],"milestones":[{"ref":"web/service","title":"A service in public","on":"2027-12-08"},{"ref":"tools/backup-script","title":"A backup script","on":"2027-12-27"},{"ref":"web/on-call","title":"A month on call","on":"2028-01-16"}],"hours":54.0,"paid":[],"note":"nothing goes on before 2027-11-02: you are away"}
    "#);
    let ten_years = sandbox.ok(["plan", "--free", "--weeks", "0", "--hours-per-week", "0.1"]);
    assert!(ten_years.contains("and so on for more than ten years\n"), "{ten_years}");
}

#[test]
fn a_week_away_has_no_planned_hours() {
    let sandbox = shelf::following();
    sandbox.ok(["start", "web", "--hours-per-week", "7", "-q"]);
    let said = |of: &str| {
        let text = sandbox.ok([] as [&str; 0]) + &sandbox.ok(["log", "--week"]);
        let lines =
            text.lines().filter(|line| line.contains("This week:") || line.contains("Week of"));
        let lines: Vec<&str> = lines.filter(|line| line.contains(of)).collect();
        lines.len()
    };
    assert_eq!(said("(planned: 7 h)"), 2);
    sandbox.ok(["away", "2026-11-19", "2026-11-20"]);
    assert_eq!(said("(planned: 5 h)"), 2);
    sandbox.ok(["away", "2026-11-16", "2026-11-22"]);
    assert_eq!(said("planned"), 0);
}

/// Weeks without study have a line, so that nobody wonders where they are.
#[test]
fn a_plan_says_when_you_are_away_and_when_it_waits() {
    let sandbox = shelf::following();
    sandbox.ok(["away", "2026-11-25", "2026-12-08", "--why", "Family"]);
    sandbox.ok(["away", "2027-01-04", "2027-01-10"]);
    let weeks = |args: &str| -> String {
        let said = sandbox.ok(words(args));
        let is_line = |line: &&str| line.starts_with("20");
        said.lines().filter(is_line).map(|line| format!("{line}\n")).collect()
    };
    insta::assert_snapshot!(weeks("plan --hours-per-week 3 --weeks 8"), @"
    2026-11-20 to 2026-11-22, 1.3 h
    2026-11-23 to 2026-11-29, 51 min
    2026-11-25 to 2026-12-08, away: Family
    2026-12-07 to 2026-12-13, 2.1 h
    2026-12-14 to 2026-12-20, 3 h
    2026-12-21 to 2026-12-27, 3 h
    2026-12-28 to 2027-01-03, 3 h
    2027-01-04 to 2027-01-10, away
    ");
    let waiting = shelf::searching();
    waiting.ok(["away", "2026-11-23", "2026-11-29"]);
    waiting.ok(["snooze", "vectors", "2026-12-14"]);
    insta::assert_snapshot!(waiting.ok(words("plan --hours-per-week 20 --weeks 5")), @"
    26 h of plan, at 20 h a week

    2026-11-23 to 2026-11-29, away

    2026-12-14 to 2026-12-20, 20 h
                6 h  The Manual  search/manual
                     prove Flat indexes  search/flat
                6 h  The Wiki  search/wiki
                     prove IVF  search/ivf
                6 h  prove Scale, with practice  search/scale
         2 h of 8 h  milestone: A search engine  search/engine

    and so on: `milepost plan --weeks 0` shows all weeks

    Milestones
      2026-12-23  A search engine  search/engine
    nothing goes on before 2026-12-14: everything left is snoozed, or waits for
      something snoozed
    ");
}
