//! An error of SQLite as a sentence, with the place and the remedy.

use std::path::Path;

use rusqlite::{ErrorCode, ffi};

use super::PATIENCE;
use crate::error::{Code, Error};

/// An error while a file is opened: then it is the file that cannot be opened.
pub(super) fn opening(path: &Path, error: rusqlite::Error) -> Error {
    if error.sqlite_error_code() == Some(ErrorCode::CannotOpen) {
        return Error::new(Code::UnreadableRecord, format!("{} cannot be opened", path.display()))
            .hint("check the permissions of the file and of its directory");
    }
    explain(path, error)
}

/// An error while a new record is made.
pub(super) fn making(path: &Path, error: rusqlite::Error) -> Error {
    if error.sqlite_error_code() == Some(ErrorCode::DiskFull) {
        return explain(path, error);
    }
    let (place, detail) = (path.display(), detail(&error));
    Error::new(Code::Unwritable, format!("the record {place} cannot be made: {detail}"))
        .hint("check the disk and its directory, or name another file with `--db` or MILEPOST_DB")
}

/// An error while a record is read or written.
pub(super) fn explain(path: &Path, error: rusqlite::Error) -> Error {
    let place = path.display();
    let detail = detail(&error);
    let Some(code) = error.sqlite_error_code() else {
        // Not SQLite's own: a value of a wrong type or out of range, or a statement that does not
        // fit the tables.
        return damaged(path, &detail);
    };
    match code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Error::new(
            Code::Locked,
            format!(
                "another program has kept {place} locked for {} seconds; nothing was changed",
                PATIENCE.as_secs()
            ),
        )
        .hint("try again when it has finished"),
        ErrorCode::DiskFull => Error::new(
            Code::DiskFull,
            format!("the disk with {place} is full; nothing was changed"),
        )
        .hint("make room and say it again"),
        ErrorCode::ReadOnly => match error.sqlite_extended_error_code() {
            Some(ffi::SQLITE_READONLY_DBMOVED) => Error::new(
                Code::Moved,
                format!("{place} was moved or replaced meanwhile; nothing was changed"),
            )
            .hint("say it again"),
            Some(ffi::SQLITE_READONLY_ROLLBACK) => unfinished(path),
            _ => Error::new(
                Code::Unwritable,
                format!("{place} cannot be written: {detail}; nothing was changed"),
            )
            .hint("check the permissions of the file and of its directory"),
        },
        ErrorCode::PermissionDenied => Error::new(
            Code::Unwritable,
            format!("{place} cannot be written: {detail}; nothing was changed"),
        )
        .hint("check the permissions of the file and of its directory"),
        ErrorCode::SystemIoFailure => match error.sqlite_extended_error_code() {
            Some(
                ffi::SQLITE_IOERR_READ
                | ffi::SQLITE_IOERR_SHORT_READ
                | ffi::SQLITE_IOERR_FSTAT
                | ffi::SQLITE_IOERR_CORRUPTFS,
            ) => Error::new(Code::UnreadableRecord, format!("{place} cannot be read: {detail}"))
                .hint("check the disk, and restore a copy of the file"),
            _ => Error::new(
                Code::Unwritable,
                format!("writing {place} failed: {detail}; nothing was changed"),
            )
            .hint("check the disk and say it again"),
        },
        // The file itself was opened before, so it is the journal that could not be.
        ErrorCode::CannotOpen => Error::new(
            Code::Unwritable,
            format!("no journal can be opened beside {place}: {detail}; nothing was changed"),
        )
        .hint("make room, and check the permissions of the directory"),
        // A disk that cannot read a page looks the same to SQLite as one that read nonsense.
        ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt => damaged(path, &detail),
        // What the program says fits the tables that it made, so these are not they.
        ErrorCode::Unknown | ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch => {
            damaged(path, &detail)
        }
        _ => Error::new(
            Code::Internal,
            format!("the record in {place} could not be used: {detail}; nothing was changed"),
        )
        .hint("say it again"),
    }
}

/// Whether another program holds a lock.
pub(super) fn is_busy(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
}

/// What is there does not fit together.
pub(super) fn damaged(path: &Path, what: &str) -> Error {
    Error::damaged(path, what)
}

/// A commit to a file that no longer has the name of the record.
pub(super) fn astray(path: &Path) -> Error {
    let place = path.display();
    Error::new(
        Code::Moved,
        format!(
            "another program moved, replaced or removed {place} while the change was written, so \
         what is there now does not have the change"
        ),
    )
    .hint("repeat the command; if the file was moved, the change is in the moved file")
}

/// A commit that reported an error after the change was in place.
pub(super) fn unconfirmed(path: &Path, error: &rusqlite::Error) -> Error {
    Error::new(
        Code::Unconfirmed,
        format!(
            "the change is in {}, but the disk did not confirm that it will stay: {}",
            path.display(),
            detail(error)
        ),
    )
    .hint("check the disk; `milepost log` shows whether the change is still there")
}

/// A record that was put in place, after which the disk reported an error.
pub(super) fn unsure(path: &Path, error: &dyn std::fmt::Display) -> Error {
    Error::new(
        Code::Unconfirmed,
        format!(
            "the copy is in place at {}, but the disk did not confirm that it will stay: {error}",
            path.display()
        ),
    )
    .hint("check the disk; `milepost log` shows what the record has")
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

fn unfinished(path: &Path) -> Error {
    Error::new(
        Code::UnreadableRecord,
        format!(
            "a change in {} was cut off, and cannot be taken back where nothing may be written",
            path.display()
        ),
    )
    .hint("make the file and its directory writable, and say it again")
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
