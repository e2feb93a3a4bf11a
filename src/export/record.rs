//! The whole record as JSON, and back: the log with everything that makes a record equal to it. The
//! standing is not in it, for it follows from the log.
//!
//! One event stands on one line, so that two exports can be compared line by line. Each carries its
//! checksum; whoever takes it up computes it again. The number of the form is that of the tables, so
//! it grows with all that an event can say; the older forms are read.

use chrono::{DateTime, NaiveDate, Utc};
use serde::ser::SerializeSeq;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;
use uuid::Uuid;

use crate::error::{Code, Error, Result};
use crate::model::event::{Entry, Event, Recorded};
use crate::model::order::Labels;
use crate::text::{json, safe};

/// The first form whose events say where they stand. Those of an older one stand as they do in the
/// file, and get their labels by that, as the record itself does when it is brought up.
const FIRST_IN_ORDER: u32 = 6;

/// How a problem with an event begins; its id follows.
const EVENT: &str = "event ";

/// How a file of SQLite begins.
const SQLITE: &[u8] = b"SQLite format 3\0";

/// A whole log.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The device that the record belongs to.
    pub device: Uuid,
    /// What names its machine; none where that is not known.
    pub machine: Option<Uuid>,
    /// All events, oldest first.
    pub events: Vec<Recorded>,
}

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
struct Lines<'a>(&'a [Recorded]);

impl Serialize for Lines<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
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
    events: Vec<Taken>,
}

/// An event out of its line.
#[derive(Deserialize)]
#[serde(try_from = "Line")]
struct Taken(Recorded);

/// What is looked at to say what a file is.
#[derive(Deserialize)]
struct Head {
    command: Option<Value>,
    record: Option<Value>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: Uuid,
    device: Uuid,
    command: Uuid,
    at: DateTime<Utc>,
    on: NaiveDate,
    #[serde(rename = "ref")]
    reference: String,
    action: String,
    /// As JSON; as its text where another version of the program wrote it in another way.
    payload: Value,
    /// Sixteen hexadecimal digits: as a number, many a program would round it.
    checksum: String,
    /// The label of an event that is older than ids which say their order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ord: Option<Uuid>,
}

/// The log as one JSON document, in the form with this number.
///
/// # Errors
/// A value has no JSON.
pub fn render(record: &Record, form: u32) -> Result<String> {
    let Record { device, machine, ref events } = *record;
    let written = Written { record: form, device, machine, events: Lines(events) };
    json::document_in_rows("export", &written)
        .map_err(|error| Error::new(Code::Internal, format!("no JSON can be made: {error}")))
}

impl Line {
    fn of(recorded: &Recorded) -> serde_json::Result<Self> {
        let Recorded { event, payload, checksum, ord } = recorded;
        let as_now = event.entry.payload().is_ok_and(|written| written == *payload);
        Ok(Self {
            id: event.id,
            device: event.device,
            command: event.command,
            at: event.at,
            on: event.on,
            reference: event.entry.subject.as_str().to_owned(),
            action: event.entry.action().to_owned(),
            payload: if as_now {
                serde_json::from_str(payload)?
            } else {
                Value::String(payload.clone())
            },
            checksum: format!("{:016x}", checksum.cast_unsigned()),
            ord: *ord,
        })
    }
}

/// Reads what [`render`] wrote, up to the form with this number. The checksums are carried over, not
/// looked at.
///
/// # Errors
/// A sentence that begins with the name of the file: it is something else, or damaged, or was
/// written by a newer version.
pub fn read(name: &str, bytes: &[u8], newest: u32) -> Result<Record> {
    let read: Read = serde_json::from_slice(bytes)
        .and_then(|read: Read| {
            // What looks the same may mean something else.
            let known = (1..=newest).contains(&read.record) && read.command == "export";
            if known { Ok(read) } else { Err(serde::de::Error::custom("an unknown form")) }
        })
        .map_err(|error| refusal(name, bytes, newest, &error))?;
    let Read { device, machine, record, events, .. } = read;
    let mut events: Vec<Recorded> = events.into_iter().map(|Taken(event)| event).collect();
    if record < FIRST_IN_ORDER {
        let mut labels = Labels::default();
        for recorded in &mut events {
            recorded.ord = labels.next(recorded.event.at.timestamp_millis());
        }
    }
    Ok(Record { device, machine, events })
}

