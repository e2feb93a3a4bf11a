//! `milepost undo`, and what `redo` shares with it.

use std::cmp::Ordering;
use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use uuid::Uuid;

use super::row;
use crate::context::Context;
use crate::error::{Code, Error, Result};
use crate::model::event::{Entry, Event, Fact};
use crate::model::history::{self, Import, Undoable, Whose};
use crate::model::roadmap::{Named, Ref};
use crate::model::standing::{ItemState, Standing, Status, Subject};
use crate::output::{Output, Screen};
use crate::report::change::{Changed, Changes, State};
use crate::store::{Reading, StoreError};
use crate::text::{quantity, safe};

/// Take back the last change
///
/// One command's worth, by appending to the log; repeated, the one before it. `milepost redo`
/// brings it back. It is the last change that was made here: what another machine did, and came with an
/// import, goes with the import that brought it.
///
/// What writes files is not taken back: `add`, `remove`, `export`. What `redact` erased is gone.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost undo
  milepost undo --list
  milepost undo --any")]
pub struct Args {
    /// Only list what would be taken back, newest first
    #[arg(long)]
    list: bool,

    /// Whoever did it: the newest change of all in the log
    #[arg(long)]
    any: bool,

    /// Take back the change before a redaction, which cannot be taken back, without a question
    #[arg(short, long)]
    yes: bool,
}

/// How many commands `--list` shows.
const LISTED: usize = 10;

/// Runs the command.
///
/// # Errors
/// The record cannot be read or written.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    if args.list {
        return list(args, context, out);
    }
    let past_erased = goes_past_erased(args, context, out)?;
    revert("undo", "nothing to undo", context, out, |reading| {
        let Some(first) = undoable(reading, args.any, past_erased, 1)?.into_iter().next() else {
            return Ok(None);
        };
        Ok(Some(match first {
            Undoable::Command(events) => {
                Chosen { entries: history::undo_entries(&events), import: None, undone_by: None }
            }
            Undoable::Import(import) => Chosen {
                entries: history::undo_entries(&reading.of_import(&import)?),
                import: Some(import),
                undone_by: None,
            },
        }))
    })
}

/// What undo would take back, newest first.
fn undoable(
    reading: &Reading<'_>,
    any: bool,
    past_erased: bool,
    most: usize,
) -> std::result::Result<Vec<Undoable>, StoreError> {
    let read =
        |whose: &Whose<'_>| reading.newest_first(|events| history::to_undo(events, most, whose));
    if any {
        return read(&Whose { past_erased, ..Whose::ANY });
    }
    let (devices, imports) = (reading.own_devices()?, reading.imports()?);
    let came = |event| reading.came(event);
    read(&Whose { devices: Some(&devices), imports: &imports, came: &came, past_erased })
}

