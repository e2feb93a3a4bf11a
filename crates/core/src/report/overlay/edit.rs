//! An overlay as a text, changed in one place: all else stays as it was written, comments too.

use milepost_path::NodeKind;
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

/// An overlay while it is changed.
pub(in crate::report) struct Draft {
    document: DocumentMut,
}

/// Where a link goes.
pub(in crate::report) struct Target<'n> {
    pub(in crate::report) kind: NodeKind,
    /// Its ids: the one that it has, and those that it had before.
    pub(in crate::report) ids: Vec<&'n str>,
    /// Those of its topic, where it stands in one.
    pub(in crate::report) topic: Vec<&'n str>,
}

impl Draft {
    /// The overlay in a text that is TOML; else what is wrong with it.
    pub(in crate::report) fn of(text: &str) -> Result<Self, String> {
        let document = text.parse::<DocumentMut>().map_err(|error| error.message().to_owned())?;
        Ok(Self { document })
    }

    /// An overlay of a path that does nothing yet.
    pub(in crate::report) fn new(
        path: &str,
        title: &str,
        written_for: Option<chrono::NaiveDate>,
    ) -> Self {
        // A title is one line without anything unsafe: the path was checked.
        let head = format!(
            "#:schema overlay.schema.json\n# What you add to {title}, hide in it and set in it.\n\
             format = 1\nkind = \"overlay\"\nextends = \"{path}\"\n"
        );
        let day = written_for.map_or(String::new(), |day| format!("written_for = {day}\n"));
        let document = [head, day].concat().parse::<DocumentMut>().unwrap_or_default();
        Self { document }
    }

    pub(in crate::report) fn text(&self) -> String {
        self.document.to_string()
    }

    /// Hides something; whether it was not hidden already.
    pub(in crate::report) fn hide(&mut self, id: &str) -> bool {
        let hide = self.document.entry("hide").or_insert_with(|| Item::Table(Table::new()));
        let Some(table) = hide.as_table_like_mut() else { return false };
        let items = table.entry("items").or_insert_with(|| Item::Value(Array::new().into()));
        let Some(items) = items.as_array_mut() else { return false };
        if items.iter().any(|one| one.as_str() == Some(id)) {
            return false;
        }
        push(items, id.into(), false);
        true
    }

    /// Shows again what one of these ids hides; whether it was hidden.
    pub(in crate::report) fn show(&mut self, ids: &[&str]) -> bool {
        let hide = self.document.get_mut("hide").and_then(Item::as_table_like_mut);
        let items = hide.and_then(|table| table.get_mut("items")?.as_array_mut());
        let Some(items) = items else { return false };
        let place = |items: &Array| {
            items.iter().position(|one| one.as_str().is_some_and(|id| ids.contains(&id)))
        };
        let mut was_hidden = false;
        while let Some(at) = place(items) {
            take(items, at);
            was_hidden = true;
        }
        if items.is_empty() && items.trailing().as_str().is_none_or(|rest| !rest.contains('#')) {
            self.document.remove("hide");
        }
        was_hidden
    }

    /// Adds a link; whether the address was not there already.
    pub(in crate::report) fn link(&mut self, target: &Target<'_>, title: &str, url: &str) -> bool {
        let root: &mut dyn TableLike = self.document.as_table_mut();
        let Some((entry, is_inline)) = entry_of(root, target) else { return false };
        if links(entry).any(|known| known == url) {
            return false;
        }
        let mut link = InlineTable::new();
        link.insert("title", title.into());
        link.insert("url", url.into());
        match entry.get_mut("links") {
            Some(Item::ArrayOfTables(links)) => links.push(link.into_table()),
            Some(links) => {
                if let Some(links) = links.as_array_mut() {
                    push(links, link.into(), is_inline);
                }
            }
            None => {
                let mut links = Array::new();
                push(&mut links, link.into(), is_inline);
                insert(entry, "links", links.into());
            }
        }
        true
    }
}

