//! What is the same as something before it: same title, same section, same address.

use std::collections::HashMap;

use crate::counts::{Counts, LeftOut};
use crate::draft::{Draft, Node, Resource};

/// Leaves out what stands in its section already. A tick on any of them stays.
pub(super) fn drop_them(draft: &mut Draft) {
    let Draft { stages, counts, .. } = draft;
    for stage in stages {
        distinct(&mut stage.milestones, |one| &mut one.node, |one| known(&one.node), counts);
        for topic in &mut stage.topics {
            distinct(&mut topic.skills, |one| &mut one.node, |one| known(&one.node), counts);
            distinct(&mut topic.resources, |one| &mut one.node, known_resource, counts);
        }
    }
}

/// What a source calls two things by is no name for good.
pub(super) fn drop_keys(draft: &mut Draft) {
    let mut keys: HashMap<String, usize> = HashMap::new();
    for key in draft.nodes().into_iter().filter_map(|(_, _, node)| node.key.clone()) {
        *keys.entry(key).or_default() += 1;
    }
    for node in draft.nodes_mut() {
        node.key.take_if(|key| keys.get(key).is_some_and(|count| *count > 1));
    }
}

fn distinct<T>(
    items: &mut Vec<T>,
    node: fn(&mut T) -> &mut Node,
    known: fn(&T) -> String,
    counts: &mut Counts,
) {
    let mut seen: HashMap<(Option<String>, String), usize> = HashMap::new();
    let mut kept: Vec<T> = Vec::with_capacity(items.len());
    for mut item in items.drain(..) {
        // What a source calls otherwise is another thing.
        let known = (node(&mut item).id.clone(), known(&item));
        if let Some(first) = seen.get(&known).and_then(|at| kept.get_mut(*at)) {
            let tick = node(&mut item).tick.take();
            let first = node(first);
            first.tick = first.tick.take().or(tick);
            counts.leave_out(LeftOut::Doubles);
            continue;
        }
        seen.insert(known, kept.len());
        kept.push(item);
    }
    *items = kept;
}

/// All that is known of a node, in one text.
pub(super) fn known(node: &Node) -> String {
    let parts = [&node.key, &node.url, &node.summary];
    let mut known = node.title.to_lowercase();
    for part in parts {
        known.push('\n');
        known.push_str(part.as_deref().unwrap_or_default());
    }
    for text in node.about.iter().chain(node.links.iter().map(|link| &link.url)) {
        known.push('\n');
        known.push_str(text);
    }
    known
}

/// All that is known of a resource: of one text, each part is something else.
pub(super) fn known_resource(resource: &Resource) -> String {
    let part = resource.part.as_deref().unwrap_or_default();
    format!("{}\n{part}", known(&resource.node))
}
