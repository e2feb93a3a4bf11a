//! A path, its stages and its topics in the portfolio.

use chrono::NaiveDate;
use milepost_path::{
    Heading, InterviewTopic, Link, Node, NodeKind, Question, Roadmap, Stage, Topic,
};
use serde::Serialize;

use super::document::{StudyDay, requires, said, studied};
use super::item::{ItemPart, item_part, required_skills};
use crate::model::counting::{self, Counts};
use crate::model::forecast::Forecast;
use crate::model::learner::Learner;
use crate::model::pace::Pace;
use crate::model::path_forecast::{Left, Note, PathForecast, Steady};
use crate::model::progress::Progress;
use crate::model::standing::Dated;
use crate::model::summary::Summary;
use crate::report::requires::Requires;

/// A path.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PathPart {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One or two sentences about it.
    pub summary: Option<String>,
    /// The role that it leads to.
    pub role: Option<String>,
    /// When its author last changed it.
    pub updated: Option<NaiveDate>,
    /// The author's name for this state of it.
    pub version: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Under which licence it can be used.
    pub license: Option<String>,
    /// What it was made from.
    pub source: Option<String>,
    /// The language of its texts.
    pub lang: Option<String>,
    /// Ids that it had before.
    pub replaces: Vec<String>,
    /// What to have finished first.
    pub requires: Vec<Requires>,
    /// Whether it is followed.
    pub followed: bool,
    /// Since when it is followed.
    pub started_on: Option<NaiveDate>,
    /// The day to finish by.
    pub target_on: Option<NaiveDate>,
    /// The hours a week that the learner plans to study.
    pub hours_per_week: Option<f64>,
    /// The day on which the planned months of the last stage end, counted from the start.
    pub planned_end: Option<NaiveDate>,
    /// The hours a week that it takes to finish by the target.
    pub needs_hours_per_week: Option<f64>,
    /// The pace on the way through this path and the followed ones that it requires. So for what
    /// follows, up to the burndown.
    pub pace: Option<Pace>,
    /// The pace over at most four weeks.
    pub recent_pace: Option<Pace>,
    /// When one arrives at a steady rate.
    pub steady: Option<Steady>,
    /// When one arrives by what happened.
    pub forecast: Option<Forecast>,
    /// Why there is no forecast, or how it was reckoned.
    #[serde(skip)]
    pub note: Note,
    /// Hours left over time, up to now.
    pub burndown: Vec<Left>,
    /// How far it is.
    pub progress: Progress,
    /// The headings of the portfolio.
    pub portfolio: Vec<Heading>,
    /// Its stages.
    pub stages: Vec<StagePart>,
    /// Its interview topics with their questions.
    pub interview: Vec<InterviewTopic>,
}

/// A stage of a path.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StagePart {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One sentence about it.
    pub summary: Option<String>,
    /// Plain text of several lines.
    pub about: Option<String>,
    /// So many of its topics are enough.
    pub choose: Option<u16>,
    /// Ids that it had before.
    pub replaces: Vec<String>,
    /// What all of it requires.
    pub requires: Vec<Requires>,
    /// The planned window in months since the start.
    pub months: Option<[f64; 2]>,
    /// How far it is.
    pub progress: Progress,
    /// Notes on the stage itself.
    pub notes: Vec<Dated>,
    /// Evidence for the stage itself.
    pub evidence: Vec<Dated>,
    /// Its topics.
    pub topics: Vec<TopicPart>,
    /// Its items: by topic the skills and resources, then the milestones.
    pub items: Vec<ItemPart>,
}

/// A topic of a stage; its items are those of the stage that name it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TopicPart {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One sentence about it.
    pub summary: Option<String>,
    /// Plain text of several lines.
    pub about: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// More addresses.
    pub links: Vec<Link>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// So many of its skills are enough.
    pub choose: Option<u16>,
    /// For which roles it is; all of them where empty.
    pub roles: Vec<String>,
    /// Ids that it had before.
    pub replaces: Vec<String>,
    /// What it requires itself.
    pub requires: Vec<Requires>,
    /// The effort to reach all its skills.
    pub hours: Option<f64>,
    /// The ends of the effort, where the file gives a range.
    pub hours_range: Option<[f64; 2]>,
    /// How far it is.
    pub progress: Progress,
    /// Notes on the topic itself.
    pub notes: Vec<Dated>,
    /// Evidence for the topic itself.
    pub evidence: Vec<Dated>,
    /// The time that was spent on the topic itself, by day.
    pub studied: Vec<StudyDay>,
}

