//! The queue of writers: a lock on the directory of the database.
//!
//! Never on the database file itself: SQLite holds POSIX locks on it, which closing any other
//! handle of the same process would drop.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use crate::error::{Error, Result};

/// One's turn. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct Turn(#[expect(dead_code, reason = "held for its lock")] Option<File>);

/// Waits for one's turn to write the database at a path.
pub(super) fn wait(path: &Path, patience: Duration) -> Result<Turn> {
    let directory = path.parent().unwrap_or(Path::new("/"));
    // Where a directory cannot be opened or locked, SQLite's own locks have to do.
    let Ok(handle) = File::open(directory) else {
        return Ok(Turn(None));
    };
    match handle.try_lock() {
        Ok(()) => return Ok(Turn(Some(handle))),
        Err(TryLockError::WouldBlock) => {}
        Err(TryLockError::Error(_)) => return Ok(Turn(None)),
    }
    // Blocking is fair, polling is not; a thread blocks, so that the wait has an end.
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let locked = handle.lock();
        // Nobody may be waiting any more: then the handle is dropped, and the lock with it.
        let _ = sender.send(locked.map(|()| handle));
    });
    match receiver.recv_timeout(patience) {
        Ok(Ok(handle)) => Ok(Turn(Some(handle))),
        Ok(Err(_)) => Ok(Turn(None)),
        Err(_) => Err(Error::failed(format!(
            "others have been writing {} for {} seconds; nothing was changed",
            path.display(),
            patience.as_secs()
        ))
        .hint("try again when they have finished")),
    }
}
