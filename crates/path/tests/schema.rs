//! The JSON Schemas for editors say what the reader says: the same keys, and the same verdict on
//! every fixture, as far as a schema can see.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use milepost_path::{Code, Cost, ResourceKind, Severity, read};
use serde_json::{Map, Value, json};

fn root(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)
}

fn schema(kind: &str) -> Value {
    let file = root(&format!("schemas/{kind}.schema.json"));
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

/// The keys that the reader asks for in the table that has the key `nonsense`.
fn asked(text: &str) -> BTreeSet<String> {
    let diagnostics = read(text).diagnostics;
    let unknown = diagnostics.iter().find(|one| one.code == Code::UnknownKey);
    let help = unknown.and_then(|one| one.help.clone()).unwrap_or_else(|| panic!("{text}"));
    let keys = help.strip_prefix("its keys are ").unwrap_or_else(|| panic!("{help}"));
    keys.split(", ").map(str::to_owned).collect()
}

fn keys(table: &Value) -> BTreeSet<String> {
    table["properties"].as_object().unwrap().keys().cloned().collect()
}

#[test]
fn a_schema_has_the_keys_that_the_reader_asks_for() {
    const N: &str = "q0q0q0 = 1";
    let stage = "[[stages]]\n";
    let topic = "[[stages]]\n[[stages.topics]]\n";
    let inside = |before: &str, list: &str| format!("{before}{list} = [{{ {N} }}]\n");
    let tables = [
        ("stage", format!("{stage}{N}\n")),
        ("topic", format!("{topic}{N}\n")),
        ("skill", inside(topic, "skills")),
        ("resource", inside(topic, "resources")),
        ("milestone", inside(stage, "milestones")),
        ("link", inside(topic, "links")),
        ("heading", inside("", "portfolio")),
        ("interview", inside("", "interview")),
        ("question", inside("[[interview]]\n", "questions")),
        ("criterion", inside("[[stages]]\n[[stages.milestones]]\n", "criteria")),
    ];
    let path = schema("path");
    let mut top = asked(N);
    top.insert("$schema".to_owned());
    assert_eq!(keys(&path), top);
    let defs = path["$defs"].as_object().unwrap();
    for (name, text) in &tables {
        assert_eq!(keys(&defs[*name]), asked(text), "{name}");
    }
    let with_keys = |defs: &Map<String, Value>| {
        defs.values().filter(|one| one["properties"].is_object()).count()
    };
    assert_eq!(with_keys(defs), tables.len());

    let career = schema("career");
    let kind = "kind = \"career\"\nformat = 1\n";
    let mut top = asked(&format!("{kind}{N}\n"));
    top.insert("$schema".to_owned());
    assert_eq!(keys(&career), top);
    let defs = career["$defs"].as_object().unwrap();
    let tables = [
        ("area", inside(kind, "areas")),
        ("raise", inside(&format!("{kind}[[areas]]\n"), "raised_by")),
        ("role", inside(kind, "roles")),
        ("practice", inside(kind, "practice")),
        ("term", inside(kind, "glossary")),
    ];
    for (name, text) in &tables {
        assert_eq!(keys(&defs[*name]), asked(text), "{name}");
    }
    assert_eq!(with_keys(defs), tables.len());

    let overlay = schema("overlay");
    let kind = "kind = \"overlay\"\nformat = 1\n";
    let mut top = asked(&format!("{kind}{N}\n"));
    top.insert("$schema".to_owned());
    assert_eq!(keys(&overlay), top);
    let defs = overlay["$defs"].as_object().unwrap();
    let of_overlay = |before: &str| format!("{kind}{before}{N}\n");
    let in_topic = |list: &str| inside(&format!("{kind}[[topics]]\n"), list);
    let tables = [
        ("stage", of_overlay("[[stages]]\n")),
        ("topic", of_overlay("[[topics]]\n")),
        ("skill", in_topic("skills")),
        ("resource", in_topic("resources")),
        ("milestone", of_overlay("[[milestones]]\n")),
        ("link", in_topic("links")),
        ("criterion", inside(&format!("{kind}[[milestones]]\n"), "criteria")),
        ("hide", of_overlay("[hide]\n")),
    ];
    for (name, text) in &tables {
        assert_eq!(keys(&defs[*name]), asked(text), "{name}");
    }
    // Besides those there is what makes an id one's own.
    assert_eq!(with_keys(defs), tables.len() + 1);
}

#[test]
fn the_schema_of_ticks_has_the_keys_that_their_reader_asks_for() {
    let ticks = schema("ticks");
    let asked = |text: &str| -> BTreeSet<String> {
        let (found, _) = milepost_path::read_ticks(text).unwrap_err();
        let unknown = found.iter().find(|one| one.code == Code::UnknownKey).unwrap();
        let help = unknown.help.clone().unwrap();
        let keys = help.strip_prefix("its keys are ").unwrap_or_else(|| panic!("{help}"));
        keys.split(", ").map(str::to_owned).collect()
    };
    assert_eq!(
        keys(&ticks["$defs"]["tick"]),
        asked("[[tick]]\nref = \"a\"\nknown = true\nq0q0q0 = 1\n")
    );
    assert!(keys(&ticks).iter().eq(["$schema", "tick"]));
    for (text, is_list) in [
        (
            "[[tick]]\nref = \"a/b\"\non = 2026-01-05\nknown = false\nnote = \"a\\nb\"\nx-a = 1\n",
            true,
        ),
        (
            "[[tick]]\ntitle = \"A\"\nurl = \"https://a.org\"\nevidence = [\"https://b.org\"]\n",
            true,
        ),
        ("[[tick]]\non = 2026-01-05\n", false),
        ("[[tick]]\ntitle = \" \"\n", false),
        ("[[tick]]\nurl = \"chapter 3\"\n", false),
        ("[[tick]]\nref = \"a\"\non = \"2026-01-05\"\n", false),
        ("[tick]\nref = \"a\"\n", false),
        ("", false),
    ] {
        let value = as_json(&toml::Value::Table(text.parse().unwrap()));
        assert_eq!(validate(&value, &ticks, &ticks).is_ok(), is_list, "{text}");
        assert_eq!(milepost_path::read_ticks(text).is_ok(), is_list, "{text}");
    }
}

/// What the reader lets an overlay set of the path's own parts is what the schema does.
#[test]
fn a_schema_has_the_keys_that_an_overlay_can_set() {
    let overlay = schema("overlay");
    let parts = [
        ("stage", "[[stages]]", ""),
        ("topic", "[[topics]]", ""),
        ("skill", "[[topics]]\nid = \"t\"", "[[topics.skills]]"),
        ("resource", "[[topics]]\nid = \"t\"", "[[topics.resources]]"),
        ("milestone", "[[milestones]]", ""),
    ];
    for (name, table, within) in parts {
        let part = &overlay["$defs"][name];
        let names = &part["else"]["propertyNames"]["anyOf"][0]["enum"];
        let settable: BTreeSet<String> = serde_json::from_value(names.clone()).unwrap();
        let can_set = |key: &String| {
            let head = "format = 1\nkind = \"overlay\"\nextends = \"p\"\n";
            let id = if key == "id" { "" } else { "id = \"of-the-path\"\n" };
            let text = format!("{head}{table}\n{within}\n{id}{key} = 1\n");
            let refused = read(&text).diagnostics;
            !refused.iter().any(|one| one.code == Code::OverlayChange)
        };
        let read: BTreeSet<String> = keys(part).into_iter().filter(can_set).collect();
        assert_eq!(settable, read, "{name}");
        assert_eq!(part["if"]["$ref"], "#/$defs/own", "{name}");
    }
}

/// A part that both schemas have is one part: in an overlay it can stand after another one.
#[test]
fn what_an_overlay_adds_is_what_a_path_has() {
    let (path, overlay) = (schema("path"), schema("overlay"));
    let of_path = &path["$defs"];
    for (name, part) in overlay["$defs"].as_object().unwrap() {
        let Some(same) = of_path.get(name).and_then(|it| it["properties"].as_object()) else {
            continue;
        };
        let mut own = part["properties"].as_object().unwrap().clone();
        own.remove("after");
        assert!(own.keys().eq(same.keys()), "{name}");
        let needs = match part.get("then") {
            Some(then) => ["id"]
                .iter()
                .map(|it| json!(it))
                .chain(then["required"].as_array().unwrap().clone())
                .collect(),
            None => part["required"].clone(),
        };
        assert_eq!(needs, of_path[name]["required"], "{name}");
    }
    let words =
        |schema: &Value, key: &str| schema["$defs"]["resource"]["properties"][key]["enum"].clone();
    for key in ["type", "cost"] {
        assert_eq!(words(&path, key), words(&overlay, key));
    }
    for name in ["text", "url", "lines", "hour", "hours", "lang", "choose", "criterion", "link"] {
        assert_eq!(of_path[name], overlay["$defs"][name], "{name}");
    }
}

#[test]
fn a_schema_has_the_words_that_the_reader_knows() {
    let path = schema("path");
    let words = |key: &str| path["$defs"]["resource"]["properties"][key]["enum"].clone();
    assert_eq!(words("type"), json!(ResourceKind::ALL.map(ResourceKind::as_str)));
    let costs: BTreeSet<&str> = Cost::ALL.map(Cost::as_str).into();
    let known: BTreeSet<String> = serde_json::from_value(words("cost")).unwrap();
    assert!(known.iter().map(String::as_str).eq(costs));
}

/// What a schema can see.
const STRUCTURAL: &[Code] = &[
    Code::Limit,
    Code::Kind,
    Code::Format,
    Code::MissingKey,
    Code::UnknownKey,
    Code::WrongType,
    Code::EmptyText,
    Code::LongText,
    Code::BadUrl,
    Code::UnknownWord,
    Code::BadHours,
    Code::HoursAndMinutes,
    Code::BadPoints,
    Code::BadChoose,
    Code::BadLang,
    Code::BadLevel,
    Code::BadWeight,
    Code::BadMonths,
    Code::BadId,
    Code::ReservedId,
    Code::BadReference,
    Code::OverlayChange,
    Code::OverlayHide,
];

#[test]
fn a_schema_and_the_reader_agree_on_every_file() {
    let schemas: BTreeMap<_, _> =
        ["path", "career", "overlay"].map(|kind| (kind, schema(kind))).into();
    let (mut accepted, mut refused) = (0, 0);
    let mut differ: Vec<String> = Vec::new();
    let folders = ["valid", "shelf", "invalid"].map(|it| root("crates/path/tests/paths").join(it));
    let shipped = [root("paths")];
    for folder in folders.iter().chain(&shipped) {
        for entry in fs::read_dir(folder).unwrap() {
            let file = entry.unwrap().path();
            let text = fs::read_to_string(&file).unwrap();
            let Ok(table) = text.parse::<toml::Table>() else { continue };
            let reading = read(&text);
            // What is refused unread.
            if reading.diagnostics.iter().any(|one| one.code == Code::TooDeep) {
                continue;
            }
            let kind = match (reading.is_career, reading.is_overlay) {
                (true, _) => "career",
                (_, true) => "overlay",
                _ => "path",
            };
            let is_seen = |one: &&milepost_path::Diagnostic| {
                one.severity == Severity::Error && STRUCTURAL.contains(&one.code)
            };
            let wrong: Vec<&str> =
                reading.diagnostics.iter().filter(is_seen).map(|one| one.code.as_str()).collect();
            let whole = &schemas[kind];
            let problem = validate(&as_json(&toml::Value::Table(table)), whole, whole);
            if problem.is_err() == wrong.is_empty() {
                differ.push(format!("{}: {problem:?}, and the reader {wrong:?}", file.display()));
            }
            *(if problem.is_err() { &mut refused } else { &mut accepted }) += 1;
        }
    }
    assert!(differ.is_empty(), "{differ:#?}");
    assert!(accepted > 40 && refused > 25, "{accepted} {refused}");
}

/// As editors see it: dates are texts.
fn as_json(value: &toml::Value) -> Value {
    match value {
        toml::Value::Datetime(at) => json!({ "date": at.to_string() }),
        toml::Value::Array(all) => all.iter().map(as_json).collect(),
        toml::Value::Table(table) => {
            let pairs = table.iter().map(|(key, value)| (key.clone(), as_json(value)));
            Value::Object(pairs.collect())
        }
        other => serde_json::to_value(other).unwrap(),
    }
}

/// As much of JSON Schema as the schemas use; a word that is not known is a panic.
fn validate(value: &Value, schema: &Value, whole: &Value) -> Result<(), String> {
    let Some(rules) = schema.as_object() else {
        return if schema == &Value::Bool(true) { Ok(()) } else { Err("false".to_owned()) };
    };
    for (word, rule) in rules {
        let number = rule.as_f64();
        let is_right = match word.as_str() {
            "$schema" | "title" | "description" | "$defs" | "patternProperties" => true,
            "$ref" => {
                let name = rule.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
                validate(value, &whole["$defs"][name], whole)?;
                true
            }
            "type" => is_of(value, rule.as_str().unwrap()),
            "format" => value["date"].as_str().is_some_and(|date| date.len() == 10),
            "const" => value == rule,
            "enum" => rule.as_array().unwrap().contains(value),
            "anyOf" => {
                rule.as_array().unwrap().iter().any(|one| validate(value, one, whole).is_ok())
            }
            "allOf" => {
                rule.as_array().unwrap().iter().all(|one| validate(value, one, whole).is_ok())
            }
            "not" => validate(value, rule, whole).is_err(),
            "then" | "else" => true,
            "if" => {
                let holds = validate(value, rule, whole).is_ok();
                if let Some(rule) = rules.get(if holds { "then" } else { "else" }) {
                    validate(value, rule, whole)?;
                }
                true
            }
            "propertyNames" => {
                for key in value.as_object().into_iter().flatten().map(|(key, _)| key) {
                    validate(&json!(key), rule, whole).map_err(|it| format!("{key}: {it}"))?;
                }
                true
            }
            "required" => value.as_object().is_none_or(|table| {
                rule.as_array().unwrap().iter().all(|key| table.contains_key(key.as_str().unwrap()))
            }),
            "properties" => {
                for (key, value) in value.as_object().into_iter().flatten() {
                    if let Some(rule) = rule.get(key) {
                        validate(value, rule, whole).map_err(|it| format!("{key}: {it}"))?;
                    }
                }
                true
            }
            "additionalProperties" => {
                for (key, value) in value.as_object().into_iter().flatten() {
                    let is_known = rules.get("properties").is_some_and(|it| it.get(key).is_some())
                        || (rules.contains_key("patternProperties") && key.starts_with("x-"));
                    if !is_known {
                        validate(value, rule, whole).map_err(|it| format!("{key}: {it}"))?;
                    }
                }
                true
            }
            "items" => {
                for value in value.as_array().into_iter().flatten() {
                    validate(value, rule, whole)?;
                }
                true
            }
            "minItems" => value.as_array().is_none_or(|all| all.len() as f64 >= number.unwrap()),
            "maxItems" => value.as_array().is_none_or(|all| all.len() as f64 <= number.unwrap()),
            "maxLength" => {
                value.as_str().is_none_or(|text| text.chars().count() as f64 <= number.unwrap())
            }
            "minimum" => value.as_f64().is_none_or(|it| it >= number.unwrap()),
            "maximum" => value.as_f64().is_none_or(|it| it <= number.unwrap()),
            "exclusiveMinimum" => value.as_f64().is_none_or(|it| it > number.unwrap()),
            "pattern" => value.as_str().is_none_or(|text| fits(text, rule.as_str().unwrap())),
            other => panic!("the validator of this test does not know {other}"),
        };
        if !is_right {
            return Err(format!("{word} {rule}: {value}"));
        }
    }
    Ok(())
}

fn is_of(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object() && value.get("date").is_none(),
        "array" => value.is_array(),
        "string" => value.is_string() || value.get("date").is_some(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "boolean" => value.is_boolean(),
        other => panic!("the validator of this test does not know the type {other}"),
    }
}

/// The patterns that the schemas have, by hand.
fn fits(text: &str, pattern: &str) -> bool {
    let is_id = milepost_path::is_id;
    match pattern {
        "\\S" => !text.trim().is_empty(),
        "^my-" => text.starts_with("my-"),
        "^x-" => text.starts_with("x-"),
        "^[a-z0-9]+(-[a-z0-9]+)*$" => text.len() > 64 || is_id(text),
        "^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$" => {
            text.split('/').count() <= 2 && text.split('/').all(is_id)
        }
        "^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$" => {
            text.split('/').count() == 2 && text.split('/').all(is_id)
        }
        "^[Hh][Tt][Tt][Pp][Ss]?://[^\\s/?#]" => {
            let rest = text.split_once("://").filter(|(scheme, _)| {
                ["http", "https"].contains(&scheme.to_ascii_lowercase().as_str())
            });
            rest.is_some_and(|(_, rest)| {
                rest.starts_with(|c: char| !c.is_whitespace() && !"/?#".contains(c))
            })
        }
        "^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$" => {
            let mut parts = text.split('-');
            let first = parts.next().unwrap();
            (2..=3).contains(&first.len())
                && first.bytes().all(|byte| byte.is_ascii_lowercase())
                && parts.all(|it| {
                    (1..=8).contains(&it.len()) && it.bytes().all(|b| b.is_ascii_alphanumeric())
                })
        }
        other => panic!("the validator of this test does not know the pattern {other}"),
    }
}
