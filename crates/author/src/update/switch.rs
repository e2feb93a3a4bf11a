//! What is another kind of item in the source now: a link that became a box to tick, or the other way
//! round. It is the same thing to the learner, so the new item replaces the old one, with its record.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;

use toml_edit::{Array, Item, TableLike, Value as TomlValue};

use super::merge::form_of;
use super::nodes::{FileNode, NAMES, SourceNode, is_item_list};
use super::pairs::{Pairs, address, hash_of, plain};
use super::{Switched, find};
use crate::edit::each;
use crate::origin::hash;
use crate::value::Value;

/// Each node of a source that replaces one of the file, with that.
pub(super) type Switches = BTreeMap<usize, usize>;

/// Keys that items of all kinds have.
const COMMON: [&str; 7] = ["title", "summary", "about", "url", "links", "tags", "optional"];
/// The lists of items.
const ITEMS: [&str; 3] = ["skills", "resources", "milestones"];
/// What marks a table that goes when all places in the file are used.
const GONE: &str = "x-gone";

/// Finds them: by what is most certain first, and only where there is one on each side.
pub(super) fn switches(there: &[FileNode], now: &[SourceNode], pairs: &Pairs) -> Switches {
    let mut switches = Switches::new();
    let titled = |node: &FileNode| node.origin.as_ref()?.get("title").cloned();
    add(
        &mut switches,
        (there, now, pairs),
        |one| one.key.clone(),
        |one| one.key().map(str::to_owned),
    );
    add(
        &mut switches,
        (there, now, pairs),
        |one| Some((address(one.url.as_deref()?), plain(&one.title))),
        |one| Some((address(one.url()?), plain(one.title()))),
    );
    add(&mut switches, (there, now, pairs), titled, |one| Some(hash_of(one.title())));
    add(
        &mut switches,
        (there, now, pairs),
        |one| Some(plain(&one.title)),
        |one| Some(plain(one.title())),
    );
    add(
        &mut switches,
        (there, now, pairs),
        |one| one.url.as_deref().map(address),
        |one| one.url().map(address),
    );
    switches
}

