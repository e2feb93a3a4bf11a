//! A record as it is: a file, written and read by the store.

use std::path::Path;

use chrono::DateTime;
use rusqlite::params;
use uuid::Uuid;

use super::{Action, Chance, Old, OldWhat, Replica};
use crate::model::event::{Event, EventKind, NewEvent, StoredEvent};
use crate::model::history::{self, Whose};
use crate::model::standing::{Status, SubjectState, fold};
use crate::store::merge::check;
use crate::store::tests::{Record, entry, marked};
use crate::store::{Stamp, Store, checksum, log, standing};
use crate::transfer;

const ITEMS: [&str; 4] = ["a/w", "a/x", "a/y", "b/z"];

pub(super) struct Real {
    record: Record,
}

impl Real {
    fn log(&self) -> (Uuid, Vec<StoredEvent>) {
        self.record.open().read().unwrap().log().unwrap()
    }
}

/// In shared memory, where there is some.
fn folder() -> tempfile::TempDir {
    let shared = Path::new("/dev/shm");
    if shared.is_dir() { tempfile::tempdir_in(shared) } else { tempfile::tempdir() }.unwrap()
}

fn stamp(now: i64) -> Stamp {
    let now = DateTime::from_timestamp_millis(now).unwrap();
    Stamp { now, today: now.date_naive() }
}

fn recorded(old: &Old) -> StoredEvent {
    let at = DateTime::from_timestamp_millis(old.at).unwrap();
    let entry = match old.what {
        OldWhat::Marked(item) => marked(ITEMS[item], Status::Done),
        OldWhat::Undone(id, item) => entry(ITEMS[item], EventKind::Undone(id)),
    };
    let Old { id, device, command, .. } = *old;
    let event = Event { id, device, command, at, on: at.date_naive(), by: None, entry };
    let payload = event.payload().unwrap();
    let checksum = checksum::checksum_of(&event, &payload);
    StoredEvent { event, payload, checksum, ord: None }
}

impl Replica for Real {
    type Event = StoredEvent;

    fn brought_up(device: Uuid, old: &[Old]) -> Self {
        let record = Record { folder: folder() };
        let connection = rusqlite::Connection::open(record.path()).unwrap();
        let tables = include_str!("../../../../../tests/records/record-v5.sql");
        let tables: Vec<&str> =
            tables.lines().filter(|line| !line.starts_with("INSERT INTO")).collect();
        connection.execute_batch(&tables.join("\n")).unwrap();
        let mut last: [Option<i64>; ITEMS.len()] = [None; ITEMS.len()];
        let mut sum = 0i64;
        connection.execute_batch("BEGIN").unwrap();
        for (seq, old) in (1i64..).zip(old) {
            let item = match old.what {
                OldWhat::Marked(item) | OldWhat::Undone(_, item) => item,
            };
            let StoredEvent { event, payload, checksum, .. } = recorded(old);
            let insert =
                "INSERT INTO event VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
            connection
                .execute(
                    insert,
                    params![
                        seq,
                        event.id.as_bytes(),
                        event.device.as_bytes(),
                        event.command.as_bytes(),
                        event.at.timestamp_millis(),
                        event.on.to_string(),
                        event.entry.subject.as_str(),
                        event.entry.action(),
                        payload,
                        last[item],
                        checksum,
                        checksum::position_checksum(seq, last[item], checksum, None),
                    ],
                )
                .unwrap();
            last[item] = Some(seq);
            sum = sum.wrapping_add(checksum);
        }
        let count = i64::try_from(old.len()).unwrap();
        let insert = "INSERT INTO log VALUES (1, ?1, ?2, ?3)";
        connection.execute(insert, params![device.as_bytes(), count, sum]).unwrap();
        connection.execute_batch("COMMIT").unwrap();
        drop(connection);
        // The standing is not what the order is about: it is made of the log that was brought up.
        record.events().unwrap();
        let connection = record.raw();
        for last in last.into_iter().flatten() {
            let events = log::of_subject(&connection, &record.path(), last).unwrap();
            let (subject, state) = (&events[0].entry.subject, SubjectState::fold(&events));
            standing::put(&connection, subject, last, state.as_ref()).unwrap();
        }
        Self { record }
    }

    fn copy(&self) -> Self {
        let record = Record { folder: folder() };
        std::fs::copy(self.record.path(), record.path()).unwrap();
        Self { record }
    }

    fn run(&mut self, now: i64, action: Action, chance: &mut Chance) -> Vec<Uuid> {
        let mut store = self.record.open();
        let mut writing = store.write(stamp(now)).unwrap();
        let mark = |_| marked(ITEMS[chance.below(ITEMS.len())], Status::ALL[chance.below(4)]);
        let entries: Vec<NewEvent> = match action {
            Action::Mark(count) => (0..count).map(mark).collect(),
            Action::Undo => {
                let undone = writing
                    .reading()
                    .newest_first(|events| history::to_undo(events, 1, &Whose::ANY));
                undone
                    .unwrap()
                    .first()
                    .map(|one| history::undo_entries(one.events()))
                    .unwrap_or_default()
            }
            Action::Redo => {
                let redone =
                    writing.reading().newest_first(|events| history::to_redo(events, &Whose::ANY));
                redone.unwrap().map(|markers| history::redo_entries(&markers)).unwrap_or_default()
            }
        };
        for entry in &entries {
            writing.append(entry.clone(), stamp(now).today).unwrap();
        }
        writing.commit().unwrap();
        drop(store);
        let (_, events) = self.log();
        events[events.len() - entries.len()..].iter().map(|one| one.event.id).collect()
    }

    fn events(&self) -> Vec<StoredEvent> {
        self.log().1
    }

    fn id(event: &StoredEvent) -> (Uuid, Uuid) {
        (event.event.id, event.event.device)
    }

    fn take_up(&mut self, events: Vec<StoredEvent>) {
        check(&events).unwrap();
        let mut store: Store = self.record.open();
        let mut writing = store.write(stamp(0)).unwrap();
        writing.merge(events, None).unwrap();
        writing.commit().unwrap();
    }

    fn take_up_old(&mut self, old: &[Old]) {
        let events = old.iter().map(recorded).collect();
        let old = transfer::Record { device: Uuid::nil(), machine: None, events };
        let text = transfer::render(&old, 5).unwrap();
        self.take_up(transfer::read(text.as_bytes(), crate::store::FORM).unwrap().events);
    }

    fn agrees_with(&self, other: &Self) {
        let (one, two) = (self.log().1, other.log().1);
        assert_eq!(one, two);
        let mut store = other.record.open();
        let reading = store.read().unwrap();
        let events: Vec<Event> = two.into_iter().map(|one| one.event).collect();
        assert_eq!(reading.standing().unwrap(), fold(&events));
        let verdict = reading.verify();
        assert!(verdict.is_whole(), "{verdict:?}");
    }
}
