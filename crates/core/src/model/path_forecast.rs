//! Where the learner stands on the way through a path: pace, forecast and the hours left over time,
//! for the path together with the followed paths that it requires, because all of them have to be
//! walked.

use chrono::{Datelike, Days, Months, NaiveDate};
use milepost_path::{Item, Node, Roadmap, sort};
use rustc_hash::FxHashSet;
use serde::Serialize;

use super::amounts;
use super::counting;
use super::event::Goals;
use super::forecast::{Basis, Forecast, NoForecast, Rate, forecast, needed};
use super::guidance::{Guide, NextFilter, Step};
use super::learner::{Learner, progress_ref};
use super::pace::{Calibration, Estimate, Measure, Pace};
use super::progress::progress;
use super::route;
use super::standing::Status;
use super::study_days::{LAST_YEAR, StudyDays};
use super::units;

/// The weeks of the pace that says what happened lately.
pub const RECENT_WEEKS: u32 = 4;

/// The outlook of a path.
#[derive(Debug, Clone)]
pub struct PathForecast<'a> {
    /// The day that it is for.
    pub as_of: NaiveDate,
    /// The path, then the followed ones that it requires.
    pub route: Vec<&'a Roadmap>,
    /// Since when the path is followed.
    pub started_on: Option<NaiveDate>,
    /// What the learner aims at with it.
    pub goals: Goals,
    /// What is left to study, to practise and to build, with what it needs of the paths that it requires.
    pub plan: Planned<'a>,
    /// How fast the learner is.
    pub pace: Option<Pace>,
    /// Over at most four weeks.
    pub recent_pace: Option<Pace>,
    /// When the learner arrives at a steady rate.
    pub steady: Option<Steady>,
    /// When the learner arrives by what happened, or why that cannot be said.
    pub forecast: Result<Forecast, NoForecast>,
    /// The pace of the last eight weeks where it is much lower, and the day of arrival at it.
    pub lately: Option<(f64, Option<NaiveDate>)>,
    /// The hours a week that it takes to finish by the day that the learner aims at.
    pub needs_hours_per_week: Option<f64>,
    /// The day on which the planned months of the last stage end, counted from the start.
    pub planned_end: Option<NaiveDate>,
    /// Hours left over time.
    pub burndown: Vec<Left>,
    /// The paths on the way that have something left, with the hours, where this one has nothing.
    rest: Vec<(&'a str, f64)>,
}

/// When the learner arrives at a steady rate.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Steady {
    /// The day.
    pub on: NaiveDate,
    /// The rate: that which was planned, else the pace.
    #[serde(flatten)]
    pub rate: Rate,
}

/// The steps of a plan, and the paths that it is for in the order in which they were begun.
#[derive(Debug, Clone)]
pub struct Planned<'a> {
    /// The paths.
    pub paths: Vec<&'a Roadmap>,
    /// The steps.
    pub steps: Vec<Step<'a>>,
}

impl<'a> Planned<'a> {
    fn new(view: &Learner<'a>, route: &[&'a Roadmap], today: NaiveDate) -> Self {
        let begun = view.standing.all().followed_ids();
        let place = |path: &&Roadmap| begun.iter().position(|id| *id == path.id);
        let mut paths = route.to_vec();
        sort::by_key(&mut paths, |path| place(path).unwrap_or(begun.len()));
        let paths = route::in_order(paths);
        let filter = NextFilter { today, ..NextFilter::default() };
        let steps = Guide::new(view, &paths, &filter).plan(false);
        Self { paths, steps }
    }
}

/// The day that so many months are over; a part of a month counts as that part of its days.
fn after_months(since: NaiveDate, months: f64) -> Option<NaiveDate> {
    let whole = months.trunc();
    // A file can say any number; what is out of range is no day.
    let at = |months: f64| since.checked_add_months(Months::new(months as u32));
    let day = at(whole)?;
    let part = months - whole;
    if part <= 0.0 {
        return Some(day);
    }
    let days = at(whole + 1.0)?.signed_duration_since(day).num_days() as f64;
    day.checked_add_days(Days::new((part * days).round() as u64))
}

/// Hours that were left at the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Left {
    /// The day.
    pub on: NaiveDate,
    /// Hours of the open goals of the route.
    pub hours: f64,
}

