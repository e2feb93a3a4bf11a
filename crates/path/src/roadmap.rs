//! The shape of a learning path: stages, topics, skills, resources and milestones, and the
//! references between them.
//!
//! A [`Roadmap`] is valid by construction: the catalog makes one only from a path file without an
//! error, so that nobody re-checks it later. It is plain data, cheap to serialise (the index of a
//! parsed path is this very type), and knows nothing of files, of the clock or of progress.
//! `build.rs` compiles this file too; it may use serde and chrono only.

use std::collections::HashSet;
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A reference to a path (`ai-integration`) or to a node of one (`ai-integration/fastapi`).
///
/// Progress is kept under references, so their text is stable: it is what the path file says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ref(String);

impl Ref {
    /// A reference to a node of a path.
    pub fn node(path: &str, id: &str) -> Self {
        Self([path, "/", id].concat())
    }

    /// A reference to a whole path.
    pub fn path_only(path: &str) -> Self {
        Self(path.to_owned())
    }

    /// A reference to an interview question of a path. No id has a colon, so it is nobody else's.
    pub fn question(path: &str, id: &str) -> Self {
        Self([path, "/", QUESTION, id].concat())
    }

    /// A reference to a skill area of the career file.
    pub fn area(id: &str) -> Self {
        Self([CAREER, "/", AREA, id].concat())
    }

    /// What is recorded about being away from a day on. No path has a colon in its id.
    pub fn away(from: NaiveDate) -> Self {
        Self(format!("{AWAY}{from}"))
    }

    /// A reference to a term of the glossary.
    pub fn term(id: &str) -> Self {
        Self([GLOSSARY, "/", id].concat())
    }

