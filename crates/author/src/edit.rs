//! Path files that are changed in place, with their comments and their order.

use toml_edit::{DocumentMut, Item, TableLike, Value};

use crate::read::ReadError;

/// Reads a file to change it.
///
/// # Errors
/// It is not TOML, or too much of it.
pub(crate) fn parse(text: &str) -> Result<DocumentMut, ReadError> {
    let wrong = |at: usize, message: &str| {
        let (line, column) = milepost_path::line_column(text, at);
        ReadError::Syntax { line, column, message: message.to_owned() }
    };
    if let Some(refused) = milepost_path::refused(text) {
        return Err(wrong(refused.span.start, &refused.message));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.parse().map_err(|error: toml_edit::TomlError| {
        wrong(error.span().map_or(0, |span| span.start), error.message())
    })
}

/// The lists of tables that a path file can have, by what they stand in.
const LISTS: [&str; 7] =
    ["portfolio", "stages", "topics", "skills", "resources", "milestones", "interview"];

/// Calls `change` with each table of a path file, the outermost first.
pub(crate) fn each(table: &mut dyn TableLike, change: &mut dyn FnMut(&mut dyn TableLike)) {
    change(table);
    for key in LISTS {
        for at in 0..table.get(key).map_or(0, length) {
            if let Some(entry) = table.get_mut(key).and_then(|list| entry_mut(list, at)) {
                each(entry, change);
            }
        }
    }
}

/// How many entries a list of tables has, written with headers or in brackets.
pub(crate) fn length(list: &Item) -> usize {
    match list {
        Item::ArrayOfTables(tables) => tables.len(),
        Item::Value(Value::Array(values)) => values.len(),
        _ => 0,
    }
}

/// An entry of a list of tables.
pub(crate) fn entry(list: &Item, at: usize) -> Option<&dyn TableLike> {
    match list {
        Item::ArrayOfTables(tables) => tables.get(at).map(|table| table as &dyn TableLike),
        Item::Value(Value::Array(values)) => {
            values.get(at)?.as_inline_table().map(|table| table as &dyn TableLike)
        }
        _ => None,
    }
}

/// An entry of a list of tables, to change it.
pub(crate) fn entry_mut(list: &mut Item, at: usize) -> Option<&mut dyn TableLike> {
    match list {
        Item::ArrayOfTables(tables) => tables.get_mut(at).map(|table| table as &mut dyn TableLike),
        Item::Value(Value::Array(values)) => {
            values.get_mut(at)?.as_inline_table_mut().map(|table| table as &mut dyn TableLike)
        }
        _ => None,
    }
}

/// Gives a value another content, and keeps the blanks and comments around it.
pub(crate) fn set(value: &mut Value, new: impl Into<Value>) {
    let around = value.decor().clone();
    *value = new.into();
    *value.decor_mut() = around;
}
