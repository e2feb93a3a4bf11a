//! The standing as rows: one a subject, beside the log.
//!
//! A subject whose events were all undone keeps its row, without a status, for the number of its
//! newest event.

use chrono::NaiveDate;
use milepost_path::{Ref, RefTarget};
use rusqlite::types::{FromSqlError, Type};
use rusqlite::{Connection, Error, OptionalExtension, Result, Row, Rows, params};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::log;
use crate::model::event::Goals;
use crate::model::standing::{
    Answer, Assessment, Dated, Following, ItemState, Standing, Status, SubjectState,
};

/// In this order [`read`] takes them.
macro_rules! columns {
    () => {
        "status, since, begun, known, said, target_on, hours_per_week, subject, role, snoozed_until,
         as_marked"
    };
}

/// The status word of a path that is followed.
const FOLLOWING: &str = "following";
/// The status word of a topic or stage of which only something was said.
const NOTED: &str = "noted";
/// The status word of a skill area; `said` has its assessments.
const ASSESSED: &str = "assessed";
/// The status word of an interview question; `said` has its answers.
const ANSWERED: &str = "answered";
/// The status word of days away from study; the last is in `target_on`, the reason in `said`.
const AWAY: &str = "away";

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Remarks {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    notes: Vec<Dated>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<Dated>,
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

/// The days away from study. Their references stand side by side in the order of the table.
pub(super) fn away(connection: &Connection) -> Result<Standing> {
    let mut standing = Standing::default();
    let mut select = connection.prepare_cached(concat!(
        "SELECT ",
        columns!(),
        " FROM standing WHERE subject >= 'away:' AND subject < 'away;'"
    ))?;
    put_rows(&mut standing, select.query([])?)?;
    Ok(standing)
}

fn put_rows(standing: &mut Standing, mut rows: Rows<'_>) -> Result<()> {
    while let Some(row) = rows.next()? {
        let (subject, state) = read(row)?;
        standing.put(&subject, state);
    }
    Ok(())
}

/// Hands over each row, what cannot be read as an error: the subject, the number of its newest
/// event, and its state.
pub(super) fn each(
    connection: &Connection,
    mut row_is: impl FnMut(Result<(Ref, i64, Option<SubjectState>)>),
) -> Result<()> {
    let mut select = connection.prepare(concat!("SELECT ", columns!(), ", last FROM standing"))?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        row_is(read(row).and_then(|(subject, state)| Ok((subject, row.get(11)?, state))));
    }
    Ok(())
}

/// Forgets everything, so that it can be said anew.
pub(super) fn clear(connection: &Connection) -> Result<()> {
    connection.execute("DELETE FROM standing", []).map(|_| ())
}

/// The number of the newest event of a subject, and its state.
pub(super) fn subject(
    connection: &Connection,
    subject: &Ref,
) -> Result<(Option<i64>, Option<SubjectState>)> {
    let mut select = connection.prepare_cached(concat!(
        "SELECT ",
        columns!(),
        ", last FROM standing WHERE subject = ?1"
    ))?;
    let found = select
        .query_row([subject.as_str()], |row| Ok((Some(row.get(11)?), read(row)?.1)))
        .optional()?;
    Ok(found.unwrap_or((None, None)))
}

/// Puts the state of a subject in place.
pub(super) fn put(
    connection: &Connection,
    subject: &Ref,
    last: i64,
    state: Option<&SubjectState>,
) -> Result<()> {
    let mut upsert = connection.prepare_cached(
        "INSERT INTO standing
             (subject, last, status, since, begun, known, said, target_on, hours_per_week, role,
              snoozed_until, as_marked)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
         ON CONFLICT (subject) DO UPDATE SET last = ?2, status = ?3, since = ?4, begun = ?5,
             known = ?6, said = ?7, target_on = ?8, hours_per_week = ?9, role = ?10,
             snoozed_until = ?11, as_marked = ?12",
    )?;
    let row = Columns::of(state)?;
    upsert.execute(params![
        subject.as_str(),
        last,
        row.status,
        row.since.map(|day| day.to_string()),
        row.begun.map(|day| day.to_string()),
        row.known,
        row.said,
        row.target_on.map(|day| day.to_string()),
        row.hours_per_week,
        row.role,
        row.snoozed_until.map(|day| day.to_string()),
        row.as_marked,
    ])?;
    Ok(())
}

/// What a row says of the state of its subject.
#[derive(Default)]
struct Columns<'s> {
    status: Option<&'static str>,
    since: Option<NaiveDate>,
    begun: Option<NaiveDate>,
    known: bool,
    said: Option<String>,
    target_on: Option<NaiveDate>,
    hours_per_week: Option<f64>,
    role: Option<&'s str>,
    snoozed_until: Option<NaiveDate>,
    as_marked: Option<String>,
}

