//! What a record keeps, tells and refuses when it is shared.

use std::fs;
use std::time::Duration;

use uuid::Uuid;

use crate::model::event::{Annotation, EventKind, NewEvent, Part, StoredEvent};
use crate::model::standing::{Status, SubjectState};
use crate::store::{self, Store};
use crate::sync::fixture::{Flaky, Home, Shared, device, folder, marked, waiting};
use crate::sync::folder::Folder;
use crate::sync::link::Forgotten;
use crate::sync::remote::{Erased, Remote, RemoteError};
use crate::sync::segment::{Cut, Seal};
use crate::sync::{
    Fault, HeaderError, Init, Join, Key, KeyError, Machine, Options, SyncError, forget, init,
    key_file, look,
};

const PULL: Options = Options { push: false, ..ALL };
const PUSH: Options = Options { pull: false, ..ALL };
const DRY: Options = Options { dry_run: true, ..ALL };
const ALL: Options =
    Options { pull: true, push: true, dry_run: false, repair: false, timeout: None };

#[test]
fn what_would_be_done_is_said_and_not_done() {
    let shared = Shared::new();
    shared.desktop.mark("a/p", Status::Done);
    shared.desktop.sync(&mut shared.remote());
    shared.laptop.append(&[marked("a/q", Status::Done), marked("a/p", Status::Skipped)]);
    let (before, names) = (fs::read(shared.laptop.record()).unwrap(), shared.names());
    let would = shared.laptop.try_sync(&mut shared.remote(), DRY).unwrap();
    assert_eq!((would.sent, would.received, would.conflicts.len()), (2, 1, 1));
    assert!(fs::read(shared.laptop.record()).unwrap() == before);
    assert_eq!(shared.names(), names);
    let pulled = shared.laptop.try_sync(&mut shared.remote(), PULL).unwrap();
    assert_eq!((pulled.sent, pulled.received, waiting(&shared.laptop)), (0, 1, 2));
    let pushed = shared.laptop.try_sync(&mut shared.remote(), PUSH).unwrap();
    assert_eq!((pushed.sent, pushed.received, waiting(&shared.laptop)), (2, 0, 0));
    shared.settles();
}

/// In the tests a batch is of a kilobyte, so that these are many.
#[test]
fn many_segments_are_taken_in_batches_that_become_one_log() {
    let mut shared = Shared::new();
    let (early, mut late) = (Home::new(), Home::new());
    early.join(&mut shared.remote(), &shared.key);
    for at in 0..24 {
        let Shared { laptop, desktop, .. } = &mut shared;
        for home in [&mut *laptop, desktop, &mut late] {
            home.now += 1000;
        }
        let home = if at % 2 == 0 { laptop } else { desktop };
        home.append(&[
            marked(&format!("a/i{}", at % 7), Status::Done),
            marked("a/x", Status::Doing),
        ]);
        let home = if at % 2 == 0 { &shared.laptop } else { &shared.desktop };
        home.sync(&mut shared.remote());
        if at % 5 == 0 {
            late.mark(&format!("a/i{}", at % 3), Status::Skipped);
        }
    }
    assert_eq!(early.sync(&mut shared.remote()).received, 48);
    shared.laptop.sync(&mut shared.remote());
    early.agrees_with(&shared.laptop);
    let ours = late.ids();
    let joined = late.join(&mut shared.remote(), &shared.key);
    assert_eq!((joined.received, waiting(&late), joined.skipped.len()), (50, 5, 0));
    let kept = Home::new();
    kept.restore(&fs::read(joined.kept.unwrap()).unwrap());
    assert_eq!(kept.ids(), ours);
    late.sync(&mut shared.remote());
    shared.settles();
    late.agrees_with(&shared.laptop);
}

