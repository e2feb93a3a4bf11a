//! All paths there are, the built-in ones and the user's own, and the career file. The only place
//! that reads their TOML.
//!
//! Nothing is read before it is asked for. A built-in path is an index made at build time; one of
//! the user's is parsed once and kept as such an index ([`index`]) under the hash of its text. A file
//! that cannot be used is named and left out; all else works. A user's path takes the place of a
//! built-in one with the same id, and a user's career file that of the built-in one. An overlay bends
//! its path as that is read ([`overlays`]): all that asks for a path sees what the overlay makes of it.

pub(crate) mod builtin;
pub(crate) mod file;
#[cfg(any(test, feature = "fixtures"))]
pub(crate) mod fixture;
pub(crate) mod index;
pub(crate) mod last_good;
pub(crate) mod overlays;
mod own;
pub(crate) mod problem;
pub(crate) mod reference;
pub(crate) mod seen;
mod stand_in;
mod together;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use milepost_path::{Career, Roadmap, Shelf};

use crate::model::decision::Decisions;
use crate::model::standing::Standing;
use builtin::BuiltIns;
use last_good::Kept;
use overlays::Bent;
use own::{Files, OwnFile};
use problem::Problem;
pub(crate) use together::Together;

/// In the key of a path that an overlay bends, what says that the path is a text and no index.
const TEXT: &str = "";

/// All paths there are.
#[derive(Debug)]
pub struct Catalog {
    built_ins: BuiltIns,
    places: Vec<PathBuf>,
    /// Whether somebody named the places, so that a missing one is worth a word.
    named: bool,
    cache: Option<PathBuf>,
    /// The folder with the last good texts, if there can be one.
    kept_in: Option<PathBuf>,
    kept: OnceCell<Vec<Kept>>,
    /// What the learner decided about things that changed.
    decisions: Decisions,
    built_in: Vec<OnceCell<Option<Bent>>>,
    own: OnceCell<Files>,
    lost_overlays_are_told: Cell<bool>,
    /// Ids that paths had before, with those that they have now; see [`Catalog::claimants`].
    renamed: OnceCell<HashMap<String, Vec<String>>>,
    built_in_career: OnceCell<Option<Career>>,
    own_career: OnceCell<Option<(PathBuf, Career)>>,
    problems: RefCell<Vec<Problem>>,
}

/// Where a path comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// It is part of the program.
    BuiltIn,
    /// A file of the user's; whether it takes the place of a built-in one.
    Own(PathBuf, bool),
    /// The last good text of a file of the user's that is broken.
    LastGood(PathBuf),
}

impl Catalog {
    /// A catalog over what is built in, and files and folders with the user's own paths.
    pub fn new(
        built_ins: BuiltIns,
        places: Vec<PathBuf>,
        named: bool,
        cache: Option<PathBuf>,
    ) -> Self {
        Self {
            built_ins,
            places,
            named,
            cache,
            kept_in: None,
            kept: OnceCell::new(),
            decisions: Decisions::default(),
            built_in: built_ins.paths.iter().map(|_| OnceCell::new()).collect(),
            own: OnceCell::new(),
            lost_overlays_are_told: Cell::new(false),
            renamed: OnceCell::new(),
            built_in_career: OnceCell::new(),
            own_career: OnceCell::new(),
            problems: RefCell::default(),
        }
    }

    /// With a folder in which the last good texts of files are kept.
    pub(crate) fn with_last_good(self, folder: Option<PathBuf>) -> Self {
        Self { kept_in: folder, ..self }
    }

    /// The same paths, with what was decided about things in them that changed.
    pub(crate) fn with_decisions(self, decisions: Decisions) -> Self {
        Self { decisions, ..self }
    }

    /// What was decided about things that changed.
    pub(crate) fn decisions(&self) -> &Decisions {
        &self.decisions
    }

    /// The path with this id, or while there is none, the one that had it before.
    pub fn roadmap(&self, id: &str) -> Option<&Roadmap> {
        self.installed(id).or_else(|| self.installed(self.successor(id)?))
    }

    /// The path that has this very id.
    pub(crate) fn installed(&self, id: &str) -> Option<&Roadmap> {
        self.installed_bent(id).map(|bent| &bent.roadmap)
    }

