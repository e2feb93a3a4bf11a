//! What happened, newest first, and the review of a week.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use milepost_path::{Node, Ref, Roadmap, find};
use serde::Serialize;
use uuid::Uuid;

use super::{Answer, App, Hint, Result};
use crate::model::activity;
use crate::model::amounts;
use crate::model::as_marked;
use crate::model::event::{Actor, Event, EventKind, Grade, Part};
use crate::model::history::Backwards;
use crate::model::learner::{Learner, all_places, names_here, progress_ref};
use crate::model::route;
use crate::model::standing::Status;
use crate::model::study_days::StudyDays;

/// Something in progress that has not moved for this long has stalled.
const STALLED_AFTER_DAYS: i64 = 14;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// At most this many events; 0 for all.
    pub limit: usize,
    /// Only what is for this day or later.
    pub since: Option<NaiveDate>,
    /// Only what is about the path with this id and its items.
    pub path: Option<String>,
    /// Whether a week is to be summed up: this one, or that of `on`.
    pub week: bool,
    /// Only what is for the week of this day or earlier.
    pub on: Option<NaiveDate>,
}

/// What happened.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Report {
    /// The newest first.
    pub events: Vec<Entry>,
    /// The review of a week, where it was asked for.
    pub week: Option<Week>,
}

/// A review of a week, up to today.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Week {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day, or today.
    pub to: NaiveDate,
    /// The hours of the plan that were done by what was finished.
    pub hours: f64,
    /// The time that was spent.
    pub minutes: u32,
    /// On what it was spent.
    pub studied: Vec<Studied>,
    /// The hours that the paths mean to have a week.
    pub planned_hours_per_week: Option<f64>,
    /// Those of them that this week has: days away have none.
    #[serde(skip)]
    pub planned: Option<f64>,
    /// What was finished, without what was credited.
    pub done: Vec<Line>,
    /// What was begun and is not finished.
    pub begun: Vec<Line>,
    /// What was begun before and did not move for long.
    pub stalled: Vec<Line>,
    /// How many notes were written.
    pub notes: usize,
    /// How many interview questions were answered.
    pub answers: usize,
    /// How often a skill area was assessed.
    pub assessments: usize,
    /// Whether it is over.
    #[serde(skip)]
    pub is_over: bool,
}

/// The time that was spent on something.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Studied {
    /// Its reference.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its title; empty where no path has it.
    pub title: String,
    /// The time.
    pub minutes: u32,
}

/// An item that moved in a week, or did not.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Line {
    /// Its reference.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its title.
    pub title: String,
    /// The day since which it is so.
    pub since: NaiveDate,
    /// Its effort.
    pub hours: Option<f64>,
}

/// An event of the record.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Entry {
    /// Its id.
    pub id: Uuid,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// The day that it is for.
    pub on: NaiveDate,
    /// What happened, as a word.
    pub action: &'static str,
    /// To what.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// The title that it had then.
    pub title: Option<String>,
    /// What was noted.
    pub note: Option<String>,
    /// What was named as evidence.
    pub evidence: Vec<String>,
    /// How many texts of it were erased.
    pub erased: usize,
    /// Those of these texts that were removed since.
    pub removed: Vec<String>,
    /// Of an interview question that was answered.
    pub grade: Option<Grade>,
    /// Of a skill area that was assessed.
    pub level: Option<u8>,
    /// Of what was snoozed, unless that was to end it; the last day of those away from study.
    pub until: Option<NaiveDate>,
    /// Of what was studied.
    pub minutes: Option<u32>,
    /// Whether a status is credited as already known.
    pub known: bool,
    /// The day since which a status holds, of a correction of it.
    pub since: Option<NaiveDate>,
    /// Of what was renamed, the reference that it had; of what was set apart, the title of the thing
    /// before.
    pub from: Option<String>,
    /// Whether it was undone.
    pub undone: bool,
    /// The assistant that did it. `None` if it was the learner.
    pub by: Option<Actor>,
}

