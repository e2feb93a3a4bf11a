//! The portfolio: what a person did, in a form that others read.
//!
//! [`document::document`] makes one [`document::Document`] of paths and record; each format is one
//! module that turns this value into text, and knows nothing of files or the record. Each format has
//! its own escape. [`record`] is another thing: the log itself, lossless, out and in.
//!
//! A new format is a variant of [`Format`], its arm in [`render`], and a module.

pub mod csv;
pub mod document;
pub mod html;
pub mod ics;
pub mod json;
pub mod markdown;
pub mod matrix;
pub mod record;
#[cfg(test)]
mod sample;

use std::path::Path;

use clap::ValueEnum;
use serde::Serialize;

use crate::error::Result;
use document::Document;

/// The formats of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// A portfolio to show, for GitHub, GitLab or any other reader of Markdown
    #[default]
    Markdown,
    /// One page for the browser, with pictures: to show, to send, to print
    Html,
    /// Everything, lossless, for programs
    Json,
    /// One row an item, for a spreadsheet
    Csv,
    /// A calendar: target days, expected milestones, the next weeks of study
    Ics,
}

impl Format {
    /// The format that the ending of a file's name stands for.
    pub fn of_file(name: &Path) -> Option<Self> {
        match name.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" => Some(Self::Html),
            "json" => Some(Self::Json),
            "csv" => Some(Self::Csv),
            "ics" => Some(Self::Ics),
            _ => None,
        }
    }
}

/// What a format may show or keep to itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Whether notes, which are private, go into a portfolio that is meant to be shown.
    pub notes: bool,
}

/// The document in a format. The same document gives the same bytes.
///
/// # Errors
/// It cannot be written in this format.
pub fn render(document: &Document, format: Format, options: Options) -> Result<String> {
    match format {
        Format::Markdown => Ok(markdown::render(document, options)),
        Format::Html => html::render(document, options),
        Format::Json => json::render(document),
        Format::Csv => csv::render(document, options),
        Format::Ics => ics::render(document),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_say_the_format() {
        for (name, expected) in [
            ("portfolio.md", Some(Format::Markdown)),
            ("a/b.MARKDOWN", Some(Format::Markdown)),
            ("portfolio.html", Some(Format::Html)),
            ("portfolio.HTM", Some(Format::Html)),
            ("portfolio.json", Some(Format::Json)),
            ("items.csv", Some(Format::Csv)),
            ("plan.ICS", Some(Format::Ics)),
            ("portfolio", None),
            ("portfolio.txt", None),
            (".md", None),
        ] {
            assert_eq!(Format::of_file(Path::new(name)), expected, "{name}");
        }
    }
}
