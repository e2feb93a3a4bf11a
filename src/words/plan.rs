//! `plan` as JSON, and why it has no weeks.

use milepost_core::report::plan::{Note, Report};
use serde::Serialize;

use super::{Document, forecast, no_path_to_plan};

#[derive(Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
struct Json<'a> {
    #[serde(flatten)]
    report: &'a Report,
    note: Option<String>,
}

impl Document for Report {
    const COMMAND: &'static str = "plan";

    fn json(&self) -> impl Serialize {
        Json { report: self, note: note(self) }
    }
}

super::described!(Report as Json<'static>);

/// Why there are no weeks, or what has no day, with what to do about it.
pub(crate) fn note(report: &Report) -> Option<String> {
    Some(match report.note.as_ref()? {
        Note::NoPath(why) => no_path_to_plan(*why),
        Note::NoDay(note) => {
            let note = forecast::no_day(note);
            match report.rate {
                Some(_) => note,
                None => format!("{note}; set them with `--hours-per-week`"),
            }
        }
    })
}
