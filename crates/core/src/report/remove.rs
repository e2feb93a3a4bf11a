//! A path of the learner's own, or their career file, is removed: its file is kept aside, the record
//! stays.

use std::path::PathBuf;

use milepost_path::CAREER;
use serde::Serialize;

use super::add::{gone, straightened};
use super::overlay::overlay_key;
use super::{Answer, App, Result, before};
use crate::catalog::{Source, file};
use crate::disk::{self, DiskError, read};
use crate::model::effects::Effects;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The path, or `career`.
    pub path: String,
    /// Remove the overlay of the path instead of the path.
    pub overlay: bool,
    /// Only report what would be removed.
    pub dry_run: bool,
}

/// What was removed.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The id of the path, `career`, or of an overlay the id of its path with `.overlay`.
    pub removed: String,
    /// Its file.
    pub file: String,
    /// Whether it took the place of one that ships.
    pub built_in_is_back: bool,
    /// Where the file is kept.
    pub kept: Option<String>,
    /// What is seen no longer of the record, which stays; none for the career file.
    pub effects: Option<Effects>,
}

/// Why nothing was removed.
#[derive(Debug)]
pub enum Refusal {
    /// It is part of the program: the id.
    BuiltIn(String),
    /// It was not installed, but is read from elsewhere: the id and the file.
    Elsewhere(String, String),
    /// The path has no overlay: the id.
    NoOverlay(String),
}

impl From<Refusal> for super::Error {
    fn from(refusal: Refusal) -> Self {
        super::Refusal::Remove(refusal).into()
    }
}

/// Removes the file of a path; it can be brought back.
///
/// # Errors
/// The path is unknown, built in, or its file cannot be kept or removed.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let catalog = app.catalog();
    if query.overlay {
        let path = app.path(&query.path)?;
        let no_overlay = || Refusal::NoOverlay(path.id.clone());
        let file = catalog.overlay_place(path).ok_or_else(no_overlay)?.to_owned();
        // It is called after its path, or after an id that its path had.
        let id = file::named_overlay(&file).unwrap_or(&path.id);
        let effects = straightened(&path.id, app)?;
        return removed(overlay_key(id), file.clone(), false, effects, query, app);
    }
    let (id, source) = if query.path == CAREER {
        (CAREER, Some(catalog.career_source()))
    } else {
        let id = app.path(&query.path)?.id.as_str();
        (id, catalog.source(id))
    };
    let Some(Source::Own(file, built_in_is_back)) = source else {
        return Err(Refusal::BuiltIn(id.to_owned()).into());
    };
    let effects = gone(id, app)?;
    removed(id.to_owned(), file, built_in_is_back, effects, query, app)
}

fn removed(
    id: String,
    file: PathBuf,
    built_in_is_back: bool,
    effects: Option<Effects>,
    query: &Query,
    app: &App,
) -> Result<Answer<Report>> {
    let place = disk::show(&file);
    // Only the folder that `add` fills is ours; other files are the user's to keep.
    let folder = app.places.paths_folder.as_deref().filter(|folder| file.starts_with(folder));
    let Some(folder) = folder else {
        return Err(Refusal::Elsewhere(id, place).into());
    };
    let mut report = Report { removed: id, file: place, built_in_is_back, kept: None, effects };
    if !query.dry_run {
        let unread = |unread| DiskError::Unread(PathBuf::from(&file), unread);
        let bytes = read::bytes(&file, file::MOST_BYTES).map_err(unread)?;
        let id = &report.removed;
        let kept = before::keep(folder, id, &bytes, app.today())?;
        disk::remove(&file)?;
        before::prune(folder, id);
        report.kept = Some(kept.display().to_string());
    }
    Ok(app.answer(report))
}
