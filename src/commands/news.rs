//! A line for each followed path that came with new content: what changed, and what it does to the
//! percentage. It is said once, by the commands that tell how far you are and what is next.

use crate::catalog::seen;
use crate::context::Context;
use crate::model::progress::progress;
use crate::model::revision::revision;
use crate::model::roadmap::{Item, Node, NodeKind, Roadmap};
use crate::model::view::View;
use crate::output::Output;
use crate::text::quantity;

/// The kinds of which changes are told, in the order in which they are.
const KINDS: [NodeKind; 5] =
    [NodeKind::Stage, NodeKind::Topic, NodeKind::Skill, NodeKind::Resource, NodeKind::Milestone];

/// Says what is new in those of some paths that are followed.
pub fn tell(paths: &[&Roadmap], view: &View<'_>, context: &Context, out: &mut Output<'_, '_>) {
    // Where nothing can be said, it can be said later.
    let Some(cache) = context.config.cache.as_deref().filter(|_| !out.is_quiet()) else {
        return;
    };
    let followed = view.standing.following();
    let known = paths.iter().filter(|path| followed.contains_key(&path.id));
    let known = known.filter_map(|path| Some((*path, context.catalog().fingerprint(&path.id)?)));
    for (before, now) in seen::changed(cache, &known.collect::<Vec<_>>()) {
        out.say(&line(&before, now, view));
    }
}

fn line(before: &Roadmap, now: &Roadmap, view: &View<'_>) -> String {
    let changes = revision(before, now, view.standing);
    let retired = |item: &Item<'_>| item.tracked().retired;
    let is_new = |id: Option<&str>| id.and_then(|id| now.item(id)).is_none_or(|it| !retired(&it));
    let added = changes.added.iter().filter(|part| is_new(part.reference.id()));
    let newly_retired = now.items().filter(|item| {
        retired(item) && before.item(item.id()).is_some_and(|before| !retired(&before))
    });
    let removed = changes.removed.iter().map(|one| one.part.kind);
    let parts = [
        counted(added.map(|part| part.kind).collect(), "added"),
        counted(changes.renamed.iter().map(|one| one.part.kind).collect(), "renamed"),
        counted(newly_retired.map(|item| item.kind()).collect(), "retired"),
        counted(removed.collect(), "removed"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let parts = match parts.as_slice() {
        [] => "the same parts, counted or ordered differently".to_owned(),
        parts => parts.join("; "),
    };
    let percent = |roadmap| quantity::percent(progress(view, &Node::Path(roadmap)).percent);
    let effect = match (percent(before), percent(now)) {
        (before, now) if before == now => format!("you are still at {now}"),
        (before, now) => format!("that takes you from {before} to {now}"),
    };
    let id = &now.id;
    format!("{id} has new content: {parts}; {effect}; `milepost show {id}` shows it")
}

/// How many of each kind, such as `1 topic and 3 skills added`; none where there are none.
fn counted(kinds: Vec<NodeKind>, what: &str) -> Option<String> {
    let count = |kind: NodeKind| kinds.iter().filter(|one| **one == kind).count();
    let counts = KINDS.map(|kind| (count(kind), kind)).into_iter().filter(|(n, _)| *n > 0);
    let counts: Vec<String> = counts.map(|(n, kind)| quantity::count(n, kind.as_str())).collect();
    (!counts.is_empty()).then(|| format!("{} {what}", quantity::list(&counts)))
}

#[cfg(test)]
mod tests;
