//! How near the learner is to the roles; of one role, the gaps and what closes them.

use milepost_path::{Area, Career, Node, NodeKind, Ref, Roadmap, Role, Target, sort};
use serde::Serialize;

use super::row::Row;
use super::{Answer, App, Result, aim};
use crate::model::fit::{Core, Fit, core, fit, history, level};
use crate::model::gap::{Closer, Gap, gaps};
use crate::model::guidance::{Goal, Guide, NextFilter, Reason};
use crate::model::learner::Learner;
use crate::model::standing::Standing;
use crate::model::summary::Summary;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The role; all of them without one.
    pub role: Option<String>,
}

/// How near the learner is.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The roles, the nearest first; only the one that was named, if one was.
    pub roles: Vec<Line>,
    /// The one that was named, in full.
    #[serde(skip)]
    pub role: Option<RoleReport>,
    /// How many skill areas there are.
    pub areas: usize,
    /// How many of them were assessed.
    pub assessed: usize,
}

/// How near the learner is to a role.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Line {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How well the learner fits.
    pub fit: Fit,
    /// How near its core is.
    pub core: Core,
    /// Areas that are below its target.
    pub gaps: usize,
    /// Whether the learner aims at it.
    pub aimed: bool,
}

/// A role in full.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct RoleReport {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is for.
    pub scope: String,
    /// What it hands over.
    pub deliverables: Vec<String>,
    /// What it is measured by.
    pub metrics: Vec<String>,
    /// The installed paths that lead to it.
    pub paths: Vec<PathPart>,
    /// How well the learner fits.
    pub fit: Fit,
    /// How near its core is.
    pub core: Core,
    /// The areas that it needs.
    pub areas: Vec<AreaPart>,
    /// The gaps, the largest first.
    pub gaps: Vec<GapPart>,
    /// Whether the learner follows any path.
    #[serde(skip)]
    pub follows: bool,
    /// What to do first: the first recommendation for the role.
    #[serde(skip)]
    pub first: Option<First>,
}

/// A path that leads to a role.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct PathPart {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether it is followed.
    pub followed: bool,
    /// How far the learner is.
    pub percent: f64,
}

/// A skill area that a role needs.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct AreaPart {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The level of the learner; `None` if it was never assessed.
    pub level: Option<u8>,
    /// The level that the role needs.
    pub target: u8,
}

/// A skill area in which the learner is below the target.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct GapPart {
    /// The id of the area.
    pub area: String,
    /// Its title.
    pub title: String,
    /// The level of the learner.
    pub level: u8,
    /// The level that the role needs.
    pub target: u8,
    /// Of the way, with what comes before it.
    pub hours: f64,
    /// What closes it.
    pub way: Vec<Ref>,
    /// The levels that are missing.
    pub steps: Vec<StepPart>,
}

/// A level that is missing.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct StepPart {
    /// The level.
    pub level: u8,
    /// What somebody on it can say.
    pub statement: String,
    /// Whether something finished speaks for it already.
    pub spoken_for: bool,
    /// What leads to it, the best first.
    pub closers: Vec<CloserPart>,
    /// What is on the way to a higher level and speaks for this one, too.
    pub comes_with: Option<Ref>,
}

/// What leads to a level.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct CloserPart {
    /// Its reference.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its kind.
    pub kind: NodeKind,
    /// Its title.
    pub title: String,
    /// The id of its path.
    pub path: String,
    /// How much it says of the area.
    pub weight: u8,
    /// The level that it is named for; a milestone speaks for those below, too.
    pub level: u8,
    /// Whether it speaks for the level of the step, and does not only touch the area.
    pub proves: bool,
    /// The hours that are left of it.
    pub hours: f64,
    /// The hours of what comes before it.
    pub before: f64,
    /// Whether nothing holds it back.
    pub ready: bool,
    /// Whether its path is followed.
    pub followed: bool,
}

/// What to do first.
#[derive(Debug)]
pub struct First {
    /// The item.
    pub row: Row,
    /// Why.
    pub because: Vec<Reason>,
}

impl CloserPart {
    /// The hours of it, with what comes before it.
    pub fn hours_in_all(&self) -> f64 {
        self.hours + self.before
    }
}

