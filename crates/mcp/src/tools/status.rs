//! `status`.

use milepost::commands::status as command;
use milepost::error::Result;
use milepost_core::report::status::{Query, Report, report};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Ask, Call, More, NEXT_CURSOR};
use crate::answer::Made;
use crate::pages::Place;

pub(super) struct Status;

#[derive(Deserialize, JsonSchema)]
#[serde(default)]
#[derive(Default)]
pub(super) struct Arguments {
    /// The id or title of a path; all that the learner follows without it.
    path: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

impl Ask for Status {
    const NAME: &'static str = "status";
    const TITLE: &'static str = "How far the learner is";
    const ABOUT: &'static str = "How far the learner is on each path and stage, how fast, when they \
        arrive, and what they did day by day. Call it first, and for any question about progress.";
    const MORE: &'static [More] = &[NEXT_CURSOR];
    type Arguments = Arguments;
    type Report = Report;

    fn run(arguments: Arguments, call: &Call<'_>) -> Result<Made> {
        let query = Query { path: arguments.path, news: false };
        let mut answer = report(&query, &call.context.app)?;
        let place = Place::read(call.id, &answer.report, arguments.cursor.as_deref())?;
        let next = place.cut(&mut answer.report.paths)?;
        Ok(Made::of(&answer, command::text)?.with_next(next))
    }
}
