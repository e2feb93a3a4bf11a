//! Each thing that happens between two machines and a remote that somebody else carries, and what holds then.

use std::fs;

use crate::model::standing::Status;
use crate::sync::fixture::{Fails, Flaky, Home, Shared, device, folder};
use crate::sync::folder::Folder;
use crate::sync::remote::{Name, Remote, RemoteError};
use crate::sync::{Fault, Init, Machine, Options, SyncError, init};

const REPAIR: Options =
    Options { pull: true, push: true, dry_run: false, repair: true, timeout: None };

#[test]
fn whoever_is_cut_off_at_any_call_loses_and_doubles_nothing() {
    let shared = Shared::new();
    for at in 0..5 {
        for how in [Fails::Before, Fails::Half, Fails::After] {
            let item = format!("a/i{at}{how:?}").to_lowercase();
            let ours = shared.laptop.mark(&item, Status::Done);
            let theirs = shared.desktop.mark(&item, Status::Doing);
            shared.desktop.sync(&mut shared.remote());
            let segments = shared.names().len();
            let mut remote = shared.remote();
            let mut flaky = Flaky::failing(&mut remote, at, how);
            let failed = shared.laptop.try_sync(&mut flaky, Options::default());
            // Header, listing, what is got and what is put: there is no fifth.
            assert_eq!(failed.is_err(), at < 4, "{at} {how:?}");
            shared.settles();
            let ids = shared.desktop.ids();
            for id in [ours, theirs] {
                assert_eq!(ids.iter().filter(|one| **one == id).count(), 1);
            }
            assert_eq!(shared.names().len(), segments + 1, "put twice: {at} {how:?}");
        }
    }
}

#[test]
fn two_copies_of_one_record_live_on_as_two() {
    let shared = Shared::new();
    shared.settles();
    let copy = shared.laptop.copy();
    let before = device(&shared.laptop);
    let one = shared.laptop.mark("a/one", Status::Done);
    let other = copy.mark("a/other", Status::Done);
    // Neither sees the other at first: both write the same number.
    let mut remote = shared.remote();
    let known = shared.names();
    shared.laptop.sync(&mut remote);
    let mut inner = shared.remote();
    let mut blind = Flaky::new(&mut inner);
    blind.shows = Box::new(|name| known.contains(name));
    copy.sync(&mut blind);
    for home in [&shared.laptop, &copy] {
        let renamed = home.sync(&mut remote).renamed.unwrap();
        assert_eq!((renamed.before, renamed.now), (before, device(home)));
        assert_ne!(renamed.now, before);
    }
    assert_ne!(device(&shared.laptop), device(&copy));
    shared.settles();
    assert!(copy.sync(&mut remote).renamed.is_none());
    copy.agrees_with(&shared.laptop);
    assert!([one, other].iter().all(|id| copy.ids().contains(id)));
    // What was its own before stays its own.
    let mut store = copy.open();
    assert!(store.read().unwrap().own_devices().unwrap().contains(&before));
}

#[test]
fn what_was_shared_since_a_backup_comes_back_with_it() {
    let shared = Shared::new();
    let backup = fs::read(shared.laptop.record()).unwrap();
    let later = shared.laptop.mark("a/later", Status::Done);
    shared.laptop.sync(&mut shared.remote());
    shared.laptop.restore(&backup);
    let again = shared.laptop.mark("a/again", Status::Done);
    assert!(!shared.laptop.ids().contains(&later));
    let synced = shared.laptop.sync(&mut shared.remote());
    assert_eq!((synced.received, synced.sent), (1, 1));
    assert!(synced.renamed.is_some());
    assert!([later, again].iter().all(|id| shared.laptop.ids().contains(id)));
    shared.settles();
}

#[test]
fn a_listing_that_shows_half_is_no_harm() {
    let shared = Shared::new();
    for at in 0..12 {
        shared.laptop.mark(&format!("a/i{at}"), Status::Done);
        shared.laptop.sync(&mut shared.remote());
    }
    let mut remote = shared.remote();
    let mut half = Flaky::new(&mut remote);
    half.shows = Box::new(|name| name.number % 2 == 0);
    let synced = shared.desktop.sync(&mut half);
    assert!((1..12).contains(&synced.received), "{}", synced.received);
    shared.settles();
}

