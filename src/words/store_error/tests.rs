use std::io::{self, ErrorKind};
use std::time::Duration;

use milepost_path::Ref;
use uuid::Uuid;

use super::*;
use crate::error::Kind;

fn io_error() -> io::Error {
    ErrorKind::PermissionDenied.into()
}

fn full() -> io::Error {
    ErrorKind::StorageFull.into()
}

/// Each has its code, its sentence, and what to do next.
#[test]
fn each_error_has_its_code_its_sentence_and_a_remedy() {
    use StoreError as E;
    let r = || Path::new("/r.db").to_owned();
    let why = || "detail".to_owned();
    let damaged = |what| E::Damaged(r(), what);
    let patience = Duration::from_secs(10);
    for (error, code, words) in [
        (E::NoFileName(r()), Code::Usage, "`/r.db` is not a file name"),
        (E::DanglingLink(r()), Code::NotARecord, "/r.db is a link to a file that is not there"),
        (E::LostLink(r(), io_error()), Code::NotARecord, "/r.db leads nowhere: permission"),
        (E::Directory(r()), Code::NotARecord, "/r.db is a directory"),
        (E::NotRegular(r()), Code::NotARecord, "/r.db is not a regular file"),
        (E::Empty(r()), Code::NotARecord, "/r.db is empty"),
        (E::NotSqlite(r()), Code::NotARecord, "/r.db is not a SQLite database"),
        (E::Foreign(r()), Code::NotARecord, "not a milepost record"),
        (E::Newer(r(), 13, 12), Code::Newer, "was written by a newer milepost (schema 13;"),
        (damaged(Damage::CutOff), Code::Damaged, "in /r.db is damaged: it is cut off"),
        (damaged(Damage::NoVersion), Code::Damaged, "is damaged: it has no schema version"),
        (damaged(Damage::Missing(4)), Code::Damaged, "is damaged: event 4 is missing"),
        (E::Unreadable(r(), io_error()), Code::UnreadableRecord, "/r.db cannot be read: per"),
        (E::Unopened(r()), Code::UnreadableRecord, "/r.db cannot be opened"),
        (E::ReadFailed(r(), why()), Code::UnreadableRecord, "/r.db cannot be read: detail"),
        (
            E::OnlyJournal(r(), "/r.db-journal".into()),
            Code::UnreadableRecord,
            "/r.db is missing, but its journal is there: /r.db-journal",
        ),
        (E::CutOff(r()), Code::UnreadableRecord, "a change in /r.db was cut off"),
        (E::NotMade(r(), io_error()), Code::Unwritable, "record /r.db cannot be created: per"),
        (E::NotMade(r(), full()), Code::DiskFull, "cannot be created: the disk is full"),
        (E::NotFilled(r(), why()), Code::Unwritable, "record /r.db cannot be created: detail"),
        (
            E::Locked(r(), patience),
            Code::Locked,
            "another program has kept /r.db locked for 10 seconds; nothing was changed",
        ),
        (
            E::Queue(r(), patience),
            Code::Locked,
            "have been writing to /r.db for 10 seconds; nothing was changed",
        ),
        (
            E::Moved(r()),
            Code::Moved,
            "/r.db was moved or replaced in the meantime; nothing was changed",
        ),
        (E::Astray(r()), Code::Moved, "moved, replaced or removed /r.db during the change"),
        (E::Full(r()), Code::DiskFull, "the disk with /r.db is full; nothing was changed"),
        (E::Unwritable(r(), why()), Code::Unwritable, "/r.db cannot be written: detail; noth"),
        (E::WriteFailed(r(), why()), Code::Unwritable, "writing /r.db failed: detail; noth"),
        (E::NoJournal(r(), why()), Code::Unwritable, "no journal can be opened beside /r.db"),
        (E::Unusable(r(), why()), Code::Internal, "in /r.db could not be used: detail; noth"),
        (
            E::JournalMode(r(), "wal".to_owned()),
            Code::Unwritable,
            "the journal mode of /r.db is `wal` and cannot be changed; nothing was changed",
        ),
        (E::NoCopy(r(), io_error()), Code::Unwritable, "a copy cannot be written in /r.db: pe"),
        (E::NoCopy(r(), full()), Code::DiskFull, "a copy cannot be written in /r.db: the dis"),
        (
            E::NotBroughtUp(r(), 1, Box::new(E::Io(io_error()))),
            Code::Unwritable,
            "/r.db was written by an older milepost (schema 1) and is upgraded only once a \
                 copy is kept: permission denied; nothing was changed",
        ),
        (E::IsTheRecord(r()), Code::Refused, "/r.db is the record itself or one of its files"),
        (E::NoSuchCopy(r()), Code::Unreadable, "there is no file /r.db"),
        (E::NotACopy(Box::new(E::Empty(r()))), Code::NotARecord, "/r.db is empty"),
        (E::NotACopy(Box::new(E::Directory(r()))), Code::NotARecord, "/r.db is a directory"),
        (
            E::NotReplaceable(Box::new(E::Foreign(r()))),
            Code::NotARecord,
            "/r.db is a SQLite database, but not a milepost record",
        ),
        (
            E::NotReplaceable(Box::new(E::Newer(r(), 13, 12))),
            Code::Newer,
            "was written by a newer milepost",
        ),
        (E::EndOfTime(r()), Code::Damaged, "nothing more can be recorded in /r.db: the id"),
        (E::TwoFacts(4, 4), Code::InvalidFile, "event 5 has the id of event 5 in the record"),
        (
            E::Event(3, EventFault::NoRoomAfter),
            Code::InvalidFile,
            "event 4: its id is at the end of time",
        ),
    ] {
        let told = Error::from(&error);
        assert_eq!(told.code(), code, "{error:?}: {told}");
        assert!(told.message().contains(words), "{error:?}: {told}");
        assert!(!told.hints().is_empty(), "{error:?}");
        // At the end of time a record takes no event, but it can still be read.
        let is_closed = error.is_unusable() || matches!(error, E::EndOfTime(_));
        assert_eq!(is_closed, told.kind() == Kind::Database, "{error:?}");
    }
}

