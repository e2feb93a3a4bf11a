//! What lies ahead, in days: when each open milestone can be expected, and what to study in each of
//! the next weeks.
//!
//! Both walk the open goals of a path's route in the order in which they can be done: at every step
//! what is in progress, else the first of the route, among what nothing holds back any more. A
//! milestone is expected when the hours up to it are spent, at the pace where a forecast can be
//! made of it, else at the planned hours a week. A week holds what fits the planned hours, else the
//! pace. Where there is neither, there are no days, and a note says so.

mod order;

use std::collections::{HashSet, VecDeque};

use chrono::{Datelike, Days, NaiveDate};
use serde::Serialize;

use super::amounts::{self, HAIR, day_after};
use super::outlook::{Outlook, no_forecast};
use super::roadmap::{Item, NodeKind, Ref, Resource, Roadmap};
use super::standing::Status;
use super::timeline::NoForecast;
use super::view::View;
use order::{Work, order};

/// How many weeks are planned, with the one that has begun.
pub const WEEKS: u64 = 12;

/// What lies ahead.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Schedule {
    /// The open milestones that can be reached, by path, in the order in which they can be done.
    pub milestones: Vec<Expected>,
    /// The next weeks, as long as something is left.
    pub weeks: Vec<Week>,
    /// What has no day, and why, as sentences.
    pub notes: Vec<String>,
}

/// What a day was reckoned with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The pace up to now.
    Pace,
    /// The hours that one means to study a week.
    Plan,
}

/// Hours a week, and where they are from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rate {
    /// The hours.
    pub hours_per_week: f64,
    /// Where they are from.
    pub basis: Basis,
}

/// The day on which a milestone can be expected.
#[derive(Debug, Clone, PartialEq, Serialize)]
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
pub struct Week {
    /// Its Monday; today in the week that has begun.
    pub from: NaiveDate,
    /// Its Sunday.
    pub to: NaiveDate,
    /// The hours of all of it.
    pub hours: f64,
    /// What to study, in order.
    pub work: Vec<Portion>,
}

/// What of an item falls into a week.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Portion {
    /// The item.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its kind.
    pub kind: NodeKind,
    /// Its title.
    pub title: String,
    /// The hours in this week.
    pub hours: f64,
    /// The hours of the item.
    pub of: f64,
    /// Whether it is finished in this week.
    pub finishes: bool,
    /// What to study for it, where a resource is left.
    pub study: Option<Study>,
}

/// A resource to study.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Study {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: Option<String>,
}

/// What lies ahead on some paths, from their outlooks on a day.
pub fn schedule(view: &View<'_>, outlooks: &[Outlook<'_>], today: NaiveDate) -> Schedule {
    let mut schedule = Schedule::default();
    let mut planned: HashSet<Ref> = HashSet::new();
    let mut plans = Vec::new();
    let mut without: Vec<(String, Vec<String>)> = Vec::new();
    for outlook in outlooks {
        let Some(path) = outlook.route.first() else { continue };
        if outlook.forecast == Err(NoForecast::Finished) {
            continue;
        }
        let plan = planned_hours(outlook, outlooks);
        let pace = outlook.forecast.is_ok().then_some(outlook.pace).flatten();
        let pace =
            pace.map(|pace| Rate { hours_per_week: pace.hours_per_week, basis: Basis::Pace });
        let Some(rate) = pace.or(plan) else {
            add_reason(&mut without, path, no_days(outlook, today));
            continue;
        };
        let (order, held) = order(view, &outlook.route);
        if amounts::sum(order.iter().map(|work| work.hours)) <= 0.0 {
            let why = "nothing that can be done with it has hours";
            add_reason(&mut without, path, why.to_owned());
            continue;
        }
        if let Some(blocker) = held {
            schedule.notes.push(format!(
                "some of `{}` has no day: it waits for `{blocker}`, which no followed path leads to",
                path.id
            ));
        }
        schedule.milestones.extend(expected(path, &order, rate, today));
        if is_root(outlook, outlooks) {
            // What stands in two plans is done once.
            let order: VecDeque<Work<'_>> =
                order.into_iter().filter(|work| planned.insert(work.kept.clone())).collect();
            plans.push((plan.unwrap_or(rate).hours_per_week, order));
        }
    }
    schedule.weeks = weeks(view, plans, today);
    let sentence =
        |(why, ids): (String, Vec<String>)| format!("no days for {}: {why}", ids.join(" and "));
    schedule.notes.extend(without.into_iter().map(sentence));
    schedule
}

/// Says that a path has no days; paths of which the same is true stand in one sentence.
fn add_reason(without: &mut Vec<(String, Vec<String>)>, path: &Roadmap, why: String) {
    let id = format!("`{}`", path.id);
    match without.iter_mut().find(|(known, _)| *known == why) {
        Some((_, ids)) => ids.push(id),
        None => without.push((why, vec![id])),
    }
}

