//! Why no record can be read from a file.

use milepost_path::safe;

use crate::error::{Code, Error};
use crate::report::record::{EventFault, Unreadable};

const WRITE: &str = "`milepost export --format json --full` writes what can be imported";

/// Why the file with this name is no record that can be imported.
pub fn unreadable(name: &str, why: &Unreadable) -> Error {
    let invalid = |message: String| Error::new(Code::InvalidFile, message);
    match why {
        Unreadable::Sqlite => {
            invalid(format!("{name} is a SQLite database, not an exported record"))
                .hint("`milepost restore FILE` restores a backup")
        }
        Unreadable::Newer { form, newest } => Error::new(
            Code::NewerFile,
            format!(
                "{name} was written by a newer milepost (record {form}, this one knows {newest})"
            ),
        )
        .hint("install the newer version"),
        Unreadable::Portfolio => invalid(format!(
            "{name} is a portfolio: it says how things are, but not what happened, so no record \
             can be made of it"
        ))
        .hint(WRITE),
        Unreadable::Other => invalid(format!("{name} is not an exported record")).hint(WRITE),
        Unreadable::Damaged { line, column, what } => {
            invalid(format!("{name}:{line}:{column}: {}", safe::short(what, 200))).hint(WRITE)
        }
        Unreadable::Event(id, fault) => {
            let what = match fault {
                EventFault::Entry(what) => safe::short(what, 200),
                EventFault::Checksum => "its checksum is not 16 hexadecimal digits".to_owned(),
            };
            invalid(format!("{name}: event {id}: {what}")).hint(WRITE)
        }
    }
}
