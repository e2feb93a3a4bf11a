//! What a source does not say, and was guessed: each guess stands as a comment in the file.

use std::fmt;

use serde::Serialize;

/// One thing that was guessed about a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// What was guessed.
    pub what: Guessed,
    /// What in the source it was guessed from; empty where nothing says it.
    pub from: String,
}

impl Guess {
    /// A guess, and what it was made from.
    pub fn new(what: Guessed, from: impl Into<String>) -> Self {
        Self { what, from: from.into() }
    }
}

/// What can be guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Guessed {
    /// Hours, from weeks and hours a week, or from a range in words.
    Hours,
    /// The type of a resource.
    Type,
    /// That a stage, topic or skill is there at all, because something must hold the rest.
    Section,
    /// The title.
    Title,
    /// That so many of a group are enough.
    Choose,
    /// That it is an extra.
    Optional,
    /// That it can take the place of another.
    Alternative,
    /// The part of a resource.
    Part,
    /// Its author.
    By,
    /// What a milestone is checked by.
    Criteria,
    /// That it requires another.
    Requires,
    /// What the cells of a column mean.
    Column,
    /// Where it belongs, from its position.
    Place,
    /// The topics that questions exercise.
    Topics,
}

impl Guessed {
    /// The words for it, as they stand in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Type => "type",
            Self::Section => "section",
            Self::Title => "title",
            Self::Choose => "choose",
            Self::Optional => "optional",
            Self::Alternative => "instead_of",
            Self::Part => "part",
            Self::By => "by",
            Self::Criteria => "criteria",
            Self::Requires => "requires",
            Self::Column => "column",
            Self::Place => "place",
            Self::Topics => "topics",
        }
    }
}

impl fmt::Display for Guess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what.as_str())?;
        if self.from.is_empty() { Ok(()) } else { write!(f, ", from \"{}\"", self.from) }
    }
}