/// These stand in another message, which says what to do; or nothing can be done.
#[test]
fn what_has_no_remedy_has_its_code_and_its_sentence() {
    use StoreError as E;
    let r = || Path::new("/r.db").to_owned();
    let unfit = |why| E::Event(0, EventFault::Unfit(Box::new(why)));
    let of_today = |why| E::NoCopyOfToday(Box::new(why));
    let role = || "a\nrole".to_owned();
    let action = || E::Misfit("started", "a/x".to_owned());
    for (error, code, sentence) in [
        (
            of_today(E::Damaged(r(), Damage::Missing(4))),
            Code::Damaged,
            "today's copy was not kept: the record in /r.db is damaged: event 4 is missing",
        ),
        (
            of_today(E::NotWritten(r(), io_error())),
            Code::Unwritable,
            "today's copy was not kept: /r.db cannot be written: permission denied",
        ),
        (
            E::OldCopyStays("/backups".into(), io_error()),
            Code::Unwritable,
            "today's copy is kept, but an older one in /backups cannot be removed: permission \
                 denied",
        ),
        (action(), Code::Refused, "`started` cannot be recorded of a/x"),
        (unfit(action()), Code::InvalidFile, "event 1: `started` cannot be recorded of a/x"),
        (E::NoRole(role()), Code::Refused, r"`a\nrole` cannot be the name of a role"),
        (
            unfit(E::NoRole(role())),
            Code::InvalidFile,
            r"event 1: `a\nrole` cannot be the name of a role",
        ),
        (E::NoWeek(-1.0), Code::Refused, "-1 hours a week is impossible"),
        (unfit(E::NoWeek(0.0)), Code::InvalidFile, "event 1: 0 hours a week is impossible"),
        (
            E::NoSubject("a/b\nc".to_owned()),
            Code::Refused,
            r"nothing can be recorded under `a/b\nc`",
        ),
        (
            E::Event(4, EventFault::Changed),
            Code::InvalidFile,
            "event 5: its checksum does not match; it was changed after the export",
        ),
        (E::Event(6, EventFault::Twice), Code::InvalidFile, "event 7: it is in the file twice"),
    ] {
        let told = Error::from(&error);
        assert_eq!(told.code(), code, "{error:?}: {told}");
        assert_eq!(told.message(), sentence);
        assert_eq!(error.is_unusable(), told.kind() == Kind::Database, "{error:?}");
    }
}

#[test]
fn of_a_foreign_name_a_message_repeats_little_and_no_line() {
    for name in ["a/x\nforged".to_owned(), format!("a/{}", "x".repeat(5_000_000))] {
        let unfit = EventFault::Unfit(Box::new(StoreError::NoSubject(name)));
        let told = Error::from(&StoreError::Event(2, unfit));
        let said = told.message();
        assert!(said.starts_with("event 3: nothing can be recorded under `a/"), "{said:.300}");
        assert!(said.len() < 200 && !said.contains('\n'), "{said:.300}");
    }
    let huge = StoreError::NoWeek(1e300);
    assert!(message(&huge).ends_with(" hours a week is impossible"));
}

#[test]
fn each_damage_is_said() {
    use Damage as D;
    let part = |kind: &str, name: &str, fault| D::Schema(kind.into(), name.into(), fault);
    let subject = || Ref::from_text("a/y");
    let day = || "2026-11-20".parse().unwrap();
    for (fact, sentence) in [
        (D::Said("no such table: event".to_owned()), "no such table: event"),
        (
            D::Unread(Box::new(StoreError::Empty("/r".into()))),
            "/r is empty; it is not a milepost record",
        ),
        (D::Checksum(5), "event 5: its checksum does not match"),
        (D::OutOfPlace(9), "event 9: it is out of place"),
        (D::Missing(3), "event 3 is missing"),
        (D::Count(7, 8), "there are 7 events, but 8 were recorded"),
        (D::Sum, "its events do not match their sum"),
        (D::Devices, "its list of devices does not match"),
        (D::Twice(Uuid::nil()), "two events have the id 00000000-0000-0000-0000-000000000000"),
        (D::OutOfOrder(9), "event 9 does not come after the one before it"),
        (D::NotFollowing(subject()), "`a/y` does not follow from the log"),
        (D::NoEvents(subject()), "it has `a/y`, which no event mentions"),
        (D::Rows(1), "a row of it is missing"),
        (D::Rows(2), "2 rows of it are missing"),
        (part("index", "following", SchemaFault::Missing), "the index `following` is missing"),
        (part("trigger", "more", SchemaFault::Foreign), "the trigger `more` does not belong to it"),
        (part("table", "event", SchemaFault::Changed), "the table `event` was changed"),
        (
            D::Mode("wal".to_owned()),
            "its journal mode is `wal`, not `delete`: another program changed it",
        ),
        (
            D::TimeNotFollowing(subject(), day()),
            "the time of `a/y` on 2026-11-20 does not follow from the log",
        ),
        (D::TimeMissing(subject(), day()), "the time of `a/y` on 2026-11-20 is missing"),
    ] {
        assert_eq!(damage(&fact), sentence);
    }
}
