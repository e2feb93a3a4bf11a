//! The text of `status`: a table a path, pace and forecast, and the activity calendar.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use milepost_core::forecast::RECENT_WEEKS;
use milepost_core::progress::Activity;
use milepost_core::progress::Count;
use milepost_core::report::status::{PathReport, Report};
use milepost_path::safe;

use crate::commands::shared::item_row;
use crate::output::Screen;
use crate::text::columns::Align;
use crate::text::table::Table;
use crate::text::{bar, calendar, quantity, width};
use crate::words::{forecast, work};

/// The weeks that the calendar shows.
const WEEKS: usize = 26;
/// How wide the labels of the lines below a table are.
const LABEL: usize = 9;

/// The text of a report.
pub(super) fn text(report: &Report, screen: &Screen) -> String {
    let mut text = String::new();
    for path in &report.paths {
        text.push_str(&path_text(path, report.as_of, screen));
        text.push('\n');
    }
    if !report.paths.is_empty() {
        text.push_str(&activity_text(&report.activity, report.as_of, screen));
    }
    text
}

fn path_text(path: &PathReport, today: NaiveDate, screen: &Screen) -> String {
    let paint = screen.paint;
    let narrow = screen.width.is_some_and(|width| width < 70);
    let mut text = item_row::heading(&path.head.summary.title, &path.head.summary.id, screen);
    let bar = bar::bar(
        path.head.summary.progress.percent / 100.0,
        if narrow { 12 } else { 30 },
        paint.unicode,
    );
    let hours = path.head.summary.progress.hours;
    let total = quantity::hours(hours.total);
    let percent = paint.bold(&quantity::percent(path.head.summary.progress.percent));
    text.push_str(&format!("{bar} {percent}  {} of {total}\n", quantity::hours(hours.done)));
    let skipped = path.head.summary.progress.counted().skipped;
    if skipped > 0 {
        let skipped = quantity::thousands(skipped);
        text.push_str(&paint.dim(&format!("{skipped} skipped, not counted\n")));
    }
    text.push_str(&table(path, narrow).render(screen.width, paint));
    let rest = " ".repeat(LABEL);
    let mut line = |label: &str, value: &str| {
        let first = format!("{label:<LABEL$}");
        text.push_str(&width::wrap_indented(&first, &rest, value, screen.text_width()));
    };
    if let Some(day) = path.head.started_on {
        let planned = path.planned_end.map(|day| format!("planned until {day}"));
        let target = path.head.target_on.map(|day| target(path, day, today));
        let parts = [Some(day.to_string()), planned, target];
        line("since", &parts.into_iter().flatten().collect::<Vec<_>>().join(", "));
    }
    if let Some(pace) = path.pace {
        let weeks = quantity::count(pace.weeks as usize, "week");
        let hours = work::pace(&pace);
        let recent = match path.recent_pace {
            Some(pace) => quantity::hours(pace.hours_per_week) + " a week",
            None => format!("nothing {}", work::done(pace.basis)),
        };
        let lately = if pace.weeks > RECENT_WEEKS {
            format!("; {recent} over the last {RECENT_WEEKS}")
        } else {
            String::new()
        };
        line("pace", &format!("{hours} over {weeks}{lately}"));
    }
    line("forecast", &arrival(path, today));
    text
}

/// The day to finish by, and what it takes.
fn target(path: &PathReport, day: NaiveDate, today: NaiveDate) -> String {
    let is_arrived = path.head.summary.progress.counted().left() == 0;
    match path.needs_hours_per_week {
        _ if is_arrived => format!("to finish by {day}"),
        _ if day < today => format!("to finish by {day}, which has passed"),
        Some(hours) => {
            format!("to finish by {day}, which needs about {} a week", quantity::hours(hours))
        }
        None => format!("to finish by {day}"),
    }
}

