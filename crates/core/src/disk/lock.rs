//! Locks that are waited for with a limit.

use std::fs::{File, TryLockError};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

/// What became of a lock.
#[derive(Debug)]
pub(crate) enum Lock {
    /// It is held until this is dropped.
    Held(File),
    /// The file system knows no such lock.
    Unknown,
    /// Somebody else has held it for all that time.
    TimedOut,
}

/// Locks an open file, as soon as nobody else has it locked.
pub(crate) fn wait(handle: File, patience: Duration) -> Lock {
    match handle.try_lock() {
        Ok(()) => return Lock::Held(handle),
        Err(TryLockError::WouldBlock) if patience.is_zero() => return Lock::TimedOut,
        Err(TryLockError::WouldBlock) => {}
        Err(TryLockError::Error(_)) => return Lock::Unknown,
    }
    // Blocking is fair, polling is not; a thread blocks, so that the wait has an end.
    let (sender, receiver) = mpsc::channel();
    let waiting = std::thread::Builder::new().spawn(move || {
        let locked = handle.lock();
        // Nobody can be waiting any more: then the handle is dropped, and the lock with it.
        let _ = sender.send(locked.map(|()| handle));
    });
    if waiting.is_err() {
        return Lock::Unknown;
    }
    match receiver.recv_timeout(patience) {
        Ok(Ok(handle)) => Lock::Held(handle),
        Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Lock::Unknown,
        Err(RecvTimeoutError::Timeout) => Lock::TimedOut,
    }
}
