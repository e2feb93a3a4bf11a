//! What fits a screen, and what a pipe gets.

use super::*;

/// Whether what makes a line too wide is one word that must not be broken: a name, an address.
fn ends_with_an_address(line: &str) -> bool {
    line.split_whitespace().next_back().is_some_and(|word| word.contains('/'))
}

#[test]
fn no_line_is_wider_than_the_screen() {
    for columns in [40, 60, 80, 200] {
        let mut sandbox = prepared();
        sandbox.set("COLUMNS", &columns.to_string());
        for args in USES {
            // Some answers are for other programs, and what `check` says is one line a problem.
            let others = ["completions", "check", "export", "new", "schema"];
            if others.contains(&command_of(args).as_str()) || args.contains(&"--graph") {
                // Once, but for a file that a command after it reads.
                if columns == 40 || args.contains(&"-o") {
                    sandbox.ok(args.iter());
                }
                continue;
            }
            let said = sandbox.ok(args.iter().chain(&["--color", "always"]));
            for line in said.lines() {
                let wide = milepost::text::width::columns(line);
                assert!(
                    wide <= columns || ends_with_an_address(line),
                    "{args:?} at {columns}: {wide} columns in {line:?}\n{said}"
                );
                assert_eq!(line, line.trim_end(), "{args:?}: a line ends with a space");
            }
        }
    }
}

#[test]
fn help_fits_the_screen_too() {
    let mut sandbox = Sandbox::new();
    for columns in [40, 80] {
        sandbox.set("COLUMNS", &columns.to_string());
        let names = milepost::cli::Cli::command();
        for name in names.get_subcommands().map(|command| command.get_name().to_owned()) {
            let said = sandbox.ok([name.as_str(), "--help"]);
            for line in said.lines() {
                let wide = milepost::text::width::columns(line);
                // clap wraps no usage.
                let fits = wide <= columns || line.starts_with("Usage: ");
                assert!(fits, "{name} --help at {columns}: {line:?}");
            }
        }
    }
}

#[test]
fn a_pipe_cuts_nothing() {
    let sandbox = prepared();
    let mut command = sandbox.command();
    command.env_remove("COLUMNS").args(["paths"]);
    let said = String::from_utf8(command.output().unwrap().stdout).unwrap();
    assert!(said.contains("Milestones"), "all columns: {said}");
    let mut command = sandbox.command();
    command.env_remove("COLUMNS").args(["list", "web"]);
    let said = String::from_utf8(command.output().unwrap().stdout).unwrap();
    assert!(!said.contains('…'), "{said}");
}
