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
                "{} is left out of the paths: {}; mend MILEPOST_PATHS or the place",
                show(place),
                reason(error)
            ),
            Self::Unread(file, unread) => {
                write!(f, "{}; it is left out", unread_file(file, unread))
            }
            Self::Invalid(Invalid { file, line, column, message, more, is_career }) => {
                let place = show(file);
                let more = if *more > 0 { format!(" (and {more} more)") } else { String::new() };
                let what = if *is_career { "the file" } else { "the path" };
                let check = shell::word(&place);
                write!(
                    f,
                    "{place}:{line}:{column}: {message}{more}; {what} is left out, \
                     `milepost check {check}` shows all"
                )
            }
            Self::SameId(file, id, first) => {
                write!(f, "{} is left out: `{id}` is the id of {} too", show(file), show(first))
            }
            Self::LastGood(file, id) => {
                write!(f, "the last good version of `{id}` is used until {} is mended", show(file))
            }
            Self::SecondCareer(file, first) => {
                write!(f, "{} is left out: {} is a career file too", show(file), show(first))
            }
            Self::SameOldId { old, first, second } => write!(
                f,
                "`{first}` and `{second}` both say that they were `{old}` before; \
                 what was recorded of it counts for `{first}`: take it out of `replaces` of one"
            ),
        }
    }
}
