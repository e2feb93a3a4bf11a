//! The key of the record's log, for the next machine.

use std::path::PathBuf;

use uuid::Uuid;

use super::{Refusal, failed, here};
use crate::report::{Answer, App, Result};
use crate::sync::{self, Key, key_file};

/// What is asked.
#[derive(Debug, Clone)]
pub struct Query {
    /// The key, where it is not the one that is kept beside the record.
    pub key: Option<Key>,
    /// What to do with it.
    pub what: What,
}

/// What to do with a key.
#[derive(Debug, Clone)]
pub enum What {
    /// Only says where it is.
    Place,
    /// Hands it over.
    Show,
    /// Compares it with another.
    Check(Key),
}

/// The key.
#[derive(Debug)]
pub struct Report {
    /// The log.
    pub log: Uuid,
    /// The file of the key. `None` if each command is given the key.
    pub file: Option<PathBuf>,
    /// It, where it is to be shown.
    pub key: Option<Key>,
    /// Whether it was compared with another, and is the same.
    pub was_checked: bool,
}

/// Says where the key is, shows it, or compares it with another.
///
/// # Errors
/// The record is shared nowhere; its key cannot be read; or the other is another one.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let db = app.db()?;
    let found = sync::key(&here(&db, app.stamp, query.key.as_ref()));
    let (log, key) = found.map_err(|error| failed("", "", true, error))?;
    let file = query.key.is_none().then(|| key_file(&db, log));
    if let What::Check(other) = &query.what
        && *other != key
    {
        return Err(Refusal::OtherKey.into());
    }
    let was_checked = matches!(query.what, What::Check(_));
    let key = matches!(query.what, What::Show).then_some(key);
    Ok(app.answer(Report { log, file, key, was_checked }))
}
