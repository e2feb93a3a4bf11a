//! Why there is no page to open, as a person is told it.

use milepost_core::report::open::Refusal;
use milepost_path::safe;

use crate::error::{Code, Error};

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NoPage(reference) => {
                Self::new(Code::WrongKind, format!("`{reference}` has no page"))
                    .hint(format!("`milepost show {reference}` shows what it has"))
            }
            Refusal::NoAddress(url) => Self::new(
                Code::WrongKind,
                format!("`{}` is not a web address", safe::short(&url, 200)),
            ),
        }
    }
}
