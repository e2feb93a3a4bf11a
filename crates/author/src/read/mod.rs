//! Documents that become drafts: which kinds there are, and how they are told apart.

use crate::draft::Draft;

mod arrange;
mod base;
mod csv;
mod curriculum;
mod detect;
mod effort;
mod entry;
mod error;
mod exercism;
mod flat;
mod graph;
mod html;
mod json;
mod kind;
mod markdown;
mod needs;
mod rich;
mod rustlings;
mod table;
mod tick;
mod title;
mod toml;

pub use detect::detect;
pub use error::{Many, ReadError};
pub use markdown::is_aside;

pub use milepost_path::limits::MOST_BYTES;

/// How many items a draft can have in all: what one list of a path can hold.
pub const MOST_ITEMS: usize = milepost_path::limits::MOST_ENTRIES;

/// A kind of source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A path file.
    Path,
    /// A list, a set of tables or a text with headings, in Markdown.
    Markdown,
    /// A table with commas.
    Csv,
    /// A table with tabs.
    Tsv,
    /// A roadmap as nodes and edges, in JSON.
    Roadmap,
    /// A curriculum of courses, in JSON.
    Curriculum,
    /// The exercises of an Exercism track.
    Exercism,
    /// The exercises of Rustlings.
    Rustlings,
    /// Flash cards: a question and an answer a row.
    Cards,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 9] = [
        Self::Path,
        Self::Markdown,
        Self::Csv,
        Self::Tsv,
        Self::Roadmap,
        Self::Curriculum,
        Self::Exercism,
        Self::Rustlings,
        Self::Cards,
    ];

    /// The word that `--as` takes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Markdown => "md",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Roadmap => "roadmap",
            Self::Curriculum => "curriculum",
            Self::Exercism => "exercism",
            Self::Rustlings => "rustlings",
            Self::Cards => "cards",
        }
    }

    /// The kind of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// What a reader is told beside the source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// The name of the file, without folders; empty where the source has none.
    pub name: String,
    /// The address of the source, to which its links are relative; what it says itself where it is not
    /// told.
    pub base: Option<String>,
}

/// Reads a source of a kind; a path file is no such source.
///
/// # Errors
/// The source is not of this kind, or has too much of it.
pub fn read(kind: Kind, text: &str, options: &Options) -> Result<Draft, ReadError> {
    let reader: Reader = match kind {
        Kind::Markdown => markdown::read,
        Kind::Csv => csv::read,
        Kind::Tsv => csv::read_tabs,
        Kind::Cards => csv::read_cards,
        Kind::Curriculum => curriculum::read,
        Kind::Roadmap => roadmap,
        Kind::Exercism => exercism::read,
        Kind::Rustlings => rustlings::read,
        Kind::Path => return Err(ReadError::Unknown),
    };
    if text.len() > MOST_BYTES {
        return Err(ReadError::TooLarge);
    }
    reader(text.strip_prefix('\u{feff}').unwrap_or(text), options)
}

/// Each reader is such a function: the text has no byte order mark and is at most [`MOST_BYTES`].
type Reader = fn(&str, &Options) -> Result<Draft, ReadError>;

/// A roadmap with its drawing, or the texts of it alone.
fn roadmap(text: &str, options: &Options) -> Result<Draft, ReadError> {
    if json::keys(text).iter().any(|key| key == "nodes") {
        graph::read(text, options)
    } else {
        flat::read(text, options)
    }
}
