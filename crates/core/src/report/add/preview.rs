//! What a file does to the record, and what of that somebody must decide.

use std::borrow::Cow;
use std::collections::BTreeSet;

use milepost_path::overlay::{Overlay, apply};
use milepost_path::{CAREER, Career, Ref, Roadmap};
use rustc_hash::{FxHashMap, FxHashSet};
use uuid::Uuid;

use super::super::overlay::Bending;
use super::super::{App, Result};
use super::files::Content;
use super::subject::Subject;
use super::{Added, Doubt, Kind, Planned, Query, is_of};
use crate::catalog::{Catalog, Together};
use crate::model::decision::{Decisions, before, is_before};
use crate::model::effects::{
    self, Before, Change, Choices, Effects, Reused, Seen, Things, area_at, foreseen, foreseen_in,
    thing_at,
};
use crate::model::event::{EventKind, NewEvent};
use crate::model::learner::Learner;
use crate::model::revision::revision;
use crate::model::standing::Standing;

/// What a file does with some choices of what is in doubt, and the events that record them.
type Look<'l> = dyn Fn(&Choices, &[Reused]) -> (Effects, Vec<NewEvent>) + 'l;

/// What was decided of a file.
pub(super) struct Decided {
    pub(super) planned: Planned,
    /// What somebody must still say.
    pub(super) doubts: Vec<Doubt>,
    /// Whether a yes alone is not enough.
    pub(super) is_doubtful: bool,
}

/// All there is to look at what the files do together.
pub(super) struct Preview<'a> {
    app: &'a App,
    standing: Standing,
    /// The new paths, as their files have them; and the overlays with which they are seen.
    files: Vec<(Cow<'a, Roadmap>, Option<&'a Overlay>)>,
}

impl<'a> Preview<'a> {
    pub(super) fn new(app: &'a App, subjects: &'a [Subject]) -> Result<Self> {
        let catalog = app.catalog();
        let overlay_of = |id: &str| {
            let mut overlays = subjects.iter().filter_map(|one| match &one.file.content {
                Content::Overlay(overlay) => Some(&**overlay),
                _ => None,
            });
            overlays.find(|overlay| overlay.extends == id)
        };
        let mut files: Vec<(Cow<'_, Roadmap>, _)> = Vec::new();
        for one in subjects {
            match &one.file.content {
                Content::Path(path) => {
                    files.push((Cow::Borrowed(&**path), overlay_of(&path.id)));
                }
                Content::Overlay(overlay) => {
                    let is_given = subjects.iter().any(|one| one.file.id == overlay.extends);
                    let base = catalog.unbent(&overlay.extends).filter(|_| !is_given);
                    files.extend(base.map(|base| (base, Some(&**overlay))));
                }
                Content::Career(_) => {}
            }
        }
        Ok(Self { app, standing: app.standing()?, files })
    }

    pub(super) fn catalog(&self) -> &'a Catalog {
        self.app.catalog()
    }

    /// The new paths, as their files have them.
    pub(super) fn files(&self) -> impl Iterator<Item = &Roadmap> {
        self.files.iter().map(|(path, _)| &**path)
    }

    /// The ids of paths of which an item is recorded.
    pub(super) fn recorded_paths(&self) -> BTreeSet<String> {
        self.standing.paths_of_items().map(str::to_owned).collect()
    }

    /// The items of a path that are recorded.
    pub(super) fn recorded_items(&self, id: &str) -> Vec<Ref> {
        let items = self.standing.items().into_iter().map(|(reference, _)| reference);
        items.filter(|one| one.path() == id && !is_before(one)).collect()
    }

