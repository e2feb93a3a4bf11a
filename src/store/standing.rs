//! The standing as rows: one a subject, beside the log.
//!
//! A subject whose events were all undone keeps its row, without a status, for the number of its
//! newest event.

use rusqlite::types::{FromSqlError, Type};
use rusqlite::{Connection, Error, OptionalExtension, Result, Row, Rows, params};
use serde::{Deserialize, Serialize};

use crate::model::event::Goals;
use crate::model::roadmap::Ref;
use crate::model::standing::{Following, ItemState, Said, Standing, Status, Subject};

/// In this order [`read`] takes them.
macro_rules! columns {
    () => {
        "status, since, begun, known, said, target_on, hours_per_week, subject"
    };
}

/// The status word of a path that is followed.
const FOLLOWING: &str = "following";
/// The status word of a topic or stage of which only something was said.
const NOTED: &str = "noted";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Remarks {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    notes: Vec<Said>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<Said>,
}

/// The state of everything.
pub(super) fn all(connection: &Connection) -> Result<Standing> {
    let mut standing = Standing::default();
    let mut select = connection.prepare_cached(concat!(
        "SELECT ",
        columns!(),
        " FROM standing WHERE status IS NOT NULL"
    ))?;
    put_rows(&mut standing, select.query([])?)?;
    Ok(standing)
}

/// The state of some subjects, and the followed paths.
pub(super) fn some<'r>(
    connection: &Connection,
    subjects: impl IntoIterator<Item = &'r Ref>,
) -> Result<Standing> {
    let mut standing = Standing::default();
    let mut select = connection.prepare_cached(concat!(
        "SELECT ",
        columns!(),
        " FROM standing WHERE status = 'following'"
    ))?;
    put_rows(&mut standing, select.query([])?)?;
    for wanted in subjects {
        let (_, state) = subject(connection, wanted)?;
        standing.put(wanted, state);
    }
    Ok(standing)
}

fn put_rows(standing: &mut Standing, mut rows: Rows<'_>) -> Result<()> {
    while let Some(row) = rows.next()? {
        let (subject, state) = read(row)?;
        standing.put(&subject, state);
    }
    Ok(())
}

/// The number of the newest event of a subject, and its state.
pub(super) fn subject(
    connection: &Connection,
    subject: &Ref,
) -> Result<(Option<i64>, Option<Subject>)> {
    let mut select = connection.prepare_cached(concat!(
        "SELECT ",
        columns!(),
        ", last FROM standing WHERE subject = ?1"
    ))?;
    let found = select
        .query_row([subject.as_str()], |row| Ok((Some(row.get(8)?), read(row)?.1)))
        .optional()?;
    Ok(found.unwrap_or((None, None)))
}

/// Puts the state of a subject in place.
pub(super) fn put(
    connection: &Connection,
    subject: &Ref,
    last: i64,
    state: Option<&Subject>,
) -> Result<()> {
    let mut upsert = connection.prepare_cached(
        "INSERT INTO standing (subject, last, status, since, begun, known, said, target_on, hours_per_week)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (subject) DO UPDATE SET last = ?2, status = ?3, since = ?4, begun = ?5,
             known = ?6, said = ?7, target_on = ?8, hours_per_week = ?9",
    )?;
    let subject = subject.as_str();
    let day = |day: chrono::NaiveDate| day.to_string();
    match state {
        None => upsert.execute(params![
            subject,
            last,
            None::<&str>,
            None::<&str>,
            None::<&str>,
            false,
            None::<&str>,
            None::<&str>,
            None::<f64>
        ])?,
        Some(Subject::Path(Following { since, goals })) => upsert.execute(params![
            subject,
            last,
            FOLLOWING,
            since.to_string(),
            None::<&str>,
            false,
            None::<&str>,
            goals.target_on.map(day),
            goals.hours_per_week
        ])?,
        Some(Subject::Item(item)) => {
            let status = match item.since {
                Some(_) => item.status.as_str(),
                None => NOTED,
            };
            let said = (!item.notes.is_empty() || !item.evidence.is_empty())
                .then(|| Remarks { notes: item.notes.clone(), evidence: item.evidence.clone() });
            let said = said
                .map(|said| serde_json::to_string(&said))
                .transpose()
                .map_err(|error| Error::ToSqlConversionFailure(error.into()))?;
            upsert.execute(params![
                subject,
                last,
                status,
                item.since.map(day),
                item.begun.map(day),
                item.known,
                said,
                None::<&str>,
                None::<f64>
            ])?
        }
    };
    Ok(())
}

fn read(row: &Row<'_>) -> Result<(Ref, Option<Subject>)> {
    let subject = Ref::from_text(row.get_ref(7)?.as_str()?);
    let state = state(row, &subject)?;
    Ok((subject, state))
}

fn state(row: &Row<'_>, subject: &Ref) -> Result<Option<Subject>> {
    let Some(status) = text(row, 0)? else {
        return Ok(None);
    };
    let since = day(row, 1)?;
    if (status == FOLLOWING) != subject.id().is_none() {
        return Err(wrong(0, "paths are followed, and nothing else is"));
    }
    if status == FOLLOWING {
        let since = since.ok_or_else(|| wrong(1, "a followed path has no day"))?;
        let goals = Goals { target_on: day(row, 5)?, hours_per_week: row.get(6)? };
        return Ok(Some(Subject::Path(Following { since, goals })));
    }
    let status = match status {
        NOTED => Status::Todo,
        word => Status::parse(word).ok_or_else(|| wrong(0, "unknown status"))?,
    };
    let said = match text(row, 4)? {
        None => Remarks { notes: Vec::new(), evidence: Vec::new() },
        Some(json) => serde_json::from_str(json)
            .map_err(|error| Error::FromSqlConversionFailure(4, Type::Text, error.into()))?,
    };
    Ok(Some(Subject::Item(ItemState {
        status,
        since,
        begun: day(row, 2)?,
        known: row.get(3)?,
        notes: said.notes,
        evidence: said.evidence,
    })))
}

fn text<'r>(row: &'r Row<'_>, column: usize) -> Result<Option<&'r str>> {
    row.get_ref(column)?.as_str_or_null().map_err(|error: FromSqlError| {
        Error::FromSqlConversionFailure(column, Type::Text, error.into())
    })
}

fn day(row: &Row<'_>, column: usize) -> Result<Option<chrono::NaiveDate>> {
    text(row, column)?
        .map(|text| text.parse().map_err(|_not_a_day| wrong(column, "not a date")))
        .transpose()
}

fn wrong(column: usize, what: &str) -> Error {
    Error::FromSqlConversionFailure(column, Type::Text, what.into())
}