#[test]
fn an_item_that_two_machines_marked_is_named_and_the_later_counts() {
    let mut shared = Shared::new();
    shared.laptop.now += 1000;
    shared.desktop.now += 2000;
    shared.laptop.append(&[marked("a/x", Status::Skipped), marked("a/y", Status::Done)]);
    shared.desktop.append(&[marked("a/x", Status::Doing), marked("a/y", Status::Done)]);
    shared.desktop.mark("a/undone", Status::Done);
    shared.desktop.undo();
    shared.laptop.mark("a/undone", Status::Doing);
    shared.desktop.sync(&mut shared.remote());
    let conflicts = shared.laptop.sync(&mut shared.remote()).conflicts;
    let [conflict] = conflicts.as_slice() else { panic!("{conflicts:?}") };
    assert_eq!(conflict.subject.as_str(), "a/x");
    assert_eq!((conflict.ours.status, conflict.theirs.status), (Status::Skipped, Status::Doing));
    assert_eq!(conflict.ours.machine.as_deref(), Some("laptop"));
    assert_eq!(conflict.theirs.machine.as_deref(), Some("desktop"));
    assert_eq!(conflict.theirs.device, device(&shared.desktop));
    assert!(!conflict.ours_counts);
    // A machine that hears of it later had nothing of its own to say.
    assert!(shared.desktop.sync(&mut shared.remote()).conflicts.is_empty());
    shared.settles();
    let state = shared.laptop.open().read().unwrap().subject(&conflict.subject).unwrap();
    let Some(SubjectState::Item(item)) = state else { panic!("{state:?}") };
    assert_eq!(item.status, Status::Doing);
}

#[test]
fn nothing_is_put_before_the_key_and_the_log_were_checked() {
    let shared = Shared::new();
    shared.laptop.mark("a/z", Status::Done);
    let (log, names) = (shared.log(), shared.names());
    let other = Key::new().unwrap();
    let record = shared.laptop.record();
    let sync = |key: Option<&Key>| {
        let mut remote = shared.remote();
        let mut asked = Flaky::new(&mut remote);
        let here = shared.laptop.here(&record, key);
        let error = crate::sync::sync(&here, &mut asked, "home", ALL).unwrap_err();
        assert!(!asked.asked.contains('p') && !asked.asked.contains('g'), "{}", asked.asked);
        error
    };
    let is_other = |error| matches!(error, SyncError::Header(_, HeaderError::OtherKey));
    assert!(is_other(sync(Some(&other))));
    let header = shared.there.path().join(log.to_string()).join("header.json");
    let good = fs::read_to_string(&header).unwrap();
    fs::write(&header, good.replace("\"format\": 1", "\"format\": 3")).unwrap();
    assert!(is_other(sync(None)));
    fs::write(&header, good.replace("\"reader\": 1", "\"reader\": 3")).unwrap();
    assert!(matches!(sync(None), SyncError::Header(_, HeaderError::Newer { form: 3, .. })));
    fs::write(&header, &good[..20]).unwrap();
    assert!(matches!(sync(None), SyncError::Header(_, HeaderError::Unreadable)));
    fs::write(&header, good).unwrap();
    fs::remove_file(key_file(&record, log)).unwrap();
    assert!(matches!(sync(None), SyncError::Key(KeyError::Missing(_))));
    assert_eq!(shared.names(), names);
    // The key that is given stands in for the file.
    let here = shared.laptop.here(&record, Some(&shared.key));
    crate::sync::sync(&here, &mut shared.remote(), "home", ALL).unwrap();
    assert!(!key_file(&record, log).exists());
}

#[test]
fn the_record_is_free_while_the_remote_is_asked() {
    let shared = Shared::new();
    shared.desktop.mark("a/p", Status::Done);
    shared.desktop.sync(&mut shared.remote());
    shared.laptop.mark("a/q", Status::Done);
    let mut remote = shared.remote();
    let mut flaky = Flaky::new(&mut remote);
    let laptop = &shared.laptop;
    let mut count = 0;
    // While a command holds the record, no other can write to it.
    flaky.meanwhile = Box::new(|| {
        laptop.mark(&format!("a/m{count}"), Status::Done);
        count += 1;
    });
    let synced = laptop.sync(&mut flaky);
    assert_eq!(flaky.asked, "hlgp");
    // What came before the events were cut goes along.
    assert_eq!((synced.received, synced.sent), (1, 4));
    drop(flaky);
    assert_eq!(waiting(laptop), 1);
    shared.settles();
}

#[test]
fn where_nothing_is_new_nothing_is_got_or_put() {
    let shared = Shared::new();
    shared.settles();
    let mut remote = shared.remote();
    let mut flaky = Flaky::new(&mut remote);
    shared.laptop.sync(&mut flaky);
    assert_eq!(flaky.asked, "hl");
    let late = Options { timeout: Some(Duration::ZERO), ..ALL };
    let error = shared.laptop.try_sync(&mut shared.remote(), late).unwrap_err();
    assert!(matches!(error, SyncError::Remote(RemoteError::TimedOut { .. })), "{error:?}");
}

