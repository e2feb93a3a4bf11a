//! The record through its public side, against the definition of the standing: the fold of the log.

#![allow(missing_docs, clippy::unwrap_used)]

use chrono::{DateTime, NaiveDate};
use milepost::error::Result;
use milepost_core::internals::effort::Session;
use milepost_core::internals::event::{Event, EventKind, NewEvent};
use milepost_core::internals::history;
use milepost_core::internals::history::Whose;
use milepost_core::internals::record;
use milepost_core::internals::standing;
use milepost_core::internals::standing::Standing;
use milepost_core::internals::store::{self, Merged, Reading, Store};
use milepost_core::record::FORM;
use milepost_core::{Annotation, Goals, Grade, Stamp, Status, transfer};
use milepost_path::Ref;
use proptest::prelude::*;

const ITEMS: [&str; 4] = ["a/x", "a/y", "b/x", "b/long-name"];
const PATHS: [&str; 2] = ["a", "b"];
const OTHERS: [&str; 3] = ["career/area:data", "a/question:why", "away:2026-12-20"];

/// One command.
#[derive(Debug, Clone)]
enum Command {
    /// Appends entries, and commits.
    Append(Vec<(NewEvent, NaiveDate)>),
    /// Appends entries, and fails before it commits.
    Abandon(Vec<(NewEvent, NaiveDate)>),
    Undo,
    Redo,
    /// The next command is another process.
    Reopen,
}

fn commands() -> impl Strategy<Value = Vec<Command>> {
    let entries = || proptest::collection::vec((entry(), day()), 1..4);
    let command = prop_oneof![
        5 => entries().prop_map(Command::Append),
        1 => entries().prop_map(Command::Abandon),
        3 => Just(Command::Undo),
        2 => Just(Command::Redo),
        1 => Just(Command::Reopen),
    ];
    proptest::collection::vec(command, 1..14)
}

fn entry() -> impl Strategy<Value = NewEvent> {
    let remark = || {
        (proptest::option::of(".{0,6}"), proptest::collection::vec("[ab\u{0}'\"]{1,2}", 0..3))
            .prop_map(|(note, evidence)| Annotation { note, evidence })
    };
    let status = proptest::sample::select(Status::ALL.to_vec());
    let about_an_item = prop_oneof![
        3 => (status, any::<bool>(), remark())
            .prop_map(|(status, known, remark)| EventKind::Marked { status, known, remark, item: None }),
        1 => remark().prop_map(EventKind::Noted),
        1 => proptest::option::of(day()).prop_map(EventKind::Snoozed),
        2 => (1..=600u32, any::<bool>(), remark()).prop_map(|(minutes, begins, remark)| {
            EventKind::Studied { session: Session { minutes, from: None }, begins, remark }
        }),
    ];
    let role = proptest::option::of("[a-z]{1,3}");
    let goals = (proptest::option::of(day()), proptest::option::of(1u8..=250), role).prop_map(
        |(target_on, quarters, role)| Goals {
            target_on,
            hours_per_week: quarters.map(|quarters| f64::from(quarters) / 4.0),
            role,
        },
    );
    let about_a_path =
        prop_oneof![2 => goals.prop_map(EventKind::Started), 1 => Just(EventKind::Stopped)];
    let grade = proptest::sample::select(Grade::ALL.to_vec());
    let about_another = prop_oneof![
        (0u8..=4, remark())
            .prop_map(|(level, remark)| (OTHERS[0], EventKind::Assessed { level, remark })),
        grade.prop_map(|grade| (OTHERS[1], EventKind::Answered { grade })),
        (proptest::option::of(20..=31u32), proptest::option::of(".{0,6}")).prop_map(
            |(day, why)| {
                let to = day.and_then(|day| NaiveDate::from_ymd_opt(2026, 12, day));
                (OTHERS[2], EventKind::Away { to, why })
            }
        ),
    ];
    let about = prop_oneof![
        1 => about_another,
        3 => (proptest::sample::select(ITEMS.to_vec()), about_an_item),
        1 => (proptest::sample::select(PATHS.to_vec()), about_a_path),
    ];
    (about, proptest::option::of(".{0,6}")).prop_map(|((subject, fact), title)| NewEvent {
        subject: Ref::from_text(subject),
        title,
        fact,
    })
}

fn day() -> impl Strategy<Value = NaiveDate> {
    // From the year 1, in which dates have zeros in front, to 9999.
    (1i32..3_652_059).prop_map(|day| NaiveDate::from_num_days_from_ce_opt(day).unwrap())
}

