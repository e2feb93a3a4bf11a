//! What the catalog finds wrong with the user's own paths, as a person is told it, with what to do.

use std::fmt;

use super::disk_error::unread_file;
use crate::catalog::problem::{Invalid, Problem};
use crate::disk::show;
use crate::error::reason;
use crate::text::shell;

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Place(place, error) => write!(
                f,
                "{} is ignored: {}; correct MILEPOST_PATHS, or the file or folder it names",
                show(place),
                reason(error)
            ),
            Self::Unread(file, unread) => {
                write!(f, "{}; it is ignored", unread_file(file, unread))
            }
            Self::Invalid(Invalid { file, line, column, message, more, is_career }) => {
                let place = show(file);
                let more = if *more > 0 { format!(" (and {more} more)") } else { String::new() };
                let what = if *is_career { "the file" } else { "the path" };
                let check = shell::word(&place);
                write!(
                    f,
                    "{place}:{line}:{column}: {message}{more}; {what} is ignored, `milepost check \
                     {check}` shows all problems"
                )
            }
            Self::SameId(file, id, first) => {
                write!(f, "{} is ignored: {} has the id `{id}` too", show(file), show(first))
            }
            Self::LastGood(file, id) => {
                write!(
                    f,
                    "the last good version of `{id}` is used until {} is \
                 corrected",
                    show(file)
                )
            }
            Self::SecondCareer(file, first) => {
                write!(f, "{} is ignored: {} is a career file too", show(file), show(first))
            }
            Self::SameOldId { old, first, second } => write!(
                f,
                "`{first}` and `{second}` both list `{old}` in `replaces`; its record counts for \
                 `{first}`: remove it from one of them"
            ),
        }
    }
}
