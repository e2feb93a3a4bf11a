//! Progress in time: what was finished when, the pace that follows, the forecast that follows from
//! the pace, and the activity by day and week.
//!
//! All of it follows from the standing: an item counts on the day since which it is done. What was
//! credited as known is done but is no work, so it is neither pace nor activity.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::amounts;
use super::counting::{self, Counts};
use super::roadmap::{Node, Ref, Roadmap};
use super::standing::Status;
use super::view::{View, kept};

/// The weeks over which a pace is taken.
pub const PACE_WEEKS: u32 = 12;
/// The shorter window, for what happened lately.
pub const RECENT_WEEKS: u32 = 4;
/// Below this many weeks of history a forecast would be a guess.
const LEAST_WEEKS: u32 = 2;

/// One thing finished by study.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Finished {
    /// The day that it is for.
    pub on: NaiveDate,
    /// Its hours, where it is what a percentage counts; 0 otherwise.
    pub hours: f64,
}

/// What was finished by study in some paths, oldest first; an item that stands in several of them
/// counts once.
pub fn finished<'a>(
    view: &View<'_>,
    paths: impl IntoIterator<Item = &'a Roadmap>,
) -> Vec<Finished> {
    let mut finished: Vec<Finished> = Vec::new();
    let mut numbers: FxHashMap<Ref, usize> = FxHashMap::default();
    for roadmap in paths {
        counting::each(view, &Node::Path(roadmap), |item, counts| {
            let Some(state) = view.state(&item) else {
                return;
            };
            let (Status::Done, false, Some(on)) = (state.status, state.known, state.since) else {
                return;
            };
            let hours = item.hours().filter(|_| counts == Counts::Goal).unwrap_or(0.0);
            let number = *numbers.entry(kept(view.shelf, &item)).or_insert(finished.len());
            match finished.get_mut(number) {
                // One path may count what another only shows. Where several count it, the hours
                // are those of the first, as that one's progress has them.
                Some(known) if known.hours == 0.0 => known.hours = hours,
                Some(_) => {}
                None => finished.push(Finished { on, hours }),
            }
        });
    }
    finished.sort_by_key(|one| one.on);
    finished
}

/// How fast one was.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Pace {
    /// The mean of the weekly hours.
    pub hours_per_week: f64,
    /// Over how many weeks up to now.
    pub weeks: u32,
    /// The standard error of the mean: how far off it may well be, in hours a week.
    #[serde(skip)]
    pub error: f64,
}

/// Whole weeks since the first thing that was finished, or since `since` where that is earlier.
pub fn weeks_of_history(finished: &[Finished], since: NaiveDate, today: NaiveDate) -> u32 {
    let first = finished.first().map_or(since, |one| one.on.min(since));
    let days = today.signed_duration_since(first).num_days() + 1;
    u32::try_from(days / 7).unwrap_or(0)
}

/// The pace over the last weeks, at most `window` of them and no more than there is history. None
/// before a week has passed, or where nothing was done in that time.
///
/// The error is the standard error of the mean of the weekly hours, s / sqrt(n) with the sample
/// standard deviation s over n weeks.
pub fn pace(
    finished: &[Finished],
    since: NaiveDate,
    today: NaiveDate,
    window: u32,
) -> Option<Pace> {
    let weeks = weeks_of_history(finished, since, today).min(window);
    if weeks == 0 {
        return None;
    }
    let mut by_week = vec![0.0; weeks as usize];
    for one in finished {
        let ago = today.signed_duration_since(one.on).num_days();
        if let Some(hours) = usize::try_from(ago / 7).ok().and_then(|week| by_week.get_mut(week)) {
            *hours += one.hours;
        }
    }
    let n = f64::from(weeks);
    let mean = amounts::sum(by_week.iter().copied()) / n;
    if mean <= 0.0 {
        return None;
    }
    let squares = by_week.iter().map(|hours| (hours - mean).powi(2)).sum::<f64>();
    let error = if weeks > 1 { (squares / (n - 1.0)).sqrt() / n.sqrt() } else { mean };
    Some(Pace { hours_per_week: mean, weeks, error })
}

