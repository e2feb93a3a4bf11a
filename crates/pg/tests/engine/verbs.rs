//! What a remote is asked, one verb after the other.

use milepost_core::sync::remote::{Erased, LAST_NUMBER, MOST_BYTES, Name, RemoteError};
use uuid::Uuid;

use crate::kit::database::Database;
use crate::opened::{Opened, all, bytes, segments};

const LOG: Uuid = Uuid::from_u128(0xabc);
const STREAM: Uuid = Uuid::from_u128(0xdef);

#[test]
fn a_database_without_our_tables_has_no_log() {
    let Some(database) = Database::new() else { return };
    let opened = Opened::new(&database);
    let mut remote = opened.remote();
    assert!(remote.logs().unwrap().is_empty());
    assert_eq!(remote.header(LOG).unwrap(), None);
    assert!(matches!(remote.list(LOG, None), Err(RemoteError::NoLog(LOG))));
    let segments = segments(STREAM, 1..2);
    assert!(matches!(remote.put(LOG, &segments), Err(RemoteError::NoLog(LOG))));
    let names = [segments[0].0];
    assert!(matches!(remote.get(LOG, &names, &mut |_, _| ()), Err(RemoteError::NoLog(LOG))));
    assert_eq!(remote.erase(LOG).unwrap(), Erased::HistoryStays);
    assert_eq!(
        database.sql("SELECT count(*) FROM pg_tables WHERE tablename LIKE 'milepost%'"),
        ["0"]
    );
}

#[test]
fn what_is_put_is_there_for_others() {
    let Some(database) = Database::new() else { return };
    let opened = Opened::new(&database);
    let (mut one, mut two) = (opened.remote(), opened.remote());
    one.create(LOG, b"header").unwrap();
    one.create(LOG, b"header").unwrap();
    assert!(matches!(one.create(LOG, b"other"), Err(RemoteError::OtherHeader(LOG))));
    assert_eq!(two.logs().unwrap(), [LOG]);
    assert_eq!(two.header(LOG).unwrap().as_deref(), Some(&b"header"[..]));
    let listing = two.list(LOG, None).unwrap();
    assert!(listing.names.is_empty() && listing.is_whole && listing.cursor.is_some());
    let segments = segments(STREAM, 1..4);
    let names: Vec<Name> = segments.iter().map(|(name, _)| *name).collect();
    let behind = one.put(LOG, &segments).unwrap();
    // It listed nothing, so it cannot say that it knows all before.
    assert_eq!(behind, None);
    let fresh = two.list(LOG, listing.cursor.as_deref()).unwrap();
    assert_eq!((&fresh.names, fresh.is_whole), (&names, false));
    assert_eq!(all(&mut *two, LOG, &names), segments);
    // A second time changes nothing.
    one.put(LOG, &segments).unwrap();
    assert_eq!(database.sql("SELECT count(*), max(pos) FROM milepost_segment"), ["3|3"]);
    let same = two.list(LOG, fresh.cursor.as_deref()).unwrap();
    assert_eq!((same.names.len(), same.cursor, same.is_whole), (0, fresh.cursor, false));
    let whole = one.list(LOG, None).unwrap();
    assert_eq!((whole.names, whole.is_whole), (names, true));
    // Another log is none of its business.
    let other = Uuid::from_u128(5);
    assert!(matches!(two.list(other, None), Err(RemoteError::NoLog(_))));
    assert_eq!(two.header(other).unwrap(), None);
}

#[test]
fn who_knows_all_before_is_told_from_where_to_go_on() {
    let Some(database) = Database::new() else { return };
    let opened = Opened::new(&database);
    let (mut one, mut two) = (opened.remote(), opened.remote());
    one.create(LOG, b"header").unwrap();
    one.list(LOG, None).unwrap();
    let behind = one.put(LOG, &segments(STREAM, 1..4)).unwrap();
    assert!(behind.is_some());
    let none = opened.remote().list(LOG, behind.as_deref()).unwrap();
    assert!(none.names.is_empty() && !none.is_whole, "{none:?}");
    // What another put in between is still to be listed.
    let other = segments(Uuid::from_u128(7), 1..2);
    two.put(LOG, &other).unwrap();
    assert_eq!(one.put(LOG, &segments(STREAM, 4..6)).unwrap(), None);
    let listed = opened.remote().list(LOG, behind.as_deref()).unwrap();
    assert_eq!(listed.names.len(), 3);
    assert!(listed.names.contains(&other[0].0));
}

#[test]
fn a_database_that_went_back_is_listed_whole() {
    let Some(database) = Database::new() else { return };
    let opened = Opened::new(&database);
    let mut remote = opened.remote();
    remote.create(LOG, b"header").unwrap();
    let segments = segments(STREAM, 1..9);
    remote.put(LOG, &segments[..6]).unwrap();
    let cursor = remote.list(LOG, None).unwrap().cursor;
    // The last two are lost.
    database.sql("DELETE FROM milepost_segment WHERE pos > 4; UPDATE milepost_log SET head = 4");
    let shorter = opened.remote().list(LOG, cursor.as_deref()).unwrap();
    assert_eq!((shorter.names.len(), shorter.is_whole), (4, true));
    // Others have taken their positions.
    remote.put(LOG, &segments[6..]).unwrap();
    assert_eq!(database.sql("SELECT head FROM milepost_log"), ["6"]);
    let mut other = opened.remote();
    assert!(other.header(LOG).unwrap().is_some());
    let listing = other.list(LOG, cursor.as_deref()).unwrap();
    assert_eq!((listing.names.len(), listing.is_whole), (6, true));
    // A cursor from nowhere is none.
    let nowhere = other.list(LOG, Some(b"nowhere")).unwrap();
    assert_eq!((nowhere.names.len(), nowhere.is_whole), (6, true));
}

