//! What an error of SQLite means for a record.

use std::path::Path;

use rusqlite::{ErrorCode, ffi};

use super::PATIENCE;
use super::error::{Damage, StoreError};

/// An error while a file is opened: then it is the file that cannot be opened.
pub(super) fn opening(path: &Path, error: rusqlite::Error) -> StoreError {
    if error.sqlite_error_code() == Some(ErrorCode::CannotOpen) {
        return StoreError::Unopened(path.to_owned());
    }
    explain(path, error)
}

/// An error while a new record is made.
pub(super) fn making(path: &Path, error: rusqlite::Error) -> StoreError {
    if error.sqlite_error_code() == Some(ErrorCode::DiskFull) {
        return explain(path, error);
    }
    StoreError::NotFilled(path.to_owned(), detail(&error))
}

/// An error while a record is read or written.
pub(super) fn explain(path: &Path, error: rusqlite::Error) -> StoreError {
    let detail = detail(&error);
    let Some(code) = error.sqlite_error_code() else {
        // Not SQLite's own: a value of a wrong type or out of range, or a statement that does not
        // fit the tables.
        return damaged(path, Damage::Said(detail));
    };
    let path = path.to_owned();
    match code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Locked(path, PATIENCE),
        ErrorCode::DiskFull => StoreError::Full(path),
        ErrorCode::ReadOnly => match error.sqlite_extended_error_code() {
            Some(ffi::SQLITE_READONLY_DBMOVED) => StoreError::Moved(path),
            Some(ffi::SQLITE_READONLY_ROLLBACK) => StoreError::CutOff(path),
            _ => StoreError::Unwritable(path, detail),
        },
        ErrorCode::PermissionDenied => StoreError::Unwritable(path, detail),
        ErrorCode::SystemIoFailure => match error.sqlite_extended_error_code() {
            Some(
                ffi::SQLITE_IOERR_READ
                | ffi::SQLITE_IOERR_SHORT_READ
                | ffi::SQLITE_IOERR_FSTAT
                | ffi::SQLITE_IOERR_CORRUPTFS,
            ) => StoreError::ReadFailed(path, detail),
            _ => StoreError::WriteFailed(path, detail),
        },
        // The file itself was opened before, so it is the journal that could not be.
        ErrorCode::CannotOpen => StoreError::NoJournal(path, detail),
        // A disk that cannot read a page looks the same to SQLite as one that read nonsense.
        ErrorCode::NotADatabase
        | ErrorCode::DatabaseCorrupt
        // What the program says fits the tables that it made, so these are not they.
        | ErrorCode::Unknown
        | ErrorCode::ConstraintViolation
        | ErrorCode::TypeMismatch => damaged(&path, Damage::Said(detail)),
        _ => StoreError::Unusable(path, detail),
    }
}

/// Whether another program holds a lock.
pub(super) fn is_busy(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
}

/// What is there does not fit together.
pub(super) fn damaged(path: &Path, what: Damage) -> StoreError {
    StoreError::Damaged(path.to_owned(), what)
}

/// A commit that reported an error after the change was in place.
pub(super) fn unconfirmed(path: &Path, error: &rusqlite::Error) -> StoreError {
    StoreError::Unconfirmed(path.to_owned(), detail(error))
}

/// Whether an error can only come from the file into which a copy is written: the one that is copied
/// is open, and is only read.
pub(super) fn is_of_a_target(error: &rusqlite::Error) -> bool {
    let Some(code) = error.sqlite_error_code() else {
        return false;
    };
    match code {
        ErrorCode::DiskFull
        | ErrorCode::ReadOnly
        | ErrorCode::PermissionDenied
        | ErrorCode::CannotOpen => true,
        ErrorCode::SystemIoFailure => !matches!(
            error.sqlite_extended_error_code(),
            Some(
                ffi::SQLITE_IOERR_READ
                    | ffi::SQLITE_IOERR_SHORT_READ
                    | ffi::SQLITE_IOERR_FSTAT
                    | ffi::SQLITE_IOERR_CORRUPTFS
            )
        ),
        _ => false,
    }
}

fn detail(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    #[test]
    fn each_failure_is_a_sentence_with_a_remedy() {
        for (code, kind, words) in [
            (ffi::SQLITE_BUSY, Kind::Failed, "locked for 10 seconds; nothing was changed"),
            (ffi::SQLITE_FULL, Kind::Failed, "the disk with /r.db is full; nothing was changed"),
            (ffi::SQLITE_READONLY, Kind::Failed, "/r.db cannot be written"),
            (ffi::SQLITE_READONLY_DBMOVED, Kind::Failed, "moved or replaced"),
            (ffi::SQLITE_READONLY_ROLLBACK, Kind::Database, "was cut off"),
            (ffi::SQLITE_PERM, Kind::Failed, "/r.db cannot be written"),
            (ffi::SQLITE_IOERR_READ, Kind::Database, "/r.db cannot be read"),
            (ffi::SQLITE_IOERR_FSYNC, Kind::Failed, "writing /r.db failed"),
            (ffi::SQLITE_CANTOPEN, Kind::Failed, "no journal can be opened beside /r.db"),
            (ffi::SQLITE_NOTADB, Kind::Database, "the record in /r.db is damaged"),
            (ffi::SQLITE_CORRUPT, Kind::Database, "the record in /r.db is damaged"),
            (ffi::SQLITE_ERROR, Kind::Database, "the record in /r.db is damaged"),
            (ffi::SQLITE_CONSTRAINT, Kind::Database, "the record in /r.db is damaged"),
            (ffi::SQLITE_NOMEM, Kind::Failed, "could not be used"),
        ] {
            let failure = || rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
            let error = explain(Path::new("/r.db"), failure());
            assert_eq!(error.kind(), kind, "{code}: {error}");
            assert!(error.message().contains(words), "{code}: {error}");
            assert!(!error.hints().is_empty(), "{code}: {error}");
        }
        let wrong_type = rusqlite::Error::InvalidQuery;
        assert_eq!(explain(Path::new("/r.db"), wrong_type).kind(), Kind::Database);
        let closed = rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_CANTOPEN), None);
        assert_eq!(opening(Path::new("/r.db"), closed).kind(), Kind::Database);
    }
}
