//! `plan`.

use milepost::commands::plan as command;
use milepost::commands::shared::weekly_hours;
use milepost::error::{Error, Result};
use milepost::text::day;
use milepost_core::report::plan::{Query, Report, report};
use milepost_path::ResourceKind;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Ask, Call, More, NEXT_CURSOR};
use crate::answer::Made;
use crate::pages::Place;

pub(super) struct Plan;

/// How many weeks are shown by default.
const WEEKS: u16 = 8;

#[derive(Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(super) struct Arguments {
    /// Ids or titles of paths; all that the learner follows without them.
    paths: Vec<String>,
    /// How many weeks; 8 without it, 0 for all.
    weeks: Option<u16>,
    /// The hours a week that the learner studies; those of the paths without it.
    hours_per_week: Option<f64>,
    /// The first day, such as 2027-01-04 or `monday`; today without it.
    from: Option<String>,
    /// Only what is free.
    free: bool,
    /// Only resources of these types.
    types: Vec<ResourceKind>,
    /// The id of a role: what closes its largest gap comes first.
    role: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

impl Ask for Plan {
    const NAME: &'static str = "plan";
    const TITLE: &'static str = "The plan, week by week";
    const ABOUT: &'static str = "What to study, prove and build in each week, when to expect each \
        milestone, and what costs money. For \"what if\" questions: other hours a week, only what is \
        free, another first day. It is computed, not stored: nothing changes.";
    const MORE: &'static [More] = &[NEXT_CURSOR];
    type Arguments = Arguments;
    type Report = Report;

    fn run(arguments: Arguments, call: &Call<'_>) -> Result<Made> {
        let context = call.context;
        let from = arguments.from.as_deref().map(|text| {
            day::parse_future(text, context.app.today()).map_err(|error| {
                Error::usage(error.problem()).hint(format!("write {}", error.accepted()))
            })
        });
        if let Some(hours) = arguments.hours_per_week {
            weekly_hours::check(hours)?;
        }
        let query = Query {
            paths: arguments.paths,
            weeks: arguments.weeks.unwrap_or(WEEKS),
            hours_per_week: arguments.hours_per_week,
            usual_hours_per_week: context.config.hours_per_week,
            from: from.transpose()?,
            free: arguments.free,
            kinds: arguments.types,
            role: arguments.role,
            all: false,
            news: false,
        };
        let mut answer = report(&query, &context.app)?;
        let place = Place::read(call.id, &answer.report, arguments.cursor.as_deref())?;
        let next = place.cut(&mut answer.report.weeks)?;
        Ok(Made::of(&answer, command::text)?.with_next(next))
    }
}
