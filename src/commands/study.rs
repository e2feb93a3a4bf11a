//! `milepost study`

use milepost_core::report::change::State;
use milepost_core::report::study::{self, Query, Report};
use milepost_core::{Candidate, Refusal};
use milepost_path::safe;

use super::shared::{item_row, mark, select};
use crate::context::Context;
use crate::error::{Error, Result};
use crate::output::{Output, Screen};
use crate::prompt::Prompt;
use crate::text::day::{self, DayError};
use crate::text::{quantity, shell, width};
use crate::words::work;

/// Record how long you studied something
///
/// The time counts for the day, the item and its topic; an item that you had not begun is then in
/// progress. Only `milepost done` changes the percentage. Without TIME, it asks you; with --from, it
/// takes the time until now.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost study fastapi-docs 45m
  milepost study api-development 1h30 --on yesterday --note \"routing, by hand\"
  milepost study fastapi-docs --from 19:30")]
pub struct Args {
    /// The item or topic
    #[arg(value_name = "REF", add = super::completions::open())]
    reference: Option<String>,

    /// How long: 45m, 1h30, 1:30, 1.5h
    time: Option<String>,

    /// The day it happened [default: today]: 2026-11-20, monday, `3 days ago`
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, add = super::completions::past_days())]
    on: Option<String>,

    /// When you began: 19:30. This stays in your own record
    #[arg(long, value_name = "TIME")]
    from: Option<String>,

    /// Add a note; `-` reads it from standard input
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    note: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// The reference is unknown or names no item or topic, the time or the day cannot be, nobody can be
/// asked, or the record cannot be written.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let app = &context.app;
    let mut query = Query {
        reference: String::new(),
        on: mark::day_or_none(args.on.as_deref(), context)?,
        from: args.from.as_deref().map(|text| day::clock(text).map_err(refused)).transpose()?,
        minutes: args
            .time
            .as_deref()
            .map(|text| day::session(text).map_err(|error| no_time(&error, text, args)))
            .transpose()?,
        remark: mark::given(args.note.as_deref(), &[])?,
    };
    query.reference = match &args.reference {
        Some(reference) => reference.clone(),
        None => mark::choose_one("study", "Study", app, out)?,
    };
    let answer = loop {
        let error = match study::report(&query, app) {
            Ok(answer) => break answer,
            Err(error) => error,
        };
        match without_time(&error).zip(out.prompt()) {
            Some((node, prompt)) => query.minutes = Some(ask(node, prompt)?),
            None if is_time_alone(args, &error) => return Err(time_alone(error)),
            None => query.reference = select::choose(error, out)?.1,
        }
    };
    out.tell_answer(&answer, text)
}

fn refused(error: DayError) -> Error {
    Error::usage(error.problem()).hint(format!("write {}", error.accepted()))
}

/// That what stands in the place of a time is none; a time can stand before it, where what was studied
/// belongs.
fn no_time(error: &DayError, text: &str, args: &Args) -> Error {
    let time = args.reference.as_deref().filter(|first| day::session(first).is_ok());
    match time {
        Some(time) => Error::usage("the time comes after what you studied")
            .hint(format!("write `milepost study {} {time}`", safe::line(&shell::word(text)))),
        None => Error::usage(error.problem()).hint(format!("write {}", error.accepted())),
    }
}

/// Whether a time stands where what was studied belongs.
fn is_time_alone(args: &Args, error: &milepost_core::Error) -> bool {
    let milepost_core::Error::Refused(refusal) = error else { return false };
    let is_time = args.reference.as_deref().is_some_and(|text| day::session(text).is_ok());
    is_time && args.time.is_none() && matches!(&**refusal, Refusal::Unknown { .. })
}

fn time_alone(error: milepost_core::Error) -> Error {
    let error = Error::from(error);
    let said = format!("{}; a time comes after what you studied", error.message());
    error
        .reworded(said)
        .without_hints()
        .hint("for example `milepost study fastapi 45m`; `milepost next` lists some")
}

/// That of which nobody says how long it was studied.
fn without_time(error: &milepost_core::Error) -> Option<&Candidate> {
    let milepost_core::Error::Refused(refusal) = error else { return None };
    match &**refusal {
        Refusal::Study(study::Refusal::NoTime(node)) => Some(node),
        _ => None,
    }
}

/// How long it was, as somebody at the terminal says.
fn ask(node: &Candidate, prompt: &mut (dyn Prompt + '_)) -> Result<u32> {
    let title = safe::line(&node.title).into_owned();
    let mut question = format!("How long did you study {title}? (45m, 1h30)");
    loop {
        let Some(text) = prompt.line(&question)? else {
            return Err(Error::cancelled());
        };
        match day::session(&text) {
            Ok(minutes) => return Ok(minutes),
            Err(error) => question = error.to_string(),
        }
    }
}

/// The report for people.
pub fn text(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let mut text = String::new();
    for change in &report.changed {
        let mark = match change.to {
            State::Item(status) if report.is_item => {
                paint.status_mark(item_row::mark(status)) + " "
            }
            _ => String::new(),
        };
        let title = paint.bold(&safe::line(&change.title));
        let reference = paint.dim(change.reference.as_str());
        text.push_str(&item_row::line(&mark, &title, &reference, screen));
    }
    let on = if report.is_today { String::new() } else { format!(" on {}", report.on) };
    let all = work::so_far(report.minutes_in_all, report.hours);
    let line = format!("studied {}{on}; {all}", quantity::minutes(report.minutes));
    text.push_str(&width::wrap_indented("    ", "    ", &line, screen.text_width()));
    text
}
