//! Machines with a record each, and remotes that fail: for the tests of all remotes, here and elsewhere.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::new_without_default,
    reason = "it is for tests"
)]

pub mod histories;
pub mod sealed;

use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate};
use uuid::Uuid;

use crate::model::event::{Annotation, Event, EventKind, NewEvent, StoredEvent};
use crate::model::history::{self, Whose};
use crate::model::standing::{Status, fold};
use crate::store::{Stamp, Store};
use crate::sync::folder::Folder;
use crate::sync::remote::{Erased, Listing, Name, Remote, RemoteError, Take};
use crate::sync::{Here, Init, Join, Joined, Key, Machine, Options, SyncError, Synced, init, look};

/// Where all clocks begin.
pub const BEGINNING: i64 = 1_790_000_000_000;

/// In shared memory, where there is some.
pub fn folder() -> tempfile::TempDir {
    let shared = Path::new("/dev/shm");
    if shared.is_dir() { tempfile::tempdir_in(shared) } else { tempfile::tempdir() }.unwrap()
}

/// The time that this is, in milliseconds.
pub fn stamp(now: i64) -> Stamp {
    let now = DateTime::from_timestamp_millis(now).unwrap();
    Stamp { now, today: now.date_naive() }
}

/// That an item was marked.
pub fn marked(item: &str, status: Status) -> NewEvent {
    let remark = Annotation::default();
    let fact = EventKind::Marked { status, known: false, remark, item: None };
    NewEvent { subject: milepost_path::Ref::from_text(item), title: None, fact }
}

/// A machine with a record.
pub struct Home {
    /// Where its record is.
    pub folder: tempfile::TempDir,
    /// What its clock says, in milliseconds.
    pub now: i64,
}

impl Home {
    /// One without a record.
    pub fn new() -> Self {
        Self { folder: folder(), now: BEGINNING }
    }

