//! Path files on disk: listing them, reading their text within bounds, and making a roadmap of it.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::format::diagnostic::{Severity, line_column};
use super::{format, index, show};
use crate::model::roadmap::{Roadmap, is_id};

/// A larger file is refused unread.
const MOST_BYTES: u64 = 16 * 1024 * 1024;
/// How many bytes are read to learn the id.
const PEEKED: u64 = 4096;

/// The path files of a place: a file itself, or the `.toml` files of a folder by name.
///
/// # Errors
/// The place is not there or cannot be read.
pub fn list(place: &Path) -> io::Result<Vec<PathBuf>> {
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
    files.sort();
    Ok(files)
}

/// The text of a path file.
///
/// # Errors
/// A sentence that begins with the name of the file: it cannot be read, is no regular file, is too
/// large or is not UTF-8.
pub fn text(path: &Path) -> Result<String, String> {
    let place = show(path);
    let metadata = fs::metadata(path).map_err(|error| format!("{place}: {error}"))?;
    // Looked at before opening: opening a FIFO would wait for a writer.
    if !metadata.is_file() {
        let what = if metadata.is_dir() { "a directory" } else { "not a regular file" };
        return Err(format!("{place} is {what}"));
    }
    if metadata.len() > MOST_BYTES {
        return Err(format!(
            "{place} has {} bytes; a path file has at most 16 MiB",
            metadata.len()
        ));
    }
    let mut bytes = Vec::with_capacity(metadata.len() as usize + 1);
    let file = File::open(path).map_err(|error| format!("{place}: {error}"))?;
    file.take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| format!("{place}: {error}"))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(format!("{place} grew beyond 16 MiB while it was read"));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..valid).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        format!("{place}:{line}: not UTF-8 text; save the file as UTF-8")
    })?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

/// The id of the path in a file, where its first lines tell it without a doubt. Parsing the whole
/// file to learn that it is another path would cost a hundred times as much.
pub fn peek_id(path: &Path) -> Option<String> {
    if !fs::metadata(path).ok()?.is_file() {
        return None;
    }
    let mut head = Vec::with_capacity(PEEKED as usize);
    File::open(path).ok()?.take(PEEKED).read_to_end(&mut head).ok()?;
    let head = String::from_utf8_lossy(&head);
    let header = head.strip_prefix('\u{feff}').unwrap_or(&head);
    for line in header.lines() {
        let line = line.trim();
        // Behind a table or inside a text of several lines, `id` would be something else.
        if line.starts_with('[') || line.contains("\"\"\"") || line.contains("'''") {
            return None;
        }
        let value = line.strip_prefix("id").map(str::trim_start).and_then(|l| l.strip_prefix('='));
        if let Some(value) = value {
            let value = value.trim_start().strip_prefix('"')?;
            let (id, rest) = value.split_once('"')?;
            let rest = rest.trim_start();
            return (is_id(id) && (rest.is_empty() || rest.starts_with('#')))
                .then(|| id.to_owned());
        }
    }
    None
}

/// The roadmap in a file; none where the file is of another kind. Taken from the cache where its
/// very text was read before.
///
/// # Errors
/// A sentence: what is wrong with the file, and what shows all of it.
pub fn read(path: &Path, cache: Option<&Path>) -> Result<Option<Roadmap>, String> {
    let text = text(path).map_err(|problem| format!("{problem}; it is left out"))?;
    if let Some(roadmap) = cache.and_then(|cache| index::load(cache, &text)) {
        return Ok(Some(roadmap));
    }
    let reading = format::read(&text);
    if let Some(roadmap) = reading.roadmap {
        if let Some(cache) = cache {
            index::keep(cache, &text, &roadmap);
        }
        return Ok(Some(roadmap));
    }
    let mut errors = reading.diagnostics.iter().filter(|one| one.severity == Severity::Error);
    let Some(first) = errors.next() else {
        return Ok(None);
    };
    let (line, column) = line_column(&text, first.span.start);
    let more = match errors.count() {
        0 => String::new(),
        n => format!(" (and {n} more)"),
    };
    let place = show(path);
    Err(format!(
        "{place}:{line}:{column}: {}{more}; the path is left out, `milepost check {place}` shows all",
        first.message
    ))
}
