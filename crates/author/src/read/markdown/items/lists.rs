//! The lines of lists: which of them are entries, which stand over others, and which say more about one.

use std::collections::HashMap;

use super::{Open, Reader, Slot};
use crate::counts::LeftOut;
use crate::read::entry::{Entry, Shape};
use crate::read::markdown::blocks::{Block, What};
use crate::read::markdown::{phrases, rubric, sections};
use crate::read::rich::{Linked, Rich, Target};
use crate::read::{tick, title};

/// How many lines about an entry are kept.
const MOST_ABOUT: usize = 60;
/// How long the text of an entry without a link is at most: what is longer is advice.
const LONGEST_SUBJECT: usize = 200;

/// The lists whose entries are subjects with an explanation, `**Subject**: about it`, as most are.
pub(super) fn concepts(blocks: &[Block]) -> HashMap<usize, bool> {
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

impl Reader<'_, '_> {
    /// An entry of a list.
    pub(super) fn item(
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
            title::take_tick(&mut entry);
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
        // Where there is a box, a mark beside it is decoration.
        let is_done = task.unwrap_or_else(|| tick::is_marked(&text.text));
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
    pub(super) fn explanation(&mut self, depth: usize, text: &Rich) {
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
}

/// Whether there are entries below a line of a list: links, boxes, points.
fn has_entries(depth: usize, rest: &[Block]) -> bool {
    // A long list is looked at from its beginning for each of its labels; a few entries say it.
    let below = rest.iter().take_while(|block| block.depth > depth).take(50);
    below.into_iter().any(|block| match &block.what {
        What::Item { task, text, .. } => {
            let is_link = |link: &Linked| link.to != Target::Anchor;
            task.is_some()
                || text.links.iter().any(is_link)
                || phrases::points(&text.text).is_some()
        }
        _ => false,
    })
}
