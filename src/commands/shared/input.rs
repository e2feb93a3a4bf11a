//! What a command is given in a file or, as `-`, on the standard input, within bounds.

use std::io;
use std::path::Path;

use milepost_core::disk;
use milepost_core::disk::read::{self, Unread};
use milepost_core::paths::MOST_BYTES;
use milepost_core::report::check::Given;

use crate::error::{Code, Error, Result};
use crate::words::disk_error::not_read;

/// The name of a file as a message shows it.
pub(crate) fn name(path: &Path) -> String {
    if is_standard(path) {
        return "standard input".to_owned();
    }
    disk::show(path)
}

/// Whether a file name stands for the standard input.
pub(crate) fn is_standard(path: &Path) -> bool {
    path == Path::new("-")
}

/// Path files: what `-` brings is read here, all else by the report.
///
/// # Errors
/// The standard input cannot be read, is too long or is not UTF-8.
pub(crate) fn given(path: &Path) -> Result<Given> {
    if !is_standard(path) {
        return Ok(Given::Place(path.to_owned()));
    }
    let most = usize::try_from(MOST_BYTES).unwrap_or(usize::MAX);
    Ok(Given::Text(name(path), text(path, most)?))
}

/// As [`given`]; what comes from standard input is called as on the command line, so that there is no
/// space in `FILE:LINE`.
///
/// # Errors
/// As [`given`].
pub(crate) fn as_named(path: &Path) -> Result<Given> {
    Ok(match given(path)? {
        Given::Text(_, text) => Given::Text("-".to_owned(), text),
        given => given,
    })
}

/// All bytes of a file, without a byte-order mark; more than `most` are refused, not cut off.
///
/// # Errors
/// It is no regular file, cannot be read, or is too long.
pub(crate) fn bytes(path: &Path, most: usize) -> Result<Vec<u8>> {
    raw(path, most).map(read::without_mark)
}

/// The text of a file.
///
/// # Errors
/// As [`bytes`]; or it is not UTF-8.
pub(crate) fn text(path: &Path, most: usize) -> Result<String> {
    read::decode(raw(path, most)?).map_err(|unread| told(path, &unread))
}

fn raw(path: &Path, most: usize) -> Result<Vec<u8>> {
    let most = most as u64;
    let mut bytes = Vec::new();
    let read = if is_standard(path) {
        read::all(io::stdin().lock(), most, &mut bytes)
    } else {
        read::bytes(path, most).map(|read| bytes = read)
    };
    read.map(|()| bytes).map_err(|unread| told(path, &unread))
}

fn told(path: &Path, unread: &Unread) -> Error {
    Error::new(Code::Unreadable, not_read(&name(path), unread)).hint(match unread {
        Unread::Io(error) if error.kind() == io::ErrorKind::NotFound => "check the name",
        Unread::Io(_) => "check the name and the permissions of the file",
        Unread::Directory | Unread::NotRegular => "name a file, or `-` for standard input",
        Unread::TooLarge(_) => "that is far too large for this; name another file",
        Unread::NotUtf8(_) | Unread::Utf16 => "save it as UTF-8",
    })
}
