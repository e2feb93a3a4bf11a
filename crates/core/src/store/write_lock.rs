//! The queue of writers, and of readers that meet one: a lock on the directory of the database.
//!
//! Never on the database file itself: SQLite holds POSIX locks on it, which closing any other
//! handle of the same process would drop.

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use super::error::{Result, StoreError};
use crate::disk::lock::{self, Lock};

/// One's turn. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct WriteLock(Option<File>);

impl WriteLock {
    /// Whether nobody else can have a turn on the same directory.
    pub(super) fn is_exclusive(&self) -> bool {
        self.0.is_some()
    }
}

impl WriteLock {
    /// For a file that nobody else knows of.
    pub(super) fn of_nobody() -> Self {
        Self(None)
    }
}

/// Waits for one's turn at the database at a path.
pub(super) fn wait(path: &Path, patience: Duration) -> Result<WriteLock> {
    let directory = path.parent().unwrap_or(Path::new("/"));
    // Where a directory cannot be opened or locked, SQLite's own locks have to do.
    let Ok(handle) = File::open(directory) else {
        return Ok(WriteLock(None));
    };
    match lock::wait(handle, patience) {
        Lock::Held(handle) => Ok(WriteLock(Some(handle))),
        Lock::Unknown => Ok(WriteLock(None)),
        Lock::TimedOut => Err(StoreError::Queue(path.to_owned(), patience)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_waited_for_with_a_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("progress.db");
        let turn = wait(&path, Duration::from_millis(10)).unwrap();
        assert!(turn.is_exclusive());
        let error = wait(&path, Duration::from_millis(10)).unwrap_err();
        let waited = Duration::from_millis(10);
        let is_right = matches!(&error, StoreError::Queue(at, of) if *at == path && *of == waited);
        assert!(is_right, "{error:?}");
        drop(turn);
        assert!(wait(&path, Duration::from_secs(10)).unwrap().is_exclusive());
    }

    #[test]
    fn who_waits_gets_the_next_turn() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("progress.db");
        let turn = wait(&path, Duration::from_secs(10)).unwrap();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| wait(&path, Duration::from_secs(10)));
            drop(turn);
            assert!(waiting.join().unwrap().unwrap().is_exclusive());
        });
    }

    #[test]
    fn where_nothing_can_be_locked_nobody_waits() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("not there/progress.db");
        assert!(!wait(&path, Duration::from_secs(10)).unwrap().is_exclusive());
    }
}
