//! Where the program looks, and what it is told: names of files, config.toml, the clock and the zone.

use std::fs;
use std::path::Path;

use clap::CommandFactory;

use crate::sandbox::Sandbox;
use crate::shelf;

/// All files below the home, by their names from there.
fn files(sandbox: &Sandbox) -> Vec<String> {
    fn below(folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { below(&path, found) } else { found.push(path.display().to_string()) }
        }
    }
    let mut found = Vec::new();
    below(sandbox.home(), &mut found);
    let home = format!("{}/", sandbox.home().display());
    let mut found: Vec<String> = found.iter().map(|file| file.replace(&home, "")).collect();
    found.sort();
    found
}

#[test]
fn a_tilde_is_home_where_no_shell_has_seen_to_it() {
    let sandbox = Sandbox::new();
    sandbox.ok(["--db=~/flag.db", "start", "foundations"]);
    assert_eq!(files(&sandbox), ["flag.db"]);

    let mut sandbox = Sandbox::new();
    sandbox.set("MILEPOST_DB", "~/variable.db").ok(["start", "foundations"]);
    assert_eq!(files(&sandbox), ["variable.db"]);

    let sandbox = Sandbox::new();
    sandbox.write(".config/milepost/config.toml", "db = \"~/file.db\"\n");
    sandbox.ok(["start", "foundations"]);
    assert_eq!(files(&sandbox), [".config/milepost/config.toml", "file.db"]);

    let mut sandbox = Sandbox::new();
    sandbox.write("cfg/config.toml", "db = \"../relative.db\"\n");
    sandbox.write("mine/tools.toml", shelf::TOOLS);
    sandbox.set("MILEPOST_CONFIG", "~/cfg").set("MILEPOST_PATHS", "~/mine:~/other");
    let said = sandbox.run(["start", "tools"]);
    assert!(said.contains("warning: ~/other is ignored: "), "{said}");
    sandbox.ok(["export", "-o", "~/portfolio.md", "--quiet"]);
    sandbox.ok(["backup", "~/copy.db"]);
    sandbox.ok(["check", "~/mine/tools.toml"]);
    // Beside the record lies the last good text of the path that is followed.
    let files: Vec<String> =
        files(&sandbox).into_iter().filter(|file| !file.contains(".last-good/tools.")).collect();
    assert_eq!(
        files,
        ["cfg/config.toml", "copy.db", "mine/tools.toml", "portfolio.md", "relative.db"]
    );
}

#[test]
fn a_file_that_is_called_so_is_named_with_its_folder() {
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.home().join("~")).unwrap();
    sandbox.ok(["--db", "./~/x.db", "start", "foundations"]);
    sandbox.ok(["--db", "./~/x.db", "export", "-o", "~draft.md"]);
    assert_eq!(files(&sandbox), ["~/x.db", "~draft.md"]);
}

#[test]
fn the_home_of_somebody_else_is_refused() {
    let mut sandbox = Sandbox::new();
    insta::assert_snapshot!(sandbox.run(["--db", "~anna/x.db", "start", "foundations"]), @"
    --- stderr ---
    error: `--db` does not take `~anna/x.db`: `~anna/` stands for no directory here, only `~/` does; write the name in full, or `./~anna/` for a folder that is called so
      --db FILE: Use this file as the record
    hint: `milepost start --help` explains the rest
    [exit 2]
    ");
    sandbox.write(".config/milepost/config.toml", "name = \"Anna\"\ndb = \"~anna/x.db\"\n");
    let said = sandbox.run(["start", "foundations"]);
    assert!(said.contains("config.toml:2: `db`: `~anna/` stands for no directory"), "{said}");
    for variable in ["MILEPOST_DB", "MILEPOST_CONFIG", "MILEPOST_PATHS"] {
        sandbox = Sandbox::new();
        sandbox.set(variable, "~anna/x");
        let said = sandbox.run(["start", "foundations"]);
        let start = format!("--- stderr ---\nerror: {variable} is `~anna/x`: `~anna/` stands for");
        assert!(said.starts_with(&start), "{said}");
        assert!(said.ends_with("[exit 2]\n"), "{said}");
        assert!(files(&sandbox).is_empty(), "{variable}");
    }
}

/// A new argument that is a file and does not say how it is read makes this fail.
#[test]
fn every_file_on_the_command_line_is_read_in_the_same_way() {
    let mut seen = 0;
    let all = milepost::cli::Cli::command();
    let path = clap::builder::ValueParser::path_buf().type_id();
    for command in std::iter::once(&all).chain(all.get_subcommands()) {
        for arg in command.get_arguments().filter(|arg| arg.get_value_parser().type_id() == path) {
            let mut line = vec!["milepost".to_owned()];
            line.extend((command.get_name() != "milepost").then(|| command.get_name().to_owned()));
            match arg.get_long() {
                Some(long) => line.push(format!("--{long}=~anna/x")),
                None => line.push("~anna/x".to_owned()),
            }
            let error = all.clone().try_get_matches_from(&line).unwrap_err();
            assert!(error.to_string().contains("stands for no directory"), "{line:?}: {error}");
            seen += 1;
        }
    }
    assert!(seen >= 9, "{seen}");
}

#[cfg(unix)]
#[test]
fn a_configuration_that_is_no_file_keeps_nobody_waiting() {
    let sandbox = Sandbox::new();
    let config = sandbox.home().join(".config/milepost/config.toml");
    fs::create_dir_all(config.parent().unwrap()).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&config).status().unwrap().success());
    insta::assert_snapshot!(sandbox.run(["status"]), @"
    --- stderr ---
    error: ~/.config/milepost/config.toml is not a regular file
    hint: correct the file, or move it away
    [exit 1]
    ");
    let said = sandbox.run(["doctor"]);
    assert!(said.contains("~/.config/milepost/config.toml is not a regular file"), "{said}");
    fs::remove_file(&config).unwrap();
    fs::File::create(&config).unwrap().set_len(1 << 40).unwrap();
    let said = sandbox.run(["status"]);
    assert!(said.contains("config.toml is larger than 1,048,576 bytes"), "{said}");
}

