//! One node, three ways: as the source had it when it was read last, as it has it now, and as the file
//! has it.

use std::collections::{BTreeMap, BTreeSet};

use toml_edit::{Array, Item, TableLike, Value as TomlValue};

use super::nodes::{FileNode, SourceNode};
use super::{Change, Conflict, Entry, Update};
use crate::edit::{each, entry, length, set};
use crate::origin::{APART, ORIGIN, SOURCE_KEY, canonical, hash, written};
use crate::value::{Value, quoted};

/// Brings what the source says now into a node of the file.
pub(super) fn merge(
    table: &mut dyn TableLike,
    node: &SourceNode,
    there: &FileNode,
    update: &mut Update,
) {
    // What was written by hand is the author's own.
    let Some(base) = &there.origin else { return };
    let now: BTreeMap<&str, &Value> = node
        .block
        .pairs
        .iter()
        .filter(|(key, _)| !APART.contains(key))
        .map(|(key, value)| (*key, value))
        .collect();
    let keys: BTreeSet<&str> = base.keys().map(String::as_str).chain(now.keys().copied()).collect();
    let mut hashes = base.clone();
    let mut changed = Vec::new();
    if there.key.is_none() {
        put(table, SOURCE_KEY, node.block.get(SOURCE_KEY));
    }
    for key in keys {
        let old = base.get(key).map(String::as_str);
        let value = now.get(key).copied();
        let new = value.map(|value| hash(&canonical(value)));
        if new.as_deref() == old {
            continue;
        }
        let current = table.get(key).and_then(form_of).map(|form| hash(&form));
        if current == new {
            // Somebody made the same change by hand.
        } else if current.as_deref() == old {
            put(table, key, value);
            changed.push(key.to_owned());
        } else {
            update.conflicts.push(Conflict {
                id: there.id.clone(),
                key: key.to_owned(),
                source: value.map(Value::toml),
            });
        }
        match new {
            Some(new) => hashes.insert(key.to_owned(), new),
            None => hashes.remove(key),
        };
    }
    if hashes != *base {
        put_origin(table, &hashes);
    }
    if !changed.is_empty() {
        update.changed.push(Change { id: there.id.clone(), keys: changed });
    }
}

/// Retires what is gone from the source. What was written by hand, or is retired already, stays.
pub(super) fn retire(table: &mut dyn TableLike, there: &FileNode, update: &mut Update) {
    let Some(base) = &there.origin else { return };
    if there.retired {
        return;
    }
    put(table, "retired", Some(&Value::Flag(true)));
    // When it comes back, it is known that nobody retired it by hand.
    let mut hashes = base.clone();
    hashes.insert("retired".to_owned(), hash(&canonical(&Value::Flag(true))));
    put_origin(table, &hashes);
    update.retired.push(Entry { id: there.id.clone(), title: there.title.clone() });
}

/// Takes out what chooses as many as are left, or more.
pub(super) fn mend_choices(document: &mut dyn TableLike) {
    each(document, &mut |table| {
        let Some(choose) = table.get("choose").and_then(Item::as_integer) else { return };
        let counted = |list: &Item| {
            (0..length(list)).filter_map(|at| entry(list, at)).filter(|one| counts(*one)).count()
        };
        let parts = table.get("skills").or_else(|| table.get("topics")).map_or(0, counted);
        if usize::try_from(choose).is_ok_and(|choose| choose >= parts) {
            table.remove("choose");
        }
    });
}

fn counts(table: &dyn TableLike) -> bool {
    let is = |key: &str| table.get(key).and_then(Item::as_bool).unwrap_or_default();
    !is("optional") && !is("retired")
}

fn put(table: &mut dyn TableLike, key: &str, value: Option<&Value>) {
    let Some(new) = value.and_then(|value| toml_value(&value.toml())) else {
        table.remove(key);
        return;
    };
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => set(old, new),
        None => {
            table.insert(key, Item::Value(new));
        }
    }
}

/// The hashes go to the end, behind what was put before them.
fn put_origin(table: &mut dyn TableLike, hashes: &BTreeMap<String, String>) {
    let text = Value::Text(written(hashes.iter()));
    put(table, ORIGIN, None);
    put(table, ORIGIN, Some(&text));
}

/// A value as the editor of TOML has it.
pub(super) fn toml_value(toml: &str) -> Option<TomlValue> {
    let mut value: TomlValue = toml.parse().ok()?;
    value.decor_mut().clear();
    Some(value)
}

/// What stands in a file, in the form in which values are compared.
pub(super) fn form_of(item: &Item) -> Option<String> {
    match item {
        Item::None => None,
        Item::Value(value) => Some(value_form(value)),
        Item::Table(table) => Some(table_form(table)),
        Item::ArrayOfTables(tables) => {
            let tables: Vec<String> = tables.iter().map(|table| table_form(table)).collect();
            Some(format!("[{}]", tables.join(",")))
        }
    }
}

fn value_form(value: &TomlValue) -> String {
    match value {
        TomlValue::String(text) => quoted(text.value().replace("\r\n", "\n").trim_end()),
        TomlValue::Integer(number) => canonical(&Value::Number(*number.value() as f64)),
        TomlValue::Float(number) => canonical(&Value::Number(*number.value())),
        TomlValue::Boolean(flag) => canonical(&Value::Flag(*flag.value())),
        TomlValue::Datetime(day) => day.value().to_string(),
        TomlValue::Array(values) => array_form(values),
        TomlValue::InlineTable(table) => table_form(table),
    }
}

fn array_form(values: &Array) -> String {
    let values: Vec<String> = values.iter().map(value_form).collect();
    format!("[{}]", values.join(","))
}

fn table_form(table: &dyn TableLike) -> String {
    let pairs = table.iter();
    let pairs = pairs.filter_map(|(key, item)| Some(format!("{key}={}", form_of(item)?)));
    format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
}
