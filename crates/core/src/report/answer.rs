//! A report with what is said about it.

use milepost_path::{Diagnostic, Ref};

use chrono::NaiveDate;
use std::path::PathBuf;

use super::add::Lookalike;
use super::news::News;
use crate::catalog::problem::Problem;
use crate::model::history::Import;
use crate::model::schedule;
use crate::store::{StoreError, Worst};

/// A report with what is said about it.
#[derive(Debug)]
#[must_use]
pub struct Answer<R> {
    /// The report.
    pub report: R,
    /// What helps to go on; a front end can leave it out.
    pub hints: Vec<Hint>,
    /// What must be told.
    pub warnings: Vec<Warning>,
}

impl<R> Answer<R> {
    /// Adds a hint.
    pub fn hint(mut self, hint: impl Into<Option<Hint>>) -> Self {
        self.hints.extend(hint.into());
        self
    }

    /// Adds a warning.
    pub(crate) fn warning(mut self, warning: impl Into<Option<Warning>>) -> Self {
        self.warnings.extend(warning.into());
        self
    }

    /// Adds hints.
    pub(crate) fn hints(mut self, hints: impl IntoIterator<Item = Hint>) -> Self {
        self.hints.extend(hints);
        self
    }
}

/// Why there is no path to report on, where none is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPath {
    /// The learner follows none.
    Followed,
    /// Those that the learner follows are not installed.
    Installed,
}

/// What helps to go on.
#[derive(Debug)]
pub enum Hint {
    /// There is no path, so that there is nothing to report.
    NoPath(NoPath),
    /// There is no path, so that there are no items to list.
    NoPathToList(NoPath),
    /// There are no files of the learner's own to check.
    NoOwnFiles,
    /// No item passes the filters of a list.
    NoItemFits,
    /// A path that you follow came with new content.
    News(News),
    /// Paths were started; what is next is the next question.
    Started,
    /// An import was taken back.
    ImportUndone(Import),
    /// The last change erased a text of this; the one before it was taken back.
    Erased(Ref),
    /// A note or evidence was removed.
    NoteRemoved,
    /// What is elsewhere still has the text that was erased.
    OthersHaveText,
    /// Nothing has this word of a search.
    NothingHas {
        /// The word.
        word: String,
        /// The word that is most like it, if one is near.
        near: Option<String>,
    },
    /// Something has each word of a search, and nothing all of them.
    NothingHasAll,
    /// Nothing is recorded that was asked for.
    NothingRecorded,
    /// No level was given to record, and nobody was asked for one.
    HowToAssess,
    /// All areas were assessed today.
    AllAssessed,
    /// Interview questions are due.
    ReviewsDue {
        /// How many.
        count: usize,
        /// The path that was asked about; `None` if it is of those that are followed.
        path: Option<String>,
    },
    /// Every question was answered today.
    AllAnswered,
    /// A path is not followed yet: its id.
    NotFollowed(String),
    /// The topic of what you take up is left out of plans.
    SnoozedTopic {
        /// The topic.
        topic: Ref,
        /// The day until which it is.
        until: NaiveDate,
    },
    /// What a file has was taken back with its import: the name of the file.
    TakenBack(String),
    /// A record was imported.
    Imported,
    /// So many items of the record, which no path has any more, are not in a portfolio.
    LeftOut(usize),
    /// A résumé says nobody's name.
    NoOwner,
    /// Something of a plan has no day.
    NoDay(schedule::Note),
    /// A path that was added looks like one that is known under another id.
    Lookalike(Lookalike),
}

/// What must be told with an answer.
#[derive(Debug)]
pub enum Warning {
    /// Something of the learner's own paths cannot be used.
    Catalog(Problem),
    /// These copies beside the record still have the text that was erased.
    CopiesHaveText(Vec<PathBuf>),
    /// A path is followed, but is not installed: its id.
    MissingPath(String),
    /// The file of a followed path changed.
    PathChanged(News),
    /// A copy has every event, but something else is damaged, in the record and in the copy.
    CopyIsDamaged(Worst),
    /// What was restored has every event, but something else is damaged.
    RestoredIsDamaged(Worst),
    /// What was restored could not be looked at.
    NotLookedAtAgain(StoreError),
    /// Evidence that leads nowhere is recorded as it stands; if it is said of one thing, of which, and
    /// by which number it is removed.
    Evidence(String, Option<(Ref, usize)>),
    /// What is wrong with a file only beside others.
    Diagnostic(Diagnostic),
    /// The learner's paths are named one by one, so that what is installed is not looked at.
    PathsAreNamed,
    /// What the learner decided about things of paths that changed is left out: the record cannot be
    /// read.
    Undecided(StoreError),
}
