use std::fs;
use std::sync::OnceLock;

use chrono::DateTime;
use milepost_path::Ref;
use rusqlite::params;
use tempfile::TempDir;

use super::*;
use crate::model::effort::Session;
use crate::model::event::{Annotation, Event, EventKind, Goals, NewEvent};
use crate::model::history::{self, Whose};
use crate::model::standing::{self as model, Status};

/// A record in a folder of its own.
pub(super) struct Record {
    pub(super) folder: TempDir,
}

impl Record {
    pub(super) fn new() -> Self {
        let record = Self { folder: tempfile::tempdir().unwrap() };
        Store::open_or_create(&record.path()).unwrap();
        record
    }

    /// Two paths are followed, three items marked, one of them twice; one command was undone.
    pub(super) fn with_history() -> Self {
        // Made once and then copied: each commit waits for the disk.
        static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
        let bytes = BYTES.get_or_init(|| {
            let record = Self::new();
            record.append(&[started("a"), started("b")]);
            record.append(&[marked("a/x", Status::Doing), marked("a/y", Status::Done)]);
            record.append(&[marked("a/x", Status::Done), noted("b/z", "well \"said\"")]);
            record.undo();
            fs::read(record.path()).unwrap()
        });
        let record = Self { folder: tempfile::tempdir().unwrap() };
        fs::write(record.path(), bytes).unwrap();
        record
    }

    pub(super) fn path(&self) -> PathBuf {
        self.folder.path().join("progress.db")
    }

    pub(super) fn open(&self) -> Store {
        Store::open(&self.path()).unwrap().unwrap()
    }

    /// Past the program.
    pub(super) fn raw(&self) -> Connection {
        Connection::open(self.path()).unwrap()
    }

    /// Past the program, and past the triggers and types that keep the tables.
    pub(super) fn unguarded(&self) -> Connection {
        let connection = self.raw();
        connection
            .execute_batch(
                "PRAGMA synchronous = OFF;
                 DROP TRIGGER event_is_never_changed;
                 DROP TRIGGER IF EXISTS event_text_is_only_erased;
                 DROP TRIGGER event_is_never_deleted;
                 PRAGMA writable_schema = ON;
                 UPDATE sqlite_schema SET sql = replace(replace(replace(sql,
                     'STRICT, ', ''), 'STRICT', ''), ' NOT NULL', '') WHERE type = 'table';
                 PRAGMA writable_schema = RESET",
            )
            .unwrap();
        connection
    }

    pub(super) fn append(&self, entries: &[NewEvent]) {
        let mut store = self.open();
        let mut writing = store.write(stamp()).unwrap();
        for entry in entries {
            writing.append(entry.clone(), stamp().today).unwrap();
        }
        writing.commit().unwrap();
    }

    pub(super) fn undo(&self) {
        let mut store = self.open();
        let mut writing = store.write(stamp()).unwrap();
        let commands = writing
            .reading()
            .newest_first(|events| history::to_undo(events, 1, &Whose::ANY))
            .unwrap();
        for entry in history::undo_entries(commands[0].events()) {
            writing.append(entry, stamp().today).unwrap();
        }
        writing.commit().unwrap();
    }

    /// Makes it the record of another device.
    pub(super) fn becomes(&self, device: Uuid) {
        let connection = self.raw();
        connection.execute("UPDATE log SET device = ?1", [device.as_bytes()]).unwrap();
        devices::become_another(&connection, device).unwrap();
    }

    /// Oldest first.
    pub(super) fn events(&self) -> Result<Vec<Event>> {
        events(&self.open().read()?)
    }

    pub(super) fn standing(&self) -> Result<Standing> {
        whole(&self.open().read()?)
    }
}

