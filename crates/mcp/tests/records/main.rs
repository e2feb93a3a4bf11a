//! The tools that record, from outside: the program on a pipe, beside the commands that do the same.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic, clippy::disallowed_methods)]

mod dying;
mod home;
mod session;

use std::fs::File;

use milepost_path::chars::{is_invisible, is_unsafe};
use serde_json::{Value, json};

use crate::home::Home;
use crate::session::{Era, Session};

/// What a tool says beside the document of its command.
const BESIDE: [&str; 3] = ["recorded", "by", "undone_by"];

/// The words of the log, newest first, each with who did it.
fn told(home: &Home) -> Vec<String> {
    let log = home.json(&["log", "--limit", "0"]);
    let by = |event: &Value| event["by"].as_str().unwrap_or("you").to_owned();
    let words = |event: &Value| {
        [event["action"].as_str(), event["ref"].as_str()].map(Option::unwrap).join(" ")
    };
    let events = log["events"].as_array().unwrap().iter();
    events.map(|event| format!("{} {}", words(event), by(event))).collect()
}

/// The events, without what is another's in every record.
fn events(home: &Home) -> Vec<Value> {
    let mut log = home.json(&["log", "--limit", "0"]);
    let events = log["events"].as_array_mut().unwrap();
    for event in &mut *events {
        for name in ["id", "at", "by"] {
            event.as_object_mut().unwrap().remove(name).unwrap();
        }
    }
    events.clone()
}

#[test]
fn each_tool_does_what_its_command_does() {
    let (ours, theirs) = (Home::following(), Home::following());
    theirs.write("good.toml", "[grades]\n\"web/question:idempotency\" = \"good\"\n");
    let mut session = Session::writing(&ours, Era::Initialized);
    let steps: [(&str, Value, &[&str]); 20] = [
        (
            "mark",
            json!({"refs": ["pipes", "scripts"], "status": "done"}),
            &["done", "pipes", "scripts"],
        ),
        ("mark", json!({"refs": ["pipes"], "status": "done"}), &["done", "pipes"]),
        (
            "mark",
            json!({"refs": ["pipes"], "status": "done", "on": "yesterday", "evidence": ["https://example.org/p"]}),
            &["done", "pipes", "--on", "yesterday", "--evidence", "https://example.org/p"],
        ),
        ("mark", json!({"refs": ["shell-book"], "status": "doing"}), &["doing", "shell-book"]),
        (
            "mark",
            json!({"refs": ["backup-script"], "status": "skipped"}),
            &["skip", "backup-script"],
        ),
        ("mark", json!({"refs": ["backup-script"], "status": "todo"}), &["todo", "backup-script"]),
        (
            "mark",
            json!({"refs": ["rest-guide"], "status": "done", "note": "read"}),
            &["done", "rest-guide", "--note", "read"],
        ),
        (
            "mark",
            json!({"refs": ["networks"], "status": "done", "confirm": true}),
            &["done", "networks", "--yes"],
        ),
        ("mark", json!({"refs": ["rest"], "note": "two\nlines"}), &["note", "rest", "two\nlines"]),
        ("mark", json!({"refs": ["rest"], "note": "two\nlines"}), &["note", "rest", "two\nlines"]),
        ("mark", json!({"refs": ["apis"], "note": "of a topic"}), &["note", "apis", "of a topic"]),
        ("study", json!({"ref": "rest", "minutes": 45}), &["study", "rest", "45m"]),
        (
            "study",
            json!({"ref": "apis", "minutes": 90, "on": "monday", "note": "n"}),
            &["study", "apis", "1h30", "--on", "monday", "--note", "n"],
        ),
        (
            "answer",
            json!({"question": "web/question:idempotency", "grade": "good"}),
            &["interview", "--answers", "good.toml"],
        ),
        (
            "answer",
            json!({"question": "idempotency", "grade": "good"}),
            &["interview", "--answers", "good.toml"],
        ),
        ("assess", json!({"area": "shells", "level": 2}), &["assess", "shells", "--level", "2"]),
        ("assess", json!({"area": "shells", "level": 2}), &["assess", "shells", "--level", "2"]),
        (
            "assess",
            json!({"area": "services", "level": 0, "evidence": ["https://example.org/s"]}),
            &["assess", "services", "--level", "0", "--evidence", "https://example.org/s"],
        ),
        ("undo", json!({}), &["undo"]),
        ("undo", json!({}), &["undo"]),
    ];
    let mut recorded = 0;
    for (tool, arguments, command) in steps {
        let before = events(&ours).len();
        let result = session.call(tool, arguments.clone());
        let mut document = result["structuredContent"].clone();
        let is_recorded = document["recorded"].as_bool().unwrap_or_else(|| panic!("{document}"));
        assert_eq!(document["by"], "mcp:tester", "{tool}");
        assert_eq!(document["undone_by"].is_null(), !is_recorded, "{tool}: {document}");
        let fields = document.as_object_mut().unwrap();
        for name in BESIDE {
            fields.remove(name).unwrap();
        }
        assert_eq!(document, theirs.json(command), "{tool} {arguments}");
        assert_eq!(events(&ours), events(&theirs), "{tool} {arguments}");
        assert_eq!(events(&ours).len() > before, is_recorded, "{tool} {arguments}");
        // The text is the command's, too.
        let text = result["content"][0]["text"].as_str().unwrap();
        assert!(!text.trim().is_empty() && !text.contains('\u{1b}'), "{tool}: {text}");
        recorded += usize::from(is_recorded);
    }
    assert_eq!(recorded, 17, "three of them were so already");
    assert!(
        told(&ours)
            .iter()
            .filter(|one| !one.starts_with("started"))
            .all(|one| one.ends_with(" mcp:tester"))
    );
    drop(session);
    assert_eq!(ours.code(&["doctor"]), 0);
}

