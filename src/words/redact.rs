//! Why no text is erased, and the question before it.

use milepost_core::report::redact::Refusal;
use milepost_core::report::texts::Numbered;
use milepost_path::{Ref, safe};

use super::texts::{MOST_SHOWN, listed};
use crate::error::{Code, Error};

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NoNumber { reference, texts } => {
                let error = Self::new(Code::NoTerminal, "give the number of the text to erase");
                listed(error, &texts, &reference)
            }
            Refusal::Unconfirmed { text, .. } => {
                let shown = safe::short(&text.text, MOST_SHOWN);
                let message =
                    format!("`{shown}` would be erased for good; there is no terminal to ask on");
                Self::new(Code::NoTerminal, message).hint("pass `--yes` to confirm")
            }
        }
    }
}

/// Whether a text is to be erased.
pub(crate) fn question(reference: &Ref, text: &Numbered) -> String {
    let (kind, shown) = (text.kind.as_str(), safe::short(&text.text, MOST_SHOWN));
    format!("Erase the {kind} on {reference} for good? It cannot be brought back: {shown}")
}
