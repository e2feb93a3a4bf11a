mod beside;
mod damage;

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