/// The planned hours a week of a path; where it has none, those of a path that is on the way with
/// it: what is followed as a means has no goals of its own.
fn planned_hours(outlook: &Outlook<'_>, all: &[Outlook<'_>]) -> Option<Rate> {
    let above = all.iter().filter(|other| leads_through(other, outlook));
    let below = all.iter().filter(|other| leads_through(outlook, other));
    std::iter::once(outlook)
        .chain(above)
        .chain(below)
        .filter_map(|one| one.goals.hours_per_week)
        .find(|hours| hours.is_finite() && *hours > 0.0)
        .map(|hours_per_week| Rate { hours_per_week, basis: Basis::Plan })
}

/// Whether the route of one path goes through the other.
fn leads_through(one: &Outlook<'_>, other: &Outlook<'_>) -> bool {
    let id = other.route.first().map(|path| path.id.as_str());
    one.route.iter().skip(1).any(|path| Some(path.id.as_str()) == id)
}

/// Whether a path is on the way to no other, so that its route is planned for itself. Of paths
/// that require each other it is the first.
fn is_root(outlook: &Outlook<'_>, all: &[Outlook<'_>]) -> bool {
    let own = all.iter().position(|one| std::ptr::eq(one, outlook));
    !all.iter().enumerate().any(|(at, other)| {
        leads_through(other, outlook) && (!leads_through(outlook, other) || Some(at) < own)
    })
}

fn no_days(outlook: &Outlook<'_>, today: NaiveDate) -> String {
    let why = outlook.forecast.err().map(|why| no_forecast(why, outlook, today));
    let why = why.unwrap_or_else(|| "no forecast".to_owned());
    format!("{why}, and no hours a week are planned")
}

/// The open milestones of a path on its route.
fn expected(path: &Roadmap, order: &[Work<'_>], rate: Rate, today: NaiveDate) -> Vec<Expected> {
    let mut found = Vec::new();
    let mut hours = 0.0;
    for work in order {
        hours += work.hours;
        let item = &work.item;
        if item.kind() == NodeKind::Milestone
            && item.roadmap.id == path.id
            && let Some(on) = day_after(hours, rate.hours_per_week, today)
        {
            let (reference, title) = (item.reference(), item.title().to_owned());
            found.push(Expected { reference, title, on, hours, rate });
        }
    }
    found
}

/// Lays the plans into weeks, side by side. The week that has begun gets its share of the hours.
fn weeks(
    view: &View<'_>,
    mut plans: Vec<(f64, VecDeque<Work<'_>>)>,
    today: NaiveDate,
) -> Vec<Week> {
    let begun = u64::from(today.weekday().num_days_from_monday());
    let mut weeks = Vec::new();
    for n in 0..WEEKS {
        let share = if n == 0 { (7 - begun) as f64 / 7.0 } else { 1.0 };
        let from =
            if n == 0 { Some(today) } else { today.checked_add_days(Days::new(7 * n - begun)) };
        let to = today.checked_add_days(Days::new(7 * n + 6 - begun));
        let Some((from, to)) = from.zip(to) else { break };
        let mut work = Vec::new();
        for (hours_per_week, plan) in &mut plans {
            fill(view, &mut work, plan, *hours_per_week * share);
        }
        if work.is_empty() {
            break;
        }
        let hours = amounts::sum(work.iter().map(|portion| portion.hours));
        weeks.push(Week { from, to, hours, work });
    }
    weeks
}

/// Takes from a plan what fits some hours; what does not fit goes on in the next week.
fn fill(
    view: &View<'_>,
    work: &mut Vec<Portion>,
    plan: &mut VecDeque<Work<'_>>,
    hours_per_week: f64,
) {
    let mut room = hours_per_week;
    while let Some(mut next) = plan.pop_front() {
        let finishes = next.left <= room + HAIR;
        let hours = if finishes { next.left } else { room };
        if !finishes && room <= HAIR {
            plan.push_front(next);
            return;
        }
        work.push(Portion {
            reference: next.item.reference(),
            kind: next.item.kind(),
            title: next.item.title().to_owned(),
            hours,
            of: next.hours,
            finishes,
            study: study(view, &next.item),
        });
        room -= hours;
        if !finishes {
            next.left -= hours;
            plan.push_front(next);
            return;
        }
    }
}

/// What to study for an item: the resource itself, or for a skill the first open one of its topic
/// that teaches it, one in progress before the others.
fn study(view: &View<'_>, item: &Item<'_>) -> Option<Study> {
    let of = |resource: &Resource| Study {
        title: resource.tracked.title.clone(),
        url: resource.url.clone(),
    };
    if let Some(resource) = item.resource() {
        return Some(of(resource));
    }
    let topic = item.topic?;
    let mut found: Vec<(bool, Study)> = item
        .roadmap
        .items_of_topic(item.stage, topic)
        .filter_map(|other| {
            let resource = other.resource()?;
            let status = view.status(&other);
            let teaches = resource.skills.iter().any(|id| id == item.id());
            (teaches && status.is_open()).then(|| (status != Status::Doing, of(resource)))
        })
        .collect();
    found.sort_by_key(|(not_begun, _)| *not_begun);
    found.into_iter().next().map(|(_, study)| study)
}

#[cfg(test)]
mod tests;
