//! Self-assessment: by flags, by a file, its history, and what can go wrong. Its questions are in
//! `prompts`.

use crate::sandbox::words;
use crate::shelf;

#[test]
fn areas_are_shown_against_the_role_with_what_the_record_speaks_for() {
    let sandbox = shelf::following();
    sandbox.ok(words("done tools/shell --yes"));
    sandbox.ok(words("assess services --level 2 --note \"one in public\""));
    insta::assert_snapshot!(sandbox.run(words("assess")), @"
    Skill areas
    Shells    ········  -
      your record suggests level 1 (Shell)
    Services  ████····  2 (working)
    Watching  ········  -

    1 of 3 areas assessed. `--role ROLE` compares with a role; `milepost roles`
    lists them.
    --- stderr ---
    to record a level: `milepost assess AREA --level N`, or `--answers FILE`
    ");
    insta::assert_snapshot!(sandbox.run(words("assess --list --role operator")), @"
    Skill areas against Operator: fit 5.2%, 0 of 2 core areas within one level
    Shells    ░░░░░░··  - of 3
      your record suggests level 1 (Shell)
    Services  ████····  2 of 1
    Watching  ░░░░░░··  - of 3

    1 of 3 areas assessed. The lighter part of a bar is what the role still needs.
    ");
    insta::assert_snapshot!(sandbox.run(words("assess services")), @"
    Services

    ✓ 1 foundation: I call one.
    ✓ 2 working: I built one.
      3 advanced: Mine stays up.
      4 expert: Mine is relied on.

    level 2 (working) since 2026-11-20
    one in public
    --- stderr ---
    to record a level: `milepost assess AREA --level N`, or `--answers FILE`
    ");
    sandbox.ok(words("start web --role web-developer"));
    insta::assert_snapshot!(sandbox.run(words("assess shells --list")), @"
    Shells
    Getting a machine to do it.

      1 foundation: I pipe.
      2 working: I script.
      3 advanced: I test my scripts.
      4 expert: Others use my scripts.

    not assessed yet
    Web Developer needs level 1
    your record suggests level 1: Shell
    ");
}

#[test]
fn an_area_grows_and_the_newest_counts() {
    let sandbox = shelf::home();
    sandbox.ok(words("assess shells --level 1 --on 2026-09-01"));
    sandbox.ok(words("assess shells --level 3 --on 2026-10-01 --evidence https://example.org/s"));
    insta::assert_snapshot!(sandbox.run(words("assess shells --level 2")), @"
    Shells is at level 2 (working), was 3

    Shells
    Getting a machine to do it.

    ✓ 1 foundation: I pipe.
    ✓ 2 working: I script.
      3 advanced: I test my scripts.
      4 expert: Others use my scripts.

    level 2 (working) since 2026-11-20
    ");
    insta::assert_snapshot!(sandbox.run(words("assess --history")), @"
    Shells
      2026-09-01 ██······ 1 (foundation)
      2026-10-01 ██████·· 3 (advanced) +2
        https://example.org/s
      2026-11-20 ████···· 2 (working) -1
    ");
    insta::assert_snapshot!(sandbox.run(words("undo")), @"Shells  career/area:shells  advanced now, was working");
    insta::assert_snapshot!(sandbox.run(words("log")), @r"
    2026-11-20
      undone    Shells  career/area:shells
      assessed  Shells  career/area:shells  working  (undone)
    2026-10-01
      assessed  Shells  career/area:shells  advanced
                https://example.org/s
    2026-09-01
      assessed  Shells  career/area:shells  foundation
    ");
}

#[test]
fn a_file_answers_all_at_once_or_not_at_all() {
    let sandbox = shelf::home();
    let mut said = String::new();
    for (name, text) in [
        ("area", "[levels]\nshells = 1\nservces = 2\n"),
        ("level", "[levels]\nshells = 5\n"),
        ("shape", "[levels]\nshells = \"two\"\n"),
        ("syntax", "[levels]\nshells = 1\nservices =\n"),
        ("key", "[levels]\nshells = 1\n[proof]\n"),
        ("stray", "[levels]\nshells = 1\n[evidence]\nservices = [\"x\"]\n"),
        ("evidence", "[levels]\nshells = 1\n[evidence]\nshells = [\"\"]\n[notes]\nshells = 3\n"),
        ("none", "# nothing\n"),
    ] {
        sandbox.write("bad.toml", text);
        said.push_str(&format!("{name}: {}\n", sandbox.run(words("assess --answers bad.toml"))));
        assert!(!sandbox.db().exists(), "{name}");
    }
    insta::assert_snapshot!(said, @"
    area: --- stderr ---
    error: 1 problem in bad.toml, so nothing was recorded:
      bad.toml:3:1: there is no skill area `servces`; did you mean `services`?
    [exit 1]

    level: --- stderr ---
    error: 1 problem in bad.toml, so nothing was recorded:
      bad.toml:2:10: `5` is not a level; levels go from 0 (none) to 4 (expert)
    [exit 1]

    shape: --- stderr ---
    error: 1 problem in bad.toml, so nothing was recorded:
      bad.toml:2:10: `two` is not a level; levels go from 0 (none) to 4 (expert)
    [exit 1]

    syntax: --- stderr ---
    error: 1 problem in bad.toml, so nothing was recorded:
      bad.toml:3:11: a value or its quotes are missing here
    [exit 1]

    key: --- stderr ---
    error: 1 problem in bad.toml, so nothing was recorded:
      bad.toml:3:2: unknown key `proof`; the file has a table [levels] with lines such as `retrieval = 2`, and optionally [evidence] with lists and [notes] with texts
    [exit 1]

    stray: --- stderr ---
    error: 1 problem in bad.toml, so nothing was recorded:
      bad.toml:4:1: `services` has no level in this file
    [exit 1]

    evidence: --- stderr ---
    error: 2 problems in bad.toml, so nothing was recorded:
      bad.toml:4:10: `` is not evidence; evidence is a URL, file or commit on one line
      bad.toml:6:10: notes must be a text
    [exit 1]

    none: --- stderr ---
    error: 1 problem in bad.toml, so nothing was recorded:
      bad.toml:1:1: there are no levels; the file has a table [levels] with lines such as `retrieval = 2`, and optionally [evidence] with lists and [notes] with texts
    [exit 1]
    ");
    insta::assert_snapshot!(sandbox.run(words("assess --answers nothing.toml")), @"
    --- stderr ---
    error: there is no file nothing.toml
    hint: check the name
    [exit 1]
    ");
    sandbox.write(
        "levels.toml",
        "[levels]\nservices = 2\nshells = 3\n\n[evidence]\nservices = [\"https://example.org/me\"]\n",
    );
    insta::assert_snapshot!(sandbox.run(words("assess --answers levels.toml")), @"
    Shells is at level 3 (advanced)
    Services is at level 2 (working)

    Skill areas
    Shells    ██████··  3 (advanced)
    Services  ████····  2 (working)
    Watching  ········  -

    2 of 3 areas assessed. `--role ROLE` compares with a role; `milepost roles`
    lists them.
    ");
    // One command, so one undo.
    sandbox.ok(["undo"]);
    let areas = sandbox.json(["assess"])["areas"].clone();
    assert!(areas.as_array().unwrap().iter().all(|area| area["level"].is_null()));
}

#[test]
fn a_file_that_is_too_long_is_refused_and_not_cut_off() {
    let sandbox = shelf::home();
    // What is wrong stands behind the first megabyte.
    let filling = "# filling\n".repeat(120_000);
    for (command, good) in [("assess", "[levels]\nshells = 1\n"), ("interview", "[grades]\n")] {
        let text = format!("{good}{filling}nonsense\n");
        let file = sandbox.write("long.toml", &text);
        let piped = std::fs::File::open(file).unwrap();
        let output =
            sandbox.command().args([command, "--answers", "-"]).stdin(piped).output().unwrap();
        let said = sandbox.said(&output);
        assert!(said.contains("standard input is larger than 1,048,576 bytes"), "{said}");
        let said = sandbox.run([command, "--answers", "long.toml"]);
        assert!(said.contains("long.toml is larger than 1,048,576 bytes"), "{said}");
    }
    assert!(!sandbox.db().exists());
}

#[test]
fn what_it_does_not_know_it_refuses() {
    let sandbox = shelf::home();
    insta::assert_snapshot!(sandbox.run(words("assess servics")), @"
    --- stderr ---
    error: there is no skill area `servics`
    hint: did you mean `services`?
    [exit 1]
    ");
    insta::assert_snapshot!(sandbox.run(words("assess shells --level 5")), @"
    --- stderr ---
    error: `--level` does not take `5`: it must be from 0 to 4
      --level N: Set your level in AREA, 0 (none) to 4 (expert), without asking
    hint: `milepost assess --help` explains the rest
    [exit 2]
    ");
    insta::assert_snapshot!(sandbox.run(words("assess --role opertor")), @"
    --- stderr ---
    error: there is no role `opertor`
    hint: did you mean `operator`?
    hint: `milepost roles` lists them
    [exit 1]
    ");
    insta::assert_snapshot!(sandbox.run(words("assess shells --evidence https://example.org")), @"
    --- stderr ---
    error: there is no level to record and no terminal to ask on
    hint: pass `--level N`
    [exit 2]
    ");
    assert_eq!(sandbox.code(words("assess --level 2")), 2);
    assert_eq!(sandbox.code(words("assess shells --level 1 --on tomorrow")), 2);
    assert!(!sandbox.db().exists());
}

#[test]
fn the_portfolio_shows_the_levels() {
    let sandbox = shelf::following();
    assert!(!sandbox.ok(["export"]).contains("Skill areas"));
    sandbox.ok(words("start web --role operator"));
    sandbox
        .ok(words("assess shells --level 2 --evidence https://example.org/s --note \"not | yet\""));
    let text = sandbox.ok(words("export --notes"));
    let from = text.find("## Skill areas").unwrap();
    insta::assert_snapshot!(text[from..].split("\n## ").next().unwrap(), @r"
    ## Skill areas

    Self-assessed against the role of Operator: 31.5%, weighted by the level it needs in each area; 1 of 2 core areas within one level.

    | Area | Level | Needed | Since | Evidence |
    |:-----|:------|-------:|:------|:---------|
    | Shells | 2, working | 3 | 2026-11-20 | [example.org/s](https://example.org/s) |
    | Services | not assessed | 1 | - | - |
    | Watching | not assessed | 3 | - | - |

    - Note on Shells, 2026-11-20: not \| yet

    ---

    Made with milepost
    ");
    let json = sandbox.json(words("export --format json"));
    assert_eq!(json["matrix"]["role"]["id"], "operator");
    assert_eq!(json["matrix"]["areas"][0]["history"][0]["level"], 2);
    let html = sandbox.ok(words("export --format html"));
    assert!(html.contains("Needed: <bdi>Operator</bdi>") && html.contains("2, working"), "{html}");
}

#[test]
fn a_level_without_an_area_gets_an_example_with_both() {
    let sandbox = shelf::home();
    insta::assert_snapshot!(sandbox.play("assess --level 2\nassess retrieval --level two"), @"
    $ assess --level 2
    --- stderr ---
    error: `milepost assess` needs AREA
      AREA: The skill area
    hint: for example `milepost assess retrieval --level 2`
    hint: `milepost assess --help` explains the rest
    [exit 2]
    $ assess retrieval --level two
    --- stderr ---
    error: `--level` does not take `two`: it is not a whole number
      --level N: Set your level in AREA, 0 (none) to 4 (expert), without asking
    hint: `milepost assess --help` explains the rest
    [exit 2]
    ");
}
