//! `milepost next`

use milepost_core::Status;
use milepost_core::report::next::{self, Query, Recommended, Report};
use milepost_core::report::row::Row;
use milepost_path::safe;

use super::shared::resource_type::Type;
use super::shared::{item_row, select};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::output::{Output, Screen};
use crate::text::{day, quantity, width};
use crate::words::next::{not_next, nothing};
use crate::words::{item, reason, work};

/// Show what to study, prove and build next, and why
///
/// What you have studied comes first, as a question: answer it with `milepost done`. Then the next
/// steps: what is in progress; a milestone that is ready; the next resource of the topic that you
/// are in; then new topics, in the order of the path. Of several alternatives, only one is shown.
///
/// These steps are the beginning of `milepost plan`. With --role, or if you started a path with one,
/// topics and milestones that close the largest gap for the role come first in their stage.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost next
  milepost next --time 45m --free
  milepost next ai-integration --type course --type video -n 3
  milepost next --why qa-system")]
pub struct Args {
    /// The path [default: the paths that you follow]
    #[arg(value_name = "PATH", add = super::completions::paths())]
    path: Option<String>,

    /// The time you have: 45m, 1h30m; shows how much of each step fits
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    time: Option<String>,

    /// Only what costs nothing
    #[arg(long)]
    free: bool,

    /// Only resources of this type; can be given several times
    #[arg(long = "type", value_name = "TYPE")]
    types: Vec<Type>,

    /// Only what is for this role or all roles; its largest gap comes first
    #[arg(long, value_name = "ROLE", add = super::completions::roles())]
    role: Option<String>,

    /// Include what you do not need: the rest of the paths that yours require
    #[arg(long)]
    all: bool,

    /// Show instead why this topic, skill, resource or milestone is not next
    #[arg(long, value_name = "REF", add = super::completions::shown())]
    why: Option<String>,

    /// Show at most this many steps; 0 for all
    #[arg(short = 'n', long, value_name = "N", default_value_t = 5)]
    limit: u16,
}

/// How many questions are shown; the others are only counted.
const MOST_PROOFS: usize = 3;
/// The lines of a screen, one of which is for the prompt.
const SCREEN: usize = 24;
/// How many steps must fit on it; if you ask for more, each is shown with all that is said of it.
const SHOWN_WHOLE: usize = 5;

/// Runs the command.
///
/// # Errors
/// The path is unknown, the time is none, or the record cannot be read.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let hours = args.time.as_deref().map(day::span).transpose().map_err(|error| {
        Error::usage(error.problem()).hint(format!("write {}", error.accepted()))
    })?;
    let query = Query {
        path: args.path.clone(),
        hours,
        free: args.free,
        kinds: args.types.iter().map(Type::kind).collect(),
        role: args.role.clone(),
        all: args.all,
        why: args.why.clone(),
        most: (args.limit > 0).then_some(usize::from(args.limit)),
        news: !out.is_quiet(),
    };
    let replace = |query: &mut Query, _: &str, chosen: &str| query.why = Some(chosen.to_owned());
    let answer = select::complete(query, replace, out, |query| next::report(query, &context.app))?;
    out.tell_answer(&answer, text)
}

/// The report for people.
pub fn text(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let columns = screen.text_width();
    if let Some(why) = &report.why {
        let title = paint.bold(&safe::line(&why.title));
        let mut text = item_row::line("", &title, &paint.dim(why.reference.as_str()), screen);
        let line = format!("- {}", safe::line(&not_next(why)));
        text.push_str(&width::wrap_indented("  ", "    ", &line, columns));
        return text;
    }
    let mut text = proofs(report, screen);
    if let Some(why) = &report.nothing {
        if !text.is_empty() {
            text.push('\n');
        }
        return text + &width::wrap_indented("", "", &nothing(why), columns);
    }
    if !text.is_empty() {
        text.push('\n');
    }
    let whole = steps(report, usize::MAX, screen);
    let count = report.recommendations.len();
    if count > SHOWN_WHOLE {
        return text + &whole;
    }
    // Where they are too long for a screen of 24 lines with a prompt, the last say less of themselves.
    let mut shorter = (0..count).rev().map(|from| steps(report, from, screen));
    let fits = |one: &String| one.lines().count() < SCREEN;
    let fitting = if fits(&whole) { None } else { shorter.find(fits) };
    text + &fitting.unwrap_or(whole)
}

/// The steps, without a line between them; from one on only the beginning of what is said of them.
fn steps(report: &Report, short_from: usize, screen: &Screen) -> String {
    let paint = screen.paint;
    let mut text = String::new();
    let mut is_later = false;
    for (at, one) in report.recommendations.iter().enumerate() {
        if one.later && !is_later {
            is_later = true;
            if at > 0 {
                text.push('\n');
            }
            text.push_str(&paint.heading("After that"));
            text.push('\n');
        }
        text.push_str(&step(at + 1, one, at >= short_from, screen));
    }
    text
}

