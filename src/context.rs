//! What a command works with: the time, the configuration, the catalog and the store, each opened
//! when first needed.

mod catalog_problem;
pub mod disk_error;
pub mod store_error;

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::{NaiveDate, NaiveTime};

use crate::catalog::Catalog;
use crate::catalog::reference::{named, nearest};
use crate::clock;
use crate::config::Config;
use crate::error::{Code, Error, Result};
use crate::model::roadmap::Roadmap;
use crate::model::route;
use crate::model::standing::Standing;
use crate::store::{Reading, Stamp, Store, Writing, copies};
use crate::text::safe;

/// What a command works with.
pub struct Context {
    /// The configuration.
    pub config: Config,
    /// When the command runs.
    pub stamp: Stamp,
    /// The local time of day then.
    pub time: NaiveTime,
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
        let (stamp, time, zone_is_known) = clock::read(&config);
        Self {
            config,
            stamp,
            time,
            zone_is_known,
            catalog: OnceCell::new(),
            missing: RefCell::default(),
            copy_is_due: Cell::new(false),
        }
    }

    /// When it is by now: a command that talks with somebody records each answer at its own time.
    pub fn stamp_now(&self) -> Stamp {
        clock::read(&self.config).0
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
        let problems = self.catalog.get().map(Catalog::take_problems).unwrap_or_default();
        let mut problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        problems.extend(std::mem::take(&mut *self.missing.borrow_mut()).into_iter().map(|id| {
            let id = safe::short(&id, 80);
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
            Error::new(Code::NoHome, "there is no home directory to keep the record in")
                .hint("name a file with `--db` or MILEPOST_DB")
        })
    }

    /// The record; none where nothing was ever recorded.
    ///
    /// # Errors
    /// It cannot be opened.
    pub fn store(&self) -> Result<Option<Store>> {
        Ok(Store::open(&self.db()?)?)
    }

    /// The record, made where there is none.
    ///
    /// # Errors
    /// It cannot be opened or made.
    pub fn store_to_write(&self) -> Result<Store> {
        Ok(Store::open_or_create(&self.db()?)?)
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
        let kept = self.db().and_then(|db| Ok(copies::keep(&db, self.today())?));
        kept.err().map(|error| {
            format!(
                "{error}; what was recorded is kept, and \
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
            Some(mut store) => Ok(self.catalog().read_as(store.read()?.standing()?)),
            None => Ok(Standing::default()),
        }
    }

    /// As [`Context::standing`], with the time that was spent, for what asks for it.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn standing_with_efforts(&self) -> Result<Standing> {
        Ok(self.with_efforts(|_| None)?.0)
    }

    /// As [`Context::standing_with_efforts`], with the day on which something was recorded last.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn standing_and_last(&self) -> Result<(Standing, Option<NaiveDate>)> {
        self.with_efforts(|reading| {
            // What is wrong with the log is for those who read it.
            let last = reading.newest_first(|events| events.next().transpose()).ok().flatten();
            last.map(|event| event.at.date_naive())
        })
    }

    fn with_efforts(
        &self,
        last: fn(&Reading<'_>) -> Option<NaiveDate>,
    ) -> Result<(Standing, Option<NaiveDate>)> {
        let Some(mut store) = self.store()? else {
            return Ok(Default::default());
        };
        let reading = store.read()?;
        let mut standing = reading.standing()?;
        standing.put_efforts(reading.efforts()?);
        Ok((self.catalog().read_as(standing), last(&reading)))
    }

    /// As [`Context::standing`], with the time that was spent on each thing up to now, on the last day
    /// of it: all that a plan asks for.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn standing_with_effort_sums(&self) -> Result<Standing> {
        let Some(mut store) = self.store()? else {
            return Ok(Standing::default());
        };
        let reading = store.read()?;
        let mut standing = reading.standing()?;
        standing.put_efforts(reading.effort_sums(self.today())?);
        Ok(self.catalog().read_as(standing))
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

    /// The path with this id or title.
    ///
    /// # Errors
    /// There is none.
    pub fn path(&self, text: &str) -> Result<&Roadmap> {
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
        Err(unknown(Code::UnknownPath, "path", text, known, "milepost paths"))
    }
}

/// That there is no such thing, with the name that is most like it; `list` says what lists all.
pub fn unknown<'n>(
    code: Code,
    what: &str,
    name: &str,
    known: impl IntoIterator<Item = &'n str>,
    list: &str,
) -> Error {
    let hint = meant(name, known).unwrap_or_else(|| format!("`{list}` lists all of them"));
    Error::new(code, format!("there is no {what} `{}`", safe::short(name, 80))).hint(hint)
}

/// Whether the name that is most like an unknown one was meant, where one is like it.
pub fn meant<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<String> {
    nearest(name, known).get(..1).map(did_you_mean)
}

/// Whether one of these was meant.
pub fn did_you_mean(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|one| format!("`{one}`")).collect();
    format!("did you mean {}?", names.join(" or "))
}
