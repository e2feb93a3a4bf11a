//! The learner's own paths and career file are installed: what that does to the record is reported
//! first, and what is in doubt is refused until somebody decides it.

mod files;
mod gone;
mod install;
mod preview;
mod relabelled;
mod subject;

use std::path::PathBuf;

use chrono::NaiveDate;
use milepost_path::{CAREER, Ref};
use serde::Serialize;

pub use self::files::Invalid;
use self::files::Valid;
pub(super) use self::files::invalid;
pub(super) use self::gone::{gone, straightened};
use self::install::install;
use self::preview::Preview;
pub use self::relabelled::Lookalike;
use self::subject::Subject;
pub use super::given::Given;
use super::overlay::Bending;
use super::{Answer, App, Hint, Result, Warning, origins};
use crate::disk::DiskError;
use crate::model::effects::{Change, Effects, LooksRenamed, Reused};
use crate::model::event::NewEvent;
use crate::model::revision::Revision;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The files.
    pub files: Vec<Given>,
    /// The path whose file before this one is brought back, instead of files.
    pub back: Option<String>,
    /// Only report what would be done.
    pub dry_run: bool,
    /// Replace what is installed. What is in doubt stays in doubt.
    pub yes: bool,
    /// Carry the record of everything that looks renamed.
    pub carry: bool,
    /// Leave behind what else is recorded, and keep it from what has its id now.
    pub lose: bool,
    /// Take another path with the same id.
    pub force: bool,
    /// What somebody answered.
    pub answers: Vec<(Doubt, bool)>,
}

impl Query {
    fn answer(&self, doubt: &Doubt) -> Option<bool> {
        self.answers.iter().find(|(one, _)| one == doubt).map(|(_, answer)| *answer)
    }
}

/// What somebody must decide.
#[derive(Debug, Clone, PartialEq)]
pub enum Doubt {
    /// Whether a path that has nothing in common with the one with its id takes its place.
    AnotherPath(String),
    /// Whether a thing has another id.
    Renamed(LooksRenamed),
    /// Whether an id has another thing.
    Another(Reused),
    /// Whether what is installed, or built in, is replaced.
    Replace(String, Kind),
}

impl Doubt {
    /// In this order they are decided.
    fn rank(&self) -> u8 {
        match self {
            Self::AnotherPath(_) => 0,
            Self::Renamed(_) => 1,
            Self::Another(_) => 2,
            Self::Replace(..) => 3,
        }
    }
}

/// What was installed, or would be.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Report {
    /// Each file.
    pub added: Vec<Added>,
    /// Ids of what is installed in this version already.
    pub unchanged: Vec<String>,
    /// Whether nothing was done.
    pub dry_run: bool,
    /// Whether it is what was there before that comes back.
    #[serde(skip)]
    pub is_back: bool,
}

/// A file that was installed.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Added {
    /// The id of the path, `career`, or of an overlay the id of its path with `.overlay`.
    pub id: String,
    /// Its title; of an overlay, that of its path.
    pub title: String,
    /// Where it is installed.
    pub file: String,
    /// What it takes the place of.
    pub kind: Kind,
    /// The id that it had before, where a path or something in the record has it.
    pub renamed_from: Option<String>,
    /// Its version, before and after.
    pub version: Change<Option<String>>,
    /// When its author last changed it, before and after.
    pub updated: Change<Option<NaiveDate>>,
    /// What it does to the record; `None` if nothing is replaced.
    pub effects: Option<Effects>,
    /// What it changes of the path in whose place it comes; `None` if there is none.
    pub changes: Option<Revision>,
    /// What becomes of the overlay of the path; `None` if there is none, or it is a new one.
    pub overlay: Option<Bending>,
    /// Where what it replaces is kept.
    pub kept: Option<String>,
}

/// What an installed file takes the place of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Of nothing.
    New,
    /// Of another version of it.
    Update,
    /// Of a built-in path, or of the built-in career file.
    InsteadOfBuiltIn,
}

