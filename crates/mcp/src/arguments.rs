//! The arguments of a call, read strictly: what is unknown is refused with the name that was meant, and
//! what is wrong is named.

use milepost::error::{Error, Result};
use milepost_path::{near, safe};
use rmcp::model::JsonObject;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// No text that is an argument is longer, in bytes; a text that has its own limit is not counted here.
const MOST_BYTES: usize = 4096;

/// The schema of the arguments.
pub(crate) fn schema<T: JsonSchema>() -> JsonObject {
    let generator = SchemaSettings::draft2020_12()
        .with(|settings| settings.inline_subschemas = true)
        .into_generator();
    let mut schema = object(generator.into_root_schema_for::<T>());
    // A name of a type says nothing to whoever calls.
    schema.remove("title");
    schema.remove("description");
    schema.insert("additionalProperties".to_owned(), false.into());
    schema
}

/// A schema as an object.
pub(crate) fn object(schema: schemars::Schema) -> JsonObject {
    match schema.to_value() {
        Value::Object(object) => object,
        _ => JsonObject::new(),
    }
}

/// Reads the arguments of a tool. `long` is the one that can be a long text.
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