    /// What it refers to.
    pub fn target(&self) -> RefTarget<'_> {
        let Some((path, id)) = self.0.split_once('/') else {
            return self.0.strip_prefix(AWAY).map_or(RefTarget::Path, RefTarget::Away);
        };
        match (id.strip_prefix(QUESTION), id.strip_prefix(AREA)) {
            (Some(question), _) => RefTarget::Question(question),
            (None, Some(area)) if path == CAREER => RefTarget::Area(area),
            _ => RefTarget::Node(id),
        }
    }

    /// Whether anything can ever have been recorded under it: all of its parts are ids.
    pub fn is_sound(&self) -> bool {
        let id = match self.target() {
            RefTarget::Path => return is_id(&self.0),
            // In the one form that a day is written in.
            RefTarget::Away(day) => {
                let read = day.parse();
                return read.is_ok_and(|read: NaiveDate| read.to_string() == day);
            }
            RefTarget::Node(id) | RefTarget::Question(id) | RefTarget::Area(id) => id,
        };
        is_id(self.path()) && is_id(id)
    }

    /// Takes a reference as it is stored or was serialised.
    pub fn from_text(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The id of the path.
    pub fn path(&self) -> &str {
        self.0.split_once('/').map_or(&self.0, |(path, _)| path)
    }

    /// The id of the node; `None` if the reference is to a whole path.
    pub fn id(&self) -> Option<&str> {
        self.0.split_once('/').map(|(_, id)| id)
    }

    /// The reference as people and files write it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// In the place of a path, what is recorded about the career file, which is installed under this name.
pub const CAREER: &str = "career";
/// In the place of a path, the glossary of the career file.
pub const GLOSSARY: &str = "glossary";
/// What stands before the id of a question in its reference.
pub const QUESTION: &str = "question:";
/// What stands before the id of a skill area in its reference.
pub const AREA: &str = "area:";
/// What stands before the first day of a stretch away from study in its reference.
pub const AWAY: &str = "away:";
/// What no path can have for its id.
pub const RESERVED: [&str; 2] = [CAREER, GLOSSARY];

/// What a reference refers to, with its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefTarget<'r> {
    /// A whole path.
    Path,
    /// A stage, topic, skill, resource or milestone.
    Node(&'r str),
    /// An interview question.
    Question(&'r str),
    /// A skill area.
    Area(&'r str),
    /// Days away from study, by the first of them.
    Away(&'r str),
}

impl fmt::Display for Ref {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Whether a text may be an id: `a-z`, `0-9` and single hyphens inside, 1 to 64 characters.
pub fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 64
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// A learning roadmap: one path file.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Roadmap {
    /// The id of the path, unique among all paths.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One or two sentences about it.
    pub summary: Option<String>,
    /// The role that it leads to.
    pub role: Option<String>,
    /// Other paths to have finished first; see [`Node::requirements`].
    pub requires: Vec<Requirement>,
    /// When its author last changed it.
    pub updated: Option<NaiveDate>,
    /// The author's name for this state of it.
    pub version: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Under which licence it can be used.
    pub license: Option<String>,
    /// What it was made from: an address or a title.
    pub source: Option<String>,
    /// The language of its texts, as a tag such as `en` or `pt-BR`.
    pub lang: Option<String>,
    /// Ids that the path had before; what was recorded under them is its own.
    pub replaces: Vec<String>,
    /// The headings of the portfolio.
    pub portfolio: Vec<Heading>,
    /// The stages, in their order in time.
    pub stages: Vec<Stage>,
    /// Interview topics with their questions.
    pub interview: Vec<InterviewTopic>,
    /// Where each id is; made by [`Roadmap::indexed`].
    pub index: Index,
}

/// Where each id of a roadmap is, so that a look-up is a binary search.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Index {
    /// Sorted by the ids of what is there.
    places: Vec<Location>,
    /// The ids that nodes had before, sorted, and where what replaces them is.
    olds: Vec<(String, Location)>,
}

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
    /// What it requires itself; see [`Node::requirements`].
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
    goals: Goals,
    hours: Option<f64>,
    /// The ends of the hours, where those of the topic are a range.
    range: Option<[f64; 2]>,
}

/// What the goals of a topic are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
enum Goals {
    /// The skills that are not optional.
    Skills,
    /// Nothing: all its skills are optional.
    Nothing,
    /// Its resources: it has no skills.
    #[default]
    Resources,
}

impl Share {
    fn of(topic: &Topic) -> Self {
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
    /// Whether its skills are what it is about: it has one that is not retired.
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
    pub fn can_count(&self) -> bool {
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
    /// What it requires itself; see [`Node::requirements`].
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
    pub fn points(&self) -> Option<u32> {
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

/// The kinds of resources that a path file knows.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum ResourceKind {
    #[default]
    Docs,
    Book,
    Course,
    Video,
    Tutorial,
    Paper,
    Guide,
    Tool,
    Community,
    Conference,
    Article,
    Podcast,
    Exercise,
}

impl ResourceKind {
    /// All kinds, in the order of the path format.
    pub const ALL: [Self; 13] = [
        Self::Docs,
        Self::Book,
        Self::Course,
        Self::Video,
        Self::Tutorial,
        Self::Paper,
        Self::Guide,
        Self::Tool,
        Self::Community,
        Self::Conference,
        Self::Article,
        Self::Podcast,
        Self::Exercise,
    ];

    /// The word that files and flags use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Docs => "docs",
            Self::Book => "book",
            Self::Course => "course",
            Self::Video => "video",
            Self::Tutorial => "tutorial",
            Self::Paper => "paper",
            Self::Guide => "guide",
            Self::Tool => "tool",
            Self::Community => "community",
            Self::Conference => "conference",
            Self::Article => "article",
            Self::Podcast => "podcast",
            Self::Exercise => "exercise",
        }
    }

    /// The kind of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// What a resource costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Cost {
    Free,
    Paid,
    Freemium,
}

impl Cost {
    /// All of them, in the order of the path format.
    pub const ALL: [Self; 3] = [Self::Free, Self::Paid, Self::Freemium];

    /// The word that files use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Paid => "paid",
            Self::Freemium => "freemium",
        }
    }

    /// The cost of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cost| cost.as_str() == word)
    }

    /// Whether one can study it without paying: free, or free in a part that suffices.
    pub fn is_free(self) -> bool {
        self != Self::Paid
    }
}

/// The kinds of nodes that a reference can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it")]
pub enum NodeKind {
    Path,
    Stage,
    Topic,
    Skill,
    Resource,
    Milestone,
}

