//! `answer`: a line of `interview --answers`.

use milepost::commands::interview as command;
use milepost::error::Result;
use milepost_core::Grade;
use milepost_core::report::interview::{Answers, Query, Report, report};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Ask, Call, Effect};
use crate::answer::Made;

pub(super) struct Answer;

#[derive(Deserialize, JsonSchema)]
pub(super) struct Arguments {
    /// The interview question: its reference, `path/question:id`, as `questions` gives it.
    question: String,
    /// How well the learner answered: `again` (not known), `hard` (in part, or with much effort),
    /// `good` (known) or `easy` (known at once). It sets the day on which it is asked again.
    grade: Grade,
}

impl Ask for Answer {
    const NAME: &'static str = "answer";
    const TITLE: &'static str = "Record how a question was answered";
    const ABOUT: &'static str = "Records the grade of the learner's answer to an interview question, today. \
        Let the learner answer before you look at what a strong answer covers (`questions` with \
        `reveal`), and let them agree to the grade.";
    const EFFECT: Effect = Effect::RecordsOnce;
    type Arguments = Arguments;
    type Report = Report;

    fn run(arguments: Arguments, call: &Call<'_>) -> Result<Made> {
        let app = &call.context.app;
        let given = vec![(arguments.question, arguments.grade)];
        let answer =
            report(&Query::Answers(Answers { given, on: app.today(), just_now: None }), app)?;
        let is_recorded = !answer.report.answered.is_empty();
        Made::of(&answer, command::text)?.recorded(is_recorded, call)
    }
}
