//! The portfolio: what a person did, in a form that others read.
//!
//! The report of the export makes one [`Document`] of paths and record; each format is one module that
//! turns this value into text, and knows nothing of files or the record. Each format has its own escape. The log itself, lossless, is
//! `transfer` of milepost-core.
//!
//! A new format is a variant of [`Format`], its arm in [`render`], and a module.

pub mod anki;
pub mod checklist;
pub mod csv;
pub mod html;
pub mod ics;
pub mod json;
pub mod jsonresume;
pub mod markdown;
mod phrases;
mod spans;

use std::path::Path;

use clap::ValueEnum;
use milepost_core::report::export::Document;
use serde::Serialize;

use crate::error::Result;
use phrases::{done_of, hours_of};

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
    /// One row per item, for a spreadsheet
    Csv,
    /// A calendar: target days, expected milestones, the next weeks of study; imported again, it
    /// replaces entries and removes none
    Ics,
    /// Every item with a box to tick, in Markdown, below its path, stage and topic
    Checklist,
    /// The interview questions, as notes that Anki imports from a text file; imported again, they
    /// update their cards
    Anki,
    /// A résumé of what is done, in the form of jsonresume.org, for its themes and other programs
    #[value(name = "jsonresume")]
    JsonResume,
}

impl Format {
    /// Whether it is for people who want to see what is done, and not for programs or the learner.
    pub(crate) fn has_public(self) -> bool {
        matches!(self, Self::Markdown | Self::Html | Self::JsonResume)
    }

    /// Whether it can hold notes.
    pub(crate) fn has_notes(self) -> bool {
        matches!(self, Self::Markdown | Self::Html | Self::Json | Self::Csv)
    }

    /// How its files end.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Self::Markdown | Self::Checklist => "md",
            Self::Html => "html",
            Self::Json | Self::JsonResume => "json",
            Self::Csv => "csv",
            Self::Ics => "ics",
            Self::Anki => "txt",
        }
    }
}

/// What the ending of a file's name says about its format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// There is none.
    None,
    /// A format of ours.
    Of(Format),
    /// A format that is not ours, and the one of ours that comes nearest.
    Foreign(Format),
    /// Nothing that is known.
    Unknown,
}

impl Ending {
    /// What the name of a file says.
    pub(crate) fn of(file: &Path) -> Self {
        let Some(ending) = file.extension() else { return Self::None };
        match ending.to_string_lossy().to_ascii_lowercase().as_str() {
            "md" | "markdown" => Self::Of(Format::Markdown),
            "html" | "htm" => Self::Of(Format::Html),
            "json" => Self::Of(Format::Json),
            "csv" => Self::Of(Format::Csv),
            "ics" => Self::Of(Format::Ics),
            "pdf" | "ps" | "doc" | "docx" | "odt" | "rtf" | "epub" | "png" | "jpg" | "svg" => {
                Self::Foreign(Format::Html)
            }
            "xls" | "xlsx" | "ods" | "tsv" => Self::Foreign(Format::Csv),
            "ical" | "icalendar" | "ifb" | "vcs" => Self::Foreign(Format::Ics),
            "yaml" | "yml" | "xml" | "toml" | "jsonl" => Self::Foreign(Format::Json),
            "apkg" | "colpkg" => Self::Foreign(Format::Anki),
            _ => Self::Unknown,
        }
    }
}

/// What a format can show or keep to itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Whether notes, which are private, go into a portfolio that is meant to be shown.
    pub notes: bool,
    /// For an employer: only what is done, in Markdown and HTML. Notes stay private then.
    pub public: bool,
}

/// The document in a format. The same document gives the same bytes. What is for the public is left out
/// of the document before.
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
        Format::Checklist => Ok(checklist::render(document)),
        Format::Anki => anki::render(document),
        Format::JsonResume => jsonresume::render(document),
    }
}

#[cfg(test)]
mod tests {
    mod earlier;

    use super::*;

    #[test]
    fn a_name_may_say_the_format() {
        for (name, expected) in [
            ("portfolio.md", Ending::Of(Format::Markdown)),
            ("a/b.MARKDOWN", Ending::Of(Format::Markdown)),
            ("portfolio.html", Ending::Of(Format::Html)),
            ("portfolio.HTM", Ending::Of(Format::Html)),
            ("portfolio.json", Ending::Of(Format::Json)),
            ("items.csv", Ending::Of(Format::Csv)),
            ("plan.ICS", Ending::Of(Format::Ics)),
            ("portfolio.pdf", Ending::Foreign(Format::Html)),
            ("items.XLSX", Ending::Foreign(Format::Csv)),
            ("plan.ical", Ending::Foreign(Format::Ics)),
            ("questions.apkg", Ending::Foreign(Format::Anki)),
            ("portfolio", Ending::None),
            (".md", Ending::None),
            ("portfolio.txt", Ending::Unknown),
            ("portfolio.2026", Ending::Unknown),
        ] {
            assert_eq!(Ending::of(Path::new(name)), expected, "{name}");
        }
        for format in Format::value_variants() {
            let name = format!("x.{}", format.ending());
            let expected = match format {
                // What ends in .txt can be anything.
                Format::Anki => Ending::Unknown,
                Format::Checklist => Ending::Of(Format::Markdown),
                Format::JsonResume => Ending::Of(Format::Json),
                format => Ending::Of(*format),
            };
            assert_eq!(Ending::of(Path::new(&name)), expected);
        }
    }
}
