//! Time that was studied: from a reference to one transaction, and how much it is by now.

use chrono::{NaiveDate, Timelike};
use milepost_path::{Node, Ref};
use serde::Serialize;

use super::change::{Changed, State};
use super::{Answer, App, Candidate, Error, Result, mark, references, remark};
use crate::model::effort::{self, DAY, Session};
use crate::model::event::{Annotation, EventKind, NewEvent};
use crate::model::learner::{Learner, all_places, progress_ref};
use crate::model::standing::Status;

/// What was studied.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The item or topic.
    pub reference: String,
    /// How long, in minutes; without it, the time from `from` until now.
    pub minutes: Option<u32>,
    /// When the learner began, in minutes since midnight.
    pub from: Option<u32>,
    /// The day; today where none is named.
    pub on: Option<NaiveDate>,
    /// What is said about it.
    pub remark: Annotation,
}

/// What is recorded, and what it comes to.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Report {
    /// What was studied, with its status before and after.
    pub changed: Vec<Changed>,
    /// Empty: the same time twice is twice the time.
    pub unchanged: Vec<Ref>,
    /// The day.
    pub on: NaiveDate,
    /// How long.
    pub minutes: u32,
    /// In all: on the item, or on the topic and what is in it.
    pub minutes_in_all: u32,
    /// What the path plans for it.
    pub hours: Option<f64>,
    /// Whether it was today.
    #[serde(skip)]
    pub is_today: bool,
    /// Whether it is an item, which has a status.
    #[serde(skip)]
    pub is_item: bool,
}

/// Why nothing is recorded. Times of day are in minutes since midnight.
#[derive(Debug)]
pub enum Refusal {
    /// A path or stage, of which no time is recorded.
    WrongKind(Candidate),
    /// Nobody says how long it was.
    NoTime(Candidate),
    /// The learner begins later today.
    NotYet {
        /// When.
        from: u32,
        /// When it is now.
        now: u32,
    },
    /// It is not said how long something was that did not begin today.
    NotToday {
        /// What was studied.
        reference: Ref,
        /// The day.
        on: NaiveDate,
        /// When the learner began.
        from: u32,
    },
    /// The learner begins just now.
    JustNow {
        /// What was studied.
        reference: Ref,
        /// The day.
        on: NaiveDate,
        /// When the learner began.
        from: u32,
    },
    /// The day has not so many hours.
    DayIsFull {
        /// The day.
        on: NaiveDate,
        /// What was studied in it already, in minutes.
        minutes: i64,
    },
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        super::Refusal::Study(refusal).into()
    }
}

/// Records how long something was studied. An item that was not begun is in progress by it.
///
/// # Errors
/// The reference is unknown or unclear, or names no item or topic; the time or the day cannot be; or
/// the record cannot be read or written.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let today = app.today();
    let on = query.on.unwrap_or(today);
    let now = app.time.hour() * 60 + app.time.minute();
    if let Some(from) = query.from.filter(|from| on == today && *from > now) {
        return Err(Refusal::NotYet { from, now }.into());
    }
    let remark = remark::remark(query.remark.note.as_deref(), &query.remark.evidence)?;
    let followed = app.followed_ids()?;
    let followed: Vec<&str> = followed.iter().map(String::as_str).collect();
    let node = references::node(&query.reference, &followed, app)?;
    if matches!(node, Node::Path(_) | Node::Stage(..)) {
        return Err(Refusal::WrongKind(Candidate::new(&node)).into());
    }
    let minutes = match (query.minutes, query.from) {
        (Some(minutes), _) => minutes,
        (None, Some(from)) => until_now(&node, from, on, (today, now))?,
        (None, None) => return Err(Refusal::NoTime(Candidate::new(&node)).into()),
    };

    let catalog = app.catalog();
    let mut store = app.store_to_write()?;
    let mut writing = store.write(app.stamp)?;
    let reading = writing.reading();
    let on_day = reading.minutes_on(on)?;
    if on_day + i64::from(minutes) > i64::from(DAY) {
        return Err(Refusal::DayIsFull { on, minutes: on_day }.into());
    }
    let status = reading.ask(|states| match &node {
        Node::Item(item) => Some(Learner { shelf: catalog, standing: states }.status(item)),
        _ => None,
    })?;
    let before = effort::sum(&reading.efforts_of(&all_places(catalog, &node))?);
    let begins = status.is_some_and(Status::is_open);
    let subject = match &node {
        Node::Item(item) => progress_ref(catalog, item),
        node => node.reference(),
    };
    let session = Session { minutes, from: query.from };
    let fact = EventKind::Studied { session, begins, remark };
    writing.append(NewEvent { subject, title: Some(node.title().to_owned()), fact }, on)?;
    app.commit(writing)?;

    let from = status.unwrap_or_default();
    let report = Report {
        changed: vec![Changed {
            reference: node.reference(),
            title: node.title().to_owned(),
            from: State::Item(from),
            to: State::Item(if begins { Status::Doing } else { from }),
        }],
        unchanged: Vec::new(),
        on,
        minutes,
        minutes_in_all: before.saturating_add(minutes),
        hours: match &node {
            Node::Item(item) => item.hours(),
            Node::Topic(_, _, topic) => topic.hours,
            _ => None,
        },
        is_today: on == today,
        is_item: status.is_some(),
    };
    let hints = mark::not_followed([node.roadmap().id.as_str()], &followed);
    Ok(app.answer(report).hints(hints))
}

/// The time from a time of day until now.
fn until_now(
    node: &Node<'_>,
    from: u32,
    on: NaiveDate,
    (today, now): (NaiveDate, u32),
) -> Result<u32> {
    let reference = node.reference();
    if on != today {
        return Err(Refusal::NotToday { reference, on, from }.into());
    }
    match now.saturating_sub(from) {
        0 => Err(Refusal::JustNow { reference, on, from }.into()),
        minutes => Ok(minutes),
    }
}

#[cfg(test)]
mod tests;
