//! Erases the text of a note or a piece of evidence for good.

use std::path::PathBuf;

use milepost_path::Ref;
use serde::{Serialize, Serializer};

use super::texts::{self, Numbered};
use super::{Answer, App, Error, Hint, Result, Warning, references};
use crate::model::annotations::Kind;
use crate::model::event::{EventKind, NewEvent, Part};
use crate::store::{Writing, auto_backup};

/// What is asked.
#[derive(Debug, Clone)]
pub struct Query {
    /// What it was said of.
    pub reference: String,
    /// The number of the text.
    pub number: Option<usize>,
    /// Whether it can be erased without a question.
    pub yes: bool,
    /// The text that the learner agreed to erase.
    pub agreed: Option<String>,
}

/// What was erased.
#[derive(Debug, Serialize)]
pub struct Report {
    /// What it was said of.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its title.
    pub title: String,
    /// What it was said as.
    pub kind: Kind,
    /// The number that it had.
    pub number: usize,
    /// The copies beside the record that still have the text.
    #[serde(serialize_with = "names")]
    pub copies: Vec<PathBuf>,
}

fn names<S: Serializer>(copies: &[PathBuf], serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.collect_seq(copies.iter().map(|copy| copy.display().to_string()))
}

/// Why nothing is erased.
#[derive(Debug)]
pub enum Refusal {
    /// No number says which of these texts is meant.
    NoNumber {
        /// What they were said of.
        reference: Ref,
        /// The texts; their numbers begin with 1.
        texts: Vec<Numbered>,
    },
    /// The learner must agree first.
    Unconfirmed {
        /// What it was said of.
        reference: Ref,
        /// The text.
        text: Numbered,
    },
}

/// Erases a text, and whatever else says the same of the same thing.
///
/// # Errors
/// There is no such text, nobody agreed, or the record cannot be written. Nothing was erased then.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let mut store = app.store()?;
    let followed = match &mut store {
        Some(store) => store.read()?.followed_ids()?,
        None => Vec::new(),
    };
    let followed: Vec<&str> = followed.iter().map(String::as_str).collect();
    let node = references::node(&query.reference, &followed, app)?;
    let all = match &mut store {
        Some(store) => {
            let found = texts::of(&node, &store.read()?, app)?;
            [found.standing, found.gone].concat()
        }
        None => Vec::new(),
    };
    let reference = node.reference();
    // Without any text, no number is asked for.
    let text = texts::with_number(query.number.unwrap_or(1), &all, &node)?;
    let Some(number) = query.number else {
        return Err(refused(Refusal::NoNumber { reference, texts: texts::numbered(&all) }));
    };
    if !query.yes && query.agreed.as_ref() != Some(&text.said.text) {
        let text = Numbered { kind: text.kind, text: text.said.text.clone() };
        return Err(refused(Refusal::Unconfirmed { reference, text }));
    }
    let Some(mut store) = store else {
        return Err(refused(Refusal::NoNumber { reference, texts: Vec::new() }));
    };
    // Whatever else says the same of it goes, too.
    let same = all.iter().filter(|one| one.said.text == text.said.text);
    let parts: Vec<(Ref, Part)> = same.flat_map(|one| one.parts.clone()).collect();
    let erase = |writing: &mut Writing<'_>, (): &()| -> Result<()> {
        for (place, part) in &parts {
            let title = Some(node.title().to_owned());
            let fact = EventKind::Redacted(*part);
            writing.append(NewEvent { subject: place.clone(), title, fact }, app.today())?;
        }
        Ok(())
    };
    store.write_anew(app.stamp, |_| Ok(()), erase)?;
    let path = store.path().to_path_buf();
    drop(store);
    let parts: Vec<Part> = parts.into_iter().map(|(_, part)| part).collect();
    let copies = auto_backup::with_texts(&path, &parts);
    let warning = (!copies.is_empty()).then(|| Warning::CopiesHaveText(copies.clone()));
    let title = node.title().to_owned();
    let mut answer = app.answer(Report { reference, title, kind: text.kind, number, copies });
    answer.warnings.extend(warning);
    Ok(answer.hint(Hint::OthersHaveText))
}

fn refused(refusal: Refusal) -> Error {
    super::Refusal::Redact(refusal).into()
}
