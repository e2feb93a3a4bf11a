//! The glossary: a term in full, or all of it. Of what else the career file has, other commands know
//! more: they are named.

use serde::Serialize;

use crate::catalog::reference::nearest;
use crate::context::Context;
use crate::error::{Code, Error, Result};
use crate::model::career::{Career, Term};
use crate::model::roadmap::{AREA, CAREER, GLOSSARY, Ref};
use crate::output::Screen;
use crate::text::{safe, width};
use crate::words::did_you_mean;

/// A term, or the glossary with its terms.
#[derive(Serialize)]
pub(super) struct Report {
    #[serde(rename = "ref")]
    reference: Ref,
    kind: &'static str,
    title: String,
    /// None: it belongs to no path.
    path: Option<String>,
    meaning: Option<String>,
    /// The primary source.
    source: Option<String>,
    url: Option<String>,
    children: Vec<Report>,
}

/// What a reference that names nothing of a path names in the glossary: `glossary/rag`, the id or
/// title alone, or all of it. None where it names nothing; `near` is what is like it in the paths.
///
/// # Errors
/// It names a skill area or a role, or a term that is unknown.
pub(super) fn find(text: &str, near: &[String], context: &Context) -> Result<Option<Report>> {
    let Some(career) = context.catalog().career() else {
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
        return Ok(Some(all(career)));
    }
    if let Some(term) = term(id, career) {
        return Ok(Some(one(term)));
    }
    if folder != Some(GLOSSARY) {
        elsewhere(text, &id.to_lowercase(), career)?;
    }
    let terms = nearest(id, career.glossary.iter().map(|term| term.id.as_str()));
    match terms.first() {
        // What is near in the paths is suggested by those who look there.
        Some(term) if near.is_empty() => Err(Error::new(
            Code::UnknownRef,
            format!("nothing is called `{}`", safe::short(text, 80)),
        )
        .hint(did_you_mean(&[Ref::term(term).to_string()]))),
        None if folder == Some(GLOSSARY) => Err(Error::new(
            Code::UnknownRef,
            format!("the glossary has no `{}`", safe::short(id, 80)),
        )
        .hint("`milepost show glossary` shows what it has")),
        _ => Ok(None),
    }
}

/// Refuses what another command shows, and names it.
fn elsewhere(text: &str, id: &str, career: &Career) -> Result<()> {
    let shown = safe::short(text, 80);
    if text == CAREER {
        let what = "skill areas, roles and the glossary";
        return Err(Error::new(Code::WrongKind, format!("`career` is no path: it holds {what}"))
            .hint("`milepost assess --list`, `milepost roles` and `milepost show glossary`"));
    }
    if let Some(area) = career.area(id.strip_prefix(AREA).unwrap_or(id)) {
        return Err(Error::new(Code::WrongKind, format!("`{shown}` is a skill area"))
            .hint(format!("`milepost assess {} --list` shows it", area.id)));
    }
    if let Some(role) = career.role(id) {
        return Err(Error::new(Code::WrongKind, format!("`{shown}` is a role"))
            .hint(format!("`milepost roles {}` shows it", role.id)));
    }
    Ok(())
}

/// The term with this id, or this title as people type it.
fn term<'a>(text: &str, career: &'a Career) -> Option<&'a Term> {
    let wanted = text.to_lowercase();
    let terms = &career.glossary;
    let id = wanted.replace(char::is_whitespace, "-");
    let by_id = terms.iter().find(|term| term.id == id);
    by_id.or_else(|| terms.iter().find(|term| term.title.to_lowercase() == wanted))
}

fn one(term: &Term) -> Report {
    Report {
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

fn all(career: &Career) -> Report {
    Report {
        reference: Ref::path_only(GLOSSARY),
        kind: GLOSSARY,
        title: "Glossary".to_owned(),
        path: None,
        meaning: None,
        source: None,
        url: None,
        children: career.glossary.iter().map(one).collect(),
    }
}

/// The text of a report.
pub(super) fn text(report: &Report, screen: &Screen) -> String {
    if report.kind == GLOSSARY {
        let terms = report.children.iter().map(|term| term_text(term, screen));
        return terms.collect::<Vec<_>>().join("\n");
    }
    let columns = screen.text_width();
    let mut text = term_text(report, screen);
    if report.source.is_some() || report.url.is_some() {
        text.push('\n');
    }
    if let Some(source) = &report.source {
        let (first, indent) = (format!("{:<10}", "source"), " ".repeat(10));
        text.push_str(&width::wrap_indented(&first, &indent, &safe::line(source), columns));
    }
    if let Some(url) = &report.url {
        // Not wrapped: a broken address is no address.
        text.push_str(&format!("{:<10}{}\n", "url", screen.paint.link(url, &safe::line(url))));
    }
    text
}

/// A term and what it means.
fn term_text(term: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let columns = screen.text_width();
    let title = paint.heading(&safe::line(&term.title));
    let head = format!("{title} {}", paint.dim(term.reference.as_str()));
    let meaning = safe::line(term.meaning.as_deref().unwrap_or_default());
    width::wrap_indented("", "  ", &head, columns)
        + &width::wrap_indented("", "", &meaning, columns)
}
