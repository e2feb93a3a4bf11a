//! The dashboard as JSON, and what it suggests.

use milepost_core::report::dashboard::{Report, Step, Suggestion};
use serde::Serialize;

use super::Document;
use super::reason::{self, ReasonJson};

#[derive(Serialize)]
struct Json<'a> {
    #[serde(flatten)]
    report: &'a Report,
    next: Vec<StepJson<'a>>,
    suggestion: Option<ReasonJson>,
}

#[derive(Serialize)]
struct StepJson<'a> {
    #[serde(flatten)]
    step: &'a Step,
    because: Vec<ReasonJson>,
}

impl Document for Report {
    const COMMAND: &'static str = "dashboard";

    fn json(&self) -> impl Serialize {
        let step = |step| StepJson { step, because: reason::json(&step.because) };
        let suggestion = self
            .suggestion
            .map(|one| ReasonJson { code: one.as_str(), text: suggestion(one).to_owned() });
        Json { report: self, next: self.next.iter().map(step).collect(), suggestion }
    }
}

/// What is suggested, as a sentence.
pub(crate) fn suggestion(suggestion: Suggestion) -> &'static str {
    match suggestion {
        Suggestion::Assess => "How far have you come? `milepost assess` asks, area by area.",
        Suggestion::Roles => {
            "Which role fits you? `milepost roles` compares your levels with each."
        }
        Suggestion::Interview => {
            "A stage is done: `milepost interview` asks what an interviewer would."
        }
    }
}
