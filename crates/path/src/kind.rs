//! The words of the path format: kinds of nodes and of resources, and what a resource costs.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The kinds of resources that a path file knows.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum ResourceKind {
    #[default]
    Docs,
    Book,
    Course,
    Video,
    Tutorial,
    Paper,
    Guide,
    Tool,
    Community,
    Conference,
    Article,
    Podcast,
    Exercise,
}

impl ResourceKind {
    /// All kinds, in the order of the path format.
    pub const ALL: [Self; 13] = [
        Self::Docs,
        Self::Book,
        Self::Course,
        Self::Video,
        Self::Tutorial,
        Self::Paper,
        Self::Guide,
        Self::Tool,
        Self::Community,
        Self::Conference,
        Self::Article,
        Self::Podcast,
        Self::Exercise,
    ];

    /// The word that files and flags use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Docs => "docs",
            Self::Book => "book",
            Self::Course => "course",
            Self::Video => "video",
            Self::Tutorial => "tutorial",
            Self::Paper => "paper",
            Self::Guide => "guide",
            Self::Tool => "tool",
            Self::Community => "community",
            Self::Conference => "conference",
            Self::Article => "article",
            Self::Podcast => "podcast",
            Self::Exercise => "exercise",
        }
    }

    /// The kind of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// What a resource costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Cost {
    Free,
    Paid,
    Freemium,
}

impl Cost {
    /// All of them, in the order of the path format.
    pub const ALL: [Self; 3] = [Self::Free, Self::Paid, Self::Freemium];

    /// The word that files use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Paid => "paid",
            Self::Freemium => "freemium",
        }
    }

    /// The cost of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cost| cost.as_str() == word)
    }

    /// Whether it can be studied without paying: free, or free in a part that suffices.
    pub(crate) fn is_free(self) -> bool {
        self != Self::Paid
    }
}

/// The kinds of nodes that a reference can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum NodeKind {
    Path,
    Stage,
    Topic,
    Skill,
    Resource,
    Milestone,
}

impl NodeKind {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Stage => "stage",
            Self::Topic => "topic",
            Self::Skill => "skill",
            Self::Resource => "resource",
            Self::Milestone => "milestone",
        }
    }

    /// Whether a node of this kind has a status of its own.
    pub fn is_item(self) -> bool {
        matches!(self, Self::Skill | Self::Resource | Self::Milestone)
    }
}

impl fmt::Display for NodeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
