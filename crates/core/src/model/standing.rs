//! The state of every item, as it follows from the events.
//!
//! [`fold`] is the definition: the standing is the fold of the log. The store keeps the standing
//! beside the log so that no command has to fold; [`SubjectState::fold`] brings one subject up to date
//! after an undo.

use std::collections::{BTreeMap, HashSet};
use std::hash::Hash;

use chrono::NaiveDate;
use milepost_path::{Ref, RefTarget};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::annotations;
use super::as_marked::AsMarked;
use super::away::Away;
use super::decision::{tell_apart, things_before};
use super::effort::{self, Effort};
use super::event::{Annotation, Event, EventKind, Goals, Grade};

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
    pub fn action(self) -> &'static str {
        self.as_str()
    }

    /// The status of a word.
    pub fn parse(word: &str) -> Option<Self> {
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
    /// What one aims at.
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
    /// Folds the events of one subject, in the order of the log. None where nothing counts.
    pub fn fold<'a>(events: impl IntoIterator<Item = &'a Event>) -> Option<Self> {
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

    /// The state after one more fact that does not [speak of events](super::event::NewEvent::speaks_of_events); those that
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
    pub fn settled(mut state: Option<Self>) -> Option<Self> {
        if let Some(Self::Item(item)) = &mut state {
            let mut firsts = firsts(item.evidence.iter().map(|said| &said.text)).into_iter();
            item.evidence.retain(|_| firsts.next().unwrap_or(true));
        }
        state
    }

    /// [`SubjectState::after`] one of many facts: to find the evidence that is there already with each of
    /// them would cost the square, so it is doubled until the state is [`SubjectState::settled`].
    pub fn heard(state: Option<Self>, on: NaiveDate, fact: &EventKind) -> Option<Self> {
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
    pub fn is_marked(&self) -> bool {
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

    pub(super) fn has_note(&self, text: &str) -> bool {
        self.notes.iter().any(|said| said.text == text)
    }
}

/// Of each, whether it is the first like it.
fn firsts<T: Eq + Hash>(all: impl Iterator<Item = T>) -> Vec<bool> {
    let mut seen = HashSet::new();
    all.map(|one| seen.insert(one)).collect()
}

/// The state of everything.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Standing {
    /// By path and id, so that a look-up builds no reference. Every view looks at every item, some
    /// more than once, so the hash is a quick one; the keys are the user's own.
    items: FxHashMap<String, FxHashMap<String, ItemState>>,
    following: BTreeMap<String, Following>,
    areas: BTreeMap<String, Vec<Assessment>>,
    answers: BTreeMap<Ref, Vec<Answer>>,
    /// Sorted by the first day.
    away: Vec<Away>,
    /// Sorted by subject and day.
    efforts: Vec<Effort>,
}

impl Standing {
    /// The stretches of days away from study, sorted by the first day. Those of two machines can
    /// overlap.
    pub fn away(&self) -> &[Away] {
        &self.away
    }

    /// The time that was spent, by subject and day. What does not ask the record for it has none.
    pub fn efforts(&self) -> &[Effort] {
        &self.efforts
    }

    /// The time that was spent on what is kept under a reference, day by day.
    pub fn efforts_on(&self, subject: &Ref) -> &[Effort] {
        let from = self.efforts.partition_point(|effort| effort.subject < *subject);
        let rest = self.efforts.get(from..).unwrap_or_default();
        let many = rest.partition_point(|effort| effort.subject == *subject);
        rest.get(..many).unwrap_or_default()
    }

    /// Puts the time that was spent in place, in whatever order.
    pub fn put_efforts(&mut self, mut efforts: Vec<Effort>) {
        let key =
            |one: &Effort, other: &Effort| (&one.subject, one.on).cmp(&(&other.subject, other.on));
        efforts.sort_by(key);
        self.efforts = efforts;
    }

    /// The state of an item; `None` if nothing was ever said of it.
    pub fn item(&self, path: &str, id: &str) -> Option<&ItemState> {
        self.items.get(path)?.get(id)
    }

    /// The state that is kept under a reference.
    pub fn item_at(&self, reference: &Ref) -> Option<&ItemState> {
        self.item(reference.path(), reference.id()?)
    }

    /// The paths that are followed, by id.
    pub fn following(&self) -> &BTreeMap<String, Following> {
        &self.following
    }

    /// Takes what is followed under one id for followed under another: since the earlier day, with
    /// the goals that were said of the other if there are any.
    pub fn follow_as(&mut self, old: &str, new: &str) {
        let Some(before) = self.following.remove(old) else {
            return;
        };
        let now = self.following.entry(new.to_owned()).or_insert_with(|| before.clone());
        now.since = now.since.min(before.since);
    }

    /// Ids of the followed paths in the order in which they were begun.
    pub fn followed_ids(&self) -> Vec<&str> {
        let mut ids: Vec<(&NaiveDate, &str)> =
            self.following.iter().map(|(id, f)| (&f.since, id.as_str())).collect();
        ids.sort();
        ids.into_iter().map(|(_, id)| id).collect()
    }

    /// The assessments of a skill area, oldest first.
    pub fn assessments(&self, area: &str) -> &[Assessment] {
        self.areas.get(area).map_or(&[], Vec::as_slice)
    }

    /// The skill areas that were assessed, by id, with their assessments.
    pub fn assessed(&self) -> &BTreeMap<String, Vec<Assessment>> {
        &self.areas
    }

    /// The answers to an interview question, oldest first.
    pub fn answers(&self, question: &Ref) -> &[Answer] {
        self.answers.get(question).map_or(&[], Vec::as_slice)
    }

    /// The interview questions that were answered, with their answers.
    pub fn answered(&self) -> &BTreeMap<Ref, Vec<Answer>> {
        &self.answers
    }

    /// All items of which something is known, by reference, sorted.
    pub fn items(&self) -> Vec<(Ref, &ItemState)> {
        let mut items: Vec<_> = self
            .items
            .iter()
            .flat_map(|(path, items)| {
                items.iter().map(move |(id, state)| (Ref::node(path, id), state))
            })
            .collect();
        items.sort_by(|a, b| a.0.cmp(&b.0));
        items
    }

    /// The ids of the paths of which items are known, in no order.
    pub fn paths_of_items(&self) -> impl Iterator<Item = &str> {
        self.items.keys().map(String::as_str)
    }

    /// What is known of the items of a path, by id, in no order.
    pub fn items_of(&self, path: &str) -> impl Iterator<Item = (&str, &ItemState)> {
        let items = self.items.get(path).into_iter().flatten();
        items.map(|(id, state)| (id.as_str(), state))
    }

    /// Whether something is left out of plans until later than a day.
    pub fn has_snoozed(&self, today: NaiveDate) -> bool {
        let mut items = self.items.values().flat_map(FxHashMap::values);
        items.any(|item| item.snoozed_until.is_some_and(|until| until > today))
    }

    /// Puts the state of one subject in place; none forgets it. A state that is not of the kind
    /// that the reference names is none.
    pub fn put(&mut self, subject: &Ref, state: Option<SubjectState>) {
        match (subject.target(), state) {
            (RefTarget::Path, Some(SubjectState::Path(following))) => {
                self.following.insert(subject.path().to_owned(), following);
            }
            (RefTarget::Path, _) => {
                self.following.remove(subject.path());
            }
            (RefTarget::Area(id), Some(SubjectState::Area(assessments))) => {
                self.areas.insert(id.to_owned(), assessments);
            }
            (RefTarget::Area(id), _) => {
                self.areas.remove(id);
            }
            (RefTarget::Question(_), Some(SubjectState::Question(answers))) => {
                self.answers.insert(subject.clone(), answers);
            }
            (RefTarget::Question(_), _) => {
                self.answers.remove(subject);
            }
            (RefTarget::Away(day), state) => {
                let Ok(from) = day.parse() else { return };
                self.away.retain(|away| away.from != from);
                if let Some(SubjectState::Away { to, why }) = state {
                    let at = self.away.partition_point(|away| away.from < from);
                    self.away.insert(at, Away { from, to, why });
                }
            }
            (RefTarget::Node(id), Some(SubjectState::Item(item))) => {
                self.items
                    .entry(subject.path().to_owned())
                    .or_default()
                    .insert(id.to_owned(), item);
            }
            (RefTarget::Node(id), _) => {
                if let Some(items) = self.items.get_mut(subject.path()) {
                    items.remove(id);
                    if items.is_empty() {
                        self.items.remove(subject.path());
                    }
                }
            }
        }
    }

    /// The state of one subject.
    pub fn subject(&self, subject: &Ref) -> Option<SubjectState> {
        match subject.target() {
            RefTarget::Path => self.following.get(subject.path()).cloned().map(SubjectState::Path),
            RefTarget::Area(id) => self.areas.get(id).cloned().map(SubjectState::Area),
            RefTarget::Question(_) => {
                self.answers.get(subject).cloned().map(SubjectState::Question)
            }
            RefTarget::Node(id) => self.item(subject.path(), id).cloned().map(SubjectState::Item),
            RefTarget::Away(day) => {
                let from = day.parse().ok()?;
                let Away { to, why, .. } = self.away.iter().find(|away| away.from == from)?.clone();
                Some(SubjectState::Away { to, why })
            }
        }
    }
}

/// The standing that follows from a log, oldest event first.
pub fn fold<'a>(events: impl IntoIterator<Item = &'a Event>) -> Standing {
    let mut by_subject: BTreeMap<&Ref, Vec<&Event>> = BTreeMap::new();
    for event in events {
        by_subject.entry(&event.entry.subject).or_default().push(event);
    }
    let mut standing = Standing::default();
    let (mut efforts, mut things) = (Vec::new(), Vec::new());
    for (subject, events) in by_subject {
        efforts.extend(effort::listed(subject, &effort::fold(counting(events.iter().copied()))));
        if events.iter().any(|event| matches!(event.entry.fact, EventKind::SetApart(_))) {
            things.extend(things_before(events.iter().copied()));
        }
        standing.put(subject, SubjectState::fold(events));
    }
    tell_apart(&mut efforts, &things, false);
    standing.put_efforts(efforts);
    things.into_iter().for_each(|one| standing.put(&one.reference, one.state));
    standing
}

/// Of the events of one subject, in the order of the log, those that were not taken back.
pub fn counting<'a>(events: impl IntoIterator<Item = &'a Event>) -> Vec<&'a Event> {
    let mut events: Vec<&Event> = events.into_iter().collect();
    let mut undone = HashSet::new();
    for event in &events {
        match event.entry.fact {
            EventKind::Undone(id) => undone.insert(id),
            EventKind::Redone(id) => undone.remove(&id),
            _ => false,
        };
    }
    events.retain(|event| !undone.contains(&event.id));
    events
}

#[cfg(test)]
mod tests;
