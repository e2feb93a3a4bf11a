//! Path files on disk: listing them, reading their text within bounds, and making a roadmap of it.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use milepost_path::overlay::Overlay;
use milepost_path::{CAREER, Career, Reading, Roadmap, Severity, is_id, line_column};

use super::problem::{Invalid, Kind, Problem};
use super::{index, last_good};
use crate::disk;
use crate::disk::read::Unread;

/// A larger file is refused unread.
pub const MOST_BYTES: u64 = milepost_path::limits::MOST_BYTES as u64;
/// How many bytes are read to learn what is in a file.
const PEEKED: usize = 4096;

/// The path files of a place: a file itself, or the `.toml` files of a folder by name.
///
/// # Errors
/// The place is not there or cannot be read.
pub(crate) fn list(place: &Path) -> io::Result<Vec<PathBuf>> {
    if !fs::metadata(place)?.is_dir() {
        return Ok(vec![place.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(place)? {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if !hidden && path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    milepost_path::sort::by(&mut files, Ord::cmp);
    Ok(files)
}

/// The path files of all places, each once; and the places that cannot be read, with the reason. One
/// that is missing matters only where somebody named the places.
pub(crate) fn list_all(
    places: &[PathBuf],
    named: bool,
) -> (Vec<PathBuf>, Vec<(PathBuf, io::Error)>) {
    let (mut files, mut unread) = (Vec::new(), Vec::new());
    for place in places {
        match list(place) {
            Ok(found) => files.extend(found),
            Err(error) if disk::read::is_missing(&error) && !named => {}
            Err(error) => unread.push((place.clone(), error)),
        }
    }
    let mut seen = HashSet::new();
    files.retain(|path| seen.insert(path.clone()));
    (files, unread)
}

/// The text of a path file.
///
/// # Errors
/// It cannot be read, is no regular file, is too large or is not UTF-8.
pub(crate) fn text(path: &Path) -> Result<String, Unread> {
    disk::read::text(path, MOST_BYTES)
}

/// What the first lines of a file tell without a doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Head {
    /// It is a path.
    Path {
        /// Its id.
        id: String,
        /// Whether it can name ids that it had before.
        may_replace: bool,
    },
    /// It is a career file.
    Career,
    /// It is an overlay.
    Overlay,
    /// None of them is certain.
    Unknown,
}

impl Head {
    /// Whether it can be a path that names ids that it had before.
    pub(crate) fn may_replace(&self) -> bool {
        match self {
            Self::Path { may_replace, .. } => *may_replace,
            Self::Career | Self::Overlay => false,
            Self::Unknown => true,
        }
    }
}

/// What the first lines of a file tell. Parsing the whole file to learn that it is another path
/// would cost a hundred times as much.
pub(crate) fn peek(path: &Path) -> Head {
    let Ok(head) = disk::read::head(path, PEEKED) else {
        return Head::Unknown;
    };
    let head = disk::read::without_mark(head);
    let header = String::from_utf8_lossy(&head);
    let mut id = None;
    // What lies behind the first lines can be anything.
    let mut may_replace = true;
    for line in header.lines().map(str::trim) {
        // Behind a table or inside a text of several lines, a key would be something else.
        if line.starts_with('[') {
            may_replace = header_replaces(&header);
            break;
        }
        if line.contains("\"\"\"") || line.contains("'''") {
            break;
        }
        match value(line, "kind") {
            Some("career") => return Head::Career,
            Some("overlay") => return Head::Overlay,
            _ => {}
        }
        id = id.or_else(|| value(line, "id").filter(|id| is_id(id)));
    }
    id.map_or(Head::Unknown, |id| Head::Path { id: id.to_owned(), may_replace })
}

/// Whether the keys before the first table speak of ids that the path had before.
fn header_replaces(header: &str) -> bool {
    let keys = header.lines().map(str::trim).take_while(|line| !line.starts_with('['));
    keys.into_iter().any(|line| line.contains("replaces"))
}

/// The text that a line gives to a key, where nothing else is on the line.
fn value<'l>(line: &'l str, key: &str) -> Option<&'l str> {
    let value = line.strip_prefix(key)?.trim_start().strip_prefix('=')?;
    let (value, rest) = value.trim_start().strip_prefix('"')?.split_once('"')?;
    let rest = rest.trim_start();
    (rest.is_empty() || rest.starts_with('#')).then_some(value)
}

/// What tells a text from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Its hash.
    pub hash: u128,
    /// Its length in bytes.
    pub len: usize,
}

