//! What happened: the facts that the log keeps, and their serial form.
//!
//! An event is a fact about one subject (an item, a path that is followed, a skill area that was
//! assessed, an interview question that was answered) and is never changed. Taking something back is an event too: [`EventKind::Undone`] names the event that counts no
//! more, so the state of a subject follows from the events of that subject alone, and two logs can
//! be merged by union.
//!
//! The serial form is an action word and a JSON payload with a version in it. Payloads are read
//! strictly: a field that this program does not know is an error, not something to drop.

use chrono::{DateTime, NaiveDate, Utc};
use milepost_path::{HIGHEST, Ref};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::as_marked::AsMarked;
use super::effort::{DAY, Session};
use super::likeness::Thing;
use super::order::Key;
use super::standing::Status;

/// The version of the payloads that this program writes.
const VERSION: u32 = 1;

/// A fact with everything that was recorded about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its own id, a UUIDv7 that says its place in the log.
    pub id: Uuid,
    /// The device that wrote it.
    pub device: Uuid,
    /// The command that it belongs to: the events of one command are undone together.
    pub command: Uuid,
    /// When it was recorded, to the millisecond.
    pub at: DateTime<Utc>,
    /// The local day that it is for.
    pub on: NaiveDate,
    /// What was recorded.
    pub entry: NewEvent,
}

/// An event in the form in which it is kept and handed on.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredEvent {
    /// The event.
    pub event: Event,
    /// The payload of its entry, to the letter as it was written.
    pub payload: String,
    /// Over the event and that text; the same wherever the event is kept.
    pub checksum: i64,
    /// The label of an event that is older than ids which say their order.
    pub ord: Option<Uuid>,
}

impl StoredEvent {
    /// Where it stands in the log.
    pub fn key(&self) -> Key {
        Key::of(self.event.id, self.ord)
    }
}

/// What an event says, before it is stamped with ids and times.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEvent {
    /// The item, path, skill area or question.
    pub subject: Ref,
    /// The subject's title at that time, so that the record outlives the path file.
    pub title: Option<String>,
    /// What happened to it.
    pub fact: EventKind,
}

/// What happened to a subject.
#[derive(Debug, Clone, PartialEq)]
pub enum EventKind {
    /// A path was followed, or its goals were changed.
    Started(Goals),
    /// A path is no longer followed.
    Stopped,
    /// An item got another status.
    Marked {
        /// The status that it got.
        status: Status,
        /// Credited as already known, not studied now.
        known: bool,
        /// What was said about it.
        remark: Annotation,
        /// What its path made of it then; older events do not say.
        item: Option<Box<AsMarked>>,
    },
    /// The status that an item has was recorded with the wrong day, or without saying that it was known.
    Corrected {
        /// That status: where the item has another one by then, only the remark says something.
        status: Status,
        /// It holds since the day of this event.
        dated: bool,
        /// It is credited as already known.
        known: bool,
        /// What was said with it.
        remark: Annotation,
    },
    /// Something was said about an item.
    Noted(Annotation),
    /// A text that was said of this subject stands no longer.
    Unnoted(Part),
    /// A text that was said of this subject was erased, wherever it is kept.
    Redacted(Part),
    /// An item or topic is left out of plans until this day; none ends it.
    Snoozed(Option<NaiveDate>),
    /// A skill area was assessed.
    Assessed {
        /// The level that one has, 0 to [`career::HIGHEST`](milepost_path::HIGHEST).
        level: u8,
        /// What shows it.
        remark: Annotation,
    },
    /// An interview question was answered.
    Answered {
        /// How well, in the learner's judgement.
        grade: Grade,
    },
    /// An item or a topic was studied for some time.
    Studied {
        /// How long, and when.
        session: Session,
        /// An item that is open is in progress by this; a topic has no status.
        begins: bool,
        /// What was said with it.
        remark: Annotation,
    },
    /// From the day that the subject names on there is no study.
    Away {
        /// The last such day; `None` if there is study after all.
        to: Option<NaiveDate>,
        /// The reason.
        why: Option<String>,
    },
    /// The subject has the record of what was called so before, as a `replaces` of a path file says.
    Renamed(Ref),
    /// What was recorded under this reference up to now belongs to the thing that had it, not to the one
    /// that has it now.
    SetApart(Thing),
    /// The event with this id no longer counts.
    Undone(Uuid),
    /// The event with this id counts again.
    Redone(Uuid),
}