impl TryFrom<Line> for Taken {
    type Error = String;

    fn try_from(line: Line) -> std::result::Result<Self, String> {
        let id = line.id;
        Self::read(line).map_err(|problem| format!("{EVENT}{id}: {problem}"))
    }
}

impl Taken {
    fn read(line: Line) -> std::result::Result<Self, String> {
        let entry = |payload: &str| {
            Entry::read(&line.reference, &line.action, payload)
                .map_err(|error| safe::short(&error.0, 200))
        };
        let (entry, payload) = match line.payload {
            Value::String(payload) => (entry(&payload)?, payload),
            value => {
                let entry = entry(&value.to_string())?;
                let payload = entry.payload().map_err(|error| error.0)?;
                (entry, payload)
            }
        };
        let digits = &line.checksum;
        let hexadecimal = digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        let checksum = u64::from_str_radix(digits, 16).ok().filter(|_| hexadecimal);
        let checksum = checksum.ok_or("its checksum is not 16 hexadecimal digits")?.cast_signed();
        let at = DateTime::from_timestamp_millis(line.at.timestamp_millis());
        let event = Event {
            id: line.id,
            device: line.device,
            command: line.command,
            at: at.unwrap_or(line.at),
            on: line.on,
            entry,
        };
        Ok(Self(Recorded { event, payload, checksum, ord: line.ord }))
    }
}

