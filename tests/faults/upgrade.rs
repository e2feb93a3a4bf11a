//! An older record is brought up: killed or refused at any call, it is the old one or the new one
//! and never a mix, a copy from before is kept, and the next command works.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Output;

use rusqlite::{Connection, params};
use xxhash_rust::xxh3::Xxh3;

use super::sandbox::{Sandbox, assert_told, said};
use super::tracing::{self, Call, Fault};

/// The version of the record that is brought up.
const BEFORE: i32 = 5;

const TABLES: &str = include_str!("../../crates/core/tests/records/record-v5.sql");

const LOOK: [&str; 3] = ["log", "--limit", "1"];

/// Calls that write, make or remove.
const WRITING: &str = "openat,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2,link,\
    unlink,mkdir,fchmod,write";

/// A record as it was before events had labels.
fn older() -> Sandbox {
    let sandbox = Sandbox::new();
    std::fs::create_dir_all(sandbox.folder()).unwrap();
    let connection = Connection::open(sandbox.db()).unwrap();
    connection.execute_batch(TABLES).unwrap();
    sandbox
}

/// The same with so many events, on a thousand items, of a clock that goes back each thousand.
fn older_with(events: i64) -> Sandbox {
    let sandbox = Sandbox::new();
    std::fs::create_dir_all(sandbox.folder()).unwrap();
    let connection = Connection::open(sandbox.db()).unwrap();
    let tables: Vec<&str> = TABLES.lines().filter(|line| !line.starts_with("INSERT")).collect();
    connection.execute_batch("PRAGMA synchronous = OFF").unwrap();
    connection.execute_batch(&tables.join("\n")).unwrap();
    connection.execute_batch("BEGIN").unwrap();
    let device = [7u8; 16];
    let mut insert = connection
        .prepare("INSERT INTO event VALUES (?1, ?2, ?3, ?2, ?4, '2026-10-02', ?5, 'skipped', ?6, ?7, ?8, ?9)")
        .unwrap();
    let payload = r#"{"v":1,"title":"Something that a title says of it"}"#;
    let mut sum = 0i64;
    for seq in 1..=events {
        let at = 1_790_928_000_000i64 + 1_000 * (seq % 1_000);
        // Of chance, as the old ids are.
        let id = u128::from(hash(&[&seq.to_be_bytes()]).cast_unsigned()) << 64
            | seq.unsigned_abs() as u128;
        let id =
            (id & !(0xffff_ffff_ffff << 80) | u128::from(at.unsigned_abs()) << 80).to_be_bytes();
        let subject = format!("foundations/item-{}", seq % 1_000);
        let fields: [&[u8]; 8] = [
            &id,
            &device,
            &id,
            &at.to_be_bytes(),
            b"2026-10-02",
            subject.as_bytes(),
            b"skipped",
            payload.as_bytes(),
        ];
        let checksum = hash(&fields);
        let prev = (seq > 1_000).then_some(seq - 1_000);
        let before = prev.map(i64::to_be_bytes);
        let before = before.as_ref().map_or(&[][..], |before| before);
        let seal = hash(&[&seq.to_be_bytes(), before, &checksum.to_be_bytes()]);
        insert
            .execute(params![seq, id, device, at, subject, payload, prev, checksum, seal])
            .unwrap();
        sum = sum.wrapping_add(checksum);
        if seq + 1_000 > events {
            let standing = "INSERT INTO standing (subject, last, status, since, known)
                VALUES (?1, ?2, 'skipped', '2026-10-02', 0)";
            connection.execute(standing, params![subject, seq]).unwrap();
        }
    }
    drop(insert);
    connection
        .execute("INSERT INTO log VALUES (1, ?1, ?2, ?3)", params![device, events, sum])
        .unwrap();
    connection.execute_batch("COMMIT").unwrap();
    drop(connection);
    sandbox
}

/// As the store makes its checksums and seals.
fn hash(fields: &[&[u8]]) -> i64 {
    let mut hash = Xxh3::new();
    for field in fields {
        hash.update(&(field.len() as u64).to_be_bytes());
        hash.update(field);
    }
    i64::from_be_bytes(hash.digest().to_be_bytes())
}

fn number(path: &Path, select: &str) -> Option<i64> {
    let connection = Connection::open(path).unwrap();
    connection.query_row(select, [], |row| row.get(0)).ok()
}

fn copy_from_before(sandbox: &Sandbox) -> PathBuf {
    sandbox.folder().join(format!("backups/progress.db.v{BEFORE}"))
}

/// Whether it was brought up, which it is as a whole or not at all.
fn is_new(sandbox: &Sandbox, place: &str) -> bool {
    let db = sandbox.db();
    let version = number(&db, "PRAGMA user_version").unwrap();
    let unlabelled = number(&db, "SELECT count(*) FROM event WHERE ord IS NULL");
    let devices = number(&db, "SELECT count(*) FROM own_device");
    if version == i64::from(BEFORE) {
        assert_eq!((unlabelled, devices), (None, None), "half, {place}");
        return false;
    }
    assert_eq!((unlabelled, devices), (Some(0), Some(1)), "half, {place}");
    let copy = copy_from_before(sandbox);
    assert_eq!(number(&copy, "PRAGMA user_version"), Some(i64::from(BEFORE)), "{place}");
    true
}

