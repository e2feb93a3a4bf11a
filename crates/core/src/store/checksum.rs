//! What is kept over an event and its place, by which a change is found.

use uuid::Uuid;
use xxhash_rust::xxh3::Xxh3;

use crate::model::event::Event;

/// Over an event and its place in this log: its number, the event before it on its subject, and its
/// label, if it has one.
pub(super) fn position_checksum(
    seq: i64,
    prev: Option<i64>,
    checksum_of_event: i64,
    ord: Option<Uuid>,
) -> i64 {
    let (seq, prev) = (seq.to_be_bytes(), prev.map(i64::to_be_bytes));
    let prev = prev.as_ref().map_or(&[][..], |prev| prev);
    let event = checksum_of_event.to_be_bytes();
    match &ord {
        Some(ord) => checksum(&[&seq, prev, &event, ord.as_bytes()]),
        None => checksum(&[&seq, prev, &event]),
    }
}

/// Over a device that the record is or was, and its place among them.
pub(super) fn seal_of_device(n: i64, device: Uuid) -> i64 {
    checksum(&[&n.to_be_bytes(), device.as_bytes()])
}

/// Over what happened: the same wherever the event is kept.
pub(crate) fn checksum_of(event: &Event, payload: &str) -> i64 {
    checksum(&[
        event.id.as_bytes(),
        event.device.as_bytes(),
        event.command.as_bytes(),
        &event.at.timestamp_millis().to_be_bytes(),
        event.on.to_string().as_bytes(),
        event.entry.subject.as_str().as_bytes(),
        event.entry.action().as_bytes(),
        payload.as_bytes(),
    ])
}

/// XXH3 with 64 bits over the fields, each after its length.
pub(super) fn checksum(fields: &[&[u8]]) -> i64 {
    let mut hash = Xxh3::new();
    for field in fields {
        hash.update(&(field.len() as u64).to_be_bytes());
        hash.update(field);
    }
    i64::from_be_bytes(hash.digest().to_be_bytes())
}