/// Reports on the role that was named, or on all of them.
///
/// # Errors
/// The role is unknown, or the record cannot be read.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let career = aim::career(app)?;
    let standing = app.standing_with_effort_sums()?;
    let view = Learner { shelf: app.catalog(), standing: &standing };
    let aimed = aim::targets(&standing, app)?;
    let named = query.role.as_deref().map(|id| aim::role(id, app)).transpose()?;
    let shown = career.roles.iter().filter(|one| named.is_none_or(|role| role.id == one.id));
    let is_aimed = |role: &Role| aimed.iter().any(|aimed| aimed.id == role.id);
    let mut roles: Vec<Line> =
        shown.map(|role| line(role, is_aimed(role), career, &standing)).collect();
    sort::by(&mut roles, |a, b| b.fit.percent.total_cmp(&a.fit.percent));
    let is_assessed = |area: &&Area| !history(&standing, area).is_empty();
    let report = Report {
        roles,
        role: named.map(|role| full(role, career, &view, app)),
        areas: career.areas.len(),
        assessed: career.areas.iter().filter(is_assessed).count(),
    };
    Ok(app.answer(report))
}

fn line(role: &Role, aimed: bool, career: &Career, standing: &Standing) -> Line {
    let is_below = |target: &&Target| {
        career.area(&target.area).map_or(0, |area| level(standing, area)) < target.level
    };
    Line {
        id: role.id.clone(),
        title: role.title.clone(),
        fit: fit(career, role, standing),
        core: core(career, role, standing),
        gaps: role.targets.iter().filter(is_below).count(),
        aimed,
    }
}

fn full(role: &Role, career: &Career, view: &Learner<'_>, app: &App) -> RoleReport {
    let standing = view.standing.all();
    let paths: Vec<&Roadmap> =
        role.paths.iter().filter_map(|id| app.catalog().roadmap(id)).collect();
    let needed = career.areas.iter().filter(|area| role.target(&area.id) > 0);
    let areas = needed.map(|area| AreaPart {
        id: area.id.clone(),
        title: area.title.clone(),
        level: history(standing, area).last().map(|last| last.level),
        target: role.target(&area.id),
    });
    // What the learner follows already; else the path that would lead there, and not what is ready of
    // all of them, as the points of a checklist are.
    let followed = app.followed(standing);
    let main = paths.get(..1).unwrap_or_default();
    let studied = if followed.is_empty() { main } else { &followed };
    let goal = Some(Goal { career, role });
    let today = app.today();
    let wish = NextFilter { goal, role: Some(role.id.clone()), today, ..NextFilter::default() };
    let first = Guide::new(view, studied, &wish).next(1, false).unwrap_or_default();
    let first = first.into_iter().next();
    RoleReport {
        id: role.id.clone(),
        title: role.title.clone(),
        scope: role.scope.clone(),
        deliverables: role.deliverables.clone(),
        metrics: role.metrics.clone(),
        paths: paths.iter().map(|roadmap| path_part(roadmap, view)).collect(),
        fit: fit(career, role, standing),
        core: core(career, role, standing),
        areas: areas.collect(),
        gaps: gaps(career, role, view).iter().map(gap_part).collect(),
        follows: !followed.is_empty(),
        first: first.map(|one| First { row: Row::new(&one.item, view), because: one.because }),
    }
}

fn path_part(roadmap: &Roadmap, view: &Learner<'_>) -> PathPart {
    let Summary { id, title, progress } = Summary::of(view, &Node::Path(roadmap));
    let followed = view.standing.all().following().contains_key(&id);
    PathPart { id, title, followed, percent: progress.percent }
}

fn gap_part(gap: &Gap<'_>) -> GapPart {
    let steps = gap.steps.iter().map(|step| StepPart {
        level: step.level,
        statement: step.statement.to_owned(),
        spoken_for: step.is_spoken_for,
        closers: step.closers.iter().map(closer_part).collect(),
        comes_with: step.comes_with.map(|node| node.reference()),
    });
    GapPart {
        area: gap.area.id.clone(),
        title: gap.area.title.clone(),
        level: gap.level,
        target: gap.target,
        hours: gap.hours,
        way: gap.way.clone(),
        steps: steps.collect(),
    }
}

fn closer_part(closer: &Closer<'_>) -> CloserPart {
    let node = &closer.node;
    CloserPart {
        reference: node.reference(),
        kind: node.kind(),
        title: node.title().to_owned(),
        path: node.roadmap().id.clone(),
        weight: closer.voice.weight,
        level: closer.voice.level,
        proves: closer.is_proof,
        hours: closer.hours,
        before: closer.before,
        ready: closer.is_ready,
        followed: closer.is_followed,
    }
}
