//! The order of a list in which some come behind others.

use std::collections::HashMap;

use crate::kind::NodeKind;
use crate::node::Node;

/// The list that something stands in: by the id of what has it, and its kind.
pub(super) type List = (String, NodeKind);

/// The list that a node stands in.
pub(super) fn list_of(node: &Node<'_>) -> List {
    let of = match node.kind() {
        NodeKind::Path | NodeKind::Stage => node.roadmap().id.as_str(),
        NodeKind::Topic | NodeKind::Milestone => node.stage().map_or("", |stage| &stage.id),
        NodeKind::Skill | NodeKind::Resource => node.topic().map_or("", |topic| &topic.id),
    };
    (of.to_owned(), node.kind())
}

/// Moves each of some of a list behind another one, one move after the other.
pub(super) fn reorder<T>(
    list: &mut Vec<T>,
    moves: Option<&Vec<(String, String)>>,
    of: fn(&T) -> &str,
) {
    let Some(moves) = moves else { return };
    let mut ring = Ring::new(list.len());
    let numbers: HashMap<&str, usize> =
        list.iter().enumerate().map(|(at, one)| (of(one), at)).collect();
    for (moved, anchor) in moves {
        if let (Some(moved), Some(anchor)) = (numbers.get(&**moved), numbers.get(&**anchor)) {
            ring.put_after(*moved, *anchor);
        }
    }
    let ranks = ring.ranks();
    let mut ranked: Vec<(usize, T)> = ranks.into_iter().zip(std::mem::take(list)).collect();
    crate::sort::by_key(&mut ranked, |(rank, _)| *rank);
    list.extend(ranked.into_iter().map(|(_, one)| one));
}

/// An order of numbers in which a move costs nothing: each knows its neighbours, and one more number
/// closes the ring.
struct Ring {
    next: Vec<usize>,
    last: Vec<usize>,
}

impl Ring {
    fn new(len: usize) -> Self {
        let next = (1..=len).chain([0]).collect();
        Self { next, last: std::iter::once(len).chain(0..len).collect() }
    }

    fn link(&mut self, one: usize, other: usize) {
        if let (Some(next), Some(last)) = (self.next.get_mut(one), self.last.get_mut(other)) {
            (*next, *last) = (other, one);
        }
    }

    fn beside(&self, one: usize) -> (usize, usize) {
        let at = |list: &[usize]| list.get(one).copied().unwrap_or(one);
        (at(&self.last), at(&self.next))
    }

    fn put_after(&mut self, moved: usize, anchor: usize) {
        if moved == anchor {
            return;
        }
        let (last, next) = self.beside(moved);
        self.link(last, next);
        let (_, next) = self.beside(anchor);
        self.link(anchor, moved);
        self.link(moved, next);
    }

    /// The place of each number in the order.
    fn ranks(&self) -> Vec<usize> {
        let end = self.next.len().saturating_sub(1);
        let mut ranks = vec![0; end];
        let (mut at, mut rank) = (self.beside(end).1, 0);
        while let Some(slot) = ranks.get_mut(at) {
            *slot = rank;
            (at, rank) = (self.beside(at).1, rank + 1);
        }
        ranks
    }
}
