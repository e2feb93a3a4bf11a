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
//! allows). A process that is killed leaves a journal, and the next one to open the file rolls it back:
//! the transaction is there whole or not at all. WAL would save syncs, but leaves two more files
//! beside the database between commands; this way there is one file, and copying it copies all.
//!
//! **A new database appears whole.** It is made under another name, closed, synced and then given its
//! own name, and so are the directories to it, so that no kill leaves an empty or half made file; and
//! an empty file that somebody else made is not taken for ours.
//!
//! **Writers queue.** Before `BEGIN IMMEDIATE` a writer takes a lock on the directory of the
//! database, for which the kernel queues fairly; SQLite's own waiting polls and starves the
//! unlucky. A reader that meets a commit takes its turn in the same queue. The lock orders, SQLite's
//! locks protect: where the file system knows no such lock, it is left out.
//!
//! **A change is where it will be read.** After the commit the file under the name of the record must
//! still be the one that was written: another program might have moved or replaced it meanwhile.
//!
//! **What is not ours is not touched.** Before SQLite sees a file, its header is read: a file of
//! another kind, of another program or of a newer milepost is refused without a byte changed. Each
//! transaction judges again, because the file might have changed since.
//!
//! **The history costs nothing.** The standing of a subject holds the number of its newest event and
//! each event that of the one before on the same subject, so that an undo folds only the events of
//! what it touches. There is no index to keep.
//!
//! **Damage is found.** Each event carries a checksum of what happened and a seal over its place in
//! the log, both looked at whenever it is read; events are numbered without a gap; their count and
//! the sum of their checksums are kept. So a changed or missing event is an error, never another or a
//! shorter list, and an added one can be found: [`Reading::verify`] looks at everything. The standing
//! follows from the log, so that it can be made again (`rebuild`).
//!
//! **Two records become one.** Events are facts with ids of their own, so a log takes up another by
//! union ([`Writing::merge`]). It is sorted by their keys ([`crate::model::order`]), so that all who
//! have the same events have them in the same order, whatever brought them.
//!
//! **What was decided about things that changed** is read from the log, by an index (`decisions`).
//!
//! **What is erased is gone.** The only change of a row takes a text out of it that an event names as
//! redacted; nothing of it stays in the file (`erase`).
//!
//! **What is shared is known.** Where the log is shared, and which of its events are there, is in the same
//! file, and goes back with it when a copy is restored (`synced`).
//!
//! **A copy is whole.** A copy is taken in one look at the record, looked through event by event, and
//! only then given its name (`snapshot`); one of each of the last days is kept (`auto_backup`), one from
//! before the tables are changed (`migrate`), and what a copy takes the place of ([`restore`]).

pub(crate) mod auto_backup;
mod checksum;
mod decisions;
pub(crate) mod devices;
mod effort;
pub(crate) mod environment;
mod erase;
pub(crate) mod error;
mod failure;
mod file;
mod find;
mod imports;
pub(crate) mod log;
pub(crate) mod machine;
pub(crate) mod merge;
mod migrate;
mod open_files;
pub(crate) mod reading;
mod rebuild;
mod relabel;
pub(crate) mod restore;
mod schema;
pub(crate) mod snapshot;
mod standing;
mod states;
pub(crate) mod synced;
pub(crate) mod verify;
mod write_lock;
mod writing;

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use uuid::{NoContext, Timestamp, Uuid};

use self::error::Result;
pub(crate) use self::error::StoreError;
use crate::model::decision::Decision;
use crate::model::event::Actor;
use crate::model::standing::Standing;
#[cfg(test)]
pub(crate) use checksum::checksum_of;
pub(crate) use devices::Ahead;
use failure::explain;
use file::Found;
pub(crate) use machine::{machine, machine_name};
pub(crate) use merge::{Merged, Sifted, Union, check};
use open_files::OpenFiles;
pub(crate) use rebuild::rebuild;
pub(crate) use verify::{Fault, Part, Verdict, Worst};

/// The number of the form in which a whole record is handed on: that of its tables.
pub const FORM: u32 = schema::VERSION.unsigned_abs();

/// The version of SQLite that reads and writes the record.
pub fn sqlite_version() -> &'static str {
    rusqlite::version()
}

