//! `done --from`: what only the binary can prove.

use crate::sandbox::words;
use crate::shelf;

const TICKS: &str = "\
[[tick]]
ref = \"tools/pipes\"

[[tick]]
title = \"reading LOGS\"
on = 2026-09-01
note = \"in 2019\"

[[tick]]
url = \"http://www.example.org/rest/\"
known = false

[[tick]]
title = \"APIs\"
on = 2026-09-03
";

#[test]
fn a_list_is_shown_recorded_and_taken_back_as_one_change() {
    let sandbox = shelf::following();
    sandbox.write("ticks.toml", TICKS);
    sandbox.ok(words("done pipes --on 2026-10-01"));
    insta::assert_snapshot!(sandbox.play(
        "done --from ticks.toml
        done --from ticks.toml --yes
        done --from ticks.toml
        undo
        list --status done"
    ), @"
    $ done --from ticks.toml
    --- stderr ---
    to credit as known, 3:
      [x] Reading logs  tools/logs  2026-09-01, by its title
      [x] REST  web/rest  2026-09-03
      [x] HTTP  web/http  2026-09-03
    to mark done, 1:
      [x] Designing APIs  web/rest-guide  2026-11-20, by its address
    whole topics and stages:
      APIs  web/apis  topic, 2 items of it, by its title
    done already, 1:
      tools/pipes  2026-10-01
    error: the list would credit 3 as known and mark 1 done; there is no terminal to ask on
    hint: pass `--yes` to confirm
    [exit 2]
    $ done --from ticks.toml --yes
    credited as known, 3:
      [x] Reading logs  tools/logs  2026-09-01, by its title
      [x] REST  web/rest  2026-09-03
      [x] HTTP  web/http  2026-09-03
    marked done, 1:
      [x] Designing APIs  web/rest-guide  2026-11-20, by its address
    whole topics and stages:
      APIs  web/apis  topic, 2 items of it, by its title
    done already, 1:
      tools/pipes  2026-10-01
    unlocked milestone: A service in public  web/service
    --- stderr ---
    `milepost undo` takes all of it back
    $ done --from ticks.toml
    whole topics and stages:
      APIs  web/apis  topic, nothing of it is open, by its title
    done already, 3:
      tools/pipes  2026-10-01
      tools/logs  2026-09-01, by its title
      web/rest-guide  2026-11-20, by its address
    nothing changed
    $ undo
    [ ] Reading logs  tools/logs  todo again, was done
    [ ] Designing APIs  web/rest-guide  todo again, was done
    [ ] REST  web/rest  todo again, was done
    [ ] HTTP  tools/http  todo again, was done
    $ list --status done
    [x]  tools/pipes  skill  5 h  Pipes
    ");
}

#[test]
fn a_line_that_is_not_clear_keeps_all_of_it_out() {
    let sandbox = shelf::following();
    sandbox.write(
        "ticks.toml",
        "[[tick]]\nref = \"tools/pips\"\n[[tick]]\nref = \"logs\"\n[[tick]]\nref = \"rest\"\n\
         [[tick]]\nref = \"tools/scripts\"\ntitle = \"Kubernetes\"\n[[tick]]\nref = \"nope/x\"\n\
         [[tick]]\nref = \"web/rest\"\non = 2026-01-01\n[[tick]]\nref = \"idempotency\"\n[[tick]]\n\
         title = \"\u{1F980}\"\n",
    );
    insta::assert_snapshot!(sandbox.play(
        "done --from ticks.toml --yes
        list --status done
        done --from ticks.toml --skip-unclear --yes
        done --from ticks.toml --skip-unclear --json"
    ), @r#"
    $ done --from ticks.toml --yes
    --- stderr ---
    error: 7 of 8 ticks in ticks.toml are not clear, so nothing was recorded:
      ticks.toml:1: nothing is called `tools/pips`; did you mean `tools/pipes`?
      ticks.toml:3: `logs` could mean 2 things: tools/logs (skill) and web/logs (skill)
      ticks.toml:7: tools/scripts is `Scripts` here, but the line says `Kubernetes`
      ticks.toml:10: nothing is called `nope/x`: the path `nope` is not installed
      ticks.toml:12: line 5 says something else about web/rest
      ticks.toml:15: web/question:idempotency is an interview question
      ticks.toml:17: nothing has the title `🦀`
    hint: correct these lines, or leave them out with `--skip-unclear`
    hint: `milepost add FILE` installs a path
    [exit 1]
    $ list --status done
    --- stderr ---
    no item matches the filters; remove one
    $ done --from ticks.toml --skip-unclear --yes
    credited as known, 1:
      [x] REST  web/rest  2026-11-20
    not clear and left out, 7 lines:
      1: nothing is called `tools/pips`; did you mean `tools/pipes`?
      3: `logs` could mean 2 things: tools/logs (skill) and web/logs (skill)
      7: tools/scripts is `Scripts` here, but the line says `Kubernetes`
      10: nothing is called `nope/x`: the path `nope` is not installed
      12: line 5 says something else about web/rest
      15: web/question:idempotency is an interview question
      17: nothing has the title `🦀`
    --- stderr ---
    `milepost undo` takes all of it back
    $ done --from ticks.toml --skip-unclear --json
    {"schema":1,"command":"done","changed":[],"unchanged":["web/rest"],"unlocked":[],"studied":[],"later":[],"found":[{"line":5,"ref":"web/rest","by":"ref","items":null}],"not_found":[{"line":1,"ref":"tools/pips","url":null,"title":null,"code":"unknown","candidates":["tools/pipes"]},{"line":3,"ref":"logs","url":null,"title":null,"code":"ambiguous","candidates":["tools/logs","web/logs"]},{"line":7,"ref":"tools/scripts","url":null,"title":"Kubernetes","code":"another","candidates":["tools/scripts"]},{"line":10,"ref":"nope/x","url":null,"title":null,"code":"no-path","candidates":[]},{"line":12,"ref":"web/rest","url":null,"title":null,"code":"twice","candidates":["web/rest"]},{"line":15,"ref":"idempotency","url":null,"title":null,"code":"question","candidates":["web/question:idempotency"]},{"line":17,"ref":null,"url":null,"title":"🦀","code":"unknown","candidates":[]}],"not_done":0}
    "#);
}

#[test]
fn what_is_wrong_with_a_list_is_told_with_its_place() {
    let sandbox = shelf::following();
    sandbox
        .write("bad.toml", "[[tick]]\ntitel = \"x\"\n[[tick]]\nref = \"pipes\"\non = 2027-01-01\n");
    sandbox.write("bad.csv", "title,on,finished\nPipes,1.2.2026,\nPipes,2027-01-01,\n,,\n");
    sandbox.write("notes.md", "# Mine\n\n- [x] Pipes\n");
    insta::assert_snapshot!(sandbox.play(
        "done --from bad.toml
        done --from bad.csv
        done --from notes.md
        done --from nothing.toml
        done --from bad.toml --note x
        done pipes --skip-unclear"
    ), @"
    $ done --from bad.toml
    --- stderr ---
    error: 2 problems in bad.toml, so nothing was recorded:
      bad.toml:1:1: a tick needs `ref`; add `ref`, or the `url` or `title` of what is done
      bad.toml:2:1: a tick has no key `titel`; did you mean `title`?
    [exit 1]
    $ done --from bad.csv
    --- stderr ---
    error: 3 problems in bad.csv, so nothing was recorded:
      bad.csv:1: there is no column `finished`; milepost reads ref, url, title, status, on, known, note and evidence
      bad.csv:2: `1.2.2026` is not a day; write it as 2026-11-20
      bad.csv:3: 2027-01-01 is in the future
    [exit 1]
    $ done --from notes.md
    --- stderr ---
    error: 1 problem in notes.md, so nothing was recorded:
      notes.md:1:1: this looks like Markdown, and a list of ticks is TOML or CSV; begin with `[[tick]]`, and then `ref`, `url` or `title`; as CSV, with a line of such names
    [exit 1]
    $ done --from nothing.toml
    --- stderr ---
    error: there is no file nothing.toml
    hint: check the name
    [exit 1]
    $ done --from bad.toml --note x
    --- stderr ---
    error: `--from` does not go with `--note`
    hint: `milepost done --help` explains the options
    [exit 2]
    $ done pipes --skip-unclear
    --- stderr ---
    error: `REF` does not go with `--skip-unclear`
    hint: `milepost done --help` explains the options
    [exit 2]
    ");
}

/// Each column of the export is known, and a record that is exported and read again is the same.
#[test]
fn what_csv_exports_a_list_reads() {
    let sandbox = shelf::lived_in();
    let exported = sandbox.ok(words("export --format csv --notes"));
    sandbox.write("items.csv", &exported);
    let again = sandbox.json(words("done --from items.csv"));
    assert_eq!(again["changed"], serde_json::json!([]), "{again}");
    assert!(again["not_done"].as_u64() > Some(5) && again["not_found"] == serde_json::json!([]));
    let other = shelf::following();
    other.write("items.csv", &exported);
    other.ok(words("done --from items.csv --yes"));
    let done = |sandbox: &crate::sandbox::Sandbox| sandbox.ok(words("list --status done --json"));
    assert_eq!(done(&other), done(&sandbox));
    let day = |sandbox: &crate::sandbox::Sandbox, name: &str| {
        let shown = sandbox.json(["show", name]);
        (shown["since"].clone(), shown["known"].clone(), shown["evidence"].clone())
    };
    for name in ["tools/http", "tools/pipes", "web/rest", "web/service"] {
        assert_eq!(day(&other, name).0, day(&sandbox, name).0, "{name}");
    }
}
