//! Files that somebody else wrote, read within bounds.
//!
//! Every name that is given to the program can lead to anything: a FIFO waits for a writer, a device
//! never ends, a file can be larger than the memory. So a file is looked at before it is opened (some
//! devices act when they are opened), opened without waiting, and looked at again; and no more is
//! read than belongs there. A byte-order mark, which some editors write, is skipped here for all.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// The byte-order mark of UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Why a file was not read.
#[derive(Debug)]
pub enum Unread {
    /// What the system says.
    Io(io::Error),
    /// It is a directory.
    Directory,
    /// It is a FIFO, a device or a socket.
    NotRegular,
    /// It has more bytes than this, and belongs to what never has.
    TooLarge(u64),
    /// It is not UTF-8 from this line on.
    NotUtf8(usize),
    /// It is text in UTF-16, as its first bytes say.
    Utf16,
}

impl Unread {
    /// Whether there is no file of that name.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Io(error) if is_missing(error))
    }
}

/// Whether an error says that there is no file of that name: also because a part of the name is no
/// directory, or the name is longer than any that there can be.
pub(crate) fn is_missing(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidFilename, NotADirectory, NotFound};
    matches!(error.kind(), NotFound | NotADirectory | InvalidFilename)
}

/// All bytes of a regular file. More than `most` are refused, not cut off.
///
/// # Errors
/// It is not there, is no regular file, is too large or cannot be read.
pub fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, Unread> {
    let (file, metadata) = open(path)?;
    if metadata.len() > most {
        return Err(Unread::TooLarge(most));
    }
    let length = usize::try_from(metadata.len()).unwrap_or_default();
    let mut bytes = Vec::with_capacity(length + 1);
    all(file, most, &mut bytes)?;
    Ok(bytes)
}

/// All bytes that come from somewhere. More than `most` are refused, not cut off.
///
/// # Errors
/// They are too many, or cannot be read.
pub fn all(from: impl Read, most: u64, bytes: &mut Vec<u8>) -> Result<(), Unread> {
    from.take(most.saturating_add(1)).read_to_end(bytes).map_err(Unread::Io)?;
    if bytes.len() as u64 > most { Err(Unread::TooLarge(most)) } else { Ok(()) }
}

/// The first bytes of a regular file, at most `most`.
///
/// # Errors
/// It is not there, is no regular file or cannot be read.
pub(crate) fn head(path: &Path, most: usize) -> Result<Vec<u8>, Unread> {
    let (file, _) = open(path)?;
    let mut bytes = Vec::with_capacity(most);
    file.take(most as u64).read_to_end(&mut bytes).map_err(Unread::Io)?;
    Ok(bytes)
}

/// The text of a regular file, without a byte-order mark.
///
/// # Errors
/// As [`bytes()`]; or it is not UTF-8.
pub fn text(path: &Path, most: u64) -> Result<String, Unread> {
    decode(bytes(path, most)?)
}

/// The text that bytes are, without a byte-order mark.
///
/// # Errors
/// They are not UTF-8.
pub fn decode(bytes: Vec<u8>) -> Result<String, Unread> {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(Unread::Utf16);
    }
    String::from_utf8(without_mark(bytes)).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..valid).unwrap_or_default();
        Unread::NotUtf8(1 + before.iter().filter(|byte| **byte == b'\n').count())
    })
}

/// The bytes without a byte-order mark before them.
pub fn without_mark(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.starts_with(MARK) {
        bytes.drain(..MARK.len());
    }
    bytes
}

fn open(path: &Path) -> Result<(File, Metadata), Unread> {
    check(&fs::metadata(path).map_err(Unread::Io)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    do_not_wait(&mut options);
    let file = options.open(path).map_err(Unread::Io)?;
    // By now something else can be there.
    let metadata = file.metadata().map_err(Unread::Io)?;
    check(&metadata)?;
    Ok((file, metadata))
}

fn check(metadata: &Metadata) -> Result<(), Unread> {
    if metadata.is_file() {
        Ok(())
    } else if metadata.is_dir() {
        Err(Unread::Directory)
    } else {
        Err(Unread::NotRegular)
    }
}

#[cfg(unix)]
fn do_not_wait(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;

    use rustix::fs::OFlags;
    options.custom_flags((OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed());
}

#[cfg(not(unix))]
fn do_not_wait(_: &mut OpenOptions) {}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &[u8]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("f");
        fs::write(&file, text).unwrap();
        match super::text(&file, 10) {
            Ok(text) => format!("{text:?}"),
            Err(unread) => format!("{unread:?}"),
        }
    }

    #[test]
    fn text_within_bounds() {
        for (bytes, expected) in [
            (&b""[..], "\"\""),
            (b"0123456789", "\"0123456789\""),
            (b"0123456789a", "TooLarge(10)"),
            (b"\xEF\xBB\xBFa = 1", "\"a = 1\""),
            (b"\xEF\xBB\xBF", "\"\""),
            (b"a\n\xE9", "NotUtf8(2)"),
            (b"\xFF\xFEa\0", "Utf16"),
        ] {
            assert_eq!(told(bytes), expected);
        }
    }

    #[test]
    fn a_head_is_no_more_than_was_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("f");
        fs::write(&file, "0123456789").unwrap();
        assert_eq!(head(&file, 4).unwrap(), b"0123");
        assert_eq!(head(&file, 40).unwrap(), b"0123456789");
    }

    #[test]
    fn what_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("f");
        fs::write(&file, "").unwrap();
        for name in [folder.path().join("x"), file.join("x"), folder.path().join("x".repeat(9000))]
        {
            assert!(bytes(&name, 10).unwrap_err().is_missing(), "{}", name.display());
        }
        let unread = bytes(folder.path(), 10).unwrap_err();
        assert!(!unread.is_missing());
        assert!(matches!(unread, Unread::Directory), "{unread:?}");
    }

    #[cfg(unix)]
    #[test]
    fn nothing_waits_and_nothing_is_endless() {
        let folder = tempfile::tempdir().unwrap();
        let fifo = folder.path().join("fifo");
        let made = std::process::Command::new("mkfifo").arg(&fifo).status();
        if made.is_ok_and(|status| status.success()) {
            assert!(matches!(bytes(&fifo, 10), Err(Unread::NotRegular)));
            // As if it had come between looking and opening.
            let mut options = OpenOptions::new();
            do_not_wait(options.read(true));
            assert!(options.open(&fifo).is_ok());
        }
        let zero = Path::new("/dev/zero");
        assert!(matches!(bytes(zero, 10), Err(Unread::NotRegular)));
        assert!(matches!(all(io::repeat(0), 10, &mut Vec::new()), Err(Unread::TooLarge(10))));
    }
}
