//! Why days away cannot be recorded.

use crate::error::Error;
use crate::model::away::MOST_DAYS;
use crate::report::away::Refusal;
use crate::text::quantity;

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Backwards(away) => Self::usage(format!("{} is before {}", away.to, away.from))
                .hint(format!("first the first day: `milepost away {} {}`", away.to, away.from)),
            Refusal::TooLong(days) => {
                let days = quantity::thousands(usize::try_from(days).unwrap_or(usize::MAX));
                Self::usage(format!("that is {days} days, and at most {MOST_DAYS} are taken"))
                    .hint("for longer, leave the path: `milepost stop PATH`; what you did is kept")
            }
        }
    }
}
