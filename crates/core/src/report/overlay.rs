//! The overlay of a path, for the reports that speak of it: what it does, and what of it is loose.

pub mod change;
pub(super) mod edit;

use chrono::NaiveDate;
use milepost_path::overlay::{self, Change as Set};
use milepost_path::{Node, Roadmap};
use serde::Serialize;

use crate::catalog::Catalog;
use crate::catalog::overlays::Installed;
use crate::model::effects::Change;

/// An overlay.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Bending {
    /// Its file.
    pub file: String,
    /// The day on which its path was changed last when it was written, as far as it says.
    pub written_for: Option<NaiveDate>,
    /// How many stages, topics and items it adds.
    pub added: usize,
    /// How many of the path it hides.
    pub hidden: usize,
    /// Hours that it sets otherwise than the path has them.
    pub hours: Vec<HoursSet>,
    /// What it names and the path has no longer, or not there.
    pub loose: Vec<Loose>,
}

/// Hours that an overlay sets.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct HoursSet {
    /// The topic, resource or milestone.
    pub id: String,
    /// What the path says, before and after an update; both the same without one.
    pub path: Change<Option<f64>>,
    /// What the overlay says.
    pub yours: f64,
}

/// Something that an overlay names and that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Loose {
    /// What it names.
    pub id: String,
    /// What of it names that.
    pub by: String,
    /// A stable word for the reason.
    pub why: &'static str,
}

/// Under what an overlay is kept, beside what is kept of its path.
pub(crate) fn overlay_key(id: &str) -> String {
    [id, ".overlay"].concat()
}

impl Bending {
    /// The overlay that bends an installed path.
    pub(crate) fn of(catalog: &Catalog, id: &str) -> Option<Self> {
        let installed = catalog.overlay(id)?;
        let base = catalog.unbent(id)?;
        Some(Self::new(installed, &base, &base, installed.loose))
    }

    /// The installed overlay, when its path gets another version.
    pub(crate) fn of_update(catalog: &Catalog, old: &Roadmap, new: &Roadmap) -> Option<Self> {
        let installed = catalog.overlay(&old.id)?;
        Some(Self::new(installed, old, new, &catalog.loose_in(new)))
    }

    fn new(
        installed: Installed<'_>,
        old: &Roadmap,
        new: &Roadmap,
        loose: &[overlay::Loose],
    ) -> Self {
        let Installed { file, overlay, .. } = installed;
        let set = |set: &Set| {
            let yours = set.hours?;
            let path = Change { before: hours(old, &set.id), after: hours(new, &set.id) };
            let is_other = path.before != Some(yours) || path.after != Some(yours);
            (is_other && new.resolve(&set.id).is_some()).then(|| HoursSet {
                id: set.id.clone(),
                path,
                yours,
            })
        };
        let loose = loose.iter().map(|one| Loose {
            id: one.id.clone(),
            by: one.by.clone(),
            why: one.why.as_str(),
        });
        Self {
            file: file.display().to_string(),
            written_for: overlay.written_for,
            added: overlay.added.len(),
            hidden: overlay.hidden.len(),
            hours: overlay.changes.iter().filter_map(set).collect(),
            loose: loose.collect(),
        }
    }
}

/// The hours that a path says of a topic, resource or milestone.
fn hours(path: &Roadmap, id: &str) -> Option<f64> {
    match path.resolve(id)? {
        Node::Topic(_, _, topic) => topic.hours,
        Node::Item(item) => match (item.resource(), item.milestone()) {
            (Some(resource), _) => resource.hours,
            (None, Some(milestone)) => milestone.hours,
            (None, None) => None,
        },
        Node::Path(_) | Node::Stage(..) => None,
    }
}
