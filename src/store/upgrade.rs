//! An older file is brought to this version: by whoever comes first, in one transaction, after a
//! copy of it was made and looked through.

use std::path::{Path, PathBuf};

use super::queue::Turn;
use super::{Store, copies, schema};
use crate::disk;
use crate::error::{Code, Error, Kind, Result};

/// Brings the tables of an older file to this version, in one's turn.
pub(super) fn bring_up(store: &Store, turn: &Turn) -> Result<()> {
    let path = store.path();
    let (reading, version) = store.read_as_is(true)?;
    if version >= schema::VERSION {
        // Somebody else was first.
        return Ok(());
    }
    let kept = place(path, version);
    let told = |error: Error| match error.kind() {
        Kind::Failed => no_copy(path, version, error.code(), &error),
        _ => error,
    };
    let unwritten =
        |error: std::io::Error| no_copy(path, version, Code::unwritable(&error), &error);
    let folder = copies::folder(path);
    copies::prepare(&folder, turn).map_err(unwritten)?;
    let copy = reading.copy_into(&folder).map_err(told)?;
    drop(reading);
    copy.keep(&kept).map_err(unwritten)?;
    store.durably()?;
    let (transaction, version) = store.begin()?;
    let told = |error| super::explain(path, error);
    if version < schema::VERSION {
        schema::upgrade(&transaction, version).map_err(told)?;
    }
    transaction.commit().map_err(told)
}

/// Where the copy of an older file is kept.
fn place(path: &Path, version: i32) -> PathBuf {
    copies::named(path, format!(".v{version}"))
}

fn no_copy(path: &Path, version: i32, code: Code, error: &dyn std::fmt::Display) -> Error {
    Error::new(code, format!(
        "{} was written by an older milepost (schema {version}), and is brought up to date only \
         when a copy of it is kept: {error}; nothing was changed",
        disk::show(path)
    ))
    .hint("make it and its directory writable; or copy it to where you may write, and use `--db`")
}

#[cfg(test)]
mod tests;