    fn installed_bent(&self, id: &str) -> Option<&Bent> {
        self.own_file(id)
            .and_then(|file| self.read_own_bent(file))
            .or_else(|| self.last_good(id).map(|(_, bent)| bent))
            .or_else(|| self.built_in_bent(id))
    }

    /// The path with this id that ships, whatever takes its place.
    pub(crate) fn built_in(&self, id: &str) -> Option<&Roadmap> {
        self.built_in_bent(id).map(|bent| &bent.roadmap)
    }

    fn built_in_bent(&self, id: &str) -> Option<&Bent> {
        self.read_built_in(self.built_ins.paths.iter().position(|one| one.id == id)?)
    }

    /// The id of the path that had this one before, by its `replaces`. It is asked only where no
    /// path has the id; of the user's files only those are read whose first lines tell of such ids.
    pub(crate) fn successor(&self, old: &str) -> Option<&str> {
        self.claimants(old).next()
    }

    /// The ids of all paths that say that they had this one before; the first is believed.
    fn claimants(&self, old: &str) -> impl Iterator<Item = &str> {
        let renamed = self.renamed.get_or_init(|| self.read_renamed());
        renamed.get(old).into_iter().flatten().map(String::as_str)
    }

    fn read_renamed(&self) -> HashMap<String, Vec<String>> {
        let files = self.own_files().iter().filter(|file| file.head().may_replace());
        let own = files.filter_map(|file| self.read_own(file));
        let own =
            own.filter(|path| self.installed(&path.id).is_some_and(|is| std::ptr::eq(is, *path)));
        let own =
            own.flat_map(|path| path.replaces.iter().map(|old| (old.as_str(), path.id.as_str())));
        let built_in = self.built_ins.paths.iter().filter(|one| self.own_file(one.id).is_none());
        let built_in = built_in.flat_map(|one| one.replaces.iter().map(|old| (*old, one.id)));
        let mut renamed: HashMap<String, Vec<String>> = HashMap::new();
        for (old, new) in own.chain(built_in) {
            let claimants = renamed.entry(old.to_owned()).or_default();
            claimants.push(new.to_owned());
            if let [first, .., second] = claimants.as_slice() {
                let (first, second) = (first.clone(), second.clone());
                self.note(Problem::SameOldId { old: old.to_owned(), first, second });
            }
        }
        renamed
    }

    /// The standing of the paths as they are called now: what is followed under an old id is
    /// followed under the new one. The record stays as it is.
    pub(crate) fn read_as(&self, mut standing: Standing) -> Standing {
        let old: Vec<String> = standing.following().keys().cloned().collect();
        for id in old {
            if self.installed(&id).is_none()
                && let Some(new) = self.successor(&id)
            {
                standing.follow_as(&id, new);
            }
        }
        standing
    }

    /// All paths: the built-in ones in the order in which they are meant to be read, then the
    /// user's own by file name.
    pub fn all(&self) -> Vec<(&Roadmap, Source)> {
        let own = self.own_roadmaps();
        let built_in = self.built_ins.paths.iter().enumerate().filter_map(|(at, one)| {
            match own.iter().find(|(_, roadmap)| roadmap.id == one.id) {
                Some((file, roadmap)) => Some((*roadmap, Source::Own(file.path.clone(), true))),
                None => match self.last_good(one.id) {
                    Some((file, bent)) => Some((&bent.roadmap, Source::LastGood(file.clone()))),
                    None => self.read_built_in(at).map(|bent| (&bent.roadmap, Source::BuiltIn)),
                },
            }
        });
        let mut all: Vec<_> = built_in.collect();
        for (file, roadmap) in own {
            if !all.iter().any(|(known, _)| known.id == roadmap.id) {
                all.push((roadmap, Source::Own(file.path.clone(), false)));
            }
        }
        for kept in self.kept() {
            let is_known = all.iter().any(|(known, _)| known.id == kept.id);
            if let Some((file, bent)) = self.last_good(&kept.id).filter(|_| !is_known) {
                all.push((&bent.roadmap, Source::LastGood(file.clone())));
            }
        }
        if !self.overlay_files().is_empty() {
            let paths: Vec<&Roadmap> = all.iter().map(|(path, _)| *path).collect();
            self.note_lost_overlays(&paths);
        }
        all
    }