#[test]
fn the_time_of_a_subject_is_summed_up_to_a_day() {
    let home = Record::new();
    let mut store = home.open();
    let studied = |id: &str, minutes: u32, on: &str| {
        let session = Session { minutes, from: None };
        let fact = EventKind::Studied { session, begins: true, remark: Annotation::default() };
        (NewEvent { subject: Ref::node("p", id), title: None, fact }, on.parse().unwrap())
    };
    let mut writing = store.write(stamp()).unwrap();
    for (entry, on) in [
        studied("b", 10, "2026-11-02"),
        studied("a", 20, "2026-11-03"),
        studied("a", 30, "2026-11-01"),
        studied("a", 40, "2026-11-21"),
    ] {
        writing.append(entry, on).unwrap();
    }
    writing.commit().unwrap();
    let sums = store.read().unwrap().effort_sums("2026-11-20".parse().unwrap()).unwrap();
    let sums: Vec<_> =
        sums.iter().map(|one| format!("{} {} {}", one.subject, one.on, one.minutes)).collect();
    assert_eq!(sums, ["p/a 2026-11-03 50", "p/b 2026-11-02 10"]);
}

/// The state of everything, with the time that was spent.
pub(super) fn whole(reading: &Reading<'_>) -> Result<Standing> {
    let mut standing = reading.standing()?;
    standing.put_efforts(reading.efforts()?);
    Ok(standing)
}

pub(super) fn events(reading: &Reading<'_>) -> Result<Vec<Event>> {
    let mut events: Vec<Event> = reading.newest_first(|events| events.collect())?;
    events.reverse();
    Ok(events)
}

pub(super) fn stamp() -> Stamp {
    let now = DateTime::parse_from_rfc3339("2026-11-20T09:30:00.123Z").unwrap().to_utc();
    Stamp { now, today: now.date_naive() }
}

pub(super) fn entry(subject: &str, fact: EventKind) -> NewEvent {
    let title = Some(subject.to_uppercase());
    NewEvent { subject: Ref::from_text(subject), title, fact }
}

pub(super) fn marked(subject: &str, status: Status) -> NewEvent {
    entry(
        subject,
        EventKind::Marked { status, known: false, remark: Annotation::default(), item: None },
    )
}

pub(super) fn noted(subject: &str, note: &str) -> NewEvent {
    let remark = Annotation { note: Some(note.to_owned()), evidence: vec!["e".to_owned()] };
    entry(subject, EventKind::Noted(remark))
}

pub(super) fn studied(subject: &str, minutes: u32) -> NewEvent {
    let session = Session { minutes, from: Some(1170) };
    entry(subject, EventKind::Studied { session, begins: true, remark: Annotation::default() })
}

pub(super) fn started(path: &str) -> NewEvent {
    let goals = Goals { target_on: Some(stamp().today), hours_per_week: Some(7.5), role: None };
    entry(path, EventKind::Started(goals))
}

#[track_caller]
fn assert_damaged<T: std::fmt::Debug>(read: Result<T>, what: &str) {
    let error = read.expect_err(what);
    assert!(matches!(error, StoreError::Damaged(..)), "{what}: {error:?}");
}

#[test]
fn what_is_appended_is_read_back_with_the_standing_that_follows() {
    let record = Record::with_history();
    let events = record.events().unwrap();
    let actions: Vec<_> = events.iter().map(|event| event.entry.action()).collect();
    assert_eq!(
        actions,
        ["started", "started", "doing", "done", "done", "noted", "undone", "undone"]
    );
    assert!(events.iter().all(|event| event.at == stamp().now && event.on == stamp().today));
    assert_eq!(record.standing().unwrap(), model::fold(&events));
    let ids: std::collections::HashSet<_> = events.iter().map(|event| event.id).collect();
    assert_eq!(ids.len(), events.len());
    assert_eq!(events[2].command, events[3].command);
    assert_ne!(events[3].command, events[4].command);
}

#[test]
fn the_events_of_a_subject_are_chained() {
    let record = Record::with_history();
    record.append(&[marked("a/x", Status::Skipped)]);
    let all = record.events().unwrap();
    let connection = record.raw();
    for subject in ["a", "b", "a/x", "a/y", "b/z"] {
        let last = standing::subject(&connection, &Ref::from_text(subject)).unwrap().0.unwrap();
        let chain = log::of_subject(&connection, &record.path(), last).unwrap();
        let expected = all.iter().filter(|event| event.entry.subject.as_str() == subject);
        assert_eq!(chain, expected.cloned().collect::<Vec<_>>(), "{subject}");
    }
}

