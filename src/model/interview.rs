//! Interview practice: what is remembered of a question, which one is asked next and why.
//! [`readiness()`] sums it up by interview topic.
//!
//! Nothing is kept but the answers. When a question is due follows from them by FSRS-6, the Free
//! Spaced Repetition Scheduler of Open Spaced Repetition, as the crate [`fsrs`] has it, with its
//! default parameters: the answers are replayed by day, so that the same answers give the same day
//! in whatever order they were recorded. Time is counted in days, and nothing is drawn by chance.

mod readiness;

use chrono::{Days, NaiveDate};
use fsrs::{FSRS, FSRS6_DEFAULT_DECAY, FSRSItem, FSRSReview, MemoryState};
use serde::Serialize;

use super::event::Grade;
use super::roadmap::{Asked, InterviewTopic, Node, Roadmap};
use super::standing::Answer;
use super::view::View;
pub use readiness::{Readiness, readiness};

/// A question is due when the chance to recall the answer has fallen to this.
const RETENTION: f32 = 0.9;
/// How long the answer to a question takes, in minutes.
pub const MINUTES: usize = 3;

/// What is remembered of a question that was answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Memory {
    state: MemoryState,
    /// The newest answer; of several on a day the one that was recorded last.
    pub last: Answer,
    /// How often it was answered.
    pub times: usize,
    /// The day on which it is to be asked again, at the earliest the one after the last answer.
    pub due_on: NaiveDate,
}

impl Memory {
    /// What is remembered after some answers; none without an answer.
    pub fn of(answers: &[Answer]) -> Option<Self> {
        let mut answers = answers.to_vec();
        // Stable: on one day in the order in which they were recorded.
        answers.sort_by_key(|answer| answer.on);
        let last = *answers.last()?;
        let days = |from: NaiveDate, to: NaiveDate| {
            u32::try_from(to.signed_duration_since(from).num_days()).unwrap_or(0)
        };
        let before = answers.first().into_iter().chain(&answers);
        let reviews = before.zip(&answers).map(|(before, answer)| FSRSReview {
            rating: rating(answer.grade),
            delta_t: days(before.on, answer.on),
        });
        let fsrs = FSRS::default();
        let state = fsrs.memory_state(FSRSItem { reviews: reviews.collect() }, None).ok()?;
        let interval = fsrs.next_interval(Some(state.stability), RETENTION, rating(last.grade));
        let interval = Days::new(interval.round().max(1.0) as u64);
        let due_on = last.on.checked_add_days(interval).unwrap_or(NaiveDate::MAX);
        Some(Self { state, last, times: answers.len(), due_on })
    }

    /// The days in which the chance to recall the answer falls to 90 %.
    pub fn stability(&self) -> f64 {
        f64::from(self.state.stability)
    }

    /// The chance to recall the answer on a day, 0 to 1.
    pub fn recall(&self, on: NaiveDate) -> f64 {
        let days = on.signed_duration_since(self.last.on).num_days().max(0);
        f64::from(fsrs::current_retrievability(self.state, days as f32, FSRS6_DEFAULT_DECAY))
    }

    /// Whether it is to be asked again.
    pub fn is_due(&self, today: NaiveDate) -> bool {
        self.due_on <= today
    }
}

fn rating(grade: Grade) -> u32 {
    match grade {
        Grade::Again => 1,
        Grade::Hard => 2,
        Grade::Good => 3,
        Grade::Easy => 4,
    }
}

/// What is remembered of a question.
pub fn memory(asked: &Asked<'_>, view: &View<'_>) -> Option<Memory> {
    Memory::of(&view.answers(asked))
}

/// How many questions of some paths are due. Answers to questions that no path has count nothing.
pub fn due(view: &View<'_>, paths: &[&Roadmap], today: NaiveDate) -> usize {
    // Most often nothing was ever answered.
    if view.standing.answered().is_empty() {
        return 0;
    }
    let questions = paths.iter().flat_map(|roadmap| roadmap.questions());
    let is_due = |asked: &Asked<'_>| memory(asked, view).is_some_and(|one| one.is_due(today));
    questions.filter(is_due).count()
}

/// Why a question stands where it stands, or a step comes next: a stable code, and a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Because {
    /// The code.
    pub code: &'static str,
    /// The sentence.
    pub text: String,
}

/// A question that could be asked.
#[derive(Debug, Clone)]
pub struct Candidate<'a> {
    /// The question.
    pub asked: Asked<'a>,
    /// What is remembered of it; none where it was never answered.
    pub memory: Option<Memory>,
    /// Why it stands where it stands.
    pub because: Because,
    /// Whether a session asks it: all but those that were answered today and are not due.
    pub is_open: bool,
}

