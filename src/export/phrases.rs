//! What several formats say in the same words.

use milepost_core::progress::{Count, Hours, Progress};
use milepost_core::report::export::ItemPart;
use milepost_core::report::export::MatrixArea;
use milepost_core::report::export::PathPart;
use milepost_path::LEVELS;

use crate::text::quantity;

/// How much is done, of so many things of a kind; `None` if there are none. What was skipped counts
/// here as little as it does in the percentage.
pub(super) fn done_of(count: Count, noun: &str) -> Option<String> {
    let total = count.counted();
    let of = if noun.is_empty() { total.to_string() } else { quantity::count(total, noun) };
    (total > 0).then(|| format!("{} of {of}", count.done))
}

/// The hours that are done, of so many; `None` if there are none.
pub(super) fn hours_of(hours: Hours) -> Option<String> {
    (hours.total > 0.0)
        .then(|| format!("{} of {}", quantity::hours(hours.done), quantity::hours(hours.total)))
}

/// What is left of a path.
pub(super) fn ahead(path: &PathPart) -> String {
    let Progress { milestones, skills, resource_goals, .. } = path.progress;
    let goals = [(milestones, "milestone"), (skills, "skill"), (resource_goals, "resource")];
    let left = goals.into_iter().filter(|(count, _)| count.left() > 0);
    let words: Vec<String> =
        left.map(|(count, noun)| quantity::count(count.left(), noun)).collect();
    if words.is_empty() { "nothing planned".to_owned() } else { quantity::list(&words) + " ahead" }
}

/// The time that was spent on an item.
pub(super) fn studied(item: &ItemPart) -> Option<String> {
    let minutes = item.minutes();
    (minutes > 0).then(|| format!("{} studied", quantity::minutes(minutes)))
}

/// How many points an item has, and how many are enough.
pub(super) fn points(item: &ItemPart) -> Option<String> {
    let points = |n: u32| quantity::count(n as usize, "point");
    let all = milepost_path::points(&item.rubric).unwrap_or(0);
    match item.pass.filter(|_| item.done_under.is_none()) {
        Some(enough) if all > 0 => Some(format!("{enough} of {} are enough", points(all))),
        _ => (all > 0).then(|| points(all)),
    }
}

/// Whose a path is, where its file says so: `by Ada, under CC BY 4.0`. Names are foreign text.
pub(super) fn origin(path: &PathPart, name: impl Fn(&str) -> String) -> Option<String> {
    let by = path.author.as_ref().map(|author| format!("by {}", name(author)));
    let under = path.license.as_ref().map(|license| format!("under {}", name(license)));
    let origin: Vec<String> = by.into_iter().chain(under).collect();
    path.has_origin().then(|| origin.join(", "))
}

/// The level of a skill area: `3, advanced`.
pub(super) fn level(area: &MatrixArea) -> Option<String> {
    let level = area.level?;
    Some(format!("{level}, {}", LEVELS.get(usize::from(level))?))
}
