//! What the store finds wrong, as a person is told it: the sentence, the code, and what to do next.

use std::path::Path;

use milepost_core::StoreError;
use milepost_core::disk::show;
use milepost_core::record::{Damage, EventFault, SchemaFault, Worst};

use crate::error::{Code, Error, reason};

const NAME_ANOTHER: &str = "name another file with `--db` or MILEPOST_DB";
const MEND_LINK: &str = "correct or remove the link";
const ROOM_AND_PERMISSIONS: &str = "free some space, and check the permissions of the directory";
const A_COPY: &str =
    "name a copy that `milepost backup` made, or one of `backups` beside the record";
const NOT_OURS: &str = "milepost never wrote such an event: delete it from the file";
const FILE_PERMISSIONS: &str = "check the permissions of the file and of its directory";

/// What is wrong, without the name of the file and without what to do.
pub(crate) fn damage(damage: &Damage) -> String {
    match damage {
        Damage::Said(what) => what.to_owned(),
        Damage::Unread(error) => message(error),
        Damage::CutOff => "it is cut off".to_owned(),
        Damage::Gone => "it is gone".to_owned(),
        Damage::NoVersion => "it has no schema version".to_owned(),
        Damage::Mode(mode) => {
            format!("its journal mode is `{mode}`, not `delete`: another program changed it")
        }
        Damage::Schema(kind, name, fault) => {
            let fault = match fault {
                SchemaFault::Missing => "is missing",
                SchemaFault::Changed => "was changed",
                SchemaFault::Foreign => "does not belong to it",
            };
            format!("the {kind} `{name}` {fault}")
        }
        Damage::CountBelowZero => "its number of events is below zero".to_owned(),
        Damage::CountTooHigh => "its number of events is too high".to_owned(),
        Damage::Count(there, kept) => {
            format!("there are {there} events, but {kept} were recorded")
        }
        Damage::Sum => "its events do not match their sum".to_owned(),
        Damage::LogChanged => "its log changed while it was read".to_owned(),
        Damage::Missing(seq) => format!("event {seq} is missing"),
        Damage::Checksum(seq) => format!("event {seq}: its checksum does not match"),
        Damage::OutOfPlace(seq) => format!("event {seq}: it is out of place"),
        Damage::NoDay(seq) => format!("event {seq}: its day is not a date"),
        Damage::NoTime(seq) => format!("event {seq}: its time is not a time"),
        Damage::NoFact(seq, why) => format!("event {seq}: {why}"),
        Damage::OtherSubject(seq) => {
            format!("event {seq} is about something other than those after it")
        }
        Damage::BeforeItself(seq) => format!("event {seq} says it came before itself"),
        Damage::WrongBefore(seq) => {
            format!("event {seq} does not name the one before it on its subject")
        }
        Damage::OutOfOrder(seq) => format!("event {seq} does not come after the one before it"),
        Damage::Twice(id) => format!("two events have the id {id}"),
        Damage::Devices => "its list of devices does not match".to_owned(),
        Damage::NoEvents(subject) => {
            format!("it has `{subject}`, which no event mentions")
        }
        Damage::NotFollowing(subject) => {
            format!("`{subject}` does not follow from the log")
        }
        Damage::TimeNotFollowing(subject, on) => {
            format!("the time of `{subject}` on {on} does not follow from the log")
        }
        Damage::TimeMissing(subject, on) => {
            format!("the time of `{subject}` on {on} is missing")
        }
        Damage::Rows(1) => "a row of it is missing".to_owned(),
        Damage::Rows(missing) => format!("{missing} rows of it are missing"),
    }
}

/// The sentence alone, without what to do.
pub(crate) fn message(error: &StoreError) -> String {
    Error::from(error).message().to_owned()
}

/// What to do about the worst that a deep look found.
pub(super) fn remedy(worst: &Worst) -> &'static str {
    if worst.can_be_rebuilt {
        "`milepost doctor --fix` repairs it"
    } else {
        "`milepost doctor` says what you can do"
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::from(&error)
    }
}

