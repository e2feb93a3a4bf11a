//! The time that was spent as rows: one a subject and day, beside the log.

use chrono::NaiveDate;
use milepost_path::Ref;
use rusqlite::types::Type;
use rusqlite::{Connection, Error, Result, Row, params};

use super::log;
use crate::model::effort::{Days, Effort, listed};
use crate::model::event::{Event, EventKind};

/// In this order [`read`] takes them.
macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT subject, day, minutes FROM effort", $rest)
    };
}

/// All of it.
pub(super) fn all(connection: &Connection) -> Result<Vec<Effort>> {
    let mut select = connection.prepare_cached(select!(""))?;
    let rows = select.query_map([], read)?;
    rows.collect()
}

/// The sums of each subject up to a day, as if all of it was spent on the last.
pub(super) fn sums(connection: &Connection, until: NaiveDate) -> Result<Vec<Effort>> {
    let mut select = connection.prepare_cached(
        "SELECT subject, max(day), sum(minutes) FROM effort WHERE day <= ?1 GROUP BY subject",
    )?;
    let rows = select.query_map([until.to_string()], read)?;
    rows.collect()
}

/// What was spent on some subjects.
pub(super) fn of<'r>(
    connection: &Connection,
    subjects: impl IntoIterator<Item = &'r Ref>,
) -> Result<Vec<Effort>> {
    let mut select = connection.prepare_cached(select!(" WHERE subject = ?1"))?;
    let mut efforts = Vec::new();
    for subject in subjects {
        for effort in select.query_map([subject.as_str()], read)? {
            efforts.push(effort?);
        }
    }
    Ok(efforts)
}

/// The minutes of a day, whatever was studied.
pub(super) fn on(connection: &Connection, day: NaiveDate) -> Result<i64> {
    let mut select =
        connection.prepare_cached("SELECT coalesce(sum(minutes), 0) FROM effort WHERE day = ?1")?;
    select.query_row([day.to_string()], |row| row.get(0))
}

/// Hands over each row, what cannot be read as an error.
pub(super) fn each(connection: &Connection, row_is: impl FnMut(Result<Effort>)) -> Result<()> {
    let mut select = connection.prepare(select!(""))?;
    select.query_map([], read)?.for_each(row_is);
    Ok(())
}

/// Forgets everything, so that it can be said anew.
pub(super) fn clear(connection: &Connection) -> Result<()> {
    connection.execute("DELETE FROM effort", []).map(|_| ())
}

/// Adds what a new event says of it.
pub(super) fn add(connection: &Connection, event: &Event) -> Result<()> {
    if let EventKind::Studied { session, .. } = &event.entry.fact {
        put(connection, &event.entry.subject, event.on, session.minutes)?;
    }
    Ok(())
}

/// Makes what is kept of a subject that which follows from its events.
pub(super) fn set(connection: &Connection, subject: &Ref, days: &Days) -> Result<()> {
    let mut delete = connection.prepare_cached("DELETE FROM effort WHERE subject = ?1")?;
    delete.execute([subject.as_str()])?;
    for effort in listed(subject, days) {
        put(connection, subject, effort.on, effort.minutes)?;
    }
    Ok(())
}

fn put(connection: &Connection, subject: &Ref, on: NaiveDate, minutes: u32) -> Result<()> {
    let mut upsert = connection.prepare_cached(
        "INSERT INTO effort (subject, day, minutes) VALUES (?1, ?2, ?3)
         ON CONFLICT (subject, day) DO UPDATE SET minutes = minutes + ?3",
    )?;
    upsert.execute(params![subject.as_str(), on.to_string(), minutes]).map(|_| ())
}

fn read(row: &Row<'_>) -> Result<Effort> {
    let day = row.get_ref(1)?.as_str()?;
    let no_date = || Error::FromSqlConversionFailure(1, Type::Text, "not a date".into());
    Ok(Effort {
        on: log::day(day).ok_or_else(no_date)?,
        subject: Ref::from_text(row.get_ref(0)?.as_str()?),
        minutes: row.get(2)?,
    })
}
