//! What was installed before: kept beside the paths, so that it can be brought back.

use milepost_path::sort;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::Result;
use crate::disk::{self, read};

/// The folder beside the installed paths. Nothing in it is installed: its name is hidden.
const FOLDER: &str = ".before";
/// So many of each path are kept, the newest.
const MOST: usize = 3;

/// A file that was installed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    /// Where it is.
    pub(super) file: PathBuf,
    /// Its place among those of its id: the day on which it was replaced, and its number on that day.
    order: (NaiveDate, u32),
}

/// Those of a path that are kept, the newest first.
pub(super) fn list(folder: &Path, id: &str) -> Vec<Kept> {
    let entries = fs::read_dir(folder.join(FOLDER)).into_iter().flatten().flatten();
    let kept = |file: PathBuf| {
        let name = file.file_name()?.to_str()?;
        let rest = name.strip_prefix(id)?.strip_prefix('-')?.strip_suffix(".toml")?;
        let (day, number) = match rest.get(10..)? {
            "" => (rest, 1),
            more => (rest.get(..10)?, more.strip_prefix('-')?.parse().ok()?),
        };
        Some(Kept { order: (day.parse().ok()?, number), file })
    };
    let mut found: Vec<Kept> = entries.filter_map(|entry| kept(entry.path())).collect();
    sort::by_key(&mut found, |one| std::cmp::Reverse(one.order));
    found
}

/// Keeps what is about to be replaced or removed; gives its place. What is the newest already is kept
/// once: a command that was killed can have been here.
///
/// # Errors
/// It cannot be written.
pub(super) fn keep(folder: &Path, id: &str, bytes: &[u8], today: NaiveDate) -> Result<PathBuf> {
    let known = list(folder, id);
    if let Some(newest) = known.first()
        && read::bytes(&newest.file, bytes.len() as u64).is_ok_and(|there| there == bytes)
    {
        return Ok(newest.file.clone());
    }
    let place = folder.join(FOLDER);
    disk::make_directories(&place).map_err(|error| disk::not_written(&place, error))?;
    // After the newest, which a clock that was wrong might have put on a later day.
    let newest = known.first().map(|one| one.order);
    let (day, number) = match newest {
        Some((day, number)) if day >= today => (day, number.saturating_add(1)),
        _ => (today, 1),
    };
    let number = if number == 1 { String::new() } else { format!("-{number}") };
    let file = place.join(format!("{id}-{day}{number}.toml"));
    disk::write(&file, None, bytes)?;
    Ok(file)
}

/// Forgets those that are too many. That one stays is no harm.
pub(super) fn prune(folder: &Path, id: &str) {
    for one in list(folder, id).iter().skip(MOST) {
        let _ = disk::remove(&one.file);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_three_of_each_id_are_kept_each_once() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        let names = |id| {
            let name = |one: &Kept| one.file.file_name().unwrap().to_str().unwrap().to_owned();
            list(folder, id).iter().map(name).collect::<Vec<_>>()
        };
        let kept = |id: &str, text: &str, on| {
            let file = keep(folder, id, text.as_bytes(), day(on)).unwrap();
            assert_eq!(fs::read_to_string(file).unwrap(), text);
            prune(folder, id);
        };
        assert_eq!(names("a"), [""; 0]);
        for (text, on) in [("1", 20), ("1", 21), ("2", 20), ("3", 21), ("4", 21)] {
            kept("a", text, on);
        }
        kept("a-2026-11-20", "5", 20);
        assert_eq!(names("a"), ["a-2026-11-21-2.toml", "a-2026-11-21.toml", "a-2026-11-20-2.toml"]);
        assert_eq!(names("a-2026-11-20"), ["a-2026-11-20-2026-11-20.toml"]);
        // A clock that goes back puts nothing before what is there.
        kept("a", "6", 1);
        assert_eq!(names("a")[0], "a-2026-11-21-3.toml");
    }
}