/// The sentences, in the order of what a command does: it finds the record, reads it, makes it where
/// there is none, waits for others, writes, and copies.
impl From<&StoreError> for Error {
    fn from(error: &StoreError) -> Self {
        match error {
            StoreError::DanglingLink(path) => not_one(
                format!("{} is a link to a file that is not there", path.display()),
                MEND_LINK,
            ),
            StoreError::LostLink(path, error) => {
                not_one(format!("{} leads nowhere: {}", show(path), reason(error)), MEND_LINK)
            }
            StoreError::Directory(path) => not_one(
                format!("{} is a directory", path.display()),
                "name a file with `--db` or MILEPOST_DB",
            ),
            StoreError::NotRegular(path) => not_one(
                format!("{} is not a regular file", path.display()),
                "name a file with `--db` or MILEPOST_DB",
            ),
            StoreError::Empty(path) => not_one(
                format!("{} is empty; it is not a milepost record", path.display()),
                "remove it, or name another file with `--db` or MILEPOST_DB",
            ),
            StoreError::NotSqlite(path) => not_one(
                format!("{} is not a SQLite database; it was not touched", path.display()),
                NAME_ANOTHER,
            ),
            StoreError::Foreign(path) => not_one(
                format!(
                    "{} is a SQLite database, but not a milepost record; it was not touched",
                    path.display()
                ),
                NAME_ANOTHER,
            ),
            StoreError::Newer(path, version, known) => told(
                Code::Newer,
                format!(
                    "{} was written by a newer milepost (schema {version}; this one knows {known})",
                    path.display()
                ),
                "install the newer version; the file was not touched",
            ),
            StoreError::NoFileName(path) => {
                Error::usage(format!("`{}` is not a file name", path.display()))
                    .hint("name a file with `--db` or MILEPOST_DB")
            }
            StoreError::Damaged(path, what) => told(
                Code::Damaged,
                format!("the record in {} is damaged: {}", path.display(), damage(what)),
                "`milepost doctor` says what can be done",
            ),
            StoreError::Unresolved(path, error) => Error::new(
                Code::UnreadableRecord,
                format!("the name {} cannot be resolved: {}", show(path), reason(error)),
            ),
            StoreError::Unreadable(path, error) => unreadable(
                format!("{} cannot be read: {}", path.display(), reason(error)),
                "check the name and the permissions of the file and its directory",
            ),
            StoreError::Unopened(path) => {
                unreadable(format!("{} cannot be opened", path.display()), FILE_PERMISSIONS)
            }
            StoreError::ReadFailed(path, detail) => unreadable(
                format!("{} cannot be read: {detail}", path.display()),
                "check the disk, and restore a copy of the file",
            ),
            StoreError::OnlyJournal(path, journal) => unreadable(
                format!(
                    "{} is missing, but its journal is there: \
                 {}",
                    show(path),
                    journal.display()
                ),
                "put the file back beside it; or, to start over, delete the journal",
            ),
            StoreError::CutOff(path) => unreadable(
                format!(
                    "a change in {} was cut off, and cannot be rolled back while the file is \
                     read-only",
                    path.display()
                ),
                "make the file and its directory writable, and run the command again",
            ),
            StoreError::NotMade(path, error) => told(
                Code::unwritable(error),
                format!("the record {} cannot be created: {}", show(path), reason(error)),
                "check the directory, or name another file with `--db` or MILEPOST_DB",
            ),
            StoreError::NotFilled(path, detail) => told(
                Code::Unwritable,
                format!("the record {} cannot be created: {detail}", path.display()),
                "check the disk and its directory, or name another file with `--db` or MILEPOST_DB",
            ),
            StoreError::GoneAtOnce(path) => told(
                Code::Moved,
                format!("{} was removed as soon as it was created", path.display()),
                "run the command again",
            ),
            StoreError::Gone(path) => {
                Error::new(Code::Moved, format!("{} was removed in the meantime", path.display()))
            }
            StoreError::Locked(path, patience) => told(
                Code::Locked,
                format!(
                    "another program has kept {} locked for {} seconds; nothing was changed",
                    path.display(),
                    patience.as_secs()
                ),
                "try again when it has finished",
            ),
            StoreError::Queue(path, patience) => told(
                Code::Locked,
                format!(
                    "other programs have been writing to {} for {} seconds; nothing was changed",
                    path.display(),
                    patience.as_secs()
                ),
                "try again when they have finished",
            ),
            StoreError::Moved(path) => told(
                Code::Moved,
                format!(
                    "{} was moved or replaced in the meantime; nothing was \
                 changed",
                    path.display()
                ),
                "run the command again",
            ),
            StoreError::Astray(path) => told(
                Code::Moved,
                format!(
                    "another program moved, replaced or removed {} during the change, so the file \
                     there now does not have it",
                    path.display()
                ),
                "run the command again; if the file was moved, the change is in the moved file",
            ),
            StoreError::Full(path) => nothing(
                Code::DiskFull,
                format!("the disk with {} is full", path.display()),
                "free some space and run the command again",
            ),
            StoreError::Unwritable(path, detail) => nothing(
                Code::Unwritable,
                format!("{} cannot be written: {detail}", path.display()),
                FILE_PERMISSIONS,
            ),
            StoreError::WriteFailed(path, detail) => nothing(
                Code::Unwritable,
                format!("writing {} failed: {detail}", path.display()),
                "check the disk and run the command again",
            ),
            StoreError::NoJournal(path, detail) => nothing(
                Code::Unwritable,
                format!("no journal can be opened beside {}: {detail}", path.display()),
                ROOM_AND_PERMISSIONS,
            ),
            StoreError::Unusable(path, detail) => nothing(
                Code::Internal,
                format!("the record in {} could not be used: {detail}", path.display()),
                "run the command again",
            ),
            StoreError::JournalMode(path, mode) => nothing(
                Code::Unwritable,
                format!("the journal mode of {} is `{mode}` and cannot be changed", path.display()),
                "close the other programs that have it open, and try again",
            ),
            StoreError::Unconfirmed(path, detail) => told(
                Code::Unconfirmed,
                format!(
                    "the change is in {}, but the disk did not confirm it: {detail}",
                    path.display()
                ),
                "check the disk; `milepost log` shows whether the change is still there",
            ),
            StoreError::UnconfirmedCopy(path, error) => told(
                Code::Unconfirmed,
                format!(
                    "the copy is in place at {}, but the disk did not confirm it: {}",
                    path.display(),
                    reason(error)
                ),
                "check the disk; `milepost log` shows what is recorded",
            ),
            StoreError::NotMended(path, error) => told(
                Code::unwritable(error),
                format!("{} cannot be repaired: {}", path.display(), reason(error)),
                "check who owns it, and the permissions of its directory",
            ),
            StoreError::NoCopy(directory, error) => {
                no_copy(Code::unwritable(error), directory, &reason(error))
            }
            StoreError::NotWhole(directory, found) => {
                let why = format!("the copy is damaged: {}", Error::from(&**found));
                no_copy(Code::Unwritable, directory, &why)
            }
            StoreError::NotWritten(path, error) => Error::new(
                Code::unwritable(error),
                format!("{} cannot be written: {}", show(path), reason(error)),
            ),
            StoreError::Io(error) => Error::new(Code::unwritable(error), reason(error)),
            StoreError::NoCopyBefore(path, error) => told(
                Code::unwritable(error),
                format!(
                    "a copy of {} cannot be kept, so nothing was changed: {}",
                    path.display(),
                    reason(error)
                ),
                ROOM_AND_PERMISSIONS,
            ),
            StoreError::NotBroughtUp(path, version, why) => {
                let why = Error::from(&**why);
                told(
                    why.code(),
                    format!(
                        "{} was written by an older milepost (schema {version}) and is upgraded \
                         only once a copy is kept: {why}; nothing was changed",
                        show(path)
                    ),
                    "make it and its directory writable; or copy it to a place you can write to, \
                     and use `--db`",
                )
            }
            StoreError::NoCopyOfToday(why) => {
                let why = Error::from(&**why);
                Error::new(why.code(), format!("today's copy was not kept: {why}"))
            }
            StoreError::OldCopyStays(folder, error) => Error::new(
                Code::unwritable(error),
                format!(
                    "today's copy is kept, but an older one in {} cannot be removed: {}",
                    show(folder),
                    reason(error)
                ),
            ),
            StoreError::IsTheRecord(file) => told(
                Code::Refused,
                format!("{} is the record itself or one of its files", show(file)),
                "name a copy of it",
            ),
            StoreError::NoSuchCopy(file) => {
                told(Code::Unreadable, format!("there is no file {}", show(file)), A_COPY)
            }
            // It is not the record that is wrong.
            StoreError::NotACopy(why) => Error::from(&**why).without_hints().hint(A_COPY),
            StoreError::NotReplaceable(why) => {
                Error::from(&**why).hint("nothing was changed; move it away to put a copy there")
            }
            StoreError::LeftAside(why, kept) => {
                Error::from(&**why).hint(format!("the record as it was is in {}", show(kept)))
            }
            StoreError::NotPut(record, error) => told(
                Code::unwritable(error),
                format!(
                    "the record cannot be put in place at {}: {}; nothing was changed",
                    show(record),
                    reason(error)
                ),
                ROOM_AND_PERMISSIONS,
            ),
            StoreError::NoRole(role) => cannot(format!(
                "`{}` cannot be the name of a \
             role",
                cut(role)
            )),
            StoreError::NoWeek(hours) => cannot(format!("{hours} hours a week is impossible")),
            StoreError::Misfit(action, subject) => {
                cannot(format!("`{action}` cannot be recorded of {subject}"))
            }
            StoreError::NoSubject(subject) => {
                cannot(format!("nothing can be recorded under `{}`", cut(subject)))
            }
            StoreError::NoPayload(why) => cannot(why.clone()),
            StoreError::Event(at, fault) => event(at + 1, fault),
            StoreError::EndOfTime(path) => told(
                Code::Damaged,
                format!(
                    "nothing more can be recorded in {}: the id of its newest event is at the end \
                     of time; nothing was changed",
                    path.display()
                ),
                "`milepost restore FILE` restores a copy from before that event",
            ),
            StoreError::TwoFacts(theirs, own) => Error::new(
                Code::InvalidFile,
                format!(
                    "event {} has the id of event {} in the record, but different content",
                    theirs + 1,
                    own + 1
                ),
            )
            .hint("one of the two was forged or damaged; nothing was changed"),
            StoreError::NotReadBack(why) => {
                Error::new(Code::Internal, format!("it could not be read back: {why}"))
            }
        }
    }
}

