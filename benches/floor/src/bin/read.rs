//! The floor of a report: read the state of every item, and an already parsed index, and write a line.
//! `read DB INDEX...`

use std::hint::black_box;

use rusqlite::{Connection, OpenFlags};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args_os().skip(1);
    let db = args.next().ok_or("read DB INDEX...")?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(db, flags)?;
    let mut select = connection.prepare("SELECT subject, status, since FROM standing")?;
    let mut rows = select.query([])?;
    let mut state: Vec<(String, Option<String>, Option<String>)> = Vec::new();
    while let Some(row) = rows.next()? {
        state.push((row.get(0)?, row.get(1)?, row.get(2)?));
    }
    let mut bytes = 0;
    for index in args {
        bytes += black_box(std::fs::read(index)?).len();
    }
    println!("{} states, {bytes} bytes of index", black_box(state).len());
    Ok(())
}
