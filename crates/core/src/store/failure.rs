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
            _ => StoreError::Unwritable(path, "it is read-only".to_owned()),
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

    #[test]
    fn each_failure_is_told_as_what_it_is() {
        for (code, unusable, expected) in [
            (ffi::SQLITE_BUSY, false, "Locked(\"/r.db\", 10s)"),
            (ffi::SQLITE_FULL, false, "Full(\"/r.db\")"),
            (ffi::SQLITE_READONLY, false, "Unwritable(\"/r.db\", \"it is read-only\")"),
            (ffi::SQLITE_READONLY_DBMOVED, false, "Moved(\"/r.db\")"),
            (ffi::SQLITE_READONLY_ROLLBACK, true, "CutOff(\"/r.db\")"),
            (ffi::SQLITE_PERM, false, "Unwritable(\"/r.db\", "),
            (ffi::SQLITE_IOERR_READ, true, "ReadFailed(\"/r.db\", "),
            (ffi::SQLITE_IOERR_FSYNC, false, "WriteFailed(\"/r.db\", "),
            (ffi::SQLITE_CANTOPEN, false, "NoJournal(\"/r.db\", "),
            (ffi::SQLITE_NOTADB, true, "Damaged(\"/r.db\", Said("),
            (ffi::SQLITE_CORRUPT, true, "Damaged(\"/r.db\", Said("),
            (ffi::SQLITE_ERROR, true, "Damaged(\"/r.db\", Said("),
            (ffi::SQLITE_CONSTRAINT, true, "Damaged(\"/r.db\", Said("),
            (ffi::SQLITE_NOMEM, false, "Unusable(\"/r.db\", "),
        ] {
            let failure = || rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
            let error = explain(Path::new("/r.db"), failure());
            assert_eq!(error.is_unusable(), unusable, "{code}: {error:?}");
            assert!(format!("{error:?}").starts_with(expected), "{code}: {error:?}");
        }
        let error = explain(Path::new("/r.db"), rusqlite::Error::InvalidQuery);
        assert!(matches!(error, StoreError::Damaged(_, Damage::Said(_))), "{error:?}");
        let closed = rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_CANTOPEN), None);
        let error = opening(Path::new("/r.db"), closed);
        assert!(matches!(error, StoreError::Unopened(_)), "{error:?}");
        assert!(error.is_unusable());
    }
}