/// The outlook of a path on a day.
pub fn outlook<'a>(view: &Learner<'a>, roadmap: &'a Roadmap, today: NaiveDate) -> PathForecast<'a> {
    let following = view.standing.all().following();
    let own = following.get(&roadmap.id);
    let route = route::walked(view, roadmap);
    let begun = route.iter().filter_map(|path| following.get(&path.id)).map(|one| one.since).min();
    let planned = route::planned_hours(view, &[roadmap]);
    let target_on = own.and_then(|own| own.goals.target_on);
    let goals = goals(view, &route);
    let open: Vec<&Item<'_>> = goals.iter().filter(|item| view.is_open(item)).collect();
    let goals_left = amounts::sum(open.iter().filter_map(|item| item.hours()));
    let plan = Planned::new(view, &route, today);
    let hours_left = amounts::sum(plan.steps.iter().map(|step| step.hours));
    let is_finished = counting::is_finished(view, &Node::Path(roadmap));
    let days = StudyDays::without(view.standing.all().away());
    let history = units::history(view, &route, &plan.steps, (begun, planned), today);
    let estimate = history.estimate();
    let (found, rest) = if is_finished {
        (Err(NoForecast::Finished), rest(view, &route))
    } else if hours_left <= 0.0 {
        (Err(NoForecast::NoHours), Vec::new())
    } else {
        let range = estimate.and_then(|estimate| forecast(&estimate, &days, today));
        (range.ok_or_else(|| NoForecast::of(&history)), Vec::new())
    };
    let ahead = estimate.filter(|_| found.is_ok());
    let lately = |estimate: Estimate| {
        let hours = estimate.lately?;
        Some((hours, days.last_of(estimate.left, hours, today)))
    };
    // What it takes is known where a pace is not.
    let to_do = match found {
        Ok(_) => estimate.map(|one| one.left),
        Err(NoForecast::NoPace | NoForecast::TooEarly | NoForecast::TooFar) => Some(hours_left),
        Err(NoForecast::Finished | NoForecast::NoHours) => None,
    };
    let basis = estimate.map_or(Measure::Planned, |estimate| estimate.basis);
    let months = roadmap.stages.iter().filter_map(|stage| stage.months).map(|window| window[1]);
    let last_month =
        months.fold(None, |last: Option<f64>, one| Some(last.map_or(one, |last| last.max(one))));
    PathForecast {
        as_of: today,
        started_on: own.map(|following| following.since),
        goals: own.map(|following| following.goals.clone()).unwrap_or_default(),
        plan,
        pace: estimate.and_then(|one| one.pace),
        recent_pace: history.recent(RECENT_WEEKS, basis),
        steady: ahead.zip(found.ok()).and_then(|(estimate, range)| {
            let at = |hours_per_week| {
                let rate = Rate { hours_per_week, basis: Basis::Plan };
                Some(Steady { on: days.last_of(estimate.left, hours_per_week, today)?, rate })
            };
            let rate = Rate { hours_per_week: estimate.rate, basis: Basis::Pace };
            planned.map_or(Some(Steady { on: range.expected, rate }), at)
        }),
        forecast: found,
        lately: ahead.and_then(lately),
        needs_hours_per_week: to_do.and_then(|hours| needed(hours, &days, today, target_on?)),
        planned_end: own
            .zip(last_month)
            .and_then(|(own, months)| after_months(own.since, months))
            .filter(|end| end.year() <= LAST_YEAR),
        burndown: burndown(view, &goals, begun.unwrap_or(today), goals_left, today),
        rest,
        route,
    }
}

/// What is left of the paths on the way to one that has nothing left.
fn rest<'a>(view: &Learner<'_>, route: &[&'a Roadmap]) -> Vec<(&'a str, f64)> {
    let left = |path: &&'a Roadmap| {
        let left = progress(view, &Node::Path(path)).hours.left();
        (left > 0.0).then_some((path.id.as_str(), left))
    };
    route.iter().skip(1).filter_map(left).collect()
}

