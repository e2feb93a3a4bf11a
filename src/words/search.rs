//! Why nothing can be searched for, as a person is told it.

use milepost_core::report::search::Refusal;

use crate::error::Error;

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NoWord => Self::usage("there are no words to search for")
                .hint("for example `milepost search vector database`"),
        }
    }
}
