//! The day that a mark is for, what is credited, and what is put off.

use super::*;

#[test]
fn the_day_can_be_said_in_several_ways() {
    let sandbox = shelf::following();
    for (on, day) in [
        ("2026-11-02", "2026-11-02"),
        ("today", "2026-11-20"),
        ("yesterday", "2026-11-19"),
        ("monday", "2026-11-16"),
        ("friday", "2026-11-20"),
        ("3 days ago", "2026-11-17"),
        ("2 weeks ago", "2026-11-06"),
    ] {
        sandbox.ok(["done", "pipes", "--on", on]);
        let shown = sandbox.json(["show", "pipes"]);
        assert_eq!((&shown["status"], &shown["since"]), (&"done".into(), &day.into()), "{on}");
        sandbox.ok(["todo", "pipes"]);
    }
}

#[test]
fn a_day_that_is_none_is_refused() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "done pipes --on 2026-11-21
         doing pipes --on tomorrow
         skip pipes --on \"in 3 days\"
         todo pipes --on 2026-02-30
         done pipes --on gestern
         done pipes --on \"\"
         done pipes --on 20.11.2026
         log --limit 1",
    ), @r#"
    $ done pipes --on 2026-11-21
    --- stderr ---
    error: "2026-11-21" is in the future (today is 2026-11-20)
    hint: write 2026-11-20, today, yesterday, a weekday, 3 days ago or 2 weeks ago
    [exit 2]
    $ doing pipes --on tomorrow
    --- stderr ---
    error: "tomorrow" is in the future (today is 2026-11-20)
    hint: write 2026-11-20, today, yesterday, a weekday, 3 days ago or 2 weeks ago
    [exit 2]
    $ skip pipes --on "in 3 days"
    --- stderr ---
    error: "in 3 days" is in the future (today is 2026-11-20)
    hint: write 2026-11-20, today, yesterday, a weekday, 3 days ago or 2 weeks ago
    [exit 2]
    $ todo pipes --on 2026-02-30
    --- stderr ---
    error: "2026-02-30" is not in the calendar
    hint: write 2026-11-20, today, yesterday, a weekday, 3 days ago or 2 weeks ago
    [exit 2]
    $ done pipes --on gestern
    --- stderr ---
    error: "gestern" is not a day
    hint: write 2026-11-20, today, yesterday, a weekday, 3 days ago or 2 weeks ago
    [exit 2]
    $ done pipes --on ""
    --- stderr ---
    error: "" is not a day
    hint: write 2026-11-20, today, yesterday, a weekday, 3 days ago or 2 weeks ago
    [exit 2]
    $ done pipes --on 20.11.2026
    --- stderr ---
    error: "20.11.2026" is not a day
    hint: write 2026-11-20, today, yesterday, a weekday, 3 days ago or 2 weeks ago
    [exit 2]
    $ log --limit 1
    2026-11-20
      started   Web Services  web
    "#);
}

#[test]
fn the_local_day_counts_not_that_of_utc() {
    let mut sandbox = shelf::following();
    sandbox.set("MILEPOST_NOW", "2026-11-20T00:30:00+01:00");
    sandbox.ok(["done", "pipes"]);
    let event = &sandbox.json(["log", "--limit", "1"])["events"][0];
    assert_eq!(
        (&event["on"], &event["at"]),
        (&"2026-11-20".into(), &"2026-11-19T23:30:00Z".into())
    );
}

#[test]
fn what_is_known_is_credited_and_is_no_pace() {
    let sandbox = shelf::home();
    sandbox.ok(["start", "tools"]);
    sandbox.ok(["done", "tools", "--known", "--yes", "--on", "5 weeks ago"]);
    let shown = sandbox.json(["show", "pipes"]);
    assert_eq!((&shown["status"], &shown["known"]), (&"done".into(), &true.into()));
    let status = sandbox.json(["status"]);
    assert_eq!(status["paths"][0]["progress"]["percent"], 100.0);
    assert_eq!(status["paths"][0]["pace"], serde_json::Value::Null);
    assert_eq!(status["activity"]["active_days"], 0);
}