impl<'s> Columns<'s> {
    fn of(state: Option<&'s SubjectState>) -> Result<Self> {
        Ok(match state {
            None => Self::default(),
            Some(SubjectState::Path(Following { since, goals })) => Self {
                status: Some(FOLLOWING),
                since: Some(*since),
                target_on: goals.target_on,
                hours_per_week: goals.hours_per_week,
                role: goals.role.as_deref(),
                ..Self::default()
            },
            Some(SubjectState::Area(assessments)) => {
                Self { status: Some(ASSESSED), said: Some(json(assessments)?), ..Self::default() }
            }
            Some(SubjectState::Question(answers)) => {
                Self { status: Some(ANSWERED), said: Some(json(answers)?), ..Self::default() }
            }
            Some(SubjectState::Away { to, why }) => Self {
                status: Some(AWAY),
                target_on: Some(*to),
                said: why.clone(),
                ..Self::default()
            },
            Some(SubjectState::Item(item)) => {
                let is_silent = item.notes.is_empty() && item.evidence.is_empty();
                let said =
                    || Remarks { notes: item.notes.clone(), evidence: item.evidence.clone() };
                Self {
                    status: Some(if item.since.is_some() { item.status.as_str() } else { NOTED }),
                    since: item.since,
                    begun: item.begun,
                    known: item.known,
                    said: (!is_silent).then(|| json(&said())).transpose()?,
                    snoozed_until: item.snoozed_until,
                    as_marked: item.as_marked.as_deref().map(json).transpose()?,
                    ..Self::default()
                }
            }
        })
    }
}

fn json(said: &impl Serialize) -> Result<String> {
    serde_json::to_string(said).map_err(|error| Error::ToSqlConversionFailure(error.into()))
}

fn read(row: &Row<'_>) -> Result<(Ref, Option<SubjectState>)> {
    let subject = Ref::from_text(row.get_ref(7)?.as_str()?);
    let state = state(row, &subject)?;
    Ok((subject, state))
}

fn state(row: &Row<'_>, subject: &Ref) -> Result<Option<SubjectState>> {
    let Some(status) = text(row, 0)? else {
        return Ok(None);
    };
    let since = day(row, 1)?;
    let fits = match subject.target() {
        RefTarget::Path => status == FOLLOWING,
        RefTarget::Area(_) => status == ASSESSED,
        RefTarget::Question(_) => status == ANSWERED,
        RefTarget::Away(_) => status == AWAY,
        RefTarget::Node(_) => status == NOTED || Status::parse(status).is_some(),
    };
    if !fits {
        return Err(wrong(0, "no status of what the row is about"));
    }
    match status {
        FOLLOWING => {
            let since = since.ok_or_else(|| wrong(1, "a followed path has no day"))?;
            let role = text(row, 8)?.map(str::to_owned);
            let goals = Goals { target_on: day(row, 5)?, hours_per_week: row.get(6)?, role };
            Ok(Some(SubjectState::Path(Following { since, goals })))
        }
        ASSESSED => {
            let assessments: Vec<Assessment> = parsed(row, 4)?.unwrap_or_default();
            Ok(Some(SubjectState::Area(assessments)))
        }
        ANSWERED => {
            let answers: Vec<Answer> = parsed(row, 4)?.unwrap_or_default();
            Ok(Some(SubjectState::Question(answers)))
        }
        AWAY => {
            let to = day(row, 5)?.ok_or_else(|| wrong(5, "days away have no last one"))?;
            Ok(Some(SubjectState::Away { to, why: text(row, 4)?.map(str::to_owned) }))
        }
        word => {
            let Remarks { notes, evidence } = parsed(row, 4)?.unwrap_or_default();
            Ok(Some(SubjectState::Item(ItemState {
                status: Status::parse(word).unwrap_or_default(),
                since,
                begun: day(row, 2)?,
                known: row.get(3)?,
                notes,
                evidence,
                snoozed_until: day(row, 9)?,
                as_marked: parsed(row, 10)?,
            })))
        }
    }
}

fn parsed<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> Result<Option<T>> {
    text(row, column)?
        .map(serde_json::from_str)
        .transpose()
        .map_err(|error| Error::FromSqlConversionFailure(column, Type::Text, error.into()))
}

fn text<'r>(row: &'r Row<'_>, column: usize) -> Result<Option<&'r str>> {
    row.get_ref(column)?.as_str_or_null().map_err(|error: FromSqlError| {
        Error::FromSqlConversionFailure(column, Type::Text, error.into())
    })
}

fn day(row: &Row<'_>, column: usize) -> Result<Option<NaiveDate>> {
    text(row, column)?
        .map(|text| log::day(text).ok_or_else(|| wrong(column, "not a date")))
        .transpose()
}

fn wrong(column: usize, what: &str) -> Error {
    Error::FromSqlConversionFailure(column, Type::Text, what.into())
}
