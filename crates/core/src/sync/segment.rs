//! A segment: some events of a log as lines, deflated and sealed.
//!
//! ```text
//! "mlps" | form | cipher | nonce, 24 bytes | sealed: deflated { head \n line \n line \n … } | tag, 16 bytes
//! ```
//!
//! The seal covers the form, the cipher, the log, the stream and the number: a segment that is put in
//! another place does not open. The nonce is a code over all that is sealed, so the same segment seals to
//! the same bytes, and none is ever used for two.

use std::fmt::Write;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::key::{Key, mac};
use super::remote::{MOST_BYTES, Name};
use crate::lines::{EventFault, Line};
use crate::model::event::StoredEvent;
use crate::store::synced::Mark;

/// How each begins.
const MAGIC: &[u8; 4] = b"mlps";

/// The form of what is sealed.
const FORM: u8 = 1;

/// XChaCha20-Poly1305.
const CIPHER: u8 = 1;

/// Magic, form and cipher.
const PREFIX: usize = MAGIC.len() + 2;

const NONCE: usize = 24;

/// How long the lines can be that a reader takes: what is deflated can be a thousand times smaller.
const MOST_TEXT: usize = 8 << 20;

/// A writer ends a segment here, unless a single event is longer.
const ENOUGH_TEXT: usize = 3 << 19;

/// The next one takes twice as long and gains three bytes in a thousand.
const LEVEL: u8 = 5;

/// Why a segment is not taken.
#[derive(Debug, PartialEq, Eq)]
pub enum Fault {
    /// It was listed, and is not there or cannot be read.
    Missing,
    /// It is not what its name says: half of it, or something else.
    Torn,
    /// It does not open with the key: somebody without the key made it.
    Sealed,
    /// A newer version wrote it.
    Newer,
    /// It opens, but is not a segment: what is wrong.
    Damaged(String),
    /// An event is not as it was recorded, or leaves no room for others after it.
    Event(Uuid),
    /// An event is here with another content.
    TwoFacts(Uuid),
}

/// What is said before the lines.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    /// The number of the form of an event: that of an export of that version.
    record: u32,
    /// What its machine is called, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    machine: Option<String>,
}

/// A segment that was opened.
#[derive(Debug, PartialEq)]
pub(super) struct Opened {
    /// What its machine is called, for people.
    pub(super) machine: Option<String>,
    /// What it holds.
    pub(super) events: Vec<StoredEvent>,
    /// How long its lines are.
    pub(super) length: usize,
}

/// Seals and opens the segments of a log.
pub(super) struct Seal {
    log: Uuid,
    cipher: XChaCha20Poly1305,
    nonces: [u8; 32],
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.debug_struct("Seal").field("log", &self.log).finish_non_exhaustive()
    }
}

impl Seal {
    /// For the segments of a log.
    pub(super) fn new(log: Uuid, key: &Key) -> Self {
        let cipher = XChaCha20Poly1305::new(&key.derived("seal").into());
        Self { log, cipher, nonces: key.derived("nonce") }
    }

    fn about(&self, stream: Uuid, number: u64) -> Vec<u8> {
        let [a, b, c, d] = *MAGIC;
        let prefix = [a, b, c, d, FORM, CIPHER];
        let number = number.to_be_bytes();
        [&prefix[..], self.log.as_bytes(), stream.as_bytes(), &number].concat()
    }

    pub(super) fn seal(&self, stream: Uuid, number: u64, text: &str) -> Option<(Name, Vec<u8>)> {
        self.seal_deflated(stream, number, &compress_to_vec(text.as_bytes(), LEVEL))
    }

    pub(super) fn seal_deflated(
        &self,
        stream: Uuid,
        number: u64,
        deflated: &[u8],
    ) -> Option<(Name, Vec<u8>)> {
        let about = self.about(stream, number);
        let code = mac(&self.nonces, &[&about, deflated]);
        let nonce = XNonce::try_from(code.get(..NONCE)?).ok()?;
        let sealed = self.cipher.encrypt(&nonce, Payload { msg: deflated, aad: &about }).ok()?;
        let sealed = [about.get(..PREFIX)?, &nonce, &sealed].concat();
        Some((Name::of(stream, number, &sealed), sealed))
    }

