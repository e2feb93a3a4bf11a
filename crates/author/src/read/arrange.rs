//! Entries become topics and stages.

use std::collections::HashMap;

use super::entry::{Entry, Shape};
use super::table::Placed;
use super::title;
use crate::draft::{Hours, Milestone, Node, Stage, Topic};
use crate::guess::{Guess, Guessed};

/// A topic of entries, and the milestones among them.
///
/// Boxes to tick are what a learner wants to see counted. So they are resources where all of them can
/// be opened, else skills with an address: a topic counts either the ones or the others.
pub(super) fn topic(node: Node, entries: Vec<Entry>) -> (Topic, Vec<Milestone>) {
    let mut topic = Topic { node, ..Topic::default() };
    let mut milestones = Vec::new();
    let is_task = |entry: &Entry| entry.shape == Shape::Task;
    let has_bare = entries.iter().any(|entry| is_task(entry) && entry.node.url.is_none());
    let has_subjects = entries.iter().any(|entry| entry.shape == Shape::Skill);
    let mut hours = Some(Hours(0.0, 0.0));
    let mut skill = |entry: Entry| {
        hours = match (hours, entry.hours) {
            (Some(sum), Some(hours)) => Some(Hours(sum.0 + hours.0, sum.1 + hours.1)),
            _ => None,
        };
        topic.skills.push(entry.skill());
    };
    for mut entry in entries {
        match entry.shape {
            Shape::Skill => skill(entry),
            Shape::Milestone => milestones.push(entry.milestone()),
            Shape::Task if has_bare || has_subjects => skill(entry),
            Shape::Task => topic.resources.push(entry.resource()),
            Shape::Resource => {
                // Nobody knows which of the tasks it is about.
                entry.is_lookup |= has_bare;
                topic.resources.push(entry.resource());
            }
        }
    }
    // A skill has no hours of its own: its topic has them.
    topic.hours = hours.filter(|_| !topic.skills.is_empty());
    (topic, milestones)
}

/// Entries in groups by the names that their table gives them, in the order of the first of each.
pub(super) fn by_name<T>(
    all: Vec<T>,
    name: impl Fn(&T) -> Option<String>,
) -> Vec<(Option<String>, Vec<T>)> {
    let mut groups: Vec<(Option<String>, Vec<T>)> = Vec::new();
    let mut places: HashMap<Option<String>, usize> = HashMap::new();
    for one in all {
        let name = name(&one);
        let key = name.as_ref().map(|name| name.to_lowercase());
        let at = *places.entry(key).or_insert_with(|| {
            groups.push((name, Vec::new()));
            groups.len() - 1
        });
        if let Some((_, group)) = groups.get_mut(at) {
            group.push(one);
        }
    }
    groups
}

/// A node that a document does not have, but that a path needs to hold what it has.
pub(super) fn invented(title: &str, line: usize) -> Node {
    let mut node = Node::new(title, line);
    node.guesses.push(Guess::new(Guessed::Section, ""));
    node
}

/// The title of what only its file has a name for.
pub(super) fn of_file(name: &str) -> String {
    let name = name.rsplit_once('.').map_or(name, |(name, _)| name);
    let title = title::plain(&name.replace(['_', '-'], " "));
    if title.is_empty() { "All".to_owned() } else { title }
}

/// The stages of a sheet, by its columns; one with one topic where it has none. `name` is that of
/// the file.
pub(super) fn sheet(placed: Vec<Placed>, name: &str) -> Vec<Stage> {
    let name = of_file(name);
    let node = |title: Option<String>, entry: Option<&Placed>| {
        let line = entry.map_or(0, |one| one.entry.node.line);
        title.map_or_else(|| invented(&name, line), |title| Node::new(title, line))
    };
    let stages = by_name(placed, |one| one.stage.clone());
    stages
        .into_iter()
        .map(|(title, placed)| {
            let mut stage = Stage { node: node(title, placed.first()), ..Stage::default() };
            for (title, placed) in by_name(placed, |one| one.topic.clone()) {
                let node = node(title, placed.first());
                let entries = placed.into_iter().map(|one| one.entry).collect();
                let (topic, milestones) = topic(node, entries);
                stage.milestones.extend(milestones);
                if !topic.skills.is_empty() || !topic.resources.is_empty() {
                    stage.topics.push(topic);
                }
            }
            stage
        })
        .collect()
}