impl NodeKind {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Stage => "stage",
            Self::Topic => "topic",
            Self::Skill => "skill",
            Self::Resource => "resource",
            Self::Milestone => "milestone",
        }
    }

    /// Whether a node of this kind has a status of its own.
    pub fn is_item(self) -> bool {
        matches!(self, Self::Skill | Self::Resource | Self::Milestone)
    }
}

impl fmt::Display for NodeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Where a node is in its roadmap. The meaning of `child` depends on the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Location {
    kind: NodeKind,
    stage: u16,
    topic: u16,
    child: u16,
}

/// A node of a roadmap, with what it stands in.
#[derive(Debug, Clone, Copy)]
pub enum Node<'a> {
    /// The path itself.
    Path(&'a Roadmap),
    /// A stage.
    Stage(&'a Roadmap, &'a Stage),
    /// A topic of a stage.
    Topic(&'a Roadmap, &'a Stage, &'a Topic),
    /// A skill, resource or milestone.
    Item(Item<'a>),
}

impl<'a> Node<'a> {
    /// The roadmap that it is in.
    pub fn roadmap(&self) -> &'a Roadmap {
        match *self {
            Self::Path(roadmap) | Self::Stage(roadmap, _) | Self::Topic(roadmap, _, _) => roadmap,
            Self::Item(item) => item.roadmap,
        }
    }

    /// Its kind.
    pub fn kind(&self) -> NodeKind {
        match self {
            Self::Path(_) => NodeKind::Path,
            Self::Stage(..) => NodeKind::Stage,
            Self::Topic(..) => NodeKind::Topic,
            Self::Item(item) => item.kind(),
        }
    }

    /// Its reference.
    pub fn reference(&self) -> Ref {
        match self {
            Self::Path(roadmap) => Ref::path_only(&roadmap.id),
            Self::Stage(roadmap, stage) => Ref::node(&roadmap.id, &stage.id),
            Self::Topic(roadmap, _, topic) => Ref::node(&roadmap.id, &topic.id),
            Self::Item(item) => item.reference(),
        }
    }

    /// Its id in its path; a path has none.
    pub fn id(&self) -> Option<&'a str> {
        match *self {
            Self::Path(_) => None,
            Self::Stage(_, stage) => Some(&stage.id),
            Self::Topic(_, _, topic) => Some(&topic.id),
            Self::Item(item) => Some(item.id()),
        }
    }

    /// Ids that it had before.
    pub fn replaces(&self) -> &'a [String] {
        match *self {
            Self::Path(roadmap) => &roadmap.replaces,
            Self::Stage(_, stage) => &stage.replaces,
            Self::Topic(_, _, topic) => &topic.replaces,
            Self::Item(item) => &item.tracked().replaces,
        }
    }

    /// Its title.
    pub fn title(&self) -> &'a str {
        match *self {
            Self::Path(roadmap) => &roadmap.title,
            Self::Stage(_, stage) => &stage.title,
            Self::Topic(_, _, topic) => &topic.title,
            Self::Item(item) => item.title(),
        }
    }

    /// The stage that it is or stands in.
    pub fn stage(&self) -> Option<&'a Stage> {
        match *self {
            Self::Path(_) => None,
            Self::Stage(_, stage) | Self::Topic(_, stage, _) => Some(stage),
            Self::Item(item) => Some(item.stage),
        }
    }

    /// The topic that it is or stands in.
    pub fn topic(&self) -> Option<&'a Topic> {
        match *self {
            Self::Path(_) | Self::Stage(..) => None,
            Self::Topic(_, _, topic) => Some(topic),
            Self::Item(item) => item.topic,
        }
    }

    /// Its one sentence.
    pub fn summary(&self) -> Option<&'a str> {
        match *self {
            Self::Path(roadmap) => roadmap.summary.as_deref(),
            Self::Stage(_, stage) => stage.summary.as_deref(),
            Self::Topic(_, _, topic) => topic.summary.as_deref(),
            Self::Item(item) => item.tracked().summary.as_deref(),
        }
    }

    /// Plain text of several lines about it.
    pub fn about(&self) -> Option<&'a str> {
        match *self {
            Self::Path(_) => None,
            Self::Stage(_, stage) => stage.about.as_deref(),
            Self::Topic(_, _, topic) => topic.details().about.as_deref(),
            Self::Item(item) => item.tracked().details().about.as_deref(),
        }
    }

    /// Its address.
    pub fn url(&self) -> Option<&'a str> {
        match *self {
            Self::Path(_) | Self::Stage(..) => None,
            Self::Topic(_, _, topic) => topic.details().url.as_deref(),
            Self::Item(item) => item.url(),
        }
    }

    /// Its other addresses.
    pub fn links(&self) -> &'a [Link] {
        self.details().map_or(&[], |details| &details.links)
    }

    /// Words to find it by.
    pub fn tags(&self) -> &'a [String] {
        self.details().map_or(&[], |details| &details.tags)
    }

    fn details(&self) -> Option<&'a Details> {
        match *self {
            Self::Path(_) | Self::Stage(..) => None,
            Self::Topic(_, _, topic) => Some(topic.details()),
            Self::Item(item) => Some(item.tracked().details()),
        }
    }

    /// What holds it back: its own requirements and its stage's; where there are none, the path's.
    /// A skill or resource has its topic's, and a resource its own besides.
    ///
    /// So a path's `requires` holds the nodes that nothing else in the file holds, and through
    /// them the whole path, except where a node asks for a part of another path by name.
    pub fn requirements(&self) -> Vec<&'a Requirement> {
        let roadmap = self.roadmap();
        let own: &'a [Requirement] = match *self {
            Self::Path(_) | Self::Stage(..) => &[],
            Self::Topic(_, _, topic) => &topic.requires,
            Self::Item(item) => match (item.what, item.topic) {
                (ItemBody::Milestone(milestone), _) => &milestone.requires,
                (_, Some(topic)) => &topic.requires,
                (_, None) => &[],
            },
        };
        let stage: &'a [Requirement] = self.stage().map_or(&[], |stage| &stage.requires);
        let mut all: Vec<&'a Requirement> = if own.is_empty() && stage.is_empty() {
            roadmap.requires.iter().collect()
        } else {
            own.iter().chain(stage).collect()
        };
        if let Self::Item(Item { what: ItemBody::Resource(resource), .. }) = self {
            all.extend(&resource.requires);
        }
        all
    }

    /// The items in it, in the order of the file; an item has itself.
    pub fn items(&self) -> Vec<Item<'a>> {
        match *self {
            Self::Path(roadmap) => roadmap.items().collect(),
            Self::Stage(roadmap, stage) => roadmap.items_of_stage(stage).collect(),
            Self::Topic(roadmap, stage, topic) => roadmap.items_of_topic(stage, topic).collect(),
            Self::Item(item) => vec![item],
        }
    }
}

