//! What is wrong with a file that somebody named, as a person is told it, with what to do next.

use std::io::ErrorKind;
use std::path::Path;

use milepost_core::DiskError;
use milepost_core::disk::read::Unread;
use milepost_core::disk::{NotWritten, show};

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

/// That something cannot be read, or is not there, in a sentence with its name.
pub(crate) fn not_read(name: &str, unread: &Unread) -> String {
    let what = self::unread(unread);
    match unread {
        Unread::NotUtf8(line) => format!("{name}:{line}: {what}"),
        Unread::Io(error) if error.kind() == ErrorKind::NotFound => {
            format!("there is no file {name}")
        }
        _ => format!("{name} {what}"),
    }
}

/// What is wrong, without the name of the file.
pub(crate) fn unread(unread: &Unread) -> String {
    match unread {
        Unread::Io(error) => format!("cannot be read: {}", reason(error)),
        Unread::Directory => "is a directory".to_owned(),
        Unread::NotRegular => "is not a regular file".to_owned(),
        Unread::TooLarge(most) => {
            let most = quantity::thousands(usize::try_from(*most).unwrap_or(usize::MAX));
            format!("is larger than {most} bytes")
        }
        Unread::NotUtf8(_) => "not UTF-8 text".to_owned(),
        Unread::Utf16 => "is UTF-16, not UTF-8 text".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use super::*;

    #[test]
    fn each_refusal_has_its_code_its_sentence_and_a_remedy() {
        use DiskError as E;
        let file = || Path::new("/p/x.md").to_owned();
        let error = || ErrorKind::NotADirectory.into();
        for (fact, code, sentence) in [
            (
                E::IsRecord(file()),
                Code::Refused,
                "/p/x.md is the record itself or one of its files; it was not touched",
            ),
            (E::WriteProtected(file()), Code::Unwritable, "/p/x.md is write-protected"),
            (E::Directory(file()), Code::Unwritable, "/p/x.md is a directory"),
            (E::NotRegular(file()), Code::Unwritable, "/p/x.md is not a regular file"),
            (
                E::NoDirectory(file(), "/p".into()),
                Code::Unwritable,
                "/p/x.md cannot be written: there is no directory /p",
            ),
            (
                E::Unresolved(file(), error()),
                Code::Unwritable,
                "/p/x.md cannot be written: a part of its name is not a directory",
            ),
            (
                E::NotWritten(file(), NotWritten::Failed(error())),
                Code::Unwritable,
                "/p/x.md cannot be written: a part of its name is not a directory",
            ),
            (
                E::NotWritten(file(), NotWritten::Failed(ErrorKind::StorageFull.into())),
                Code::DiskFull,
                "/p/x.md cannot be written: the disk is full",
            ),
        ] {
            let told = Error::from(fact);
            assert_eq!((told.code(), told.message()), (code, sentence));
            assert!(!told.hints().is_empty(), "{sentence}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        for (fact, sentence) in
            [(Unread::Directory, "is a directory"), (Unread::NotRegular, "is not a regular file")]
        {
            assert_eq!(unread(&fact), sentence);
        }
    }
}
