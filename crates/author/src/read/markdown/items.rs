//! What the blocks of a section are: entries of lists, rows of tables, paragraphs that are a link, and
//! the texts that explain them.

use std::collections::HashMap;

use milepost_path::ResourceKind;

use super::super::entry::{Entry, Shape};
use super::super::rich::{Rich, Target};
use super::super::{kind, table, tick, title};
use super::blocks::{Block, What};
use super::phrases;
use super::rubric;
use super::sections::{self, Section};
use crate::counts::{Counts, LeftOut};
use crate::draft::{Need, Node};
use crate::guess::{Guess, Guessed};

/// How many lines about an entry are kept.
const MOST_ABOUT: usize = 60;
/// How long the text of an entry without a link is at most: what is longer is advice.
const LONGEST_SUBJECT: usize = 200;

/// How a document lists what it teaches: what it does not do elsewhere is prose.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Style {
    /// It has boxes to tick.
    pub(super) has_tasks: bool,
    /// Many of them have no link, so that all of them are something to be able to do. This holds for all
    /// of a document: what is what must not change with the next box of its section.
    pub(super) are_goals: bool,
    /// It has tables.
    pub(super) has_tables: bool,
    /// It has sections below its title.
    pub(super) has_sections: bool,
}

/// Entries that belong together.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// None of what belongs to the section itself.
    pub(super) title: Option<String>,
    /// Where the title leads.
    pub(super) url: Option<String>,
    /// So many of them are enough, and the words that say so.
    pub(super) choose: Option<(u16, String)>,
    pub(super) line: usize,
    pub(super) entries: Vec<Entry>,
    /// What each entry stands under in its list.
    over: Vec<Option<String>>,
}

/// What a section has.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) groups: Vec<Group>,
    /// Words of what it is about.
    pub(super) tags: Vec<String>,
    /// Whether all sections after it are extras.
    pub(super) ends_duty: bool,
}

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
        concepts: concepts(blocks),
        folds: Vec::new(),
        is_optional: section.is_optional,
    };
    for (at, block) in blocks.iter().enumerate() {
        let rest = blocks.get(at + 1..).unwrap_or_default();
        reader.block(block, rest);
    }
    reader.finish()
}