fn relabelled(mut events: Vec<StoredEvent>, labels: [u128; 2]) -> Vec<StoredEvent> {
    for (one, label) in events.iter_mut().zip(labels) {
        one.ord = Some(Uuid::from_u128(label));
    }
    events
}

fn merge(home: &Home, events: Vec<StoredEvent>) {
    let mut store = Store::open_or_create(&home.record()).unwrap();
    let mut writing = store.write(crate::sync::fixture::stamp(home.now)).unwrap();
    writing.merge(events, None).unwrap();
    writing.commit().unwrap();
}

/// Records that exchanged whole logs before ids said their order have one event under two labels.
#[test]
fn the_smaller_of_two_labels_reaches_everybody() {
    let old = Home::new();
    old.append(&[marked("a/x", Status::Done), marked("a/y", Status::Done)]);
    let (laptop, desktop, there) = (Home::new(), Home::new(), folder());
    let mut remote = Folder::new(there.path());
    merge(&laptop, relabelled(old.log(), [10, 40]));
    merge(&desktop, relabelled(old.log(), [30, 20]));
    let key = laptop.init(&mut remote);
    laptop.sync(&mut remote);
    let joined = desktop.join(&mut remote, &key);
    // One label there is the smaller; the other is smaller here, and is sent.
    assert_eq!((joined.received, waiting(&desktop)), (0, 1));
    assert_eq!(desktop.sync(&mut remote).sent, 1);
    let shared = Shared { laptop, desktop, there, key };
    shared.laptop.sync(&mut remote);
    let labels: Vec<u128> =
        shared.laptop.log().iter().map(|one| one.ord.unwrap().as_u128()).collect();
    assert_eq!(labels, [10, 20]);
    shared.settles();
    // A label that came another way is shared as well.
    merge(&shared.laptop, relabelled(old.log(), [5, 40]));
    assert_eq!(waiting(&shared.laptop), 1);
    shared.settles();
    assert_eq!(shared.desktop.log()[0].ord.unwrap().as_u128(), 5);
}

/// As somebody with the key could.
fn forge(shared: &Shared, events: &[StoredEvent]) {
    let seal = Seal::new(shared.log(), &shared.key);
    let mut cut = Cut::new(&seal, Uuid::from_u128(77), 0, store::FORM, None);
    events.iter().for_each(|event| cut.add(event).unwrap());
    cut.end();
    let segment = cut.done.remove(0);
    shared.remote().put(shared.log(), &[(segment.name, segment.bytes)]).unwrap();
}

#[test]
fn an_event_that_is_here_with_another_content_changes_nothing() {
    let shared = Shared::new();
    let other = Home::new();
    other.mark("a/new", Status::Done);
    let mut changed = shared.laptop.log().remove(0);
    changed.event.on = changed.event.on.succ_opt().unwrap();
    let id = changed.event.id;
    forge(&shared, &[changed.clone()]);
    let synced = shared.laptop.sync(&mut shared.remote());
    assert_eq!(synced.skipped[0].fault, Fault::Event(id));
    changed.checksum = store::checksum_of(&changed.event, &changed.payload);
    forge(&shared, &[other.log().remove(0), changed]);
    let before = shared.laptop.log();
    for _ in 0..2 {
        let synced = shared.laptop.sync(&mut shared.remote());
        assert_eq!(synced.received, 0);
        assert!(synced.skipped.iter().any(|one| one.fault == Fault::TwoFacts(id)));
    }
    assert_eq!(shared.laptop.log(), before);
    // An id at the end of the range would stop everybody.
    let mut last = other.log().remove(0);
    last.event.id = Uuid::max();
    last.checksum = store::checksum_of(&last.event, &last.payload);
    forge(&shared, &[last]);
    let synced = shared.laptop.sync(&mut shared.remote());
    assert!(synced.skipped.iter().any(|one| one.fault == Fault::Event(Uuid::max())));
}

