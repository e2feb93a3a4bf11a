//! Whether a new path is probably one that is known under another id, which its file does not say.

use milepost_path::{Ref, Roadmap};
use rustc_hash::FxHashSet;

use super::super::Result;
use super::preview::Preview;
use crate::catalog::{Catalog, Source};
use crate::model::likeness::{title_key, url_key};

/// A path that a new one looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookalike {
    /// The id of the new path.
    pub id: String,
    /// The id under which it is known.
    pub known: String,
    /// Whether a path with that id is installed; else there is only a record of it.
    pub is_installed: bool,
}

/// The titles and addresses of what is in a path, as they are compared.
struct Keys {
    titles: FxHashSet<String>,
    urls: FxHashSet<String>,
    items: usize,
}

impl Keys {
    fn of(path: &Roadmap) -> Self {
        let urls = path.items().filter_map(|item| item.url().map(url_key)).collect();
        let titles = path.items().map(|item| title_key(item.title())).collect();
        Self { titles, urls, items: path.items().count() }
    }

    fn has(&self, title: &str, url: Option<&str>) -> bool {
        self.titles.contains(&title_key(title))
            || url.is_some_and(|url| self.urls.contains(&url_key(url)))
    }

    /// Whether so many of so many items are most of both. A new version can have grown.
    fn are_most(&self, shared: usize, of: usize) -> bool {
        shared >= 2 && shared * 3 >= of * 2 && shared * 3 >= self.items
    }
}

/// The path that a new one probably was: of those that `add` installed, and those that only the record
/// has.
///
/// # Errors
/// The record cannot be read.
pub(super) fn find(new: &Roadmap, preview: &Preview<'_>) -> Result<Option<Lookalike>> {
    let catalog = preview.catalog();
    let keys = Keys::of(new);
    let is_known = |id: &str| {
        id != new.id
            && !preview.files().any(|file| file.id == id || file.replaces.contains(&id.to_owned()))
    };
    let mut found: Option<(usize, Lookalike)> = None;
    let mut look = |known: &str, is_installed, shared: usize, of| {
        if keys.are_most(shared, of) && found.as_ref().is_none_or(|(most, _)| shared > *most) {
            let (id, known) = (new.id.clone(), known.to_owned());
            found = Some((shared, Lookalike { id, known, is_installed }));
        }
    };
    for path in own(catalog).filter(|path| is_known(&path.id) && !name_each_other(new, path)) {
        let is_in = |item: &milepost_path::Item<'_>| keys.has(item.title(), item.url());
        look(&path.id, true, path.items().filter(is_in).count(), path.items().count());
    }
    for id in preview.recorded_paths() {
        if !is_known(&id) || catalog.roadmap(&id).is_some() {
            continue;
        }
        let recorded: Vec<Ref> = preview.recorded_items(&id);
        let of = recorded.len();
        let titles = preview.titles(recorded)?;
        look(&id, false, titles.values().filter(|title| keys.has(title, None)).count(), of);
    }
    Ok(found.map(|(_, lookalike)| lookalike))
}

/// The paths of the learner's own.
fn own(catalog: &Catalog) -> impl Iterator<Item = &Roadmap> {
    let ids = catalog.ids().into_iter();
    let ids = ids.filter(|id| matches!(catalog.source(id), Some(Source::Own(..))));
    ids.filter_map(|id| catalog.installed(id))
}

/// Paths of which one needs the other, or shares its items, are two.
fn name_each_other(one: &Roadmap, other: &Roadmap) -> bool {
    one.mentions().contains(&other.id.as_str()) || other.mentions().contains(&one.id.as_str())
}
