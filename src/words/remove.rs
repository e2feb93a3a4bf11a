//! Why a path is not removed, in sentences.

use milepost_core::report::remove::Refusal;
use milepost_path::CAREER;

use crate::error::{Code, Error};

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
                Error::new(Code::Refused, format!("`{id}` is built in and cannot be removed"));
            if id == CAREER {
                error.hint("`milepost add` replaces it with one of your own")
            } else {
                error.hint(format!("`milepost stop {id}` stops following it"))
            }
        }
        Refusal::NoOverlay(id) => Error::new(Code::NothingThere, format!("`{id}` has no overlay"))
            .hint(format!("`milepost remove {id}` removes the path itself, if it is your own")),
        Refusal::Elsewhere(id, place) => {
            let message = format!("`{id}` was not added; it is read from {place}");
            Error::new(Code::Refused, message)
                .hint("remove the file from MILEPOST_PATHS, or delete it yourself")
        }
    }
}
