//! The floor of a mark: one durable transaction that appends to a log and updates a state, in the
//! same journal mode. `mark DB ITEM`; makes the tables where they are not there.

use rusqlite::{Connection, OpenFlags, TransactionBehavior, params};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (db, item) = (args.next().ok_or("mark DB ITEM")?, args.next().ok_or("mark DB ITEM")?);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(db, flags)?;
    connection.pragma_update(None, "synchronous", "EXTRA")?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: i32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version == 0 {
        transaction.execute_batch(
            "CREATE TABLE event (seq INTEGER PRIMARY KEY, at INTEGER, subject TEXT, action TEXT, payload TEXT);
             CREATE TABLE standing (subject TEXT PRIMARY KEY, status TEXT, since TEXT) WITHOUT ROWID;
             PRAGMA user_version = 1;",
        )?;
    }
    let payload = format!("{{\"v\":1,\"title\":\"{item}\"}}");
    transaction.execute(
        "INSERT INTO event (at, subject, action, payload) VALUES (?1, ?2, 'done', ?3)",
        params![1_795_000_000_000_i64, item, payload],
    )?;
    transaction.execute(
        "INSERT INTO standing VALUES (?1, 'done', '2026-11-20')
         ON CONFLICT (subject) DO UPDATE SET status = 'done', since = '2026-11-20'",
        params![item],
    )?;
    transaction.commit()?;
    println!("done {item}");
    Ok(())
}