#[test]
fn what_was_erased_here_is_erased_there() {
    let shared = Shared::new();
    let item = milepost_path::Ref::from_text("a/x");
    let say = |fact| NewEvent { subject: item.clone(), title: None, fact };
    let note = Annotation { note: Some("a secret of mine".to_owned()), evidence: Vec::new() };
    let event = shared.laptop.append(&[say(EventKind::Noted(note))])[0];
    shared.settles();
    let has = |home: &Home| {
        let bytes = fs::read(home.record()).unwrap();
        bytes.windows(16).any(|window| window == b"a secret of mine")
    };
    assert!(has(&shared.laptop) && has(&shared.desktop));
    shared.laptop.append(&[say(EventKind::Redacted(Part { event, number: 0 }))]);
    shared.settles();
    assert!(!has(&shared.desktop));
    // What was shared before has it still; it is erased as it comes.
    let fresh = Home::new();
    fresh.join(&mut shared.remote(), &shared.key);
    assert!(!has(&fresh));
    fresh.agrees_with(&shared.desktop);
    // What waits to be put is not put any more.
    let note = Annotation { note: Some("another one".to_owned()), evidence: Vec::new() };
    let event = fresh.append(&[say(EventKind::Noted(note))])[0];
    let mut remote = shared.remote();
    let mut flaky = Flaky::failing(&mut remote, 2, crate::sync::fixture::Fails::Before);
    fresh.try_sync(&mut flaky, ALL).unwrap_err();
    fresh.append(&[say(EventKind::Redacted(Part { event, number: 0 }))]);
    let before = shared.names();
    fresh.sync(&mut shared.remote());
    let names = shared.names();
    let new: Vec<_> = names.into_iter().filter(|name| !before.contains(name)).collect();
    let [name] = new.as_slice() else { panic!("{new:?}") };
    let bytes = fs::read(shared.file(name)).unwrap();
    let opened = Seal::new(shared.log(), &shared.key).open(name, Some(&bytes), store::FORM);
    let events = opened.unwrap().events;
    assert_eq!(events.len(), 2);
    assert!(events.iter().all(|one| !one.payload.contains("another")));
    shared.settles();
}

#[test]
fn both_sides_are_shown_before_they_become_one() {
    let shared = Shared::new();
    let mut fresh = Home::new();
    fresh.now += 3 * 86_400_000;
    fresh.append(&[marked("a/p", Status::Done), marked("a/q", Status::Done)]);
    let record = fresh.record();
    let machine = Machine { name: Some("tablet"), is_shared: false };
    let query = Join { name: "home", url: "/there", machine, keep_key: false };
    let wrong = Key::new().unwrap();
    let mut remote = shared.remote();
    let refused = look(&fresh.here(&record, Some(&wrong)), &mut remote, query).unwrap_err();
    assert!(matches!(refused, SyncError::NoLogOfKey(1)), "{refused:?}");
    let refused = look(&fresh.here(&record, None), &mut remote, query).unwrap_err();
    assert!(matches!(refused, SyncError::Key(KeyError::Missing(_))), "{refused:?}");
    let empty = folder();
    let here = fresh.here(&record, Some(&shared.key));
    let refused = look(&here, &mut Folder::new(empty.path()), query).unwrap_err();
    assert!(matches!(refused, SyncError::NoLogs), "{refused:?}");

    let before = fs::read(&record).unwrap();
    let joining = look(&here, &mut remote, query).unwrap();
    let (first, last) = (shared.laptop.today(), fresh.today());
    assert_eq!((joining.ours.events, joining.ours.days), (2, Some((last, last))));
    assert_eq!((joining.theirs.events, joining.theirs.days), (2, Some((first, first))));
    assert_eq!((joining.common, joining.ours.devices, joining.theirs.devices), (0, 1, 1));
    assert!(fs::read(&record).unwrap() == before);
    let own = device(&fresh);
    let joined = joining.finish(&here).unwrap();
    assert_eq!((joined.received, waiting(&fresh)), (2, 2));
    assert_eq!(device(&fresh), own, "it does not become the other machine");
    let kept = Store::open(&joined.kept.unwrap()).unwrap().unwrap().read().unwrap().log().unwrap();
    assert_eq!((kept.0, kept.1.len()), (own, 2));
    assert!(!key_file(&record, joined.log).exists());

    // It belongs to that log now.
    let elsewhere = folder();
    let mut remote = Folder::new(elsewhere.path());
    let other = Home::new();
    let key = other.init(&mut remote);
    let query = Join { name: "other", ..query };
    let refused = look(&fresh.here(&record, Some(&key)), &mut remote, query).unwrap_err();
    assert!(matches!(refused, SyncError::OtherLog { ours, .. } if ours == joined.log));
    let query = Join { name: "home", ..query };
    let refused = look(&here, &mut shared.remote(), query).unwrap_err();
    assert!(matches!(refused, SyncError::IsLinked { .. }), "{refused:?}");
}