    /// Opens a segment that was got under a name.
    ///
    /// # Errors
    /// What keeps it from being taken. What it says is taken for no more than what can be read: whether its
    /// events fit here is looked at later.
    pub(super) fn open(
        &self,
        name: &Name,
        found: Option<&[u8]>,
        newest: u32,
    ) -> Result<Opened, Fault> {
        let sealed = found.ok_or(Fault::Missing)?;
        if sealed.len() > MOST_BYTES || !name.is_of(sealed) {
            return Err(Fault::Torn);
        }
        let about = self.about(name.stream, name.number);
        match sealed.split_at_checked(PREFIX) {
            Some((prefix, _)) if Some(prefix) == about.get(..PREFIX) => {}
            Some((prefix, _)) if prefix.starts_with(MAGIC) => return Err(Fault::Newer),
            _ => return Err(Fault::Sealed),
        }
        let nonce =
            sealed.get(PREFIX..PREFIX + NONCE).and_then(|nonce| XNonce::try_from(nonce).ok());
        let (Some(nonce), Some(msg)) = (nonce, sealed.get(PREFIX + NONCE..)) else {
            return Err(Fault::Sealed);
        };
        let deflated = self.cipher.decrypt(&nonce, Payload { msg, aad: &about });
        let deflated = deflated.ok().ok_or(Fault::Sealed)?;
        let text = decompress_to_vec_with_limit(&deflated, MOST_TEXT)
            .map_err(|error| Fault::Damaged(format!("{:?}", error.status)))?;
        read(&text, newest)
    }
}

/// Reads what [`Cut`] wrote. Only milepost has the key, so what cannot be read and says that it is newer
/// really is.
fn read(text: &[u8], newest: u32) -> Result<Opened, Fault> {
    let text = std::str::from_utf8(text).map_err(|error| Fault::Damaged(error.to_string()))?;
    let (head, lines) = text.split_once('\n').unwrap_or((text, ""));
    let head: Head =
        serde_json::from_str(head).map_err(|error| Fault::Damaged(error.to_string()))?;
    let unread = |what: String| {
        if head.record > newest { Fault::Newer } else { Fault::Damaged(what) }
    };
    let mut events = Vec::new();
    for line in lines.lines() {
        let line: Line = serde_json::from_str(line).map_err(|error| unread(error.to_string()))?;
        let id = line.id;
        events.push(line.read().map_err(|fault| match fault {
            EventFault::Entry(what) => unread(what),
            EventFault::Checksum => Fault::Event(id),
        })?);
    }
    Ok(Opened { machine: head.machine, events, length: text.len() })
}

/// A segment to be put, with the events that it holds.
#[derive(Debug)]
pub(super) struct Sealed {
    /// Its name.
    pub(super) name: Name,
    /// Its sealed bytes.
    pub(super) bytes: Vec<u8>,
    /// Its events.
    pub(super) events: Vec<Mark>,
}

/// Cuts events into segments.
#[derive(Debug)]
pub(super) struct Cut<'a> {
    seal: &'a Seal,
    stream: Uuid,
    /// The number of the last segment so far.
    number: u64,
    head: String,
    lines: Vec<(Mark, String)>,
    length: usize,
    /// What was cut.
    pub(super) done: Vec<Sealed>,
    /// The events that no segment can hold.
    pub(super) too_long: Vec<Uuid>,
}

impl<'a> Cut<'a> {
    /// For a stream, after its segment with this number.
    pub(super) fn new(
        seal: &'a Seal,
        stream: Uuid,
        number: u64,
        form: u32,
        machine: Option<String>,
    ) -> Self {
        let head = serde_json::to_string(&Head { record: form, machine }).unwrap_or_default();
        let (lines, done, too_long) = Default::default();
        Self { seal, stream, number, head, lines, length: 0, done, too_long }
    }

    /// The number of the last segment so far.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// Adds an event after the others.
    ///
    /// # Errors
    /// It has no JSON.
    pub(super) fn add(&mut self, event: &StoredEvent) -> serde_json::Result<()> {
        let line = serde_json::to_string(&Line::of(event)?)?;
        if self.length + line.len() > ENOUGH_TEXT {
            self.end();
        }
        self.length += line.len() + 1;
        self.lines.push((Mark::of(event), line));
        Ok(())
    }

    /// Ends the segment that is open.
    pub(super) fn end(&mut self) {
        self.length = 0;
        let lines = std::mem::take(&mut self.lines);
        self.put(lines);
    }

    fn put(&mut self, mut lines: Vec<(Mark, String)>) {
        let Some((first, _)) = lines.first() else { return };
        let first = first.event;
        let length: usize = lines.iter().map(|(_, line)| line.len() + 1).sum();
        let mut text = String::with_capacity(self.head.len() + 1 + length);
        text.push_str(&self.head);
        text.push('\n');
        for (_, line) in &lines {
            text.push_str(line);
            text.push('\n');
        }
        let sealed = self.seal.seal(self.stream, self.number + 1, &text);
        let sealed =
            sealed.filter(|(_, bytes)| bytes.len() <= MOST_BYTES && text.len() <= MOST_TEXT);
        match sealed {
            Some((name, bytes)) => {
                self.number += 1;
                let events = lines.into_iter().map(|(mark, _)| mark).collect();
                self.done.push(Sealed { name, bytes, events });
            }
            None if lines.len() == 1 => self.too_long.push(first),
            None => {
                // It says so much that deflating gains little.
                let rest = lines.split_off(lines.len() / 2);
                self.put(lines);
                self.put(rest);
            }
        }
    }
}

/// Bytes as hexadecimal digits.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests;
