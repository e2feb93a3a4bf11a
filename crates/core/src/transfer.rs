//! The whole record as JSON, and back: the log with everything that makes a record equal to it. The
//! standing is not in it, for it follows from the log.
//!
//! One event stands on one line, so that two exports can be compared line by line. Each carries its
//! checksum; the reader computes it again. The number of the form is that of the tables, so
//! it grows with all that an event can say; the older forms are read.

use std::fmt;

use serde::de::{IgnoredAny, SeqAccess, Visitor};
use serde::ser::SerializeSeq;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use uuid::Uuid;

use crate::json;
use crate::lines::{EventFault, Line};
use crate::model::event::StoredEvent;
use crate::model::order::Labels;
pub use crate::report::record::Record;
use crate::report::record::Unreadable;

/// The first form whose events say where they stand. Those of an older one stand as they do in the
/// file, and get their labels by that, as the record itself does when it is brought up.
const FIRST_IN_ORDER: u32 = 6;

/// How a file of SQLite begins.
const SQLITE: &[u8] = b"SQLite format 3\0";

#[derive(Serialize)]
struct Written<'a> {
    /// The version of this form; a portfolio has none.
    record: u32,
    device: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    machine: Option<Uuid>,
    events: Lines<'a>,
}

/// Each event is turned into its line as it is written: all at once would be many times the file.
struct Lines<'a>(&'a [StoredEvent]);

impl Serialize for Lines<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut lines = to.serialize_seq(Some(self.0.len()))?;
        for recorded in self.0 {
            lines.serialize_element(&Line::of(recorded).map_err(serde::ser::Error::custom)?)?;
        }
        lines.end()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    #[serde(rename = "schema")]
    _schema: u32,
    command: String,
    record: u32,
    device: Uuid,
    machine: Option<Uuid>,
    events: Taken,
}

/// The events, or what is wrong with the first that cannot be taken. Each line is made an event as soon
/// as it is read: all at once would be many times the file.
struct Taken(Result<Vec<StoredEvent>, (Uuid, EventFault)>);

impl<'de> Deserialize<'de> for Taken {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Each;

        impl<'de> Visitor<'de> for Each {
            type Value = Taken;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("a sequence")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut lines: A) -> Result<Taken, A::Error> {
                let mut events = Vec::new();
                while let Some(line) = lines.next_element::<Line>()? {
                    let id = line.id;
                    match line.read() {
                        Ok(event) => events.push(event),
                        Err(fault) => {
                            while lines.next_element::<IgnoredAny>()?.is_some() {}
                            return Ok(Taken(Err((id, fault))));
                        }
                    }
                }
                Ok(Taken(Ok(events)))
            }
        }

        from.deserialize_seq(Each)
    }
}

/// What is looked at to say what a file is.
#[derive(Deserialize)]
struct Head {
    command: Option<Value>,
    record: Option<Value>,
}

/// The log as one JSON document, in the form with this number.
///
/// # Errors
/// A value has no JSON.
pub fn render(record: &Record, form: u32) -> serde_json::Result<String> {
    let Record { device, machine, ref events } = *record;
    let written = Written { record: form, device, machine, events: Lines(events) };
    json::document_in_rows("export", &written)
}

/// Reads what [`render`] wrote, up to the form with this number. The checksums are carried over, not
/// looked at.
///
/// # Errors
/// It is something else, or damaged, or was written by a newer version.
pub fn read(bytes: &[u8], newest: u32) -> Result<Record, Unreadable> {
    let read: Read = serde_json::from_slice(bytes)
        .and_then(|read: Read| {
            // What looks the same might mean something else.
            let known = (1..=newest).contains(&read.record) && read.command == "export";
            if known { Ok(read) } else { Err(serde::de::Error::custom("an unknown form")) }
        })
        .map_err(|error| unreadable(bytes, newest, &error))?;
    let Read { device, machine, record, events: Taken(events), .. } = read;
    let mut events = events.map_err(|(id, fault)| Unreadable::Event(id, fault))?;
    if record < FIRST_IN_ORDER {
        let mut labels = Labels::default();
        for recorded in &mut events {
            recorded.ord = labels.next(recorded.event.at.timestamp_millis());
        }
    }
    Ok(Record { device, machine, events })
}

