//! Machines with a record each, and remotes that fail.

use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate};
use uuid::Uuid;

use crate::model::event::{Annotation, Event, EventKind, NewEvent, StoredEvent};
use crate::model::history::{self, Whose};
use crate::model::standing::{Status, fold};
use crate::store::{Stamp, Store};
use crate::sync::remote::{Erased, Listing, Name, Remote, RemoteError, Take};
use crate::sync::{Here, Init, Join, Joined, Key, Machine, Options, SyncError, Synced, init, look};

/// Where all clocks begin.
pub(super) const BEGINNING: i64 = 1_790_000_000_000;

/// In shared memory, where there is some.
pub(super) fn folder() -> tempfile::TempDir {
    let shared = Path::new("/dev/shm");
    if shared.is_dir() { tempfile::tempdir_in(shared) } else { tempfile::tempdir() }.unwrap()
}

pub(super) fn stamp(now: i64) -> Stamp {
    let now = DateTime::from_timestamp_millis(now).unwrap();
    Stamp { now, today: now.date_naive() }
}

pub(super) fn marked(item: &str, status: Status) -> NewEvent {
    let remark = Annotation::default();
    let fact = EventKind::Marked { status, known: false, remark, item: None };
    NewEvent { subject: milepost_path::Ref::from_text(item), title: None, fact }
}

/// A machine with a record.
pub(super) struct Home {
    pub(super) folder: tempfile::TempDir,
    pub(super) now: i64,
}

impl Home {
    pub(super) fn new() -> Self {
        Self { folder: folder(), now: BEGINNING }
    }

    /// One with a copy of this record, and its key.
    pub(super) fn copy(&self) -> Self {
        let copy = Self { folder: folder(), now: self.now };
        copy.restore(&std::fs::read(self.record()).unwrap());
        let keys = self.folder.path().join("keys");
        if keys.is_dir() {
            std::fs::create_dir(copy.folder.path().join("keys")).unwrap();
            for key in std::fs::read_dir(keys).unwrap() {
                let key = key.unwrap();
                let to = copy.folder.path().join("keys").join(key.file_name());
                std::fs::copy(key.path(), to).unwrap();
            }
        }
        copy
    }

    pub(super) fn restore(&self, record: &[u8]) {
        std::fs::write(self.record(), record).unwrap();
    }

    pub(super) fn record(&self) -> PathBuf {
        self.folder.path().join("progress.db")
    }

    pub(super) fn here<'a>(&self, record: &'a Path, key: Option<&'a Key>) -> Here<'a> {
        Here { record, stamp: stamp(self.now), key }
    }

    pub(super) fn open(&self) -> Store {
        Store::open(&self.record()).unwrap().unwrap()
    }

    pub(super) fn append(&self, entries: &[NewEvent]) -> Vec<Uuid> {
        let mut store = Store::open_or_create(&self.record()).unwrap();
        let mut writing = store.write(stamp(self.now)).unwrap();
        for entry in entries {
            writing.append(entry.clone(), stamp(self.now).today).unwrap();
        }
        writing.commit().unwrap();
        let events = self.log();
        events[events.len() - entries.len()..].iter().map(|one| one.event.id).collect()
    }

    pub(super) fn mark(&self, item: &str, status: Status) -> Uuid {
        self.append(&[marked(item, status)])[0]
    }

    /// Takes back the newest command of this machine.
    pub(super) fn undo(&self) -> Vec<Uuid> {
        let mut store = self.open();
        let entries = {
            let reading = store.read().unwrap();
            let devices = reading.own_devices().unwrap();
            let whose = Whose { devices: Some(&devices), ..Whose::ANY };
            let undone =
                reading.newest_first(|events| history::to_undo(events, 1, &whose)).unwrap();
            undone.first().map(|one| history::undo_entries(one.events())).unwrap_or_default()
        };
        self.append(&entries)
    }

    pub(super) fn log(&self) -> Vec<StoredEvent> {
        match Store::open(&self.record()).unwrap() {
            Some(mut store) => store.read().unwrap().log().unwrap().1,
            None => Vec::new(),
        }
    }

    pub(super) fn ids(&self) -> Vec<Uuid> {
        self.log().iter().map(|one| one.event.id).collect()
    }

    pub(super) fn init(&self, remote: &mut dyn Remote) -> Key {
        let record = self.record();
        let here = self.here(&record, None);
        let machine = Machine { name: Some("laptop"), is_shared: false };
        let query = Init { name: "home", url: "/there", machine, beside_others: false };
        init(&here, remote, &query).unwrap();
        crate::sync::key(&here).unwrap().1
    }

    pub(super) fn join(&self, remote: &mut dyn Remote, key: &Key) -> Joined {
        let machine = Machine { name: Some("desktop"), is_shared: false };
        self.join_as(remote, key, machine).unwrap()
    }

