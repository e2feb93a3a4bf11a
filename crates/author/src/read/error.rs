//! Why a source cannot become a draft.

/// Why a source cannot become a draft. The sentences stand in the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// It has more bytes than are read.
    TooLarge,
    /// It is no UTF-8; the first byte that is not.
    NotText {
        /// Where, from 0.
        at: usize,
    },
    /// It has more of something than a path can hold.
    TooMany {
        /// Of what.
        what: Many,
        /// How many can be.
        most: usize,
    },
    /// Nothing in it can be an item of a path.
    Nothing,
    /// Nobody can tell what kind of source it is: `--as` must say it.
    Unknown,
    /// It is not what its kind is written in.
    Syntax {
        /// The line, from 1.
        line: usize,
        /// The column, from 1; 0 where none is known.
        column: usize,
        /// What its parser says.
        message: String,
    },
    /// It is well written, but has nothing of what its kind has.
    Missing {
        /// The key that it must have.
        key: &'static str,
    },
}

/// Of what a source can have too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Many {
    Stages,
    Items,
    Links,
    Marks,
    Rows,
    Nodes,
    Edges,
    Levels,
    Bytes,
}