#[test]
fn a_subject_of_which_all_is_undone_is_gone_and_comes_back() {
    let record = Record::new();
    record.append(&[noted("a/x", "once")]);
    let before = record.standing().unwrap();
    record.undo();
    assert_eq!(record.standing().unwrap(), Standing::default());
    let redo = |store: &mut Store| {
        let mut writing = store.write(stamp()).unwrap();
        let markers =
            writing.reading().newest_first(|events| history::to_redo(events, &Whose::ANY)).unwrap();
        for entry in history::redo_entries(&markers.unwrap()) {
            writing.append(entry, stamp().today).unwrap();
        }
        writing.commit().unwrap();
    };
    redo(&mut record.open());
    assert_eq!(record.standing().unwrap(), before);
}

#[test]
fn some_of_the_standing_is_the_same_as_in_the_whole() {
    let record = Record::with_history();
    let mut store = record.open();
    let reading = store.read().unwrap();
    let all = reading.standing().unwrap();
    let wanted = ["a/x", "b/z", "a/never"].map(Ref::from_text);
    let some = reading.standing_of(&wanted).unwrap();
    assert_eq!(some.following(), all.following());
    for subject in &wanted {
        assert_eq!(some.subject(subject), all.subject(subject), "{subject}");
    }
    assert_eq!(some.subject(&Ref::from_text("a/y")), None, "it was not asked for");
}

