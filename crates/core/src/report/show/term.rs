//! The glossary: a term in full, or all of it. Of what else the career file has, other verbs know more:
//! it is refused.

use milepost_path::{AREA, CAREER, Career, GLOSSARY, Ref, Term};
use serde::Serialize;

use super::super::{App, Result};
use super::Refusal;
use crate::catalog::reference::nearest;

/// A term, or the glossary with its terms.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct TermReport {
    /// Its reference.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// The word for what it is.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// None: it belongs to no path.
    pub path: Option<String>,
    /// What it means.
    pub meaning: Option<String>,
    /// The primary source.
    pub source: Option<String>,
    /// The address of the source.
    pub url: Option<String>,
    /// The terms of the glossary.
    pub children: Vec<TermReport>,
}

impl TermReport {
    /// Whether it is the whole glossary.
    pub fn is_glossary(&self) -> bool {
        self.kind == GLOSSARY
    }

    fn one(term: &Term) -> Self {
        Self {
            reference: Ref::term(&term.id),
            kind: "term",
            title: term.title.clone(),
            path: None,
            meaning: Some(term.meaning.clone()),
            source: term.source.clone(),
            url: term.url.clone(),
            children: Vec::new(),
        }
    }

    fn all(career: &Career) -> Self {
        Self {
            reference: Ref::path_only(GLOSSARY),
            kind: GLOSSARY,
            title: "Glossary".to_owned(),
            path: None,
            meaning: None,
            source: None,
            url: None,
            children: career.glossary.iter().map(Self::one).collect(),
        }
    }
}

/// What a reference that names nothing of a path names in the glossary: `glossary/rag`, the id or
/// title alone, or all of it. None where it names nothing; `near` is what is like it in the paths.
///
/// # Errors
/// It names a skill area or a role, or a term that is unknown.
pub(super) fn find(text: &str, near: &[String], app: &App) -> Result<Option<TermReport>> {
    let Some(career) = app.catalog().career() else {
        return Ok(None);
    };
    let (folder, id) = match text.split_once('/') {
        Some((folder, id)) => (Some(folder), id),
        None => (None, text),
    };
    if folder.is_some_and(|folder| folder != GLOSSARY && folder != CAREER) {
        return Ok(None);
    }
    if text == GLOSSARY {
        return Ok(Some(TermReport::all(career)));
    }
    if let Some(term) = term(id, career) {
        return Ok(Some(TermReport::one(term)));
    }
    if folder != Some(GLOSSARY) {
        elsewhere(text, &id.to_lowercase(), career)?;
    }
    let terms = nearest(id, career.glossary.iter().map(|term| term.id.as_str()));
    match terms.first() {
        // What is near in the paths is suggested by those who look there.
        Some(term) if near.is_empty() => {
            Err(Refusal::NearTerm(text.to_owned(), Ref::term(term)).into())
        }
        None if folder == Some(GLOSSARY) => Err(Refusal::NoTerm(id.to_owned()).into()),
        _ => Ok(None),
    }
}

/// Refuses what another verb shows.
fn elsewhere(text: &str, id: &str, career: &Career) -> Result<()> {
    let name = text.to_owned();
    if text == CAREER {
        return Err(Refusal::IsCareer.into());
    }
    if let Some(area) = career.area(id.strip_prefix(AREA).unwrap_or(id)) {
        return Err(Refusal::IsArea(name, area.id.clone()).into());
    }
    match career.role(id) {
        Some(role) => Err(Refusal::IsRole(name, role.id.clone()).into()),
        None => Ok(()),
    }
}

/// The term with this id, or this title as people type it.
fn term<'a>(text: &str, career: &'a Career) -> Option<&'a Term> {
    let wanted = text.to_lowercase();
    let terms = &career.glossary;
    let id = wanted.replace(char::is_whitespace, "-");
    let by_id = terms.iter().find(|term| term.id == id);
    by_id.or_else(|| terms.iter().find(|term| term.title.to_lowercase() == wanted))
}
