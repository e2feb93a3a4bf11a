//! The files that are to be installed: read, checked, and told apart.

use std::path::{Path, PathBuf};

use milepost_path::overlay::Overlay;
use milepost_path::{CAREER, Career, Diagnostic, Roadmap, Severity, Shelf, line_column};

use super::super::given::Given;
use super::super::overlay::overlay_key;
use super::super::{App, Result, Warning, before, origins};
use super::{Query, Refusal};
use crate::catalog::{Together, file};
use crate::disk::{self, DiskError, read};

/// A file with errors.
#[derive(Debug)]
pub struct Invalid {
    /// Its name.
    pub file: String,
    /// How many errors it has.
    pub errors: usize,
    /// Where the first of them is.
    pub line: usize,
    /// The column of it.
    pub column: usize,
    /// What is wrong there.
    pub message: String,
}

/// A file without an error.
pub(super) struct Valid {
    pub(super) text: String,
    pub(super) id: String,
    pub(super) title: String,
    pub(super) content: Content,
    /// The kept copy that it is.
    pub(super) origin: Option<PathBuf>,
    /// Where it can be found later.
    pub(super) from: Option<PathBuf>,
}

/// What is in a file.
pub(super) enum Content {
    Path(Box<Roadmap>),
    Career(Box<Career>),
    Overlay(Box<Overlay>),
}

impl Valid {
    /// The id of the path that it is, or that it bends.
    pub(super) fn path_id(&self) -> &str {
        match &self.content {
            Content::Overlay(overlay) => &overlay.extends,
            Content::Path(_) | Content::Career(_) => &self.id,
        }
    }
}

struct Text {
    name: String,
    text: String,
    origin: Option<PathBuf>,
    from: Option<PathBuf>,
}

/// The files, none of which has an error. What is probably wrong not with a text, but with what is
/// installed, is a warning.
pub(super) fn valid(query: &Query, folder: &Path, app: &App) -> Result<(Vec<Valid>, Vec<Warning>)> {
    let texts = match &query.back {
        Some(id) => vec![kept(id, folder)?],
        None => texts(&query.files, folder)?,
    };
    let texts: Vec<_> =
        texts.into_iter().map(|one| (milepost_path::read(&one.text), one)).collect();
    let roadmaps = texts.iter().filter_map(|(reading, _)| reading.roadmap.clone()).collect();
    let shelf = Together { files: roadmaps, catalog: app.catalog() };
    let (mut valid, mut warnings): (Vec<Valid>, _) = (Vec::new(), Vec::new());
    for (reading, Text { name, text, origin, from }) in texts {
        let foreign = milepost_path::check_foreign(&reading, &shelf);
        let warned = foreign.iter().filter(|one| one.severity == Severity::Warning);
        warnings.extend(warned.map(|one| Warning::Diagnostic(one.clone())));
        let all = reading.diagnostics.iter().chain(&foreign);
        let errors: Vec<_> = all.filter(|one| one.severity == Severity::Error).collect();
        if let Some(first) = errors.first() {
            return Err(Refusal::Invalid(invalid(name, &text, first, errors.len())).into());
        }
        let (id, title, content) = match (reading.roadmap, reading.career) {
            (Some(path), _) => (path.id.clone(), path.title.clone(), Content::Path(Box::new(path))),
            (None, Some(career)) => {
                (CAREER.to_owned(), career.title.clone(), Content::Career(Box::new(career)))
            }
            (None, None) => match reading.overlay {
                Some(overlay) => {
                    let title = shelf.base(&overlay.extends).map(|path| path.title.clone());
                    let key = overlay_key(&overlay.extends);
                    (key, title.unwrap_or_default(), Content::Overlay(Box::new(overlay)))
                }
                None => return Err(Refusal::NoPath(name).into()),
            },
        };
        if valid.iter().any(|one| one.id == id) {
            return Err(Refusal::Twice(id).into());
        }
        valid.push(Valid { text, id, title, content, origin, from });
    }
    Ok((valid, warnings))
}

/// A file with errors, of which the first is told.
pub(in super::super) fn invalid(
    file: String,
    text: &str,
    first: &Diagnostic,
    errors: usize,
) -> Invalid {
    let (line, column) = line_column(text, first.span.start);
    Invalid { file, errors, line, column, message: first.message.clone() }
}

fn texts(given: &[Given], folder: &Path) -> Result<Vec<Text>> {
    let mut texts = Vec::new();
    let unread =
        |place: &Path, unread| Refusal::Unread(DiskError::Unread(place.to_owned(), unread));
    for one in given {
        let place = match one {
            Given::Text(name, text) => {
                let (name, text) = (name.clone(), text.clone());
                texts.push(Text { name, text, origin: None, from: None });
                continue;
            }
            Given::Place(place) => place,
        };
        let mut files = vec![place.clone()];
        if place.is_dir() {
            files = file::list(place).map_err(|error| unread(place, read::Unread::Io(error)))?;
            if files.is_empty() {
                return Err(Refusal::NoPath(disk::show(place)).into());
            }
        }
        for file in files {
            let text = file::text(&file).map_err(|error| unread(&file, error))?;
            let from = origins::name(&file, folder);
            texts.push(Text { name: disk::show(&file), text, origin: None, from });
        }
    }
    Ok(texts)
}

/// The newest copy of what was installed before that differs from what is installed.
fn kept(id: &str, folder: &Path) -> Result<Text> {
    let unread = |file: &Path, error| Refusal::Unread(DiskError::Unread(file.to_owned(), error));
    let now = read::bytes(&folder.join(format!("{id}.toml")), file::MOST_BYTES).ok();
    for one in before::list(folder, id) {
        let bytes = read::bytes(&one.file, file::MOST_BYTES).map_err(|e| unread(&one.file, e))?;
        if now.as_ref() != Some(&bytes) {
            let text = read::decode(bytes).map_err(|error| unread(&one.file, error))?;
            let name = disk::show(&one.file);
            return Ok(Text { name, text, origin: Some(one.file), from: None });
        }
    }
    Err(Refusal::NothingBefore(id.to_owned()).into())
}
