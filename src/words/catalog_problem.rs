//! What the catalog finds wrong with the user's own paths, as a person is told it, with what to do.

use super::disk_error::unread_file;
use crate::error::reason;
use crate::text::shell;
use milepost_core::disk::show;
use milepost_core::paths::overlay_name;
use milepost_core::paths::{Invalid, Kind, Problem};
use milepost_path::overlay::OWN;

/// What a person is told of a path file that cannot be used.
pub(super) fn problem(problem: &Problem) -> String {
    match problem {
        Problem::Place(place, error) => format!(
            "{} is ignored: {}; correct MILEPOST_PATHS, or the file or folder it names",
            show(place),
            reason(error)
        ),
        Problem::Unread(file, unread) => {
            format!("{}; it is ignored", unread_file(file, unread))
        }
        Problem::Invalid(Invalid { file, line, column, message, more, kind }) => {
            let place = show(file);
            let more = if *more > 0 { format!(" (and {more} more)") } else { String::new() };
            let what = match kind {
                Kind::Path => "the path",
                Kind::Career => "the file",
                Kind::Overlay => "the overlay",
            };
            let check = shell::word(&place);
            format!(
                "{place}:{line}:{column}: {message}{more}; {what} is ignored, `milepost check \
                     {check}` shows all problems"
            )
        }
        Problem::SameId(file, id, first) => {
            format!("{} is ignored: {} has the id `{id}` too", show(file), show(first))
        }
        Problem::LastGood(file, id) => {
            format!(
                "the last good version of `{id}` is used until {} is \
                 corrected",
                show(file)
            )
        }
        Problem::SecondCareer(file, first) => {
            format!("{} is ignored: {} is a career file too", show(file), show(first))
        }
        Problem::OverlayName(file, Some(extends)) => format!(
            "{} is ignored: it is an overlay of `{extends}`; rename it to {}",
            show(file),
            overlay_name(extends)
        ),
        Problem::OverlayName(file, None) => format!(
            "{} is ignored: it has the name of an overlay, but is not one; add `kind = \"overlay\"`, or \
             rename it",
            show(file)
        ),
        Problem::SecondOverlay(file, first) => {
            format!("{} is ignored: {} is used, which has the same name", show(file), show(first))
        }
        Problem::OverlayClash(file, id) => format!(
            "{} is ignored: its path has the id `{id}`, and only an overlay can have ids that begin \
             with `{OWN}`",
            show(file)
        ),
        Problem::OverlayOfNothing(file, id) => {
            format!("{} is ignored: there is no usable path `{id}`", show(file))
        }
        Problem::SameOldId { old, first, second } => format!(
            "`{first}` and `{second}` both list `{old}` in `replaces`; its record counts for \
                 `{first}`: remove it from one of them"
        ),
    }
}
