//! The shape of the source tree: imports go down only, and no test file is forgotten.

#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What each part can name of its crate. That no crate names one above it, the compiler sees.
const MAY_USE: &[(&str, &[&str])] = &[
    // milepost-core
    ("disk", &["disk"]),
    ("interrupt", &[]),
    ("json", &[]),
    ("lines", &["model"]),
    ("model", &["model"]),
    ("catalog", &["catalog", "disk", "model"]),
    ("store", &["store", "model", "disk"]),
    ("sync", &["disk", "interrupt", "lines", "model", "store", "sync"]),
    ("report", &["catalog", "disk", "lines", "model", "report", "store", "sync"]),
    ("transfer", &["json", "lines", "model", "report"]),
    // milepost
    ("builtin", &[]),
    ("text", &["text"]),
    ("error", &[]),
    ("prompt", &["error", "text"]),
    ("config", &["builtin", "error", "text"]),
    ("words", &["error", "text", "words"]),
    ("clock", &["config"]),
    ("context", &["clock", "config"]),
    ("output", &["Io", "config", "error", "prompt", "text", "words"]),
    ("export", &["error", "export", "text", "words"]),
    (
        "commands",
        &[
            "Io", "cli", "commands", "config", "context", "error", "export", "output", "prompt",
            "text", "words",
        ],
    ),
    (
        "cli",
        &["Io", "builtin", "commands", "config", "context", "error", "output", "text", "words"],
    ),
];

fn source(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|one| one == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The code of a file without its comments and without its tests.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The names that follow `crate::` in a file.
fn crate_names(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let group = group.split('}').next().unwrap();
            names.extend(group.split(',').map(|name| first_name(name.trim())));
        } else {
            names.insert(first_name(rest));
        }
    }
    names.remove("");
    names
}

fn first_name(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn imports_go_down_only() {
    let roots = [source("src"), source("crates/core/src")];
    let all = roots.iter().flat_map(|root| {
        let name = move |path: &Path| path.strip_prefix(root).unwrap().with_extension("");
        files(root, "rs").into_iter().map(move |path| (name(&path), path))
    });
    let mut wrong = Vec::new();
    for (name, path) in all {
        let part = name.components().next().unwrap().as_os_str().to_str().unwrap();
        let is_for_tests = |part: &std::ffi::OsStr| {
            ["tests", "fixture", "internals"].iter().any(|one| part == *one)
        };
        if ["main", "lib"].contains(&part) || name.iter().any(is_for_tests) {
            continue;
        }
        let Some((_, allowed)) = MAY_USE.iter().find(|(known, _)| *known == part) else {
            panic!("{part} is not in the map of tests/tree.rs");
        };
        for used in crate_names(&code(&path)) {
            if !allowed.contains(&used.as_str()) {
                wrong.push(format!("{} uses crate::{used}", name.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_command_calls_no_other() {
    let mut wrong = Vec::new();
    let folder = source("src/commands");
    // What lies deeper belongs to one verb.
    for path in files(&folder, "rs").iter().filter(|path| path.parent() == Some(&folder)) {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let code = code(path);
        for (at, _) in code.match_indices("super::") {
            let used: Vec<String> = match code[at + "super::".len()..].strip_prefix('{') {
                Some(group) => group
                    .split('}')
                    .next()
                    .unwrap()
                    .split(',')
                    .map(|n| first_name(n.trim()))
                    .collect(),
                None => vec![first_name(&code[at + "super::".len()..])],
            };
            for used in used {
                // redo is the other half of undo.
                let pair = name == "redo" && used == "undo";
                if !["shared", "completions"].contains(&used.as_str()) && !pair {
                    wrong.push(format!("{name} uses {used}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The app keeps the copy of the day after it.
#[test]
fn changes_are_committed_through_the_app() {
    let report = files(&source("crates/core/src/report"), "rs");
    let report = report.into_iter().filter(|path| !path.ends_with("app.rs"));
    for path in files(&source("src/commands"), "rs").into_iter().chain(report) {
        assert!(!code(&path).contains(".commit()"), "{}", path.display());
    }
}

/// Sentences and flags stand in `words`, where every front end finds them.
#[test]
fn a_report_has_no_sentence() {
    let all = files(&source("crates/core/src/report"), "rs");
    for path in all.into_iter().filter(|path| {
        // An overlay is written for the learner, with a comment at its top.
        !path.ends_with("tests.rs")
            && !path.ends_with("overlay/edit.rs")
            && path.iter().all(|part| part != "tests" && part != "sample.rs")
    }) {
        let code = code(&path);
        for word in ["`", "milepost "] {
            assert!(!code.contains(word), "{} has {word}", path.display());
        }
        // The name of a file is no sentence.
        for (at, _) in code.match_indices("format!(") {
            let text = code[at..].split('"').nth(1).unwrap_or_default();
            assert!(!text.contains(' '), "{} formats {text}", path.display());
        }
    }
}

#[test]
fn the_pure_part_reads_no_clock_and_does_no_io() {
    for path in files(&source("crates/core/src/model"), "rs") {
        let code = code(&path);
        for word in ["std::fs", "std::io", "std::env", "::now()", "println!", "rusqlite", "toml::"]
        {
            assert!(!code.contains(word), "{} has {word}", path.display());
        }
    }
}

#[test]
fn no_test_file_is_forgotten() {
    for folder in ["tests/cli", "tests/content", "tests/faults", "tests/guidance"] {
        let folder = source(folder);
        for path in files(&folder, "rs") {
            let name = path.file_stem().unwrap().to_str().unwrap();
            let within = path.parent().unwrap();
            let parent = match within == folder {
                true => folder.join("main.rs"),
                false => within.with_extension("rs"),
            };
            assert!(
                path == parent
                    || std::fs::read_to_string(&parent).unwrap().contains(&format!("mod {name};")),
                "{} is no module of {}",
                path.display(),
                parent.display()
            );
        }
    }
}
