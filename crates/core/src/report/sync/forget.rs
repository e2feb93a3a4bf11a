//! A remote is unlinked; with the learner's word the log there is erased first.

use uuid::Uuid;

use super::{Access, Place, Refusal, chosen, failed, here};
use crate::report::{Answer, App, Result};
use crate::sync;
use crate::sync::remote::Erased;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Query {
    /// The remote, as for a sync.
    pub remote: Option<String>,
    /// Whether to erase the log there.
    pub erase: bool,
    /// Whether the learner agrees to that.
    pub yes: bool,
    /// How the remote is spoken to.
    pub access: Access,
}

/// What was forgotten.
#[derive(Debug)]
pub struct Report {
    /// The name of the remote.
    pub remote: String,
    /// Where it is.
    pub url: String,
    /// The log.
    pub log: Uuid,
    /// What is left of the log there. `None` if the log was not erased.
    pub erased: Option<Erased>,
    /// Whether the key was removed, too: it opens nothing any more.
    pub key_removed: bool,
}

/// Unlinks a remote. Nothing of what is recorded changes.
///
/// # Errors
/// The record has no such remote; the log must not be erased without a yes, or cannot be; or the record
/// cannot be written.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let linked = chosen(query.remote.as_deref(), app)?;
    let db = app.db()?;
    let here = here(&db, app.stamp, query.access.key.as_ref());
    let forgotten = if query.erase {
        let place = Place::of(&linked)?;
        let (mut remote, _turn) = place.open(&db, &query.access)?;
        // Only after this program was found to reach such a remote is the learner asked.
        if !query.yes {
            let (remote, url) = (linked.name, linked.url);
            return Err(Refusal::EraseNeedsYes { remote, url, waiting: linked.waiting }.into());
        }
        let done = sync::forget(&here, &linked.name, Some(&mut *remote));
        done.map_err(|error| place.failed(error))?
    } else {
        // A remote that this version cannot open is forgotten, too.
        let done = sync::forget(&here, &linked.name, None);
        done.map_err(|error| failed(&linked.name, &linked.url, true, error))?
    };
    Ok(app.answer(Report {
        remote: linked.name,
        url: linked.url,
        log: forgotten.log,
        erased: forgotten.erased,
        key_removed: forgotten.key_removed,
    }))
}
