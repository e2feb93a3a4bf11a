//! An interview question in full: what a strong answer covers, the answers so far, when it is due.

use chrono::NaiveDate;
use serde::Serialize;

use crate::error::Result;
use crate::model::interview::memory;
use crate::model::roadmap::{Asked, Ref};
use crate::model::standing::Answer;
use crate::model::view::View;
use crate::output::{Output, Screen};
use crate::text::{safe, width};

#[derive(Serialize)]
struct Report {
    #[serde(rename = "ref")]
    reference: Ref,
    kind: &'static str,
    /// The question.
    title: String,
    path: String,
    /// The id of its interview topic.
    topic: String,
    topic_title: String,
    /// The topics of the path that it exercises.
    exercises: Vec<Ref>,
    look_for: Option<String>,
    /// Oldest first.
    answers: Vec<Answer>,
    due_on: Option<NaiveDate>,
    due: bool,
}

/// Answers with a question.
pub(super) fn show(
    asked: &Asked<'_>,
    view: &View<'_>,
    today: NaiveDate,
    out: &mut Output<'_, '_>,
) -> Result<()> {
    let memory = memory(asked, view);
    let reference = asked.reference();
    let path = &asked.roadmap.id;
    let report = Report {
        kind: "question",
        title: asked.question.ask.clone(),
        path: path.clone(),
        topic: asked.topic.id.clone(),
        topic_title: asked.topic.title.clone(),
        exercises: asked.topic.topics.iter().map(|id| Ref::node(path, id)).collect(),
        look_for: asked.question.look_for.clone(),
        answers: view.answers(asked),
        due_on: memory.map(|memory| memory.due_on),
        due: memory.is_some_and(|memory| memory.is_due(today)),
        reference,
    };
    out.report("show", &report, text)
}

fn text(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let columns = screen.text_width();
    let title = paint.heading(&safe::line(&report.title));
    let head = format!("{title} {}", paint.dim(report.reference.as_str()));
    let mut text = width::wrap_indented("", "  ", &head, columns) + "\n";
    let mut line = |label: &str, value: &str| {
        let first = format!("{label:<11}");
        text.push_str(&width::wrap_indented(&first, &" ".repeat(11), value, columns));
    };
    line("topic", &safe::line(&report.topic_title));
    let exercises: Vec<&str> = report.exercises.iter().map(Ref::as_str).collect();
    line("exercises", &exercises.join(", "));
    line(
        "due",
        &match report.due_on {
            None => "when you like: it was never asked".to_owned(),
            Some(day) if report.due => format!("since {day}"),
            Some(day) => format!("on {day}"),
        },
    );
    if let Some(look_for) = &report.look_for {
        text.push_str(&format!("\n{}\n", paint.heading("A strong answer covers")));
        text.push_str(&width::wrap_indented("  ", "  ", &safe::line(look_for), columns));
    }
    if !report.answers.is_empty() {
        text.push_str(&format!("\n{}\n", paint.heading("Answers")));
        let answers = report.answers.iter();
        text.extend(answers.map(|one| format!("  {}  {}\n", one.on, one.grade.as_str())));
    }
    text
}
