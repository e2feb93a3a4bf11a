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
         check missing.toml",
    ), @r#"
    $ check syntax.toml
    syntax.toml:2:22: error[syntax]: a string is not closed on its line
      |
    2 | title = "never closed
      |                      ^
      help: close it with the quote that it begins with

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
    folder.toml:1:1: error[no-files]: the folder has no files that end in .toml
      help: name a folder with path files, or a file

    1 file: 1 error, 0 warnings
    [exit 1]
    $ check missing.toml
    missing.toml:1:1: error[unreadable]: cannot be read: there is no such file or directory
      help: check the name, the permissions and the encoding of the file

    1 file: 1 error, 0 warnings
    [exit 1]
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
    let mut sandbox = Sandbox::new();
    // They were changed after the day of the tests.
    sandbox.set("MILEPOST_NOW", "2100-01-01T10:00:00Z");
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

#[test]
fn a_folder_standard_input_and_all_own_files() {
    let sandbox = shelf::home();
    sandbox.write("drafts/tools.toml", shelf::TOOLS);
    sandbox.write("drafts/notes.txt", "no path file");
    sandbox.write("empty/notes.txt", "no path file");
    insta::assert_snapshot!(sandbox.play(
        "check drafts
         check empty
         check
         check - --against -",
    ), @"
    $ check drafts
    1 file: 0 errors, 0 warnings
    $ check empty
    empty:1:1: error[no-files]: the folder has no files that end in .toml
      help: name a folder with path files, or a file

    1 file: 1 error, 0 warnings
    [exit 1]
    $ check
    3 files: 0 errors, 0 warnings
    $ check - --against -
    --- stderr ---
    error: standard input, `-`, can be read only once
    [exit 2]
    ");
    let future = sandbox.write("future.toml", &shelf::TOOLS.replacen("= 1", "= 2", 1));
    let mut command = sandbox.command();
    let piped = std::fs::File::open(future).unwrap();
    let output = command.args(["check", "-"]).stdin(piped).output().unwrap();
    insta::assert_snapshot!(sandbox.said(&output), @"
    -:1:10: error[format]: format `2` needs a newer milepost
      |
    1 | format = 2
      |          ^
      help: update milepost, or ask the author for a file in format 1

    1 file: 1 error, 0 warnings
    [exit 1]
    ");
}

#[test]
fn with_strict_a_warning_fails() {
    let sandbox = Sandbox::new();
    sandbox.write("few.toml", "format = 1\nid = \"few\"\ntitle = \"Few\"\n");
    insta::assert_snapshot!(sandbox.play(
        "check few.toml
         check few.toml --strict
         check few.toml --strict --quiet",
    ), @r#"
    $ check few.toml
    few.toml:2:6: warning[empty]: the path has no stages
      |
    2 | id = "few"
      |      ^^^^^
      help: add `[[stages]]` with topics, and milestones that prove them

    1 file: 0 errors, 1 warning
    $ check few.toml --strict
    few.toml:2:6: warning[empty]: the path has no stages
      |
    2 | id = "few"
      |      ^^^^^
      help: add `[[stages]]` with topics, and milestones that prove them

    1 file: 0 errors, 1 warning
    --- stderr ---
    `--strict` counts warnings as errors
    [exit 1]
    $ check few.toml --strict --quiet
    few.toml:2:6: warning[empty]: the path has no stages
      |
    2 | id = "few"
      |      ^^^^^
      help: add `[[stages]]` with topics, and milestones that prove them

    1 file: 0 errors, 1 warning
    [exit 1]
    "#);
}

#[test]
fn what_a_new_version_does_not_keep() {
    let sandbox = shelf::home();
    sandbox.write("old.toml", shelf::TOOLS);
    let new = [
        ("id = \"pipes\"", "id = \"pipelines\""),
        ("  { id = \"logs\", title = \"Reading logs\" },\n", ""),
        ("HTTP, a Guide", "Sailing"),
        ("example.org/http", "example.org/sails"),
        ("It says when it fails.", "It is fast."),
    ];
    let new = new.iter().fold(shelf::TOOLS.to_owned(), |text, (from, to)| text.replace(from, to));
    sandbox.write("new.toml", &new);
    sandbox.write("web.toml", shelf::WEB);
    insta::assert_snapshot!(sandbox.play(
        "check new.toml --against old.toml
         check web.toml --against old.toml
         check new.toml --against missing.toml",
    ), @r#"
    $ check new.toml --against old.toml
    new.toml:15:10: error[looks-renamed]: `pipes` is gone, and this has its title: it looks renamed
       |
    15 |   { id = "pipelines", title = "Pipes" },
       |          ^^^^^^^^^^^
      help: write `replaces = ["pipes"]`, so that what is recorded follows

    new.toml:38:6: error[id-gone]: the skill `logs` is gone, with all that is recorded of it
       |
    38 | id = "networks"
       |      ^^^^^^^^^^
      help: keep it with `retired = true`, or list `logs` in the `replaces` of what
        takes its place

    new.toml:46:6: error[id-reused]: `http-guide` was "HTTP, a Guide" and is "Sailing": what is recorded under it would count for something else
       |
    46 | id = "http-guide"
       |      ^^^^^^^^^^^^
      help: give it an id of its own, and keep the old one with `retired = true`

    new.toml:55:6: warning[criteria-changed]: the criteria of `backup-script` changed; learners who finished it did so under the old ones
       |
    55 | id = "backup-script"
       |      ^^^^^^^^^^^^^^^
      help: if it asks for something else now, give it an id of its own and keep the
        old one with `retired = true`

    1 file: 3 errors, 1 warning
    [exit 1]
    $ check web.toml --against old.toml
    --- stderr ---
    error: none of the files is another version of old.toml
    hint: a version has the same id, or lists the old id in its `replaces`
    [exit 1]
    $ check new.toml --against missing.toml
    --- stderr ---
    error: there is no file missing.toml
    hint: `--against` takes the previous version: a file, a folder, or `-` for standard input
    [exit 1]
    "#);
}
