use std::convert::Infallible;

use chrono::{DateTime, NaiveDate};
use milepost_path::Ref;
use proptest::prelude::*;

use super::*;
use crate::model::event::Annotation;
use crate::model::fixture::{Choices, Log, Step, cases, numbers, worlds};

/// A log in few words, oldest first: `a` is a command with one event, `ab` one with two, `-a` takes
/// back the event `a`, `+a` brings it back.
fn log(text: &str) -> Vec<Event> {
    let mut events = Vec::new();
    for (command, word) in text.split_whitespace().enumerate() {
        let names: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
        for name in names {
            let named = Uuid::from_u128(u128::from(u32::from(name)));
            let (id, fact) = match word.chars().next() {
                Some('-') => {
                    (Uuid::from_u128(events.len() as u128 + 1_000), EventKind::Undone(named))
                }
                Some('+') => {
                    (Uuid::from_u128(events.len() as u128 + 1_000), EventKind::Redone(named))
                }
                _ => (named, EventKind::Noted(Annotation::default())),
            };
            events.push(Event {
                id,
                device: Uuid::nil(),
                command: Uuid::from_u128(command as u128),
                at: DateTime::UNIX_EPOCH,
                on: NaiveDate::MIN,
                by: None,
                entry: NewEvent { subject: Ref::node("p", &name.to_string()), title: None, fact },
            });
        }
    }
    events
}

fn newest_first(log: &[Event]) -> impl Iterator<Item = Result<Event, Infallible>> {
    log.iter().rev().cloned().map(Ok)
}

fn subjects(events: &[Event]) -> String {
    events.iter().filter_map(|event| event.entry.subject.id()).collect()
}

fn commands(
    newest_first: impl Iterator<Item = Result<Event, Infallible>>,
    most: usize,
) -> Vec<Vec<Event>> {
    let found = to_undo(newest_first, most, &Whose::ANY).unwrap();
    let events = found.into_iter().map(|one| match one {
        Undoable::Command(events) => events,
        Undoable::Import(import) => panic!("{import:?}"),
    });
    events.collect()
}

/// A log as of [`log`], in which the names in capitals were written by another device.
fn mixed(text: &str) -> Vec<Event> {
    let mut events = log(text);
    for event in &mut events {
        let name = event.entry.subject.id().unwrap_or_default();
        if name.chars().any(char::is_uppercase) {
            event.device = Uuid::from_u128(7);
        }
    }
    events
}

#[test]
fn the_commands_of_other_devices_neither_block_nor_are_taken_back() {
    let own = [Uuid::nil()];
    let whose = Whose { devices: Some(&own), ..Whose::ANY };
    for (text, undo, redo) in [
        ("a B", "a", None),
        ("a B -B", "a", None),
        ("B", "", None),
        ("a B -a", "", Some("a")),
        ("a b -b C", "a", Some("b")),
        ("a b -b C d", "d", None),
    ] {
        let log = mixed(text);
        let found = to_undo(newest_first(&log), 1, &whose).unwrap();
        let undone: String = found
            .iter()
            .map(|one| match one {
                Undoable::Command(events) => subjects(events),
                Undoable::Import(_) => String::new(),
            })
            .collect();
        assert_eq!(undone, undo, "{text}");
        let markers = to_redo(newest_first(&log), &whose).unwrap();
        assert_eq!(markers.as_deref().map(subjects).as_deref(), redo, "{text}");
    }
    // Of all, the newest.
    assert_eq!(commands(newest_first(&mixed("a B")), 1).len(), 1);
    assert_eq!(subjects(&commands(newest_first(&mixed("a B")), 1)[0]), "B");
}

#[test]
fn an_import_is_a_command_in_its_place() {
    let own = [Uuid::nil()];
    let log = mixed("a C D b");
    let id = |name: char| Uuid::from_u128(u128::from(u32::from(name)));
    let import = |after, undone_by| Import {
        number: 1,
        at: DateTime::UNIX_EPOCH,
        after,
        file: "f".to_owned(),
        events: 2,
        undone_by,
    };
    let names = |import: &Import| {
        let imports = [import.clone()];
        let came = |event| event == id('C') || event == id('D');
        let whose = Whose { devices: Some(&own), imports: &imports, came: &came, ..Whose::ANY };
        let found = to_undo(newest_first(&log), 5, &whose).unwrap();
        let name = |one: Undoable| match one {
            Undoable::Command(events) => subjects(&events),
            Undoable::Import(import) => import.file,
        };
        found.into_iter().map(name).collect::<Vec<_>>()
    };
    assert_eq!(names(&import(id('a'), None)), ["b", "f", "a"]);
    assert_eq!(names(&import(id('b'), None)), ["f", "b", "a"]);
    assert_eq!(names(&import(Uuid::nil(), None)), ["b", "a", "f"]);
    assert_eq!(names(&import(id('b'), Some(Uuid::nil()))), ["b", "a"]);
}

