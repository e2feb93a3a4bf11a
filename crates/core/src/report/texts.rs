//! The notes and evidence of something, by the numbers that `show` gives them.

use milepost_path::{Node, Ref};

use super::{App, Error, Refusal, Result, Warning, remark};
use crate::model::annotations::{Kind, Text, Texts};
use crate::model::decision::subject_of;
use crate::model::learner::places_of;
use crate::store::Reading;

/// A text that a number can mean.
#[derive(Debug, Clone)]
pub struct Numbered {
    /// What it was said as.
    pub kind: Kind,
    /// The text.
    pub text: String,
}

/// A number that means no text, and the texts that there are.
#[derive(Debug)]
pub struct NoText {
    /// What they were said of.
    pub reference: Ref,
    /// The number.
    pub number: usize,
    /// The texts; their numbers begin with 1.
    pub texts: Vec<Numbered>,
}

/// The texts of a node. The numbers of those that stand begin with 1.
///
/// # Errors
/// The record cannot be read.
pub(super) fn of(node: &Node<'_>, reading: &Reading<'_>, app: &App) -> Result<Texts> {
    at(places_of(app.catalog(), node), reading)
}

/// The texts of what is recorded under some references.
///
/// # Errors
/// The record cannot be read.
pub(super) fn at(
    references: impl IntoIterator<Item = Ref>,
    reading: &Reading<'_>,
) -> Result<Texts> {
    let mut places = Vec::new();
    for place in references {
        let events = reading.events_of_thing(&place)?;
        if !events.is_empty() {
            places.push((subject_of(&place), events));
        }
    }
    Ok(Texts::of(&places))
}

/// The warnings of evidence that leads nowhere and was just recorded; of one thing each says by which
/// number it is removed.
pub(super) fn slips(evidence: &[String], nodes: &[Node<'_>], app: &App) -> Vec<Warning> {
    let slips: Vec<&String> = remark::slips(evidence).collect();
    let one = match nodes {
        [one] if !slips.is_empty() => Some(one),
        _ => None,
    };
    // What was recorded stays so, also where it cannot be read again.
    let texts = one.and_then(|node| {
        let mut store = app.store().ok()??;
        let reading = store.read().ok()?;
        Some((node.reference(), of(node, &reading, app).ok()?.standing))
    });
    let warning = |slip: &String| {
        let at = texts.as_ref().and_then(|(reference, texts)| {
            let is_it = |text: &Text| text.kind == Kind::Evidence && text.said.text == *slip;
            Some((reference.clone(), texts.iter().position(is_it)? + 1))
        });
        Warning::Evidence(slip.clone(), at)
    };
    slips.into_iter().map(warning).collect()
}

/// The text with a number.
///
/// # Errors
/// There is none.
pub(super) fn with_number<'t>(
    number: usize,
    texts: &'t [Text],
    reference: &Ref,
) -> Result<&'t Text> {
    let found = number.checked_sub(1).and_then(|at| texts.get(at));
    found.ok_or_else(|| no_text(number, texts, reference))
}

/// That a number means none of these texts.
pub(super) fn no_text(number: usize, texts: &[Text], reference: &Ref) -> Error {
    let (reference, texts) = (reference.clone(), numbered(texts));
    Refusal::NoText(NoText { reference, number, texts }).into()
}

/// The texts as a number can mean them.
pub(super) fn numbered(texts: &[Text]) -> Vec<Numbered> {
    let numbered = |text: &Text| Numbered { kind: text.kind, text: text.said.text.clone() };
    texts.iter().map(numbered).collect()
}
