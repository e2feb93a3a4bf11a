//! What the documents show is run. Every line of a `console` block that begins with `$ milepost` is a
//! command, and what follows is what it says, to the letter: in a home with the two paths of the
//! shelf, so that no document changes with the content that ships. Every line of a `sh` block that
//! begins with `milepost` must succeed with what ships. `UPDATE_DOCS=1 cargo test --test docs`
//! writes down what is said now, and draws the pictures.

#![allow(missing_docs, clippy::unwrap_used, clippy::disallowed_methods, clippy::print_stderr)]

#[allow(dead_code, reason = "a program of its own")]
#[path = "../examples/report.rs"]
mod report;
#[path = "cli/sandbox.rs"]
mod sandbox;
#[allow(dead_code, reason = "the tests of the command line use all of it")]
#[path = "cli/shelf.rs"]
mod shelf;

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::CommandFactory;
use sandbox::{Sandbox, words};

#[test]
fn the_readme_says_what_the_program_says() {
    said_as_shown("README.md", &shelf::lived_in(), 2);
}

#[test]
fn the_tour_says_what_the_program_says() {
    said_as_shown("docs/tour.md", &shelf::home(), 15);
}

#[test]
fn the_page_on_prompts_says_what_the_program_says() {
    said_as_shown("docs/prompt.md", &shelf::lived_in(), 1);
}

/// A report needs no command line: the example gets what `next` says first.
#[test]
fn the_library_alone_gives_a_report() {
    let now = "2026-11-20T09:00:00Z".parse().unwrap();
    let steps = report::steps("foundations", now).unwrap();
    let said = Sandbox::new().json(["next", "foundations", "-n", "3"]);
    let titles: Vec<&str> = said["recommendations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["title"].as_str().unwrap())
        .collect();
    assert_eq!(steps.len(), 3);
    for (step, title) in steps.iter().zip(titles) {
        assert!(step.starts_with(title) && step.ends_with(" h"), "{step}: {title}");
    }
    assert!(report::steps("no-such-path", now).is_err());
}

/// The same of two machines and a folder between them: a comment before a block says on which it is.
#[test]
fn the_page_on_sync_says_what_the_program_says() {
    let shared = tempfile::tempdir().unwrap();
    let folder = shared.path().to_str().unwrap();
    let (laptop, desktop) = (shelf::lived_in(), shelf::home());
    as_shown("docs/sync.md", 7, |machine, command| {
        let sandbox = if machine == "laptop" { &laptop } else { &desktop };
        let line = command.replace("~/shared", folder);
        let (line, has_key) = match line.strip_suffix(" < key.txt") {
            Some(line) => (line, true),
            None => (line.as_str(), false),
        };
        let mut command = sandbox.command();
        // A sentence is one line then, whatever the folders are called.
        command.env_remove("COLUMNS").args(words(line));
        if has_key {
            sandbox.write("key.txt", &laptop.ok(["sync", "key", "--show"]));
            command.stdin(std::fs::File::open(sandbox.home().join("key.txt")).unwrap());
        }
        let said = said(sandbox, command, line);
        let said = said.replace(folder, "~/shared").replace(sandbox.home().to_str().unwrap(), "~");
        let log = std::fs::read_dir(shared.path().join("milepost")).unwrap().next().unwrap();
        said.replace(log.unwrap().file_name().to_str().unwrap(), "ID")
    });
}

/// All that it tells an assistant to run works, and its head is what a client wants of one.
#[test]
fn the_skill_for_assistants_runs() {
    let name = "skills/milepost/SKILL.md";
    said_as_shown(name, &shelf::following(), 4);
    let skill = std::fs::read_to_string(root().join(name)).unwrap();
    let (head, body) = skill.strip_prefix("---\n").unwrap().split_once("---\n").unwrap();
    let fields: Vec<(&str, &str)> =
        head.lines().map(|line| line.split_once(": ").unwrap()).collect();
    assert_eq!(fields[0], ("name", "milepost"), "the name of its folder");
    assert!(fields[1].0 == "description" && fields[1].1.len() <= 1024 && fields.len() == 2);
    let sandbox = shelf::following();
    sandbox.write("good.toml", "[grades]\n\"web/question:idempotency\" = \"good\"\n");
    sandbox.write("web.toml", shelf::WEB);
    let mut commands = 0;
    for row in body.lines().filter(|line| line.starts_with("| ")) {
        let spans = row.split('`').skip(1).step_by(2);
        for line in spans.filter_map(|span| span.strip_prefix("milepost ")) {
            // What is said of all commands, and what has no document.
            if line.starts_with("COMMAND") || line == "doctor" {
                continue;
            }
            let given = |word: String| match word.as_str() {
                "REF" => "rest".to_owned(),
                "ROLE" => "web-developer".to_owned(),
                "AREA" => "shells".to_owned(),
                "WORDS" | "TEXT" => "http".to_owned(),
                "URL" => "https://example.org/me".to_owned(),
                "FILE" if line.starts_with("check") => "web.toml".to_owned(),
                "FILE" => "good.toml".to_owned(),
                _ => word,
            };
            let said = sandbox.ok(words(line).into_iter().map(given));
            let document: serde_json::Value = serde_json::from_str(&said).unwrap();
            assert_eq!(document["schema"], 1, "{line}");
            commands += 1;
        }
    }
    assert!(commands >= 20, "only {commands} commands");
}

/// Each command of a document says what stands below it; there are at least so many.
fn said_as_shown(name: &str, sandbox: &Sandbox, at_least: usize) {
    as_shown(name, at_least, |_, line| {
        let mut command = sandbox.command();
        command.args(words(line));
        said(sandbox, command, line)
    });
}

/// What a command says that must succeed.
fn said(sandbox: &Sandbox, mut command: Command, line: &str) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{line}: {}", sandbox.said(&output));
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Each command of a document says what stands below it: where it is played, and it, give what it says.
fn as_shown(name: &str, at_least: usize, say: impl FnMut(&str, &str) -> String) {
    let path = root().join(name);
    let shown = std::fs::read_to_string(&path).unwrap();
    let (now, commands) = played(&shown, say);
    assert!(commands >= at_least, "{name} shows only {commands} commands");
    if updating() {
        std::fs::write(path, now).unwrap();
        return;
    }
    for (at, (shown, said)) in shown.lines().zip(now.lines()).enumerate() {
        assert_eq!(shown, said, "{name}:{}", at + 1);
    }
    assert_eq!(shown, now);
}

/// What one types first works with the paths that ship, whatever they say.
#[test]
fn the_first_commands_of_the_readme_work_with_what_ships() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let sandbox = Sandbox::new();
    // What you have.
    sandbox.write(
        "list.md",
        "# Reading\n\n- [x] [A book](https://example.org/book) (2026-03-01)\n- [ ] More\n",
    );
    let mut in_sh = false;
    let mut commands = 0;
    for line in readme.lines() {
        if line.starts_with("```") {
            in_sh = line == "```sh";
        } else if in_sh && let Some(command) = line.strip_prefix("milepost ") {
            let (command, _) = command.split_once("  #").unwrap_or((command, ""));
            sandbox.ok(words(command));
            commands += 1;
        }
    }
    assert!(commands >= 3, "the README has only {commands} first commands");
}

