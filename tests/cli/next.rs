//! `next`.

use crate::sandbox::Sandbox;
use crate::shelf;

#[test]
fn every_recommendation_says_why() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.run(["next"]), @"
    1. HTTP, a Guide (docs, free, 45 min)  tools/http-guide
       Enough for everything that follows.
       - teaches HTTP and Reading logs, to start Networks; for APIs (stage 1)

    After that
    2. The Shell Book (book, free, 8 h)  tools/shell-book
       - teaches Pipes and Scripts, to start Shell; for Operations (stage 2)
    ");
}

#[test]
fn what_is_in_progress_comes_first() {
    let sandbox = shelf::lived_in();
    insta::assert_snapshot!(sandbox.run(["next"]), @"
    1. [~] Designing APIs (guide, free, 3 h)  web/rest-guide
       - in progress since 2026-10-30
    2. Staying Up (book, paid, 20 h)  web/ops-book
       - teaches Log pipelines and Alerts, to start Operations; unlocks A month on
         call once you prove it
    ");
}

#[test]
fn what_was_studied_is_not_left() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "doing shell-book --on \"7 weeks ago\"
         next -n 1
         next -n 1 --time 45m
         study shell-book 2h
         next -n 1
         next -n 1 --time 45m
         study shell-book 20h
         next -n 1 --time 45m
         show shell-book",
    ), @r#"
    $ doing shell-book --on "7 weeks ago"
    [~] The Shell Book  tools/shell-book
    $ next -n 1
    1. [~] The Shell Book (book, free, 8 h)  tools/shell-book
       - untouched for 7 weeks: go on, or `milepost todo tools/shell-book`; in
         progress since 2026-10-02; teaches Pipes and Scripts; for Operations (stage
         2)
    $ next -n 1 --time 45m
    1. [~] The Shell Book (book, free, 45 min of its 8 h)  tools/shell-book
       - untouched for 7 weeks: go on, or `milepost todo tools/shell-book`; in
         progress since 2026-10-02; teaches Pipes and Scripts; for Operations (stage
         2)
    $ study shell-book 2h
    [~] The Shell Book  tools/shell-book
        studied 2 h; 2 h of 8 h so far
    $ next -n 1
    1. [~] The Shell Book (book, free, 6 of 8 h left)  tools/shell-book
       - in progress since 2026-10-02; teaches Pipes and Scripts; for Operations
         (stage 2)
    $ next -n 1 --time 45m
    1. [~] The Shell Book (book, free, 45 min of the 6 h left)  tools/shell-book
       - in progress since 2026-10-02; teaches Pipes and Scripts; for Operations
         (stage 2)
    $ study shell-book 20h
    [~] The Shell Book  tools/shell-book
        studied 20 h; 22 h so far, 8 h planned
    $ next -n 1 --time 45m
    1. [~] The Shell Book (book, free, 45 min of the 48 min left)  tools/shell-book
       - in progress since 2026-10-02; teaches Pipes and Scripts; for Operations
         (stage 2)
    $ show shell-book
    The Shell Book  tools/shell-book

    status    [~] doing since 2026-10-02
    kind      book (free)
    by        A. Author
    effort    48 min of 8 h left
    studied   22 h
    stage     first
    topic     shell
    teaches   pipes, scripts
    url       https://example.org/shell

    Leads to
      - tools/backup-script
      - web/operations
    "#);
    let board = sandbox.run::<&str>([]);
    assert!(
        board.contains("tools/shell-book (book, 48 min of 8 h left, since 2026-10-02)"),
        "{board}"
    );
}

