//! A roadmap that was drawn: nodes with a place and a label, and edges between them.
//!
//! Nodes of the type `topic` are topics, from the top down; `subtopic` are their skills: those that an
//! edge ties to a topic, and else to the topic that stands nearest. The rest is decoration, but for
//! buttons that lead to a resource.

use std::collections::{HashMap, HashSet, VecDeque};

use serde::Deserialize;

use super::json::{Few, parse};
use super::{Many, Options, ReadError};
use crate::counts::{Construct, LeftOut};
use crate::draft::{Draft, Node, Resource, Skill, Stage, Teaches, Topic};
use crate::guess::{Guess, Guessed};

/// What people draw has hundreds of nodes; each subtopic is compared with each topic.
const MOST_NODES: usize = 10_000;
const MOST_EDGES: usize = 50_000;

#[derive(Deserialize)]
struct Graph {
    title: Option<String>,
    #[serde(default)]
    nodes: Few<Drawn, MOST_NODES>,
    #[serde(default)]
    edges: Few<Edge, MOST_EDGES>,
}

#[derive(Deserialize)]
struct Drawn {
    id: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    position: Option<Position>,
    data: Option<Data>,
}

#[derive(Deserialize, Clone, Copy)]
struct Position {
    #[serde(default)]
    x: f64,
    #[serde(default)]
    y: f64,
}

#[derive(Deserialize)]
struct Data {
    label: Option<String>,
    href: Option<String>,
    legend: Option<Legend>,
}

#[derive(Deserialize)]
struct Legend {
    label: Option<String>,
}

#[derive(Deserialize)]
struct Edge {
    source: Option<String>,
    target: Option<String>,
}

impl Drawn {
    fn kind(&self) -> &str {
        self.kind.as_deref().unwrap_or_default()
    }

    fn label(&self) -> &str {
        self.data.as_ref().and_then(|data| data.label.as_deref()).unwrap_or_default().trim()
    }

    fn place(&self) -> Position {
        self.position.unwrap_or(Position { x: 0.0, y: 0.0 })
    }

    fn node(&self) -> Node {
        let legend = self.data.as_ref().and_then(|data| data.legend.as_ref());
        let legend = legend.and_then(|legend| legend.label.clone());
        let mut node = Node { key: self.id.clone(), ..Node::new(self.label(), 0) };
        if let Some(legend) = legend.filter(|label| !label.trim().is_empty()) {
            let says = legend.to_lowercase();
            if says.contains("optional") || says.contains("alternative") {
                node.optional = true;
                node.guesses.push(Guess::new(Guessed::Optional, legend.clone()));
            }
            node.tags.push(legend);
        }
        node
    }
}

