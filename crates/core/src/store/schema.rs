//! The tables, as ordered steps that are never edited: a file of version N has had the first N. Each
//! change of what an event can say is a step too, even an empty one: so an older program says that a
//! newer one wrote the file, and does not take it for damaged.

use std::path::Path;

use rusqlite::Connection;

use super::error::{Damage, Result, StoreError};
use super::failure::{damaged, explain};
use super::{devices, relabel};

/// Marks a SQLite file as milepost's ("mlpt").
pub(super) const APPLICATION_ID: i32 = 0x6d6c_7074;

/// The version that this program reads and writes.
pub(super) const VERSION: i32 = STEPS.len() as i32;

/// One step: what SQL can say; then, in the same transaction, what is done with the rows.
enum Step {
    Sql(&'static str),
    Rows(&'static str, fn(&Connection, &Path) -> Result<()>),
}

use Step::{Rows, Sql};

/// `event.seq` counts from 1 without a gap, in the order of the keys: `event.ord`, else `event.id`.
/// `event.prev` and `standing.last` chain the events of a subject. `event.checksum` is over what
/// happened, and the same wherever the event is kept; `event.seal` is over it and its place in this
/// log: `seq`, `prev` and `ord`. `log` holds one row.
const STEPS: &[Step] = &[
    Sql("
    CREATE TABLE event (
        seq INTEGER PRIMARY KEY,
        id BLOB NOT NULL,
        device BLOB NOT NULL,
        command BLOB NOT NULL,
        at INTEGER NOT NULL,
        day TEXT NOT NULL,
        subject TEXT NOT NULL,
        action TEXT NOT NULL,
        payload TEXT NOT NULL,
        prev INTEGER,
        checksum INTEGER NOT NULL,
        seal INTEGER NOT NULL
    ) STRICT;
    CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
        BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
    CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
        BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
    CREATE TABLE standing (
        subject TEXT PRIMARY KEY,
        last INTEGER NOT NULL,
        status TEXT,
        since TEXT,
        begun TEXT,
        known INTEGER NOT NULL DEFAULT 0,
        said TEXT,
        target_on TEXT,
        hours_per_week REAL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX following ON standing (subject) WHERE status = 'following';
    CREATE TABLE log (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        device BLOB NOT NULL,
        count INTEGER NOT NULL,
        sum INTEGER NOT NULL
    ) STRICT;
"),
    // The role that you want to be ready for with a followed path.
    Sql("ALTER TABLE standing ADD COLUMN role TEXT"),
    // The day until which an item or topic is left out of plans.
    Sql("ALTER TABLE standing ADD COLUMN snoozed_until TEXT"),
    // The time that was spent.
    Sql("CREATE TABLE effort (
        subject TEXT NOT NULL,
        day TEXT NOT NULL,
        minutes INTEGER NOT NULL,
        PRIMARY KEY (subject, day)
    ) STRICT, WITHOUT ROWID"),
    // Days away from study are rows of the standing.
    Sql(""),
    // Where the events stand that are older than ids which say it. Each device that the record ever
    // was, the present one last.
    Rows(
        "
    ALTER TABLE event ADD COLUMN ord BLOB;
    CREATE TABLE own_device (
        n INTEGER PRIMARY KEY,
        device BLOB NOT NULL,
        seal INTEGER NOT NULL
    ) STRICT;
",
        relabel_and_name,
    ),
    // The action `corrected`.
    Sql(""),
    // The action `unnoted`.
    Sql(""),
    // The action `redacted`. The one change of an event that is let through takes a text out of the
    // payload, and leaves what says so: only where an event on the same subject names this one.
    Sql(r#"
    CREATE INDEX redacted ON event (subject) WHERE action = 'redacted';
    DROP TRIGGER event_is_never_changed;
    CREATE TRIGGER event_is_never_changed BEFORE UPDATE OF
        seq, id, device, command, at, day, subject, action, prev, checksum, seal, ord ON event
        BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
    CREATE TRIGGER event_text_is_only_erased BEFORE UPDATE OF payload ON event
        WHEN NEW.payload NOT LIKE '%,"left":"________________"}' OR NOT EXISTS (
            SELECT 1 FROM event AS told
            WHERE told.action = 'redacted' AND told.subject = OLD.subject
                AND instr(told.payload, lower(substr(hex(OLD.id), 1, 8) || '-' || substr(hex(OLD.id), 9, 4) || '-' ||
                substr(hex(OLD.id), 13, 4) || '-' || substr(hex(OLD.id), 17, 4) || '-' ||
                substr(hex(OLD.id), 21)))
        )
        BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
"#),
    // What came with which import, for `undo`.
    Sql("
    CREATE TABLE import (
        number INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        after BLOB NOT NULL,
        file TEXT NOT NULL,
        events INTEGER NOT NULL,
        undone BLOB
    ) STRICT;
    CREATE TABLE imported (
        event BLOB PRIMARY KEY,
        import INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
"),
    // What the path of an item made of it when it was marked: older events do not say.
    Sql("ALTER TABLE standing ADD COLUMN as_marked TEXT"),
    // The actions `renamed` and `set_apart`, which every look at the paths asks for.
    Sql("
    CREATE INDEX decided ON event (subject) WHERE action IN ('renamed', 'set_apart');
    CREATE INDEX taken_back ON event (subject) WHERE action IN ('undone', 'redone');
"),
    // The field `by` of each event.
    Sql(""),
    // Where the log is shared, and what of it is there. An event that is older than ids which say its place
    // is found by its id.
    Sql("
    CREATE TABLE remote (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        url TEXT NOT NULL,
        log BLOB NOT NULL,
        stream BLOB NOT NULL,
        shared INTEGER NOT NULL,
        machine TEXT,
        number INTEGER NOT NULL,
        cursor BLOB,
        count INTEGER NOT NULL,
        sum INTEGER NOT NULL,
        at INTEGER
    ) STRICT;
    CREATE TABLE taken (
        remote INTEGER NOT NULL,
        name BLOB NOT NULL,
        PRIMARY KEY (remote, name)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE sent (
        remote INTEGER NOT NULL,
        event BLOB NOT NULL,
        PRIMARY KEY (remote, event)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE outbox (
        remote INTEGER NOT NULL,
        name BLOB NOT NULL,
        body BLOB NOT NULL,
        events BLOB NOT NULL,
        PRIMARY KEY (remote, name)
    ) STRICT;
    CREATE INDEX labelled ON event (id) WHERE ord IS NOT NULL;
"),
];

fn relabel_and_name(connection: &Connection, path: &Path) -> Result<()> {
    relabel::all(connection, path)?;
    devices::begin(connection).map_err(|error| explain(path, error))
}

/// Makes the tables in a new file.
pub(super) fn make(connection: &Connection, device: &[u8]) -> rusqlite::Result<()> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    for step in STEPS {
        // There are no rows yet.
        let (Sql(sql) | Rows(sql, _)) = step;
        connection.execute_batch(sql)?;
    }
    connection.execute("INSERT INTO log VALUES (1, ?1, 0, 0)", [device])?;
    devices::begin(connection)?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", VERSION)?;
    connection.execute_batch("COMMIT")
}

/// Brings the tables of an older file to this version, inside of a transaction.
pub(super) fn upgrade(connection: &Connection, path: &Path, version: i32) -> Result<()> {
    let told = |error| explain(path, error);
    let done = usize::try_from(version).unwrap_or(0);
    for step in STEPS.iter().skip(done) {
        let (Sql(sql) | Rows(sql, _)) = step;
        connection.execute_batch(sql).map_err(told)?;
        if let Rows(_, change) = step {
            change(connection, path)?;
        }
    }
    connection.pragma_update(None, "user_version", VERSION).map_err(told)
}

/// What an open file says of itself: its application and its version. For the [`judge`].
pub(super) fn read(connection: &Connection) -> rusqlite::Result<(i32, i32)> {
    let number = |pragma| connection.pragma_query_value(None, pragma, |row| row.get(0));
    Ok((number("application_id")?, number("user_version")?))
}

/// Refuses what is not ours, or newer than this program.
pub(super) fn judge(path: &Path, application: i32, version: i32) -> Result<()> {
    if application != APPLICATION_ID {
        return Err(StoreError::Foreign(path.to_owned()));
    }
    if version > VERSION {
        return Err(StoreError::Newer(path.to_owned(), version, VERSION));
    }
    if version < 1 {
        return Err(damaged(path, Damage::NoVersion));
    }
    Ok(())
}
