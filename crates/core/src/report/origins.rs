//! Where installed files came from: remembered beside them, never in them, so that a newer version there
//! can be told. What is remembered helps only; where it is missing, damaged or leads nowhere, nothing is
//! told.

use std::cmp::Ordering;
use std::fs;
use std::path::{Component, Path, PathBuf};

use chrono::NaiveDate;
use milepost_path::{CAREER, is_id};
use serde::{Deserialize, Serialize};

use crate::catalog::{file, last_good};
use crate::disk::{self, read};
use crate::model::version;

/// The folder beside the installed paths. Nothing in it is installed: its name is hidden.
const FOLDER: &str = ".origins";
/// A longer note is none of ours: the longest name of a file, escaped, is shorter.
const MOST_BYTES: u64 = 64 * 1024;
/// Names of what is open in a process are other files in the next one.
const OF_A_PROCESS: [&str; 2] = ["/dev", "/proc"];

/// Where a file came from.
#[derive(Debug, Serialize, Deserialize)]
struct Origin {
    /// Its absolute name.
    file: PathBuf,
    /// The hash of the text that was installed.
    text: String,
}

/// A newer version of what is installed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outdated {
    /// The file, which is where the installed one came from.
    pub file: String,
    /// The version that it names.
    pub version: Option<String>,
    /// The day of its last change, as it names it.
    pub updated: Option<NaiveDate>,
}

/// What an installed file says of its version.
#[derive(Debug, Clone, Copy)]
pub(super) struct Installed<'a> {
    pub(super) id: &'a str,
    pub(super) file: &'a Path,
    pub(super) version: Option<&'a str>,
    pub(super) updated: Option<NaiveDate>,
}

/// The name under which a file that somebody gave can be found later, if it can be.
pub(super) fn name(file: &Path, folder: &Path) -> Option<PathBuf> {
    let mut file = std::path::absolute(file).ok()?;
    if file.components().any(|part| part == Component::ParentDir) {
        file = fs::canonicalize(file.parent()?).ok()?.join(file.file_name()?);
    }
    let is_passing = OF_A_PROCESS.iter().any(|place| file.starts_with(place));
    // One that is no text could not be told.
    (!is_passing && !file.starts_with(folder) && file.to_str().is_some()).then_some(file)
}

/// Remembers where the text of a path, or of the career file, came from; forgets it where that is not
/// known. Nothing depends on it.
pub(super) fn remember(folder: &Path, id: &str, origin: Option<&Path>, text: &str) {
    let Some(note) = note(folder, id) else { return };
    let Some(origin) = origin else {
        let _ = disk::remove(&note);
        return;
    };
    let origin = Origin { file: origin.to_owned(), text: hash(text) };
    let Ok(bytes) = serde_json::to_vec(&origin) else { return };
    if read::bytes(&note, MOST_BYTES).is_ok_and(|there| there == bytes) {
        return;
    }
    if disk::make_directories(&folder.join(FOLDER)).is_ok() {
        let _ = disk::write(&note, None, &bytes);
    }
}

/// The newer version of an installed file, where the file that it came from has one: a later version,
/// else a later day, else another text than was installed.
pub(super) fn newer(folder: &Path, installed: Installed<'_>) -> Option<Outdated> {
    let origin = read::bytes(&note(folder, installed.id)?, MOST_BYTES).ok()?;
    let origin: Origin = serde_json::from_slice(&origin).ok()?;
    if !origin.file.is_absolute() {
        return None;
    }
    let text = file::text(&origin.file).ok()?;
    if file::text(installed.file).is_ok_and(|there| there == text) {
        return None;
    }
    let reading = milepost_path::read(&text);
    let (version, updated) = match (reading.roadmap, reading.career) {
        (Some(path), _) if path.id == installed.id => (path.version, path.updated),
        (Some(path), _) if path.replaces.iter().any(|old| old == installed.id) => {
            // What has another id now was installed beside it.
            let other = folder.join(format!("{}.toml", path.id));
            if file::text(&other).is_ok_and(|there| there == text) {
                return None;
            }
            (path.version, path.updated)
        }
        (None, Some(career)) if installed.id == CAREER => (None, career.updated),
        _ => return None,
    };
    let by_version = installed.version.zip(version.as_deref());
    let by_version = by_version.map(|(is, there)| version::compare(there, is));
    let by_day = installed.updated.zip(updated).map(|(is, there)| there.cmp(&is));
    let orders = by_version.into_iter().chain(by_day);
    let is_newer = match orders.into_iter().find(|order| *order != Ordering::Equal) {
        Some(order) => order == Ordering::Greater,
        None => hash(&text) != origin.text,
    };
    let file = origin.file.display().to_string();
    is_newer.then_some(Outdated { file, version, updated })
}

fn note(folder: &Path, id: &str) -> Option<PathBuf> {
    (is_id(id) || id == CAREER).then(|| folder.join(FOLDER).join(format!("{id}.json")))
}

fn hash(text: &str) -> String {
    format!("{:032x}", last_good::hash(text))
}

#[cfg(test)]
mod tests;