/// One text that was said with an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Part {
    /// The event.
    pub event: Uuid,
    /// 0 is its note; its evidence counts from 1.
    pub number: u16,
}

/// A note and evidence.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Annotation {
    /// The note.
    pub note: Option<String>,
    /// URLs, files or commits that show the item.
    pub evidence: Vec<String>,
}

impl Annotation {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.note.is_none() && self.evidence.is_empty()
    }

    /// Its texts, each with its number as a [`Part`].
    pub fn texts(&self) -> impl Iterator<Item = (u16, &str)> {
        let note = self.note.iter().map(|note| (0, note.as_str()));
        note.chain((1..).zip(self.evidence.iter().map(String::as_str)))
    }
}

/// How well a question was answered. The names are those of spaced repetition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// Not known.
    Again,
    /// Known in part, or with much effort.
    Hard,
    /// Known.
    Good,
    /// Known at once.
    Easy,
}

impl Grade {
    /// All of them, worst first.
    pub const ALL: [Self; 4] = [Self::Again, Self::Hard, Self::Good, Self::Easy];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Again => "again",
            Self::Hard => "hard",
            Self::Good => "good",
            Self::Easy => "easy",
        }
    }

    /// The grade of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grade| grade.as_str() == word)
    }
}

/// What one aims at with a path.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Goals {
    /// The day to finish by.
    pub target_on: Option<NaiveDate>,
    /// The hours that one means to study a week.
    pub hours_per_week: Option<f64>,
    /// The id of the role that one wants to be ready for.
    pub role: Option<String>,
}

impl Goals {
    /// Whether so many hours can be studied in a week. Less than a minute is no plan: what follows
    /// from it lies beyond all days.
    pub fn can_be_a_week(hours: f64) -> bool {
        (1.0 / 60.0..=168.0).contains(&hours)
    }
}

/// Why a serial form could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(pub String);

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
    /// Of an event whose text was erased, over what is left of it; always the last field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    left: Option<String>,
}

impl EventKind {
    /// What was said with it.
    pub fn remark(&self) -> Option<&Annotation> {
        match self {
            Self::Marked { remark, .. }
            | Self::Corrected { remark, .. }
            | Self::Noted(remark)
            | Self::Assessed { remark, .. }
            | Self::Studied { remark, .. } => Some(remark),
            _ => None,
        }
    }

    /// What was said with it, to be changed.
    pub(super) fn remark_mut(&mut self) -> Option<&mut Annotation> {
        match self {
            Self::Marked { remark, .. }
            | Self::Corrected { remark, .. }
            | Self::Noted(remark)
            | Self::Assessed { remark, .. }
            | Self::Studied { remark, .. } => Some(remark),
            _ => None,
        }
    }
}

impl NewEvent {
    /// The word for what happened, as the log and the contract have it.
    pub fn action(&self) -> &'static str {
        match &self.fact {
            EventKind::Started(_) => "started",
            EventKind::Stopped => "stopped",
            EventKind::Marked { status, .. } => status.action(),
            EventKind::Corrected { .. } => "corrected",
            EventKind::Noted(_) => "noted",
            EventKind::Unnoted(_) => "unnoted",
            EventKind::Redacted(_) => "redacted",
            EventKind::Snoozed(_) => "snoozed",
            EventKind::Assessed { .. } => "assessed",
            EventKind::Answered { .. } => "answered",
            EventKind::Studied { .. } => "studied",
            EventKind::Away { .. } => "away",
            EventKind::Renamed(_) => "renamed",
            EventKind::SetApart(_) => "set_apart",
            EventKind::Undone(_) => "undone",
            EventKind::Redone(_) => "redone",
        }
    }

    /// What was said with it.
    pub fn remark(&self) -> Option<&Annotation> {
        self.fact.remark()
    }

    /// The event that it takes back or brings back.
    pub fn marker_of(&self) -> Option<Uuid> {
        match self.fact {
            EventKind::Undone(event) | EventKind::Redone(event) => Some(event),
            _ => None,
        }
    }

    /// Whether what it makes of its subject follows only from all events of it: it speaks of others.
    pub fn speaks_of_events(&self) -> bool {
        self.marker_of().is_some()
            || matches!(self.fact, EventKind::Unnoted(_) | EventKind::Redacted(_))
    }

    /// The payload: everything but subject and action.
    ///
    /// # Errors
    /// When a number cannot be written as JSON (an infinite number of hours).
    pub fn payload(&self) -> Result<String, Unreadable> {
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

    /// Reads what [`NewEvent::action`] and [`NewEvent::payload`] wrote.
    ///
    /// # Errors
    /// An unknown action, a payload of another version or shape, a marker that names no event.
    pub fn read(subject: &str, action: &str, payload: &str) -> Result<Self, Unreadable> {
        let payload: Payload =
            serde_json::from_str(payload).map_err(|error| Unreadable(error.to_string()))?;
        if payload.v != VERSION {
            return Err(Unreadable(format!("payload version {} is not known", payload.v)));
        }
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
        Ok(Self { subject: Ref::from_text(subject), title: payload.title, fact })
    }
}

