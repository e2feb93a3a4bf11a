//! Why something cannot be said, and that evidence leads nowhere.

use milepost_core::report::remark::Refusal;
use milepost_path::{Ref, safe};

use crate::error::Error;

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::EmptyNote => {
                Self::usage("the note is empty").hint("give it some text, or omit it")
            }
            Refusal::LongNote => Self::usage("the note is longer than 64 KiB")
                .hint("keep it in a file, and note where that is"),
            Refusal::NoEvidence(text) => {
                Self::usage(format!("`{}` is not evidence", safe::short(&text, 80)))
                    .hint("evidence is a URL, file or commit on one line")
            }
            Refusal::LongEvidence(text) => {
                let shown = safe::short(&text, 80);
                Self::usage(format!("the evidence `{shown}` is longer than 4 KiB"))
                    .hint("evidence is a URL, file or commit; put the rest in a note")
            }
        }
    }
}

/// That evidence leads nowhere.
pub(crate) fn slip(evidence: &str) -> String {
    format!("`{}` is not an address, path or commit", safe::short(evidence, 80))
}

/// That evidence leads nowhere, and is recorded all the same.
pub(super) fn recorded_slip(evidence: &str, at: Option<&(Ref, usize)>) -> String {
    let what = slip(evidence);
    let how = match at {
        Some((reference, number)) => {
            format!("`milepost note {reference} --remove {number}` removes it")
        }
        None => "`milepost undo` takes back this change".to_owned(),
    };
    format!("{what}; recorded anyway: {how}")
}
