//! `config`: what is set and by what, and how config.toml is changed.

use std::fs;
use std::path::PathBuf;

use crate::sandbox::{Sandbox, words};
use crate::shelf;

fn file(sandbox: &Sandbox) -> PathBuf {
    sandbox.home().join(".config/milepost/config.toml")
}

/// A home in which a sentence is one line, whatever the home is called.
fn home() -> Sandbox {
    let mut sandbox = Sandbox::new();
    sandbox.set("COLUMNS", "");
    sandbox
}

fn written(sandbox: &Sandbox) -> String {
    fs::read_to_string(file(sandbox)).unwrap()
}

#[test]
fn keys_are_set_shown_and_removed() {
    let sandbox = home();
    insta::assert_snapshot!(sandbox.play(r#"
        config
        config get name
        config set name "Anna Weber"
        config set hours_per_week 6
        config set name Anna
        config set name Anna
        config
        config get hours_per_week
        config unset name
        config unset name
        config get copies
        config path
    "#), @r#"
    $ config
    ~/.config/milepost/config.toml (not there yet)
      db              ~/.local/share/milepost/progress.db (default)
      color           auto (default)
      name            (not set)
      hours_per_week  (not set)
      copies          true (default)
    $ config get name
    --- stderr ---
    error: `name` is not set and has no default
    hint: `milepost config set name VALUE` sets it
    [exit 1]
    $ config set name "Anna Weber"
    name: Anna Weber
    --- stderr ---
    `milepost config unset name` takes it back, `milepost undo` does not
    $ config set hours_per_week 6
    hours_per_week: 6
    --- stderr ---
    `milepost config unset hours_per_week` takes it back, `milepost undo` does not
    $ config set name Anna
    name: Anna (was Anna Weber)
    --- stderr ---
    `milepost config set name 'Anna Weber'` brings back what was there, `milepost undo` does not
    $ config set name Anna
    name is already Anna in ~/.config/milepost/config.toml; nothing changed
    $ config
    ~/.config/milepost/config.toml
      db              ~/.local/share/milepost/progress.db (default)
      color           auto (default)
      name            Anna (config.toml:2)
      hours_per_week  6 (config.toml:3)
      copies          true (default)
    $ config get hours_per_week
    6
    $ config unset name
    name: no longer set (was Anna)
    --- stderr ---
    `milepost config set name Anna` brings back what was there, `milepost undo` does not
    $ config unset name
    name is not set in ~/.config/milepost/config.toml; nothing changed
    $ config get copies
    true
    $ config path
    ~/.config/milepost/config.toml
    "#);
    assert_eq!(written(&sandbox), "#:schema config.schema.json\nhours_per_week = 6\n");
    sandbox.ok(["start", "foundations"]);
    assert_eq!(sandbox.json(["status"])["paths"][0]["hours_per_week"], 6.0);
}

#[test]
fn what_cannot_be_set_is_told_and_leaves_the_file() {
    let sandbox = home();
    insta::assert_snapshot!(sandbox.play(r#"
        config set colour always
        config set color sometimes
        config set hours_per_week abc
        config set hours_per_week -3
        config set hours_per_week nan
        config set hours_per_week inf
        config set copies no
        config set db ""
        config set db ~anna/x.db
        config set name
        config get
        config frob
    "#), @r#"
    $ config set colour always
    --- stderr ---
    error: `milepost config set` does not take `colour`
    hint: did you mean `color`?
    hint: choose from db, color, name, hours_per_week, copies
    [exit 2]
    $ config set color sometimes
    --- stderr ---
    error: `color` must be "auto", "always" or "never"; nothing was changed
    [exit 2]
    $ config set hours_per_week abc
    --- stderr ---
    error: `hours_per_week` must be a number; nothing was changed
    [exit 2]
    $ config set hours_per_week -3
    --- stderr ---
    error: `hours_per_week` is -3; nothing was changed
    hint: a week has 168 hours
    [exit 2]
    $ config set hours_per_week nan
    --- stderr ---
    error: `hours_per_week` must be a number; nothing was changed
    [exit 2]
    $ config set hours_per_week inf
    --- stderr ---
    error: `hours_per_week` must be a number; nothing was changed
    [exit 2]
    $ config set copies no
    --- stderr ---
    error: `copies` must be true or false; nothing was changed
    [exit 2]
    $ config set db ""
    --- stderr ---
    error: `db` is empty; nothing was changed
    [exit 2]
    $ config set db ~anna/x.db
    --- stderr ---
    error: `db`: `~anna/` stands for no directory here, only `~/` does; write the name in full, or `./~anna/` for a folder that is called so; nothing was changed
    [exit 2]
    $ config set name
    --- stderr ---
    error: `milepost config set` needs VALUE
      VALUE: Its value
    hint: for example `milepost config set name "Anna Weber"`
    hint: `milepost config set --help` explains the rest
    [exit 2]
    $ config get
    --- stderr ---
    error: `milepost config get` needs KEY
      KEY: The key
    hint: for example `milepost config get db`
    hint: `milepost config get --help` explains the rest
    [exit 2]
    $ config frob
    --- stderr ---
    error: there is no command `frob`
    hint: `milepost config --help` lists the commands
    [exit 2]
    "#);
    assert!(!file(&sandbox).parent().unwrap().exists());
    for broken in ["name = [", "colour = \"always\"\n", "hours_per_week = 200\n"] {
        sandbox.write(".config/milepost/config.toml", broken);
        for line in [
            "config",
            "config list",
            "config get name",
            "config set name Anna",
            "config unset name",
        ] {
            let said = sandbox.run(words(line));
            assert!(
                said.starts_with("--- stderr ---\nerror: ~/.config/milepost/config.toml:1: "),
                "{line}: {said}"
            );
            assert!(said.contains("\nhint: `milepost config edit` opens it\n"), "{line}: {said}");
            assert!(said.ends_with("[exit 1]\n"), "{line}: {said}");
            assert_eq!(written(&sandbox), broken);
        }
        assert_eq!(sandbox.run(["config", "path"]), "~/.config/milepost/config.toml\n");
    }
    // A value that is wrong is mended by another.
    sandbox.ok(["config", "set", "hours_per_week", "20"]);
    assert_eq!(written(&sandbox), "hours_per_week = 20\n");
    sandbox.write(".config/milepost/config.toml", "hours_per_week = 2_0.0\n");
    sandbox.ok(["config", "set", "hours_per_week", "20"]);
    assert_eq!(written(&sandbox), "hours_per_week = 2_0.0\n");
    sandbox.write(".config/milepost/config.toml", "# mine\ncopies = 1  # odd\nname = \"A\"\n");
    sandbox.ok(["config", "unset", "copies"]);
    assert_eq!(written(&sandbox), "# mine\nname = \"A\"\n");
    let mut sandbox = Sandbox::new();
    sandbox.set("HOME", "relative");
    insta::assert_snapshot!(sandbox.play("
        config path
        config set name Anna
        config
    "), @"
    $ config path
    --- stderr ---
    error: there is no home directory to keep config.toml in
    hint: name a directory with MILEPOST_CONFIG
    [exit 1]
    $ config set name Anna
    --- stderr ---
    error: there is no home directory to keep config.toml in
    hint: name a directory with MILEPOST_CONFIG
    [exit 1]
    $ config
      db              (not set)
      color           auto (default)
      name            (not set)
      hours_per_week  (not set)
      copies          true (default)
    ");
}

#[test]
fn what_overrides_the_file_is_told() {
    let mut sandbox = home();
    let text = "# mine\ncolor = \"auto\"  # for now\n\ndb = \"mine.db\"\n";
    sandbox.write(".config/milepost/config.toml", text);
    sandbox.set("NO_COLOR", "1").set("MILEPOST_DB", "~/elsewhere.db");
    insta::assert_snapshot!(sandbox.play("
        config
        config --db x.db --color never
        config set color always
        config set db other.db
        config unset db
    "), @"
    $ config
    ~/.config/milepost/config.toml
      db              ~/elsewhere.db (MILEPOST_DB; config.toml:4 says mine.db)
      color           never (NO_COLOR; config.toml:2 says auto)
      name            (not set)
      hours_per_week  (not set)
      copies          true (default)
    $ config --db x.db --color never
    ~/.config/milepost/config.toml
      db              x.db (--db; config.toml:4 says mine.db)
      color           never (--color; config.toml:2 says auto)
      name            (not set)
      hours_per_week  (not set)
      copies          true (default)
    $ config set color always
    color: always (was auto)
    --- stderr ---
    `milepost config set color auto` brings back what was there, `milepost undo` does not
    NO_COLOR overrides it: color is never as long as NO_COLOR is set
    $ config set db other.db
    db: other.db (was mine.db)
    --- stderr ---
    `milepost config set db mine.db` brings back what was there, `milepost undo` does not
    MILEPOST_DB overrides it: db is ~/elsewhere.db as long as MILEPOST_DB is set
    $ config unset db
    db: no longer set (was other.db)
    --- stderr ---
    `milepost config set db other.db` brings back what was there, `milepost undo` does not
    ");
    assert_eq!(written(&sandbox), "# mine\ncolor = \"always\"  # for now\n\n");
    sandbox.set("NO_COLOR", "").set("CLICOLOR_FORCE", "1").set("MILEPOST_DB", "");
    assert_eq!(sandbox.ok(["config", "get", "color"]), "always\n");
    sandbox.set("CLICOLOR_FORCE", "0");
    assert_eq!(sandbox.ok(["config", "get", "color"]), "auto\n");
}

#[test]
fn another_record_is_named_and_none_moves() {
    let mut sandbox = shelf::following();
    sandbox.set("COLUMNS", "");
    insta::assert_snapshot!(sandbox.play("
        config set db ~/notes/progress.db
        config get db
        config set db mine.db
        config get db
    "), @"
    $ config set db ~/notes/progress.db
    db: ~/notes/progress.db
    --- stderr ---
    `milepost config unset db` takes it back, `milepost undo` does not
    the record is now ~/notes/progress.db; what you recorded stays in ~/.local/share/milepost/progress.db: move that file to take it along
    $ config get db
    ~/notes/progress.db
    $ config set db mine.db
    db: mine.db (was ~/notes/progress.db)
    --- stderr ---
    `milepost config set db '~/notes/progress.db'` brings back what was there, `milepost undo` does not
    the record is ~/.config/milepost/mine.db
    $ config get db
    ~/.config/milepost/mine.db
    ");
    assert!(sandbox.db().exists());
    assert_eq!(sandbox.run(["status", "--short"]), "");
}

#[cfg(unix)]
#[test]
fn a_link_stays_one_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let mode = |file: PathBuf| fs::metadata(file).unwrap().permissions().mode() & 0o777;
    let sandbox = Sandbox::new();
    sandbox.ok(["config", "set", "name", "Anna"]);
    assert_eq!(mode(file(&sandbox)), 0o600);
    assert_eq!(mode(file(&sandbox).parent().unwrap().to_owned()), 0o700);

    let sandbox = Sandbox::new();
    let dotfile = sandbox.write("dotfiles/milepost.toml", "# mine\nname = \"Anna\"\n");
    fs::set_permissions(&dotfile, fs::Permissions::from_mode(0o644)).unwrap();
    fs::create_dir_all(file(&sandbox).parent().unwrap()).unwrap();
    symlink("../../dotfiles/milepost.toml", file(&sandbox)).unwrap();
    sandbox.ok(["config", "set", "copies", "false"]);
    sandbox.ok(["config", "unset", "name"]);
    assert!(fs::symlink_metadata(file(&sandbox)).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&dotfile).unwrap(), "# mine\ncopies = false\n");
    assert_eq!(mode(dotfile.clone()), 0o644);
    for folder in ["dotfiles", ".config/milepost"] {
        assert_eq!(fs::read_dir(sandbox.home().join(folder)).unwrap().count(), 1, "{folder}");
    }
    // To where nothing is yet.
    fs::remove_file(&dotfile).unwrap();
    sandbox.ok(["config", "set", "name", "Anna"]);
    assert_eq!(
        fs::read_to_string(&dotfile).unwrap(),
        "#:schema config.schema.json\nname = \"Anna\"\n"
    );
    assert!(fs::symlink_metadata(file(&sandbox)).unwrap().is_symlink());
    // Such as one of the Nix store.
    fs::set_permissions(&dotfile, fs::Permissions::from_mode(0o444)).unwrap();
    let said = sandbox.run(["config", "set", "name", "Bob"]);
    assert!(said.contains("config.toml is write-protected"), "{said}");
    fs::remove_file(file(&sandbox)).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(file(&sandbox)).status().unwrap().success());
    let said = sandbox.run(["config", "set", "name", "Bob"]);
    assert!(said.contains("config.toml is not a regular file"), "{said}");
}

#[test]
fn nobody_edits_without_a_terminal() {
    let sandbox = home();
    insta::assert_snapshot!(sandbox.run(["config", "edit"]), @"
    --- stderr ---
    error: there is no terminal to edit on
    hint: `milepost config set KEY VALUE` changes a key, `milepost config path` says where the file is
    [exit 2]
    ");
    assert!(!file(&sandbox).exists());
}
