//! What a role boosts: the gaps of its skill areas in a state, and what closes them.
//!
//! A level that one assessed counts whole; a level for which only the record speaks counts half until
//! it is assessed. The gap of an area is its target less that. It belongs to the state of the plan, so
//! that the plan after a step is the rest of the plan before it.

use milepost_path::{Career, Role, find};
use rustc_hash::{FxHashMap, FxHashSet};

use super::scope::{Group, Scope, Target, Waiter};
use super::state::State;
use crate::model::fit::{Voice, level, spoken_level};
use crate::model::learner::Learner;

/// A role to go for.
#[derive(Debug, Clone, Copy)]
pub struct Goal<'a> {
    /// The career file, with the areas.
    pub career: &'a Career,
    /// The role in it.
    pub role: &'a Role,
}

/// What a node does for a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Boost {
    /// The gap of the area in half levels, times the weight with which the area is raised.
    pub strength: u32,
    /// The title of the area.
    pub area: String,
    /// The learner's level.
    pub level: u8,
    /// The level that the role needs.
    pub target: u8,
}

/// The areas of a role in the terms of a scope.
pub(super) struct RoleBoosts<'a> {
    areas: Vec<AreaToRaise<'a>>,
    /// The areas that a node raises, with the position of the raise.
    by_node: FxHashMap<Waiter, Vec<(usize, usize)>>,
    /// What raises any of them.
    targets: FxHashSet<usize>,
}

struct AreaToRaise<'a> {
    title: &'a str,
    target: u8,
    assessed: u8,
    raises: Vec<AreaRaise>,
}

struct AreaRaise {
    target: usize,
    voice: Voice,
}

impl<'a> RoleBoosts<'a> {
    pub(super) fn new(goal: Goal<'a>, scope: &mut Scope<'_>, view: &Learner<'_>) -> Self {
        let mut aim = Self {
            areas: Vec::new(),
            by_node: FxHashMap::default(),
            targets: FxHashSet::default(),
        };
        for area in &goal.career.areas {
            let target = goal.role.target(&area.id);
            if target == 0 {
                continue;
            }
            let at = aim.areas.len();
            let mut raises = Vec::with_capacity(area.raised_by.len());
            for raise in &area.raised_by {
                let voice = Voice::new(raise, find(view.shelf, &raise.by).as_ref());
                let number = scope.add_target(view, &raise.by);
                aim.targets.insert(number);
                for node in scope.nodes_of(number) {
                    aim.by_node.entry(node).or_default().push((at, raises.len()));
                }
                raises.push(AreaRaise { target: number, voice });
            }
            let assessed = level(view.standing.all(), area);
            aim.areas.push(AreaToRaise { title: &area.title, target, assessed, raises });
        }
        aim
    }

    /// Whether the levels depend on a target.
    pub(super) fn watches(&self, target: usize) -> bool {
        self.targets.contains(&target)
    }

    /// The levels of the areas in a state, in half levels.
    pub(super) fn levels(&self, scope: &Scope<'_>, state: &State) -> Vec<u32> {
        self.areas.iter().map(|area| area.half_levels(scope, state)).collect()
    }

    /// What a node does for the role, at some levels; `None` if it closes no gap.
    pub(super) fn boost(&self, node: Waiter, levels: &[u32]) -> Option<Boost> {
        let raises = self.by_node.get(&node)?;
        let boosts = raises.iter().filter_map(|(at, raise)| {
            let area = self.areas.get(*at)?;
            let raise = area.raises.get(*raise)?;
            let halves = *levels.get(*at)?;
            let gap = (2 * u32::from(area.target)).saturating_sub(halves);
            let raises_it = 2 * u32::from(raise.voice.level) > halves;
            (gap > 0 && raises_it).then(|| {
                let boost = Boost {
                    strength: gap * u32::from(raise.voice.weight),
                    area: area.title.to_owned(),
                    level: (halves / 2) as u8,
                    target: area.target,
                };
                (raise.voice.weight, boost)
            })
        });
        // Of equals what it is most about, then the first of the file.
        let best = boosts.rev().max_by_key(|(weight, boost)| (boost.strength, *weight));
        best.map(|(_, boost)| boost)
    }

    /// The area and the learner's own level in it, if that is at least the level to which a node
    /// raises it.
    pub(super) fn assessed(&self, node: Waiter) -> Option<(&'a str, u8)> {
        let raises = self.by_node.get(&node)?;
        let has = |(at, raise): &(usize, usize)| {
            let area = self.areas.get(*at)?;
            let level = area.raises.get(*raise)?.voice.level;
            (level > 0 && area.assessed >= level).then_some((area.title, area.assessed))
        };
        raises.iter().find_map(has)
    }

    /// What the milestones of a stage are worth to the role: the sum of target times reached level.
    pub(super) fn worth(&self, scope: &Scope<'_>, path: usize, stage: usize) -> u32 {
        let stages = scope.paths.get(path).map(|path| &path.stages);
        let own = stages.and_then(|stages| stages.get(stage));
        let milestones = own.map_or(0..0, |own| own.milestones.clone());
        let raised = milestones.filter_map(|at| self.by_node.get(&Waiter::Milestone(at))).flatten();
        raised
            .filter_map(|(at, raise)| {
                let area = self.areas.get(*at)?;
                let raise = area.raises.get(*raise)?;
                Some(u32::from(area.target) * u32::from(raise.voice.level.min(area.target)))
            })
            .sum()
    }
}

impl AreaToRaise<'_> {
    fn half_levels(&self, scope: &Scope<'_>, state: &State) -> u32 {
        let is_for = |raise: &AreaRaise, level| {
            raise.voice.is_for(level) && is_done(scope, state, raise.target)
        };
        let is_spoken_for = |level| self.raises.iter().any(|raise| is_for(raise, level));
        let spoken = spoken_level(self.assessed, is_spoken_for);
        2 * u32::from(self.assessed) + u32::from(spoken - self.assessed)
    }
}

/// Whether a target is reached, and not only skipped.
fn is_done(scope: &Scope<'_>, state: &State, target: usize) -> bool {
    if state.is_reached(scope, target) != Some(true) {
        return false;
    }
    match scope.targets.get(target) {
        Some(Target::Item(item)) => state.is_done(*item),
        Some(Target::Group(Group::Topic(at))) => scope.topics.get(*at).is_some_and(|topic| {
            let skills = topic.skills.iter().map(|one| one.item);
            skills.chain(topic.resources.iter().map(|one| one.item)).any(|one| state.is_done(one))
        }),
        _ => true,
    }
}

#[cfg(test)]
mod tests;