/// Why a file cannot be read, by what it is.
fn refusal(name: &str, bytes: &[u8], newest: u32, error: &serde_json::Error) -> Error {
    const WRITE: &str = "`milepost export --format json --full` writes what can be imported";
    if bytes.starts_with(SQLITE) {
        return Error::new(
            Code::InvalidFile,
            format!("{name} is a SQLite database, not an export of a record"),
        )
        .hint("`milepost restore FILE` puts a backup in the place of the record");
    }
    if let Ok(head) = serde_json::from_slice::<Head>(bytes) {
        match (head.record.as_ref().map(Value::as_u64), &head.command) {
            (Some(Some(version)), _) if version > u64::from(newest) => {
                return Error::new(
                    Code::NewerFile,
                    format!(
                        "{name} was written by a newer milepost (record {version}, this one knows \
                     {newest})"
                    ),
                )
                .hint("install the newer version");
            }
            (Some(_), _) => {}
            (None, Some(Value::String(command))) if command == "export" => {
                return Error::new(Code::InvalidFile, format!(
                    "{name} is a portfolio: it says how things stand, but not what happened, so \
                     no record can be made of it"
                ))
                .hint(WRITE);
            }
            (None, _) => {
                return Error::new(
                    Code::InvalidFile,
                    format!("{name} is not an export of a record"),
                )
                .hint(WRITE);
            }
        }
    }
    let (line, column) = (error.line(), error.column());
    let said = error.to_string();
    let place = format!(" at line {line} column {column}");
    let what = safe::short(said.strip_suffix(&place).unwrap_or(&said), 200);
    // What is said of a whole event has no place in a line, and names the event.
    let place =
        if what.starts_with(EVENT) { name.to_owned() } else { format!("{name}:{line}:{column}") };
    Error::new(Code::InvalidFile, format!("{place}: {what}")).hint(WRITE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        let payload = r#"{"v":1,"title":"T\u007fü","note":"a\nb","evidence":["e"],"known":true}"#;
        let entry = Entry::read("a/x", "done", payload).unwrap();
        let event = |n: u128, entry: Entry| Event {
            id: Uuid::from_u128(n),
            device: Uuid::from_u128(9),
            command: Uuid::from_u128(8),
            at: DateTime::from_timestamp_millis(1_700_000_000_123).unwrap(),
            on: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
            entry,
        };
        let written = entry.payload().unwrap();
        let old = r#"{ "v": 1 }"#;
        let other = Entry::read("a", "stopped", old).unwrap();
        Record {
            device: Uuid::from_u128(9),
            machine: Some(Uuid::from_u128(5)),
            events: vec![
                Recorded {
                    event: event(1, entry),
                    payload: written,
                    checksum: -1,
                    ord: Some(Uuid::from_u128(3)),
                },
                Recorded {
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

    fn render(record: &Record) -> Result<String> {
        super::render(record, FORM)
    }

    fn read(name: &str, bytes: &[u8]) -> Result<Record> {
        super::read(name, bytes, FORM)
    }

    #[test]
    fn what_is_written_is_read_back_to_the_letter() {
        let text = render(&record()).unwrap();
        assert_eq!(read("x", text.as_bytes()).unwrap(), record());
        assert_eq!(text.lines().count(), 11, "one event a line: {text}");
        assert!(text.starts_with("{\n  \"schema\": 1,\n  \"command\": \"export\",\n"), "{text}");
        assert!(text.contains(r#""checksum":"ffffffffffffffff""#), "{text}");
        assert!(text.contains(r#""payload":"{ \"v\": 1 }""#), "verbatim: {text}");
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'));
        // Laid out by another program, it is the same.
        let other: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read("x", other.to_string().as_bytes()).unwrap(), record());
    }

    #[test]
    fn an_empty_log_has_a_form_too() {
        let empty = Record { device: Uuid::nil(), machine: None, events: Vec::new() };
        let text = render(&empty).unwrap();
        assert_eq!(read("x", text.as_bytes()).unwrap(), empty);
    }

    #[test]
    fn the_events_of_an_older_form_stand_as_they_do_in_the_file() {
        let text = super::render(&record(), 2).unwrap();
        let labels = |text: &str| -> Vec<Option<String>> {
            let read = read("x", text.as_bytes()).unwrap();
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
        for (text, words) in [
            (
                r#"{"schema":1,"command":"export","owner":null,"paths":[]}"#.to_owned(),
                "a portfolio",
            ),
            (r#"{"schema":1,"command":"status"}"#.to_owned(), "not an export of a record"),
            ("{}".to_owned(), "not an export of a record"),
            ("SQLite format 3\0...".to_owned(), "a SQLite database"),
            (
                whole.replace("\"record\": 9", "\"record\": 10, \"more\": {}"),
                "newer milepost (record 10, this one knows 9)",
            ),
            (whole.replace("\"record\": 9", "\"record\": 10"), "newer milepost (record 10"),
            (whole.replace("\"record\": 9", "\"record\": 0"), "an unknown form"),
            (whole.replace("\"export\"", "\"import\""), "an unknown form"),
            (whole.replace("\"record\": 9", "\"record\": \"x\""), "x:4:"),
            (whole.replace("\"device\": ", "\"mood\": 1, \"device\": "), "unknown field `mood`"),
            (whole.replace("\"on\":", "\"off\":"), "x:8:"),
            (whole.replace("ffffffffffffffff", "+fffffffffffffff"), "1: its checksum is not"),
            (whole.replace("ffffffffffffffff", ""), "1: its checksum is not"),
            (
                whole.replace("\"v\":1", "\"v\":2"),
                "x: event 00000000-0000-0000-0000-000000000001: payload version 2",
            ),
            (whole.replace("\"done\"", "\"danced\""), "unknown action `danced`"),
            (whole[..whole.len() / 2].to_owned(), "x:8:"),
            (String::new(), "x:1:0: EOF"),
            (whole.replace(r#""{ \"v\": 1 }""#, &"[".repeat(100_000)), "recursion limit"),
        ] {
            let error = read("x", text.as_bytes()).unwrap_err();
            assert!(error.message().starts_with("x"), "{error}");
            assert!(error.message().contains(words), "{words}: {error}");
            assert!(!error.hints().is_empty(), "{error}");
        }
    }
}
