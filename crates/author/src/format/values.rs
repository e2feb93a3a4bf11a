//! How a value is written.

use toml_edit::{Array, InlineTable, Value};

use super::comments::{Comments, prefix, rest_of_line, suffix, write_behind};
use super::order::{keys_of, sorted};

/// A list of texts that is wider goes over several lines.
const WIDEST: usize = 150;
const INDENT: &str = "  ";

/// Writes the value of a key, behind so many characters of its line.
pub(super) fn write(value: &Value, key: &str, column: usize, text: &mut String) {
    match value {
        Value::Array(array) if goes_over_lines(array, key, column) => lines(array, key, text),
        value => text.push_str(&on_a_line(value, key)),
    }
}

/// Whether a list has an entry a line: tables have, comments need it, and else what the author began
/// on a line of its own, or what is too wide.
fn goes_over_lines(array: &Array, key: &str, column: usize) -> bool {
    let Some(first) = array.get(0) else { return has_comment(array) };
    array.iter().any(Value::is_inline_table)
        || has_comment(array)
        || prefix(first).contains('\n')
        || column + array_on_a_line(array, key).chars().count() > WIDEST
}

fn has_comment(array: &Array) -> bool {
    let is_comment = |raw: &str| raw.contains('#');
    array.iter().any(|value| is_comment(prefix(value)) || is_comment(suffix(value)))
        || is_comment(array.trailing().as_str().unwrap_or_default())
}

/// Writes a list with an entry a line, each with its comments.
fn lines(array: &Array, key: &str, text: &mut String) {
    text.push('[');
    let mut is_first = true;
    for value in array {
        between(prefix(value), is_first, text);
        text.push_str(INDENT);
        text.push_str(&on_a_line(value, key));
        text.push(',');
        // A comment between the value and its comma.
        let (rest, below) = rest_of_line(suffix(value));
        write_behind(rest, text);
        let below = Comments::of(below);
        if !below.is_empty() {
            text.push('\n');
            below.write(INDENT, text);
            text.truncate(text.trim_end_matches('\n').len());
        }
        is_first = false;
    }
    between(array.trailing().as_str().unwrap_or_default(), is_first, text);
    text.push(']');
}

/// Writes what stands between two entries: a comment of the line above, and comments of their own.
fn between(raw: &str, is_first: bool, text: &mut String) {
    let (rest, below) = rest_of_line(raw);
    let line = text.rsplit('\n').next().unwrap_or_default();
    if !rest.is_empty() && line.contains("  #") {
        // The line above has one already.
        text.push('\n');
        text.push_str(INDENT);
        text.push_str(rest);
    } else {
        write_behind(rest, text);
    }
    text.push('\n');
    let below = Comments::of(below);
    let mut own = String::new();
    below.write_between(is_first, &mut own);
    for line in own.trim_end_matches('\n').split('\n').filter(|_| !below.is_empty()) {
        if !line.is_empty() {
            text.push_str(INDENT);
            text.push_str(line);
        }
        text.push('\n');
    }
}

fn on_a_line(value: &Value, key: &str) -> String {
    match value {
        Value::String(one) => one.display_repr().into_owned(),
        Value::Integer(one) => one.display_repr().into_owned(),
        Value::Float(one) => one.display_repr().into_owned(),
        Value::Boolean(one) => one.display_repr().into_owned(),
        Value::Datetime(one) => one.display_repr().into_owned(),
        Value::Array(array) if is_bare(value) => array_on_a_line(array, key),
        Value::InlineTable(table) if is_bare(value) => table_on_a_line(table, key),
        // It has comments inside, which need the lines that they have.
        Value::Array(_) | Value::InlineTable(_) => {
            let mut whole = value.clone();
            whole.decor_mut().clear();
            whole.to_string().trim().to_owned()
        }
    }
}

/// Whether there is no comment in a value.
fn is_bare(value: &Value) -> bool {
    let is_free = |raw: Option<&str>| !raw.unwrap_or_default().contains('#');
    let is_clean = |inner: &Value| {
        is_free(Some(prefix(inner))) && is_free(Some(suffix(inner))) && is_bare(inner)
    };
    match value {
        Value::Array(array) => is_free(array.trailing().as_str()) && array.iter().all(is_clean),
        Value::InlineTable(table) => {
            let keys_are_clean = |keys: &[&toml_edit::Key]| {
                keys.iter().all(|key| {
                    let (leaf, dotted) = (key.leaf_decor(), key.dotted_decor());
                    let parts = [leaf.prefix(), leaf.suffix(), dotted.prefix(), dotted.suffix()];
                    parts.into_iter().flatten().all(|raw| is_free(raw.as_str()))
                })
            };
            is_free(table.trailing().as_str())
                && table
                    .get_values()
                    .iter()
                    .all(|(keys, inner)| keys_are_clean(keys) && is_clean(inner))
        }
        _ => true,
    }
}

fn array_on_a_line(array: &Array, key: &str) -> String {
    let values: Vec<String> = array.iter().map(|value| on_a_line(value, key)).collect();
    format!("[{}]", values.join(", "))
}

fn table_on_a_line(table: &InlineTable, key: &str) -> String {
    let mut values = table.get_values();
    sorted(&mut values, keys_of(Some(key), None));
    let values: Vec<String> = values
        .into_iter()
        .map(|(keys, value)| {
            let name: Vec<_> = keys.iter().map(|key| key.display_repr()).collect();
            let own = keys.last().map_or("", |key| key.get());
            format!("{} = {}", name.join("."), on_a_line(value, own))
        })
        .collect();
    if values.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", values.join(", ")) }
}
