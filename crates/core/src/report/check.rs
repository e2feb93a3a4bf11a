//! What is right and wrong in path files, overlays and career files.

mod against;

use std::ops::Range;
use std::path::PathBuf;

use chrono::{Days, NaiveDate};
use milepost_path::overlay::Why;
use milepost_path::{Code, Diagnostic, MOST_DIAGNOSTICS, Reading, Severity, line_column};

pub use self::against::Refusal;
pub use super::given::Given;
use super::overlay::overlay_key;
use super::{Answer, App, Hint, Result};
use crate::catalog::{Together, file};
use crate::disk::read::Unread;
use crate::model::effects::breach;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The files and folders; references between the files resolve to these files. None stands for
    /// all files of the learner's own.
    pub files: Vec<Given>,
    /// The version before, with which the files are compared.
    pub against: Option<Given>,
}

/// What is wrong in the files.
#[derive(Debug)]
pub struct Report {
    /// The files, in the order in which they were named.
    pub files: Vec<FileReport>,
}

/// What is wrong in a file.
#[derive(Debug)]
pub struct FileReport {
    /// The file.
    pub file: PathBuf,
    /// What stands in it; empty where it cannot be read.
    pub text: String,
    /// The id of the path in it; with `.overlay` of that which it bends.
    pub id: Option<String>,
    /// What is wrong, in the order of the file.
    pub found: Vec<Found>,
    /// How many more problems there are; errors are left out last.
    pub left_out: usize,
}

/// Something that is wrong, with its place.
#[derive(Debug)]
pub struct Found {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
    /// The line in which it ends.
    pub end_line: usize,
    /// The column behind it.
    pub end_column: usize,
    /// The part of the text that is meant.
    pub span: Range<usize>,
    /// What is wrong.
    pub what: What,
}

/// What is wrong.
#[derive(Debug)]
pub enum What {
    /// Something that the path format finds.
    Diagnostic(Diagnostic),
    /// The file cannot be read.
    Unreadable(Unread),
    /// The folder has no path files.
    NoFiles,
    /// Another one of the files has this id, too.
    SameId(String),
    /// The file says that it was changed on a day that has not come.
    Future(NaiveDate),
    /// The version before has something that this one does not keep.
    NotKept(breach::What),
    /// The installed overlay of the path names something that this version does not have.
    Loosened {
        /// The file of the overlay.
        overlay: String,
        /// What it names.
        id: String,
        /// Why it cannot be taken.
        why: Why,
    },
}

/// The code of a day to come; a comment can allow it.
const FUTURE: &str = "future-updated";

impl What {
    /// A stable word for it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Diagnostic(one) => one.code.as_str(),
            Self::Unreadable(_) => "unreadable",
            Self::NoFiles => "no-files",
            Self::SameId(_) => "duplicate-path",
            Self::Future(_) => FUTURE,
            Self::NotKept(one) => not_kept(one),
            Self::Loosened { .. } => Code::OverlayLoose.as_str(),
        }
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Diagnostic(one) => one.severity,
            Self::NotKept(breach::What::Criteria(_)) | Self::Loosened { .. } | Self::Future(_) => {
                Severity::Warning
            }
            Self::Unreadable(_) | Self::NoFiles | Self::SameId(_) | Self::NotKept(_) => {
                Severity::Error
            }
        }
    }
}

/// The code of what a new version does not keep. A comment can allow it.
fn not_kept(one: &breach::What) -> &'static str {
    match one {
        breach::What::Gone(part) if part.kind == breach::Kind::Question => "question-gone",
        breach::What::Gone(_) | breach::What::Path { .. } => "id-gone",
        breach::What::LooksRenamed { .. } => "looks-renamed",
        breach::What::Reused { .. } | breach::What::Everything => "id-reused",
        breach::What::NotReplaced { .. } => "replaces-dropped",
        breach::What::Criteria(_) => "criteria-changed",
    }
}

impl Found {
    /// Something that is wrong with a part of a text.
    fn new(text: &str, span: Range<usize>, what: What) -> Self {
        let (line, column) = line_column(text, span.start);
        let (end_line, end_column) = line_column(text, span.end);
        Self { line, column, end_line, end_column, span, what }
    }

    /// Something that is wrong with a file, of whose text only the line is known.
    fn at_line(line: usize, what: What) -> Self {
        Self { line, column: 1, end_line: line, end_column: 1, span: 0..0, what }
    }
}

impl Report {
    /// How many errors are named.
    pub fn errors(&self) -> usize {
        let found = self.files.iter().flat_map(|file| &file.found);
        found.filter(|one| one.what.severity() == Severity::Error).count()
    }

    /// How many warnings are named.
    pub fn warnings(&self) -> usize {
        self.files.iter().map(|file| file.found.len()).sum::<usize>() - self.errors()
    }
}

/// A file that was read, or why not.
struct Read {
    file: PathBuf,
    found: std::result::Result<(String, Reading), What>,
}

/// Reads the files. What cannot be read is part of the answer.
///
/// # Errors
/// They cannot be compared with the version before.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let read: Vec<Read> = match query.files.as_slice() {
        [] => own(app),
        files => files.iter().flat_map(read_given).collect(),
    };
    let sound = read.iter().filter_map(|one| one.found.as_ref().ok());
    let files = sound.filter_map(|(_, reading)| reading.roadmap.clone()).collect();
    let shelf = Together { files, catalog: app.catalog() };
    let mut breaches = match &query.against {
        Some(old) => against::breaches(old, &read, &shelf)?,
        None => Vec::new(),
    };
    let mut files: Vec<FileReport> = Vec::with_capacity(read.len());
    for (at, one) in read.into_iter().enumerate() {
        let breaches = breaches.get_mut(at).map(std::mem::take).unwrap_or_default();
        files.push(match one.found {
            Ok((text, reading)) => checked(one.file, text, reading, breaches, &shelf, app.today()),
            Err(what) => unreadable(one.file, what),
        });
    }
    same_ids(&mut files);
    let hint = files.is_empty().then_some(Hint::NoOwnFiles);
    Ok(app.answer(Report { files }).hint(hint))
}

