//! Where a record is shared and what is not there yet. Nobody is asked.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Serialize, Serializer};
use uuid::Uuid;

use super::chosen;
use crate::report::{Answer, App, Result};
use crate::sync::Linked;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// One remote; all of them where none is named.
    pub remote: Option<String>,
}

/// What is known of the remotes.
#[derive(Debug, Serialize)]
pub struct Report {
    /// All of them, by name.
    pub remotes: Vec<Line>,
}

/// A remote.
#[derive(Debug, Serialize)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub url: String,
    /// The log.
    pub log: Uuid,
    /// How many changes are not there yet.
    pub waiting: u64,
    /// When it was synced last.
    #[serde(serialize_with = "instant")]
    pub synced_at: Option<DateTime<Utc>>,
}

fn instant<S: Serializer>(
    at: &Option<DateTime<Utc>>,
    to: S,
) -> std::result::Result<S::Ok, S::Error> {
    at.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)).serialize(to)
}

/// Says where the record is shared.
///
/// # Errors
/// The record has no such remote, or cannot be read.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let linked = match (&query.remote, app.store()?) {
        (Some(name), _) => vec![chosen(Some(name), app)?],
        (None, Some(mut store)) => store.read()?.remotes()?,
        (None, None) => Vec::new(),
    };
    let line = |one: Linked| Line {
        name: one.name,
        url: one.url,
        log: one.log,
        waiting: one.waiting,
        synced_at: one.at,
    };
    Ok(app.answer(Report { remotes: linked.into_iter().map(line).collect() }))
}
