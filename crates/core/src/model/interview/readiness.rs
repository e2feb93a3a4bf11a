//! How ready one is for the questions of an interview topic, and the next step towards it.

use chrono::NaiveDate;
use milepost_path::{InterviewTopic, Item, Node, NodeKind, PathQuestion, Ref, Roadmap, sort};

use super::{Memory, exercised, memory};
use crate::model::amounts;
use crate::model::event::Grade;
use crate::model::learner::Learner;
use crate::model::progress::{Count, progress};

/// How ready one is for an interview topic.
#[derive(Debug, Clone)]
pub(crate) struct Readiness<'a> {
    /// The path.
    pub roadmap: &'a Roadmap,
    /// The interview topic.
    pub topic: &'a InterviewTopic,
    /// 0 to 100, rounded down to one decimal: of half the expected recall, a quarter the skills that
    /// are done and a quarter the milestones that are proven. A part of which there is nothing is
    /// left out, and the others count in proportion.
    pub percent: f64,
    /// The mean chance to recall an answer today, 0 to 1; a question that was never answered
    /// counts 0.
    pub recall: f64,
    /// The skills of the topics that it exercises.
    pub skills: Count,
    /// The milestones that require one of these topics, or a skill of one.
    pub milestones: Count,
    /// Questions that were answered.
    pub answered: usize,
    /// Questions that are due.
    pub due: usize,
    /// The newest grade of each question that was answered, counted in the order of
    /// [`Grade::ALL`].
    pub grades: [usize; 4],
    /// The day of the newest answer.
    pub last_on: Option<NaiveDate>,
    /// The most useful next step.
    pub advice: Advice,
}

/// The most useful next step towards being ready for an interview topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Advice {
    /// So many questions are due.
    Due(usize),
    /// So many questions were never answered.
    New(usize),
    /// A topic that it exercises is open.
    FinishTopic {
        /// The topic.
        reference: Ref,
        /// Its title.
        title: String,
        /// How much of it is open.
        left: usize,
        /// What is open: resources or skills.
        kind: NodeKind,
    },
    /// A milestone proves it.
    Prove {
        /// The milestone.
        reference: Ref,
        /// Its title.
        title: String,
    },
    /// Nothing, until the next question is due on this day.
    Keep(Option<NaiveDate>),
}

impl Advice {
    /// The code, which is stable.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Due(_) => "due",
            Self::New(_) => "new",
            Self::FinishTopic { .. } => "finish-topic",
            Self::Prove { .. } => "prove",
            Self::Keep(_) => "keep",
        }
    }
}

/// The readiness for each interview topic of some paths, the least first; of equals in the order
/// of the files.
pub(crate) fn readiness<'a>(
    view: &Learner<'_>,
    paths: &[&'a Roadmap],
    today: NaiveDate,
) -> Vec<Readiness<'a>> {
    let topics = paths.iter().flat_map(|roadmap| {
        roadmap.interview.iter().map(|topic| of_topic(view, roadmap, topic, today))
    });
    let mut all: Vec<Readiness<'a>> = topics.collect();
    sort::by(&mut all, |a, b| a.percent.total_cmp(&b.percent));
    all
}

fn of_topic<'a>(
    view: &Learner<'_>,
    roadmap: &'a Roadmap,
    topic: &'a InterviewTopic,
    today: NaiveDate,
) -> Readiness<'a> {
    let exercised = exercised(roadmap, topic);
    let skills = exercised.iter().map(|topic| progress(view, topic).skills).sum();
    let proofs = proofs(roadmap, topic);
    let milestones = proofs.iter().map(|one| progress(view, &Node::Item(*one)).milestones).sum();
    let asked = topic.questions.iter().map(|question| PathQuestion { roadmap, topic, question });
    let memories: Vec<Memory> = asked.filter_map(|one| memory(&one, view)).collect();
    let recall = memories.iter().fold(0.0, |sum, one| sum + one.recall(today))
        / topic.questions.len().max(1) as f64;
    let due = memories.iter().filter(|memory| memory.is_due(today)).count();
    let of_grade = |grade| memories.iter().filter(|memory| memory.last.grade == grade).count();
    let next = Next { view, topics: &exercised, proofs: &proofs };
    Readiness {
        roadmap,
        topic,
        percent: percent(recall, skills, milestones),
        recall,
        skills,
        milestones,
        answered: memories.len(),
        due,
        grades: Grade::ALL.map(of_grade),
        last_on: memories.iter().map(|memory| memory.last.on).max(),
        advice: next.step(due, topic.questions.len() - memories.len(), &memories),
    }
}

