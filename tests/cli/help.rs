//! `--help`: examples first, and the whole command line as one reference.

use clap::CommandFactory;
use serde_json::{Value, json};

use crate::sandbox::{Sandbox, words};

/// The commands, each followed by those that it has itself.
fn names() -> Vec<String> {
    let mut names = Vec::new();
    for one in milepost::cli::Cli::command().get_subcommands() {
        names.push(one.get_name().to_owned());
        let own = one.get_subcommands();
        names.extend(own.map(|own| format!("{} {}", one.get_name(), own.get_name())));
    }
    names
}

fn help(sandbox: &Sandbox, name: &str) -> String {
    sandbox.ok(name.split(' ').chain(["--help"]))
}

#[test]
fn every_help_begins_with_examples_that_parse() {
    let sandbox = Sandbox::new();
    for name in names() {
        let said = help(&sandbox, &name);
        assert!(said.starts_with("Examples:\n"), "{name}: {said}");
        let examples = said.lines().skip(1).take_while(|line| !line.is_empty());
        let mut count = 0;
        for example in examples {
            // What stands behind three spaces is a remark.
            let example = example.trim().split("   ").next().unwrap();
            let example = example.rsplit_once("<(").map_or(example, |(_, inner)| inner);
            let example = example.split([')', '|', '<', '>']).next().unwrap();
            let words = words(example.strip_prefix("milepost ").unwrap());
            // A shell would expand it.
            let words = words.iter().map(|word| word.replace('*', "x"));
            let args = ["milepost".to_owned()].into_iter().chain(words);
            let parsed = milepost::cli::Cli::command().try_get_matches_from(args);
            assert!(parsed.is_ok(), "{name}: {example}: {}", parsed.unwrap_err());
            assert!(example.contains(name.as_str()), "{name}: {example}");
            count += 1;
        }
        assert!(count >= 1, "{name}");
    }
}

#[test]
fn there_are_three_ways_to_help_and_no_database_is_opened() {
    let sandbox = Sandbox::new();
    sandbox.write("foreign.db", "not a database");
    let long = sandbox.ok(["--db", "foreign.db", "done", "--help"]);
    assert_eq!(sandbox.ok(["help", "done"]), long);
    assert!(sandbox.ok(["done", "-h"]).len() < long.len());
}

/// The short one names the program, the long one what somebody must know who looks into a fault.
#[test]
fn there_are_two_ways_to_the_version() {
    let sandbox = Sandbox::new();
    let short = sandbox.ok(["-V"]);
    assert_eq!(short, format!("milepost {}\n", env!("CARGO_PKG_VERSION")));
    let long = sandbox.ok(["--version"]);
    let rest = long.strip_prefix(&short).unwrap();
    let starts = ["record: version ", "paths: as of 20", "built for "];
    assert_eq!(rest.lines().count(), starts.len(), "{rest}");
    for (line, start) in rest.lines().zip(starts) {
        assert!(line.strip_prefix(start).is_some_and(|value| !value.is_empty()), "{rest}");
    }
    assert_eq!(sandbox.ok(["--no-input", "--version"]), long);
}

/// On a narrow screen too: what has no room beside a name stands below it.
#[test]
fn the_help_of_the_program_fits_the_screen() {
    let mut sandbox = Sandbox::new();
    for columns in [40, 80, 200] {
        let said = sandbox.set("COLUMNS", &columns.to_string()).ok(["--help"]);
        let widest = said.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(widest <= columns, "{columns}: {said}");
        for part in ["milepost next", "Show the plan", "MILEPOST_DB", "--db <FILE>"] {
            assert!(said.contains(part), "{columns}: {part}");
        }
    }
}

/// However somebody asks for it.
#[test]
fn every_way_to_the_help_of_the_program_has_the_groups() {
    let sandbox = Sandbox::new();
    let long = sandbox.ok(["--help"]);
    assert!(long.contains("\nFollow a path:\n"), "{long}");
    for args in [&["help"][..], &["--no-input", "--help"], &["--color", "never", "help"]] {
        assert_eq!(sandbox.ok(args), long, "{args:?}");
    }
    let short = sandbox.ok(["-h"]);
    assert!(short.contains("\nFollow a path:\n") && short.len() < long.len(), "{short}");
    assert_eq!(sandbox.ok(["-qh"]), short);
}

/// What you learn of one command holds for the others.
#[test]
fn how_many_has_the_same_option_everywhere() {
    let commands = milepost::cli::Cli::command();
    let limits = commands.get_subcommands().filter_map(|command| {
        let limit = command.get_arguments().find(|one| one.get_id() == "limit")?;
        Some((command.get_name(), limit.get_short(), limit.get_long()))
    });
    let expected = ["next", "log", "undo", "search", "interview"];
    let expected = expected.map(|name| (name, Some('n'), Some("limit")));
    assert_eq!(limits.collect::<Vec<_>>(), expected);
}

#[test]
fn help_and_version_are_json_where_that_is_asked_for() {
    let sandbox = Sandbox::new();
    let said = |line: &str| -> Value {
        let said: Value = serde_json::from_str(&sandbox.ok(words(line))).unwrap();
        assert_eq!(said["schema"], 1, "{line}");
        said
    };
    let text = |line: &str| sandbox.ok(words(line));
    for (line, topic, same) in [
        ("help --json", None, "--help"),
        ("--json --help", None, "help"),
        ("help next --json", Some("next"), "next --help"),
        ("--color never help sync init --json", Some("sync init"), "sync init --help"),
        ("next --json -h", Some("next"), "next -h"),
    ] {
        let help = said(line);
        assert_eq!((&help["command"], help["topic"].as_str()), (&json!("help"), topic), "{line}");
        assert_eq!(help["text"], text(same), "{line}");
    }
    let version = said("--version --json");
    assert_eq!(version["command"], "version");
    assert_eq!(version["version"], env!("CARGO_PKG_VERSION"));
    // What goes with a command goes with its help, and what does not is told.
    assert_eq!(text("help next --db x.db -q"), text("next --help"));
    let refused = sandbox.output(words("help nothing --json"));
    assert_eq!((refused.status.code(), refused.stdout.len()), (Some(2), 0));
    assert!(text("help help").contains("Usage: milepost help"));
}

#[test]
fn the_reference() {
    let mut sandbox = Sandbox::new();
    sandbox.set("COLUMNS", "100");
    let mut reference = sandbox.ok(["--help"]);
    // The global options stand in the first part.
    for name in names() {
        let said = help(&sandbox, &name);
        let own = said.split("\nGlobal options:\n").next().unwrap();
        reference.push_str(&format!("\n{}\n{own}", "-".repeat(100)));
    }
    insta::assert_snapshot!("reference", reference);
}