fn stamp() -> Stamp {
    let now = DateTime::parse_from_rfc3339("2026-11-20T09:30:00.5Z").unwrap().to_utc();
    Stamp { now, today: now.date_naive() }
}

/// Runs a command; gives what it committed.
fn run(store: &mut Store, command: &Command) -> Result<Vec<NewEvent>> {
    let today = stamp().today;
    let mut writing = store.write(stamp())?;
    let (entries, commit): (Vec<_>, bool) = match command {
        Command::Append(entries) => (entries.clone(), true),
        Command::Abandon(entries) => (entries.clone(), false),
        Command::Undo => {
            let commands = writing
                .reading()
                .newest_first(|events| history::to_undo(events, 1, &Whose::ANY))?;
            let entries = commands.first().map(|one| history::undo_entries(one.events()));
            (entries.unwrap_or_default().into_iter().map(|entry| (entry, today)).collect(), true)
        }
        Command::Redo => {
            let markers =
                writing.reading().newest_first(|events| history::to_redo(events, &Whose::ANY))?;
            let entries = markers.map(|markers| history::redo_entries(&markers));
            (entries.unwrap_or_default().into_iter().map(|entry| (entry, today)).collect(), true)
        }
        Command::Reopen => (Vec::new(), true),
    };
    for (entry, on) in &entries {
        writing.append(entry.clone(), *on)?;
    }
    if !commit {
        return Ok(Vec::new());
    }
    writing.commit()?;
    Ok(entries.into_iter().map(|(entry, _)| entry).collect())
}

/// The log, oldest first.
fn log(reading: &Reading<'_>) -> Vec<Event> {
    let mut log: Vec<Event> = reading.newest_first(|events| events.collect()).unwrap();
    log.reverse();
    log
}

fn look(store: &mut Store) -> (Vec<Event>, Standing) {
    let reading = store.read().unwrap();
    let mut standing = reading.standing().unwrap();
    standing.put_efforts(reading.efforts().unwrap());
    (log(&reading), standing)
}

proptest! {
    // Few, because each command waits for the disk several times.
    #![proptest_config(ProptestConfig {
        cases: 24,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_standing_is_the_fold_of_the_log(commands in commands()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("progress.db");
        let mut store = Store::open_or_create(&path).unwrap();
        let mut appended = Vec::new();
        for command in &commands {
            if matches!(command, Command::Reopen) {
                drop(store);
                store = Store::open(&path).unwrap().unwrap();
            }
            appended.extend(run(&mut store, command).unwrap());
            let (events, standing) = look(&mut store);
            prop_assert_eq!(&standing, &standing::fold(&events));
            let entries: Vec<&NewEvent> = events.iter().map(|event| &event.entry).collect();
            prop_assert_eq!(entries, appended.iter().collect::<Vec<_>>());
        }
        let before = look(&mut store);
        let subjects = ITEMS.iter().chain(&OTHERS).map(|text| Ref::from_text(text));
        let subjects: Vec<Ref> = subjects.collect();
        let some = {
            let reading = store.read().unwrap();
            let mut some = reading.standing_of(&subjects).unwrap();
            some.put_efforts(reading.efforts_of(&subjects).unwrap());
            some
        };
        prop_assert_eq!(some, before.1.clone());
        drop(store);
        let mut again = Store::open(&path).unwrap().unwrap();
        prop_assert_eq!(look(&mut again), before);
        prop_assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn undo_brings_back_what_was_and_redo_what_came(
        before in proptest::collection::vec((entry(), day()), 0..4),
        change in proptest::collection::vec((entry(), day()), 1..4),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open_or_create(&folder.path().join("progress.db")).unwrap();
        run(&mut store, &Command::Append(before)).unwrap();
        let (_, old) = look(&mut store);
        run(&mut store, &Command::Append(change)).unwrap();
        let (_, new) = look(&mut store);
        run(&mut store, &Command::Undo).unwrap();
        prop_assert_eq!(&look(&mut store).1, &old);
        run(&mut store, &Command::Redo).unwrap();
        prop_assert_eq!(&look(&mut store).1, &new);
        run(&mut store, &Command::Undo).unwrap();
        prop_assert_eq!(&look(&mut store).1, &old);
    }
}

/// All rows of all tables, as SQLite has them.
fn rows(path: &std::path::Path) -> Vec<String> {
    let connection = rusqlite::Connection::open(path).unwrap();
    let mut rows = Vec::new();
    for (table, order) in
        [("event", "seq"), ("standing", "subject"), ("effort", "subject, day"), ("log", "only")]
    {
        let select = format!("SELECT * FROM {table} ORDER BY {order}");
        let mut select = connection.prepare(&select).unwrap();
        let columns = select.column_count();
        let mut found = select.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            let values = (0..columns).map(|at| format!("{:?}", row.get_ref(at).unwrap()));
            rows.push(format!("{table}: {}", values.collect::<Vec<_>>().join(" ")));
        }
    }
    rows
}

