//! What can be made again around a sound log: the standing, the triggers and indexes, and the
//! journal mode.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::error::{Result, StoreError};
use super::failure::explain;
use super::{PATIENCE, Part, Stamp, Store, Writing, effort, file, standing, verify, write_lock};
use crate::disk;

/// After so many tries in one day no name is free.
const MOST_NAMES: usize = 1000;

/// Makes what follows from the log of the record at a path again, and what guards it; gives the name
/// of the copy of the file as it was before, which is kept beside it.
///
/// Everything happens in one transaction, and nobody else writes between the copy and its end. What
/// is there afterwards is looked at as a whole before it is committed.
///
/// # Errors
/// The log is not sound, or the file itself is damaged; or it cannot be copied or written. Then
/// nothing was changed.
pub(crate) fn rebuild(path: &Path, stamp: Stamp) -> Result<PathBuf> {
    let path = file::absolute(path)?;
    let path = std::fs::canonicalize(&path).unwrap_or(path);
    let turn = write_lock::wait(&path, PATIENCE)?;
    settle_journal(&path)?;
    let copy = copy_beside(&path, stamp.today)
        .map_err(|error| StoreError::NoCopyBefore(path.clone(), error))?;
    let rebuilt = in_turn(&path, turn, stamp);
    if rebuilt.is_err() {
        // The file is as it was, so this is no more than a second one.
        let _ = std::fs::remove_file(&copy);
    }
    rebuilt.map(|()| copy)
}

/// Sets the journal mode again, where another program changed it. Afterwards all that was recorded
/// is in the file itself, so that a copy of it is whole.
fn settle_journal(path: &Path) -> Result<()> {
    let Some(mut store) = Store::open(path)? else {
        return Ok(());
    };
    let verdict = store.read()?.verify();
    if !verdict.has(Part::Mode) || !verdict.can_be_rebuilt() {
        return Ok(());
    }
    let told = |error| explain(path, error);
    store.connection.busy_timeout(PATIENCE).map_err(told)?;
    let set = |row: &rusqlite::Row<'_>| row.get::<_, String>(0);
    let mode = store.connection.pragma_update_and_check(None, "journal_mode", "delete", set);
    match mode.map_err(told)?.as_str() {
        "delete" => Ok(()),
        mode => Err(StoreError::JournalMode(path.to_owned(), mode.to_owned())),
    }
}

/// Copies the file beside itself, byte by byte, whatever it is. This process must not have it open:
/// it would lose its locks.
fn copy_beside(path: &Path, today: NaiveDate) -> io::Result<PathBuf> {
    let directory = path.parent().unwrap_or(Path::new("/"));
    let mut copy = disk::temporary(directory)?;
    io::copy(&mut File::open(path)?, &mut copy)?;
    copy.as_file().sync_all()?;
    let first = disk::with_ending(path, format!(".before-rebuild-{today}"));
    for n in 1..MOST_NAMES {
        let name = if n == 1 { first.clone() } else { disk::with_ending(&first, format!("-{n}")) };
        match copy.persist_noclobber(&name) {
            Ok(_) => return disk::sync_directory(directory).map(|()| name),
            Err(error) if error.error.kind() == ErrorKind::AlreadyExists => copy = error.file,
            Err(error) => return Err(error.error),
        }
    }
    Err(io::Error::other("no name is left to keep it under"))
}

fn in_turn(path: &Path, turn: write_lock::WriteLock, stamp: Stamp) -> Result<()> {
    let store = Store::open(path)?.ok_or_else(|| StoreError::Gone(path.to_owned()))?;
    let mut writing = store.write_in(turn, stamp)?;
    writing.rebuild()?;
    writing.commit()
}

impl Writing<'_> {
    fn rebuild(&mut self) -> Result<()> {
        let (transaction, path) = (&self.reading.transaction, self.reading.path);
        let told = |error| explain(path, error);
        let (verdict, folded) = verify::look(transaction, path);
        if !verdict.can_be_rebuilt() {
            return verdict.into_result(path);
        }
        // First, since a foreign trigger would act on all that follows.
        verify::mend_around(transaction).map_err(told)?;
        standing::clear(transaction).map_err(told)?;
        for (subject, (last, state)) in &folded.subjects {
            standing::put(transaction, subject, *last, state.as_ref()).map_err(told)?;
        }
        effort::clear(transaction).map_err(told)?;
        for (subject, days) in &folded.efforts {
            effort::set(transaction, subject, days).map_err(told)?;
        }
        drop(folded);
        self.reading.verify().into_result(path)
    }
}

#[cfg(test)]
mod tests;
