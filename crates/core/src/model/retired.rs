//! What is recorded of items that the installed paths do not show.

use milepost_path::{Node, Ref, Roadmap};
use rustc_hash::FxHashSet;

use super::learner::{Learner, former_refs, recorded_refs};
use super::standing::ItemState;

/// What is recorded but shown by no item, topic or stage of the installed paths: its path is not
/// there, its path no longer has its id, or its item has been given a record under another id since.
pub fn retired<'s>(installed: &[&Roadmap], view: &Learner<'s>) -> Vec<(Ref, &'s ItemState)> {
    let mut recorded = view.standing.all().items();
    if recorded.is_empty() {
        return recorded;
    }
    let mut shown: FxHashSet<Ref> = FxHashSet::default();
    for roadmap in installed {
        for stage in &roadmap.stages {
            let topics = stage.topics.iter().map(|topic| Node::Topic(roadmap, stage, topic));
            for node in topics.chain([Node::Stage(roadmap, stage)]) {
                shown.insert(node.reference());
                shown.extend(former_refs(view.shelf, &node));
            }
        }
        shown.extend(roadmap.items().filter_map(|item| {
            let mut places = recorded_refs(view.shelf, &item).into_iter();
            places.find(|place| view.standing.item_at(place).is_some())
        }));
    }
    // What an overlay hides is there, and not to be seen.
    let hides = |path: &Roadmap, reference: &Ref| {
        let is_of = |id: &str| reference.path() == id;
        reference.id().is_some_and(|id| path.hides(id))
            && (is_of(&path.id) || path.replaces.iter().any(|old| is_of(old)))
    };
    let is_hidden = |reference: &Ref| installed.iter().any(|path| hides(path, reference));
    recorded.retain(|(reference, _)| !shown.contains(reference) && !is_hidden(reference));
    recorded
}
