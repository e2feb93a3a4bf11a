//! What of the user's own paths cannot be used, as facts. What a person is told, and what to do next,
//! is said above (`words/catalog_problem.rs` of the command line).

use std::io;
use std::path::PathBuf;

use crate::disk::read::Unread;

/// Something that cannot be used as it is.
#[derive(Debug)]
pub enum Problem {
    /// A place that was named, or is there, and cannot be listed.
    Place(PathBuf, io::Error),
    /// A file that cannot be read.
    Unread(PathBuf, Unread),
    /// A file with errors in it.
    Invalid(Invalid),
    /// A path file; its id is that of the path in another file, which goes first.
    SameId(PathBuf, String, PathBuf),
    /// A path file with errors in it, of which the last good text is used; the id of its path.
    LastGood(PathBuf, String),
    /// A career file; another one goes first.
    SecondCareer(PathBuf, PathBuf),
    /// An overlay whose file is called otherwise than it must be, and the path that it extends; none if a
    /// file is called as an overlay is, and is none.
    OverlayName(PathBuf, Option<String>),
    /// An overlay of a path of which there is another one, which goes first.
    SecondOverlay(PathBuf, PathBuf),
    /// An overlay of a path that has this id, which only an overlay can have.
    OverlayClash(PathBuf, String),
    /// An overlay of a path that there is not.
    OverlayOfNothing(PathBuf, String),
    /// An id that two paths had before; the first of the two has its record.
    SameOldId {
        /// The id.
        old: String,
        /// The path that has its record.
        first: String,
        /// The other path.
        second: String,
    },
}

/// A file with errors in it.
#[derive(Debug)]
pub struct Invalid {
    /// The file.
    pub file: PathBuf,
    /// The line of the first error.
    pub line: usize,
    /// Its column.
    pub column: usize,
    /// What it says.
    pub message: String,
    /// How many more there are.
    pub more: usize,
    /// What it says that it is.
    pub kind: Kind,
}

/// The kinds of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Kind {
    Path,
    Career,
    Overlay,
}
