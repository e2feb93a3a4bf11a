//! The serial form of an event: an action word and a JSON payload with a version in it.
//!
//! Payloads are read strictly: a field that this program does not know is an error, not something to
//! drop.

use chrono::NaiveDate;
use milepost_path::{HIGHEST, Ref};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Actor, Annotation, Event, EventKind, Goals, Grade, NewEvent, Part, Unreadable};
use crate::model::as_marked::AsMarked;
use crate::model::effort::{DAY, Session};
use crate::model::likeness::Thing;
use crate::model::standing::Status;

/// The version of the payloads that this program writes.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Payload {
    v: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    known: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    target_on: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hours_per_week: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    grade: Option<Grade>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    event: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    minutes: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<u32>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    begins: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    dated: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    part: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    item: Option<Box<AsMarked>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    renamed_from: Option<Ref>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    was: Option<Thing>,
    /// Who made it, if not the learner at the command line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// Of an event whose text was erased, over what is left of it; always the last field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    left: Option<String>,
}

impl Event {
    /// The payload: everything but ids, times, subject and action.
    ///
    /// # Errors
    /// When a number cannot be written as JSON (an infinite number of hours).
    pub(crate) fn payload(&self) -> Result<String, Unreadable> {
        self.entry.payload(self.by.as_ref())
    }
}

impl NewEvent {
    /// The payload: everything but subject and action, and who made it.
    ///
    /// # Errors
    /// When a number cannot be written as JSON (an infinite number of hours).
    pub fn payload(&self, by: Option<&Actor>) -> Result<String, Unreadable> {
        let mut payload = Payload {
            v: VERSION,
            title: self.title.clone(),
            note: None,
            evidence: Vec::new(),
            known: false,
            target_on: None,
            hours_per_week: None,
            role: None,
            level: None,
            grade: None,
            event: self.marker_of(),
            until: None,
            minutes: None,
            from: None,
            begins: false,
            to: None,
            status: None,
            dated: false,
            part: None,
            item: None,
            renamed_from: None,
            was: None,
            by: by.map(|by| by.as_str().to_owned()),
            left: None,
        };
        match &self.fact {
            EventKind::Started(goals) => {
                payload.target_on = goals.target_on;
                payload.hours_per_week = goals.hours_per_week;
                payload.role.clone_from(&goals.role);
            }
            EventKind::Marked { known, item, .. } => {
                payload.known = *known;
                payload.item.clone_from(item);
            }
            EventKind::Corrected { status, dated, known, .. } => {
                payload.status = Some(*status);
                payload.dated = *dated;
                payload.known = *known;
            }
            EventKind::Assessed { level, .. } => payload.level = Some(*level),
            EventKind::Answered { grade } => payload.grade = Some(*grade),
            EventKind::Snoozed(until) => payload.until = *until,
            EventKind::Studied { session, begins, .. } => {
                payload.minutes = Some(session.minutes);
                payload.from = session.from;
                payload.begins = *begins;
            }
            EventKind::Away { to, why } => {
                payload.to = *to;
                payload.note.clone_from(why);
            }
            EventKind::Unnoted(part) | EventKind::Redacted(part) => {
                payload.event = Some(part.event);
                payload.part = Some(part.number);
            }
            EventKind::Renamed(from) => payload.renamed_from = Some(from.clone()),
            EventKind::SetApart(was) => payload.was = Some(was.clone()),
            EventKind::Noted(_)
            | EventKind::Stopped
            | EventKind::Undone(_)
            | EventKind::Redone(_) => {}
        }
        if let Some(remark) = self.remark() {
            payload.note.clone_from(&remark.note);
            payload.evidence.clone_from(&remark.evidence);
        }
        serde_json::to_string(&payload).map_err(|error| Unreadable(error.to_string()))
    }