/// How long a command waits for others before it gives up.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a glance waits: for a commit to end, and no longer.
const GLANCE: Duration = Duration::from_millis(100);

/// The open record.
#[derive(Debug)]
pub struct Store {
    // Field order matters: the connection closes before the file is let go.
    connection: Connection,
    held: OpenFiles,
    path: PathBuf,
    /// Who makes changes, if not the learner at the command line.
    by: Option<Actor>,
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
    held: &'a OpenFiles,
    _turn: write_lock::WriteLock,
    stamp: Stamp,
    command: Uuid,
    by: Option<&'a Actor>,
    head: log::Head,
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
    /// Opens the record at a path; `None` if there is no file.
    ///
    /// # Errors
    /// What is there is no record of ours, or cannot be read.
    pub fn open(path: &Path) -> Result<Option<Self>> {
        let path = file::absolute(path)?;
        file::look(&path)?.map(Self::connect).transpose()
    }

    /// Opens the record at a path; makes it, and the directories to it, where there is none.
    ///
    /// # Errors
    /// As [`Store::open`]; or it cannot be made.
    pub fn open_or_create(path: &Path) -> Result<Self> {
        let path = file::absolute(path)?;
        if let Some(found) = file::look(&path)? {
            return Self::connect(found);
        }
        file::create(&path)?;
        match file::look(&path)? {
            Some(found) => Self::connect(found),
            None => Err(StoreError::GoneAtOnce(path)),
        }
    }

    /// What the record at a path says, and what was decided about things that changed, where that can be
    /// read at once and changes nothing; `None` if there is no record, others hold it, or it has to be
    /// rolled back or brought up first. For what would rather know nothing than wait.
    ///
    /// # Errors
    /// What is there is no record of ours, or cannot be read.
    pub(crate) fn glance(path: &Path) -> Result<Option<(Standing, Vec<Decision>)>> {
        let found = file::look(&file::absolute(path)?)?.filter(|found| !found.unsettled);
        let Some(store) = found.map(Self::connect).transpose()? else { return Ok(None) };
        let told = |error| explain(&store.path, error);
        store.connection.busy_timeout(GLANCE).map_err(told)?;
        let transaction = store.connection.unchecked_transaction().map_err(told)?;
        let said = match schema::read(&transaction) {
            Err(error) if failure::is_busy(&error) => return Ok(None),
            said => said,
        };
        let (application, version) = said.map_err(told)?;
        schema::judge(&store.path, application, version)?;
        if version != schema::VERSION {
            return Ok(None);
        }
        let reading = Reading { transaction, path: &store.path };
        Ok(Some((reading.standing()?, reading.decisions()?)))
    }

    fn connect(found: Found) -> Result<Self> {
        let Found { path, held, unsettled } = found;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let told = |error| failure::opening(&path, error);
        let connection = Connection::open_with_flags(&path, flags).map_err(told)?;
        let store = Self { connection, held, path, by: None };
        if unsettled {
            // SQLite rolls back with the first look, which judges what is there then.
            store.read_as_is(false)?;
        }
        Ok(store)
    }

    /// The same, for changes of an assistant: each event that is made says so.
    pub fn acting(self, by: Option<Actor>) -> Self {
        Self { by, ..self }
    }

