//! The graph of a path as Graphviz DOT or Mermaid.
//!
//! An arrow leads from what is required to what requires it; a dashed one is an alternative, of which
//! any suffices. Labels come from files, so they are escaped for the language they go into.

use std::borrow::Cow;
use std::fmt::Write;

use milepost_core::report::show::graph::{Graph, Language, State};
use milepost_path::{NodeKind, Ref, safe};

/// The graph in its language.
pub(crate) fn text(graph: &Graph) -> String {
    match graph.language {
        Language::Dot => dot(graph),
        Language::Mermaid => mermaid(graph),
    }
}

/// The label of what is no part of the path.
fn label<'a>(reference: &'a Ref, title: Option<&str>) -> Cow<'a, str> {
    title
        .map_or(reference.as_str().into(), |title| format!("{title} ({})", reference.path()).into())
}

fn dot(graph: &Graph) -> String {
    let quoted = |text: &str| {
        let text = safe::line(text).replace('\\', "\\\\").replace('"', "\\\"");
        format!("\"{text}\"")
    };
    let mut text = format!("digraph {} {{\n", quoted(&graph.path));
    text.push_str("  rankdir=LR;\n  node [shape=box, style=rounded];\n");
    for (at, stage) in graph.stages.iter().enumerate() {
        let _ = writeln!(text, "  subgraph cluster_{at} {{");
        let _ = writeln!(text, "    label={};", quoted(&stage.title));
        for node in &stage.nodes {
            let shape =
                if node.kind == NodeKind::Milestone { ", shape=hexagon, style=solid" } else { "" };
            let mark = match node.state {
                State::Done => ", color=darkgreen, penwidth=2",
                State::Ready => ", penwidth=2",
                State::Waiting => ", color=gray40",
            };
            let label = format!("{} [{}]", node.title, node.state.as_str());
            let reference = quoted(node.reference.as_str());
            let _ = writeln!(text, "    {reference} [label={}{shape}{mark}];", quoted(&label));
        }
        text.push_str("  }\n");
    }
    for (reference, title) in &graph.outside {
        let label = quoted(&label(reference, title.as_deref()));
        let reference = quoted(reference.as_str());
        let _ = writeln!(text, "  {reference} [label={label}, style=dashed];");
    }
    for edge in &graph.edges {
        let style = if edge.alternative { " [style=dashed]" } else { "" };
        let (from, to) = (quoted(edge.from.as_str()), quoted(edge.to.as_str()));
        let _ = writeln!(text, "  {from} -> {to}{style};");
    }
    text.push_str("}\n");
    text
}

fn mermaid(graph: &Graph) -> String {
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
    for (at, stage) in graph.stages.iter().enumerate() {
        let _ = writeln!(text, "  subgraph s{at} [{}]", quoted(&stage.title));
        for node in &stage.nodes {
            let label = quoted(&node.title);
            let shape = match node.kind {
                NodeKind::Milestone => format!("{{{{{label}}}}}"),
                _ => format!("[{label}]"),
            };
            let class = node.state.as_str();
            let _ = writeln!(text, "    {}{shape}:::{class}", name(&node.reference));
        }
        text.push_str("  end\n");
    }
    for (reference, title) in &graph.outside {
        let label = quoted(&label(reference, title.as_deref()));
        let _ = writeln!(text, "  {}([{label}])", name(reference));
    }
    for edge in &graph.edges {
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
    use milepost_core::internals::graph;
    use milepost_core::internals::learner::Learner;
    use milepost_core::internals::standing::Standing;
    use milepost_path::read;

    fn drawn_path(title: &str, language: Language) -> String {
        let title = title.replace('\\', "\\\\").replace('"', "\\\"");
        let file = format!(
            "format = 1\nid = \"p\"\ntitle = \"P\"\n[[stages]]\nid = \"s\"\ntitle = \"S\"\n\
             [[stages.topics]]\nid = \"a\"\ntitle = \"{title}\"\nskills = [{{ id = \"x\", title = \"X\" }}]\n\
             [[stages.topics]]\nid = \"b\"\ntitle = \"B\"\nrequires = [[\"x\", \"other/thing\"]]\n\
             [[stages.milestones]]\nid = \"m\"\ntitle = \"M\"\nrequires = [\"a\", \"b\"]\n"
        );
        let shelf = vec![read(&file).roadmap.unwrap()];
        let standing = Standing::default();
        text(&graph::of(&shelf[0], &Learner { shelf: &shelf, standing: &standing }, language))
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