#[test]
fn many_segments_come_in_pages_and_large_ones_one_by_one() {
    let Some(database) = Database::new() else { return };
    let opened = Opened::new(&database);
    let mut remote = opened.remote();
    remote.create(LOG, b"header").unwrap();
    let small = segments(STREAM, 1..2501);
    let large: Vec<(Name, Vec<u8>)> = (1..24)
        .map(|number| bytes(Uuid::from_u128(9), number, MOST_BYTES - number as usize))
        .collect();
    remote.put(LOG, &small).unwrap();
    remote.put(LOG, &large).unwrap();
    let mut other = opened.remote();
    let names = other.list(LOG, None).unwrap().names;
    assert_eq!(names.len(), small.len() + large.len());
    let mut there = all(&mut *other, LOG, &names);
    there.sort();
    let mut expected = [small, large].concat();
    expected.sort();
    assert!(there == expected);
    // A second time, when nothing is kept any more.
    let mut again = all(&mut *other, LOG, &names);
    again.sort();
    assert!(again == expected);
}

#[test]
fn what_is_missing_too_long_or_no_segment_is_not_taken_for_one() {
    let Some(database) = Database::new() else { return };
    let opened = Opened::new(&database);
    let mut remote = opened.remote();
    remote.create(LOG, b"header").unwrap();
    let good = segments(STREAM, 1..2);
    let long = bytes(STREAM, 2, MOST_BYTES + 1);
    let missing = bytes(STREAM, 3, 10);
    remote.put(LOG, &good).unwrap();
    remote.put(LOG, std::slice::from_ref(&long)).unwrap();
    let no_number = Name { number: 0, ..good[0].0 };
    let too_far = Name { number: LAST_NUMBER + 1, ..good[0].0 };
    remote.put(LOG, &[(no_number, vec![1]), (too_far, vec![2])]).unwrap();
    let mut other = opened.remote();
    assert_eq!(other.list(LOG, None).unwrap().names, [good[0].0, long.0]);
    let mut found = Vec::new();
    let names = [good[0].0, long.0, missing.0];
    other.get(LOG, &names, &mut |name, bytes| found.push((name, bytes))).unwrap();
    let expected =
        [(good[0].0, Some(good[0].1.clone())), (long.0, Some(Vec::new())), (missing.0, None)];
    assert_eq!(found, expected);
    // Somebody else's row under our names.
    database.sql("UPDATE milepost_segment SET name = 'short' WHERE pos = 1");
    assert!(matches!(opened.remote().list(LOG, None), Err(RemoteError::Foreign { .. })));
}

#[test]
fn what_is_erased_is_gone_and_can_be_begun_again() {
    let Some(database) = Database::new() else { return };
    let opened = Opened::new(&database);
    let mut remote = opened.remote();
    let other = Uuid::from_u128(6);
    for log in [LOG, other] {
        remote.create(log, b"header").unwrap();
        remote.put(log, &segments(STREAM, 1..1500)).unwrap();
    }
    assert_eq!(remote.erase(LOG).unwrap(), Erased::HistoryStays);
    assert_eq!(remote.erase(LOG).unwrap(), Erased::HistoryStays);
    assert_eq!(remote.logs().unwrap(), [other]);
    assert_eq!(database.sql("SELECT count(*) FROM milepost_segment"), ["1499"]);
    assert!(matches!(remote.list(LOG, None), Err(RemoteError::NoLog(LOG))));
    // Where the row of a log is lost, the positions of its segments are not given twice.
    database.sql("DELETE FROM milepost_log");
    assert_eq!(remote.header(other).unwrap(), None);
    remote.create(other, b"header").unwrap();
    remote.put(other, &segments(STREAM, 1500..1502)).unwrap();
    let listing = opened.remote().list(other, None).unwrap();
    assert_eq!((listing.names.len(), listing.is_whole), (1501, true));
}

#[test]
fn positions_that_are_out_of_step_are_told_and_nothing_counts_as_put() {
    let Some(database) = Database::new() else { return };
    let opened = Opened::new(&database);
    let mut remote = opened.remote();
    remote.create(LOG, b"header").unwrap();
    remote.put(LOG, &segments(STREAM, 1..4)).unwrap();
    database.sql("UPDATE milepost_log SET head = 1");
    let put = remote.put(LOG, &segments(STREAM, 4..5));
    assert!(matches!(put, Err(RemoteError::Foreign { .. })), "{put:?}");
    assert_eq!(database.sql("SELECT count(*) FROM milepost_segment"), ["3"]);
}

#[test]
fn tables_of_somebody_else_are_told() {
    let Some(database) = Database::new() else { return };
    let opened = Opened::new(&database);
    database.sql(
        "CREATE TABLE milepost_log (log uuid, header text, top bigint); \
         GRANT ALL ON milepost_log TO PUBLIC",
    );
    let created = opened.remote().create(LOG, b"header");
    let is_told = |said: &str| said.contains("not milepost's");
    assert!(matches!(&created, Err(RemoteError::Foreign { said }) if is_told(said)), "{created:?}");
}
