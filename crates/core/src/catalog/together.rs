//! Paths as they would be with some files installed.

use std::borrow::Cow;

use milepost_path::{Roadmap, Shelf};

use super::Catalog;

/// Files that are looked at together, as if they were installed: they come first, then all other
/// paths.
pub(crate) struct Together<'a> {
    /// The paths in the files.
    pub files: Vec<Roadmap>,
    /// All other paths.
    pub catalog: &'a Catalog,
}

impl Shelf for Together<'_> {
    fn roadmap(&self, id: &str) -> Option<&Roadmap> {
        // An old id finds what replaced it only where no path has that id.
        let file = self.files.iter().find(|roadmap| roadmap.id == id);
        let has_it = file.or_else(|| self.catalog.installed(id));
        let had_it = || Shelf::roadmap(&self.files, id).or_else(|| self.catalog.roadmap(id));
        has_it.or_else(had_it)
    }

    fn base(&self, id: &str) -> Option<Cow<'_, Roadmap>> {
        let file = Shelf::roadmap(&self.files, id).map(Cow::Borrowed);
        file.or_else(|| self.catalog.base(id))
    }

    fn claimant(&self, old: &str, but: &str) -> Option<&str> {
        let is_replaced = |id: &str| self.files.iter().any(|file| file.id == id);
        let installed = || self.catalog.claimants(old).find(|id| *id != but && !is_replaced(id));
        self.files.claimant(old, but).or_else(installed)
    }
}
