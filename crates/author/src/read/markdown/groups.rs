//! Entries that belong together, and what a section has of them.

use std::collections::{HashMap, HashSet};

use super::rubric;
use super::sections::Section;
use crate::draft::Node;
use crate::read::entry::{Entry, Shape};
use crate::read::title;

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
    pub(super) over: Vec<Option<String>>,
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

impl Found {
    /// Gives the entries the titles and kinds that depend on what is beside them.
    pub(super) fn finish(mut self, style: Style, section: &str) -> Self {
        for group in &mut self.groups {
            rubric::gather(&mut group.entries, &mut group.over);
            if style.are_goals {
                as_goals(&mut group.entries);
            }
            let title = group.title.clone();
            name_apart(group, title.as_deref().unwrap_or(section));
        }
        self.groups.retain(|group| !group.entries.is_empty());
        let mut seen = HashSet::new();
        self.tags.retain(|tag| seen.insert(tag.clone()));
        self
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
