//! What holds for every command.

mod colour;
mod environment;
mod foreign;
mod streams;
mod widths;

use clap::CommandFactory;

use crate::sandbox::Sandbox;
use crate::shelf;

/// A use of each command, on [`shelf::lived_in`] with `new.toml` beside it. All of them succeed, in
/// this order.
const USES: &[&[&str]] = &[
    &[],
    &["paths"],
    &["start", "tools"],
    &["show"],
    &["show", "web"],
    &["show", "service"],
    &["show", "apis"],
    &["show", "web", "--graph", "mermaid"],
    &["list"],
    &["list", "web", "--status", "todo"],
    &["doing", "scripts"],
    &["done", "web/logs", "alerts", "--note", "at last"],
    &["skip", "ops-book", "--why", "too long for now"],
    &["todo", "scripts"],
    &[
        "note",
        "rest",
        "a second thought",
        "--evidence",
        "https://example.org/a/rather/long/address",
    ],
    &["redact", "rest", "1", "--yes"],
    &["note", "apis", "about the topic"],
    &["snooze", "rest", "web/operations", "2026-12-24"],
    &["snooze", "rest", "web/operations", "none"],
    &["study", "scripts", "45m", "--from", "8:00", "--note", "loops"],
    &["study", "web/apis", "1h30", "--on", "yesterday"],
    &["away", "2026-12-20", "2027-01-03", "--why", "skiing"],
    &["away", "--list"],
    &["undo", "--list"],
    &["undo"],
    &["redo"],
    &["status"],
    &["status", "web", "--burndown"],
    &["next"],
    &["next", "--time", "4h"],
    &["plan"],
    &["plan", "web", "--hours-per-week", "4", "--free", "--weeks", "2"],
    &["log"],
    &["log", "--week"],
    &["search", "service"],
    &["search", "asleep"],
    &["show", "cold-start"],
    &["assess", "shells", "--level", "2", "--evidence", "https://example.org/me/scripts"],
    &["assess"],
    &["assess", "--role", "operator"],
    &["assess", "--history"],
    &["roles"],
    &["roles", "operator"],
    &["interview", "--list"],
    &["interview", "--answers", "grades.toml"],
    &["interview", "--readiness"],
    &["interview", "--practice"],
    &["interview", "--practice", "design"],
    &["show", "web/question:idempotency"],
    &["next", "--role", "operator"],
    &["compare", "tools", "web"],
    &["export"],
    &["export", "web", "--format", "markdown", "--notes"],
    &["export", "-o", "portfolio.json"],
    &["export", "--full", "-o", "record.json"],
    &["import", "record.json"],
    &["import", "record.json", "--dry-run"],
    &["open", "rest-guide", "--print"],
    &["new", "fresh", "-o", "-"],
    &["new", "fresh", "--from", "web", "--force"],
    &["check", "new.toml"],
    &["check", "new.toml", "--strict", "--against", "new.toml"],
    &["fmt", "new.toml"],
    &["schema", "config"],
    &["add", "new.toml"],
    &["hide", "web/graphql", "web/alerts"],
    &["hide", "--remove", "web/graphql"],
    &["link", "web/rest", "https://example.org/wiki"],
    &["remove", "web", "--overlay", "--yes"],
    &["remove", "new", "--yes"],
    &["sync", "--status"],
    &["sync", "init", "shared"],
    &["sync", "key"],
    &["sync", "key", "--show"],
    &["sync"],
    &["sync", "forget"],
    &["sync", "join", "shared"],
    &["sync", "--dry-run"],
    &["sync", "--status"],
    &["backup", "backup.db"],
    &["restore", "backup.db"],
    &["doing", "scripts"],
    &["restore", "backup.db", "--yes"],
    &["doctor"],
    &["doctor", "--fix"],
    &["config"],
    &["config", "set", "name", "Anna Weber"],
    &["config", "get", "name"],
    &["config", "unset", "name"],
    &["config", "path"],
    &["completions", "bash"],
    &["stop", "web"],
];

fn prepared() -> Sandbox {
    let sandbox = shelf::lived_in();
    let title =
        "\"A Title That Goes On and On, as Titles of Courses Do, Until It Is Far Too Long\"";
    let new = shelf::TOOLS.replace("id = \"tools\"", "id = \"new\"").replace("\"Tools\"", title);
    sandbox.write("new.toml", &new);
    sandbox.write("grades.toml", "[grades]\nidempotency = \"hard\"\n");
    sandbox
}

fn command_of(args: &[&str]) -> String {
    args.first().map_or("dashboard", |name| *name).to_owned()
}

#[test]
fn no_command_is_forgotten_here() {
    for command in milepost::cli::Cli::command().get_subcommands() {
        let name = command.get_name();
        if name == "mcp" {
            // Becomes another program, whose answers are in that one's tests.
            continue;
        }
        let used = USES.iter().any(|args| args.first() == Some(&name));
        assert!(used, "add a use of `{name}`");
    }
}

#[test]
fn json_is_one_document_with_its_schema_and_command() {
    let sandbox = prepared();
    for args in USES {
        let output = sandbox.output(args.iter().chain(&["--json"]));
        let said = sandbox.said(&output);
        assert!(output.status.success(), "{args:?}: {said}");
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.ends_with("}\n"), "{args:?}: {text}");
        let document: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(document["schema"], 1, "{args:?}");
        assert_eq!(document["command"], command_of(args).as_str(), "{args:?}");
        // -0.0 is a number of its own for scripts that compare text.
        assert!(!text.contains(":-0"), "{args:?}: {text}");
        assert!(!text.contains('\x1b'), "{args:?}");
    }
}

#[test]
fn json_goes_before_and_after_the_command() {
    let sandbox = prepared();
    assert_eq!(sandbox.ok(["--json", "status"]), sandbox.ok(["status", "--json"]));
    sandbox.output(["status", "--json", "--color", "always"]);
    assert_eq!(
        sandbox.ok(["status", "--json", "--color", "always"]),
        sandbox.ok(["status", "--json"])
    );
}

#[test]
fn an_old_word_of_the_record_is_read_by_every_report() {
    // What was recorded for items that no path knows any more disturbs nobody.
    let sandbox = shelf::lived_in();
    for name in ["web", "tools"] {
        std::fs::remove_file(sandbox.home().join(format!(".config/milepost/paths/{name}.toml")))
            .unwrap();
    }
    for args in
        [&[][..], &["status"], &["list"], &["next"], &["log"], &["undo", "--list"], &["undo"]]
    {
        let output = sandbox.output(args);
        assert!(output.status.success(), "{args:?}: {}", sandbox.said(&output));
    }
}
