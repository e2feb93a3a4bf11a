//! What one shows to somebody who asks what one can do: the same document without what is open, and
//! without what is said to the learner.
//!
//! What it takes away is gone from the document, so that no format can show it.

use milepost_path::NodeKind;

use super::document::Document;
use super::item::ItemPart;
use super::matrix::Matrix;
use super::path::{PathPart, StagePart, TopicPart};
use crate::model::standing::Status;

/// A document of what is done: done items with their evidence, and the skill areas whose level is
/// at least what the role needs. It has no notes, and does not say when or how long the learner studies.
/// None where nothing is left to show.
pub fn public(document: &Document) -> Option<Document> {
    let mut public = document.clone();
    public.paths.iter_mut().for_each(strip_path);
    public.paths.retain(shows_anything);
    public.earlier.retain(|item| item.status == Status::Done);
    public.earlier.iter_mut().for_each(strip_item);
    public.away.clear();
    public.matrix = public.matrix.and_then(reached);
    let is_empty = public.paths.is_empty() && public.matrix.is_none() && public.earlier.is_empty();
    (!is_empty).then_some(public)
}

fn strip_path(path: &mut PathPart) {
    path.summary = None;
    path.stages.iter_mut().for_each(strip_stage);
}

fn strip_stage(stage: &mut StagePart) {
    (stage.summary, stage.about) = (None, None);
    stage.notes.clear();
    stage.topics.iter_mut().for_each(strip_topic);
    // A milestone that is retired stands under earlier work.
    let is_earlier = |item: &ItemPart| item.retired && item.kind == NodeKind::Milestone;
    stage.items.retain(|item| item.status == Status::Done && !is_earlier(item));
    stage.items.iter_mut().for_each(strip_item);
}

fn strip_topic(topic: &mut TopicPart) {
    (topic.summary, topic.about) = (None, None);
    topic.notes.clear();
    topic.studied.clear();
}

/// A milestone tells the learner what to build; its criteria and evidence tell what was built. That
/// an item went from its path says nothing about who did it.
fn strip_item(item: &mut ItemPart) {
    (item.summary, item.about) = (None, None);
    item.retired = false;
    item.links.clear();
    item.open_skills.clear();
    item.notes.clear();
    item.studied.clear();
}

fn shows_anything(path: &PathPart) -> bool {
    path.stages.iter().any(|stage| {
        !stage.items.is_empty()
            || !stage.evidence.is_empty()
            || stage.topics.iter().any(|topic| !topic.evidence.is_empty())
    })
}

/// The areas in which the learner has the level that they want.
fn reached(mut matrix: Matrix) -> Option<Matrix> {
    matrix.areas.retain(|area| {
        let level = area.level.unwrap_or(0);
        level > 0 && level >= area.target.unwrap_or(0)
    });
    matrix.areas.iter_mut().for_each(|area| area.notes.clear());
    (!matrix.areas.is_empty()).then_some(matrix)
}