/// The addresses of the links of a table.
fn links(entry: &dyn TableLike) -> impl Iterator<Item = &str> {
    let links = entry.get("links");
    let values = links.and_then(Item::as_array).into_iter().flatten();
    let values = values.filter_map(|link| link.as_inline_table()?.get("url")?.as_str());
    let tables = links.and_then(Item::as_array_of_tables).into_iter().flatten();
    values.chain(tables.filter_map(|link| link.get("url")?.as_str()))
}

/// The table about a node, made where there is none; and whether it stands in brackets, on one line.
fn entry_of<'a>(
    root: &'a mut dyn TableLike,
    target: &Target<'_>,
) -> Option<(&'a mut dyn TableLike, bool)> {
    let key = match target.kind {
        NodeKind::Skill => "skills",
        NodeKind::Resource => "resources",
        NodeKind::Topic => "topics",
        NodeKind::Milestone => "milestones",
        NodeKind::Path | NodeKind::Stage => return None,
    };
    if let Some(way) = way_to(root, key, &target.ids) {
        let is_inline = stands_in_brackets(root, &way);
        return Some((follow(root, &way)?, is_inline));
    }
    let id = target.ids.first()?;
    let mut way = Vec::new();
    if matches!(target.kind, NodeKind::Skill | NodeKind::Resource) {
        way = match way_to(root, "topics", &target.topic) {
            Some(way) => way,
            None => vec![("topics", add(root, "topics", target.topic.first()?, false)?)],
        };
    }
    let in_brackets = stands_in_brackets(root, &way);
    let parent = follow(root, &way)?;
    let at = add(parent, key, id, in_brackets)?;
    way.push((key, at));
    let is_inline = stands_in_brackets(root, &way);
    Some((follow(root, &way)?, is_inline))
}