/// The payload of an event with one of its texts erased: an empty one stands in its place, so that the
/// others keep their numbers. The checksum of the event is over what was written; so the payload carries
/// another one, over what is left. `None` if there is no such text.
///
/// # Errors
/// The payload cannot be read.
pub fn erased(
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
pub fn is_erased(payload: &str, checksum: impl Fn(&str) -> i64) -> bool {
    let Ok(mut payload) = serde_json::from_str::<Payload>(payload) else {
        return false;
    };
    payload.left.take().is_some_and(|left| {
        serde_json::to_string(&payload)
            .is_ok_and(|rest| format!("{:016x}", checksum(&rest).cast_unsigned()) == left)
    })
}

/// Whether a payload has a text with this number.
pub fn has_text(payload: &str, number: u16) -> bool {
    erased(payload, number, |_| 0).is_ok_and(|erased| erased.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use milepost_path::NodeKind;
    use proptest::prelude::*;

    fn any_item() -> impl Strategy<Value = AsMarked> {
        let hours = || proptest::option::of(0.0f64..1e4);
        let kinds = [NodeKind::Skill, NodeKind::Resource, NodeKind::Milestone];
        let kind = proptest::sample::select(kinds.to_vec());
        let criteria = proptest::collection::vec(".*", 0..3);
        (kind, hours(), any::<bool>(), hours(), criteria).prop_map(
            |(kind, hours, is_goal, of, criteria)| AsMarked {
                kind,
                within: Ref::from_text("a/t"),
                hours,
                is_goal,
                of,
                criteria,
            },
        )
    }

    fn any_fact() -> impl Strategy<Value = EventKind> {
        let remark = (proptest::option::of(".*"), proptest::collection::vec(".*", 0..3))
            .prop_map(|(note, evidence)| Annotation { note, evidence });
        let day = || {
            proptest::option::of(0i32..1_000_000)
                .prop_map(|day| day.and_then(NaiveDate::from_num_days_from_ce_opt))
        };
        let goals =
            (day(), proptest::option::of(0.1f64..100.0), proptest::option::of(".*")).prop_map(
                |(target_on, hours_per_week, role)| Goals { target_on, hours_per_week, role },
            );
        prop_oneof![
            goals.prop_map(EventKind::Started),
            Just(EventKind::Stopped),
            (
                proptest::sample::select(Status::ALL.to_vec()),
                any::<bool>(),
                remark.clone(),
                proptest::option::of(any_item())
            )
                .prop_map(|(status, known, remark, item)| EventKind::Marked {
                    status,
                    known,
                    remark,
                    item: item.map(Box::new)
                }),
            (
                proptest::sample::select(Status::ALL.to_vec()),
                any::<bool>(),
                any::<bool>(),
                remark.clone()
            )
                .prop_map(|(status, dated, known, remark)| {
                    EventKind::Corrected { status, dated, known, remark }
                }),
            remark.clone().prop_map(EventKind::Noted),
            (any::<u128>(), any::<u16>()).prop_map(|(id, number)| {
                EventKind::Unnoted(Part { event: Uuid::from_u128(id), number })
            }),
            (any::<u128>(), any::<u16>()).prop_map(|(id, number)| {
                EventKind::Redacted(Part { event: Uuid::from_u128(id), number })
            }),
            day().prop_map(EventKind::Snoozed),
            (0..=HIGHEST as u8, remark.clone())
                .prop_map(|(level, remark)| EventKind::Assessed { level, remark }),
            (proptest::option::of(0i32..1_000_000), proptest::option::of(".*")).prop_map(
                |(to, why)| EventKind::Away {
                    to: to.and_then(NaiveDate::from_num_days_from_ce_opt),
                    why
                }
            ),
            (1..=DAY, proptest::option::of(0..DAY), any::<bool>(), remark).prop_map(
                |(minutes, from, begins, remark)| EventKind::Studied {
                    session: Session { minutes, from },
                    begins,
                    remark
                }
            ),
            proptest::sample::select(Grade::ALL.to_vec())
                .prop_map(|grade| EventKind::Answered { grade }),
            ".*".prop_map(|from| EventKind::Renamed(Ref::from_text(&from))),
            (".*", proptest::option::of(".*")).prop_map(|(title, url)| {
                EventKind::SetApart(Thing {
                    kind: Some(NodeKind::Skill),
                    title,
                    url,
                    levels: Vec::new(),
                })
            }),
            any::<u128>().prop_map(|id| EventKind::Undone(Uuid::from_u128(id))),
            any::<u128>().prop_map(|id| EventKind::Redone(Uuid::from_u128(id))),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(fact in any_fact(), title in proptest::option::of(".*")) {
            let entry = NewEvent { subject: Ref::from_text("a/b"), title, fact };
            let read = NewEvent::read("a/b", entry.action(), &entry.payload().unwrap()).unwrap();
            prop_assert_eq!(read, entry);
        }

        #[test]
        fn no_payload_makes_a_panic(action in ".*", payload in ".*") {
            let _ = NewEvent::read("a/b", &action, &payload);
        }
    }

    #[test]
    fn the_serial_form_stays_as_it_is() {
        let entry = NewEvent {
            subject: Ref::from_text("ai-integration/fastapi"),
            title: Some("FastAPI".to_owned()),
            fact: EventKind::Marked {
                status: Status::Done,
                known: true,
                remark: Annotation { note: Some("n".to_owned()), evidence: vec!["e".to_owned()] },
                item: None,
            },
        };
        assert_eq!(entry.action(), "done");
        assert_eq!(
            entry.payload().unwrap(),
            r#"{"v":1,"title":"FastAPI","note":"n","evidence":["e"],"known":true}"#
        );
        let remark = Annotation { note: None, evidence: vec!["e".to_owned()] };
        let studied = |from, begins| EventKind::Studied {
            session: Session { minutes: 45, from },
            begins,
            remark: Annotation::default(),
        };
        let role = Some("ai-engineer".to_owned());
        let item = |kind, hours, is_goal, of, criteria: &[&str]| EventKind::Marked {
            status: Status::Done,
            known: false,
            remark: Annotation::default(),
            item: Some(Box::new(AsMarked {
                kind,
                within: Ref::from_text("a/t"),
                hours,
                is_goal,
                of,
                criteria: criteria.iter().map(|text| (*text).to_owned()).collect(),
            })),
        };
        for (fact, payload) in [
            (
                item(NodeKind::Skill, Some(4.5), true, None, &[]),
                r#"{"v":1,"item":{"kind":"skill","in":"a/t","hours":4.5,"goal":true}}"#,
            ),
            (
                item(NodeKind::Resource, Some(3.0), false, Some(9.0), &[]),
                r#"{"v":1,"item":{"kind":"resource","in":"a/t","hours":3.0,"of":9.0}}"#,
            ),
            (
                item(NodeKind::Milestone, None, false, None, &["c"]),
                r#"{"v":1,"item":{"kind":"milestone","in":"a/t","criteria":["c"]}}"#,
            ),
            (EventKind::Assessed { level: 2, remark }, r#"{"v":1,"evidence":["e"],"level":2}"#),
            (EventKind::Answered { grade: Grade::Hard }, r#"{"v":1,"grade":"hard"}"#),
            (EventKind::Snoozed(None), r#"{"v":1}"#),
            (
                EventKind::Corrected {
                    status: Status::Done,
                    dated: true,
                    known: true,
                    remark: Annotation::default(),
                },
                r#"{"v":1,"known":true,"status":"done","dated":true}"#,
            ),
            (
                EventKind::Snoozed(NaiveDate::from_ymd_opt(2026, 12, 24)),
                r#"{"v":1,"until":"2026-12-24"}"#,
            ),
            (
                EventKind::Away {
                    to: NaiveDate::from_ymd_opt(2027, 1, 3),
                    why: Some("n".to_owned()),
                },
                r#"{"v":1,"note":"n","to":"2027-01-03"}"#,
            ),
            (EventKind::Away { to: None, why: None }, r#"{"v":1}"#),
            (studied(None, false), r#"{"v":1,"minutes":45}"#),
            (EventKind::Renamed(Ref::from_text("a/k")), r#"{"v":1,"renamed_from":"a/k"}"#),
            (
                EventKind::SetApart(Thing {
                    kind: Some(NodeKind::Skill),
                    title: "Bread".to_owned(),
                    url: None,
                    levels: Vec::new(),
                }),
                r#"{"v":1,"was":{"kind":"skill","title":"Bread"}}"#,
            ),
            (studied(Some(1170), true), r#"{"v":1,"minutes":45,"from":1170,"begins":true}"#),
            (
                EventKind::Started(Goals { target_on: None, hours_per_week: Some(5.0), role }),
                r#"{"v":1,"hours_per_week":5.0,"role":"ai-engineer"}"#,
            ),
        ] {
            let entry = NewEvent { subject: Ref::from_text("a"), title: None, fact };
            assert_eq!(entry.payload().unwrap(), payload);
        }
    }

    #[test]
    fn what_is_erased_leaves_the_rest_and_says_so() {
        let sum = |text: &str| text.len() as i64;
        let written = r#"{"v":1,"title":"T","note":"n","evidence":["e","f"],"known":true}"#;
        let once = erased(written, 1, sum).unwrap().unwrap();
        assert_eq!(
            once,
            r#"{"v":1,"title":"T","note":"n","evidence":["","f"],"known":true,"left":"000000000000003f"}"#
        );
        let twice = erased(&once, 0, sum).unwrap().unwrap();
        assert!(twice.contains(r#""note":"","evidence":["","f"]"#), "{twice}");
        for payload in [&once, &twice] {
            assert!(is_erased(payload, sum), "{payload}");
            assert!(!is_erased(payload, |_| 0), "{payload}");
            assert!(NewEvent::read("a/b", "done", payload).is_ok(), "{payload}");
        }
        assert!(!is_erased(written, sum), "nothing was erased");
        for number in [3, 9] {
            assert_eq!(erased(written, number, sum).unwrap(), None);
        }
        assert_eq!(erased(&once, 1, sum).unwrap(), None, "it is gone already");
        assert!(has_text(&once, 0) && has_text(&once, 2) && !has_text(&once, 1));
    }

    #[test]
    fn what_it_does_not_know_it_refuses() {
        for (action, payload) in [
            ("done", r#"{"v":2}"#),
            ("done", r#"{"v":1,"mood":"good"}"#),
            ("finished", r#"{"v":1}"#),
            ("undone", r#"{"v":1}"#),
            ("corrected", r#"{"v":1,"dated":true}"#),
            ("corrected", r#"{"v":1,"status":"gone"}"#),
            ("redacted", r#"{"v":1}"#),
            ("renamed", r#"{"v":1}"#),
            ("set_apart", r#"{"v":1}"#),
            ("set_apart", r#"{"v":1,"was":{"kind":"skill"}}"#),
            ("unnoted", r#"{"v":1,"part":1}"#),
            ("unnoted", r#"{"v":1,"event":"00000000-0000-0000-0000-000000000001"}"#),
            ("assessed", r#"{"v":1}"#),
            ("assessed", r#"{"v":1,"level":5}"#),
            ("answered", r#"{"v":1}"#),
            ("answered", r#"{"v":1,"grade":"fair"}"#),
            ("studied", r#"{"v":1}"#),
            ("studied", r#"{"v":1,"minutes":0}"#),
            ("studied", r#"{"v":1,"minutes":1441}"#),
            ("studied", r#"{"v":1,"minutes":45,"from":1440}"#),
            ("done", r#"{"v":1,"item":{"kind":"topic","in":"a/t"}}"#),
            ("done", r#"{"v":1,"item":{"kind":"skill","in":"a/t","hours":-1.0}}"#),
            ("done", r#"{"v":1,"item":{"kind":"skill","in":"a/t","mood":"good"}}"#),
            ("done", r#"{"v":1,"item":{"kind":"skill"}}"#),
            ("done", "{}"),
            ("done", ""),
        ] {
            assert!(NewEvent::read("a/b", action, payload).is_err(), "{action} {payload}");
        }
    }
}
