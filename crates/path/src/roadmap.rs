//! A learning path as a value, and how its parts are found by id.
//!
//! A [`Roadmap`] is valid by construction: only a path file without an error becomes one, so that
//! nobody checks it again later. It is plain data, cheap to serialise (the index of a parsed path is
//! this very type), and knows nothing of files, of the clock or of progress.

use std::collections::HashSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::kind::NodeKind;
use crate::node::{Item, ItemBody, Node};
use crate::parts::{Heading, InterviewTopic, PathQuestion, Requirement, Share, Stage, Topic};
use crate::reference::Ref;

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
    /// Ids that an overlay hides, with those that they had before, sorted. Nothing else is left of
    /// them here; their record stays.
    pub hidden: Vec<String>,
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

/// Where a node is in its roadmap. The meaning of `child` depends on the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Location {
    kind: NodeKind,
    stage: u16,
    topic: u16,
    child: u16,
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
    pub(crate) fn replacement(&self, old: &str) -> Option<Node<'_>> {
        let olds = &self.index.olds;
        let found = olds.binary_search_by(|(id, _)| id.as_str().cmp(old)).ok()?;
        self.node_at(olds.get(found)?.1)
    }

    /// Whether an overlay hides what has, or had, this id.
    pub fn hides(&self, id: &str) -> bool {
        self.hidden.binary_search_by(|hidden| hidden.as_str().cmp(id)).is_ok()
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

#[cfg(test)]
mod tests;
