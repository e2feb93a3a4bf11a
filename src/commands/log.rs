//! `milepost log`

use milepost_core::Grade;
use milepost_core::report::log::{self, Entry, Query, Report, Week};
use milepost_path::{LEVELS, safe};

use super::shared::{item_row, mark};
use crate::context::Context;
use crate::error::Result;
use crate::output::{Output, Screen};
use crate::text::{quantity, width};

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
    /// Show at most this many; 0 for all
    #[arg(short = 'n', long, value_name = "N", default_value_t = 30)]
    limit: usize,

    /// Only events from this day or later
    #[arg(long, value_name = "DATE")]
    since: Option<String>,

    /// Only events about this path and its items
    #[arg(long, value_name = "PATH", add = super::completions::paths())]
    path: Option<String>,

    /// Sum up this week: what you did, what moved, what stalled
    #[arg(long)]
    week: bool,

    /// With --week: the week that contains this day
    #[arg(long, value_name = "DATE", requires = "week", conflicts_with = "since")]
    on: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// The day is none, or the record cannot be read.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let day = |text: &Option<String>| {
        text.as_deref().map(|text| mark::day(Some(text), context)).transpose()
    };
    let query = Query {
        limit: args.limit,
        since: day(&args.since)?,
        path: args.path.clone(),
        week: args.week,
        on: day(&args.on)?,
    };
    out.tell_answer(&log::report(&query, &context.app)?, text)
}

fn week_text(week: &Week, screen: &Screen) -> String {
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
        text.push_str(&item_row::line("  ", &safe::line(&one.title), &rest, screen));
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
            text.push_str(&item_row::line("  ", &title, &rest, screen));
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
        let nothing = if week.is_over {
            "Nothing moved."
        } else {
            "Nothing moved yet: `milepost next` says what to do next."
        };
        text.push('\n');
        text.push_str(&width::wrap_indented("", "", nothing, columns));
    }
    text
}

/// The report for people: of a week, where it is about one.
pub fn text(report: &Report, screen: &Screen) -> String {
    match &report.week {
        Some(week) => week_text(week, screen),
        None => events_text(report, screen),
    }
}

fn events_text(report: &Report, screen: &Screen) -> String {
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
        let by = event.by.as_ref().map_or(String::new(), |by| format!("  by {by}"));
        let undone = if event.undone { paint.warn("  (undone)") } else { String::new() };
        let action = format!("  {:<9} ", event.action);
        let level = event.level.and_then(|level| LEVELS.get(usize::from(level)).copied());
        let how = event.grade.map(Grade::as_str).or(level).map(str::to_owned);
        let time = || event.minutes.map(quantity::minutes);
        let until = || match (event.action, event.until) {
            // The title says from when to when.
            ("away", Some(_)) => None,
            ("away" | "snoozed", None) => Some("cancelled".to_owned()),
            (_, until) => until.map(|day| format!("until {day}")),
        };
        let since = || event.since.map(|day| format!("since {day}"));
        let from = || event.from.as_deref().map(|from| format!("was {}", safe::line(from)));
        let how = how.or_else(time).or_else(until).or_else(since).or_else(from);
        let how = how.map_or(String::new(), |word| format!("  {word}"));
        let how = if event.known { how + "  credited as known" } else { how };
        let rest = paint.dim(&reference) + &how + &by + &undone;
        text.push_str(&item_row::line(&action, &title, &rest, screen));
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
