//! An entry of a list or a row of a table, and what becomes of it in a draft.

use milepost_path::{Cost, ResourceKind};

use super::rich::Rich;
use crate::draft::{Criterion, Hours, Milestone, Need, Node, Resource, Skill, Teaches};
use crate::guess::Guessed;

/// What a list or a table says about one thing.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Entry {
    pub(super) node: Node,
    pub(super) shape: Shape,
    pub(super) kind: Option<ResourceKind>,
    pub(super) cost: Option<Cost>,
    pub(super) hours: Option<Hours>,
    pub(super) by: Option<String>,
    pub(super) part: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) can: Option<String>,
    pub(super) criteria: Vec<Criterion>,
    /// Whether it is there to look things up.
    pub(super) is_lookup: bool,
    pub(super) instead_of: Vec<Need>,
    /// What must come before it, as its table says it; [`super::needs`] finds what is meant.
    pub(super) needs: Option<Rich>,
}

/// What an entry looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shape {
    /// A box to tick: a goal, with a link or without.
    Task,
    /// Something to study.
    #[default]
    Resource,
    /// Something to be able to do or to know.
    Skill,
    /// Something to build.
    Milestone,
}

impl Entry {
    /// Whether there is anything to open.
    pub(super) fn has_link(&self) -> bool {
        self.node.url.is_some() || !self.node.links.is_empty()
    }

    /// The entry as something to study.
    pub(super) fn resource(self) -> Resource {
        Resource {
            node: self.node,
            kind: self.kind,
            cost: self.cost,
            hours: self.hours,
            by: self.by,
            part: self.part,
            lang: self.lang,
            teaches: if self.is_lookup { Teaches::Nothing } else { Teaches::All },
            instead_of: self.instead_of,
        }
    }

    /// The entry as something to be able to do; what only a resource has becomes text.
    pub(super) fn skill(self) -> Skill {
        let mut node = self.node;
        let by = self.by.map(|by| format!("By {by}"));
        let hours = self.hours.map(|Hours(least, most)| match least == most {
            true => format!("Effort: {least} hours"),
            false => format!("Effort: {least} to {most} hours"),
        });
        node.about.extend(by.into_iter().chain(self.part).chain(hours));
        let of_resource = [Guessed::Type, Guessed::Hours, Guessed::Part, Guessed::Alternative];
        node.guesses.retain(|guess| !of_resource.contains(&guess.what));
        Skill { node, can: self.can }
    }

    /// The entry as something to build.
    pub(super) fn milestone(self) -> Milestone {
        Milestone { node: self.node, hours: self.hours, criteria: self.criteria }
    }
}