/// A trackable item, with what it stands in.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    /// The roadmap that it is in.
    pub roadmap: &'a Roadmap,
    /// Its stage.
    pub stage: &'a Stage,
    /// Its topic; none for a milestone.
    pub topic: Option<&'a Topic>,
    /// The item itself.
    pub what: ItemBody<'a>,
}

/// The three kinds of items.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs, reason = "the names say it")]
pub enum ItemBody<'a> {
    Skill(&'a Skill),
    Resource(&'a Resource),
    Milestone(&'a Milestone),
}

impl<'a> Item<'a> {
    /// What every item has.
    pub fn tracked(&self) -> &'a ItemInfo {
        match self.what {
            ItemBody::Skill(skill) => &skill.tracked,
            ItemBody::Resource(resource) => &resource.tracked,
            ItemBody::Milestone(milestone) => &milestone.tracked,
        }
    }

    /// Its id.
    pub fn id(&self) -> &'a str {
        &self.tracked().id
    }

    /// Its title.
    pub fn title(&self) -> &'a str {
        &self.tracked().title
    }

    /// Its kind.
    pub fn kind(&self) -> NodeKind {
        match self.what {
            ItemBody::Skill(_) => NodeKind::Skill,
            ItemBody::Resource(_) => NodeKind::Resource,
            ItemBody::Milestone(_) => NodeKind::Milestone,
        }
    }

    /// Its reference.
    pub fn reference(&self) -> Ref {
        Ref::node(&self.roadmap.id, self.id())
    }

    /// Its effort in hours: that of a skill is its part of the topic's, as is that of a resource
    /// that has none of its own and is a goal.
    pub fn hours(&self) -> Option<f64> {
        match self.what {
            ItemBody::Resource(resource) if resource.hours.is_some() => resource.hours,
            ItemBody::Milestone(milestone) => milestone.hours,
            _ => self.share().and_then(|share| share.hours),
        }
    }

    /// What of the topic's hours falls on it, where it has none of its own.
    fn share(&self) -> Option<Share> {
        let share = self.topic.map(|topic| topic.share);
        match self.what {
            // A skill that is optional beside others that are not takes no share.
            ItemBody::Skill(_) => share.filter(|share| match share.goals {
                Goals::Skills => self.can_count(),
                Goals::Nothing => !self.tracked().retired,
                Goals::Resources => false,
            }),
            ItemBody::Resource(_) => share.filter(|_| self.is_goal()),
            ItemBody::Milestone(_) => None,
        }
    }

    /// The ends of its effort in hours: both the same where the file gives one number.
    pub fn hours_range(&self) -> Option<[f64; 2]> {
        let range = match self.what {
            ItemBody::Resource(resource) if resource.hours.is_some() => resource.range,
            ItemBody::Milestone(milestone) => milestone.range,
            _ => self.share().and_then(|share| share.range),
        };
        let hours = self.hours()?;
        Some(range.unwrap_or([hours; 2]))
    }

    /// Its address.
    pub fn url(&self) -> Option<&'a str> {
        match self.what {
            ItemBody::Resource(resource) => resource.url.as_deref(),
            _ => self.tracked().details().url.as_deref(),
        }
    }

    /// Whether anything counts it: it is neither optional nor retired.
    pub fn can_count(&self) -> bool {
        self.tracked().can_count()
    }

    /// Whether it is a goal by what its path says: a skill or a milestone that can count, or a
    /// resource of a topic without skills. Which of them a percentage counts says
    /// `counting` of milepost-core, where a path leaves a choice.
    pub fn is_goal(&self) -> bool {
        let is_means =
            self.kind() == NodeKind::Resource && self.topic.is_none_or(Topic::has_skills);
        self.can_count() && !is_means
    }

    /// The skill that it is.
    pub fn skill(&self) -> Option<&'a Skill> {
        match self.what {
            ItemBody::Skill(skill) => Some(skill),
            _ => None,
        }
    }

    /// The resource that it is.
    pub fn resource(&self) -> Option<&'a Resource> {
        match self.what {
            ItemBody::Resource(resource) => Some(resource),
            _ => None,
        }
    }

    /// The milestone that it is.
    pub fn milestone(&self) -> Option<&'a Milestone> {
        match self.what {
            ItemBody::Milestone(milestone) => Some(milestone),
            _ => None,
        }
    }
}

