//! A path that is made: its text, and what there is to say about it.

use std::collections::BTreeMap;

use milepost_path::{Diagnostic, Roadmap, Severity};
use serde::Serialize;

use crate::counts::Counts;
use crate::draft::Draft;
use crate::guess::Guessed;
use crate::read::{self, Kind, MOST_BYTES, Many, Options, ReadError};
use crate::settle::settle;
use crate::ticks::{Ticked, ticked};
use crate::update::{Update, update};
use crate::{copy, format, roadmap, starter, write};

/// A path that is made.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// Its TOML.
    pub text: String,
    /// How much is in it.
    pub size: Size,
    /// How many warnings `check` has.
    pub warnings: usize,
    /// What was met in the source; empty where it is no document.
    pub counts: Counts,
    /// What was guessed, and how often.
    pub guessed: BTreeMap<Guessed, usize>,
    /// What is ticked in the source.
    pub ticks: Vec<Ticked>,
    /// What a second reading changed; `None` if it was the first.
    pub update: Option<Update>,
    /// Whether the text is that of the file to update.
    pub is_unchanged: bool,
}

/// How much is in a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Size {
    pub stages: usize,
    pub topics: usize,
    pub skills: usize,
    pub resources: usize,
    pub milestones: usize,
    pub questions: usize,
}

impl Size {
    /// That of a path.
    pub fn of(path: &Roadmap) -> Self {
        let topics = || path.stages.iter().flat_map(|stage| &stage.topics);
        Self {
            stages: path.stages.len(),
            topics: topics().count(),
            skills: topics().map(|topic| topic.skills.len()).sum(),
            resources: topics().map(|topic| topic.resources.len()).sum(),
            milestones: path.stages.iter().map(|stage| stage.milestones.len()).sum(),
            questions: path.interview.iter().map(|topic| topic.questions.len()).sum(),
        }
    }
}

/// Why no path is made.
#[derive(Debug, Clone, PartialEq)]
pub enum MakeError {
    /// The source cannot be read.
    Source(ReadError),
    /// What was made is no path that can be used, and why: the first that is wrong.
    Invalid(Box<Diagnostic>),
    /// The file to update has an error.
    File(Box<Diagnostic>),
    /// The file to update is the path with this id.
    OtherId(String),
}

impl From<ReadError> for MakeError {
    fn from(error: ReadError) -> Self {
        Self::Source(error)
    }
}

/// A text as `milepost fmt` leaves it, so that what is new needs no formatter.
fn in_form(text: String) -> String {
    format::format(&text).unwrap_or(text)
}

/// A path to begin with.
///
/// # Errors
/// The id is none.
pub fn starter(id: &str) -> Result<Made, MakeError> {
    checked(in_form(starter::toml(id)), None)
}

/// A copy of a path that is part of the program. `comments` stand at its top.
///
/// # Errors
/// The id is none.
pub fn from_roadmap(path: &Roadmap, id: &str, comments: &[&str]) -> Result<Made, MakeError> {
    let comments = comments.iter().map(|line| (*line).to_owned()).collect();
    let text = roadmap::blocks(path, id, comments).toml();
    checked(in_form(format!("{}\n{text}", write::SCHEMA)), None)
}

/// A path as another file of a path.
///
/// # Errors
/// The file has an error.
pub fn from_path(text: &str, id: &str) -> Result<Made, MakeError> {
    checked(copy::toml(text, id)?, None)
}

/// A path from a document.
///
/// # Errors
/// The document cannot be read, or nothing in it can be an item of a path.
pub fn from_document(
    kind: Kind,
    text: &str,
    options: &Options,
    id: &str,
) -> Result<Made, MakeError> {
    if kind == Kind::Path {
        return from_path(text, id);
    }
    let draft = settle(read::read(kind, text, options)?, options)?;
    checked(in_form(write::toml(&draft, id)), Some(draft))
}

/// A path that was made from a document, and edited since, with what the document says now.
///
/// # Errors
/// The document cannot be read, or the file is no path with this id, or would not be one afterwards.
pub fn updated(
    file: &str,
    kind: Kind,
    text: &str,
    options: &Options,
    id: &str,
) -> Result<Made, MakeError> {
    let reading = milepost_path::read(file);
    let path = reading.roadmap.ok_or_else(|| match first_error(reading.diagnostics) {
        Some(wrong) => MakeError::File(wrong),
        None => MakeError::Source(ReadError::Unknown),
    })?;
    if path.id != id {
        return Err(MakeError::OtherId(path.id));
    }
    let draft = settle(read::read(kind, text, options)?, options)?;
    let (text, update, renamed) = update(file, write::blocks(&draft, id))?;
    let mut made = checked(text, Some(draft))?;
    for tick in &mut made.ticks {
        if let Some(id) = renamed.get(&tick.id) {
            tick.id.clone_from(id);
        }
    }
    Ok(Made { is_unchanged: made.text == file, update: Some(update), ..made })
}

fn first_error(diagnostics: Vec<Diagnostic>) -> Option<Box<Diagnostic>> {
    diagnostics.into_iter().find(|one| one.severity == Severity::Error).map(Box::new)
}

/// What there is to say of a text, which is a path without an error.
fn checked(text: String, draft: Option<Draft>) -> Result<Made, MakeError> {
    if text.len() > MOST_BYTES {
        return Err(ReadError::TooMany { what: Many::Bytes, most: MOST_BYTES }.into());
    }
    let reading = milepost_path::read(&text);
    let Some(path) = reading.roadmap else {
        return Err(match first_error(reading.diagnostics) {
            Some(wrong) => MakeError::Invalid(wrong),
            None => MakeError::Source(ReadError::Unknown),
        });
    };
    let mut guessed: BTreeMap<Guessed, usize> = BTreeMap::new();
    for (_, _, node) in draft.iter().flat_map(Draft::nodes) {
        for guess in &node.guesses {
            *guessed.entry(guess.what).or_default() += 1;
        }
    }
    Ok(Made {
        size: Size::of(&path),
        warnings: reading.diagnostics.len() + reading.left_out,
        guessed,
        ticks: draft.as_ref().map(ticked).unwrap_or_default(),
        counts: draft.map(|draft| draft.counts).unwrap_or_default(),
        update: None,
        is_unchanged: false,
        text,
    })
}
