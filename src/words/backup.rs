//! Why no copy of the record was made.

use milepost_core::disk::show;
use milepost_core::report::backup::Refusal;

use crate::error::{Code, Error};

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let why = match refusal {
            Refusal::NoRecord(record) => {
                let why = format!("there is no record yet: {}", show(&record));
                return Self::new(Code::NoRecord, why)
                    .hint("`milepost start PATH` creates one; `milepost paths` lists the paths");
            }
            Refusal::HoldsMore(file) => {
                format!("{} has events that the record does not have", show(&file))
            }
            Refusal::NotACopy(file) => {
                format!("{} already exists and is not a copy of the record", show(&file))
            }
        };
        Self::new(Code::Refused, format!("{why}; it was not replaced"))
            .hint("name another file, or pass `--force` to replace it anyway")
    }
}
