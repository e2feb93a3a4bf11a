//! The schemas: each answer is what its schema says, and what docs/json.md says of the command.

use std::collections::{BTreeMap, BTreeSet};

use rmcp::model::Tool;
use serde_json::{Value, json};

use crate::session::{Era, Session};
use crate::shelf;

/// Which section of docs/json.md is about which tool.
const SECTIONS: [(&str, &str); 11] = [
    ("status", "`status`"),
    ("next", "`next`"),
    ("plan", "`plan`"),
    ("search", "`search`"),
    ("show", "`show`"),
    ("list", "`list`"),
    ("roles", "`roles`"),
    ("readiness", "`interview`"),
    ("questions", "`interview`"),
    ("week", "`log`"),
    ("check_path", "`check`"),
];

/// The schema of what a tool answers with, where it does not fail.
fn answer(tool: &Tool) -> (Value, Value) {
    let whole = json!(tool.output_schema.as_deref().unwrap());
    assert_eq!(whole["type"], "object", "{}", tool.name);
    (whole["anyOf"][0].clone(), whole["$defs"].clone())
}

/// What of a value is not as its schema says.
fn wrong(value: &Value, schema: &Value, definitions: &Value) -> Option<String> {
    let no = |why: &str| Some(format!("{why}: {value} is not {schema}"));
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.strip_prefix("#/$defs/").unwrap();
        return wrong(value, &definitions[name], definitions);
    }
    for either in ["anyOf", "oneOf"] {
        if let Some(all) = schema[either].as_array() {
            let fitting = all.iter().filter(|one| wrong(value, one, definitions).is_none()).count();
            if fitting == 0 || (either == "oneOf" && fitting != 1) {
                return no(either);
            }
        }
    }
    if schema.get("const").is_some_and(|one| one != value) {
        return no("const");
    }
    if schema["enum"].as_array().is_some_and(|all| !all.contains(value)) {
        return no("enum");
    }
    let is = |of: &str| match of {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        other => panic!("{other}"),
    };
    let fits = match &schema["type"] {
        Value::String(of) => is(of),
        Value::Array(all) => all.iter().any(|of| is(of.as_str().unwrap())),
        _ => true,
    };
    if !fits {
        return no("type");
    }
    if let Some(fields) = value.as_object() {
        for name in schema["required"].as_array().into_iter().flatten() {
            if !fields.contains_key(name.as_str().unwrap()) {
                return no(&format!("no {name}"));
            }
        }
        let known = schema["properties"].as_object();
        for (name, value) in fields {
            if let Some(schema) = known.and_then(|known| known.get(name)) {
                let found = wrong(value, schema, definitions);
                if found.is_some() {
                    return found;
                }
            }
        }
    }
    let items = value.as_array().into_iter().flatten();
    items
        .filter(|_| schema["items"].is_object())
        .find_map(|one| wrong(one, &schema["items"], definitions))
}

#[test]
fn each_answer_is_what_its_schema_says() {
    let sandbox = shelf::lived_in();
    let session = Session::start(&sandbox, Era::Sessions);
    let tools = session.ask(async |server| server.list_all_tools().await.unwrap());
    for (name, arguments) in [
        ("status", json!({})),
        ("next", json!({"minutes": 45})),
        ("next", json!({"why": "on-call"})),
        ("plan", json!({})),
        ("search", json!({"text": "shell"})),
        ("show", json!({"ref": "web"})),
        ("show", json!({"ref": "web/service", "notes": true})),
        ("show", json!({"ref": "web/question:idempotency"})),
        ("show", json!({"ref": "glossary"})),
        ("list", json!({})),
        ("roles", json!({})),
        ("roles", json!({"role": "operator"})),
        ("readiness", json!({})),
        ("questions", json!({})),
        ("week", json!({})),
        ("check_path", json!({"text": "format = 1"})),
        ("check_path", json!({"text": shelf::WEB.replace("Log pipelines", "Logs")})),
    ] {
        let document = session.document(name, arguments.clone());
        let tool = tools.iter().find(|tool| tool.name == name).unwrap();
        let (schema, definitions) = answer(tool);
        assert_eq!(wrong(&document, &schema, &definitions), None, "{name} {arguments}");
        // An error is the other thing that can come.
        let failed = session.call(name, json!({"nonsense": 1})).structured_content.unwrap();
        let whole = json!(tool.output_schema.as_deref().unwrap());
        assert_eq!(wrong(&failed, &whole, &definitions), None, "{name}");
        assert!(wrong(&failed, &schema, &definitions).is_some(), "{name}");
        // What is there is described: a field that the schema does not have would go unnoticed.
        let (mut has, mut described) = (BTreeSet::new(), BTreeSet::new());
        fields_of_value(&document, "", &mut has);
        fields_of_schema(&schema, &definitions, "", &mut Vec::new(), &mut described);
        // What is in it has the same fields.
        let has: BTreeSet<String> = has.iter().map(|one| one.replace("children[].", "")).collect();
        let undescribed: Vec<_> = has.difference(&described).collect();
        assert!(undescribed.is_empty(), "{name}: {undescribed:?}");
    }
    assert!(session.end());
}

