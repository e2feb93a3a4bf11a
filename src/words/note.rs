//! `note` as JSON, and why nothing can be said of something.

use milepost_core::report::note::{Refusal, Report};
use serde::{Serialize, Serializer};

use super::Document;
use crate::error::{Code, Error};

struct Json<'r>(&'r Report);

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Report::Item(report) => report.json().serialize(serializer),
            Report::Whole { changes, .. } | Report::Removed { changes, .. } => {
                changes.serialize(serializer)
            }
        }
    }
}

impl Document for Report {
    const COMMAND: &'static str = "note";

    fn json(&self) -> impl Serialize {
        Json(self)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Path(path) => {
                Self::new(Code::WrongKind, "notes belong to stages, topics and items, not to paths")
                    .hint(format!("name a part of `{path}`"))
            }
            Refusal::Former(reference) => {
                Self::new(Code::WrongKind, format!("{reference} is no longer in its path"))
                    .hint(format!("`milepost note {reference} TEXT` still adds a note"))
            }
        }
    }
}
