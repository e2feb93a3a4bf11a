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
use milepost_path::{InterviewTopic, Node, PathQuestion, Roadmap, sort};

use super::event::Grade;
use super::learner::Learner;
use super::standing::Answer;
pub use readiness::Advice;
pub(crate) use readiness::{Readiness, readiness};

/// A question is due when the chance to recall the answer has fallen to this.
const RETENTION: f32 = 0.9;
/// How long the answer to a question takes, in minutes.
pub(crate) const MINUTES: usize = 3;

/// What is remembered of a question that was answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Memory {
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
    pub(crate) fn of(answers: &[Answer]) -> Option<Self> {
        let mut answers = answers.to_vec();
        // Stable: on one day in the order in which they were recorded.
        sort::by_key(&mut answers, |answer| answer.on);
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

    /// The days in which the chance to recall the answer falls to 90%.
    pub(crate) fn stability(&self) -> f64 {
        f64::from(self.state.stability)
    }

    /// The chance to recall the answer on a day, 0 to 1.
    pub(crate) fn recall(&self, on: NaiveDate) -> f64 {
        let days = on.signed_duration_since(self.last.on).num_days().max(0);
        f64::from(fsrs::current_retrievability(self.state, days as f32, FSRS6_DEFAULT_DECAY))
    }

    /// Whether it is to be asked again.
    pub(crate) fn is_due(&self, today: NaiveDate) -> bool {
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
pub(crate) fn memory(asked: &PathQuestion<'_>, view: &Learner<'_>) -> Option<Memory> {
    Memory::of(&view.answers(asked))
}

/// How many questions of some paths are due. Answers to questions that no path has count nothing.
pub(crate) fn due(view: &Learner<'_>, paths: &[&Roadmap], today: NaiveDate) -> usize {
    // Most often nothing was ever answered.
    if view.standing.all().answered().is_empty() {
        return 0;
    }
    let questions = paths.iter().flat_map(|roadmap| roadmap.questions());
    let is_due =
        |asked: &PathQuestion<'_>| memory(asked, view).is_some_and(|one| one.is_due(today));
    questions.filter(is_due).count()
}

/// Why a question stands where it stands. Recall is the chance to recall the answer today, 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// It is due.
    Due {
        /// Since when, if not since today.
        since: Option<NaiveDate>,
        /// The chance to recall the answer.
        recall: f64,
    },
    /// It was never asked, and exercises finished topics.
    FinishedTopic {
        /// The titles of the finished topics that it exercises.
        titles: Vec<String>,
        /// How many topics it exercises.
        of: usize,
    },
    /// It was never asked, and exercises no finished topic.
    New,
    /// It is not due yet.
    Early {
        /// The day on which it is.
        due_on: NaiveDate,
        /// The chance to recall the answer.
        recall: f64,
    },
    /// It was answered today, and is due again on this day.
    AnsweredToday(NaiveDate),
}

impl Reason {
    /// The code, which is stable.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Due { .. } => "due",
            Self::FinishedTopic { .. } => "finished-topic",
            Self::New => "new",
            Self::Early { .. } => "early",
            Self::AnsweredToday(_) => "answered-today",
        }
    }
}

/// A question that could be asked.
#[derive(Debug, Clone)]
pub(crate) struct Candidate<'a> {
    /// The question.
    pub asked: PathQuestion<'a>,
    /// What is remembered of it; `None` if it was never answered.
    pub memory: Option<Memory>,
    /// Why it stands where it stands.
    pub because: Reason,
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
pub(crate) fn order<'a>(
    view: &Learner<'_>,
    paths: &[&'a Roadmap],
    today: NaiveDate,
) -> Vec<Candidate<'a>> {
    let mut found: Vec<(Place, Candidate<'a>)> = Vec::new();
    for roadmap in paths {
        for topic in &roadmap.interview {
            found.extend(of_topic(view, roadmap, topic, today));
        }
    }
    // Stable, so that equals keep the order of the files.
    sort::by(&mut found, |(a, _), (b, _)| {
        a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.total_cmp(&b.2))
    });
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

fn of_topic<'a>(
    view: &Learner<'_>,
    roadmap: &'a Roadmap,
    topic: &'a InterviewTopic,
    today: NaiveDate,
) -> Vec<(Place, Candidate<'a>)> {
    let finished = finished(view, roadmap, topic);
    let share = finished.len() as f64 / topic.topics.len().max(1) as f64;
    let asked = topic.questions.iter().map(|question| PathQuestion { roadmap, topic, question });
    let asked: Vec<_> = asked.map(|asked| (asked, memory(&asked, view))).collect();
    let recalls = asked.iter().filter_map(|(_, memory)| memory.map(|one| one.recall(today)));
    let mut recall = recalls.fold(0.0, |sum, one| sum + one);
    let mut places = Vec::with_capacity(asked.len());
    for (asked, memory) in asked {
        let (place, because) = match &memory {
            Some(memory) => of_answered(memory, today),
            None if finished.is_empty() => ((2, 0.0, 0.0), Reason::New),
            None => {
                let mean = recall / topic.questions.len().max(1) as f64;
                recall += 1.0;
                let titles = finished.iter().map(|node| node.title().to_owned()).collect();
                let of = topic.topics.len();
                ((1, mean, -share), Reason::FinishedTopic { titles, of })
            }
        };
        let is_open = memory.is_none_or(|memory| memory.is_due(today) || memory.last.on < today);
        places.push((place, Candidate { asked, memory, because, is_open }));
    }
    places
}

fn of_answered(memory: &Memory, today: NaiveDate) -> (Place, Reason) {
    let recall = memory.recall(today);
    let due_on = memory.due_on;
    if memory.is_due(today) {
        let since = (due_on != today).then_some(due_on);
        ((0, recall, 0.0), Reason::Due { since, recall })
    } else if memory.last.on < today {
        ((3, recall, 0.0), Reason::Early { due_on, recall })
    } else {
        ((4, recall, 0.0), Reason::AnsweredToday(due_on))
    }
}

/// The finished ones of the topics that an interview topic exercises.
fn finished<'a>(view: &Learner<'_>, roadmap: &'a Roadmap, topic: &InterviewTopic) -> Vec<Node<'a>> {
    let mut topics = exercised(roadmap, topic);
    topics.retain(|node| view.is_finished(node));
    topics
}

/// The topics that an interview topic exercises.
fn exercised<'a>(roadmap: &'a Roadmap, topic: &InterviewTopic) -> Vec<Node<'a>> {
    topic.topics.iter().filter_map(|id| roadmap.node(id)).collect()
}

#[cfg(test)]
mod tests;