#[test]
fn a_list_can_be_had_to_measure() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "next --time 1h --free
         next --type course -n 1
         next --type paper
         next --time 5m
         next web
         next -n 1 --role nobody",
    ), @"
    $ next --time 1h --free
    1. HTTP, a Guide (docs, free, 45 min)  tools/http-guide
       Enough for everything that follows.
       - teaches HTTP and Reading logs, to start Networks; for APIs (stage 1)

    After that
    2. The Shell Book (book, free, 15 min of its 8 h)  tools/shell-book
       - teaches Pipes and Scripts, to start Shell; for Operations (stage 2);
         unlocks A backup script once you prove it
    $ next --type course -n 1
    1. Shell in Depth (course, paid, 12 h)  tools/shell-course
       - teaches Scripts, to start Shell; for Operations (stage 2)
    $ next --type paper
    nothing ready matches the filters; remove one
    $ next --time 5m
    1. HTTP, a Guide (docs, free, 5 min of its 45 min)  tools/http-guide
       Enough for everything that follows.
       - teaches HTTP and Reading logs, to start Networks; for APIs (stage 1)
    $ next web
    1. HTTP, a Guide (docs, free, 45 min)  tools/http-guide
       Enough for everything that follows.
       - teaches HTTP and Reading logs, to start Networks; for APIs (stage 1)

    After that
    2. The Shell Book (book, free, 8 h)  tools/shell-book
       - teaches Pipes and Scripts, to start Shell; for Operations (stage 2)
    $ next -n 1 --role nobody
    --- stderr ---
    error: there is no role `nobody`
    hint: `milepost roles` lists them
    [exit 1]
    ");
}

#[test]
fn zero_means_all_as_elsewhere() {
    let sandbox = shelf::following();
    let count = |args: &[&str]| {
        let next = sandbox.json(args);
        next["recommendations"].as_array().unwrap().len()
    };
    assert_eq!(count(&["next", "-n", "1"]), 1);
    assert_eq!(count(&["next", "-n", "0"]), count(&["next", "-n", "65535"]));
}

