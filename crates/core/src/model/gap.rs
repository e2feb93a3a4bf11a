//! What separates somebody from a role: the areas below its targets, and what closes each.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;

use milepost_path::{Area, Career, Node, Ref, Role, find, sort};

use super::amounts;
use super::fit::{Voice, done, level};
use super::guidance::hours_to;
use super::learner::Learner;
use super::progress::progress;

/// An area that is below what a role needs.
#[derive(Debug, Clone)]
pub struct Gap<'a> {
    /// The area.
    pub area: &'a Area,
    /// The learner's level.
    pub level: u8,
    /// The level that the role needs.
    pub target: u8,
    /// For each missing level, lowest first, what leads to it.
    pub steps: Vec<Step<'a>>,
    /// What closes it: from the highest missing level down, what leads there first, but nothing for a
    /// level that what is chosen already speaks for.
    pub way: Vec<Ref>,
    /// The hours of the way with what comes before it, each thing once.
    pub hours: f64,
}

/// A missing level of an area.
#[derive(Debug, Clone)]
pub struct Step<'a> {
    /// The level.
    pub level: u8,
    /// Its statement.
    pub statement: &'a str,
    /// What is named for it and is not finished, the best first; see `rank`. Where nothing of that
    /// speaks for it, milestones that are named for a higher level, too. Empty where no installed path
    /// teaches it.
    pub closers: Vec<Closer<'a>>,
    /// What is on the way to a higher level and speaks for this one, too.
    pub comes_with: Option<Node<'a>>,
    /// Whether something finished speaks for it already, so that it only waits to be assessed.
    pub is_spoken_for: bool,
}

/// A topic, milestone or skill that raises an area.
#[derive(Debug, Clone)]
pub struct Closer<'a> {
    /// The topic, milestone or skill.
    pub node: Node<'a>,
    /// For which levels it speaks.
    pub voice: Voice,
    /// Whether it speaks for the level, and does not only touch the area.
    pub is_proof: bool,
    /// The hours that are left of it.
    pub hours: f64,
    /// The hours of what comes before it: of the plan up to it, without its own.
    pub before: f64,
    /// Whether nothing holds it back.
    pub is_ready: bool,
    /// Whether its path is followed.
    pub is_followed: bool,
    /// Whether its path is one of the role's.
    pub is_of_role: bool,
}

/// The gaps to a role, the largest first; of equal ones the higher target, then the order of the
/// file.
pub fn gaps<'a>(career: &'a Career, role: &Role, view: &Learner<'a>) -> Vec<Gap<'a>> {
    let mut gaps: Vec<Gap<'a>> = Vec::new();
    let search = Search { view, role, hours: hours_before(career, role, view) };
    for area in &career.areas {
        let (level, target) = (level(view.standing.all(), area), role.target(&area.id));
        if level < target {
            gaps.push(gap(area, level, &search));
        }
    }
    sort::by_key(&mut gaps, |gap| (Reverse(gap.target - gap.level), Reverse(gap.target)));
    gaps
}

/// The hours to the end of what raises an area of a role and is held back; asked for all at once.
fn hours_before(career: &Career, role: &Role, view: &Learner<'_>) -> HashMap<Ref, f64> {
    let mut ends: Vec<Ref> = Vec::new();
    for area in &career.areas {
        let level = level(view.standing.all(), area);
        if level >= role.target(&area.id) {
            continue;
        }
        for raise in area.raised_by.iter().filter(|raise| raise.level > level) {
            let Some(node) = find(view.shelf, &raise.by) else { continue };
            if !view.is_finished(&node) && !view.is_ready(&node) {
                ends.push(node.reference());
            }
        }
    }
    ends.sort_unstable();
    ends.dedup();
    let goals: Vec<Vec<Ref>> = ends.iter().map(|end| vec![end.clone()]).collect();
    let hours = hours_to(view, &goals, &role.id);
    ends.into_iter().zip(hours).collect()
}

/// For whom, and where.
struct Search<'s, 'a> {
    view: &'s Learner<'a>,
    role: &'s Role,
    /// The hours to the end of what is held back.
    hours: HashMap<Ref, f64>,
}

