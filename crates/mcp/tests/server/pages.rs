//! Long answers, of the paths that ship: pages that leave nothing out, and cursors that mean one answer.

use serde_json::{Value, json};

use crate::agree::whole;
use crate::sandbox::{Sandbox, words};
use crate::session::{Era, Session, texts};

#[test]
fn pages_leave_nothing_out_and_are_short() {
    let sandbox = Sandbox::new();
    sandbox.ok(["start", "ai-integration", "ml-engineering", "checklists", "resource-library"]);
    let session = Session::start(&sandbox, Era::Stateless);
    for (tool, arguments, line) in [
        ("show", json!({"ref": "ai-integration"}), "show ai-integration"),
        ("list", json!({"path": "ai-integration"}), "list ai-integration"),
        ("plan", json!({"weeks": 0, "hours_per_week": 40}), "plan --weeks 0 --hours-per-week 40"),
        ("next", json!({"limit": 0}), "next -n 0"),
        ("roles", json!({"role": "ai-engineer"}), "roles ai-engineer"),
        (
            "questions",
            json!({"path": "ai-integration", "reveal": true}),
            "interview ai-integration --list",
        ),
        ("search", json!({"text": "a", "limit": 0}), "search a --limit 0"),
    ] {
        let first = session.call(tool, arguments.clone());
        assert!(texts(&first).last().unwrap().contains("`cursor`"), "{tool}");
        let command = sandbox.json(words(line));
        assert_eq!(whole(&session, tool, &arguments), command, "{tool}");
    }
    assert!(session.end());
}

#[test]
fn a_cursor_is_of_one_answer() {
    let sandbox = Sandbox::new();
    sandbox.ok(["start", "ai-integration"]);
    let session = Session::start(&sandbox, Era::Sessions);
    let page = session.document("list", json!({}));
    let cursor = page["next_cursor"].as_str().unwrap();
    let refused = |tool: &str, arguments: Value| {
        let result = session.call(tool, arguments);
        result.structured_content.unwrap()["error"]["code"] == "usage"
    };
    assert!(!refused("list", json!({"cursor": cursor})));
    // Another call, another tool, and another answer of the same call.
    assert!(refused("list", json!({"cursor": cursor, "free": true})));
    assert!(refused("search", json!({"cursor": cursor, "text": "a"})));
    sandbox.ok(["done", "fastapi"]);
    assert!(refused("list", json!({"cursor": cursor})));
    let far = format!("99999999{}", cursor.trim_start_matches(|one: char| one.is_ascii_digit()));
    assert!(refused("list", json!({"cursor": far})));
    assert!(session.end());
}
