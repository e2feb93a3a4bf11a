//! What a command works with: the time, the configuration, the catalog and the store, each opened
//! when first needed.

mod store_error;

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, Local, NaiveDate, NaiveTime, TimeDelta, Utc};

use crate::catalog::Catalog;
use crate::catalog::reference::{named, nearest};
use crate::config::Config;
use crate::error::{Code, Error, Result};
use crate::model::roadmap::Roadmap;
use crate::model::route;
use crate::model::standing::Standing;
use crate::store::{Stamp, Store, Writing, copies};
use crate::text::safe;

/// Where chrono looks for the file that TZ names.
const ZONES: [&str; 4] =
    ["/usr/share/zoneinfo", "/share/zoneinfo", "/etc/zoneinfo", "/usr/share/lib/zoneinfo"];

/// The largest zone file, in bytes: there is none of more than some KiB.
const LARGEST_ZONE: u64 = 1024 * 1024;

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
    let near = nearest(name, known);
    let error = Error::new(code, format!("there is no {what} `{}`", safe::short(name, 80)));
    match near.first() {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint(format!("`{list}` lists all of them")),
    }
}

fn read_clock(config: &Config) -> (Stamp, bool) {
    let zone_is_known = config.zone.as_deref().is_none_or(is_zone);
    match config.now {
        Some(now) => (stamp(now.to_utc(), now.date_naive()), zone_is_known),
        None => clock(zone_is_known),
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
fn clock(zone_is_known: bool) -> (Stamp, bool) {
    let now = instant(SystemTime::now());
    if !zone_is_known {
        return (stamp(now, now.date_naive()), false);
    }
    // chrono panics over some values of TZ (chronotope/chrono#1480); a wrong zone is no reason to
    // refuse, so the day is then that of UTC. The hook keeps the panic from being printed.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let today = std::panic::catch_unwind(|| now.with_timezone(&Local).date_naive());
    std::panic::set_hook(hook);
    let known = today.is_ok();
    (stamp(now, today.unwrap_or(now.date_naive())), known)
}

/// What a clock says, within the years that a date can be written with: a clock outside of them is
/// wrong, and the nearest day is as good as any.
fn instant(clock: SystemTime) -> DateTime<Utc> {
    let millis = match clock.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
        Err(error) => i64::try_from(error.duration().as_millis()).map_or(i64::MIN, |n| -n),
    };
    let (earliest, latest) = bounds();
    let millis = millis.clamp(earliest.timestamp_millis(), latest.timestamp_millis());
    DateTime::from_timestamp_millis(millis).unwrap_or(earliest)
}

fn stamp(now: DateTime<Utc>, today: NaiveDate) -> Stamp {
    let (earliest, latest) = bounds();
    Stamp {
        now: now.clamp(earliest, latest),
        today: today.clamp(earliest.date_naive(), latest.date_naive()),
    }
}

/// The first and the last moment of the years 0 to 9999.
fn bounds() -> (DateTime<Utc>, DateTime<Utc>) {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    let first = day(0, 1, 1).and_time(NaiveTime::MIN).and_utc();
    let after = day(10_000, 1, 1).and_time(NaiveTime::MIN).and_utc();
    (first, after - TimeDelta::milliseconds(1))
}

/// Whether a value of TZ can mean something: the name of a file with a zone, or a rule, which has
/// digits. chrono reads whatever file it names, be it a device that never ends; and where it cannot
/// make anything of it, the days are those of the machine, not those that somebody meant.
fn is_zone(zone: &str) -> bool {
    let name = zone.strip_prefix(':').unwrap_or(zone);
    let mut files = ZONES.iter().map(|folder| Path::new(folder).join(name));
    // The first that is there is the one that chrono reads.
    match files.find_map(|file| fs::metadata(file).ok()) {
        Some(file) => file.is_file() && file.len() <= LARGEST_ZONE,
        None => {
            let is_rule = name.bytes().any(|byte| byte.is_ascii_digit());
            is_rule || name == "localtime" || !ZONES.iter().any(|zones| Path::new(zones).is_dir())
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_clock_that_is_wrong_is_survived() {
        let at = |seconds: i64| {
            let far = Duration::from_secs(seconds.unsigned_abs());
            let clock = if seconds < 0 {
                SystemTime::UNIX_EPOCH.checked_sub(far)
            } else {
                SystemTime::UNIX_EPOCH.checked_add(far)
            };
            instant(clock.unwrap()).to_string()
        };
        assert_eq!(at(0), "1970-01-01 00:00:00 UTC");
        assert_eq!(at(1_795_000_000), "2026-11-18 11:06:40 UTC");
        assert_eq!(at(-1), "1969-12-31 23:59:59 UTC");
        // Before the year 0; after 9999, which five digits would be needed for; after 262142, where
        // chrono ends; and the ends of what the system can say.
        assert_eq!(at(-70_000_000_000), "0000-01-01 00:00:00 UTC");
        assert_eq!(at(-9_000_000_000_000_000), "0000-01-01 00:00:00 UTC");
        for seconds in [253_402_300_800, 9_000_000_000_000, i64::MAX] {
            assert_eq!(at(seconds), "9999-12-31 23:59:59.999 UTC");
        }
    }

    #[test]
    fn the_day_beside_the_last_moment_has_four_digits_too() {
        let (earliest, latest) = bounds();
        let (before, after) =
            (earliest.date_naive().pred_opt().unwrap(), latest.date_naive().succ_opt().unwrap());
        assert_eq!(stamp(earliest, before).today.to_string(), "0000-01-01");
        assert_eq!(stamp(latest, after).today.to_string(), "9999-12-31");
    }

    #[cfg(unix)]
    #[test]
    fn a_zone_is_a_small_file_or_a_rule() {
        for zone in ["/dev/zero", ":/dev/zero", "../../../dev/zero", "/dev/null", "/", ":", "/etc"]
        {
            assert!(!is_zone(zone), "{zone}");
        }
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("zone");
        let handle = fs::File::create(&file).unwrap();
        assert!(is_zone(file.to_str().unwrap()));
        handle.set_len(LARGEST_ZONE + 1).unwrap();
        assert!(!is_zone(file.to_str().unwrap()));
        for zone in ["CET-1CEST,M3.5.0,M10.5.0/3", "<+03>-3", "UTC0", "localtime"] {
            assert!(is_zone(zone), "{zone}");
        }
        if Path::new("/usr/share/zoneinfo/Europe/Berlin").is_file() {
            assert!(is_zone("Europe/Berlin") && is_zone(":Europe/Berlin"));
            assert!(!is_zone("Europe/Nowhere") && !is_zone("Europe"));
        }
    }
}
