//! An overlay beside the path that it extends: whether that is there, and what of the overlay is loose.

use std::collections::HashMap;
use std::ops::Range;

use super::super::diagnostic::{Code, Diagnostic, quote};
use super::super::{Foreign, Purpose};
use crate::overlay::{Loose, OWN, Overlay, Why, apply};
use crate::roadmap::Roadmap;
use crate::shelf::Shelf;

/// What is wrong with an overlay beside its path, and the path as it is bent.
pub(in super::super) fn check_foreign(
    overlay: &Overlay,
    foreign: &[Foreign],
    shelf: &dyn Shelf,
) -> (Vec<Diagnostic>, Option<Roadmap>) {
    let named = foreign.iter().filter(|one| one.purpose == Purpose::Extends);
    let places = named.map(|one| (one.reference.id().unwrap_or_default(), &one.span));
    // The first place counts.
    let places: HashMap<&str, &Range<usize>> =
        places.collect::<Vec<_>>().into_iter().rev().collect();
    let extends = places.get("").map_or(0..0, |span| (*span).clone());
    let Some(base) = shelf.base(&overlay.extends) else {
        let message = format!("there is no usable path {}", quote(&overlay.extends));
        let help = "`milepost paths` lists the available paths";
        let wrong = Diagnostic::new(Code::UnknownPath, &extends, message);
        return (vec![wrong.help(help.to_owned())], None);
    };
    if let Some(id) = Overlay::clash(&base) {
        let message = format!("the path {} has the id {}", quote(&base.id), quote(id));
        let help = format!(
            "only what an overlay adds has ids that begin with `{OWN}`: rename them in the path"
        );
        let clash = Diagnostic::new(Code::OverlayClash, &extends, message).help(help);
        return (vec![clash], None);
    }
    let (bent, loose) = apply(&base, overlay);
    let told = loose.iter().map(|one| {
        let place = places.get(one.id.as_str()).or_else(|| places.get(one.by.as_str()));
        tell(one, &base, place.map_or(&extends, |span| span))
    });
    (told.collect(), Some(bent))
}

fn tell(loose: &Loose, base: &Roadmap, span: &Range<usize>) -> Diagnostic {
    let (id, by) = (quote(&loose.id), quote(&loose.by));
    let (message, help) = match loose.why {
        Why::Gone => (
            format!("the path {} has no {id}", quote(&base.id)),
            "correct the id, or remove what names it; the rest of the overlay works".to_owned(),
        ),
        Why::Kind(kind) => (
            format!("{id} is a {kind} in the path"),
            "write it where such a part belongs, or remove it".to_owned(),
        ),
        Why::Elsewhere => {
            (format!("{id} is not beside {by}"), "name something in the same list".to_owned())
        }
        Why::Circle => (
            format!("{by} cannot require {id}: it would lead back to itself"),
            format!("remove {id} from its `requires`"),
        ),
        Why::TooMany => (
            format!("there is no room for {id} in the path"),
            "a path has at most 1,000 stages, 60,000 entries in a list and 100,000 items"
                .to_owned(),
        ),
    };
    Diagnostic::new(Code::OverlayLoose, span, message).help(help)
}