/// The lists whose entries are subjects with an explanation, `**Subject**: about it`, as most are.
fn concepts(blocks: &[Block]) -> HashMap<usize, bool> {
    let mut all: HashMap<usize, (usize, usize)> = HashMap::new();
    for block in blocks {
        if let What::Item { list, text, .. } = &block.what {
            let (entries, concepts) = all.entry(*list).or_default();
            *entries += 1;
            let is_link = text.links.first().is_some_and(|link| link.at.start < text.bold);
            *concepts += usize::from(text.bold > 0 && !is_link);
        }
    }
    all.into_iter().map(|(list, (entries, concepts))| (list, concepts * 2 > entries)).collect()
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

    /// An entry of a list.
    fn item(
        &mut self,
        block: &Block,
        task: Option<bool>,
        list: usize,
        text: &Rich,
        rest: &[Block],
    ) {
        while self.open.last().is_some_and(|open| open.depth >= block.depth) {
            self.open.pop();
        }
        if block.depth == 1 {
            self.choose_list(block.line, list);
        }
        let slot = match self.entry(block, task, list, text, rest) {
            Some(entry) => self.push(entry),
            None => self.rest_of_item(block, text, rest),
        };
        self.open.push(Open { depth: block.depth, slot });
    }

    /// A list begins a group of its own where a text before it says so, and ends one with the next
    /// list.
    fn choose_list(&mut self, line: usize, list: usize) {
        if self.list == Some(list) {
            return;
        }
        self.into = 0;
        self.list = None;
        let (choose, title) = (self.choose.take(), self.heading.take());
        if choose.is_some() || title.is_some() {
            self.into = self.group(title, choose, line);
            self.list = Some(list);
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

    /// The entry that a line of a list is; `None` where it is text.
    fn entry(
        &self,
        block: &Block,
        task: Option<bool>,
        list: usize,
        text: &Rich,
        rest: &[Block],
    ) -> Option<Entry> {
        let parent = self.open.last().map(|open| &open.slot);
        if matches!(parent, Some(Slot::Nothing)) && task.is_none() || text.text.is_empty() {
            return None;
        }
        let (is_done, text) = self.done(task, text);
        let mut entry = title::entry(&text, block.line)?;
        entry.node.optional |= self.is_optional;
        if is_done {
            let (tick, title) = tick::take(&entry.node.title);
            let (other, summary) = tick::take(entry.node.summary.as_deref().unwrap_or_default());
            entry.node.title = title;
            entry.node.summary = Some(summary).filter(|summary| !summary.is_empty());
            entry.node.tick = Some(if tick.on.is_some() { tick } else { other });
            if entry.node.title.is_empty() {
                return None;
            }
        } else {
            entry.node.retired |= text.is_struck;
        }
        if task.is_some() {
            entry.shape = Shape::Task;
            return Some(entry);
        }
        let first = text.links.first();
        let starts_with_link = first.is_some_and(|link| {
            link.title == entry.node.title || {
                let before = text.text.get(..link.at.start).unwrap_or_default();
                !before.contains(char::is_alphanumeric)
            }
        });
        let is_concept = self.concepts.get(&list).copied().unwrap_or(false) && text.bold > 0;
        if text.is_anchor()
            || starts_with_link && first.is_some_and(|link| link.to == Target::Anchor)
        {
            return None;
        }
        if sections::is_before(&self.section.title) {
            return None;
        }
        if is_concept && !self.style.has_tasks {
            entry.shape = Shape::Skill;
            return Some(entry);
        }
        let has_page = text.pages().next().is_some();
        if has_page || starts_with_link {
            // Links of a box to tick are more of the same.
            let is_of_task = |at: &Slot| {
                matches!(at, Slot::Entry(group, place)
                    if self.at(*group, *place).is_some_and(|one| one.shape == Shape::Task))
            };
            let is_prose = !starts_with_link && text.text.chars().count() > LONGEST_SUBJECT;
            return (!parent.is_some_and(is_of_task) && !is_prose).then_some(entry);
        }
        let is_label = has_entries(block.depth, rest) || matches!(parent, Some(Slot::Entry(..)));
        let lists_subjects = !self.style.has_tasks
            && (!self.style.has_tables || text.bold > 0 && text.bold < text.text.len())
            && (self.section.level > 0 || !self.style.has_sections);
        let is_subject = !is_label
            && lists_subjects
            && text.text.chars().count() <= LONGEST_SUBJECT
            && phrases::points(&text.text).is_none();
        entry.shape = Shape::Skill;
        is_subject.then_some(entry)
    }

    /// Whether a line is ticked, and the line without the box that is no box of Markdown.
    fn done(&self, task: Option<bool>, text: &Rich) -> (bool, Rich) {
        let is_done = task == Some(true) || tick::is_marked(&text.text);
        let box_end = ["[]", "[x]", "[X]"].iter().find(|mark| text.text.starts_with(**mark));
        match box_end {
            Some(mark) => (is_done, text.part(mark.len()..text.text.len())),
            None => (is_done, text.clone()),
        }
    }

    /// A line of a list that is no entry: a label of what is below it, or more about what is above.
    fn rest_of_item(&mut self, block: &Block, text: &Rich, rest: &[Block]) -> Slot {
        let parent = self.open.last().map(|open| match &open.slot {
            Slot::Entry(group, place) => Some((*group, *place)),
            Slot::Label(..) | Slot::Nothing => None,
        });
        if let Some((points, what)) = phrases::points(&text.text) {
            let over = self.open.iter().rev().find_map(|open| match &open.slot {
                Slot::Label(label, _) => Some(label.as_str()),
                Slot::Entry(..) | Slot::Nothing => None,
            });
            let entries = self.found.groups.first_mut().map(|group| &mut group.entries);
            if let (Some(over), Some(entries)) = (over, entries) {
                rubric::step(entries, self.section, over, points, what);
                return Slot::Nothing;
            }
        }
        if text.is_anchor() {
            return Slot::Nothing;
        }
        if let Some(Some((group, place))) = parent {
            self.more_about(group, place, text);
            return Slot::Entry(group, place);
        }
        if has_entries(block.depth, rest) {
            let into = self.open.iter().rev().find_map(|open| match open.slot {
                Slot::Label(_, into) => Some(into),
                Slot::Entry(..) | Slot::Nothing => None,
            });
            let mut into = into.unwrap_or(self.into);
            if let Some(most) = phrases::choose(&text.text) {
                into = self.group(None, Some((most, text.text.clone())), block.line);
            }
            return Slot::Label(title::plain(&text.text), into);
        }
        if !text.is_empty() {
            self.counts.leave_out(LeftOut::Paragraphs);
        }
        Slot::Nothing
    }

    /// Keeps what a line says about an entry above it.
    fn more_about(&mut self, group: usize, place: usize, text: &Rich) {
        let Some(entry) = self.at_mut(group, place) else { return };
        let is_links = text.pages().next().is_some();
        for (link, url) in text.pages() {
            if entry.node.url.is_none() && entry.node.links.is_empty() {
                entry.node.url = Some(url.to_owned());
            }
            title::add_link(&mut entry.node, &link.title, url);
        }
        let beside = text.beside_links();
        let says = beside.chars().filter(|c| c.is_alphanumeric()).count();
        if !text.text.is_empty() && (!is_links || says > 20) && entry.node.about.len() < MOST_ABOUT
        {
            entry.node.about.push(text.text.clone());
        }
    }

    /// A paragraph inside an entry.
    fn explanation(&mut self, depth: usize, text: &Rich) {
        let over = self.open.iter().rev().find(|open| open.depth <= depth).map(|open| &open.slot);
        match over {
            Some(Slot::Entry(group, place)) => {
                let (group, place) = (*group, *place);
                self.more_about(group, place, text);
            }
            _ if text.is_empty() => {}
            _ => self.counts.leave_out(LeftOut::Paragraphs),
        }
    }

    /// A paragraph.
    fn text(&mut self, line: usize, text: &Rich, rest: &[Block]) {
        self.open.clear();
        self.into = 0;
        self.list = None;
        self.kind = (kind::of_heading(&self.section.title), self.section.title.clone());
        if text.text.is_empty() {
            return;
        }
        self.ends_duty(&text.text);
        let is_before_list = matches!(
            rest.first().map(|block| &block.what),
            Some(What::Item { .. } | What::Table(_))
        );
        if let Some(most) = phrases::choose(&text.text).filter(|_| is_before_list) {
            self.choose = Some((most, text.text.clone()));
            return;
        }
        let words = phrases::listed(text);
        if !words.is_empty() {
            self.found.tags.extend(words);
            return;
        }
        let label = title::plain(&text.text);
        if is_before_list && label.chars().count() <= 60 && text.links.is_empty() {
            if let Some(kind) = kind::of_heading(&label) {
                self.kind = (Some(kind), label);
                return;
            }
            let is_bold = text.bold > 0 && text.bold + 1 >= text.text.trim_end().len();
            if is_bold && !title::is_generic(&label) {
                self.heading = Some((label, None));
                return;
            }
        }
        if let (true, [link]) = (is_before_list, text.links.as_slice())
            && link.at == (0..text.text.len())
            && link.to != Target::Anchor
        {
            let url = text.pages().next().map(|(_, url)| url.to_owned());
            self.heading = Some((label, url));
            return;
        }
        if self.study(line, text) {
            return;
        }
        let is_condition = text.is_italic && text.text.chars().count() <= 240;
        if is_condition && self.section.level > 0 {
            self.condition = Some(text.text.clone());
        } else {
            self.counts.leave_out(LeftOut::Paragraphs);
        }
    }

    /// Takes a paragraph that is a link to something to study; false where it is prose.
    fn study(&mut self, line: usize, text: &Rich) -> bool {
        let is_prose = self.style.has_tasks
            || self.style.has_tables
            || self.section.level == 0 && self.style.has_sections;
        let first = text.links.first();
        let starts = first.is_some_and(|link| {
            let before = text.text.get(..link.at.start).unwrap_or_default();
            !link.at.is_empty()
                && link.to != Target::Anchor
                && !before.contains(char::is_alphanumeric)
        });
        let beside = text.beside_links();
        let beside = beside.chars().filter(|c| c.is_alphanumeric()).count();
        let has_little = beside <= 40 || beside * 2 <= text.text.len();
        if is_prose || !starts || !has_little {
            return false;
        }
        let mut parts = phrases::alternatives(text);
        if parts.is_empty() {
            parts.push(text.clone());
        }
        let mut first: Option<String> = None;
        for part in parts {
            let Some(mut entry) = title::entry(&part, line) else { continue };
            entry.node.optional |= self.is_optional;
            if let Some(first) = &first {
                entry.instead_of.push(Need::Named(first.clone()));
                entry.node.guesses.push(Guess::new(Guessed::Alternative, "or"));
            } else {
                first = Some(entry.node.url.clone().unwrap_or_else(|| entry.node.title.clone()));
            }
            self.push(entry);
        }
        first.is_some()
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

    fn finish(mut self) -> Found {
        for group in &mut self.found.groups {
            rubric::gather(&mut group.entries, &mut group.over);
            if self.style.are_goals {
                as_goals(&mut group.entries);
            }
            let title = group.title.clone();
            name_apart(group, title.as_deref().unwrap_or(&self.section.title));
        }
        self.found.groups.retain(|group| !group.entries.is_empty());
        let mut seen = std::collections::HashSet::new();
        self.found.tags.retain(|tag| seen.insert(tag.clone()));
        self.found
    }
}

/// Makes skills of boxes to tick. Nobody knows which of them the links beside them are about.
fn as_goals(entries: &mut [Entry]) {
    let has_tasks = entries.iter().any(|entry| entry.shape == Shape::Task);
    for entry in entries.iter_mut().filter(|_| has_tasks) {
        match entry.shape {
            Shape::Task => entry.shape = Shape::Skill,
            Shape::Resource => entry.is_lookup = true,
            Shape::Skill | Shape::Milestone => {}
        }
    }
}

/// Whether there are entries below a line of a list: links, boxes, points.
fn has_entries(depth: usize, rest: &[Block]) -> bool {
    // A long list is looked at from its beginning for each of its labels; a few entries say it.
    let below = rest.iter().take_while(|block| block.depth > depth).take(50);
    below.into_iter().any(|block| match &block.what {
        What::Item { task, text, .. } => {
            let is_link = |link: &super::super::rich::Linked| link.to != Target::Anchor;
            task.is_some()
                || text.links.iter().any(is_link)
                || phrases::points(&text.text).is_some()
        }
        _ => false,
    })
}

/// Whether a table has anything: more than a picture and a line below it.
fn has_content(table: &table::Table) -> bool {
    let columns = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    columns > 1 || table.rows.len() > 1
}

/// Puts before a title that says nothing, or stands twice, what it stands under.
fn name_apart(group: &mut Group, section: &str) {
    let mut all: HashMap<String, usize> = HashMap::new();
    for entry in &group.entries {
        *all.entry(entry.node.title.to_lowercase()).or_default() += 1;
    }
    for (entry, over) in group.entries.iter_mut().zip(&group.over) {
        let title = &entry.node.title;
        let is_generic = title::is_generic(title);
        let is_double = all.get(&title.to_lowercase()).is_some_and(|times| *times > 1);
        let over = over.as_deref().or(is_generic.then_some(section));
        if let Some(over) = over.filter(|over| (is_generic || is_double) && !over.is_empty()) {
            let over = over.trim_end_matches(':');
            if over.chars().count() <= 90 && over != title {
                entry.node.title = format!("{over}: {title}");
            }
        }
    }
}

/// The node of a section.
pub(super) fn node(section: &Section) -> Node {
    let mut node = Node::new(section.title.clone(), section.line);
    for (link, url) in section.heading.pages() {
        if node.url.is_none() {
            node.url = Some(url.to_owned());
        } else {
            title::add_link(&mut node, &link.title, url);
        }
    }
    node
}
