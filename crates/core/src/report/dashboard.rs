//! How far the learner is, and what to do this evening; before the first path is followed, which paths
//! there are. `suggestion` picks a command that would help and was never used.

mod suggestion;

use chrono::NaiveDate;
use milepost_path::{Node, Ref, Roadmap, sort};
use serde::Serialize;

use super::row::Row;
use super::{Answer, App, Result, aim, news};
use crate::model::activity::activity;
use crate::model::away::Away;
use crate::model::counting;
use crate::model::forecast::Forecast;
use crate::model::guidance::{Guide, Reason};
use crate::model::interview;
use crate::model::learner::{Learner, progress_ref};
use crate::model::left::Spending;
use crate::model::pace::Measure;
use crate::model::path_forecast::{PathForecast, Steady, outlook};
use crate::model::route;
use crate::model::standing::Status;
use crate::model::study_days::StudyDays;
use crate::model::summary::Summary;
pub use suggestion::Suggestion;

/// How many next steps are shown, with what is in progress.
pub const STEPS: usize = 3;
/// So many days without anything recorded are a pause.
const PAUSE: i64 = 14;

/// What is asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Query {
    /// Whether to tell, once, what is new in the paths.
    pub news: bool,
}

/// How far the learner is, and what is next.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The day that it is for.
    pub as_of: NaiveDate,
    /// The followed paths; on the first run those that there are.
    pub paths: Vec<PathLine>,
    /// All that is in progress, what moved last first.
    pub in_progress: Vec<Begun>,
    /// The next steps.
    #[serde(skip)]
    pub next: Vec<Step>,
    /// Skills that were studied and are open.
    pub prove: Vec<ToProve>,
    /// How many active weeks there were in a row.
    pub streak_weeks: u32,
    /// The hours of this week.
    pub hours_this_week: f64,
    /// Which hours those are.
    pub basis_this_week: Option<Measure>,
    /// The hours that the followed paths mean to have a week.
    pub planned_hours_per_week: Option<f64>,
    /// Whether those are of several paths.
    #[serde(skip)]
    pub is_shared: bool,
    /// Those of them that this week has: days away have none.
    #[serde(skip)]
    pub planned_this_week: Option<f64>,
    /// Interview questions of the followed paths that are due.
    pub reviews_due: usize,
    /// How long their answers take.
    pub reviews_minutes: usize,
    /// The days without anything recorded, where they are many.
    pub pause: Option<Pause>,
    /// How many changes are not synced; null where the record is shared nowhere.
    pub unsynced: Option<u64>,
    /// A command that would help and was never used.
    #[serde(skip)]
    pub suggestion: Option<Suggestion>,
    /// Whether no path is followed yet.
    #[serde(skip)]
    pub first_run: bool,
}

/// A path.
#[derive(Debug, Serialize)]
pub struct PathLine {
    /// The path, with its progress.
    #[serde(flatten)]
    pub summary: Summary,
    /// Whether it is followed.
    pub followed: bool,
    /// Its stages.
    pub stages: Vec<Summary>,
    /// The day on which its last goal was done, where nothing is left.
    pub finished_on: Option<NaiveDate>,
    /// The day that the learner aims at.
    pub target_on: Option<NaiveDate>,
    /// The hours a week that it takes to finish by then.
    pub needs_hours_per_week: Option<f64>,
    /// When the learner arrives at a steady rate.
    pub steady: Option<Steady>,
    /// When the learner arrives by what happened.
    pub forecast: Option<Forecast>,
    /// Whether it is no means to another of the paths.
    #[serde(skip)]
    pub is_end: bool,
}

/// Something in progress.
#[derive(Debug, Serialize)]
pub struct Begun {
    /// The item.
    #[serde(flatten)]
    pub row: Row,
    /// Since when.
    pub since: Option<NaiveDate>,
    /// How long it was studied.
    pub minutes: u32,
    /// What is left of its hours.
    pub hours_left: Option<f64>,
    /// When something happened to it last.
    #[serde(skip)]
    moved: Option<NaiveDate>,
}

/// A next step.
#[derive(Debug, Serialize)]
pub struct Step {
    /// The resource or milestone.
    #[serde(flatten)]
    pub row: Row,
    /// Why, the weightiest reason first.
    #[serde(skip)]
    pub because: Vec<Reason>,
}

/// A skill to prove.
#[derive(Debug, Serialize)]
pub struct ToProve {
    /// Its reference.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its title.
    pub title: String,
}

/// Days without anything recorded.
#[derive(Debug, Serialize)]
pub struct Pause {
    /// When something was recorded last.
    pub since: NaiveDate,
    /// How many days of study have passed.
    pub days: i64,
}