impl PathPart {
    /// Whether the file says whose it is.
    pub fn has_origin(&self) -> bool {
        self.author.is_some() || self.license.is_some()
    }

    /// Its items, in the order of the file.
    pub fn items(&self) -> impl Iterator<Item = &ItemPart> {
        self.stages.iter().flat_map(|stage| &stage.items)
    }

    /// The milestones that a portfolio shows among its work; those that are retired are earlier work.
    pub fn milestones(&self) -> impl Iterator<Item = &ItemPart> {
        let is_shown = |item: &&ItemPart| item.is_shown() && !item.retired;
        self.items().filter(|item| item.kind == NodeKind::Milestone).filter(is_shown)
    }

    /// Its interview questions with their topics, in the order of the file.
    pub fn questions(&self) -> impl Iterator<Item = (&InterviewTopic, &Question)> {
        self.interview.iter().flat_map(|topic| topic.questions.iter().map(move |one| (topic, one)))
    }

    /// Whether something of it is more than a plan; what was only read beside it says little.
    pub fn is_begun(&self) -> bool {
        self.items().any(|item| item.counts != Counts::Means && item.is_begun())
    }
}

pub(super) fn path_part(
    roadmap: &Roadmap,
    view: &Learner<'_>,
    outlook: &PathForecast<'_>,
) -> PathPart {
    let following = view.standing.all().following().get(&roadmap.id);
    let goals = following.map(|following| following.goals.clone()).unwrap_or_default();
    let Summary { id, title, progress } = Summary::of(view, &Node::Path(roadmap));
    PathPart {
        id,
        title,
        summary: roadmap.summary.clone(),
        role: roadmap.role.clone(),
        updated: roadmap.updated,
        version: roadmap.version.clone(),
        author: roadmap.author.clone(),
        license: roadmap.license.clone(),
        source: roadmap.source.clone(),
        lang: roadmap.lang.clone(),
        replaces: roadmap.replaces.clone(),
        requires: requires(&roadmap.requires),
        followed: following.is_some(),
        started_on: following.map(|following| following.since),
        target_on: goals.target_on,
        hours_per_week: goals.hours_per_week,
        planned_end: outlook.planned_end,
        needs_hours_per_week: outlook.needs_hours_per_week,
        pace: outlook.pace,
        recent_pace: outlook.recent_pace,
        steady: outlook.steady,
        forecast: outlook.forecast.ok(),
        note: outlook.note(),
        burndown: outlook.burndown.clone(),
        progress,
        portfolio: roadmap.portfolio.clone(),
        stages: roadmap.stages.iter().map(|stage| stage_part(roadmap, stage, view)).collect(),
        interview: roadmap.interview.clone(),
    }
}

fn stage_part(roadmap: &Roadmap, stage: &Stage, view: &Learner<'_>) -> StagePart {
    let node = Node::Stage(roadmap, stage);
    let (notes, evidence) = said(&node, view);
    let mut items = Vec::new();
    counting::each(view, &node, |item, counts| {
        let mut part = ItemPart { counts, ..item_part(&item, view) };
        if let Some(milestone) = item.milestone() {
            (part.skills, part.open_skills) = required_skills(milestone, view);
        }
        items.push(part);
    });
    let Summary { id, title, progress } = Summary::of(view, &node);
    StagePart {
        id,
        title,
        summary: stage.summary.clone(),
        about: stage.about.clone(),
        choose: stage.choose,
        replaces: stage.replaces.clone(),
        requires: requires(&stage.requires),
        months: stage.months,
        progress,
        notes,
        evidence,
        topics: stage.topics.iter().map(|topic| topic_part(roadmap, stage, topic, view)).collect(),
        items,
    }
}

fn topic_part(roadmap: &Roadmap, stage: &Stage, topic: &Topic, view: &Learner<'_>) -> TopicPart {
    let node = Node::Topic(roadmap, stage, topic);
    let (notes, evidence) = said(&node, view);
    let details = topic.details();
    let Summary { id, title, progress } = Summary::of(view, &node);
    TopicPart {
        id,
        title,
        summary: topic.summary.clone(),
        about: details.about.clone(),
        url: details.url.clone(),
        links: details.links.clone(),
        tags: details.tags.clone(),
        choose: topic.choose,
        roles: topic.roles.clone(),
        replaces: topic.replaces.clone(),
        requires: requires(&topic.requires),
        hours: topic.hours,
        hours_range: topic.range,
        progress,
        notes,
        evidence,
        studied: studied(&node, view),
    }
}
