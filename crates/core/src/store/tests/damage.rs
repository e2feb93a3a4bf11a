//! What is damaged is an error.

use super::*;

#[track_caller]
fn assert_damaged<T: std::fmt::Debug>(read: Result<T>, what: &str) {
    let error = read.expect_err(what);
    assert!(matches!(error, StoreError::Damaged(..)), "{what}: {error:?}");
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