/// Reports what happened.
///
/// # Errors
/// The path is unknown and nothing was recorded of it, or the record cannot be read.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let today = app.today();
    let week = query.on.unwrap_or(today).week(Weekday::Mon);
    let to = week.checked_last_day().map_or(today, |sunday| sunday.min(today));
    let since = query.since.or(query.week.then(|| week.checked_first_day()).flatten());
    // What a path shares with another can be recorded there.
    let path = query.path.as_deref().and_then(|id| app.catalog().roadmap(id));
    let shared = path.map(|path| names_here(app.catalog(), &[path])).unwrap_or_default();
    let is_of =
        |path: &String, subject: &Ref| subject.path() == path || shared.contains_key(subject);
    let wanted = |event: &Event| {
        since.is_none_or(|since| event.on >= since)
            && (query.on.is_none() || event.on <= to)
            && query.path.as_ref().is_none_or(|path| is_of(path, &event.entry.subject))
    };
    let (mut events, followed) = match app.store()? {
        None => (Vec::new(), Vec::new()),
        Some(mut store) => {
            let reading = store.read()?;
            let events = reading.newest_first(|events| {
                let mut backwards = Backwards::default();
                let mut found = Vec::new();
                for event in events {
                    let event = event?;
                    let undone = backwards.is_undone(&event);
                    if wanted(&event) {
                        let removed = removed(&event, &backwards);
                        found.push(entry(event, removed, undone));
                        if found.len() == query.limit {
                            break;
                        }
                    }
                }
                Ok(found)
            })?;
            (events, reading.followed_ids()?)
        }
    };
    let names = match path {
        Some(_) => shared,
        None => app.names_here(&followed, events.iter().map(|event| &event.reference)),
    };
    for event in &mut events {
        if let Some(name) = names.get(&event.reference) {
            event.reference = name.clone();
        }
    }
    let week = match since {
        Some(since) if query.week => Some(review(since, to, query.path.as_deref(), app)?),
        _ => None,
    };
    let is_empty = events.is_empty() && !query.week;
    if let (true, Some(path)) = (is_empty, &query.path) {
        app.path(path)?;
    }
    let hint = is_empty.then_some(Hint::NothingRecorded);
    Ok(app.answer(Report { events, week }).hint(hint))
}

/// What the standing says of a week: it is read from what is so now, so what was taken back is
/// not in it.
fn review(from: NaiveDate, to: NaiveDate, path: Option<&str>, app: &App) -> Result<Week> {
    let standing = app.standing_with_efforts()?;
    let view = Learner { shelf: app.catalog(), standing: &standing };
    let paths = app.chosen(path, &standing)?;
    let studied = studied(from, to, path.and(paths.first().copied()), &view);
    let planned_hours_per_week = route::planned_hours(&view, &paths);
    let mut week = Week {
        from,
        to,
        hours: 0.0,
        minutes: studied.iter().fold(0, |sum, one| sum.saturating_add(one.minutes)),
        studied,
        planned_hours_per_week,
        planned: planned_hours_per_week
            .and_then(|hours| StudyDays::without(standing.away()).hours_of_week(hours, from)),
        done: Vec::new(),
        begun: Vec::new(),
        stalled: Vec::new(),
        notes: 0,
        answers: 0,
        assessments: 0,
        is_over: to < app.today(),
    };
    let days = from..=to;
    let within = |reference: &Ref| path.is_none_or(|path| reference.path() == path);
    for (_, state) in standing.items().into_iter().filter(|(reference, _)| within(reference)) {
        week.notes += state.notes.iter().filter(|note| days.contains(&note.on)).count();
    }
    for (_, answers) in standing.answered().iter().filter(|(question, _)| within(question)) {
        week.answers += answers.iter().filter(|answer| days.contains(&answer.on)).count();
    }
    if path.is_none() {
        let all = standing.assessed().values().flatten();
        week.assessments = all.filter(|one| days.contains(&one.on)).count();
    }
    let mut seen = HashSet::new();
    for item in paths.iter().flat_map(|roadmap| roadmap.items()) {
        let Some(state) = view.state(&item) else { continue };
        let new = |_: &NaiveDate| seen.insert(progress_ref(view.shelf, &item));
        // What is for a day of the future is of no week yet.
        let Some(since) = state.since.filter(|since| *since <= to).filter(new) else { continue };
        let line = Line {
            reference: item.reference(),
            title: item.title().to_owned(),
            since,
            hours: match (state.status, &state.as_marked) {
                (Status::Done, Some(was)) => was.hours,
                _ => item.hours(),
            },
        };
        let moved =
            || view.efforts(&Node::Item(item)).iter().map(|one| one.on).fold(since, Ord::max);
        let has_stalled = || to.signed_duration_since(moved()).num_days() >= STALLED_AFTER_DAYS;
        match state.status {
            Status::Done if since >= from && !state.known => week.done.push(line),
            Status::Doing if since >= from => week.begun.push(line),
            Status::Doing if has_stalled() => week.stalled.push(Line { since: moved(), ..line }),
            _ => {}
        }
    }
    let gone = as_marked::gone(&view, &paths).into_iter();
    let gone =
        gone.filter(|one| activity::finished_on(one.state).is_some_and(|on| days.contains(&on)));
    for (gone, (path, id)) in gone.map(|gone| (gone, gone.place)) {
        let reference = Ref::node(path, id);
        if let Some(former) = app.former(reference.as_str(), &standing)? {
            let since = former.state.since.unwrap_or(from);
            let hours = gone.state.as_marked.as_ref().and_then(|was| was.hours);
            week.done.push(Line { reference, title: former.title, since, hours });
        }
    }
    let finished = activity::finished(&view, &paths);
    let this_week = finished.iter().filter(|one| days.contains(&one.on));
    week.hours = amounts::sum(this_week.map(|one| one.hours));
    Ok(week)
}

