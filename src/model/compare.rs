//! Two paths side by side: what they share, and what each still costs.
//!
//! An item is shared where its progress is kept under one reference, whichever path it is looked
//! at from. A path costs its own open goals and those of the paths that it requires; what both
//! require costs once.

use std::collections::HashMap;

use super::roadmap::{Item, Ref, Roadmap};
use super::view::{View, kept};

/// What two paths have in common, and what each costs.
#[derive(Debug, Clone)]
pub struct Comparison<'a> {
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
pub struct Side<'a> {
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
    pub fn whole_way(&self) -> f64 {
        self.hours_left + self.hours_before
    }
}

/// Compares two paths.
pub fn compare<'a>(view: &View<'a>, a: &'a Roadmap, b: &'a Roadmap) -> Comparison<'a> {
    let places = |roadmap: &'a Roadmap| -> HashMap<Ref, Item<'a>> {
        roadmap.items().map(|item| (kept(view.shelf, &item), item)).collect()
    };
    let (of_a, of_b) = (places(a), places(b));
    let shared = a.items().filter(|item| of_b.contains_key(&kept(view.shelf, item))).collect();
    let (before_a, before_b) = (required(view, a), required(view, b));
    let required_by_both = before_a
        .iter()
        .filter(|one| before_b.iter().any(|other| other.id == one.id))
        .copied()
        .collect();
    let side = |roadmap: &'a Roadmap, before: &[&Roadmap], other: &HashMap<Ref, Item<'a>>| Side {
        roadmap,
        hours_left: sum(open_goals(view, roadmap)),
        hours_before: sum(before.iter().flat_map(|roadmap| open_goals(view, roadmap))),
        hours_after_other: sum(
            open_goals(view, roadmap).filter(|item| !other.contains_key(&kept(view.shelf, item)))
        ),
    };
    let sides = [side(a, &before_a, &of_b), side(b, &before_b, &of_a)];
    let first = usize::from(sides[1].whole_way() < sides[0].whole_way());
    Comparison { shared, required_by_both, sides, first }
}

/// The hours of some items. Not `Iterator::sum`: that of nothing is -0.
fn sum<'a>(items: impl Iterator<Item = Item<'a>>) -> f64 {
    items.fold(0.0, |sum, item| sum + item.hours().unwrap_or(0.0))
}

/// What a percentage counts and is open: goals, or resources where there are no goals.
fn open_goals<'a>(view: &View<'_>, roadmap: &'a Roadmap) -> impl Iterator<Item = Item<'a>> {
    let has_goals = roadmap.items().any(|item| item.is_goal());
    let counts =
        move |item: &Item<'_>| if has_goals { item.is_goal() } else { !item.tracked().optional };
    let view = *view;
    roadmap.items().filter(move |item| counts(item) && view.is_open(item))
}

/// The paths that one requires, directly or through others, each once.
fn required<'a>(view: &View<'a>, roadmap: &Roadmap) -> Vec<&'a Roadmap> {
    let mut found: Vec<&'a Roadmap> = Vec::new();
    let mut names: Vec<Ref> = names(roadmap);
    while let Some(name) = names.pop() {
        let known = name.path() == roadmap.id || found.iter().any(|one| one.id == name.path());
        if let Some(one) = view.shelf.roadmap(name.path()).filter(|_| !known) {
            names.extend(self::names(one));
            found.push(one);
        }
    }
    found
}

fn names(roadmap: &Roadmap) -> Vec<Ref> {
    roadmap.requires.iter().flat_map(|one| one.any_of.first().cloned()).collect()
}
