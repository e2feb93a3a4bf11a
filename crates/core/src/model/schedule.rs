//! What lies ahead, in days: the plan laid into weeks, and when each milestone can be expected.
//!
//! The steps are those of [`Guide::plan`]. A week holds what fits the hours that you mean to study,
//! else the pace up to now; a milestone is expected when the hours up to it are spent at the same
//! rate. Where there is neither, there are no days, and a note says so.

use std::collections::VecDeque;

use chrono::{Datelike, NaiveDate};
use milepost_path::{Cost, Item, NodeKind, Ref, Roadmap};
use serde::Serialize;

use super::amounts::{self, HAIR};
use super::forecast::{Basis, NoForecast, Rate};
use super::guidance::{Act, Guide, NextFilter, Step};
use super::learner::Learner;
use super::path_forecast::{PathForecast, Without};
use super::route;
use super::study_days::StudyDays;
use super::units;

/// How many weeks a calendar has, with the one that has begun.
pub(crate) const WEEKS: u64 = 12;

/// What lies ahead.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Schedule {
    /// The hours a week, and where they are from; `None` if there are no days.
    pub rate: Option<Rate>,
    /// The milestones of the plan, in its order.
    pub milestones: Vec<Expected>,
    /// The next weeks, as long as something is left.
    pub weeks: Vec<Week>,
    /// The hours of the whole plan.
    pub hours: f64,
    /// What of the plan must be paid for.
    pub paid: Vec<Paid>,
    /// What has no day, and why.
    pub notes: Vec<Note>,
}

/// Why something of a plan has no day.
#[derive(Debug, Clone, PartialEq)]
pub enum Note {
    /// Until this day all that is left is snoozed, or waits for what is.
    Snoozed(NaiveDate),
    /// The learner is away until this day.
    Away(NaiveDate),
    /// Nothing of the plan has hours.
    NoHours,
    /// No hours a week are planned, and why there is no pace either; none for no path.
    NoRate(Option<Without>),
}

/// From when and how far a plan is laid out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    /// The day on which it begins.
    pub from: NaiveDate,
    /// How many weeks, with the one that has begun.
    pub weeks: u64,
    /// The hours a week; what was planned, else the pace, where it is left out.
    pub hours_per_week: Option<f64>,
    /// Whether the rest of required paths is planned, too.
    pub all: bool,
}

impl Frame {
    /// The next weeks from a day.
    pub(crate) fn from(day: NaiveDate) -> Self {
        Self { from: day, weeks: WEEKS, hours_per_week: None, all: false }
    }
}

/// The day on which a milestone can be expected.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Expected {
    /// Its reference.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its title.
    pub title: String,
    /// The day.
    pub on: NaiveDate,
    /// The hours up to it, its own among them.
    pub hours: f64,
    /// What was reckoned with.
    #[serde(flatten)]
    pub rate: Rate,
}

/// One week of study.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Week {
    /// Its Monday; the first day of the plan in the week that has begun.
    pub from: NaiveDate,
    /// Its Sunday.
    pub to: NaiveDate,
    /// The hours of all of it.
    pub hours: f64,
    /// What to do, in order.
    pub work: Vec<Portion>,
}

/// What of an item falls into a week.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Portion {
    /// The item.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its kind: a resource is studied, a skill proven, a milestone built.
    pub kind: NodeKind,
    /// Its title.
    pub title: String,
    /// The hours in this week.
    pub hours: f64,
    /// The hours of the item.
    pub of: f64,
    /// Whether it is finished in this week.
    pub finishes: bool,
    /// Its address.
    pub url: Option<String>,
}

/// Something of the plan that must be paid for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Paid {
    /// Its reference.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its title.
    pub title: String,
}

/// What lies ahead on some paths, from their outlooks.
pub(crate) fn schedule<'a>(
    view: &Learner<'a>,
    outlooks: &[PathForecast<'a>],
    filter: &NextFilter<'a>,
    frame: Frame,
) -> Schedule {
    let paths: Vec<&Roadmap> =
        outlooks.iter().filter_map(|outlook| outlook.route.first().copied()).collect();
    let rate = rate(view, outlooks, &frame);
    lay_out(view, &paths, walked(view, outlooks, filter, &frame), rate, filter, frame)
}

