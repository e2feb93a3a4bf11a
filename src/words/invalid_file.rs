//! That a file is wrong which a command was given, so that nothing of it is taken.

use crate::error::{Code, Error};
use crate::text::quantity;

/// More problems than these help nobody.
const MOST_PROBLEMS: usize = 20;

/// All that is wrong with the file of a name, each problem on a line that begins with its place, and how
/// many more problems there are.
pub fn invalid_file(name: &str, problems: Vec<String>, more: usize) -> Error {
    let count = quantity::count(problems.len() + more, "problem");
    let head = format!("{count} in {name}, so nothing was recorded:");
    listed(Error::new(Code::InvalidFile, head), problems, more)
}

/// An error with the lines below it; of many, the first.
pub(super) fn listed(error: Error, lines: Vec<String>, more: usize) -> Error {
    let more = match lines.len().saturating_sub(MOST_PROBLEMS) + more {
        0 => None,
        n => Some(format!("and {} more", quantity::thousands(n))),
    };
    lines.into_iter().take(MOST_PROBLEMS).chain(more).fold(error, Error::detail)
}