fn add<'n, N: Hash + Eq>(
    switches: &mut Switches,
    (there, now, pairs): (&'n [FileNode], &'n [SourceNode], &Pairs),
    of_file: impl Fn(&'n FileNode) -> Option<N>,
    of_source: impl Fn(&'n SourceNode) -> Option<N>,
) {
    let used: HashSet<usize> = switches.values().copied().collect();
    let mut names: HashMap<N, (Vec<usize>, Vec<usize>)> = HashMap::new();
    for (at, node) in there.iter().enumerate() {
        // What was written by hand is the author's own.
        let is_open = pairs.of_file.get(at) == Some(&None) && !used.contains(&at);
        if is_open
            && node.is_item()
            && node.origin.is_some()
            && let Some(name) = of_file(node)
        {
            names.entry(name).or_default().0.push(at);
        }
    }
    for (at, node) in now.iter().enumerate() {
        let is_open = pairs.of_source.get(at) == Some(&None) && !switches.contains_key(&at);
        if is_open
            && is_item_list(node.list)
            && let Some(name) = of_source(node)
        {
            names.entry(name).or_default().1.push(at);
        }
    }
    for (files, sources) in names.into_values() {
        if let ([file], [source]) = (files.as_slice(), sources.as_slice())
            && there.get(*file).map(FileNode::list) != now.get(*source).map(|one| one.list)
        {
            switches.insert(*source, *file);
        }
    }
}

/// The id of what replaces a node: its own if that is free, or was the node's before; else that of the
/// node with the new kind. An id is never given to a thing of another kind.
pub(super) fn id(
    own: &str,
    list: &str,
    before: &FileNode,
    is_taken: impl Fn(&str) -> bool,
) -> Option<String> {
    if !is_taken(own) || before.olds.iter().any(|old| old == own) {
        return Some(own.to_owned());
    }
    let kind = list.trim_end_matches('s');
    let bare = ITEMS
        .iter()
        .find_map(|list| before.id.strip_suffix(list.trim_end_matches('s'))?.strip_suffix('-'));
    let id = format!("{}-{kind}", bare.unwrap_or(&before.id));
    (!is_taken(&id)).then_some(id)
}

/// Says what a node replaces, and takes over what was edited by hand. Marks what goes.
pub(super) fn replace(
    document: &mut Item,
    there: &FileNode,
    node: &mut SourceNode,
) -> Option<Switched> {
    let to = node.block.id().to_owned();
    let table = find(document, &there.place)?;
    let base = there.origin.as_ref()?;
    for key in COMMON {
        let Some(item) = table.get(key) else { continue };
        let is_edited = form_of(item).map(|form| hash(&form)).as_ref() != base.get(key);
        let Some(value) = item.as_value().filter(|_| is_edited).and_then(value) else { continue };
        match node.block.pairs.iter_mut().find(|(name, _)| *name == key) {
            Some((_, old)) => *old = value,
            None => node.block.pairs.push((key, value)),
        }
    }
    let olds = there.olds.iter().chain(std::iter::once(&there.id)).filter(|old| **old != to);
    node.block.pairs.push(("replaces", Value::texts(olds.cloned())));
    table.insert(GONE, toml_edit::value(true));
    Some(Switched { from: there.id.clone(), to, title: node.title().to_owned() })
}

/// Takes out what was marked, and names it no longer.
pub(super) fn clear(document: &mut dyn TableLike, switched: &[Switched]) {
    if switched.is_empty() {
        return;
    }
    let names: HashMap<&str, &str> =
        switched.iter().map(|one| (one.from.as_str(), one.to.as_str())).collect();
    each(document, &mut |table| {
        for list in ITEMS {
            let Some(item) = table.get_mut(list) else { continue };
            let is_empty = match item {
                Item::ArrayOfTables(tables) => {
                    tables.retain(|one| !one.contains_key(GONE));
                    tables.is_empty()
                }
                Item::Value(TomlValue::Array(values)) => {
                    let before = values.len();
                    values.retain(|one| {
                        one.as_inline_table().is_none_or(|one| !one.contains_key(GONE))
                    });
                    before > 0 && values.is_empty()
                }
                _ => false,
            };
            if is_empty {
                table.remove(list);
            }
        }
        for key in NAMES {
            let Some(array) = table.get_mut(key).and_then(Item::as_array_mut) else { continue };
            let before = array.len();
            rename(array, &names, key == "requires");
            if before > 0 && array.is_empty() {
                table.remove(key);
            }
        }
    });
}

/// What somebody named by hand: it can be required still, but not be what it was to others.
fn rename(array: &mut Array, names: &HashMap<&str, &str>, is_requires: bool) {
    let new = |value: &TomlValue| value.as_str().and_then(|id| names.get(id)).copied();
    if !is_requires {
        array.retain(|value| new(value).is_none());
        return;
    }
    for value in array.iter_mut() {
        if let Some(id) = new(value) {
            crate::edit::set(value, id);
        } else if let Some(inner) = value.as_array_mut() {
            rename(inner, names, true);
        }
    }
}

/// A value of a file, as far as such a key has one.
fn value(value: &TomlValue) -> Option<Value> {
    Some(match value {
        TomlValue::String(text) if text.value().contains('\n') => {
            Value::Lines(text.value().trim_end().to_owned())
        }
        TomlValue::String(text) => Value::Text(text.value().clone()),
        TomlValue::Boolean(flag) => Value::Flag(*flag.value()),
        TomlValue::Array(values) => {
            Value::List(values.iter().map(self::value).collect::<Option<_>>()?)
        }
        TomlValue::InlineTable(link) => {
            let text = |key: &str| Some(Value::Text(link.get(key)?.as_str()?.to_owned()));
            Value::Table(vec![("title", text("title")?), ("url", text("url")?)])
        }
        TomlValue::Integer(_) | TomlValue::Float(_) | TomlValue::Datetime(_) => return None,
    })
}
