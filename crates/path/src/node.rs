//! A part of a roadmap with what it stands in: what a reference leads to.

use crate::kind::NodeKind;
use crate::parts::{
    Details, Goals, ItemInfo, Link, Milestone, Requirement, Resource, Share, Skill, Stage, Topic,
};
use crate::reference::Ref;
use crate::roadmap::Roadmap;

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