/// When one arrives, as a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Forecast {
    /// At the faster end of the pace.
    pub earliest: NaiveDate,
    /// At the slower end.
    pub latest: NaiveDate,
}

/// Why there is no forecast.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NoForecast {
    /// Nothing is left.
    Finished,
    /// Nothing was finished by study in the last weeks.
    NoPace,
    /// The history is shorter than two weeks.
    TooEarly,
    /// Something is left, but nothing of it has hours.
    NoHours,
    /// At this pace, it may never end.
    NotConverging(Pace),
}

/// When the hours that are left will be done: at the pace plus, and minus, its standard error.
///
/// # Errors
/// The reason, where an honest range cannot be given: among them a slower end that would take
/// more than ten years.
pub fn forecast(
    hours_left: f64,
    nothing_left: bool,
    pace: Option<Pace>,
    weeks_of_history: u32,
    today: NaiveDate,
) -> Result<Forecast, NoForecast> {
    if nothing_left {
        return Err(NoForecast::Finished);
    }
    if weeks_of_history < LEAST_WEEKS {
        return Err(NoForecast::TooEarly);
    }
    if hours_left <= 0.0 {
        return Err(NoForecast::NoHours);
    }
    let pace = pace.ok_or(NoForecast::NoPace)?;
    let after = |hours_per_week| amounts::day_after(hours_left, hours_per_week, today);
    let range =
        after(pace.hours_per_week + pace.error).zip(after(pace.hours_per_week - pace.error));
    range
        .map(|(earliest, latest)| Forecast { earliest, latest })
        .ok_or(NoForecast::NotConverging(pace))
}

/// One day on which something was finished.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ActiveDay {
    /// The day.
    pub on: NaiveDate,
    /// How many items were finished.
    pub items: usize,
    /// Their hours, where a percentage counts them.
    pub hours: f64,
}

/// Activity by day, and streaks by week.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Activity {
    /// Weeks in a row with an active day, up to this week; this week may still be empty.
    pub streak_weeks: u32,
    /// The longest such row.
    pub longest_streak_weeks: u32,
    /// Days with something finished.
    pub active_days: usize,
    /// Hours since Monday.
    pub hours_this_week: f64,
    /// The active days, oldest first.
    pub days: Vec<ActiveDay>,
}

/// The activity that follows from what was finished.
pub fn activity(finished: &[Finished], today: NaiveDate) -> Activity {
    let mut by_day: BTreeMap<NaiveDate, ActiveDay> = BTreeMap::new();
    for one in finished {
        let day = by_day.entry(one.on).or_insert(ActiveDay { on: one.on, items: 0, hours: 0.0 });
        day.items += 1;
        day.hours += one.hours;
    }
    let mut days: Vec<ActiveDay> = by_day.into_values().collect();
    for day in &mut days {
        day.hours = amounts::without_dust(day.hours);
    }
    let mut weeks: Vec<i64> = days.iter().map(|day| week_number(day.on)).collect();
    weeks.dedup();
    let this_week = week_number(today);
    let mut longest = 0;
    let mut row = 0;
    let mut previous = None;
    for week in &weeks {
        row = if previous == Some(week - 1) { row + 1 } else { 1 };
        longest = longest.max(row);
        previous = Some(*week);
    }
    // A week that has just begun does not end a streak.
    let alive = previous.is_some_and(|last| last >= this_week - 1);
    Activity {
        streak_weeks: if alive { row } else { 0 },
        longest_streak_weeks: longest,
        active_days: days.len(),
        hours_this_week: amounts::sum(
            days.iter().filter(|day| week_number(day.on) == this_week).map(|day| day.hours),
        ),
        days,
    }
}

/// Weeks since the first Monday of the calendar; weeks begin on Monday.
fn week_number(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce() - 1).div_euclid(7)
}

#[cfg(test)]
mod tests;
