//! An event as one line of JSON: in an export of the whole record, and in what is shared with other machines.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::model::event::{self, Event, NewEvent, StoredEvent};

/// What is wrong with an event that was written elsewhere.
#[derive(Debug, PartialEq, Eq)]
pub enum EventFault {
    /// What it says cannot be read; what is said of that.
    Entry(String),
    /// Its checksum is not 16 hexadecimal digits.
    Checksum,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Line {
    pub(crate) id: Uuid,
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

impl Line {
    pub(crate) fn of(recorded: &StoredEvent) -> serde_json::Result<Self> {
        let StoredEvent { event, payload, checksum, ord } = recorded;
        let as_now = event.payload().is_ok_and(|written| written == *payload);
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

    pub(crate) fn read(self) -> Result<StoredEvent, EventFault> {
        let unfit = |error: event::Unreadable| EventFault::Entry(error.0);
        let entry =
            |payload: &str| NewEvent::read(&self.reference, &self.action, payload).map_err(unfit);
        let ((entry, by), payload) = match self.payload {
            Value::String(payload) => (entry(&payload)?, payload),
            value => {
                let (entry, by) = entry(&value.to_string())?;
                let payload = entry.payload(by.as_ref()).map_err(unfit)?;
                ((entry, by), payload)
            }
        };
        let digits = &self.checksum;
        let hexadecimal = digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        let checksum = u64::from_str_radix(digits, 16).ok().filter(|_| hexadecimal);
        let checksum = checksum.ok_or(EventFault::Checksum)?.cast_signed();
        let at = DateTime::from_timestamp_millis(self.at.timestamp_millis());
        let event = Event {
            id: self.id,
            device: self.device,
            command: self.command,
            at: at.unwrap_or(self.at),
            on: self.on,
            by,
            entry,
        };
        Ok(StoredEvent { event, payload, checksum, ord: self.ord })
    }
}
