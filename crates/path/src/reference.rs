//! References: how a path, or a part of one, is named for good.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A reference to a path (`ai-integration`) or to a node of one (`ai-integration/fastapi`).
///
/// Progress is kept under references, so their text is stable: it is what the path file says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Ref(String);

impl Ref {
    /// A reference to a node of a path.
    pub fn node(path: &str, id: &str) -> Self {
        Self([path, "/", id].concat())
    }

    /// A reference to a whole path.
    pub fn path_only(path: &str) -> Self {
        Self(path.to_owned())
    }

    /// A reference to an interview question of a path. No id has a colon, so it is nobody else's.
    pub fn question(path: &str, id: &str) -> Self {
        Self([path, "/", QUESTION, id].concat())
    }

    /// A reference to a skill area of the career file.
    pub fn area(id: &str) -> Self {
        Self([CAREER, "/", AREA, id].concat())
    }

    /// What is recorded about being away from a day on. No path has a colon in its id.
    pub fn away(from: NaiveDate) -> Self {
        Self(format!("{AWAY}{from}"))
    }

    /// A reference to a term of the glossary.
    pub fn term(id: &str) -> Self {
        Self([GLOSSARY, "/", id].concat())
    }

    /// What it refers to.
    pub fn target(&self) -> RefTarget<'_> {
        let Some((path, id)) = self.0.split_once('/') else {
            return self.0.strip_prefix(AWAY).map_or(RefTarget::Path, RefTarget::Away);
        };
        match (id.strip_prefix(QUESTION), id.strip_prefix(AREA)) {
            (Some(question), _) => RefTarget::Question(question),
            (None, Some(area)) if path == CAREER => RefTarget::Area(area),
            _ => RefTarget::Node(id),
        }
    }

    /// Whether anything can ever have been recorded under it: all of its parts are ids.
    pub fn is_sound(&self) -> bool {
        let id = match self.target() {
            RefTarget::Path => return is_id(&self.0),
            // In the one form that a day is written in.
            RefTarget::Away(day) => {
                let read = day.parse();
                return read.is_ok_and(|read: NaiveDate| read.to_string() == day);
            }
            RefTarget::Node(id) | RefTarget::Question(id) | RefTarget::Area(id) => id,
        };
        is_id(self.path()) && is_id(id)
    }

    /// Takes a reference as it is stored or was serialised.
    pub fn from_text(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The id of the path.
    pub fn path(&self) -> &str {
        self.0.split_once('/').map_or(&self.0, |(path, _)| path)
    }

    /// The id of the node; `None` if the reference is to a whole path.
    pub fn id(&self) -> Option<&str> {
        self.0.split_once('/').map(|(_, id)| id)
    }

    /// The reference as people and files write it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// In the place of a path, what is recorded about the career file, which is installed under this name.
pub const CAREER: &str = "career";
/// In the place of a path, the glossary of the career file.
pub const GLOSSARY: &str = "glossary";
/// What stands before the id of a question in its reference.
pub const QUESTION: &str = "question:";
/// What stands before the id of a skill area in its reference.
pub const AREA: &str = "area:";
/// What stands before the first day of a stretch away from study in its reference.
pub const AWAY: &str = "away:";
/// What no path can have for its id.
pub const RESERVED: [&str; 2] = [CAREER, GLOSSARY];

/// What a reference refers to, with its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefTarget<'r> {
    /// A whole path.
    Path,
    /// A stage, topic, skill, resource or milestone.
    Node(&'r str),
    /// An interview question.
    Question(&'r str),
    /// A skill area.
    Area(&'r str),
    /// Days away from study, by the first of them.
    Away(&'r str),
}

impl fmt::Display for Ref {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Whether a text can be an id: `a-z`, `0-9` and single hyphens inside, 1 to 64 characters.
pub fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 64
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Whether a text can be the tag of a language: `en`, `pt-BR`, `zh-Hant`.
pub fn is_lang(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or_default();
    let is_language =
        matches!(language.len(), 2 | 3) && language.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    is_language && text.len() <= 35 && parts.all(is_part)
}
