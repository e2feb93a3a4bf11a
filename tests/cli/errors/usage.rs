//! A command line that is wrong: what it lacks, and what it cannot take.

use clap::CommandFactory;

use super::*;

#[test]
fn a_command_line_that_is_wrong() {
    let sandbox = Sandbox::new();
    insta::assert_snapshot!(sandbox.play(
        "statsu
         status --jsn
         --color sometimes status
         --db
         done --on
         undo extra arguments
         help nothing
         done rest,http
         skip web/rest --wy x
         next --type vidoe
         completions pwsh
         export --public --notes
         export --notes=3
         done web/rest --on monday --on friday
         note web/rest --nte x",
    ), @"
    $ statsu
    --- stderr ---
    error: there is no command `statsu`
    hint: did you mean `status` or `start`?
    [exit 2]
    $ status --jsn
    --- stderr ---
    error: `milepost status` has no option `--jsn`
    hint: did you mean `--json`?
    [exit 2]
    $ --color sometimes status
    --- stderr ---
    error: `--color` does not take `sometimes`
    hint: choose from auto, always, never
    [exit 2]
    $ --db
    --- stderr ---
    error: `--db` needs a value
      --db FILE: Use this file as the record
    hint: `milepost --help` explains the rest
    [exit 2]
    $ done --on
    --- stderr ---
    error: `--on` needs a value
      --on DATE: The day you did it [default: today]: 2026-11-20, monday, `3 days ago`
    hint: for example `milepost done fastapi rest-principles --on yesterday`
    hint: `milepost done --help` explains the rest
    [exit 2]
    $ undo extra arguments
    --- stderr ---
    error: `milepost undo` does not take `extra`
    hint: `milepost undo --help` says what it takes
    [exit 2]
    $ help nothing
    --- stderr ---
    error: there is no command `nothing`
    hint: did you mean `note`?
    [exit 2]
    $ done rest,http
    --- stderr ---
    error: nothing is called `rest,http`
    hint: `milepost list` lists items, `milepost search` searches everything
    hint: name several things one by one, without commas between them
    [exit 1]
    $ skip web/rest --wy x
    --- stderr ---
    error: `milepost skip` has no option `--wy`
    hint: did you mean `--why`?
    [exit 2]
    $ next --type vidoe
    --- stderr ---
    error: `--type` does not take `vidoe`
    hint: did you mean `video`?
    hint: choose from docs, book, course, video, tutorial, paper, guide, tool, community, conference, article, podcast, exercise
    [exit 2]
    $ completions pwsh
    --- stderr ---
    error: `milepost completions` does not take `pwsh`
    hint: did you mean `powershell`?
    hint: choose from bash, zsh, fish, powershell, elvish
    [exit 2]
    $ export --public --notes
    --- stderr ---
    error: `--public` does not go with `--notes`
    hint: `milepost export --help` explains the options
    [exit 2]
    $ export --notes=3
    --- stderr ---
    error: `--notes` does not take `3`
    hint: `milepost export --help` says what it takes
    [exit 2]
    $ done web/rest --on monday --on friday
    --- stderr ---
    error: `--on` can be given only once
    hint: `milepost done --help` explains the options
    [exit 2]
    $ note web/rest --nte x
    --- stderr ---
    error: `milepost note` has no option `--nte`
    hint: `milepost note --help` lists its options
    hint: write `--` before a text that begins with a hyphen
    [exit 2]
    ");
}

#[test]
fn what_a_command_line_lacks_is_named_with_an_example() {
    let sandbox = Sandbox::new();
    insta::assert_snapshot!(sandbox.play(
        "snooze faiss
         snooze
         --quiet snooze faiss
         compare web
         done web/rest --on
         --db
         backup
         completions
         add",
    ), @"
    $ snooze faiss
    --- stderr ---
    error: `milepost snooze` needs UNTIL
      UNTIL: When it comes back: 2027-01-10, `in 3 weeks`, monday, or `none` (now)
    hint: for example `milepost snooze faiss 2027-01-10`
    hint: `milepost snooze --help` explains the rest
    [exit 2]
    $ snooze
    --- stderr ---
    error: `milepost snooze` needs REF and UNTIL
      REF: The items and topics
      UNTIL: When it comes back: 2027-01-10, `in 3 weeks`, monday, or `none` (now)
    hint: for example `milepost snooze faiss 2027-01-10`
    hint: `milepost snooze --help` explains the rest
    [exit 2]
    $ --quiet snooze faiss
    --- stderr ---
    error: `milepost snooze` needs UNTIL
      UNTIL: When it comes back: 2027-01-10, `in 3 weeks`, monday, or `none` (now)
    hint: for example `milepost snooze faiss 2027-01-10`
    hint: `milepost snooze --help` explains the rest
    [exit 2]
    $ compare web
    --- stderr ---
    error: `milepost compare` needs PATH
      PATH: The other path
    hint: for example `milepost compare ai-integration ml-engineering`
    hint: `milepost compare --help` explains the rest
    [exit 2]
    $ done web/rest --on
    --- stderr ---
    error: `--on` needs a value
      --on DATE: The day you did it [default: today]: 2026-11-20, monday, `3 days ago`
    hint: for example `milepost done fastapi rest-principles --on yesterday`
    hint: `milepost done --help` explains the rest
    [exit 2]
    $ --db
    --- stderr ---
    error: `--db` needs a value
      --db FILE: Use this file as the record
    hint: `milepost --help` explains the rest
    [exit 2]
    $ backup
    --- stderr ---
    error: `milepost backup` needs FILE
      FILE: The file to write
    hint: for example `milepost backup milepost-backup.db`
    hint: `milepost backup --help` explains the rest
    [exit 2]
    $ completions
    --- stderr ---
    error: `milepost completions` needs SHELL
      SHELL: The shell
    hint: for example `milepost completions fish | source`
    hint: `milepost completions --help` explains the rest
    [exit 2]
    $ add
    --- stderr ---
    error: `milepost add` needs FILE
      FILE: The files, folders with files, or `-` for standard input
    hint: for example `milepost add my-path.toml`
    hint: `milepost add --help` explains the rest
    [exit 2]
    ");
    insta::assert_snapshot!(sandbox.run(["snooze", "faiss", "--json"]), @r#"
    --- stderr ---
    {"schema":1,"error":{"code":"usage","message":"`milepost snooze` needs UNTIL","details":["UNTIL: When it comes back: 2027-01-10, `in 3 weeks`, monday, or `none` (now)"],"hints":["for example `milepost snooze faiss 2027-01-10`","`milepost snooze --help` explains the rest"],"exit":2}}
    [exit 2]
    "#);
}

#[test]
fn every_command_that_lacks_something_says_what_and_how() {
    let sandbox = Sandbox::new();
    let program = milepost::cli::Cli::command();
    let mut lacking = 0;
    for command in program.get_subcommands().map(clap::Command::get_name) {
        let output = sandbox.output([command, "--no-input"]);
        let said = sandbox.said(&output);
        assert!(!said.contains("the following required arguments"), "{said}");
        if output.status.code() == Some(2) && said.contains(&format!("`milepost {command}` needs "))
        {
            lacking += 1;
            assert!(said.contains("hint: for example `milepost "), "{said}");
        }
    }
    assert!(lacking > 8, "{lacking}");
}

#[test]
fn the_nearest_command_comes_first() {
    let sandbox = Sandbox::new();
    for (typed, meant) in [
        ("strat", "start"),
        ("statsu", "status"),
        ("nxet", "next"),
        ("dnoe", "done"),
        ("exprot", "export"),
        ("remvoe", "remove"),
        ("sohw", "show"),
    ] {
        let said = sandbox.run([typed]);
        let hint = said.lines().find(|line| line.contains("hint:")).unwrap_or_default();
        let first = hint.split('`').nth(1);
        assert_eq!(first, Some(meant), "{said}");
    }
}

#[test]
fn a_number_below_zero_is_told_what_can_stand_there() {
    insta::assert_snapshot!(shelf::following().play(
        "next -n -1
         study http -1h
         note http --remove -1
         assess retrieval --level -1
         assess retrieval --level 300
         log -1
         search -1
         plan --weeks 70000
         list --state done",
    ), @"
    $ next -n -1
    --- stderr ---
    error: `-n` does not take `-1`
      -n, --limit N: Show at most this many steps; 0 for all
    hint: `milepost next --help` explains the rest
    [exit 2]
    $ study http -1h
    --- stderr ---
    error: `milepost study` does not take `-1h`
      REF: The item or topic
      TIME: How long: 45m, 1h30, 1:30, 1.5h
    hint: `milepost study --help` explains the rest
    [exit 2]
    $ note http --remove -1
    --- stderr ---
    error: `--remove` does not take `-1`
      --remove N: Remove the note or evidence with this number in `milepost show`
    hint: `milepost note --help` explains the rest
    [exit 2]
    $ assess retrieval --level -1
    --- stderr ---
    error: `--level` does not take `-1`
      --level N: Set your level in AREA, 0 (none) to 4 (expert), without asking
    hint: `milepost assess --help` explains the rest
    [exit 2]
    $ assess retrieval --level 300
    --- stderr ---
    error: `--level` does not take `300`: it must be from 0 to 4
      --level N: Set your level in AREA, 0 (none) to 4 (expert), without asking
    hint: `milepost assess --help` explains the rest
    [exit 2]
    $ log -1
    --- stderr ---
    error: `milepost log` does not take `-1`
    hint: `milepost log --help` explains the rest
    [exit 2]
    $ search -1
    --- stderr ---
    error: `milepost search` has no option `-1`
    hint: `milepost search --help` lists its options
    hint: write `--` before a text that begins with a hyphen
    [exit 2]
    $ plan --weeks 70000
    --- stderr ---
    error: `--weeks` does not take `70000`: it must be from 0 to 65535
      --weeks N: Show this many weeks; 0 for all
    hint: `milepost plan --help` explains the rest
    [exit 2]
    $ list --state done
    --- stderr ---
    error: `milepost list` has no option `--state`
    hint: did you mean `--stage` or `--status`?
    [exit 2]
    ");
}
