//! What the documents say to and of assistants is run. In a `session` or `console` block a line that begins
//! with `> ` is a call of a tool, one that begins with `$ milepost` is a command, and what follows is what
//! it says, to the letter. `UPDATE_DOCS=1 cargo test -p milepost-mcp --test documents` writes down what is
//! said now. Each configuration starts a server that this version has, and each list is whole.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::disallowed_methods)]

#[path = "../records/home.rs"]
#[allow(dead_code, reason = "another program uses the rest")]
mod home;
#[path = "../records/session.rs"]
#[allow(dead_code, reason = "another program uses the rest")]
mod session;

use std::path::{Path, PathBuf};

use clap::CommandFactory;
use serde_json::{Value, json};

use crate::home::Home;
use crate::session::{Era, Session};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)
}

fn text(name: &str) -> String {
    std::fs::read_to_string(file(name)).unwrap()
}

/// The words of a command line.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for char in line.chars() {
        match char {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            char => words.last_mut().unwrap().push(char),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// What a call says: its blocks, one below the other.
fn called(session: &mut Session, call: &str) -> String {
    let (tool, arguments) = call.split_once(' ').unwrap();
    let result = session.call(tool, serde_json::from_str(arguments).unwrap());
    let blocks = result["content"].as_array().unwrap().iter();
    blocks.map(|block| block["text"].as_str().unwrap().trim_end().to_owned() + "\n").collect()
}

/// The blocks of a document with what is said now, and how many calls and commands they have.
fn played(shown: &str, home: &Home) -> (String, usize) {
    let mut session = Session::start(home, &["--allow-writes"], "claude-code", Era::Initialized);
    let (mut now, mut many) = (String::new(), 0);
    let (mut in_block, mut is_said) = (false, false);
    for line in shown.lines() {
        if line.starts_with("```") {
            in_block = !in_block && ["```session", "```console"].contains(&line);
            is_said = false;
        }
        let said = match (line.strip_prefix("> "), line.strip_prefix("$ milepost ")) {
            (Some(call), _) if in_block => Some(called(&mut session, call)),
            (_, Some(command)) if in_block => {
                let command = words(command);
                Some(home.run(&command.iter().map(String::as_str).collect::<Vec<_>>()))
            }
            _ => None,
        };
        if let Some(said) = said {
            // What was said before ends with an empty line.
            let gap = if is_said { "\n" } else { "" };
            now.push_str(&format!("{gap}{line}\n{said}"));
            (is_said, many) = (true, many + 1);
        } else if !is_said {
            now.push_str(line);
            now.push('\n');
        }
    }
    (now, many)
}

fn said_as_shown(name: &str, home: &Home, at_least: usize) {
    let shown = text(name);
    let (now, many) = played(&shown, home);
    assert!(many >= at_least, "{name} shows only {many} calls and commands");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(file(name), now).unwrap();
        return;
    }
    for (at, (shown, said)) in shown.lines().zip(now.lines()).enumerate() {
        assert_eq!(shown, said, "{name}:{}", at + 1);
    }
    assert_eq!(shown, now, "{name}");
}

#[test]
fn the_sessions_are_what_the_server_says() {
    said_as_shown("docs/assistants.md", &Home::following(), 14);
}

#[test]
fn the_session_of_the_readme_is_what_the_server_says() {
    let home = Home::following();
    let readme = text("README.md");
    // Its other blocks are of another home.
    let (before, rest) = readme.split_once("```session").unwrap();
    let (block, after) = rest.split_once("\n```\n").unwrap();
    let (now, calls) = played(&format!("```session{block}\n```\n"), &home);
    assert_eq!(calls, 2);
    let now = format!("{before}{now}{after}");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(file("README.md"), now).unwrap();
        return;
    }
    assert_eq!(readme, now);
}

