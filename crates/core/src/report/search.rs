//! What has some words, in the paths, the glossary and the learner's own notes.

use serde::Serialize;

use super::row::Row;
use super::{Answer, App, Hint, Result};
use crate::model::learner::Learner;
use crate::model::search::{Hit, Places, search, unknown};

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The words to find.
    pub text: String,
    /// At most this many; 0 for all.
    pub limit: usize,
    /// Whether the learner's own notes are searched, too.
    pub notes: bool,
}

/// What was found.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Report {
    /// The best first, as many as were asked for.
    pub items: Vec<Entry>,
    /// How many there are in all.
    pub found: usize,
}

/// One of the things that were found.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Entry {
    /// What it is.
    #[serde(flatten)]
    pub row: Row,
    /// The text that has the words, where it is not the title.
    pub snippet: Option<String>,
    /// How well it fits, to a tenth.
    pub score: f64,
}

/// Why nothing can be searched for.
#[derive(Debug)]
pub enum Refusal {
    /// The text has no letter and no digit.
    NoWord,
}

/// Finds what has all the words; followed paths come first where two entries match as well.
///
/// # Errors
/// There is no word to find, or the record cannot be read.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    if !query.text.chars().any(char::is_alphanumeric) {
        return Err(super::Refusal::Search(Refusal::NoWord).into());
    }
    let standing = app.standing()?;
    let catalog = app.catalog();
    let view = Learner { shelf: catalog, standing: &standing };
    let mut paths = app.followed(&standing);
    for (roadmap, _) in catalog.all() {
        if !paths.iter().any(|known| known.id == roadmap.id) {
            paths.push(roadmap);
        }
    }
    let glossary = catalog.career().map_or(&[][..], |career| &career.glossary);
    let formers = app.formers(&standing)?;
    let places = Places {
        view: &view,
        paths: &paths,
        terms: glossary,
        formers: &formers,
        notes: query.notes,
    };
    let hits = search(&places, &query.text);
    let found = hits.len();
    let most = if query.limit == 0 { found } else { query.limit };
    let entry = |hit: Hit<'_>| Entry {
        row: Row::of(&hit.what, &view),
        snippet: hit.snippet,
        score: (hit.score * 10.0).round() / 10.0,
    };
    let items = hits.into_iter().take(most).map(entry).collect();
    let hint = (found == 0).then(|| match unknown(&places, &query.text) {
        Some((word, near)) => Hint::NothingHas { word, near },
        None => Hint::NothingHasAll,
    });
    Ok(app.answer(Report { items, found }).hint(hint))
}

#[cfg(test)]
mod tests;
