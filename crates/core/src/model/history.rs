//! Undo and redo over the log: which command is taken back next, and which comes back.
//!
//! The log is read from its end. For each event the newest marker decides whether it counts. What
//! is undone is the newest command whose events count; what is redone is the command that was
//! undone last, as long as nothing else was done since.
//!
//! Both mean the record's own commands: those of a device that it is or was. An import is a command,
//! too: what came with it is taken back together, and is nobody's own command otherwise. What erases a text
//! cannot be taken back.
//!
//! An assistant takes back only commands of assistants, past those that the learner gave in between.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::event::{Event, EventKind, NewEvent, Part};

/// Reads a log from its end and tells for each event whether it counts.
#[derive(Debug, Default)]
pub(crate) struct Backwards {
    /// For an event id: whether the newest marker took it back.
    undone: HashMap<Uuid, bool>,
    /// Texts that were removed, where that was not taken back.
    removed: HashSet<Part>,
}

impl Backwards {
    /// Takes the next older event; tells whether it was taken back. Markers never are.
    pub(crate) fn is_undone(&mut self, event: &Event) -> bool {
        match &event.entry.fact {
            EventKind::Undone(id) => {
                self.undone.entry(*id).or_insert(true);
                false
            }
            EventKind::Redone(id) => {
                self.undone.entry(*id).or_insert(false);
                false
            }
            fact => {
                let is_undone = self.undone.get(&event.id).copied().unwrap_or(false);
                if let (EventKind::Unnoted(part), false) = (fact, is_undone) {
                    self.removed.insert(*part);
                }
                is_undone
            }
        }
    }

    /// Whether one of the texts of the event that was taken last stands no longer.
    pub(crate) fn is_removed(&self, part: Part) -> bool {
        self.removed.contains(&part)
    }
}

/// Another log that was taken up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Its number among all imports; later imports have greater numbers.
    pub number: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// The id of the newest event of the log at that time.
    pub after: Uuid,
    /// The file that it came from.
    pub file: String,
    /// How many events came.
    pub events: usize,
    /// The command that took it back, if one did.
    pub undone_by: Option<Uuid>,
}

/// Whose commands are meant.
pub struct Whose<'w> {
    /// Those of these devices; none for all.
    pub devices: Option<&'w [Uuid]>,
    /// Imports, newest first.
    pub imports: &'w [Import],
    /// Whether an event came with an import.
    pub came: &'w dyn Fn(Uuid) -> bool,
    /// Passes over what erases a text.
    pub past_erased: bool,
    /// Only those that an assistant gave; imports are none of them.
    pub of_assistants: bool,
}

impl Whose<'_> {
    /// Everybody's; an import is none then.
    pub const ANY: Whose<'static> = Whose {
        devices: None,
        imports: &[],
        came: &|_| false,
        past_erased: false,
        of_assistants: false,
    };

    fn is_own(&self, event: &Event) -> bool {
        self.devices.is_none_or(|devices| devices.contains(&event.device))
            && (self.imports.is_empty() || !(self.came)(event.id))
            && (!self.of_assistants || event.by.is_some())
    }

    fn counting_imports(&self) -> impl Iterator<Item = &Import> {
        let imports = if self.of_assistants { &[] } else { self.imports };
        imports.iter().filter(|import| import.undone_by.is_none())
    }
}

/// What undo can take back at once.
#[derive(Debug, Clone, PartialEq)]
pub enum Undoable {
    /// A command, by its events that count, in the order of the log.
    Command(Vec<Event>),
    /// An import.
    Import(Import),
}

#[cfg(any(test, feature = "fixtures"))]
impl Undoable {
    /// The events of a command; what came with an import is looked up where it is kept.
    pub fn events(&self) -> &[Event] {
        match self {
            Self::Command(events) => events,
            Self::Import(_) => &[],
        }
    }
}