/// What lies ahead on some paths at the pace on them up to now, on a day. A pace is that of the whole
/// plan, whatever the filter leaves of it: that plan is walked where it tells a pace, and is then the one
/// that is laid out where nothing else is asked for.
pub(crate) fn schedule_by_pace<'a>(
    view: &Learner<'a>,
    paths: &[&'a Roadmap],
    today: NaiveDate,
    filter: &NextFilter<'a>,
    frame: Frame,
) -> Schedule {
    let following = view.standing.all().following();
    let begun = paths.iter().filter_map(|path| following.get(&path.id)).map(|one| one.since).min();
    let mut route: Vec<&Roadmap> = Vec::new();
    for path in paths.iter().flat_map(|path| route::walked(view, path)) {
        if !route.iter().any(|known| known.id == path.id) {
            route.push(path);
        }
    }
    let history = |steps: &[Step<'a>]| units::history(view, &route, steps, (begun, None), today);
    let is_whole = !asks(view, today, filter, &frame);
    let without = history(&[]);
    let steps = (is_whole || without.can_tell()).then(|| {
        let filter = NextFilter { today, ..NextFilter::default() };
        Guide::new(view, paths, &filter).plan(false)
    });
    let history = match &steps {
        Some(steps) if without.can_tell() => history(steps),
        _ => without,
    };
    let rate = match history.estimate() {
        Some(estimate) => Ok(Rate { hours_per_week: estimate.rate, basis: Basis::Pace }),
        None if paths.is_empty() => Err(None),
        None => Err(Some(Without { why: NoForecast::of(&history), rest: Vec::new() })),
    };
    let walked = steps.as_deref().filter(|_| is_whole);
    lay_out(view, paths, walked, rate, filter, frame)
}

/// What lies ahead on some paths at so many hours a week. Nobody asks for their pace then, so that it
/// takes no outlook, and the plan is walked once.
pub(crate) fn schedule_at<'a>(
    view: &Learner<'a>,
    paths: &[&'a Roadmap],
    hours_per_week: f64,
    filter: &NextFilter<'a>,
    frame: Frame,
) -> Schedule {
    let rate = Rate { hours_per_week, basis: Basis::Plan };
    lay_out(view, paths, None, Ok(rate), filter, frame)
}

/// Lays a plan into days: the steps that an outlook has walked, else those that come of the filter.
fn lay_out<'a>(
    view: &Learner<'a>,
    paths: &[&'a Roadmap],
    walked: Option<&[Step<'a>]>,
    rate: Result<Rate, Option<Without>>,
    filter: &NextFilter<'a>,
    frame: Frame,
) -> Schedule {
    let study_days = &StudyDays::without(view.standing.all().away());
    let days = Days { study_days, rate: rate.as_ref().ok().copied(), from: frame.from, hours: 0.0 };
    let steps = match walked {
        Some(steps) => {
            let mut steps = steps.iter().cloned();
            laid(days, |_| steps.next())
        }
        None => {
            let guide = Guide::new(view, paths, filter);
            let mut walk = guide.walk();
            laid(days, |today| {
                today.into_iter().for_each(|today| walk.wait(today));
                walk.next(frame.all)
            })
        }
    };
    let mut schedule = Schedule {
        hours: amounts::sum(steps.iter().map(|one| one.step.hours)),
        paid: paid(&steps),
        ..Schedule::default()
    };
    if steps.is_empty() {
        return schedule;
    }
    match rate {
        Ok(rate) => {
            schedule.rate = Some(rate);
            schedule.milestones = expected(&steps, rate);
            schedule.weeks = weeks(&steps, rate.hours_per_week, &frame, study_days);
            if let Some(until) = steps.iter().find_map(|one| one.waits_until) {
                schedule.notes.push(Note::Snoozed(until));
            } else if schedule.weeks.is_empty()
                && study_days.is_away(frame.from)
                && let Some(back) = study_days.day(study_days.number(frame.from))
            {
                schedule.notes.push(Note::Away(back));
            }
            if schedule.hours <= 0.0 {
                schedule.notes.push(Note::NoHours);
            }
        }
        Err(why) => schedule.notes.push(Note::NoRate(why)),
    }
    schedule
}

/// The hours a week to reckon with: those that were asked for, else those that are planned for the
/// paths, else the pace on them.
fn rate<'a>(
    view: &Learner<'a>,
    outlooks: &[PathForecast<'a>],
    frame: &Frame,
) -> Result<Rate, Option<Without>> {
    let plan = |hours_per_week| Rate { hours_per_week, basis: Basis::Plan };
    if let Some(hours) = frame.hours_per_week {
        return Ok(plan(hours));
    }
    let own: Vec<&Roadmap> = outlooks.iter().filter_map(|one| one.route.first().copied()).collect();
    if let Some(hours) = route::planned_hours(view, &own) {
        return Ok(plan(hours));
    }
    let mut paths: Vec<&Roadmap> = Vec::new();
    for path in outlooks.iter().flat_map(|one| &one.route) {
        if !paths.iter().any(|known| known.id == path.id) {
            paths.push(path);
        }
    }
    let begun = outlooks.iter().filter_map(|one| one.started_on).min();
    let today = outlooks.iter().map(|one| one.as_of).min().unwrap_or(frame.from);
    let filter = NextFilter { today, ..NextFilter::default() };
    let planned = || Guide::new(view, &own, &filter).plan(false);
    let steps = planned_for_all(outlooks).map_or_else(planned, <[_]>::to_vec);
    let history = units::history(view, &paths, &steps, (begun, None), today);
    if let Some(estimate) = history.estimate() {
        return Ok(Rate { hours_per_week: estimate.rate, basis: Basis::Pace });
    }
    Err(outlooks.first().map(|one| one.no_forecast(NoForecast::of(&history))))
}

/// A step of a plan, and the days on which it begins and ends.
struct Laid<'a> {
    step: Step<'a>,
    /// The day before which it cannot begin, where the plan waits for it.
    waits_until: Option<NaiveDate>,
    /// The day on which it ends; `None` if it lies too far ahead.
    on: Option<NaiveDate>,
}

/// Days that pass as hours are spent: so many since a day on which something was waited for.
#[derive(Clone, Copy)]
struct Days<'d> {
    /// Only these pass.
    study_days: &'d StudyDays,
    /// None where no day is known.
    rate: Option<Rate>,
    from: NaiveDate,
    hours: f64,
}