/// The arguments with which the configurations of a document start `milepost`.
fn configured(document: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut blocks = document.split("\n```").skip(1).step_by(2);
    for block in &mut blocks {
        let (form, block) = block.split_once('\n').unwrap();
        // Other blocks have other files.
        let servers: Vec<Value> = match form {
            "json" => {
                let value: Value = serde_json::from_str(block).unwrap();
                let parts = value.as_object().unwrap().values();
                parts.filter_map(|servers| servers.get("milepost").cloned()).collect()
            }
            "toml" => {
                let value: toml::Table = toml::from_str(block).unwrap();
                let servers = value.values().filter_map(|servers| servers.get("milepost"));
                servers.map(|server| serde_json::to_value(server).unwrap()).collect()
            }
            "sh" => {
                let lines = block.lines().filter_map(|line| line.split_once(" -- milepost "));
                let lines = lines.map(|(_, args)| args.split("  #").next().unwrap());
                lines.map(|args| json!({"command": "milepost", "args": words(args)})).collect()
            }
            _ => Vec::new(),
        };
        for server in servers {
            assert_eq!(server["command"], "milepost", "{block}");
            found.push(serde_json::from_value(server["args"].clone()).unwrap());
        }
    }
    found
}

#[test]
fn each_configuration_starts_a_server() {
    let documents = [("docs/assistants.md", 6), ("README.md", 1)];
    for (name, many) in documents {
        let configured = configured(&text(name));
        assert_eq!(configured.len(), many, "{name}");
        for args in configured {
            let line = ["milepost".to_owned()].into_iter().chain(args);
            let read = milepost::cli::Cli::command().try_get_matches_from(line).unwrap();
            assert_eq!(read.subcommand_name(), Some("mcp"), "{name}");
        }
    }
    // What is said of arguments in a sentence, too.
    for args in text("docs/assistants.md").split("`\"args\": ").skip(1) {
        let args: Vec<String> = serde_json::from_str(args.split('`').next().unwrap()).unwrap();
        let line = ["milepost".to_owned()].into_iter().chain(args);
        assert!(milepost::cli::Cli::command().try_get_matches_from(line).is_ok());
    }
}

/// The names in the first column of the tables below some words.
fn named(document: &str, from: &str, to: &str) -> Vec<String> {
    let (_, rest) = document.split_once(from).unwrap_or_else(|| panic!("{from}"));
    let (part, _) = rest.split_once(to).unwrap_or_else(|| panic!("{to}"));
    let rows = part.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.map(|row| row.split('`').next().unwrap().to_owned()).collect()
}

#[test]
fn the_lists_of_what_there_is_are_whole() {
    let document = text("docs/assistants.md");
    let home = Home::new();
    let names = |session: &mut Session, method: &str, list: &str, name: &str| -> Vec<String> {
        let answer = session.ask(method, json!({}));
        let found = answer["result"][list].as_array().unwrap().iter();
        found.map(|one| one[name].as_str().unwrap().to_owned()).collect()
    };
    let mut reading = Session::start(&home, &[], "tester", Era::Initialized);
    let mut writing = Session::writing(&home, Era::Initialized);
    let reads = named(&document, "The tools that read:", "The tools that record");
    assert_eq!(names(&mut reading, "tools/list", "tools", "name"), reads);
    let records = named(&document, "The tools that record", "A tool answers with");
    let all = [reads, records].concat();
    assert_eq!(names(&mut writing, "tools/list", "tools", "name"), all);
    let mut resources = names(&mut reading, "resources/list", "resources", "uri");
    let templates = "resources/templates/list";
    resources.extend(names(&mut reading, templates, "resourceTemplates", "uriTemplate"));
    assert_eq!(resources, named(&document, "It can attach resources", "And it offers"));
    let prompts = names(&mut reading, "prompts/list", "prompts", "name");
    assert_eq!(prompts, named(&document, "And it offers", "It can do nothing else"));
    // Each command that is named is one.
    let known: Vec<String> = milepost::cli::Cli::command()
        .get_subcommands()
        .map(|one| one.get_name().to_owned())
        .collect();
    for span in
        document.split('`').skip(1).step_by(2).filter_map(|span| span.strip_prefix("milepost "))
    {
        let command = span.split(' ').next().unwrap().to_owned();
        assert!(known.contains(&command), "`milepost {span}`");
    }
}
