//! Why levels of skill areas cannot be recorded.

use crate::error::Error;
use crate::report::assess::Refusal;

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
