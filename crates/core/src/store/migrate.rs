//! An older file is brought to this version: by the first process that opens it, in one transaction, after a
//! copy of it was made and looked through.

use std::path::{Path, PathBuf};

use super::error::{Result, StoreError};
use super::write_lock::WriteLock;
use super::{Store, auto_backup, schema};

/// Brings the tables of an older file to this version, in one's turn.
pub(super) fn bring_up(store: &Store, turn: &WriteLock) -> Result<()> {
    let path = store.path();
    let (reading, version) = store.read_as_is(true)?;
    if version >= schema::VERSION {
        // Somebody else was first.
        return Ok(());
    }
    let kept = place(path, version);
    let no_copy = |why| StoreError::NotBroughtUp(path.to_owned(), version, Box::new(why));
    let told = |error: StoreError| if error.is_unusable() { error } else { no_copy(error) };
    let unwritten = |error| no_copy(StoreError::Io(error));
    let folder = auto_backup::folder(path);
    auto_backup::prepare(&folder, turn).map_err(unwritten)?;
    let copy = reading.copy_into(&folder).map_err(told)?;
    drop(reading);
    copy.keep(&kept).map_err(unwritten)?;
    store.durably()?;
    let (transaction, version) = store.begin()?;
    let told = |error| super::explain(path, error);
    if version < schema::VERSION {
        schema::upgrade(&transaction, path, version)?;
    }
    transaction.commit().map_err(told)
}

/// Where the copy of an older file is kept.
fn place(path: &Path, version: i32) -> PathBuf {
    auto_backup::named(path, format!(".v{version}"))
}

#[cfg(test)]
mod tests;