/// Reads files, of which only that is told which keeps them from being TOML.
pub fn toml(files: &[Given]) -> Vec<FileReport> {
    let is_of_toml = |one: &Diagnostic| {
        matches!(one.code, Code::Limit | Code::TooDeep | Code::Syntax | Code::DuplicateKey)
    };
    let read = files.iter().flat_map(read_given);
    let reports = read.map(|one| match one.found {
        Ok((text, reading)) => {
            let wrong = reading.diagnostics.into_iter().filter(is_of_toml);
            let found = wrong.map(|one| Found::new(&text, one.span.clone(), What::Diagnostic(one)));
            FileReport { file: one.file, found: found.collect(), id: None, left_out: 0, text }
        }
        Err(what) => unreadable(one.file, what),
    });
    reports.collect()
}

/// All files of the learner's own.
fn own(app: &App) -> Vec<Read> {
    let (files, unread) = file::list_all(&app.places.paths, app.places.paths_were_named);
    let unread = unread
        .into_iter()
        .map(|(file, error)| Read { file, found: Err(What::Unreadable(Unread::Io(error))) });
    files.into_iter().map(read_file).chain(unread).collect()
}

fn read_given(given: &Given) -> Vec<Read> {
    match given {
        Given::Text(name, text) => {
            let found = Ok((text.clone(), milepost_path::read(text)));
            vec![Read { file: PathBuf::from(name), found }]
        }
        Given::Place(place) => match file::list(place) {
            Ok(files) if files.is_empty() => {
                vec![Read { file: place.clone(), found: Err(What::NoFiles) }]
            }
            Ok(files) => files.into_iter().map(read_file).collect(),
            Err(error) => {
                let found = Err(What::Unreadable(Unread::Io(error)));
                vec![Read { file: place.clone(), found }]
            }
        },
    }
}

fn read_file(file: PathBuf) -> Read {
    let found = match file::text(&file) {
        Ok(text) => {
            let reading = milepost_path::read(&text);
            Ok((text, reading))
        }
        Err(unread) => Err(What::Unreadable(unread)),
    };
    Read { file, found }
}

fn checked(
    file: PathBuf,
    text: String,
    reading: Reading,
    breaches: Vec<against::Near>,
    shelf: &Together<'_>,
    today: NaiveDate,
) -> FileReport {
    let mut all = milepost_path::check_foreign(&reading, shelf);
    all.extend(reading.diagnostics);
    milepost_path::sort::by_key(&mut all, |one| one.span.start);
    let (shown, mut left_out) = milepost_path::most_important(all, MOST_DIAGNOSTICS);
    let shown = shown.into_iter().map(|one| (one.span.clone(), What::Diagnostic(one)));
    let mut found: Vec<(Range<usize>, What)> = shown.collect();
    let (not_kept, more) = against::placed(&text, breaches);
    left_out += more;
    found.extend(not_kept);
    let of_path = reading.roadmap.as_ref().and_then(|path| path.updated);
    let updated = of_path.or(reading.career.as_ref().and_then(|career| career.updated));
    found.extend(updated.and_then(|on| to_come(&text, on, today)));
    milepost_path::sort::by_key(&mut found, |(span, _)| span.start);
    let found = found.into_iter().map(|(span, what)| Found::new(&text, span, what));
    FileReport {
        file,
        id: match (reading.roadmap, reading.overlay) {
            (Some(roadmap), _) => Some(roadmap.id),
            (None, overlay) => overlay.map(|overlay| overlay_key(&overlay.extends)),
        },
        found: found.collect(),
        left_out: left_out + reading.left_out,
        text,
    }
}

/// That a file says of a day to come that it was changed on it. Where its author lives, it can be
/// tomorrow already.
fn to_come(text: &str, on: NaiveDate, today: NaiveDate) -> Option<(Range<usize>, What)> {
    let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
    if on <= tomorrow {
        return None;
    }
    let is_updated = |line: &str| {
        let value = line.trim_start().strip_prefix("updated");
        value.is_some_and(|value| value.trim_start().starts_with('='))
    };
    let (mut start, mut place) = (0, None);
    for (at, line) in text.split_inclusive('\n').enumerate() {
        if is_updated(line) {
            place = Some((at + 1, start..start + line.trim_end().len()));
            break;
        }
        start += line.len();
    }
    let (line, span) = place.unwrap_or((1, 0..0));
    let is_allowed = milepost_path::Allowed::of(text).has(FUTURE, line);
    (!is_allowed).then_some((span, What::Future(on)))
}

fn unreadable(file: PathBuf, what: What) -> FileReport {
    let line = if let What::Unreadable(Unread::NotUtf8(line)) = what { line } else { 1 };
    let found = vec![Found::at_line(line, what)];
    FileReport { file, text: String::new(), id: None, found, left_out: 0 }
}

/// Reports each id that an earlier file has, at the last file that has it.
fn same_ids(files: &mut [FileReport]) {
    let ids: Vec<String> = files.iter().filter_map(|file| file.id.clone()).collect();
    for (at, id) in ids.iter().enumerate() {
        let is_taken = ids.iter().take(at).any(|known| known == id);
        let last = files.iter_mut().rev().find(|file| file.id.as_ref() == Some(id));
        if let Some(file) = last.filter(|_| is_taken) {
            file.found.push(Found::at_line(1, What::SameId(id.clone())));
        }
    }
}

#[cfg(test)]
mod tests;