/// The time that was spent in some days, on one path or on whatever there is.
fn studied(
    from: NaiveDate,
    to: NaiveDate,
    path: Option<&Roadmap>,
    view: &Learner<'_>,
) -> Vec<Studied> {
    let within = path.map(|path| all_places(view.shelf, &Node::Path(path)));
    let mut studied: Vec<Studied> = Vec::new();
    for effort in view.standing.all().efforts().iter().filter(|one| (from..=to).contains(&one.on)) {
        if within.as_ref().is_some_and(|within| !within.contains(&effort.subject)) {
            continue;
        }
        match studied.last_mut() {
            Some(last) if last.reference == effort.subject => last.minutes += effort.minutes,
            _ => {
                let node = find(view.shelf, &effort.subject);
                studied.push(Studied {
                    reference: effort.subject.clone(),
                    title: node.map_or(String::new(), |node| node.title().to_owned()),
                    minutes: effort.minutes,
                });
            }
        }
    }
    studied
}

/// The texts of an event that stand no longer.
fn removed(event: &Event, backwards: &Backwards) -> Vec<String> {
    let is_removed = |number| backwards.is_removed(Part { event: event.id, number });
    event
        .entry
        .texts()
        .filter(|(number, _)| is_removed(*number))
        .map(|(_, text)| text.to_owned())
        .collect()
}

fn entry(event: Event, removed: Vec<String>, undone: bool) -> Entry {
    let action = event.entry.action();
    let erased = event.entry.texts().filter(|(_, text)| text.is_empty()).count();
    let mut remark = event.entry.remark().cloned().unwrap_or_default();
    remark.note = remark.note.filter(|note| !note.is_empty());
    remark.evidence.retain(|text| !text.is_empty());
    let mut entry = Entry {
        id: event.id,
        at: event.at,
        on: event.on,
        action,
        reference: event.entry.subject,
        title: event.entry.title,
        erased,
        note: remark.note,
        evidence: remark.evidence,
        removed,
        grade: None,
        level: None,
        until: None,
        minutes: None,
        known: false,
        since: None,
        from: None,
        undone,
        by: event.by,
    };
    match event.entry.fact {
        EventKind::Answered { grade } => entry.grade = Some(grade),
        EventKind::Assessed { level, .. } => entry.level = Some(level),
        EventKind::Snoozed(until) => entry.until = until,
        EventKind::Studied { session, .. } => entry.minutes = Some(session.minutes),
        EventKind::Away { to, why } => {
            entry.until = to;
            entry.note = why.filter(|why| !why.is_empty());
        }
        EventKind::Marked { known, .. } => entry.known = known,
        EventKind::Renamed(from) => entry.from = Some(from.to_string()),
        EventKind::SetApart(was) => entry.from = Some(was.title),
        EventKind::Corrected { dated, known, .. } => {
            entry.known = known;
            entry.since = dated.then_some(event.on);
        }
        _ => {}
    }
    entry
}

#[cfg(test)]
mod tests;
