//! `--help`: examples first, and the whole command line as one reference.

use clap::CommandFactory;

use crate::sandbox::Sandbox;

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
            let words = crate::sandbox::words(example.strip_prefix("milepost ").unwrap());
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
    assert_eq!(sandbox.ok(["--version"]), format!("milepost {}\n", env!("CARGO_PKG_VERSION")));
    assert_eq!(sandbox.ok(["-V"]), sandbox.ok(["--version"]));
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
