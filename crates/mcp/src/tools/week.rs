//! `week`: `log --week`.

use milepost::commands::log as command;
use milepost::commands::shared::mark;
use milepost::error::Result;
use milepost_core::report::log::{Query, Report, report};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Ask, Call, More, NEXT_CURSOR};
use crate::answer::Made;
use crate::pages::Place;

pub(super) struct Week;

/// How many events are shown by default.
const EVENTS: u16 = 30;

#[derive(Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(super) struct Arguments {
    /// A day of the week: 2026-11-16, `monday`, `10 days ago`; this week without it.
    on: Option<String>,
    /// Include the learner's own notes.
    notes: bool,
    /// At most this many events; 30 without it, 0 for all. The review itself counts all of them.
    limit: Option<u16>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

impl Ask for Week {
    const NAME: &'static str = "week";
    const TITLE: &'static str = "Review of a week";
    const ABOUT: &'static str = "What the learner studied, finished and began in a week, how that \
        compares with the plan, what stalled, and the events, newest first.";
    const MORE: &'static [More] = &[NEXT_CURSOR];
    type Arguments = Arguments;
    type Report = Report;

    fn run(arguments: Arguments, call: &Call<'_>) -> Result<Made> {
        let on = mark::day_or_none(arguments.on.as_deref(), call.context)?;
        let limit = usize::from(arguments.limit.unwrap_or(EVENTS));
        let query = Query { limit, on, week: true, ..Query::default() };
        let mut answer = report(&query, &call.context.app)?;
        if !arguments.notes {
            for event in &mut answer.report.events {
                event.note = None;
                event.removed.retain(|text| event.evidence.contains(text));
            }
        }
        let place = Place::read(call.id, &answer.report, arguments.cursor.as_deref())?;
        let next = place.cut(&mut answer.report.events)?;
        Ok(Made::of(&answer, command::text)?.with_next(next))
    }
}