    /// One with a copy of this record, and its key.
    pub fn copy(&self) -> Self {
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

    /// Replaces its record by these bytes.
    pub fn restore(&self, record: &[u8]) {
        std::fs::write(self.record(), record).unwrap();
    }

    /// Its record.
    pub fn record(&self) -> PathBuf {
        self.folder.path().join("progress.db")
    }

    /// Where it syncs.
    pub fn here<'a>(&self, record: &'a Path, key: Option<&'a Key>) -> Here<'a> {
        Here { record, stamp: stamp(self.now), key }
    }

    /// Its record, opened.
    pub fn open(&self) -> Store {
        Store::open(&self.record()).unwrap().unwrap()
    }

    /// Records these, in one command; gives their ids.
    pub fn append(&self, entries: &[NewEvent]) -> Vec<Uuid> {
        let mut store = Store::open_or_create(&self.record()).unwrap();
        let mut writing = store.write(stamp(self.now)).unwrap();
        for entry in entries {
            writing.append(entry.clone(), stamp(self.now).today).unwrap();
        }
        writing.commit().unwrap();
        let events = self.log();
        events[events.len() - entries.len()..].iter().map(|one| one.event.id).collect()
    }

    /// Marks an item.
    pub fn mark(&self, item: &str, status: Status) -> Uuid {
        self.append(&[marked(item, status)])[0]
    }

    /// Takes back the newest command of this machine.
    pub fn undo(&self) -> Vec<Uuid> {
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

    /// Its log.
    pub fn log(&self) -> Vec<StoredEvent> {
        match Store::open(&self.record()).unwrap() {
            Some(mut store) => store.read().unwrap().log().unwrap().1,
            None => Vec::new(),
        }
    }

    /// The ids of its log.
    pub fn ids(&self) -> Vec<Uuid> {
        self.log().iter().map(|one| one.event.id).collect()
    }

    /// Begins a log.
    pub fn init(&self, remote: &mut dyn Remote) -> Key {
        let record = self.record();
        let here = self.here(&record, None);
        let machine = Machine { name: Some("laptop"), is_shared: false };
        let query = Init { name: "home", url: "/there", machine, beside_others: false };
        init(&here, remote, &query).unwrap();
        crate::sync::key(&here).unwrap().1
    }

    /// Joins a log.
    pub fn join(&self, remote: &mut dyn Remote, key: &Key) -> Joined {
        let machine = Machine { name: Some("desktop"), is_shared: false };
        self.join_as(remote, key, machine).unwrap()
    }

    /// Joins a log as a machine of some name.
    ///
    /// # Errors
    /// As for [`look`].
    pub fn join_as(
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

    /// Syncs.
    ///
    /// # Errors
    /// As for [`sync`](crate::sync::sync).
    pub fn try_sync(&self, remote: &mut dyn Remote, options: Options) -> Result<Synced, SyncError> {
        let record = self.record();
        crate::sync::sync(&self.here(&record, None), remote, "home", options)
    }

    /// Syncs in both directions, and must succeed.
    pub fn sync(&self, remote: &mut dyn Remote) -> Synced {
        self.try_sync(remote, Options::default()).unwrap()
    }

    /// Panics where what it keeps does not agree, with its own log or with that of another.
    pub fn agrees_with(&self, other: &Self) {
        let (one, two) = (self.log(), other.log());
        assert_eq!(one, two);
        let mut store = other.open();
        let reading = store.read().unwrap();
        let events: Vec<Event> = two.into_iter().map(|one| one.event).collect();
        assert_eq!(reading.standing().unwrap(), fold(&events));
        let verdict = reading.verify();
        assert!(verdict.is_whole(), "{verdict:?}");
    }

    /// Its day.
    pub fn today(&self) -> NaiveDate {
        stamp(self.now).today
    }
}

/// Two machines that share a record, and a folder for it.
pub struct Shared {
    /// The first.
    pub laptop: Home,
    /// The second.
    pub desktop: Home,
    /// The folder.
    pub there: tempfile::TempDir,
    /// The key.
    pub key: Key,
}

impl Shared {
    /// Two that have the same.
    pub fn new() -> Self {
        let (laptop, desktop, there) = (Home::new(), Home::new(), folder());
        let mut remote = Folder::new(there.path());
        laptop.append(&[marked("a/x", Status::Done), marked("a/y", Status::Doing)]);
        let key = laptop.init(&mut remote);
        laptop.sync(&mut remote);
        desktop.join(&mut remote, &key);
        Self { laptop, desktop, there, key }
    }

    /// The folder, as a remote.
    pub fn remote(&self) -> Folder {
        Folder::new(self.there.path())
    }

    /// The id of the log.
    pub fn log(&self) -> Uuid {
        self.remote().logs().unwrap()[0]
    }

    /// The segments that are there.
    pub fn names(&self) -> Vec<Name> {
        self.remote().list(self.log(), None).unwrap().names
    }

    /// The file of a segment.
    pub fn file(&self, name: &Name) -> PathBuf {
        self.there.path().join(self.log().to_string()).join(name.to_string())
    }

    /// After some syncs all is the same everywhere.
    pub fn settles(&self) {
        for _ in 0..2 {
            self.laptop.sync(&mut self.remote());
            self.desktop.sync(&mut self.remote());
        }
        self.laptop.agrees_with(&self.desktop);
        for home in [&self.laptop, &self.desktop] {
            let synced = home.sync(&mut self.remote());
            let done = (synced.sent, synced.received, synced.lost, synced.skipped.len());
            assert_eq!(done, (0, 0, 0, 0));
            assert_eq!(waiting(home), 0);
        }
    }
}

/// How many of its events are at no remote.
pub fn waiting(home: &Home) -> u64 {
    home.open().read().unwrap().remotes().unwrap()[0].waiting
}

/// The device that it writes as.
pub fn device(home: &Home) -> Uuid {
    home.open().read().unwrap().device().unwrap()
}

/// Where a remote fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fails {
    /// Before it does what it is asked for.
    Before,
    /// When half of it is done.
    Half,
    /// When all of it is done: the answer is lost.
    After,
}

/// A remote that fails at a call, shows only some of what is there, and counts what it is asked.
pub struct Flaky<'a> {
    /// What it stands before.
    pub inner: &'a mut dyn Remote,
    /// At which call, counted from 0, and how.
    pub fails: Option<(usize, Fails)>,
    /// Which segments it lists.
    pub shows: Box<dyn Fn(&Name) -> bool + 'a>,
    /// What it lists and does not have.
    pub loses: Option<Name>,
    /// What happens while it is asked.
    pub meanwhile: Box<dyn FnMut() + 'a>,
    /// What it was asked, a letter a call.
    pub asked: String,
}

impl<'a> Flaky<'a> {
    /// One that fails nowhere.
    pub fn new(inner: &'a mut dyn Remote) -> Self {
        let (shows, meanwhile) = (Box::new(|_: &Name| true), Box::new(|| ()));
        Self { inner, fails: None, shows, loses: None, meanwhile, asked: String::new() }
    }

