//! What is wrong with a file that somebody named, as a person is told it, with what to do next.

use std::fmt;
use std::path::Path;

use crate::disk::read::Unread;
use crate::disk::{DiskError, NotWritten, show};
use crate::error::{Code, Error, reason};
use crate::text::quantity;

impl From<DiskError> for Error {
    fn from(error: DiskError) -> Self {
        let unwritable = |message| Self::new(Code::Unwritable, message);
        match error {
            DiskError::IsRecord(file) => Self::new(
                Code::Refused,
                format!(
                    "{} is the record itself or one of its files; it was not touched",
                    show(&file)
                ),
            )
            .hint("name another file"),
            DiskError::WriteProtected(file) => {
                unwritable(format!("{} is write-protected", show(&file)))
                    .hint("make it writable, or name another file")
            }
            DiskError::Directory(file) => {
                unwritable(format!("{} is a directory", show(&file))).hint("name a file in it")
            }
            DiskError::NotRegular(file) => {
                unwritable(format!("{} is not a regular file", show(&file)))
                    .hint("name a regular file, or a new one")
            }
            DiskError::NoDirectory(file, directory) => unwritable(format!(
                "{} cannot be written: there is no directory {}",
                show(&file),
                show(&directory)
            ))
            .hint("create the directory, or name another file"),
            DiskError::Unresolved(file, error) => Self::new(
                Code::unwritable(&error),
                format!("{} cannot be written: {}", show(&file), reason(&error)),
            )
            .hint("check the name, or name another file"),
            DiskError::NotWritten(file, NotWritten::Failed(error)) => Self::new(
                Code::unwritable(&error),
                format!("{} cannot be written: {}", show(&file), reason(&error)),
            )
            .hint("check the permissions of the directory and the free space on the disk"),
            DiskError::NotWritten(file, NotWritten::Unconfirmed(error)) => Self::new(
                Code::Unconfirmed,
                format!(
                    "{} is written, but the disk did not confirm it: {}",
                    show(&file),
                    reason(&error)
                ),
            )
            .hint("after a power cut the old version might be back; check the disk"),
            DiskError::NotRemoved(file, NotWritten::Failed(error)) => Self::new(
                Code::unwritable(&error),
                format!("{} cannot be removed: {}", show(&file), reason(&error)),
            )
            .hint("check the permissions of its directory"),
            DiskError::NotRemoved(file, NotWritten::Unconfirmed(error)) => Self::new(
                Code::Unconfirmed,
                format!(
                    "{} was removed, but the disk did not confirm it: {}",
                    show(&file),
                    reason(&error)
                ),
            )
            .hint("after a power cut it might be back"),
            // What to do depends on what the file is for.
            DiskError::Unread(file, unread) => {
                Self::new(Code::Unreadable, unread_file(&file, &unread))
            }
        }
    }
}

/// That a file cannot be read, in a sentence that ends with what to do where that is clear.
pub(super) fn unread_file(file: &Path, unread: &Unread) -> String {
    let save = match unread {
        Unread::NotUtf8(_) | Unread::Utf16 => "; save the file as UTF-8",
        _ => "",
    };
    format!("{}{save}", not_read(&show(file), unread))
}

/// That something cannot be read, in a sentence that begins with its name.
pub fn not_read(name: &str, unread: &Unread) -> String {
    match unread {
        Unread::NotUtf8(line) => format!("{name}:{line}: {unread}"),
        _ => format!("{name} {unread}"),
    }
}

/// What is wrong, without the name of the file.
impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "cannot be read: {}", reason(error)),
            Self::Directory => f.write_str("is a directory"),
            Self::NotRegular => f.write_str("is not a regular file"),
            Self::TooLarge(most) => {
                let most = quantity::thousands(usize::try_from(*most).unwrap_or(usize::MAX));
                write!(f, "is larger than {most} bytes")
            }
            Self::NotUtf8(_) => f.write_str("not UTF-8 text"),
            Self::Utf16 => f.write_str("is UTF-16, not UTF-8 text"),
        }
    }
}
