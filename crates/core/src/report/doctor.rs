//! What is right and wrong with the record and all that is around it, and what of it was mended.

mod paths;
mod record;

use std::io;
use std::path::PathBuf;

use chrono::{DateTime, TimeDelta, Utc};
use milepost_path::Ref;
use serde::Serialize;
use uuid::Uuid;

use super::overlay::Bending;
use super::{Answer, App};
use crate::catalog::index;
use crate::catalog::problem::Problem as CatalogProblem;
use crate::disk::read::Unread;
use crate::store::environment::{self, Problem};
use crate::store::{Ahead, Fault, Part, StoreError};

/// The clock of another device can be ahead by this much.
const MOST_AHEAD: TimeDelta = TimeDelta::hours(1);

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Whether to mend what can be mended without losing anything; before the record is written, a
    /// copy of it is kept.
    pub fix: bool,
    /// The name of a time zone in which days cannot be counted, because it is not known.
    pub unknown_zone: Option<String>,
}

/// What was found.
#[derive(Debug)]
pub struct Report {
    /// The record; `None` if there is no place for one.
    pub file: Option<PathBuf>,
    /// How many events it has; `None` if it could not be looked at.
    pub events: Option<usize>,
    /// What was looked at, or found, in the order in which it was.
    pub findings: Vec<Finding>,
}

/// One thing that was looked at, or found.
#[derive(Debug)]
pub struct Finding {
    /// What.
    pub what: What,
    /// Whether it was mended.
    pub fixed: bool,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// All is well.
    Ok,
    /// It is good to know.
    Note,
    /// It could hurt.
    Warning,
    /// Something does not work, or is damaged.
    Error,
}

/// What can be found.
#[derive(Debug)]
pub enum What {
    /// There is no home directory to keep the record in, and no file is named.
    NoHome,
    /// Nothing is recorded yet; where the record will be.
    NothingRecorded(PathBuf),
    /// The record is whole.
    Whole {
        /// The record.
        file: PathBuf,
        /// How many events it has.
        events: usize,
        /// How many subjects they are about.
        subjects: usize,
    },
    /// The record cannot be examined.
    Unusable(StoreError),
    /// The record could be examined, but not mended or read.
    Failed(StoreError),
    /// Something of the record is damaged.
    Damaged {
        /// What.
        fault: Fault,
        /// How many more faults there are which are not named.
        more: usize,
        /// What helps.
        remedy: Remedy,
    },
    /// A copy of the record from before it was mended.
    CopyFromBefore(PathBuf),
    /// References of the record that no path can have. Versions that imported them let them in.
    Unsound(Vec<Ref>),
    /// Something around the record; with the error where it could not be mended.
    Around(Problem, Option<StoreError>),
    /// A note that was written in an editor and not recorded.
    Draft(PathBuf),
    /// The latest event was recorded at a time that is still to come.
    EventToCome(DateTime<Utc>),
    /// Another device recorded something at a time that is still to come by this clock.
    ClockAhead {
        /// The device.
        device: Uuid,
        /// The latest such time.
        at: DateTime<Utc>,
        /// How far that is.
        by: TimeDelta,
    },
    /// Days are those of UTC, because a time zone of this name is not known.
    UnknownZone(String),
    /// A place in which paths are looked for cannot be read.
    UnreadPlace {
        /// The place.
        place: PathBuf,
        /// What the system says.
        error: io::Error,
        /// Whether it was named, and is not a usual one.
        is_named: bool,
    },
    /// A path file cannot be read.
    UnreadFile(PathBuf, Unread),
    /// Something is wrong in a path file.
    Invalid {
        /// The file.
        file: PathBuf,
        /// The line of the worst that is wrong.
        line: usize,
        /// Its column.
        column: usize,
        /// What a check of the file says of it.
        message: String,
        /// How many errors there are.
        errors: usize,
        /// How many warnings there are.
        warnings: usize,
        /// Whether the file is used all the same.
        is_usable: bool,
    },
    /// Two files have the same id, of which the first is used.
    SameId {
        /// The id.
        id: String,
        /// The two files.
        files: [PathBuf; 2],
    },
    /// A file takes the place of something built-in with this id.
    Replaces {
        /// The file.
        file: PathBuf,
        /// The id.
        id: String,
    },
    /// An overlay that is not used.
    Overlay(CatalogProblem),
    /// An overlay that sets hours otherwise than its path has them.
    HoursSet(Bending),
    /// So many files with the learner's own paths are without a problem.
    PathsAreFine(usize),
    /// A path is followed, but not installed: its id, and whether the record is synced, which
    /// carries no paths.
    MissingPath(String, bool),
    /// What is recorded of items that no installed path has.
    Retired(Vec<Ref>),
    /// Questions and skill areas with a record that no installed file has.
    Unasked(Vec<Ref>),
    /// Files of the cache that are of no use to anyone.
    Useless {
        /// The folder of the cache.
        cache: PathBuf,
        /// How many files.
        files: usize,
    },
}

/// What helps where a record is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// The log is whole, and the rest can be made from it again.
    Rebuild,
    /// The log is whole, and can be written out and read into a new record.
    Export,
    /// Only a copy helps.
    Restore,
}

