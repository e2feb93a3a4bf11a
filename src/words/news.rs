//! What is new in a path, on a line.

use milepost_core::report::news::News;
use milepost_path::NodeKind;

use crate::text::quantity;

/// The kinds of which changes are told, in the order in which they are.
const KINDS: [NodeKind; 5] =
    [NodeKind::Stage, NodeKind::Topic, NodeKind::Skill, NodeKind::Resource, NodeKind::Milestone];

/// What is new in a path that ships, and what it does to the percentage.
pub(super) fn line(news: &News) -> String {
    let id = &news.path;
    format!("{id} has new content: {}; `milepost show {id}` shows it", effect(news))
}

/// What changed in the file of a path, and what it does to the percentage.
pub(super) fn changed(news: &News) -> String {
    let id = &news.path;
    format!("the file of {id} changed: {}; `milepost show {id}` shows it", effect(news))
}

fn effect(news: &News) -> String {
    let parts = [
        counted(&news.added, "added"),
        counted(&news.renamed, "renamed"),
        counted(&news.retired, "retired"),
        counted(&news.removed, "removed"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let parts = match parts.as_slice() {
        [] => "the same items, counted or ordered differently".to_owned(),
        parts => parts.join("; "),
    };
    let effect = match news.percent.map(quantity::percent) {
        [before, now] if before == now => format!("you are still at {now}"),
        [before, now] => format!("that takes you from {before} to {now}"),
    };
    format!("{parts}; {effect}")
}

/// How many of each kind, such as `1 topic and 3 skills added`; `None` if there are none.
fn counted(kinds: &[NodeKind], what: &str) -> Option<String> {
    let count = |kind: NodeKind| kinds.iter().filter(|one| **one == kind).count();
    let counts = KINDS.map(|kind| (count(kind), kind)).into_iter().filter(|(n, _)| *n > 0);
    let counts: Vec<String> = counts.map(|(n, kind)| quantity::count(n, kind.as_str())).collect();
    (!counts.is_empty()).then(|| format!("{} {what}", quantity::list(&counts)))
}

#[cfg(test)]
mod tests;
