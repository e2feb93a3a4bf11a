//! `study`.

use crate::brief::brief;
use crate::shelf;

#[test]
fn time_is_recorded_and_summed() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(brief(&sandbox.play(
        "study rest-guide 45m
         study rest-guide 1:30 --on yesterday --from 19:30 --note \"the part on errors\"
         show rest-guide
         study web/apis 1h30
         show web/apis
         done rest-guide
         study rest-guide 1.5h
         show rest-guide
         study hooks 20m
         study tools/pipes 10m
         log --limit 4
         log --week
         log --week --path tools
         undo
         undo
         undo
         redo
         show rest-guide
         doctor",
    )), @r#"
    $ study rest-guide 45m
    [~] Designing APIs  web/rest-guide
        studied 45 min; 45 min of 3 h so far
    $ study rest-guide 1:30 --on yesterday --from 19:30 --note "the part on errors"
    [~] Designing APIs  web/rest-guide
        studied 1.5 h on 2026-11-19; 2.3 h of 3 h so far
    $ show rest-guide
    Designing APIs  web/rest-guide

    status    [~] doing since 2026-11-19
    effort    45 min of 3 h left
    studied   2.3 h

    Notes
      1. the part on errors
    $ study web/apis 1h30
    APIs  web/apis
        studied 1.5 h; 3.8 h of 12 h so far
    $ show web/apis
    APIs  web/apis
    ░░░░░░░░░░░░░░░░░░░░ 0%  0 h of 12 h
    Studied for 3.8 h.
    Design one that others can use.

    Skills
      [ ] REST  rest
      [ ] HTTP  http
      [ ] GraphQL (optional)  graphql

    Resources
      [~] Designing APIs  rest-guide  guide, free, 3 h
      [ ] APIs on Film  api-videos  video, freemium, ongoing

    Requires
      - tools/networks
      still open: Networks

    Leads to
      - web/service
    $ done rest-guide
    [x] Designing APIs  web/rest-guide
    still to study for REST: APIs on Film
    $ study rest-guide 1.5h
    [x] Designing APIs  web/rest-guide
        studied 1.5 h; 3.8 h so far, 3 h planned
    $ show rest-guide
    Designing APIs  web/rest-guide

    status    [x] done since 2026-11-20
    effort    3 h
    studied   3.8 h

    Notes
      1. the part on errors
    $ study hooks 20m
    --- stderr ---
    error: nothing is called `hooks`
    hint: did you mean `resource-library/books`?
    [exit 1]
    $ study tools/pipes 10m
    [~] Pipes  tools/pipes
        studied 10 min; 10 min of 5 h so far
    $ log --limit 4
    2026-11-20
      studied   Pipes  tools/pipes  10 min
      studied   Designing APIs  web/rest-guide  1.5 h
      done      Designing APIs  web/rest-guide
      studied   APIs  web/apis  1.5 h
    $ log --week
    Week of 2026-11-16: 5.4 h studied, 1 item done, 3 h of the plan finished

    Studied
      Pipes  tools/pipes  10 min
      APIs  web/apis  1.5 h
      Designing APIs  web/rest-guide  3.8 h

    Done
      Designing APIs  web/rest-guide

    Begun
      Pipes  tools/pipes

    Also recorded: 1 note
    $ log --week --path tools
    Week of 2026-11-16: 10 min studied, 0 items done

    Studied
      Pipes  tools/pipes  10 min

    Begun
      Pipes  tools/pipes
    $ undo
    [ ] Pipes  tools/pipes  todo again, was doing
    $ undo
    [x] Designing APIs  web/rest-guide  what was recorded is undone
    $ undo
    [~] Designing APIs  web/rest-guide  doing again, was done
    $ redo
    [x] Designing APIs  web/rest-guide  done again, was doing
    $ show rest-guide
    Designing APIs  web/rest-guide

    status    [x] done since 2026-11-20
    effort    3 h
    studied   2.3 h

    Notes
      1. the part on errors
    $ doctor
    ok      12 events on 5 subjects, all intact, and every report follows from them:
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
        "study rest-guide
         study
         study rest-guide 90
         study rest-guide 25h
         study rest-guide soon
         study rest-guide 45m --on tomorrow
         study rest-guide 45m --from 7pm
         study rest-guide 45m --from 23:00
         study rest-guide --from 19:30 --on yesterday
         study web 45m
         study web/run 45m
         study nothing 45m
         study rest-guide 20h
         study web/rest 5h
         study web/rest 5h --on yesterday
         log --limit 9",
    ), @r#"
    $ study rest-guide
    --- stderr ---
    error: how long did you study `web/rest-guide`?
    hint: for example `milepost study web/rest-guide 45m`
    [exit 2]
    $ study
    --- stderr ---
    error: `milepost study` needs an item
    hint: for example `milepost study fastapi`; `milepost next` lists some
    [exit 2]
    $ study rest-guide 90
    --- stderr ---
    error: "90" could be minutes or hours
    hint: write 45m for minutes, 1.5h for hours
    [exit 2]
    $ study rest-guide 25h
    --- stderr ---
    error: "25h" is more than a day has
    hint: write 45m, 1h30, 1:30 or 1.5h
    [exit 2]
    $ study rest-guide soon
    --- stderr ---
    error: "soon" is not a span of time
    hint: write 45m, 1h30, 1:30 or 1.5h
    [exit 2]
    $ study rest-guide 45m --on tomorrow
    --- stderr ---
    error: "tomorrow" is in the future (today is 2026-11-20)
    hint: write 2026-11-20, today, yesterday, a weekday, 3 days ago or 2 weeks ago
    [exit 2]
    $ study rest-guide 45m --from 7pm
    --- stderr ---
    error: "7pm" is not a time of day
    hint: write 19:30
    [exit 2]
    $ study rest-guide 45m --from 23:00
    --- stderr ---
    error: 23:00 has not come yet (it is 09:30)
    hint: for yesterday evening, add `--on yesterday` and the TIME
    [exit 2]
    $ study rest-guide --from 19:30 --on yesterday
    --- stderr ---
    error: without TIME, --from works only for today
    hint: give the time: `milepost study web/rest-guide 45m --on 2026-11-19 --from 19:30`
    [exit 2]
    $ study web 45m
    --- stderr ---
    error: `web` is a path; time is recorded on items and topics
    hint: name a part of it: `milepost show web` lists them
    [exit 1]
    $ study web/run 45m
    --- stderr ---
    error: `web/run` is a stage; time is recorded on items and topics
    hint: name a part of it: `milepost show web/run` lists them
    [exit 1]
    $ study nothing 45m
    --- stderr ---
    error: nothing is called `nothing`
    hint: `milepost list` lists items, `milepost search` searches everything
    [exit 1]
    $ study rest-guide 20h
    [~] Designing APIs  web/rest-guide
        studied 20 h; 20 h so far, 3 h planned
    $ study web/rest 5h
    --- stderr ---
    error: 2026-11-20 has 24 hours, and you already recorded 20 h of them
    hint: name another day with --on; `milepost log` shows what is recorded
    [exit 1]
    $ study web/rest 5h --on yesterday
    [~] REST  web/rest
        studied 5 h on 2026-11-19; 5 h of 6 h so far
    $ log --limit 9
    2026-11-20
      studied   Designing APIs  web/rest-guide  20 h
      started   Web Services  web
      started   Tools  tools
    2026-11-19
      studied   REST  web/rest  5 h
    "#);
}

