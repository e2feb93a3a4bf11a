//! What a roadmap is made of: stages, topics, skills, resources, milestones and interview questions.

use serde::{Deserialize, Serialize};

use crate::kind::{Cost, ResourceKind};
use crate::reference::Ref;
use crate::roadmap::Roadmap;

/// A heading of the portfolio, under which milestones stand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Heading {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// What a node can say of itself besides its title and summary. Most say nothing of it, so it is
/// kept apart: a node without it costs one byte of an index.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Details {
    /// Plain text of several lines.
    pub about: Option<String>,
    /// The address of a topic, skill or milestone; a resource has [`Resource::url`].
    pub url: Option<String>,
    /// More addresses: slides, solutions, a forum.
    pub links: Vec<Link>,
    /// Words to find it by.
    pub tags: Vec<String>,
}

/// The details of what has none.
static NO_DETAILS: Details =
    Details { about: None, url: None, links: Vec::new(), tags: Vec::new() };

impl Details {
    /// Boxed, where there is anything to keep.
    pub fn kept(self) -> Option<Box<Self>> {
        (self != NO_DETAILS).then(|| Box::new(self))
    }
}

/// An address with what it leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Link {
    /// What it leads to.
    pub title: String,
    /// The address; http or https.
    pub url: String,
}

/// A part of a path in time.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Stage {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One sentence about it.
    pub summary: Option<String>,
    /// Plain text of several lines.
    pub about: Option<String>,
    /// Ids that it had before.
    pub replaces: Vec<String>,
    /// So many of its topics are enough; all of them where it does not say.
    pub choose: Option<u16>,
    /// The planned window in months since the start, first and last.
    pub months: Option<[f64; 2]>,
    /// What every topic and milestone of it requires.
    pub requires: Vec<Requirement>,
    /// Its topics.
    pub topics: Vec<Topic>,
    /// Its milestones.
    pub milestones: Vec<Milestone>,
}

/// A subject inside a stage.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Topic {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One sentence about it.
    pub summary: Option<String>,
    /// See [`Topic::details`].
    pub details: Option<Box<Details>>,
    /// Ids that it had before.
    pub replaces: Vec<String>,
    /// So many of its skills are enough; all of them where it does not say.
    pub choose: Option<u16>,
    /// The effort to reach its skills, in hours, the mean of a range; spread evenly over them.
    pub hours: Option<f64>,
    /// The ends of the effort, where the file gives a range.
    pub range: Option<[f64; 2]>,
    /// What it requires itself; see [`Node::requirements`](crate::Node::requirements).
    pub requires: Vec<Requirement>,
    /// For which roles it is; all of them where empty.
    pub roles: Vec<String>,
    /// Its skills.
    pub skills: Vec<Skill>,
    /// Its resources.
    pub resources: Vec<Resource>,
    /// What of it is counted, and for how much; made by [`Roadmap::indexed`].
    pub share: Share,
}

/// What a percentage counts of a topic, and the part of the topic's hours that falls on each.
///
/// It is reckoned once, when the path is read: to count the skills of a topic for each of its skills
/// would take time with the square of their number.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Share {
    pub(crate) goals: Goals,
    pub(crate) hours: Option<f64>,
    /// The ends of the hours, where those of the topic are a range.
    pub(crate) range: Option<[f64; 2]>,
}

/// What the goals of a topic are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) enum Goals {
    /// The skills that are not optional.
    Skills,
    /// Nothing: all its skills are optional.
    Nothing,
    /// Its resources: it has no skills.
    #[default]
    Resources,
}

impl Share {
    pub(crate) fn of(topic: &Topic) -> Self {
        let alive = || topic.skills.iter().filter(|skill| !skill.tracked.retired);
        let counted = alive().filter(|skill| skill.tracked.can_count()).count();
        let (goals, known, parts) = if counted > 0 {
            let parts = topic.choose.map_or(counted, |most| counted.min(usize::from(most)));
            (Goals::Skills, 0.0, parts)
        } else if alive().next().is_some() {
            (Goals::Nothing, 0.0, alive().count())
        } else {
            let counted = || topic.resources.iter().filter(|one| one.tracked.can_count());
            let known = counted().filter_map(|one| one.hours).fold(0.0, |sum, one| sum + one);
            let parts = counted().filter(|one| one.hours.is_none()).count();
            (Goals::Resources, known, parts)
        };
        let part = |hours: f64| (hours - known) / parts as f64;
        let hours = topic.hours.map(part).filter(|hours| *hours > 0.0 && parts > 0);
        // What others take of the least leaves no less than nothing.
        let range = topic.range.filter(|_| hours.is_some());
        Self { goals, hours, range: range.map(|ends| ends.map(|end| part(end).max(0.0))) }
    }
}

impl Topic {
    /// Whether it is about skills: it has one that is not retired.
    pub fn has_skills(&self) -> bool {
        self.share.goals != Goals::Resources
    }
}

/// What every trackable item has.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ItemInfo {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One sentence about it.
    pub summary: Option<String>,
    /// See [`ItemInfo::details`].
    pub details: Option<Box<Details>>,
    /// Shown, but not counted.
    pub optional: bool,
    /// Shown to those who have it in their record, and counted for nobody.
    pub retired: bool,
    /// The item of another path that this one is; progress is kept there.
    pub same_as: Option<Ref>,
    /// Ids that this item had before; their progress is its own.
    pub replaces: Vec<String>,
}