    pub(super) fn join_as(
        &self,
        remote: &mut dyn Remote,
        key: &Key,
        machine: Machine<'_>,
    ) -> Result<Joined, SyncError> {
        let record = self.record();
        let here = self.here(&record, Some(key));
        let query = Join { name: "home", url: "/there", machine, keep_key: true };
        look(&here, remote, query)?.finish(&here)
    }

    pub(super) fn try_sync(
        &self,
        remote: &mut dyn Remote,
        options: Options,
    ) -> Result<Synced, SyncError> {
        let record = self.record();
        crate::sync::sync(&self.here(&record, None), remote, "home", options)
    }

    pub(super) fn sync(&self, remote: &mut dyn Remote) -> Synced {
        self.try_sync(remote, Options::default()).unwrap()
    }

    /// Panics where what it keeps does not agree, with its own log or with that of another.
    pub(super) fn agrees_with(&self, other: &Self) {
        let (one, two) = (self.log(), other.log());
        assert_eq!(one, two);
        let mut store = other.open();
        let reading = store.read().unwrap();
        let events: Vec<Event> = two.into_iter().map(|one| one.event).collect();
        assert_eq!(reading.standing().unwrap(), fold(&events));
        let verdict = reading.verify();
        assert!(verdict.is_whole(), "{verdict:?}");
    }

    pub(super) fn today(&self) -> NaiveDate {
        stamp(self.now).today
    }
}

/// Where a remote fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fails {
    /// Before it does what it is asked for.
    Before,
    /// When half of it is done.
    Half,
    /// When all of it is done: the answer is lost.
    After,
}

/// A remote that fails at a call, shows only some of what is there, and counts what it is asked.
pub(super) struct Flaky<'a> {
    pub(super) inner: &'a mut dyn Remote,
    /// At which call, counted from 0, and how.
    pub(super) fails: Option<(usize, Fails)>,
    pub(super) shows: Box<dyn Fn(&Name) -> bool + 'a>,
    pub(super) calls: usize,
    pub(super) puts: usize,
}

impl<'a> Flaky<'a> {
    pub(super) fn new(inner: &'a mut dyn Remote) -> Self {
        Self { inner, fails: None, shows: Box::new(|_| true), calls: 0, puts: 0 }
    }

    pub(super) fn failing(inner: &'a mut dyn Remote, at: usize, how: Fails) -> Self {
        Self { fails: Some((at, how)), ..Self::new(inner) }
    }

    fn call(&mut self) -> Option<Fails> {
        let at = self.calls;
        self.calls += 1;
        self.fails.filter(|(call, _)| *call == at).map(|(_, how)| how)
    }
}

fn broken<T>() -> Result<T, RemoteError> {
    Err(RemoteError::Unreachable { said: "broken".to_owned() })
}

impl Remote for Flaky<'_> {
    fn logs(&mut self) -> Result<Vec<Uuid>, RemoteError> {
        if self.call().is_some() { broken() } else { self.inner.logs() }
    }

    fn header(&mut self, log: Uuid) -> Result<Option<Vec<u8>>, RemoteError> {
        if self.call().is_some() { broken() } else { self.inner.header(log) }
    }

    fn create(&mut self, log: Uuid, header: &[u8]) -> Result<(), RemoteError> {
        match self.call() {
            Some(Fails::Before | Fails::Half) => broken(),
            Some(Fails::After) => self.inner.create(log, header).and_then(|()| broken()),
            None => self.inner.create(log, header),
        }
    }

    fn list(&mut self, log: Uuid, since: Option<&[u8]>) -> Result<Listing, RemoteError> {
        if self.call().is_some() {
            return broken();
        }
        let mut listing = self.inner.list(log, since)?;
        listing.names.retain(|name| (self.shows)(name));
        Ok(listing)
    }

    fn get(&mut self, log: Uuid, names: &[Name], take: &mut Take<'_>) -> Result<(), RemoteError> {
        match self.call() {
            Some(Fails::Before) => broken(),
            Some(Fails::Half) => {
                self.inner.get(log, &names[..names.len() / 2], take)?;
                broken()
            }
            Some(Fails::After) => self.inner.get(log, names, take).and_then(|()| broken()),
            None => self.inner.get(log, names, take),
        }
    }

    fn put(&mut self, log: Uuid, segments: &[(Name, Vec<u8>)]) -> Result<(), RemoteError> {
        self.puts += 1;
        match self.call() {
            Some(Fails::Before) => broken(),
            Some(Fails::Half) => {
                self.inner.put(log, &segments[..segments.len().div_ceil(2)])?;
                broken()
            }
            Some(Fails::After) => self.inner.put(log, segments).and_then(|()| broken()),
            None => self.inner.put(log, segments),
        }
    }

    fn erase(&mut self, log: Uuid) -> Result<Erased, RemoteError> {
        if self.call().is_some() { broken() } else { self.inner.erase(log) }
    }
}
