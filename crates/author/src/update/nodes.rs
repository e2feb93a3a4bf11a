//! The nodes of a file and of a source, each in one list, so that they can be compared.

use std::collections::BTreeMap;

use toml_edit::{Item, Table, TableLike};

use crate::block::Block;
use crate::edit::{entry, length};
use crate::origin::{ORIGIN, SOURCE_KEY, origin, written};
use crate::value::Value;

/// The keys that name other nodes, by ids that a source does not have.
pub(super) const NAMES: [&str; 4] = ["requires", "instead_of", "skills", "topics"];

/// A node of a file.
#[derive(Debug)]
pub(super) struct FileNode {
    /// How it is found: the list and the number in it, from the outside in.
    pub(super) place: Vec<(&'static str, usize)>,
    pub(super) parent: Option<usize>,
    pub(super) id: String,
    pub(super) title: String,
    pub(super) url: Option<String>,
    pub(super) key: Option<String>,
    /// Ids that it had before.
    pub(super) olds: Vec<String>,
    /// The hashes of what the source said of it; `None` if it was written by hand.
    pub(super) origin: Option<BTreeMap<String, String>>,
    pub(super) retired: bool,
}

/// A node of a source.
#[derive(Debug)]
pub(super) struct SourceNode {
    /// The list that it stands in; empty for the path itself.
    pub(super) list: &'static str,
    pub(super) parent: Option<usize>,
    /// Its keys and comments, without what stands in it.
    pub(super) block: Block,
}

/// Whether a list has items.
pub(super) fn is_item_list(list: &str) -> bool {
    matches!(list, "skills" | "resources" | "milestones")
}

impl FileNode {
    pub(super) fn list(&self) -> &'static str {
        self.place.last().map_or("", |(list, _)| list)
    }

    /// What the source called it for good, and all that it said of it, but for what names others; `None`
    /// if it was written by hand.
    pub(super) fn said(&self) -> Option<(Option<&str>, String)> {
        let hashes = self.origin.as_ref()?.iter();
        let own = hashes.filter(|(key, _)| !NAMES.contains(&key.as_str()) && *key != "retired");
        Some((self.key.as_deref(), written(own)))
    }

    /// Whether it is something that can be done, so that it can be retired.
    pub(super) fn is_item(&self) -> bool {
        is_item_list(self.list())
    }
}

impl SourceNode {
    pub(super) fn title(&self) -> &str {
        text(&self.block, "title").or_else(|| text(&self.block, "ask")).unwrap_or_default()
    }

    pub(super) fn url(&self) -> Option<&str> {
        text(&self.block, "url")
    }

    /// All that the source says of it, in the form of [`FileNode::said`].
    pub(super) fn says(&self) -> (Option<&str>, String) {
        let own =
            self.block.pairs.iter().filter(|(key, _)| !NAMES.contains(key) && *key != "retired");
        (self.key(), origin(&own.cloned().collect::<Vec<_>>()))
    }

    pub(super) fn key(&self) -> Option<&str> {
        text(&self.block, SOURCE_KEY)
    }
}

fn text<'b>(block: &'b Block, key: &str) -> Option<&'b str> {
    match block.get(key) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

/// The lists in each list of tables.
fn lists(list: &str) -> &'static [&'static str] {
    match list {
        "" => &["stages", "interview"],
        "stages" => &["topics", "milestones"],
        "topics" => &["skills", "resources"],
        "interview" => &["questions"],
        _ => &[],
    }
}

/// The nodes of a file; the path itself is the first.
pub(super) fn of_file(document: &Table) -> Vec<FileNode> {
    let mut nodes = Vec::new();
    add_file(document, Vec::new(), None, &mut nodes);
    nodes
}

fn add_file(
    table: &dyn TableLike,
    place: Vec<(&'static str, usize)>,
    parent: Option<usize>,
    nodes: &mut Vec<FileNode>,
) {
    let text = |key: &str| table.get(key).and_then(Item::as_str).map(str::to_owned);
    let olds = table.get("replaces").and_then(Item::as_array).into_iter().flatten();
    let at = nodes.len();
    let list = place.last().map_or("", |(list, _)| *list);
    nodes.push(FileNode {
        parent,
        id: text("id").unwrap_or_default(),
        title: text("title").or_else(|| text("ask")).unwrap_or_default(),
        url: text("url"),
        key: text(SOURCE_KEY),
        olds: olds.filter_map(|old| old.as_str()).map(str::to_owned).collect(),
        origin: text(ORIGIN).map(|hashes| hashes_of(&hashes)),
        retired: table.get("retired").and_then(Item::as_bool).unwrap_or_default(),
        place: place.clone(),
    });
    for list in lists(list) {
        let Some(item) = table.get(list) else { continue };
        for number in 0..length(item) {
            if let Some(table) = entry(item, number) {
                let mut place = place.clone();
                place.push((list, number));
                add_file(table, place, Some(at), nodes);
            }
        }
    }
}

/// The hashes of keys, as they are written: `title:3f2a9 url:91bc0`.
fn hashes_of(text: &str) -> BTreeMap<String, String> {
    let pairs = text.split(' ').filter_map(|pair| pair.split_once(':'));
    pairs.map(|(key, hash)| (key.to_owned(), hash.to_owned())).collect()
}

/// The nodes of a source; the path itself is the first.
pub(super) fn of_source(block: Block) -> Vec<SourceNode> {
    let mut nodes = Vec::new();
    add_source("", block, None, &mut nodes);
    nodes
}

fn add_source(
    list: &'static str,
    mut block: Block,
    parent: Option<usize>,
    nodes: &mut Vec<SourceNode>,
) {
    let at = nodes.len();
    let inner = std::mem::take(&mut block.lists);
    nodes.push(SourceNode { list, parent, block });
    for (list, blocks) in inner {
        for block in blocks {
            add_source(list, block, Some(at), nodes);
        }
    }
}
