//! Why no record can be read from a file.

use milepost_core::report::record::{EventFault, Unreadable};
use milepost_path::safe;

use crate::error::{Code, Error};

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

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_is_no_record_is_told_as_what_it_is_with_a_remedy() {
        let damaged =
            |line, column, what: &str| Unreadable::Damaged { line, column, what: what.to_owned() };
        let event = |fault| Unreadable::Event(Uuid::from_u128(1), fault);
        for (why, code, sentence) in [
            (
                Unreadable::Sqlite,
                Code::InvalidFile,
                "x is a SQLite database, not an exported record",
            ),
            (
                Unreadable::Newer { form: 10, newest: 9 },
                Code::NewerFile,
                "x was written by a newer milepost (record 10, this one knows 9)",
            ),
            (
                Unreadable::Portfolio,
                Code::InvalidFile,
                "x is a portfolio: it says how things are, but not what happened, so no record can \
                 be made of it",
            ),
            (Unreadable::Other, Code::InvalidFile, "x is not an exported record"),
            (damaged(1, 0, "EOF"), Code::InvalidFile, "x:1:0: EOF"),
            (
                damaged(4, 13, "unknown field `mood`"),
                Code::InvalidFile,
                "x:4:13: unknown field `mood`",
            ),
            (
                event(EventFault::Checksum),
                Code::InvalidFile,
                "x: event 00000000-0000-0000-0000-000000000001: its checksum is not 16 hexadecimal \
                 digits",
            ),
            (
                event(EventFault::Entry("payload version 2".to_owned())),
                Code::InvalidFile,
                "x: event 00000000-0000-0000-0000-000000000001: payload version 2",
            ),
        ] {
            let told = unreadable("x", &why);
            assert_eq!((told.code(), told.message()), (code, sentence));
            assert!(!told.hints().is_empty(), "{sentence}");
        }
    }
}