/// Whether the newest change erased a text, and the one before it is to be taken back.
///
/// # Errors
/// Nobody said so.
fn goes_past_erased(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<bool> {
    let Some(mut store) = context.store()? else { return Ok(false) };
    let newest = undoable(&store.read()?, args.any, false, 1)?;
    let Some(Undoable::Command(events)) = newest.first() else { return Ok(false) };
    let is_erased = |event: &Event| matches!(event.entry.fact, Fact::Redacted(_));
    let Some(event) = events.first().filter(|_| events.iter().all(is_erased)) else {
        return Ok(false);
    };
    let name = &event.entry.subject;
    let what =
        format!("the last change erased a text of `{name}` for good: nothing brings it back");
    if args.yes {
        out.say(&what);
        return Ok(true);
    }
    let Some(prompt) = out.prompt() else {
        return Err(Error::new(Code::Refused, what)
            .hint("`milepost undo --yes` takes back the change before it"));
    };
    let question = format!("{what}. Take back the change before it?");
    if prompt.confirm(&question)? { Ok(true) } else { Err(Error::cancelled()) }
}

/// What is taken or brought back.
pub(super) struct Chosen {
    /// The markers.
    pub(super) entries: Vec<Entry>,
    /// The import that is taken back.
    pub(super) import: Option<Import>,
    /// The undo that is taken back.
    pub(super) undone_by: Option<Uuid>,
}

/// Appends the chosen markers, and reports what they change.
pub(super) fn revert(
    command: &str,
    nothing: &str,
    context: &Context,
    out: &mut Output<'_, '_>,
    choose: impl FnOnce(&Reading<'_>) -> std::result::Result<Option<Chosen>, StoreError>,
) -> Result<()> {
    let Some(mut store) = context.store()? else {
        return answer(command, nothing, Vec::new(), Vec::new(), out);
    };
    let mut writing = store.write(context.stamp)?;
    let Some(Chosen { entries, import, undone_by }) = choose(writing.reading())? else {
        drop(writing);
        return answer(command, nothing, Vec::new(), Vec::new(), out);
    };
    let mut subjects: Vec<(Ref, String)> = Vec::new();
    let mut seen = HashSet::new();
    for entry in &entries {
        if seen.insert(entry.subject.clone()) {
            subjects.push((entry.subject.clone(), entry.title.clone().unwrap_or_default()));
        }
    }
    let references: Vec<Ref> = subjects.iter().map(|(subject, _)| subject.clone()).collect();
    let before = writing.reading().standing_of(&references)?;
    let today = writing.today();
    for entry in entries {
        writing.append(entry, today)?;
    }
    if let Some(import) = &import {
        writing.undo_import(import)?;
    }
    if let Some(command) = undone_by {
        writing.redo_import(command)?;
    }
    let after = writing.reading().standing_of(&references)?;
    context.commit(writing)?;
    if let Some(import) = &import {
        let (count, file) =
            (quantity::count(import.events, "event"), safe::short(&import.file, 80));
        out.say(&format!(
            "the import of {file} is taken back ({count}): `milepost redo` brings it back"
        ));
    }
    let changed = subjects
        .into_iter()
        .map(|(reference, title)| Changed {
            from: state(&before, &reference, today),
            to: state(&after, &reference, today),
            reference,
            title,
        })
        .collect();
    let same = references.iter().map(|reference| same(command, &before, &after, reference));
    answer(command, nothing, changed, same.collect(), out)
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

/// What changed of a subject that stands as it stood.
fn same(command: &str, before: &Standing, after: &Standing, subject: &Ref) -> String {
    let texts = |item: &ItemState| item.notes.len() + item.evidence.len();
    let items = before.item_at(subject).zip(after.item_at(subject));
    let is = |what: &str, is_back| {
        format!("{what} is {} back", if is_back { "brought" } else { "taken" })
    };
    let is_redo = command == "redo";
    match (subject.names(), items) {
        (Named::Node(_), Some((one, other))) if one.snoozed_until != other.snoozed_until => {
            is("its new day", is_redo)
        }
        (Named::Node(_), Some((one, other)))
            if (one.since, one.known) != (other.since, other.known) =>
        {
            is("its correction", is_redo)
        }
        (Named::Node(_), _) => {
            let count = |standing: &Standing| standing.item_at(subject).map_or(0, texts);
            let (before, after) = (count(before), count(after));
            // To undo that something was removed brings it back.
            match before.cmp(&after) {
                Ordering::Equal => is("what was recorded", is_redo),
                order => is("what was said", order.is_lt()),
            }
        }
        (Named::Path, _) => {
            format!("its goals are {} back", if is_redo { "brought" } else { "taken" })
        }
        (Named::Away(_), _) => is("what was recorded", is_redo),
        (Named::Area(_), _) => is("its newest assessment", is_redo),
        (Named::Question(_), _) => is("its newest answer", is_redo),
    }
}

fn answer(
    command: &str,
    nothing: &str,
    changed: Vec<Changed>,
    same: Vec<String>,
    out: &mut Output<'_, '_>,
) -> Result<()> {
    out.report(command, &Changes { changed, ..Changes::default() }, |report, screen| {
        let paint = screen.paint;
        let lines = report.changed.iter().zip(&same).map(|(change, same)| {
            let mark = match change.to {
                State::Item(status) => paint.status_mark(row::mark(status)) + " ",
                _ => String::new(),
            };
            let title = paint.bold(&safe::line(&change.title));
            let reference = paint.dim(&safe::line(change.reference.as_str()));
            let what = if change.from == change.to {
                same.clone()
            } else {
                let (to, from) = (change.to.as_str(), change.from.as_str());
                match change.to {
                    State::Followed(false) => "no longer followed".to_owned(),
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
struct Undoables {
    changes: Vec<Step>,
}

#[derive(Serialize)]
struct Step {
    at: DateTime<Utc>,
    action: &'static str,
    refs: Vec<Ref>,
    titles: Vec<String>,
    /// How many events it has.
    events: usize,
    /// Whether it was done here.
    own: bool,
    /// The file that was imported.
    file: Option<String>,
}

impl Step {
    fn of(one: &Undoable, own: &[Uuid]) -> Option<Self> {
        Some(match one {
            Undoable::Command(events) => {
                let first = events.first()?;
                Self {
                    at: first.at,
                    action: first.entry.action(),
                    refs: events.iter().map(|event| event.entry.subject.clone()).collect(),
                    titles: events.iter().filter_map(|event| event.entry.title.clone()).collect(),
                    events: events.len(),
                    own: own.contains(&first.device),
                    file: None,
                }
            }
            Undoable::Import(import) => Self {
                at: import.at,
                action: "imported",
                refs: Vec::new(),
                titles: Vec::new(),
                events: import.events,
                own: true,
                file: Some(import.file.clone()),
            },
        })
    }
}

fn list(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let changes = match context.store()? {
        None => Vec::new(),
        Some(mut store) => {
            let reading = store.read()?;
            let own = reading.own_devices()?;
            let found = undoable(&reading, args.any, true, LISTED)?;
            found.iter().filter_map(|one| Step::of(one, &own)).collect()
        }
    };
    out.report("undo", &Undoables { changes }, list_text)
}

fn list_text(report: &Undoables, screen: &Screen) -> String {
    let mut text = String::new();
    for (at, step) in report.changes.iter().enumerate() {
        let first = match &step.file {
            Some(file) => {
                let count = quantity::count(step.events, "event");
                format!("{count} from {}", safe::short(file, 80))
            }
            None => safe::line(step.titles.first().map_or("", String::as_str)).into_owned(),
        };
        let more = match step.refs.len() {
            0 | 1 => String::new(),
            n => format!(" and {} more", n - 1),
        };
        let whose = if step.own { "" } else { "  (another machine)" };
        let action = screen.paint.bold(step.action);
        text.push_str(&format!("{:>2}. {action} {first}{more}{whose}\n", at + 1));
    }
    if text.is_empty() { "nothing to undo\n".to_owned() } else { text }
}
