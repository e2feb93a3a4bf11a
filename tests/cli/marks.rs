//! `done`, `doing`, `skip` and `todo`.

use crate::sandbox::{Sandbox, words};
use crate::shelf;

fn status_of(sandbox: &Sandbox, reference: &str) -> String {
    sandbox.json(["show", reference])["status"].as_str().unwrap().to_owned()
}

fn events(sandbox: &Sandbox) -> usize {
    sandbox.json(["log", "--limit", "0"])["events"].as_array().unwrap().len()
}

#[test]
fn a_mark_says_what_changed_and_what_that_unlocked() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "doing pipes
         done pipes
         done scripts
         todo scripts
         skip scripts --why \"awk will do\"
         show scripts",
    ), @r#"
    $ doing pipes
    [~] Pipes  tools/pipes
        Shell: 0 of 2 skills done
    $ done pipes
    [x] Pipes  tools/pipes
        Shell: 1 of 2 skills done
    $ done scripts
    [x] Scripts  tools/scripts
        Shell: 2 of 2 skills done
    unlocked milestone: A backup script  tools/backup-script
    $ todo scripts
    [ ] Scripts  tools/scripts
        Shell: 1 of 2 skills done
    $ skip scripts --why "awk will do"
    [-] Scripts  tools/scripts
        Shell: 1 of 2 skills done
    unlocked milestone: A backup script  tools/backup-script
    $ show scripts
    Scripts  tools/scripts

    status    [-] skipped since 2026-11-20
    kind      skill
    effort    5 h
    stage     first
    topic     shell

    Taught by
      [ ] The Shell Book (book, free, 8 h, core)  shell-book
      [ ] Shell in Depth (course, paid, 12 h, core)  shell-course

    Leads to
      - tools/backup-script
      - web/operations

    Notes
      1. awk will do
    "#);
}

#[test]
fn several_items_are_one_change() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "done pipes scripts tools/pipes backup-script
         undo
         list tools --status done",
    ), @"
    $ done pipes scripts tools/pipes backup-script
    [x] Pipes  tools/pipes
    [x] Scripts  tools/scripts
    [x] A backup script  tools/backup-script
        add evidence for a milestone: `milepost note REF --evidence URL`
    $ undo
    [ ] Pipes  tools/pipes  todo again, was done
    [ ] Scripts  tools/scripts  todo again, was done
    [ ] A backup script  tools/backup-script  todo again, was done
    $ list tools --status done
    --- stderr ---
    no item matches the filters; remove one
    ");
}

#[test]
fn saying_it_again_changes_nothing() {
    let sandbox = shelf::following();
    sandbox.ok(["done", "pipes"]);
    let before = events(&sandbox);
    insta::assert_snapshot!(sandbox.play(
        "done pipes
         done pipes scripts
         todo http
         done tools/shell
         done tools/shell --yes",
    ), @"
    $ done pipes
    tools/pipes is already done; nothing changed (`--on` changes its day)
    $ done pipes scripts
    [x] Scripts  tools/scripts
    tools/pipes is already done; nothing changed (`--on` changes its day)
    unlocked milestone: A backup script  tools/backup-script
    $ todo http
    tools/http is already todo; nothing changed
    $ done tools/shell
    nothing to change
    $ done tools/shell --yes
    nothing to change
    ");
    assert_eq!(events(&sandbox), before + 1, "only scripts was new");
}

#[test]
fn a_topic_a_stage_or_a_path_takes_a_yes() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "done networks
         done tools/first
         skip web
         todo tools
         list --status done
         done networks --yes
         doing tools/first --yes
         done tools/first --yes
         todo tools/first --yes",
    ), @"
    $ done networks
    --- stderr ---
    error: `tools/networks` is a topic, which would mark 2 goals; there is no terminal to ask on
    hint: pass `--yes` to confirm, or name the items
    [exit 2]
    $ done tools/first
    --- stderr ---
    error: `tools/first` is a stage, which would mark 5 goals; there is no terminal to ask on
    hint: pass `--yes` to confirm, or name the items
    [exit 2]
    $ skip web
    --- stderr ---
    error: `web` is a path, which would mark 6 goals; there is no terminal to ask on
    hint: pass `--yes` to confirm, or name the items
    [exit 2]
    $ todo tools
    nothing to change
    $ list --status done
    --- stderr ---
    no item matches the filters; remove one
    $ done networks --yes
    [x] HTTP  tools/http
    [x] Reading logs  tools/logs
    unlocked topic: APIs  web/apis
    $ doing tools/first --yes
    [~] Pipes  tools/pipes
    [~] Scripts  tools/scripts
    [~] A backup script  tools/backup-script
    $ done tools/first --yes
    [x] Pipes  tools/pipes
    [x] Scripts  tools/scripts
    [x] A backup script  tools/backup-script
        add evidence for a milestone: `milepost note REF --evidence URL`
    $ todo tools/first --yes
    [ ] Pipes  tools/pipes
    [ ] Scripts  tools/scripts
    [ ] HTTP  tools/http
    [ ] Reading logs  tools/logs
    [ ] A backup script  tools/backup-script
    ");
}

