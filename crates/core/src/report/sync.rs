//! Takes what is new at a remote and sends what is new here; how that begins and ends is in the modules.
//!
//! | | |
//! |---|---|
//! | `init` | a remote for this record |
//! | `join` | this record becomes part of a log |
//! | `status` | what is not sent yet; nobody is asked |
//! | `key` | what the log is sealed with |
//! | `forget` | a remote is unlinked, and erased |

pub mod forget;
pub mod init;
pub mod join;
pub mod key;
pub mod status;

use std::path::{Path, PathBuf};
use std::time::Duration;

use uuid::Uuid;

use super::{Answer, App, Error, Named, Result};
use crate::catalog::Catalog;
use crate::store::{Stamp, Store};
use crate::sync::database::{OpenDatabase, Session};
use crate::sync::remote::Remote;
use crate::sync::{
    self, Conflict, Here, Key, Linked, Location, NoKey, NoLocation, Options, Renamed, Skipped,
    SyncError, Synced, Turn,
};

/// The remote that is meant where none is named.
pub const HOME: &str = "home";

/// What is no name of a remote, since it is a word of the command line.
const WORDS: [&str; 5] = ["init", "join", "key", "forget", "help"];

/// How many characters the name of a remote can have.
pub const MOST_CHARS: usize = 40;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Query {
    /// The remote; where none is named, the one that is called `home`, else the only one.
    pub remote: Option<String>,
    /// Takes what is new there.
    pub pull: bool,
    /// Sends what is new here.
    pub push: bool,
    /// Only says what would be done.
    pub dry_run: bool,
    /// Puts again what the remote has lost.
    pub repair: bool,
    /// How the remote is spoken to.
    pub access: Access,
}

/// How a remote is spoken to.
#[derive(Debug, Clone)]
pub struct Access {
    /// The key, where it is not the one that is kept beside the record.
    pub key: Option<Key>,
    /// When to give up.
    pub time: Duration,
    /// How long to wait for another sync with the same remote.
    pub patience: Duration,
    /// Whether what speaks to the remote can ask at the terminal.
    pub can_ask: bool,
    /// What speaks to databases, where this program does.
    pub database: Option<OpenDatabase>,
}

/// What was synced.
#[derive(Debug, Default)]
pub struct Report {
    /// The name of the remote.
    pub remote: String,
    /// Where it is.
    pub url: String,
    /// How many changes were sent.
    pub sent: usize,
    /// How many came.
    pub received: usize,
    /// How many changes are still to be sent.
    pub waiting: u64,
    /// The segments that were not taken.
    pub skipped: Vec<Skipped>,
    /// The changes that are too long to be sent.
    pub too_long: Vec<Uuid>,
    /// The items that two machines marked.
    pub conflicts: Vec<Conflict>,
    /// How many segments the remote has lost.
    pub lost: usize,
    /// Whether what was lost was put again.
    pub repaired: bool,
    /// That the record goes on as another device.
    pub renamed: Option<Renamed>,
    /// Followed paths that are not installed here.
    pub missing_paths: Vec<String>,
    /// Whether nothing was done.
    pub dry_run: bool,
}

/// Why nothing was synced.
#[derive(Debug)]
pub enum Refusal {
    /// A text names no remote.
    NoLocation(NoLocation),
    /// No remote can be called so.
    BadName(String),
    /// The name of a remote is asked for, and this is where one might be. It can have a password.
    NotItsName,
    /// There are several remotes, none of which is the usual one: their names.
    Several(Vec<String>),
    /// The folder is to be made in one that is not there.
    NoParent(PathBuf),
    /// A text is no key.
    NoKey(NoKey),
    /// A key is one, and not that of this log.
    OtherKey,
    /// The record has changes of its own, which would become part of the log.
    JoinNeedsYes(Box<join::Sides>),
    /// A log would be erased, which only the learner can decide.
    EraseNeedsYes {
        /// The name of the remote.
        remote: String,
        /// Where it is.
        url: String,
        /// How many changes are not there.
        waiting: u64,
    },
    /// It was tried.
    Failed(Box<Failed>),
}

/// What was tried and failed.
#[derive(Debug)]
pub struct Failed {
    /// The name of the remote.
    pub remote: String,
    /// Where it is.
    pub url: String,
    /// Whether the remote was linked before that, so that the next sync goes on.
    pub is_linked: bool,
    /// What is wrong.
    pub error: SyncError,
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        super::Refusal::Sync(refusal).into()
    }
}

/// A remote, as a learner names it.
#[derive(Debug, Clone)]
pub struct Place {
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub location: Location,
    /// Where it is, as it is kept.
    pub url: String,
}

impl Place {
    /// Reads where a remote is; its name is the usual one where none is given.
    ///
    /// # Errors
    /// The text names no remote, or none can have that name.
    pub fn read(text: &str, name: Option<&str>) -> Result<Self> {
        let name = name.unwrap_or(HOME).to_owned();
        let is_word = |c: char| c.is_alphanumeric() || "-_.".contains(c);
        let is_name = name.starts_with(char::is_alphanumeric)
            && name.chars().all(is_word)
            && name.chars().count() <= MOST_CHARS
            && !WORDS.contains(&name.as_str());
        if is_address(&name) {
            return Err(Refusal::NotItsName.into());
        }
        if !is_name {
            return Err(Refusal::BadName(name).into());
        }
        let location = Location::read(text).map_err(Refusal::NoLocation)?;
        let url = location.url();
        Ok(Self { name, location, url })
    }

