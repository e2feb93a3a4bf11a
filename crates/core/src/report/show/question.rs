//! An interview question in full: what a strong answer covers, the answers so far, when it is due.

use chrono::NaiveDate;
use milepost_path::{PathQuestion, Ref};
use serde::Serialize;

use crate::model::interview::memory;
use crate::model::learner::Learner;
use crate::model::standing::Answer;

/// An interview question.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct QuestionReport {
    /// Its reference.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// The word for what it is.
    pub kind: &'static str,
    /// The question.
    pub title: String,
    /// The id of its path.
    pub path: String,
    /// The id of its interview topic.
    pub topic: String,
    /// The title of its interview topic.
    pub topic_title: String,
    /// The topics of the path that it exercises.
    pub exercises: Vec<Ref>,
    /// What a strong answer covers.
    pub look_for: Option<String>,
    /// Oldest first.
    pub answers: Vec<Answer>,
    /// The day on which it is to be asked; `None` if it was never asked.
    pub due_on: Option<NaiveDate>,
    /// Whether that day has come.
    pub due: bool,
}

impl QuestionReport {
    pub(super) fn of(asked: &PathQuestion<'_>, view: &Learner<'_>, today: NaiveDate) -> Self {
        let memory = memory(asked, view);
        let path = &asked.roadmap.id;
        Self {
            reference: asked.reference(),
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
        }
    }
}
