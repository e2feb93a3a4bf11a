//! Why a path is not removed, in sentences.

use crate::error::{Code, Error};
use crate::model::roadmap::CAREER;
use crate::report::remove::Refusal;

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        refused(refusal)
    }
}

/// Why nothing was removed.
fn refused(refusal: Refusal) -> Error {
    match refusal {
        Refusal::BuiltIn(id) => {
            let error =
                Error::new(Code::Refused, format!("`{id}` is built in; it cannot be removed"));
            if id == CAREER {
                error.hint("`milepost add` puts one of your own in its place")
            } else {
                error.hint(format!("`milepost stop {id}` follows it no more"))
            }
        }
        Refusal::Elsewhere(id, place) => {
            let message = format!("`{id}` was not added, it is read from {place}");
            Error::new(Code::Refused, message)
                .hint("take the file out of MILEPOST_PATHS, or remove it yourself")
        }
    }
}
