//! One record on several machines: its log is shared as a grow-only set of sealed segments, kept by a
//! [`Remote`](remote::Remote) that cannot read them. There is no newest version, no lock, no clock and no
//! order of arrival: every machine takes all segments that it can see and sends the events that are not in
//! one. All machines with the same segments have the same log.
//!
//! | I want to change … | open |
//! |---|---|
//! | which remote a text names | `location.rs` |
//! | what a remote can be asked, the names of segments | `remote.rs` |
//! | a folder that something else carries | `folder.rs` |
//! | which addresses of databases are kept; the program that speaks to them | `database.rs`; `crates/pg` |
//! | a repository: which addresses git is given | `git/address.rs` |
//! | how git is started and ended, what it is told, what of it is repeated | `git/program.rs` and its folder |
//! | the clone, when it is made anew; fetch and push | `git/cache.rs` |
//! | what a commit holds; how one is made | `git/listing.rs`, `git/objects.rs`; `git/commit.rs` |
//! | what a segment is, how it is sealed, when it is not taken | `segment.rs` |
//! | what a log says of itself; the key | `header.rs`; `key.rs` |
//! | how sharing begins and ends; what is known without asking | `link.rs` |
//! | how another machine joins | `join.rs` |
//! | the steps of a sync | `exchange.rs` |
//! | how segments are taken up | `take.rs` |
//! | items that two machines marked | `conflict.rs` |
//! | who waits for whom | `turn.rs` |
//! | what a record knows of its remotes | `../store/synced.rs` |
//!
//! # Why nothing is lost or doubled
//!
//! Each change of the record is one transaction, and none is open while a remote is asked. What is sent is
//! cut and sealed in one, put, and marked as put in another. A process that is killed in between puts the same
//! bytes under the same names again. What is marked goes back with the record when a copy of it is restored: then
//! what was shared since is taken up like anybody else's. A record that finds a segment in its own stream that
//! it did not write was copied or restored. From then on it is another device, so that two copies live on as
//! two.
//!
//! An event that was shared with one label and has a smaller one here is sent again: of two labels the
//! smaller holds, everywhere.

pub(crate) mod conflict;
pub mod database;
pub(crate) mod error;
pub(crate) mod exchange;
#[cfg(any(test, feature = "fixtures"))]
pub mod fixture;
pub(crate) mod folder;
pub(crate) mod git;
pub(crate) mod header;
pub(crate) mod join;
pub(crate) mod key;
pub(crate) mod link;
pub(crate) mod location;
pub mod remote;
pub(crate) mod segment;
pub(crate) mod take;
pub(crate) mod turn;

use std::path::Path;

use sha2::{Digest, Sha256};
use uuid::Uuid;

pub use conflict::{Conflict, Side};
pub(crate) use error::SyncError;
pub(crate) use exchange::{Options, Synced, sync};
pub use git::{Address as GitAddress, AddressFault};
pub use header::HeaderError;
pub(crate) use join::{Join, Joined, Joining, look};
pub(crate) use key::file as key_file;
pub use key::{Key, KeyError, NoKey};
pub(crate) use link::{Init, forget, init, key};
pub use location::{Location, NoLocation};
pub use segment::Fault;
pub use take::{Renamed, Skipped};
pub(crate) use turn::Turn;

pub(crate) use crate::store::synced::Linked;
pub use crate::store::synced::Span;
use crate::store::{Stamp, StoreError, Writing};

/// Where and when something is synced.
#[derive(Debug, Clone, Copy)]
pub struct Here<'a> {
    /// The record.
    pub record: &'a Path,
    /// When.
    pub stamp: Stamp,
    /// The key, where it is not the one that is kept beside the record.
    pub key: Option<&'a Key>,
}

/// What a machine is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Machine<'a> {
    /// What it is called, for people: other machines are told, the remote is not.
    pub name: Option<&'a str>,
    /// Whether all of this name are one device: machines that live for one command.
    pub is_shared: bool,
}

impl Machine<'_> {
    /// Under what it writes at a log.
    fn stream(&self, log: Uuid) -> Uuid {
        self.id("stream", log).unwrap_or_else(Uuid::new_v4)
    }

    /// Makes a record its record.
    fn become_it(&self, writing: &mut Writing<'_>, log: Uuid) -> Result<(), StoreError> {
        match self.id("device", log) {
            Some(device) => writing.become_device(device),
            None => Ok(()),
        }
    }

    /// An id that follows from its name, where that is what it is.
    fn id(&self, purpose: &str, log: Uuid) -> Option<Uuid> {
        let name = self.name.filter(|_| self.is_shared)?;
        let hash = Sha256::new_with_prefix(purpose).chain_update(log.as_bytes()).chain_update(name);
        let hash = <[u8; 32]>::from(hash.finalize());
        let bytes = hash.first_chunk::<16>()?;
        Some(uuid::Builder::from_custom_bytes(*bytes).into_uuid())
    }
}

#[cfg(test)]
mod tests;
