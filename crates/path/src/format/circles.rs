//! Circles in a directed graph, found without recursion and in linear time.
//!
//! Links between files and within one are both small graphs of numbered vertices; this module
//! knows neither. An edge that an author wrote has a span, and a circle is told at such an edge.

use std::collections::HashSet;
use std::ops::Range;

use super::diagnostic::unquoted;
use crate::graph::Graph;

/// How many edges the search for shortest circles follows. Which edges lie on a circle costs one
/// walk; showing one circle for each of them could cost the square, so it ends here. One circle
/// is always shown.
const MOST_FOLLOWED: usize = 2_000_000;

/// How many names of a circle are shown.
const MOST_SHOWN: usize = 10;

/// One edge: `from` waits for `to`.
#[derive(Debug, Clone)]
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Where it is written; `None` if it follows from the structure or is another file's.
    pub(super) span: Option<Range<usize>>,
}

/// A circle, told where it is written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Circle {
    pub(super) span: Range<usize>,
    /// Its vertices, the first again at the end.
    pub(super) vertices: Vec<usize>,
}

/// A shortest circle through each written edge that lies on one, without those edges that a
/// circle before shows.
pub(super) fn find(vertices: usize, mut edges: Vec<Edge>) -> Vec<Circle> {
    edges.retain(|edge| edge.from < vertices && edge.to < vertices);
    // In the order of the file, so that a circle is told where a reader meets it first.
    crate::sort::by_key(&mut edges, |edge| {
        (edge.span.is_none(), edge.span.as_ref().map(|span| span.start))
    });
    let graph = Graph::new(vertices, edges.iter().map(|edge| (edge.from, edge.to)));
    let parts = graph.parts();
    let part = |vertex: usize| parts.get(vertex).copied();
    let mut shown: HashSet<(usize, usize)> = HashSet::new();
    let mut circles = Vec::new();
    let mut followed = 0;
    for edge in &edges {
        let Some(span) = &edge.span else { break };
        let on_circle = part(edge.from) == part(edge.to);
        if !on_circle || shown.contains(&(edge.from, edge.to)) || followed > MOST_FOLLOWED {
            continue;
        }
        let within = |vertex: usize| part(vertex) == part(edge.from);
        let Some(back) = graph.shortest(edge.to, edge.from, within, &mut followed) else {
            continue;
        };
        let mut vertices = vec![edge.from];
        vertices.extend(back);
        shown.extend(vertices.iter().copied().zip(vertices.iter().copied().skip(1)));
        circles.push(Circle { span: span.clone(), vertices });
    }
    circles
}

/// The name of a vertex for people. A stage or path has two vertices: itself, which waits for all
/// that is in it, and its gate, for which all that is in it waits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name<'a> {
    pub(super) text: &'a str,
    pub(super) gate: bool,
}

/// A circle as `a -> b -> a`, in backticks.
pub(super) fn show<'a>(circle: &Circle, name: impl Fn(usize) -> Name<'a>) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in circle.vertices.iter().map(|vertex| name(*vertex)) {
        // From a stage through one of its topics to its gate: the stage alone says it.
        let len = names.len();
        if name.gate && len >= 2 && names.get(len - 2) == Some(&name.text) {
            names.pop();
        } else if names.last() != Some(&name.text) {
            names.push(name.text);
        }
    }
    let mut shown: Vec<String> = names.iter().map(|name| unquoted(name)).collect();
    if shown.len() > MOST_SHOWN {
        let last = shown.pop();
        shown.truncate(MOST_SHOWN - 2);
        shown.push("...".to_owned());
        shown.extend(last);
    }
    format!("`{}`", shown.join(" -> "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(pairs: &[(usize, usize)]) -> Vec<Edge> {
        let edge = |(at, (from, to)): (usize, &(usize, usize))| Edge {
            from: *from,
            to: *to,
            span: Some(at..at + 1),
        };
        pairs.iter().enumerate().map(edge).collect()
    }

    fn circles(vertices: usize, pairs: &[(usize, usize)]) -> Vec<Vec<usize>> {
        find(vertices, edges(pairs)).into_iter().map(|circle| circle.vertices).collect()
    }

    #[test]
    fn finds_each_circle_once() {
        assert_eq!(circles(3, &[(0, 1), (1, 2)]), Vec::<Vec<usize>>::new());
        assert_eq!(circles(1, &[(0, 0)]), [[0, 0]]);
        assert_eq!(circles(3, &[(0, 1), (1, 2), (2, 0)]), [[0, 1, 2, 0]]);
        assert_eq!(circles(3, &[(0, 1), (1, 0), (0, 2), (2, 0)]), [[0, 1, 0], [0, 2, 0]]);
        // Two circles that share an edge, with a chord.
        assert_eq!(
            circles(4, &[(0, 1), (1, 2), (2, 3), (3, 0), (0, 3)]),
            [vec![0, 1, 2, 3, 0], vec![0, 3, 0]]
        );
        // Vertices that do not exist are not looked at.
        assert_eq!(circles(1, &[(0, 7), (7, 0)]), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn a_circle_of_edges_that_nobody_wrote_here_is_not_told() {
        let mut all = edges(&[(0, 1)]);
        all.push(Edge { from: 1, to: 2, span: None });
        all.push(Edge { from: 2, to: 1, span: None });
        assert_eq!(find(3, all.clone()), []);
        all.push(Edge { from: 2, to: 0, span: None });
        let found = find(3, all);
        assert_eq!(found, [Circle { span: 0..1, vertices: vec![0, 1, 2, 0] }]);
    }

    #[test]
    fn long_chains_and_dense_graphs_end_soon() {
        let count = 60_000;
        let mut chain: Vec<(usize, usize)> = (0..count - 1).map(|v| (v, v + 1)).collect();
        assert!(circles(count, &chain).is_empty());
        chain.push((count - 1, 0));
        assert_eq!(circles(count, &chain).len(), 1);
        // Each of 300 waits for each: no shortest way is long, but there are 45,000 circles.
        let dense: Vec<_> = (0..300).flat_map(|a| (0..300).map(move |b| (a, b))).collect();
        assert!(!circles(300, &dense).is_empty());
    }

    #[test]
    fn shows_stages_without_their_insides() {
        let names = ["s", "t", "s", "u"];
        let name = |vertex: usize| Name {
            text: names.get(vertex).copied().unwrap_or("?"),
            gate: vertex == 2,
        };
        let show =
            |vertices: &[usize]| show(&Circle { span: 0..0, vertices: vertices.to_vec() }, name);
        assert_eq!(show(&[3, 0, 1, 2, 3]), "`u -> s -> u`");
        assert_eq!(show(&[1, 3, 1]), "`t -> u -> t`");
        assert_eq!(show(&[1, 2, 3, 0, 1]), "`t -> s -> u -> s -> t`");
        let long: Vec<usize> = (0..40).map(|at| if at % 2 == 0 { 1 } else { 3 }).collect();
        assert_eq!(show(&long).matches("->").count(), 9);
        assert!(show(&long).ends_with("-> ... -> u`"));
    }
}
