//! `assess AREA --level N`.

use milepost::commands::assess as command;
use milepost::error::Result;
use milepost_core::Annotation;
use milepost_core::report::assess::{Given, Query, Report, report};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Ask, Call, Effect};
use crate::answer::Made;

pub(super) struct Assess;

#[derive(Deserialize, JsonSchema)]
pub(super) struct Arguments {
    /// The id or title of the skill area, as `roles` names it.
    area: String,
    /// The level: 0 none, 1 foundation, 2 working, 3 advanced, 4 expert. A level counts only where the
    /// statements of all levels up to it are true.
    level: u8,
    /// What shows it: addresses, files or commits.
    #[serde(default)]
    evidence: Vec<String>,
}

impl Ask for Assess {
    const NAME: &'static str = "assess";
    const TITLE: &'static str = "Record the level of a skill area";
    const ABOUT: &'static str = "Records the learner's own assessment of a skill area, today. The level is \
        the learner's word, not yours: go through the statements with them first, which `roles` has for \
        each gap of a role.";
    const EFFECT: Effect = Effect::RecordsOnce;
    type Arguments = Arguments;
    type Report = Report;

    fn run(arguments: Arguments, call: &Call<'_>) -> Result<Made> {
        let app = &call.context.app;
        let Arguments { area, level, evidence } = arguments;
        let remark = Annotation { note: None, evidence };
        let query = Query {
            area: Some(area.clone()),
            given: vec![Given { area, level, remark }],
            on: app.today(),
            ..Query::default()
        };
        let mut answer = report(&query, app)?;
        for said in answer.report.areas.iter_mut().flat_map(|area| &mut area.history) {
            // Notes are shown only to a caller that asks for them.
            said.note = None;
        }
        let is_recorded = !answer.report.changed.is_empty();
        Made::of(&answer, command::text)?.recorded(is_recorded, call)
    }
}
