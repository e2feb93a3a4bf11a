//! Erases the text of a note or a piece of evidence for good.

use std::path::PathBuf;

use chrono::NaiveDate;
use milepost_path::{AREA, AWAY, CAREER, Ref, RefTarget};
use serde::{Serialize, Serializer};

use super::texts::{self, Numbered};
use super::{Answer, App, Error, Hint, Named, Result, Warning, references};
use crate::model::annotations::{Kind, Texts};
use crate::model::away::{self, Away};
use crate::model::event::{EventKind, NewEvent, Part};
use crate::store::{Reading, Store, Writing, auto_backup};

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
    let Said { reference, title, texts } = said(&query.reference, store.as_mut(), app)?;
    let all = [texts.standing, texts.gone].concat();
    // Without any text, no number is asked for.
    let text = texts::with_number(query.number.unwrap_or(1), &all, &reference)?;
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
            let title = Some(title.clone());
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
    let mut answer = app.answer(Report { reference, title, kind: text.kind, number, copies });
    answer.warnings.extend(warning);
    Ok(answer.hint(Hint::OthersHaveText))
}

/// What texts were said of.
struct Said {
    reference: Ref,
    title: String,
    texts: Texts,
}

/// What a reference means here: a stage, topic or item; a skill area, `area:retrieval`; or days away,
/// by the first of them or any other, `away:2026-12-20`.
fn said(text: &str, store: Option<&mut Store>, app: &App) -> Result<Said> {
    let reading = store.map(Store::read).transpose()?;
    if let Some(day) = text.strip_prefix(AWAY) {
        return days_away(text, day, reading.as_ref());
    }
    let in_career = text.strip_prefix(CAREER).and_then(|rest| rest.strip_prefix('/'));
    if let Some(id) = in_career.unwrap_or(text).strip_prefix(AREA) {
        return area(id, reading.as_ref(), app);
    }
    let followed = reading.as_ref().map(Reading::followed_ids).transpose()?.unwrap_or_default();
    let followed: Vec<&str> = followed.iter().map(String::as_str).collect();
    let node = references::node(text, &followed, app)?;
    let texts = reading.as_ref().map(|reading| texts::of(&node, reading, app)).transpose()?;
    let (reference, title) = (node.reference(), node.title().to_owned());
    Ok(Said { reference, title, texts: texts.unwrap_or_default() })
}

/// What was said of the levels of a skill area, also of one that the career file no longer has.
fn area(id: &str, reading: Option<&Reading<'_>>, app: &App) -> Result<Said> {
    let known = super::assess::area(id, app);
    let ids: Vec<&str> = match &known {
        Ok(area) => area.ids().map(String::as_str).collect(),
        Err(_) => vec![id],
    };
    let places = ids.into_iter().map(Ref::area);
    let texts = reading.map(|reading| texts::at(places, reading)).transpose()?.unwrap_or_default();
    let (id, title) = match known {
        Ok(area) => (area.id.as_str(), area.title.as_str()),
        Err(mut unknown) if texts.is_empty() => {
            if let Error::Refused(refusal) = &mut unknown
                && let super::Refusal::Unknown { near, .. } = &mut **refusal
            {
                near.iter_mut().for_each(|id| id.insert_str(0, AREA));
            }
            return Err(unknown);
        }
        Err(_) => (id, id),
    };
    Ok(Said { reference: Ref::area(id), title: title.to_owned(), texts })
}

/// The reasons for being away on a day: of all stretches that were ever recorded and overlap those
/// that have it, since what is joined repeats the reason of its parts.
fn days_away(text: &str, day: &str, reading: Option<&Reading<'_>>) -> Result<Said> {
    let unknown = || super::Refusal::unknown(Named::Away, text, std::iter::empty::<&str>());
    let (Ok(day), Some(reading)) = (day.parse::<NaiveDate>(), reading) else {
        return Err(unknown().into());
    };
    let mut recorded = reading.newest_first(|events| {
        let mut recorded: Vec<Away> = Vec::new();
        for event in events {
            let entry = event?.entry;
            if let (EventKind::Away { to: Some(to), .. }, RefTarget::Away(from)) =
                (&entry.fact, entry.subject.target())
                && let Ok(from) = from.parse::<NaiveDate>()
            {
                recorded.push(Away { from, to: *to, why: None });
            }
        }
        Ok(recorded)
    })?;
    milepost_path::sort::by_key(&mut recorded, |one| one.from);
    let found = away::joined(&recorded).into_iter().find(|one| one.has(day));
    let Some(found) = found else { return Err(unknown().into()) };
    let mut firsts: Vec<NaiveDate> = recorded.iter().map(|one| one.from).collect();
    firsts.retain(|first| found.has(*first));
    firsts.dedup();
    let texts = texts::at(firsts.into_iter().map(Ref::away), reading)?;
    Ok(Said { reference: Ref::away(found.from), title: found.title(), texts })
}

fn refused(refusal: Refusal) -> Error {
    super::Refusal::Redact(refusal).into()
}
