//! From what a source says to what a path can say: clean texts, types, ids, requirements.
//!
//! What comes out passes `check`: `write` only puts it down.

use milepost_path::limits::{MOST_FEW, MOST_HOURS, MOST_IMPLIED};

use crate::draft::{Draft, Hours, Milestone, Node, Resource, Stage, Topic};
use crate::guess::{Guess, Guessed, kind_of};
use crate::read::{MOST_ITEMS, Many, Options, ReadError};

mod clean;
mod doubles;
mod names;
mod order;

/// How many links of all nodes are kept: each is a table of the file.
const MOST_LINKS: usize = 100_000;

/// Makes a draft fit to be written.
///
/// # Errors
/// It has nothing that can be an item of a path, or more than a path can hold.
pub fn settle(mut draft: Draft, options: &Options) -> Result<Draft, ReadError> {
    clean::clean(&mut draft, options);
    for stage in &mut draft.stages {
        spread_optional(stage);
    }
    doubles::drop_them(&mut draft);
    doubles::drop_keys(&mut draft);
    fill_empty(&mut draft);
    bounded(&draft)?;
    for stage in &mut draft.stages {
        for topic in &mut stage.topics {
            efforts_of_topic(topic);
            for resource in &mut topic.resources {
                type_of(resource);
            }
        }
        for milestone in &mut stage.milestones {
            criteria_of(milestone);
        }
    }
    names::name(&mut draft);
    order::order(&mut draft);
    for stage in &mut draft.stages {
        choices(stage);
    }
    Ok(draft)
}

/// What holds for a stage or a topic holds for all of its items.
fn spread_optional(stage: &mut Stage) {
    let whole = stage.node.optional;
    for topic in &mut stage.topics {
        let optional = whole || topic.node.optional;
        for node in topic.skills.iter_mut().map(|one| &mut one.node) {
            node.optional |= optional;
        }
        for node in topic.resources.iter_mut().map(|one| &mut one.node) {
            node.optional |= optional;
        }
    }
    for milestone in &mut stage.milestones {
        milestone.node.optional |= whole;
    }
}

/// A topic without anything in it is something to learn itself; a stage without any is left out.
fn fill_empty(draft: &mut Draft) {
    for topic in draft.stages.iter_mut().flat_map(|stage| &mut stage.topics) {
        if topic.skills.is_empty() && topic.resources.is_empty() {
            let mut node = Node::new(topic.node.title.clone(), topic.node.line);
            node.optional = topic.node.optional;
            node.retired = topic.node.retired;
            node.tick = topic.node.tick.clone();
            node.guesses.push(Guess::new(Guessed::Section, ""));
            topic.skills.push(crate::draft::Skill { node, can: None });
        }
    }
    draft.stages.retain(|stage| !stage.topics.is_empty() || !stage.milestones.is_empty());
}

fn bounded(draft: &Draft) -> Result<(), ReadError> {
    if draft.stages.len() > MOST_FEW {
        return Err(ReadError::TooMany { what: Many::Stages, most: MOST_FEW });
    }
    let nodes = draft.nodes();
    let questions: usize = draft.interview.iter().map(|one| one.questions.len()).sum();
    if nodes.len() + questions > MOST_ITEMS {
        return Err(ReadError::TooMany { what: Many::Items, most: MOST_ITEMS });
    }
    if nodes.iter().map(|(_, _, node)| node.links.len()).sum::<usize>() > MOST_LINKS {
        return Err(ReadError::TooMany { what: Many::Links, most: MOST_LINKS });
    }
    if nodes.is_empty() { Err(ReadError::Nothing) } else { Ok(()) }
}

fn type_of(resource: &mut Resource) {
    resource.hours = resource.hours.and_then(sound);
    if resource.kind.is_none() {
        let node = &mut resource.node;
        let (kind, from) = kind_of(node.url.as_deref(), &node.title);
        resource.kind = Some(kind);
        node.guesses.push(Guess::new(Guessed::Type, from));
    }
}

fn criteria_of(milestone: &mut Milestone) {
    milestone.hours = milestone.hours.and_then(sound);
    if milestone.criteria.is_empty() {
        let node = &mut milestone.node;
        let text = "It is finished, and somebody else has seen it.".to_owned();
        milestone.criteria.push(crate::draft::Criterion { text, ..Default::default() });
        node.guesses.push(Guess::new(Guessed::Criteria, ""));
    }
}

fn efforts_of_topic(topic: &mut Topic) {
    topic.hours = topic.hours.and_then(sound);
    let unnamed = topic.resources.iter().filter(|one| one.teaches == crate::draft::Teaches::All);
    if unnamed.count().saturating_mul(topic.skills.len()) > MOST_IMPLIED {
        for resource in &mut topic.resources {
            resource.teaches = crate::draft::Teaches::Nothing;
        }
    }
}

/// An effort as a path can say it: to the hundredth of an hour, the smaller end first.
fn sound(hours: Hours) -> Option<Hours> {
    let ends =
        [hours.0.min(hours.1), hours.0.max(hours.1)].map(|end| (end * 100.0).round() / 100.0);
    let [low, high] = ends.map(|end| end.clamp(0.01, MOST_HOURS));
    (hours.0.is_finite() && hours.1.is_finite() && hours.1 > 0.0).then_some(Hours(low, high))
}

/// Leaves out what chooses as many as there are, or more.
fn choices(stage: &mut Stage) {
    if stage.choose.is_some_and(|most| most == 0 || usize::from(most) >= stage.topics.len()) {
        stage.choose = None;
    }
    for topic in &mut stage.topics {
        let counted = topic.skills.iter().filter(|one| !one.node.optional && !one.node.retired);
        let counted = counted.count();
        if topic.choose.is_some_and(|most| most == 0 || usize::from(most) >= counted) {
            topic.choose = None;
        }
    }
}
