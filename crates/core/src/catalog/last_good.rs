//! The last good text of each path of the learner's own that is followed. While the file of a path is
//! broken, this text stands in for it: progress does not vanish with a slip in an editor or a bad merge.
//! It is also what a changed file is compared with, so that its effect is told.
//!
//! The texts lie in a folder beside the record, not in the cache, which anybody can empty. It is the
//! text, not an index of it: a newer program reads it as well. A file is called after the id of its path
//! and the hash of the text; its first line names the file that the text is of.

use std::cell::OnceCell;
use std::fs;
use std::path::{Path, PathBuf};

use milepost_path::is_id;
use xxhash_rust::xxh3::xxh3_128;

use super::file;
use super::overlays::Bent;
use crate::disk;

/// What the folder is called, behind the name of the record.
const FOLDER: &str = ".last-good";
const ENDING: &str = ".toml";

/// The folder beside a record.
pub(crate) fn folder(record: &Path) -> PathBuf {
    disk::with_ending(record, FOLDER)
}

/// A text that is kept.
#[derive(Debug)]
pub(super) struct Kept {
    /// The id of its path.
    pub(super) id: String,
    /// The hash of the text.
    pub(super) hash: u128,
    /// Where it lies.
    file: PathBuf,
    /// The path that stands in for a broken file, and this file; none while it does not.
    pub(super) roadmap: OnceCell<Option<(PathBuf, Bent)>>,
}

impl Kept {
    /// The line that says of which file it is, and the text; `None` if it is damaged.
    pub(super) fn read(&self) -> Option<(String, String)> {
        let kept = file::text(&self.file).ok()?;
        let (first, text) = kept.split_once('\n')?;
        (hash(text) == self.hash).then(|| (first.to_owned(), text.to_owned()))
    }
}

/// The hash of a text.
pub(crate) fn hash(text: &str) -> u128 {
    xxh3_128(text.as_bytes())
}

/// What the first line says of a file.
pub(super) fn origin(file: &Path) -> String {
    format!("# the last good text of {file:?}")
}

/// The texts in a folder, one for each path.
pub(super) fn list(folder: &Path) -> Vec<Kept> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<_> = entries
        .filter_map(|entry| {
            let file = entry.path();
            let (id, hash) = named(file.file_name()?.to_str()?)?;
            let about = entry.metadata().ok().filter(fs::Metadata::is_file)?;
            let modified = about.modified().ok()?;
            Some((modified, Kept { id, hash, file, roadmap: OnceCell::new() }))
        })
        .collect();
    // A kill between two of them leaves the older one as well.
    milepost_path::sort::by(&mut found, |(one, _), (other, _)| other.cmp(one));
    let mut kept: Vec<Kept> = Vec::new();
    for (_, one) in found {
        if !kept.iter().any(|known| known.id == one.id) {
            kept.push(one);
        }
    }
    kept
}

/// The id and the hash in the name of a kept text.
fn named(name: &str) -> Option<(String, u128)> {
    let (id, hash) = name.strip_suffix(ENDING)?.rsplit_once('.')?;
    let is_hash = hash.len() == 32 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    let hash = u128::from_str_radix(hash, 16).ok().filter(|_| is_hash)?;
    is_id(id).then(|| (id.to_owned(), hash))
}

/// Keeps the text of a path, which is that of a file, in the place of an older one; tells whether it is
/// kept.
pub(super) fn keep(folder: &Path, id: &str, of: &Path, text: &str) -> bool {
    if disk::make_directories(folder).is_err() {
        return false;
    }
    let target = folder.join(format!("{id}.{:032x}{ENDING}", hash(text)));
    let bytes = [&origin(of), "\n", text].concat();
    let is_kept = disk::write(&target, None, bytes.as_bytes()).is_ok();
    if is_kept {
        forget(folder, |other, file| other != id || file == target);
    }
    is_kept
}

/// Removes the texts that are not to stay.
pub(super) fn forget(folder: &Path, stays: impl Fn(&str, &Path) -> bool) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let file = entry.path();
        let id = file.file_name().and_then(|name| named(name.to_str()?)).map(|(id, _)| id);
        if id.is_some_and(|id| !stays(&id, &file)) {
            // One that stays is looked at again with the next change.
            let _ = fs::remove_file(&file);
        }
    }
}

#[cfg(test)]
mod tests;
