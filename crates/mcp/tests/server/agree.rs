//! Each tool says what its command says, for the same record and clock.

use serde_json::{Value, json};

use crate::sandbox::{Sandbox, words};
use crate::session::{Era, Session, texts};
use crate::shelf;

/// A tool with its arguments, and the command that says the same.
const PAIRS: &[(&str, &str, &str)] = &[
    ("status", "{}", "status"),
    ("status", r#"{"path": "web"}"#, "status web"),
    ("next", "{}", "next"),
    ("next", r#"{"path": "web", "minutes": 45, "limit": 2}"#, "next web --time 45m -n 2"),
    ("next", r#"{"free": true, "types": ["book", "docs"]}"#, "next --free --type book --type docs"),
    ("next", r#"{"role": "operator", "limit": 0}"#, "next --role operator -n 0"),
    ("next", r#"{"why": "on-call"}"#, "next --why on-call"),
    ("plan", "{}", "plan"),
    (
        "plan",
        r#"{"paths": ["web"], "weeks": 3, "hours_per_week": 6.5, "from": "2027-01-04", "free": true}"#,
        "plan web --weeks 3 --hours-per-week 6.5 --from 2027-01-04 --free",
    ),
    (
        "plan",
        r#"{"role": "web-developer", "types": ["guide"]}"#,
        "plan --role web-developer --type guide",
    ),
    ("search", r#"{"text": "shell", "limit": 3}"#, "search shell --limit 3"),
    ("search", r#"{"text": "second half", "notes": true}"#, "search second half"),
    ("show", r#"{"ref": "web", "notes": true}"#, "show web"),
    ("show", r#"{"ref": "web/service", "notes": true}"#, "show web/service"),
    ("show", r#"{"ref": "web/question:idempotency"}"#, "show web/question:idempotency"),
    ("show", r#"{"ref": "glossary"}"#, "show glossary"),
    ("list", "{}", "list"),
    (
        "list",
        r#"{"path": "tools", "kind": "skill", "status": "done", "stage": "first", "topic": "shell"}"#,
        "list tools --kind skill --status done --stage first --topic shell",
    ),
    ("list", r#"{"free": true, "ready": true}"#, "list --free --ready"),
    ("roles", "{}", "roles"),
    ("roles", r#"{"role": "operator"}"#, "roles operator"),
    ("readiness", "{}", "interview --readiness"),
    ("questions", r#"{"path": "web", "reveal": true}"#, "interview web --list"),
    ("week", r#"{"notes": true}"#, "log --week"),
    (
        "week",
        r#"{"on": "3 weeks ago", "notes": true, "limit": 0}"#,
        "log --week --on \"3 weeks ago\" --limit 0",
    ),
];

/// A page has a list of about 8 KB, what is beside it, and the same for people.
const MOST_BYTES: usize = 32 * 1024;

/// All pages of an answer as one document: the lists, and the trees, of one page after the other.
pub(crate) fn whole(session: &Session, tool: &str, arguments: &Value) -> Value {
    let mut arguments = arguments.clone();
    let page = |arguments: &Value| {
        let result = session.call(tool, arguments.clone());
        assert_ne!(result.is_error, Some(true), "{tool} {arguments}: {result:?}");
        let size = serde_json::to_vec(&result).unwrap().len();
        assert!(size < MOST_BYTES, "{tool} {arguments}: a page of {size} bytes");
        result.structured_content.unwrap()
    };
    let mut document = page(&arguments);
    for _ in 0..100 {
        let Some(cursor) = document["next_cursor"].as_str() else { break };
        arguments["cursor"] = cursor.into();
        let page = page(&arguments);
        document["next_cursor"] = page["next_cursor"].clone();
        join(&mut document, page);
    }
    let next = document.as_object_mut().unwrap().remove("next_cursor");
    assert_eq!(next, Some(Value::Null), "{tool} {arguments}");
    document
}

fn join(document: &mut Value, page: Value) {
    let (Value::Object(fields), Value::Object(page)) = (document, page) else { return };
    for (name, value) in page {
        let known = &mut fields[&name];
        match (known, value) {
            (Value::Array(known), Value::Array(more)) => {
                // A list that is not paged is the same on each page.
                if *known == more {
                    continue;
                }
                for one in more {
                    match known.last_mut() {
                        Some(last)
                            if last.is_object()
                                && last["ref"] == one["ref"]
                                && !one["ref"].is_null() =>
                        {
                            join(last, one);
                        }
                        _ => known.push(one),
                    }
                }
            }
            (known @ Value::Object(_), one @ Value::Object(_)) => join(known, one),
            _ => {}
        }
    }
}

fn agree(sandbox: &Sandbox, era: Era) {
    let session = Session::start(sandbox, era);
    for (tool, arguments, line) in PAIRS {
        let arguments: Value = serde_json::from_str(arguments).unwrap();
        let command = sandbox.json(words(line));
        assert_eq!(whole(&session, tool, &arguments), command, "{tool} {arguments}");
        let result = session.call(tool, arguments.clone());
        let is_all = result.structured_content.as_ref().unwrap()["next_cursor"].is_null();
        // Of a search the command says how many more there are.
        if is_all && *tool != "search" {
            let text = sandbox.ok(words(line));
            assert_eq!(texts(&result)[0].trim_end(), text.trim_end(), "{tool} {arguments}");
        }
    }
    assert!(session.end());
}

#[test]
fn each_tool_says_what_its_command_says_in_the_older_era() {
    agree(&shelf::lived_in(), Era::Sessions);
}

#[test]
fn each_tool_says_what_its_command_says_in_the_newer_era() {
    agree(&shelf::lived_in(), Era::Stateless);
}

#[test]
fn a_draft_is_checked_and_previewed_but_never_installed() {
    let sandbox = shelf::lived_in();
    let session = Session::start(&sandbox, Era::Sessions);
    let installed =
        || std::fs::read_dir(sandbox.home().join(".config/milepost/paths")).unwrap().count();
    let before = (installed(), std::fs::read(sandbox.db()).unwrap());

    let broken = shelf::WEB.replace("hours = 8", "hours = \"eight\"");
    let document = session.document("check_path", json!({"text": broken}));
    let file = sandbox.write("draft.toml", &broken);
    let mut command = sandbox.json(["check", file.to_str().unwrap()]);
    command["files"][0]["file"] = "-".into();
    command["effect"] = Value::Null;
    assert_eq!(document, command);
    let line = 1 + broken.lines().position(|line| line.contains("eight")).unwrap();
    assert_eq!(document["files"][0]["diagnostics"][0]["line"], line);

    // Without a skill that is done, what it does to the record is told as `add` tells it.
    let shorter = shelf::WEB
        .replace("  { id = \"rest\", title = \"REST\", replaces = [\"restful\"] },\n", "");
    let shorter = shorter.replace("skills = [\"rest\"]\n", "");
    let document = session.document("check_path", json!({"text": shorter}));
    let file = sandbox.write("draft.toml", &shorter);
    let mut added = sandbox.json(["add", "--dry-run", file.to_str().unwrap()]);
    let fields = added.as_object_mut().unwrap();
    fields.retain(|name, _| name != "schema" && name != "command");
    assert_eq!(document["errors"], 0);
    assert_eq!(document["effect"], added);
    assert_eq!(document["effect"]["added"][0]["effects"]["lost"][0]["ref"], "web/rest");

    assert_eq!((installed(), std::fs::read(sandbox.db()).unwrap()), before);
    assert!(session.end());
}

#[test]
fn notes_and_what_to_look_for_come_only_on_request() {
    let sandbox = shelf::lived_in();
    let session = Session::start(&sandbox, Era::Sessions);
    for (tool, arguments, private) in [
        ("show", json!({"ref": "web/service"}), "it answers"),
        ("show", json!({"ref": "web"}), "read the second half again"),
        ("week", json!({}), "it answers"),
        ("questions", json!({}), "Same effect, once or twice."),
    ] {
        let shown = |document: &Value| document.to_string().contains(private);
        let mut asked = arguments.clone();
        let flag = if tool == "questions" { "reveal" } else { "notes" };
        assert!(!shown(&whole(&session, tool, &arguments)), "{tool} {arguments}");
        let said = texts(&session.call(tool, arguments)).concat();
        assert!(!said.contains(private), "{tool}: {said}");
        asked[flag] = true.into();
        assert!(shown(&whole(&session, tool, &asked)), "{tool} {asked}");
    }
    // What is found by its note alone.
    let found = |notes: bool| {
        let document = session.document("search", json!({"text": "half again", "notes": notes}));
        document["items"].to_string().contains("web/apis")
    };
    assert_eq!((found(false), found(true)), (false, true));
    assert!(session.end());
}

#[test]
fn filters_of_questions_and_lists() {
    let sandbox = shelf::lived_in();
    let session = Session::start(&sandbox, Era::Sessions);
    let count = |tool: &str, list: &str, arguments: Value| {
        session.document(tool, arguments)[list].as_array().unwrap().len()
    };
    assert_eq!(count("questions", "questions", json!({})), 1);
    assert_eq!(count("questions", "questions", json!({"due": true})), 0);
    assert_eq!(count("list", "items", json!({"limit": 2})), 2);
    assert!(session.end());
}
