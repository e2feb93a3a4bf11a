//! The record: one SQLite file that holds the log of events and the standing that follows from it.
//! Nothing outside this folder knows SQLite.
//!
//! # What is promised, and why it holds
//!
//! **A change that was acknowledged is there afterwards, whole.** One command is one `BEGIN
//! IMMEDIATE` transaction: it reads, decides, appends its events, brings the standing up to date
//! and commits; success is reported only after the commit has returned. The journal is a rollback
//! journal in DELETE mode with `synchronous = EXTRA`: the journal is synced before the database is
//! written, the database before the journal is deleted, and the directory after that, so that a
//! power cut cannot bring a deleted journal back and with it roll back the last commit (which FULL
//! allows). A process that is killed leaves a journal, and whoever opens the file next rolls it back:
//! the transaction is there whole or not at all. WAL would save syncs, but leaves two more files
//! beside the database between commands; this way there is one file, and copying it copies all.
//!
//! **A new database appears whole.** It is made under another name, committed, closed and then
//! linked to its own name, so that no kill leaves an empty or half made file under it; and an empty
//! file that somebody else made is not taken for ours.
//!
//! **Writers queue.** Before `BEGIN IMMEDIATE` a writer takes a lock on the directory of the
//! database, for which the kernel queues fairly; SQLite's own waiting polls and starves the
//! unlucky. The lock orders, SQLite's locks protect: where the file system knows no such lock, it
//! is left out.
//!
//! **What is not ours is not touched.** Before SQLite sees a file, its header is read: a file of
//! another kind, of another program or of a newer milepost is refused without a byte changed.
//!
//! **The history costs nothing.** The standing of a subject holds the number of its newest event and
//! each event that of the one before on the same subject, so that an undo folds only the events of
//! what it touches. There is no index to keep. Each event carries a checksum, and the count and the
//! sum of all checksums are kept, so that a changed, missing or added row can be found.

mod file;
mod log;
mod queue;
mod schema;
mod standing;

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};
use uuid::{NoContext, Timestamp, Uuid};

use crate::error::{Error, Result};
use crate::model::event::{Entry, Event};
use crate::model::roadmap::Ref;
use crate::model::standing::{Standing, Subject};

/// How long a command waits for others before it gives up.
const PATIENCE: Duration = Duration::from_secs(10);

/// The open record.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
}

/// One consistent look at the record.
#[derive(Debug)]
pub struct Reading<'a> {
    transaction: Transaction<'a>,
    path: &'a Path,
}

/// One command's changes, not yet committed. Dropped without [`Writing::commit`], they are gone.
#[derive(Debug)]
pub struct Writing<'a> {
    // Field order matters: the transaction ends before the queue moves on.
    reading: Reading<'a>,
    _turn: queue::Turn,
    stamp: Stamp,
    device: Uuid,
    command: Uuid,
    appended: log::Totals,
}

/// When a command runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The instant.
    pub now: DateTime<Utc>,
    /// The local day.
    pub today: NaiveDate,
}

impl Store {
    /// Opens the record at a path; none where there is no file.
    ///
    /// # Errors
    /// What is there is no record of ours, or cannot be read.
    pub fn open(path: &Path) -> Result<Option<Self>> {
        let path = file::absolute(path)?;
        if !file::look(&path)? {
            return Ok(None);
        }
        Self::connect(path).map(Some)
    }

    /// Opens the record at a path; makes it, and the directories to it, where there is none.
    ///
    /// # Errors
    /// As [`Store::open`]; or it cannot be made.
    pub fn open_or_create(path: &Path) -> Result<Self> {
        let path = file::absolute(path)?;
        if !file::look(&path)? {
            file::create(&path)?;
        }
        Self::connect(path)
    }

    fn connect(path: PathBuf) -> Result<Self> {
        // Not the default flags: those take a name that begins with `file:` for a URI.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let told = |error| explain(&path, error);
        let connection = Connection::open_with_flags(&path, flags).map_err(told)?;
        connection.busy_timeout(PATIENCE).map_err(told)?;
        connection.pragma_update(None, "synchronous", "EXTRA").map_err(told)?;
        if file::has_journal(&path) {
            // The header on disk may be half of a transaction: SQLite rolls it back with the first
            // read, and what is there then is judged.
            schema::check(&connection, &path)?;
        }
        Ok(Self { connection, path })
    }

    /// Where the record is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Begins a consistent look.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn read(&mut self) -> Result<Reading<'_>> {
        let path = self.path.as_path();
        let transaction = self.connection.transaction().map_err(|error| explain(path, error))?;
        Ok(Reading { transaction, path })
    }

    /// Begins a command's changes: waits for its turn, then for the lock of the database.
    ///
    /// # Errors
    /// The file cannot be written, or others have kept it for ten seconds.
    pub fn write(&mut self, stamp: Stamp) -> Result<Writing<'_>> {
        let path = self.path.as_path();
        let turn = queue::wait(path, PATIENCE)?;
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|error| explain(path, error))?;
        let reading = Reading { transaction, path };
        let device = reading.device()?;
        let command = stamp.id();
        let appended = log::Totals::default();
        Ok(Writing { reading, _turn: turn, stamp, device, command, appended })
    }
}

