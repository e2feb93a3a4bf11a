//! `undo`, of what an assistant did.

use milepost::commands::undo as command;
use milepost::error::Result;
use milepost_core::report::undo::{Query, Report, report};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Ask, Call, Effect};
use crate::answer::Made;

pub(super) struct Undo;

#[derive(Deserialize, JsonSchema)]
pub(super) struct Arguments {}

impl Ask for Undo {
    const NAME: &'static str = "undo";
    const TITLE: &'static str = "Undo the last change by an assistant";
    const ABOUT: &'static str = "Takes back all that the newest call of an assistant, you or \
        another, recorded; never what the learner recorded. Call it again for the call before.";
    const EFFECT: Effect = Effect::TakesBack;
    type Arguments = Arguments;
    type Report = Report;

    fn run(_: Arguments, call: &Call<'_>) -> Result<Made> {
        let answer = report(&Query::default(), &call.context.app)?;
        let is_recorded = !answer.report.0.changes.changed.is_empty();
        let text = |report: &Report, screen: &_| command::text(&report.0, false, screen);
        let mut made = Made::of(&answer, text)?;
        if !is_recorded {
            made.hint("nothing is left that an assistant recorded; `milepost undo` takes back what you did");
        }
        made.recorded(is_recorded, call)
    }
}
