//! A path file, overlay or career file in the one form that all have: the order of keys, blank lines, one skill a line.
//!
//! Comments, the order of tables and how a text is quoted stay as they are. What the file says stays,
//! too: the result is read again and compared, so that a fault of this code changes no file.
//!
//! `order` has the keys of each table in their order, `comments` what stands between keys and values,
//! `values` how a value is written. The form is that of the paths that ship.

mod comments;
mod order;
mod values;

use toml_edit::{DocumentMut, Item, Key, Table};

use self::comments::Comments;
pub use self::order::{KEYS, Keys};
use self::order::{keys_of, sorted};

/// Why a text is not formatted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unformatted {
    /// It is no TOML, or more of it than can be read.
    NotToml,
    /// The result would say something else: a fault of this code.
    Changed,
}

/// The text in its form.
///
/// # Errors
/// It cannot be read, or would not say the same.
pub fn format(text: &str) -> Result<String, Unformatted> {
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    let Ok(document) = bare.parse::<DocumentMut>() else { return Err(Unformatted::NotToml) };
    let mut formatted = written(&document);
    if bare.split('\n').next().is_some_and(|line| line.ends_with('\r')) {
        formatted = formatted.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    if formatted != bare && !says_the_same(bare, &formatted) {
        return Err(Unformatted::Changed);
    }
    Ok(formatted)
}

fn says_the_same(before: &str, after: &str) -> bool {
    let read = |text: &str| text.parse::<toml::Table>();
    read(before).is_ok_and(|before| read(after).is_ok_and(|after| after == before))
}

/// A table with the header that it has.
struct Headed<'d> {
    path: Vec<&'d Key>,
    table: &'d Table,
    is_entry: bool,
}

fn written(document: &DocumentMut) -> String {
    let mut tables = Vec::new();
    collect(document.as_table(), &mut Vec::new(), false, &mut tables);
    milepost_path::sort::by_key(&mut tables, |headed| headed.table.position());
    let kind = document.get("kind").and_then(Item::as_str);
    let mut text = String::new();
    let mut before: &[&Key] = &[];
    for headed in &tables {
        if !headed.path.is_empty() {
            write_header(headed, before, &mut text);
        }
        write_keys(headed, kind, &mut text);
        before = &headed.path;
    }
    let end = Comments::of(document.trailing().as_str().unwrap_or_default());
    end.write_at_the_end(&mut text);
    text
}

fn collect<'d>(
    table: &'d Table,
    path: &mut Vec<&'d Key>,
    is_entry: bool,
    found: &mut Vec<Headed<'d>>,
) {
    // A table that is only the way to others has no header.
    let is_only_a_way = table.is_implicit() && table.get_values().is_empty() && !path.is_empty();
    if !table.is_dotted() && !is_only_a_way {
        found.push(Headed { path: path.clone(), table, is_entry });
    }
    for (name, item) in table {
        let Some(key) = table.key(name) else { continue };
        path.push(key);
        match item {
            Item::Table(inner) => collect(inner, path, false, found),
            Item::ArrayOfTables(entries) => {
                entries.iter().for_each(|entry| collect(entry, path, true, found));
            }
            Item::Value(_) | Item::None => {}
        }
        path.pop();
    }
}

fn write_header(headed: &Headed<'_>, before: &[&Key], text: &mut String) {
    let decor = headed.table.decor();
    let raw = |part: Option<&toml_edit::RawString>| {
        part.and_then(|part| part.as_str()).unwrap_or_default().to_owned()
    };
    let comments = raw(decor.prefix());
    let comments = Comments::of(&comments);
    // `[roles.targets]` is a part of the entry above it.
    let names = |path: &[&Key]| path.iter().map(|key| key.get().to_owned()).collect::<Vec<_>>();
    let is_part = !headed.is_entry
        && !before.is_empty()
        && headed.path.split_last().is_some_and(|(_, parent)| names(parent) == names(before));
    if !text.is_empty() && (!is_part || !comments.is_empty()) {
        text.push('\n');
    }
    comments.write("", text);
    let path: Vec<_> = headed.path.iter().map(|key| key.display_repr()).collect();
    let path = path.join(".");
    text.push_str(&if headed.is_entry { format!("[[{path}]]") } else { format!("[{path}]") });
    comments::write_behind(&raw(decor.suffix()), text);
    text.push('\n');
}

fn write_keys(headed: &Headed<'_>, kind: Option<&str>, text: &mut String) {
    let is_root = headed.path.is_empty();
    let name = headed.path.last().map(|key| key.get());
    let mut values = headed.table.get_values();
    let prefix = |keys: &[&Key]| {
        let prefix = keys.last().and_then(|key| key.leaf_decor().prefix());
        prefix.and_then(|prefix| prefix.as_str()).unwrap_or_default().to_owned()
    };
    // What stands above everything is about the file, not about its first key.
    let mut head = is_root.then(|| values.first().map(|(keys, _)| prefix(keys))).flatten();
    let first = values.first().map(|(keys, _)| keys.clone());
    if let Some(head) = &head {
        Comments::of(head).write("", text);
    }
    sorted(&mut values, keys_of(name, kind));
    for (at, (keys, value)) in values.into_iter().enumerate() {
        if head.is_some() && first.as_ref() == Some(&keys) {
            head = None;
        } else {
            let prefix = prefix(&keys);
            Comments::of(&prefix).write_between(at == 0, text);
        }
        let name: Vec<_> = keys.iter().map(|key| key.display_repr()).collect();
        let name = format!("{} = ", name.join("."));
        text.push_str(&name);
        let own = keys.last().map_or("", |key| key.get());
        values::write(value, own, name.chars().count(), text);
        comments::write_behind(comments::suffix(value), text);
        text.push('\n');
    }
}

#[cfg(test)]
mod tests;
