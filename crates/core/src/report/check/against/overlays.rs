//! Overlays beside the version before, of themselves and of the path that they bend.
//!
//! What somebody can have recorded of an overlay is what it adds. It is not kept where the overlay no
//! longer adds it, and where its path no longer has what it stands in.

use std::borrow::Cow;

use milepost_path::overlay::{Overlay, apply, is_own};
use milepost_path::{Reading, Roadmap, Shelf};

use super::super::{Read, What};
use super::Near;
use crate::catalog::Together;
use crate::disk;
use crate::model::effects::breach::{self, Breach};

/// Which of the old files an overlay is compared with: its own version before, and that of its path.
pub(super) fn versions_before(
    new: &Overlay,
    olds: &[(String, Reading)],
    shelf: &Together<'_>,
) -> Vec<usize> {
    let base = shelf.base(&new.extends);
    let ids = || std::iter::once(&new.extends).chain(base.iter().flat_map(|base| &base.replaces));
    let overlay = |id: &String| {
        let is = |old: &Reading| old.overlay.as_ref().is_some_and(|old| old.extends == *id);
        olds.iter().position(|(_, old)| is(old))
    };
    let path = |id: &String| {
        let is = |old: &Reading| old.roadmap.as_ref().is_some_and(|old| old.id == *id);
        olds.iter().position(|(_, old)| is(old))
    };
    ids().find_map(overlay).into_iter().chain(ids().find_map(path)).collect()
}

/// What an overlay does not keep of what it added before. Where only its path is given in the version
/// before, the overlay was the same; and the other way round.
pub(super) fn compared<'o>(
    befores: impl Iterator<Item = &'o Reading>,
    new: &Overlay,
    shelf: &Together<'_>,
) -> Vec<Near> {
    // What the lack of a path means is told anyway.
    let Some(base) = shelf.base(&new.extends) else { return Vec::new() };
    let (mut overlay, mut path) = (new, Cow::Borrowed(&*base));
    let mut has_before = false;
    for before in befores {
        overlay = before.overlay.as_ref().unwrap_or(overlay);
        path = before.roadmap.as_ref().map_or(path, Cow::Borrowed);
        has_before = true;
    }
    if !has_before {
        return Vec::new();
    }
    let (before, after) = (apply(&path, overlay).0, apply(&base, new).0);
    let breaches = breach::of_path(&before, &after).into_iter();
    let own = breaches.filter(|one| is_of_overlay(&one.what, &after));
    own.map(|Breach { near, what }| (near, What::NotKept(what))).collect()
}

/// Whether something that is not kept is of the overlay. What is hidden comes back with its record.
fn is_of_overlay(what: &breach::What, after: &Roadmap) -> bool {
    let is_gone = |id: &str| is_own(id) && !after.hides(id);
    match what {
        breach::What::Gone(part) | breach::What::LooksRenamed { from: part, .. } => {
            is_gone(&part.id)
        }
        breach::What::Reused { after: part, .. } | breach::What::Criteria(part) => is_own(&part.id),
        breach::What::NotReplaced { old, .. } => is_own(old),
        // The path tells these of itself.
        breach::What::Path { .. } | breach::What::Everything => false,
    }
}

/// What the installed overlay of a path names that the new version has no longer. One that is among
/// the files says so itself.
pub(super) fn loosened(
    old: &Roadmap,
    new: &Roadmap,
    files: &[Read],
    shelf: &Together<'_>,
) -> Vec<Near> {
    let given = files.iter().filter_map(|one| one.found.as_ref().ok());
    let mut given = given.filter_map(|(_, reading)| reading.overlay.as_ref());
    if given.any(|overlay| overlay.extends == new.id) {
        return Vec::new();
    }
    let Some(file) = shelf.catalog.overlay_place(new) else { return Vec::new() };
    let before = shelf.catalog.loose_in(old);
    let after = shelf.catalog.loose_in(new).into_iter().filter(|one| !before.contains(one));
    let told = after.map(|loose| {
        let near = old.node(&loose.id).and_then(|node| breach::near(old, new, &node.reference()));
        (near, What::Loosened { overlay: disk::show(file), id: loose.id, why: loose.why })
    });
    told.collect()
}
