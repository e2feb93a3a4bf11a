//! `add` and `remove`.

mod career;

use crate::sandbox::Sandbox;
use crate::shelf;

fn installed(sandbox: &Sandbox) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(sandbox.home().join(".config/milepost/paths")) else {
        return Vec::new();
    };
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_path_is_installed_updated_and_removed() {
    let sandbox = Sandbox::new();
    sandbox.write("a.toml", shelf::TOOLS);
    sandbox.write("b.toml", &shelf::TOOLS.replace("\"Tools\"", "\"Better Tools\""));
    insta::assert_snapshot!(sandbox.play(
        "add a.toml --dry-run
         add a.toml
         add a.toml
         add b.toml
         add b.toml --dry-run
         add b.toml --yes
         start tools
         done pipes
         remove tools
         remove tools --yes
         show tools/pipes
         log --limit 1
         add b.toml
         list --status done
         remove foundations --yes
         remove nope --yes",
    ), @"
    $ add a.toml --dry-run
    would be added: Tools (tools)
    $ add a.toml
    added: Tools (tools)
    $ add a.toml
    tools is already installed in this version; nothing changed
    $ add b.toml
    --- stderr ---
    error: `tools` is already installed in another version; nothing was added
    hint: `--dry-run` shows what it changes; pass `--yes` to confirm, or give the path another id
    [exit 1]
    $ add b.toml --dry-run
    would be updated: Better Tools (tools)
      besides: title of the path itself
    $ add b.toml --yes
    updated: Better Tools (tools)
      besides: title of the path itself
    --- stderr ---
    `milepost add --back tools` brings back what was there; `milepost undo` takes
      back marks, not files
    $ start tools
    following Better Tools (tools): 20 h
    --- stderr ---
    `milepost next` says what to study first, and why
    $ done pipes
    [x] Pipes  tools/pipes
        Shell: 1 of 2 skills done
    $ remove tools
    --- stderr ---
    error: ~/.config/milepost/paths/tools.toml would be removed; there is no terminal to ask on
    hint: pass `--yes` to confirm
    [exit 2]
    $ remove tools --yes
    removed tools; its record is kept
      not seen until it is added again: 1 tick
    --- stderr ---
    `milepost add --back tools` brings its file back
    $ show tools/pipes
    Pipes  tools/pipes

    status    [x] done since 2026-11-20
    kind      skill
    effort    5 h
    topic     shell
    retired   its path is not installed; your record of it is kept
    --- stderr ---
    warning: you follow the path `tools`, but it is not installed; the record of it is kept: add its file again, or `milepost stop tools`
    $ log --limit 1
    2026-11-20
      done      Pipes  tools/pipes
    $ add b.toml
    added: Better Tools (tools)
    $ list --status done
    [x]  tools/pipes  skill  5 h  Pipes
    $ remove foundations --yes
    --- stderr ---
    error: `foundations` is built in and cannot be removed
    hint: `milepost stop foundations` stops following it
    [exit 1]
    $ remove nope --yes
    --- stderr ---
    error: there is no path `nope`
    hint: `milepost paths` lists them
    [exit 1]
    ");
    assert_eq!(installed(&sandbox), [".before", ".origins", "tools.toml"]);
}

#[test]
fn what_another_version_changes_is_shown_with_what_is_recorded() {
    let sandbox = shelf::following();
    sandbox.ok(["done", "pipes", "backup-script"]);
    let other = shelf::TOOLS
        .replace(
            "{ id = \"pipes\", title = \"Pipes\" }",
            "{ id = \"plumbing\", title = \"Plumbing\", replaces = [\"pipes\"] }",
        )
        .replace(
            "{ id = \"logs\", title = \"Reading logs\" }",
            "{ id = \"logs\", title = \"Logs\" },\n  { id = \"dns\", title = \"DNS\" }",
        );
    let other = other.split("[[stages.milestones]]").next().unwrap();
    sandbox.write("tools.toml", other);
    insta::assert_snapshot!(sandbox.run(["add", "tools.toml", "--dry-run"]), @"
    would be updated: Tools (tools)
      your record: 45% -> 31.2%, 9 h of 20 h -> 5 h of 16 h
      ticks lost, 1:
        A backup script tools/backup-script: done since 2026-11-20 -> gone
      renamed, with their record, 1:
        tools/pipes -> tools/plumbing
      other paths that need what is gone, 2:
        web needs tools/backup-script
        career needs tools/backup-script
      besides: 1 added, 1 removed, 1 changed (title 1)
    ");
    sandbox.write("same.toml", &format!("# Said otherwise.\n{}", shelf::TOOLS));
    insta::assert_snapshot!(sandbox.run(["add", "same.toml", "--dry-run"]), @"
    would be updated: Tools (tools)
      it changes only the text of the file
    ");
    let json = sandbox.json(["add", "tools.toml", "--dry-run"]);
    assert_eq!(json["added"][0]["changes"]["removed"][0]["status"], "done");
    assert_eq!(json["added"][0]["changes"]["renamed"][0]["from"], "tools/pipes");
    insta::assert_snapshot!(sandbox.run(["add", "tools.toml", "--yes"]), @"
    --- stderr ---
    error: `tools` would lose 1 tick; nothing was added
      your record: 45% -> 31.2%, 9 h of 20 h -> 5 h of 16 h
      ticks lost, 1:
        A backup script tools/backup-script: done since 2026-11-20 -> gone
      renamed, with their record, 1:
        tools/pipes -> tools/plumbing
      other paths that need what is gone, 2:
        web needs tools/backup-script
        career needs tools/backup-script
    hint: `--yes --lose` accepts the rest; the record keeps it
    hint: `--dry-run --all` shows every line
    [exit 1]
    ");
    sandbox.ok(["add", "tools.toml", "--yes", "--lose"]);
    assert_eq!(sandbox.json(["show", "tools/plumbing"])["status"], "done");
    sandbox.ok(["add", "--back", "tools", "--yes"]);
    assert_eq!(sandbox.json(["show", "tools/backup-script"])["status"], "done");
}

#[test]
fn installed_paths_survive_where_the_cache_is_in_the_same_folder() {
    let mut sandbox = Sandbox::new();
    let one = sandbox.home().join("one").to_str().unwrap().to_owned();
    sandbox.set("XDG_CONFIG_HOME", &one).set("XDG_CACHE_HOME", &one).set("XDG_DATA_HOME", &one);
    sandbox.write("tools.toml", shelf::TOOLS);
    sandbox.ok(["add", "tools.toml"]);
    sandbox.ok(["start", "tools"]);
    let said = sandbox.ok(["doctor", "--fix"]);
    assert!(!said.contains("they are not read"), "{said}");
    assert!(sandbox.home().join("one/milepost/paths/tools.toml").is_file());
    // Through a link, too.
    let linked = Sandbox::new();
    linked.write("tools.toml", shelf::TOOLS);
    linked.ok(["add", "tools.toml"]);
    std::fs::create_dir_all(linked.home().join(".cache")).unwrap();
    let config = linked.home().join(".config/milepost");
    std::os::unix::fs::symlink(&config, linked.home().join(".cache/milepost")).unwrap();
    linked.ok(["doctor", "--fix"]);
    assert_eq!(installed(&linked), [".origins", "tools.toml"]);
}

#[test]
fn an_installed_file_that_is_no_path_is_not_replaced_without_a_yes() {
    let sandbox = Sandbox::new();
    sandbox.write("tools.toml", shelf::TOOLS);
    let installed = sandbox.write(".config/milepost/paths/tools.toml", "");
    std::fs::write(&installed, b"title = \"caf\xe9\"").unwrap();
    let said = sandbox.run(["add", "tools.toml"]);
    assert!(said.contains("`tools` is already installed in another version"), "{said}");
    assert_eq!(std::fs::read(&installed).unwrap(), b"title = \"caf\xe9\"");
    sandbox.ok(["add", "tools.toml", "--yes"]);
    assert_eq!(std::fs::read_to_string(&installed).unwrap(), shelf::TOOLS);
}

#[test]
fn an_installed_file_that_cannot_be_read_is_not_replaced_at_all() {
    let sandbox = Sandbox::new();
    sandbox.write("tools.toml", shelf::TOOLS);
    let installed = sandbox.home().join(".config/milepost/paths/tools.toml");
    std::fs::create_dir_all(&installed).unwrap();
    insta::assert_snapshot!(sandbox.run(["add", "tools.toml", "--yes"]), @"
    --- stderr ---
    error: ~/.config/milepost/paths/tools.toml is a directory; nothing was added
    hint: this file would replace it: make it readable, or move it away
    [exit 1]
    ");
    std::fs::remove_dir(&installed).unwrap();
    let large = std::fs::File::create(&installed).unwrap();
    large.set_len(17 * 1024 * 1024).unwrap();
    let said = sandbox.run(["add", "tools.toml", "--yes"]);
    assert!(said.contains("is larger than 16,777,216 bytes; nothing was added"), "{said}");
    assert_eq!(large.metadata().unwrap().len(), 17 * 1024 * 1024);
}

#[test]
fn a_link_stays_a_link_and_a_mode_a_mode() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let sandbox = Sandbox::new();
    sandbox.write("tools.toml", shelf::TOOLS);
    let real = sandbox.write("dotfiles/tools.toml", "format = 1");
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).unwrap();
    let link = sandbox.home().join(".config/milepost/paths/tools.toml");
    std::fs::create_dir_all(link.parent().unwrap()).unwrap();
    symlink(&real, &link).unwrap();
    sandbox.ok(["add", "tools.toml", "--yes"]);
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(std::fs::read_to_string(&real).unwrap(), shelf::TOOLS);
    assert_eq!(std::fs::metadata(&real).unwrap().permissions().mode() & 0o7777, 0o640);
    sandbox.ok(["remove", "tools", "--yes"]);
    assert!(real.exists(), "the link was what is installed");
    assert!(std::fs::symlink_metadata(&link).is_err());
}

#[test]
fn all_of_them_or_none() {
    let sandbox = Sandbox::new();
    sandbox.write("tools.toml", shelf::TOOLS);
    sandbox.write("twin.toml", shelf::TOOLS);
    sandbox.write("broken.toml", &shelf::WEB.replace("title = \"Build\"", "titel = \"Build\""));
    insta::assert_snapshot!(sandbox.play(
        "add tools.toml broken.toml
         add tools.toml twin.toml
         add tools.toml missing.toml
         add",
    ), @"
    $ add tools.toml broken.toml
    --- stderr ---
    error: broken.toml has 1 error, the first at 13:1: a stage has no key `titel`; nothing was added
    hint: `milepost check broken.toml` shows all of them
    [exit 1]
    $ add tools.toml twin.toml
    --- stderr ---
    error: two of the files have the id `tools`
    hint: give each path its own id
    [exit 1]
    $ add tools.toml missing.toml
    --- stderr ---
    error: there is no file missing.toml; nothing was added
    hint: name a path file; `milepost check FILE` examines one
    [exit 1]
    $ add
    --- stderr ---
    error: `milepost add` needs FILE
      FILE: The files, folders with files, or `-` for standard input
    hint: for example `milepost add my-path.toml`
    hint: `milepost add --help` explains the rest
    [exit 2]
    ");
    assert!(installed(&sandbox).is_empty());
}

#[test]
fn paths_that_need_each_other_are_added_together() {
    let sandbox = Sandbox::new();
    sandbox.write("tools.toml", shelf::TOOLS);
    sandbox.write("web.toml", shelf::WEB);
    insta::assert_snapshot!(sandbox.run(["add", "web.toml", "tools.toml"]), @"
    added: Web Services (web)
    added: Tools (tools)
    ");
}

#[test]
fn a_path_of_ones_own_can_take_the_place_of_a_built_in_one() {
    let sandbox = Sandbox::new();
    sandbox.write("mine.toml", &shelf::TOOLS.replace("id = \"tools\"", "id = \"foundations\""));
    let title = sandbox.json(["show", "foundations"])["title"].clone();
    insta::assert_snapshot!(sandbox.run(["add", "mine.toml"]), @"
    --- stderr ---
    error: `foundations` is a built-in path, which this file would replace; nothing was added
    hint: `--dry-run` shows what it changes; pass `--yes` to confirm, or give the path another id
    [exit 1]
    ");
    // What it takes away is content that ships, which can change.
    let said = sandbox.ok(["add", "mine.toml", "--yes"]);
    assert!(
        said.starts_with("added, replacing the built-in path: Tools (foundations)\n"),
        "{said}"
    );
    assert!(said.contains("    ai-integration needs foundations/"), "{said}");
    assert!(said.contains("  besides: 11 added, "), "{said}");
    insta::assert_snapshot!(sandbox.run(["remove", "foundations", "--yes"]), @"
    removed foundations; the built-in one is back; its record is kept
    --- stderr ---
    `milepost add --back foundations` brings its file back
    ");
    assert_eq!(sandbox.json(["show", "foundations"])["title"], title);
}

#[cfg(unix)]
#[test]
fn what_is_installed_is_private_and_nothing_else_is_left_behind() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::new();
    sandbox.write("tools.toml", shelf::TOOLS);
    sandbox.ok(["add", "tools.toml"]);
    let folder = sandbox.home().join(".config/milepost/paths");
    assert_eq!(installed(&sandbox), [".origins", "tools.toml"]);
    let origin = folder.join(".origins/tools.json");
    for (path, mode) in
        [(folder.clone(), 0o700), (folder.join("tools.toml"), 0o600), (origin, 0o600)]
    {
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, mode);
    }
}

#[test]
fn what_was_not_added_is_not_removed() {
    let mut sandbox = Sandbox::new();
    let file = sandbox.write("elsewhere/tools.toml", shelf::TOOLS);
    sandbox.set("MILEPOST_PATHS", file.to_str().unwrap());
    insta::assert_snapshot!(sandbox.run(["remove", "tools", "--yes"]), @"
    --- stderr ---
    error: `tools` was not added; it is read from ~/elsewhere/tools.toml
    hint: remove the file from MILEPOST_PATHS, or delete it yourself
    [exit 1]
    ");
    assert!(file.exists());
    sandbox.write("web.toml", shelf::WEB);
    insta::assert_snapshot!(sandbox.run(["add", "web.toml"]), @"
    added: Web Services (web)
    --- stderr ---
    warning: MILEPOST_PATHS is set, so milepost does not look in the configuration directory
    ");
}

/// A path that is followed under the id that it had, and another version that has another id.
fn renamed(sandbox: &Sandbox) {
    sandbox.write("a.toml", shelf::TOOLS);
    let again = shelf::TOOLS.replace("id = \"tools\"", "id = \"kit\"\nreplaces = [\"tools\"]");
    assert_ne!(again, shelf::TOOLS);
    sandbox.write("b.toml", &again);
    sandbox.ok(["add", "a.toml"]);
    sandbox.ok(["start", "tools", "--by", "2027-06-30"]);
    sandbox.ok(["done", "pipes", "--evidence", "https://example.org/pipes"]);
}

#[test]
fn a_path_with_another_id_goes_on_with_its_record() {
    let sandbox = Sandbox::new();
    renamed(&sandbox);
    let before = sandbox.json(["status", "tools"]);
    let events = || sandbox.run(["log", "--limit", "0"]).lines().count();
    let recorded = events();
    let said = sandbox.output(["add", "b.toml"]);
    let said = String::from_utf8(said.stderr).unwrap();
    assert!(
        said.contains("`tools` is still installed, so its record is not carried over"),
        "{said}"
    );
    sandbox.ok(["remove", "kit", "--yes"]);
    let mut text = std::fs::read_to_string(sandbox.home().join("b.toml")).unwrap();
    for (old, new) in [("first", "start"), ("networks", "network")] {
        let renamed = format!("id = \"{new}\"\nreplaces = [\"{old}\"]");
        text = text.replace(&format!("id = \"{old}\""), &renamed);
    }
    sandbox.write("c.toml", &text);
    insta::assert_snapshot!(sandbox.run(["add", "c.toml", "--dry-run"]), @"
    would be added: Tools (kit), renamed tools -> kit
      besides: 2 renamed
    --- stderr ---
    warning: the path `tools` is still installed, so its record is not carried over to `kit`; `milepost remove tools` carries it over
    ");
    sandbox.ok(["add", "b.toml"]);
    assert_eq!(sandbox.json(["show", "kit/pipes"])["status"], "todo");

    sandbox.ok(["remove", "tools", "--yes"]);
    sandbox.ok(["remove", "kit", "--yes"]);
    insta::assert_snapshot!(sandbox.run(["add", "b.toml"]), @"added: Tools (kit), renamed tools -> kit");
    let after = sandbox.json(["status"]);
    assert_eq!(after["paths"].as_array().unwrap().len(), 1);
    assert_eq!(after["paths"][0]["id"], "kit");
    for key in ["progress", "target_on"] {
        assert_eq!(after["paths"][0][key], before["paths"][0][key], "{key}");
    }
    assert_eq!(sandbox.json(["show", "kit/pipes"])["evidence"][0], "https://example.org/pipes");
    assert_eq!(sandbox.json(["show", "tools/pipes"])["ref"], "kit/pipes");
    let doctor = sandbox.run(["doctor"]);
    assert!(!doctor.contains("missing-path") && !doctor.contains("no installed path"), "{doctor}");
    assert_eq!(events(), recorded, "it is read so, and nothing is recorded");

    // What is said from now on is said of the path as it is called now, and one word ends both.
    sandbox.ok(["todo", "pipes"]);
    assert_eq!(sandbox.json(["show", "kit/pipes"])["status"], "todo");
    sandbox.ok(["start", "kit", "--hours-per-week", "4"]);
    let goals = sandbox.json(["status"]);
    assert_eq!(goals["paths"][0]["target_on"], "2027-06-30");
    sandbox.ok(["stop", "kit"]);
    assert_eq!(
        sandbox.json(["paths"])["paths"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|path| path["followed"] == true)
            .count(),
        0
    );
}

#[test]
fn two_paths_cannot_have_been_the_same_one() {
    let sandbox = Sandbox::new();
    renamed(&sandbox);
    sandbox.ok(["add", "b.toml"]);
    let text = std::fs::read_to_string(sandbox.home().join("b.toml")).unwrap();
    sandbox.write("c.toml", &text.replace("\"kit\"", "\"chest\""));
    let said = sandbox.run(["add", "c.toml"]);
    assert!(said.contains("`chest` and `kit` both list `tools` in `replaces`"), "{said}");
    assert_eq!(installed(&sandbox), [".origins", "kit.toml", "tools.toml"]);
    // Put there by hand, the first is taken, and it is told.
    let folder = sandbox.home().join(".config/milepost/paths");
    std::fs::write(folder.join("chest.toml"), text.replace("\"kit\"", "\"chest\"")).unwrap();
    sandbox.ok(["remove", "tools", "--yes"]);
    let said = sandbox.run(["status"]);
    assert!(said.contains("its record counts for `chest`"), "{said}");
}

#[test]
fn a_newer_version_of_an_added_file_is_told_with_the_command_that_installs_it() {
    let mut sandbox = Sandbox::new();
    let version = |keys: &str| shelf::TOOLS.replacen("title", &format!("{keys}\ntitle"), 1);
    sandbox.write("my tools/tools.toml", &version("version = \"1.9\""));
    sandbox.ok(["add", "my tools/tools.toml"]);
    let told = |sandbox: &Sandbox| {
        let said = sandbox.run(["paths"]);
        said.lines().skip_while(|line| !line.starts_with("tools")).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(told(&sandbox), @"tools (version 1.9) comes from ~/.config/milepost/paths/tools.toml");
    sandbox.write("my tools/tools.toml", &version("version = \"1.10\""));
    sandbox.set("COLUMNS", "200");
    insta::assert_snapshot!(told(&sandbox), @"
    tools (version 1.9) comes from ~/.config/milepost/paths/tools.toml
      outdated, version 1.10 is available: `milepost add '~/my tools/tools.toml'`
    ");
    sandbox.set("COLUMNS", "40");
    insta::assert_snapshot!(told(&sandbox), @"
    tools (version 1.9) comes from
      ~/.config/milepost/paths/tools.toml
      outdated, version 1.10 is available:
        `milepost add '~/my tools/tools.toml'`
    ");
    sandbox.ok(["add", "my tools/tools.toml", "--yes"]);
    assert!(!told(&sandbox).contains("outdated"));
}
