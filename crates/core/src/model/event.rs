//! What happened: the facts that the log keeps, and their serial form.
//!
//! An event is a fact about one subject (an item, a path that is followed, a skill area that was
//! assessed, an interview question that was answered) and is never changed. Taking something back is an event too: [`EventKind::Undone`] names the event that counts no
//! more, so the state of a subject follows from the events of that subject alone, and two logs can
//! be merged by union.
//!
//! Its serial form is in `payload`.

use chrono::{DateTime, NaiveDate, Utc};
use milepost_path::Ref;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::as_marked::AsMarked;
use super::effort::Session;
use super::likeness::Thing;
use super::order::Key;
use super::standing::Status;

mod actor;
mod payload;

pub use actor::Actor;
pub(crate) use payload::erased;
pub(crate) use payload::{has_text, is_erased};

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
    /// Who made it, if not the learner at the command line.
    pub by: Option<Actor>,
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
    pub(crate) fn key(&self) -> Key {
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
        /// The level that the learner has, 0 to [`career::HIGHEST`](milepost_path::HIGHEST).
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
    pub(crate) fn texts(&self) -> impl Iterator<Item = (u16, &str)> {
        let note = self.note.iter().map(|note| (0, note.as_str()));
        note.chain((1..).zip(self.evidence.iter().map(String::as_str)))
    }
}

/// How well a question was answered. The names are those of spaced repetition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
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

/// What the learner aims at with a path.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Goals {
    /// The day to finish by.
    pub target_on: Option<NaiveDate>,
    /// The hours a week that the learner plans to study.
    pub hours_per_week: Option<f64>,
    /// The id of the role that the learner wants to be ready for.
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

impl EventKind {
    /// What was said with it.
    pub(crate) fn remark(&self) -> Option<&Annotation> {
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
    pub(crate) fn remark(&self) -> Option<&Annotation> {
        self.fact.remark()
    }

    /// The texts that were said with it, each with its number as a [`Part`]: a note, which the reason
    /// for being away is as well, and evidence.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (u16, &str)> {
        let why = match &self.fact {
            EventKind::Away { why, .. } => why.as_deref(),
            _ => None,
        };
        let remark = self.remark().into_iter().flat_map(Annotation::texts);
        remark.chain(why.map(|why| (0, why)))
    }

    /// The event that it takes back or brings back.
    pub(crate) fn marker_of(&self) -> Option<Uuid> {
        match self.fact {
            EventKind::Undone(event) | EventKind::Redone(event) => Some(event),
            _ => None,
        }
    }

    /// Whether what it makes of its subject follows only from all events of it: it speaks of others.
    pub(crate) fn speaks_of_events(&self) -> bool {
        self.marker_of().is_some()
            || matches!(self.fact, EventKind::Unnoted(_) | EventKind::Redacted(_))
    }
}

#[cfg(test)]
mod tests;
