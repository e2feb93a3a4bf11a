//! Why nothing was imported.

use milepost_core::report::import::Refusal;

use crate::error::{Code, Error, reason};

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Unsound { name, error } => {
                let error = Self::from(error);
                let hint = error.hints().first().map_or("export the record again", String::as_str);
                Self::new(Code::InvalidFile, format!("{name}: {}", error.message()))
                    .hint(format!("{hint}; nothing was changed"))
            }
            Refusal::NoTemporary(error) => {
                let why = format!("a temporary directory cannot be created: {}", reason(&error));
                Self::new(Code::Unwritable, why)
                    .hint("free some space there, or import without `--dry-run`")
            }
        }
    }
}
