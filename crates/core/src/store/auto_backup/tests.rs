use chrono::Days;

use super::super::tests::{Record, marked, stamp};
use super::*;
use crate::model::standing::Status;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The names in `backups`, sorted.
fn names(record: &Record) -> Vec<String> {
    let Ok(entries) = fs::read_dir(record.folder.path().join("backups")) else {
        return Vec::new();
    };
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn is_due_on(record: &Record, today: NaiveDate) -> bool {
    is_due(&record.raw(), &record.path(), today).unwrap()
}

#[test]
fn the_last_days_are_kept_and_today_always() {
    for (days, removed) in [
        ("", ""),
        ("20", ""),
        ("18 19 20", ""),
        ("17 18 19 20", "17"),
        ("20 17 19 18 16", "16 17"),
        // A clock that was wrong.
        ("18 19 20 28", "28"),
        ("20 27 28 29", "27"),
        ("16 17 18 20 28", "28 16"),
    ] {
        let days_of = |text: &str| -> Vec<NaiveDate> {
            text.split_whitespace().map(|day_of| day(&format!("2026-11-{day_of}"))).collect()
        };
        let got = to_remove(days_of(days), day("2026-11-20"));
        let mut left = days_of(days);
        left.retain(|day| !got.contains(day));
        assert!(left.len() <= DAYS && !got.contains(&day("2026-11-20")), "{days}");
        assert_eq!(got, days_of(removed), "{days}");
    }
}

#[test]
fn the_day_of_a_copy_is_in_its_name() {
    let record = Path::new("/r/progress.db");
    for (name, expected) in [
        ("progress.db.2026-11-20", Some("2026-11-20")),
        ("progress.db.v1", None),
        ("progress.db.2026-11-31", None),
        ("progress.db.2026-1-2", None),
        ("progress.db.+2026-11-20", None),
        ("progress.db.2026-11-20-journal", None),
        ("progress.db2026-11-20", None),
        ("other.db.2026-11-20", None),
        ("progress.db.", None),
        ("", None),
    ] {
        assert_eq!(day_of(record, OsStr::new(name)), expected.map(day), "{name}");
    }
}

#[test]
fn a_copy_is_due_once_a_day_from_the_second_day_on() {
    let record = Record::with_history();
    let today = stamp().today;
    let tomorrow = today.succ_opt().unwrap();
    assert!(!is_due_on(&record, today), "there is nothing from before");
    assert!(is_due_on(&record, tomorrow));
    keep(&record.path(), tomorrow).unwrap();
    assert!(!is_due_on(&record, tomorrow));
    assert!(is_due_on(&record, tomorrow.succ_opt().unwrap()));
    assert!(!is_due_on(&Record::new(), tomorrow), "there is nothing in it");
    assert_eq!(names(&record), [format!("progress.db.{tomorrow}")]);
}

#[test]
fn a_large_record_is_not_copied_unasked() {
    let record = Record::with_history();
    let connection = record.raw();
    let large = record.folder.path().join("large");
    let tomorrow = stamp().today.succ_opt().unwrap();
    for (length, due) in [(LARGEST, true), (LARGEST + 1, false)] {
        fs::File::create(&large).unwrap().set_len(length).unwrap();
        assert_eq!(is_due(&connection, &large, tomorrow).unwrap(), due);
    }
}

#[test]
fn copies_of_many_days_take_a_bounded_place_and_others_are_left_alone() {
    let record = Record::with_history();
    let folder = folder(&record.path());
    fs::create_dir(&folder).unwrap();
    let others = ["progress.db.v1", "my-own-copy", "other.db.2020-01-01", "progress.db.2020-01-01"];
    for name in others {
        fs::write(folder.join(name), "").unwrap();
    }
    fs::write(folder.join(".milepost-killed.new"), "left by one who was killed").unwrap();
    for days in 1..=6 {
        let today = stamp().today + Days::new(days);
        record.append(&[marked(&format!("a/{days}"), Status::Done)]);
        keep(&record.path(), today).unwrap();
        keep(&record.path(), today).unwrap();
    }
    let kept = ["progress.db.2026-11-24", "progress.db.2026-11-25", "progress.db.2026-11-26"];
    let mut expected: Vec<&str> = kept.into_iter().chain(others).collect();
    expected.sort_unstable();
    assert_eq!(names(&record), expected);
    let mut store = Store::open(&folder.join(kept[1])).unwrap().unwrap();
    let count = super::super::tests::events(&store.read().unwrap()).unwrap().len();
    assert_eq!(count, 8 + 5, "what there was on that day");
}

#[cfg(unix)]
#[test]
fn copies_and_their_folder_are_private() {
    use std::os::unix::fs::PermissionsExt;
    let record = Record::with_history();
    keep(&record.path(), stamp().today).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    assert_eq!(mode(&folder(&record.path())), 0o700);
    assert_eq!(mode(&of_day(&record.path(), stamp().today)), 0o600);
}

#[test]
fn a_damaged_record_takes_no_good_copys_place() {
    let record = Record::with_history();
    for days in 1..=3 {
        keep(&record.path(), stamp().today + Days::new(days)).unwrap();
    }
    let before = names(&record);
    record.unguarded().execute("DELETE FROM event WHERE seq = 4", []).unwrap();
    let error = keep(&record.path(), stamp().today + Days::new(4)).unwrap_err();
    assert!(matches!(error, StoreError::NoCopyOfToday(_)) && error.is_unusable(), "{error:?}");
    assert_eq!(names(&record), before);
}

#[test]
fn where_no_copy_can_be_kept_it_is_told() {
    let record = Record::with_history();
    fs::write(folder(&record.path()), "a file").unwrap();
    let error = keep(&record.path(), stamp().today).unwrap_err();
    let StoreError::NoCopyOfToday(why) = error else { panic!("{error:?}") };
    assert!(matches!(*why, StoreError::NotWritten(..)), "{why:?}");
}

#[test]
fn an_old_copy_that_stays_does_not_belie_the_new_one() {
    let record = Record::with_history();
    for day in ["10", "11", "12"] {
        let old = named(&record.path(), format!(".2026-11-{day}"));
        fs::create_dir_all(&old).unwrap();
    }
    let error = keep(&record.path(), day("2026-11-21")).unwrap_err();
    let StoreError::OldCopyStays(place, _) = error else { panic!("{error:?}") };
    assert!(place.ends_with("backups"), "{}", place.display());
    assert!(named(&record.path(), ".2026-11-21").is_file());
}
