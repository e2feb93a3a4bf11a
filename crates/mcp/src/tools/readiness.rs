//! `readiness`: `interview --readiness`.

use milepost::commands::interview as command;
use milepost::error::Result;
use milepost_core::report::interview::{Query, Report, report};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Ask, Call, More, NEXT_CURSOR};
use crate::answer::Made;
use crate::pages::Place;

pub(super) struct Readiness;

#[derive(Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(super) struct Arguments {
    /// The id or title of a path; all that the learner follows without it.
    path: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

impl Ask for Readiness {
    const NAME: &'static str = "readiness";
    const TITLE: &'static str = "Interview readiness";
    const ABOUT: &'static str = "How ready the learner is for each interview topic, weakest first, with \
        the most useful next step for each.";
    const MORE: &'static [More] = &[NEXT_CURSOR];
    type Arguments = Arguments;
    type Report = Report;

    fn run(arguments: Arguments, call: &Call<'_>) -> Result<Made> {
        let mut answer = report(&Query::Readiness(arguments.path), &call.context.app)?;
        let place = Place::read(call.id, &answer.report, arguments.cursor.as_deref())?;
        let next = place.cut(&mut answer.report.readiness)?;
        Ok(Made::of(&answer, command::text)?.with_next(next))
    }
}
