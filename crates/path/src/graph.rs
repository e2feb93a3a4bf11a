//! Directed graphs: which vertices wait for each other, and the shortest way from one to another, without
//! recursion and in linear time.

use std::collections::{HashMap, VecDeque};

/// A directed graph of numbered vertices: the successors of each, in one list.
#[derive(Debug)]
pub struct Graph {
    starts: Vec<usize>,
    targets: Vec<usize>,
}

impl Graph {
    /// A graph of so many vertices. Of the edges, `(from, to)`, each has both ends among them.
    pub fn new(vertices: usize, edges: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut by_source: Vec<(usize, usize)> = edges.into_iter().collect();
        // Stable, so that successors keep the order in which the edges came.
        crate::sort::by_key(&mut by_source, |(from, _)| *from);
        let starts = (0..=vertices)
            .map(|vertex| by_source.partition_point(|(from, _)| *from < vertex))
            .collect();
        Self { starts, targets: by_source.into_iter().map(|(_, to)| to).collect() }
    }

    fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    fn successors(&self, vertex: usize) -> &[usize] {
        match (self.starts.get(vertex), self.starts.get(vertex + 1)) {
            (Some(start), Some(end)) => self.targets.get(*start..*end).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The strongly connected part of each vertex, named by one of its vertices.
    ///
    /// Tarjan's algorithm with its own stack: a chain of 60,000 requirements must not need 60,000 calls.
    pub fn parts(&self) -> Vec<usize> {
        const NONE: usize = usize::MAX;
        let mut order = vec![NONE; self.len()];
        let mut lowest = vec![NONE; self.len()];
        let mut part = vec![NONE; self.len()];
        let mut open: Vec<usize> = Vec::new();
        let mut calls: Vec<(usize, usize)> = Vec::new();
        let mut met = 0;
        let get = |list: &[usize], at: usize| list.get(at).copied().unwrap_or(NONE);
        let set = |list: &mut [usize], at: usize, value: usize| {
            if let Some(slot) = list.get_mut(at) {
                *slot = value;
            }
        };
        for root in 0..self.len() {
            if get(&order, root) != NONE {
                continue;
            }
            calls.push((root, 0));
            while let Some((vertex, next)) = calls.pop() {
                if next == 0 {
                    set(&mut order, vertex, met);
                    set(&mut lowest, vertex, met);
                    met += 1;
                    open.push(vertex);
                }
                if let Some(&to) = self.successors(vertex).get(next) {
                    calls.push((vertex, next + 1));
                    if get(&order, to) == NONE {
                        calls.push((to, 0));
                    } else if get(&part, to) == NONE {
                        let low = get(&lowest, vertex).min(get(&order, to));
                        set(&mut lowest, vertex, low);
                    }
                    continue;
                }
                let low = get(&lowest, vertex);
                if low == get(&order, vertex) {
                    while let Some(member) = open.pop() {
                        set(&mut part, member, vertex);
                        if member == vertex {
                            break;
                        }
                    }
                }
                if let Some((caller, _)) = calls.last() {
                    let low = low.min(get(&lowest, *caller));
                    set(&mut lowest, *caller, low);
                }
            }
        }
        part
    }

    /// The vertices of a shortest way through those that are `within`, both ends included. Each edge
    /// that it looks at is counted in `followed`.
    pub(crate) fn shortest(
        &self,
        from: usize,
        to: usize,
        within: impl Fn(usize) -> bool,
        followed: &mut usize,
    ) -> Option<Vec<usize>> {
        let mut before: HashMap<usize, usize> = HashMap::from([(from, from)]);
        let mut waiting = VecDeque::from([from]);
        while let Some(vertex) = waiting.pop_front() {
            if vertex == to {
                let mut way = vec![to];
                let mut at = to;
                while at != from {
                    at = *before.get(&at)?;
                    way.push(at);
                }
                way.reverse();
                return Some(way);
            }
            for &next in self.successors(vertex) {
                *followed += 1;
                if within(next) && !before.contains_key(&next) {
                    before.insert(next, vertex);
                    waiting.push_back(next);
                }
            }
        }
        None
    }
}
