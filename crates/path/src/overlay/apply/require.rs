//! What an overlay requires besides, as far as it is there and leads in no circle.

use std::collections::{HashMap, HashSet};

use super::Bending;
use crate::format::circular;
use crate::kind::NodeKind;
use crate::overlay::{New, Why};
use crate::parts::Requirement;
use crate::reference::Ref;
use crate::roadmap::Roadmap;

/// After so many looks for circles, all requirements that are left are taken for one.
const MOST_LOOKS: usize = 8;

impl Bending<'_> {
    /// Adds what is required besides, as far as it is there and leads in no circle.
    pub(super) fn require(&mut self) {
        let changes = self.overlay.changes.iter().map(|one| (one.id.as_str(), &*one.requires));
        let added = self.overlay.added.iter().map(|one| (one.node.id(), requires_of(&one.node)));
        let mut wanted: Vec<(String, Requirement)> = Vec::new();
        for (id, requires) in changes.chain(added).filter(|(_, requires)| !requires.is_empty()) {
            let Some(holder) = self.path.resolve(id) else { continue };
            let (now, kind) = (holder.id().unwrap_or_default().to_owned(), holder.kind());
            for requirement in requires {
                let mut any_of = Vec::with_capacity(requirement.any_of.len());
                for reference in &requirement.any_of {
                    match self.loose_requirement(reference, kind) {
                        None => any_of.push(reference.clone()),
                        Some(Ok(why)) => self.tell(reference.id().unwrap_or_default(), id, why),
                        Some(Err(Hidden)) => {}
                    }
                }
                if !any_of.is_empty() {
                    wanted.push((now.clone(), Requirement { any_of }));
                }
            }
        }
        for look in 0..=MOST_LOOKS {
            let circles: HashSet<usize> = match look < MOST_LOOKS {
                true => circular(&self.path, &wanted),
                false => (0..wanted.len()).collect(),
            };
            let (gone, stay) = wanted
                .into_iter()
                .enumerate()
                .partition::<Vec<_>, _>(|(at, _)| circles.contains(at));
            wanted = stay.into_iter().map(|(_, one)| one).collect();
            for (_, (by, requirement)) in &gone {
                let first = requirement.any_of.first();
                let id = first.map_or("", |one| one.id().unwrap_or(one.as_str())).to_owned();
                self.tell(&id, by, Why::Circle);
            }
            if gone.is_empty() || wanted.is_empty() {
                break;
            }
        }
        let mut by_holder: HashMap<String, Vec<Requirement>> = HashMap::new();
        for (id, requirement) in wanted {
            by_holder.entry(id).or_default().push(requirement);
        }
        for (id, requires) in all_requires(&mut self.path) {
            requires.extend(by_holder.remove(id).into_iter().flatten());
        }
    }

    /// Why a reference to this path cannot be required, if it cannot.
    fn loose_requirement(&self, reference: &Ref, by: NodeKind) -> Option<Result<Why, Hidden>> {
        let id = reference.id().filter(|_| reference.path() == self.path.id)?;
        match self.path.resolve(id) {
            None if self.is_hidden(id) => Some(Err(Hidden)),
            None => Some(Ok(Why::Gone)),
            Some(node) if node.kind() == NodeKind::Resource && by != NodeKind::Resource => {
                Some(Ok(Why::Kind(NodeKind::Resource)))
            }
            Some(_) => None,
        }
    }
}

/// What is required is hidden, and holds nobody back.
struct Hidden;

fn requires_of(node: &New) -> &[Requirement] {
    match node {
        New::Stage(stage) => &stage.requires,
        New::Topic(topic) => &topic.requires,
        New::Skill(_) => &[],
        New::Resource(resource, _) => &resource.requires,
        New::Milestone(milestone) => &milestone.requires,
    }
}

/// All that can require something, by its id, and what it requires.
pub(super) fn all_requires(
    path: &mut Roadmap,
) -> impl Iterator<Item = (&str, &mut Vec<Requirement>)> {
    path.stages.iter_mut().flat_map(|stage| {
        let topics = stage.topics.iter_mut().flat_map(|topic| {
            let resources = topic.resources.iter_mut();
            let resources = resources.map(|one| (&*one.tracked.id, &mut one.requires));
            std::iter::once((&*topic.id, &mut topic.requires)).chain(resources)
        });
        let milestones = stage.milestones.iter_mut();
        let milestones = milestones.map(|one| (&*one.tracked.id, &mut one.requires));
        std::iter::once((&*stage.id, &mut stage.requires)).chain(topics).chain(milestones)
    })
}
