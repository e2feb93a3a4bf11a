//! The TOML files of `--answers`: read within bounds, and told with all that is wrong in one, each at
//! its place. What the tables mean, the commands know.

use std::ops::Range;
use std::path::Path;

use milepost_path::{line_column, safe, sort};
use toml::de::{DeTable, DeValue};

use super::input;
use crate::error::{Error, Result};
use crate::words;

/// More than this is no list of answers.
const MOST_BYTES: usize = 1024 * 1024;

/// Reads the tables of a file; nothing of it is taken where anything is wrong.
///
/// # Errors
/// It cannot be read, is no TOML, or `read` has found a problem: all of them are told.
pub(crate) fn read<T>(
    path: &Path,
    read: impl FnOnce(&DeTable<'_>, &mut Problems<'_>) -> Result<T>,
) -> Result<T> {
    let text = input::text(path, MOST_BYTES)?;
    let (document, errors) = DeTable::parse_recoverable(&text);
    let mut problems = Problems { text: &text, found: Vec::new() };
    for error in &errors {
        let span = error.span().unwrap_or(text.len()..text.len());
        let message = match error.message() {
            // Of TOML's four ways to quote, the parser names the last.
            message if message.starts_with("string values must be quoted") => {
                "a value or its quotes are missing here".to_owned()
            }
            message => safe::short(message, 300),
        };
        problems.push(&span, message);
    }
    if !problems.found.is_empty() {
        return Err(problems.told(&input::name(path)));
    }
    let read = read(document.get_ref(), &mut problems)?;
    if problems.found.is_empty() { Ok(read) } else { Err(problems.told(&input::name(path))) }
}

/// An entry of a table, in the order of the file.
pub struct Line<'d> {
    /// Its key.
    pub key: &'d str,
    /// Where the key is.
    pub span: Range<usize>,
    /// Its value.
    pub value: &'d DeValue<'d>,
    /// Where the value is.
    pub value_span: Range<usize>,
}

/// What is wrong with a file, each with its place.
pub struct Problems<'t> {
    text: &'t str,
    found: Vec<(usize, String)>,
}

impl Problems<'_> {
    /// Adds one.
    pub(crate) fn push(&mut self, span: &Range<usize>, message: String) {
        self.found.push((span.start, message));
    }

    /// Adds what an error says, with its first hint.
    pub(crate) fn push_error(&mut self, span: &Range<usize>, error: &Error) {
        let hint = error.hints().first().map_or(String::new(), |hint| format!("; {hint}"));
        self.push(span, format!("{}{hint}", error.message()));
    }

    /// What is written at a place.
    pub(crate) fn written(&self, span: &Range<usize>) -> String {
        let written = self.text.get(span.clone()).unwrap_or_default();
        safe::short(written.trim_matches(['"', '\'']), 80)
    }

    /// Refuses the tables of a document that are not known; `form` says what is.
    pub(crate) fn only(&mut self, document: &DeTable<'_>, known: &[&str], form: &str) {
        for key in document.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let shown = safe::short(key.get_ref(), 80);
            self.push(&key.span(), format!("unknown key `{shown}`; {form}"));
        }
    }

    /// The lines of a table, in the order of the file; `None` if it is not there.
    pub(crate) fn lines<'d>(
        &mut self,
        document: &'d DeTable<'d>,
        name: &str,
        form: &str,
    ) -> Option<Vec<Line<'d>>> {
        let value = document.get(name)?;
        let Some(table) = value.get_ref().as_table() else {
            self.push(&value.span(), format!("`{name}` is not a table; {form}"));
            return Some(Vec::new());
        };
        // A table hands its keys over by name.
        let mut lines: Vec<Line<'d>> = table
            .iter()
            .map(|(key, value)| Line {
                key: key.get_ref().as_ref(),
                span: key.span(),
                value: value.get_ref(),
                value_span: value.span(),
            })
            .collect();
        sort::by_key(&mut lines, |line| line.span.start);
        Some(lines)
    }

    fn told(mut self, name: &str) -> Error {
        milepost_path::sort::by(&mut self.found, Ord::cmp);
        let line = |(at, message): &(usize, String)| {
            let (line, column) = line_column(self.text, *at);
            format!("{name}:{line}:{column}: {message}")
        };
        words::invalid_file(name, self.found.iter().map(line).collect(), 0)
    }
}
