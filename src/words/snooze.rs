//! `snooze` as JSON, and its sentences.

use chrono::NaiveDate;
use milepost_core::Status;
use milepost_core::report::change::Changed;
use milepost_core::report::snooze::{Refusal, Report};
use milepost_path::Ref;
use serde::Serialize;

use super::Document;
use crate::error::{Code, Error};

#[derive(Serialize)]
struct Json<'a> {
    until: Option<NaiveDate>,
    changed: &'a [Changed],
    unchanged: Vec<&'a Ref>,
}

impl Document for Report {
    const COMMAND: &'static str = "snooze";

    fn json(&self) -> impl Serialize {
        Json {
            until: self.until,
            changed: &self.changed,
            unchanged: self.unchanged.iter().map(|(reference, _)| reference).collect(),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::WrongKind(node) => {
                let (name, kind) = (&node.reference, node.kind);
                let message = format!("`{name}` is a {kind}; only items and topics can be snoozed");
                Self::new(Code::WrongKind, message)
                    .hint(format!("name a part of it: `milepost show {name}` lists them"))
            }
            Refusal::NotToCome { until, today } => {
                let is = if until == today { "is today" } else { "has passed" };
                Self::usage(format!("{until} {is}, so there is nothing to wait for"))
                    .hint("name a future day, or `none` to bring it back")
            }
        }
    }
}

/// What was done to something.
pub(crate) fn done(until: Option<NaiveDate>) -> String {
    match until {
        Some(day) => format!("snoozed until {day}"),
        None => "back in `milepost next`".to_owned(),
    }
}

/// Why nothing was done to something.
pub(crate) fn so_already(status: Status, until: Option<NaiveDate>) -> String {
    match (status.is_open(), until) {
        (false, _) => format!("is already {}", status.as_str()),
        (true, Some(day)) => format!("is already snoozed until {day}"),
        (true, None) => "is not snoozed".to_owned(),
    }
}
