//! Which files this process has open through SQLite.
//!
//! SQLite's locks on Unix are POSIX locks, and closing any handle on a file drops all locks that the
//! process has on it. So a header is read only while no record of this process is on that file.

use std::collections::HashMap;
use std::fs::Metadata;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What tells a file from all others.
type Key = (u64, u64);

/// For each file, how many records of this process are on it.
static HELD: Mutex<Option<HashMap<Key, usize>>> = Mutex::new(None);

/// That a record of this process is on a file. To be dropped after the connection is.
#[derive(Debug)]
pub(super) struct OpenFiles(Option<Key>);

impl OpenFiles {
    /// Holds a file. Where nobody in this process does so yet, it is read first; where that fails
    /// the file is not held.
    pub(super) fn after<E>(
        metadata: &Metadata,
        read: impl FnOnce() -> Result<(), E>,
    ) -> Result<Self, E> {
        let Some(key) = key(metadata) else {
            return read().map(|()| Self(None));
        };
        let mut held = held();
        let held = held.get_or_insert_default();
        if !held.contains_key(&key) {
            read()?;
        }
        *held.entry(key).or_default() += 1;
        Ok(Self(Some(key)))
    }

    /// Whether the file is still the one under a name, as far as that can be known.
    pub(super) fn is_still(&self, path: &Path) -> bool {
        let Some(held) = self.0 else {
            return true;
        };
        match std::fs::metadata(path) {
            Ok(metadata) => key(&metadata).is_none_or(|found| found == held),
            Err(error) => !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory),
        }
    }
}

impl Drop for OpenFiles {
    fn drop(&mut self) {
        let mut held = held();
        if let (Some(key), Some(held)) = (self.0, held.as_mut())
            && let Some(count) = held.get_mut(&key)
        {
            *count -= 1;
            if *count == 0 {
                held.remove(&key);
            }
        }
    }
}

fn held() -> MutexGuard<'static, Option<HashMap<Key, usize>>> {
    // A count is changed in one step, so a panic elsewhere leaves it right.
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(unix)]
fn key(metadata: &Metadata) -> Option<Key> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn key(_: &Metadata) -> Option<Key> {
    // Locks belong to handles there.
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_only_while_nobody_here_holds_it() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let other = tempfile::NamedTempFile::new().unwrap();
        let reads = std::cell::Cell::new(0);
        let hold = |file: &tempfile::NamedTempFile, good: bool| {
            OpenFiles::after(&file.as_file().metadata().unwrap(), || {
                reads.set(reads.get() + 1);
                if good { Ok(()) } else { Err(()) }
            })
        };
        assert!(hold(&file, false).is_err());
        let first = hold(&file, true).unwrap();
        assert_eq!(reads.get(), 2, "what was refused is not held");
        let second = hold(&file, false).unwrap();
        drop(first);
        let third = hold(&file, false).unwrap();
        assert_eq!(reads.get(), if cfg!(unix) { 2 } else { 4 });
        let at_rest = reads.get();
        let _other = hold(&other, true).unwrap();
        assert_eq!(reads.get(), at_rest + 1);
        drop((second, third));
        assert!(hold(&file, false).is_err());
    }
}
