//! What holds for every command.

mod environment;

use std::io::Write;
use std::process::Stdio;

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
fn an_error_leaves_the_answer_empty() {
    let sandbox = prepared();
    for args in [&["show", "nope"][..], &["done"], &["next", "--time", "soon"], &["frobnicate"]] {
        for json in [&[][..], &["--json"]] {
            let output = sandbox.output(args.iter().chain(json));
            assert!(!output.status.success());
            assert!(output.stdout.is_empty(), "{args:?}");
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            let begin = if json.is_empty() { "error: " } else { r#"{"schema":1,"error":{"# };
            assert!(told.starts_with(begin), "{args:?}: {told}");
        }
    }
}

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
                sandbox.ok(args.iter());
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

#[test]
fn colour_is_as_wished_and_never_alone() {
    let plain = prepared().ok(["status"]);
    let with = |set: &[(&str, &str)], args: &[&str]| {
        let mut sandbox = prepared();
        for (name, value) in set {
            sandbox.set(name, value);
        }
        sandbox.ok(args)
    };
    let coloured = with(&[("CLICOLOR_FORCE", "1")], &["status"]);
    assert!(coloured.contains("\x1b[1m"));
    let mut without = String::new();
    for (at, part) in coloured.split("\x1b[").enumerate() {
        without.push_str(if at == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    assert_eq!(without, plain, "colour adds nothing but colour");
    for (set, args, colour) in [
        (&[][..], &["status"][..], false),
        (&[("CLICOLOR_FORCE", "0")], &["status"], false),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &["status"], false),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")], &["status"], true),
        (&[("NO_COLOR", "1")], &["status", "--color", "always"], true),
        (&[("CLICOLOR_FORCE", "1")], &["status", "--color=never"], false),
        (&[("TERM", "xterm")], &["status", "--color", "auto"], false),
        (&[("CLICOLOR_FORCE", "1")], &["--help"], true),
        (&[], &["--help"], false),
    ] {
        assert_eq!(with(set, args).contains('\x1b'), colour, "{set:?} {args:?}");
    }
}

#[test]
fn a_dumb_terminal_gets_ascii() {
    let mut sandbox = prepared();
    sandbox.set("TERM", "dumb");
    let said = sandbox.ok(["status"]);
    assert!(said.is_ascii(), "{said}");
}

#[test]
fn colour_can_be_configured() {
    let mut sandbox = prepared();
    sandbox.write(".config/milepost/config.toml", "color = \"always\"\n");
    assert!(sandbox.ok(["status"]).contains('\x1b'));
    assert!(!sandbox.ok(["status", "--color", "never"]).contains('\x1b'), "a flag beats the file");
    sandbox.set("NO_COLOR", "1");
    assert!(!sandbox.ok(["status"]).contains('\x1b'), "the environment beats the file");
}

#[test]
fn a_reader_that_has_had_enough_is_no_error() {
    let sandbox = prepared();
    for args in [&["list"][..], &["log", "--json"], &["--help"], &["--version"], &["done", "pipes"]]
    {
        // Closed before the program begins, so that every write meets it.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = sandbox.command().args(args).stdout(writer).output().unwrap();
        assert_eq!(sandbox.said(&output), "", "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_told() {
    let sandbox = prepared();
    for args in [&["list"][..], &["status", "--json"], &["--help"], &["--version"], &["undo"]] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let output = sandbox.command().args(args).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains("the answer could not be written"), "{args:?}: {told}");
        let begin = if args.contains(&"--json") { r#"{"schema":1,"error":{"# } else { "error: " };
        assert!(told.starts_with(begin), "{args:?}: {told}");
    }
    let log = sandbox.json(["log", "--limit", "1"]);
    assert_eq!(log["events"][0]["action"], "undone", "what was said to be kept is kept");
}

/// What acts on a terminal: controls but the newline, and what changes the order of a line.
fn acts(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}')
}

const NASTY: &str = "x\x1b[2J\x07\u{9b}31m\u{202e}y\u{7f}\r\u{e0041}z";

#[test]
fn nothing_foreign_reaches_the_terminal_raw() {
    let sandbox = prepared();
    let file = format!("{}.toml", NASTY.replace('\r', ""));
    let named = shelf::TOOLS.replace("\"Shell\"", "\"She\u{202e}ll\"");
    sandbox.write(&file, &named.replace("\"Tools\"", "\"To\\u001b[2Jols\""));
    sandbox.write(&format!(".config/milepost/paths/{file}"), "format = \"\u{202e}\"\nid=");
    sandbox.write(
        "nasty.toml",
        "\"\u{202e}\" = 1\n[grades]\n\"\u{202e}\" = 1\n'\u{9b}2J' = \"\u{2066}\"",
    );
    let title = "a note on \x1b]0;owned\x07".to_owned() + NASTY;
    for args in [
        &["note", "rest", &title][..],
        &["skip", "ops-book", "--why", NASTY],
        &["done", "graphql", "--note", NASTY, "--evidence", "bidi\u{202e}only"],
        &["done", "graphql", "--evidence", NASTY],
        &["show", NASTY],
        &["show", &format!("web/{NASTY}")],
        &["show", &format!("{NASTY}/rest")],
        &["start", NASTY],
        &["stop", NASTY],
        &["list", NASTY],
        &["list", "--stage", NASTY],
        &["list", "--kind", NASTY],
        &["done", "rest", "--on", NASTY],
        &["next", "--time", NASTY],
        &["next", "--role", NASTY],
        &["search", NASTY],
        &["log", "--path", NASTY],
        &["log", "--since", NASTY],
        &["check", &file, NASTY],
        &["add", &file],
        &["add", NASTY],
        &["import", &file],
        &["import", NASTY],
        &["new", NASTY],
        &["new", "fresh", "--from", NASTY],
        &["new", "fresh", "--from", &file],
        &["doctor"],
        &["--db", &file, "doctor"],
        &["remove", NASTY],
        &["remove", NASTY, "--overlay"],
        &["hide", NASTY],
        &["hide", "--remove", NASTY],
        &["link", NASTY, "https://example.org"],
        &["link", "rest", NASTY],
        &["link", "rest", "https://example.org", "--title", NASTY],
        &["completions", NASTY],
        &["interview", NASTY],
        &["interview", "--practice", NASTY],
        &["interview", "--answers", NASTY],
        &["interview", "--answers", "nasty.toml"],
        &["show", &format!("web/question:{NASTY}")],
        &["--db", NASTY, "status"],
        &["--db", &format!("new.toml/{NASTY}"), "status"],
        &["--db", &file, "status"],
        &[NASTY],
        &["status", &format!("--{NASTY}")],
        &["show", "rest"],
        &["show", "ops-book"],
        &["show", "graphql"],
        &["log"],
        &["search", "owned"],
        &["paths"],
        &[],
    ] {
        for json in [&[][..], &["--json"]] {
            let output = sandbox.output(args.iter().copied().chain(json.iter().copied()));
            for (from, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
                let said = String::from_utf8(bytes.clone()).unwrap();
                let bad = said.chars().find(|c| acts(*c));
                assert_eq!(bad, None, "{args:?} {json:?} {from}: {said:?}");
            }
        }
    }
    for (name, value) in [
        ("MILEPOST_NOW", NASTY),
        ("MILEPOST_PATHS", NASTY),
        ("MILEPOST_CONFIG", NASTY),
        ("MILEPOST_DB", &file),
    ] {
        let mut sandbox = Sandbox::new();
        sandbox.write(&file, "x");
        sandbox.write(&format!("{NASTY}/config.toml"), "\u{202e} = \"\x07\"");
        sandbox.set(name, value);
        let said = sandbox.run(["status"]);
        assert_eq!(said.chars().find(|c| acts(*c)), None, "{name}: {said:?}");
        let said = sandbox.run(["paths"]);
        assert_eq!(said.chars().find(|c| acts(*c)), None, "{name}: {said:?}");
    }
}

#[test]
fn quiet_leaves_the_answer_and_the_errors() {
    let sandbox = shelf::home();
    for (args, stdout, stderr) in [
        (&["--quiet", "list"][..], false, false),
        (&["-q", "start", "tools"], true, false),
        (&["done", "-q", "web/rest"], true, false),
        (&["-q", "search", "qqqqqq"], false, false),
        (&["-q", "done", "nope"], false, true),
        (&["-q", "--db", "/", "status"], false, true),
    ] {
        let output = sandbox.output(args);
        assert_eq!(!output.stdout.is_empty(), stdout, "{args:?}");
        assert_eq!(!output.stderr.is_empty(), stderr, "{args:?}: {}", sandbox.said(&output));
    }
}

#[test]
fn nothing_is_asked_where_nobody_can_answer() {
    let sandbox = shelf::following();
    for flags in [&[][..], &["--no-input"]] {
        for args in [&["done"][..], &["done", "logs"], &["done", "web"], &["note", "rest"]] {
            let mut command = sandbox.command();
            command.args(flags).args(args).stdin(Stdio::piped());
            let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            // A yes that nobody asked for.
            let _ = child.stdin.take().unwrap().write_all(b"y\ny\n");
            let output = child.wait_with_output().unwrap();
            assert!(!output.status.success(), "{args:?}");
            assert!(String::from_utf8_lossy(&output.stderr).contains("hint: "), "{args:?}");
        }
    }
    assert_eq!(sandbox.json(["list", "--status", "done"])["items"], serde_json::json!([]));
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