#[test]
fn one_bad_reference_and_nothing_happens() {
    let sandbox = shelf::following();
    let before = events(&sandbox);
    insta::assert_snapshot!(sandbox.play(
        "done pipes scripts nope
         done pipes logs
         done pipes networks
         list --status done",
    ), @"
    $ done pipes scripts nope
    --- stderr ---
    error: nothing is called `nope`
    hint: `milepost list` lists items, `milepost search` searches everything
    [exit 1]
    $ done pipes logs
    --- stderr ---
    error: `logs` could mean 2 things
    hint: tools/logs  (skill: Reading logs)
    hint: web/logs  (skill: Log pipelines)
    [exit 1]
    $ done pipes networks
    --- stderr ---
    error: `tools/networks` is a topic, which would mark 2 goals; there is no terminal to ask on
    hint: pass `--yes` to confirm, or name the items
    [exit 2]
    $ list --status done
    --- stderr ---
    no item matches the filters; remove one
    ");
    assert_eq!(events(&sandbox), before);
}

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
fn notes_and_evidence_come_with_a_mark() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "done service --note \"it runs\" --evidence https://example.org/1 --evidence commit:4f2a
         done service --evidence https://example.org/1
         done service --evidence https://example.org/2 --note again
         doing service --note \"\"
         done service --evidence \"\"
         show service
         log --limit 2",
    ), @r#"
    $ done service --note "it runs" --evidence https://example.org/1 --evidence commit:4f2a
    [x] A service in public  web/service
        it still needs APIs
    $ done service --evidence https://example.org/1
    web/service is already done; nothing changed (`--on` changes its day)
    $ done service --evidence https://example.org/2 --note again
    [x] A service in public  web/service
    $ doing service --note ""
    --- stderr ---
    error: the note is empty
    hint: give it some text, or omit it
    [exit 2]
    $ done service --evidence ""
    --- stderr ---
    error: `` is not evidence
    hint: evidence is a URL, file or commit on one line
    [exit 2]
    $ show service
    A service in public  web/service

    status    [x] done since 2026-11-20
    kind      milestone
    effort    8 h
    stage     build

    Criteria
      - A stranger can call it.
      - It answers wrong calls with a reason.

    To hand in
      - repository

    Requires
      - web/apis
      still open: APIs

    Leads to
      - web/operations

    Notes
      1. it runs
      2. again

    Evidence
      3. https://example.org/1
      4. commit:4f2a
      5. https://example.org/2
    $ log --limit 2
    2026-11-20
      noted     A service in public  web/service
                again
                https://example.org/2
      done      A service in public  web/service
                it runs
                https://example.org/1
                commit:4f2a
    "#);
}

#[test]
fn an_item_that_is_the_same_in_two_paths_is_ticked_once() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "done web/http
         done tools/http http
         undo
         done http web/http",
    ), @"
    $ done web/http
    [x] HTTP  web/http
        APIs: 1 of 2 skills done
    $ done tools/http http
    tools/http is already done; nothing changed (`--on` changes its day)
    $ undo
    [ ] HTTP  tools/http  todo again, was done
    $ done http web/http
    [x] HTTP  tools/http
    ");
    assert_eq!(status_of(&sandbox, "tools/http"), "done");
    assert_eq!(status_of(&sandbox, "web/http"), "done");
}

