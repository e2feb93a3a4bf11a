//! The serial form of an event: what is read is written again as the same.

use milepost_core::internals::event::NewEvent;

/// Reads three lines: subject, action, payload.
pub fn run(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let mut lines = text.splitn(3, '\n');
    let (subject, action) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let payload = lines.next().unwrap_or_default();
    let Ok((entry, by)) = NewEvent::read(subject, action, payload) else {
        return;
    };
    let written = entry.payload(by.as_ref()).expect("what was read can be written");
    let again = NewEvent::read(subject, entry.action(), &written).expect("and read");
    assert_eq!(again, (entry, by));
}
