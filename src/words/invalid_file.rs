//! The error for a file that was given to a command and is wrong, so that nothing in it was taken.

use crate::error::{Code, Error};
use crate::text::quantity;

/// More problems than these help nobody.
const MOST_PROBLEMS: usize = 20;

/// All that is wrong with a file, each problem on a line that begins with its place, and how many more
/// problems there are.
pub(crate) fn invalid_file(name: &str, problems: Vec<String>, more: usize) -> Error {
    let count = quantity::count(problems.len() + more, "problem");
    let head = format!("{count} in {name}, so nothing was recorded:");
    listed(Error::new(Code::InvalidFile, head), problems, more)
}

/// An error with the first of the lines below it.
pub(super) fn listed(error: Error, lines: Vec<String>, more: usize) -> Error {
    let more = match lines.len().saturating_sub(MOST_PROBLEMS) + more {
        0 => None,
        n => Some(format!("and {} more", quantity::thousands(n))),
    };
    lines.into_iter().take(MOST_PROBLEMS).chain(more).fold(error, Error::detail)
}
