//! Text that others wrote, with what acts on a terminal in it.

use super::*;

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