fn gap<'a>(area: &'a Area, level: u8, search: &Search<'_, 'a>) -> Gap<'a> {
    let target = search.role.target(&area.id);
    let done: Vec<Voice> = done(area, search.view).into_iter().map(|(voice, _)| voice).collect();
    let open = closers(area, (level, target), search);
    let mut steps: Vec<Step<'a>> =
        (level + 1..=target).map(|at| step(area, at, &open, &done)).collect();
    let mut chosen: Vec<Closer<'a>> = Vec::new();
    for step in steps.iter_mut().rev().filter(|step| !step.is_spoken_for) {
        let covering = chosen.iter().find(|closer| closer.voice.is_for(step.level));
        step.comes_with = covering.map(|closer| closer.node);
        if step.comes_with.is_none() {
            chosen.extend(step.closers.first().filter(|closer| closer.is_proof).cloned());
        }
    }
    let way: Vec<Ref> = chosen.iter().map(|closer| closer.node.reference()).collect();
    let hours = match chosen.as_slice() {
        [] => 0.0,
        [one] => one.hours + one.before,
        several => {
            // What they share counts once.
            let all = hours_to(search.view, std::slice::from_ref(&way), &search.role.id);
            let most = several.iter().map(|one| one.hours + one.before).fold(0.0, f64::max);
            amounts::sum(all).max(most)
        }
    };
    Gap { area, level, target, way, hours, steps }
}

/// What is not finished and leads to one of the missing levels.
fn closers<'a>(area: &Area, (level, target): (u8, u8), search: &Search<'_, 'a>) -> Vec<Closer<'a>> {
    let Search { view, role, .. } = search;
    let mut closers = Vec::new();
    for raise in &area.raised_by {
        let Some(node) = find(view.shelf, &raise.by) else { continue };
        let voice = Voice::new(raise, Some(&node));
        let leads = |level: u8| voice.level == level || voice.is_for(level);
        if !(level + 1..=target).any(leads) || view.is_finished(&node) {
            continue;
        }
        let hours = progress(view, &node).hours.left();
        let all = search.hours.get(&node.reference());
        closers.push(Closer {
            node,
            voice,
            is_proof: false,
            hours,
            before: all.map_or(0.0, |all| (all - hours).max(0.0)),
            is_ready: view.is_ready(&node),
            is_followed: view.standing.all().following().contains_key(raise.by.path()),
            is_of_role: role.paths.iter().any(|path| path == raise.by.path()),
        });
    }
    closers
}

fn step<'a>(area: &'a Area, level: u8, open: &[Closer<'a>], done: &[Voice]) -> Step<'a> {
    let leading = |is_led: fn(&Voice, u8) -> bool| {
        let mut closers: Vec<Closer<'a>> =
            open.iter().filter(|one| is_led(&one.voice, level)).cloned().collect();
        for closer in &mut closers {
            closer.is_proof = closer.voice.is_for(level);
        }
        closers
    };
    let mut closers = leading(|voice, level| voice.level == level);
    if !closers.iter().any(|closer| closer.is_proof) {
        closers.extend(leading(|voice, level| voice.level > level && voice.is_for(level)));
    }
    sort::by(&mut closers, rank);
    let index = usize::from(level).saturating_sub(1);
    let statement = area.levels.get(index).map_or("", String::as_str);
    let is_spoken_for = done.iter().any(|voice| voice.is_for(level));
    Step { level, statement, closers, comes_with: None, is_spoken_for }
}

/// What speaks for the level before what only touches the area; what is in a followed path, then in
/// one of the role's, before others; what is built before what is only learned; of milestones of a
/// higher level the lowest; what does more for the area; what takes fewer hours with what comes before.
fn rank(a: &Closer<'_>, b: &Closer<'_>) -> Ordering {
    let key = |one: &Closer<'_>| {
        let Voice { weight, level, is_milestone } = one.voice;
        let place = (!one.is_proof, !one.is_followed, !one.is_of_role);
        (place, !is_milestone, level, Reverse(weight))
    };
    let hours = |one: &Closer<'_>| one.hours + one.before;
    key(a).cmp(&key(b)).then(hours(a).total_cmp(&hours(b)))
}

#[cfg(test)]
mod tests;