impl Stamp {
    /// A new id, in the order of time.
    fn id(&self) -> Uuid {
        let seconds = u64::try_from(self.now.timestamp()).unwrap_or(0);
        Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, self.now.timestamp_subsec_nanos()))
    }
}

impl Reading<'_> {
    fn told<T>(&self, result: rusqlite::Result<T>) -> Result<T> {
        result.map_err(|error| explain(self.path, error))
    }

    /// The state of everything.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn standing(&self) -> Result<Standing> {
        self.told(standing::all(&self.transaction))
    }

    /// The state of some subjects, and the followed paths.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn standing_of<'r>(&self, subjects: impl IntoIterator<Item = &'r Ref>) -> Result<Standing> {
        self.told(standing::some(&self.transaction, subjects))
    }

    /// The log from its end, lazily.
    ///
    /// # Errors
    /// The file cannot be read; each event may be unreadable too.
    pub fn newest_first<T>(
        &self,
        use_events: impl FnOnce(&mut dyn Iterator<Item = Result<Event>>) -> Result<T>,
    ) -> Result<T> {
        log::newest_first(&self.transaction, self.path, use_events)
    }

    fn device(&self) -> Result<Uuid> {
        self.told(log::device(&self.transaction))
    }
}

impl<'a> Writing<'a> {
    /// What is there now, this command's own changes among it.
    pub fn reading(&self) -> &Reading<'a> {
        &self.reading
    }

    /// Appends an entry for a day and brings the standing of its subject up to date.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn append(&mut self, entry: Entry, on: NaiveDate) -> Result<()> {
        let event = Event {
            id: self.stamp.id(),
            device: self.device,
            command: self.command,
            at: self.stamp.now,
            on,
            entry,
        };
        let subject = event.entry.subject.clone();
        let transaction = &self.reading.transaction;
        let path = self.reading.path;
        let (last, state) = self.reading.told(standing::subject(transaction, &subject))?;
        let (seq, checksum) = log::append(transaction, path, &event, last)?;
        self.appended.add(checksum);
        let state = if event.entry.marker_of().is_some() {
            // What a marker makes of the subject follows from all its events.
            Subject::fold(&log::of_subject(transaction, path, seq)?)
        } else {
            Subject::after(state, on, &event.entry.fact)
        };
        self.reading.told(standing::put(transaction, &subject, seq, state.as_ref()))
    }

    /// The day on which the command runs.
    pub fn today(&self) -> NaiveDate {
        self.stamp.today
    }

    /// Makes all of it durable, or none.
    ///
    /// # Errors
    /// It could not be written; then nothing was changed.
    pub fn commit(self) -> Result<()> {
        let Self { reading: Reading { transaction, path }, appended, .. } = self;
        let told = |error| explain(path, error);
        log::add_totals(&transaction, appended).map_err(told)?;
        transaction.commit().map_err(told)
    }
}

/// An error of SQLite as a sentence, with the place and the remedy.
fn explain(path: &Path, error: rusqlite::Error) -> Error {
    let place = path.display();
    let Some(code) = error.sqlite_error_code() else {
        // Not SQLite's own: a value of a wrong type, or out of range.
        return Error::database(format!("the record in {place} is damaged: {error}"))
            .hint("restore a copy of the file");
    };
    let detail = match &error {
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        other => other.to_string(),
    };
    match code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Error::failed(format!(
            "another program has kept {place} locked for {} seconds; nothing was changed",
            PATIENCE.as_secs()
        ))
        .hint("try again when it has finished"),
        ErrorCode::DiskFull => {
            Error::failed(format!("the disk with {place} is full; nothing was changed"))
                .hint("make room and say it again")
        }
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => {
            Error::failed(format!("{place} cannot be written: {detail}; nothing was changed"))
                .hint("check the permissions of the file and of its directory")
        }
        ErrorCode::SystemIoFailure => {
            Error::failed(format!("reading or writing {place} failed: {detail}"))
                .hint("check the disk; what was there before is unchanged")
        }
        ErrorCode::CannotOpen => Error::database(format!("{place} cannot be opened: {detail}"))
            .hint("check the permissions of the file and of its directory"),
        ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt => {
            Error::database(format!("the record in {place} is damaged: {detail}"))
                .hint("restore a copy of the file")
        }
        _ => Error::failed(format!("the record in {place} could not be used: {detail}")),
    }
}
