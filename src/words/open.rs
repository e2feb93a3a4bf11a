//! Why there is no page to open, as a person is told it.

use crate::error::{Code, Error};
use crate::report::open::Refusal;
use crate::text::safe;

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NoPage(reference) => {
                Self::new(Code::WrongKind, format!("`{reference}` has no page"))
                    .hint(format!("`milepost show {reference}` says what there is"))
            }
            Refusal::NoAddress(url) => Self::new(
                Code::WrongKind,
                format!("`{}` is no web address", safe::short(&url, 200)),
            ),
        }
    }
}