#[test]
fn what_began_today_goes_on_until_now() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "study rest-guide --from 08:00
         study rest-guide 2h --from 7:15
         study rest-guide --from 09:30",
    ), @"
    $ study rest-guide --from 08:00
    [~] Designing APIs  web/rest-guide
        studied 1.5 h; 1.5 h of 3 h so far
    $ study rest-guide 2h --from 7:15
    [~] Designing APIs  web/rest-guide
        studied 2 h; 3.5 h so far, 3 h planned
    $ study rest-guide --from 09:30
    --- stderr ---
    error: it is 09:30 now, so no time has passed
    hint: give the time: `milepost study web/rest-guide 45m --on 2026-11-20 --from 09:30`
    [exit 2]
    ");
}

#[test]
fn a_target_needs_as_much_a_week_for_start_as_for_status() {
    let sandbox = shelf::following();
    let needs = |args: &[&str], at: &str| {
        let report = sandbox.json(args);
        report.pointer(at).and_then(serde_json::Value::as_f64).unwrap()
    };
    let start = ["start", "web", "--by", "2027-03-31"];
    let before = needs(&start, "/started/0/needs_hours_per_week");
    sandbox.ok(["study", "rest-guide", "2h"]);
    let after = needs(&["start", "web", "--by", "2027-04-01"], "/started/0/needs_hours_per_week");
    assert!(after < before - 0.05, "{before} {after}");
    let status = needs(&["status", "web"], "/paths/0/needs_hours_per_week");
    assert!((after - status).abs() < 0.05, "{after} {status}");
    // Whoever plans as much arrives on that day.
    sandbox.ok(["start", "web", "--hours-per-week", &status.to_string()]);
    assert_eq!(sandbox.json(["status", "web"])["paths"][0]["steady"]["on"], "2027-04-01");
}

#[test]
fn a_time_where_the_item_belongs() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play("study 45m\nstudy 45m 1h\nstudy 45m http"), @"
    $ study 45m
    --- stderr ---
    error: nothing is called `45m`; a time comes after what you studied
    hint: for example `milepost study fastapi 45m`; `milepost next` lists some
    [exit 1]
    $ study 45m 1h
    --- stderr ---
    error: nothing is called `45m`
    hint: `milepost list` lists items, `milepost search` searches everything
    [exit 1]
    $ study 45m http
    --- stderr ---
    error: the time comes after what you studied
    hint: write `milepost study http 45m`
    [exit 2]
    ");
}
