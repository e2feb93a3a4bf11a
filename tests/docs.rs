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

/// The pictures of the README: a command, and the file with what it shows.
const PICTURES: [(&str, &[&str]); 4] = [
    ("dashboard", &[]),
    ("next", &["next", "-n", "2"]),
    ("status", &["status", "ai-integration"]),
    ("burndown", &["status", "ai-integration", "--burndown"]),
];

/// What somebody did in half a year, as a day, a mark and its evidence.
const HALF_A_YEAR: [(&str, &str, Option<&str>); 20] = [
    ("2026-05-09", "foundations/sql", None),
    ("2026-05-23", "foundations/algorithms", None),
    ("2026-06-06", "foundations/statistics", None),
    ("2026-06-20", "foundations/probability", None),
    ("2026-07-04", "foundations/linear-algebra", None),
    ("2026-07-11", "foundations/calculus", None),
    ("2026-07-25", "foundations/tested-python-project", Some("https://example.com/ada/notes")),
    ("2026-08-08", "ai-integration/fastapi-docs", None),
    ("2026-08-22", "ai-integration/fastapi", None),
    ("2026-08-30", "ai-integration/rest-principles", None),
    ("2026-09-05", "ai-integration/api-security", None),
    ("2026-09-19", "ai-integration/hugging-face", None),
    ("2026-09-29", "ai-integration/openai-cookbook", None),
    ("2026-10-03", "ai-integration/openai-api", None),
    ("2026-10-10", "ai-integration/google-ai", None),
    ("2026-10-17", "ai-integration/pretrained-model-api", Some("https://example.com/ada/api")),
    ("2026-10-31", "ai-integration/cloud-basics", None),
    ("2026-11-07", "ai-integration/cloud-functions", None),
    ("2026-11-14", "ai-integration/api-deployment", None),
    ("2026-11-18", "ai-integration/cloud-function", Some("https://example.com/ada/function")),
];

#[test]
fn the_pictures_show_what_the_program_shows() {
    let mut sandbox = Sandbox::new();
    sandbox.set("MILEPOST_NOW", "2026-05-04T20:00:00+02:00");
    sandbox.ok(["start", "ai-integration", "--hours-per-week", "8"]);
    let known = ["foundations/python", "foundations/git", "foundations/development-tools"];
    sandbox.ok([&["done", "--known", "--yes"][..], &known].concat());
    sandbox.set("MILEPOST_NOW", sandbox::NOW);
    for (day, item, evidence) in HALF_A_YEAR {
        let shown = evidence.map_or(Vec::new(), |one| vec!["--evidence", one]);
        sandbox.ok([vec!["done", item, "--on", day], shown].concat());
    }
    sandbox.set("CLICOLOR_FORCE", "1").set("COLUMNS", "80");
    for (name, args) in PICTURES {
        let drawn = anstyle_svg::Term::new().min_width_px(740).render_svg(&sandbox.ok(args));
        let path = format!("{}/docs/pictures/{name}.svg", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::create_dir_all(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/pictures")).unwrap();
            std::fs::write(&path, drawn).unwrap();
            continue;
        }
        let kept = std::fs::read_to_string(&path).unwrap();
        assert!(kept == drawn, "{path} is not what `milepost {}` shows", args.join(" "));
    }
}

/// The gate runs the tests as the README does, and one suite that fails hides none of the others.
#[test]
fn the_gate_runs_the_command_of_the_readme() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let commands: Vec<&str> =
        readme.lines().filter(|line| line.starts_with("cargo test")).collect();
    assert_eq!(commands, ["cargo test --locked --no-fail-fast"]);
    let gate = std::fs::read_to_string(root.join(".ci/run")).unwrap();
    assert!(gate.contains("bash -c \"$(readme_tests)\""));
    assert!(!gate.contains("cargo test"), "it has the command from the README");
    for tier in [".ci/quick", ".ci/run", ".ci/full"] {
        let contributing = std::fs::read_to_string(root.join("CONTRIBUTING.md")).unwrap();
        assert!(contributing.contains(&format!("`{tier}`")), "{tier}");
    }
}
