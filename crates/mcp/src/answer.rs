//! What a call answers with: the document that the command prints with `--json`, the report for people,
//! and what is said beside it; or an error, with its code and what to do.

use milepost::error::{Error, Result, no_json};
use milepost::output::{Failure, Screen};
use milepost::text::paint::Paint;
use milepost::words::{self, Document};
use milepost_core::Answer;
use rmcp::model::{CallToolResult, ContentBlock};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::clean;

/// The screen that reports for people are written for: fixed width, no colour, no links.
pub(crate) const SCREEN: Screen =
    Screen { width: Some(100), paint: Paint { colour: false, links: false, unicode: true } };

/// What a call answers with.
#[derive(Debug)]
pub(crate) struct Made {
    document: Map<String, Value>,
    text: String,
    beside: Vec<String>,
}

impl Made {
    /// An answer as the command gives it.
    pub(crate) fn of<R: Document>(
        answer: &Answer<R>,
        text: impl FnOnce(&R, &Screen) -> String,
    ) -> Result<Self> {
        let mut document = fields(&answer.report.json())?;
        document.insert("schema".to_owned(), milepost_core::SCHEMA.into());
        document.insert("command".to_owned(), answer.report.command().into());
        let mut made = Self { document, text: text(&answer.report, &SCREEN), beside: Vec::new() };
        for hint in &answer.hints {
            made.hint(&words::hint(hint));
        }
        for warning in &answer.warnings {
            made.warn(&words::warning(warning));
        }
        Ok(made)
    }

    /// Says where the next page begins, of an answer that can have several.
    pub(crate) fn with_next(mut self, next: Option<String>) -> Self {
        if let Some(cursor) = &next {
            self.beside.push(format!("more: call this again with `cursor` \"{cursor}\""));
        }
        self.with_field("next_cursor", next.into())
    }

    /// Adds a field that the command does not print.
    pub(crate) fn with_field(mut self, name: &str, value: Value) -> Self {
        self.document.insert(name.to_owned(), value);
        self
    }

    /// Adds the report for people of another answer, and what is said beside it.
    pub(crate) fn with_text_of(mut self, other: Self) -> Self {
        self.text.push_str(&other.text);
        self.beside.extend(other.beside);
        self
    }

    /// Adds a hint: what to do next.
    pub(crate) fn hint(&mut self, text: &str) {
        self.beside.push(format!("hint: {text}"));
    }

    /// Adds a warning.
    pub(crate) fn warn(&mut self, text: &str) {
        self.beside.push(format!("warning: {text}"));
    }

    /// The result of the call.
    pub(crate) fn into_result(self) -> CallToolResult {
        let mut document = Value::Object(self.document);
        clean::document(&mut document);
        let mut result = CallToolResult::success(blocks(&self.text, &self.beside));
        result.structured_content = Some(document);
        result
    }
}

/// The report and what is said beside it, in a block each.
fn blocks(text: &str, beside: &[String]) -> Vec<ContentBlock> {
    let mut blocks = vec![ContentBlock::text(clean::text(text))];
    if !beside.is_empty() {
        let lines: Vec<String> = beside.iter().map(|line| one_line(line)).collect();
        blocks.push(ContentBlock::text(lines.join("\n")));
    }
    blocks
}

/// A message on one line, so that nothing that it repeats can pass for another.
fn one_line(text: &str) -> String {
    clean::text(&milepost_path::safe::short(text, clean::MOST_CHARS))
}

/// The fields of a document.
pub(crate) fn fields(document: &impl Serialize) -> Result<Map<String, Value>> {
    match serde_json::to_value(document).map_err(no_json)? {
        Value::Object(fields) => Ok(fields),
        other => Ok(Map::from_iter([("value".to_owned(), other)])),
    }
}

/// The result of a call that failed: as `--json` has an error, and the same for people.
pub(crate) fn failed(error: &Error, warnings: &[String]) -> CallToolResult {
    let mut text = format!("error: {}", one_line(error.message()));
    for (label, lines) in [(" ", error.details()), ("hint:", error.hints())] {
        for line in lines {
            text.push_str(&format!("\n{label} {}", one_line(line)));
        }
    }
    let mut result = CallToolResult::error(blocks(&text, warnings));
    result.structured_content = Some(failure(error));
    result
}

/// An error as a document.
pub(crate) fn failure(error: &Error) -> Value {
    let mut document = serde_json::json!({
        "schema": milepost_core::SCHEMA,
        "error": Failure::of(error),
    });
    clean::document(&mut document);
    document
}
