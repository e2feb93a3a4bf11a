//! Notes and evidence by their numbers.

use milepost_core::report::texts::{NoText, Numbered};
use milepost_path::{Ref, RefTarget, safe};

use crate::error::{Code, Error};
use crate::text::quantity;

/// How much of a text is repeated, in characters.
pub const MOST_SHOWN: usize = 60;
/// How many texts are listed.
const MOST_LISTED: usize = 12;

impl From<NoText> for Error {
    fn from(NoText { reference, number, texts }: NoText) -> Self {
        if texts.is_empty() {
            let (what, hint) = match reference.target() {
                RefTarget::Area(id) => (
                    "no notes or evidence",
                    format!("`milepost assess {id} --level N --note TEXT` adds a note"),
                ),
                RefTarget::Away(_) => ("no reason", "`milepost away` lists the days".to_owned()),
                _ => (
                    "no notes or evidence",
                    format!("`milepost note {reference} TEXT` adds a note"),
                ),
            };
            return Self::new(Code::NothingThere, format!("`{reference}` has {what}")).hint(hint);
        }
        let there = quantity::count(texts.len(), "text");
        let message = format!("`{reference}` has {there}; there is no number {number}");
        listed(Self::new(Code::NothingThere, message), &texts, &reference)
    }
}

/// An error that lists the texts that there are.
pub(super) fn listed(error: Error, texts: &[Numbered], reference: &Ref) -> Error {
    let lines = (1..).zip(texts).map(|(number, text)| line(number, text));
    let error = lines.take(MOST_LISTED).fold(error, Error::hint);
    match texts.len().saturating_sub(MOST_LISTED) {
        0 => error,
        more => match reference.target() {
            RefTarget::Node(_) => error.hint(format!("{more} more: `milepost show {reference}`")),
            _ => error.hint(format!("{more} more: give a number up to {}", texts.len())),
        },
    }
}

/// A text with its number, on one line.
pub(crate) fn line(number: usize, text: &Numbered) -> String {
    format!("{number}. {}: {}", text.kind.as_str(), safe::short(&text.text, MOST_SHOWN))
}