    /// One that fails at a call, counted from 0.
    pub fn failing(inner: &'a mut dyn Remote, at: usize, how: Fails) -> Self {
        Self { fails: Some((at, how)), ..Self::new(inner) }
    }

    fn call(&mut self, what: char) -> Option<Fails> {
        let at = self.asked.len();
        self.asked.push(what);
        (self.meanwhile)();
        self.fails.filter(|(call, _)| *call == at).map(|(_, how)| how)
    }
}

fn broken<T>() -> Result<T, RemoteError> {
    Err(RemoteError::Unreachable { said: "broken".to_owned() })
}

impl Remote for Flaky<'_> {
    fn logs(&mut self) -> Result<Vec<Uuid>, RemoteError> {
        if self.call('o').is_some() { broken() } else { self.inner.logs() }
    }

    fn header(&mut self, log: Uuid) -> Result<Option<Vec<u8>>, RemoteError> {
        if self.call('h').is_some() { broken() } else { self.inner.header(log) }
    }

    fn create(&mut self, log: Uuid, header: &[u8]) -> Result<(), RemoteError> {
        match self.call('c') {
            Some(Fails::Before | Fails::Half) => broken(),
            Some(Fails::After) => self.inner.create(log, header).and_then(|()| broken()),
            None => self.inner.create(log, header),
        }
    }

    fn list(&mut self, log: Uuid, since: Option<&[u8]>) -> Result<Listing, RemoteError> {
        if self.call('l').is_some() {
            return broken();
        }
        let mut listing = self.inner.list(log, since)?;
        listing.names.retain(|name| (self.shows)(name));
        Ok(listing)
    }

    fn get(&mut self, log: Uuid, names: &[Name], take: &mut Take<'_>) -> Result<(), RemoteError> {
        let loses = self.loses;
        let mut take =
            |name, found: Option<Vec<u8>>| take(name, found.filter(|_| Some(name) != loses));
        match self.call('g') {
            Some(Fails::Before) => broken(),
            Some(Fails::Half) => {
                self.inner.get(log, &names[..names.len() / 2], &mut take)?;
                broken()
            }
            Some(Fails::After) => self.inner.get(log, names, &mut take).and_then(|()| broken()),
            None => self.inner.get(log, names, &mut take),
        }
    }

    fn put(
        &mut self,
        log: Uuid,
        segments: &[(Name, Vec<u8>)],
    ) -> Result<Option<Vec<u8>>, RemoteError> {
        match self.call('p') {
            Some(Fails::Before) => broken(),
            Some(Fails::Half) => {
                self.inner.put(log, &segments[..segments.len().div_ceil(2)])?;
                broken()
            }
            Some(Fails::After) => self.inner.put(log, segments).and_then(|_| broken()),
            None => self.inner.put(log, segments),
        }
    }

    fn erase(&mut self, log: Uuid) -> Result<Erased, RemoteError> {
        if self.call('e').is_some() { broken() } else { self.inner.erase(log) }
    }
}
