//! What a report is made of: the time, the paths and the record, each opened when first needed.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use chrono::{NaiveDate, NaiveTime};
use milepost_path::{Ref, RefTarget, Roadmap};

use super::news::News;
use super::{Answer, Candidate, Named, NoPath, Refusal, Result, Warning};
use crate::catalog::builtin::BuiltIns;
use crate::catalog::reference::{Lookup, look_up, named};
use crate::catalog::{Catalog, last_good};
use crate::model::decision::Decisions;
use crate::model::event::Actor;
use crate::model::former::{self, Former};
use crate::model::learner::{self, Learner};
use crate::model::retired;
use crate::model::route;
use crate::model::standing::Standing;
use crate::store::{Reading, Stamp, Store, StoreError, Writing, auto_backup};

/// Where everything lies.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Places {
    /// What is part of the program.
    pub built_ins: BuiltIns,
    /// The record; `None` if neither a name nor a home directory is known.
    pub db: Option<PathBuf>,
    /// Files and folders with the learner's own paths.
    pub paths: Vec<PathBuf>,
    /// Whether the paths were named one by one, so that each must be there.
    pub paths_were_named: bool,
    /// The folder into which paths are installed; `None` if no home directory is known.
    pub paths_folder: Option<PathBuf>,
    /// Where the indexes of parsed paths are kept, and what was seen of those that ship.
    pub cache: Option<PathBuf>,
    /// Whether copies of the record are kept, one a day, without being asked for.
    pub copies: bool,
}

/// What is new in the log.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Latest {
    /// The day on which something was recorded last.
    pub(super) on: Option<NaiveDate>,
    /// How many changes are not synced. `None` if the record has no remote.
    pub(super) unsynced: Option<u64>,
}

/// What a report is made of.
pub struct App {
    /// Where everything lies.
    pub places: Places,
    /// When the report is made.
    pub stamp: Stamp,
    /// The local time of day then.
    pub time: NaiveTime,
    /// Who asks, if not the learner at the command line: each change says so, and such an `undo` takes
    /// back only what an assistant did.
    pub by: Option<Actor>,
    /// Asked just before something is recorded, whether that is still wanted; always without it.
    pub is_wanted: Option<Box<dyn Fn() -> bool>>,
    catalog: OnceCell<Catalog>,
    /// Followed paths that are not installed, to be told once.
    missing: RefCell<BTreeSet<String>>,
    /// Followed paths whose file changed, to be told once; none before somebody looked.
    changed: RefCell<Option<Vec<News>>>,
    /// Why it is not known what the learner decided, to be told once.
    undecided: RefCell<Option<StoreError>>,
    /// Whether the copy of the day is to be made when all is said.
    copy_is_due: Cell<bool>,
    /// Whether something was recorded.
    has_written: Cell<bool>,
}

impl App {
    /// The world at a time. Nothing is read yet.
    pub fn new(places: Places, stamp: Stamp, time: NaiveTime) -> Self {
        Self {
            places,
            stamp,
            time,
            by: None,
            is_wanted: None,
            catalog: OnceCell::new(),
            missing: RefCell::default(),
            changed: RefCell::default(),
            undecided: RefCell::default(),
            copy_is_due: Cell::new(false),
            has_written: Cell::new(false),
        }
    }

    /// The local day.
    pub fn today(&self) -> NaiveDate {
        self.stamp.today
    }

    /// The paths. Nothing is read before one is asked for.
    pub fn catalog(&self) -> &Catalog {
        self.catalog.get_or_init(|| self.catalog_with(self.decisions()))
    }

    fn catalog_with(&self, decisions: Decisions) -> Catalog {
        let places = &self.places;
        let kept_in = places.db.as_deref().map(last_good::folder);
        let (paths, cache) = (places.paths.clone(), places.cache.clone());
        Catalog::new(places.built_ins, paths, places.paths_were_named, cache)
            .with_last_good(kept_in)
            .with_decisions(decisions)
    }

    /// As [`App::standing`], where it can be read at once and changes nothing; `None` where it cannot, or
    /// nothing was ever recorded. For what is asked so often that it must not wait. What was decided is
    /// read with it, so that the record is opened once.
    ///
    /// # Errors
    /// The record cannot be read.
    pub(crate) fn glance(&self) -> Result<Option<Standing>> {
        let Some(db) = &self.places.db else { return Ok(None) };
        let Some((standing, decisions)) = Store::glance(db)? else { return Ok(None) };
        self.catalog.get_or_init(|| self.catalog_with(decisions.into_iter().collect()));
        Ok(Some(self.catalog().read_as(standing)))
    }

