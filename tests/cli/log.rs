//! `log`.

use milepost_core::internals::event::{EventKind, NewEvent};
use milepost_core::internals::store::Store;
use milepost_core::{Actor, Annotation, Stamp};
use milepost_path::Ref;

use crate::shelf;

#[test]
fn what_happened_newest_first() {
    let sandbox = shelf::lived_in();
    insta::assert_snapshot!(sandbox.run(["log"]), @r"
    2026-11-20
      noted     APIs  web/apis
                read the second half again
      undone    Alerts  web/alerts
      done      Alerts  web/alerts  (undone)
      skipped   A backup script  tools/backup-script
                we have a tool for that
      started   Web Services  web
      started   Tools  tools
    2026-11-16
      done      A service in public  web/service
                it answers
                https://example.org/me/service
    2026-11-06
      done      REST  web/rest
                https://example.org/me/rest
    2026-10-30
      doing     Designing APIs  web/rest-guide
    2026-10-16
      done      HTTP, a Guide  tools/http-guide
      done      Reading logs  tools/logs
    2026-10-09
      done      HTTP  tools/http
                status codes at last
    2026-09-25
      done      Scripts  tools/scripts  credited as known
      done      Pipes  tools/pipes  credited as known
    ");
}

#[test]
fn a_part_of_it() {
    let sandbox = shelf::lived_in();
    insta::assert_snapshot!(sandbox.play(
        "log --limit 1
         log --since monday --path web
         log --path wbe
         log --path ai-integration
         log --since tomorrow
         log --limit some",
    ), @r#"
    $ log --limit 1
    2026-11-20
      noted     APIs  web/apis
                read the second half again
    $ log --since monday --path web
    2026-11-20
      noted     APIs  web/apis
                read the second half again
      undone    Alerts  web/alerts
      done      Alerts  web/alerts  (undone)
      started   Web Services  web
    2026-11-16
      done      A service in public  web/service
                it answers
                https://example.org/me/service
    $ log --path wbe
    --- stderr ---
    error: there is no path `wbe`
    hint: did you mean `web`?
    [exit 1]
    $ log --path ai-integration
    --- stderr ---
    nothing is recorded there yet; `milepost done REF` records something
    $ log --since tomorrow
    --- stderr ---
    error: "tomorrow" is in the future (today is 2026-11-20)
    hint: write 2026-11-20, today, yesterday, a weekday, 3 days ago or 2 weeks ago
    [exit 2]
    $ log --limit some
    --- stderr ---
    error: `--limit` does not take `some`: it is not a whole number
      -n, --limit N: Show at most this many; 0 for all
    hint: `milepost log --help` explains the rest
    [exit 2]
    "#);
}

#[test]
fn what_is_about_a_path_that_is_gone_is_still_told() {
    let sandbox = shelf::lived_in();
    std::fs::remove_file(sandbox.home().join(".config/milepost/paths/web.toml")).unwrap();
    insta::assert_snapshot!(sandbox.run(["log", "--path", "web", "--limit", "2"]), @r"
    2026-11-20
      noted     APIs  web/apis
                read the second half again
      undone    Alerts  web/alerts
    ");
}

#[test]
fn nothing_happened_yet() {
    let sandbox = shelf::home();
    insta::assert_snapshot!(sandbox.run(["log"]), @"
    --- stderr ---
    nothing is recorded there yet; `milepost done REF` records something
    ");
    assert!(!sandbox.db().exists());
}

#[test]
fn a_week_is_summed_up() {
    let sandbox = shelf::lived_in();
    sandbox.ok(["doing", "alerts"]);
    insta::assert_snapshot!(sandbox.run(["log", "--week"]), @"
    Week of 2026-11-16: 1 item done, 8 h of the plan finished (planned: 5 h)

    Done
      A service in public  web/service

    Begun
      Alerts  web/alerts

    Stalled
      Designing APIs  web/rest-guide  since 2026-10-30

    Also recorded: 3 notes
    ");
    insta::assert_snapshot!(shelf::following().run(["log", "--week"]), @r"
    Week of 2026-11-16: 0 items done

    Nothing moved yet: `milepost next` says what to do next.
    ");
}

#[test]
fn another_week_is_summed_up() {
    let sandbox = shelf::lived_in();
    sandbox.write("grades.toml", "[grades]\n\"web/question:idempotency\" = \"again\"\n");
    insta::assert_snapshot!(sandbox.play(
        "log --week --on \"2 weeks ago\"
         log --week --on 2026-10-21
         log --week --on 2026-10-09
         log --on monday
         interview --answers grades.toml
         assess shells --level 2
         study rest-guide 45m
         log --week --path web
         log --week",
    ), @r#"
    $ log --week --on "2 weeks ago"
    Week of 2026-11-02: 1 item done, 6 h of the plan finished (planned: 5 h)

    Done
      REST  web/rest
    $ log --week --on 2026-10-21
    Week of 2026-10-19: 0 items done (planned: 5 h)

    Nothing moved.
    $ log --week --on 2026-10-09
    Week of 2026-10-05: 1 item done, 3 h of the plan finished (planned: 5 h)

    Done
      HTTP  tools/http

    Also recorded: 1 note
    $ log --on monday
    --- stderr ---
    error: `milepost log` needs --week
      --week: Sum up this week: what you did, what moved, what stalled
    hint: for example `milepost log --week`
    hint: `milepost log --help` explains the rest
    [exit 2]
    $ interview --answers grades.toml
    again  What makes a call idempotent?  web/question:idempotency  due 2026-11-21
    1 answer: 1 again
    $ assess shells --level 2
    Shells is at level 2 (working)

    Shells
    Getting a machine to do it.

    ✓ 1 foundation: I pipe.
    ✓ 2 working: I script.
      3 advanced: I test my scripts.
      4 expert: Others use my scripts.

    level 2 (working) since 2026-11-20
    $ study rest-guide 45m
    [~] Designing APIs  web/rest-guide
        studied 45 min; 45 min of 3 h so far
    $ log --week --path web
    Week of 2026-11-16: 45 min studied (planned: 5 h), 1 item done, 8 h of the plan
    finished

    Studied
      Designing APIs  web/rest-guide  45 min

    Done
      A service in public  web/service

    Also recorded: 2 notes and 1 interview answer
    $ log --week
    Week of 2026-11-16: 45 min studied (planned: 5 h), 1 item done, 8 h of the plan
    finished

    Studied
      Designing APIs  web/rest-guide  45 min

    Done
      A service in public  web/service

    Also recorded: 3 notes, 1 interview answer and 1 assessment
    "#);
}

#[test]
fn what_an_assistant_did_says_so() {
    let sandbox = shelf::following();
    sandbox.ok(["done", "pipes"]);
    // Through the library: an assistant has no command line.
    let now = chrono::DateTime::parse_from_rfc3339(crate::sandbox::NOW).unwrap().to_utc();
    let by = Actor::claimed("mcp", "claude-code");
    let mut store = Store::open(&sandbox.db()).unwrap().unwrap().acting(Some(by));
    let mut writing = store.write(Stamp { now, today: now.date_naive() }).unwrap();
    let noted = |subject, title: &str| NewEvent {
        subject: Ref::from_text(subject),
        title: Some(title.to_owned()),
        fact: EventKind::Noted(Annotation { note: Some("read".to_owned()), evidence: vec![] }),
    };
    for entry in [noted("tools/scripts", "Scripts"), noted("tools/pipes", "Pipes")] {
        writing.append(entry, now.date_naive()).unwrap();
    }
    writing.commit().unwrap();
    drop(store);
    insta::assert_snapshot!(sandbox.play(
        "log --limit 3
         undo --list
         undo
         log --limit 3
         doctor",
    ), @"
    $ log --limit 3
    2026-11-20
      noted     Pipes  tools/pipes  by mcp:claude-code
                read
      noted     Scripts  tools/scripts  by mcp:claude-code
                read
      done      Pipes  tools/pipes
    $ undo --list
     1. noted Scripts and 1 more (by mcp:claude-code)
     2. done Pipes
     3. started Tools and 1 more
    $ undo
    [ ] Scripts  tools/scripts  the text is gone
    [x] Pipes  tools/pipes  the text is gone
    $ log --limit 3
    2026-11-20
      undone    Pipes  tools/pipes
      undone    Scripts  tools/scripts
      noted     Pipes  tools/pipes  by mcp:claude-code  (undone)
                read
    $ doctor
    ok      7 events on 4 subjects, all intact, and every report follows from them:
            ~/.local/share/milepost/progress.db
    note    ~/.config/milepost/paths/career.toml replaces the built-in
            career file `career`
            help: `milepost remove career` restores the built-in one

    1 note
    ");
    let log = sandbox.json(["log", "--limit", "0"]);
    let by: Vec<_> = log["events"].as_array().unwrap().iter().map(|event| &event["by"]).collect();
    let assistant = serde_json::json!("mcp:claude-code");
    let null = serde_json::Value::Null;
    assert_eq!(by, [&null, &null, &assistant, &assistant, &null, &null, &null]);
    let full = sandbox.ok(["export", "--full"]);
    assert_eq!(full.matches(r#""by":"mcp:claude-code""#).count(), 2, "{full}");
    let other = shelf::home();
    other.write("record.json", &full);
    other.ok(["import", "record.json"]);
    assert_eq!(other.json(["log", "--limit", "0"])["events"], log["events"]);
}