/// The skills to prove, as questions.
fn proofs(report: &Report, screen: &Screen) -> String {
    let columns = screen.text_width();
    let mut text = String::new();
    if report.prove.is_empty() {
        return text;
    }
    let is_studied = report.prove.iter().any(|one| !one.studied_by.is_empty());
    let head = if is_studied { item::STUDIED } else { "Nothing left to study for:" };
    text.push_str(&screen.paint.heading(head));
    text.push('\n');
    let mut shown = report.prove.iter().take(MOST_PROOFS).peekable();
    while let Some(one) = shown.next() {
        let question = one.can.as_deref().unwrap_or(&one.title);
        text.push_str(&item_row::question(question, &one.reference, screen));
        if !one.paid_titles.is_empty() {
            let paid = format!("paid: {}", quantity::list(&one.paid_titles));
            text.push_str(&width::wrap_indented("  ", "    ", &safe::line(&paid), columns));
        }
        // The hours are those of a topic: said once, after the last of its skills.
        let is_last = shown.peek().is_none_or(|next| next.topic != one.topic);
        if one.practice_hours > 0.0 && is_last {
            let hours = quantity::hours(one.practice_hours);
            let practice = format!("if not yet, the plan has {hours} for practice");
            text.push_str(&width::wrap_indented("  ", "  ", &practice, columns));
        }
    }
    let more = report.prove.len().saturating_sub(MOST_PROOFS);
    if more > 0 {
        text.push_str(&format!("and {more} more\n"));
    }
    text
}

/// One step: its title with what it takes, what it is, why it is here, and what could stand in.
fn step(number: usize, one: &Recommended, is_short: bool, screen: &Screen) -> String {
    let paint = screen.paint;
    let columns = screen.text_width();
    let row = &one.row;
    let number = format!("{number}. ");
    let indent = " ".repeat(number.len());
    let mark = match row.status {
        Some(Status::Doing) => item_row::mark_of(row, paint) + " ",
        _ => String::new(),
    };
    let title = safe::line(&row.title);
    let linked = match &row.url {
        Some(url) => paint.link(url, &paint.bold(&title)),
        None => paint.bold(&title),
    };
    let part = one.part.as_deref().map_or(String::new(), |part| format!(", {}", safe::line(part)));
    let mut facts = vec![row.what().to_owned()];
    facts.extend(row.cost.map(|cost| cost.as_str().to_owned()));
    facts.push(effort(one));
    facts.retain(|fact| !fact.is_empty());
    let head = format!("{mark}{linked}{part} ({})", facts.join(", "));
    let reference = paint.dim(row.reference.as_str());
    let summary = one.summary.as_deref().map_or(String::new(), |summary| {
        let first = summary.split_once("; ").filter(|_| is_short).map(|(first, _)| first);
        let summary = first.map_or(summary.to_owned(), |first| format!("{first}."));
        width::wrap_indented(&indent, &indent, &safe::line(&summary), columns)
    });
    let reasons: Vec<String> = one.because.iter().map(reason::sentence).collect();
    let mut why = safe::line(&reasons.join("; ")).into_owned();
    if !why.is_empty() {
        why.insert_str(0, "- ");
    }
    let mut text = item_row::line(&number, &head, &reference, screen);
    text.push_str(&summary);
    text.push_str(&reasons_and_alternatives(&why, &one.instead, &indent, columns));
    text
}

/// Why a step is here, and what could be studied in its place: as many titles as take no more lines,
/// or fit on a line of their own.
fn reasons_and_alternatives(why: &str, rows: &[Row], indent: &str, columns: usize) -> String {
    let rest = format!("{indent}  ");
    let wrap = |line: &str| width::wrap_indented(indent, &rest, line, columns);
    let alone = if why.is_empty() { String::new() } else { wrap(why) };
    if rows.is_empty() {
        return alone;
    }
    let titles: Vec<_> = rows.iter().map(|row| safe::line(&row.title)).collect();
    let instead = |shown: usize| {
        let more = match titles.len() - shown {
            0 => String::new(),
            more => format!(" / {more} more"),
        };
        format!("instead: {}{more}", titles.get(..shown).unwrap_or_default().join(" / "))
    };
    let count = |text: &str| text.lines().count();
    let most_first = || (1..=titles.len()).rev().map(instead);
    let beside = most_first().map(|one| wrap(&format!("{why}; {one}")));
    if let Some(beside) = beside.filter(|_| !why.is_empty()).find(|one| count(one) <= count(&alone))
    {
        return beside;
    }
    let below = most_first().map(|one| wrap(&one)).find(|one| count(one) == 1);
    alone + &below.unwrap_or_else(|| wrap(&instead(titles.len())))
}

/// What of a step fits the time, or its hours; where some of it was studied, what is left of them.
fn effort(one: &Recommended) -> String {
    let minutes = one.minutes;
    let time = |minutes: u64| quantity::hours(minutes as f64 / 60.0);
    let Some(left) = one.hours_left else {
        return minutes.map_or(String::new(), |minutes| format!("{} of it", time(minutes)));
    };
    let is_begun = one.row.hours.is_some_and(|hours| hours != left);
    match minutes.filter(|minutes| (*minutes as f64) < left * 60.0) {
        None => work::left(Some(left), one.row.hours),
        Some(minutes) if is_begun => {
            format!("{} of the {} left", time(minutes), quantity::hours(left))
        }
        Some(minutes) => format!("{} of its {}", time(minutes), quantity::hours(left)),
    }
}
