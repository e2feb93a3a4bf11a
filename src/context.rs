//! What a command works with: the time, the configuration, the catalog and the store, each opened
//! when first needed.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::{DateTime, Local, NaiveDate, Utc};

use crate::catalog::Catalog;
use crate::catalog::reference::nearest;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::model::roadmap::Roadmap;
use crate::model::route;
use crate::model::standing::Standing;
use crate::store::{Stamp, Store, Writing, copies};
use crate::text::safe;

/// What a command works with.
pub struct Context {
    /// The configuration.
    pub config: Config,
    /// When the command runs.
    pub stamp: Stamp,
    /// Whether days can be counted in the zone that TZ says; else they are those of UTC.
    pub zone_is_known: bool,
    catalog: OnceCell<Catalog>,
    /// Followed paths that are not installed, to be told once.
    missing: RefCell<BTreeSet<String>>,
    /// Whether the copy of the day is to be made when all is said.
    copy_is_due: Cell<bool>,
}

impl Context {
    /// Reads the clock, the only place that does.
    pub fn new(config: Config) -> Self {
        let (stamp, zone_is_known) = read_clock(&config);
        Self {
            config,
            stamp,
            zone_is_known,
            catalog: OnceCell::new(),
            missing: RefCell::default(),
            copy_is_due: Cell::new(false),
        }
    }

    /// When it is by now: a command that talks with somebody records each answer at its own time.
    pub fn stamp_now(&self) -> Stamp {
        read_clock(&self.config).0
    }

    /// The local day.
    pub fn today(&self) -> NaiveDate {
        self.stamp.today
    }

    /// The paths. Nothing is read before one is asked for.
    pub fn catalog(&self) -> &Catalog {
        self.catalog.get_or_init(|| {
            let config = &self.config;
            Catalog::new(config.paths.clone(), config.paths_were_named, config.cache.clone())
        })
    }

    /// What of the paths could not be used, as sentences, since the last time this was asked.
    pub fn take_problems(&self) -> Vec<String> {
        let mut problems = self.catalog.get().map(Catalog::take_problems).unwrap_or_default();
        problems.extend(std::mem::take(&mut *self.missing.borrow_mut()).into_iter().map(|id| {
            format!(
                "the path `{id}` is followed, but not installed; what was recorded is kept: \
                 add its file again, or `milepost stop {id}`"
            )
        }));
        problems
    }

    /// The name of the database.
    ///
    /// # Errors
    /// None is configured and there is no home directory.
    pub fn db(&self) -> Result<PathBuf> {
        self.config.db.clone().ok_or_else(|| {
            Error::failed("there is no home directory to keep the record in")
                .hint("name a file with `--db` or MILEPOST_DB")
        })
    }

    /// The record; none where nothing was ever recorded.
    ///
    /// # Errors
    /// It cannot be opened.
    pub fn store(&self) -> Result<Option<Store>> {
        Store::open(&self.db()?)
    }

    /// The record, made where there is none.
    ///
    /// # Errors
    /// It cannot be opened or made.
    pub fn store_to_write(&self) -> Result<Store> {
        Store::open_or_create(&self.db()?)
    }

    /// Makes a command's changes durable, and remembers whether the copy of the day is due then.
    ///
    /// # Errors
    /// They could not be written; then nothing was changed.
    pub fn commit(&self, writing: Writing<'_>) -> Result<()> {
        let due = self.config.copies && writing.is_copy_due()?;
        writing.commit()?;
        self.copy_is_due.set(due);
        Ok(())
    }

    /// Keeps the copy of the day where it is due; says, in a sentence, why it could not. For when the
    /// answer is written: nobody waits for it, and no change depends on it.
    pub fn keep_copy(&self) -> Option<String> {
        if !self.copy_is_due.take() {
            return None;
        }
        let kept = self.db().and_then(|db| copies::keep(&db, self.today()));
        kept.err().map(|error| {
            format!(
                "the copy of today was not kept: {error}; what was recorded is kept, and \
                 `copies = false` in config.toml ends these copies"
            )
        })
    }

    /// The state of everything; the record is closed again before anything is printed.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn standing(&self) -> Result<Standing> {
        match self.store()? {
            Some(mut store) => store.read()?.standing(),
            None => Ok(Standing::default()),
        }
    }

    /// The followed paths, in the order in which they were begun, but each after those that it
    /// requires.
    pub fn followed(&self, standing: &Standing) -> Vec<&Roadmap> {
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

    /// The paths that a report is about: the one that was named, or those that are followed.
    ///
    /// # Errors
    /// There is no path of that name.
    pub fn chosen(&self, named: Option<&str>, standing: &Standing) -> Result<Vec<&Roadmap>> {
        match named {
            Some(id) => self.path(id).map(|roadmap| vec![roadmap]),
            None => Ok(self.followed(standing)),
        }
    }

    /// The path with this id.
    ///
    /// # Errors
    /// There is none.
    pub fn path(&self, id: &str) -> Result<&Roadmap> {
        let catalog = self.catalog();
        catalog.roadmap(id).ok_or_else(|| {
            let all = catalog.all();
            let near = nearest(id, all.iter().map(|(roadmap, _)| roadmap.id.as_str()));
            let id = safe::short(id, 80);
            let error = Error::failed(format!("there is no path `{id}`"));
            match near.first() {
                Some(near) => error.hint(format!("did you mean `{near}`?")),
                None => error.hint("`milepost paths` lists all of them"),
            }
        })
    }
}

fn read_clock(config: &Config) -> (Stamp, bool) {
    match config.now {
        Some(now) => (Stamp { now: now.to_utc(), today: now.date_naive() }, true),
        None => clock(),
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
fn clock() -> (Stamp, bool) {
    let now: DateTime<Utc> = Utc::now();
    // chrono panics over some values of TZ (chronotope/chrono#1480); a wrong zone is no reason to
    // refuse, so the day is then that of UTC. The hook keeps the panic from being printed.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let today = std::panic::catch_unwind(|| now.with_timezone(&Local).date_naive());
    std::panic::set_hook(hook);
    let known = today.is_ok();
    (Stamp { now, today: today.unwrap_or(now.date_naive()) }, known)
}