    /// What the learner decided about things of paths that changed. Others who hold the record are
    /// waited for. One that cannot be read has none, which is told with the answer: a query that needs
    /// the record has no answer, and says itself what is wrong with it.
    fn decisions(&self) -> Decisions {
        let Some(db) = &self.places.db else { return Decisions::default() };
        let store = Store::open(db);
        match store.and_then(|store| store.map_or(Ok(Vec::new()), |store| store.decisions())) {
            Ok(found) => found.into_iter().collect(),
            Err(error) => {
                *self.undecided.borrow_mut() = Some(error);
                Decisions::default()
            }
        }
    }

    /// A report, with what could not be used of the paths.
    pub fn answer<R>(&self, report: R) -> Answer<R> {
        let undecided = self.undecided.borrow_mut().take().map(Warning::Undecided);
        let warnings = self.take_warnings().into_iter().chain(undecided).collect();
        Answer { report, hints: Vec::new(), warnings }
    }

    /// What could not be used of the paths, since this was asked last: for a query that failed.
    pub fn take_warnings(&self) -> Vec<Warning> {
        let problems = self.catalog.get().map(Catalog::take_problems).unwrap_or_default();
        let missing = std::mem::take(&mut *self.missing.borrow_mut());
        let changed = self.changed.borrow_mut().as_mut().map(std::mem::take).unwrap_or_default();
        let problems = problems.into_iter().map(Warning::Catalog);
        let problems = problems.chain(missing.into_iter().map(Warning::MissingPath));
        problems.chain(changed.into_iter().map(Warning::PathChanged)).collect()
    }

    /// The name of the record.
    ///
    /// # Errors
    /// None is named and there is no home directory.
    pub fn db(&self) -> Result<PathBuf> {
        self.places.db.clone().ok_or_else(|| Refusal::NoHome.into())
    }

    /// The record; `None` if nothing was ever recorded.
    ///
    /// # Errors
    /// It cannot be opened.
    pub(crate) fn store(&self) -> Result<Option<Store>> {
        let store = Store::open(&self.db()?)?;
        Ok(store.map(|store| store.acting(self.by.clone())))
    }

    /// The record, made where there is none.
    ///
    /// # Errors
    /// It cannot be opened or made.
    pub(crate) fn store_to_write(&self) -> Result<Store> {
        Ok(Store::open_or_create(&self.db()?)?.acting(self.by.clone()))
    }

    /// Makes a command's changes durable, and remembers whether the copy of the day is due then.
    ///
    /// # Errors
    /// They could not be written, or are not wanted any more; then nothing was changed.
    pub(crate) fn commit(&self, writing: Writing<'_>) -> Result<()> {
        if self.is_wanted.as_ref().is_some_and(|is_wanted| !is_wanted()) {
            return Err(Refusal::GivenUp.into());
        }
        let due = self.places.copies && writing.is_copy_due()?;
        writing.commit()?;
        self.copy_is_due.set(due);
        self.has_written.set(true);
        Ok(())
    }

    /// As [`App::commit`], of what committed itself already.
    ///
    /// # Errors
    /// The record cannot be read.
    pub(crate) fn was_changed(&self) -> Result<()> {
        if let Some(mut store) = self.store()?.filter(|_| self.places.copies) {
            self.copy_is_due.set(store.read()?.is_copy_due(self.today())?);
        }
        self.has_written.set(true);
        Ok(())
    }

    /// Keeps the copy of the day where it is due. For when the answer is written: nobody waits for
    /// it, and no change depends on it.
    ///
    /// # Errors
    /// The copy could not be made; what was recorded is kept.
    pub fn keep_copy(&self) -> Result<()> {
        self.keep_first_texts();
        if !self.copy_is_due.take() {
            return Ok(());
        }
        Ok(auto_backup::keep(&self.db()?, self.today())?)
    }

    /// The state of everything; the record is closed again before anything is printed.
    ///
    /// # Errors
    /// It cannot be read.
    pub(crate) fn standing(&self) -> Result<Standing> {
        match self.store()? {
            Some(mut store) => Ok(self.catalog().read_as(store.read()?.standing()?)),
            None => Ok(Standing::default()),
        }
    }

