//! A path file under another id, with its comments and its order.

use toml_edit::{Item, Value};

use crate::edit::{each, parse, set};
use crate::read::ReadError;

/// The text of a path file as the path `id`: what it says of itself by its old id, it says by the new.
///
/// # Errors
/// It is not TOML, or no path.
pub(crate) fn toml(text: &str, id: &str) -> Result<String, ReadError> {
    let mut document = parse(text)?;
    let old = match document.get("id").and_then(Item::as_str) {
        Some(old) => old.to_owned(),
        None => return Err(ReadError::Missing { key: "id" }),
    };
    if old == id {
        return Ok(text.to_owned());
    }
    if let Some(value) = document.get_mut("id").and_then(Item::as_value_mut) {
        set(value, id);
    }
    // Those ids belong to the path that this is a copy of.
    document.remove("replaces");
    let prefix = format!("{old}/");
    each(document.as_table_mut(), &mut |table| {
        if let Some(requires) = table.get_mut("requires").and_then(Item::as_array_mut) {
            requires.iter_mut().for_each(|entry| rename(entry, &prefix, id));
        }
    });
    Ok(document.to_string())
}

fn rename(entry: &mut Value, prefix: &str, id: &str) {
    if let Some(inner) = entry.as_array_mut() {
        inner.iter_mut().for_each(|one| rename(one, prefix, id));
    } else if let Some(rest) = entry.as_str().and_then(|text| text.strip_prefix(prefix)) {
        let renamed = format!("{id}/{rest}");
        set(entry, renamed);
    }
}