/// From a table to one in it: keys, and places in their lists.
type Way = Vec<(&'static str, usize)>;

/// Where lists stand that can have a table with an id.
const LISTS: [(&str, &[&[&str]]); 4] = [
    ("topics", &[&["topics"], &["stages", "topics"]]),
    ("milestones", &[&["milestones"], &["stages", "milestones"]]),
    ("skills", &[&["topics", "skills"], &["stages", "topics", "skills"]]),
    ("resources", &[&["topics", "resources"], &["stages", "topics", "resources"]]),
];

/// The way to the table in some list of this key whose id is one of these.
fn way_to(root: &dyn TableLike, key: &str, ids: &[&str]) -> Option<Way> {
    let (_, lists) = LISTS.into_iter().find(|(list, _)| *list == key)?;
    lists.iter().find_map(|keys| search(root, keys, ids))
}

fn search(table: &dyn TableLike, keys: &[&'static str], ids: &[&str]) -> Option<Way> {
    let (key, rest) = keys.split_first()?;
    tables(table.get(key)?).into_iter().enumerate().find_map(|(at, one)| {
        if !rest.is_empty() {
            let mut way = vec![(*key, at)];
            way.extend(search(one, rest, ids)?);
            return Some(way);
        }
        let is = one.get("id").and_then(Item::as_str).is_some_and(|id| ids.contains(&id));
        is.then(|| vec![(*key, at)])
    })
}

fn tables(list: &Item) -> Vec<&dyn TableLike> {
    match list {
        Item::ArrayOfTables(tables) => tables.iter().map(|one| one as &dyn TableLike).collect(),
        Item::Value(Value::Array(values)) => {
            let values = values.iter().filter_map(Value::as_inline_table);
            values.map(|one| one as &dyn TableLike).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a table on a way is an inline one, in which no table with a header can stand.
fn stands_in_brackets(table: &dyn TableLike, way: &[(&'static str, usize)]) -> bool {
    let Some(((key, at), rest)) = way.split_first() else { return false };
    match table.get(key) {
        Some(Item::ArrayOfTables(tables)) => {
            tables.get(*at).is_some_and(|one| stands_in_brackets(one, rest))
        }
        _ => true,
    }
}

fn follow<'a>(
    table: &'a mut dyn TableLike,
    way: &[(&'static str, usize)],
) -> Option<&'a mut dyn TableLike> {
    let Some(((key, at), rest)) = way.split_first() else { return Some(table) };
    match table.get_mut(key)? {
        Item::ArrayOfTables(tables) => follow(tables.get_mut(*at)?, rest),
        Item::Value(Value::Array(values)) => {
            follow(values.get_mut(*at)?.as_inline_table_mut()?, rest)
        }
        _ => None,
    }
}

/// Adds a table with nothing but an id to a list; gives its place.
fn add(table: &mut dyn TableLike, key: &'static str, id: &str, in_brackets: bool) -> Option<usize> {
    // Skills are short and stand in brackets, as does what is in something that does.
    let is_inline = key == "skills" || in_brackets;
    if !table.contains_key(key) {
        match is_inline {
            true => insert(table, key, Array::new().into()),
            false => drop(table.insert(key, Item::ArrayOfTables(ArrayOfTables::new()))),
        }
    }
    let list = table.get_mut(key)?;
    match list {
        Item::ArrayOfTables(tables) => {
            let mut new = Table::new();
            new.insert("id", toml_edit::value(id));
            tables.push(new);
            Some(tables.len() - 1)
        }
        Item::Value(Value::Array(values)) => {
            // Read, so that it has its blanks; no id needs an escape.
            push(values, format!("{{ id = \"{id}\" }}").parse().ok()?, in_brackets);
            Some(values.len() - 1)
        }
        _ => None,
    }
}

/// Adds a key to a table; in one in brackets, the blank before the last bracket stays there.
fn insert(table: &mut dyn TableLike, key: &str, mut value: Value) {
    let last = table.iter_mut().last();
    let last = last.and_then(|(_, item)| item.as_value_mut());
    let suffix = last.and_then(|last| {
        let suffix = last.decor().suffix()?.as_str()?.to_owned();
        // A comment belongs to its line.
        (suffix.trim().is_empty() && suffix.len() < 2).then(|| {
            last.decor_mut().set_suffix("");
            suffix
        })
    });
    value.decor_mut().set_prefix(" ");
    if let Some(suffix) = suffix {
        value.decor_mut().set_suffix(suffix);
    }
    table.insert(key, Item::Value(value));
}

/// Adds an entry in the way in which the list is written: on a line of its own where others are, and
/// in a new list unless that must be on one line.
fn push(array: &mut Array, mut value: Value, on_one_line: bool) {
    let rest = array.trailing().as_str().unwrap_or_default().to_owned();
    let has_lines = (array.is_empty() && !on_one_line) || rest.contains('\n');
    if has_lines {
        let rest = rest.trim_end();
        value.decor_mut().set_prefix(format!("{rest}\n  "));
        array.push_formatted(value);
        array.set_trailing("\n");
        array.set_trailing_comma(true);
    } else {
        array.push(value);
    }
}

/// Takes an entry out of a list. A comment before it stays.
fn take(array: &mut Array, at: usize) {
    let prefix = |value: &Value| {
        value.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default().to_owned()
    };
    let taken = prefix(&array.remove(at));
    let comment = taken.rfind('#').map(|start| {
        let end = taken
            .get(start..)
            .and_then(|rest| rest.find('\n'))
            .map_or(taken.len(), |at| start + at);
        taken.get(..end).unwrap_or_default().to_owned()
    });
    let Some(comment) = comment else { return };
    match array.get_mut(at) {
        Some(next) => {
            let kept = prefix(next);
            next.decor_mut().set_prefix(comment + &kept);
        }
        None => {
            let kept = array.trailing().as_str().unwrap_or_default().to_owned();
            array.set_trailing(comment + if kept.contains('\n') { &kept } else { "\n" });
        }
    }
}

#[cfg(test)]
mod tests;