impl Roadmap {
    /// The roadmap with its index, without which a look-up finds nothing.
    ///
    /// It must keep the rules of the path format: the catalog checks them first. Where an id stands
    /// twice, a look-up finds either.
    pub fn indexed(mut self) -> Self {
        for topic in self.stages.iter_mut().flat_map(|stage| &mut stage.topics) {
            topic.share = Share::of(topic);
        }
        let mut index = Vec::new();
        for (s, stage) in self.stages.iter().enumerate() {
            let at = |kind, topic: usize, child: usize| Location {
                kind,
                stage: s as u16,
                topic: topic as u16,
                child: child as u16,
            };
            index.push(at(NodeKind::Stage, 0, 0));
            for (t, topic) in stage.topics.iter().enumerate() {
                index.push(at(NodeKind::Topic, t, 0));
                index.extend((0..topic.skills.len()).map(|c| at(NodeKind::Skill, t, c)));
                index.extend((0..topic.resources.len()).map(|c| at(NodeKind::Resource, t, c)));
            }
            index.extend((0..stage.milestones.len()).map(|c| at(NodeKind::Milestone, 0, c)));
        }
        index.sort_by(|a, b| self.id_at(*a).cmp(self.id_at(*b)));
        let olds = |at: &Location| {
            let replaces = self.node_at(*at).map_or(&[][..], |node| node.replaces());
            let at = *at;
            replaces.iter().map(move |old| (old.clone(), at))
        };
        let mut olds: Vec<(String, Location)> = index.iter().flat_map(olds).collect();
        olds.sort_by(|(one, _), (other, _)| one.cmp(other));
        self.index = Index { places: index, olds };
        self
    }

