//! The draft of a path: what a document says, before it is the text of a path file.
//!
//! It is looser than a roadmap: ids can be missing, requirements are names as the source writes
//! them, and each node knows where it came from and what about it was guessed.

use chrono::NaiveDate;
use milepost_path::{Cost, Link, ResourceKind};

use crate::counts::Counts;
use crate::guess::Guess;

/// The draft of a path.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    /// The title of the document; `None` if it has none.
    pub title: Option<String>,
    /// One or two sentences about it.
    pub summary: Option<String>,
    /// Who wrote the document.
    pub author: Option<String>,
    /// Under which licence it can be used.
    pub license: Option<String>,
    /// What it was made from: an address or a title.
    pub source: Option<String>,
    /// The author's name for this state of it.
    pub version: Option<String>,
    /// The language of its texts, as a tag.
    pub lang: Option<String>,
    /// The stages, in their order.
    pub stages: Vec<Stage>,
    /// Groups of questions.
    pub interview: Vec<Interview>,
    /// What was read, and what was left out.
    pub counts: Counts,
}

/// What a node is; those that stand higher come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Kind {
    Stage,
    Topic,
    Milestone,
    Skill,
    Resource,
    Interview,
}

impl Kind {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stage => "stage",
            Self::Topic => "topic",
            Self::Milestone => "milestone",
            Self::Skill => "skill",
            Self::Resource => "resource",
            Self::Interview => "interview",
        }
    }
}

impl Draft {
    /// Its nodes in the order of the file, each with the number of the one that it stands in.
    pub fn nodes(&self) -> Vec<(Kind, Option<usize>, &Node)> {
        let mut nodes = Vec::new();
        for stage in &self.stages {
            let at = nodes.len();
            nodes.push((Kind::Stage, None, &stage.node));
            for topic in &stage.topics {
                let of_topic = nodes.len();
                nodes.push((Kind::Topic, Some(at), &topic.node));
                nodes.extend(
                    topic.skills.iter().map(|one| (Kind::Skill, Some(of_topic), &one.node)),
                );
                let resources = topic.resources.iter();
                nodes.extend(resources.map(|one| (Kind::Resource, Some(of_topic), &one.node)));
            }
            let milestones = stage.milestones.iter();
            nodes.extend(milestones.map(|one| (Kind::Milestone, Some(at), &one.node)));
        }
        nodes.extend(self.interview.iter().map(|one| (Kind::Interview, None, &one.node)));
        nodes
    }

    /// Its nodes, in the order of [`Draft::nodes`].
    pub fn nodes_mut(&mut self) -> Vec<&mut Node> {
        let mut nodes = Vec::new();
        for stage in &mut self.stages {
            nodes.push(&mut stage.node);
            for topic in &mut stage.topics {
                nodes.push(&mut topic.node);
                nodes.extend(topic.skills.iter_mut().map(|one| &mut one.node));
                nodes.extend(topic.resources.iter_mut().map(|one| &mut one.node));
            }
            nodes.extend(stage.milestones.iter_mut().map(|one| &mut one.node));
        }
        nodes.extend(self.interview.iter_mut().map(|one| &mut one.node));
        nodes
    }
}

/// What every node has.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Node {
    /// Its id. A reader leaves it out, or sets what the source calls it; `settle` fills it in, and
    /// replaces what cannot be an id or stands twice.
    pub id: Option<String>,
    /// Its title, in plain text.
    pub title: String,
    /// One sentence about it.
    pub summary: Option<String>,
    /// Plain text, one paragraph or line an entry.
    pub about: Vec<String>,
    /// Its address, if that is http or https.
    pub url: Option<String>,
    /// More addresses.
    pub links: Vec<Link>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// What it requires, each as the source names it: the key, id, address or title of another node.
    /// `settle` finds what is meant; what nothing is called becomes a line of `about`.
    pub requires: Vec<Need>,
    /// Whether it is an extra. Items have it; of a stage or a topic it holds for all of its items.
    pub optional: bool,
    /// Whether the source says that it is no longer to be used.
    pub retired: bool,
    /// What the source calls it for good, such as a UUID: it is written as `x-uuid`.
    pub key: Option<String>,
    /// The line of the source, from 1; 0 where the source has no lines.
    pub line: usize,
    /// That the source has it ticked.
    pub tick: Option<Tick>,
    /// What the source does not say, and was guessed.
    pub guesses: Vec<Guess>,
}

