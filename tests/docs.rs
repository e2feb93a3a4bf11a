//! The README is run: every line of its `console` blocks that begins with `$ milepost` is a command,
//! and what follows is what it says, to the letter. All of them run in one home, one after the
//! other. `UPDATE_DOCS=1 cargo test --test docs` writes down what is said instead.

#![allow(missing_docs, clippy::unwrap_used, clippy::disallowed_methods)]

#[path = "cli/sandbox.rs"]
mod sandbox;

use sandbox::Sandbox;

#[test]
fn the_readme_says_what_the_program_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    let sandbox = Sandbox::new();
    let (now, commands) = played(&readme, &sandbox);
    assert!(commands >= 5, "the README shows only {commands} commands");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, now).unwrap();
        return;
    }
    for (at, (shown, said)) in readme.lines().zip(now.lines()).enumerate() {
        assert_eq!(shown, said, "README.md:{}", at + 1);
    }
    assert_eq!(readme, now);
}

/// The text with the output of each command in its blocks replaced by what it says now.
fn played(text: &str, sandbox: &Sandbox) -> (String, usize) {
    let mut now = String::new();
    let mut commands = 0;
    let mut in_console = false;
    let mut skipping = false;
    for line in text.lines() {
        if line.starts_with("```") {
            in_console = line == "```console";
            skipping = false;
        } else if in_console && let Some(command) = line.strip_prefix("$ milepost") {
            now.push_str(line);
            now.push('\n');
            let args = words(command);
            let output = sandbox.output(&args);
            assert!(output.status.success(), "{line}: {}", sandbox.said(&output));
            now.push_str(&String::from_utf8_lossy(&output.stdout));
            now.push_str(&String::from_utf8_lossy(&output.stderr));
            commands += 1;
            skipping = true;
            continue;
        } else if in_console && line.starts_with("$ ") {
            skipping = false;
        }
        if !skipping {
            now.push_str(line);
            now.push('\n');
        }
    }
    (now, commands)
}

/// Words as a shell would split them, with double quotes only.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, part) in line.split('"').enumerate() {
        if at % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}
