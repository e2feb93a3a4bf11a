//! The days on which the learner does not study.

use chrono::NaiveDate;
use milepost_path::Ref;
use serde::Serialize;

use super::change::{Changed, State};
use super::{Answer, App, Result};
use crate::model::away::{self, Away, MOST_DAYS};
use crate::model::standing::Standing;
use crate::store::Writing;

/// What is asked.
#[derive(Debug, Clone)]
pub enum Query {
    /// The stretches that there are.
    List,
    /// A stretch from its first to its last day, both away, for a reason.
    Add(Away),
    /// To forget the stretch that this day lies in.
    Remove(NaiveDate),
}

/// The days away.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The stretches that were added or forgotten.
    pub changed: Vec<Changed>,
    /// All stretches; those that overlap are one.
    pub away: Vec<Stretch>,
}

/// Days away in a row.
#[derive(Debug, Serialize)]
pub struct Stretch {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// The reason.
    pub why: Option<String>,
}

/// Why days away cannot be recorded.
#[derive(Debug)]
pub enum Refusal {
    /// The last day comes before the first.
    Backwards(Away),
    /// There are so many days, which is too many.
    TooLong(i64),
}

/// Lists the days away, or changes them.
///
/// # Errors
/// The stretch ends before it begins or is too long, or the record cannot be read or written.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    if let Query::Add(wanted) = query {
        check(wanted)?;
    }
    if let Query::List = query {
        let standing = match app.store()? {
            Some(mut store) => store.read()?.away()?,
            None => Standing::default(),
        };
        return Ok(app.answer(Report { changed: Vec::new(), away: stretches(&standing) }));
    }
    let mut store = app.store_to_write()?;
    change(query, store.write(app.stamp)?, app)
}

fn change(query: &Query, mut writing: Writing<'_>, app: &App) -> Result<Answer<Report>> {
    let before = writing.reading().away()?;
    let entries = match query {
        Query::Add(wanted) => away::add(wanted.clone(), before.away()),
        Query::Remove(day) => away::remove(*day, before.away()),
        Query::List => Vec::new(),
    };
    let subjects: Vec<(Ref, Option<String>)> =
        entries.iter().map(|entry| (entry.subject.clone(), entry.title.clone())).collect();
    for entry in entries {
        writing.append(entry, app.today())?;
    }
    let after = writing.reading().away()?;
    if !subjects.is_empty() {
        app.commit(writing)?;
    }
    let state =
        |standing: &Standing, subject: &Ref| State::Away(standing.subject(subject).is_some());
    let changed = subjects.into_iter().map(|(reference, title)| Changed {
        from: state(&before, &reference),
        to: state(&after, &reference),
        title: title.unwrap_or_default(),
        reference,
    });
    Ok(app.answer(Report { changed: changed.collect(), away: stretches(&after) }))
}

fn check(wanted: &Away) -> Result<()> {
    let refusal = if wanted.to < wanted.from {
        Refusal::Backwards(wanted.clone())
    } else if wanted.days() > MOST_DAYS {
        Refusal::TooLong(wanted.days())
    } else {
        return Ok(());
    };
    Err(super::Refusal::Away(refusal).into())
}

fn stretches(standing: &Standing) -> Vec<Stretch> {
    let joined = away::joined(standing.away()).into_iter();
    joined.map(|Away { from, to, why }| Stretch { from, to, why }).collect()
}
