//! `check`.

use crate::sandbox::Sandbox;
use crate::shelf;

const BROKEN: &str = r#"format = 1
id = "broken"
title = "Broken"

[[stages]]
id = "one"
title = "One"

[[stages.topics]]
id = "only"
title = "Only"
hours = 3
skils = []
skills = [{ id = "a", title = "A", same_as = "tools/nowhere" }]

[[stages.topics.resources]]
id = "page"
title = "Page"
type = "dcos"
cost = "free"
url = "ftp://example.org"
"#;

#[test]
fn a_good_file() {
    let sandbox = shelf::home();
    sandbox.write("tools.toml", shelf::TOOLS);
    insta::assert_snapshot!(sandbox.run(["check", "tools.toml"]), @"1 file: 0 errors, 0 warnings");
}

#[test]
fn every_problem_with_its_place_and_a_remedy() {
    let sandbox = shelf::home();
    sandbox.write("broken.toml", BROKEN);
    insta::assert_snapshot!(sandbox.run(["check", "broken.toml"]), @r#"
    broken.toml:6:6: warning[no-milestone]: the stage `one` has skills, but no milestone
      |
    6 | id = "one"
      |      ^^^^^
      help: add `[[stages.milestones]]`: what to build that proves them

    broken.toml:13:1: error[unknown-key]: a topic has no key `skils`
       |
    13 | skils = []
       | ^^^^^
      help: did you mean `skills`?

    broken.toml:14:46: error[unknown-reference]: the path `tools` has no `nowhere`
       |
    14 | skills = [{ id = "a", title = "A", same_as = "tools/nowhere" }]
       |                                              ^^^^^^^^^^^^^^^

    broken.toml:19:8: error[unknown-word]: `dcos` is not a `type`
       |
    19 | type = "dcos"
       |        ^^^^^^
      help: did you mean `docs`?

    broken.toml:21:7: error[bad-url]: `url` does not start with http:// or https://
       |
    21 | url = "ftp://example.org"
       |       ^^^^^^^^^^^^^^^^^^^
      help: write the whole address

    1 file: 4 errors, 1 warning
    [exit 1]
    "#);
}

#[test]
fn warnings_alone_are_no_failure() {
    let sandbox = Sandbox::new();
    let stage = "[[stages.milestones]]\nid = \"m\"\ntitle = \"M\"\n";
    let text = "format = 1\nid = \"few\"\ntitle = \"Few\"\n[[stages]]\nid = \"s\"\ntitle = \"S\"\n";
    sandbox.write("few.toml", &format!("{text}{stage}"));
    insta::assert_snapshot!(sandbox.run(["check", "few.toml"]), @r#"
    few.toml:8:6: warning[no-criteria]: the milestone `m` has no criteria
      |
    8 | id = "m"
      |      ^^^
      help: add `criteria`: sentences that a person can answer with yes or no

    few.toml:8:6: warning[no-hours]: the milestone `m` has no hours
      |
    8 | id = "m"
      |      ^^^
      help: add `hours`: the effort to reach it

    1 file: 0 errors, 2 warnings
    "#);
}

#[test]
fn what_is_no_path_file() {
    let sandbox = Sandbox::new();
    sandbox.write("syntax.toml", "format = 1\ntitle = \"never closed\n");
    sandbox.write("latin.toml", "");
    std::fs::write(sandbox.home().join("latin.toml"), b"title = \"caf\xe9\"\n").unwrap();
    sandbox.write("empty.toml", "");
    sandbox.write("future.toml", "format = 2\nid = \"x\"\ntitle = \"X\"\n");
    std::fs::create_dir(sandbox.home().join("folder.toml")).unwrap();
    insta::assert_snapshot!(sandbox.play(
        "check syntax.toml
         check latin.toml
         check empty.toml
         check future.toml
         check folder.toml
         check missing.toml
         check",
    ), @r#"
    $ check syntax.toml
    syntax.toml:2:22: error[syntax]: a string is not closed on its line
      |
    2 | title = "never closed
      |                      ^

    1 file: 1 error, 0 warnings
    [exit 1]
    $ check latin.toml
    latin.toml:1:1: error[unreadable]: not UTF-8 text
      help: check the name, the permissions and the encoding of the file

    1 file: 1 error, 0 warnings
    [exit 1]
    $ check empty.toml
    empty.toml:1:1: error[missing-key]: a path needs `format`
      help: add `format = 1` as the first line

    empty.toml:1:1: error[missing-key]: a path needs `id`

    empty.toml:1:1: error[missing-key]: a path needs `title`

    empty.toml:1:1: warning[empty]: the path has no stages
      help: add `[[stages]]` with topics, and milestones that prove them

    1 file: 3 errors, 1 warning
    [exit 1]
    $ check future.toml
    future.toml:1:10: error[format]: format `2` needs a newer milepost
      |
    1 | format = 2
      |          ^
      help: update milepost, or ask the author for a file in format 1

    1 file: 1 error, 0 warnings
    [exit 1]
    $ check folder.toml
    folder.toml:1:1: error[unreadable]: is a directory
      help: check the name, the permissions and the encoding of the file

    1 file: 1 error, 0 warnings
    [exit 1]
    $ check missing.toml
    missing.toml:1:1: error[unreadable]: cannot be read: there is no such file or directory
      help: check the name, the permissions and the encoding of the file

    1 file: 1 error, 0 warnings
    [exit 1]
    $ check
    --- stderr ---
    error: `milepost check` needs FILE
      FILE: The files
    hint: for example `milepost check my-path.toml`
    hint: `milepost check --help` explains the rest
    [exit 2]
    "#);
}

#[test]
fn several_files_see_each_other() {
    let sandbox = Sandbox::new();
    sandbox.write("web.toml", shelf::WEB);
    sandbox.write("tools.toml", shelf::TOOLS);
    sandbox.write("twin.toml", shelf::TOOLS);
    insta::assert_snapshot!(sandbox.play(
        "check web.toml tools.toml
         check tools.toml twin.toml",
    ), @"
    $ check web.toml tools.toml
    2 files: 0 errors, 0 warnings
    $ check tools.toml twin.toml
    twin.toml:1:1: error[duplicate-path]: two of the files have the id `tools`
      |
    1 | format = 1
      | ^
      help: give each path its own id

    2 files: 1 error, 0 warnings
    [exit 1]
    ");
}

#[test]
fn an_old_id_goes_to_one_path() {
    let sandbox = Sandbox::new();
    let renamed = |id: &str| {
        let keys = format!("id = \"{id}\"\nreplaces = [\"tools\"]");
        shelf::TOOLS.replace("id = \"tools\"", &keys)
    };
    sandbox.write("kit.toml", &renamed("kit"));
    sandbox.write("chest.toml", &renamed("chest"));
    insta::assert_snapshot!(sandbox.run(["check", "kit.toml", "chest.toml"]), @r#"
    kit.toml:3:13: error[path-replaced-twice]: `kit` and `chest` both list `tools` in `replaces`
      |
    3 | replaces = ["tools"]
      |             ^^^^^^^
      help: its record can go to only one of them: remove it from `replaces` of the
        other

    chest.toml:3:13: error[path-replaced-twice]: `chest` and `kit` both list `tools` in `replaces`
      |
    3 | replaces = ["tools"]
      |             ^^^^^^^
      help: its record can go to only one of them: remove it from `replaces` of the
        other

    2 files: 2 errors, 0 warnings
    [exit 1]
    "#);
}

#[test]
fn as_json_with_the_same_exit_code() {
    let sandbox = shelf::home();
    sandbox.write("broken.toml", BROKEN);
    let output = sandbox.output(["check", "broken.toml", "missing.toml", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stderr.is_empty(), "the answer is the whole of it");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["errors"], 5);
    assert_eq!(report["files"][1]["diagnostics"][0]["code"], "unreadable");
    let lines: Vec<String> = report["files"][0]["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{}:{} {} {}", one["line"], one["column"], one["severity"], one["code"]))
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    6:6 "warning" "no-milestone"
    13:1 "error" "unknown-key"
    14:46 "error" "unknown-reference"
    19:8 "error" "unknown-word"
    21:7 "error" "bad-url"
    "#);
}

#[test]
fn the_paths_that_ship_pass() {
    let sandbox = Sandbox::new();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/paths");
    let files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let said = sandbox.ok([std::ffi::OsString::from("check")]
        .into_iter()
        .chain(files.iter().map(|file| file.clone().into_os_string())));
    assert_eq!(said, format!("{} files: 0 errors, 0 warnings\n", files.len()));
}

#[test]
fn no_database_is_touched() {
    let sandbox = shelf::home();
    sandbox.write("foreign.db", "not a database");
    sandbox.write("tools.toml", shelf::TOOLS);
    assert_eq!(sandbox.code(["--db", "foreign.db", "check", "tools.toml"]), 0);
}