impl Days<'_> {
    /// The day on which the last of the hours is spent.
    fn last(&self) -> Option<NaiveDate> {
        self.study_days.last_of(self.hours, self.rate?.hours_per_week, self.from)
    }

    /// The day on which what comes after them begins.
    fn next(&self) -> Option<NaiveDate> {
        self.study_days.after(self.hours, self.rate?.hours_per_week, self.from)
    }
}

/// The steps of an outlook, where nothing else is asked for, so that a plan is walked once. What is
/// snoozed comes as time passes, which an outlook does not see.
fn walked<'o, 'a>(
    view: &Learner<'_>,
    outlooks: &'o [PathForecast<'a>],
    filter: &NextFilter<'_>,
    frame: &Frame,
) -> Option<&'o [Step<'a>]> {
    let as_of = outlooks.iter().map(|one| one.as_of).min()?;
    if asks(view, as_of, filter, frame) { None } else { planned_for_all(outlooks) }
}

/// Whether something else is asked for than the plan as it is on a day.
fn asks(view: &Learner<'_>, today: NaiveDate, filter: &NextFilter<'_>, frame: &Frame) -> bool {
    let is_filtered = !filter.is_empty() || filter.goal.is_some() || frame.all;
    is_filtered || view.standing.all().has_snoozed(today.min(frame.from))
}

/// The steps of the outlook that planned for just these paths.
fn planned_for_all<'o, 'a>(outlooks: &'o [PathForecast<'a>]) -> Option<&'o [Step<'a>]> {
    let paths = outlooks.iter().filter_map(|one| one.route.first());
    let paths: Vec<&str> = paths.map(|path| path.id.as_str()).collect();
    let is_for = |one: &&PathForecast<'_>| {
        one.plan.paths.iter().map(|path| path.id.as_str()).eq(paths.iter().copied())
    };
    outlooks.iter().find(is_for).map(|one| one.plan.steps.as_slice())
}

/// The steps of a plan with their days. Each is asked for with the day on which it begins, so that what is
/// snoozed comes as soon as its day has come.
fn laid<'a>(
    mut days: Days<'_>,
    mut next: impl FnMut(Option<NaiveDate>) -> Option<Step<'a>>,
) -> Vec<Laid<'a>> {
    let mut steps = Vec::new();
    loop {
        let today = days.next();
        let Some(step) = next(today) else { return steps };
        let waits_until = step.not_before.filter(|until| today.is_some_and(|day| day < *until));
        if let Some(until) = waits_until {
            days = Days { from: until, hours: 0.0, ..days };
        }
        days.hours += step.hours;
        steps.push(Laid { step, waits_until, on: days.last() });
    }
}

fn paid(steps: &[Laid<'_>]) -> Vec<Paid> {
    let items = steps.iter().flat_map(|one| one.step.act.items());
    let is_paid = |item: &&Item<'_>| {
        item.resource().is_some_and(|resource| resource.cost == Some(Cost::Paid))
    };
    items
        .filter(is_paid)
        .map(|item| Paid { reference: item.reference(), title: item.title().to_owned() })
        .collect()
}