fn percent(recall: f64, skills: Count, milestones: Count) -> f64 {
    let share = |count: Count| {
        let counted = count.counted();
        (counted > 0).then(|| count.done as f64 / counted as f64)
    };
    let parts = [(2.0, Some(recall)), (1.0, share(skills)), (1.0, share(milestones))];
    let (mut sum, mut weights) = (0.0, 0.0);
    for (weight, part) in parts {
        if let Some(part) = part {
            sum += weight * part;
            weights += weight;
        }
    }
    // What is a whole tenth stays it: 0.3 * 1000 is a hair above or below 300.
    amounts::percent(sum / weights)
}

/// The milestones that require one of the topics that an interview topic exercises, or a skill of
/// one: those that prove it.
fn proofs<'a>(roadmap: &'a Roadmap, topic: &InterviewTopic) -> Vec<Item<'a>> {
    let proves = |item: &Item<'_>| {
        let requires = item.milestone().map_or(&[][..], |milestone| &milestone.requires);
        requires.iter().flat_map(|one| &one.any_of).any(|reference| {
            let id = reference.id().filter(|_| reference.path() == roadmap.id);
            let required = id.and_then(|id| roadmap.node(id)).and_then(|node| node.topic());
            required.is_some_and(|required| topic.topics.contains(&required.id))
        })
    };
    roadmap.items().filter(proves).collect()
}

/// From what the next step is taken.
struct Next<'n, 'a> {
    view: &'n Learner<'n>,
    topics: &'n [Node<'a>],
    proofs: &'n [Item<'a>],
}

impl Next<'_, '_> {
    /// What is due comes first, since it is being forgotten. Questions that were never asked wait
    /// until a topic is finished; then they come before what is left to study and to build, since
    /// they show what that should be.
    fn step(&self, due: usize, new: usize, memories: &[Memory]) -> Advice {
        if due > 0 {
            return Advice::Due(due);
        }
        if !self.any_finished()
            && let Some(topic) = self.topic_to_finish()
        {
            return topic;
        }
        if new > 0 {
            return Advice::New(new);
        }
        self.milestone_to_prove(|node| self.view.is_ready(node))
            .or_else(|| self.topic_to_finish())
            .or_else(|| self.milestone_to_prove(|_| true))
            .unwrap_or_else(|| Advice::Keep(memories.iter().map(|memory| memory.due_on).min()))
    }

    fn any_finished(&self) -> bool {
        self.topics.iter().any(|topic| self.view.is_finished(topic))
    }

    /// The first topic that is open and held back by nothing, else the first that is open.
    fn topic_to_finish(&self) -> Option<Advice> {
        let is_open = |topic: &&Node<'_>| !self.view.is_finished(topic);
        let mut open = self.topics.iter().filter(is_open);
        let first = open.clone().next()?;
        let topic = open.find(|topic| self.view.is_ready(topic)).unwrap_or(first);
        let progress = progress(self.view, topic);
        let has_resources = progress.resource_goals.left() > 0;
        Some(Advice::FinishTopic {
            reference: topic.reference(),
            title: topic.title().to_owned(),
            left: progress.counted().left(),
            kind: if has_resources { NodeKind::Resource } else { NodeKind::Skill },
        })
    }

    /// The first milestone that is open and as wanted.
    fn milestone_to_prove(&self, is_wanted: impl Fn(&Node<'_>) -> bool) -> Option<Advice> {
        let mut open = self.proofs.iter().filter(|item| {
            item.can_count() && self.view.is_open(item) && is_wanted(&Node::Item(**item))
        });
        let item = open.next()?;
        let (reference, title) = (item.reference(), item.title().to_owned());
        Some(Advice::Prove { reference, title })
    }
}