    /// The ids of the followed paths, in the order in which they were begun.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn followed_ids(&self) -> Result<Vec<String>> {
        match self.store()? {
            Some(mut store) => Ok(store.read()?.followed_ids()?),
            None => Ok(Vec::new()),
        }
    }

    /// As [`App::standing`], with the time that was spent, for what asks for it.
    ///
    /// # Errors
    /// It cannot be read.
    pub(crate) fn standing_with_efforts(&self) -> Result<Standing> {
        Ok(self.with_efforts(|_| Ok(()))?.0)
    }

    /// As [`App::standing_with_efforts`], with what the dashboard tells of the log.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn standing_and_latest(&self) -> Result<(Standing, Latest)> {
        self.with_efforts(|reading| {
            // What is wrong with the log is for those who read it.
            let last = reading.newest_first(|events| events.next().transpose()).ok().flatten();
            let on = last.map(|event| event.at.date_naive());
            Ok(Latest { on, unsynced: reading.unsynced()? })
        })
    }

    fn with_efforts<T: Default>(
        &self,
        beside: fn(&Reading<'_>) -> Result<T>,
    ) -> Result<(Standing, T)> {
        let Some(mut store) = self.store()? else {
            return Ok(Default::default());
        };
        let reading = store.read()?;
        let mut standing = reading.standing()?;
        standing.put_efforts(reading.efforts()?);
        let beside = beside(&reading)?;
        Ok((self.catalog().read_as(standing), beside))
    }

    /// As [`App::standing`], with the time that was spent on each thing up to now, on the last day
    /// of it: all that a plan asks for.
    ///
    /// # Errors
    /// It cannot be read.
    pub(crate) fn standing_with_effort_sums(&self) -> Result<Standing> {
        let Some(mut store) = self.store()? else {
            return Ok(Standing::default());
        };
        let reading = store.read()?;
        let mut standing = reading.standing()?;
        standing.put_efforts(reading.effort_sums(self.today())?);
        Ok(self.catalog().read_as(standing))
    }

    /// What is recorded but shown by no path, by reference.
    ///
    /// # Errors
    /// The record cannot be read.
    pub(crate) fn formers(&self, standing: &Standing) -> Result<Vec<Former>> {
        if standing.paths_of_items().next().is_none() {
            return Ok(Vec::new());
        }
        let all: Vec<&Roadmap> = self.catalog().all().into_iter().map(|(path, _)| path).collect();
        let recorded = retired::retired(&all, &Learner { shelf: self.catalog(), standing });
        self.titled(standing, recorded.into_iter().map(|(reference, _)| reference))
    }

    /// What a reference means of what is recorded but in no path; `None` if it means nothing there.
    ///
    /// # Errors
    /// The record cannot be read.
    pub(crate) fn former(&self, text: &str, standing: &Standing) -> Result<Option<Former>> {
        let view = Learner { shelf: self.catalog(), standing };
        let found = former::find(&view, text, &standing.followed_ids());
        Ok(self.titled(standing, found)?.pop())
    }

    fn titled(
        &self,
        standing: &Standing,
        references: impl IntoIterator<Item = Ref>,
    ) -> Result<Vec<Former>> {
        let mut references = references.into_iter().peekable();
        let store = references.peek().map(|_| self.store()).transpose()?;
        let Some(mut store) = store.flatten() else { return Ok(Vec::new()) };
        let reading = store.read()?;
        let mut found = Vec::new();
        for reference in references {
            if let Some(state) = standing.item_at(&reference) {
                let title = reading.title_of(&reference)?;
                found.push(Former::new(reference, title, state.clone()));
            }
        }
        Ok(found)
    }

    /// The followed paths, in the order in which they were begun, but each after those that it
    /// requires.
    pub(crate) fn followed(&self, standing: &Standing) -> Vec<&Roadmap> {
        let paths = self.followed_untold(standing);
        self.keep_good(&paths, standing);
        paths
    }

    /// As [`App::followed`], for an answer that is followed by no warning: what changed in a path is told by
    /// the next command that tells it, so nothing is kept.
    pub(crate) fn followed_untold(&self, standing: &Standing) -> Vec<&Roadmap> {
        let catalog = self.catalog();
        let mut paths: Vec<&Roadmap> = Vec::new();
        for id in standing.followed_ids() {
            match catalog.roadmap(id) {
                Some(roadmap) => paths.push(roadmap),
                None => {
                    self.missing.borrow_mut().insert(id.to_owned());
                }
            }
        }
        route::in_order(paths)
    }

    /// What the followed paths call things that are recorded under what another path calls them: so the
    /// learner knows them.
    pub(super) fn names_here<'r>(
        &self,
        followed: &[String],
        mut recorded: impl Iterator<Item = &'r Ref>,
    ) -> HashMap<Ref, Ref> {
        let is_elsewhere = |one: &Ref| {
            matches!(one.target(), RefTarget::Node(_)) && followed.iter().all(|id| id != one.path())
        };
        // Nobody waits for paths that nothing is about.
        if !recorded.any(is_elsewhere) {
            return HashMap::new();
        }
        let paths: Vec<&Roadmap> =
            followed.iter().filter_map(|id| self.catalog().roadmap(id)).collect();
        learner::names_here(self.catalog(), &paths)
    }

    /// Why there is no path that is followed and installed.
    pub(crate) fn no_path(&self, standing: &Standing) -> NoPath {
        match standing.followed_ids().is_empty() {
            true => NoPath::Followed,
            false => NoPath::Installed,
        }
    }

    /// Keeps the texts of followed paths of which none is kept yet, after something was recorded: a path
    /// that was only just begun can break, too. Nobody needs to hear where that is not possible.
    fn keep_first_texts(&self) {
        let is_new = self.has_written.take() && self.changed.borrow().is_none();
        if !is_new || !self.catalog.get().is_some_and(Catalog::has_own) {
            return;
        }
        let standing = || self.store().ok()??.read().ok()?.standing_of([]).ok();
        if let Some(standing) = standing() {
            let standing = self.catalog().read_as(standing);
            self.catalog().keep_first(&standing.followed_ids());
        }
    }

    /// Keeps the text of each followed path, and remembers what a changed one does. Once in each run
    /// of the program.
    fn keep_good(&self, followed: &[&Roadmap], standing: &Standing) {
        if self.changed.borrow().is_some() {
            return;
        }
        let ids: Vec<&str> = followed.iter().map(|path| path.id.as_str()).collect();
        let changed = self.catalog().keep_good(&ids);
        let view = Learner { shelf: self.catalog(), standing };
        let news = changed.iter().map(|(before, now)| News::of(before, now, &view)).collect();
        *self.changed.borrow_mut() = Some(news);
    }

    /// The paths that a report is about: the one that was named, or those that are followed.
    ///
    /// # Errors
    /// There is no path of that name.
    pub(crate) fn chosen(&self, named: Option<&str>, standing: &Standing) -> Result<Vec<&Roadmap>> {
        match named {
            Some(id) => {
                let roadmap = self.path(id)?;
                if standing.following().contains_key(&roadmap.id) {
                    self.catalog().keep_first(&[&roadmap.id]);
                }
                Ok(vec![roadmap])
            }
            None => Ok(self.followed(standing)),
        }
    }

    /// The path with this id or title.
    ///
    /// # Errors
    /// There is none.
    pub(crate) fn path(&self, text: &str) -> Result<&Roadmap> {
        let catalog = self.catalog();
        if let Some(roadmap) = catalog.roadmap(text) {
            return Ok(roadmap);
        }
        let all: Vec<&Roadmap> = catalog.all().into_iter().map(|(roadmap, _)| roadmap).collect();
        let names = all.iter().map(|roadmap| (roadmap.id.as_str(), roadmap.title.as_str()));
        if let Some(roadmap) = named(text, names).and_then(|at| all.get(at)) {
            return Ok(roadmap);
        }
        let known = all.iter().map(|roadmap| roadmap.id.as_str());
        let why = Refusal::unknown(Named::Path, text, known);
        let is_near = matches!(&why, Refusal::Unknown { near, .. } if !near.is_empty());
        Err(match look_up(catalog, text, &[]) {
            Lookup::One(node) if !is_near => {
                Refusal::PartOfPath { name: text.to_owned(), part: Candidate::new(&node) }
            }
            _ => why,
        }
        .into())
    }
}
