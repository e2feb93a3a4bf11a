//! Something of the record that no path has any more. The record says what it was, so it is found and
//! shown all the same.

use milepost_path::{NodeKind, Ref, Roadmap};

use super::learner::Learner;
use super::standing::ItemState;

/// Something in the record that no path shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Former {
    /// Where it is recorded.
    pub reference: Ref,
    /// The title that it had when something was recorded of it last; else its id.
    pub title: String,
    /// Its state.
    pub state: ItemState,
}

impl Former {
    /// What was recorded under a reference, with the title that the events have.
    pub fn new(reference: Ref, title: Option<String>, state: ItemState) -> Self {
        let id = || reference.id().unwrap_or(reference.path()).to_owned();
        Self { title: title.unwrap_or_else(id), reference, state }
    }

    /// What it was, if its events say so.
    pub(crate) fn kind(&self) -> Option<NodeKind> {
        self.state.as_marked.as_ref().map(|was| was.kind)
    }

    /// The id of the topic in which it stood, if its events say so.
    pub(crate) fn topic(&self) -> Option<&str> {
        let was = self.state.as_marked.as_ref().filter(|was| was.kind != NodeKind::Milestone)?;
        was.within.id()
    }

    /// The criteria under which it was done.
    pub(crate) fn criteria(&self) -> &[String] {
        self.state.as_marked.as_ref().map_or(&[], |was| &was.criteria)
    }
}

/// Where something is recorded that no path has, by its whole reference, or by its id alone where that
/// is clear among the followed paths, else among all that is recorded.
pub(crate) fn find(view: &Learner<'_>, text: &str, followed: &[&str]) -> Option<Ref> {
    // What an overlay hides is there, and not to be seen.
    let hides = |path: &Roadmap, reference: &Ref| reference.id().is_some_and(|id| path.hides(id));
    let is_former = |reference: &Ref| {
        view.standing.item_at(reference).is_some()
            && milepost_path::find(view.shelf, reference).is_none()
            && !view.shelf.roadmap(reference.path()).is_some_and(|path| hides(path, reference))
    };
    let text = text.trim().to_lowercase();
    if text.contains('/') {
        return Some(Ref::from_text(&text)).filter(is_former);
    }
    let among = |paths: &mut dyn Iterator<Item = &str>| {
        let mut found = paths.map(|path| Ref::node(path, &text)).filter(is_former);
        found.next().filter(|_| found.next().is_none())
    };
    among(&mut followed.iter().copied())
        .or_else(|| among(&mut view.standing.all().paths_of_items()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::{sketch, standing};

    #[test]
    fn by_its_reference_or_by_an_id_that_is_clear() {
        let shelf =
            sketch("path p\n stage s\n topic t\n skill a was=old\n path q\n stage s\n topic t");
        let standing =
            standing("p/a=done p/b=done p/old=done q/b=done q/c=done gone/d=done q/t=todo");
        let view = Learner { shelf: &shelf, standing: &standing };
        for (text, followed, expected) in [
            ("p/b", &[][..], Some("p/b")),
            ("P/B", &[], Some("p/b")),
            ("b", &[], None),
            ("b", &["q"], Some("q/b")),
            ("c", &["p"], Some("q/c")),
            ("d", &[], Some("gone/d")),
            ("p/a", &[], None),
            ("old", &["p"], None),
            ("t", &[], None),
            ("x", &[], None),
            ("p", &[], None),
        ] {
            let found = find(&view, text, followed);
            assert_eq!(found.as_ref().map(Ref::as_str), expected, "{text} of {followed:?}");
        }
    }
}
