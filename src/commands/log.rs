//! `milepost log`

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use serde::Serialize;
use uuid::Uuid;

use super::{mark, row};
use crate::context::Context;
use crate::error::Result;
use crate::model::activity;
use crate::model::amounts;
use crate::model::career::LEVELS;
use crate::model::event::{Event, Fact, Grade, Part, Remark};
use crate::model::history::Backwards;
use crate::model::roadmap::{Node, Ref, Roadmap, find};
use crate::model::route;
use crate::model::standing::Status;
use crate::model::study_days::StudyDays;
use crate::model::view::{View, all_places, kept};
use crate::output::{Output, Screen};
use crate::text::{quantity, safe, width};

/// Show what happened, newest first
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost log
  milepost log --since monday --path ai-integration
  milepost log --week
  milepost log --week --on 2026-11-16
  milepost log --limit 0 --json")]
pub struct Args {
    /// At most this many; 0 for all
    #[arg(long, value_name = "N", default_value_t = 30)]
    limit: usize,

    /// Only what is for this day or later
    #[arg(long, value_name = "DATE")]
    since: Option<String>,

    /// Only what is about this path and its items
    #[arg(long, value_name = "PATH", add = super::completions::paths())]
    path: Option<String>,

    /// Sum up this week: what was done, what moved, what stalled
    #[arg(long)]
    week: bool,

    /// With --week: the week of this day
    #[arg(long, value_name = "DATE", requires = "week", conflicts_with = "since")]
    on: Option<String>,
}

/// Something in progress that has not moved for this long has stalled.
const STALLED_AFTER_DAYS: i64 = 14;

#[derive(Serialize)]
struct Report {
    events: Vec<Entry>,
    /// With `--week` only.
    week: Option<Week>,
}

/// A review of a week, up to today.
#[derive(Serialize)]
struct Week {
    from: NaiveDate,
    to: NaiveDate,
    /// The hours of the plan that were done by what was finished.
    hours: f64,
    /// The time that was spent.
    minutes: u32,
    studied: Vec<Studied>,
    /// The hours that the paths mean to have a week.
    planned_hours_per_week: Option<f64>,
    /// Those of them that this week has: days away have none.
    #[serde(skip)]
    planned: Option<f64>,
    done: Vec<Line>,
    begun: Vec<Line>,
    stalled: Vec<Line>,
    /// How often something was noted, answered and assessed.
    notes: usize,
    answers: usize,
    assessments: usize,
}

/// The time that was spent on something.
#[derive(Serialize)]
struct Studied {
    #[serde(rename = "ref")]
    reference: Ref,
    title: String,
    minutes: u32,
}

#[derive(Serialize)]
struct Line {
    #[serde(rename = "ref")]
    reference: Ref,
    title: String,
    since: NaiveDate,
    hours: Option<f64>,
}

#[derive(Serialize)]
struct Entry {
    id: Uuid,
    at: DateTime<Utc>,
    on: NaiveDate,
    action: &'static str,
    #[serde(rename = "ref")]
    reference: Ref,
    title: Option<String>,
    note: Option<String>,
    evidence: Vec<String>,
    /// How many texts of it were erased.
    erased: usize,
    /// Those of these texts that were removed since.
    removed: Vec<String>,
    /// Of an interview question that was answered.
    grade: Option<Grade>,
    /// Of a skill area that was assessed.
    level: Option<u8>,
    /// Of what was snoozed, unless that was to end it; the last day of those away from study.
    until: Option<NaiveDate>,
    /// Of what was studied.
    minutes: Option<u32>,
    /// Whether a status is credited as already known.
    known: bool,
    /// The day since which a status holds, of a correction of it.
    since: Option<NaiveDate>,
    undone: bool,
}

