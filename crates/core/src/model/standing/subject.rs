//! The state of one subject, and how an event changes it.

use std::collections::HashSet;
use std::hash::Hash;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::counting;
use crate::model::annotations;
use crate::model::as_marked::AsMarked;
use crate::model::event::{Annotation, Event, EventKind, Goals, Grade};

/// The status of an item.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Not begun.
    #[default]
    Todo,
    /// Begun.
    Doing,
    /// Finished.
    Done,
    /// Left out on purpose.
    Skipped,
}

impl Status {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Todo, Self::Doing, Self::Done, Self::Skipped];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Doing => "doing",
            Self::Done => "done",
            Self::Skipped => "skipped",
        }
    }

    /// The action word of an event that gives an item this status.
    pub(crate) fn action(self) -> &'static str {
        self.as_str()
    }

    /// The status of a word.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }

    /// Whether something is left to do: neither done nor skipped.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Todo | Self::Doing)
    }
}

/// Something said about an item, with its day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// The day that it is for.
    pub on: NaiveDate,
    /// What was said: a note, or a piece of evidence.
    pub text: String,
}

/// The state of one item.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ItemState {
    /// Its status.
    pub status: Status,
    /// The day since which it has this status; `None` if it was never marked.
    pub since: Option<NaiveDate>,
    /// The day on which it was begun, where that was said.
    pub begun: Option<NaiveDate>,
    /// Credited as already known, not studied.
    pub known: bool,
    /// Notes, oldest first.
    pub notes: Vec<Dated>,
    /// Evidence, oldest first, each once.
    pub evidence: Vec<Dated>,
    /// The day until which it is left out of plans, which can have passed.
    pub snoozed_until: Option<NaiveDate>,
    /// What its path made of it when it got its status, if that was recorded.
    pub as_marked: Option<Box<AsMarked>>,
}

/// One self-assessment of a skill area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// The day that it is for.
    pub on: NaiveDate,
    /// The level, 0 to [`career::HIGHEST`](milepost_path::HIGHEST).
    pub level: u8,
    /// What was said with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What shows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
}

/// One answer to an interview question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The day that it is for.
    pub on: NaiveDate,
    /// How well.
    pub grade: Grade,
}

/// A path that is followed.
#[derive(Debug, Clone, PartialEq)]
pub struct Following {
    /// Since when.
    pub since: NaiveDate,
    /// The goals of this path.
    pub goals: Goals,
}

/// The state of one subject.
#[derive(Debug, Clone, PartialEq)]
pub enum SubjectState {
    /// An item, or a topic or stage with notes.
    Item(ItemState),
    /// A path that is followed.
    Path(Following),
    /// A skill area that was assessed, oldest assessment first.
    Area(Vec<Assessment>),
    /// An interview question that was answered, oldest answer first.
    Question(Vec<Answer>),
    /// Days away from study, from the one that the reference names on.
    Away {
        /// The last day.
        to: NaiveDate,
        /// The reason.
        why: Option<String>,
    },
}