/// The milestones of a plan, each with the day on which the last of the hours up to it is spent.
fn expected(steps: &[Laid<'_>], rate: Rate) -> Vec<Expected> {
    let mut found = Vec::new();
    let mut hours = 0.0;
    for Laid { step, on, .. } in steps {
        hours += step.hours;
        if let Act::Build(item) = &step.act
            && let Some(on) = *on
        {
            let (reference, title) = (item.reference(), item.title().to_owned());
            let hours = amounts::without_dust(hours);
            found.push(Expected { reference, title, on, hours, rate });
        }
    }
    found
}

/// What is left of a step when a week begins.
struct Rest<'s, 'a> {
    step: &'s Step<'a>,
    left: f64,
    waits_until: Option<NaiveDate>,
}

/// Lays a plan into weeks. The week that has begun gets its share of the hours, as does one of which
/// some days are away; a week that is away altogether, or in which all that is left is still waited for,
/// is left out.
fn weeks(
    steps: &[Laid<'_>],
    hours_per_week: f64,
    frame: &Frame,
    study_days: &StudyDays,
) -> Vec<Week> {
    let mut plan: VecDeque<Rest<'_, '_>> = VecDeque::with_capacity(steps.len());
    for Laid { step, waits_until, .. } in steps {
        plan.push_back(Rest { step, left: step.hours, waits_until: *waits_until });
    }
    let begun = u64::from(frame.from.weekday().num_days_from_monday());
    let day = |n: u64| frame.from.checked_add_days(chrono::Days::new(n));
    let mut weeks = Vec::new();
    for n in 0..frame.weeks {
        let from = if n == 0 { Some(frame.from) } else { day(7 * n - begun) };
        let Some((from, to)) = from.zip(day(7 * n + 6 - begun)) else { break };
        let hours_from = |day: NaiveDate| study_days.count(day, to) as f64 / 7.0 * hours_per_week;
        if study_days.count(from, to) == 0 {
            continue;
        }
        let work = fill(&mut plan, hours_from, from, to);
        if work.is_empty() && plan.is_empty() {
            break;
        }
        if work.is_empty() {
            continue;
        }
        weeks.push(Week { from, to, hours: amounts::sum(work.iter().map(|one| one.hours)), work });
    }
    weeks
}

/// Takes from a plan what fits the room of a week that ends on a day; what does not fit goes on in the
/// next week.
fn fill(
    plan: &mut VecDeque<Rest<'_, '_>>,
    hours_from: impl Fn(NaiveDate) -> f64,
    from: NaiveDate,
    to: NaiveDate,
) -> Vec<Portion> {
    let mut work = Vec::new();
    let mut room = hours_from(from);
    while let Some(mut next) = plan.pop_front() {
        if let Some(until) = next.waits_until.take() {
            if until > to {
                next.waits_until = Some(until);
                plan.push_front(next);
                break;
            }
            // What the days of the week from then on hold.
            room = room.min(hours_from(until));
        }
        let finishes = next.left <= room + HAIR;
        let hours = if finishes { next.left } else { room };
        // What takes no time is done with what comes before it, in the week that is full by then, too.
        if !finishes && room <= HAIR {
            plan.push_front(next);
            break;
        }
        let begins = next.left >= next.step.hours;
        work.extend(portions(next.step, hours, begins, finishes));
        room -= hours;
        if !finishes {
            next.left -= hours;
            plan.push_front(next);
            break;
        }
    }
    work
}

/// The portions of a step in a week: one for each item. The practice for several skills is with the last
/// of them; where it takes weeks, the others are in the week in which it begins.
fn portions(step: &Step<'_>, hours: f64, begins: bool, finishes: bool) -> Vec<Portion> {
    let items = step.act.items();
    let portion = |(at, item): (usize, &Item<'_>)| {
        let is_last = at + 1 == items.len();
        (is_last || begins).then(|| Portion {
            reference: item.reference(),
            kind: item.kind(),
            title: item.title().to_owned(),
            hours: if is_last { amounts::without_dust(hours) } else { 0.0 },
            of: if is_last { amounts::without_dust(step.of.max(step.hours)) } else { 0.0 },
            finishes: finishes || !is_last,
            url: item.url().map(str::to_owned),
        })
    };
    items.iter().enumerate().filter_map(portion).collect()
}

#[cfg(test)]
mod tests;
