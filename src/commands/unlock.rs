//! What a change unlocks: topics and milestones of followed paths that were held back and are
//! ready after it.
//!
//! Only what can matter is looked at, step by step: the nodes that name a changed item in a
//! requirement, then those of them whose requirement is met by the change, then all else that
//! these require. So a mark inside one path does not open the others.

use std::collections::HashSet;

use crate::catalog::Catalog;
use crate::error::Result;
use crate::model::roadmap::{Item, Node, Ref, Requirement, Roadmap, find};
use crate::model::standing::{Standing, Status, Subject};
use crate::model::view::{View, holders, kept, places};
use crate::store::Reading;

/// What becomes ready when these items, open so far, get a status that finishes them.
///
/// # Errors
/// The record cannot be read.
pub fn unlocked<'a>(
    finished: &[Item<'a>],
    status: Status,
    catalog: &'a Catalog,
    followed: &[&str],
    reading: &Reading<'_>,
) -> Result<Vec<Node<'a>>> {
    let mut names: HashSet<Ref> = HashSet::new();
    let mut waiting: Vec<Node<'a>> = Vec::new();
    let mut seen: HashSet<Ref> = HashSet::new();
    for item in finished.iter().flat_map(|item| equals(item, catalog, followed)) {
        let path = item.roadmap.id.as_str();
        names.extend(holders(&Node::Item(item)));
        let others = catalog.that_mention(path, followed);
        let paths: Vec<&Roadmap> = std::iter::once(item.roadmap)
            .chain(others.into_iter().filter_map(|id| catalog.roadmap(id)))
            .collect();
        let nothing = Standing::default();
        let view = View { shelf: catalog, standing: &nothing };
        for node in view.dependents(&Node::Item(item), paths) {
            if seen.insert(node.reference()) {
                waiting.push(node);
            }
        }
    }
    let finished: Vec<Ref> = finished.iter().map(|item| kept(catalog, item)).collect();
    let touched = |requirement: &&Requirement| {
        requirement.any_of.iter().any(|reference| names.contains(reference))
    };
    let mut ready = Vec::new();
    for node in waiting {
        let requirements = node.requirements();
        let touched: Vec<&Requirement> = requirements.iter().copied().filter(touched).collect();
        let (before, after) = states(&touched, &finished, status, catalog, reading)?;
        let before = View { shelf: catalog, standing: &before };
        let after = View { shelf: catalog, standing: &after };
        let met_now = touched.iter().all(|requirement| after.is_met(requirement))
            && touched.iter().any(|requirement| !before.is_met(requirement));
        if !met_now {
            continue;
        }
        let (_, after) = states(&requirements, &finished, status, catalog, reading)?;
        let after = View { shelf: catalog, standing: &after };
        let own: Vec<Ref> = node.items().iter().flat_map(|item| places(catalog, item)).collect();
        // As it is after the change: what the change itself finishes was not unlocked by it.
        let own = changed(reading.standing_of(&own)?, &finished, status);
        let own = View { shelf: catalog, standing: &own };
        if requirements.iter().all(|requirement| after.is_met(requirement))
            && !own.is_finished(&node)
        {
            ready.push(node);
        }
    }
    Ok(ready)
}

/// The item, the one that it is the same as, and those of followed paths that are the same as it.
fn equals<'a>(item: &Item<'a>, catalog: &'a Catalog, followed: &[&str]) -> Vec<Item<'a>> {
    let place = kept(catalog, item);
    let mut equals = vec![*item];
    if let Some(Node::Item(original)) = find(catalog, &place)
        && original.reference() != item.reference()
    {
        equals.push(original);
    }
    for id in catalog.that_mention(place.path(), followed) {
        let Some(roadmap) = catalog.roadmap(id) else {
            continue;
        };
        equals.extend(
            roadmap.items().filter(|other| other.tracked().same_as.as_ref() == Some(&place)),
        );
    }
    let mut seen = HashSet::new();
    equals.retain(|item| seen.insert(item.reference()));
    equals
}

/// The states on which some requirements depend, now and when the items are finished.
fn states(
    requirements: &[&Requirement],
    finished: &[Ref],
    status: Status,
    catalog: &Catalog,
    reading: &Reading<'_>,
) -> Result<(Standing, Standing)> {
    let nodes = requirements
        .iter()
        .flat_map(|requirement| &requirement.any_of)
        .filter_map(|reference| find(catalog, reference));
    let wanted: Vec<Ref> = nodes
        // An item that is named itself need not count.
        .flat_map(|node| {
            let mut items = node.items();
            items.retain(|item| node.kind().is_item() || item.is_goal());
            items
        })
        .flat_map(|item| places(catalog, &item))
        .collect();
    let before = reading.standing_of(&wanted)?;
    let after = changed(before.clone(), finished, status);
    Ok((before, after))
}

/// A standing in which some items have another status.
fn changed(mut standing: Standing, places: &[Ref], status: Status) -> Standing {
    for place in places {
        let mut state = match standing.subject(place) {
            Some(Subject::Item(item)) => item,
            _ => Default::default(),
        };
        state.status = status;
        standing.put(place, Some(Subject::Item(state)));
    }
    standing
}