fn told(code: Code, message: String, hint: &str) -> Error {
    Error::new(code, message).hint(hint)
}

fn not_one(message: String, hint: &str) -> Error {
    told(Code::NotARecord, message, hint)
}

fn unreadable(message: String, hint: &str) -> Error {
    told(Code::UnreadableRecord, message, hint)
}

/// A write that was refused.
fn nothing(code: Code, message: String, hint: &str) -> Error {
    told(code, format!("{message}; nothing was changed"), hint)
}

fn no_copy(code: Code, directory: &Path, why: &str) -> Error {
    told(
        code,
        format!("a copy cannot be written in {}: {why}", show(directory)),
        "free some space there, and check the permissions of the directory",
    )
}

/// An event that is not recorded.
fn cannot(message: String) -> Error {
    Error::new(Code::Refused, message)
}

fn event(number: usize, fault: &EventFault) -> Error {
    let wrong = |what: &str| Error::new(Code::InvalidFile, format!("event {number}: {what}"));
    match fault {
        EventFault::Changed => {
            wrong("its checksum does not match; it was changed after the export")
        }
        EventFault::Twice => wrong("it is in the file twice"),
        EventFault::NoRoomAfter => {
            wrong("its id is at the end of time, so nothing could be recorded after it")
                .hint(NOT_OURS)
        }
        EventFault::Unfit(why) => wrong(Error::from(&**why).message()).hint(NOT_OURS),
    }
}

/// As much of a foreign text as a message repeats.
fn cut(text: &str) -> String {
    text.chars().take(80).flat_map(char::escape_debug).collect()
}

#[cfg(test)]
mod tests;
