//! When each thing is needed, reckoned anew and as simply as it can be said: whatever something
//! requires is needed no later than it, and a topic of the path as a whole.

use std::collections::BTreeMap;

use milepost_path::{Item, Node, Ref, find};

use super::learner::Walker;

/// The effective stage of topics, skills and milestones, by reference.
pub struct Stages(BTreeMap<Ref, usize>);

impl Stages {
    /// For a path in the state of a learner: what is finished asks for nothing.
    pub fn new(learner: &Walker<'_>, path: &str) -> Self {
        let mut stages = Self(BTreeMap::new());
        let roadmap = learner.shelf.roadmap(path).unwrap();
        for (at, stage) in roadmap.stages.iter().enumerate() {
            for topic in &stage.topics {
                stages.lower(path, Node::Topic(roadmap, stage, topic), at);
            }
            for milestone in roadmap.milestones_of(stage) {
                stages.lower(path, Node::Item(milestone), at);
            }
        }
        let view = learner.view();
        loop {
            let before = stages.0.clone();
            for (reference, stage) in &before {
                let node = find(learner.shelf, reference).unwrap();
                if view.is_finished(&node) {
                    continue;
                }
                for required in node.requirements().iter().flat_map(|one| &one.any_of) {
                    let required = find(learner.shelf, required).unwrap();
                    stages.lower(path, required, *stage);
                }
            }
            if stages.0 == before {
                return stages;
            }
        }
    }

    fn lower(&mut self, path: &str, node: Node<'_>, stage: usize) {
        let whole_topic = node.topic().filter(|_| node.roadmap().id == path);
        let node = match (whole_topic, node.stage()) {
            (Some(topic), Some(in_stage)) => Node::Topic(node.roadmap(), in_stage, topic),
            _ => node,
        };
        let skills = node.items().into_iter().filter(|item| item.resource().is_none());
        for reference in skills.map(|item| item.reference()).chain([node.reference()]) {
            let known = self.0.entry(reference).or_insert(stage);
            *known = stage.min(*known);
        }
    }

    pub fn of_milestone(&self, item: &Item<'_>) -> Option<usize> {
        self.0.get(&item.reference()).copied()
    }

    /// Of a resource: when the first open skill that it teaches is needed.
    pub fn of_resource(&self, learner: &Walker<'_>, item: &Item<'_>) -> Option<usize> {
        let topic = item.topic.unwrap();
        let teaches = &item.resource().unwrap().skills;
        let skills =
            learner.shelf.roadmap(&item.roadmap.id).unwrap().items_of_topic(item.stage, topic);
        let open = skills.filter(|skill| skill.skill().is_some() && learner.view().is_open(skill));
        let taught = open.filter(|skill| teaches.iter().any(|id| id == skill.id()));
        taught.filter_map(|skill| self.0.get(&skill.reference()).copied()).min()
    }
}
