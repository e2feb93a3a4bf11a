//! The arguments of a call, read strictly: what is unknown is refused with the name that was meant, and
//! what is wrong is named.

use milepost::error::{Error, Result};
use milepost_path::chars::{is_invisible, is_unsafe};
use milepost_path::{near, safe};
use rmcp::model::JsonObject;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The longest text of an argument, in bytes, unless the argument has a limit of its own.
const MOST_BYTES: usize = 4096;

/// The schema of the arguments.
pub(crate) fn schema<T: JsonSchema>() -> JsonObject {
    let settings = settings().with(|settings| settings.inline_subschemas = true);
    let generator = settings.into_generator();
    let mut schema = object(generator.into_root_schema_for::<T>());
    // Each word of a schema takes room in the assistant's memory. So what does not help a caller is left
    // out: the name of a type, and that null stands for what is not given.
    for name in ["$schema", "title", "description"] {
        schema.remove(name);
    }
    if let Some(Value::Object(fields)) = schema.get_mut("properties") {
        fields.values_mut().filter_map(Value::as_object_mut).for_each(without_null);
    }
    schema.insert("additionalProperties".to_owned(), false.into());
    schema
}

/// The schema of a field without null, although null is accepted.
fn without_null(field: &mut JsonObject) {
    if field.get("default").is_some_and(Value::is_null) {
        field.remove("default");
    }
    if let Some(Value::Array(types)) = field.get_mut("type") {
        types.retain(|one| one != "null");
        if let [one] = types.as_slice() {
            let one = one.clone();
            field.insert("type".to_owned(), one);
        }
    }
    if let Some(Value::Array(values)) = field.get_mut("enum") {
        values.retain(|one| !one.is_null());
    }
    let Some(Value::Array(mut either)) = field.remove("anyOf") else { return };
    either.retain(|one| one.get("type").is_none_or(|of| of != "null"));
    match either.pop() {
        Some(Value::Object(one)) if either.is_empty() => {
            let description = field.remove("description");
            field.extend(one);
            field.extend(description.map(|text| ("description".to_owned(), text)));
        }
        last => {
            either.extend(last);
            field.insert("anyOf".to_owned(), either.into());
        }
    }
}

/// How schemas are made: with the formats that JSON Schema knows, and none that only Rust does.
pub(crate) fn settings() -> SchemaSettings {
    let of_rust = |schema: &mut Schema| {
        let known = ["date", "date-time", "time", "uuid", "uri"];
        let format = schema.get("format").and_then(Value::as_str);
        if format.is_some_and(|format| !known.contains(&format)) {
            schema.remove("format");
        }
    };
    SchemaSettings::draft2020_12().with_transform(RecursiveTransform(of_rust))
}

/// A schema as an object.
pub(crate) fn object(schema: Schema) -> JsonObject {
    match schema.to_value() {
        Value::Object(object) => object,
        _ => JsonObject::new(),
    }
}

/// Reads the arguments of a tool. `long` names the argument that can be a long text.
///
/// # Errors
/// One is unknown, missing, too long or of the wrong type.
pub(crate) fn read<T: DeserializeOwned + JsonSchema>(
    given: JsonObject,
    long: Option<&str>,
) -> Result<T> {
    let schema = schema::<T>();
    let names = || schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    for (name, value) in &given {
        if !names().any(|(known, _)| known == name) {
            return Err(unknown(name, names().map(|(known, _)| known.as_str()).collect()));
        }
        if long != Some(name) && longest(value) > MOST_BYTES {
            return Err(Error::usage(format!("`{name}` is too long"))
                .hint(format!("the limit is {MOST_BYTES} bytes")));
        }
    }
    let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
    for name in required.filter_map(Value::as_str) {
        if given.get(name).is_none_or(Value::is_null) {
            return Err(Error::usage(format!("`{name}` is missing")));
        }
    }
    let read = |fields: &JsonObject| serde_json::from_value::<T>(Value::Object(fields.clone()));
    read(&given).map_err(|error| {
        // The error names no argument, so each is tried alone.
        let kept = |name: &str| -> JsonObject {
            let mut fields = given.clone();
            fields.retain(|key, _| key == name || is_required(&schema, key));
            fields
        };
        let guilty = given.keys().find_map(|name| {
            let error = read(&kept(name)).err()?;
            Some((name.as_str(), error))
        });
        match guilty {
            Some((name, error)) => Error::usage(format!("`{name}`: {}", told(&error))),
            None => Error::usage(told(&error)),
        }
    })
}

/// Leaves out what cannot be seen, or reorders what can, of each text; gives the names of the arguments
/// that had some. What an assistant records is what its learner reads.
pub(crate) fn leave_out_hidden(given: &mut JsonObject) -> Vec<String> {
    let had_some = |(name, value): (&String, &mut Value)| without(value).then(|| name.clone());
    given.iter_mut().filter_map(had_some).collect()
}

fn without(value: &mut Value) -> bool {
    match value {
        Value::String(text) => {
            let before = text.len();
            // Those that lay a text out are for the rules of each argument.
            text.retain(|char| {
                matches!(char, '\n' | '\r' | '\t') || !(is_unsafe(char) || is_invisible(char))
            });
            text.len() < before
        }
        // Each of them, not only the first that has some.
        Value::Array(items) => items.iter_mut().map(without).filter(|some| *some).count() > 0,
        Value::Object(_) | Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn is_required(schema: &JsonObject, name: &str) -> bool {
    let required = schema.get("required").and_then(Value::as_array);
    required.into_iter().flatten().any(|one| one == name)
}

/// What serde says of a value. It repeats the value, which can be anything.
fn told(error: &serde_json::Error) -> String {
    safe::short(&error.to_string(), 300)
}

fn unknown(name: &str, known: Vec<&str>) -> Error {
    let error = Error::usage(format!("there is no argument `{}`", safe::short(name, 80)));
    match near::nearest(name, known.iter().copied()) {
        Some(meant) => error.hint(format!("did you mean `{meant}`?")),
        None if known.is_empty() => error.hint("this takes no arguments"),
        None => {
            let known: Vec<String> = known.iter().map(|one| format!("`{one}`")).collect();
            error.hint(format!("the arguments are {}", known.join(", ")))
        }
    }
}

/// The length of the longest text in a value.
fn longest(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(longest).max().unwrap_or(0).max(items.len()),
        Value::Object(fields) => fields.values().map(longest).max().unwrap_or(0).max(fields.len()),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    }
}
