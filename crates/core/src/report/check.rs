//! What is right and wrong in path files and career files.

use std::ops::Range;
use std::path::{Path, PathBuf};

use milepost_path::{Diagnostic, MOST_DIAGNOSTICS, Reading, Severity, line_column};

use super::{Answer, App};
use crate::catalog::{Together, file};
use crate::disk::read::Unread;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The files; references between them resolve to these files.
    pub files: Vec<PathBuf>,
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
    /// The id of the path in it.
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
    /// Another one of the files has this id, too.
    SameId(String),
}

impl What {
    /// A stable word for it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Diagnostic(one) => one.code.as_str(),
            Self::Unreadable(_) => "unreadable",
            Self::SameId(_) => "duplicate-path",
        }
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Diagnostic(one) => one.severity,
            Self::Unreadable(_) | Self::SameId(_) => Severity::Error,
        }
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

/// Reads the files. What cannot be read is part of the answer.
pub fn report(query: &Query, app: &App) -> Answer<Report> {
    let read: Vec<_> = query.files.iter().map(|path| (path, read(path))).collect();
    let readings = read.iter().filter_map(|(_, found)| found.as_ref().ok());
    let files = readings.filter_map(|(_, reading)| reading.roadmap.clone()).collect();
    let shelf = Together { files, catalog: app.catalog() };
    let files = read.into_iter().map(|(path, found)| match found {
        Ok((text, reading)) => checked(path, text, reading, &shelf),
        Err(unread) => unreadable(path, unread),
    });
    let mut files: Vec<FileReport> = files.collect();
    same_ids(&mut files);
    app.answer(Report { files })
}

fn read(path: &Path) -> Result<(String, Reading), Unread> {
    let text = file::text(path)?;
    let reading = milepost_path::read(&text);
    Ok((text, reading))
}

fn checked(path: &Path, text: String, reading: Reading, shelf: &Together<'_>) -> FileReport {
    let mut all = milepost_path::check_foreign(&reading, shelf);
    all.extend(reading.diagnostics);
    all.sort_by_key(|one| one.span.start);
    let (shown, left_out) = milepost_path::most_important(all, MOST_DIAGNOSTICS);
    let found = shown.into_iter().map(|one| {
        let (line, column) = line_column(&text, one.span.start);
        Found { line, column, span: one.span.clone(), what: What::Diagnostic(one) }
    });
    FileReport {
        file: path.to_owned(),
        id: reading.roadmap.map(|roadmap| roadmap.id),
        found: found.collect(),
        left_out: left_out + reading.left_out,
        text,
    }
}

fn unreadable(path: &Path, unread: Unread) -> FileReport {
    let line = if let Unread::NotUtf8(line) = unread { line } else { 1 };
    let found = vec![Found { line, column: 1, span: 0..0, what: What::Unreadable(unread) }];
    FileReport { file: path.to_owned(), text: String::new(), id: None, found, left_out: 0 }
}

/// Reports each id that an earlier file has, at the last file that has it.
fn same_ids(files: &mut [FileReport]) {
    let ids: Vec<String> = files.iter().filter_map(|file| file.id.clone()).collect();
    for (at, id) in ids.iter().enumerate() {
        let is_taken = ids.iter().take(at).any(|known| known == id);
        let last = files.iter_mut().rev().find(|file| file.id.as_ref() == Some(id));
        if let Some(file) = last.filter(|_| is_taken) {
            let what = What::SameId(id.clone());
            file.found.push(Found { line: 1, column: 1, span: 0..0, what });
        }
    }
}

#[cfg(test)]
mod tests;
