//! What every report says of a path or a stage: its id, its title and how far it is.

use milepost_path::{Node, Roadmap};
use serde::Serialize;

use super::learner::Learner;
use super::progress::{Progress, progress};

/// A path or a stage in few words.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Summary {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How far it is.
    pub progress: Progress,
}

impl Summary {
    /// The summary of a node.
    pub(crate) fn of(view: &Learner<'_>, node: &Node<'_>) -> Self {
        let reference = node.reference();
        Self {
            id: reference.id().unwrap_or(reference.path()).to_owned(),
            title: node.title().to_owned(),
            progress: progress(view, node),
        }
    }

    /// The summaries of the stages of a path, in their order.
    pub(crate) fn of_stages(view: &Learner<'_>, roadmap: &Roadmap) -> Vec<Self> {
        let stages = roadmap.stages.iter();
        stages.map(|stage| Self::of(view, &Node::Stage(roadmap, stage))).collect()
    }
}
