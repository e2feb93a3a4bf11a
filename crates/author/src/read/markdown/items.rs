//! What the blocks of a section are: entries of lists, rows of tables, paragraphs that are a link, and
//! the texts that explain them.

use std::collections::HashMap;

use milepost_path::ResourceKind;

use super::blocks::{Block, What};
use super::groups::{Found, Group, Style};
use super::phrases;
use super::sections::{self, Section};
use crate::counts::Counts;
use crate::read::entry::Entry;
use crate::read::{kind, table, title};

mod lists;
mod paragraphs;

/// What of a list is open while its entries are read.
struct Open {
    depth: usize,
    slot: Slot,
}

/// What an entry of a list became.
enum Slot {
    /// An entry: its group and its place in it.
    Entry(usize, usize),
    /// A text over others; the group that these go to.
    Label(String, usize),
    /// Text that was left out, and what belongs to it is.
    Nothing,
}

/// Reads the blocks of a section.
pub(super) fn read(
    blocks: &[Block],
    section: &Section,
    style: Style,
    counts: &mut Counts,
) -> Found {
    let mut reader = Reader {
        section,
        style,
        counts,
        found: Found { groups: vec![Group::default()], ..Found::default() },
        open: Vec::new(),
        into: 0,
        list: None,
        choose: None,
        heading: None,
        condition: None,
        kind: (kind::of_heading(&section.title), section.title.clone()),
        concepts: lists::concepts(blocks),
        folds: Vec::new(),
        is_optional: section.is_optional,
    };
    for (at, block) in blocks.iter().enumerate() {
        let rest = blocks.get(at + 1..).unwrap_or_default();
        reader.block(block, rest);
    }
    reader.found.finish(style, &section.title)
}

struct Reader<'s, 'c> {
    section: &'s Section,
    style: Style,
    counts: &'c mut Counts,
    found: Found,
    open: Vec<Open>,
    /// The group that entries go to.
    into: usize,
    /// The list that this group is made of, where it is one of its own.
    list: Option<usize>,
    /// That what comes next is a group to choose from.
    choose: Option<(u16, String)>,
    /// A line over a list that is bold or a link, as a heading would be; and where it leads.
    heading: Option<(String, Option<String>)>,
    /// A line in italics: it is about what comes next.
    condition: Option<String>,
    /// The kind that a heading or a label names for what follows, and its words.
    kind: (Option<ResourceKind>, String),
    concepts: HashMap<usize, bool>,
    /// What can be folded away around a block; whether it is about the document.
    folds: Vec<bool>,
    is_optional: bool,
}

impl Reader<'_, '_> {
    fn block(&mut self, block: &Block, rest: &[Block]) {
        match &block.what {
            What::Fold(text) => {
                let is_aside = sections::is_aside(&text.text);
                // There are as many ends as beginnings, or the rest of the section is inside.
                if self.folds.len() < 100 {
                    self.folds.push(is_aside);
                }
                return;
            }
            What::Unfold => {
                self.folds.pop();
                return;
            }
            _ => {}
        }
        if self.folds.contains(&true) {
            return;
        }
        match &block.what {
            What::Item { task, list, text } => self.item(block, *task, *list, text, rest),
            What::Text(text) if block.depth > 0 => self.explanation(block.depth, text),
            What::Text(text) => self.text(block.line, text, rest),
            What::Table(table) => self.table(block, table),
            What::Code(code) => self.ends_duty(code),
            What::Heading { .. } | What::Fold(_) | What::Unfold => {}
        }
    }

    fn group(
        &mut self,
        heading: Option<(String, Option<String>)>,
        choose: Option<(u16, String)>,
        line: usize,
    ) -> usize {
        let (title, url) = heading.unzip();
        let url = url.flatten();
        self.found.groups.push(Group { title, url, choose, line, ..Group::default() });
        self.found.groups.len() - 1
    }

    /// A table.
    fn table(&mut self, block: &Block, table: &table::Table) {
        if block.depth == 0 {
            self.open.clear();
        }
        if sections::is_before(&self.section.title) || !has_content(table) {
            return;
        }
        let (choose, title) = (self.choose.take(), self.heading.take());
        let into = if choose.is_some() || title.is_some() {
            self.group(title, choose, block.line)
        } else {
            0
        };
        let mut last: Option<(String, usize)> = None;
        let mut places: HashMap<String, usize> = HashMap::new();
        for placed in table::entries(table, self.counts) {
            let mut entry = placed.entry;
            entry.node.optional |= self.is_optional;
            let name = placed.topic.or(placed.stage);
            self.into = match name {
                None => into,
                Some(name) => match &last {
                    Some((before, group)) if *before == name => *group,
                    _ => {
                        let known = places.get(&name).copied();
                        let line = entry.node.line;
                        let group = known
                            .unwrap_or_else(|| self.group(Some((name.clone(), None)), None, line));
                        places.insert(name.clone(), group);
                        last = Some((name, group));
                        group
                    }
                },
            };
            self.push(entry);
        }
        self.into = 0;
    }

    /// Adds an entry to the group that is open.
    fn push(&mut self, mut entry: Entry) -> Slot {
        let label = self.open.iter().rev().find_map(|open| match &open.slot {
            Slot::Label(label, into) => Some((label.clone(), *into)),
            Slot::Entry(..) | Slot::Nothing => None,
        });
        let over = match self.open.last().map(|open| &open.slot) {
            Some(Slot::Entry(group, place)) => {
                self.at(*group, *place).map(|entry| entry.node.title.clone())
            }
            _ => label.as_ref().map(|(label, _)| label.clone()),
        };
        if let Some(condition) = self.condition.take() {
            entry.node.about.push(condition);
        }
        let named = label.as_ref().and_then(|(label, _)| Some((kind::of_heading(label)?, label)));
        match named {
            Some((kind, label)) => title::kind_of_section(&mut entry, Some(kind), label),
            None => {
                let (kind, heading) = &self.kind;
                title::kind_of_section(&mut entry, *kind, heading);
            }
        }
        let into = label.map_or(self.into, |(_, into)| into);
        let Some(group) = self.found.groups.get_mut(into) else {
            return Slot::Nothing;
        };
        group.entries.push(entry);
        group.over.push(over);
        Slot::Entry(into, group.entries.len() - 1)
    }

    fn at(&self, group: usize, place: usize) -> Option<&Entry> {
        self.found.groups.get(group)?.entries.get(place)
    }

    fn at_mut(&mut self, group: usize, place: usize) -> Option<&mut Entry> {
        self.found.groups.get_mut(group)?.entries.get_mut(place)
    }

    fn ends_duty(&mut self, text: &str) {
        if phrases::is_optional_from_here(text) {
            self.found.ends_duty = true;
            self.is_optional = true;
        }
    }
}

/// Whether a table has anything: more than a picture and a line below it.
fn has_content(table: &table::Table) -> bool {
    let columns = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    columns > 1 || table.rows.len() > 1
}
