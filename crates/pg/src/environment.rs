//! What the environment says, by the names that PostgreSQL's own programs use.

use std::ffi::OsString;
use std::path::PathBuf;

/// A variable that says something.
#[expect(clippy::disallowed_methods, reason = "the one place where the environment comes in")]
pub(crate) fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// A variable that is text.
pub(crate) fn text(name: &str) -> Option<String> {
    variable(name)?.into_string().ok()
}

/// A file in the home directory.
pub(crate) fn at_home(file: &str) -> Option<PathBuf> {
    let home = variable(if cfg!(windows) { "USERPROFILE" } else { "HOME" })?;
    Some(PathBuf::from(home).join(file))
}
