//! What several texts say of items.

use crate::model::roadmap::{Requirement, Shelf, find};
use crate::text::safe;

/// What stands above skills that were studied.
pub const STUDIED: &str = "Studied: can you say this?";

/// The titles of what a requirement asks for.
pub fn requirement(requirement: &Requirement, shelf: &dyn Shelf) -> String {
    let titles = requirement.any_of.iter().map(|reference| {
        let node = find(shelf, reference);
        node.map_or(reference.as_str().to_owned(), |node| safe::line(node.title()).into_owned())
    });
    titles.collect::<Vec<_>>().join(" or ")
}
