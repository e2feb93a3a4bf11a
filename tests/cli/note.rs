//! `note`.

use std::io::Write;
use std::process::Stdio;

use crate::brief::brief;
use crate::shelf;

#[test]
fn notes_and_evidence_are_kept_with_items_topics_and_stages() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(brief(&sandbox.play(
        "note rest \"verbs are not resources\"
         note rest --evidence https://example.org/me --on yesterday
         note rest --evidence https://example.org/me
         note apis \"hard going\"
         note web/build --evidence plan.md
         note web/build --evidence plan.md
         note web \"too wide\"
         show rest
         show web/build
         log --limit 4",
    )), @r#"
    $ note rest "verbs are not resources"
    [ ] REST  web/rest  noted
    $ note rest --evidence https://example.org/me --on yesterday
    [ ] REST  web/rest  noted
    $ note rest --evidence https://example.org/me
    web/rest: nothing new
    $ note apis "hard going"
    APIs (topic)  web/apis  noted
    $ note web/build --evidence plan.md
    Build (stage)  web/build  noted
    $ note web/build --evidence plan.md
    web/build: nothing new was said
    $ note web "too wide"
    --- stderr ---
    error: notes belong to stages, topics and items, not to paths
    hint: name a part of `web`
    [exit 1]
    $ show rest
    REST  web/rest

    status    [ ] todo
    effort    6 h

    Notes
      1. verbs are not resources

    Evidence
      2. https://example.org/me
    $ show web/build
    Build (months 0-3)  0%
      APIs  apis  12 h  needs Networks
        [ ] REST  rest
        [ ] HTTP  http
        [ ] GraphQL (optional)  graphql
        0 of 2 resources done
      [ ] A service in public  service  8 h  needs APIs

    Requires
      - tools
      still open: Tools

    Evidence
      1. plan.md
    $ log --limit 4
    2026-11-20
      noted     Build  web/build
                plan.md
      noted     APIs  web/apis
                hard going
      noted     REST  web/rest
                verbs are not resources
    2026-11-19
      noted     REST  web/rest
                https://example.org/me
    "#);
}

#[test]
fn a_note_changes_no_status() {
    let sandbox = shelf::following();
    sandbox.ok(["doing", "rest"]);
    let noted = sandbox.json(["note", "rest", "still at it"]);
    let expected = serde_json::json!([
        { "ref": "web/rest", "title": "REST", "from": "doing", "to": "doing" }
    ]);
    assert_eq!(noted["changed"], expected);
    sandbox.ok(["note", "apis", "--evidence", "a"]);
    let again = sandbox.json(["note", "apis", "--evidence", "a"]);
    assert_eq!(again["changed"], serde_json::json!([]));
    assert_eq!(again["unchanged"], serde_json::json!(["web/apis"]));
}

#[test]
fn nothing_to_say_is_refused() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "note
         note rest
         note rest \"  \"
         note rest --evidence \"\"
         note nope hello
         note logs hello
         note rest hello --on tomorrow",
    ), @r#"
    $ note
    --- stderr ---
    error: there is no note and no terminal to ask on
    hint: give the text after the reference, or `-` to read it from standard input
    [exit 2]
    $ note rest
    --- stderr ---
    error: there is no note and no terminal to ask on
    hint: give the text after the reference, or `-` to read it from standard input
    [exit 2]
    $ note rest "  "
    --- stderr ---
    error: the note is empty
    hint: give it some text, or omit it
    [exit 2]
    $ note rest --evidence ""
    --- stderr ---
    error: `` is not evidence
    hint: evidence is a URL, file or commit on one line
    [exit 2]
    $ note nope hello
    --- stderr ---
    error: nothing is called `nope`
    hint: `milepost list` lists items, `milepost search` searches everything
    [exit 1]
    $ note logs hello
    --- stderr ---
    error: `logs` could mean 2 things
    hint: tools/logs  (skill: Reading logs)
    hint: web/logs  (skill: Log pipelines)
    [exit 1]
    $ note rest hello --on tomorrow
    --- stderr ---
    error: "tomorrow" is in the future (today is 2026-11-20)
    hint: write 2026-11-20, today, yesterday, a weekday, 3 days ago or 2 weeks ago
    [exit 2]
    "#);
}

