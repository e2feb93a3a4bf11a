//! What a client learns about the server, in both eras, and what it is told after a mistake.

use std::collections::BTreeSet;

use rmcp::model::ErrorCode;
use rmcp::service::ServiceError;
use serde_json::json;

use crate::session::{Era, Session, texts};
use crate::shelf;

const READS: [&str; 11] = [
    "status",
    "next",
    "plan",
    "search",
    "show",
    "list",
    "roles",
    "readiness",
    "questions",
    "week",
    "check_path",
];

#[test]
fn both_eras_are_told_the_same() {
    let sandbox = shelf::following();
    let mut told = Vec::new();
    for era in [Era::Sessions, Era::Stateless] {
        let session = Session::start(&sandbox, era);
        let tools = session.ask(async |server| server.list_all_tools().await.unwrap());
        let prompts = session.ask(async |server| server.list_all_prompts().await.unwrap());
        let resources = session.ask(async |server| server.list_all_resources().await.unwrap());
        let again = session.ask(async |server| server.list_all_tools().await.unwrap());
        assert_eq!(tools, again, "the order is the same each time");
        told.push((tools, prompts, resources));
        assert!(session.end(), "{era:?}");
    }
    assert!(told[0] == told[1]);
    let (tools, prompts, resources) = &told[0];
    let names: Vec<&str> = tools.iter().map(|tool| tool.name.as_ref()).collect();
    assert_eq!(names, READS);
    for tool in tools {
        let hints = tool.annotations.as_ref().unwrap();
        assert_eq!((hints.read_only_hint, hints.open_world_hint), (Some(true), Some(false)));
        assert_eq!(tool.input_schema["additionalProperties"], false, "{}", tool.name);
        assert!(tool.title.is_some() && tool.description.is_some());
    }
    let names: Vec<&str> = prompts.iter().map(|prompt| prompt.name.as_str()).collect();
    assert_eq!(names, ["plan-my-week", "mock-interview", "grade-my-answer", "write-a-path"]);
    let addresses: Vec<&str> = resources.iter().map(|one| one.uri.as_str()).collect();
    assert_eq!(
        addresses,
        ["milepost://status", "milepost://portfolio.md", "milepost://docs/path-format"]
    );
}

#[test]
fn what_is_never_exposed_is_not_there() {
    let sandbox = shelf::following();
    let session = Session::start(&sandbox, Era::Sessions);
    for name in [
        "restore", "import", "remove", "doctor", "open", "config", "sync", "add", "export",
        "backup", "redact", "hide", "link", "start", "stop",
    ] {
        let refused = session.try_call(name, json!({})).unwrap_err();
        let ServiceError::McpError(error) = refused else { panic!("{name}: {refused:?}") };
        assert_eq!(error.code, ErrorCode::INVALID_PARAMS, "{name}");
        assert!(error.message.starts_with(&format!("there is no tool `{name}`")), "{error:?}");
    }
    // No argument names a file.
    let tools = session.ask(async |server| server.list_all_tools().await.unwrap());
    let names: BTreeSet<String> = tools
        .iter()
        .flat_map(|tool| tool.input_schema["properties"].as_object().unwrap().keys().cloned())
        .collect();
    assert!(!names.iter().any(|name| name.contains("file") || name.contains("db")), "{names:?}");
    assert!(session.end());
}

