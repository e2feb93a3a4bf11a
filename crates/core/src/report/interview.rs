//! Interview practice: questions in the order in which they are asked, answers to record, how ready
//! the learner is, and mock interviews.

use chrono::NaiveDate;
use milepost_path::{PathQuestion, Practice, Ref, Roadmap};
use serde::Serialize;

use super::{Answer, App, Named, NoPath, Result, aim, references};
use crate::catalog::reference::named;
use crate::model::amounts::two_decimals;
use crate::model::event::{EventKind, Grade, NewEvent};
use crate::model::interview::{self, Advice, Candidate, Memory, Readiness, Reason};
use crate::model::learner::{Learner, question_places};
use crate::model::progress::Count;
use crate::model::standing::{Answer as Given, Standing};
use crate::store::Stamp;

/// What is asked.
#[derive(Debug, Clone)]
pub enum Query {
    /// The questions in the order in which they are asked.
    Questions(Questions),
    /// How ready the learner is for the interview topics of a path; of the followed ones without one.
    Readiness(Option<String>),
    /// The mock interviews, or the one with this id or title.
    Practice(Option<String>),
    /// Answers are recorded.
    Answers(Answers),
}

/// Which questions.
#[derive(Debug, Clone, Default)]
pub struct Questions {
    /// The path; the followed ones without one.
    pub path: Option<String>,
    /// At most this many; all without a number.
    pub most: Option<usize>,
    /// Only those that a session asks: all but what was answered today and is not due.
    pub open: bool,
}

/// Answers to record in one transaction.
#[derive(Debug, Clone)]
pub struct Answers {
    /// The questions, by their references, with the grades.
    pub given: Vec<(String, Grade)>,
    /// The day that they are for.
    pub on: NaiveDate,
    /// When they were given, in a session: each is a new answer. Without this, what was recorded for
    /// that day with that grade is not recorded twice.
    pub just_now: Option<Stamp>,
}

/// Why there are no questions.
#[derive(Debug)]
pub enum Refusal {
    /// The paths have none.
    NoQuestions {
        /// The path, as it was named; `None` if it is about the followed ones.
        path: Option<String>,
        /// Why there is none to look into, where none is named.
        none: Option<NoPath>,
        /// The ids of the paths that have some.
        with: Vec<String>,
    },
}

/// What a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// The answers of a session.
    Session,
    /// Answers that were given elsewhere.
    Answers,
    /// Questions.
    List,
    /// How ready the learner is.
    Readiness,
    /// Mock interviews.
    Practice,
}

/// Questions, answers, readiness or mock interviews.
#[derive(Debug)]
pub struct Report {
    /// Which of them.
    pub mode: Mode,
    /// The questions of a list.
    pub questions: Vec<QuestionPart>,
    /// What was recorded.
    pub answered: Vec<Answered>,
    /// The questions whose answer was recorded before.
    pub unchanged: Vec<Ref>,
    /// How ready the learner is for each interview topic.
    pub readiness: Vec<ReadinessPart>,
    /// Mock interviews.
    pub practice: Vec<PracticePart>,
    /// No other path could have the id of a listed question.
    pub of_one_path: bool,
}

/// A question.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct QuestionPart {
    /// Its reference.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// The id of its path.
    pub path: String,
    /// The id of its interview topic.
    pub topic: String,
    /// The title of its interview topic.
    #[serde(skip)]
    pub topic_title: String,
    /// What is asked.
    pub title: String,
    /// What a strong answer covers.
    pub look_for: Option<String>,
    /// How often it was answered.
    pub times: usize,
    /// The last grade.
    pub grade: Option<Grade>,
    /// The day of the last answer.
    pub last_on: Option<NaiveDate>,
    /// The day on which it is due.
    pub due_on: Option<NaiveDate>,
    /// Whether it is due.
    pub due: bool,
    /// The days in which the chance to recall the answer falls to 90%.
    pub stability: Option<f64>,
    /// The chance to recall the answer today, 0 to 1.
    pub recall: Option<f64>,
    /// Why it stands where it stands.
    #[serde(skip)]
    pub because: Reason,
}

/// An answer that was recorded.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Answered {
    /// The question.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// What is asked.
    pub title: String,
    /// The grade.
    pub grade: Grade,
    /// The day that it is for.
    pub on: NaiveDate,
    /// The day on which the question is due again.
    pub due_on: Option<NaiveDate>,
    /// How often it was answered by now.
    pub times: usize,
}

