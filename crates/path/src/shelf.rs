//! Where roadmaps are found by id, and what a reference names there.

use std::borrow::Cow;

use crate::node::Node;
use crate::reference::Ref;
use crate::roadmap::Roadmap;

/// Where roadmaps are found by id. The catalog reads them when first asked for; tests hold a list.
pub trait Shelf {
    /// The roadmap of a path; an old id finds the path that replaced it, while no path has that
    /// id. None where there is no such path, or its file cannot be used.
    fn roadmap(&self, id: &str) -> Option<&Roadmap>;

    /// The roadmap of a path as its file has it, without what an overlay makes of it.
    fn base(&self, id: &str) -> Option<Cow<'_, Roadmap>> {
        self.roadmap(id).map(Cow::Borrowed)
    }

    /// The id of a path that says that it had this one before; not that of the path `but`.
    fn claimant(&self, old: &str, but: &str) -> Option<&str> {
        let found = self.roadmap(old)?.id.as_str();
        (found != old && found != but).then_some(found)
    }
}

impl Shelf for Vec<Roadmap> {
    fn roadmap(&self, id: &str) -> Option<&Roadmap> {
        let had = |roadmap: &&Roadmap| roadmap.replaces.iter().any(|old| old == id);
        self.iter().find(|roadmap| roadmap.id == id).or_else(|| self.iter().find(had))
    }

    fn claimant(&self, old: &str, but: &str) -> Option<&str> {
        let mut others = self.iter().filter(|roadmap| roadmap.id != but);
        let found = others.find(|roadmap| roadmap.replaces.iter().any(|id| id == old));
        found.map(|roadmap| roadmap.id.as_str())
    }
}

/// The node that a reference names; an old id finds what replaced it.
pub fn find<'a>(shelf: &'a dyn Shelf, reference: &Ref) -> Option<Node<'a>> {
    let roadmap = shelf.roadmap(reference.path())?;
    match reference.id() {
        None => Some(Node::Path(roadmap)),
        Some(id) => roadmap.resolve(id),
    }
}
