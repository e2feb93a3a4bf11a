use std::fs;

use super::super::checksum;
use super::super::tests::{Record, marked, noted, stamp, started, studied};
use super::super::{Stamp, Store};
use super::*;
use crate::model::event::{Event, EventKind, StoredEvent};
use crate::model::standing::{Standing, Status};

/// With the time that was spent.
fn studied_too() -> Record {
    let record = Record::with_history();
    record.append(&[studied("a/x", 45), studied("b/z", 30), studied("a/x", 15)]);
    record
}

fn verdict(record: &Record) -> Verdict {
    record.open().read().unwrap().verify()
}

/// What is wrong, as the facts.
fn shown(verdict: &Verdict) -> String {
    let faults = verdict.faults.iter().map(|fault| format!("{:?}: {:?}", fault.part, fault.what));
    faults.collect::<Vec<_>>().join("; ")
}

#[test]
fn a_whole_record_passes() {
    let record = Record::with_history();
    let verdict = verdict(&record);
    assert_eq!(shown(&verdict), "");
    assert!(verdict.is_whole() && verdict.log_is_sound() && verdict.can_be_rebuilt());
    assert_eq!((verdict.events, verdict.subjects), (8, 5));
    let empty = Record::new().open().read().unwrap().verify();
    assert!(empty.is_whole());
    assert_eq!((empty.events, empty.subjects), (0, 0));
}

/// A row that does not follow from the log.
const OF_Y: &str = "NotFollowing(Ref(\"a/y\"))";

