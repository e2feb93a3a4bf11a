//! An item as `list`, `search`, `next` and others report it.

use milepost_path::{Cost, Item, Node, Ref, ResourceKind};
use serde::Serialize;

use crate::model::learner::Learner;
use crate::model::search::Found;
use crate::model::standing::Status;

/// The fields that every report of an item has; of another thing that is found, those that it has.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Row {
    /// Its reference.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its kind.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// The id of its path; a term has none.
    pub path: Option<String>,
    /// The id of its stage.
    pub stage: Option<String>,
    /// The id of its topic; a milestone has none.
    pub topic: Option<String>,
    /// The status of an item.
    pub status: Option<Status>,
    /// The effort of an item.
    pub hours: Option<f64>,
    /// Its address.
    pub url: Option<String>,
    /// A resource's kind.
    #[serde(rename = "type")]
    pub resource_kind: Option<ResourceKind>,
    /// What a resource costs.
    pub cost: Option<Cost>,
    /// Whether it is retired, which `show` reports.
    #[serde(skip)]
    pub is_retired: bool,
    /// Whether no path has it any more.
    #[serde(skip)]
    pub is_former: bool,
}

impl Row {
    /// The row of an item.
    pub(crate) fn new(item: &Item<'_>, view: &Learner<'_>) -> Self {
        Self::of(&Found::Node(Node::Item(*item)), view)
    }

    /// The row of what was found.
    pub(crate) fn of(found: &Found<'_>, view: &Learner<'_>) -> Self {
        let (roadmap, stage, topic) = match found {
            Found::Node(node) => (Some(node.roadmap()), node.stage(), node.topic()),
            Found::Question(asked) => (Some(asked.roadmap), None, None),
            Found::Term(_) | Found::Former(_) => (None, None, None),
        };
        let former = match found {
            Found::Former(former) => Some(*former),
            _ => None,
        };
        let item = found.item();
        let resource = item.and_then(Item::resource);
        Self {
            reference: found.reference(),
            kind: found.kind(),
            title: found.title().to_owned(),
            path: roadmap
                .map(|roadmap| roadmap.id.as_str())
                .or_else(|| former.map(|former| former.reference.path()))
                .map(str::to_owned),
            stage: stage.map(|stage| stage.id.clone()),
            topic: topic.map(|topic| topic.id.clone()),
            status: item
                .map(|item| view.status(item))
                .or_else(|| former.map(|former| former.state.status)),
            hours: item.and_then(Item::hours),
            url: found.url().map(str::to_owned),
            resource_kind: resource.map(|resource| resource.kind),
            cost: resource.and_then(|resource| resource.cost),
            is_retired: item.is_some_and(|item| item.tracked().retired),
            is_former: former.is_some(),
        }
    }

    /// The word for what it is: a resource's kind says more than `resource`.
    pub fn what(&self) -> &'static str {
        self.resource_kind.map_or(self.kind, ResourceKind::as_str)
    }
}