#[test]
fn a_call_is_a_step_that_undo_takes_back_and_what_you_did_is_left_alone() {
    let home = Home::following();
    let mut session = Session::writing(&home, Era::Initialized);
    home.json(&["done", "pipes"]);
    session.call("mark", json!({"refs": ["scripts", "http"], "status": "done"}));
    session.call("study", json!({"ref": "rest", "minutes": 30}));
    home.json(&["done", "tools/logs"]);
    let undone = |session: &mut Session| {
        let result = session.call("undo", json!({}));
        let document = &result["structuredContent"];
        let refs =
            document["changed"].as_array().unwrap().iter().map(|one| one["ref"].as_str().unwrap());
        (refs.collect::<Vec<_>>().join(" "), document["undone_by"]["command"].clone())
    };
    let redo = json!("milepost redo");
    assert_eq!(undone(&mut session), ("web/rest".to_owned(), redo.clone()));
    assert_eq!(undone(&mut session), ("tools/scripts tools/http".to_owned(), redo));
    assert_eq!(undone(&mut session), (String::new(), Value::Null));
    let result = session.call("undo", json!({}));
    let said = result["content"].to_string();
    assert!(said.contains("nothing is left that an assistant recorded"), "{said}");
    assert_eq!(
        told(&home)[3..6],
        ["done tools/logs you", "studied web/rest mcp:tester", "done tools/http mcp:tester"]
    );
    // What you bring back, an assistant can take back again.
    home.json(&["redo"]);
    assert_eq!(undone(&mut session).0, "tools/scripts tools/http");
    home.json(&["undo"]);
    assert_eq!(home.json(&["show", "tools/logs"])["status"], "todo", "you take back what you did");
}

