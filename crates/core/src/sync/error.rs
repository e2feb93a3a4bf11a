//! Why a record was not synced, as facts; the sentences are those of the front end.

use std::path::PathBuf;

use uuid::Uuid;

use super::header::HeaderError;
use super::key::KeyError;
use super::remote::RemoteError;
use crate::store::StoreError;

/// Why a record was not synced.
#[derive(Debug)]
pub enum SyncError {
    /// Nothing was ever recorded here.
    NoRecord(PathBuf),
    /// The record has no remote of this name.
    NoRemote(String),
    /// The record is shared nowhere.
    NotLinked,
    /// The record has a remote of this name already, which is at this place.
    IsLinked {
        /// Its name.
        name: String,
        /// Where it is.
        url: String,
    },
    /// The record belongs to one log, and the remote has another.
    OtherLog {
        /// The log of the record.
        ours: Uuid,
        /// The other one.
        theirs: Uuid,
    },
    /// There are logs already, which somebody else might mean.
    HasLogs(Vec<Uuid>),
    /// The remote has no log at all.
    NoLogs,
    /// The remote has no such log (any more).
    NoLog(Uuid),
    /// The remote has logs, and the key opens none of them: how many there are.
    NoLogOfKey(usize),
    /// The log there cannot be used.
    Header(Uuid, HeaderError),
    /// The key.
    Key(KeyError),
    /// The remote.
    Remote(RemoteError),
    /// The record.
    Store(StoreError),
    /// The lock of a remote cannot be taken.
    NoTurn(PathBuf, std::io::Error),
    /// Another sync with the same remote has gone on for longer than there was time.
    Busy(PathBuf),
}

impl From<RemoteError> for SyncError {
    fn from(error: RemoteError) -> Self {
        Self::Remote(error)
    }
}

impl From<StoreError> for SyncError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<KeyError> for SyncError {
    fn from(error: KeyError) -> Self {
        Self::Key(error)
    }
}
