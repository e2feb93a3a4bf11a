use std::io::Write as _;

use super::*;
use crate::model::event::{Annotation, EventKind, NewEvent};
use crate::store;
use crate::sync::fixture::Home;

const LOG: Uuid = Uuid::from_u128(1);
const STREAM: Uuid = Uuid::from_u128(2);

fn key() -> Key {
    Key::read(&Key::new().unwrap().show()).unwrap()
}

/// Events with these notes.
fn noted(notes: impl Iterator<Item = String>) -> Vec<StoredEvent> {
    let noted = |note| NewEvent {
        subject: milepost_path::Ref::from_text("a/x"),
        title: None,
        fact: EventKind::Noted(Annotation { note: Some(note), evidence: Vec::new() }),
    };
    let home = Home::new();
    home.append(&notes.map(noted).collect::<Vec<_>>());
    home.log()
}

/// Events with notes that are so long and gain nothing by deflating.
fn events(notes: &[usize]) -> Vec<StoredEvent> {
    let mut chance = 1u64;
    let mut letter = || {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        char::from(b'0' + (chance >> 33) as u8 % 40)
    };
    noted(notes.iter().map(|length| (0..*length).map(|_| letter()).collect()))
}

fn cut<'a>(seal: &'a Seal, events: &[StoredEvent]) -> Cut<'a> {
    let mut cut = Cut::new(seal, STREAM, 0, store::FORM, Some("laptop".to_owned()));
    events.iter().for_each(|one| cut.add(one).unwrap());
    cut.end();
    cut
}

fn opened(seal: &Seal, sealed: &Sealed) -> Result<Opened, Fault> {
    seal.open(&sealed.name, Some(&sealed.bytes), store::FORM)
}

#[test]
fn what_is_sealed_is_opened() {
    let (key, events) = (key(), events(&[5, 10, 3]));
    let seal = Seal::new(LOG, &key);
    let cut = cut(&seal, &events);
    let [sealed] = cut.done.as_slice() else { panic!("{cut:?}") };
    assert_eq!(sealed.name.number, 1);
    let found = opened(&seal, sealed).unwrap();
    assert_eq!((found.machine.as_deref(), &found.events), (Some("laptop"), &events));
    assert_eq!(sealed.events, events.iter().map(Mark::of).collect::<Vec<_>>());
    // The same seals to the same; under another number, in another stream or log it is another.
    assert_eq!(self::cut(&seal, &events).done[0].bytes, sealed.bytes);
    let moved = Name { number: 2, ..sealed.name };
    assert_eq!(seal.open(&moved, Some(&sealed.bytes), store::FORM), Err(Fault::Sealed));
    let moved = Name { stream: LOG, ..sealed.name };
    assert_eq!(seal.open(&moved, Some(&sealed.bytes), store::FORM), Err(Fault::Sealed));
    let other = Seal::new(STREAM, &key);
    assert_eq!(opened(&other, sealed), Err(Fault::Sealed));
    assert_eq!(opened(&Seal::new(LOG, &self::key()), sealed), Err(Fault::Sealed));
    // Nothing that was said is to be seen.
    let text = String::from_utf8_lossy(&sealed.bytes).into_owned();
    assert!(!text.contains("a/x") && !text.contains("laptop"));
}

#[test]
fn each_byte_counts() {
    let seal = Seal::new(LOG, &key());
    let cut = cut(&seal, &events(&[5]));
    let sealed = &cut.done[0];
    for at in 0..sealed.bytes.len() {
        let mut bytes = sealed.bytes.clone();
        bytes[at] ^= 1;
        let found = seal.open(&sealed.name, Some(&bytes), store::FORM);
        assert_eq!(found, Err(Fault::Torn), "{at}");
        // A forger can only give it a matching name.
        let name = Name::of(STREAM, 1, &bytes);
        let expected = if (4..6).contains(&at) { Fault::Newer } else { Fault::Sealed };
        assert_eq!(seal.open(&name, Some(&bytes), store::FORM), Err(expected), "{at}");
        let half = &sealed.bytes[..at];
        let name = Name::of(STREAM, 1, half);
        assert_eq!(seal.open(&name, Some(half), store::FORM), Err(Fault::Sealed), "{at}");
    }
    assert_eq!(seal.open(&sealed.name, None, store::FORM), Err(Fault::Missing));
}

