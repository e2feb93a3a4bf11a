//! The skill matrix in the portfolio: the levels that somebody gave themselves, against the role
//! that they aim at.

use std::collections::HashSet;

use chrono::NaiveDate;
use milepost_path::{Area, Career, NodeKind, Role};
use serde::Serialize;

use crate::model::fit::{Core, Fit, SPEAKS, core, done, fit, history};
use crate::model::learner::Learner;
use crate::model::standing::{Assessment, Dated, Standing};

/// The skill areas that were assessed or that the role needs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Matrix {
    /// The role that is aimed at.
    pub role: Option<Aim>,
    /// The areas, in the order of the career file; then those that it no longer has.
    pub areas: Vec<MatrixArea>,
}

/// A role, and how near one is to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Aim {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How near one is.
    pub fit: Fit,
    /// How near where it matters most.
    pub core: Core,
}

/// A skill area.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MatrixArea {
    /// Its id.
    pub id: String,
    /// Its title; its id, if the career file no longer has it.
    pub title: String,
    /// The newest level; `None` if it was never assessed.
    pub level: Option<u8>,
    /// The day of that assessment.
    pub on: Option<NaiveDate>,
    /// The level that the role needs.
    pub target: Option<u8>,
    /// The statement of the level that was reached.
    pub statement: Option<String>,
    /// All levels that the learner recorded, oldest first.
    pub history: Vec<LevelOn>,
    /// What was noted with them, oldest first.
    pub notes: Vec<Dated>,
    /// What shows them, oldest first, each once.
    pub evidence: Vec<Dated>,
    /// For a résumé, the titles of the topics that are done and speak for it.
    #[serde(skip)]
    pub topics: Vec<String>,
}

/// A level on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LevelOn {
    /// The day.
    pub on: NaiveDate,
    /// The level.
    pub level: u8,
}

/// The matrix; `None` if nothing was assessed.
pub(crate) fn matrix(career: &Career, role: Option<&Role>, standing: &Standing) -> Option<Matrix> {
    let assessed = standing.assessed();
    if assessed.is_empty() {
        return None;
    }
    let target = |id: &str| role.map(|role| role.target(id));
    let shown = career.areas.iter().filter(|area| {
        !history(standing, area).is_empty() || target(&area.id).is_some_and(|target| target > 0)
    });
    let mut areas: Vec<MatrixArea> = shown
        .map(|area| {
            let history = history(standing, area);
            let mut part = part(&area.id, &area.title, &history);
            part.target = target(&area.id);
            let reached = part.level.and_then(|level| usize::from(level).checked_sub(1));
            part.statement = reached.and_then(|at| area.levels.get(at)).cloned();
            part
        })
        .collect();
    let known: HashSet<&String> = career.areas.iter().flat_map(Area::ids).collect();
    let gone = assessed.iter().filter(|(id, _)| !known.contains(id));
    areas.extend(gone.map(|(id, history)| part(id, id, &history.iter().collect::<Vec<_>>())));
    let role = role.map(|role| Aim {
        id: role.id.clone(),
        title: role.title.clone(),
        fit: fit(career, role, standing),
        core: core(career, role, standing),
    });
    Some(Matrix { role, areas })
}

fn part(id: &str, title: &str, history: &[&Assessment]) -> MatrixArea {
    let last = history.last();
    let said = |on, text: &String| Dated { on, text: text.clone() };
    let mut seen = HashSet::new();
    let evidence =
        history.iter().flat_map(|one| one.evidence.iter().map(|text| said(one.on, text)));
    MatrixArea {
        id: id.to_owned(),
        title: title.to_owned(),
        level: last.map(|last| last.level),
        on: last.map(|last| last.on),
        target: None,
        statement: None,
        history: history.iter().map(|one| LevelOn { on: one.on, level: one.level }).collect(),
        notes: history.iter().filter_map(|one| Some(said(one.on, one.note.as_ref()?))).collect(),
        evidence: evidence.filter(|said| seen.insert(said.text.clone())).collect(),
        topics: Vec::new(),
    }
}

impl Matrix {
    /// With the topics that are done and speak for an area; what only touches it does not.
    pub(super) fn with_topics(mut self, career: &Career, view: &Learner<'_>) -> Self {
        for part in &mut self.areas {
            let done = career.area(&part.id).map(|area| done(area, view)).unwrap_or_default();
            for (voice, node) in done {
                let title = node.title();
                let is_topic = node.kind() == NodeKind::Topic && voice.weight >= SPEAKS;
                if is_topic && !part.topics.iter().any(|known| known == title) {
                    part.topics.push(title.to_owned());
                }
            }
        }
        self
    }
}