#[test]
fn another_day_for_what_is_done_changes_it() {
    let sandbox = shelf::following();
    sandbox.ok(["done", "pipes"]);
    insta::assert_snapshot!(brief(&sandbox.play(
        "done pipes --on monday
         done pipes --on monday
         done pipes
         done pipes --known
         done pipes --known
         done pipes --known --on 2026-11-02 --evidence https://example.org/p
         show pipes
         log --limit 3
         undo
         undo
         undo
         redo
         doing pipes
         doing pipes --on monday
         doing pipes
         todo pipes
         todo pipes --on monday
         skip pipes
         skip pipes --on monday",
    )), @"
    $ done pipes --on monday
    [x] Pipes  tools/pipes  day 2026-11-20 -> 2026-11-16
    $ done pipes --on monday
    tools/pipes is already done; nothing changed
    $ done pipes
    tools/pipes is already done; nothing changed (`--on` changes its day)
    $ done pipes --known
    [x] Pipes  tools/pipes  credited as known
    $ done pipes --known
    tools/pipes is already done; nothing changed (`--on` changes its day)
    $ done pipes --known --on 2026-11-02 --evidence https://example.org/p
    [x] Pipes  tools/pipes  day 2026-11-16 -> 2026-11-02
    $ show pipes
    Pipes  tools/pipes

    status    [x] done since 2026-11-02, credited as known
    effort    5 h

    Evidence
      1. https://example.org/p
    $ log --limit 3
    2026-11-20
      corrected Pipes  tools/pipes  credited as known
    2026-11-16
      corrected Pipes  tools/pipes  since 2026-11-16
    2026-11-02
      corrected Pipes  tools/pipes  since 2026-11-02
                https://example.org/p
    $ undo
    [x] Pipes  tools/pipes  the correction is undone
    $ undo
    [x] Pipes  tools/pipes  the correction is undone
    $ undo
    [x] Pipes  tools/pipes  the correction is undone
    $ redo
    [x] Pipes  tools/pipes  the correction is redone
    $ doing pipes
    [~] Pipes  tools/pipes
        Shell: 0 of 2 skills done
    $ doing pipes --on monday
    [~] Pipes  tools/pipes  day 2026-11-20 -> 2026-11-16
    $ doing pipes
    tools/pipes is already doing; nothing changed (`--on` changes its day)
    $ todo pipes
    [ ] Pipes  tools/pipes
        Shell: 0 of 2 skills done
    $ todo pipes --on monday
    tools/pipes is already todo; nothing changed
    $ skip pipes
    [-] Pipes  tools/pipes
        Shell: 0 of 1 skill done
    $ skip pipes --on monday
    [-] Pipes  tools/pipes  day 2026-11-20 -> 2026-11-16
    ");
}

#[test]
fn what_is_credited_later_leaves_the_pace() {
    let sandbox = shelf::following();
    sandbox.ok(["done", "pipes", "scripts", "--on", "2 weeks ago"]);
    assert_eq!(sandbox.json(["status"])["activity"]["days"][0]["items"], 2);
    let corrected = sandbox.json(["done", "pipes", "--known"]);
    let expected = serde_json::json!([
        { "ref": "tools/pipes", "title": "Pipes", "from": "done", "to": "done" }
    ]);
    assert_eq!(corrected["changed"], expected);
    assert_eq!(sandbox.json(["status"])["activity"]["days"][0]["items"], 1);
    sandbox.ok(["done", "scripts", "--known"]);
    assert_eq!(sandbox.json(["status"])["activity"]["active_days"], 0);
    assert_eq!(sandbox.json(["status"])["paths"][0]["progress"]["skills"]["done"], 2);
    let event = &sandbox.json(["log", "--limit", "1"])["events"][0];
    assert_eq!(event["action"], "corrected");
    assert_eq!((&event["known"], &event["since"]), (&true.into(), &serde_json::Value::Null));
}

#[test]
fn what_is_snoozed_says_until_when_and_comes_back() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(brief(&sandbox.play(
        "snooze pipes web/operations \"in 3 weeks\"
         show pipes
         show web/operations
         snooze pipes 2026-12-11
         snooze pipes 2026-12-24
         undo
         redo
         log --limit 2
         snooze web/operations none
         log --limit 1
         study pipes 20m
         show pipes
         snooze pipes none
         snooze pipes today
         snooze pipes yesterday
         snooze pipes
         snooze web 2026-12-24
         snooze web/run 2026-12-24
         doctor",
    )), @r#"
    $ snooze pipes web/operations "in 3 weeks"
    Pipes  tools/pipes  snoozed until 2026-12-11
    Operations  web/operations  snoozed until 2026-12-11
    $ show pipes
    Pipes  tools/pipes

    status    [ ] todo, snoozed until 2026-12-11
    effort    5 h
    $ show web/operations
    Operations  web/operations
    ░░░░░░░░░░░░░░░░░░░░ 0%  0 h of 9 h
    Snoozed until 2026-12-11.

    Skills
      [ ] Log pipelines  logs
      [ ] Alerts  alerts

    Resources
      [ ] Staying Up  ops-book  book, paid, 20 h

    Requires
      - web/service
      - tools/shell or tools/backup-script
      still open: A service in public and Shell or A backup script

    Leads to
      - web/on-call
    $ snooze pipes 2026-12-11
    tools/pipes is already snoozed until 2026-12-11; nothing changed
    $ snooze pipes 2026-12-24
    Pipes  tools/pipes  snoozed until 2026-12-24
    $ undo
    Pipes  tools/pipes  the new day is undone
    $ redo
    Pipes  tools/pipes  the new day is redone
    $ log --limit 2
    2026-11-20
      redone    Pipes  tools/pipes
      undone    Pipes  tools/pipes
    $ snooze web/operations none
    Operations  web/operations  back in `milepost next`
    $ log --limit 1
    2026-11-20
      snoozed   Operations  web/operations  cancelled
    $ study pipes 20m
    [~] Pipes  tools/pipes
        studied 20 min; 20 min of 5 h so far
    $ show pipes
    Pipes  tools/pipes

    status    [~] doing since 2026-11-20
    effort    4.7 of 5 h left
    studied   20 min
    $ snooze pipes none
    tools/pipes is not snoozed; nothing changed
    $ snooze pipes today
    --- stderr ---
    error: 2026-11-20 is today, so there is nothing to wait for
    hint: name a future day, or `none` to bring it back
    [exit 2]
    $ snooze pipes yesterday
    --- stderr ---
    error: "yesterday" is in the past (today is 2026-11-20)
    hint: write 2027-06-30, tomorrow, in 6 months, in a week, 3w, a weekday or next monday, or `none`
    [exit 2]
    $ snooze pipes
    --- stderr ---
    error: `milepost snooze` needs UNTIL
      UNTIL: When it comes back: 2027-01-10, `in 3 weeks`, monday, or `none` (now)
    hint: for example `milepost snooze faiss 2027-01-10`
    hint: `milepost snooze --help` explains the rest
    [exit 2]
    $ snooze web 2026-12-24
    --- stderr ---
    error: `web` is a path; only items and topics can be snoozed
    hint: name a part of it: `milepost show web` lists them
    [exit 1]
    $ snooze web/run 2026-12-24
    --- stderr ---
    error: `web/run` is a stage; only items and topics can be snoozed
    hint: name a part of it: `milepost show web/run` lists them
    [exit 1]
    $ doctor
    ok      9 events on 4 subjects, all intact, and every report follows from them:
            ~/.local/share/milepost/progress.db
    note    ~/.config/milepost/paths/career.toml replaces the built-in
            career file `career`
            help: `milepost remove career` restores the built-in one

    1 note
    "#);
}