    fn of(linked: &Linked) -> Result<Self> {
        let location = Location::of(&linked.url).map_err(Refusal::NoLocation)?;
        Ok(Self { name: linked.name.clone(), location, url: linked.url.clone() })
    }

    /// The remote there, once it is our turn.
    fn open(&self, db: &Path, access: &Access) -> Result<(Box<dyn Remote>, Turn)> {
        let turn =
            Turn::wait(db, &self.url, access.patience).map_err(|error| self.failed(error))?;
        let session = Session { time: access.time, can_ask: access.can_ask };
        let remote = self.location.open(db, session, access.database);
        Ok((remote.map_err(|error| self.failed(error.into()))?, turn))
    }

    fn failed(&self, error: SyncError) -> Error {
        failed(&self.name, &self.url, false, error)
    }

    /// What failed after the remote was linked.
    fn failed_later(&self, error: SyncError) -> Error {
        failed(&self.name, &self.url, true, error)
    }
}

fn failed(remote: &str, url: &str, is_linked: bool, error: SyncError) -> Error {
    match error {
        SyncError::Store(error) => error.into(),
        error => {
            let (remote, url) = (remote.to_owned(), url.to_owned());
            Refusal::Failed(Box::new(Failed { remote, url, is_linked, error })).into()
        }
    }
}

/// Syncs.
///
/// # Errors
/// The record has no such remote; the log there is another one, or the key is; or the remote, the key
/// or the record cannot be read or written. What came before holds.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let Query { pull, push, dry_run, repair, ref access, .. } = *query;
    let place = Place::of(&chosen(query.remote.as_deref(), app)?)?;
    let db = app.db()?;
    let (mut remote, _turn) = place.open(&db, access)?;
    let options = Options { pull, push, dry_run, repair, timeout: Some(access.time) };
    let synced = exchange(&place, &mut *remote, access, options, app);
    let mut report = synced.map_err(|error| place.failed(error))?;
    report.repaired = repair && !dry_run;
    told(report, app)
}

/// Whether a text says where something is.
fn is_address(text: &str) -> bool {
    text.contains(['/', ':', '@', '\\'])
}

/// The remote with a name; without one, the usual one.
fn chosen(name: Option<&str>, app: &App) -> Result<Linked> {
    if name.is_some_and(is_address) {
        return Err(Refusal::NotItsName.into());
    }
    let mut linked = match app.store()? {
        Some(mut store) => store.read()?.remotes()?,
        None => Vec::new(),
    };
    let names = || linked.iter().map(|one| one.name.as_str());
    let at = match name {
        Some(name) => {
            let at = names().position(|one| one == name);
            let is_any = !linked.is_empty();
            Some(at.ok_or_else(|| match is_any {
                true => super::Refusal::unknown(Named::Remote, name, names()).into(),
                false => not_linked(),
            })?)
        }
        None => names().position(|one| one == HOME).or((linked.len() == 1).then_some(0)),
    };
    match at {
        Some(at) => Ok(linked.swap_remove(at)),
        None if linked.is_empty() => Err(not_linked()),
        None => Err(Refusal::Several(names().map(str::to_owned).collect()).into()),
    }
}

fn not_linked() -> Error {
    failed("", "", false, SyncError::NotLinked)
}

/// Where and when something is synced.
fn here<'a>(db: &'a Path, stamp: Stamp, key: Option<&'a Key>) -> Here<'a> {
    Here { record: db, stamp, key }
}

/// Speaks to the remote.
fn exchange(
    place: &Place,
    remote: &mut dyn Remote,
    access: &Access,
    options: Options,
    app: &App,
) -> std::result::Result<Report, SyncError> {
    let db = app.places.db.clone().unwrap_or_default();
    let here = here(&db, app.stamp, access.key.as_ref());
    let Synced { sent, received, skipped, too_long, conflicts, lost, renamed, changed } =
        sync::sync(&here, remote, &place.name, options)?;
    if changed && !options.dry_run {
        // If something is wrong with the record, the next command that reads it says so.
        let _ = app.was_changed();
    }
    let waiting = match Store::open(&db)? {
        Some(mut store) => store.read()?.remote(&place.name)?.map_or(0, |linked| linked.waiting),
        None => 0,
    };
    Ok(Report {
        remote: place.name.clone(),
        url: place.url.clone(),
        sent,
        received,
        waiting,
        skipped,
        too_long,
        conflicts,
        lost,
        renamed,
        dry_run: options.dry_run,
        ..Report::default()
    })
}

/// An answer, with what is missing here of what came.
fn told(mut report: Report, app: &App) -> Result<Answer<Report>> {
    report.missing_paths = missing_paths(app)?;
    Ok(app.answer(report))
}

fn missing_paths(app: &App) -> Result<Vec<String>> {
    let catalog: &Catalog = app.catalog();
    let ids = app.followed_ids()?;
    Ok(ids.into_iter().filter(|id| catalog.roadmap(id).is_none()).collect())
}

#[cfg(test)]
mod tests;