impl ItemInfo {
    /// Whether anything counts it: it is neither optional nor retired.
    pub(crate) fn can_count(&self) -> bool {
        !self.optional && !self.retired
    }
}

/// One thing to be able to do or to know.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Skill {
    /// Id, title and what else every item has.
    pub tracked: ItemInfo,
    /// The statement that a person who has it can say: "I ...".
    pub can: Option<String>,
}

impl Topic {
    /// Its text, address, links and tags.
    pub fn details(&self) -> &Details {
        self.details.as_deref().unwrap_or(&NO_DETAILS)
    }
}

impl ItemInfo {
    /// Its text, address, links and tags.
    pub fn details(&self) -> &Details {
        self.details.as_deref().unwrap_or(&NO_DETAILS)
    }
}

/// Something to study.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Resource {
    /// Id, title and what else every item has.
    pub tracked: ItemInfo,
    /// Its author or provider.
    pub by: Option<String>,
    /// Its address; http or https.
    pub url: Option<String>,
    /// What kind of resource it is.
    pub kind: ResourceKind,
    /// What it costs; `None` if the file does not say.
    pub cost: Option<Cost>,
    /// The effort to work through it, in hours, the mean of a range; `None` if it is ongoing.
    pub hours: Option<f64>,
    /// The ends of the effort, where the file gives a range.
    pub range: Option<[f64; 2]>,
    /// The part of it that is meant, such as `chapters 3 to 7`; the hours are of that part.
    pub part: Option<String>,
    /// Its language, where it is another than the path's.
    pub lang: Option<String>,
    /// What it requires besides what its topic does.
    pub requires: Vec<Requirement>,
    /// Ids of the resources of its topic that it can take the place of, all of them together.
    pub instead_of: Vec<String>,
    /// Ids of the topic's skills that it teaches: all of them where the file leaves them out.
    pub skills: Vec<String>,
    /// Look-up material, which teaches nothing and is never recommended: `skills = []` in the file.
    pub is_reference: bool,
}

impl Resource {
    /// Whether you can study it without paying. What does not say its cost is not known to be free.
    pub fn is_free(&self) -> bool {
        self.cost.is_some_and(Cost::is_free)
    }
}

/// Something to build or achieve that proves a stage.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Milestone {
    /// Id, title and what else every item has.
    pub tracked: ItemInfo,
    /// The effort, in hours, the mean of a range.
    pub hours: Option<f64>,
    /// The ends of the effort, where the file gives a range.
    pub range: Option<[f64; 2]>,
    /// What it requires itself; see [`Node::requirements`](crate::Node::requirements).
    pub requires: Vec<Requirement>,
    /// The id of its heading in the portfolio.
    pub portfolio: Option<String>,
    /// What a person can check.
    pub criteria: Vec<Criterion>,
    /// How many points of the criteria are enough; all of them where it does not say.
    pub pass: Option<u16>,
    /// What to hand in as proof.
    pub evidence: Vec<String>,
}

/// What a person can check about a milestone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Criterion {
    /// A sentence to say yes or no to; with a scale, what is rated.
    pub text: String,
    /// The points that it is worth at most; `None` if nobody counts points.
    pub points: Option<u16>,
    /// What stands for how many points, the fewest first; empty where it is yes or no.
    pub scale: Vec<Step>,
}

/// A step of the scale of a criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Step {
    /// The points for it.
    pub points: u16,
    /// What earns them.
    pub text: String,
}

impl From<String> for Criterion {
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

/// The points that criteria are worth together; `None` if nobody counts points.
pub fn points(criteria: &[Criterion]) -> Option<u32> {
    let points = || criteria.iter().filter_map(|one| one.points);
    points().next().map(|_| points().map(u32::from).sum())
}

impl Milestone {
    /// The points that all its criteria are worth together; `None` if nobody counts points.
    pub(crate) fn points(&self) -> Option<u32> {
        points(&self.criteria)
    }

    /// The criteria with their points; empty where nobody counts points.
    pub fn rubric(&self) -> &[Criterion] {
        if self.points().is_some() { &self.criteria } else { &[] }
    }
}

/// A group of interview questions.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct InterviewTopic {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Ids that it had before.
    pub replaces: Vec<String>,
    /// Ids of the topics that it exercises.
    pub topics: Vec<String>,
    /// Its questions.
    pub questions: Vec<Question>,
}

/// An interview question.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Question {
    /// Its id.
    pub id: String,
    /// The question.
    pub ask: String,
    /// What a strong answer covers.
    pub look_for: Option<String>,
    /// Plain text of several lines.
    pub about: Option<String>,
    /// Ids that it had before; the answers under them are its own.
    pub replaces: Vec<String>,
}

/// An interview question, with what it stands in.
#[derive(Debug, Clone, Copy)]
pub struct PathQuestion<'a> {
    /// The roadmap that it is in.
    pub roadmap: &'a Roadmap,
    /// Its interview topic.
    pub topic: &'a InterviewTopic,
    /// The question itself.
    pub question: &'a Question,
}

impl PathQuestion<'_> {
    /// Its reference.
    pub fn reference(&self) -> Ref {
        Ref::question(&self.roadmap.id, &self.question.id)
    }
}

/// What must be finished first: any one of the named nodes or paths suffices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Requirement {
    /// The alternatives; at least one.
    pub any_of: Vec<Ref>,
}
