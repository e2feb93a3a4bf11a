//! What is new in a source, put into the file where it stands in the source: behind the one before it.

use std::collections::{HashMap, HashSet};

use toml_edit::{Array, ArrayOfTables, Item, Table, TableLike, Value as TomlValue};

use super::nodes::{FileNode, SourceNode};
use super::{Entry, Update, find};
use crate::block::Block;
use crate::edit::{length, parse};

/// Inserts all that has no place in the file yet.
pub(super) fn insert(
    document: &mut Item,
    there: &[FileNode],
    now: &[SourceNode],
    pairs: &[Option<usize>],
    update: &mut Update,
) {
    let is_new = |at: usize| pairs.get(at) == Some(&None);
    let mut parts: HashMap<usize, Vec<usize>> = HashMap::new();
    for (at, node) in now.iter().enumerate() {
        if let Some(parent) = node.parent.filter(|_| is_new(at)) {
            parts.entry(parent).or_default().push(at);
        }
    }
    // A section of which all parts are elsewhere in the file is no section of it.
    let mut has_new: HashSet<usize> = HashSet::new();
    for (at, node) in now.iter().enumerate().rev() {
        let is_part = !matches!(node.list, "stages" | "topics" | "interview");
        if is_new(at) && (is_part || has_new.contains(&at)) {
            has_new.extend(node.parent);
        }
    }
    let wanted = |at: usize| {
        let is_part =
            now.get(at).is_some_and(|one| !matches!(one.list, "stages" | "topics" | "interview"));
        is_part || has_new.contains(&at)
    };
    let numbers = numbers(there, now, pairs);
    // The innermost first, and from the back, so that the numbers of what is still to come stay.
    let mut order: Vec<(usize, &SourceNode)> = now.iter().enumerate().rev().collect();
    milepost_path::sort::by_key(&mut order, |(_, node)| match node.list {
        "stages" | "interview" => 2,
        "topics" => 1,
        _ => 0,
    });
    for (at, node) in order {
        let Some(parent) = node.parent.filter(|_| is_new(at) && wanted(at)) else { continue };
        // What stands in something new comes with it.
        let Some(Some(holder)) = pairs.get(parent) else { continue };
        let Some(holder) = there.get(*holder) else { continue };
        let number = numbers.get(at).copied().unwrap_or_default();
        let block = whole(at, now, &parts, &wanted);
        if let Some(table) = find(document, &holder.place) {
            put(table, node.list, number, &block);
        }
    }
    for (at, node) in now.iter().enumerate() {
        if is_new(at) && wanted(at) {
            let (id, title) = (node.block.id().to_owned(), node.title().to_owned());
            update.added.push(Entry { id, title });
        }
    }
}

/// The number that each node gets in its list, if it is new: behind the one before it in the source that
/// stands in the list. What is before all of them comes first, and where there are none, it comes behind
/// what there is.
fn numbers(there: &[FileNode], now: &[SourceNode], pairs: &[Option<usize>]) -> Vec<usize> {
    let mut lengths: HashMap<(Option<usize>, &str), usize> = HashMap::new();
    for node in there {
        *lengths.entry((node.parent, node.list())).or_default() += 1;
    }
    let pair = |at: usize| pairs.get(at).copied().flatten();
    let list = |node: &SourceNode| (node.parent.and_then(pair), node.list);
    // A part can stand in another section of the file.
    let here = |at: usize, node: &SourceNode| {
        let file = pair(at).and_then(|at| there.get(at))?;
        let is_here = file.parent.is_some() && (file.parent, file.list()) == list(node);
        is_here.then(|| file.place.last().map(|(_, number)| *number)).flatten()
    };
    let all = || now.iter().enumerate();
    let known: HashSet<_> =
        all().filter(|(at, node)| here(*at, node).is_some()).map(|(_, node)| list(node)).collect();
    let mut next: HashMap<_, usize> = HashMap::new();
    let number = |(at, node): (usize, &SourceNode)| {
        let list = list(node);
        if let Some(number) = here(at, node) {
            next.insert(list, number + 1);
        }
        let without = || match known.contains(&list) {
            true => 0,
            false => lengths.get(&list).copied().unwrap_or_default(),
        };
        next.get(&list).copied().unwrap_or_else(without)
    };
    all().map(number).collect()
}

/// A node with all that is new in it.
fn whole(
    at: usize,
    now: &[SourceNode],
    parts: &HashMap<usize, Vec<usize>>,
    wanted: &dyn Fn(usize) -> bool,
) -> Block {
    let Some(node) = now.get(at) else { return Block::default() };
    let mut block = node.block.clone();
    for part in parts.get(&at).into_iter().flatten().copied().filter(|part| wanted(*part)) {
        let Some(list) = now.get(part).map(|one| one.list) else { continue };
        let inner = whole(part, now, parts, wanted);
        match block.lists.iter_mut().find(|(name, _)| *name == list) {
            Some((_, blocks)) => blocks.push(inner),
            None => block.lists.push((list, vec![inner])),
        }
    }
    block
}

/// Puts a table into a list, at a number, in the way in which the list is written.
fn put(table: &mut dyn TableLike, list: &'static str, number: usize, block: &Block) {
    let is_bracket = match table.get(list) {
        Some(Item::Value(_)) => true,
        Some(_) => false,
        None => block.is_line(list),
    };
    if is_bracket {
        let Some(value) = line(block) else { return };
        let item = table.entry(list).or_insert_with(|| {
            let mut array = Array::new();
            array.set_trailing("\n");
            array.set_trailing_comma(true);
            Item::Value(TomlValue::Array(array))
        });
        let Some(array) = item.as_array_mut() else { return };
        let at = number.min(array.len());
        array.insert_formatted(at, value);
        return;
    }
    let Some(new) = headed(list, block) else { return };
    let item = table.entry(list).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let at = number.min(length(item));
    if let Some(tables) = item.as_array_of_tables_mut() {
        tables.insert(at, new);
    }
}

/// A table as a line of a list in brackets.
fn line(block: &Block) -> Option<TomlValue> {
    let text = format!("list = [\n{}]\n", block.line());
    let mut document = parse(&text).ok()?;
    let array = document.get_mut("list")?.as_array_mut()?;
    (!array.is_empty()).then(|| array.remove(0))
}

/// A table with its header.
fn headed(list: &'static str, block: &Block) -> Option<Table> {
    let outer = Block { lists: vec![(list, vec![block.clone()])], ..Block::default() };
    let mut document = parse(&outer.headed()).ok()?;
    let tables = document.get_mut(list)?.as_array_of_tables_mut()?;
    let mut table = (!tables.is_empty()).then(|| tables.remove(0))?;
    without_positions(&mut table);
    Some(table)
}

/// Its place in the file is that of what it stands behind.
fn without_positions(table: &mut Table) {
    table.set_position(None);
    for (_, item) in table.iter_mut() {
        if let Some(tables) = item.as_array_of_tables_mut() {
            tables.iter_mut().for_each(without_positions);
        }
    }
}