#[test]
fn what_is_not_allowed_is_not_listed_and_says_who_can_allow_it() {
    let home = Home::new();
    let mut session = Session::start(&home, &[], "tester", Era::Initialized);
    let names = |session: &mut Session| -> Vec<String> {
        let tools = session.ask("tools/list", json!({}))["result"]["tools"].clone();
        tools
            .as_array()
            .unwrap()
            .iter()
            .map(|tool| tool["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let listed = names(&mut session);
    let five = ["mark", "study", "answer", "assess", "undo"];
    assert!(
        !listed.is_empty() && !listed.iter().any(|name| five.contains(&name.as_str())),
        "{listed:?}"
    );
    for tool in five {
        let result = session.call(tool, json!({"refs": ["pipes"], "status": "done"}));
        assert_eq!(result["isError"], true, "{result}");
        assert_eq!(result["structuredContent"]["error"]["code"], "refused", "{result}");
        let said = result["content"].to_string();
        assert!(said.contains("milepost mcp --allow-writes"), "{said}");
    }
    assert!(!home.db().exists(), "nothing was recorded");
    let mut allowed = Session::writing(&home, Era::Initialized);
    assert_eq!(names(&mut allowed)[listed.len()..], five);
    let tools = allowed.ask("tools/list", json!({}))["result"]["tools"].clone();
    for tool in tools.as_array().unwrap() {
        let writes = five.iter().any(|name| tool["name"] == *name);
        assert_eq!(tool["annotations"]["readOnlyHint"], !writes, "{tool}");
        assert_eq!(tool["annotations"]["openWorldHint"], false, "{tool}");
        if writes {
            // The same note again is another note, and the same time is twice the time.
            let once = ["answer", "assess"].iter().any(|name| tool["name"] == *name);
            assert_eq!(tool["annotations"]["idempotentHint"], once, "{tool}");
            let takes_back = tool["name"] == "undo";
            assert_eq!(tool["annotations"]["destructiveHint"], takes_back, "{tool}");
        }
    }
}

#[test]
fn a_whole_topic_needs_a_yes_and_a_dry_run_records_nothing() {
    let home = Home::new();
    let mut session = Session::writing(&home, Era::Initialized);
    for whole in ["apis", "tools/shell", "first", "tools"] {
        let result = session.call("mark", json!({"refs": ["http", whole], "status": "done"}));
        let error = &result["structuredContent"]["error"];
        assert_eq!(error["code"], "refused", "{whole}: {result}");
        assert!(error["hints"].to_string().contains("`confirm`"), "{error}");
    }
    let dry = json!({"refs": ["tools"], "status": "done", "confirm": true, "dry_run": true});
    let result = session.call("mark", dry.clone());
    assert_eq!(result["structuredContent"]["changed"].as_array().unwrap().len(), 5, "{result}");
    assert_eq!(result["structuredContent"]["recorded"], false);
    assert!(!home.db().exists(), "nothing was recorded");
    session.call("mark", json!({"refs": ["pipes"], "status": "done"}));
    let before = events(&home);
    let result = session.call("mark", dry);
    assert_eq!(result["structuredContent"]["changed"].as_array().unwrap().len(), 4, "{result}");
    assert_eq!(events(&home), before);
}

#[test]
fn no_character_that_cannot_be_seen_gets_into_the_record() {
    let home = Home::following();
    let hidden: Vec<char> = (0..=0x10_FFFF)
        .filter_map(char::from_u32)
        .filter(|char| is_invisible(*char) || is_unsafe(*char))
        .filter(|char| !matches!(char, '\n' | '\r' | '\t'))
        .collect();
    assert!(hidden.len() > 4_000);
    // One after each character, and the rest at the end.
    let around = |text: &str, chars: &[char]| {
        let (between, rest) = chars.split_at(chars.len().min(text.chars().count()));
        let mut hidden: String =
            text.chars().zip(between).flat_map(|(seen, hidden)| [seen, *hidden]).collect();
        hidden.extend(text.chars().skip(between.len()));
        hidden.extend(rest);
        hidden
    };
    let mut session = Session::writing(&home, Era::Initialized);
    for some in hidden.chunks(700) {
        let text = around("what I did", some);
        let result = session.call(
            "mark",
            json!({"refs": [around("pipes", &some[..3])], "status": "done", "note": text, "evidence": [around("https://example.org/x", &some[..9])]}),
        );
        assert_eq!(result["structuredContent"]["recorded"], true, "{result}");
        let said = result["content"].to_string();
        for name in ["note", "evidence", "refs"] {
            assert!(said.contains(&format!("left out of `{name}`")), "{said}");
        }
        session.call("undo", json!({}));
    }
    let result = session.call(
        "study",
        json!({"ref": "re\u{200b}st", "minutes": 5, "on": "mon\u{202e}day", "note": "a\u{feff}b"}),
    );
    assert_eq!(result["structuredContent"]["on"], "2026-11-16", "{result}");
    let result = session
        .call("answer", json!({"question": "web/question:idem\u{2060}potency", "grade": "good"}));
    assert_eq!(result["structuredContent"]["recorded"], true, "{result}");
    let result = session.call(
        "assess",
        json!({"area": "sh\u{ad}ells", "level": 1, "evidence": ["https://example.org/\u{e0041}"]}),
    );
    assert_eq!(result["structuredContent"]["recorded"], true, "{result}");
    drop(session);
    let name: String = around("claude", &hidden[..50]);
    let mut session = Session::start(&home, &["--allow-writes"], &name, Era::Initialized);
    session.call("study", json!({"ref": "rest", "minutes": 5}));
    let full = home.run(&["export", "--full"]);
    assert!(full.contains("what I did") && full.contains("\"note\":\"ab\""), "{full}");
    let raw = full.chars().find(|char| *char != '\n' && (is_invisible(*char) || is_unsafe(*char)));
    assert_eq!(raw, None, "{full}");
    assert!(!full.contains("\\u"), "nor escaped: {full}");
}

#[test]
fn who_did_it_is_what_the_client_says_of_itself_in_both_eras() {
    for (era, name, by) in [
        (Era::Initialized, "claude-code", "mcp:claude-code"),
        (Era::Stateless, "Visual Studio Code", "mcp:Visual Studio Code"),
        (Era::Stateless, "\u{202e}\u{200b}", "mcp:unnamed"),
    ] {
        let home = Home::following();
        let mut session = Session::start(&home, &["--allow-writes"], name, era);
        let result = session.call("mark", json!({"refs": ["pipes"], "status": "done"}));
        assert_eq!(result["structuredContent"]["by"], by, "{result}");
        assert_eq!(told(&home)[0], format!("done tools/pipes {by}"));
    }
}

#[test]
fn what_cannot_be_recorded_says_why_and_records_nothing() {
    let home = Home::following();
    let mut session = Session::writing(&home, Era::Initialized);
    let before = events(&home);
    let long = "n".repeat(5000);
    for (tool, arguments, code, part) in [
        ("mark", json!({"refs": []}), "usage", "`refs` is empty"),
        ("mark", json!({"refs": ["pipes"]}), "usage", "are missing"),
        ("mark", json!({"refs": ["pipes"], "state": "done"}), "usage", "did you mean `status`?"),
        ("mark", json!({"refs": "pipes", "status": "done"}), "usage", "`refs`"),
        ("mark", json!({"refs": ["pipes"], "status": "finished"}), "usage", "`status`"),
        (
            "mark",
            json!({"refs": ["pipes"], "status": "done", "on": "tomorrow"}),
            "usage",
            "in the future",
        ),
        ("mark", json!({"refs": ["pipes"], "status": "done", "note": " "}), "usage", "note"),
        (
            "mark",
            json!({"refs": ["pipes"], "status": "done", "note": long}),
            "usage",
            "`note` is too long",
        ),
        (
            "mark",
            json!({"refs": ["pipes"], "status": "done", "evidence": ["a\nb"]}),
            "usage",
            "evidence",
        ),
        ("mark", json!({"refs": ["pipes", "nix"], "status": "done"}), "unknown-ref", "nix"),
        ("mark", json!({"refs": ["pipes", "http"], "note": "n"}), "usage", "about one thing"),
        (
            "mark",
            json!({"refs": ["pipes"], "note": "n", "dry_run": true}),
            "usage",
            "`dry_run` needs",
        ),
        (
            "mark",
            json!({"refs": vec!["pipes"; 101], "status": "done"}),
            "usage",
            "the limit is 100",
        ),
        ("study", json!({"ref": "rest", "minutes": 0}), "usage", "from 1 to 1440"),
        ("study", json!({"ref": "rest", "minutes": 1441}), "usage", "from 1 to 1440"),
        ("study", json!({"ref": "rest", "minutes": "45m"}), "usage", "`minutes`"),
        ("study", json!({"ref": "web", "minutes": 5}), "wrong-kind", "is a path"),
        ("answer", json!({"question": "why", "grade": "good"}), "unknown-ref", "why"),
        ("answer", json!({"question": "idempotency", "grade": "fair"}), "usage", "`grade`"),
        ("assess", json!({"area": "shells", "level": 5}), "usage", "there is no level 5"),
        ("assess", json!({"area": "sails", "level": 1}), "unknown-name", "sails"),
        ("undo", json!({"any": true}), "usage", "there is no argument `any`"),
    ] {
        let result = session.call(tool, arguments.clone());
        assert_eq!(result["isError"], true, "{tool} {arguments}");
        assert_eq!(
            result["structuredContent"]["error"]["code"], code,
            "{tool} {arguments}: {result}"
        );
        assert!(result.to_string().contains(part), "{tool} {arguments}: {result}");
    }
    assert_eq!(events(&home), before);
}

#[test]
fn a_record_that_is_kept_locked_is_told_and_others_are_answered_meanwhile() {
    let home = Home::following();
    let before = events(&home);
    let mut session = Session::writing(&home, Era::Initialized);
    let folder = File::open(home.db().parent().unwrap()).unwrap();
    folder.lock().unwrap();
    let waiting = session.send(
        "tools/call",
        json!({"name": "mark", "arguments": {"refs": ["pipes"], "status": "done"}}),
    );
    let reading = session.send("tools/call", json!({"name": "status", "arguments": {}}));
    let first = session.receive();
    assert_eq!(first["id"], reading, "a question does not wait: {first}");
    assert_eq!(first["result"]["structuredContent"]["command"], "status");
    let second = session.receive();
    assert_eq!(second["id"], waiting);
    assert_eq!(second["result"]["structuredContent"]["error"]["code"], "locked", "{second}");
    drop(folder);
    assert_eq!(events(&home), before);
    let result = session.call("mark", json!({"refs": ["pipes"], "status": "done"}));
    assert_eq!(result["structuredContent"]["recorded"], true, "{result}");
}

#[test]
fn a_call_that_is_cancelled_while_it_waits_records_nothing() {
    let home = Home::following();
    let mut session = Session::writing(&home, Era::Initialized);
    let folder = File::open(home.db().parent().unwrap()).unwrap();
    folder.lock().unwrap();
    let arguments = json!({"refs": ["pipes"], "status": "done"});
    let id = session.send("tools/call", json!({"name": "mark", "arguments": arguments}));
    // It is read before what follows, which is answered without a lock.
    session.call("status", json!({}));
    session.notify("notifications/cancelled", json!({"requestId": id}));
    session.call("status", json!({}));
    drop(folder);
    // Who waits is served in turn, so what waited first is over by now.
    let result = session.call("study", json!({"ref": "rest", "minutes": 5}));
    assert_eq!(result["structuredContent"]["recorded"], true, "{result}");
    assert_eq!(told(&home)[0], "studied web/rest mcp:tester");
    assert!(!told(&home).iter().any(|one| one.starts_with("done")), "{:?}", told(&home));
}