/// Reads a roadmap that was drawn.
///
/// # Errors
/// It is no such file, has more than somebody can draw, or no topic.
pub(super) fn read(text: &str, options: &Options) -> Result<Draft, ReadError> {
    let graph: Graph = parse(text)?;
    let mut nodes = graph.nodes.all(Many::Nodes)?;
    let edges = graph.edges.all(Many::Edges)?;
    let mut draft = Draft { title: graph.title, ..Draft::default() };
    for _ in &nodes {
        draft.counts.read(Construct::Nodes);
    }
    // As people read: from the top down, then from left to right. What has no place comes first.
    milepost_path::sort::by(&mut nodes, |a, b| {
        let (a, b) = (a.place(), b.place());
        a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x))
    });
    let drawn_title = nodes.iter().find(|node| node.kind() == "title" && !node.label().is_empty());
    draft.title = draft.title.or_else(|| drawn_title.map(|node| node.label().to_owned()));
    let topics: Vec<usize> = of_kind(&nodes, "topic");
    let subtopics: Vec<usize> = of_kind(&nodes, "subtopic");
    if topics.is_empty() && subtopics.is_empty() {
        return Err(ReadError::Missing { key: "topic" });
    }
    let tied = tied(&nodes, &edges, &topics, &mut draft);
    let mut made: Vec<Topic> = Vec::new();
    let mut at: HashMap<usize, usize> = HashMap::new();
    for topic in &topics {
        let Some(node) = nodes.get(*topic) else { continue };
        at.insert(*topic, made.len());
        made.push(Topic { node: node.node(), ..Topic::default() });
    }
    if made.is_empty() {
        let mut node = Node::new(draft.title.clone().unwrap_or_else(|| options.name.clone()), 0);
        node.guesses.push(Guess::new(Guessed::Section, ""));
        made.push(Topic { node, ..Topic::default() });
    }
    for subtopic in subtopics {
        let Some(drawn) = nodes.get(subtopic) else { continue };
        let mut node = drawn.node();
        let topic = tied.get(&subtopic).copied().or_else(|| {
            node.guesses.push(Guess::new(Guessed::Place, "its position"));
            nearest(drawn.place(), &topics, &nodes)
        });
        let topic = topic.and_then(|topic| at.get(&topic)).copied().unwrap_or_default();
        if let Some(topic) = made.get_mut(topic) {
            topic.skills.push(Skill { node, can: None });
        }
    }
    for drawn in &nodes {
        match drawn.kind() {
            "topic" | "subtopic" => {}
            "resourceButton" if !drawn.label().is_empty() => {
                let mut node = drawn.node();
                node.url = drawn.data.as_ref().and_then(|data| data.href.clone());
                node.guesses.push(Guess::new(Guessed::Place, "its position"));
                let topic = nearest(drawn.place(), &topics, &nodes);
                let topic = topic.and_then(|topic| at.get(&topic)).copied().unwrap_or_default();
                let resource = Resource { node, teaches: Teaches::Nothing, ..Resource::default() };
                if let Some(topic) = made.get_mut(topic) {
                    topic.resources.push(resource);
                }
            }
            _ => draft.counts.leave_out(LeftOut::Decoration),
        }
    }
    let mut node = Node::new(draft.title.clone().unwrap_or_else(|| options.name.clone()), 0);
    node.guesses.push(Guess::new(Guessed::Section, ""));
    draft.stages.push(Stage { node, topics: made, ..Stage::default() });
    Ok(draft)
}

/// The nodes of a type that have a label, in the order in which they are read.
fn of_kind(nodes: &[Drawn], kind: &str) -> Vec<usize> {
    let all = nodes.iter().enumerate();
    all.filter(|(_, node)| node.kind() == kind && !node.label().is_empty())
        .map(|(at, _)| at)
        .collect()
}

/// The topic that edges tie each node to, also through other subtopics.
fn tied(
    nodes: &[Drawn],
    edges: &[Edge],
    topics: &[usize],
    draft: &mut Draft,
) -> HashMap<usize, usize> {
    let mut by_id: HashMap<&str, usize> = HashMap::new();
    for (at, node) in nodes.iter().enumerate() {
        if let Some(id) = &node.id {
            by_id.entry(id).or_insert(at);
        }
    }
    let find = |id: &Option<String>| id.as_deref().and_then(|id| by_id.get(id)).copied();
    let mut beside: HashMap<usize, Vec<usize>> = HashMap::new();
    for edge in edges {
        draft.counts.read(Construct::Edges);
        let (Some(from), Some(to)) = (find(&edge.source), find(&edge.target)) else {
            draft.counts.leave_out(LeftOut::Dangling);
            continue;
        };
        beside.entry(from).or_default().push(to);
        beside.entry(to).or_default().push(from);
    }
    let topic: HashSet<usize> = topics.iter().copied().collect();
    let mut tied: HashMap<usize, usize> = HashMap::new();
    let mut waiting: VecDeque<(usize, usize)> = topics.iter().map(|at| (*at, *at)).collect();
    while let Some((at, of)) = waiting.pop_front() {
        for next in beside.get(&at).into_iter().flatten() {
            let is_subtopic = nodes.get(*next).is_some_and(|node| node.kind() == "subtopic");
            if is_subtopic && !topic.contains(next) && !tied.contains_key(next) {
                tied.insert(*next, of);
                waiting.push_back((*next, of));
            }
        }
    }
    tied
}

/// The topic that stands nearest to a place.
fn nearest(place: Position, topics: &[usize], nodes: &[Drawn]) -> Option<usize> {
    let far = |at: usize| {
        let other = nodes.get(at).map_or(place, Drawn::place);
        (other.x - place.x).hypot(other.y - place.y)
    };
    topics.iter().copied().min_by(|a, b| far(*a).total_cmp(&far(*b)))
}
