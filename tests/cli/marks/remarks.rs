//! Notes and evidence that come with a mark.

use super::*;

#[test]
fn notes_and_evidence_come_with_a_mark() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(brief(&sandbox.play(
        "done service --note \"it runs\" --evidence https://example.org/1 --evidence commit:4f2a
         done service --evidence https://example.org/1
         done service --evidence https://example.org/2 --note again
         doing service --note \"\"
         done service --evidence \"\"
         show service
         log --limit 2",
    )), @r#"
    $ done service --note "it runs" --evidence https://example.org/1 --evidence commit:4f2a
    [x] A service in public  web/service
        still open of what it requires: APIs
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
    effort    8 h

    Criteria
      - A stranger can call it.
      - It answers wrong calls with a reason.

    To hand in
      - repository

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
    error: `milepost done` has no option `--hours`
    hint: `milepost done --help` lists its options
    [exit 2]
    $ done pipes -5
    --- stderr ---
    error: `milepost done` does not take `-5`
      REF: The items, topics, stages or paths
    hint: `milepost done --help` explains the rest
    [exit 2]
    $ note pipes -5
    --- stderr ---
    error: `milepost note` has no option `-5`
    hint: `milepost note --help` lists its options
    hint: write `--` before a text that begins with a hyphen
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
    error: `milepost start` has no option `--since`
    hint: `milepost start --help` lists its options
    [exit 2]
    "#);
}
