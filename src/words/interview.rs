//! `interview` as JSON, why a question stands where it stands, and what to do next for a topic.

use milepost_path::{NodeKind, Ref};
use serde::Serialize;

use super::Document;
use super::reason::ReasonJson;
use crate::error::{Code, Error};
use crate::model::interview::{Advice, Reason};
use crate::report::interview::{
    Answered, Mode, PracticePart, QuestionPart, ReadinessPart, Refusal, Report,
};
use crate::text::quantity;

#[derive(Serialize)]
struct Json<'a> {
    mode: Mode,
    questions: Vec<QuestionJson<'a>>,
    answered: &'a [Answered],
    unchanged: &'a [Ref],
    readiness: Vec<ReadinessJson<'a>>,
    practice: &'a [PracticePart],
}

#[derive(Serialize)]
struct QuestionJson<'a> {
    #[serde(flatten)]
    question: &'a QuestionPart,
    because: [ReasonJson; 1],
}

#[derive(Serialize)]
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

fn because(question: &QuestionPart) -> ReasonJson {
    ReasonJson { code: question.because.code(), text: reason(&question.because) }
}

fn next(topic: &ReadinessPart) -> ReasonJson {
    ReasonJson { code: topic.advice.code(), text: advice(&topic.advice, &topic.path) }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let Refusal::NoQuestions { path, follows, with } = refusal;
        let why = match path {
            Some(path) => format!("`{path}` has no interview questions"),
            None if follows => "no path that you follow has interview questions".to_owned(),
            None => "you follow no path yet".to_owned(),
        };
        let error = Self::new(Code::NothingThere, why);
        let names: Vec<String> = with.iter().map(|id| format!("`{id}`")).collect();
        match names.as_slice() {
            [] => error,
            names => error.hint(format!(
                "these have some: {}; `milepost interview PATH` asks them",
                names.join(", ")
            )),
        }
    }
}

/// Why a question stands where it stands.
pub fn reason(reason: &Reason) -> String {
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
pub fn advice(advice: &Advice, path: &str) -> String {
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
