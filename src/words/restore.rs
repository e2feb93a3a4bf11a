//! What a restore replaces, as a question and as an error.

use milepost_core::disk::show;
use milepost_core::record::Present;
use milepost_core::report::restore::Refusal;

use crate::error::{Code, Error};
use crate::text::quantity;

/// What is asked before something is replaced.
pub(crate) fn question(refusal: &Refusal) -> String {
    let Refusal::NeedsYes { present, file, events } = refusal;
    format!("Replace {} with the {} of {}?", replaced(present), count(*events), show(file))
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let Refusal::NeedsYes { present, .. } = refusal;
        let what = replaced(&present);
        Self::new(
            Code::NoTerminal,
            format!(
                "{what} would be replaced; there is no terminal to \
         ask on"
            ),
        )
        .hint("pass `--yes` to confirm; what is there now is kept beside it")
    }
}

/// What is there, with something to lose.
fn replaced(present: &Present) -> String {
    match present {
        Present::Record(events) => format!("the record of {}", count(*events)),
        _ => "what is there now (damaged, or not a record)".to_owned(),
    }
}

/// A number of events.
pub(crate) fn count(events: u64) -> String {
    quantity::count(usize::try_from(events).unwrap_or(usize::MAX), "event")
}
