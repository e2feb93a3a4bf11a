//! Two paths side by side: what they share, what each still costs, and which to finish first.

use milepost_path::Node;
use serde::Serialize;

use super::row::Row;
use super::{Answer, App, Result, aim};
use crate::model::compare::{Comparison, Side, compare, shared_counts};
use crate::model::guidance::Guide;
use crate::model::learner::Learner;
use crate::model::progress::{Progress, progress_of};
use crate::model::standing::Standing;
use crate::model::summary::Summary;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// One path.
    pub one: String,
    /// The other path.
    pub other: String,
}

/// The two paths.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Both, as they were named.
    pub paths: Vec<PathReport>,
    /// What stands in both.
    pub shared: Shared,
    /// Ids of the paths that both require.
    pub required_by_both: Vec<String>,
    /// The id of the path to finish first.
    pub first: String,
    /// Why that one.
    #[serde(skip)]
    pub because: Because,
}

/// What a path costs.
#[derive(Debug, Serialize)]
pub struct PathReport {
    /// The path, with its progress.
    #[serde(flatten)]
    pub summary: Summary,
    /// Hours of its own open goals.
    pub hours_left: f64,
    /// Hours of the paths that it requires.
    pub hours_before: f64,
    /// Hours of its own open goals once the other path is finished.
    pub hours_after_other: f64,
    /// Hours of its plan: what is left to study, prove and build for it.
    pub hours_in_plan: f64,
    /// Its stages.
    pub stages: Vec<StageReport>,
}

/// What a stage costs.
#[derive(Debug, Serialize)]
pub struct StageReport {
    /// The stage, with its progress.
    #[serde(flatten)]
    pub summary: Summary,
    /// Hours of its open goals.
    pub hours_left: f64,
}

/// What stands in both paths.
#[derive(Debug, Serialize)]
pub struct Shared {
    /// How much of it is done.
    pub progress: Progress,
    /// The items, as the first path has them.
    pub items: Vec<Row>,
}

/// Why a path is to be finished first: hours of open goals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Because {
    /// Of this path and of those that it requires.
    pub left: f64,
    /// Of the other path and of those that it requires.
    pub other_left: f64,
    /// Of the other path that finishing this one does as well.
    pub done_of_other: f64,
}

/// Why two paths cannot be compared.
#[derive(Debug)]
pub enum Refusal {
    /// Both names mean the path with this id.
    SamePath(String),
}

/// Compares two paths.
///
/// # Errors
/// A path is unknown or named twice, or the record cannot be read.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let (one, other) = (app.path(&query.one)?, app.path(&query.other)?);
    if one.id == other.id {
        return Err(super::Refusal::Compare(Refusal::SamePath(one.id.clone())).into());
    }
    let standing = app.standing_with_efforts()?;
    let view = Learner { shelf: app.catalog(), standing: &standing };
    let found = compare(&view, one, other);
    let [a, b] = &found.sides;
    let (first, second) = if found.first == 0 { (a, b) } else { (b, a) };
    let paths: Result<Vec<PathReport>> =
        found.sides.iter().map(|side| path_report(side, &view, &standing, app)).collect();
    let report = Report {
        paths: paths?,
        shared: shared(&found, &view),
        required_by_both: found.required_by_both.iter().map(|path| path.id.clone()).collect(),
        first: first.roadmap.id.clone(),
        because: Because {
            left: first.whole_way(),
            other_left: second.whole_way(),
            done_of_other: second.hours_left - second.hours_after_other,
        },
    };
    Ok(app.answer(report))
}

fn path_report<'a>(
    side: &Side<'a>,
    view: &Learner<'a>,
    standing: &Standing,
    app: &'a App,
) -> Result<PathReport> {
    let stages = Summary::of_stages(view, side.roadmap).into_iter();
    let filter = aim::filter(None, &[side.roadmap], standing, app)?;
    Ok(PathReport {
        hours_in_plan: Guide::new(view, &[side.roadmap], &filter).hours_left(),
        summary: Summary::of(view, &Node::Path(side.roadmap)),
        hours_left: side.hours_left,
        hours_before: side.hours_before,
        hours_after_other: side.hours_after_other,
        stages: stages
            .map(|summary| StageReport { hours_left: summary.progress.hours.left(), summary })
            .collect(),
    })
}

fn shared(found: &Comparison<'_>, view: &Learner<'_>) -> Shared {
    Shared {
        progress: progress_of(view, shared_counts(view, found)),
        items: found.shared.iter().map(|item| Row::new(item, view)).collect(),
    }
}
