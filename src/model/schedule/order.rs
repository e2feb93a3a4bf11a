//! The open goals of a route in the order in which they can be done.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};

use crate::model::counting;
use crate::model::roadmap::{Item, Node, Ref, Roadmap, find};
use crate::model::standing::Status;
use crate::model::view::{View, kept};

/// An open goal, and what it takes.
#[derive(Debug, Clone)]
pub(super) struct Work<'a> {
    pub(super) item: Item<'a>,
    /// Where its progress is kept.
    pub(super) kept: Ref,
    pub(super) hours: f64,
    /// The hours that are not in an earlier week.
    pub(super) left: f64,
}

/// One alternative of requirements: how many open goals still stand in its way, and who waits.
#[derive(Default)]
struct Alternative {
    outstanding: usize,
    /// Something of it is open and on no path of the route.
    is_out_of_reach: bool,
    waits: Vec<usize>,
}

/// A requirement of a goal.
struct Wait {
    goal: usize,
    is_met: bool,
}

/// The open goals of a route in the order in which they can be done; and what holds back the rest,
/// where some can never be done on this route alone.
///
/// What a percentage does not count (an optional item, a resource beside its skills) takes no time
/// here and holds nobody back.
pub(super) fn order<'a>(view: &View<'a>, route: &[&'a Roadmap]) -> (Vec<Work<'a>>, Option<Ref>) {
    let (goals, position) = goals(view, route);
    let mut alternatives: Vec<Alternative> = Vec::new();
    let mut known: HashMap<&Ref, usize> = HashMap::new();
    let mut part_of: Vec<Vec<usize>> = vec![Vec::new(); goals.len()];
    let mut waits: Vec<Wait> = Vec::new();
    let mut unmet = vec![0_usize; goals.len()];
    let mut blocker = None;
    for (at, goal) in goals.iter().enumerate() {
        for requirement in Node::Item(goal.item).requirements() {
            let mut indexes = Vec::new();
            for reference in &requirement.any_of {
                let index = *known.entry(reference).or_insert_with(|| {
                    let (members, is_out_of_reach) = in_the_way(view, route, reference, &position);
                    for member in &members {
                        if let Some(part_of) = part_of.get_mut(*member) {
                            part_of.push(alternatives.len());
                        }
                    }
                    alternatives.push(Alternative {
                        outstanding: members.len(),
                        is_out_of_reach,
                        waits: Vec::new(),
                    });
                    alternatives.len() - 1
                });
                indexes.push(index);
            }
            let is_met = |one: &Alternative| one.outstanding == 0 && !one.is_out_of_reach;
            if indexes.iter().filter_map(|index| alternatives.get(*index)).any(is_met) {
                continue;
            }
            for index in indexes {
                match alternatives.get_mut(index) {
                    Some(one) if one.is_out_of_reach => {
                        blocker = blocker.or_else(|| requirement.any_of.first());
                    }
                    Some(one) => one.waits.push(waits.len()),
                    None => {}
                }
            }
            waits.push(Wait { goal: at, is_met: false });
            if let Some(unmet) = unmet.get_mut(at) {
                *unmet += 1;
            }
        }
    }
    let not_begun =
        |at: usize| goals.get(at).is_none_or(|goal| view.status(&goal.item) != Status::Doing);
    let mut ready: BinaryHeap<Reverse<(bool, usize)>> = BinaryHeap::new();
    let free = unmet.iter().enumerate().filter(|(_, unmet)| **unmet == 0);
    ready.extend(free.map(|(at, _)| Reverse((not_begun(at), at))));
    let mut order = Vec::with_capacity(goals.len());
    while let Some(Reverse((_, at))) = ready.pop() {
        order.extend(goals.get(at).cloned());
        for index in part_of.get(at).into_iter().flatten() {
            let Some(one) = alternatives.get_mut(*index) else { continue };
            one.outstanding -= 1;
            if one.outstanding > 0 || one.is_out_of_reach {
                continue;
            }
            for wait in &one.waits {
                let Some(wait) = waits.get_mut(*wait).filter(|wait| !wait.is_met) else { continue };
                wait.is_met = true;
                let Some(unmet) = unmet.get_mut(wait.goal) else { continue };
                *unmet -= 1;
                if *unmet == 0 {
                    ready.push(Reverse((not_begun(wait.goal), wait.goal)));
                }
            }
        }
    }
    let all = order.len() == goals.len();
    (order, blocker.filter(|_| !all).cloned())
}

/// The open goals of a route, what is required first, each once; and where each is.
fn goals<'a>(view: &View<'a>, route: &[&'a Roadmap]) -> (Vec<Work<'a>>, HashMap<Ref, usize>) {
    let mut goals = Vec::new();
    let mut position = HashMap::new();
    for roadmap in route.iter().rev() {
        for item in counting::goals(view, &Node::Path(roadmap)) {
            let place = kept(view.shelf, &item);
            if view.is_open(&item) && !position.contains_key(&place) {
                position.insert(place.clone(), goals.len());
                let hours = item.hours().unwrap_or(0.0);
                goals.push(Work { item, kept: place, hours, left: hours });
            }
        }
    }
    (goals, position)
}

/// The open goals of a route that a reference asks for, and whether it asks for more than those.
fn in_the_way(
    view: &View<'_>,
    route: &[&Roadmap],
    reference: &Ref,
    position: &HashMap<Ref, usize>,
) -> (Vec<usize>, bool) {
    let Some(node) = find(view.shelf, reference) else { return (Vec::new(), false) };
    let on_route = route.iter().any(|path| path.id == node.roadmap().id);
    let items = match node {
        Node::Item(item) => vec![item],
        node => counting::goals(view, &node),
    };
    let mut members = HashSet::new();
    let mut is_out_of_reach = false;
    for item in items.iter().filter(|item| view.is_open(item)) {
        match position.get(&kept(view.shelf, item)) {
            Some(at) => {
                members.insert(*at);
            }
            None => is_out_of_reach |= !on_route,
        }
    }
    (members.into_iter().collect(), is_out_of_reach)
}