/// Runs the command.
///
/// # Errors
/// The day is none, or the record cannot be read.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let since = match &args.since {
        Some(text) => Some(mark::day(Some(text), context)?),
        None => None,
    };
    let today = context.today();
    let of = match &args.on {
        Some(text) => mark::day(Some(text), context)?,
        None => today,
    };
    let week = of.week(Weekday::Mon);
    let to = week.checked_last_day().map_or(today, |sunday| sunday.min(today));
    let since = since.or(args.week.then(|| week.checked_first_day()).flatten());
    let wanted = |event: &Event| {
        since.is_none_or(|since| event.on >= since)
            && (args.on.is_none() || event.on <= to)
            && args.path.as_ref().is_none_or(|path| event.entry.subject.path() == path)
    };
    let events = match context.store()? {
        None => Vec::new(),
        Some(mut store) => store.read()?.newest_first(|events| {
            let mut backwards = Backwards::default();
            let mut found = Vec::new();
            for event in events {
                let event = event?;
                let undone = backwards.is_undone(&event);
                if wanted(&event) {
                    let removed = removed(&event, &backwards);
                    found.push(entry(event, removed, undone));
                    if found.len() == args.limit {
                        break;
                    }
                }
            }
            Ok(found)
        })?,
    };
    let week = match since {
        Some(since) if args.week => Some(review(since, to, args.path.as_deref(), context)?),
        _ => None,
    };
    if events.is_empty() && !args.week {
        if let Some(path) = &args.path {
            context.path(path)?;
        }
        out.say("nothing is recorded there yet: `milepost done REF` records something");
    }
    let is_over = to < today;
    out.report("log", &Report { events, week }, |report, screen| match &report.week {
        Some(week) => week_text(week, is_over, screen),
        None => text(report, screen),
    })
}