/// The steady day, then the range, set against the day that the learner aims at, or the planned one.
fn arrival(path: &PathReport, today: NaiveDate) -> String {
    let Some(range) = path.forecast else {
        let note = forecast::note(&path.note).unwrap_or_default();
        // The label says of what there is none.
        return note.strip_prefix("no forecast").map_or(note.clone(), |why| format!("none{why}"));
    };
    let aim = path.head.target_on.or(path.planned_end);
    let verdict = aim.map(|aim| {
        if range.latest <= aim {
            format!("in time for {aim}")
        } else if range.earliest > aim {
            format!("later than {aim}")
        } else {
            format!("might miss {aim}")
        }
    });
    let steady = path.steady.as_ref().and_then(work::steady);
    let range = work::range(&range, today);
    let range = match path.pace {
        Some(_) => format!("{range} by your pace"),
        None => format!("likely {range}"),
    };
    let parts = [steady, Some(range), verdict, forecast::note(&path.note)];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn table(path: &PathReport, narrow: bool) -> Table {
    let cell = |count: Count| match count.counted() {
        0 => "-".to_owned(),
        total => format!("{}/{total}", count.done),
    };
    let right = Align::Right;
    let mut table = if narrow {
        Table::new(["Stage", "Hours", "Done"], &[Align::Left, right, right])
    } else {
        Table::new(
            ["Stage", "Months", "Milestones", "Skills", "Resources", "Hours", "Done"],
            &[Align::Left, right, right, right, right, right, right],
        )
    };
    for stage in &path.stages {
        let progress = stage.summary.progress;
        let title = safe::line(&stage.summary.title).into_owned();
        let hours = format!("{:.0}/{:.0}", progress.hours.done, progress.hours.total);
        let percent = quantity::percent(progress.percent);
        if narrow {
            table.row([title, hours, percent]);
            continue;
        }
        let months = stage.months.map_or(String::new(), |[from, to]| format!("{from}-{to}"));
        table.row([
            title,
            months,
            cell(progress.milestones),
            cell(progress.skills),
            cell(progress.resources),
            hours,
            percent,
        ]);
    }
    table
}

fn activity_text(activity: &Activity, today: NaiveDate, screen: &Screen) -> String {
    let columns = screen.text_width();
    if activity.active_days == 0 {
        let none = "No activity yet: `milepost done REF` records some.";
        return width::wrap_indented("", "", none, columns);
    }
    let paint = screen.paint;
    let mut text = format!("{}\n", paint.heading("Activity"));
    let days: BTreeMap<NaiveDate, f64> =
        activity.days.iter().map(|day| (day.on, day.amount())).collect();
    text.push_str(&calendar::calendar(&days, today, WEEKS, columns, paint.unicode));
    text.push_str(&paint.dim(&format!("{}\n", calendar::legend(paint.unicode))));
    let week = work::worked(activity.hours_this_week, activity.basis_this_week);
    let streak = quantity::count(activity.streak_weeks as usize, "week");
    let longest = activity.longest_streak_weeks;
    let days = quantity::count(activity.active_days, "active day");
    let busiest =
        busiest_weekday(activity).map_or(String::new(), |day| format!(", mostly on {day}s"));
    let line =
        format!("This week: {week}; {streak} in a row, longest {longest}; {days} in all{busiest}");
    text + &width::wrap_indented("", "", &line, columns)
}

/// The weekday with the most active days; `None` if two are equal.
fn busiest_weekday(activity: &Activity) -> Option<&'static str> {
    const NAMES: [&str; 7] =
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let mut counts = [0_usize; 7];
    for day in &activity.days {
        if let Some(count) = counts.get_mut(day.on.weekday().num_days_from_monday() as usize) {
            *count += 1;
        }
    }
    let most = counts.into_iter().max().filter(|most| *most > 1)?;
    let mut busiest = counts.iter().zip(NAMES).filter(|(count, _)| **count == most);
    let (_, name) = busiest.next()?;
    busiest.next().is_none().then_some(name)
}
