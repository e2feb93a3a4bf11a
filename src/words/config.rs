//! What is set, what was changed in config.toml and how it comes back, in sentences.

use crate::error::{Code, Error};
use crate::text::shell;

/// The file, before what is set.
pub(crate) fn file(name: &str, exists: bool) -> String {
    if exists { name.to_owned() } else { format!("{name} (not there yet)") }
}

/// That nothing sets a key.
pub(crate) const NOT_SET: &str = "not set";

/// That nothing sets a key, so that its default counts.
pub(crate) const DEFAULT: &str = "default";

/// How the file is mended.
pub(crate) const EDIT: &str = "`milepost config edit` opens it";

/// That nobody can edit.
pub(crate) const NO_TERMINAL: &str = "there is no terminal to edit on";

/// What works without a terminal.
pub(crate) const WITHOUT_TERMINAL: &str =
    "`milepost config set KEY VALUE` changes a key, `milepost config path` says where the file is";

/// What to do about an editor that does not run.
pub(crate) const NO_EDITOR: &str =
    "set VISUAL or EDITOR, or open the file yourself: `milepost config path` says where it is";

/// The question after a mistake.
pub(crate) const AGAIN: &str = "Open it again?";

/// What a new file begins with.
pub(crate) const EMPTY: &str = "\
# Remove the `#` before what you want to set.
# name = \"Anna Weber\"       # on your portfolio
# hours_per_week = 6         # for paths that you start without a number
# db = \"~/progress.db\"      # the file of your record
# color = \"auto\"            # or \"always\" or \"never\"
# copies = true              # whether a copy of the record is kept each day
";

/// What gives a value, and what the file says where that does not count.
pub(crate) fn given(from: &str, hidden: Option<(String, String)>) -> String {
    match hidden {
        Some((place, value)) => format!("{from}; {place} says {value}"),
        None => from.to_owned(),
    }
}

/// That a key has no value.
pub(crate) fn not_set(key: &str) -> Error {
    let error = Error::new(Code::NothingThere, format!("`{key}` is not set and has no default"));
    error.hint(format!("`milepost config set {key} VALUE` sets it"))
}

/// That there is no folder for the file.
pub(crate) fn no_place() -> Error {
    Error::new(Code::NoHome, "there is no home directory to keep config.toml in")
        .hint("name a directory with MILEPOST_CONFIG")
}

/// That a key cannot have the value that somebody typed.
pub(crate) fn unfit(wrong: &str, hint: Option<String>) -> Error {
    let error = Error::usage(unchanged(wrong));
    hint.into_iter().fold(error, Error::hint)
}

/// That the file has a mistake, so that it stays as it is.
pub(crate) fn unchanged(wrong: &str) -> String {
    format!("{wrong}; nothing was changed")
}

/// That what would be written does not say what it should.
pub(crate) fn fault(key: &str) -> Error {
    Error::new(Code::Internal, format!("`{key}` cannot be set by a fault of milepost")).hint(EDIT)
}

/// That somebody else wrote the file while it was changed.
pub(crate) fn changed_meanwhile(file: &str) -> Error {
    let message = format!("{file} was changed by another program meanwhile; nothing was changed");
    Error::new(Code::Refused, message).hint("run the command again")
}

/// That a key is already as it should be.
pub(crate) fn same(key: &str, value: Option<&str>, file: &str) -> String {
    match value {
        Some(value) => format!("{key} is already {value} in {file}; nothing changed"),
        None => format!("{key} is not set in {file}; nothing changed"),
    }
}

/// That the file is as it was.
pub(crate) fn nothing_changed(file: &str) -> String {
    format!("{file} is as it was; nothing changed")
}

/// That the file was written, and says what it said.
pub(crate) fn written(file: &str) -> String {
    format!("written to {file}; every key has the value that it had")
}

/// What the file says of a key now, and what it said.
pub(crate) fn changed(key: &str, from: Option<&str>, to: Option<&str>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("{key}: {to} (was {from})"),
        (None, Some(to)) => format!("{key}: {to}"),
        (Some(from), None) => format!("{key}: no longer set (was {from})"),
        (None, None) => format!("{key}: not set"),
    }
}

/// How what the file said of a key comes back.
pub(crate) fn way_back(key: &str, from: Option<&str>) -> String {
    match from {
        Some(from) => format!(
            "`milepost config set {key} {}` brings back what was there, `milepost undo` does not",
            shell::text(from)
        ),
        None => format!("`milepost config unset {key}` takes it back, `milepost undo` does not"),
    }
}

/// That what the file says of a key does not count.
pub(crate) fn beaten(key: &str, from: &str, value: &str) -> String {
    format!("{from} overrides it: {key} is {value} as long as {from} is set")
}

/// Which file is the record.
pub(crate) fn record_is(file: &str) -> String {
    format!("the record is {}", shell::word(file))
}

/// That a record stays where it is.
pub(crate) fn moves_no_record(old: &str, new: &str) -> String {
    format!(
        "the record is now {}; what you recorded stays in {}: move that file to take it along",
        shell::word(new),
        shell::word(old)
    )
}

/// Where a copy is kept that did not take the place of the file, and how it does.
pub(crate) fn kept(copy: &str, file: &str) -> String {
    let (copy, file) = (shell::word(copy), shell::word(file));
    format!("what you wrote is kept in {copy}: correct it, then `cp {copy} {file}`")
}

/// That an earlier copy is still there.
pub(crate) fn left(copy: &str) -> String {
    format!("{copy} holds what you wrote before and config.toml did not take")
}
