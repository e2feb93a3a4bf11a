//! Work that a portfolio keeps although its path has retired it or no longer has it.

use milepost_path::{NodeKind, sort};

use super::document::Retired;
use super::item::ItemPart;
use super::path::PathPart;

/// The milestones of paths that are retired, and those that are gone, as far as they are more than a
/// plan. Older events do not say what something was: then what shows it makes it a milestone.
pub(super) fn earlier(paths: &[PathPart], retired: &[Retired]) -> Vec<ItemPart> {
    let is_milestone = |item: &&ItemPart| item.retired && item.kind == NodeKind::Milestone;
    let items = paths.iter().flat_map(PathPart::items).filter(is_milestone).cloned();
    let gone = retired.iter().filter(|one| match one.kind {
        Some(kind) => kind == NodeKind::Milestone,
        None => !one.evidence.is_empty(),
    });
    let gone = gone.map(|one| ItemPart {
        kind: NodeKind::Milestone,
        id: one.reference.id().unwrap_or_default().to_owned(),
        title: one.title.clone(),
        retired: true,
        status: one.status,
        since: one.since,
        begun: one.begun,
        known: one.known,
        hours: one.hours,
        criteria: one.criteria.clone(),
        notes: one.notes.clone(),
        evidence: one.evidence.clone(),
        studied: one.studied.clone(),
        ..ItemPart::empty(one.reference.clone())
    });
    let mut earlier: Vec<ItemPart> = items.chain(gone).filter(ItemPart::is_shown).collect();
    sort::by_key(&mut earlier, ItemPart::rank);
    earlier
}