#[test]
fn nothing_to_recommend_is_explained() {
    let sandbox = shelf::home();
    insta::assert_snapshot!(sandbox.play(
        "next
         next tools --time soon
         next tools --time 0
         next tools --type song
         next nope
         done tools --yes --quiet
         next tools",
    ), @r#"
    $ next
    you follow no path yet: `milepost paths` lists them, `milepost start PATH`
    follows one
    $ next tools --time soon
    --- stderr ---
    error: "soon" is not a span of time
    hint: write 45m, 1h30m, 1.5h, 2h or 90 (minutes)
    [exit 2]
    $ next tools --time 0
    --- stderr ---
    error: "0" is zero
    hint: write 45m, 1h30m, 1.5h, 2h or 90 (minutes)
    [exit 2]
    $ next tools --type song
    --- stderr ---
    error: `--type` does not take `song`
    hint: choose from docs, book, course, video, tutorial, paper, guide, tool, community, conference, article, podcast, exercise
    [exit 2]
    $ next nope
    --- stderr ---
    error: there is no path `nope`
    hint: `milepost paths` lists them
    [exit 1]
    $ done tools --yes --quiet
    [x] Pipes  tools/pipes
    [x] Scripts  tools/scripts
    [x] HTTP  tools/http
    [x] Reading logs  tools/logs
    [x] A backup script  tools/backup-script
        add evidence for a milestone: `milepost note tools/backup-script --evidence
        URL`
    $ next tools
    you have arrived: everything is done or skipped. `milepost export` writes your
    portfolio, `milepost paths` shows where to go next
    "#);
}

#[test]
fn what_is_not_next_says_why() {
    let sandbox = shelf::searching();
    insta::assert_snapshot!(sandbox.play(
        "next --why manual
         next --why vectors
         next --why wiki
         next --why ivf
         next --why video
         next --why benchmarks
         next --why engine
         next --why rest-guide
         done manual wiki --with-skills
         next --why manual
         next --why video
         next --why search
         next --why nothing-like-it",
    ), @"
    $ next --why manual
    The Manual  search/manual
      - it is the next step
    $ next --why vectors
    Vectors  search/vectors
      - it is the next step
    $ next --why wiki
    The Wiki  search/wiki
      - The Manual comes first; nothing else holds it back; 6 h of the plan (1 step)
        come first
    $ next --why ivf
    IVF  search/ivf
      - you have not studied it yet: The Manual and The Wiki; 12 h of the plan (2
        steps) come first
    $ next --why video
    All on Film  search/video
      - it is an alternative to The Manual and The Wiki; `milepost doing
        search/video` chooses it instead
    $ next --why benchmarks
    Benchmarks  search/benchmarks
      - it is for reference, not for study
    $ next --why engine
    A search engine  search/engine
      - it waits for Vectors; next on the way is The Manual; 18 h of the plan (3
        steps) come first
    $ next --why rest-guide
    Designing APIs  web/rest-guide
      - you do not follow Web Services, and nothing you follow requires it;
        `milepost start web` follows it
    $ done manual wiki --with-skills
    [x] The Manual  search/manual
    [x] The Wiki  search/wiki
    [x] Flat indexes  search/flat
    [x] IVF  search/ivf
    [x] Scale  search/scale
    unlocked milestone: A search engine  search/engine
    $ next --why manual
    The Manual  search/manual
      - you did it on 2026-11-20
    $ next --why video
    All on Film  search/video
      - it is an alternative to The Manual, which is done
    $ next --why search
    --- stderr ---
    error: `search` is a path, and a plan has only topics and items
    hint: name a topic, skill, resource or milestone
    [exit 2]
    $ next --why nothing-like-it
    --- stderr ---
    error: nothing is called `nothing-like-it`
    hint: `milepost list` lists items, `milepost search` searches everything
    [exit 1]
    ");
    let why = &sandbox.json(["next", "--why", "video"])["why"];
    assert_eq!((&why["ref"], &why["code"]), (&"search/video".into(), &"alternative".into()));
    assert!(sandbox.json(["next"])["why"].is_null());
}

#[test]
fn five_steps_fit_on_a_screen_of_24_lines() {
    let mut sandbox = Sandbox::following("ai-integration");
    sandbox.ok(["start", "ml-engineering"]);
    sandbox.ok(["done", "foundations", "--known", "--yes"]);
    let lines = |sandbox: &Sandbox| sandbox.ok(["next"]).lines().count();
    assert!(sandbox.ok(["next"]).contains("\n5. "));
    // One line is for the prompt.
    assert!(lines(&sandbox) < 24, "{}", sandbox.ok(["next"]));
    sandbox.set("COLUMNS", "200");
    assert!(lines(&sandbox) < 24, "{}", sandbox.ok(["next"]));
}

#[test]
fn alternatives_and_references_take_the_room_that_there_is() {
    let mut sandbox = shelf::searching();
    let at = |sandbox: &mut Sandbox, columns: &str| {
        sandbox.set("COLUMNS", columns);
        sandbox.ok(["next"])
    };
    insta::assert_snapshot!(at(&mut sandbox, "80"), @"
    1. The Manual (tutorial, free, 6 h)  search/manual
       - teaches Flat indexes and IVF, to start Vectors; instead: All on Film
    ");
    insta::assert_snapshot!(at(&mut sandbox, "45"), @"
    1. The Manual (tutorial, free, 6 h)
       search/manual
       - teaches Flat indexes and IVF, to start
         Vectors; instead: All on Film
    ");
    insta::assert_snapshot!(at(&mut sandbox, "24"), @"
    1. The Manual (tutorial,
       free, 6 h)
       search/manual
       - teaches Flat
         indexes and IVF, to
         start Vectors
       instead: All on Film
    ");
}

#[test]
fn what_is_snoozed_is_no_step_until_its_day() {
    let mut sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "snooze tools/shell 2026-12-24
         next
         next --why pipes
         snooze tools/networks 2026-12-20
         next
         plan --hours-per-week 4 --weeks 1
         doing pipes
         next --why pipes",
    ), @"
    $ snooze tools/shell 2026-12-24
    Shell  tools/shell  snoozed until 2026-12-24
    $ next
    1. HTTP, a Guide (docs, free, 45 min)  tools/http-guide
       Enough for everything that follows.
       - teaches HTTP and Reading logs, to start Networks; for APIs (stage 1)
    $ next --why pipes
    Pipes  tools/pipes
      - its topic is snoozed until 2026-12-24; `milepost snooze tools/shell none`
        brings it back
    $ snooze tools/networks 2026-12-20
    Networks  tools/networks  snoozed until 2026-12-20
    $ next
    everything left is snoozed, or waits for something snoozed: Networks
    (tools/networks) comes back on 2026-12-20; `milepost snooze tools/networks none`
    brings it back now
    $ plan --hours-per-week 4 --weeks 1
    75 h of plan, at 4 h a week

    `milepost plan --weeks 0` shows all weeks

    Milestones
      2027-02-03  A service in public  web/service
      2027-03-17  A backup script  tools/backup-script
      2027-04-30  A month on call  web/on-call

    You must pay for Shell in Depth and Staying Up (`--free` plans without them).
    nothing goes on before 2026-12-20: everything left is snoozed, or waits for
      something snoozed
    $ doing pipes
    [~] Pipes  tools/pipes
        Shell: 0 of 2 skills done
    --- stderr ---
    its topic `tools/shell` is snoozed until 2026-12-24: `milepost snooze
      tools/shell none` brings it back
    $ next --why pipes
    Pipes  tools/pipes
      - its topic is snoozed until 2026-12-24; `milepost snooze tools/shell none`
        brings it back
    ");
    sandbox.set("MILEPOST_NOW", "2026-12-24T09:00:00Z");
    insta::assert_snapshot!(sandbox.play("next -n 1"), @r"
    $ next -n 1
    1. The Shell Book (book, free, 8 h)  tools/shell-book
       - teaches Pipes and Scripts; for Operations (stage 2)
    ");
}

#[test]
fn without_paying_a_skill_is_asked_for_that_only_something_paid_teaches() {
    let sandbox = shelf::following();
    sandbox.ok([
        "done",
        "tools/shell",
        "tools/networks",
        "web/apis",
        "service",
        "backup-script",
        "--yes",
    ]);
    insta::assert_snapshot!(sandbox.play("next --free -n 1"), @"
    $ next --free -n 1
    Nothing left to study for:
    ? Log pipelines  milepost done web/logs
      paid: Staying Up
    ? Alerts  milepost done web/alerts
      paid: Staying Up
      if not yet, the plan has 9 h for practice

    nothing else that is ready matches the filters: remove one, or prove what you
    studied; mark each skill that you have, for example `milepost done web/logs`
    ");
    let free = sandbox.json(["next", "--free"]);
    assert_eq!(free["prove"][0]["paid"], serde_json::json!(["web/ops-book"]));
}

#[test]
fn hours_are_said_as_hours() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play("next --time 2h\nnext --time 90m -n 1"), @"
    $ next --time 2h
    1. HTTP, a Guide (docs, free, 45 min)  tools/http-guide
       Enough for everything that follows.
       - teaches HTTP and Reading logs, to start Networks; for APIs (stage 1)

    After that
    2. The Shell Book (book, free, 1.3 h of its 8 h)  tools/shell-book
       - teaches Pipes and Scripts, to start Shell; for Operations (stage 2)
    $ next --time 90m -n 1
    1. HTTP, a Guide (docs, free, 45 min)  tools/http-guide
       Enough for everything that follows.
       - teaches HTTP and Reading logs, to start Networks; for APIs (stage 1)
    ");
}

#[test]
fn questions_alone_do_not_say_that_nothing_else_is_left() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "done http-guide
         next --type video",
    ), @"
    $ done http-guide
    [x] HTTP, a Guide  tools/http-guide
    Studied: can you do this?
    ? HTTP  milepost done tools/http
    ? Reading logs  milepost done tools/logs
    for all of them: `milepost done tools/http-guide --with-skills`
    $ next --type video
    Studied: can you do this?
    ? HTTP  milepost done tools/http
    ? Reading logs  milepost done tools/logs
      if not yet, the plan has 5.3 h for practice

    nothing else that is ready matches the filters: remove one, or prove what you
    studied; mark each skill that you have, for example `milepost done tools/http`
    ");
}