/// Where a question stands: a group, and in it two numbers, the least first.
type Place = (u8, f64, f64);

/// All questions of some paths in the order in which they are asked.
///
/// First what is due, least expected recall first. Then what was never answered and exercises a
/// finished topic, that of the weakest interview topic first: weak is the mean recall over its
/// questions, where one that was never answered counts 0 and each that is asked before this one
/// counts 1, so that the topics take turns; of equals the one of which a larger share of topics is
/// finished. Then what was never answered and exercises none, then what is not due yet, least
/// recall first, and last what was answered today. Of equals, the order of the files.
pub fn order<'a>(view: &View<'_>, paths: &[&'a Roadmap], today: NaiveDate) -> Vec<Candidate<'a>> {
    let mut found: Vec<(Place, Candidate<'a>)> = Vec::new();
    for roadmap in paths {
        for topic in &roadmap.interview {
            found.extend(of_topic(view, roadmap, topic, today));
        }
    }
    // Stable, so that equals keep the order of the files.
    found.sort_by(|(a, _), (b, _)| {
        a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.total_cmp(&b.2))
    });
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

fn of_topic<'a>(
    view: &View<'_>,
    roadmap: &'a Roadmap,
    topic: &'a InterviewTopic,
    today: NaiveDate,
) -> Vec<(Place, Candidate<'a>)> {
    let finished = finished(view, roadmap, topic);
    let share = finished.len() as f64 / topic.topics.len().max(1) as f64;
    let asked = topic.questions.iter().map(|question| Asked { roadmap, topic, question });
    let asked: Vec<_> = asked.map(|asked| (asked, memory(&asked, view))).collect();
    let recalls = asked.iter().filter_map(|(_, memory)| memory.map(|one| one.recall(today)));
    let mut recall = recalls.fold(0.0, |sum, one| sum + one);
    let mut places = Vec::with_capacity(asked.len());
    for (asked, memory) in asked {
        let (place, code, text) = match &memory {
            Some(memory) => of_answered(memory, today),
            None if finished.is_empty() => {
                let text = "never asked, and no topic that it exercises is finished";
                ((2, 0.0, 0.0), "new", text.to_owned())
            }
            None => {
                let mean = recall / topic.questions.len().max(1) as f64;
                recall += 1.0;
                let (titles, of) = (named(&finished), topic.topics.len());
                let text = match (finished.len(), of) {
                    (1, 1) => format!("never asked; exercises {titles}, which is finished"),
                    (n, of) => format!(
                        "never asked; of the {of} topics that it exercises {n} {} finished: {titles}",
                        if n == 1 { "is" } else { "are" },
                    ),
                };
                ((1, mean, -share), "finished-topic", text)
            }
        };
        let is_open = memory.is_none_or(|memory| memory.is_due(today) || memory.last.on < today);
        let because = Because { code, text };
        places.push((place, Candidate { asked, memory, because, is_open }));
    }
    places
}

fn of_answered(memory: &Memory, today: NaiveDate) -> (Place, &'static str, String) {
    let recall = memory.recall(today);
    let percent = (recall * 100.0).floor();
    let due_on = memory.due_on;
    if memory.is_due(today) {
        let since = if due_on == today { "today".to_owned() } else { format!("since {due_on}") };
        let text = format!("due {since}; the chance that you still know it is {percent} %");
        ((0, recall, 0.0), "due", text)
    } else if memory.last.on < today {
        let text =
            format!("not due before {due_on}; the chance that you still know it is {percent} %");
        ((3, recall, 0.0), "early", text)
    } else {
        let text = format!("answered today, due again on {due_on}");
        ((4, recall, 0.0), "answered-today", text)
    }
}

/// The finished ones of the topics that an interview topic exercises.
fn finished<'a>(view: &View<'_>, roadmap: &'a Roadmap, topic: &InterviewTopic) -> Vec<Node<'a>> {
    let mut topics = exercised(roadmap, topic);
    topics.retain(|node| view.is_finished(node));
    topics
}

/// The topics that an interview topic exercises.
fn exercised<'a>(roadmap: &'a Roadmap, topic: &InterviewTopic) -> Vec<Node<'a>> {
    topic.topics.iter().filter_map(|id| roadmap.node(id)).collect()
}

/// Titles in a sentence, the first two of them.
fn named(nodes: &[Node<'_>]) -> String {
    let titles: Vec<&str> = nodes.iter().take(2).map(Node::title).collect();
    let more = if nodes.len() > titles.len() { ", ..." } else { "" };
    let between = if more.is_empty() { " and " } else { ", " };
    titles.join(between) + more
}

#[cfg(test)]
mod tests;