#[test]
fn each_fault_is_found_and_said() {
    for (statement, part, fact) in [
        ("UPDATE event SET at = at + 1 WHERE seq = 5", Part::Log, "Checksum(5)"),
        ("UPDATE event SET prev = 1 WHERE seq = 5", Part::Log, "OutOfPlace(5)"),
        ("UPDATE event SET day = x'ff' WHERE seq = 5", Part::Log, ""),
        ("DELETE FROM event WHERE seq = 3", Part::Log, "Missing(3)"),
        ("DELETE FROM event WHERE seq = 8", Part::Log, "Count(7, 8)"),
        ("UPDATE log SET sum = sum + 1", Part::Log, "Sum"),
        ("UPDATE log SET count = 9", Part::Log, "Count(8, 9)"),
        ("UPDATE log SET device = zeroblob(16)", Part::Log, "Devices"),
        ("DELETE FROM own_device", Part::Log, "Devices"),
        ("UPDATE own_device SET device = zeroblob(16)", Part::Log, "Devices"),
        ("UPDATE event SET ord = id WHERE seq = 5", Part::Log, "OutOfPlace(5)"),
        ("DELETE FROM log", Part::Log, "Said(\"Query returned no rows"),
        ("UPDATE standing SET status = 'todo' WHERE subject = 'a/y'", Part::Standing, OF_Y),
        ("UPDATE standing SET status = 'x' WHERE subject = 'a/y'", Part::Standing, "no status of"),
        ("UPDATE standing SET last = 2 WHERE subject = 'a/y'", Part::Standing, OF_Y),
        ("UPDATE standing SET known = 1 WHERE subject = 'a/y'", Part::Standing, OF_Y),
        ("UPDATE standing SET since = NULL WHERE subject = 'a/y'", Part::Standing, OF_Y),
        ("UPDATE standing SET begun = '2026-01-01' WHERE subject = 'a/y'", Part::Standing, OF_Y),
        (
            "UPDATE standing SET said = NULL, status = 'doing' WHERE subject = 'b/z'",
            Part::Standing,
            "NotFollowing(Ref(\"b/z\"))",
        ),
        (
            "UPDATE standing SET hours_per_week = 8 WHERE subject = 'a'",
            Part::Standing,
            "NotFollowing(Ref(\"a\"))",
        ),
        (
            "UPDATE standing SET target_on = NULL WHERE subject = 'b'",
            Part::Standing,
            "NotFollowing(Ref(\"b\"))",
        ),
        ("DELETE FROM standing WHERE subject = 'a/y'", Part::Standing, "Rows(1)"),
        (
            "INSERT INTO standing (subject, last) VALUES ('a/q', 1)",
            Part::Standing,
            "NoEvents(Ref(\"a/q\"))",
        ),
        ("DROP INDEX following", Part::Around, r#"Schema("index", "following", Missing)"#),
        (
            "DROP TRIGGER event_is_never_deleted",
            Part::Around,
            r#"Schema("trigger", "event_is_never_deleted", Missing)"#,
        ),
        (
            "CREATE TRIGGER more AFTER INSERT ON event BEGIN SELECT 1; END",
            Part::Around,
            r#"Schema("trigger", "more", Foreign)"#,
        ),
        ("DROP TABLE standing", Part::Schema, r#"Schema("table", "standing", Missing)"#),
        ("DROP TABLE event", Part::Log, "no such table"),
        ("PRAGMA journal_mode = WAL", Part::Mode, "Mode(\"wal\")"),
    ] {
        let record = Record::with_history();
        let connection = match part {
            Part::Log | Part::Standing => record.unguarded(),
            _ => record.raw(),
        };
        connection.execute_batch(statement).unwrap();
        let verdict = verdict(&record);
        let found = verdict
            .faults
            .iter()
            .any(|one| one.part == part && format!("{:?}", one.what).contains(fact));
        assert!(found, "{statement}: {}", shown(&verdict));
        assert!(!verdict.is_whole());
        assert_eq!(verdict.log_is_sound(), part != Part::Log, "{statement}");
    }
}

#[test]
fn time_that_was_not_recorded_is_found_and_made_again() {
    let whole = studied_too();
    assert_eq!(shown(&verdict(&whole)), "");
    for (statement, fact) in [
        (
            "UPDATE effort SET minutes = 61 WHERE subject = 'a/x'",
            r#"TimeNotFollowing(Ref("a/x"), 2026-11-20)"#,
        ),
        ("DELETE FROM effort WHERE subject = 'b/z'", r#"TimeMissing(Ref("b/z"), 2026-11-20)"#),
        (
            "UPDATE effort SET day = '2026-11-19' WHERE subject = 'b/z'",
            r#"TimeMissing(Ref("b/z"), 2026-11-20)"#,
        ),
        (
            "INSERT INTO effort VALUES ('a/y', '2026-11-20', 5)",
            r#"TimeNotFollowing(Ref("a/y"), 2026-11-20)"#,
        ),
        ("UPDATE effort SET day = 'monday'", "not a date"),
        ("UPDATE effort SET minutes = -1", "-1 out of range"),
    ] {
        let record = studied_too();
        record.raw().execute_batch(statement).unwrap();
        let verdict = verdict(&record);
        assert!(shown(&verdict).contains(fact), "{statement}: {}", shown(&verdict));
        assert!(verdict.log_is_sound() && verdict.can_be_rebuilt(), "{statement}");
        super::super::rebuild(&record.path(), stamp()).unwrap();
        assert_eq!(record.standing().unwrap(), whole.standing().unwrap(), "{statement}");
    }
}

#[test]
fn a_table_of_somebody_else_is_not_ours_to_judge() {
    let record = Record::with_history();
    record
        .raw()
        .execute_batch("CREATE TABLE theirs (x); CREATE INDEX i ON theirs (x); ANALYZE")
        .unwrap();
    assert_eq!(shown(&verdict(&record)), "");
}

#[test]
fn faults_are_counted_where_they_are_too_many_to_describe() {
    let record = Record::new();
    let entries: Vec<_> = (0..40).map(|n| marked(&format!("a/x{n}"), Status::Done)).collect();
    record.append(&entries);
    record.unguarded().execute("UPDATE event SET at = 0", []).unwrap();
    let verdict = verdict(&record);
    let of_log = verdict.faults.iter().filter(|fault| fault.part == Part::Log).count();
    assert_eq!(of_log, MOST_FAULTS);
    assert!(verdict.left_out >= 20, "{}", verdict.left_out);
}

#[test]
fn two_events_with_one_id_are_found() {
    let record = Record::with_history();
    let connection = record.unguarded();
    // A copy of an event as it would be appended after the last one, seal, number and sum.
    let (checksum, prev): (i64, i64) = connection
        .query_row("SELECT checksum, 5 FROM event WHERE seq = 3", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    let prev_of_subject: i64 = connection
        .query_row("SELECT last FROM standing WHERE subject = 'a/x'", [], |row| row.get(0))
        .unwrap();
    assert_ne!(prev, 0);
    connection
        .execute(
            "INSERT INTO event SELECT 9, id, device, command, at, day, subject, action, payload,
             ?1, checksum, ?2, ord FROM event WHERE seq = 3",
            rusqlite::params![
                prev_of_subject,
                checksum::position_checksum(9, Some(prev_of_subject), checksum, None)
            ],
        )
        .unwrap();
    connection.execute("UPDATE log SET count = 9, sum = sum + ?1", [checksum]).unwrap();
    let verdict = verdict(&record);
    assert!(shown(&verdict).contains("Twice("), "{}", shown(&verdict));
    assert!(shown(&verdict).contains("OutOfOrder(9)"), "{}", shown(&verdict));
}

/// All that a record answers: the log, the standing, the states of a few subjects, and the log in
/// the form in which it is kept.
type Answers = (Vec<Event>, Standing, Standing, (Uuid, Vec<StoredEvent>));

fn answers(store: &mut Store) -> Result<Answers> {
    let reading = store.read()?;
    let events: Vec<Event> = reading.newest_first(|events| events.collect())?;
    let standing = reading.standing()?;
    // Through the index, as a command that marks looks.
    let some = reading.standing_of(&["a/x", "a/y", "b/z", "c/q"].map(Ref::from_text))?;
    Ok((events, standing, some, reading.log()?))
}

/// What became of a flipped bit.
#[derive(Debug, Default)]
struct Sweep {
    harmless: usize,
    refused: usize,
    found: usize,
    silent: Vec<String>,
}

/// Flips bits of a record: whatever is answered afterwards is what was answered before, or an
/// error, or the deep look finds it.
fn sweep(record: &Record, bits: impl IntoIterator<Item = (usize, u8)>) -> Sweep {
    let whole = fs::read(record.path()).unwrap();
    let good = answers(&mut record.open()).unwrap();
    let mut sweep = Sweep::default();
    for (at, bit) in bits {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << bit;
        fs::write(record.path(), &bytes).unwrap();
        let mut store = match Store::open(&record.path()) {
            Ok(store) => store.unwrap(),
            Err(_) => {
                sweep.refused += 1;
                continue;
            }
        };
        match answers(&mut store) {
            Err(_) => sweep.refused += 1,
            Ok(answers) if answers == good => sweep.harmless += 1,
            Ok(_) => match store.read().map(|reading| reading.verify()) {
                Ok(verdict) if verdict.is_whole() => {
                    sweep.silent.push(format!("byte {at}, bit {bit}"));
                }
                _ => sweep.found += 1,
            },
        }
        drop(store);
        for ending in ["-wal", "-shm", "-journal"] {
            let _ = fs::remove_file(format!("{}{ending}", record.path().display()));
        }
    }
    fs::write(record.path(), whole).unwrap();
    sweep
}

fn small_record() -> Record {
    let record = Record::with_history();
    record.append(&[started("c"), noted("a/x", "once more"), marked("c/q", Status::Skipped)]);
    record
}

#[test]
fn a_flipped_bit_is_never_silent() {
    let record = small_record();
    let whole = fs::read(record.path()).unwrap();
    // What is in use, and a sample of the empty rest; another bit of each byte.
    let bytes = (0..whole.len()).filter(|at| whole[*at] != 0 || at % 97 == 0);
    let bits = bytes.enumerate().map(|(n, at)| (at, (n % 8) as u8));
    let sweep = sweep(&record, bits.step_by(3));
    assert_eq!(sweep.silent, Vec::<String>::new());
    assert!(sweep.refused > 100 && sweep.found > 10 && sweep.harmless > 100, "{sweep:?}");
}

/// `cargo test --release --lib every_flipped_bit -- --ignored` takes some minutes.
#[test]
#[ignore = "every bit of the file"]
fn every_flipped_bit_is_never_silent() {
    let record = small_record();
    let length = fs::metadata(record.path()).unwrap().len() as usize;
    let sweep = sweep(&record, (0..length).flat_map(|at| (0..8).map(move |bit| (at, bit))));
    assert_eq!(sweep.silent, Vec::<String>::new(), "{sweep:?}");
}

#[test]
fn a_mark_after_an_undo_is_folded_with_it() {
    let record = Record::with_history();
    record.append(&[marked("a/x", Status::Todo)]);
    record.undo();
    record.undo();
    assert_eq!(shown(&verdict(&record)), "");
    let stamp = Stamp { now: stamp().now + chrono::TimeDelta::hours(1), ..stamp() };
    let mut store = record.open();
    let mut writing = store.write(stamp).unwrap();
    let marker = super::super::tests::entry("a/nothing", EventKind::Undone(Uuid::nil()));
    writing.append(marker, stamp.today).unwrap();
    writing.commit().unwrap();
    let verdict = store.read().unwrap().verify();
    assert_eq!(shown(&verdict), "");
}
