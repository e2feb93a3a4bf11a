//! Items that pass some filters.

use std::collections::HashSet;

use milepost_path::{Item, Node, NodeKind, Resource};
use serde::Serialize;

use super::row::Row;
use super::{Answer, App, Hint, Named, Refusal, Result};
use crate::catalog::reference::{named, nearest};
use crate::model::learner::{Learner, RequirementCache};
use crate::model::standing::Status;

/// What is asked; without any filter all items of the followed paths.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The path; the followed ones without one.
    pub path: Option<String>,
    /// Only items of this kind.
    pub kind: Option<NodeKind>,
    /// Only items with this status.
    pub status: Option<Status>,
    /// Only items of the stage with this id or title.
    pub stage: Option<String>,
    /// Only items of the topic with this id or title.
    pub topic: Option<String>,
    /// Nothing that must be paid for.
    pub free: bool,
    /// Only what is open and held back by nothing.
    pub ready: bool,
}

/// The items.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Report {
    /// Each in the order of its path.
    pub items: Vec<Row>,
}

/// Lists the items of the path that was named, or of those that are followed.
///
/// # Errors
/// The path, stage or topic is unknown, or the record cannot be read.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let standing = app.standing()?;
    let view = Learner { shelf: app.catalog(), standing: &standing };
    let paths = app.chosen(query.path.as_deref(), &standing)?;
    let stages = || paths.iter().flat_map(|path| &path.stages);
    let names = stages().map(|stage| (stage.id.as_str(), stage.title.as_str()));
    let wanted_stage = known(Named::Stage, query.stage.as_deref(), names)?;
    let topics = stages().flat_map(|stage| &stage.topics);
    let names = topics.map(|topic| (topic.id.as_str(), topic.title.as_str()));
    let wanted_topic = known(Named::Topic, query.topic.as_deref(), names)?;

    let mut readiness = RequirementCache::new(view);
    let mut items = Vec::new();
    for roadmap in &paths {
        for stage in &roadmap.stages {
            if wanted_stage.is_some_and(|id| *id != stage.id) {
                continue;
            }
            for topic in &stage.topics {
                if wanted_topic.is_some_and(|id| *id != topic.id) {
                    continue;
                }
                // All items of a topic are held back by the same.
                if query.ready && !readiness.is_ready(&Node::Topic(roadmap, stage, topic)) {
                    continue;
                }
                let found = roadmap.items_of_topic(stage, topic);
                items.extend(found.filter(|item| is_wanted(item, query, &view)));
            }
            if query.topic.is_none() {
                let milestones = roadmap.items_of_stage(stage).filter(|item| {
                    item.milestone().is_some()
                        && is_wanted(item, query, &view)
                        && (!query.ready || readiness.is_ready(&Node::Item(*item)))
                });
                items.extend(milestones);
            }
        }
    }
    let hint = match items.is_empty() {
        _ if paths.is_empty() => Some(Hint::NoPathToList(app.no_path(&standing))),
        true => Some(Hint::NoItemFits),
        false => None,
    };
    let items = items.iter().map(|item| Row::new(item, &view)).collect();
    Ok(app.answer(Report { items }).hint(hint))
}

fn is_wanted(item: &Item<'_>, query: &Query, view: &Learner<'_>) -> bool {
    let status = view.status(item);
    view.is_shown(item)
        && query.kind.is_none_or(|kind| item.kind() == kind)
        && query.status.is_none_or(|wanted| status == wanted)
        && (!query.free || item.resource().is_none_or(Resource::is_free))
        && (!query.ready || status.is_open())
}

/// The id of a stage or topic that was named; `None` if none was, or where there are none.
fn known<'n>(
    what: Named,
    wanted: Option<&str>,
    names: impl Iterator<Item = (&'n str, &'n str)>,
) -> Result<Option<&'n str>> {
    // Several paths can have one of the same name.
    let mut seen = HashSet::new();
    let names: Vec<(&str, &str)> = names.filter(|name| seen.insert(*name)).collect();
    let Some(wanted) = wanted.filter(|_| !names.is_empty()) else {
        return Ok(None);
    };
    let found = named(wanted, names.iter().copied()).and_then(|at| names.get(at));
    if let Some((id, _)) = found {
        return Ok(Some(id));
    }
    let known: Vec<String> = names.iter().map(|(id, _)| (*id).to_owned()).collect();
    let mut near = nearest(wanted, known.iter().map(String::as_str));
    near.truncate(1);
    Err(Refusal::Unknown { what, name: wanted.to_owned(), near, known }.into())
}