/// Why nothing was installed.
#[derive(Debug)]
pub enum Refusal {
    /// There is no home directory to keep paths in.
    NoFolder,
    /// A file cannot be read.
    Unread(DiskError),
    /// A file has errors.
    Invalid(Invalid),
    /// A file has no path.
    NoPath(String),
    /// Two files have this id.
    Twice(String),
    /// What is installed, and would be replaced, cannot be read.
    InstalledUnread(DiskError),
    /// Nothing is kept of this path that differs from what is installed.
    NothingBefore(String),
    /// Somebody must decide, in this order. The report is what would be done as far as it is decided.
    Open(Report, Vec<Doubt>),
    /// What would be lost or gained was not accepted.
    Doubtful(Report),
    /// A file cannot be written; these ids could not be put back.
    Unwritten(DiskError, Vec<String>),
}

impl From<Refusal> for super::Error {
    fn from(refusal: Refusal) -> Self {
        super::Refusal::Add(Box::new(refusal)).into()
    }
}

/// A file to install.
struct Planned {
    text: String,
    to: PathBuf,
    /// What is installed there now.
    before: Option<Vec<u8>>,
    /// What is to be recorded with it.
    entries: Vec<NewEvent>,
    /// A copy of what was installed before, which is what comes back.
    origin: Option<PathBuf>,
    /// Where it can be found later.
    from: Option<PathBuf>,
    added: Added,
}

impl Planned {
    /// Whether nothing is known of it, under its id or one that its file names.
    fn is_new(&self) -> bool {
        let Added { kind, renamed_from, effects, .. } = &self.added;
        *kind == Kind::New && renamed_from.is_none() && effects.is_none()
    }
}

/// Installs the files; all of them, or none.
///
/// # Errors
/// A file cannot be used, read or written, or somebody must decide something.
pub fn report(query: &Query, app: &App) -> Result<Answer<Report>> {
    let folder = app.places.paths_folder.clone().ok_or(Refusal::NoFolder)?;
    let mut report = Report {
        added: Vec::new(),
        unchanged: Vec::new(),
        dry_run: query.dry_run,
        is_back: query.back.is_some(),
    };
    let (files, mut warnings) = files::valid(query, &folder, app)?;
    let (mut subjects, mut same): (Vec<Subject>, Vec<Valid>) = (Vec::new(), Vec::new());
    for file in files {
        match Subject::of(file, &folder, app)? {
            Ok(subject) => subjects.push(subject),
            Err(file) => same.push(file),
        }
    }
    report.unchanged.extend(same.iter().map(|file| file.id.clone()));
    let preview = Preview::new(app, &subjects)?;
    let (mut planned, mut doubts, mut is_doubtful) = (Vec::new(), Vec::new(), false);
    let mut hints = Vec::new();
    for subject in &subjects {
        let decided = preview.decide(subject, query)?;
        is_doubtful |= decided.is_doubtful;
        doubts.extend(decided.doubts);
        if let Some(new) = subject.new_path().filter(|_| decided.planned.is_new()) {
            hints.extend(relabelled::find(new, &preview)?.map(Hint::Lookalike));
        }
        planned.push(decided.planned);
    }
    let added = || planned.iter().map(|one| one.added.clone()).collect();
    if !query.dry_run {
        if query.yes && is_doubtful {
            let report = Report { added: added(), ..report };
            return Err(Refusal::Doubtful(report).into());
        }
        // An answer to one kind can make another needless; and whether all of it is wanted can be
        // said when it is known what it does.
        let first = doubts.iter().map(Doubt::rank).min();
        doubts.retain(|doubt| Some(doubt.rank()) == first);
        if !doubts.is_empty() {
            let report = Report { added: added(), ..report };
            return Err(Refusal::Open(report, doubts).into());
        }
        install(&mut planned, &folder, app)?;
        for file in same.iter().filter(|file| file.from.is_some()) {
            origins::remember(&folder, &file.id, file.from.as_deref(), &file.text);
        }
    }
    report.added = planned.into_iter().map(|one| one.added).collect();
    if !report.added.is_empty() && app.places.paths_were_named {
        warnings.push(Warning::PathsAreNamed);
    }
    let mut answer = app.answer(report);
    answer.warnings.splice(0..0, warnings);
    Ok(answer.hints(hints))
}

/// The reference under which something of a path is recorded, for a career file under its own name.
fn is_of(ids: &[String], reference: &Ref) -> bool {
    ids.iter().any(|id| reference.path() == id && id != CAREER)
}