#[cfg(unix)]
#[test]
fn an_index_that_is_no_file_keeps_nobody_waiting() {
    let sandbox = shelf::following();
    let long = format!("{}\n# {}\n", shelf::TOOLS, "x".repeat(5000));
    sandbox.write(".config/milepost/paths/tools.toml", &long);
    let shown = sandbox.ok(["show", "tools"]);
    let indexes = sandbox.home().join(".cache/milepost/indexes");
    let index = fs::read_dir(&indexes).unwrap().next().unwrap().unwrap().path();
    fs::remove_file(&index).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&index).status().unwrap().success());
    sandbox.ok(["doctor", "--fix"]);
    assert_eq!(sandbox.ok(["show", "tools"]), shown);
}

#[test]
fn a_byte_order_mark_is_skipped_wherever_something_is_read() {
    let sandbox = shelf::home();
    let mark = '\u{feff}';
    sandbox.write(".config/milepost/config.toml", &format!("{mark}name = \"Anna\"\n"));
    sandbox.write(".config/milepost/paths/tools.toml", &format!("{mark}{}", shelf::TOOLS));
    sandbox.ok(["start", "web"]);
    assert!(sandbox.ok(["export"]).contains("Anna"));
    sandbox.ok(["export", "--full", "-o", "record.json"]);
    let record = fs::read_to_string(sandbox.home().join("record.json")).unwrap();
    sandbox.write("marked.json", &format!("{mark}{record}"));
    sandbox.ok(["--db", "other.db", "import", "marked.json"]);
    sandbox.write("levels.toml", &format!("{mark}[levels]\nshells = 2\n"));
    sandbox.ok(["assess", "--answers", "levels.toml"]);
    fs::write(sandbox.home().join("wide.toml"), b"\xff\xfef\0o\0r\0").unwrap();
    let said = sandbox.run(["add", "wide.toml"]);
    assert!(said.contains("wide.toml is UTF-16, not UTF-8 text; save the file as UTF-8"), "{said}");
}

#[test]
fn a_home_that_no_file_can_have_holds_nothing() {
    let mut sandbox = Sandbox::new();
    sandbox.set("HOME", &format!("/{}", "x".repeat(9000)));
    for args in [&["paths"][..], &["show", "foundations/git"], &["list", "foundations"], &[]] {
        let output = sandbox.output(args);
        assert!(output.status.success(), "{args:?}: {}", sandbox.said(&output));
        assert!(output.stderr.is_empty(), "{args:?}: {}", sandbox.said(&output));
    }
    let output = sandbox.output(["start", "foundations"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("cannot be created: "), "{said}");
    sandbox.ok(["--db", "here.db", "start", "foundations"]);
}

#[test]
fn a_home_that_depends_on_where_one_stands_is_none() {
    let mut sandbox = Sandbox::new();
    sandbox.set("HOME", "relative");
    let said = sandbox.run(["start", "foundations"]);
    assert!(said.contains("there is no home directory to keep the record in"), "{said}");
    assert!(files(&sandbox).is_empty());
}

#[cfg(unix)]
#[test]
fn a_zone_that_never_ends_is_not_read() {
    for zone in ["/dev/zero", ":/dev/zero", "../../../dev/zero"] {
        let sandbox = Sandbox::new();
        let mut command = sandbox.command();
        // The real clock, which looks for the zone.
        command.env_remove("MILEPOST_NOW").env("TZ", zone).args(["doctor", "--json"]);
        let output = command.output().unwrap();
        let said = sandbox.said(&output);
        assert!(output.status.success(), "{said}");
        assert!(said.contains("which is not a known time zone, so days follow UTC"), "{said}");
    }
}

#[test]
fn the_first_and_the_last_day_of_the_calendar_are_survived() {
    for now in ["0000-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"] {
        let mut sandbox = shelf::home();
        sandbox.set("MILEPOST_NOW", now);
        sandbox.ok(["start", "web", "--hours-per-week", "5"]);
        for line in [
            "done pipes",
            "status",
            "status --burndown",
            "next",
            "log --week",
            "list",
            "doctor",
            "export",
            "export --format html",
            "export --format ics",
            "export --format json",
            "export --full -o record.json",
            "undo",
        ] {
            let output = sandbox.output(crate::sandbox::words(line));
            assert!(output.status.success(), "{now} {line}: {}", sandbox.said(&output));
        }
        sandbox.ok(["--db", "other.db", "import", "record.json"]);
    }
}
