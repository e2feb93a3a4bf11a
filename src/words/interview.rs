//! `interview` as JSON, why a question stands where it stands, and what to do next for a topic.

use milepost_core::interview::{Advice, Reason};
use milepost_core::report::interview::{
    Answered, Mode, PracticePart, QuestionPart, ReadinessPart, Refusal, Report,
};
use milepost_path::{NodeKind, Ref};
use serde::Serialize;

use super::reason::ReasonJson;
use super::{Document, no_path};
use crate::error::{Code, Error};
use crate::text::quantity;

#[derive(Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
struct Json<'a> {
    mode: Mode,
    questions: Vec<QuestionJson<'a>>,
    answered: &'a [Answered],
    unchanged: &'a [Ref],
    readiness: Vec<ReadinessJson<'a>>,
    practice: &'a [PracticePart],
}

#[derive(Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
struct QuestionJson<'a> {
    #[serde(flatten)]
    question: &'a QuestionPart,
    because: [ReasonJson; 1],
}

#[derive(Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
struct ReadinessJson<'a> {
    #[serde(flatten)]
    topic: &'a ReadinessPart,
    advice: ReasonJson,
}

impl Document for Report {
    const COMMAND: &'static str = "interview";

    fn json(&self) -> impl Serialize {
        let question = |one| QuestionJson { question: one, because: [because(one)] };
        let topic = |one| ReadinessJson { topic: one, advice: next(one) };
        Json {
            mode: self.mode,
            questions: self.questions.iter().map(question).collect(),
            answered: &self.answered,
            unchanged: &self.unchanged,
            readiness: self.readiness.iter().map(topic).collect(),
            practice: &self.practice,
        }
    }
}

super::described!(Report as Json<'static>);

fn because(question: &QuestionPart) -> ReasonJson {
    ReasonJson { code: question.because.code(), text: reason(&question.because) }
}

fn next(topic: &ReadinessPart) -> ReasonJson {
    ReasonJson { code: topic.advice.code(), text: advice(&topic.advice, &topic.path) }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let Refusal::NoQuestions { path, none, with } = refusal;
        let why = match (path, none) {
            (Some(path), _) => format!("`{path}` has no interview questions"),
            (None, Some(why)) => no_path(why).to_owned(),
            (None, None) => "no path that you follow has interview questions".to_owned(),
        };
        let error = Self::new(Code::NothingThere, why);
        match with_questions(&with, |path| format!("milepost interview {path}")) {
            None => error,
            Some(hint) => error.hint(hint),
        }
    }
}

/// Which paths have questions, and a command that works with one of them.
pub(super) fn with_questions(paths: &[String], command: fn(&str) -> String) -> Option<String> {
    let names: Vec<String> = paths.iter().map(|id| format!("`{id}`")).collect();
    let example = command(paths.first()?);
    Some(format!("these paths have some: {}; for example `{example}`", names.join(", ")))
}

/// Why a question stands where it stands.
pub(crate) fn reason(reason: &Reason) -> String {
    let known =
        |recall: f64| format!("the chance that you still know it is {}%", (recall * 100.0).floor());
    match reason {
        Reason::Due { since, recall } => {
            let since = since.map_or("today".to_owned(), |day| format!("since {day}"));
            format!("due {since}; {}", known(*recall))
        }
        Reason::New => "new; from a topic you have not finished".to_owned(),
        Reason::FinishedTopic { titles, of } => match (titles.len(), of) {
            (1, 1) => format!("new; from {}, which you finished", named(titles)),
            (n, of) => format!("new; you finished {n} of its {of} topics: {}", named(titles)),
        },
        Reason::Early { due_on, recall } => {
            format!("not due before {due_on}; {}", known(*recall))
        }
        Reason::AnsweredToday(due_on) => format!("answered today, due again on {due_on}"),
    }
}

/// The next step for an interview topic of a path.
pub(crate) fn advice(advice: &Advice, path: &str) -> String {
    let answer = |count: usize, what: &str| {
        let questions = quantity::count(count, &format!("{what} question"));
        format!("answer {questions}: `milepost interview {path}`")
    };
    match advice {
        Advice::Due(count) => answer(*count, "due"),
        Advice::New(count) => answer(*count, "new"),
        Advice::FinishTopic { reference, title, left, kind } => {
            let noun = if *kind == NodeKind::Resource { "resource" } else { "skill" };
            let left = quantity::count(*left, noun);
            format!("finish {title} first ({left} open): `milepost show {reference}`")
        }
        Advice::Prove { reference, title } => {
            format!("prove it with \"{title}\": `milepost show {reference}`")
        }
        Advice::Keep(first) => {
            let when = first.map_or(String::new(), |day| format!(" on {day}"));
            format!("keep it up: the next question is due{when}")
        }
    }
}

/// Titles in a sentence, the first two of them.
fn named(titles: &[String]) -> String {
    match titles {
        [first, second, _, ..] => format!("{first}, {second}, ..."),
        titles => titles.join(" and "),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use milepost_path::Ref;

    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
    }

    #[test]
    fn every_place_has_a_reason() {
        let finished = |titles: &[&str], of| Reason::FinishedTopic {
            titles: titles.iter().map(|title| (*title).to_owned()).collect(),
            of,
        };
        for (because, expected) in [
            (
                Reason::Due { since: Some(day(3)), recall: 0.789 },
                "due since 2026-03-03; the chance that you still know it is 78%",
            ),
            (
                Reason::Due { since: None, recall: 0.9 },
                "due today; the chance that you still know it is 90%",
            ),
            (Reason::New, "new; from a topic you have not finished"),
            (finished(&["t"], 1), "new; from t, which you finished"),
            (finished(&["t"], 2), "new; you finished 1 of its 2 topics: t"),
            (finished(&["t", "u", "v"], 3), "new; you finished 3 of its 3 topics: t, u, ..."),
            (
                Reason::Early { due_on: day(17), recall: 0.98 },
                "not due before 2026-03-17; the chance that you still know it is 98%",
            ),
            (Reason::AnsweredToday(day(11)), "answered today, due again on 2026-03-11"),
        ] {
            assert_eq!(reason(&because), expected);
        }
    }

    #[test]
    fn every_topic_has_a_next_step() {
        let finish = |kind| Advice::FinishTopic {
            reference: Ref::node("b", "v"),
            title: "V of b".to_owned(),
            left: 1,
            kind,
        };
        for (step, expected) in [
            (Advice::Due(1), "answer 1 due question: `milepost interview a`"),
            (Advice::New(3), "answer 3 new questions: `milepost interview a`"),
            (finish(NodeKind::Skill), "finish V of b first (1 skill open): `milepost show b/v`"),
            (
                finish(NodeKind::Resource),
                "finish V of b first (1 resource open): `milepost show b/v`",
            ),
            (
                Advice::Prove { reference: Ref::node("a", "m"), title: "M".to_owned() },
                "prove it with \"M\": `milepost show a/m`",
            ),
            (Advice::Keep(Some(day(12))), "keep it up: the next question is due on 2026-03-12"),
            (Advice::Keep(None), "keep it up: the next question is due"),
        ] {
            assert_eq!(advice(&step, "a"), expected);
        }
    }
}