#[test]
fn an_old_id_still_works_and_its_progress_follows() {
    let sandbox = shelf::home();
    let older = shelf::WEB
        .replace(
            r#"{ id = "rest", title = "REST", replaces = ["restful"] }"#,
            r#"{ id = "restful", title = "RESTful" }"#,
        )
        .replace(r#"skills = ["rest"]"#, "");
    sandbox.write(".config/milepost/paths/web.toml", &older);
    sandbox.ok(["start", "web"]);
    sandbox.ok(["done", "web/restful", "--note", "by the book"]);
    sandbox.write(".config/milepost/paths/web.toml", shelf::WEB);
    insta::assert_snapshot!(sandbox.play(
        "show web/rest
         done restful
         todo web/restful
         show web/rest",
    ), @"
    $ show web/rest
    REST  web/rest

    status    [x] done since 2026-11-20
    kind      skill
    effort    6 h
    stage     build
    topic     apis

    Taught by
      [ ] Designing APIs (guide, free, 3 h, core)  rest-guide
      [ ] APIs on Film (video, freemium, core)  api-videos

    Requires
      - tools/networks
      still open: Networks

    Leads to
      - web/service

    Notes
      1. by the book
    $ done restful
    web/rest is already done; nothing changed (`--on` changes its day)
    $ todo web/restful
    [ ] REST  web/rest
        APIs: 0 of 2 skills done
    $ show web/rest
    REST  web/rest

    status    [ ] todo since 2026-11-20
    kind      skill
    effort    6 h
    stage     build
    topic     apis

    Taught by
      [ ] Designing APIs (guide, free, 3 h, core)  rest-guide
      [ ] APIs on Film (video, freemium, core)  api-videos

    Requires
      - tools/networks
      still open: Networks

    Leads to
      - web/service

    Notes
      1. by the book
    ");
}

#[test]
fn what_is_not_followed_can_be_marked_and_that_is_said() {
    let sandbox = shelf::home();
    insta::assert_snapshot!(sandbox.play(
        "done tools/pipes web/rest
         --quiet done tools/scripts
         --quiet done nope",
    ), @"
    $ done tools/pipes web/rest
    [x] Pipes  tools/pipes
    [x] REST  web/rest
    --- stderr ---
    you do not follow `tools` yet: `milepost start tools`
    you do not follow `web` yet: `milepost start web`
    $ --quiet done tools/scripts
    [x] Scripts  tools/scripts
        Shell: 2 of 2 skills done
    unlocked milestone: A backup script  tools/backup-script
    $ --quiet done nope
    --- stderr ---
    error: nothing is called `nope`
    hint: `milepost list` lists items, `milepost search` searches everything
    [exit 1]
    ");
}

#[test]
fn without_a_terminal_an_item_has_to_be_named() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "done
         doing
         skip
         todo",
    ), @"
    $ done
    --- stderr ---
    error: `milepost done` needs an item
    hint: for example `milepost done fastapi`; `milepost next` lists some
    [exit 2]
    $ doing
    --- stderr ---
    error: `milepost doing` needs an item
    hint: for example `milepost doing fastapi`; `milepost next` lists some
    [exit 2]
    $ skip
    --- stderr ---
    error: `milepost skip` needs an item
    hint: for example `milepost skip fastapi`; `milepost next` lists some
    [exit 2]
    $ todo
    --- stderr ---
    error: `milepost todo` needs REF
      REF: The items, topics, stages or paths
    hint: for example `milepost todo fastapi`
    hint: `milepost todo --help` explains the rest
    [exit 2]
    ");
}

#[test]
fn another_day_for_what_is_done_changes_it() {
    let sandbox = shelf::following();
    sandbox.ok(["done", "pipes"]);
    insta::assert_snapshot!(sandbox.play(
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
    ), @"
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
    kind      skill
    effort    5 h
    stage     first
    topic     shell

    Taught by
      [ ] The Shell Book (book, free, 8 h, core)  shell-book

    Leads to
      - tools/backup-script
      - web/operations

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
        Shell: 0 of 2 skills done
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

/// What a command says that is given a text on its standard input.
fn piped(sandbox: &Sandbox, line: &str, text: &[u8]) -> String {
    let mut command = sandbox.command();
    let piped = || std::process::Stdio::piped();
    let mut child =
        command.args(words(line)).stdin(piped()).stdout(piped()).stderr(piped()).spawn().unwrap();
    // One that reads nothing closes it.
    let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), text);
    sandbox.said(&child.wait_with_output().unwrap())
}

#[test]
fn a_note_is_read_from_standard_input_by_every_command() {
    for command in [
        "done pipes --note -",
        "doing pipes --note -",
        "skip pipes --why -",
        "todo pipes --note -",
        "note pipes -",
    ] {
        let sandbox = shelf::following();
        if command.starts_with("todo") {
            sandbox.ok(["done", "pipes"]);
        }
        let said = piped(&sandbox, command, b"a page\n\nof thoughts\n");
        assert!(!said.contains("error"), "{command}: {said}");
        let notes = sandbox.json(["show", "pipes"])["notes"].clone();
        assert_eq!(notes, serde_json::json!(["a page\n\nof thoughts"]), "{command}");
        let before = sandbox.json(["log", "--limit", "0"]);
        for (text, words) in [
            (vec![b'x'; 64 * 1024 + 1], "the note is longer than 64 KiB"),
            (vec![b'x'; 1024 * 1024 + 1], "is larger than 1,048,576 bytes"),
            (b" \n".to_vec(), "the note is empty"),
            (vec![b'a', 0xff], "not UTF-8"),
        ] {
            let said = piped(&sandbox, command, &text);
            assert!(said.contains(words), "{command}: {said}");
        }
        assert_eq!(sandbox.json(["log", "--limit", "0"]), before, "{command}");
    }
    let sandbox = shelf::following();
    let said = piped(&sandbox, "assess shells --level 1 --note -", b"a page\n");
    assert!(said.contains("level 1"), "{said}");
    let history = &sandbox.json(["assess", "shells", "--history"])["areas"][0]["history"];
    assert_eq!(history[0]["note"], "a page");
}

#[test]
fn one_limit_holds_for_every_way_in() {
    let sandbox = shelf::following();
    let before = sandbox.json(["log", "--limit", "0"]);
    let long = "x".repeat(64 * 1024 + 1);
    for command in
        ["done pipes --note", "skip pipes --why", "note pipes", "assess shells --level 1 --note"]
    {
        let args = words(command).into_iter().chain([long.clone()]);
        let said = sandbox.run(args);
        assert!(said.contains("the note is longer than 64 KiB"), "{command}");
    }
    let long = format!("https://example.org/{}", "x".repeat(4096));
    for command in
        ["done pipes --evidence", "note pipes --evidence", "assess shells --level 1 --evidence"]
    {
        let args = words(command).into_iter().chain([long.clone()]);
        let said = sandbox.run(args);
        assert!(said.contains("is longer than 4 KiB") && said.len() < 500, "{command}: {said}");
    }
    sandbox.write(
        "levels.toml",
        &format!("[levels]\nshells = 1\n[evidence]\nshells = [\"{long}\"]\n"),
    );
    let said = sandbox.run(["assess", "--answers", "levels.toml"]);
    assert!(said.contains("is longer than 4 KiB"), "{said}");
    assert_eq!(sandbox.json(["log", "--limit", "0"]), before);
    // At the limit they are taken.
    sandbox.ok(["note", "pipes", &"x".repeat(64 * 1024), "--evidence", &"x".repeat(4096)]);
}

#[test]
fn a_value_can_begin_with_a_hyphen() {
    let sandbox = shelf::following();
    for (command, note) in [
        ("done pipes --note \"- a list\"", "- a list"),
        ("doing scripts --note -5", "-5"),
        ("skip http --why \"--verbose is not enough\"", "--verbose is not enough"),
        ("note rest -- -5", "-5"),
    ] {
        sandbox.ok(words(command));
        let reference = &words(command)[1];
        assert_eq!(sandbox.json(["show", reference])["notes"], serde_json::json!([note]));
    }
    insta::assert_snapshot!(sandbox.play(
        "done pipes --on -3d
         done pipes --note --evidence https://example.org
         done pipes --note -y
         done pipes --on --note x
         done pipes --hours 6
         done pipes -5
         note pipes -5
         start web --by -3d
         start web --hours-per-week -5
         start web --since yesterday",
    ), @r#"
    $ done pipes --on -3d
    --- stderr ---
    error: "-3d" is not a day
    hint: write 2026-11-20, today, yesterday, a weekday, 3 days ago or 2 weeks ago
    [exit 2]
    $ done pipes --note --evidence https://example.org
    --- stderr ---
    error: `--evidence` looks like an option, but a text belongs there
    hint: put the text first; `-` reads a note from standard input
    [exit 2]
    $ done pipes --note -y
    --- stderr ---
    error: `-y` looks like an option, but a text belongs there
    hint: put the text first; `-` reads a note from standard input
    [exit 2]
    $ done pipes --on --note x
    --- stderr ---
    error: "--note" is not a day
    hint: write 2026-11-20, today, yesterday, a weekday, 3 days ago or 2 weeks ago
    [exit 2]
    $ done pipes --hours 6
    --- stderr ---
    error: unexpected argument '--hours' found

    Usage: milepost done <REF>...

    For more information, try '--help'.
    [exit 2]
    $ done pipes -5
    --- stderr ---
    error: unexpected argument '-5' found

    Usage: milepost done [OPTIONS] [REF]...

    For more information, try '--help'.
    [exit 2]
    $ note pipes -5
    --- stderr ---
    error: unexpected argument '-5' found

      tip: to pass '-5' as a value, use '-- -5'

    Usage: milepost note [OPTIONS] [REF] [TEXT]

    For more information, try '--help'.
    [exit 2]
    $ start web --by -3d
    --- stderr ---
    error: "-3d" is not a future day
    hint: write 2027-06-30, tomorrow, in 6 months, in a week, 3w, a weekday or next monday, or `none`
    [exit 2]
    $ start web --hours-per-week -5
    --- stderr ---
    error: -5 hours a week is impossible
    hint: a week has 168 hours; 5 to 10 is usual alongside a job
    [exit 2]
    $ start web --since yesterday
    --- stderr ---
    error: unexpected argument '--since' found

    Usage: milepost start <PATH>...

    For more information, try '--help'.
    [exit 2]
    "#);
}

#[test]
fn names_are_found_in_any_case_and_by_title() {
    let sandbox = shelf::home();
    for (command, said) in [
        ("start WEB --role \"web developer\"", "to be ready for web-developer"),
        ("done PIPES", "tools/pipes"),
        ("done Tools/Scripts", "tools/scripts"),
        ("todo \"a service in PUBLIC\"", "web/service is already todo"),
        ("note \"the shell book\" \"half of it\"", "tools/shell-book noted"),
        ("note \"Web services\" x", "not to paths"),
        ("show \"Reading Logs\"", "tools/logs"),
        ("show WEB/Question:IDEMPOTENCY", "What makes a call idempotent?"),
        ("show Tools", "Tools  tools"),
        ("open \"http, a guide\" --print", "https://example.org/http"),
        ("list \"Web Services\" --topic Operations", "web/alerts"),
        ("list --stage BUILD --topic apis", "web/rest"),
        ("status Web", "Web Services"),
        ("next --role OPERATOR", "raises Shells"),
        ("roles \"Web Developer\"", "Builds services"),
        ("assess SERVICES --level 1", "Services is at level 1"),
        ("interview --practice \"design an API\"", "Design one and defend it."),
        ("interview Web --list", "idempotent"),
        ("export WEB", "Web Services"),
        ("stop Web", "stopped following web"),
    ] {
        let says = sandbox.run(words(command));
        assert!(says.contains(said), "{command}: {says}");
    }
    // What is kept is the name as it is written in the path.
    assert!(sandbox.ok(["export", "--full"]).contains("\"web-developer\""));
    for (command, said) in [
        ("done \"a shell\"", "nothing is called `a shell`"),
        ("list web --topic nope", "there is no topic `nope` here"),
        ("stop Webs", "did you mean `web`?"),
        ("roles developer", "there is no role `developer`"),
    ] {
        let says = sandbox.run(words(command));
        assert!(says.contains(said), "{command}: {says}");
    }
}

#[test]
fn a_resource_names_the_skills_that_it_leaves_studied() {
    let sandbox = shelf::searching();
    insta::assert_snapshot!(sandbox.play(
        "done manual
         done wiki
         done wiki --with-skills
         undo
         list --status done
         done benchmarks",
    ), @"
    $ done manual
    [x] The Manual  search/manual
    Studied: can you do this?
    ? I can build a flat index and measure its recall.  milepost done search/flat
    still to study for IVF: The Wiki
    $ done wiki
    [x] The Wiki  search/wiki
    Studied: can you do this?
    ? I can tune an IVF index.  milepost done search/ivf
    ? Scale  milepost done search/scale
    for all of them: `milepost done search/wiki --with-skills`
    $ done wiki --with-skills
    [x] IVF  search/ivf
    [x] Scale  search/scale
    search/wiki is already done; nothing changed (`--on` changes its day)
    $ undo
    [ ] IVF  search/ivf  todo again, was done
    [ ] Scale  search/scale  todo again, was done
    $ list --status done
    [x]  search/manual  tutorial  6 h  The Manual
    [x]  search/wiki    docs      6 h  The Wiki
    $ done benchmarks
    [x] Benchmarks  search/benchmarks
    ");
}

#[test]
fn skills_are_marked_in_the_same_command_as_the_resource() {
    let sandbox = shelf::searching();
    let said = sandbox.json(["done", "manual", "wiki", "--with-skills", "--note", "both read"]);
    let refs = |key: &str| -> Vec<String> {
        let all = said[key].as_array().unwrap().iter();
        all.map(|one| one["ref"].as_str().unwrap().to_owned()).collect()
    };
    let skills = ["search/flat", "search/ivf", "search/scale"];
    assert_eq!(refs("changed"), [["search/manual", "search/wiki"].as_slice(), &skills].concat());
    assert_eq!(refs("studied"), skills);
    assert_eq!(said["studied"][1]["can"], "I can tune an IVF index.");
    // What is said is said of what was named.
    assert_eq!(sandbox.json(["show", "manual"])["notes"][0], "both read");
    assert!(sandbox.json(["show", "flat"])["notes"].as_array().unwrap().is_empty());
    sandbox.ok(["undo"]);
    assert_eq!(["manual", "flat", "scale"].map(|one| status_of(&sandbox, one)), ["todo"; 3]);
}

#[test]
fn what_next_asks_for_is_what_done_names() {
    let sandbox = shelf::searching();
    let refs = |said: &serde_json::Value| -> Vec<String> {
        let all = said.as_array().unwrap().iter();
        all.map(|one| one["ref"].as_str().unwrap().to_owned()).collect()
    };
    let manual = sandbox.json(["done", "manual"]);
    assert_eq!(refs(&manual["studied"]), ["search/flat"]);
    assert_eq!(refs(&manual["later"]), ["search/ivf"]);
    assert_eq!(refs(&manual["later"][0]["after"]), ["search/wiki"]);
    assert_eq!(refs(&sandbox.json(["next"])["prove"]), ["search/flat"]);
    // A skipped resource no longer teaches anything, so the other must be studied, too.
    sandbox.ok(["skip", "wiki"]);
    // Nothing is left to study for the third, so `next` asks for that, too.
    let prove = refs(&sandbox.json(["next"])["prove"]);
    assert_eq!(prove, ["search/flat", "search/ivf", "search/scale"]);
    let again = sandbox.json(["done", "manual", "--with-skills"]);
    assert_eq!(refs(&again["studied"]), ["search/flat", "search/ivf"]);
    assert_eq!(refs(&sandbox.json(["next"])["prove"]), ["search/scale"]);
}

#[test]
fn a_milestone_says_what_it_asks_for_and_how_it_is_shown() {
    let sandbox = shelf::searching();
    insta::assert_snapshot!(sandbox.play(
        "done engine
         done engine
         todo engine
         done engine flat
         todo engine
         done engine --evidence https://example.org/me/engine
         todo engine
         done engine --known",
    ), @"
    $ done engine
    [x] A search engine  search/engine
        it still needs Vectors
        evidence to add with `milepost note search/engine --evidence URL`:
        - A stranger finds what they look for.
        - It says how long it took.
    $ done engine
    search/engine is already done; nothing changed (`--on` changes its day)
    $ todo engine
    [ ] A search engine  search/engine
    $ done engine flat
    [x] A search engine  search/engine
    [x] Flat indexes  search/flat
        it still needs Vectors
        add evidence for a milestone: `milepost note REF --evidence URL`
    $ todo engine
    [ ] A search engine  search/engine
    $ done engine --evidence https://example.org/me/engine
    [x] A search engine  search/engine
        it still needs Vectors
    $ todo engine
    [ ] A search engine  search/engine
    $ done engine --known
    [x] A search engine  search/engine
    ");
}

#[test]
fn what_is_snoozed_says_until_when_and_comes_back() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
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
    ), @r#"
    $ snooze pipes web/operations "in 3 weeks"
    Pipes  tools/pipes  snoozed until 2026-12-11
    Operations  web/operations  snoozed until 2026-12-11
    $ show pipes
    Pipes  tools/pipes

    status    [ ] todo, snoozed until 2026-12-11
    kind      skill
    effort    5 h
    stage     first
    topic     shell

    Taught by
      [ ] The Shell Book (book, free, 8 h, core)  shell-book

    Leads to
      - tools/backup-script
      - web/operations
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
    kind      skill
    effort    4.7 of 5 h left
    studied   20 min
    stage     first
    topic     shell

    Taught by
      [ ] The Shell Book (book, free, 8 h, core)  shell-book

    Leads to
      - tools/backup-script
      - web/operations
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