/// What is counted on a route; an item that stands in several of its paths once.
fn goals<'a>(view: &Learner<'_>, route: &[&'a Roadmap]) -> Vec<Item<'a>> {
    let mut seen = FxHashSet::default();
    let mut found = Vec::new();
    for roadmap in route {
        let goals = counting::goals(view, &Node::Path(roadmap));
        found.extend(goals.into_iter().filter(|item| seen.insert(progress_ref(view.shelf, item))));
    }
    found
}

/// Hours left at the end of each day on which something was done, from the start to today. What
/// was credited as known lowers it too: it is done.
fn burndown(
    view: &Learner<'_>,
    goals: &[Item<'_>],
    since: NaiveDate,
    hours_left: f64,
    today: NaiveDate,
) -> Vec<Left> {
    let done = |item: &Item<'_>| {
        let state = view.state(item).filter(|state| state.status == Status::Done)?;
        Some((state.since?, item.hours().unwrap_or(0.0)))
    };
    let mut done: Vec<(NaiveDate, f64)> = goals.iter().filter_map(done).collect();
    done.sort_by_key(|(on, _)| *on);
    let all = amounts::sum(done.iter().map(|(_, hours)| *hours).chain([hours_left]));
    let first = done.first().map_or(since, |(on, _)| since.min(*on));
    // The day before, so that the first day's work is seen as a step.
    let mut points = vec![Left { on: first.pred_opt().unwrap_or(first), hours: all }];
    let mut left = all;
    for (on, hours) in done {
        left = (left - hours).max(0.0);
        match points.last_mut() {
            Some(last) if last.on == on => last.hours = left,
            _ => points.push(Left { on, hours: left }),
        }
    }
    if points.last().is_some_and(|last| last.on < today) {
        points.push(Left { on: today, hours: left });
    }
    for point in &mut points {
        point.hours = amounts::without_dust(point.hours);
    }
    points
}

impl PathForecast<'_> {
    /// What goes with the forecast, or why there is none.
    pub(crate) fn note(&self) -> Note {
        match self.forecast {
            Err(why) => Note::Without(self.no_forecast(why)),
            Ok(_) => Note::With {
                calibration: self.pace.and_then(|pace| pace.calibration),
                lately: self.lately,
                counting: self.route.iter().skip(1).map(|path| path.id.clone()).collect(),
            },
        }
    }

    /// Why there is no forecast, with what is left on the way where the path itself has nothing left.
    pub(super) fn no_forecast(&self, why: NoForecast) -> Without {
        let rest = match why {
            NoForecast::Finished => &self.rest[..],
            _ => &[],
        };
        let rest = rest.iter().map(|(id, hours)| ((*id).to_owned(), *hours)).collect();
        Without { why, rest }
    }
}

/// What goes with a forecast, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub enum Note {
    /// Why there is none.
    Without(Without),
    /// What goes with it.
    With {
        /// How long things take, as a part of the plan.
        calibration: Option<Calibration>,
        /// The pace of the last eight weeks where it is much lower, and the day of arrival at it.
        lately: Option<(f64, Option<NaiveDate>)>,
        /// The ids of the other paths whose work it counts.
        counting: Vec<String>,
    },
}

/// Why there is no forecast.
#[derive(Debug, Clone, PartialEq)]
pub struct Without {
    /// Why.
    pub why: NoForecast,
    /// Where the path is finished: the ids of the required ones that are not, with their hours left.
    pub rest: Vec<(String, f64)>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::standing::{Following, ItemState, Standing, SubjectState};
    use milepost_path::{ItemInfo, Ref, Skill, Stage, Topic};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// A path with four skills of 10 h, planned for six months.
    fn path() -> Roadmap {
        let skill = |id: &str| Skill {
            tracked: ItemInfo { id: id.to_owned(), title: id.to_owned(), ..ItemInfo::default() },
            ..Skill::default()
        };
        Roadmap {
            id: "p".to_owned(),
            title: "P".to_owned(),
            stages: vec![Stage {
                id: "s".to_owned(),
                title: "S".to_owned(),
                months: Some([0.0, 6.0]),
                topics: vec![Topic {
                    id: "t".to_owned(),
                    title: "T".to_owned(),
                    hours: Some(40.0),
                    skills: ["a", "b", "c", "d"].map(skill).to_vec(),
                    ..Topic::default()
                }],
                ..Stage::default()
            }],
            ..Roadmap::default()
        }
        .indexed()
    }

    fn standing(done: &[(&str, &str, bool)]) -> Standing {
        let mut standing = Standing::default();
        let following = Following { since: day("2026-10-01"), goals: Goals::default() };
        standing.put(&Ref::path_only("p"), Some(SubjectState::Path(following)));
        for (id, on, known) in done {
            let state = ItemState {
                status: Status::Done,
                since: Some(day(on)),
                known: *known,
                ..ItemState::default()
            };
            standing.put(&Ref::node("p", id), Some(SubjectState::Item(state)));
        }
        standing
    }

