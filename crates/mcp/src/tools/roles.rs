//! `roles`.

use milepost::commands::roles as command;
use milepost::error::Result;
use milepost_core::report::roles::{Query, Report, report};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Ask, Call, More, NEXT_CURSOR};
use crate::answer::Made;
use crate::pages::Place;

pub(super) struct Roles;

#[derive(Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(super) struct Arguments {
    /// The id or title of a role; without it, all of them, without their gaps.
    role: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

impl Ask for Roles {
    const NAME: &'static str = "roles";
    const TITLE: &'static str = "Career guidance: fit with roles";
    const ABOUT: &'static str = "How close the learner is to each role, by their own assessment; for one \
        role the gaps, largest first, and what closes them in how many hours.";
    const MORE: &'static [More] = &[NEXT_CURSOR];
    type Arguments = Arguments;
    type Report = Report;

    fn run(arguments: Arguments, call: &Call<'_>) -> Result<Made> {
        let mut answer = report(&Query { role: arguments.role }, &call.context.app)?;
        let place = Place::read(call.id, &answer.report, arguments.cursor.as_deref())?;
        let next = match &mut answer.report.role {
            Some(role) => place.cut(&mut role.gaps)?,
            None => place.cut(&mut answer.report.roles)?,
        };
        Ok(Made::of(&answer, command::text)?.with_next(next))
    }
}
