//! Two paths side by side: what they share, and what each still costs.
//!
//! An item is shared where its progress is kept under one reference, whichever path it is looked
//! at from. A path costs its own open goals and those of the paths that it requires; what both
//! require costs once.

use std::collections::{HashMap, HashSet};

use milepost_path::{Item, Node, Ref, Roadmap};

use super::amounts;
use super::counting::{self, Counts};
use super::learner::{Learner, progress_ref};
use super::route;

/// What two paths have in common, and what each costs.
#[derive(Debug, Clone)]
pub(crate) struct Comparison<'a> {
    /// Items that stand in both, as the first path has them.
    pub shared: Vec<Item<'a>>,
    /// The paths that both require.
    pub required_by_both: Vec<&'a Roadmap>,
    /// The first and the second path.
    pub sides: [Side<'a>; 2],
    /// Which to finish first where both are wanted: the one with less left, the first of equals.
    pub first: usize,
}

/// What one of them costs.
#[derive(Debug, Clone)]
pub(crate) struct Side<'a> {
    /// The path.
    pub roadmap: &'a Roadmap,
    /// Hours of its own open goals.
    pub hours_left: f64,
    /// Hours of the open goals of the paths that it requires.
    pub hours_before: f64,
    /// Hours of its own open goals that finishing the other path leaves.
    pub hours_after_other: f64,
}

impl Side<'_> {
    /// What it costs from here, the paths that it requires included.
    pub(crate) fn whole_way(&self) -> f64 {
        self.hours_left + self.hours_before
    }
}

/// Compares two paths.
pub(crate) fn compare<'a>(view: &Learner<'a>, a: &'a Roadmap, b: &'a Roadmap) -> Comparison<'a> {
    let places = |roadmap: &'a Roadmap| -> HashMap<Ref, Item<'a>> {
        roadmap.items().map(|item| (progress_ref(view.shelf, &item), item)).collect()
    };
    let (of_a, of_b) = (places(a), places(b));
    let shared =
        a.items().filter(|item| of_b.contains_key(&progress_ref(view.shelf, item))).collect();
    let required = |roadmap| -> Vec<&'a Roadmap> {
        route::required(view.shelf, view.standing.all(), &[roadmap])
            .into_iter()
            .map(|one| one.0)
            .collect()
    };
    let (before_a, before_b) = (required(a), required(b));
    let required_by_both = before_a
        .iter()
        .filter(|one| before_b.iter().any(|other| other.id == one.id))
        .copied()
        .collect();
    let side = |roadmap: &'a Roadmap, before: &[&'a Roadmap], other: &HashMap<Ref, Item<'a>>| {
        let own = open_goals(view, roadmap);
        let of_other = |item: &&Item<'_>| other.contains_key(&progress_ref(view.shelf, item));
        let before = before.iter().flat_map(|roadmap| open_goals(view, roadmap));
        Side {
            roadmap,
            hours_left: amounts::sum(own.iter().filter_map(Item::hours)),
            hours_before: amounts::sum(before.filter_map(|item| item.hours())),
            hours_after_other: amounts::sum(
                own.iter().filter(|item| !of_other(item)).filter_map(Item::hours),
            ),
        }
    };
    let sides = [side(a, &before_a, &of_b), side(b, &before_b, &of_a)];
    let first = usize::from(sides[1].whole_way() < sides[0].whole_way());
    Comparison { shared, required_by_both, sides, first }
}

/// What a percentage counts of a path and is open.
fn open_goals<'a>(view: &Learner<'_>, roadmap: &'a Roadmap) -> Vec<Item<'a>> {
    let mut goals = counting::goals(view, &Node::Path(roadmap));
    goals.retain(|item| view.is_open(item));
    goals
}

/// What the items that two paths share are for a percentage: a goal where either path counts it.
/// Where neither counts any of them, each speaks for itself.
pub(crate) fn shared_counts<'a>(
    view: &Learner<'_>,
    comparison: &Comparison<'a>,
) -> Vec<(Item<'a>, Counts)> {
    let paths = comparison.sides.iter().map(|side| Node::Path(side.roadmap));
    let goals = paths.flat_map(|path| counting::goals(view, &path));
    let goals: HashSet<Ref> = goals.map(|item| progress_ref(view.shelf, &item)).collect();
    let shared = comparison.shared.iter().copied();
    let counts = shared.map(|item| {
        let counts = match item.can_count() {
            _ if goals.contains(&progress_ref(view.shelf, &item)) => Counts::Goal,
            true => Counts::Means,
            false => Counts::Aside,
        };
        (item, counts)
    });
    let mut counts: Vec<(Item<'a>, Counts)> = counts.collect();
    if counts.iter().all(|(_, counts)| *counts != Counts::Goal) {
        let means = counts.iter_mut().filter(|(_, counts)| *counts == Counts::Means);
        means.for_each(|(_, counts)| *counts = Counts::Goal);
    }
    counts
}
