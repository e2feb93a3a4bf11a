//! Characters that hide, reorder or act are in no answer, whatever field of a path or a record has them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use milepost_core::Annotation;
use milepost_core::internals::event::{EventKind, NewEvent};
use milepost_core::report::fixture;
use milepost_path::Ref;
use rmcp::model::{CallToolRequestParams, ReadResourceRequestParams};
use serde_json::{Value, json};
use unicode_general_category::{GeneralCategory, get_general_category};

use crate::sandbox::Sandbox;
use crate::session::{Era, Session};

/// Every character that a text can hide or that reorders it, by its category; and the few without a shape
/// that are letters or marks by theirs.
fn hidden() -> Vec<char> {
    let by_category = |char: char| match get_general_category(char) {
        GeneralCategory::Control
        | GeneralCategory::Format
        | GeneralCategory::LineSeparator
        | GeneralCategory::ParagraphSeparator => true,
        _ => matches!(
            char,
            '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{3164}' | '\u{FFA0}'
                | '\u{180B}'..='\u{180F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}'
                | '\u{2065}' | '\u{E0000}'..='\u{E0FFF}'
        ),
    };
    // Signs that stand before a number, and are seen.
    let is_seen = |char: char| {
        matches!(
            char,
            '\u{600}'
                ..='\u{605}'
                    | '\u{6DD}'
                    | '\u{70F}'
                    | '\u{890}'
                    | '\u{891}'
                    | '\u{8E2}'
                    | '\u{110BD}'
                    | '\u{110CD}'
        )
    };
    ('\0'..=char::MAX).filter(|char| by_category(*char) && !is_seen(*char)).collect()
}

/// A path with a text in every field that takes one.
fn path(text: &str) -> String {
    format!(
        r#"format = 1
id = "odd"
title = "Odd {text}"
summary = "Odd {text}"
author = "Odd {text}"
license = "Odd {text}"
version = "1{text}"
source = "Odd {text}"

[[portfolio]]
id = "things"
title = "Odd {text}"

[[stages]]
id = "first"
title = "Odd {text}"
summary = "Odd {text}"
about = "Odd {text}"

[[stages.topics]]
id = "topic"
title = "Odd {text}"
summary = "Odd {text}"
about = "Odd {text}"
tags = ["odd{text}"]
links = [{{ title = "Odd {text}", url = "https://example.org/" }}]
hours = 8
skills = [
  {{ id = "skill", title = "Odd {text}", can = "I can {text}" }},
]

[[stages.topics.resources]]
id = "book"
title = "Odd {text}"
summary = "Odd {text}"
by = "Odd {text}"
part = "Odd {text}"
url = "https://example.org/book"
type = "book"
cost = "paid"
hours = 4
skills = ["skill"]

[[stages.milestones]]
id = "build"
title = "Odd {text}"
hours = 5
requires = ["topic"]
portfolio = "things"
criteria = ["Odd {text}."]
evidence = ["odd {text}"]

[[interview]]
id = "talk"
title = "Odd {text}"
topics = ["topic"]
questions = [{{ id = "why", ask = "Odd {text}?", look_for = "Odd {text}." }}]
"#
    )
}

/// The same for a career file.
fn career(text: &str) -> String {
    format!(
        r#"format = 1
kind = "career"
title = "Odd {text}"

[[areas]]
id = "area"
title = "Odd {text}"
summary = "Odd {text}"
levels = ["Odd {text}.", "Odd 2 {text}.", "Odd 3 {text}.", "Odd 4 {text}."]
raised_by = [{{ by = "odd/topic", weight = 3, level = 1 }}, {{ by = "odd/build", weight = 2, level = 2 }}]

[[roles]]
id = "role"
title = "Odd {text}"
scope = "Odd {text}"
deliverables = ["Odd {text}"]
metrics = ["Odd {text}"]
paths = ["odd"]
targets = {{ area = 3 }}

[[glossary]]
id = "term"
title = "Odd {text}"
meaning = "Odd {text}"
source = "Odd {text}"
url = "https://example.org/term"
"#
    )
}

/// Records texts past all checks, as another program could.
fn record(sandbox: &Sandbox, text: &str) {
    let day = NaiveDate::from_ymd_opt(2026, 11, 18).unwrap();
    let app = sandbox.app();
    let mut store = fixture::record(&app);
    let mut writing = store.write(app.stamp).unwrap();
    for subject in ["odd/topic", "odd/skill", "odd/build", "odd/gone"] {
        let said = Annotation { note: Some(text.to_owned()), evidence: vec![text.to_owned()] };
        let (subject, title) = (Ref::from_text(subject), Some(text.to_owned()));
        writing.append(NewEvent { subject, title, fact: EventKind::Noted(said) }, day).unwrap();
    }
    writing.commit().unwrap();
}

