//! Why no text is erased, and the question before it.

use super::texts::{MOST_SHOWN, listed};
use crate::error::{Code, Error};
use crate::model::roadmap::Ref;
use crate::report::redact::Refusal;
use crate::report::texts::Numbered;
use crate::text::safe;

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NoNumber { reference, texts } => {
                let error = Self::new(Code::NoTerminal, "no number says which text to erase");
                listed(error, &texts, &reference)
            }
            Refusal::Unconfirmed { text, .. } => {
                let shown = safe::short(&text.text, MOST_SHOWN);
                let message =
                    format!("`{shown}` would be erased for good, and nobody can be asked");
                Self::new(Code::NoTerminal, message).hint("pass `--yes`")
            }
        }
    }
}

/// Whether a text is to be erased.
pub fn question(reference: &Ref, text: &Numbered) -> String {
    let (kind, shown) = (text.kind.as_str(), safe::short(&text.text, MOST_SHOWN));
    format!("Erase for good, with no way back, the {kind} on {reference}: {shown}?")
}