/// Reports on the paths that are followed.
///
/// # Errors
/// The record cannot be read.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let (standing, latest) = app.standing_and_latest()?;
    let view = Learner { shelf: app.catalog(), standing: &standing };
    let followed = app.followed(&standing);
    let first_run = followed.is_empty();
    let today = app.today();
    let shown: Vec<&Roadmap> = if first_run {
        app.catalog().all().into_iter().map(|(roadmap, _)| roadmap).collect()
    } else {
        followed.clone()
    };
    // A path that is a means to another arrives with it: only that one's plan is walked.
    let ends = route::ends(&view, &followed);
    let ends = ends.iter().filter_map(|route| route.first());
    let outlooks: Vec<(&str, PathForecast<'_>)> =
        ends.map(|path| (path.id.as_str(), outlook(&view, path, today))).collect();
    let paths = shown
        .iter()
        .map(|path| {
            let outlook = outlooks.iter().find(|(id, _)| *id == path.id).map(|(_, one)| one);
            path_line(path, &view, outlook, !first_run)
        })
        .collect();
    let in_progress = in_progress(&view, &followed, today);
    let filter = aim::filter(None, &followed, &standing, app)?;
    let guide = Guide::new(&view, &followed, &filter);
    // Beside all that is in progress, something is next.
    let found = guide.next(STEPS.max(in_progress.len() + 1), false);
    let next = found.unwrap_or_default().into_iter();
    let to_prove = guide.to_prove().into_iter();
    let route = route::all_walked(&view, &followed);
    let activity = activity(&view, &route, today);
    let reviews_due = interview::due(&view, &followed, today);
    let planned = route::planned_hours(&view, &followed);
    let mut report = Report {
        as_of: today,
        paths,
        in_progress,
        next: next
            .map(|one| Step { row: Row::new(&one.item, &view), because: one.because })
            .collect(),
        prove: to_prove
            .map(|one| ToProve {
                reference: one.item.reference(),
                title: one.item.title().to_owned(),
            })
            .collect(),
        streak_weeks: activity.streak_weeks,
        hours_this_week: activity.hours_this_week,
        basis_this_week: activity.basis_this_week,
        planned_hours_per_week: planned,
        is_shared: route::is_shared(&view, &followed),
        planned_this_week: planned
            .and_then(|hours| StudyDays::without(standing.away()).hours_of_week(hours, today)),
        reviews_due,
        reviews_minutes: reviews_due * interview::MINUTES,
        pause: latest
            .on
            .filter(|_| !first_run)
            .and_then(|last| Pause::of(last, standing.away(), today)),
        unsynced: latest.unsynced,
        suggestion: None,
        first_run,
    };
    if !first_run {
        report.suggestion = suggestion::of(&view, &followed, today);
    }
    let news = if query.news { news::take(&followed, &view, app) } else { Vec::new() };
    Ok(app.answer(report).hints(news))
}

impl Pause {
    /// The pause since the day on which something was recorded last, if it is one.
    fn of(last: NaiveDate, away: &[Away], today: NaiveDate) -> Option<Self> {
        let since = last.succ_opt()?;
        let days = StudyDays::without(away).count(since, today);
        (since <= today && days >= PAUSE).then_some(Self { since: last, days })
    }
}

fn path_line(
    path: &Roadmap,
    view: &Learner<'_>,
    outlook: Option<&PathForecast<'_>>,
    followed: bool,
) -> PathLine {
    let summary = Summary::of(view, &Node::Path(path));
    let is_finished = followed && summary.progress.counted().left() == 0;
    PathLine {
        summary,
        followed,
        stages: Summary::of_stages(view, path),
        finished_on: if is_finished { finished_on(view, &Node::Path(path)) } else { None },
        target_on: outlook.and_then(|one| one.goals.target_on),
        needs_hours_per_week: outlook.and_then(|one| one.needs_hours_per_week),
        steady: outlook.and_then(|one| one.steady),
        forecast: outlook.and_then(|one| one.forecast.ok()),
        is_end: outlook.is_some(),
    }
}

/// The day on which the last goal of a node was done, if any is.
fn finished_on(view: &Learner<'_>, node: &Node<'_>) -> Option<NaiveDate> {
    let goals = counting::goals(view, node);
    let states = goals.iter().filter_map(|item| view.state(item));
    states.filter(|state| state.status == Status::Done).filter_map(|state| state.since).max()
}

/// All of some paths that is in progress, what moved last first; an item that stands in several of them
/// once.
fn in_progress(view: &Learner<'_>, paths: &[&Roadmap], today: NaiveDate) -> Vec<Begun> {
    let spending = Spending::of(view, today);
    let mut seen: Vec<Ref> = Vec::new();
    let mut found: Vec<Begun> = Vec::new();
    for item in paths.iter().flat_map(|path| path.items()) {
        let Some(state) = view.state(&item).filter(|state| state.status == Status::Doing) else {
            continue;
        };
        let kept = progress_ref(view.shelf, &item);
        if seen.contains(&kept) {
            continue;
        }
        let node = Node::Item(item);
        let studied = view.efforts(&node).iter().map(|one| one.on).max();
        found.push(Begun {
            row: Row::new(&item, view),
            since: state.since,
            minutes: view.minutes(&node),
            hours_left: spending.left_of(view.shelf, &item),
            moved: studied.max(state.since),
        });
        seen.push(kept);
    }
    // Stable: of equals, the order of the paths.
    sort::by_key(&mut found, |one| std::cmp::Reverse(one.moved));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::day;

    #[test]
    fn a_pause_is_two_weeks_that_were_not_away() {
        let last = day(11, 20);
        for (away, today, days) in [
            (None, day(11, 20), None),
            (None, day(12, 3), None),
            (None, day(12, 4), Some(14)),
            (None, day(12, 31), Some(41)),
            (Some((day(11, 21), day(12, 31))), day(12, 31), None),
            (Some((day(11, 25), day(11, 30))), day(12, 9), None),
            (Some((day(11, 25), day(11, 30))), day(12, 10), Some(14)),
            // The clock was set back.
            (None, day(1, 1), None),
        ] {
            let away: Vec<Away> =
                away.map(|(from, to)| Away { from, to, why: None }).into_iter().collect();
            let pause = Pause::of(last, &away, today);
            assert_eq!(pause.map(|one| one.days), days, "{away:?} {today}");
        }
    }
}