impl What {
    /// A stable word for what it is about.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoHome
            | Self::NothingRecorded(_)
            | Self::Whole { .. }
            | Self::Unusable(_)
            | Self::Failed(_)
            | Self::CopyFromBefore(_) => "record",
            Self::Damaged { fault, .. } => match fault.part {
                Part::File | Part::Mode => "file",
                Part::Index => "index",
                Part::Schema | Part::Around => "schema",
                Part::Log => "log",
                Part::Standing => "standing",
            },
            Self::Unsound(_) => "references",
            Self::Around(trouble, _) => match trouble {
                Problem::OpenFile(..)
                | Problem::OpenDirectory(..)
                | Problem::ReplaceableByOthers(..)
                | Problem::WriteProtected(_) => "permissions",
                Problem::Owner(..) => "owner",
                Problem::Leftovers(_) => "leftovers",
                Problem::Orphan(_) | Problem::Beside(_) => "journal",
                Problem::LittleRoom(_) | Problem::ReadOnly => "space",
                Problem::Network(_) => "network",
            },
            Self::Draft(_) => "drafts",
            Self::EventToCome(_) | Self::ClockAhead { .. } => "clock",
            Self::UnknownZone(_) => "zone",
            Self::UnreadPlace { .. }
            | Self::UnreadFile(..)
            | Self::Invalid { .. }
            | Self::SameId { .. }
            | Self::Replaces { .. }
            | Self::Overlay(_)
            | Self::HoursSet(_)
            | Self::PathsAreFine(_) => "paths",
            Self::MissingPath(..) => "missing-path",
            Self::Retired(_) | Self::Unasked(_) => "retired",
            Self::Useless { .. } => "cache",
        }
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        match self {
            Self::NothingRecorded(_)
            | Self::Whole { .. }
            | Self::CopyFromBefore(_)
            | Self::PathsAreFine(_) => Severity::Ok,
            Self::Draft(_)
            | Self::Replaces { .. }
            | Self::HoursSet(_)
            | Self::Retired(_)
            | Self::Unasked(_)
            | Self::Useless { .. } => Severity::Note,
            Self::Unsound(_)
            | Self::EventToCome(_)
            | Self::ClockAhead { .. }
            | Self::UnknownZone(_)
            | Self::UnreadPlace { .. }
            | Self::SameId { .. }
            | Self::Overlay(_)
            | Self::MissingPath(..) => Severity::Warning,
            Self::NoHome
            | Self::Unusable(_)
            | Self::Failed(_)
            | Self::Damaged { .. }
            | Self::UnreadFile(..) => Severity::Error,
            // A file that other files are to blame for is used all the same.
            Self::Invalid { is_usable, .. } => {
                if *is_usable {
                    Severity::Warning
                } else {
                    Severity::Error
                }
            }
            Self::Around(trouble, _) => match trouble {
                Problem::Orphan(_) => Severity::Error,
                Problem::WriteProtected(_) | Problem::Leftovers(_) | Problem::ReadOnly => {
                    Severity::Note
                }
                _ => Severity::Warning,
            },
        }
    }
}

impl From<What> for Finding {
    fn from(what: What) -> Self {
        Self { what, fixed: false }
    }
}

/// Examines everything, and mends where that is asked for. What cannot be looked at is a finding.
pub fn report(query: &Query, app: &App) -> Answer<Report> {
    let mut findings = Vec::new();
    let mut examined = record::Examined::default();
    match &app.places.db {
        Some(db) => {
            let around = environment::look(db).into_iter();
            findings.extend(around.map(|trouble| mended(trouble, query.fix)));
            examined = record::look(db, query.fix, app, &mut findings);
            let beside = environment::look_beside(db).into_iter();
            findings.extend(beside.map(|trouble| What::Around(trouble, None).into()));
            let drafts = environment::drafts(db).into_iter();
            findings.extend(drafts.map(|file| What::Draft(file).into()));
        }
        None => findings.push(What::NoHome.into()),
    }
    findings.extend(examined.ahead.iter().filter_map(|one| ahead(one, app.stamp.now)));
    findings.extend(query.unknown_zone.clone().map(|zone| What::UnknownZone(zone).into()));
    paths::look(&examined, app, &mut findings);
    findings.extend(cache(query.fix, app));
    let report = Report { file: app.places.db.clone(), events: examined.events, findings };
    // All warnings are among the findings.
    Answer { warnings: Vec::new(), ..app.answer(report) }
}

/// A clock that was ahead: that of this machine at all, others so far that it is no matter of patience.
fn ahead(one: &Ahead, now: DateTime<Utc>) -> Option<Finding> {
    let Ahead { device, at, is_own } = *one;
    let by = at - now;
    match is_own {
        true => Some(What::EventToCome(at).into()),
        false if by > MOST_AHEAD => Some(What::ClockAhead { device, at, by }.into()),
        false => None,
    }
}

/// Something around the record, mended where that is wanted and can be done.
fn mended(trouble: Problem, fix: bool) -> Finding {
    if !fix {
        return What::Around(trouble, None).into();
    }
    match environment::mend(&trouble) {
        Ok(fixed) => Finding { what: What::Around(trouble, None), fixed },
        Err(error) => What::Around(trouble, Some(error)).into(),
    }
}

/// Indexes that are of no use to anyone.
fn cache(fix: bool, app: &App) -> Option<Finding> {
    let cache = app.places.cache.as_ref()?;
    let useless = index::useless(cache);
    let (cache, files) = (cache.clone(), useless.len());
    let fixed = fix && useless.iter().all(|file| std::fs::remove_file(file).is_ok());
    (files > 0).then_some(Finding { what: What::Useless { cache, files }, fixed })
}

#[cfg(test)]
mod tests;
