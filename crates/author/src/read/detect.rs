//! Which kind of source a file is: by its name, and where that says little by what is in it.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::json::keys;
use super::{Kind, ReadError};

/// The kind of a source.
///
/// # Errors
/// Nobody can tell.
pub fn detect(name: &str, text: &str) -> Result<Kind, ReadError> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        Some("md" | "markdown" | "mdown" | "mkd") => Ok(Kind::Markdown),
        // A deck of cards says so in its first lines.
        Some("csv" | "tsv" | "tab" | "txt") if is_deck(text) => Ok(Kind::Cards),
        Some("csv") if asks(text, ',') => Ok(Kind::Cards),
        Some("csv") => Ok(Kind::Csv),
        Some("tsv" | "tab") => Ok(Kind::Tsv),
        Some("json") => of_json(text),
        Some("toml") => of_toml(text),
        _ => Err(ReadError::Unknown),
    }
}

/// Whether a text is an export of a program for flash cards: `#separator:tab` and the like first.
fn is_deck(text: &str) -> bool {
    const DIRECTIVES: [&str; 5] = ["#separator:", "#html:", "#tags", "#columns:", "#deck"];
    text.lines().take_while(|line| line.starts_with('#')).take(20).any(|line| {
        DIRECTIVES.iter().any(|directive| line.to_ascii_lowercase().starts_with(directive))
    })
}

/// Whether the first line of a table is that of a deck: a question and an answer, and little more.
fn asks(text: &str, separator: char) -> bool {
    let first = text.lines().next().unwrap_or_default().to_lowercase();
    let mut columns = first.split(separator).map(|column| column.trim().trim_matches('"'));
    let front = columns.next().is_some_and(|one| matches!(one, "question" | "front" | "term"));
    front && columns.next().is_some_and(|one| matches!(one, "answer" | "back" | "definition"))
}

fn of_json(text: &str) -> Result<Kind, ReadError> {
    let keys = keys(text);
    let has = |key: &str| keys.iter().any(|one| one == key);
    if has("nodes") {
        Ok(Kind::Roadmap)
    } else if has("Curriculum") {
        Ok(Kind::Curriculum)
    } else if has("exercises") && (has("language") || has("slug") || has("concepts")) {
        Ok(Kind::Exercism)
    } else if super::flat::is_flat(text) {
        Ok(Kind::Roadmap)
    } else if keys.is_empty() {
        // Broken, or a list: what is wrong with it is worth more than that nobody knows it.
        super::json::parse::<IgnoredAny>(text).and(Err(ReadError::Unknown))
    } else {
        Err(ReadError::Unknown)
    }
}

#[derive(Deserialize)]
struct Peek {
    format: Option<IgnoredAny>,
    stages: Option<IgnoredAny>,
    exercises: Option<IgnoredAny>,
}

fn of_toml(text: &str) -> Result<Kind, ReadError> {
    let peek: Peek = super::toml::parse(text)?;
    if peek.stages.is_some() || peek.format.is_some() {
        Ok(Kind::Path)
    } else if peek.exercises.is_some() {
        Ok(Kind::Rustlings)
    } else {
        Err(ReadError::Unknown)
    }
}
