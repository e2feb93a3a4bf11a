//! The paths that a path requires, in the three meanings that there are.
//!
//! A requirement can name alternatives, of which any one suffices. [`required`] picks one of them:
//! that is what following a path begins, and what a path costs. [`walked`] is what of it is followed:
//! that is what a forecast counts. [`in_order`] picks none: of several paths each comes after all that
//! it names.

use std::collections::HashSet;

use milepost_path::{Requirement, Roadmap, Shelf};

use super::amounts;
use super::learner::Learner;
use super::standing::Standing;

/// The paths that some require, directly or through others, each once with the path that asked for
/// it: of each requirement the first alternative that is followed, else the first that is installed.
pub(crate) fn required<'a>(
    shelf: &'a dyn Shelf,
    standing: &Standing,
    paths: &[&'a Roadmap],
) -> Vec<(&'a Roadmap, &'a Roadmap)> {
    let mut known: HashSet<&str> = paths.iter().map(|path| path.id.as_str()).collect();
    let mut waiting: Vec<&'a Roadmap> = paths.to_vec();
    let mut found: Vec<(&'a Roadmap, &'a Roadmap)> = Vec::new();
    let mut at = 0;
    while let Some(path) = waiting.get(at).copied() {
        for requirement in &path.requires {
            if let Some(one) = chosen(shelf, standing, requirement)
                && known.insert(&one.id)
            {
                found.push((one, path));
                waiting.push(one);
            }
        }
        at += 1;
    }
    found
}

fn chosen<'a>(
    shelf: &'a dyn Shelf,
    standing: &Standing,
    requirement: &Requirement,
) -> Option<&'a Roadmap> {
    let ids = requirement.any_of.iter().map(|one| one.path());
    let followed = ids.clone().filter(|id| standing.following().contains_key(*id));
    followed.chain(ids).find_map(|id| shelf.roadmap(id))
}

/// A path, then those that it requires and that are followed.
pub(crate) fn walked<'a>(view: &Learner<'a>, path: &'a Roadmap) -> Vec<&'a Roadmap> {
    let required =
        required(view.shelf, view.standing.all(), &[path]).into_iter().map(|(one, _)| one);
    let followed = required.filter(|one| view.standing.all().following().contains_key(&one.id));
    std::iter::once(path).chain(followed).collect()
}

/// Some paths, then those that they require and that are followed.
pub(crate) fn all_walked<'a>(view: &Learner<'a>, paths: &[&'a Roadmap]) -> Vec<&'a Roadmap> {
    let mut all = paths.to_vec();
    for path in paths {
        for one in walked(view, path) {
            if !all.iter().any(|known| known.id == one.id) {
                all.push(one);
            }
        }
    }
    all
}

/// The routes of those of some paths that are no means to another of them. Of paths that require each
/// other the first counts.
pub(crate) fn ends<'a>(view: &Learner<'a>, paths: &[&'a Roadmap]) -> Vec<Vec<&'a Roadmap>> {
    let routes: Vec<Vec<&Roadmap>> = paths.iter().map(|path| walked(view, path)).collect();
    let id = |at: usize| routes.get(at)?.first().map(|path| path.id.as_str());
    let leads = |from: usize, to: usize| {
        let route = routes.get(from).map_or(&[][..], |route| route);
        route.iter().skip(1).any(|path| Some(path.id.as_str()) == id(to))
    };
    let is_means = |at: usize| {
        (0..routes.len()).any(|other| leads(other, at) && (!leads(at, other) || other < at))
    };
    let ends: Vec<bool> = (0..routes.len()).map(|at| !is_means(at)).collect();
    routes.into_iter().zip(ends).filter_map(|(route, is_end)| is_end.then_some(route)).collect()
}

/// The hours a week that are planned for some paths together; `None` if there are none. A path that
/// is a means to another of them adds none, and one that has none of its own has those of a path that it
/// requires.
///
/// Hours are those of a path: who gives 6 to one and 7 to another studies 13 a week. So a week has 13,
/// and a plan of both; each path arrives by its own.
pub(crate) fn planned_hours<'a>(view: &Learner<'a>, paths: &[&'a Roadmap]) -> Option<f64> {
    let hours = amounts::sum(planned_by_end(view, paths));
    (hours > 0.0).then_some(hours)
}

/// Whether the hours a week of some paths are those of several of them.
pub(crate) fn is_shared<'a>(view: &Learner<'a>, paths: &[&'a Roadmap]) -> bool {
    planned_by_end(view, paths).len() > 1
}

fn planned_by_end<'a>(view: &Learner<'a>, paths: &[&'a Roadmap]) -> Vec<f64> {
    let planned = |path: &&Roadmap| {
        let hours = view.standing.all().following().get(&path.id)?.goals.hours_per_week;
        hours.filter(|hours| hours.is_finite() && *hours > 0.0)
    };
    ends(view, paths).iter().filter_map(|route| route.iter().find_map(planned)).collect()
}

/// Some paths as they stand, but each after those of them that it names in any alternative. Where
/// they name each other, the first stays first.
pub(crate) fn in_order(mut paths: Vec<&Roadmap>) -> Vec<&Roadmap> {
    let mut order = Vec::with_capacity(paths.len());
    while !paths.is_empty() {
        let waits = |path: &&Roadmap| {
            names(path).any(|id| id != path.id && paths.iter().any(|other| other.id == id))
        };
        let first = paths.iter().position(|path| !waits(path)).unwrap_or(0);
        order.push(paths.remove(first));
    }
    order
}

fn names(path: &Roadmap) -> impl Iterator<Item = &str> {
    path.requires.iter().flat_map(|one| &one.any_of).map(|one| one.path())
}

#[cfg(test)]
mod tests;