#[test]
fn what_the_remote_lost_is_told_and_put_again() {
    let shared = Shared::new();
    shared.desktop.mark("a/z", Status::Done);
    shared.settles();
    let names = shared.names();
    for name in &names {
        fs::remove_file(shared.file(name)).unwrap();
    }
    let synced = shared.desktop.sync(&mut shared.remote());
    assert_eq!((synced.lost, synced.sent), (names.len(), 0));
    let would = shared.desktop.try_sync(&mut shared.remote(), Options { dry_run: true, ..REPAIR });
    assert_eq!(would.unwrap().sent, 3);
    assert_eq!(shared.names(), []);
    let synced = shared.desktop.try_sync(&mut shared.remote(), REPAIR).unwrap();
    assert_eq!((synced.lost, synced.sent), (names.len(), 3));
    let fresh = Home::new();
    assert_eq!(fresh.join(&mut shared.remote(), &shared.key).received, 3);
    fresh.agrees_with(&shared.desktop);
    // The other machine has what is gone from the remote, and repairs it, too, even if it is cut off.
    assert_eq!(shared.laptop.sync(&mut shared.remote()).lost, names.len());
    let mut remote = shared.remote();
    shared.laptop.try_sync(&mut Flaky::failing(&mut remote, 2, Fails::Half), REPAIR).unwrap_err();
    let synced = shared.laptop.try_sync(&mut remote, REPAIR).unwrap();
    assert_eq!((synced.lost, synced.sent, synced.received), (names.len(), 0, 0));
    assert!(synced.renamed.is_none());
    shared.settles();
}

#[test]
fn a_remote_that_has_lost_the_log_is_not_filled_without_being_asked() {
    let shared = Shared::new();
    let log = shared.log();
    shared.remote().erase(log).unwrap();
    let refused = shared.laptop.try_sync(&mut shared.remote(), Options::default());
    assert!(matches!(refused, Err(SyncError::NoLog(of)) if of == log));
    assert_eq!(shared.laptop.try_sync(&mut shared.remote(), REPAIR).unwrap().sent, 2);
    shared.desktop.try_sync(&mut shared.remote(), REPAIR).unwrap();
    shared.settles();
}

#[test]
fn a_segment_that_is_no_good_is_named_and_the_others_are_taken() {
    let shared = Shared::new();
    let mut names = Vec::new();
    for at in 0..4 {
        shared.laptop.mark(&format!("a/i{at}"), Status::Done);
        let before = shared.names();
        shared.laptop.sync(&mut shared.remote());
        names.extend(shared.names().into_iter().filter(|name| !before.contains(name)));
    }
    let [torn, gone, other, good] = names.as_slice() else { panic!("{names:?}") };
    let bytes = fs::read(shared.file(torn)).unwrap();
    fs::write(shared.file(torn), &bytes[..bytes.len() / 2]).unwrap();
    // What others made, under names that are right.
    let forged = b"mlps\x01\x01 of somebody else, who has no key for what is in here".to_vec();
    let forged = (Name::of(other.stream, 99, &forged), forged);
    let newer = b"mlps\x02\x01 of a time to come".to_vec();
    let newer = (Name::of(other.stream, 98, &newer), newer);
    shared.remote().put(shared.log(), &[forged.clone(), newer.clone()]).unwrap();
    let mut inner = shared.remote();
    let mut remote = Flaky { loses: Some(*gone), ..Flaky::new(&mut inner) };
    let expected = [
        (*torn, Fault::Torn),
        (*gone, Fault::Missing),
        (newer.0, Fault::Newer),
        (forged.0, Fault::Sealed),
    ];
    for received in [2, 0] {
        let synced = shared.desktop.sync(&mut remote);
        let mut skipped: Vec<_> =
            synced.skipped.into_iter().map(|one| (one.name, one.fault)).collect();
        skipped.sort_by_key(|(name, _)| name.number);
        assert_eq!(skipped, expected);
        assert_eq!(synced.received, received);
    }
    // A forger can make nobody write under another name, not even the device with that name.
    let synced = shared.laptop.sync(&mut shared.remote());
    assert!(synced.renamed.is_none() && synced.skipped.len() == 2);
    fs::write(shared.file(torn), &bytes).unwrap();
    for name in [forged.0, newer.0] {
        fs::remove_file(shared.file(&name)).unwrap();
    }
    assert_eq!(shared.desktop.sync(&mut shared.remote()).received, 2);
    assert!(shared.file(good).exists());
    shared.settles();
}

#[test]
fn a_remote_that_nobody_reaches_is_asked_once_and_leaves_no_key() {
    let (home, there) = (Home::new(), folder());
    home.mark("a/x", Status::Done);
    let mut inner = Folder::new(there.path());
    let mut flaky = Flaky::failing(&mut inner, 0, Fails::Before);
    let record = home.record();
    let machine = Machine { name: None, is_shared: false };
    let query = Init { name: "home", url: "/there", machine, beside_others: false };
    let error = init(&home.here(&record, None), &mut flaky, &query).unwrap_err();
    assert!(matches!(error, SyncError::Remote(RemoteError::Unreachable { .. })), "{error:?}");
    assert_eq!(flaky.asked, "o");
    assert!(!home.folder.path().join("keys").exists());
    assert!(home.open().read().unwrap().remotes().unwrap().is_empty());
}
