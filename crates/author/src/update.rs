//! A document that is read again into a path that was made from it, and edited since.
//!
//! Each node of the file has the hashes of what the source said when it was read last ([`origin`]), so
//! that of each key it is known who changed it. What was edited by hand stays; what changed in the source
//! only flows in; where both changed, the hand wins and the conflict is told. An id that is written stays
//! for good, and what is gone from the source is retired, never deleted: a record has it. What became
//! another kind of item replaces what it was.
//!
//! [`origin`]: crate::origin

use std::collections::{HashMap, HashSet};

use milepost_path::is_id;
use serde::Serialize;
use toml_edit::Item;

use crate::block::Block;
use crate::edit::{entry_mut, parse};
use crate::ids;
use crate::origin::{ORIGIN, origin};
use crate::read::ReadError;
use crate::value::Value;

mod insert;
mod merge;
mod nodes;
mod pairs;
mod switch;

use nodes::{FileNode, SourceNode};
use switch::Switches;

/// What a second reading of a document changed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Update {
    /// What is new in the source.
    pub added: Vec<Entry>,
    /// What changed in the source and was not edited by hand.
    pub changed: Vec<Change>,
    /// What changed in both: the file is as it was edited.
    pub conflicts: Vec<Conflict>,
    /// What is gone from the source, and retired.
    pub retired: Vec<Entry>,
    /// What is another kind of item in the source now, and replaces what it was.
    pub switched: Vec<Switched>,
}

/// A node of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Its title; of a question, what it asks.
    pub title: String,
}

/// An item that replaces one of another kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Switched {
    /// The id of what it was.
    pub from: String,
    /// Its id.
    pub to: String,
    /// Its title.
    pub title: String,
}

/// What changed of a node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Its id; that of the path for the path itself.
    pub id: String,
    /// The keys.
    pub keys: Vec<String>,
}

/// A key that changed both in the source and by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// The id of its node; that of the path for the path itself.
    pub id: String,
    /// The key.
    pub key: String,
    /// What the source says, as TOML; `None` if it no longer says anything.
    pub source: Option<String>,
}

/// Brings what a document says now into a file that was made from it. Gives the text, what changed, and
/// the ids of the draft that are others in the file.
///
/// # Errors
/// The file is not TOML.
pub fn update(
    file: &str,
    source: Block,
) -> Result<(String, Update, HashMap<String, String>), ReadError> {
    let mut document = parse(file)?;
    let there = nodes::of_file(document.as_table());
    let mut now = nodes::of_source(source);
    let pairs = pairs::pairs(&there, &now);
    let switches = switch::switches(&there, &now, &pairs);
    let renamed = renamed(&there, &mut now, &pairs.of_source, &switches);
    for node in now.iter_mut().filter(|node| node.list != QUESTIONS) {
        rename(&mut node.block, &renamed);
        let hashes = origin(&node.block.pairs);
        node.block.put(ORIGIN, hashes);
    }
    let mut update = Update::default();
    for (source, file) in &switches {
        let both = now.get_mut(*source).zip(there.get(*file));
        update.switched.extend(
            both.and_then(|(node, file)| switch::replace(document.as_item_mut(), file, node)),
        );
    }
    for (at, node) in now.iter().enumerate() {
        let Some(Some(to)) = pairs.of_source.get(at) else { continue };
        let Some(file_node) = there.get(*to) else { continue };
        if let Some(table) = find(document.as_item_mut(), &file_node.place) {
            merge::merge(table, node, file_node, &mut update);
        }
    }
    let replaced: HashSet<usize> = switches.values().copied().collect();
    for (at, node) in there.iter().enumerate() {
        let is_gone = pairs.of_file.get(at).is_some_and(Option::is_none) && !replaced.contains(&at);
        if is_gone
            && node.is_item()
            && let Some(table) = find(document.as_item_mut(), &node.place)
        {
            merge::retire(table, node, &mut update);
        }
    }
    insert::insert(document.as_item_mut(), &there, &now, &pairs.of_source, &mut update);
    switch::clear(document.as_table_mut(), &update.switched);
    let switched: HashSet<&str> = update.switched.iter().map(|one| one.to.as_str()).collect();
    update.added.retain(|new| !switched.contains(new.id.as_str()));
    merge::mend_choices(document.as_table_mut());
    Ok((document.to_string(), update, renamed))
}

/// The table at a place of the file.
fn find<'d>(
    root: &'d mut Item,
    place: &[(&'static str, usize)],
) -> Option<&'d mut dyn toml_edit::TableLike> {
    let mut table = root.as_table_like_mut()?;
    for (key, at) in place {
        table = entry_mut(table.get_mut(key)?, *at)?;
    }
    Some(table)
}

/// The ids of the source that are others in the file: those of what is there already, and those of what
/// is new but would be called like something that is there. Questions have names of their own, which
/// nothing refers to: theirs are changed at once.
fn renamed(
    there: &[FileNode],
    now: &mut [SourceNode],
    pairs: &[Option<usize>],
    switches: &Switches,
) -> HashMap<String, String> {
    let taken = |questions: bool| -> HashSet<&str> {
        let nodes = there.iter().filter(|node| (node.list() == QUESTIONS) == questions);
        // Ids from before mean something in records.
        let ids = nodes.flat_map(|node| node.olds.iter().chain(std::iter::once(&node.id)));
        ids.map(String::as_str).collect()
    };
    let (of_nodes, of_questions) = (taken(false), taken(true));
    let mut renamed = HashMap::new();
    for (at, (node, pair)) in now.iter_mut().zip(pairs).enumerate() {
        let is_question = node.list == QUESTIONS;
        let taken = if is_question { &of_questions } else { &of_nodes };
        let id = node.block.id();
        let before = switches.get(&at).and_then(|at| there.get(*at));
        let switched =
            before.and_then(|before| switch::id(id, node.list, before, |id| taken.contains(id)));
        let new = match (pair.and_then(|at| there.get(at)), switched) {
            (Some(file), _) => file.id.clone(),
            (None, Some(switched)) => switched,
            (None, None) if taken.contains(id) => {
                let known = format!("{}\n{}", node.title(), node.url().unwrap_or_default());
                ids::beside(id, &known, |id| taken.contains(id))
            }
            (None, None) => continue,
        };
        if new == id || !is_id(&new) {
            continue;
        }
        if is_question {
            node.block.put("id", new);
        } else {
            renamed.insert(id.to_owned(), new);
        }
    }
    renamed
}

/// The list of questions.
const QUESTIONS: &str = "questions";

/// Says new ids for old ones in all that names nodes.
fn rename(block: &mut Block, renamed: &HashMap<String, String>) {
    for (key, value) in &mut block.pairs {
        if *key == "id" || nodes::NAMES.contains(key) {
            rename_value(value, renamed);
        }
    }
}

fn rename_value(value: &mut Value, renamed: &HashMap<String, String>) {
    match value {
        Value::Text(id) => {
            if let Some(new) = renamed.get(id) {
                id.clone_from(new);
            }
        }
        Value::List(values) => values.iter_mut().for_each(|value| rename_value(value, renamed)),
        _ => {}
    }
}