#[test]
fn undo_takes_the_newest_that_counts() {
    for (text, expected) in [
        ("", &[][..]),
        ("a", &["a"]),
        ("a bc d", &["d", "bc", "a"]),
        ("a bc -bc", &["a"]),
        ("a bc -bc +bc", &["bc", "a"]),
        ("a -a", &[]),
        ("a b -b -a", &[]),
        ("a b -b -a +a", &["a"]),
        ("a b -b -a +a +b", &["b", "a"]),
        ("a b -b c", &["c", "a"]),
        ("a -a b -b +b -b", &[]),
    ] {
        let log = log(text);
        for most in 0..4 {
            let commands = commands(newest_first(&log), most);
            let found: Vec<String> = commands.iter().map(|command| subjects(command)).collect();
            let expected: Vec<&str> = expected.iter().copied().take(most).collect();
            assert_eq!(found, expected, "{text}, at most {most}");
        }
    }
}

#[test]
fn redo_brings_back_what_was_taken_back_last() {
    for (text, expected) in [
        ("", None),
        ("a", None),
        ("a -a", Some("a")),
        ("a bc -bc", Some("bc")),
        ("a bc -bc -a", Some("a")),
        ("a bc -bc -a +a", Some("bc")),
        ("a b -b -a +a +b", None),
        ("a b -b -a +a -a", Some("a")),
        ("a -a b", None),
        ("a -a b -b", Some("b")),
        ("a -a b -b +b", None),
        ("a b -b -a +a c", None),
        ("a b -b -a +a c -c +c", None),
    ] {
        let log = log(text);
        let markers = to_redo(newest_first(&log), &Whose::ANY).unwrap();
        assert_eq!(markers.as_deref().map(subjects).as_deref(), expected, "{text}");
    }
}

#[test]
fn markers_name_the_events_in_their_order() {
    let undo = undo_entries(&log("ab"));
    let redo = redo_entries(&log("a b -ab"));
    let named = |entries: &[NewEvent]| -> Vec<Option<Uuid>> {
        entries.iter().map(NewEvent::marker_of).collect()
    };
    let ids: Vec<Option<Uuid>> = log("ab").iter().map(|event| Some(event.id)).collect();
    assert_eq!((named(&undo), named(&redo)), (ids.clone(), ids));
    assert_eq!(undo[0].action(), "undone");
    assert_eq!(redo[0].action(), "redone");
    assert_eq!(redo_entries(&log("ab")), [], "what is no marker brings nothing back");
}

#[test]
fn the_log_is_read_no_further_than_needed() {
    let log = log("a b c d -d");
    let stops_after = |count: usize| {
        log.iter().rev().enumerate().map(move |(at, event)| {
            if at < count { Ok(event.clone()) } else { Err("read too far") }
        })
    };
    // One event of the next command has to be seen to know that the command is whole.
    assert!(to_undo(stops_after(4), 1, &Whose::ANY).is_ok());
    assert!(to_undo(stops_after(1), 1, &Whose::ANY).is_err(), "an error of the log is an error");
    assert!(to_redo(stops_after(2), &Whose::ANY).is_ok());
    assert!(to_redo(stops_after(0), &Whose::ANY).is_err());
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn it_is_two_stacks(world in worlds(), steps in numbers(150), most in 0..4_usize) {
        // Which commands undo would take back, and redo would bring back: the newest last.
        let mut undoable: Vec<Vec<Event>> = Vec::new();
        let mut redoable: Vec<Vec<Event>> = Vec::new();
        let mut log = Log::default();
        let mut choices = Choices::new(&steps);
        while choices.has_more() {
            let from = log.events.len();
            let step = Step::new(&world, &log.standing, &mut choices);
            step.clone().run(&mut log);
            match step {
                Step::Change(..) | Step::Remove(_) if log.events.len() == from => {}
                Step::Change(..) | Step::Remove(_) => {
                    undoable.push(log.events[from..].to_vec());
                    redoable.clear();
                }
                Step::Undo => redoable.extend(undoable.pop()),
                Step::Redo => undoable.extend(redoable.pop()),
            }
            let expected: Vec<Vec<Event>> = undoable.iter().rev().take(most).cloned().collect();
            prop_assert_eq!(commands(log.newest_first(), most), expected);
            let markers = to_redo(log.newest_first(), &Whose::ANY).unwrap();
            let brought: Option<Vec<Uuid>> =
                markers.map(|markers| redo_entries(&markers).iter().filter_map(NewEvent::marker_of).collect());
            let expected: Option<Vec<Uuid>> =
                redoable.last().map(|events| events.iter().map(|event| event.id).collect());
            prop_assert_eq!(brought, expected);
        }
    }

    #[test]
    fn read_backwards_each_event_counts_as_the_newest_marker_says(
        world in worlds(),
        steps in numbers(150),
    ) {
        let mut log = Log::default();
        let mut choices = Choices::new(&steps);
        while choices.has_more() {
            Step::new(&world, &log.standing, &mut choices).run(&mut log);
        }
        let mut backwards = Backwards::default();
        let undone: Vec<bool> =
            log.events.iter().rev().map(|event| backwards.is_undone(event)).collect();
        for (event, undone) in log.events.iter().rev().zip(undone) {
            let newest = log.events.iter().rev().find(|one| one.entry.marker_of() == Some(event.id));
            let expected = newest.is_some_and(|marker| marker.entry.action() == "undone");
            prop_assert_eq!(undone, expected);
        }
    }
}
