//! `milepost undo`, and what `redo` shares with it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::mark::{Changed, Report, State};
use super::row;
use crate::context::Context;
use crate::error::Result;
use crate::model::event::{Entry, Event};
use crate::model::history;
use crate::model::roadmap::{Named, Ref};
use crate::model::standing::{Standing, Status, Subject};
use crate::output::{Output, Screen};
use crate::store::StoreError;
use crate::text::safe;

/// Take back the last change
///
/// One command's worth, by appending to the log; repeated, the one before it. `milepost redo`
/// brings it back.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost undo
  milepost undo --list")]
pub struct Args {
    /// Only list what would be taken back, newest first
    #[arg(long)]
    list: bool,
}

/// How many commands `--list` shows.
const LISTED: usize = 10;

/// Runs the command.
///
/// # Errors
/// The record cannot be read or written.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    if args.list {
        return list(context, out);
    }
    let choose = |events: &mut dyn Iterator<Item = std::result::Result<Event, StoreError>>| {
        let commands = history::to_undo(events, 1)?;
        Ok(commands.first().map(|events| history::undo_entries(events)))
    };
    revert("undo", "nothing to undo", context, out, choose)
}

/// Appends the chosen markers, and reports what they change.
pub(super) fn revert(
    command: &str,
    nothing: &str,
    context: &Context,
    out: &mut Output<'_, '_>,
    choose: impl FnOnce(
        &mut dyn Iterator<Item = std::result::Result<Event, StoreError>>,
    ) -> std::result::Result<Option<Vec<Entry>>, StoreError>,
) -> Result<()> {
    let Some(mut store) = context.store()? else {
        return answer(command, nothing, Vec::new(), out);
    };
    let mut writing = store.write(context.stamp)?;
    let Some(entries) = writing.reading().newest_first(choose)? else {
        drop(writing);
        return answer(command, nothing, Vec::new(), out);
    };
    let mut subjects: Vec<(Ref, String)> = Vec::new();
    for entry in &entries {
        if !subjects.iter().any(|(subject, _)| *subject == entry.subject) {
            let title = entry.title.clone().unwrap_or_default();
            subjects.push((entry.subject.clone(), title));
        }
    }
    let references: Vec<Ref> = subjects.iter().map(|(subject, _)| subject.clone()).collect();
    let before = writing.reading().standing_of(&references)?;
    let today = writing.today();
    for entry in entries {
        writing.append(entry, today)?;
    }
    let after = writing.reading().standing_of(&references)?;
    context.commit(writing)?;
    let changed = subjects
        .into_iter()
        .map(|(reference, title)| Changed {
            from: state(&before, &reference, today),
            to: state(&after, &reference, today),
            reference,
            title,
        })
        .collect();
    answer(command, nothing, changed, out)
}

fn state(standing: &Standing, subject: &Ref, today: NaiveDate) -> State {
    match (standing.subject(subject), subject.names()) {
        (Some(Subject::Path(_)), _) => State::Followed(true),
        (Some(Subject::Item(item)), _) => {
            State::of(item.status, item.snoozed_until.is_some_and(|until| until > today))
        }
        (Some(Subject::Area(levels)), _) => {
            State::Level(Some(levels.last().map_or(0, |last| last.level)))
        }
        (Some(Subject::Question(answers)), _) => {
            State::Grade(answers.last().map(|last| last.grade))
        }
        (Some(Subject::Away { .. }), _) => State::Away(true),
        (None, Named::Away(_)) => State::Away(false),
        (None, Named::Path) => State::Followed(false),
        (None, Named::Node(_)) => State::Item(Status::Todo),
        (None, Named::Area(_)) => State::Level(None),
        (None, Named::Question(_)) => State::Grade(None),
    }
}

fn answer(
    command: &str,
    nothing: &str,
    changed: Vec<Changed>,
    out: &mut Output<'_, '_>,
) -> Result<()> {
    out.report(command, &Report::of_changes(changed), |report, screen| {
        let paint = screen.paint;
        let lines = report.changed().iter().map(|change| {
            let names = change.reference.names();
            let mark = match change.to {
                State::Item(status) => paint.status_mark(row::mark(status)) + " ",
                _ => String::new(),
            };
            let title = paint.bold(&safe::line(&change.title));
            let reference = paint.dim(&safe::line(change.reference.as_str()));
            let what = if change.from == change.to {
                let what = match names {
                    Named::Node(_) if change.to == State::Snoozed => "its new day is",
                    Named::Path => "its goals are",
                    Named::Node(_) | Named::Away(_) => "what was recorded is",
                    Named::Area(_) => "its newest assessment is",
                    Named::Question(_) => "its newest answer is",
                };
                format!("{what} {} back", if command == "undo" { "taken" } else { "brought" })
            } else {
                let (to, from) = (change.to.as_str(), change.from.as_str());
                match change.to {
                    State::Followed(false) => "followed no more".to_owned(),
                    State::Level(_) | State::Grade(_) | State::Away(_) => {
                        format!("{to} now, was {from}")
                    }
                    State::Item(_) | State::Snoozed | State::Followed(true) => {
                        format!("{to} again, was {from}")
                    }
                }
            };
            row::line(&mark, &title, &format!("{reference}  {what}"), screen)
        });
        let text: String = lines.collect();
        if text.is_empty() { format!("{nothing}\n") } else { text }
    })
}

#[derive(Serialize)]
struct Undoable {
    changes: Vec<Step>,
}

#[derive(Serialize)]
struct Step {
    at: DateTime<Utc>,
    action: &'static str,
    refs: Vec<Ref>,
    titles: Vec<String>,
}

fn list(context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let commands = match context.store()? {
        None => Vec::new(),
        Some(mut store) => store.read()?.newest_first(|events| history::to_undo(events, LISTED))?,
    };
    let changes = commands
        .iter()
        .filter_map(|events| {
            let first = events.first()?;
            Some(Step {
                at: first.at,
                action: first.entry.action(),
                refs: events.iter().map(|event| event.entry.subject.clone()).collect(),
                titles: events.iter().filter_map(|event| event.entry.title.clone()).collect(),
            })
        })
        .collect();
    out.report("undo", &Undoable { changes }, list_text)
}

fn list_text(report: &Undoable, screen: &Screen) -> String {
    let mut text = String::new();
    for (at, step) in report.changes.iter().enumerate() {
        let first = step.titles.first().map_or("", String::as_str);
        let more = match step.refs.len() {
            0 | 1 => String::new(),
            n => format!(" and {} more", n - 1),
        };
        let action = screen.paint.bold(step.action);
        text.push_str(&format!("{:>2}. {action} {}{more}\n", at + 1, safe::line(first)));
    }
    if text.is_empty() { "nothing to undo\n".to_owned() } else { text }
}