#[test]
fn the_totals_agree_with_the_rows_in_any_order() {
    let record = Record::with_history();
    let connection = record.raw();
    let mut select = connection.prepare("SELECT checksum FROM event ORDER BY random()").unwrap();
    let checksums = select.query_map([], |row| row.get::<_, i64>(0)).unwrap();
    let checksums: Vec<i64> = checksums.map(|checksum| checksum.unwrap()).collect();
    let sum = checksums.iter().fold(0i64, |sum, checksum| sum.wrapping_add(*checksum));
    let kept: (i64, i64) = connection
        .query_row("SELECT count, sum FROM log", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    assert_eq!(kept, (8, sum));
    assert_eq!(checksums.len(), 8);
}

#[test]
fn what_is_not_committed_is_not_there() {
    let record = Record::with_history();
    let before = fs::read(record.path()).unwrap();
    {
        let mut store = record.open();
        let mut writing = store.write(stamp()).unwrap();
        writing.append(marked("a/x", Status::Skipped), stamp().today).unwrap();
        assert_eq!(events(writing.reading()).unwrap().len(), 9, "its own change is seen");
    }
    assert_eq!(fs::read(record.path()).unwrap(), before);
}

#[test]
fn a_command_that_appends_nothing_changes_no_byte() {
    let record = Record::with_history();
    let before = fs::read(record.path()).unwrap();
    record.append(&[]);
    assert_eq!(fs::read(record.path()).unwrap(), before);
}

#[test]
fn the_standing_is_of_the_events_as_they_are_read_back() {
    // A number that JSON can give back with another last bit.
    let record = Record::new();
    for hours in [90.89212626156491, 0.1 + 0.2, 167.99999999999997, 5e-324] {
        let goals = Goals { target_on: None, hours_per_week: Some(hours), role: None };
        record.append(&[entry("a", EventKind::Started(goals))]);
        assert_eq!(record.standing().unwrap(), model::fold(&record.events().unwrap()));
    }
    let goals = Goals { target_on: None, hours_per_week: Some(f64::NAN), role: None };
    let mut store = record.open();
    let mut writing = store.write(stamp()).unwrap();
    let error = writing.append(entry("a", EventKind::Started(goals)), stamp().today);
    assert!(error.is_ok(), "JSON has no such number, it is null: {error:?}");
    assert_eq!(writing.reading().standing().unwrap().following()["a"].goals, Goals::default());
}

#[test]
fn what_could_not_be_read_back_is_not_recorded() {
    let record = Record::new();
    let mut store = record.open();
    let mut writing = store.write(stamp()).unwrap();
    for entry in [
        marked("a", Status::Done),
        noted("a", "n"),
        started("a/x"),
        entry("a/x", EventKind::Stopped),
    ] {
        let (action, subject) = (entry.action(), entry.subject.to_string());
        let error = writing.append(entry, stamp().today).unwrap_err();
        let StoreError::Misfit(told, of) = error else { panic!("{error:?}") };
        assert_eq!((told, of), (action, subject));
    }
    for entry in [started(""), started(".."), marked("a/", Status::Done), noted("a/b\nc", "n")] {
        let subject = entry.subject.as_str().to_owned();
        let error = writing.append(entry, stamp().today).unwrap_err();
        assert!(matches!(&error, StoreError::NoSubject(told) if *told == subject), "{error:?}");
    }
    // What is there already can be taken back.
    writing.append(entry("..", EventKind::Undone(Uuid::nil())), stamp().today).unwrap();
}

#[test]
fn events_are_never_changed_and_never_deleted() {
    let record = Record::with_history();
    let connection = record.raw();
    let columns = "id device command at day subject action payload prev checksum seal ord seq";
    for column in columns.split(' ') {
        let update = format!("UPDATE event SET {column} = {column}");
        let error = connection.execute(&update, []).unwrap_err();
        assert!(error.to_string().contains("events are never changed"), "{error}");
    }
    let error = connection.execute("DELETE FROM event WHERE seq = 1", []).unwrap_err();
    assert!(error.to_string().contains("events are never deleted"), "{error}");
}

#[test]
fn only_a_text_that_an_event_names_can_be_erased() {
    let record = Record::new();
    record.append(&[marked("a/x", Status::Done), marked("a/y", Status::Done)]);
    let connection = record.raw();
    let erased = r#"{"v":1,"left":"0000000000000000"}"#;
    for (change, value) in [
        ("payload = ?1 WHERE seq = 1", r#"{"v":1}"#),
        ("payload = ?1 WHERE seq = 1", erased),
        ("payload = ?1, at = 0 WHERE seq = 1", erased),
    ] {
        let error = connection.execute(&format!("UPDATE event SET {change}"), [value]).unwrap_err();
        assert!(error.to_string().contains("events are never changed"), "{error}");
    }
    let id = record.events().unwrap()[0].id;
    let fact = EventKind::Redacted(crate::model::event::Part { event: id, number: 0 });
    record.append(&[entry("a/x", fact)]);
    let update = "UPDATE event SET payload = ?1 WHERE seq = ";
    for (seq, value, is_allowed) in
        [(1, r#"{"v":1}"#, false), (2, erased, false), (1, erased, true)]
    {
        let changed = record.raw().execute(&format!("{update}{seq}"), [value]);
        assert_eq!(changed.is_ok(), is_allowed, "{seq} {value}");
    }
}

#[test]
fn a_change_in_any_column_of_an_event_is_an_error() {
    for (column, value) in [
        ("seq", "70"),
        ("seq", "-5"),
        ("id", "zeroblob(16)"),
        ("id", "zeroblob(15)"),
        ("device", "zeroblob(16)"),
        ("command", "zeroblob(16)"),
        ("at", "at + 1"),
        ("at", "9223372036854775807"),
        ("at", "'noon'"),
        ("day", "'2026-11-21'"),
        ("day", "'someday'"),
        ("day", "x'ff'"),
        ("day", "NULL"),
        ("subject", "'a/y'"),
        ("subject", "cast(x'ff' AS TEXT)"),
        ("action", "'todo'"),
        ("action", "'danced'"),
        ("payload", "payload || ' '"),
        ("payload", "7"),
        ("checksum", "checksum + 1"),
        ("checksum", "'x'"),
        ("prev", "NULL"),
        ("prev", "2"),
        ("prev", "0"),
        ("prev", "5"),
        ("prev", "'x'"),
        ("ord", "id"),
        ("ord", "zeroblob(15)"),
        ("seal", "seal + 1"),
        ("seal", "NULL"),
    ] {
        let record = Record::with_history();
        let what = format!("{column} = {value}");
        let update = format!("UPDATE event SET {column} = {value} WHERE seq = 5");
        let changed = record.unguarded().execute(&update, []).expect(&what);
        assert_eq!(changed, 1, "{what}");
        assert_damaged(record.events(), &what);
        // An undo reads only the events of what it touches.
        let mut store = record.open();
        let mut writing = store.write(stamp()).unwrap();
        let marker = entry("a/x", EventKind::Undone(Uuid::nil()));
        assert_damaged(writing.append(marker, stamp().today), &what);
    }
}

#[test]
fn a_missing_event_is_an_error() {
    for lost in ["seq = 8", "seq = 4", "seq = 1", "seq > 3", "true"] {
        let record = Record::with_history();
        record.unguarded().execute(&format!("DELETE FROM event WHERE {lost}"), []).unwrap();
        assert_damaged(record.events(), lost);
    }
}

#[test]
fn a_log_is_read_only_as_far_as_it_is_followed() {
    let record = Record::with_history();
    record.unguarded().execute("UPDATE event SET at = 0 WHERE seq = 1", []).unwrap();
    let mut store = record.open();
    let reading = store.read().unwrap();
    let newest = reading.newest_first(|events| events.take(7).collect::<Result<Vec<_>>>());
    assert_eq!(newest.unwrap().len(), 7);
    // After an error there is nothing more, and never the rest of the list.
    let all: Vec<Result<Event>> = reading.newest_first(|events| Ok(events.collect())).unwrap();
    assert_eq!(all.len(), 8);
    assert!(all[7].is_err());
}

#[test]
fn a_head_that_does_not_fit_is_an_error() {
    for what in ["count = -1", "count = 9", "count = 9223372036854775807", "device = x'00'"] {
        let record = Record::with_history();
        record.raw().execute(&format!("UPDATE log SET {what}"), []).unwrap();
        if what == "count = 9" {
            assert_damaged(record.events(), what);
            continue;
        }
        let mut store = record.open();
        let write = |store: &mut Store| -> Result<()> {
            let mut writing = store.write(stamp())?;
            writing.append(marked("a/x", Status::Done), stamp().today)?;
            writing.commit()
        };
        assert_damaged(write(&mut store), what);
    }
    let record = Record::with_history();
    record.raw().execute("DELETE FROM log", []).unwrap();
    assert_damaged(record.open().write(stamp()), "no head");
    assert_damaged(record.events(), "no head");
}

#[test]
fn a_number_that_is_taken_is_an_error() {
    let record = Record::with_history();
    record.raw().execute("UPDATE log SET count = 3", []).unwrap();
    let mut store = record.open();
    let mut writing = store.write(stamp()).unwrap();
    assert_damaged(writing.append(marked("a/x", Status::Done), stamp().today), "taken");
}

#[test]
fn a_standing_of_a_wrong_type_is_an_error() {
    for (subject, column, value) in [
        ("a/y", "status", "x'00'"),
        ("a/y", "status", "'dancing'"),
        ("a/y", "status", "7"),
        ("a/y", "status", "'following'"),
        ("a", "status", "'done'"),
        ("a/y", "since", "'someday'"),
        ("a/y", "since", "x'ff'"),
        ("a", "since", "NULL"),
        ("a/y", "begun", "'2026-02-30'"),
        ("a/y", "known", "'x'"),
        ("a/y", "known", "NULL"),
        ("a/y", "said", "'{'"),
        ("a/y", "said", "'{\"mood\":[]}'"),
        ("a/y", "said", "x'ff'"),
        ("a", "target_on", "'soon'"),
        ("a", "hours_per_week", "'many'"),
    ] {
        let record = Record::with_history();
        let what = format!("{column} = {value} of {subject}");
        let update = format!("UPDATE standing SET {column} = {value} WHERE subject = ?1");
        let changed = record.unguarded().execute(&update, [subject]).expect(&what);
        assert_eq!(changed, 1, "{what}");
        assert_damaged(record.standing(), &what);
        let wanted = [Ref::from_text(subject)];
        assert_damaged(record.open().read().unwrap().standing_of(&wanted), &what);
    }
    let record = Record::with_history();
    record
        .unguarded()
        .execute("UPDATE standing SET subject = x'ff' WHERE subject = 'a/y'", [])
        .unwrap();
    assert_damaged(record.standing(), "a subject that is no text");
}

#[test]
fn tables_that_are_not_there_are_an_error() {
    for table in ["event", "standing", "log"] {
        let record = Record::with_history();
        record.unguarded().execute_batch(&format!("DROP TABLE {table}")).unwrap();
        let all = |mut store: Store| -> Result<()> {
            let reading = store.read()?;
            reading.standing()?;
            events(&reading)?;
            Ok(())
        };
        assert_damaged(all(record.open()), table);
    }
}

#[test]
fn a_flipped_bit_changes_no_event_silently() {
    let record = Record::with_history();
    let whole = fs::read(record.path()).unwrap();
    let good = record.events().unwrap();
    let mut refused = 0;
    // Most of a small file is empty; what is in use is tried at every seventh byte.
    let used = (0..whole.len()).filter(|at| whole[*at] != 0);
    for (round, at) in used.step_by(7).enumerate() {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (round % 8);
        fs::write(record.path(), &bytes).unwrap();
        let read = || -> Result<Vec<Event>> {
            let mut store = Store::open(&record.path())?.unwrap();
            let reading = store.read()?;
            // `doctor` finds what is wrong here; that it does not panic is all that is asked.
            let _ = reading.standing();
            events(&reading)
        };
        match read() {
            Ok(events) => assert!(events == good, "byte {at}, bit {}", round % 8),
            Err(error) => {
                assert!(error.is_unusable(), "byte {at}: {error:?}");
                refused += 1;
            }
        }
    }
    assert!(refused > 100, "{refused}");
}

#[test]
fn a_reader_sees_one_state_while_a_writer_commits() {
    let record = Record::with_history();
    let before = record.events().unwrap();
    std::thread::scope(|scope| {
        let mut store = record.open();
        let reading = store.read().unwrap();
        let standing = reading.standing().unwrap();
        let (began, beginning) = std::sync::mpsc::channel();
        let record = &record;
        let writer = scope.spawn(move || {
            let mut store = record.open();
            let mut writing = store.write(stamp()).unwrap();
            writing.append(marked("a/new", Status::Done), stamp().today).unwrap();
            began.send(()).unwrap();
            // This waits for the reader.
            writing.commit()
        });
        beginning.recv().unwrap();
        assert_eq!(events(&reading).unwrap(), before);
        assert_eq!(reading.standing().unwrap(), standing);
        drop(reading);
        writer.join().unwrap().unwrap();
    });
    assert_eq!(record.events().unwrap().len(), before.len() + 1);
}

#[test]
fn a_reader_does_not_wait_for_a_writer_that_has_not_committed() {
    let record = Record::with_history();
    let mut store = record.open();
    let mut writing = store.write(stamp()).unwrap();
    writing.append(marked("a/new", Status::Done), stamp().today).unwrap();
    assert_eq!(record.events().unwrap().len(), 8);
    writing.commit().unwrap();
    assert_eq!(record.events().unwrap().len(), 9);
}

/// The POSIX locks on a file, of any process.
#[cfg(target_os = "linux")]
fn locks(path: &Path) -> usize {
    use std::os::unix::fs::MetadataExt;
    let inode = format!(":{} ", fs::metadata(path).unwrap().ino());
    let locks = fs::read_to_string("/proc/locks").unwrap_or_default();
    locks.lines().filter(|line| line.contains("POSIX") && line.contains(&inode)).count()
}

#[cfg(target_os = "linux")]
#[test]
fn a_second_look_in_the_same_process_drops_no_lock() {
    let record = Record::with_history();
    let mut store = record.open();
    let writing = store.write(stamp()).unwrap();
    let held = locks(&record.path());
    if held == 0 {
        // A container can hide them; the count of `open_files` has a test of its own.
        return;
    }
    drop(record.open());
    assert_eq!(locks(&record.path()), held);
    drop(writing);
    assert_eq!(locks(&record.path()), 0);
}

#[test]
fn a_file_that_was_replaced_meanwhile_is_not_written() {
    let record = Record::with_history();
    let mut store = record.open();
    store.read().unwrap().standing().unwrap();
    let copy = record.folder.path().join("copy");
    fs::copy(record.path(), &copy).unwrap();
    fs::rename(&copy, record.path()).unwrap();
    let mut writing = store.write(stamp()).unwrap();
    let error = writing.append(marked("a/x", Status::Done), stamp().today).unwrap_err();
    assert!(matches!(error, StoreError::Moved(_)), "{error:?}");
    drop(writing);
    assert_eq!(record.events().unwrap().len(), 8);
}

#[cfg(unix)]
#[test]
fn a_change_that_went_to_a_file_of_another_name_is_told() {
    type Meanwhile = fn(&Path, &Path);
    let away: Meanwhile = |record, _| fs::remove_file(record).unwrap();
    let moved: Meanwhile =
        |record, other| fs::rename(record, other.with_extension("away")).unwrap();
    let replaced: Meanwhile = |record, other| fs::rename(other, record).unwrap();
    for meanwhile in [away, moved, replaced] {
        let record = Record::with_history();
        let other = record.folder.path().join("other.db");
        fs::copy(record.path(), &other).unwrap();
        let mut store = record.open();
        let mut writing = store.write(stamp()).unwrap();
        // With the first change SQLite has its journal, and looks at the name no longer.
        writing.append(marked("a/later", Status::Done), stamp().today).unwrap();
        meanwhile(&record.path(), &other);
        let error = writing.commit().unwrap_err();
        assert!(matches!(error, StoreError::Astray(_)), "{error:?}");
    }
}

#[test]
fn tables_that_became_newer_meanwhile_are_not_used() {
    let record = Record::with_history();
    let mut store = record.open();
    record.raw().pragma_update(None, "user_version", schema::VERSION + 1).unwrap();
    for error in [store.read().map(|_| ()), store.write(stamp()).map(|_| ())] {
        let error = error.unwrap_err();
        let StoreError::Newer(_, found, known) = error else { panic!("{error:?}") };
        assert_eq!((found, known), (schema::VERSION + 1, schema::VERSION));
    }
}

/// A copy of the record and its journal, as a power cut in the middle of a transaction leaves them.
fn cut_off(record: &Record, statements: &str) -> Record {
    let connection = record.raw();
    // With so small a cache pages are written before the commit, after the journal was synced.
    connection.execute_batch("PRAGMA cache_size = 1; BEGIN IMMEDIATE").unwrap();
    connection.execute_batch(statements).unwrap();
    let insert = "INSERT INTO standing (subject, last, said) VALUES ('x/' || ?1, 1, ?2)";
    for n in 0..100 {
        connection.execute(insert, params![n, "y".repeat(1000)]).unwrap();
    }
    let copy = Record { folder: tempfile::tempdir().unwrap() };
    for end in ["", "-journal"] {
        let name = format!("progress.db{end}");
        fs::copy(record.folder.path().join(&name), copy.folder.path().join(&name)).unwrap();
    }
    connection.execute_batch("ROLLBACK").unwrap();
    assert_ne!(
        fs::metadata(copy.path()).unwrap().len(),
        fs::metadata(record.path()).unwrap().len()
    );
    copy
}

#[test]
fn what_was_cut_off_is_rolled_back() {
    let record = Record::with_history();
    let whole = fs::read(record.path()).unwrap();
    let copy = cut_off(&record, "");
    assert_eq!(copy.events().unwrap(), record.events().unwrap());
    assert_eq!(copy.standing().unwrap(), record.standing().unwrap());
    assert_eq!(fs::read(copy.path()).unwrap(), whole);
    assert!(!copy.folder.path().join("progress.db-journal").exists());
}

#[test]
fn a_header_that_was_cut_off_is_judged_after_it_is_rolled_back() {
    let record = Record::with_history();
    let copy = cut_off(&record, "PRAGMA user_version = 99");
    let mut bytes = fs::read(copy.path()).unwrap();
    bytes[60..64].copy_from_slice(&99i32.to_be_bytes());
    fs::write(copy.path(), &bytes).unwrap();
    assert_eq!(copy.events().unwrap(), record.events().unwrap());
    // And where that is what the file was before, it is refused.
    record.raw().pragma_update(None, "user_version", 99).unwrap();
    let copy = cut_off(&record, "PRAGMA user_version = 99");
    let error = Store::open(&copy.path()).unwrap_err();
    assert!(matches!(error, StoreError::Newer(_, 99, schema::VERSION)), "{error:?}");
}

#[cfg(unix)]
#[test]
fn a_link_leads_to_the_record_and_to_its_journal() {
    use std::os::unix::fs::symlink;
    let record = Record::with_history();
    let copy = cut_off(&record, "PRAGMA user_version = 99");
    let mut bytes = fs::read(copy.path()).unwrap();
    bytes[60..64].copy_from_slice(&99i32.to_be_bytes());
    fs::write(copy.path(), &bytes).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let link = elsewhere.path().join("link.db");
    symlink(copy.path(), &link).unwrap();
    let mut store = Store::open(&link).unwrap().unwrap();
    assert_eq!(events(&store.read().unwrap()).unwrap(), record.events().unwrap());
    // A writer through the link queues with a writer to the file.
    let writing = store.write(stamp()).unwrap();
    let short = Duration::from_millis(10);
    assert!(write_lock::wait(&copy.path(), short).is_err());
    drop(writing);
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 1);
}

#[test]
fn a_chain_that_was_forged_is_an_error() {
    for prev in [3, 4, 5, 6] {
        let record = Record::with_history();
        let connection = record.unguarded();
        let checksum = connection
            .query_row("SELECT checksum FROM event WHERE seq = 5", [], |row| row.get(0))
            .unwrap();
        let seal = checksum::position_checksum(5, Some(prev), checksum, None);
        let update = "UPDATE event SET prev = ?1, seal = ?2 WHERE seq = 5";
        connection.execute(update, params![prev, seal]).unwrap();
        let chain = log::of_subject(&connection, &record.path(), 5);
        if prev == 3 {
            assert_eq!(chain.unwrap().len(), 2, "that is where it leads");
        } else {
            assert_damaged(chain, &format!("{prev} before 5"));
        }
    }
}

#[test]
fn what_a_command_decides_by_stays_as_it_is() {
    let record = Record::with_history();
    let mut store = record.open();
    let writing = store.write(stamp()).unwrap();
    // Nobody else can write from before the first look on, in the queue or past it.
    let other = record.raw();
    other.busy_timeout(Duration::ZERO).unwrap();
    let error = other.execute_batch("BEGIN IMMEDIATE").unwrap_err();
    assert_eq!(error.sqlite_error_code(), Some(rusqlite::ErrorCode::DatabaseBusy));
    drop(writing);
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
}

#[test]
fn each_new_id_comes_after_all_that_are_there_whatever_the_clock_says() {
    let record = Record::with_history();
    let ahead = DateTime::parse_from_rfc3339("2099-01-01T00:00:00Z").unwrap().to_utc();
    for now in [stamp().now, ahead, stamp().now, DateTime::UNIX_EPOCH, DateTime::<Utc>::MAX_UTC] {
        let mut store = record.open();
        let mut writing = store.write(Stamp { now, ..stamp() }).unwrap();
        for subject in ["a/x", "a/y"] {
            writing.append(marked(subject, Status::Done), stamp().today).unwrap();
        }
        writing.commit().unwrap();
        let events = record.events().unwrap();
        assert!(events.is_sorted_by(|one, other| one.id < other.id), "{now}");
        assert_eq!(events.last().unwrap().at.timestamp_millis(), now.timestamp_millis());
    }
    // In 2099 it was years ahead, and then it counted on.
    let ids: Vec<String> =
        record.events().unwrap()[10..16].iter().map(|event| event.id.to_string()).collect();
    let starts: Vec<&str> = ids.iter().map(|id| &id[..28]).collect();
    assert_eq!(starts[0], "03b3d512-ac00-7000-8000-0000");
    assert_eq!(starts[5], "03b3d512-ac00-7000-8000-0005");
    assert!(record.open().read().unwrap().verify().is_whole());
}

#[test]
fn at_the_end_of_time_nothing_is_recorded_and_it_is_told() {
    let record = Record::with_history();
    let connection = record.unguarded();
    let (prev, checksum): (Option<i64>, i64) = connection
        .query_row("SELECT prev, checksum FROM event WHERE seq = 8", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    let ord = Uuid::max();
    let seal = checksum::position_checksum(8, prev, checksum, Some(ord));
    let update = "UPDATE event SET ord = ?1, seal = ?2 WHERE seq = 8";
    connection.execute(update, params![ord.as_bytes(), seal]).unwrap();
    let mut store = record.open();
    let mut writing = store.write(stamp()).unwrap();
    let error = writing.append(marked("a/x", Status::Done), stamp().today).unwrap_err();
    assert!(matches!(&error, StoreError::EndOfTime(at) if *at == record.path()), "{error:?}");
}