    /// The paths as they will be with some more decisions.
    fn after(&self, decisions: &Decisions) -> Together<'a> {
        let files = self.files.iter().map(|(path, overlay)| self.seen(path, *overlay, decisions));
        Together { files: files.collect(), catalog: self.catalog() }
    }

    /// A path as it will be seen, bent by its overlay.
    fn seen(&self, path: &Roadmap, overlay: Option<&Overlay>, decisions: &Decisions) -> Roadmap {
        let decided = decisions.applied_to(path.clone());
        let bent = match overlay {
            Some(overlay) => apply(&decided, overlay).0,
            None => self.catalog().bend(&decided),
        };
        decisions.applied_to(bent)
    }

    /// What a file does, what of it is decided, and what is open.
    pub(super) fn decide(&self, subject: &Subject, query: &Query) -> Result<Decided> {
        let Subject { file, to, before, kind } = subject;
        let mut added = Added {
            id: file.id.clone(),
            title: file.title.clone(),
            file: to.display().to_string(),
            kind: *kind,
            renamed_from: None,
            version: Change::default(),
            updated: Change::default(),
            effects: None,
            changes: None,
            overlay: None,
            kept: None,
        };
        let path_id = file.path_id();
        let found = self.files.iter().find(|(path, _)| path.id == path_id);
        let seen =
            found.map(|(path, overlay)| self.seen(path, *overlay, self.catalog().decisions()));
        let (titles, names): (FxHashMap<Ref, String>, Vec<String>);
        let title;
        let look: Box<Look<'_>> = match &file.content {
            Content::Career(new) => {
                let old = self.catalog().career();
                added.updated =
                    Change { before: old.and_then(|old| old.updated), after: new.updated };
                match old {
                    Some(old) => {
                        Box::new(|choices, reused| self.of_career(old, new, choices, reused))
                    }
                    None => return Ok(self.nothing_replaced(subject, added, query)),
                }
            }
            Content::Path(_) | Content::Overlay(_) => {
                let Some(new) = &seen else {
                    return Ok(self.nothing_replaced(subject, added, query));
                };
                let old = self.catalog().installed(path_id);
                if let Content::Path(new) = &file.content {
                    let compared = old.map(|old| old.id.as_str()).or_else(|| {
                        added.renamed_from = self.old_id(new);
                        added.renamed_from.as_deref()
                    });
                    added.version.after.clone_from(&new.version);
                    added.updated.after = new.updated;
                    // What the path changes, and what becomes of the overlay, are told apart.
                    if let Some(old) = compared.and_then(|id| self.catalog().unbent(id)) {
                        added.version.before.clone_from(&old.version);
                        added.updated.before = old.updated;
                        let decided = self.catalog().decisions().applied_to((**new).clone());
                        added.changes = Some(revision(&old, &decided, &self.standing));
                        let overlay = found.is_none_or(|(_, overlay)| overlay.is_none());
                        added.overlay = overlay
                            .then(|| Bending::of_update(self.catalog(), &old, &decided))
                            .flatten();
                    }
                } else if let Some(old) = old {
                    added.changes = Some(revision(old, new, &self.standing));
                }
                let ids = self.ids(new);
                if old.is_none() && !self.is_recorded(&ids) {
                    return Ok(self.nothing_replaced(subject, added, query));
                }
                let before = match old {
                    Some(old) => {
                        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
                        let former = effects::former(&self.standing, &ids, old, new);
                        let titles = self.titles(former)?;
                        let seen = Seen::of(&Before::Path(self.before(), old));
                        seen.and_former(&self.standing, &titles)
                    }
                    None => {
                        titles = self.titles(self.recorded(&ids))?;
                        names = ids;
                        let ids = names.iter().map(String::as_str).collect();
                        title = |reference: &Ref| titles.get(reference).cloned();
                        Seen::of(&Before::Record(&self.standing, ids, &title))
                    }
                };
                Box::new(move |choices, reused| self.of_path(&before, new, choices, reused))
            }
        };
        let (first, _) = look(&Choices::default(), &[]);
        // What comes back is the thing that its id had, unless it was set apart on the way.
        let catalog = self.catalog();
        let things = |reference: &Ref| match &file.content {
            Content::Path(_) | Content::Overlay(_) => {
                let (new, old) = (seen.as_ref(), catalog.installed(path_id));
                [new, old].map(|path| path.and_then(|path| thing_at(path, reference)))
            }
            Content::Career(new) => {
                let old = catalog.career();
                [area_at(new, reference), old.and_then(|old| area_at(old, reference))]
            }
        };
        let is_apart = |reference: &Ref| {
            let mut things = things(reference).into_iter().flatten();
            things.any(|thing| !catalog.decisions().apart_from(reference, &thing).is_empty())
        };
        let comes_back = |reference: &Ref| query.back.is_some() && !is_apart(reference);
        let (choices, mut doubts) = choose(&first, query, &comes_back);
        let (mut effects, entries) = match choices == Choices::default() {
            true => (first.clone(), Vec::new()),
            false => look(&choices, &first.reused),
        };
        // An overlay follows what is decided of its path.
        if let (Some(_), Content::Path(new)) = (&added.overlay, &file.content)
            && !entries.is_empty()
        {
            let of = added.renamed_from.as_deref().unwrap_or(path_id);
            let decided = self.decided(&entries).applied_to((**new).clone());
            let old = catalog.unbent(of);
            added.overlay = old.and_then(|old| Bending::of_update(catalog, &old, &decided));
        }
        effects.reused.retain(|one| !choices.same.contains(&one.reference));
        if !effects.reused.is_empty() {
            // What is in doubt is not counted.
            let mut apart = choices.clone();
            effects.reused.iter().for_each(|one| apart.set_apart(&one.reference));
            let (without, _) = look(&apart, &first.reused);
            (effects.percent, effects.hours) = (without.percent, without.hours);
        }
        // The questions about what looks renamed have told what becomes of the rest.
        // What comes back was marked as what it is.
        let gained = match query.back {
            Some(_) => effects.gained.iter().filter(|turn| turn.by.is_some()).count(),
            None => effects.gained.len(),
        };
        let is_doubtful = (effects.loses() || gained > 0) && !query.lose;
        let is_path = matches!(file.content, Content::Path(_));
        let is_another =
            is_path && effects.is_another && self.has_a_record(&file.id, &first) && !query.force;
        let another = Doubt::AnotherPath(file.id.clone());
        let mut is_doubtful = is_doubtful;
        if is_another && query.answer(&another) != Some(true) {
            doubts = vec![another];
            is_doubtful = true;
        }
        let replaces = *kind != Kind::New || is_doubtful;
        added.effects = Some(effects);
        let planned = Planned {
            text: file.text.clone(),
            to: to.clone(),
            before: before.clone(),
            entries,
            origin: file.origin.clone(),
            from: file.from.clone(),
            added,
        };
        if replaces && !query.yes {
            ask(Doubt::Replace(file.id.clone(), *kind), query, &mut doubts);
        }
        if query.yes {
            doubts.clear();
        }
        Ok(Decided { planned, doubts, is_doubtful })
    }

    fn nothing_replaced(&self, subject: &Subject, added: Added, query: &Query) -> Decided {
        let mut doubts = Vec::new();
        if subject.kind != Kind::New && !query.yes {
            ask(Doubt::Replace(added.id.clone(), subject.kind), query, &mut doubts);
        }
        let planned = Planned {
            text: subject.file.text.clone(),
            to: subject.to.clone(),
            before: subject.before.clone(),
            entries: Vec::new(),
            origin: subject.file.origin.clone(),
            from: subject.file.from.clone(),
            added,
        };
        Decided { planned, doubts, is_doubtful: false }
    }

    /// What will be decided when some entries are recorded.
    fn decided(&self, entries: &[NewEvent]) -> Decisions {
        let ids: Vec<Uuid> = entries.iter().filter_map(NewEvent::marker_of).collect();
        self.catalog().decisions().without(&ids).and(foreseen(entries))
    }

    fn before(&self) -> Learner<'_> {
        Learner { shelf: self.catalog(), standing: &self.standing }
    }

    fn of_path(
        &self,
        before: &Seen<'_>,
        new: &Roadmap,
        choices: &Choices,
        reused: &[Reused],
    ) -> (Effects, Vec<NewEvent>) {
        let decisions = self.catalog().decisions();
        let old = before.path();
        let things = Things {
            before: &|reference| old.and_then(|old| thing_at(old, reference)),
            after: &|reference| thing_at(new, reference),
        };
        let mut entries = effects::entries(reused, choices, &things);
        let foreseen = foreseen(&entries);
        let taken_back = self.taken_back(choices, &things);
        let is_decided = !foreseen.is_empty() || !taken_back.is_empty();
        let standing = is_decided.then(|| {
            let standing = foreseen_in(self.standing.clone(), &foreseen);
            taken_back.iter().fold(standing, brought_together)
        });
        let standing = standing.as_ref().unwrap_or(&self.standing);
        let ids: Vec<Uuid> = taken_back.iter().filter_map(NewEvent::marker_of).collect();
        let all = is_decided.then(|| decisions.without(&ids).and(foreseen));
        entries.extend(taken_back);
        let shelf = self.after(all.as_ref().unwrap_or(decisions));
        let Some(decided) = shelf.files.iter().find(|one| one.id == new.id) else {
            return (Effects::default(), entries);
        };
        let after = Learner { shelf: &shelf, standing };
        let mut effects = effects::of_path(before, after, decided, choices);
        if let Some(old) = old {
            effects.dependents = self.dependents(old, &shelf);
        }
        (effects, entries)
    }

    /// The markers that take back what was decided before of ids that have the same thing after all.
    fn taken_back(&self, choices: &Choices, things: &Things<'_>) -> Vec<NewEvent> {
        let decisions = self.catalog().decisions();
        let markers = choices.same.iter().flat_map(|reference| {
            let was = (things.before)(reference).unwrap_or_default();
            let title = (things.after)(reference).map(|thing| thing.title);
            let entry = move |id| NewEvent {
                subject: reference.clone(),
                title: title.clone(),
                fact: EventKind::Undone(id),
            };
            decisions.apart_from(reference, &was).into_iter().map(entry)
        });
        markers.collect()
    }

    fn of_career(
        &self,
        old: &Career,
        new: &Career,
        choices: &Choices,
        reused: &[Reused],
    ) -> (Effects, Vec<NewEvent>) {
        let things = Things {
            before: &|reference| area_at(old, reference),
            after: &|reference| area_at(new, reference),
        };
        let mut entries = effects::entries(reused, choices, &things);
        let foreseen = foreseen(&entries);
        let taken_back = self.taken_back(choices, &things);
        let standing = foreseen_in(self.standing.clone(), &foreseen);
        let standing = taken_back.iter().fold(standing, brought_together);
        let ids: Vec<Uuid> = taken_back.iter().filter_map(NewEvent::marker_of).collect();
        let decisions = self.catalog().decisions().without(&ids).and(foreseen);
        entries.extend(taken_back);
        let new = decisions.applied_to_career(new.clone());
        (effects::of_career(old, &new, &self.standing, &standing, choices), entries)
    }

    /// What of other files names something of a path that is gone.
    fn dependents(&self, old: &Roadmap, after: &Together<'_>) -> Vec<effects::Dependent> {
        // What an overlay hides holds nobody back.
        let is_hidden = |id: &str| after.files.iter().any(|one| one.id == old.id && one.hides(id));
        let is_there = |id| {
            let mut files = after.files.iter().filter(|one| one.id == old.id);
            files.any(|one| one.resolve(id).is_some()) || is_hidden(id)
        };
        if old.ids().all(is_there) {
            return Vec::new();
        }
        let catalog = self.catalog();
        let others = catalog.that_mention(&old.id, &catalog.ids()).into_iter();
        let others = others.filter(|id| self.files.iter().all(|(file, _)| file.id != *id));
        let others = others.filter_map(|id| catalog.installed(id));
        let mut found = effects::dependents(catalog, after, &[&old.id], others, catalog.career());
        found.retain(|one| one.reference.id().is_none_or(|id| !is_hidden(id)));
        found
    }

    /// The ids under which a path is recorded: its own, and those that it had, of which no path is
    /// installed.
    fn ids(&self, new: &Roadmap) -> Vec<String> {
        let olds = new.replaces.iter().filter(|old| self.catalog().installed(old).is_none());
        std::iter::once(&new.id).chain(olds).cloned().collect()
    }

    /// The id that a new path had before: one that a path has, or that something is recorded under.
    fn old_id(&self, new: &Roadmap) -> Option<String> {
        let known = |old: &&String| {
            let is_recorded = || self.is_recorded(std::slice::from_ref(*old));
            self.catalog().installed(old).is_some() || is_recorded()
        };
        new.replaces.iter().find(known).cloned()
    }

    /// Whether something is recorded of a path with one of these ids.
    fn is_recorded(&self, ids: &[String]) -> bool {
        let standing = &self.standing;
        ids.iter().any(|id| standing.following().contains_key(id))
            || standing.items().iter().any(|(reference, _)| is_of(ids, reference))
            || standing.answered().keys().any(|reference| is_of(ids, reference))
    }

    /// Whether somebody follows a path, or has a record of it.
    fn has_a_record(&self, id: &str, effects: &Effects) -> bool {
        let is_followed = self.standing.following().contains_key(id);
        id != CAREER && (is_followed || !effects.lost.is_empty() || !effects.reused.is_empty())
    }

    /// What the record has of a path.
    fn recorded(&self, ids: &[String]) -> Vec<Ref> {
        let items = self.standing.items().into_iter().map(|(reference, _)| reference);
        let recorded = items.chain(self.standing.answered().keys().cloned());
        recorded.filter(|one| is_of(ids, one) && !is_before(one)).collect()
    }

    /// The titles that the record has of some of what it has.
    pub(super) fn titles(&self, references: Vec<Ref>) -> Result<FxHashMap<Ref, String>> {
        let mut titles = FxHashMap::default();
        if references.is_empty() {
            return Ok(titles);
        }
        let Some(mut store) = self.app.store()? else { return Ok(titles) };
        let reading = store.read()?;
        for reference in references {
            if let Some(title) = reading.title_of(&reference)? {
                titles.insert(reference, title);
            }
        }
        Ok(titles)
    }
}

