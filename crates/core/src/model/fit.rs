//! How near the learner is to a role: the level of each area, and the fit.
//!
//! A level is the learner's own assessment, never what the record implies; [`suggestion`] only
//! offers that.
//!
//! The fit weighs each area by the level that the role needs of it, so that the many areas that a role
//! only touches do not drown the few that are the reason for it. A level above the target of its area
//! makes up for nothing elsewhere. [`Core`] says how near the learner is where it matters most.

use milepost_path::{Area, Career, HIGHEST, Node, NodeKind, Raise, Role, Target, find, sort};
use serde::Serialize;

use super::learner::Learner;
use super::standing::{Assessment, Standing, Status};

/// From this weight on, what is finished speaks for a level; what only touches an area does not.
pub(crate) const SPEAKS: u8 = 2;

/// From this target on, the role hands an area over or is responsible for it: the area is core.
const CORE: u8 = 3;

/// The assessments of an area, under its old ids too; oldest first, of one day those under the
/// id that it has now last.
pub(crate) fn history<'a>(standing: &'a Standing, area: &Area) -> Vec<&'a Assessment> {
    let mut history: Vec<_> = area.ids().flat_map(|id| standing.assessments(id)).collect();
    if !area.replaces.is_empty() {
        sort::by_key(&mut history, |one| one.on);
    }
    history
}

/// The level of an area by its newest assessment; 0 where it was never assessed.
pub(crate) fn level(standing: &Standing, area: &Area) -> u8 {
    assessed(standing, Some(area)).unwrap_or(0)
}

/// The level that was said of an area that a role names; `None` if it was never assessed.
fn assessed(standing: &Standing, area: Option<&Area>) -> Option<u8> {
    history(standing, area?).last().map(|last| last.level)
}

/// How near one is to a role.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Fit {
    /// 100 × the sum of (the level or the target, whichever is less) × the target / the sum of the
    /// target × the target, over the areas of the role; rounded down to one decimal.
    pub percent: f64,
    /// The levels that the learner has of those that the role needs: the sum over its areas of the
    /// level or the target, whichever is less.
    pub has: u32,
    /// The levels that the role needs: the sum of its targets.
    pub needs: u32,
    /// Areas that it needs and that were assessed.
    pub assessed: usize,
    /// Areas that it needs.
    pub areas: usize,
}

/// The fit with a role of the career file.
pub fn fit(career: &Career, role: &Role, standing: &Standing) -> Fit {
    let mut fit = Fit { percent: 0.0, has: 0, needs: 0, assessed: 0, areas: role.targets.len() };
    let (mut weighted, mut whole) = (0, 0);
    for Target { area, level: target } in &role.targets {
        let level = assessed(standing, career.area(area));
        let has = u32::from(level.unwrap_or(0).min(*target));
        let target = u32::from(*target);
        fit.has += has;
        fit.needs += target;
        weighted += has * target;
        whole += target * target;
        fit.assessed += usize::from(level.is_some());
    }
    let share = if whole == 0 { 1.0 } else { f64::from(weighted) / f64::from(whole) };
    fit.percent = (share * 1000.0).floor() / 10.0;
    fit
}

/// The areas that are the reason for a role, and how many of them one is near to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Core {
    /// Core areas in which at most one level is missing.
    pub within_one: usize,
    /// Core areas: those of which the role needs level 3 or more; where there is none, those of which
    /// it needs the most.
    pub areas: usize,
}

/// How near one is to the core of a role.
pub fn core(career: &Career, role: &Role, standing: &Standing) -> Core {
    let highest = role.targets.iter().map(|target| target.level).max().unwrap_or(0);
    let areas = role.targets.iter().filter(|target| target.level >= highest.min(CORE));
    let level = |target: &Target| assessed(standing, career.area(&target.area)).unwrap_or(0);
    let is_near = |target: &&Target| level(target) + 1 >= target.level;
    Core { within_one: areas.clone().filter(is_near).count(), areas: areas.count() }
}

/// For which levels of an area something speaks, once it is done.
#[derive(Debug, Clone, Copy)]
pub struct Voice {
    /// How much it does for the area.
    pub weight: u8,
    /// The level that it is named for.
    pub level: u8,
    /// Whether it was built, so that it shows what the levels below ask for, too.
    pub is_milestone: bool,
}

impl Voice {
    /// The voice of what raises an area; `node` is what it names.
    pub fn new(raise: &Raise, node: Option<&Node<'_>>) -> Self {
        let is_milestone = node.is_some_and(|node| node.kind() == NodeKind::Milestone);
        Self { weight: raise.weight, level: raise.level, is_milestone }
    }

    /// Whether it speaks for a level: it does more than touch the area, and is named for that level
    /// or, as a milestone, for a higher one.
    pub fn is_for(self, level: u8) -> bool {
        let is_named = self.level == level || (self.is_milestone && self.level > level);
        is_named && self.weight >= SPEAKS
    }
}

/// The level up to which something speaks without a gap, from the learner's own on.
pub(crate) fn spoken_level(own: u8, is_spoken_for: impl Fn(u8) -> bool) -> u8 {
    (own + 1..=HIGHEST as u8).take_while(|level| is_spoken_for(*level)).last().unwrap_or(own)
}

/// What raises an area and is done, not only skipped.
pub(crate) fn done<'a>(area: &Area, view: &Learner<'a>) -> Vec<(Voice, Node<'a>)> {
    let is_done = |node: &Node<'_>| {
        let mut items = node.items().into_iter();
        view.is_finished(node) && items.any(|item| view.status(&item) == Status::Done)
    };
    let found = area.raised_by.iter().filter_map(|raise| {
        let node = find(view.shelf, &raise.by)?;
        Some((Voice::new(raise, Some(&node)), node))
    });
    found.filter(|(_, node)| is_done(node)).collect()
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
/// with those below it, so each level above the learner's needs something that speaks for it. None
/// where nothing speaks for the next level.
pub fn suggestion<'a>(area: &Area, view: &Learner<'a>) -> Option<Suggestion<'a>> {
    let done = done(area, view);
    let own = level(view.standing.all(), area);
    let level = spoken_level(own, |level| done.iter().any(|(voice, _)| voice.is_for(level)));
    let because = done.into_iter().filter(|(voice, _)| voice.is_for(level)).map(|(_, node)| node);
    (level > own).then(|| Suggestion { level, because: because.collect() })
}

#[cfg(test)]
mod tests;
