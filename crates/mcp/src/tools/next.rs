//! `next`.

use milepost::commands::next as command;
use milepost::error::{Error, Result};
use milepost_core::report::next::{Query, Report, report};
use milepost_path::ResourceKind;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Ask, Call, More, NEXT_CURSOR};
use crate::answer::Made;
use crate::pages::Place;

pub(super) struct Next;

/// How many steps are shown by default.
const STEPS: u16 = 5;
/// The minutes of a day: nobody has more at once.
const MOST_MINUTES: u16 = 24 * 60;

#[derive(Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(super) struct Arguments {
    /// The id or title of a path; all that the learner follows without it.
    path: Option<String>,
    /// The minutes that the learner has now: says how much of each step fits.
    minutes: Option<u16>,
    /// Only what is free.
    free: bool,
    /// Only resources of these types.
    types: Vec<ResourceKind>,
    /// The id of a role: what closes its largest gap comes first.
    role: Option<String>,
    /// Ask instead why this topic, skill, resource or milestone is not next.
    why: Option<String>,
    /// At most this many steps; 5 without it, 0 for all.
    limit: Option<u16>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

impl Ask for Next {
    const NAME: &'static str = "next";
    const TITLE: &'static str = "What to do next";
    const ABOUT: &'static str = "What to study, prove or build next, each step with its reasons; or why \
        something is not next. Do not rank steps yourself: the order is the plan's.";
    const MORE: &'static [More] = &[NEXT_CURSOR];
    type Arguments = Arguments;
    type Report = Report;

    fn run(arguments: Arguments, call: &Call<'_>) -> Result<Made> {
        if let Some(minutes) = arguments.minutes.filter(|one| !(1..=MOST_MINUTES).contains(one)) {
            return Err(Error::usage(format!("`minutes` is {minutes}"))
                .hint(format!("it can be from 1 to {MOST_MINUTES}")));
        }
        let most = arguments.limit.unwrap_or(STEPS);
        let query = Query {
            path: arguments.path,
            hours: arguments.minutes.map(|minutes| f64::from(minutes) / 60.0),
            free: arguments.free,
            kinds: arguments.types,
            role: arguments.role,
            all: false,
            why: arguments.why,
            most: (most > 0).then_some(usize::from(most)),
            news: false,
        };
        let mut answer = report(&query, &call.context.app)?;
        let place = Place::read(call.id, &answer.report, arguments.cursor.as_deref())?;
        let next = place.cut(&mut answer.report.recommendations)?;
        Ok(Made::of(&answer, command::text)?.with_next(next))
    }
}