/// Why a file cannot be read, by what it is.
fn unreadable(bytes: &[u8], newest: u32, error: &serde_json::Error) -> Unreadable {
    if bytes.starts_with(SQLITE) {
        return Unreadable::Sqlite;
    }
    if let Ok(head) = serde_json::from_slice::<Head>(bytes) {
        match (head.record.as_ref().map(Value::as_u64), &head.command) {
            (Some(Some(form)), _) if form > u64::from(newest) => {
                return Unreadable::Newer { form, newest };
            }
            (Some(_), _) => {}
            (None, Some(Value::String(command))) if command == "export" => {
                return Unreadable::Portfolio;
            }
            (None, _) => return Unreadable::Other,
        }
    }
    let (line, column) = (error.line(), error.column());
    let said = error.to_string();
    let place = format!(" at line {line} column {column}");
    let what = said.strip_suffix(&place).unwrap_or(&said).to_owned();
    Unreadable::Damaged { line, column, what }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate};

    use super::*;
    use crate::model::event::{Actor, Event, NewEvent};

    fn record() -> Record {
        let payload = r#"{"v":1,"title":"T\u007fü","note":"a\nb","evidence":["e"],"known":true}"#;
        let (entry, _) = NewEvent::read("a/x", "done", payload).unwrap();
        let event = |n: u128, entry: NewEvent| Event {
            id: Uuid::from_u128(n),
            device: Uuid::from_u128(9),
            command: Uuid::from_u128(8),
            at: DateTime::from_timestamp_millis(1_700_000_000_123).unwrap(),
            on: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
            by: None,
            entry,
        };
        let written = entry.payload(None).unwrap();
        let old = r#"{ "v": 1 }"#;
        let (other, _) = NewEvent::read("a", "stopped", old).unwrap();
        Record {
            device: Uuid::from_u128(9),
            machine: Some(Uuid::from_u128(5)),
            events: vec![
                StoredEvent {
                    event: event(1, entry),
                    payload: written,
                    checksum: -1,
                    ord: Some(Uuid::from_u128(3)),
                },
                StoredEvent {
                    event: event(2, other),
                    payload: old.to_owned(),
                    checksum: 7,
                    ord: None,
                },
            ],
        }
    }

    /// A form that is newer than all that differ.
    const FORM: u32 = 9;

    fn render(record: &Record) -> serde_json::Result<String> {
        super::render(record, FORM)
    }

    fn read(bytes: &[u8]) -> Result<Record, Unreadable> {
        super::read(bytes, FORM)
    }

    #[test]
    fn who_made_an_event_comes_along() {
        let mut record = record();
        let one = record.events.first_mut().unwrap();
        one.event.by = Some(Actor::claimed("mcp", "someone"));
        one.payload = one.event.payload().unwrap();
        let text = render(&record).unwrap();
        assert!(
            text.contains(r#""payload":{"by":"mcp:someone","evidence":["e"]"#),
            "as JSON: {text}"
        );
        assert_eq!(read(text.as_bytes()).unwrap(), record);
        let hidden = text.replace("mcp:someone", "mcp:\u{200b}someone");
        let why = format!("{:?}", read(hidden.as_bytes()).unwrap_err());
        assert!(why.contains("`done` names nobody"), "{why}");
    }

    #[test]
    fn what_is_written_is_read_back_to_the_letter() {
        let text = render(&record()).unwrap();
        assert_eq!(read(text.as_bytes()).unwrap(), record());
        assert_eq!(text.lines().count(), 11, "one event a line: {text}");
        assert!(text.starts_with("{\n  \"schema\": 1,\n  \"command\": \"export\",\n"), "{text}");
        assert!(text.contains(r#""checksum":"ffffffffffffffff""#), "{text}");
        assert!(text.contains(r#""payload":"{ \"v\": 1 }""#), "verbatim: {text}");
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'));
        // Laid out by another program, it is the same.
        let other: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read(other.to_string().as_bytes()).unwrap(), record());
    }

    #[test]
    fn an_empty_log_has_a_form_too() {
        let empty = Record { device: Uuid::nil(), machine: None, events: Vec::new() };
        let text = render(&empty).unwrap();
        assert_eq!(read(text.as_bytes()).unwrap(), empty);
    }

    #[test]
    fn the_events_of_an_older_form_stand_as_they_do_in_the_file() {
        let text = super::render(&record(), 2).unwrap();
        let labels = |text: &str| -> Vec<Option<String>> {
            let read = read(text.as_bytes()).unwrap();
            read.events.iter().map(|one| one.ord.map(|ord| ord.to_string())).collect()
        };
        let label = |counter| Some(format!("018bcfe5-687b-7000-8000-{counter:04x}00000000"));
        assert_eq!(labels(&text), [label(0), label(1)]);
        // A label that such a form cannot have says nothing.
        let without = text.replace(",\"ord\":\"00000000-0000-0000-0000-000000000003\"", "");
        assert_ne!(without, text);
        assert_eq!(labels(&without), labels(&text));
    }

    #[test]
    fn what_is_something_else_is_told_as_what_it_is() {
        let whole = render(&record()).unwrap();
        for (text, begins, contains) in [
            (
                r#"{"schema":1,"command":"export","owner":null,"paths":[]}"#.to_owned(),
                "Portfolio",
                "",
            ),
            (r#"{"schema":1,"command":"status"}"#.to_owned(), "Other", ""),
            ("{}".to_owned(), "Other", ""),
            ("SQLite format 3\0...".to_owned(), "Sqlite", ""),
            (
                whole.replace("\"record\": 9", "\"record\": 10, \"more\": {}"),
                "Newer { form: 10, newest: 9 }",
                "",
            ),
            (whole.replace("\"record\": 9", "\"record\": 10"), "Newer { form: 10, newest: 9 }", ""),
            (whole.replace("\"record\": 9", "\"record\": 0"), "Damaged {", "an unknown form"),
            (whole.replace("\"export\"", "\"import\""), "Damaged {", "an unknown form"),
            (whole.replace("\"record\": 9", "\"record\": \"x\""), "Damaged { line: 4, ", ""),
            (
                whole.replace("\"device\": ", "\"mood\": 1, \"device\": "),
                "Damaged {",
                "unknown field `mood`",
            ),
            (whole.replace("\"on\":", "\"off\":"), "Damaged { line: 8, ", ""),
            (
                whole.replace("ffffffffffffffff", "+fffffffffffffff"),
                "Event(00000000-0000-0000-0000-000000000001, Checksum)",
                "",
            ),
            (
                whole.replace("ffffffffffffffff", ""),
                "Event(00000000-0000-0000-0000-000000000001, Checksum)",
                "",
            ),
            (
                whole.replace("\"v\":1", "\"v\":2"),
                "Event(00000000-0000-0000-0000-000000000001, Entry(\"payload version 2",
                "",
            ),
            (whole.replace("\"done\"", "\"danced\""), "Event(", "unknown action `danced`"),
            (whole[..whole.len() / 2].to_owned(), "Damaged { line: 8, ", ""),
            (String::new(), "Damaged { line: 1, column: 0, what: \"EOF", ""),
            (
                whole.replace(r#""{ \"v\": 1 }""#, &"[".repeat(100_000)),
                "Damaged {",
                "recursion limit",
            ),
        ] {
            let why = format!("{:?}", read(text.as_bytes()).unwrap_err());
            assert!(
                why.starts_with(begins) && why.contains(contains),
                "{begins} {contains}: {why}"
            );
        }
    }
}
