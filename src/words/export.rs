//! Why there is nothing to export.

use crate::error::{Code, Error};
use crate::report::export::Refusal;

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NothingRecorded => {
                Self::new(Code::NothingThere, "there is nothing to export: nothing is recorded")
                    .hint("`milepost start PATH` follows a path; `milepost paths` lists them")
            }
        }
    }
}
