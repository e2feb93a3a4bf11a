//! Where a record is shared: how that begins, what is known of it without asking anybody, how it ends.

use uuid::Uuid;

use super::error::SyncError;
use super::header::Header;
use super::key::{Key, KeyError};
use super::remote::{Erased, Remote, RemoteError};
use super::{Here, Machine};
use crate::store::Store;
use crate::store::synced::{Linked, NewLink};

/// What is asked of [`init`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Init<'a> {
    /// What the learner calls the remote.
    pub name: &'a str,
    /// Where it is.
    pub url: &'a str,
    /// What this machine is.
    pub machine: Machine<'a>,
    /// Whether to make another log although there are some.
    pub beside_others: bool,
}

/// What [`init`] made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Initialized {
    /// The log.
    pub log: Uuid,
    /// Whether it is a new one, with a key of its own. Otherwise the record has it at another remote as well.
    pub is_new: bool,
    /// How many events wait to be sent there.
    pub waiting: u64,
}

/// Makes a log for this record at a remote, and a key. A record that has one elsewhere already has the
/// same one there as well. Nothing is sent yet.
///
/// # Errors
/// The record has a remote of this name; there are logs already; or the key, the log or the record cannot be
/// written.
pub(crate) fn init(
    here: &Here<'_>,
    remote: &mut dyn Remote,
    query: &Init<'_>,
) -> Result<Initialized, SyncError> {
    let mut store = Store::open_or_create(here.record)?;
    let linked = store.read()?.remotes()?;
    refuse_name(&linked, query.name)?;
    let (log, key, is_new) = match linked.first() {
        Some(other) => (other.log, here.key(other.log)?, false),
        None => {
            let logs = match remote.logs() {
                Ok(logs) => logs,
                // It is made.
                Err(RemoteError::NoFolder(_)) => Vec::new(),
                Err(error) => return Err(error.into()),
            };
            if !logs.is_empty() && !query.beside_others {
                return Err(SyncError::HasLogs(logs));
            }
            let key = here.key.map_or_else(Key::new, |key| Ok(key.clone()))?;
            (Uuid::new_v4(), key, true)
        }
    };
    // First, since a log without its key is of no use to anybody.
    if here.key.is_none() {
        key.keep(here.record, log)?;
    }
    remote.create(log, Header::new(log, &key).render().as_bytes())?;
    let mut writing = store.write(here.stamp)?;
    let linked = writing.reading().remotes()?;
    refuse_name(&linked, query.name)?;
    refuse_other_log(&linked, log)?;
    query.machine.become_it(&mut writing, log)?;
    writing.link(&NewLink {
        name: query.name,
        url: query.url,
        log,
        stream: query.machine.stream(log),
        is_shared: query.machine.is_shared,
        machine: query.machine.name,
    })?;
    writing.commit()?;
    let waiting = store.read()?.remote(query.name)?.map_or(0, |remote| remote.waiting);
    Ok(Initialized { log, is_new, waiting })
}

pub(super) fn refuse_name(linked: &[Linked], name: &str) -> Result<(), SyncError> {
    match linked.iter().find(|one| one.name == name) {
        Some(Linked { name, url, .. }) => {
            Err(SyncError::IsLinked { name: name.clone(), url: url.clone() })
        }
        None => Ok(()),
    }
}

pub(super) fn refuse_other_log(linked: &[Linked], log: Uuid) -> Result<(), SyncError> {
    match linked.iter().find(|one| one.log != log) {
        Some(other) => Err(SyncError::OtherLog { ours: other.log, theirs: log }),
        None => Ok(()),
    }
}

/// Where the record is shared, and how much of it is not there yet. Nobody is asked.
fn linked(here: &Here<'_>) -> Result<Vec<Linked>, SyncError> {
    match Store::open(here.record)? {
        Some(mut store) => Ok(store.read()?.remotes()?),
        None => Ok(Vec::new()),
    }
}

/// What [`forget`] left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Forgotten {
    /// The log.
    pub log: Uuid,
    /// What is left of the log there. `None` if the log was not erased.
    pub erased: Option<Erased>,
    /// Whether the key was removed as well: no remote of the record has the log any more.
    pub key_removed: bool,
}

/// Forgets a remote; erases the log there first, where the remote is given. Nothing of the record changes.
///
/// # Errors
/// The record has no such remote; the log cannot be erased; or the record cannot be written.
pub(crate) fn forget(
    here: &Here<'_>,
    name: &str,
    erase: Option<&mut dyn Remote>,
) -> Result<Forgotten, SyncError> {
    let (mut store, linked) = here.linked(name)?;
    let log = linked.log;
    let erased = erase.map(|remote| remote.erase(log)).transpose()?;
    let writing = store.write(here.stamp)?;
    let mut others = false;
    if let Some(linked) = writing.reading().remote(name)? {
        writing.unlink(&linked)?;
        others = writing.reading().remotes()?.iter().any(|one| one.log == log);
    }
    writing.commit()?;
    let key_removed = erased.is_some() && !others;
    if key_removed {
        Key::remove(here.record, log)?;
    }
    Ok(Forgotten { log, erased, key_removed })
}

/// The key of the record's log, for the next machine.
///
/// # Errors
/// The record is not shared, or its key is not there.
pub(crate) fn key(here: &Here<'_>) -> Result<(Uuid, Key), SyncError> {
    match linked(here)?.first() {
        Some(linked) => Ok((linked.log, here.key(linked.log)?)),
        None => Err(SyncError::NotLinked),
    }
}

impl Here<'_> {
    /// The key of a log: the one that was given, else the one that is kept beside the record.
    pub(super) fn key(&self, log: Uuid) -> Result<Key, KeyError> {
        self.key.map_or_else(|| Key::of(self.record, log), |key| Ok(key.clone()))
    }

    pub(super) fn store(&self) -> Result<Store, SyncError> {
        Store::open(self.record)?.ok_or_else(|| SyncError::NoRecord(self.record.to_owned()))
    }

    pub(super) fn linked(&self, name: &str) -> Result<(Store, Linked), SyncError> {
        let mut store = self.store()?;
        let linked = store.read()?.remote(name)?;
        match linked {
            Some(linked) => Ok((store, linked)),
            None => Err(SyncError::NoRemote(name.to_owned())),
        }
    }
}