    /// Reads what [`NewEvent::action`] and [`NewEvent::payload`] wrote, and who made it.
    ///
    /// # Errors
    /// An unknown action, a payload of another version or shape, a marker that names no event.
    pub fn read(
        subject: &str,
        action: &str,
        payload: &str,
    ) -> Result<(Self, Option<Actor>), Unreadable> {
        let payload: Payload =
            serde_json::from_str(payload).map_err(|error| Unreadable(error.to_string()))?;
        if payload.v != VERSION {
            return Err(Unreadable(format!("payload version {} is not known", payload.v)));
        }
        let by = match payload.by {
            Some(by) => Some(
                Actor::parse(&by).ok_or_else(|| Unreadable(format!("`{action}` names nobody")))?,
            ),
            None => None,
        };
        let remark = Annotation { note: payload.note, evidence: payload.evidence };
        let event = payload.event;
        let marker = || event.ok_or_else(|| Unreadable(format!("`{action}` names no event")));
        let fact = match action {
            "started" => EventKind::Started(Goals {
                target_on: payload.target_on,
                hours_per_week: payload.hours_per_week,
                role: payload.role,
            }),
            "stopped" => EventKind::Stopped,
            "corrected" => match payload.status {
                Some(status) => {
                    let (dated, known) = (payload.dated, payload.known);
                    EventKind::Corrected { status, dated, known, remark }
                }
                None => return Err(Unreadable("`corrected` names no status".to_owned())),
            },
            "noted" => EventKind::Noted(remark),
            "unnoted" | "redacted" => match payload.part {
                Some(number) if action == "unnoted" => {
                    EventKind::Unnoted(Part { event: marker()?, number })
                }
                Some(number) => EventKind::Redacted(Part { event: marker()?, number }),
                None => return Err(Unreadable(format!("`{action}` names no text"))),
            },
            "snoozed" => EventKind::Snoozed(payload.until),
            "assessed" => match payload.level.filter(|level| usize::from(*level) <= HIGHEST) {
                Some(level) => EventKind::Assessed { level, remark },
                None => return Err(Unreadable("`assessed` names no level".to_owned())),
            },
            "answered" => match payload.grade {
                Some(grade) => EventKind::Answered { grade },
                None => return Err(Unreadable("`answered` names no grade".to_owned())),
            },
            "studied" => {
                let minutes = payload.minutes.filter(|minutes| (1..=DAY).contains(minutes));
                let minutes =
                    minutes.ok_or_else(|| Unreadable("`studied` names no minutes".to_owned()))?;
                if payload.from.is_some_and(|from| from >= DAY) {
                    return Err(Unreadable("`studied` names no time of day".to_owned()));
                }
                let session = Session { minutes, from: payload.from };
                EventKind::Studied { session, begins: payload.begins, remark }
            }
            "away" => EventKind::Away { to: payload.to, why: remark.note },
            "renamed" => match payload.renamed_from {
                Some(from) => EventKind::Renamed(from),
                None => return Err(Unreadable("`renamed` names no reference".to_owned())),
            },
            "set_apart" => match payload.was {
                Some(was) => EventKind::SetApart(was),
                None => return Err(Unreadable("`set_apart` names no thing".to_owned())),
            },
            "undone" => EventKind::Undone(marker()?),
            "redone" => EventKind::Redone(marker()?),
            word => match Status::ALL.into_iter().find(|status| status.action() == word) {
                Some(_) if payload.item.as_ref().is_some_and(|item| !item.is_sound()) => {
                    return Err(Unreadable(format!("`{action}` names no item")));
                }
                Some(status) => {
                    EventKind::Marked { status, known: payload.known, remark, item: payload.item }
                }
                None => return Err(Unreadable(format!("unknown action `{word}`"))),
            },
        };
        Ok((Self { subject: Ref::from_text(subject), title: payload.title, fact }, by))
    }
}

/// The payload of an event with one of its texts erased: an empty one stands in its place, so that the
/// others keep their numbers. The checksum of the event is over what was written; so the payload carries
/// another one, over what is left. `None` if there is no such text.
///
/// # Errors
/// The payload cannot be read.
pub(crate) fn erased(
    payload: &str,
    number: u16,
    checksum: impl Fn(&str) -> i64,
) -> Result<Option<String>, Unreadable> {
    let unreadable = |error: serde_json::Error| Unreadable(error.to_string());
    let mut payload: Payload = serde_json::from_str(payload).map_err(unreadable)?;
    let text = match number.checked_sub(1) {
        None => payload.note.as_mut(),
        Some(at) => payload.evidence.get_mut(usize::from(at)),
    };
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    text.clear();
    payload.left = None;
    let left = checksum(&serde_json::to_string(&payload).map_err(unreadable)?);
    payload.left = Some(format!("{:016x}", left.cast_unsigned()));
    serde_json::to_string(&payload).map(Some).map_err(unreadable)
}

/// Whether a payload is what [`erased`] made, and agrees with the checksum that it carries.
pub(crate) fn is_erased(payload: &str, checksum: impl Fn(&str) -> i64) -> bool {
    let Ok(mut payload) = serde_json::from_str::<Payload>(payload) else {
        return false;
    };
    payload.left.take().is_some_and(|left| {
        serde_json::to_string(&payload)
            .is_ok_and(|rest| format!("{:016x}", checksum(&rest).cast_unsigned()) == left)
    })
}

/// Whether a payload has a text with this number.
pub(crate) fn has_text(payload: &str, number: u16) -> bool {
    erased(payload, number, |_| 0).is_ok_and(|erased| erased.is_some())
}