/// What undo would take back, newest first, at most `most`. Reads no further than needed.
///
/// # Errors
/// What reading the log gives.
pub fn to_undo<E>(
    newest_first: impl Iterator<Item = Result<Event, E>>,
    most: usize,
    whose: &Whose<'_>,
) -> Result<Vec<Undoable>, E> {
    let mut backwards = Backwards::default();
    let mut imports = whose.counting_imports().peekable();
    let mut found: Vec<Undoable> = Vec::new();
    // The last command, whose other events can follow.
    let mut last: Option<(Uuid, Vec<Event>)> = None;
    let close = |last: &mut Option<(Uuid, Vec<Event>)>, found: &mut Vec<Undoable>| {
        if let Some((_, mut events)) = last.take()
            && !events.is_empty()
        {
            events.reverse();
            found.push(Undoable::Command(events));
        }
    };
    for event in newest_first {
        let event = event?;
        let is_undone = backwards.is_undone(&event);
        if !whose.is_own(&event) {
            continue;
        }
        if last.as_ref().is_none_or(|(command, _)| *command != event.command) {
            close(&mut last, &mut found);
            while let Some(import) = imports.next_if(|import| import.after >= event.id) {
                found.push(Undoable::Import(import.clone()));
            }
            if found.len() >= most {
                break;
            }
            last = Some((event.command, Vec::new()));
        }
        let is_passed = whose.past_erased && matches!(event.entry.fact, EventKind::Redacted(_));
        if let Some((_, events)) = &mut last
            && !is_undone
            && event.entry.marker_of().is_none()
            && !is_passed
        {
            events.push(event);
        }
    }
    close(&mut last, &mut found);
    found.extend(imports.cloned().map(Undoable::Import));
    found.truncate(most);
    Ok(found)
}

/// The markers of the undo that redo would take back, in the order of the log. None where there is
/// nothing to redo, or something else was done since.
///
/// # Errors
/// What reading the log gives.
pub fn to_redo<E>(
    newest_first: impl Iterator<Item = Result<Event, E>>,
    whose: &Whose<'_>,
) -> Result<Option<Vec<Event>>, E> {
    let mut backwards = Backwards::default();
    let mut markers: Vec<Event> = Vec::new();
    for event in newest_first {
        let event = event?;
        if !whose.is_own(&event) {
            backwards.is_undone(&event);
            continue;
        }
        match markers.first() {
            Some(first) if first.command != event.command => break,
            // An import is something that was done since.
            None if whose.counting_imports().any(|import| import.after >= event.id) => break,
            _ => {}
        }
        match event.entry.fact {
            EventKind::Undone(id) if !backwards.undone.contains_key(&id) => markers.push(event),
            EventKind::Undone(_) | EventKind::Redone(_) => {
                backwards.is_undone(&event);
            }
            // A change: had it been taken back last, its marker would have come first.
            _ => break,
        }
    }
    markers.reverse();
    Ok((!markers.is_empty()).then_some(markers))
}

/// The markers by which some commands took events back, as far as those are not brought back since, in
/// the order of the log.
///
/// # Errors
/// What reading the log gives.
pub(crate) fn taken_back_by<E>(
    newest_first: impl Iterator<Item = Result<Event, E>>,
    commands: &[Uuid],
) -> Result<Vec<Event>, E> {
    let mut seen = HashSet::new();
    let mut markers = Vec::new();
    for event in newest_first {
        let event = event?;
        // The newest marker of an event decides.
        let is_newest = event.entry.marker_of().is_some_and(|id| seen.insert(id));
        if is_newest
            && matches!(event.entry.fact, EventKind::Undone(_))
            && commands.contains(&event.command)
        {
            markers.push(event);
        }
    }
    markers.reverse();
    Ok(markers)
}

/// The entries that take events back. What was erased does not come back.
pub fn undo_entries(events: &[Event]) -> Vec<NewEvent> {
    events
        .iter()
        .filter(|event| !matches!(event.entry.fact, EventKind::Redacted(_)))
        .map(|event| NewEvent { fact: EventKind::Undone(event.id), ..event.entry.clone() })
        .collect()
}

/// The entries that bring back what the markers took back.
pub fn redo_entries(markers: &[Event]) -> Vec<NewEvent> {
    markers
        .iter()
        .filter_map(|marker| {
            let id = marker.entry.marker_of()?;
            Some(NewEvent { fact: EventKind::Redone(id), ..marker.entry.clone() })
        })
        .collect()
}

#[cfg(test)]
mod tests;
