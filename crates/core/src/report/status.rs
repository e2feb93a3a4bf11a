//! How far the learner is, how fast, and when they arrive; `short` is what of it fits on a line.

mod short;

use chrono::NaiveDate;
use milepost_path::{Node, Roadmap, Stage};
use serde::Serialize;

use super::{Answer, App, Hint, Result, news};
use crate::model::activity::{Activity, activity};
use crate::model::forecast::Forecast;
use crate::model::learner::Learner;
use crate::model::pace::Pace;
use crate::model::path_forecast::{Left, Note, Steady, outlook};
use crate::model::route;
use crate::model::summary::Summary;
pub use short::{Head, Short, short};

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The path; the followed ones without one.
    pub path: Option<String>,
    /// Whether to tell, once, what is new in the paths.
    pub news: bool,
}

/// How far the learner is.
#[derive(Debug)]
pub struct Report {
    /// The day that it is for.
    pub as_of: NaiveDate,
    /// The paths.
    pub paths: Vec<PathReport>,
    /// What was done on which day, on all of them and on the paths that they require.
    pub activity: Activity,
}

/// How far the learner is on a path.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct PathReport {
    /// What is known without a forecast.
    #[serde(flatten)]
    pub head: Head,
    /// The hours a week that it takes to finish by then.
    pub needs_hours_per_week: Option<f64>,
    /// The hours a week that are planned.
    pub hours_per_week: Option<f64>,
    /// The day on which the planned months of the last stage end.
    pub planned_end: Option<NaiveDate>,
    /// Its stages.
    pub stages: Vec<StageReport>,
    /// How fast the learner is.
    pub pace: Option<Pace>,
    /// Over at most four weeks.
    pub recent_pace: Option<Pace>,
    /// When the learner arrives at a steady rate.
    pub steady: Option<Steady>,
    /// When the learner arrives by what happened.
    pub forecast: Option<Forecast>,
    /// What goes with the forecast, or why there is none.
    #[serde(skip)]
    pub note: Note,
    /// Hours left over time.
    pub burndown: Vec<Left>,
}

/// How far the learner is in a stage.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct StageReport {
    /// The stage, with its progress.
    #[serde(flatten)]
    pub summary: Summary,
    /// From which to which month of the path it is planned.
    pub months: Option<[f64; 2]>,
}

/// Reports on the path that was named, or on those that are followed.
///
/// # Errors
/// The path is unknown, or the record cannot be read.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let standing = app.standing_with_efforts()?;
    let view = Learner { shelf: app.catalog(), standing: &standing };
    let paths = app.chosen(query.path.as_deref(), &standing)?;
    let route = route::all_walked(&view, &paths);
    let report = Report {
        as_of: app.today(),
        activity: activity(&view, &route, app.today()),
        paths: paths.iter().map(|path| path_report(path, &view, app.today())).collect(),
    };
    let news = if query.news { news::take(&paths, &view, app) } else { Vec::new() };
    Ok(app
        .answer(report)
        .hint(paths.is_empty().then(|| Hint::NoPath(app.no_path(&standing))))
        .hints(news))
}

fn path_report(roadmap: &Roadmap, view: &Learner<'_>, today: NaiveDate) -> PathReport {
    let outlook = outlook(view, roadmap, today);
    let note = outlook.note();
    let stage = |stage: &Stage| StageReport {
        summary: Summary::of(view, &Node::Stage(roadmap, stage)),
        months: stage.months,
    };
    PathReport {
        head: Head::of(roadmap, view),
        needs_hours_per_week: outlook.needs_hours_per_week,
        hours_per_week: outlook.goals.hours_per_week,
        planned_end: outlook.planned_end,
        stages: roadmap.stages.iter().map(stage).collect(),
        pace: outlook.pace,
        recent_pace: outlook.recent_pace,
        steady: outlook.steady,
        forecast: outlook.forecast.ok(),
        note,
        burndown: outlook.burndown,
    }
}