/// What is chosen of what is in doubt, and what is open.
fn choose(
    effects: &Effects,
    query: &Query,
    comes_back: &dyn Fn(&Ref) -> bool,
) -> (Choices, Vec<Doubt>) {
    let (mut choices, mut doubts) = (Choices::default(), Vec::new());
    let reused: FxHashSet<&Ref> = effects.reused.iter().map(|one| &one.reference).collect();
    for one in &effects.looks_renamed {
        let doubt = Doubt::Renamed(one.clone());
        match query.answer(&doubt) {
            _ if query.carry => choices.carry(one, &reused),
            Some(true) => choices.carry(one, &reused),
            Some(false) => {}
            // To accept the loss is an answer.
            None if query.lose => {}
            None => doubts.push(doubt),
        }
    }
    for one in &effects.reused {
        let doubt = Doubt::Another(one.clone());
        match query.answer(&doubt) {
            _ if choices.apart.contains(&one.reference) => {}
            Some(false) => choices.same.push(one.reference.clone()),
            Some(true) => choices.set_apart(&one.reference),
            None if query.lose && comes_back(&one.reference) => {
                choices.same.push(one.reference.clone());
            }
            None if query.lose => choices.set_apart(&one.reference),
            None => doubts.push(doubt),
        }
    }
    (choices, doubts)
}

/// The standing in which a subject is no longer set apart.
fn brought_together(mut standing: Standing, marker: &NewEvent) -> Standing {
    let Some(id) = marker.marker_of() else { return standing };
    let apart = before(&marker.subject, id);
    if standing.subject(&marker.subject).is_none() {
        let state = standing.subject(&apart);
        standing.put(&marker.subject, state);
    }
    standing.put(&apart, None);
    standing
}

fn ask(doubt: Doubt, query: &Query, doubts: &mut Vec<Doubt>) {
    if query.answer(&doubt) != Some(true) {
        doubts.push(doubt);
    }
}