    /// The ids of all paths. Those that ship need not be decoded for it.
    pub fn ids(&self) -> Vec<&str> {
        let own = self.own_roadmaps().into_iter().map(|(_, roadmap)| roadmap.id.as_str());
        let mut ids: Vec<&str> = self.built_ins.paths.iter().map(|one| one.id).chain(own).collect();
        let mut seen = HashSet::new();
        ids.retain(|id| seen.insert(*id));
        ids
    }

    /// Where the path with this id comes from.
    pub fn source(&self, id: &str) -> Option<Source> {
        let is_built_in = self.built_ins.path(id).is_some();
        match self.own_file(id) {
            Some(file) => Some(Source::Own(file.path.clone(), is_built_in)),
            None if self.last_good(id).is_some() => {
                self.last_good(id).map(|(file, _)| Source::LastGood(file.clone()))
            }
            None => is_built_in.then_some(Source::BuiltIn),
        }
    }

    /// What changes with the content of the path with this id, where the path comes with the program.
    /// A file of the user's has none: they know when they change it.
    pub(crate) fn fingerprint(&self, id: &str) -> Option<u64> {
        let one = self.built_ins.path(id)?;
        let is_own = self.own_file(id).is_some() || self.last_good(id).is_some();
        (!is_own).then_some(one.fingerprint)
    }

    /// The career file: the user's own, else the built-in one.
    pub fn career(&self) -> Option<&Career> {
        match self.own_career() {
            Some((_, career)) => Some(career),
            None => {
                let read = || self.built_ins.career();
                let read = || read().map(|career| self.decisions.applied_to_career(career));
                self.built_in_career.get_or_init(read).as_ref()
            }
        }
    }

    /// Where the career file comes from.
    pub(crate) fn career_source(&self) -> Source {
        match self.own_career() {
            Some((path, _)) => Source::Own(path.clone(), true),
            None => Source::BuiltIn,
        }
    }

    /// Ids of paths that name this one in `requires` or `same_as`, by whatever id finds it, among
    /// some. Built-in ones need not be decoded for that.
    pub(crate) fn that_mention<'i>(&self, path: &str, among: &[&'i str]) -> Vec<&'i str> {
        let renamed = self.renamed.get_or_init(|| self.read_renamed()).iter();
        let is = |claimants: &[String]| claimants.first().is_some_and(|first| first == path);
        let olds = renamed.filter(|(_, claimants)| is(claimants)).map(|(old, _)| old.as_str());
        let olds = olds.filter(|old| self.installed(old).is_none());
        let names: Vec<&str> = std::iter::once(path).chain(olds).collect();
        let mentions = |id: &str| {
            let built_in = self.built_ins.path(id);
            let is_named = |mentions: &[&str]| mentions.iter().any(|one| names.contains(one));
            match (self.own_file(id), built_in) {
                (None, Some(one)) if !self.has_overlay(id) => is_named(one.mentions),
                _ => self.roadmap(id).is_some_and(|roadmap| is_named(&roadmap.mentions())),
            }
        };
        among.iter().copied().filter(|id| *id != path && mentions(id)).collect()
    }

    /// What could not be used since the last time this was asked.
    pub fn take_problems(&self) -> Vec<Problem> {
        std::mem::take(&mut self.problems.borrow_mut())
    }

    /// How many paths have been read so far.
    #[cfg(test)]
    pub(crate) fn read_so_far(&self) -> usize {
        let is_read = |cell: &OnceCell<Option<Bent>>| cell.get().is_some();
        let own = self.own.get().into_iter().flat_map(|files| &files.paths);
        self.built_in.iter().filter(|cell| is_read(cell)).count()
            + own.filter(|file| is_read(&file.roadmap)).count()
    }

    fn read_built_in(&self, at: usize) -> Option<&Bent> {
        let one = self.built_ins.paths.get(at)?;
        let read = || one.roadmap();
        let key = (one.id, u128::from(one.fingerprint));
        let read = || read().map(|roadmap| self.bent(roadmap, key, one.index.len()));
        self.built_in.get(at)?.get_or_init(read).as_ref()
    }

    fn note(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }
}

impl Shelf for Catalog {
    fn roadmap(&self, id: &str) -> Option<&Roadmap> {
        self.roadmap(id)
    }

    fn base(&self, id: &str) -> Option<Cow<'_, Roadmap>> {
        self.unbent(id).or_else(|| self.unbent(self.successor(id)?))
    }

    fn claimant(&self, old: &str, but: &str) -> Option<&str> {
        self.claimants(old).find(|id| *id != but)
    }
}