#[test]
fn a_note_can_come_from_standard_input() {
    let sandbox = shelf::following();
    let piped = |text: &[u8]| {
        let mut command = sandbox.command();
        command.args(["note", "rest", "-"]).stdin(Stdio::piped());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A note that is too long is refused before all of it is read.
        let _ = child.stdin.take().unwrap().write_all(text);
        sandbox.said(&child.wait_with_output().unwrap())
    };
    insta::assert_snapshot!(piped(b"two\nlines\n"), @"[ ] REST  web/rest  noted");
    insta::assert_snapshot!(piped(b""), @"
    --- stderr ---
    error: the note is empty
    hint: give it some text, or omit it
    [exit 2]
    ");
    insta::assert_snapshot!(piped(&[b'x'; 65 * 1024]), @"
    --- stderr ---
    error: the note is longer than 64 KiB
    hint: keep it in a file, and note where that is
    [exit 2]
    ");
    insta::assert_snapshot!(piped(b"\xff\xfe"), @"
    --- stderr ---
    error: standard input is UTF-16, not UTF-8 text
    hint: save it as UTF-8
    [exit 1]
    ");
    assert_eq!(sandbox.json(["show", "rest"])["notes"], serde_json::json!(["two\nlines"]));
    insta::assert_snapshot!(brief(&sandbox.play("show rest")), @"
    $ show rest
    REST  web/rest

    status    [ ] todo
    effort    6 h

    Notes
      1. two
         lines
    ");
}

#[test]
fn a_note_or_evidence_is_removed_by_its_number_and_comes_back() {
    let sandbox = shelf::following();
    sandbox.ok(["note", "rest", "verbs are not resources"]);
    sandbox.ok(["note", "rest", "a slip", "--evidence", "htps://typo"]);
    sandbox.ok(["done", "rest", "--evidence", "https://example.org/me"]);
    insta::assert_snapshot!(brief(&sandbox.play(
        "note rest --remove 3
         note rest --remove 2
         show rest
         note rest --remove 3
         note rest --remove 0
         note http --remove 1
         log --limit 3
         undo
         undo
         redo
         search slip
         export --public",
    )), @"
    $ note rest --remove 3
    [x] REST  web/rest  evidence removed: htps://typo
    --- stderr ---
    `milepost undo` brings it back; `milepost log` still has it
    $ note rest --remove 2
    [x] REST  web/rest  note removed: a slip
    --- stderr ---
    `milepost undo` brings it back; `milepost log` still has it
    $ show rest
    REST  web/rest

    status    [x] done since 2026-11-20
    effort    6 h

    Notes
      1. verbs are not resources

    Evidence
      2. https://example.org/me
    $ note rest --remove 3
    --- stderr ---
    error: `web/rest` has 2 texts; there is no number 3
    hint: 1. note: verbs are not resources
    hint: 2. evidence: https://example.org/me
    [exit 1]
    $ note rest --remove 0
    --- stderr ---
    error: `web/rest` has 2 texts; there is no number 0
    hint: 1. note: verbs are not resources
    hint: 2. evidence: https://example.org/me
    [exit 1]
    $ note http --remove 1
    --- stderr ---
    error: `tools/http` has no notes or evidence
    hint: `milepost note tools/http TEXT` adds a note
    [exit 1]
    $ log --limit 3
    2026-11-20
      unnoted   REST  web/rest
      unnoted   REST  web/rest
      done      REST  web/rest
                https://example.org/me
    $ undo
    [x] REST  web/rest  the text is back
    $ undo
    [x] REST  web/rest  the text is back
    $ redo
    [x] REST  web/rest  the text is gone
    $ search slip
    [x] REST  web/rest  skill
        a slip
    $ export --public
    # Learning portfolio

    As of 2026-11-20.

    | Path | Milestones | Skills | Studied |
    |:-----|-----------:|-------:|--------:|
    | Web Services | - | 1 | - |

    ## Skills

    ### Build

    - **APIs**: REST ([example.org/me](https://example.org/me))

    ---

    Made with milepost
    ");
    let shown = sandbox.json(["show", "rest"]);
    assert_eq!(shown["notes"], serde_json::json!(["verbs are not resources", "a slip"]));
    assert_eq!(shown["evidence"], serde_json::json!(["https://example.org/me"]));
    let numbers: Vec<_> =
        shown["said"].as_array().unwrap().iter().map(|one| one["number"].clone()).collect();
    assert_eq!(numbers, [1, 2, 3]);
    assert_eq!(sandbox.code(["note", "rest", "text", "--remove", "1"]), 2);
    assert_eq!(sandbox.code(["note", "--remove", "1"]), 2);
    let removed = sandbox.json(["note", "rest", "--remove", "1"]);
    let expected = serde_json::json!([
        { "ref": "web/rest", "title": "REST", "from": "done", "to": "done" }
    ]);
    assert_eq!(removed["changed"], expected);
    // What was removed stays so on another machine.
    sandbox.ok(["export", "--full", "-o", "record.json"]);
    let other = shelf::home();
    sandbox.lend("record.json", &other);
    other.ok(["import", "record.json"]);
    assert_eq!(other.json(["show", "rest"])["notes"], serde_json::json!(["a slip"]));
}

#[test]
fn evidence_that_was_removed_can_be_given_again() {
    let sandbox = shelf::following();
    sandbox.ok(["note", "apis", "--evidence", "https://example.org/a"]);
    sandbox.ok(["note", "apis", "--remove", "1"]);
    assert_eq!(sandbox.json(["show", "apis"])["evidence"], serde_json::json!([]));
    sandbox.ok(["note", "apis", "--evidence", "https://example.org/a"]);
    assert_eq!(sandbox.json(["show", "apis"])["evidence"].as_array().unwrap().len(), 1);
    assert_eq!(sandbox.code(["doctor"]), 0);
}

#[test]
fn evidence_that_leads_nowhere_is_told_and_recorded() {
    let sandbox = shelf::following();
    sandbox.write("plan", "a plan");
    insta::assert_snapshot!(sandbox.play(
        "note rest --evidence htps://typo
         note rest --evidence plan --evidence 4f2a9bc --evidence docs/rest.md
         assess shells --level 1 --evidence \"I did it\"",
    ), @r#"
    $ note rest --evidence htps://typo
    [ ] REST  web/rest  noted
    --- stderr ---
    warning: `htps://typo` is not an address, path or commit; recorded anyway: `milepost note web/rest --remove 1` removes it
    $ note rest --evidence plan --evidence 4f2a9bc --evidence docs/rest.md
    [ ] REST  web/rest  noted
    $ assess shells --level 1 --evidence "I did it"
    Shells is at level 1 (foundation)

    Shells
    Getting a machine to do it.

    ✓ 1 foundation: I pipe.
      2 working: I script.
      3 advanced: I test my scripts.
      4 expert: Others use my scripts.

    level 1 (foundation) since 2026-11-20
    shown by I did it
    --- stderr ---
    warning: `I did it` is not an address, path or commit; recorded anyway: `milepost undo` takes back this change
    "#);
}
