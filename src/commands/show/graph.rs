//! `show PATH --graph`: topics and milestones with what they require, as Graphviz DOT or Mermaid.
//!
//! An arrow leads from what is required to what requires it; a dashed one is an alternative, of which
//! any suffices. Labels come from files, so they are escaped for the language they go into.

use std::collections::BTreeMap;
use std::fmt::Write;

use clap::ValueEnum;

use crate::model::roadmap::{Item, Node, NodeKind, Ref, Roadmap, Shelf, find};
use crate::model::view::{View, holdable};
use crate::text::safe;

/// The languages in which a graph can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Language {
    /// Graphviz: `dot -Tsvg`
    Dot,
    /// Mermaid: code-hosting sites draw it
    Mermaid,
}

struct Edge {
    from: Ref,
    to: Ref,
    alternative: bool,
}

/// The graph of a path.
pub(super) fn graph(roadmap: &Roadmap, view: &View<'_>, language: Language) -> String {
    let nodes: Vec<Node<'_>> = holdable(roadmap).collect();
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
    // What is required but is no node of this path: other paths and their parts.
    let mut outside: BTreeMap<&Ref, String> = BTreeMap::new();
    for edge in &edges {
        if !nodes.iter().any(|node| node.reference() == edge.from) {
            outside.insert(&edge.from, title(view.shelf, &edge.from));
        }
    }
    match language {
        Language::Dot => dot(roadmap, view, &nodes, &edges, &outside),
        Language::Mermaid => mermaid(roadmap, view, &nodes, &edges, &outside),
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

fn title(shelf: &dyn Shelf, reference: &Ref) -> String {
    find(shelf, reference).map_or_else(
        || reference.to_string(),
        |node| format!("{} ({})", node.title(), reference.path()),
    )
}

fn state(node: &Node<'_>, view: &View<'_>) -> &'static str {
    if view.is_finished(node) {
        "done"
    } else if view.is_ready(node) {
        "ready"
    } else {
        "waiting"
    }
}

fn dot(
    roadmap: &Roadmap,
    view: &View<'_>,
    nodes: &[Node<'_>],
    edges: &[Edge],
    outside: &BTreeMap<&Ref, String>,
) -> String {
    let quoted = |text: &str| {
        let text = safe::line(text).replace('\\', "\\\\").replace('"', "\\\"");
        format!("\"{text}\"")
    };
    let mut text = format!("digraph {} {{\n", quoted(&roadmap.id));
    text.push_str("  rankdir=LR;\n  node [shape=box, style=rounded];\n");
    for (at, stage) in roadmap.stages.iter().enumerate() {
        let _ = writeln!(text, "  subgraph cluster_{at} {{");
        let _ = writeln!(text, "    label={};", quoted(&stage.title));
        for node in nodes.iter().filter(|node| node.stage().is_some_and(|one| one.id == stage.id)) {
            let shape = if node.kind() == NodeKind::Milestone {
                ", shape=hexagon, style=solid"
            } else {
                ""
            };
            let mark = match state(node, view) {
                "done" => ", color=darkgreen, penwidth=2",
                "ready" => ", penwidth=2",
                _ => ", color=gray40",
            };
            let label = format!("{} [{}]", node.title(), state(node, view));
            let reference = quoted(node.reference().as_str());
            let _ = writeln!(text, "    {reference} [label={}{shape}{mark}];", quoted(&label));
        }
        text.push_str("  }\n");
    }
    for (reference, title) in outside {
        let reference = quoted(reference.as_str());
        let _ = writeln!(text, "  {reference} [label={}, style=dashed];", quoted(title));
    }
    for edge in edges {
        let style = if edge.alternative { " [style=dashed]" } else { "" };
        let (from, to) = (quoted(edge.from.as_str()), quoted(edge.to.as_str()));
        let _ = writeln!(text, "  {from} -> {to}{style};");
    }
    text.push_str("}\n");
    text
}

fn mermaid(
    roadmap: &Roadmap,
    view: &View<'_>,
    nodes: &[Node<'_>],
    edges: &[Edge],
    outside: &BTreeMap<&Ref, String>,
) -> String {
    // Everything that could be markup becomes a numeric entity, which Mermaid shows as it is.
    let quoted = |text: &str| {
        let mut label = String::from("\"");
        for c in safe::line(text).chars() {
            if c.is_alphanumeric() || " .,:()+-/&'".contains(c) {
                label.push(c);
            } else {
                let _ = write!(label, "#{};", u32::from(c));
            }
        }
        label.push('"');
        label
    };
    // References are ids and slashes; Mermaid takes neither slashes nor its own words as names.
    let name = |reference: &Ref| format!("n_{}", reference.as_str().replace(['/', '-'], "_"));
    let mut text = "flowchart LR\n".to_owned();
    for (at, stage) in roadmap.stages.iter().enumerate() {
        let _ = writeln!(text, "  subgraph s{at} [{}]", quoted(&stage.title));
        for node in nodes.iter().filter(|node| node.stage().is_some_and(|one| one.id == stage.id)) {
            let label = quoted(node.title());
            let shape = match node.kind() {
                NodeKind::Milestone => format!("{{{{{label}}}}}"),
                _ => format!("[{label}]"),
            };
            let class = state(node, view);
            let _ = writeln!(text, "    {}{shape}:::{class}", name(&node.reference()));
        }
        text.push_str("  end\n");
    }
    for (reference, title) in outside {
        let _ = writeln!(text, "  {}([{}])", name(reference), quoted(title));
    }
    for edge in edges {
        let arrow = if edge.alternative { "-.->" } else { "-->" };
        let _ = writeln!(text, "  {} {arrow} {}", name(&edge.from), name(&edge.to));
    }
    text.push_str("  classDef done stroke:#1a7f37,stroke-width:3px\n");
    text.push_str("  classDef ready stroke-width:3px\n");
    text.push_str("  classDef waiting stroke-dasharray:4\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::format::read;
    use crate::model::standing::Standing;

    fn drawn_path(title: &str, language: Language) -> String {
        let title = title.replace('\\', "\\\\").replace('"', "\\\"");
        let text = format!(
            "format = 1\nid = \"p\"\ntitle = \"P\"\n[[stages]]\nid = \"s\"\ntitle = \"S\"\n\
             [[stages.topics]]\nid = \"a\"\ntitle = \"{title}\"\nskills = [{{ id = \"x\", title = \"X\" }}]\n\
             [[stages.topics]]\nid = \"b\"\ntitle = \"B\"\nrequires = [[\"x\", \"other/thing\"]]\n\
             [[stages.milestones]]\nid = \"m\"\ntitle = \"M\"\nrequires = [\"a\", \"b\"]\n"
        );
        let shelf = vec![read(&text).roadmap.unwrap()];
        let standing = Standing::default();
        graph(&shelf[0], &View { shelf: &shelf, standing: &standing }, language)
    }

    #[test]
    fn dot() {
        let drawn = drawn_path("A \"quoted\" \\ one", Language::Dot);
        for line in [
            "    \"p/a\" [label=\"A \\\"quoted\\\" \\\\ one [ready]\", penwidth=2];",
            "  \"other/thing\" [label=\"other/thing\", style=dashed];",
            "  \"p/a\" -> \"p/b\" [style=dashed];",
            "  \"other/thing\" -> \"p/b\" [style=dashed];",
            "  \"p/a\" -> \"p/m\";",
        ] {
            assert!(drawn.lines().any(|one| one == line), "{line}\n{drawn}");
        }
    }

    #[test]
    fn mermaid() {
        let drawn = drawn_path("A <b>\"] end", Language::Mermaid);
        for line in [
            "    n_p_a[\"A #60;b#62;#34;#93; end\"]:::ready",
            "    n_p_m{{\"M\"}}:::waiting",
            "  n_p_a -.-> n_p_b",
            "  n_p_b --> n_p_m",
        ] {
            assert!(drawn.lines().any(|one| one == line), "{line}\n{drawn}");
        }
    }
}
