//! What can go wrong with a record, as facts: what, where and why. What a person is told, and what
//! to do next, is said above (`words/store_error.rs` of the command line): nothing here knows a flag or a command.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use chrono::NaiveDate;
use milepost_path::Ref;
use uuid::Uuid;

/// The result of nearly everything here.
pub(super) type Result<T> = std::result::Result<T, StoreError>;

/// What went wrong.
#[derive(Debug)]
pub enum StoreError {
    /// A record is damaged, and what of it.
    Damaged(PathBuf, Damage),
    /// A name that no file has.
    NoFileName(PathBuf),
    /// A name that leads nowhere.
    Unresolved(PathBuf, io::Error),
    /// A link to a file that is not there.
    DanglingLink(PathBuf),
    /// A link whose end cannot be found.
    LostLink(PathBuf, io::Error),
    /// A directory.
    Directory(PathBuf),
    /// Neither a file nor a directory.
    NotRegular(PathBuf),
    /// An empty file.
    Empty(PathBuf),
    /// A file of another kind.
    NotSqlite(PathBuf),
    /// A database of another program.
    Foreign(PathBuf),
    /// A newer version wrote it; its schema, and the newest that is known here.
    Newer(PathBuf, i32, i32),
    /// The system does not let it be read.
    Unreadable(PathBuf, io::Error),
    /// SQLite cannot open it.
    Unopened(PathBuf),
    /// A read failed, as SQLite says.
    ReadFailed(PathBuf, String),
    /// There is its journal, but no file.
    OnlyJournal(PathBuf, PathBuf),
    /// A change was cut off, and nothing can be written.
    CutOff(PathBuf),
    /// The system does not let it be made.
    NotMade(PathBuf, io::Error),
    /// SQLite cannot make it.
    NotFilled(PathBuf, String),
    /// It went as soon as it was made.
    GoneAtOnce(PathBuf),
    /// It went while it was worked on.
    Gone(PathBuf),
    /// Another program keeps a lock for so long.
    Locked(PathBuf, Duration),
    /// Others have been writing for so long.
    Queue(PathBuf, Duration),
    /// There is no room.
    Full(PathBuf),
    /// It was moved or replaced before anything was written.
    Moved(PathBuf),
    /// It was moved, replaced or removed while a change was written.
    Astray(PathBuf),
    /// It must not be written, as SQLite says.
    Unwritable(PathBuf, String),
    /// A write failed, as SQLite says.
    WriteFailed(PathBuf, String),
    /// No journal can be opened beside it, as SQLite says.
    NoJournal(PathBuf, String),
    /// Anything else that SQLite says.
    Unusable(PathBuf, String),
    /// A change is in place, and might not stay.
    Unconfirmed(PathBuf, String),
    /// A copy is in place, and might not stay.
    UnconfirmedCopy(PathBuf, io::Error),
    /// The journal mode cannot be set again; what it is.
    JournalMode(PathBuf, String),
    /// No copy from before it is made again can be kept.
    NoCopyBefore(PathBuf, io::Error),
    /// It has this older schema, and no copy of it can be kept.
    NotBroughtUp(PathBuf, i32, Box<StoreError>),
    /// The system does not let a file be written.
    NotWritten(PathBuf, io::Error),
    /// The system did not let a file be written, as part of something that is told with it.
    Io(io::Error),
    /// No copy can be written into a directory.
    NoCopy(PathBuf, io::Error),
    /// The copy in a directory did not come out whole.
    NotWhole(PathBuf, Box<StoreError>),
    /// The copy of today was not kept.
    NoCopyOfToday(Box<StoreError>),
    /// It was kept, but an older one in a directory cannot be removed.
    OldCopyStays(PathBuf, io::Error),
    /// The file to restore is the record.
    IsTheRecord(PathBuf),
    /// The file to restore is not there.
    NoSuchCopy(PathBuf),
    /// The file to restore is no copy.
    NotACopy(Box<StoreError>),
    /// What is there must not be replaced.
    NotReplaceable(Box<StoreError>),
    /// A copy might be in place or not; where the record as it was is kept.
    LeftAside(Box<StoreError>, PathBuf),
    /// No copy can be put in place.
    NotPut(PathBuf, io::Error),
    /// What lies around the record cannot be mended.
    NotMended(PathBuf, io::Error),
    /// An id that no role has.
    NoRole(String),
    /// Hours that no week has.
    NoWeek(f64),
    /// An action that does not fit a subject.
    Misfit(&'static str, String),
    /// A reference that nothing has.
    NoSubject(String),
    /// An event has no form in which it can be kept.
    NoPayload(String),
    /// An event could not be read back.
    NotReadBack(String),
    /// An event of another log, by its place, is wrong.
    Event(usize, EventFault),
    /// The newest event of a record is at the end of the range of its ids.
    EndOfTime(PathBuf),
    /// An event of another log and one of the record, by their places, have one id.
    TwoFacts(usize, usize),
}

/// The facts, for a log; a sentence for a person is a front end's.
impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for StoreError {}

/// What is wrong with an event.
#[derive(Debug)]
pub enum EventFault {
    /// Its checksum does not agree.
    Changed,
    /// Its id was there before.
    Twice,
    /// Its id or its label leaves no room for events after it.
    NoRoomAfter,
    /// It says what nobody can record.
    Unfit(Box<StoreError>),
}

/// What of a record is damaged.
#[derive(Debug)]
pub enum Damage {
    /// As SQLite says, or what reads its values.
    Said(String),
    /// It could not be looked at.
    Unread(Box<StoreError>),
    /// A part of the file is missing.
    CutOff,
    /// The file went.
    Gone,
    /// Its tables have no version.
    NoVersion,
    /// The journal mode.
    Mode(String),
    /// The kind and the name of a part of its schema.
    Schema(String, String, SchemaFault),
    /// The number of events that is kept is below zero.
    CountBelowZero,
    /// The number of events that is kept leaves no room for another.
    CountTooHigh,
    /// How many events there are, and how many were recorded.
    Count(usize, i64),
    /// The sum of the events is not the one that is kept.
    Sum,
    /// The log is not the one that was read before.
    LogChanged,
    /// The number of an event that is not there.
    Missing(i64),
    /// The number of an event whose checksum does not agree.
    Checksum(i64),
    /// The number of an event whose seal does not agree.
    OutOfPlace(i64),
    /// The number of an event without a day.
    NoDay(i64),
    /// The number of an event without a time.
    NoTime(i64),
    /// The number of an event that says nothing that is known, and why.
    NoFact(i64, String),
    /// The number of an event whose successor is about another subject.
    OtherSubject(i64),
    /// The number of an event whose predecessor is not older.
    BeforeItself(i64),
    /// The number of an event with a wrong predecessor.
    WrongBefore(i64),
    /// The number of an event whose key is not after that of the one before it.
    OutOfOrder(i64),
    /// Two events have this id.
    Twice(Uuid),
    /// The devices that it belonged to are not those that were written.
    Devices,
    /// The standing has a row of a subject without events.
    NoEvents(Ref),
    /// A row of the standing does not follow from the log.
    NotFollowing(Ref),
    /// So many rows of the standing are missing.
    Rows(usize),
    /// The time of a subject on a day does not follow from the log.
    TimeNotFollowing(Ref, NaiveDate),
    /// The time of a subject on a day is missing.
    TimeMissing(Ref, NaiveDate),
}

/// How a part of the schema is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaFault {
    /// It is not there.
    Missing,
    /// It is not as it was made.
    Changed,
    /// Somebody else made it.
    Foreign,
}

impl StoreError {
    /// Whether the file cannot be used as a record, whatever is done with it.
    pub fn is_unusable(&self) -> bool {
        match self {
            Self::NotACopy(error)
            | Self::NotReplaceable(error)
            | Self::NoCopyOfToday(error)
            | Self::LeftAside(error, _) => error.is_unusable(),
            Self::Damaged(..)
            | Self::Unresolved(..)
            | Self::DanglingLink(_)
            | Self::LostLink(..)
            | Self::Directory(_)
            | Self::NotRegular(_)
            | Self::Empty(_)
            | Self::NotSqlite(_)
            | Self::Foreign(_)
            | Self::Newer(..)
            | Self::Unreadable(..)
            | Self::Unopened(_)
            | Self::ReadFailed(..)
            | Self::OnlyJournal(..)
            | Self::CutOff(_) => true,
            _ => false,
        }
    }
}