/// How ready the learner is for an interview topic.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct ReadinessPart {
    /// The id of the path.
    pub path: String,
    /// The id of the interview topic.
    pub topic: String,
    /// Its title.
    pub title: String,
    /// 0 to 100.
    pub percent: f64,
    /// Expected today, 0 to 1.
    pub recall: f64,
    /// The skills of the topics that it exercises.
    pub skills: Count,
    /// The milestones that prove them.
    pub milestones: Count,
    /// How many questions it has.
    pub questions: usize,
    /// How many of them were answered.
    pub answered: usize,
    /// How many of them are due.
    pub due: usize,
    /// Questions by their last grade.
    pub grades: Grades,
    /// The day of the newest answer.
    pub last_on: Option<NaiveDate>,
    /// The most useful next step.
    #[serde(skip)]
    pub advice: Advice,
    /// The day that it is for.
    #[serde(skip)]
    pub today: NaiveDate,
}

/// Questions by their last grade.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Grades {
    /// Not known.
    pub again: usize,
    /// Known with effort.
    pub hard: usize,
    /// Known.
    pub good: usize,
    /// Known without effort.
    pub easy: usize,
}

/// A mock interview.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct PracticePart {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its time limit, in minutes.
    pub minutes: u16,
    /// The task.
    pub task: String,
    /// What a good answer has.
    pub criteria: Vec<String>,
}

impl Report {
    /// A report with nothing in it.
    pub fn of(mode: Mode) -> Self {
        Self {
            mode,
            questions: Vec::new(),
            answered: Vec::new(),
            unchanged: Vec::new(),
            readiness: Vec::new(),
            practice: Vec::new(),
            of_one_path: false,
        }
    }
}

/// Reports on questions, readiness or mock interviews, or records answers.
///
/// # Errors
/// A path, question or mock interview is unknown, there are no questions, or the record cannot be
/// read or written.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let report = match query {
        Query::Questions(query) => questions(query, app)?,
        Query::Readiness(path) => {
            let standing = app.standing()?;
            let view = Learner { shelf: app.catalog(), standing: &standing };
            let paths = with_questions(path.as_deref(), &standing, app)?;
            let readiness = interview::readiness(&view, &paths, app.today()).into_iter();
            let readiness = readiness.map(|one| ReadinessPart::new(one, app.today())).collect();
            Report { readiness, ..Report::of(Mode::Readiness) }
        }
        Query::Practice(id) => {
            Report { practice: practice(id.as_deref(), app)?, ..Report::of(Mode::Practice) }
        }
        Query::Answers(answers) => record(answers, app)?,
    };
    Ok(app.answer(report))
}

/// The questions in the order in which they are asked, for a list or a session.
///
/// # Errors
/// The path is unknown, there are no questions, or the record cannot be read.
pub fn questions(query: &Questions, app: &App) -> Result<Report> {
    let standing = app.standing()?;
    let view = Learner { shelf: app.catalog(), standing: &standing };
    let paths = with_questions(query.path.as_deref(), &standing, app)?;
    let mut candidates = interview::order(&view, &paths, app.today());
    candidates.retain(|one| one.is_open || !query.open);
    candidates.truncate(query.most.unwrap_or(usize::MAX));
    let questions = candidates.into_iter().map(|one| QuestionPart::new(one, app.today())).collect();
    let of_one_path = paths.iter().filter(|path| has_questions(path)).count() == 1;
    Ok(Report { questions, of_one_path, ..Report::of(Mode::List) })
}

/// Records answers, for a file of them or a session.
///
/// # Errors
/// A question is unknown, or the record cannot be read or written; then nothing was recorded.
pub fn record(answers: &Answers, app: &App) -> Result<Report> {
    let mut report = Report::of(Mode::Answers);
    if answers.given.is_empty() {
        return Ok(report);
    }
    let followed = app.followed_ids()?;
    let followed: Vec<&str> = followed.iter().map(String::as_str).collect();
    let asked = answers.given.iter().map(|(text, _)| references::question(text, &followed, app));
    let asked = asked.collect::<Result<Vec<PathQuestion<'_>>>>()?;
    let mut store = app.store_to_write()?;
    let mut writing = store.write(answers.just_now.unwrap_or(app.stamp))?;
    let catalog = app.catalog();
    let places: Vec<Ref> = asked.iter().flat_map(|asked| question_places(catalog, asked)).collect();
    let standing = writing.reading().standing_of(&places)?;
    let view = Learner { shelf: catalog, standing: &standing };
    for (asked, (_, grade)) in asked.iter().zip(&answers.given) {
        let mut all = view.answers(asked);
        let answer = Given { on: answers.on, grade: *grade };
        if answers.just_now.is_none() && all.contains(&answer) {
            report.unchanged.push(asked.reference());
            continue;
        }
        let title = Some(asked.question.ask.clone());
        let fact = EventKind::Answered { grade: *grade };
        writing.append(NewEvent { subject: asked.reference(), title, fact }, answers.on)?;
        all.push(answer);
        report.answered.push(Answered::new(asked, answer, &all));
    }
    if report.answered.is_empty() {
        drop(writing);
    } else {
        app.commit(writing)?;
    }
    Ok(report)
}