fn fields_of_value(value: &Value, before: &str, into: &mut BTreeSet<String>) {
    let Value::Object(fields) = value else { return };
    for (name, value) in fields {
        let (path, inner): (String, Vec<&Value>) = match value {
            Value::Array(items) => (format!("{before}{name}[]"), items.iter().collect()),
            other => (format!("{before}{name}"), vec![other]),
        };
        inner.iter().for_each(|one| fields_of_value(one, &format!("{path}."), into));
        if !value.is_null() {
            into.insert(path);
        }
    }
}

/// Each field of a schema as a path, `paths[].stages[].id`; what is in itself is gone into once.
fn fields_of_schema(
    schema: &Value,
    definitions: &Value,
    before: &str,
    inside: &mut Vec<String>,
    into: &mut BTreeSet<String>,
) {
    let (schema, name) = resolved(schema, definitions);
    if let Some(name) = &name {
        if inside.contains(name) {
            return;
        }
        inside.push(name.clone());
    }
    for either in ["anyOf", "oneOf", "allOf"] {
        for one in schema[either].as_array().into_iter().flatten() {
            fields_of_schema(one, definitions, before, inside, into);
        }
    }
    for (field, of) in schema["properties"].as_object().into_iter().flatten() {
        let item = list_of(of, definitions);
        let path = format!("{before}{field}{}", if item.is_some() { "[]" } else { "" });
        let inner = item.unwrap_or_else(|| of.clone());
        fields_of_schema(&inner, definitions, &format!("{path}."), inside, into);
        into.insert(path);
    }
    if name.is_some() {
        inside.pop();
    }
}

fn resolved(schema: &Value, definitions: &Value) -> (Value, Option<String>) {
    match schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/")) {
        Some(name) => (definitions[name].clone(), Some(name.to_owned())),
        None => (schema.clone(), None),
    }
}

/// The schema of the items of a list, also of one that can be null.
fn list_of(schema: &Value, definitions: &Value) -> Option<Value> {
    let (schema, _) = resolved(schema, definitions);
    let is_list = match &schema["type"] {
        Value::String(of) => of == "array",
        Value::Array(all) => all.contains(&"array".into()),
        _ => false,
    };
    if is_list {
        return Some(schema["items"].clone());
    }
    let either = schema["anyOf"].as_array().into_iter().flatten();
    either.filter_map(|one| list_of(one, definitions)).next()
}

/// The rows of docs/json.md, by their headings: a field, and the shape that its value has.
fn documented() -> BTreeMap<String, Vec<(String, Option<String>)>> {
    let docs = include_str!("../../../../docs/json.md");
    let mut found: BTreeMap<String, Vec<(String, Option<String>)>> = BTreeMap::new();
    let mut heading = None;
    for line in docs.lines() {
        if let Some(name) = line.strip_prefix("### ") {
            heading = Some(name.to_owned());
        } else if line.starts_with("## ") {
            heading = None;
        } else if let (Some(heading), Some(row)) = (&heading, line.strip_prefix("| `")) {
            let (field, rest) = row.split_once('`').unwrap();
            let value = rest.trim_start_matches(" |").split(" | ").next().unwrap();
            let shape =
                value.split_once("](#").map(|(_, link)| link.split(')').next().unwrap().to_owned());
            found.entry(heading.clone()).or_default().push((field.to_owned(), shape));
        }
    }
    found
}

/// Each field that a section describes, with those of its shapes.
fn fields_of_section(
    heading: &str,
    before: &str,
    docs: &BTreeMap<String, Vec<(String, Option<String>)>>,
    into: &mut BTreeSet<String>,
) {
    for (field, shape) in &docs[heading] {
        let path = format!("{before}{field}");
        into.insert(path.clone());
        let named = |anchor: &String| {
            docs.keys().find(|name| name.to_lowercase().replace(' ', "-") == *anchor).cloned()
        };
        if let Some(shape) = shape.as_ref().and_then(named) {
            fields_of_section(&shape, &format!("{path}."), docs, into);
        }
    }
}

#[test]
fn schemas_and_docs_agree() {
    let sandbox = shelf::home();
    let session = Session::start(&sandbox, Era::Sessions);
    let tools = session.ask(async |server| server.list_all_tools().await.unwrap());
    let docs = documented();
    for (name, heading) in SECTIONS {
        let tool = tools.iter().find(|tool| tool.name == name).unwrap();
        let (schema, definitions) = answer(tool);
        let mut promised = BTreeSet::new();
        fields_of_schema(&schema, &definitions, "", &mut Vec::new(), &mut promised);
        promised.retain(|field| {
            let own = ["schema", "command", "next_cursor"].contains(&field.as_str());
            !own && field != "effect" && !field.starts_with("effect.")
        });
        let mut described = BTreeSet::new();
        fields_of_section(heading, "", &docs, &mut described);
        let missing: Vec<_> = promised.difference(&described).collect();
        let stale: Vec<_> = described.difference(&promised).collect();
        assert!(
            missing.is_empty() && stale.is_empty(),
            "{name}: docs lack {missing:?}, schema lacks {stale:?}"
        );
    }
    assert!(session.end());
}
