//! `study`.

use milepost::commands::shared::mark;
use milepost::commands::study as command;
use milepost::error::{Error, Result};
use milepost_core::report::study::{Query, Report, report};
use milepost_core::{Annotation, DAY};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Ask, Call, Effect};
use crate::answer::Made;

pub(super) struct Study;

#[derive(Deserialize, JsonSchema)]
pub(super) struct Arguments {
    /// The skill, resource, milestone or topic: its reference (`path/item`), id or title.
    r#ref: String,
    /// How long, in minutes.
    minutes: u32,
    /// The day: 2026-11-16, `yesterday`, `monday`; today without it.
    on: Option<String>,
    /// A note of the learner's own, in their words.
    note: Option<String>,
}

impl Ask for Study {
    const NAME: &'static str = "study";
    const TITLE: &'static str = "Record study time";
    const ABOUT: &'static str = "Records how long the learner studied something; what was not begun is \
        then in progress. The same time twice counts twice, so do not repeat a call that was \
        answered.";
    const EFFECT: Effect = Effect::RecordsEachTime;
    type Arguments = Arguments;
    type Report = Report;

    fn run(arguments: Arguments, call: &Call<'_>) -> Result<Made> {
        let minutes = arguments.minutes;
        if !(1..=DAY).contains(&minutes) {
            return Err(Error::usage(format!("`minutes` is {minutes}"))
                .hint(format!("it can be from 1 to {DAY}")));
        }
        let query = Query {
            reference: arguments.r#ref,
            minutes: Some(minutes),
            from: None,
            on: mark::day_or_none(arguments.on.as_deref(), call.context)?,
            remark: Annotation { note: arguments.note, evidence: Vec::new() },
        };
        let answer = report(&query, &call.context.app)?;
        Made::of(&answer, command::text)?.recorded(true, call)
    }
}