#[test]
fn errors_have_codes_and_say_what_to_do() {
    let sandbox = shelf::lived_in();
    for era in [Era::Sessions, Era::Stateless] {
        let session = Session::start(&sandbox, era);
        for (tool, arguments, code, message, hint) in [
            (
                "next",
                json!({"minuets": 45}),
                "usage",
                "there is no argument `minuets`",
                "did you mean `minutes`?",
            ),
            (
                "readiness",
                json!({"x": 1}),
                "usage",
                "there is no argument `x`",
                "the arguments are `cursor`, `path`",
            ),
            (
                "next",
                json!({"minutes": "45"}),
                "usage",
                "`minutes`: invalid type: string \"45\", expected u16",
                "",
            ),
            ("next", json!({"minutes": 0}), "usage", "`minutes` is 0", "it can be from 1 to 1440"),
            (
                "next",
                json!({"types": ["film"], "path": "web"}),
                "usage",
                "`types`: unknown variant `film`",
                "",
            ),
            (
                "plan",
                json!({"hours_per_week": 500}),
                "usage",
                "500 hours a week is impossible",
                "a week has 168 hours",
            ),
            ("week", json!({"on": "tomorrow"}), "usage", "", "write"),
            ("search", json!({}), "usage", "`text` is missing", ""),
            ("search", json!({"text": "!!"}), "usage", "", ""),
            (
                "search",
                json!({"text": "x".repeat(5000)}),
                "usage",
                "`text` is too long",
                "the limit is 4096 bytes",
            ),
            (
                "show",
                json!({"ref": "web/rset"}),
                "unknown-ref",
                "nothing is called `web/rset`",
                "did you mean `web/rest`",
            ),
            ("show", json!({"ref": "http"}), "", "", ""),
            (
                "show",
                json!({"ref": "logs"}),
                "ambiguous-ref",
                "`logs` could mean 2 things",
                "tools/logs",
            ),
            (
                "status",
                json!({"path": "webb"}),
                "unknown-path",
                "there is no path `webb`",
                "did you mean `web`",
            ),
            ("roles", json!({"role": "chef"}), "unknown-name", "", ""),
            ("list", json!({"cursor": "x"}), "usage", "`x` is not a cursor", "`next_cursor`"),
            (
                "list",
                json!({"cursor": "3-0"}),
                "usage",
                "the cursor belongs to another answer",
                "without `cursor`",
            ),
            (
                "check_path",
                json!({"text": "x".repeat(1024 * 1024 + 1)}),
                "usage",
                "`text` is too long",
                "1048576",
            ),
        ] {
            let result = session.call(tool, arguments.clone());
            if code.is_empty() {
                assert_ne!(result.is_error, Some(true), "{tool} {arguments}");
                continue;
            }
            assert_eq!(result.is_error, Some(true), "{tool} {arguments}");
            let document = result.structured_content.as_ref().unwrap();
            let error = &document["error"];
            assert_eq!(
                (document["schema"].as_u64(), error["code"].as_str()),
                (Some(1), Some(code)),
                "{tool} {arguments}: {document}"
            );
            let said = error["message"].as_str().unwrap();
            assert!(said.starts_with(message), "{tool}: {said}");
            assert!(error["hints"].to_string().contains(hint), "{tool}: {error}");
            let text = &texts(&result)[0];
            assert!(text.starts_with(&format!("error: {said}")), "{tool}: {text}");
            assert_eq!(text.contains("\nhint: "), error["hints"] != json!([]), "{text}");
        }
        // An error that the command has, too, is the same object.
        let error = sandbox.run(&["show".into(), "web/rset".into()], true).unwrap_err();
        let known = session.call("show", json!({"ref": "web/rset"})).structured_content.unwrap();
        assert_eq!(known["error"], json!(milepost::output::Failure::of(&error)));
        assert!(session.end());
    }
}

#[test]
fn null_stands_for_what_is_not_given() {
    let sandbox = shelf::following();
    let session = Session::start(&sandbox, Era::Sessions);
    let all = json!({"path": null, "minutes": null, "role": null, "why": null, "limit": null, "cursor": null});
    assert_eq!(session.document("next", all), session.document("next", json!({})));
    let refused = session.call("search", json!({"text": null}));
    assert_eq!(refused.structured_content.unwrap()["error"]["message"], "`text` is missing");
    assert!(session.end());
}

#[test]
fn without_a_record_and_with_a_damaged_one_calls_are_answered() {
    let sandbox = shelf::home();
    let session = Session::start(&sandbox, Era::Sessions);
    let empty = session.call("next", json!({}));
    assert_eq!(empty.structured_content.unwrap()["recommendations"], json!([]));
    // The record is opened anew for each call.
    sandbox.ok(["start", "web"]);
    let document = session.document("status", json!({}));
    assert_eq!(document["paths"][0]["id"], "tools");
    sandbox.write(".local/share/milepost/progress.db", &"no record at all ".repeat(99));
    let broken = session.call("status", json!({}));
    assert_eq!(broken.structured_content.unwrap()["error"]["code"], "not-a-record");
    std::fs::remove_file(sandbox.db()).unwrap();
    assert_eq!(session.document("status", json!({}))["paths"], json!([]));
    // What is wrong with a path file is told beside each answer.
    sandbox.write(".config/milepost/paths/broken.toml", "format = ");
    let beside = texts(&session.call("search", json!({"text": "shell"})));
    assert!(beside.last().unwrap().contains("warning: "), "{beside:?}");
    assert!(session.end());
}
