//! What is seen no longer when a path or its overlay is removed.

use milepost_path::{Roadmap, Shelf};

use super::super::{App, Result};
use crate::catalog::{Catalog, Together};
use crate::model::effects::{self, Before, Choices, Effects, Seen};
use crate::model::learner::Learner;

/// The paths without the file of one of them.
struct Without<'a> {
    id: &'a str,
    /// The one that ships, which comes back.
    built_in: Option<&'a Roadmap>,
    catalog: &'a Catalog,
}

impl Shelf for Without<'_> {
    fn roadmap(&self, id: &str) -> Option<&Roadmap> {
        if id == self.id {
            return self.built_in;
        }
        self.catalog.roadmap(id).filter(|found| found.id != self.id)
    }
}

/// What is seen no longer, or again, when the overlay of a path is removed.
pub(in super::super) fn straightened(id: &str, app: &App) -> Result<Option<Effects>> {
    let catalog = app.catalog();
    let (Some(old), Some(new)) = (catalog.installed(id), catalog.unbent(id)) else {
        return Ok(None);
    };
    let standing = app.standing()?;
    let after = Together { files: vec![(*new).clone()], catalog };
    let before = Before::Path(Learner { shelf: catalog, standing: &standing }, old);
    let seen = Learner { shelf: &after, standing: &standing };
    Ok(Some(effects::of_path(&Seen::of(&before), seen, &new, &Choices::default())))
}

/// What is seen no longer when a path is removed; with the one that ships, where that comes back.
pub(in super::super) fn gone(id: &str, app: &App) -> Result<Option<Effects>> {
    let catalog = app.catalog();
    let Some(old) = catalog.installed(id) else { return Ok(None) };
    let standing = app.standing()?;
    let after = Without { id, built_in: catalog.built_in(id), catalog };
    let none = Roadmap { id: id.to_owned(), ..Roadmap::default() };
    let before = Before::Path(Learner { shelf: catalog, standing: &standing }, old);
    let seen = Learner { shelf: &after, standing: &standing };
    let new = after.built_in.unwrap_or(&none);
    let mut effects = effects::of_path(&Seen::of(&before), seen, new, &Choices::default());
    let others = catalog.that_mention(id, &catalog.ids()).into_iter();
    let others = others.filter_map(|id| catalog.installed(id));
    effects.dependents = effects::dependents(catalog, &after, &[id], others, catalog.career());
    if after.built_in.is_none() {
        (effects.percent.after, effects.hours.after) = (None, None);
    }
    Ok(Some(effects))
}
