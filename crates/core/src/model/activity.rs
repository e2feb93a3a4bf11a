//! What was studied and finished, by day, and streaks by week.
//!
//! An item counts on the day since which it is done; what was credited as known is done but is no work,
//! and notes and answers are none either. A day of the future counts when it has come. A week in which
//! minutes were logged has their hours; a week without has the hours of the plan that were finished in
//! it, and says so: the two are never added up.
//!
//! The hours, and whether they count, are those of the day on which an item was marked
//! ([`super::as_marked`]): no change of a path changes the past. A percentage reads the path as it is now.
//!
//! Activity is that of a route, as a pace is, so that there is none of the one exactly where there is
//! none of the other.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use milepost_path::{Node, NodeKind, Ref, Roadmap};
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::amounts;
use super::as_marked::{Counted, Id, gone};
use super::counting::{self, Counts};
use super::learner::{Learner, progress_ref};
use super::pace::{Credit, Measure};
use super::standing::{ItemState, Status};
use super::study_days::StudyDays;
use super::units;

/// One thing finished by study.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Finished {
    /// The day that it is for.
    pub on: NaiveDate,
    /// The hours of the plan that were done by it, as its path had them then. What of a topic was read is worth something before
    /// it is proven, and proves that much less later: the hours of a topic are counted once.
    pub hours: f64,
}

/// Something finished, on the way to its hours.
struct Found<'a> {
    on: NaiveDate,
    counted: Counted<'a>,
}

/// What was finished by study in some paths, oldest first, with what these no longer have; an item
/// that stands in several of them counts once.
pub(crate) fn finished<'a>(view: &Learner<'a>, paths: &[&'a Roadmap]) -> Vec<Finished> {
    let mut found: Vec<Found<'a>> = Vec::new();
    let mut numbers: FxHashMap<Ref, usize> = FxHashMap::default();
    let mut credits: FxHashMap<Id<'a>, Credit> = FxHashMap::default();
    for roadmap in paths {
        counting::each(view, &Node::Path(roadmap), |item, counts| {
            let state = view.state(&item);
            let is_known = state.is_some_and(|state| state.known);
            let status = state.map_or(Status::Todo, |state| state.status);
            if let (Some(topic), Counts::Goal) = (item.topic, counts)
                && status != Status::Skipped
                && !is_known
            {
                let credit = credits.entry((&roadmap.id, &topic.id)).or_default();
                credit.hours += item.hours().unwrap_or(0.0);
            }
            let Some(on) = state.and_then(finished_on) else { return };
            let counted = Counted::of(view.shelf, &item, counts, state);
            let new = Found { on, counted };
            let number = *numbers.entry(progress_ref(view.shelf, &item)).or_insert(found.len());
            match found.get_mut(number) {
                // One path can count what another only shows. Where several count it, the hours
                // are those of the first, as that one's progress has them.
                Some(known) if known.counted.proven() == 0.0 && counted.proven() > 0.0 => {
                    *known = new;
                }
                Some(_) => {}
                None => found.push(new),
            }
        });
    }
    for gone in gone(view, paths) {
        let (path, id) = gone.place;
        let is_new = !numbers.contains_key(&Ref::node(path, id));
        let on = finished_on(gone.state).filter(|_| is_new);
        found.extend(on.map(|on| Found { on, counted: gone.counted }));
    }
    found.sort_by_key(|one| one.on);
    let hours = |Found { counted, .. }: &Found<'a>| {
        let credit = match counted.group {
            Some(group) if counted.kind != Some(NodeKind::Milestone) => credits.entry(group),
            _ => return counted.proven(),
        };
        let credit = credit.or_default();
        credit.grow(counted.proven(), 0.0) + credit.grow_by_reading(counted.read(), counted.of)
    };
    let hours: Vec<f64> = found.iter().map(hours).collect();
    let days = found.iter().map(|one| one.on);
    days.zip(hours).map(|(on, hours)| Finished { on, hours }).collect()
}

/// The day on which something was finished by study.
pub(crate) fn finished_on(state: &ItemState) -> Option<NaiveDate> {
    state.since.filter(|_| state.status == Status::Done && !state.known)
}

/// One day on which something was studied or finished.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct ActiveDay {
    /// The day.
    pub on: NaiveDate,
    /// How many items were finished.
    pub items: usize,
    /// The hours of the plan that were done by them.
    pub hours: f64,
    /// How long was studied.
    pub minutes: u32,
}

impl ActiveDay {
    /// How much it was, in hours: those that were studied, else those of the plan. What a percentage
    /// does not count is a little more than nothing.
    pub fn amount(&self) -> f64 {
        if self.minutes > 0 {
            f64::from(self.minutes) / 60.0
        } else {
            self.hours + self.items as f64 * 0.1
        }
    }
}