impl Origin {
    fn of(text: &str) -> Self {
        Self { hash: last_good::hash(text), len: text.len() }
    }
}

/// The roadmap in a file; `None` if the file is of another kind. Taken from the cache where its
/// very text was read before. With what tells the text from others.
///
/// # Errors
/// What is wrong with the file.
pub(crate) fn read(
    path: &Path,
    cache: Option<&Path>,
) -> Result<Option<(Roadmap, Origin)>, Problem> {
    let text = text(path).map_err(|unread| Problem::Unread(path.to_owned(), unread))?;
    if let Some(roadmap) = cache.and_then(|cache| index::load(cache, &text)) {
        return Ok(Some((roadmap, Origin::of(&text))));
    }
    let reading = milepost_path::read(&text);
    if let Some(roadmap) = reading.roadmap {
        if let Some(cache) = cache {
            index::keep(cache, &text, &roadmap);
        }
        return Ok(Some((roadmap, Origin::of(&text))));
    }
    match problem(path, &text, &reading) {
        Some(problem) if !reading.is_career => Err(problem),
        _ => match reading.overlay {
            // One that is called as it should be is not read as a path.
            Some(overlay) => Err(Problem::OverlayName(path.to_owned(), Some(overlay.extends))),
            None => Ok(None),
        },
    }
}

/// The overlay in a file that is called as one of this path, and its text.
///
/// # Errors
/// What is wrong with the file.
pub(crate) fn read_overlay(path: &Path, of: &str) -> Result<(Overlay, String), Problem> {
    let text = text(path).map_err(|unread| Problem::Unread(path.to_owned(), unread))?;
    let reading = milepost_path::read(&text);
    if let Some(problem) = problem(path, &text, &reading).filter(|_| reading.is_overlay) {
        return Err(problem);
    }
    match reading.overlay {
        Some(overlay) if overlay.extends == of => Ok((overlay, text)),
        other => Err(Problem::OverlayName(path.to_owned(), other.map(|other| other.extends))),
    }
}

/// What the name of an overlay ends with, behind the id of its path.
const OVERLAY: &str = ".overlay.toml";

/// What the overlay of a path is called.
pub fn overlay_name(id: &str) -> String {
    [id, OVERLAY].concat()
}

/// The id of the path whose overlay has this name.
pub(crate) fn named_overlay(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()?.strip_suffix(OVERLAY).filter(|id| is_id(id))
}

/// The career in a file; `None` if the file is of another kind.
///
/// # Errors
/// What is wrong with the file. One that does not say what it is and is no good path either is only at
/// fault where it is called `career.toml`.
pub(crate) fn read_career(path: &Path) -> Result<Option<Career>, Problem> {
    let named_so = is_named_career(path);
    let text = match text(path) {
        Ok(text) => text,
        Err(unread) if named_so => return Err(Problem::Unread(path.to_owned(), unread)),
        Err(_) => return Ok(None),
    };
    let reading = milepost_path::read(&text);
    match problem(path, &text, &reading) {
        Some(problem) if reading.is_career || named_so => Err(problem),
        _ => Ok(reading.career),
    }
}

/// Whether a file has the name under which a career file is installed.
pub(crate) fn is_named_career(path: &Path) -> bool {
    path.file_stem().is_some_and(|stem| stem == CAREER)
}

/// What is wrong with a file, if anything is.
fn problem(path: &Path, text: &str, reading: &Reading) -> Option<Problem> {
    let mut errors = reading.diagnostics.iter().filter(|one| one.severity == Severity::Error);
    let first = errors.next()?;
    let (line, column) = line_column(text, first.span.start);
    Some(Problem::Invalid(Invalid {
        file: path.to_owned(),
        line,
        column,
        message: first.message.clone(),
        more: errors.count(),
        kind: match (reading.is_career, reading.is_overlay) {
            (true, _) => Kind::Career,
            (_, true) => Kind::Overlay,
            _ => Kind::Path,
        },
    }))
}
