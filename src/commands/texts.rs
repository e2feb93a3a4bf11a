//! The notes and evidence of something, by the numbers that `show` gives them.

use crate::context::Context;
use crate::error::{Code, Error, Result};
use crate::model::roadmap::Node;
use crate::model::said::{Text, Texts};
use crate::model::view::places_of;
use crate::store::Reading;
use crate::text::{quantity, safe};

/// So much of a text is repeated.
pub(super) const MOST_SHOWN: usize = 60;
/// So many texts are listed.
const MOST_LISTED: usize = 12;

/// The texts of a node. The numbers of those that stand begin with 1.
///
/// # Errors
/// The record cannot be read.
pub(super) fn of(node: &Node<'_>, reading: &Reading<'_>, context: &Context) -> Result<Texts> {
    let mut places = Vec::new();
    for place in places_of(context.catalog(), node) {
        let events = reading.events_of(&place)?;
        if !events.is_empty() {
            places.push((place, events));
        }
    }
    Ok(Texts::of(&places))
}

/// The text with a number.
///
/// # Errors
/// There is none; what there is, is listed.
pub(super) fn with_number<'t>(
    number: usize,
    texts: &'t [Text],
    node: &Node<'_>,
) -> Result<&'t Text> {
    if let Some(text) = number.checked_sub(1).and_then(|at| texts.get(at)) {
        return Ok(text);
    }
    let reference = node.reference();
    if texts.is_empty() {
        let message = format!("`{reference}` has no notes and no evidence");
        return Err(Error::new(Code::NothingThere, message)
            .hint(format!("`milepost note {reference} TEXT` adds a note")));
    }
    let there = quantity::count(texts.len(), "text");
    let message = format!("`{reference}` has {there}, and no number {number}");
    Err(listed(Error::new(Code::NothingThere, message), texts, node))
}

/// An error that lists the texts that there are.
pub(super) fn listed(error: Error, texts: &[Text], node: &Node<'_>) -> Error {
    let lines = (1..).zip(texts).map(|(number, text)| line(number, text));
    let error = lines.take(MOST_LISTED).fold(error, Error::hint);
    match texts.len().saturating_sub(MOST_LISTED) {
        0 => error,
        more => error.hint(format!("{more} more: `milepost show {}`", node.reference())),
    }
}

/// A text with its number, on one line.
pub(super) fn line(number: usize, text: &Text) -> String {
    format!("{number}. {}: {}", text.kind.as_str(), safe::short(&text.said.text, MOST_SHOWN))
}
