//! Why levels of skill areas cannot be recorded.

use milepost_core::report::assess::Refusal;

use crate::error::Error;

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NoLevel(level) => Self::usage(format!("there is no level {level}")).hint(
                "levels run from 0 (none) to 4 (expert); `milepost assess AREA --list` shows the \
                 statements",
            ),
        }
    }
}
