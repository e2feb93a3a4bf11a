//! The interview questions of the paths as notes for Anki, in the text form that its importer reads:
//! a line for each question, below lines that say which column is what.
//!
//! A note is known by its GUID, which is the reference of its question, so an import updates the
//! notes of the last one, keeps their schedule and doubles none. Where a path or a question had other
//! ids, the first of them counts: a new name is no new card. Decks and tags are made of ids, too,
//! which stay when a title changes and which Anki stores as they are.
//!
//! The note type is preset and no column: one that a collection does not have, as where Anki speaks
//! another language, would cost each row, while the importer then offers what there is. So the columns
//! have no names either: by their order they become the first two fields of whatever type is chosen.

use askama::Template;
use milepost_core::report::export::{Document, PathPart};
use milepost_path::{InterviewTopic, Question, Ref, safe};

use super::html::Sentence;
use super::phrases;
use crate::error::{Code, Error, Result};

/// What Anki is told of the lines below.
const HEAD: &str = "\
#separator:tab
#html:true
#notetype:Basic
#if matches:update current
#guid column:1
#deck column:2
#tags column:5
";

/// What a card shows first.
#[derive(Template)]
#[template(source = "{{ ask }}", ext = "html")]
struct Front<'a> {
    ask: Sentence<'a>,
}

/// What a card shows then.
#[derive(Template)]
#[template(
    source = "{% if let Some(text) = look_for %}{{ text }}<br><br>{% endif %}{% for line in about %}{{ line }}<br>{% if loop.last %}<br>{% endif %}{% endfor %}<small><bdi>{{ path }}</bdi>: <bdi>{{ topic }}</bdi>{% if let Some(origin) = origin %} (<bdi>{{ origin }}</bdi>){% endif %}</small>",
    ext = "html"
)]
struct Back<'a> {
    look_for: Option<Sentence<'a>>,
    about: Vec<Sentence<'a>>,
    path: &'a str,
    topic: &'a str,
    /// Whose the path is.
    origin: Option<String>,
}

/// The questions of a document as notes.
///
/// # Errors
/// A template cannot be filled, which would be a fault of ours.
pub(crate) fn render(document: &Document) -> Result<String> {
    let mut text = HEAD.to_owned();
    for path in &document.paths {
        for (topic, question) in path.questions() {
            text.push_str(&note(path, topic, question)?);
        }
    }
    Ok(text)
}

fn note(path: &PathPart, topic: &InterviewTopic, question: &Question) -> Result<String> {
    let about = question.about.as_deref().unwrap_or_default();
    let back = Back {
        look_for: question.look_for.as_deref().map(Sentence::of),
        about: about.lines().map(Sentence::of).collect(),
        path: &path.title,
        topic: &topic.title,
        origin: phrases::origin(path, str::to_owned),
    };
    let tags: Vec<String> =
        topic.topics.iter().map(|id| format!("milepost::{}::{id}", path.id)).collect();
    let columns = [
        guid(path, question),
        format!("milepost::{}::{}", path.id, topic.id),
        field(&Front { ask: Sentence::of(&question.ask) })?,
        field(&back)?,
        tags.join(" "),
    ];
    Ok(columns.join("\t") + "\n")
}

/// What a note is known by, for good.
fn guid(path: &PathPart, question: &Question) -> String {
    let path = path.replaces.first().unwrap_or(&path.id);
    let question = question.replaces.first().unwrap_or(&question.id);
    format!("milepost:{}", Ref::question(path, question))
}

/// A field of a note. What is foreign in it is escaped by its template already; a bracket would make a
/// sound or a formula of it: `[sound:a.mp3]`, `[latex]`.
fn field(html: &impl Template) -> Result<String> {
    let html = html
        .render()
        .ok()
        .ok_or_else(|| Error::new(Code::Internal, "no card can be made of a question"))?;
    Ok(safe::line(&html).replace('[', "&#91;"))
}

#[cfg(test)]
mod tests;