/// What happens to each of some calls; gives whether there were old and new records afterwards.
fn sweep(
    from: &Sandbox,
    calls: &[Call],
    hurt: impl Fn(&Sandbox, &Call) -> Output,
) -> BTreeSet<bool> {
    let unhurt = from.copy();
    unhurt.ok(&LOOK);
    let events = unhurt.events();
    let mut outcomes = BTreeSet::new();
    for call in calls {
        let sandbox = from.copy();
        let output = hurt(&sandbox, call);
        let place = format!("{call:?}: {}", said(&output));
        let new = is_new(&sandbox, &place);
        assert!(new || !output.status.success(), "acknowledged and not done, {place}");
        outcomes.insert(new);
        sandbox.ok(&LOOK);
        assert!(is_new(&sandbox, &place), "the next one does it, {place}");
        assert_eq!(sandbox.events(), events, "{place}");
        assert_eq!(sandbox.names(), ["backups", "progress.db"], "{place}");
    }
    outcomes
}

/// So many of the calls, the last of them among these.
fn some(calls: Vec<Call>, most: usize) -> Vec<Call> {
    let step = calls.len().div_ceil(most);
    calls.into_iter().rev().step_by(step).collect()
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn a_record_whose_upgrade_is_killed_is_the_old_one_or_the_new_one() {
    if tracing::is_possible() {
        let from = older();
        let calls = tracing::unlike_calls(&from.copy(), WRITING, &LOOK);
        assert!(calls.len() > 30, "{calls:#?}");
        let outcomes =
            sweep(&from, &calls, |sandbox, call| tracing::killed_at(sandbox, call, &LOOK));
        assert_eq!(outcomes.len(), 2);
    }
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn an_upgrade_that_is_refused_a_call_is_told_and_leaves_the_old_one_or_the_new_one() {
    if !tracing::is_possible() {
        return;
    }
    let from = older();
    for (names, what, all_after) in [
        (WRITING, "error=EIO", false),
        (WRITING, "error=ENOSPC", true),
        ("read,pread64", "error=EIO", false),
    ] {
        let calls = tracing::unlike_calls(&from.copy(), names, &LOOK);
        sweep(&from, &calls, |sandbox, call| {
            let output = tracing::faulted_at(sandbox, call, Fault { what, all_after }, &LOOK);
            // There is nowhere to tell it where standard error takes nothing either.
            let is_mute = call.name == "write" && all_after;
            if !output.status.success() && !is_mute {
                assert_told(&output, &[1, 3]);
            }
            output
        });
    }
}

/// More than SQLite holds in memory: the file is written before the commit.
#[test]
#[ignore = "runs under strace; the gate does it"]
fn a_large_record_whose_upgrade_is_killed_is_the_old_one_or_the_new_one() {
    if tracing::is_possible() {
        let from = older_with(9_000);
        let calls = tracing::calls(&from.copy(), "pwrite64,fsync,fdatasync,unlink", &LOOK);
        let of_record = |call: &Call| !call.text.contains(".new>");
        let calls: Vec<Call> = calls.into_iter().filter(of_record).collect();
        let unlink = calls.iter().position(|call| call.name == "unlink").unwrap();
        let early = calls[..unlink].iter().filter(|call| call.text.contains("/progress.db>"));
        assert!(early.count() > 300, "it is written before the commit");
        let most = if tracing::every_call_counts() { 48 } else { 6 };
        let outcomes = sweep(&from, &some(calls, most), |sandbox, call| {
            tracing::killed_at(sandbox, call, &LOOK)
        });
        assert!(outcomes.contains(&false), "{outcomes:?}");
    }
}

#[test]
#[ignore = "runs under strace; the gate does it"]
fn an_upgrade_is_synced_in_the_order_that_survives_a_power_cut() {
    if !tracing::is_possible() {
        return;
    }
    let calls = "pwrite64,fsync,fdatasync,unlink,rename,renameat,renameat2,write";
    let calls = tracing::calls(&older(), calls, &LOOK);
    super::files::assert_in_order(
        &calls,
        &[
            // The copy is durable under its name before anything is changed.
            ("fsync", ".new"),
            ("rename", "backups/progress.db.v5"),
            ("fsync", "backups>"),
            ("pwrite", "progress.db-journal"),
            ("f", "progress.db-journal"),
            ("pwrite", "milepost/progress.db>"),
            ("f", "milepost/progress.db>"),
            ("unlink", "progress.db-journal"),
            ("f", "milepost>"),
            ("write", ""),
        ],
    );
    let kept = calls.iter().position(|call| call.text.contains("progress.db.v5")).unwrap();
    let early = calls[..kept].iter().find(|call| call.text.contains("/progress.db>"));
    assert!(early.is_none(), "{early:?}");
}

/// `cargo test --release --test faults a_million -- --ignored --nocapture` says how long it takes,
/// and holds it to an amount of memory that does not grow with the record.
#[test]
#[ignore = "a million events"]
fn a_million_events_are_brought_up_in_bounded_memory() {
    let sandbox = older_with(1_000_000);
    let bytes = std::fs::metadata(sandbox.db()).unwrap().len();
    let began = std::time::Instant::now();
    let mut bounded = sandbox.program("/bin/sh");
    let kibibytes = (64 * 1024).to_string();
    bounded.args(["-c", "ulimit -v $0 && exec \"$@\"", &kibibytes, Sandbox::binary()]).args(LOOK);
    let output = bounded.output().unwrap();
    let took = began.elapsed();
    assert!(output.status.success(), "{}", said(&output));
    eprintln!("{bytes} bytes with their copy in {took:?}");
    assert!(is_new(&sandbox, "a million"));
    let began = std::time::Instant::now();
    let output = sandbox.ok(&["doctor"]);
    eprintln!("doctor in {:?}: {}", began.elapsed(), said(&output));
}