/// Activity by day, and streaks by week.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Activity {
    /// Weeks in a row with an active day, up to this week; this week can still be empty.
    pub streak_weeks: u32,
    /// The longest such row.
    pub longest_streak_weeks: u32,
    /// Days on which something was studied or finished.
    pub active_days: usize,
    /// Hours since Monday.
    pub hours_this_week: f64,
    /// Which hours those are; `None` if nothing was done.
    pub basis_this_week: Option<Measure>,
    /// The active days, oldest first.
    pub days: Vec<ActiveDay>,
}

/// The activity on some paths.
pub fn activity<'a>(view: &Learner<'a>, paths: &[&'a Roadmap], today: NaiveDate) -> Activity {
    let finished = finished(view, paths);
    let minutes = units::minutes(view, paths, today);
    of_days(&finished, &minutes, &StudyDays::without(view.standing.all().away()), today)
}

/// The activity of what was finished, and of the minutes by day.
pub fn of_days(
    finished: &[Finished],
    minutes: &BTreeMap<NaiveDate, u32>,
    study_days: &StudyDays,
    today: NaiveDate,
) -> Activity {
    let mut by_day: BTreeMap<NaiveDate, ActiveDay> = BTreeMap::new();
    let none = |on: NaiveDate| ActiveDay { on, items: 0, hours: 0.0, minutes: 0 };
    for one in finished.iter().filter(|one| one.on <= today) {
        let day = by_day.entry(one.on).or_insert(none(one.on));
        day.items += 1;
        day.hours += one.hours;
    }
    for (on, minutes) in minutes.iter().filter(|(on, minutes)| **on <= today && **minutes > 0) {
        by_day.entry(*on).or_insert(none(*on)).minutes += minutes;
    }
    let mut days: Vec<ActiveDay> = by_day.into_values().collect();
    for day in &mut days {
        day.hours = amounts::without_dust(day.hours);
    }
    let this_week = week_number(today);
    let (streak_weeks, longest_streak_weeks) = streaks(&days, study_days, this_week);
    let since_monday = days.iter().filter(|day| week_number(day.on) == this_week);
    let (hours_this_week, basis_this_week) = worked(since_monday).unzip();
    Activity {
        streak_weeks,
        longest_streak_weeks,
        active_days: days.len(),
        hours_this_week: hours_this_week.unwrap_or(0.0),
        basis_this_week,
        days,
    }
}

/// The hours of some days, and which: those that were studied, where there are any; else those of the
/// plan. None where nothing was done.
pub(crate) fn worked<'d>(days: impl Iterator<Item = &'d ActiveDay>) -> Option<(f64, Measure)> {
    let (mut many, mut minutes, mut hours) = (0, 0.0, 0.0);
    for day in days {
        many += 1;
        minutes += f64::from(day.minutes);
        hours += day.hours;
    }
    if minutes > 0.0 {
        Some((amounts::without_dust(minutes / 60.0), Measure::Studied))
    } else {
        (many > 0).then(|| (amounts::without_dust(hours), Measure::Planned))
    }
}

/// The row of active weeks up to this one, and the longest.
///
/// A week that is away altogether is no week. One with a day away in which nothing was done ends no
/// row, nor does this week, which is not over.
fn streaks(days: &[ActiveDay], study_days: &StudyDays, this_week: i64) -> (u32, u32) {
    let day_of = |week: i64, day: i64| {
        i32::try_from(week * 7 + day).ok().and_then(NaiveDate::from_num_days_from_ce_opt)
    };
    // The days that are there; at the ends of the calendar a week is as long as ever.
    let left = |week: i64| {
        day_of(week, 1).zip(day_of(week, 7)).map_or(7, |(from, to)| study_days.count(from, to))
    };
    let mut weeks: Vec<i64> = days.iter().map(|day| week_number(day.on)).collect();
    weeks.dedup();
    weeks.retain(|week| left(*week) > 0);
    let goes_on = |from: i64, to: i64| (from + 1..to).all(|week| left(week) < 7);
    let (mut longest, mut row) = (0, 0);
    let mut previous = None;
    for week in weeks {
        row = if previous.is_some_and(|before| goes_on(before, week)) { row + 1 } else { 1 };
        longest = longest.max(row);
        previous = Some(week);
    }
    let is_alive = previous.is_some_and(|last| goes_on(last, this_week));
    (if is_alive { row } else { 0 }, longest)
}

/// Weeks since the first Monday of the calendar; weeks begin on Monday.
pub(crate) fn week_number(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce() - 1).div_euclid(7)
}

#[cfg(test)]
mod tests;