    #[test]
    fn a_part_of_a_month_counts() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (since, months, expected) in [
            ("2026-11-20", 0.0, Some("2026-11-20")),
            ("2026-11-20", 0.5, Some("2026-12-05")),
            ("2026-11-02", 1.5, Some("2026-12-18")),
            ("2026-01-31", 1.25, Some("2026-03-08")),
            ("2026-11-20", 6.0, Some("2027-05-20")),
            ("2026-11-20", 0.001, Some("2026-11-20")),
            ("2026-11-20", 1e300, None),
            ("9999-12-01", 4_000_000.0, None),
        ] {
            assert_eq!(after_months(day(since), months), expected.map(day), "{since} {months}");
        }
    }

    #[test]
    fn hours_burn_down_from_the_start_to_today() {
        let shelf = vec![path()];
        let standing = standing(&[
            ("a", "2026-10-10", false),
            ("b", "2026-10-10", false),
            ("c", "2026-11-01", true),
        ]);
        let view = Learner { shelf: &shelf, standing: &standing };
        let outlook = outlook(&view, &shelf[0], day("2026-11-20"));
        let points: Vec<(String, f64)> =
            outlook.burndown.iter().map(|left| (left.on.to_string(), left.hours)).collect();
        assert_eq!(
            points,
            [
                ("2026-09-30", 40.0),
                ("2026-10-10", 20.0),
                ("2026-11-01", 10.0),
                ("2026-11-20", 10.0)
            ]
            .map(|(on, hours)| (on.to_owned(), hours))
        );
        assert_eq!(outlook.planned_end, Some(day("2027-04-01")));
        // 20 h in two weeks, and then in the silence that the 10 h that are next do not explain: what
        // was known is no pace.
        let weeks = 2.0 + 41.0 / 7.0 - 1.5;
        assert!((outlook.pace.unwrap().hours_per_week - 20.0 / weeks).abs() < 1e-6);
    }

    #[test]
    fn what_stands_in_two_paths_of_a_route_is_left_once() {
        let mut second = path();
        second.id = "q".to_owned();
        let mut parts = second.clone();
        for skill in &mut parts.stages[0].topics[0].skills {
            skill.tracked.same_as = Some(Ref::node("p", &skill.tracked.id));
        }
        parts.requires = vec![milepost_path::Requirement { any_of: vec![Ref::path_only("p")] }];
        let shelf = vec![path(), parts];
        let mut standing = standing(&[("a", "2026-10-10", false)]);
        let following = Following { since: day("2026-10-01"), goals: Goals::default() };
        standing.put(&Ref::path_only("q"), Some(SubjectState::Path(following)));
        let view = Learner { shelf: &shelf, standing: &standing };
        let outlook = outlook(&view, &shelf[1], day("2026-11-20"));
        assert_eq!(outlook.route.len(), 2);
        assert_eq!(outlook.burndown.last().unwrap().hours, 30.0);
    }

    #[test]
    fn the_first_point_is_all_there_is_even_when_nothing_was_done() {
        let shelf = vec![path()];
        let standing = standing(&[]);
        let view = Learner { shelf: &shelf, standing: &standing };
        let outlook = outlook(&view, &shelf[0], day("2026-11-20"));
        assert_eq!(outlook.burndown.first().unwrap().hours, 40.0);
        assert_eq!(outlook.burndown.last().unwrap().on, day("2026-11-20"));
        assert_eq!(outlook.forecast, Err(NoForecast::NoPace));
        assert_eq!(outlook.needs_hours_per_week, None);
    }

    #[test]
    fn nothing_is_foretold_beyond_the_year_9999() {
        let shelf = vec![path()];
        let mut standing = standing(&[]);
        let goals = Goals { hours_per_week: Some(1.0), ..Goals::default() };
        let since = day("9999-08-01");
        standing.put(&Ref::path_only("p"), Some(SubjectState::Path(Following { since, goals })));
        let view = Learner { shelf: &shelf, standing: &standing };
        let outlook = outlook(&view, &shelf[0], since);
        assert_eq!(outlook.forecast, Err(NoForecast::TooFar));
        assert_eq!((outlook.steady, outlook.planned_end), (None, None));
        assert_eq!(outlook.note(), Note::Without(outlook.no_forecast(NoForecast::TooFar)));
    }

    #[test]
    fn what_a_target_needs_is_known_without_a_pace() {
        let shelf = vec![path()];
        let mut standing = standing(&[]);
        let target_on = Some(day("2026-12-10"));
        let goals = Goals { target_on, ..Goals::default() };
        let following = Following { since: day("2026-10-01"), goals };
        standing.put(&Ref::path_only("p"), Some(SubjectState::Path(following)));
        let view = Learner { shelf: &shelf, standing: &standing };
        let outlook = outlook(&view, &shelf[0], day("2026-11-20"));
        assert_eq!(outlook.forecast, Err(NoForecast::NoPace));
        // Three weeks are left.
        assert_eq!(outlook.needs_hours_per_week, Some(40.0 / 3.0));
    }
}
