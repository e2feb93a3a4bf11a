//! The paths that there are: their size, where each comes from, and how far the learner is.

use std::path::PathBuf;

use chrono::NaiveDate;
use milepost_path::{CAREER, Node, Roadmap};
use serde::{Serialize, Serializer};

use super::origins::{self, Installed};
use super::overlay::Bending;
use super::{Answer, App, Result};
use crate::catalog::Source;
use crate::model::learner::Learner;
use crate::model::summary::Summary;

pub use super::origins::Outdated;

/// What is asked: for all of them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Query;

/// The paths.
#[derive(Debug, Serialize)]
pub struct Report {
    /// In the order of study.
    pub paths: Vec<PathReport>,
    /// Where skill areas, roles and the glossary come from.
    pub career_source: Origin,
    /// The newer version that is where the career file came from.
    pub career_outdated: Option<Outdated>,
}

/// A path.
#[derive(Debug, Serialize)]
pub struct PathReport {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it comes from.
    pub source: Origin,
    /// The version that its file names.
    pub version: Option<String>,
    /// The day on which it was changed last, by its file.
    pub updated: Option<NaiveDate>,
    /// The newer version that is where its file came from.
    pub outdated: Option<Outdated>,
    /// What an overlay makes of it; `None` if there is none.
    pub overlay: Option<Bending>,
    /// Whether it takes the place of a path that ships.
    pub replaces_built_in: bool,
    /// Whether it is followed.
    pub followed: bool,
    /// How many stages it has.
    pub stages: usize,
    /// How many topics it has.
    pub topics: usize,
    /// How many skills are counted.
    pub skills: usize,
    /// How many resources are counted.
    pub resources: usize,
    /// How many milestones are counted.
    pub milestones: usize,
    /// The hours of all of it.
    pub hours: f64,
    /// How far the learner is.
    pub percent: f64,
}

/// Where a path or the career file comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// It ships with the program.
    BuiltIn,
    /// A file of the learner's.
    File(PathBuf),
    /// The last good text of a file of the learner's that is broken.
    LastGood(PathBuf),
}

impl Serialize for Origin {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match self {
            Self::BuiltIn => serializer.serialize_str("built-in"),
            Self::LastGood(_) => serializer.serialize_str("last good"),
            Self::File(file) => serializer.collect_str(&file.display()),
        }
    }
}

impl From<Source> for Origin {
    fn from(source: Source) -> Self {
        match source {
            Source::BuiltIn => Self::BuiltIn,
            Source::Own(file, _) => Self::File(file),
            Source::LastGood(file) => Self::LastGood(file),
        }
    }
}

/// Lists the paths.
///
/// # Errors
/// The record cannot be read.
pub fn report(_: &Query, app: &App) -> Result<Answer<Report>> {
    let standing = app.standing()?;
    let catalog = app.catalog();
    let view = Learner { shelf: catalog, standing: &standing };
    let all = catalog.all().into_iter();
    let paths = all.map(|(roadmap, source)| PathReport {
        overlay: Bending::of(catalog, &roadmap.id),
        outdated: newer(app, &source, &roadmap.id, roadmap.version.as_deref(), roadmap.updated),
        ..path_report(roadmap, source, &view)
    });
    let paths = paths.collect();
    let source = catalog.career_source();
    let updated = catalog.career().and_then(|career| career.updated);
    let career_outdated = newer(app, &source, CAREER, None, updated);
    Ok(app.answer(Report { paths, career_source: source.into(), career_outdated }))
}

/// The newer version of a file, where `add` installed it.
fn newer(
    app: &App,
    source: &Source,
    id: &str,
    version: Option<&str>,
    updated: Option<NaiveDate>,
) -> Option<Outdated> {
    let (Source::Own(file, _), Some(folder)) = (source, &app.places.paths_folder) else {
        return None;
    };
    let is_installed = *file == folder.join(format!("{id}.toml"));
    let installed = Installed { id, file, version, updated };
    is_installed.then(|| origins::newer(folder, installed)).flatten()
}

fn path_report(roadmap: &Roadmap, source: Source, view: &Learner<'_>) -> PathReport {
    let Summary { id, title, progress } = Summary::of(view, &Node::Path(roadmap));
    PathReport {
        followed: view.standing.all().following().contains_key(&id),
        id,
        title,
        replaces_built_in: matches!(source, Source::Own(_, true)),
        source: source.into(),
        version: roadmap.version.clone(),
        updated: roadmap.updated,
        outdated: None,
        overlay: None,
        stages: roadmap.stages.len(),
        topics: roadmap.stages.iter().map(|stage| stage.topics.len()).sum(),
        skills: progress.skills.total,
        resources: progress.resources.total,
        milestones: progress.milestones.total,
        hours: progress.hours.total,
        percent: progress.percent,
    }
}
