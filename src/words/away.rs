//! Why days away cannot be recorded.

use milepost_core::forecast::MOST_DAYS;
use milepost_core::report::away::Refusal;

use crate::error::Error;
use crate::text::quantity;

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Backwards(away) => Self::usage(format!("{} is before {}", away.to, away.from))
                .hint(format!(
                    "give the first day first: `milepost away {} \
                 {}`",
                    away.to, away.from
                )),
            Refusal::TooLong(days) => {
                let days = quantity::thousands(usize::try_from(days).unwrap_or(usize::MAX));
                Self::usage(format!("that is {days} days; the limit is {MOST_DAYS}")).hint(
                    "for a longer break, stop following the path: `milepost stop PATH` \
                     keeps your record",
                )
            }
        }
    }
}
