//! Requirements that can be met: none on what holds the node or stands in it, none in a circle. The
//! others become words.

use std::collections::{HashMap, HashSet};

use milepost_path::graph::Graph;

use crate::draft::{Draft, Kind, Need, Node};

/// Turns requirements that nothing can meet, and those that are mere words, into lines of `about`.
pub(super) fn order(draft: &mut Draft) {
    let refused = refused(draft);
    let titles: HashMap<String, String> = draft
        .nodes()
        .into_iter()
        .filter_map(|(_, _, node)| Some((node.id.clone()?, node.title.clone())))
        .collect();
    let mut counts = std::mem::take(&mut draft.counts);
    for (at, node) in draft.nodes_mut().into_iter().enumerate() {
        let needs = std::mem::take(&mut node.requires);
        let mut words = Vec::new();
        for (place, need) in needs.into_iter().enumerate() {
            match need {
                Need::Found(id) if refused.contains(&(at, place)) => {
                    counts.requirements.circular += 1;
                    words.push(titles.get(&id).cloned().unwrap_or(id));
                }
                Need::Found(_) => {
                    counts.requirements.found += 1;
                    node.requires.push(need);
                }
                Need::Named(text) => {
                    counts.requirements.text += 1;
                    words.extend(super::clean::line(&text));
                }
            }
        }
        say(node, &words);
    }
    draft.counts = counts;
}

fn say(node: &mut Node, words: &[String]) {
    if !words.is_empty() {
        node.about.push(format!("Needs: {}", words.join("; ")));
        node.about = super::clean::lines(&node.about);
    }
}

/// The requirements, each as the number of its node and its place there, that cannot be met.
///
/// A graph has two vertices for each node: what is finished, and the gate before which its parts wait.
/// Among those that wait for each other, only what points back in the document is kept: the target
/// ends before the source begins, so no circle remains.
fn refused(draft: &Draft) -> HashSet<(usize, usize)> {
    let nodes = draft.nodes();
    let by_id: HashMap<&str, usize> = nodes
        .iter()
        .enumerate()
        .filter_map(|(at, (_, _, node))| Some((node.id.as_deref()?, at)))
        .collect();
    let mut edges = Vec::new();
    let mut wanted = Vec::new();
    let mut ends: Vec<usize> = (0..nodes.len()).collect();
    for (at, (kind, parent, node)) in nodes.iter().enumerate() {
        if let Some(parent) = *parent {
            edges.push((done(parent), done(at)));
            edges.push((done(at), gate(parent)));
            edges.push((gate(at), gate(parent)));
        }
        edges.push((done(at), gate(at)));
        for (place, need) in node.requires.iter().enumerate() {
            if let Need::Found(id) = need
                && let Some(to) = by_id.get(id.as_str())
                && *kind != Kind::Interview
            {
                edges.push((gate(at), done(*to)));
                wanted.push((at, place, *to));
            }
        }
    }
    // The last that stands in each, since parts follow what holds them.
    for at in (0..nodes.len()).rev() {
        let end = ends.get(at).copied().unwrap_or(at);
        if let Some((_, Some(parent), _)) = nodes.get(at)
            && let Some(of_parent) = ends.get_mut(*parent)
        {
            *of_parent = end.max(*of_parent);
        }
    }
    let parts = Graph::new(2 * nodes.len(), edges).parts();
    let part = |vertex: usize| parts.get(vertex).copied();
    wanted
        .into_iter()
        .filter(|(at, _, to)| {
            let waits = part(gate(*at)) == part(done(*to));
            waits && ends.get(*to).is_none_or(|end| end >= at)
        })
        .map(|(at, place, _)| (at, place))
        .collect()
}

/// The vertex that is reached when a node is finished.
fn done(node: usize) -> usize {
    2 * node
}

/// The vertex at which a node waits.
fn gate(node: usize) -> usize {
    2 * node + 1
}
