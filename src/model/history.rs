//! Undo and redo over the log: which command is taken back next, and which comes back.
//!
//! The log is read from its end. For each event the newest marker decides whether it counts. What
//! is undone is the newest command whose events count; what is redone is the command that was
//! undone last, as long as nothing else was done since.

use std::collections::HashMap;

use uuid::Uuid;

use super::event::{Entry, Event, Fact};

/// Reads a log from its end and tells for each event whether it counts.
#[derive(Debug, Default)]
pub struct Backwards {
    /// For an event id: whether the newest marker took it back.
    undone: HashMap<Uuid, bool>,
}

impl Backwards {
    /// Takes the next older event; tells whether it was taken back. Markers never are.
    pub fn is_undone(&mut self, event: &Event) -> bool {
        match event.entry.fact {
            Fact::Undone(id) => {
                self.undone.entry(id).or_insert(true);
                false
            }
            Fact::Redone(id) => {
                self.undone.entry(id).or_insert(false);
                false
            }
            _ => self.undone.get(&event.id).copied().unwrap_or(false),
        }
    }
}

/// The events of the commands that undo would take back, newest command first, at most `most`
/// commands; within a command in the order of the log. Reads no further than needed.
///
/// # Errors
/// What reading the log gives.
pub fn to_undo<E>(
    newest_first: impl Iterator<Item = Result<Event, E>>,
    most: usize,
) -> Result<Vec<Vec<Event>>, E> {
    let mut backwards = Backwards::default();
    let mut commands: Vec<Vec<Event>> = Vec::new();
    for event in newest_first {
        let event = event?;
        let counts = !backwards.is_undone(&event) && event.entry.marker_of().is_none();
        let same = commands
            .last()
            .and_then(|command| command.first())
            .is_some_and(|first| first.command == event.command);
        if !same && commands.len() == most {
            break;
        }
        if counts {
            if same {
                if let Some(command) = commands.last_mut() {
                    command.push(event);
                }
            } else {
                commands.push(vec![event]);
            }
        }
    }
    for command in &mut commands {
        command.reverse();
    }
    Ok(commands)
}

/// The markers of the undo that redo would take back, in the order of the log. None where there is
/// nothing to redo, or something else was done since.
///
/// # Errors
/// What reading the log gives.
pub fn to_redo<E>(
    newest_first: impl Iterator<Item = Result<Event, E>>,
) -> Result<Option<Vec<Event>>, E> {
    let mut backwards = Backwards::default();
    let mut markers: Vec<Event> = Vec::new();
    for event in newest_first {
        let event = event?;
        if let Some(first) = markers.first()
            && first.command != event.command
        {
            break;
        }
        match event.entry.fact {
            Fact::Undone(id) if !backwards.undone.contains_key(&id) => markers.push(event),
            Fact::Undone(_) | Fact::Redone(_) => {
                backwards.is_undone(&event);
            }
            // A change: had it been taken back last, its marker would have come first.
            _ => break,
        }
    }
    markers.reverse();
    Ok((!markers.is_empty()).then_some(markers))
}

/// The entries that take events back.
pub fn undo_entries(events: &[Event]) -> Vec<Entry> {
    events
        .iter()
        .map(|event| Entry { fact: Fact::Undone(event.id), ..event.entry.clone() })
        .collect()
}

/// The entries that bring back what the markers took back.
pub fn redo_entries(markers: &[Event]) -> Vec<Entry> {
    markers
        .iter()
        .filter_map(|marker| {
            let id = marker.entry.marker_of()?;
            Some(Entry { fact: Fact::Redone(id), ..marker.entry.clone() })
        })
        .collect()
}

#[cfg(test)]
mod tests;