/// The hidden characters in all texts of a value.
fn seen(value: &Value, hidden: &BTreeSet<char>, into: &mut BTreeSet<char>) {
    match value {
        Value::String(text) => into.extend(text.chars().filter(|char| hidden.contains(char))),
        Value::Array(items) => items.iter().for_each(|one| seen(one, hidden, into)),
        Value::Object(fields) => fields.iter().for_each(|(name, one)| {
            into.extend(name.chars().filter(|char| hidden.contains(char)));
            seen(one, hidden, into);
        }),
        _ => {}
    }
}

#[test]
fn no_hidden_character_is_in_an_answer() {
    let mut hidden: BTreeSet<char> = hidden().into_iter().collect();
    assert!(hidden.len() > 4000, "{}", hidden.len());
    let record_text: String = hidden.iter().filter(|char| **char != '\0').collect();
    // A path file that has one of these is refused; what it has else comes as it is.
    let refused = |char: &char| milepost_path::chars::is_unsafe(*char);
    let path_text: String = hidden.iter().filter(|char| !refused(char)).collect();
    assert!(path_text.chars().count() > 300);

    let sandbox = Sandbox::new();
    // Titles have a limit: the characters come in parts, each in every field.
    let all: Vec<char> = path_text.chars().collect();
    let parts: Vec<String> = all.chunks(900).map(|part| part.iter().collect()).collect();
    for at in ['\n', '\t'] {
        hidden.remove(&at);
    }
    for (at, part) in parts.iter().enumerate() {
        sandbox.write(".config/milepost/paths/odd.toml", &path(part));
        sandbox.write(".config/milepost/paths/career.toml", &career(part));
        if at == 0 {
            sandbox.ok(["start", "odd"]);
            record(&sandbox, &record_text);
        }
        let session = Session::start(&sandbox, Era::Sessions);
        let mut found = BTreeSet::new();
        for (tool, arguments) in [
            ("status", json!({})),
            ("next", json!({"role": "role"})),
            ("next", json!({"why": "build"})),
            ("plan", json!({"weeks": 0, "hours_per_week": 5})),
            ("search", json!({"text": "odd", "notes": true, "limit": 0})),
            ("show", json!({"ref": "odd", "notes": true})),
            ("show", json!({"ref": "odd/topic", "notes": true})),
            ("show", json!({"ref": "odd/skill", "notes": true})),
            ("show", json!({"ref": "odd/book"})),
            ("show", json!({"ref": "odd/build", "notes": true})),
            ("show", json!({"ref": "odd/gone", "notes": true})),
            ("show", json!({"ref": "odd/question:why"})),
            ("show", json!({"ref": "term"})),
            ("show", json!({"ref": part})),
            ("list", json!({})),
            ("roles", json!({})),
            ("roles", json!({"role": "role"})),
            ("readiness", json!({})),
            ("questions", json!({"reveal": true})),
            ("week", json!({"notes": true, "limit": 0})),
            ("check_path", json!({"text": path(part)})),
            ("check_path", json!({"text": path(&record_text.replace(['\n', '\r'], ""))})),
            ("status", json!({"path": part})),
        ] {
            let call = CallToolRequestParams::new(tool)
                .with_arguments(arguments.as_object().unwrap().clone());
            let result = session.ask(async |server| server.call_tool(call).await).unwrap();
            let is_refused =
                arguments == json!({"ref": part}) || arguments == json!({"path": part});
            assert_eq!(result.is_error == Some(true), is_refused, "{tool} {arguments}: {result:?}");
            seen(&json!(result), &hidden, &mut found);
            assert!(found.is_empty(), "{tool} {arguments}: {found:?}");
        }
        for uri in [
            "milepost://status",
            "milepost://portfolio.md",
            "milepost://path/odd",
            "milepost://item/odd/build",
            "milepost://item/odd/topic",
        ] {
            let read = ReadResourceRequestParams::new(uri);
            let contents = session.ask(async |server| server.read_resource(read).await).unwrap();
            seen(&json!(contents), &hidden, &mut found);
            assert!(found.is_empty(), "{uri}: {found:?}");
        }
        assert!(session.end());
    }
}
