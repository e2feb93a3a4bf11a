//! The graph of what requires what in a path: its topics and milestones, and what they require.

use std::collections::BTreeMap;

use milepost_path::{Item, Node, NodeKind, Ref, Roadmap, find};

use crate::model::learner::{Learner, gated_nodes};

/// The languages in which a graph can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// That of Graphviz.
    Dot,
    /// That of Mermaid.
    Mermaid,
}

/// What requires what in a path.
#[derive(Debug)]
pub struct Graph {
    /// The id of the path.
    pub path: String,
    /// The language in which it is asked for.
    pub language: Language,
    /// The stages, with their topics and milestones.
    pub stages: Vec<StagePart>,
    /// What is required but is nothing of this path: other paths and their parts, each with its title
    /// if it is installed.
    pub outside: BTreeMap<Ref, Option<String>>,
    /// From what is required to what requires it.
    pub edges: Vec<Edge>,
}

/// A stage of a graph.
#[derive(Debug)]
pub struct StagePart {
    /// Its title.
    pub title: String,
    /// Its topics and milestones, in the order of the file.
    pub nodes: Vec<NodePart>,
}

/// A topic or milestone of a graph.
#[derive(Debug)]
pub struct NodePart {
    /// Its reference.
    pub reference: Ref,
    /// Its kind.
    pub kind: NodeKind,
    /// Its title.
    pub title: String,
    /// How far it is.
    pub state: State,
}

/// How far a topic or milestone is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is finished.
    Done,
    /// Nothing holds it back.
    Ready,
    /// It waits for what it requires.
    Waiting,
}

impl State {
    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Ready => "ready",
            Self::Waiting => "waiting",
        }
    }
}

/// What is required and what requires it.
#[derive(Debug)]
pub struct Edge {
    /// What is required.
    pub from: Ref,
    /// What requires it.
    pub to: Ref,
    /// Whether it is one of several, of which any suffices.
    pub alternative: bool,
}

impl Graph {
    /// The graph of a path.
    pub(crate) fn of(roadmap: &Roadmap, view: &Learner<'_>, language: Language) -> Self {
        let nodes: Vec<Node<'_>> = gated_nodes(roadmap).collect();
        let mut edges = Vec::new();
        for node in &nodes {
            for requirement in node.requirements() {
                for reference in &requirement.any_of {
                    edges.push(Edge {
                        from: drawn(roadmap, reference),
                        to: node.reference(),
                        alternative: requirement.any_of.len() > 1,
                    });
                }
            }
        }
        let mut outside = BTreeMap::new();
        for Edge { from, .. } in &edges {
            if !nodes.iter().any(|node| node.reference() == *from) {
                let title = find(view.shelf, from).map(|node| node.title().to_owned());
                outside.insert(from.clone(), title);
            }
        }
        let stages = roadmap.stages.iter().map(|stage| {
            let within = |node: &&Node<'_>| node.stage().is_some_and(|one| one.id == stage.id);
            let nodes = nodes.iter().filter(within).map(|node| NodePart::of(node, view));
            StagePart { title: stage.title.clone(), nodes: nodes.collect() }
        });
        Self { path: roadmap.id.clone(), language, stages: stages.collect(), outside, edges }
    }
}

impl NodePart {
    fn of(node: &Node<'_>, view: &Learner<'_>) -> Self {
        let state = if view.is_finished(node) {
            State::Done
        } else if view.is_ready(node) {
            State::Ready
        } else {
            State::Waiting
        };
        let (reference, kind) = (node.reference(), node.kind());
        Self { reference, kind, title: node.title().to_owned(), state }
    }
}

/// A skill is drawn as its topic: the graph has topics and milestones.
fn drawn(roadmap: &Roadmap, reference: &Ref) -> Ref {
    let own = reference.id().filter(|_| reference.path() == roadmap.id);
    match own.and_then(|id| roadmap.node(id)) {
        Some(Node::Item(Item { topic: Some(topic), .. })) => Ref::node(&roadmap.id, &topic.id),
        _ => reference.clone(),
    }
}
