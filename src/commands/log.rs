//! `milepost log`

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::mark;
use crate::context::Context;
use crate::error::Result;
use crate::model::event::Event;
use crate::model::history::Backwards;
use crate::model::roadmap::Ref;
use crate::output::{Output, Screen};
use crate::text::{safe, width};

/// Show what happened, newest first
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost log
  milepost log --since monday --path ai-integration
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
}

#[derive(Serialize)]
struct Report {
    events: Vec<Entry>,
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
    let wanted = |event: &Event| {
        since.is_none_or(|since| event.on >= since)
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
                    found.push(entry(event, undone));
                    if found.len() == args.limit {
                        break;
                    }
                }
            }
            Ok(found)
        })?,
    };
    if events.is_empty() {
        if let Some(path) = &args.path {
            context.path(path)?;
        }
        out.say("nothing is recorded there yet: `milepost done REF` records something");
    }
    out.report("log", &Report { events }, text)
}

fn entry(event: Event, undone: bool) -> Entry {
    let action = event.entry.action();
    let remark = event.entry.remark().cloned().unwrap_or_default();
    Entry {
        id: event.id,
        at: event.at,
        on: event.on,
        action,
        reference: event.entry.subject,
        title: event.entry.title,
        note: remark.note,
        evidence: remark.evidence,
        undone,
    }
}

fn text(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let mut lines = Vec::new();
    let mut day = None;
    // Under the day that each is for; within a day the newest first.
    let mut events: Vec<&Entry> = report.events.iter().collect();
    events.sort_by_key(|event| std::cmp::Reverse(event.on));
    for event in events {
        if day != Some(event.on) {
            day = Some(event.on);
            lines.push(paint.heading(&event.on.to_string()));
        }
        let title = safe::line(event.title.as_deref().unwrap_or_default()).into_owned();
        let reference = safe::line(event.reference.as_str());
        let undone = if event.undone { paint.warn("  (undone)") } else { String::new() };
        let action = format!("{:<8}", event.action);
        lines.push(format!("  {action} {title}  {}{undone}", paint.dim(&reference)));
        for said in event.note.iter().chain(&event.evidence) {
            lines.push(format!("           {}", safe::line(said)));
        }
    }
    let mut text = String::new();
    for line in lines {
        text.push_str(&screen.width.map_or(line.clone(), |columns| width::fit(&line, columns)));
        text.push('\n');
    }
    text
}
