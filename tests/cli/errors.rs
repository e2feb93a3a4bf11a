//! What is told when something is wrong: what, where, what to do next, and an exit code.

mod files;
mod usage;

use std::fs;

use crate::sandbox::Sandbox;
use crate::shelf;

#[test]
fn a_reference_that_is_none_or_several() {
    let sandbox = shelf::following();
    insta::assert_snapshot!(sandbox.play(
        "show web/rset
         show wbe/rest
         show backup-scirpt
         show qqqqqq
         show logs
         show \"\"
         done logs",
    ), @r#"
    $ show web/rset
    --- stderr ---
    error: nothing is called `web/rset`
    hint: did you mean `web/rest`?
    [exit 1]
    $ show wbe/rest
    --- stderr ---
    error: nothing is called `wbe/rest`
    hint: did you mean `web/rest`?
    [exit 1]
    $ show backup-scirpt
    --- stderr ---
    error: nothing is called `backup-scirpt`
    hint: did you mean `tools/backup-script`?
    [exit 1]
    $ show qqqqqq
    --- stderr ---
    error: nothing is called `qqqqqq`
    hint: `milepost list` lists items, `milepost search` searches everything
    [exit 1]
    $ show logs
    --- stderr ---
    error: `logs` could mean 2 things
    hint: tools/logs  (skill: Reading logs)
    hint: web/logs  (skill: Log pipelines)
    [exit 1]
    $ show ""
    --- stderr ---
    error: an empty text names nothing
    hint: `milepost list` lists items, `milepost search` searches everything
    [exit 1]
    $ done logs
    --- stderr ---
    error: `logs` could mean 2 things
    hint: tools/logs  (skill: Reading logs)
    hint: web/logs  (skill: Log pipelines)
    [exit 1]
    "#);
    for typed in ["/", "a/b/c"] {
        let said = sandbox.run(["show", typed]);
        let expected = format!(
            "--- stderr ---\nerror: nothing is called `{typed}`\n\
             hint: `milepost list` lists items, `milepost search` searches everything\n[exit 1]\n"
        );
        assert_eq!(said, expected);
    }
}

#[test]
fn what_people_type_for_a_title_is_understood_as_an_id() {
    let sandbox = shelf::following();
    for typed in ["Backup_Script", "backup script"] {
        let said = sandbox.run(["show", typed]);
        assert!(said.contains("hint: did you mean `tools/backup-script`"), "{said}");
    }
    for typed in ["BACKUP-SCRIPT", "a backup script"] {
        assert!(sandbox.ok(["show", typed]).contains("tools/backup-script"));
    }
}

#[test]
fn of_several_the_followed_one_is_meant() {
    let sandbox = shelf::home();
    sandbox.ok(["start", "tools"]);
    assert_eq!(sandbox.json(["show", "logs"])["ref"], "tools/logs");
    assert_eq!(sandbox.json(["show", "rest"])["ref"], "web/rest", "else all are looked through");
}

#[test]
fn without_a_home_a_place_has_to_be_named() {
    let sandbox = Sandbox::new();
    sandbox.write("cfg/config.toml", "db = \"kept.db\"\n");
    let mut command = sandbox.command();
    command.env_remove("HOME").env("MILEPOST_CONFIG", sandbox.home().join("cfg"));
    command.env("XDG_CACHE_HOME", sandbox.home().join("cache"));
    let output = command.args(["--db", "mine.db", "start", "foundations"]).output().unwrap();
    assert!(output.status.success(), "{}", sandbox.said(&output));
    assert!(sandbox.home().join("mine.db").exists());
    let mut command = sandbox.command();
    command.env("MILEPOST_CONFIG", sandbox.home().join("cfg")).args(["start", "foundations"]);
    assert!(command.output().unwrap().status.success());
    assert!(sandbox.home().join("cfg/kept.db").exists(), "beside the file that says so");
}

#[test]
fn a_configuration_that_says_something_else() {
    let sandbox = Sandbox::new();
    let said: Vec<String> = [
        "colour = \"always\"\n",
        "\n\ncolor = \"sometimes\"\n",
        "hours_per_week = 200\n",
        "hours_per_week = nan\n",
        "name = [",
    ]
    .iter()
    .map(|text| {
        sandbox.write(".config/milepost/config.toml", text);
        sandbox.run(["status"])
    })
    .collect();
    insta::assert_snapshot!(said.join(""), @r#"
    --- stderr ---
    error: ~/.config/milepost/config.toml:1: unknown key `colour`
    hint: did you mean `color`? its keys are `db`, `color`, `name`, `hours_per_week` and `copies`
    hint: `milepost config edit` opens it
    [exit 1]
    --- stderr ---
    error: ~/.config/milepost/config.toml:3: `color` must be "auto", "always" or "never"
    hint: its keys are `db`, `color`, `name`, `hours_per_week` and `copies`
    hint: `milepost config edit` opens it
    [exit 1]
    --- stderr ---
    error: ~/.config/milepost/config.toml:1: `hours_per_week` is 200
    hint: a week has 168 hours
    hint: `milepost config edit` opens it
    [exit 1]
    --- stderr ---
    error: ~/.config/milepost/config.toml:1: `hours_per_week` is NaN
    hint: a week has 168 hours
    hint: `milepost config edit` opens it
    [exit 1]
    --- stderr ---
    error: ~/.config/milepost/config.toml:1: this is not TOML: unclosed array, expected `]`
    hint: its keys are `db`, `color`, `name`, `hours_per_week` and `copies`
    hint: `milepost config edit` opens it
    [exit 1]
    "#);
    fs::remove_file(sandbox.home().join(".config/milepost/config.toml")).unwrap();
    fs::create_dir(sandbox.home().join(".config/milepost/config.toml")).unwrap();
    assert_eq!(sandbox.code(["status"]), 1);
}

#[test]
fn a_clock_that_is_none() {
    let mut sandbox = Sandbox::new();
    sandbox.set("MILEPOST_NOW", "2026-11-20");
    insta::assert_snapshot!(sandbox.run(["status"]), @"
    --- stderr ---
    error: MILEPOST_NOW is `2026-11-20`, which is not a time with a zone
    hint: write it as 2026-11-20T09:30:00+01:00, or unset it
    [exit 2]
    ");
    sandbox.set("MILEPOST_NOW", "");
    assert_eq!(sandbox.code(["status"]), 0, "empty is unset");
}

/// Whatever is repeated, nothing of it begins a line that looks like one of the program's own, and
/// all of it is short.
#[test]
fn what_is_repeated_is_one_short_line() {
    let sandbox = shelf::following();
    let forged = "x\nerror: FORGED\nhint: run `rm -r ~`";
    let long = "y".repeat(20_000);
    let file = format!("{forged}.toml");
    fs::write(sandbox.home().join(&file), "format = ").unwrap();
    fs::write(sandbox.home().join(".config/milepost/config.toml"), "").unwrap();
    for text in [forged, &long] {
        for args in [
            &[text][..],
            &["status", &format!("--{text}")],
            &["status", &format!("--color={text}")],
            &["log", &format!("--limit={text}")],
            &["log", &format!("--since={text}")],
            &["list", &format!("--kind={text}")],
            &["next", &format!("--time={text}")],
            &["start", "web", &format!("--by={text}")],
            &["start", "web", &format!("--hours-per-week={text}")],
            &["completions", text],
            &["help", text],
            &["undo", text],
            &["show", text],
            &["start", text],
            &["stop", text],
            &["done", text],
            &["list", text],
            &["list", &format!("--stage={text}")],
            &["next", &format!("--role={text}")],
            &["search", text],
            &["assess", text],
            &["interview", text],
            &["compare", text, "web"],
            &["remove", text],
            &["log", &format!("--path={text}")],
            &["check", text],
            &["add", text],
            &["import", text],
            &["restore", text],
            &["backup", &format!("{text}/x")],
            &["export", "-o", &format!("{text}/x")],
            &["assess", "--answers", text],
            &["add", &file],
            &["check", &file],
            &[&format!("--db={text}/x"), "start", "web"],
            &["--db", &file, "status"],
            &["--db", &file, "doctor"],
        ] {
            let output = sandbox.output(args);
            for said in [&output.stdout, &output.stderr] {
                let said = String::from_utf8_lossy(said);
                let is_forged = |line: &str| line.trim_start().starts_with("error: FORGED");
                let what = args.first().map_or("", |arg| arg.get(..20).unwrap_or(arg));
                assert!(!said.lines().any(is_forged), "{what:?}: {said}");
                assert!(said.len() < 5000, "{what:?}: {} bytes", said.len());
            }
        }
    }
}