#[test]
fn what_is_long_is_cut() {
    let seal = Seal::new(LOG, &key());
    // What is deflated well ends by its text, and what is not by its bytes.
    for events in [noted((0..28).map(|_| "a".repeat(60_000))), events(&[60_000; 16])] {
        let cut = cut(&seal, &events);
        assert!((2..6).contains(&cut.done.len()), "{}", cut.done.len());
        assert!(cut.too_long.is_empty());
        assert_eq!(cut.number(), cut.done.len() as u64);
        let mut all = Vec::new();
        for sealed in &cut.done {
            assert!(sealed.bytes.len() <= MOST_BYTES);
            all.extend(opened(&seal, sealed).unwrap().events);
        }
        assert_eq!(all, events);
    }
}

#[test]
fn what_no_segment_can_hold_is_named_and_the_rest_is_cut() {
    let seal = Seal::new(LOG, &key());
    let events = events(&[5, 900_000, 5]);
    let cut = cut(&seal, &events);
    assert_eq!(cut.too_long, [events[1].event.id]);
    let there: Vec<Uuid> =
        cut.done.iter().flat_map(|sealed| &sealed.events).map(|mark| mark.event).collect();
    assert_eq!(there, [events[0].event.id, events[2].event.id]);
}

/// As somebody with the key could seal it.
fn forged(seal: &Seal, text: &str) -> Result<Opened, Fault> {
    let (name, bytes) = seal.seal(STREAM, 1, text).unwrap();
    assert!(bytes.len() <= MOST_BYTES);
    seal.open(&name, Some(&bytes), store::FORM)
}

#[test]
fn what_a_newer_version_says_is_not_taken_for_damage() {
    let seal = Seal::new(LOG, &key());
    let line = serde_json::to_string(&Line::of(&events(&[5])[0]).unwrap()).unwrap();
    let (now, next) = (store::FORM, store::FORM + 1);
    let text = |form: u32, line: &str| format!("{{\"record\":{form}}}\n{line}\n");
    assert_eq!(forged(&seal, &text(now, &line)).unwrap().events.len(), 1);
    // A newer one that says nothing new is read.
    let more = format!("{{\"record\":{next},\"mood\":\"good\"}}\n{line}\n");
    assert_eq!(forged(&seal, &more).unwrap().events.len(), 1);
    for other in [
        line.replace("\"noted\"", "\"danced\""),
        line.replace("\"v\":1", "\"v\":2"),
        line.replace("\"v\":1", "\"v\":1,\"mood\":\"good\""),
        line.replace("\"on\":", "\"mood\":1,\"on\":"),
    ] {
        assert_ne!(other, line);
        assert_eq!(forged(&seal, &text(next, &other)), Err(Fault::Newer), "{other}");
        let found = forged(&seal, &text(now, &other));
        assert!(matches!(found, Err(Fault::Damaged(_))), "{found:?}");
    }
    let id = events(&[5])[0].event.id;
    let unsure = line.replace("\"checksum\":\"", "\"checksum\":\"x");
    assert!(matches!(forged(&seal, &text(now, &unsure)), Err(Fault::Event(other)) if other != id));
    for other in ["", "{}", "{\"record\":1", "\u{0}", "[[[[[["] {
        assert!(matches!(forged(&seal, other), Err(Fault::Damaged(_))), "{other}");
    }
    let deep = text(now, &"[".repeat(100_000));
    assert!(matches!(forged(&seal, &deep), Err(Fault::Damaged(_))));
}

#[test]
fn what_is_deflated_a_thousand_times_is_not_inflated() {
    let seal = Seal::new(LOG, &key());
    let mut text = Vec::new();
    text.write_all(b"{\"record\":1}\n").unwrap();
    text.resize(MOST_TEXT + 1, b' ');
    let found = forged(&seal, std::str::from_utf8(&text).unwrap());
    assert!(matches!(found, Err(Fault::Damaged(_))), "{found:?}");
}