    fn id_at(&self, at: Location) -> &str {
        let Some(stage) = self.stages.get(usize::from(at.stage)) else {
            return "";
        };
        let topic = || stage.topics.get(usize::from(at.topic));
        let child = usize::from(at.child);
        match at.kind {
            NodeKind::Path => Some(self.id.as_str()),
            NodeKind::Stage => Some(stage.id.as_str()),
            NodeKind::Topic => topic().map(|topic| topic.id.as_str()),
            NodeKind::Skill => topic().and_then(|t| t.skills.get(child)).map(|s| &*s.tracked.id),
            NodeKind::Resource => {
                topic().and_then(|t| t.resources.get(child)).map(|r| &*r.tracked.id)
            }
            NodeKind::Milestone => stage.milestones.get(child).map(|m| &*m.tracked.id),
        }
        .unwrap_or("")
    }

    /// The node with this id.
    pub fn node(&self, id: &str) -> Option<Node<'_>> {
        let places = &self.index.places;
        let found = places.binary_search_by(|at| self.id_at(*at).cmp(id)).ok()?;
        self.node_at(*places.get(found)?)
    }

    /// The node with this id, or what replaces the node that had it.
    pub fn resolve(&self, id: &str) -> Option<Node<'_>> {
        self.node(id).or_else(|| self.replacement(id))
    }

    fn node_at(&self, at: Location) -> Option<Node<'_>> {
        let stage = self.stages.get(usize::from(at.stage))?;
        let child = usize::from(at.child);
        if at.kind == NodeKind::Stage {
            return Some(Node::Stage(self, stage));
        }
        let (topic, what) = match at.kind {
            NodeKind::Milestone => (None, ItemBody::Milestone(stage.milestones.get(child)?)),
            kind => {
                let topic = stage.topics.get(usize::from(at.topic))?;
                match kind {
                    NodeKind::Skill => (Some(topic), ItemBody::Skill(topic.skills.get(child)?)),
                    NodeKind::Resource => {
                        (Some(topic), ItemBody::Resource(topic.resources.get(child)?))
                    }
                    _ => return Some(Node::Topic(self, stage, topic)),
                }
            }
        };
        Some(Node::Item(Item { roadmap: self, stage, topic, what }))
    }

    /// The item with this id.
    pub fn item(&self, id: &str) -> Option<Item<'_>> {
        match self.node(id) {
            Some(Node::Item(item)) => Some(item),
            _ => None,
        }
    }

    /// What carries an old id, by its `replaces`.
    pub fn replacement(&self, old: &str) -> Option<Node<'_>> {
        let olds = &self.index.olds;
        let found = olds.binary_search_by(|(id, _)| id.as_str().cmp(old)).ok()?;
        self.node_at(olds.get(found)?.1)
    }

    /// All ids of stages, topics and items.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.index.places.iter().map(|at| self.id_at(*at))
    }

    /// All items in the order of the file: by stage the topics' skills and resources, then the
    /// milestones.
    pub fn items(&self) -> impl Iterator<Item = Item<'_>> {
        self.stages.iter().flat_map(|stage| self.items_of_stage(stage))
    }

    /// The items of one stage.
    pub fn items_of_stage<'a>(&'a self, stage: &'a Stage) -> impl Iterator<Item = Item<'a>> {
        let topics = stage.topics.iter();
        topics
            .flat_map(move |topic| self.items_of_topic(stage, topic))
            .chain(self.milestones_of(stage))
    }

    /// The milestones of one stage.
    pub fn milestones_of<'a>(&'a self, stage: &'a Stage) -> impl Iterator<Item = Item<'a>> {
        let item = move |what| Item { roadmap: self, stage, topic: None, what };
        stage.milestones.iter().map(ItemBody::Milestone).map(item)
    }

    /// The items of one topic.
    pub fn items_of_topic<'a>(
        &'a self,
        stage: &'a Stage,
        topic: &'a Topic,
    ) -> impl Iterator<Item = Item<'a>> {
        let item = move |what| Item { roadmap: self, stage, topic: Some(topic), what };
        topic
            .skills
            .iter()
            .map(ItemBody::Skill)
            .chain(topic.resources.iter().map(ItemBody::Resource))
            .map(item)
    }

    /// The interview questions, in the order of the file.
    pub fn questions(&self) -> impl Iterator<Item = PathQuestion<'_>> {
        self.interview.iter().flat_map(move |topic| {
            let asked = move |question| PathQuestion { roadmap: self, topic, question };
            topic.questions.iter().map(asked)
        })
    }

    /// The interview question with this id, or what replaces the question that had it.
    pub fn question(&self, id: &str) -> Option<PathQuestion<'_>> {
        let had = |asked: &PathQuestion<'_>| asked.question.replaces.iter().any(|old| old == id);
        let is = |asked: &PathQuestion<'_>| asked.question.id == id;
        self.questions().find(is).or_else(|| self.questions().find(had))
    }

    /// The stages, topics and items, in the order of the file.
    pub fn nodes(&self) -> impl Iterator<Item = Node<'_>> {
        self.stages.iter().flat_map(move |stage| {
            let topics = stage.topics.iter().map(move |topic| Node::Topic(self, stage, topic));
            let items = self.items_of_stage(stage).map(Node::Item);
            std::iter::once(Node::Stage(self, stage)).chain(topics).chain(items)
        })
    }

    /// All references that it names, in `requires` or `same_as`.
    pub fn references(&self) -> impl Iterator<Item = &Ref> {
        let stages = self.stages.iter();
        let topics = self.stages.iter().flat_map(|stage| &stage.topics);
        let milestones = self.stages.iter().flat_map(|stage| &stage.milestones);
        let resources = topics.clone().flat_map(|topic| &topic.resources);
        let requirements = self
            .requires
            .iter()
            .chain(stages.flat_map(|stage| &stage.requires))
            .chain(topics.flat_map(|topic| &topic.requires))
            .chain(milestones.flat_map(|milestone| &milestone.requires))
            .chain(resources.flat_map(|resource| &resource.requires));
        requirements
            .flat_map(|requirement| &requirement.any_of)
            .chain(self.items().filter_map(|item| item.tracked().same_as.as_ref()))
    }

    /// Ids of other paths that this one names, in `requires` or `same_as`, each once.
    pub fn mentions(&self) -> Vec<&str> {
        let mut paths: Vec<&str> = Vec::new();
        let mut seen = HashSet::new();
        for reference in self.references() {
            let path = reference.path();
            if path != self.id && seen.insert(path) {
                paths.push(path);
            }
        }
        paths
    }
}