/// The mock interviews, or the one that was named.
fn practice(id: Option<&str>, app: &App) -> Result<Vec<PracticePart>> {
    let all = &aim::career(app)?.practice;
    let Some(id) = id else {
        return Ok(all.iter().map(PracticePart::new).collect());
    };
    let names = all.iter().map(|one| (one.id.as_str(), one.title.as_str()));
    match named(id, names).and_then(|at| all.get(at)) {
        Some(one) => Ok(vec![PracticePart::new(one)]),
        None => {
            let known = all.iter().map(|one| one.id.as_str());
            Err(super::Refusal::unknown(Named::Practice, id, known).into())
        }
    }
}

/// The paths that were chosen, of which at least one has questions.
fn with_questions<'a>(
    named: Option<&str>,
    standing: &Standing,
    app: &'a App,
) -> Result<Vec<&'a Roadmap>> {
    let paths = app.chosen(named, standing)?;
    if paths.iter().any(|path| has_questions(path)) {
        return Ok(paths);
    }
    let path = named.map(str::to_owned);
    let none = paths.is_empty().then(|| app.no_path(standing));
    let with = ids_with_questions(app);
    Err(super::Refusal::Interview(Refusal::NoQuestions { path, none, with }).into())
}

/// The ids of the paths that have questions.
pub(super) fn ids_with_questions(app: &App) -> Vec<String> {
    let all = app.catalog().all().into_iter().map(|(path, _)| path);
    all.filter(|path| has_questions(path)).map(|path| path.id.clone()).collect()
}

fn has_questions(path: &Roadmap) -> bool {
    path.questions().next().is_some()
}

impl Answered {
    /// An answer, the last one of all.
    fn new(asked: &PathQuestion<'_>, answer: Given, all: &[Given]) -> Self {
        Self {
            reference: asked.reference(),
            title: asked.question.ask.clone(),
            grade: answer.grade,
            on: answer.on,
            due_on: Memory::of(all).map(|memory| memory.due_on),
            times: all.len(),
        }
    }
}

impl QuestionPart {
    fn new(candidate: Candidate<'_>, today: NaiveDate) -> Self {
        let Candidate { asked, memory, because, .. } = candidate;
        let memory = memory.as_ref();
        Self {
            reference: asked.reference(),
            path: asked.roadmap.id.clone(),
            topic: asked.topic.id.clone(),
            topic_title: asked.topic.title.clone(),
            title: asked.question.ask.clone(),
            look_for: asked.question.look_for.clone(),
            times: memory.map_or(0, |memory| memory.times),
            grade: memory.map(|memory| memory.last.grade),
            last_on: memory.map(|memory| memory.last.on),
            due_on: memory.map(|memory| memory.due_on),
            due: memory.is_some_and(|memory| memory.is_due(today)),
            stability: memory.map(|memory| two_decimals(memory.stability())),
            recall: memory.map(|memory| two_decimals(memory.recall(today))),
            because,
        }
    }
}

impl ReadinessPart {
    fn new(one: Readiness<'_>, today: NaiveDate) -> Self {
        let [again, hard, good, easy] = one.grades;
        Self {
            path: one.roadmap.id.clone(),
            topic: one.topic.id.clone(),
            title: one.topic.title.clone(),
            percent: one.percent,
            recall: two_decimals(one.recall),
            skills: one.skills,
            milestones: one.milestones,
            questions: one.topic.questions.len(),
            answered: one.answered,
            due: one.due,
            grades: Grades { again, hard, good, easy },
            last_on: one.last_on,
            advice: one.advice,
            today,
        }
    }
}

impl PracticePart {
    fn new(practice: &Practice) -> Self {
        Self {
            id: practice.id.clone(),
            title: practice.title.clone(),
            minutes: practice.minutes,
            task: practice.task.clone(),
            criteria: practice.criteria.clone(),
        }
    }
}

#[cfg(test)]
mod tests;