impl SubjectState {
    /// Folds the events of one subject, in the order of the log. `None` if nothing counts.
    pub(crate) fn fold<'a>(events: impl IntoIterator<Item = &'a Event>) -> Option<Self> {
        let counting = counting(events);
        let removed = annotations::removed(&counting);
        let state = counting.into_iter().fold(None, |state, event| {
            match annotations::without(event, &removed) {
                Some(fact) => Self::heard(state, event.on, &fact),
                None => state,
            }
        });
        Self::settled(state)
    }

    /// The state after one more fact that does not speak of events; those that
    /// do change nothing here.
    pub fn after(state: Option<Self>, on: NaiveDate, fact: &EventKind) -> Option<Self> {
        let evidence = |state: &Option<Self>| match state {
            Some(Self::Item(item)) => item.evidence.len(),
            _ => 0,
        };
        let before = evidence(&state);
        let state = Self::heard(state, on, fact);
        if evidence(&state) > before { Self::settled(state) } else { state }
    }

    /// The state with each piece of evidence once.
    pub(crate) fn settled(mut state: Option<Self>) -> Option<Self> {
        if let Some(Self::Item(item)) = &mut state {
            let mut firsts = firsts(item.evidence.iter().map(|said| &said.text)).into_iter();
            item.evidence.retain(|_| firsts.next().unwrap_or(true));
        }
        state
    }

    /// [`SubjectState::after`] one of many facts: to find the evidence that is there already with each of
    /// them would cost the square, so it is doubled until the state is [`SubjectState::settled`].
    pub(crate) fn heard(state: Option<Self>, on: NaiveDate, fact: &EventKind) -> Option<Self> {
        match fact {
            EventKind::Started(goals) => Some(Self::Path(match state {
                Some(Self::Path(following)) => Following { goals: goals.clone(), ..following },
                _ => Following { since: on, goals: goals.clone() },
            })),
            EventKind::Stopped => None,
            EventKind::Away { to, why } => to.map(|to| Self::Away { to, why: why.clone() }),
            EventKind::Undone(_)
            | EventKind::Redone(_)
            | EventKind::Unnoted(_)
            | EventKind::Redacted(_)
            | EventKind::Renamed(_) => state,
            // The rest of the record is of another thing.
            EventKind::SetApart(_) => None,
            EventKind::Marked { status, known, remark, item: as_marked } => {
                let mut item = match Self::item_or_new(state) {
                    Ok(item) => item,
                    Err(other) => return Some(other),
                };
                item.begun = match status {
                    Status::Doing => Some(item.begun.unwrap_or(on)),
                    Status::Todo => None,
                    Status::Done | Status::Skipped => item.begun,
                };
                item.status = *status;
                item.since = Some(on);
                item.known = *known;
                item.as_marked.clone_from(as_marked);
                // To take it up or close it ends putting it off.
                if *status != Status::Todo {
                    item.snoozed_until = None;
                }
                item.hear(on, remark);
                Some(Self::Item(item))
            }
            EventKind::Corrected { status, dated, known, remark } => {
                let mut item = match Self::item_or_new(state) {
                    Ok(item) => item,
                    Err(other) => return Some(other),
                };
                // Another machine can have marked it otherwise before.
                if item.status == *status {
                    if *dated {
                        item.hold_since(on);
                    }
                    item.known |= *known;
                }
                item.hear(on, remark);
                Some(Self::Item(item))
            }
            EventKind::Studied { begins, remark, .. } => {
                let mut item = match Self::item_or_new(state) {
                    Ok(item) => item,
                    Err(other) => return Some(other),
                };
                if *begins {
                    item.study(on);
                }
                item.hear(on, remark);
                Some(Self::Item(item))
            }
            EventKind::Noted(remark) => {
                let mut item = match Self::item_or_new(state) {
                    Ok(item) => item,
                    Err(other) => return Some(other),
                };
                item.hear(on, remark);
                Some(Self::Item(item))
            }
            EventKind::Snoozed(until) => {
                let mut item = match Self::item_or_new(state) {
                    Ok(item) => item,
                    Err(other) => return Some(other),
                };
                item.snoozed_until = *until;
                Some(Self::Item(item))
            }
            EventKind::Assessed { level, remark } => {
                let Annotation { note, mut evidence } = remark.clone();
                let note = note.filter(|note| !note.is_empty());
                evidence.retain(|text| !text.is_empty());
                let new = Assessment { on, level: *level, note, evidence };
                match state {
                    Some(Self::Area(mut assessments)) => {
                        assessments.push(new);
                        Some(Self::Area(assessments))
                    }
                    None => Some(Self::Area(vec![new])),
                    other => other,
                }
            }
            EventKind::Answered { grade } => {
                let new = Answer { on, grade: *grade };
                match state {
                    Some(Self::Question(mut answers)) => {
                        answers.push(new);
                        Some(Self::Question(answers))
                    }
                    None => Some(Self::Question(vec![new])),
                    other => other,
                }
            }
        }
    }

    /// The item that something happens to. A path has neither status nor notes: what says so leaves
    /// it as it is, rather than making one forget that it is followed. So it is with an area and a
    /// question.
    fn item_or_new(state: Option<Self>) -> Result<ItemState, Self> {
        match state {
            Some(Self::Item(item)) => Ok(item),
            None => Ok(ItemState::default()),
            Some(other) => Err(other),
        }
    }
}

impl ItemState {
    /// Whether it was given a status; otherwise only something was said.
    pub(crate) fn is_marked(&self) -> bool {
        self.since.is_some() || self.status != Status::Todo
    }

    /// What is open is in progress since the first day on which it was studied, in whatever order
    /// the days were recorded.
    fn study(&mut self, on: NaiveDate) {
        let earlier = |day: Option<NaiveDate>| Some(day.map_or(on, |day| day.min(on)));
        match self.status {
            Status::Todo => {
                self.status = Status::Doing;
                self.since = Some(on);
                self.begun = Some(on);
            }
            Status::Doing => {
                self.since = earlier(self.since);
                self.begun = earlier(self.begun);
            }
            Status::Done | Status::Skipped => return,
        }
        self.snoozed_until = None;
    }

    /// Moves the day since which it has its status.
    fn hold_since(&mut self, on: NaiveDate) {
        if self.status == Status::Doing {
            // What was begun before, given up and taken up again stays begun.
            let earlier = self.begun.filter(|_| self.begun != self.since);
            self.begun = Some(earlier.map_or(on, |begun| begun.min(on)));
        }
        self.since = Some(on);
    }

    fn hear(&mut self, on: NaiveDate, remark: &Annotation) {
        // An empty text was erased.
        if let Some(note) = remark.note.as_ref().filter(|note| !note.is_empty()) {
            self.notes.push(Dated { on, text: note.clone() });
        }
        let texts = remark.evidence.iter().filter(|text| !text.is_empty());
        self.evidence.extend(texts.map(|text| Dated { on, text: text.clone() }));
    }

    pub(in crate::model) fn has_note(&self, text: &str) -> bool {
        self.notes.iter().any(|said| said.text == text)
    }
}

/// Of each, whether it is the first like it.
pub(super) fn firsts<T: Eq + Hash>(all: impl Iterator<Item = T>) -> Vec<bool> {
    let mut seen = HashSet::new();
    all.map(|one| seen.insert(one)).collect()
}
