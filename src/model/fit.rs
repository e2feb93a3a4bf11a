//! How near one is to a role: the level of each area, the fit, the gaps and what closes them, and
//! which way they pull a recommendation.
//!
//! A level is what one said of oneself, never what the record implies; [`suggestion`] only offers
//! that. The fit counts levels: of all that a role needs, the share that one has, where a level
//! above the target of its area makes up for nothing elsewhere.

use std::cmp::Reverse;

use serde::Serialize;

use super::amounts;
use super::career::{Area, Career, HIGHEST, Raise, Role};
use super::progress::progress;
use super::roadmap::{Node, Ref, find};
use super::standing::{Standing, Status};
use super::view::View;

/// From this weight on, what is finished speaks for a level; what only touches an area does not.
pub const SPEAKS: u8 = 2;

/// The level of an area by its newest assessment; 0 where it was never assessed.
pub fn level(standing: &Standing, area: &str) -> u8 {
    standing.assessments(area).last().map_or(0, |last| last.level)
}

/// How near one is to a role.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Fit {
    /// 100 × `has` / `needs`, rounded down to one decimal.
    pub percent: f64,
    /// Of the levels that the role needs, those that one has: the sum over its areas of the level
    /// or the target, whichever is less.
    pub has: u32,
    /// The levels that the role needs: the sum of its targets.
    pub needs: u32,
    /// Areas that it needs and that were assessed.
    pub assessed: usize,
    /// Areas that it needs.
    pub areas: usize,
}

/// The fit with a role.
pub fn fit(role: &Role, standing: &Standing) -> Fit {
    let has =
        |target: &super::career::Target| u32::from(level(standing, &target.area).min(target.level));
    let has: u32 = role.targets.iter().map(has).sum();
    let needs: u32 = role.targets.iter().map(|target| u32::from(target.level)).sum();
    let share = if needs == 0 { 1.0 } else { f64::from(has) / f64::from(needs) };
    let assessed = |target: &&super::career::Target| !standing.assessments(&target.area).is_empty();
    Fit {
        percent: (share * 1000.0).floor() / 10.0,
        has,
        needs,
        assessed: role.targets.iter().filter(assessed).count(),
        areas: role.targets.len(),
    }
}

/// An area that is below what a role needs.
#[derive(Debug, Clone)]
pub struct Gap<'a> {
    /// The area.
    pub area: &'a Area,
    /// The level that one has.
    pub level: u8,
    /// The level that the role needs.
    pub target: u8,
    /// For each missing level, lowest first, what leads to it.
    pub steps: Vec<Step<'a>>,
}

/// A missing level of an area.
#[derive(Debug, Clone)]
pub struct Step<'a> {
    /// The level.
    pub level: u8,
    /// Its statement.
    pub statement: &'a str,
    /// What raises the area to it and is not finished, the best first: what is in a followed path
    /// before others, what does more for the area, what is ready, what takes fewer hours. Empty
    /// where no installed path teaches it.
    pub closers: Vec<Closer<'a>>,
    /// Whether something finished speaks for it already, so that it only waits to be assessed.
    pub is_spoken_for: bool,
}

/// A topic, milestone or skill that raises an area.
#[derive(Debug, Clone)]
pub struct Closer<'a> {
    /// The topic, milestone or skill.
    pub node: Node<'a>,
    /// How much it does for the area, 1 to 3.
    pub weight: u8,
    /// The hours that are left of it.
    pub hours: f64,
    /// Whether nothing holds it back.
    pub is_ready: bool,
    /// Whether its path is followed.
    pub is_followed: bool,
}

/// The gaps to a role, the largest first; of equal ones the higher target, then the order of the
/// file.
pub fn gaps<'a>(career: &'a Career, role: &Role, view: &View<'a>) -> Vec<Gap<'a>> {
    let mut gaps: Vec<Gap<'a>> = Vec::new();
    for area in &career.areas {
        let (level, target) = (level(view.standing, &area.id), role.target(&area.id));
        if level < target {
            let steps = (level + 1..=target).map(|level| step(area, level, view)).collect();
            gaps.push(Gap { area, level, target, steps });
        }
    }
    gaps.sort_by_key(|gap| (Reverse(gap.target - gap.level), Reverse(gap.target)));
    gaps
}

fn step<'a>(area: &'a Area, level: u8, view: &View<'a>) -> Step<'a> {
    let mut closers: Vec<Closer<'a>> = Vec::new();
    let mut is_spoken_for = false;
    for raise in area.raised_by.iter().filter(|raise| raise.level == level) {
        let Some(node) = find(view.shelf, &raise.by) else { continue };
        if view.is_finished(&node) {
            is_spoken_for |= speaks(raise, &node, view);
            continue;
        }
        closers.push(Closer {
            node,
            weight: raise.weight,
            hours: progress(view, &node).hours.left(),
            is_ready: view.is_ready(&node),
            is_followed: view.standing.following().contains_key(raise.by.path()),
        });
    }
    closers.sort_by(|a, b| {
        let key = |one: &Closer<'_>| (!one.is_followed, Reverse(one.weight), !one.is_ready);
        key(a).cmp(&key(b)).then(a.hours.total_cmp(&b.hours))
    });
    let index = usize::from(level).saturating_sub(1);
    let statement = area.levels.get(index).map_or("", String::as_str);
    Step { level, statement, closers, is_spoken_for }
}

/// Whether what is finished speaks for a level: it does more than touch the area, and was not only
/// skipped.
fn speaks(raise: &Raise, node: &Node<'_>, view: &View<'_>) -> bool {
    let is_done = |item| view.status(&item) == Status::Done;
    raise.weight >= SPEAKS && view.is_finished(node) && node.items().into_iter().any(is_done)
}

impl Gap<'_> {
    /// The hours of the best way through it: for each missing level what leads to it first, each
    /// once.
    pub fn hours(&self) -> f64 {
        let mut seen: Vec<Ref> = Vec::new();
        let best = self.steps.iter().filter_map(|step| step.closers.first());
        let new = best.filter(|closer| {
            let reference = closer.node.reference();
            let new = !seen.contains(&reference);
            seen.push(reference);
            new
        });
        amounts::sum(new.map(|closer| closer.hours))
    }
}

/// A level that the record speaks for.
#[derive(Debug, Clone)]
pub struct Suggestion<'a> {
    /// The level.
    pub level: u8,
    /// What is finished and speaks for it.
    pub because: Vec<Node<'a>>,
}

/// The highest level that finished topics, milestones and skills speak for: a level counts only
/// with those below it, so each level above one's own needs something that speaks for it. None
/// where the next level has nothing. What was only skipped speaks for nothing.
pub fn suggestion<'a>(area: &Area, view: &View<'a>) -> Option<Suggestion<'a>> {
    let finished: Vec<(u8, Node<'a>)> = area
        .raised_by
        .iter()
        .filter_map(|raise| Some((raise, find(view.shelf, &raise.by)?)))
        .filter(|(raise, node)| speaks(raise, node, view))
        .map(|(raise, node)| (raise.level, node))
        .collect();
    let own = level(view.standing, &area.id);
    let is_spoken_for = |level: &u8| finished.iter().any(|(of, _)| of == level);
    let level = (own + 1..=HIGHEST as u8).take_while(is_spoken_for).last()?;
    let because = finished.into_iter().filter(|(of, _)| *of == level).map(|(_, node)| node);
    Some(Suggestion { level, because: because.collect() })
}

#[cfg(test)]
mod tests;
