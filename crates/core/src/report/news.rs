//! What is new in each followed path that came with new content, and what it does to the percentage.
//! It is reported once, with the verbs that tell how far the learner is and what is next.

use std::borrow::Cow;

use milepost_path::{Item, Node, NodeKind, Roadmap};

use super::{App, Hint};
use crate::catalog::{Catalog, seen};
use crate::model::learner::Learner;
use crate::model::progress::progress;
use crate::model::revision::revision;

/// What is new in a path.
#[derive(Debug)]
pub struct News {
    /// The id of the path.
    pub path: String,
    /// The kinds of what was added.
    pub added: Vec<NodeKind>,
    /// The kinds of what has another id.
    pub renamed: Vec<NodeKind>,
    /// The kinds of what is retired now.
    pub retired: Vec<NodeKind>,
    /// The kinds of what is gone.
    pub removed: Vec<NodeKind>,
    /// The percentage of the path with the content before and now, by today's marks.
    pub percent: [f64; 2],
}

/// What is new in those of some paths that are followed. It counts as told then.
pub(crate) fn take(paths: &[&Roadmap], view: &Learner<'_>, app: &App) -> Vec<Hint> {
    let Some(cache) = app.places.cache.as_deref() else {
        return Vec::new();
    };
    let followed = view.standing.all().following();
    let known = paths.iter().filter(|path| followed.contains_key(&path.id));
    let known = known.filter_map(|path| Some((*path, app.catalog().fingerprint(&path.id)?)));
    let catalog = app.catalog();
    let known: Vec<_> = known.collect();
    let changed = seen::changed(cache, &known, &|path| base(catalog, path));
    let news = |(before, now): &(Roadmap, &Roadmap)| News::of(&catalog.bend(before), now, view);
    changed.iter().map(|one| Hint::News(news(one))).collect()
}

/// What ships of a path, without an overlay.
fn base<'a>(catalog: &'a Catalog, path: &'a Roadmap) -> Cow<'a, Roadmap> {
    catalog.unbent(&path.id).unwrap_or(Cow::Borrowed(path))
}

impl News {
    /// What is new in a path that was otherwise before.
    pub(crate) fn of(before: &Roadmap, now: &Roadmap, view: &Learner<'_>) -> Self {
        let changes = revision(before, now, view.standing.all());
        let retired = |item: &Item<'_>| item.tracked().retired;
        let is_new =
            |id: Option<&str>| id.and_then(|id| now.item(id)).is_none_or(|it| !retired(&it));
        let added = changes.added.iter().filter(|part| is_new(part.reference.id()));
        let newly_retired = now.items().filter(|item| {
            retired(item) && before.item(item.id()).is_some_and(|before| !retired(&before))
        });
        let percent = |roadmap| progress(view, &Node::Path(roadmap)).percent;
        Self {
            path: now.id.clone(),
            added: added.map(|part| part.kind).collect(),
            renamed: changes.renamed.iter().map(|one| one.part.kind).collect(),
            retired: newly_retired.map(|item| item.kind()).collect(),
            removed: changes.removed.iter().map(|one| one.part.kind).collect(),
            percent: [percent(before), percent(now)],
        }
    }
}
