//! What lies ahead, week by week: what to study, prove and build, and when to expect each milestone.

use chrono::NaiveDate;
use milepost_path::{Ref, ResourceKind, Roadmap};
use serde::Serialize;

use super::{Answer, App, NoPath, Result, aim, news};
use crate::model::amounts;
use crate::model::away::{self, Away};
use crate::model::forecast::Rate;
use crate::model::guidance::NextFilter;
use crate::model::learner::Learner;
use crate::model::route;
use crate::model::schedule::{self, Frame, Paid, Portion, Schedule, schedule_at, schedule_by_pace};
use crate::model::standing::Standing;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The paths; the followed ones without any.
    pub paths: Vec<String>,
    /// How many weeks to report; 0 for all.
    pub weeks: u16,
    /// The hours that the learner studies a week.
    pub hours_per_week: Option<f64>,
    /// Those to reckon with where none are asked for, and the paths were started with none.
    pub usual_hours_per_week: Option<f64>,
    /// The day on which the plan begins; today without one.
    pub from: Option<NaiveDate>,
    /// Nothing that must be paid for.
    pub free: bool,
    /// Only resources of these kinds, if any.
    pub kinds: Vec<ResourceKind>,
    /// What is for this role, or for every role; what closes its largest gap first.
    pub role: Option<String>,
    /// Also what nothing needs: the rest of required paths.
    pub all: bool,
    /// Whether to tell, once, what is new in the paths.
    pub news: bool,
}

/// The plan.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Report {
    /// The day on which it begins.
    pub from: NaiveDate,
    /// The hours a week that it reckons with, and where they are from.
    pub rate: Option<Rate>,
    /// As many weeks as were asked for.
    pub weeks: Vec<WeekPart>,
    /// The milestones of the whole plan.
    pub milestones: Vec<Milestone>,
    /// The hours of the whole plan.
    pub hours: f64,
    /// What of it must be paid for.
    pub paid: Vec<Paid>,
    /// Why there are no weeks, or what has no day.
    #[serde(skip)]
    pub note: Option<Note>,
    /// The days from the first one on which the learner is away.
    #[serde(skip)]
    pub away: Vec<Away>,
    /// Whether the hours a week are those of several paths.
    #[serde(skip)]
    pub is_shared: bool,
    /// Whether something comes after the weeks.
    #[serde(skip)]
    pub more: bool,
    /// Whether these are all weeks that there can be.
    #[serde(skip)]
    pub all_weeks: bool,
}

/// A week of the plan.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct WeekPart {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// The hours of all of it.
    pub hours: f64,
    /// What to do, in order.
    pub work: Vec<Portion>,
}

/// A milestone of the plan.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Milestone {
    /// Its reference.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its title.
    pub title: String,
    /// The day on which it can be expected.
    pub on: NaiveDate,
}

/// Why there are no weeks, or what has no day.
#[derive(Debug)]
pub enum Note {
    /// There is no path.
    NoPath(NoPath),
    /// Something has no day.
    NoDay(schedule::Note),
}

/// The plan of the paths that were named, or of those that are followed.
///
/// # Errors
/// A path or role is unknown, or the record cannot be read.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let standing = app.standing_with_efforts()?;
    let view = Learner { shelf: app.catalog(), standing: &standing };
    let paths = chosen(query, app, &standing)?;
    let from = query.from.unwrap_or(app.today());
    let filter = NextFilter {
        free: query.free,
        kinds: query.kinds.clone(),
        today: from,
        ..aim::filter(query.role.as_deref(), &paths, &standing, app)?
    };
    let frame = Frame {
        from,
        weeks: u64::from(if query.weeks == 0 { amounts::MOST_WEEKS } else { query.weeks.into() }),
        hours_per_week: None,
        all: query.all,
    };
    let plan = match hours_per_week(query, &view, &paths) {
        Some(hours) => schedule_at(&view, &paths, hours, &filter, frame),
        None => schedule_by_pace(&view, &paths, app.today(), &filter, frame),
    };
    let news = if query.news { news::take(&paths, &view, app) } else { Vec::new() };
    let is_shared = query.hours_per_week.is_none() && route::is_shared(&view, &paths);
    let no_path = paths.is_empty().then(|| app.no_path(&standing));
    let mut away = away::joined(standing.away());
    away.retain(|stretch| stretch.to >= from);
    let report = Report { is_shared, away, ..Report::new(plan, &frame, no_path) };
    Ok(app.answer(report).hints(news))
}

/// The hours a week that are asked for or planned.
fn hours_per_week<'a>(query: &Query, view: &Learner<'a>, paths: &[&'a Roadmap]) -> Option<f64> {
    let following = view.standing.all().following();
    let own = |path: &&Roadmap| following.get(&path.id)?.goals.hours_per_week;
    let usual = query.usual_hours_per_week.filter(|_| paths.iter().find_map(own).is_none());
    query.hours_per_week.or(usual).or_else(|| route::planned_hours(view, paths))
}

fn chosen<'a>(query: &Query, app: &'a App, standing: &Standing) -> Result<Vec<&'a Roadmap>> {
    if query.paths.is_empty() {
        return Ok(app.followed(standing));
    }
    let mut paths: Vec<&Roadmap> = Vec::with_capacity(query.paths.len());
    for id in &query.paths {
        let path = app.path(id)?;
        if !paths.iter().any(|known| known.id == path.id) {
            paths.push(path);
        }
    }
    Ok(paths)
}

impl Report {
    fn new(plan: Schedule, frame: &Frame, no_path: Option<NoPath>) -> Self {
        let laid = amounts::sum(plan.weeks.iter().map(|week| week.hours));
        let weeks = plan.weeks.into_iter().map(|week| WeekPart {
            from: week.from,
            to: week.to,
            hours: week.hours,
            work: week.work,
        });
        let milestones = plan.milestones.into_iter().map(|one| Milestone {
            reference: one.reference,
            title: one.title,
            on: one.on,
        });
        let no_day = plan.notes.into_iter().next().map(Note::NoDay);
        Self {
            from: frame.from,
            rate: plan.rate,
            weeks: weeks.collect(),
            milestones: milestones.collect(),
            hours: plan.hours,
            paid: plan.paid,
            note: no_path.map(Note::NoPath).or(no_day),
            away: Vec::new(),
            is_shared: false,
            more: plan.rate.is_some() && plan.hours - laid > 0.01,
            all_weeks: frame.weeks >= u64::from(amounts::MOST_WEEKS),
        }
    }
}
