//! `questions`: `interview --list`.

use milepost::commands::interview as command;
use milepost::error::Result;
use milepost_core::report::interview::{self, Query, Report, report};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Ask, Call, More, NEXT_CURSOR};
use crate::answer::Made;
use crate::pages::Place;

pub(super) struct Questions;

#[derive(Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(super) struct Arguments {
    /// The id or title of a path; all that the learner follows without it.
    path: Option<String>,
    /// Only those that are due for repetition.
    due: bool,
    /// Include what a strong answer covers (`look_for`). Leave it out while the learner answers.
    reveal: bool,
    /// At most this many; all of them without it, in pages.
    limit: Option<u16>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

impl Ask for Questions {
    const NAME: &'static str = "questions";
    const TITLE: &'static str = "Interview questions";
    const ABOUT: &'static str = "Interview questions in the order in which they should be asked: due for \
        repetition first, then new ones, the weakest topic first.";
    const MORE: &'static [More] = &[NEXT_CURSOR];
    type Arguments = Arguments;
    type Report = Report;

    fn run(arguments: Arguments, call: &Call<'_>) -> Result<Made> {
        let asked = interview::Questions { path: arguments.path, most: None, open: false };
        let mut answer = report(&Query::Questions(asked), &call.context.app)?;
        let questions = &mut answer.report.questions;
        questions.retain(|one| one.due || !arguments.due);
        if let Some(most) = arguments.limit.filter(|most| *most > 0) {
            questions.truncate(usize::from(most));
        }
        if !arguments.reveal {
            questions.iter_mut().for_each(|one| one.look_for = None);
        }
        let place = Place::read(call.id, &answer.report, arguments.cursor.as_deref())?;
        let next = place.cut(&mut answer.report.questions)?;
        Ok(Made::of(&answer, command::text)?.with_next(next))
    }
}