/// The table of all commands has each of them, and nothing else in its first column.
#[test]
fn the_readme_lists_all_commands() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let (_, table) = readme.split_once("\n## All of it\n").unwrap();
    let rows = table.lines().skip(1).take_while(|line| line.starts_with('|'));
    let cells = rows.filter_map(|row| row.split('|').nth(1));
    let listed = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2).map(str::to_owned));
    // A command that a flag changes much has two rows.
    let listed = listed.filter_map(|words| words.split(' ').next().map(str::to_owned));
    let mut listed: std::collections::BTreeSet<String> = listed.collect();
    assert!(listed.remove("milepost"), "the dashboard is missing");
    let commands = milepost::cli::Cli::command();
    let names = commands.get_subcommands().map(|one| one.get_name().to_owned());
    assert_eq!(listed, names.filter(|name| name != "help").collect());
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn updating() -> bool {
    std::env::var_os("UPDATE_DOCS").is_some()
}

/// The text with the output of each command in its blocks replaced by what it says now.
fn played(text: &str, mut say: impl FnMut(&str, &str) -> String) -> (String, usize) {
    let mut place = "";
    let mut now = String::new();
    let mut commands = 0;
    let mut in_console = false;
    let mut skipping = false;
    for line in text.lines() {
        if let Some(on) = line.strip_prefix("<!-- on ").and_then(|rest| rest.strip_suffix(" -->")) {
            place = on;
        }
        if line.starts_with("```") {
            in_console = line == "```console";
            skipping = false;
        } else if in_console && let Some(command) = line.strip_prefix("$ milepost") {
            now.push_str(line);
            now.push('\n');
            now.push_str(&say(place, command));
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

/// The pictures of the documents: a command, and the file with what it shows.
const PICTURES: [(&str, &[&str]); 3] = [
    ("dashboard", &[]),
    ("status", &["status", "web"]),
    ("burndown", &["status", "web", "--burndown"]),
];

/// What somebody did in some weeks, as a day, a mark and its evidence.
const SOME_WEEKS: [(&str, &str, Option<&str>); 8] = [
    ("2026-08-08", "tools/http-guide", None),
    ("2026-08-15", "tools/http", None),
    ("2026-08-29", "tools/logs", None),
    ("2026-09-12", "tools/backup-script", Some("https://example.com/ada/backup")),
    ("2026-09-26", "web/rest-guide", None),
    ("2026-10-03", "web/rest", Some("https://example.com/ada/api")),
    ("2026-10-17", "web/graphql", None),
    ("2026-11-14", "web/service", Some("https://example.com/ada/service")),
];

/// A home in which this was done.
fn some_weeks() -> Sandbox {
    let mut sandbox = shelf::home();
    sandbox.set("MILEPOST_NOW", "2026-08-03T20:00:00+02:00");
    sandbox.ok(["start", "web", "--hours-per-week", "2"]);
    sandbox.ok(["done", "--known", "--yes", "tools/shell"]);
    sandbox.set("MILEPOST_NOW", sandbox::NOW);
    for (day, item, evidence) in SOME_WEEKS {
        let shown = evidence.map_or(Vec::new(), |one| vec!["--evidence", one]);
        sandbox.ok([vec!["done", item, "--on", day], shown].concat());
    }
    sandbox.ok(["study", "api-videos", "1h30"]);
    sandbox
}

fn picture(name: &str) -> PathBuf {
    root().join("docs/pictures").join(name)
}

#[test]
fn the_pictures_show_what_the_program_shows() {
    let mut sandbox = some_weeks();
    sandbox.set("CLICOLOR_FORCE", "1").set("COLUMNS", "80");
    for (name, args) in PICTURES {
        let drawn = anstyle_svg::Term::new().min_width_px(740).render_svg(&sandbox.ok(args));
        let path = picture(&format!("{name}.svg"));
        if updating() {
            std::fs::write(&path, drawn).unwrap();
            continue;
        }
        let kept = std::fs::read_to_string(&path).unwrap();
        assert!(kept == drawn, "{name}.svg is not what `milepost {}` shows", args.join(" "));
    }
    if updating() {
        photograph(&sandbox);
    }
}

/// Takes the picture of the portfolio page, which no test compares: it depends on the browser.
fn photograph(sandbox: &Sandbox) {
    let line = "export web --format html --name \"Ada Lovelace\" -o portfolio.html --quiet";
    sandbox.ok(words(line));
    let page = format!("file://{}", sandbox.home().join("portfolio.html").display());
    let taken = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"])
        .args(["--window-size=900,920", "--virtual-time-budget=2000"])
        .arg(format!("--screenshot={}", picture("portfolio.png").display()))
        .arg(page)
        .env("HOME", sandbox.home())
        .output();
    if !taken.is_ok_and(|taken| taken.status.success()) {
        eprintln!("no chromium: docs/pictures/portfolio.png is as it was");
    }
}

/// Every picture is shown in a document, and every picture that is shown exists.
#[test]
fn the_pictures_are_those_that_are_shown() {
    let mut shown = std::collections::BTreeSet::new();
    for (name, folder) in [("README.md", "docs/pictures/"), ("docs/tour.md", "pictures/")] {
        let text = std::fs::read_to_string(root().join(name)).unwrap();
        for part in text.split(&format!("]({folder}")).skip(1) {
            shown.insert(part.split(')').next().unwrap().to_owned());
        }
    }
    let kept = std::fs::read_dir(root().join("docs/pictures")).unwrap();
    let kept = kept.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(shown, kept.collect());
}

/// The gate runs the tests as the README does, and one suite that fails hides none of the others.
#[test]
fn the_gate_runs_the_command_of_the_readme() {
    let root = root();
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let commands: Vec<&str> =
        readme.lines().filter(|line| line.starts_with("cargo test")).collect();
    assert_eq!(commands, ["cargo test --locked --no-fail-fast"]);
    let gate = std::fs::read_to_string(root.join(".ci/run")).unwrap();
    assert!(gate.contains("bash -c \"$(readme_tests)\""));
    // What that command leaves out has a step of its own: what is no default member, and what is ignored there.
    let own = gate.lines().filter(|line| line.contains("cargo test"));
    let left_out = [" -p milepost-mcp", " -p milepost-pg", "--ignored"];
    let is_left_out = |line: &&str| left_out.iter().any(|part| line.contains(part));
    let of_members: Vec<&str> = own.filter(|line| !is_left_out(line)).collect();
    assert!(of_members.is_empty(), "it has the command from the README: {of_members:?}");
    for tier in [".ci/quick", ".ci/run", ".ci/full"] {
        let contributing = std::fs::read_to_string(root.join("CONTRIBUTING.md")).unwrap();
        assert!(contributing.contains(&format!("`{tier}`")), "{tier}");
    }
}
