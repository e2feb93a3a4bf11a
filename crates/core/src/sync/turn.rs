//! One sync at a time with one remote on one machine. No promise rests on it: it saves two from doing the
//! same work, and a clone of git from being used by both.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::error::SyncError;
use super::segment::hexadecimal;
use crate::disk::{self, lock};

/// One's turn with a remote. It ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Turn(#[expect(dead_code, reason = "held for its lock")] Option<File>);

impl Turn {
    /// Waits until no other sync with this remote goes on. Who does not want to wait gives no time: then
    /// somebody can be told first.
    ///
    /// # Errors
    /// Another one has gone on for all that time; or nothing can be written beside the record.
    pub(crate) fn wait(record: &Path, url: &str, patience: Duration) -> Result<Self, SyncError> {
        let path = disk::with_ending(&place(record, url), ".lock");
        let told = |error| SyncError::NoTurn(path.clone(), error);
        if let Some(folder) = path.parent() {
            disk::make_directories(folder).map_err(told)?;
        }
        let mut options = OpenOptions::new();
        let file = options.write(true).create(true).truncate(false).open(&path).map_err(told)?;
        match lock::wait(file, patience) {
            lock::Lock::Held(file) => Ok(Self(Some(file))),
            lock::Lock::Unknown => Ok(Self(None)),
            lock::Lock::TimedOut => Err(SyncError::Busy(path)),
        }
    }
}

/// Where what belongs to a remote is kept beside a record, such as a clone of git. It need not be there.
pub(crate) fn place(record: &Path, url: &str) -> PathBuf {
    let id = hexadecimal(&Sha256::digest(url.as_bytes()));
    let folder = record.parent().unwrap_or(Path::new("/"));
    folder.join("remotes").join(id.get(..16).unwrap_or(&id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_one_turn_for_each_remote() {
        let home = tempfile::tempdir().unwrap();
        let record = home.path().join("data/progress.db");
        let wait = |url| Turn::wait(&record, url, Duration::ZERO);
        let turn = wait("one").unwrap();
        assert!(matches!(wait("one"), Err(SyncError::Busy(_))));
        wait("two").unwrap();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| Turn::wait(&record, "one", Duration::from_secs(60)));
            drop(turn);
            waiting.join().unwrap().unwrap();
        });
    }
}