/// What the standing says of a week: it is read from what is so now, so what was taken back is
/// not in it.
fn review(from: NaiveDate, to: NaiveDate, path: Option<&str>, context: &Context) -> Result<Week> {
    let standing = context.standing_with_efforts()?;
    let view = View { shelf: context.catalog(), standing: &standing };
    let paths = context.chosen(path, &standing)?;
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
        let new = |_: &NaiveDate| seen.insert(kept(view.shelf, &item));
        // What is for a day of the future is of no week yet.
        let Some(since) = state.since.filter(|since| *since <= to).filter(new) else { continue };
        let line = Line {
            reference: item.reference(),
            title: item.title().to_owned(),
            since,
            hours: item.hours(),
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
    let finished = activity::finished(&view, paths.iter().copied());
    let this_week = finished.iter().filter(|one| days.contains(&one.on));
    week.hours = amounts::sum(this_week.map(|one| one.hours));
    Ok(week)
}

/// The time that was spent in some days, on one path or on whatever there is.
fn studied(
    from: NaiveDate,
    to: NaiveDate,
    path: Option<&Roadmap>,
    view: &View<'_>,
) -> Vec<Studied> {
    let within = path.map(|path| all_places(view.shelf, &Node::Path(path)));
    let mut studied: Vec<Studied> = Vec::new();
    for effort in view.standing.efforts().iter().filter(|one| (from..=to).contains(&one.on)) {
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
    let texts = event.entry.remark().into_iter().flat_map(Remark::texts);
    let is_removed = |number| backwards.is_removed(Part { event: event.id, number });
    texts.filter(|(number, _)| is_removed(*number)).map(|(_, text)| text.to_owned()).collect()
}

fn entry(event: Event, removed: Vec<String>, undone: bool) -> Entry {
    let action = event.entry.action();
    let mut remark = event.entry.remark().cloned().unwrap_or_default();
    let all = remark.texts().count();
    remark.note = remark.note.filter(|note| !note.is_empty());
    remark.evidence.retain(|text| !text.is_empty());
    let mut entry = Entry {
        id: event.id,
        at: event.at,
        on: event.on,
        action,
        reference: event.entry.subject,
        title: event.entry.title,
        erased: all - remark.texts().count(),
        note: remark.note,
        evidence: remark.evidence,
        removed,
        grade: None,
        level: None,
        until: None,
        minutes: None,
        known: false,
        since: None,
        undone,
    };
    match event.entry.fact {
        Fact::Answered { grade } => entry.grade = Some(grade),
        Fact::Assessed { level, .. } => entry.level = Some(level),
        Fact::Snoozed(until) => entry.until = until,
        Fact::Studied { session, .. } => entry.minutes = Some(session.minutes),
        Fact::Away { to, why } => {
            entry.until = to;
            entry.note = why;
        }
        Fact::Marked { known, .. } => entry.known = known,
        Fact::Corrected { dated, known, .. } => {
            entry.known = known;
            entry.since = dated.then_some(event.on);
        }
        _ => {}
    }
    entry
}

fn week_text(week: &Week, is_over: bool, screen: &Screen) -> String {
    let paint = screen.paint;
    let done = quantity::count(week.done.len(), "item");
    let planned = week
        .planned
        .map_or(String::new(), |planned| format!(" (planned: {})", quantity::hours(planned)));
    let is_something = week.hours > 0.0;
    let finished =
        is_something.then(|| format!("{} of the plan finished", quantity::hours(week.hours)));
    let facts: Vec<String> = if week.minutes > 0 {
        let studied = quantity::minutes(week.minutes);
        let facts = [format!("{studied} studied{planned}"), format!("{done} done")];
        facts.into_iter().chain(finished).collect()
    } else {
        match finished {
            Some(finished) => vec![format!("{done} done"), format!("{finished}{planned}")],
            None => vec![format!("{done} done{planned}")],
        }
    };
    let head = format!("Week of {}: {}", week.from, facts.join(", "));
    let columns = screen.text_width();
    let mut text = width::wrap_indented("", "", &paint.heading(&head), columns);
    if !week.studied.is_empty() {
        text.push_str(&format!("\n{}\n", paint.bold("Studied")));
    }
    for one in &week.studied {
        let rest =
            format!("{}  {}", paint.dim(one.reference.as_str()), quantity::minutes(one.minutes));
        text.push_str(&row::line("  ", &safe::line(&one.title), &rest, screen));
    }
    let groups = [("Done", &week.done), ("Begun", &week.begun), ("Stalled", &week.stalled)];
    for (label, lines) in groups {
        if lines.is_empty() {
            continue;
        }
        text.push_str(&format!("\n{}\n", paint.bold(label)));
        for line in lines {
            let title = safe::line(&line.title);
            let reference = paint.dim(line.reference.as_str());
            let since =
                if label == "Stalled" { format!("  since {}", line.since) } else { String::new() };
            let rest = format!("{reference}{since}");
            text.push_str(&row::line("  ", &title, &rest, screen));
        }
    }
    let also = [
        (week.notes, "note"),
        (week.answers, "interview answer"),
        (week.assessments, "assessment"),
    ];
    let also = also.into_iter().filter(|(many, _)| *many > 0);
    let also: Vec<String> = also.map(|(many, what)| quantity::count(many, what)).collect();
    if !also.is_empty() {
        let line = format!("Also recorded: {}", quantity::list(&also));
        text.push('\n');
        text.push_str(&width::wrap_indented("", "  ", &line, columns));
    } else if week.done.is_empty() && week.begun.is_empty() && week.studied.is_empty() {
        let nothing = if is_over {
            "Nothing moved."
        } else {
            "Nothing moved yet: `milepost next` says what is next."
        };
        text.push('\n');
        text.push_str(&width::wrap_indented("", "", nothing, columns));
    }
    text
}

fn text(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let mut text = String::new();
    let mut day = None;
    // Under the day that each is for; within a day the newest first.
    let mut events: Vec<&Entry> = report.events.iter().collect();
    events.sort_by_key(|event| std::cmp::Reverse(event.on));
    for event in events {
        if day != Some(event.on) {
            day = Some(event.on);
            text.push_str(&(paint.heading(&event.on.to_string()) + "\n"));
        }
        let title = safe::line(event.title.as_deref().unwrap_or_default());
        let reference = safe::line(event.reference.as_str());
        let undone = if event.undone { paint.warn("  (undone)") } else { String::new() };
        let action = format!("  {:<9} ", event.action);
        let level = event.level.and_then(|level| LEVELS.get(usize::from(level)).copied());
        let how = event.grade.map(Grade::as_str).or(level).map(str::to_owned);
        let time = || event.minutes.map(quantity::minutes);
        let until = || match (event.action, event.until) {
            // The title says from when to when.
            ("away", Some(_)) => None,
            ("away" | "snoozed", None) => Some("no longer".to_owned()),
            (_, until) => until.map(|day| format!("until {day}")),
        };
        let since = || event.since.map(|day| format!("since {day}"));
        let how = how.or_else(time).or_else(until).or_else(since);
        let how = how.map_or(String::new(), |word| format!("  {word}"));
        let how = if event.known { how + "  credited as known" } else { how };
        let rest = paint.dim(&reference) + &how + &undone;
        text.push_str(&row::line(&action, &title, &rest, screen));
        for _ in 0..event.erased {
            text.push_str(&paint.dim("            (erased)"));
            text.push('\n');
        }
        for said in event.note.iter().chain(&event.evidence) {
            let removed = if event.removed.contains(said) { "(removed) " } else { "" };
            let line = format!("            {removed}{}", safe::line(said));
            let line = screen.width.map_or(line.clone(), |columns| width::fit(&line, columns));
            text.push_str(&(line + "\n"));
        }
    }
    text
}