/// Where roadmaps are found by id. The catalog reads them when first asked for; tests hold a list.
pub trait Shelf {
    /// The roadmap of a path; an old id finds the path that replaced it, while no path has that
    /// id. None where there is no such path, or its file cannot be used.
    fn roadmap(&self, id: &str) -> Option<&Roadmap>;

    /// The id of a path that says that it had this one before; not that of the path `but`.
    fn claimant(&self, old: &str, but: &str) -> Option<&str> {
        let found = self.roadmap(old)?.id.as_str();
        (found != old && found != but).then_some(found)
    }
}

impl Shelf for Vec<Roadmap> {
    fn roadmap(&self, id: &str) -> Option<&Roadmap> {
        let had = |roadmap: &&Roadmap| roadmap.replaces.iter().any(|old| old == id);
        self.iter().find(|roadmap| roadmap.id == id).or_else(|| self.iter().find(had))
    }

    fn claimant(&self, old: &str, but: &str) -> Option<&str> {
        let mut others = self.iter().filter(|roadmap| roadmap.id != but);
        let found = others.find(|roadmap| roadmap.replaces.iter().any(|id| id == old));
        found.map(|roadmap| roadmap.id.as_str())
    }
}

/// The node that a reference names; an old id finds what replaced it.
pub fn find<'a>(shelf: &'a dyn Shelf, reference: &Ref) -> Option<Node<'a>> {
    let roadmap = shelf.roadmap(reference.path())?;
    match reference.id() {
        None => Some(Node::Path(roadmap)),
        Some(id) => roadmap.resolve(id),
    }
}

// With its path, since `build.rs` takes this file from another place.
#[cfg(test)]
#[path = "roadmap/tests.rs"]
mod tests;
