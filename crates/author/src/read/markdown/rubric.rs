//! A list of points becomes a milestone: what is rated, and what earns how much.

use super::phrases;
use super::sections::Section;
use crate::draft::{Criterion, Node};
use crate::guess::{Guess, Guessed};
use crate::read::entry::{Entry, Shape};

/// How many steps of one scale are kept.
const MOST_STEPS: usize = 100;

/// Adds a step to the scale of what is rated, in the milestone of its section.
pub(super) fn step(
    entries: &mut Vec<Entry>,
    section: &Section,
    rated: &str,
    points: u16,
    what: &str,
) {
    let has_milestone = entries.iter().any(|entry| entry.shape == Shape::Milestone);
    if !has_milestone {
        let title = if section.title.is_empty() { "Project" } else { &section.title };
        let mut node = Node::new(title, section.line);
        node.guesses.push(Guess::new(Guessed::Criteria, format!("{points} points: {what}")));
        entries.push(Entry { node, shape: Shape::Milestone, ..Entry::default() });
    }
    let milestone = entries.iter_mut().find(|entry| entry.shape == Shape::Milestone);
    let Some(criteria) = milestone.map(|entry| &mut entry.criteria) else { return };
    let step = format!("{points}: {what}");
    match criteria.last_mut().filter(|last| last.text == rated) {
        Some(last) if last.scale.len() >= MOST_STEPS => {}
        Some(last) => last.scale.push(step),
        None => criteria.push(Criterion {
            text: rated.to_owned(),
            scale: vec![step],
            ..Criterion::default()
        }),
    }
}

/// Brings a rubric into the order of its points, and the boxes beside it that are worth points into it.
pub(super) fn gather(entries: &mut Vec<Entry>, over: &mut Vec<Option<String>>) {
    let Some(at) = entries.iter().position(|entry| entry.shape == Shape::Milestone) else {
        return;
    };
    let mut worth = Vec::new();
    let is_kept: Vec<bool> = entries
        .iter()
        .map(|entry| {
            let found = phrases::worth(&entry.node.title).filter(|_| entry.shape == Shape::Task);
            worth.extend(found.map(|(text, points)| Criterion {
                text: text.to_owned(),
                points: Some(points),
                ..Criterion::default()
            }));
            found.is_none()
        })
        .collect();
    if let Some(milestone) = entries.get_mut(at) {
        for criterion in &mut milestone.criteria {
            in_order(criterion);
        }
        milestone.criteria.extend(worth);
    }
    // The milestone has no label, as it is no entry of the list.
    over.resize(entries.len(), None);
    let mut kept = is_kept.iter();
    entries.retain(|_| kept.next().copied().unwrap_or(true));
    let mut kept = is_kept.iter();
    over.retain(|_| kept.next().copied().unwrap_or(true));
}

/// The steps of a scale ascend, each with points of its own; a single one is no scale.
fn in_order(criterion: &mut Criterion) {
    let points = |step: &String| {
        step.split_once(':').and_then(|(points, _)| points.parse::<u16>().ok()).unwrap_or(0)
    };
    milepost_path::sort::by_key(&mut criterion.scale, points);
    criterion.scale.dedup_by_key(|step| points(step));
    if let [step] = criterion.scale.as_slice() {
        let text = step.split_once(": ").map_or(step.as_str(), |(_, text)| text);
        criterion.text = format!("{}: {text}", criterion.text);
        criterion.scale.clear();
    }
}