/// The record as JSON.
fn exported(path: &std::path::Path) -> String {
    let (device, events) = Store::open(path).unwrap().unwrap().read().unwrap().log().unwrap();
    transfer::render(&record::of(device, events), FORM).unwrap()
}

/// Takes up a record, as `import` does.
fn import(path: &std::path::Path, text: &str) -> Merged {
    let (device, events) = record::parts(transfer::read(text.as_bytes(), FORM).unwrap());
    store::check(&events).unwrap();
    let mut store = Store::open_or_create(path).unwrap();
    let mut writing = store.write(stamp()).unwrap();
    let merged = writing.merge(events, Some(device)).unwrap();
    writing.commit().unwrap();
    merged
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 16,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn out_and_in_again_is_the_same_record(commands in commands()) {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from.db"), folder.path().join("to.db"));
        let mut store = Store::open_or_create(&from).unwrap();
        for command in &commands {
            run(&mut store, command).unwrap();
        }
        drop(store);
        let text = exported(&from);
        let merged = import(&to, &text);
        prop_assert_eq!(merged.unchanged, 0);
        let (theirs, ours) = (rows(&from), rows(&to));
        if merged.added > 0 {
            prop_assert_eq!(&theirs, &ours);
            prop_assert_eq!(exported(&to), text);
        }
        let mut store = Store::open(&to).unwrap().unwrap();
        prop_assert!(store.read().unwrap().verify().is_whole());
        let (events, standing) = look(&mut store);
        prop_assert_eq!(&standing, &standing::fold(&events));
        prop_assert_eq!(look(&mut Store::open(&from).unwrap().unwrap()), (events, standing));
        // What is taken back next is the same on both sides.
        for path in [&from, &to] {
            run(&mut Store::open(path).unwrap().unwrap(), &Command::Undo).unwrap();
        }
        let there = |path| look(&mut Store::open(path).unwrap().unwrap()).1;
        prop_assert_eq!(there(&from), there(&to));
    }

    #[test]
    fn two_records_become_one_whoever_takes_up_the_other(
        common in commands(),
        left in commands(),
        right in commands(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (folder.path().join("a.db"), folder.path().join("b.db"));
        let play = |path: &std::path::Path, commands: &[Command]| {
            let mut store = Store::open_or_create(path).unwrap();
            for command in commands {
                run(&mut store, command).unwrap();
            }
        };
        play(&a, &common);
        import(&b, &exported(&a));
        play(&a, &left);
        play(&b, &right);
        let (of_a, of_b) = (exported(&a), exported(&b));
        import(&a, &of_b);
        import(&b, &of_a);
        let look_at = |path: &std::path::Path| {
            let mut store = Store::open(path).unwrap().unwrap();
            assert!(store.read().unwrap().verify().is_whole());
            look(&mut store)
        };
        let (one, other) = (look_at(&a), look_at(&b));
        prop_assert_eq!(&one.1, &standing::fold(&one.0));
        prop_assert_eq!(one, other);
        // Again changes nothing.
        prop_assert_eq!(import(&a, &of_b).added, 0);
        prop_assert_eq!(import(&a, &exported(&b)).added, 0);
    }
}

#[test]
fn threads_of_one_process_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/progress.db");
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let path = &path;
            scope.spawn(move || {
                for n in 0..5 {
                    // Opened anew each time, as another process would.
                    let mut store = Store::open_or_create(path).unwrap();
                    let entry = NewEvent {
                        subject: Ref::node("a", &format!("t{thread}-{n}")),
                        title: None,
                        fact: EventKind::Marked {
                            status: Status::Done,
                            known: false,
                            remark: Annotation::default(),
                            item: None,
                        },
                    };
                    run(&mut store, &Command::Append(vec![(entry, stamp().today)])).unwrap();
                }
            });
        }
    });
    let (events, standing) = look(&mut Store::open(&path).unwrap().unwrap());
    assert_eq!(events.len(), 20);
    assert_eq!(standing, standing::fold(&events));
    assert_eq!(standing.items().len(), 20);
}