impl Node {
    /// A node with a title and a place in the source, and nothing else yet.
    pub fn new(title: impl Into<String>, line: usize) -> Self {
        Self { title: title.into(), line, ..Self::default() }
    }
}

/// A requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need {
    /// As the source writes it: the key, id, address or title of another node, or mere words.
    Named(String),
    /// The id of a node of this draft.
    Found(String),
}

/// That something is ticked in the source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tick {
    /// On which day, if the source says it.
    pub on: Option<NaiveDate>,
    /// What is written beside it.
    pub note: Option<String>,
}

/// An effort in hours: one number twice, or the two ends of a range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hours(pub f64, pub f64);

/// A part of a path in time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stage {
    /// Title and what else every node has.
    pub node: Node,
    /// So many of its topics are enough.
    pub choose: Option<u16>,
    /// The planned window in months since the start.
    pub months: Option<[f64; 2]>,
    /// Its topics.
    pub topics: Vec<Topic>,
    /// Its milestones.
    pub milestones: Vec<Milestone>,
}

/// A subject inside a stage. Without skills, its resources are what is counted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Topic {
    /// Title and what else every node has.
    pub node: Node,
    /// So many of its skills are enough.
    pub choose: Option<u16>,
    /// The effort to reach its skills.
    pub hours: Option<Hours>,
    /// Its skills.
    pub skills: Vec<Skill>,
    /// Its resources.
    pub resources: Vec<Resource>,
}

/// One thing to be able to do or to know.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Skill {
    /// Title and what else every node has. A skill cannot require: that becomes text.
    pub node: Node,
    /// The statement that a person who has it can say: "I ...".
    pub can: Option<String>,
}

/// Something to study.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Resource {
    /// Title and what else every node has.
    pub node: Node,
    /// What kind of resource it is; `settle` guesses it from the address where it is left out.
    pub kind: Option<ResourceKind>,
    /// What it costs; `None` if the source does not say.
    pub cost: Option<Cost>,
    /// The effort to work through it.
    pub hours: Option<Hours>,
    /// Its author or provider.
    pub by: Option<String>,
    /// The part of it that is meant.
    pub part: Option<String>,
    /// Its language, where it is another than the path's.
    pub lang: Option<String>,
    /// Which skills of its topic it teaches.
    pub teaches: Teaches,
    /// The resources of its topic that it can take the place of, named as in [`Node::requires`].
    pub instead_of: Vec<Need>,
}

/// Which skills of its topic a resource teaches.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Teaches {
    /// All of them; also where there are none.
    #[default]
    All,
    /// Those with these names: keys, ids or titles of skills of the topic.
    Named(Vec<String>),
    /// None: it is look-up material.
    Nothing,
}

/// Something to build or achieve.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Milestone {
    /// Title and what else every node has.
    pub node: Node,
    /// The effort.
    pub hours: Option<Hours>,
    /// What a person can check; `settle` writes one where there is none.
    pub criteria: Vec<Criterion>,
}

/// What a person can check about a milestone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Criterion {
    /// A sentence to say yes or no to; with a scale, what is rated.
    pub text: String,
    /// The points that it is worth.
    pub points: Option<u16>,
    /// What stands for how many points, such as `2: it runs`, the fewest first.
    pub scale: Vec<String>,
}

/// A group of questions.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Interview {
    /// Title and what else every node has; only id, title, key and line are used.
    pub node: Node,
    /// The topics that it exercises, named as in [`Node::requires`].
    pub topics: Vec<Need>,
    /// Its questions.
    pub questions: Vec<Question>,
}

/// A question of an interview, or a card of a deck.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Question {
    /// Its id; `settle` fills it in.
    pub id: Option<String>,
    /// The question.
    pub ask: String,
    /// What a strong answer covers.
    pub look_for: Option<String>,
    /// Plain text, one paragraph or line an entry.
    pub about: Vec<String>,
    /// What the source calls it for good.
    pub key: Option<String>,
    /// The line of the source, from 1.
    pub line: usize,
}