#[test]
fn a_thousand_runs_are_one_device() {
    let shared = Shared::new();
    let machine = Machine { name: Some("ci"), is_shared: true };
    for run in 0..3 {
        let home = Home::new();
        home.join_as(&mut shared.remote(), &shared.key, machine).unwrap();
        home.mark(&format!("a/run{run}"), Status::Done);
        assert!(home.sync(&mut shared.remote()).renamed.is_none());
        // Another that runs at the same time under the same name is no sign of a copy.
        let twin = home.copy();
        home.mark("a/one", Status::Done);
        twin.mark("a/two", Status::Done);
        home.sync(&mut shared.remote());
        assert!(twin.sync(&mut shared.remote()).renamed.is_none());
        assert!(home.sync(&mut shared.remote()).renamed.is_none());
        home.agrees_with(&twin);
    }
    let mut streams: Vec<Uuid> = shared.names().iter().map(|name| name.stream).collect();
    streams.dedup();
    assert_eq!(streams.len(), 2);
    shared.settles();
    let devices: std::collections::BTreeSet<Uuid> =
        shared.laptop.log().iter().map(|one| one.event.device).collect();
    assert_eq!(devices.len(), 2);
}

#[test]
fn a_log_is_made_beside_others_only_on_demand_and_kept_in_two_places() {
    let shared = Shared::new();
    let home = Home::new();
    let record = home.record();
    let here = home.here(&record, None);
    let query =
        Init { name: "home", url: "/there", machine: Machine::default(), beside_others: false };
    let refused = init(&here, &mut shared.remote(), &query).unwrap_err();
    let first = shared.log();
    assert!(matches!(&refused, SyncError::HasLogs(logs) if *logs == [first]), "{refused:?}");
    let made = init(&here, &mut shared.remote(), &Init { beside_others: true, ..query }).unwrap();
    assert!(made.is_new && made.log != first && made.waiting == 0);
    let refused = init(&here, &mut shared.remote(), &query).unwrap_err();
    assert!(matches!(refused, SyncError::IsLinked { .. }), "{refused:?}");
    // A second place for what the laptop has: the same log, the same key.
    let stick = folder();
    let mut second = Folder::new(stick.path().join("not/there/yet"));
    let record = shared.laptop.record();
    let here = shared.laptop.here(&record, None);
    let made = init(&here, &mut second, &Init { name: "stick", ..query }).unwrap();
    let log = shared.there.path().join(made.log.to_string());
    assert!(!made.is_new && log.is_dir() && made.waiting == 2);
    crate::sync::sync(&here, &mut second, "stick", ALL).unwrap();
    let fresh = Home::new();
    fresh.join(&mut second, &shared.key);
    fresh.agrees_with(&shared.laptop);
}

#[test]
fn it_is_forgotten_here_and_erased_there() {
    let shared = Shared::new();
    let log = shared.log();
    let record = shared.desktop.record();
    let here = shared.desktop.here(&record, None);
    let events = shared.desktop.log();
    let forgotten = forget(&here, "home", None).unwrap();
    assert_eq!(forgotten, Forgotten { log, erased: None, key_removed: false });
    assert!(key_file(&record, log).exists());
    assert!(matches!(forget(&here, "home", None), Err(SyncError::NoRemote(_))));
    assert!(matches!(crate::sync::key(&here), Err(SyncError::NotLinked)));
    // A machine that comes back needs no key, and what it knew before is no conflict.
    shared.laptop.mark("a/x", Status::Skipped);
    shared.laptop.sync(&mut shared.remote());
    let machine = Machine::default();
    let query = Join { name: "home", url: "/there", machine, keep_key: true };
    let joined = look(&here, &mut shared.remote(), query).unwrap().finish(&here).unwrap();
    assert_eq!((joined.received, waiting(&shared.desktop), joined.conflicts), (1, 0, Vec::new()));
    let events = [events, vec![shared.laptop.log().remove(2)]].concat();
    let forgotten = forget(&here, "home", Some(&mut shared.remote())).unwrap();
    assert_eq!(forgotten, Forgotten { log, erased: Some(Erased::All), key_removed: true });
    assert!(!key_file(&record, log).exists());
    assert!(shared.remote().logs().unwrap().is_empty());
    assert_eq!(shared.desktop.log(), events);
    let nobody = Home::new();
    let record = nobody.record();
    let here = nobody.here(&record, None);
    assert!(matches!(forget(&here, "home", None), Err(SyncError::NoRecord(_))));
    assert!(!record.exists());
}
