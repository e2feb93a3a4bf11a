//! Why there is no report: what was found wrong, as values.

use milepost_path::{Node, NodeKind, PathQuestion, Ref};

use super::{
    add, assess, away, backup, check, compare, export, import, interview, mark, next, note, open,
    overlay, redact, remark, remove, restore, search, show, snooze, study, sync, texts, ticks,
};
use crate::catalog::reference::nearest;
use crate::disk::DiskError;
use crate::store::StoreError;

/// The result of a report.
pub type Result<T> = std::result::Result<T, Error>;

/// Why there is no report.
#[derive(Debug)]
pub enum Error {
    /// The record cannot be read or written.
    Store(StoreError),
    /// A file cannot be read or written.
    Disk(DiskError),
    /// The query cannot be answered as it is.
    Refused(Box<Refusal>),
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<DiskError> for Error {
    fn from(error: DiskError) -> Self {
        Self::Disk(error)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

/// Why a query cannot be answered as it is. What only one verb refuses stands in its own file.
#[derive(Debug)]
pub enum Refusal {
    /// There is no home directory to keep the record in, and no file is named.
    NoHome,
    /// Nothing of a kind has this name.
    Unknown {
        /// The kind.
        what: Named,
        /// The name.
        name: String,
        /// The names that are most like it.
        near: Vec<String>,
        /// All names, where they are few.
        known: Vec<String>,
    },
    /// This names a part of a path, where a path belongs.
    PartOfPath {
        /// The name.
        name: String,
        /// The part.
        part: Candidate,
    },
    /// A reference could mean several things.
    Ambiguous {
        /// The reference.
        name: String,
        /// What it could mean.
        candidates: Vec<Candidate>,
    },
    /// A reference could mean several interview questions.
    AmbiguousQuestion {
        /// The reference.
        name: String,
        /// The references of the questions.
        candidates: Vec<Ref>,
    },
    /// A reference means an interview question, where a path or a part of one is asked for.
    IsQuestion(Ref),
    /// A reference means something in the record that no path has any more; whether its path is there.
    NotInPath(Ref, bool),
    /// A reference means something that the overlay of its path hides.
    Hidden(Ref),
    /// No career file can be used.
    NoCareer,
    /// The caller that asked for a change no longer waits for it.
    GivenUp,
    /// The last change erased a text of this for good, which cannot be taken back.
    Erased(Ref),
    /// A number means no note and no evidence.
    NoText(texts::NoText),
    /// What only `note` refuses.
    Note(note::Refusal),
    /// What only `redact` refuses.
    Redact(redact::Refusal),
    /// Days away cannot be recorded.
    Away(away::Refusal),
    /// What only a search refuses.
    Search(search::Refusal),
    /// What only `next` refuses.
    Next(next::Refusal),
    /// What only `open` refuses.
    Open(open::Refusal),
    /// What only a comparison refuses.
    Compare(compare::Refusal),
    /// There is nothing to show.
    Show(show::Refusal),
    /// Levels of skill areas cannot be recorded.
    Assess(assess::Refusal),
    /// There are no interview questions.
    Interview(interview::Refusal),
    /// No copy of the record was made.
    Backup(backup::Refusal),
    /// No copy was put in the place of the record.
    Restore(restore::Refusal),
    /// Something cannot be said.
    Remark(remark::Refusal),
    /// Nothing is marked.
    Mark(mark::Refusal),
    /// Nothing of a list is marked.
    Ticks(ticks::Refusal),
    /// Nothing is left out of plans.
    Snooze(snooze::Refusal),
    /// No time is recorded.
    Study(study::Refusal),
    /// Nothing is imported.
    Import(import::Refusal),
    /// There is nothing to export.
    Export(export::Refusal),
    /// Files are not installed.
    Add(Box<add::Refusal>),
    /// Files are not compared.
    Check(check::Refusal),
    /// An overlay is not changed.
    Overlay(Box<overlay::change::Refusal>),
    /// A path is not removed.
    Remove(remove::Refusal),
    /// Nothing is synced.
    Sync(sync::Refusal),
}

/// What can be unknown by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// A path.
    Path,
    /// A path, stage, topic or item.
    Ref,
    /// An interview question.
    Question,
    /// A stage of the paths that the query is about.
    Stage,
    /// A topic of the paths that the query is about.
    Topic,
    /// A role of the career file.
    Role,
    /// A skill area of the career file.
    Area,
    /// A mock interview of the career file.
    Practice,
    /// Days away from study.
    Away,
    /// A place where the record is shared.
    Remote,
}

/// One of the things that a reference could mean.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Its whole reference, which means nothing else.
    pub reference: Ref,
    /// Its kind.
    pub kind: NodeKind,
    /// Its title.
    pub title: String,
}

impl Candidate {
    /// A node as a candidate.
    pub(crate) fn new(node: &Node<'_>) -> Self {
        let (reference, kind) = (node.reference(), node.kind());
        Self { reference, kind, title: node.title().to_owned() }
    }
}

impl Refusal {
    /// Nothing has this name; the one of the known ones that is most like it is near.
    pub fn unknown<'n>(what: Named, name: &str, known: impl IntoIterator<Item = &'n str>) -> Self {
        let mut near = nearest(name, known);
        near.truncate(1);
        Self::Unknown { what, name: name.to_owned(), near, known: Vec::new() }
    }

    /// A reference could mean several questions.
    pub(crate) fn ambiguous_question(name: &str, questions: &[PathQuestion<'_>]) -> Self {
        let candidates = questions.iter().map(PathQuestion::reference).collect();
        Self::AmbiguousQuestion { name: name.to_owned(), candidates }
    }
}
