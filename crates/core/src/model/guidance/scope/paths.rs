//! Which paths a plan is about, and in which order.

use milepost_path::{Roadmap, Shelf};

use super::ScopePath;

/// The paths of a plan: those that it is for, and those that something in them requires, each after
/// those that it requires; of the rest the order in which they were given.
pub(super) fn paths<'a>(shelf: &'a dyn Shelf, goals: &[&'a Roadmap]) -> Vec<ScopePath<'a>> {
    let mut found: Vec<&'a Roadmap> = goals.to_vec();
    let mut named: Vec<Vec<&'a str>> = Vec::new();
    let mut at = 0;
    while let Some(roadmap) = found.get(at).copied() {
        let required = required_paths(roadmap);
        for id in &required {
            let known = found.iter().any(|one| one.id == *id);
            if let Some(other) = shelf.roadmap(id).filter(|_| !known) {
                found.push(other);
            }
        }
        named.push(required);
        at += 1;
    }
    let names = |one: &Roadmap, other: &Roadmap| {
        one.requires.iter().flat_map(|one| &one.any_of).any(|named| named.path() == other.id)
    };
    // What another goal asks for as a whole is a means. Of two that ask for each other, the first
    // is a goal.
    let is_means = |at: usize, goal: &Roadmap| {
        goals.iter().enumerate().any(|(other, one)| {
            other != at && names(one, goal) && (!names(goal, one) || other < at)
        })
    };
    let mut waiting: Vec<(usize, &'a Roadmap)> = found.iter().copied().enumerate().collect();
    let mut order = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let waits = |(at, _): &(usize, &Roadmap)| {
            let ids = named.get(*at);
            waiting.iter().any(|(other, one)| {
                other != at && ids.is_some_and(|ids| ids.contains(&one.id.as_str()))
            })
        };
        let first = waiting.iter().position(|one| !waits(one)).unwrap_or(0);
        let (at, roadmap) = waiting.remove(first);
        let is_goal = at < goals.len() && !is_means(at, roadmap);
        order.push(ScopePath { roadmap, is_goal, stages: Vec::new() });
    }
    order
}

/// Ids of other paths that something in a path requires, each once.
fn required_paths(roadmap: &Roadmap) -> Vec<&str> {
    let stages = roadmap.stages.iter();
    let topics = stages.clone().flat_map(|stage| &stage.topics);
    let milestones = stages.clone().flat_map(|stage| &stage.milestones);
    let requirements = roadmap
        .requires
        .iter()
        .chain(stages.flat_map(|stage| &stage.requires))
        .chain(topics.flat_map(|topic| &topic.requires))
        .chain(milestones.flat_map(|milestone| &milestone.requires));
    let mut ids: Vec<&str> = Vec::new();
    for reference in requirements.flat_map(|requirement| &requirement.any_of) {
        let id = reference.path();
        if id != roadmap.id && !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}
