//! A log at a remote for this record, and a key for it; what is recorded is sent at once.

use std::path::PathBuf;

use uuid::Uuid;

use super::{Access, Place, Refusal, Report as Exchanged, exchange, here, told};
use crate::report::{Answer, App, Result};
use crate::store::machine_name;
use crate::sync::{self, Init, Location, Machine, Options, key_file};

/// What is asked.
#[derive(Debug, Clone)]
pub struct Query {
    /// The remote.
    pub place: Place,
    /// Whether to make another log although there is one.
    pub beside_others: bool,
    /// How the remote is spoken to.
    pub access: Access,
}

/// What was made.
#[derive(Debug)]
pub struct Report {
    /// What was sent.
    pub exchanged: Exchanged,
    /// The log.
    pub log: Uuid,
    /// Whether it is a new one. Otherwise the record has it at another remote as well.
    pub is_new: bool,
    /// The file of the key. `None` if each command is given the key.
    pub key_file: Option<PathBuf>,
}

/// Makes a log and a key, and sends what is recorded.
///
/// # Errors
/// The record has a remote of that name; there are logs already; or something cannot be written.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let Query { place, beside_others, access } = query;
    let db = app.db()?;
    // What is mistyped, or a stick that is not there, must not become a folder.
    if let Location::Folder(folder) = &place.location
        && let Some(parent) = folder.parent().filter(|parent| !parent.is_dir())
    {
        return Err(Refusal::NoParent(parent.to_owned()).into());
    }
    let (mut remote, _turn) = place.open(&db, access)?;
    let name = machine_name();
    let machine = Machine { name: name.as_deref(), is_shared: false };
    let init = Init { name: &place.name, url: &place.url, machine, beside_others: *beside_others };
    let here = here(&db, app.stamp, access.key.as_ref());
    let made = sync::init(&here, &mut *remote, &init).map_err(|error| place.failed(error))?;
    // A log that is new has nothing; one that is known from another remote might have.
    let options = Options { timeout: Some(access.time), ..Options::default() };
    let synced = exchange(place, &mut *remote, access, options, app);
    let exchanged = synced.map_err(|error| place.failed_later(error))?;
    let Answer { report: exchanged, hints, warnings } = told(exchanged, app)?;
    let key_file = access.key.is_none().then(|| key_file(&db, made.log));
    let report = Report { exchanged, log: made.log, is_new: made.is_new, key_file };
    Ok(Answer { report, hints, warnings })
}
