//! An overlay: what a learner adds to a path, hides of it and sets in it, without a copy of it.
//!
//! It names things of its base by their ids, so the base can go on changing. What it adds has an id
//! that begins with [`OWN`], which no base has: nothing that a base adds later is ever taken for it.
//! Titles, criteria, kinds and ids of the base stay: a portfolio means what the base says.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::kind::NodeKind;
use crate::parts::{Link, Milestone, Requirement, Resource, Skill, Stage, Topic};
use crate::roadmap::Roadmap;

mod apply;
mod hours;
mod order;

pub use apply::apply;

/// What the id of everything begins with that an overlay adds.
pub const OWN: &str = "my-";

/// An overlay of a path.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Overlay {
    /// The id of the path.
    pub extends: String,
    /// The day on which the path was changed last when the overlay was written.
    pub written_for: Option<NaiveDate>,
    /// What it adds, in the order of the file: what something stands in comes before it.
    pub added: Vec<Added>,
    /// What it sets in things of the path.
    pub changes: Vec<Change>,
    /// Ids of things of the path that it hides.
    pub hidden: Vec<String>,
}

/// Something that an overlay adds.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    /// The stage or topic that it stands in, of the path or of the overlay; none for a stage.
    pub within: Option<String>,
    /// What it comes after; at the end where nothing is said.
    pub after: Option<String>,
    /// The thing itself. A stage and a topic are empty: what is in them follows.
    pub node: New,
}

/// A stage, topic or item that an overlay adds.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum New {
    Stage(Box<Stage>),
    Topic(Box<Topic>),
    Skill(Box<Skill>),
    /// A resource, and whether it teaches all skills of its topic.
    Resource(Box<Resource>, bool),
    Milestone(Box<Milestone>),
}

impl New {
    /// Its id.
    pub(crate) fn id(&self) -> &str {
        match self {
            Self::Stage(stage) => &stage.id,
            Self::Topic(topic) => &topic.id,
            Self::Skill(skill) => &skill.tracked.id,
            Self::Resource(resource, _) => &resource.tracked.id,
            Self::Milestone(milestone) => &milestone.tracked.id,
        }
    }

    /// Its kind.
    pub(crate) fn kind(&self) -> NodeKind {
        match self {
            Self::Stage(_) => NodeKind::Stage,
            Self::Topic(_) => NodeKind::Topic,
            Self::Skill(_) => NodeKind::Skill,
            Self::Resource(..) => NodeKind::Resource,
            Self::Milestone(_) => NodeKind::Milestone,
        }
    }
}

/// What an overlay sets in a thing of the path.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The thing.
    pub id: String,
    /// What the overlay takes it for.
    pub kind: NodeKind,
    /// Its effort in hours, the mean of a range.
    pub hours: Option<f64>,
    /// The ends of the effort, where it is a range.
    pub range: Option<[f64; 2]>,
    /// Whether it is counted no longer, or again.
    pub optional: Option<bool>,
    /// The planned window of a stage.
    pub months: Option<[f64; 2]>,
    /// What it requires besides.
    pub requires: Vec<Requirement>,
    /// More addresses.
    pub links: Vec<Link>,
    /// What it comes after.
    pub after: Option<String>,
}

impl Change {
    /// Whether it sets nothing.
    pub(crate) fn is_empty(&self) -> bool {
        let is_set = self.hours.is_some() || self.optional.is_some() || self.months.is_some();
        !is_set && self.requires.is_empty() && self.links.is_empty() && self.after.is_none()
    }
}

/// Something that an overlay names and that cannot be taken as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loose {
    /// What it names.
    pub id: String,
    /// What of the overlay names it, by its id; the same id where the thing itself is meant.
    pub by: String,
    /// What is wrong with it.
    pub why: Why,
}

/// Why something that an overlay names cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// The path has nothing with this id, nor anything that replaces it.
    Gone,
    /// The path has it as something of this kind.
    Kind(NodeKind),
    /// It stands elsewhere than what should come after it, or teach it.
    Elsewhere,
    /// Requiring it would lead back to where it starts.
    Circle,
    /// The path would have too many parts.
    TooMany,
}

impl Why {
    /// A stable word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Kind(_) => "kind",
            Self::Elsewhere => "elsewhere",
            Self::Circle => "circle",
            Self::TooMany => "too-many",
        }
    }
}

/// Whether an id is one of an overlay's own.
pub fn is_own(id: &str) -> bool {
    id.starts_with(OWN)
}

impl Overlay {
    /// The first id of a path that only an overlay can have, for which it cannot be extended.
    pub fn clash(base: &Roadmap) -> Option<&str> {
        let olds = base.nodes().flat_map(|node| node.replaces()).map(String::as_str);
        let mut ids = base.ids().filter(|id| is_own(id)).chain(olds.filter(|id| is_own(id)));
        ids.next()
    }

    /// Whether it does nothing.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changes.is_empty() && self.hidden.is_empty()
    }
}

#[cfg(test)]
mod tests;