    /// Where the record is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Begins a consistent look. An older file is brought to this version first.
    ///
    /// # Errors
    /// The file cannot be read; or it is older and cannot be written.
    pub fn read(&mut self) -> Result<Reading<'_>> {
        // Shared, so that a look that finds an older file can be given up for another.
        let store = &*self;
        loop {
            let (reading, version) = store.read_as_is(false)?;
            if version == schema::VERSION {
                return Ok(reading);
            }
            drop(reading);
            migrate::bring_up(store, &write_lock::wait(&store.path, PATIENCE)?)?;
        }
    }

    /// Begins a look at the file in whatever version it is, of which only the log is sure to be
    /// readable; gives the version. Who has a turn already does not wait for another.
    fn read_as_is(&self, in_turn: bool) -> Result<(Reading<'_>, i32)> {
        let Self { connection, path, .. } = self;
        let told = |error| explain(path, error);
        let patience = if in_turn { PATIENCE } else { Duration::ZERO };
        connection.busy_timeout(patience).map_err(told)?;
        let deferred = TransactionBehavior::Deferred;
        let transaction = Transaction::new_unchecked(connection, deferred).map_err(told)?;
        let said = match schema::read(&transaction) {
            Err(error) if failure::is_busy(&error) && !in_turn => {
                // A writer is committing, and others wait to do so. SQLite would ask again and
                // again, ever more seldom, and starve; the queue is fair.
                let _turn = write_lock::wait(path, PATIENCE)?;
                transaction.busy_timeout(PATIENCE).map_err(told)?;
                schema::read(&transaction)
            }
            said => said,
        };
        let (application, version) = said.map_err(told)?;
        schema::judge(path, application, version)?;
        Ok((Reading { transaction, path }, version))
    }

    /// Begins a command's changes: waits for its turn, then for the lock of the database.
    ///
    /// # Errors
    /// The file cannot be written, or others have kept it for ten seconds.
    pub fn write(&mut self, stamp: Stamp) -> Result<Writing<'_>> {
        let turn = write_lock::wait(&self.path, PATIENCE)?;
        self.write_in(turn, stamp)
    }

    /// Begins a command's changes after a look at what is there, in one turn.
    ///
    /// # Errors
    /// As [`Store::write`], or what the look gives.
    pub(crate) fn write_after<L, E: From<StoreError>>(
        &mut self,
        stamp: Stamp,
        look: impl FnOnce(&Reading<'_>) -> std::result::Result<L, E>,
    ) -> std::result::Result<(Writing<'_>, L), E> {
        let turn = write_lock::wait(&self.path, PATIENCE)?;
        let found = look(&self.read_in(&turn)?)?;
        Ok((self.write_in(turn, stamp)?, found))
    }

    /// Begins a look in one's turn.
    fn read_in(&self, turn: &write_lock::WriteLock) -> Result<Reading<'_>> {
        loop {
            let (reading, version) = self.read_as_is(true)?;
            if version == schema::VERSION {
                return Ok(reading);
            }
            drop(reading);
            migrate::bring_up(self, turn)?;
        }
    }

    /// Begins a command's changes in one's turn.
    fn write_in(&self, turn: write_lock::WriteLock, stamp: Stamp) -> Result<Writing<'_>> {
        self.durably()?;
        self.begin_changes(turn, stamp)
    }

    fn begin_changes(&self, turn: write_lock::WriteLock, stamp: Stamp) -> Result<Writing<'_>> {
        let path = self.path.as_path();
        let transaction = loop {
            let (transaction, version) = self.begin()?;
            if version == schema::VERSION {
                break transaction;
            }
            drop(transaction);
            migrate::bring_up(self, &turn)?;
        };
        let head = log::Head::read(&transaction, path)?;
        Ok(Writing {
            reading: Reading { transaction, path },
            held: &self.held,
            _turn: turn,
            stamp,
            command: stamp.id(),
            by: self.by.as_ref(),
            head,
        })
    }

    /// From now on a commit is durable when it returns. Who only reads does without.
    fn durably(&self) -> Result<()> {
        let told = |error| explain(&self.path, error);
        self.connection.busy_timeout(PATIENCE).map_err(told)?;
        self.connection.pragma_update(None, "synchronous", "EXTRA").map_err(told)
    }

    /// Begins to write, in one's turn; gives the version of the file.
    fn begin(&self) -> Result<(Transaction<'_>, i32)> {
        let told = |error| explain(&self.path, error);
        let immediate = TransactionBehavior::Immediate;
        let transaction = Transaction::new_unchecked(&self.connection, immediate).map_err(told)?;
        // In the transaction, and in that of a reader too: since the file was opened another program
        // might have brought the tables to a newer version.
        let (application, version) = schema::read(&transaction).map_err(told)?;
        schema::judge(&self.path, application, version)?;
        Ok((transaction, version))
    }
}

impl Stamp {
    /// The id of a command. It orders nothing.
    fn id(&self) -> Uuid {
        let seconds = u64::try_from(self.now.timestamp()).unwrap_or(0);
        Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, self.now.timestamp_subsec_nanos()))
    }
}

#[cfg(test)]
mod tests;
