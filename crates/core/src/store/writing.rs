//! One command's changes: what they append and what they refuse, and how they become durable.

use chrono::NaiveDate;
use milepost_path::{Ref, RefTarget, is_id};

use super::error::Result;
use super::failure::{self, explain};
use super::{Reading, StoreError, Writing, effort, erase, log, standing};
use crate::model::effort as spent;
use crate::model::event::{Event, EventKind, Goals, NewEvent};
use crate::model::standing::{SubjectState, counting};

impl<'a> Writing<'a> {
    /// What is there now, this command's own changes among it.
    pub fn reading(&self) -> &Reading<'a> {
        &self.reading
    }

    /// Appends an entry for a day and brings the standing of its subject up to date.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn append(&mut self, entry: NewEvent, on: NaiveDate) -> Result<()> {
        fits(&entry)?;
        let event = Event {
            id: self.head.next_id(&self.reading.transaction, self.reading.path, self.stamp.now)?,
            device: self.head.device,
            command: self.command,
            at: self.stamp.now,
            on,
            by: self.by.cloned(),
            entry,
        };
        let Reading { transaction, path } = &self.reading;
        let told = |error| explain(path, error);
        let subject = &event.entry.subject.clone();
        let (last, state) = standing::subject(transaction, subject).map_err(told)?;
        if event.entry.speaks_of_events() {
            let erases = matches!(event.entry.fact, EventKind::Redacted(_));
            let (seq, _) = self.head.append(transaction, path, event, last)?;
            if erases {
                erase::of_subject(transaction, path, seq)?;
            }
            return self.fold(subject, seq);
        }
        effort::add(transaction, &event).map_err(told)?;
        let (seq, entry) = self.head.append(transaction, path, event, last)?;
        let state = SubjectState::after(state, on, &entry.fact);
        standing::put(transaction, subject, seq, state.as_ref()).map_err(told)
    }

    /// Makes what is kept of a subject that which follows from all its events, the newest of which
    /// has this number.
    pub(super) fn fold(&self, subject: &Ref, seq: i64) -> Result<()> {
        let Reading { transaction, path } = &self.reading;
        let told = |error| explain(path, error);
        let events = log::of_subject(transaction, path, seq)?;
        let days = spent::fold(counting(&events));
        effort::set(transaction, subject, &days).map_err(told)?;
        let state = SubjectState::fold(&events);
        standing::put(transaction, subject, seq, state.as_ref()).map_err(told)
    }

    /// Whether the copy of the day is to be made once this is committed.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn is_copy_due(&self) -> Result<bool> {
        self.reading.is_copy_due(self.stamp.today)
    }

    /// The day on which the command runs.
    pub(crate) fn today(&self) -> NaiveDate {
        self.stamp.today
    }

    /// Makes all of it durable, or none.
    ///
    /// # Errors
    /// It could not be written; then nothing was changed. Or another program put something else
    /// under the name of the record meanwhile.
    pub fn commit(self) -> Result<()> {
        let Reading { transaction, path } = &self.reading;
        let told = |error| explain(path, error);
        self.head.write(transaction).map_err(told)?;
        let Err(error) = transaction.execute_batch("COMMIT") else {
            // Between the journal and the commit SQLite does not look, and writes to a file that
            // nobody will read.
            return if self.held.is_still(path) {
                Ok(())
            } else {
                Err(StoreError::Astray(path.to_path_buf()))
            };
        };
        if !transaction.is_autocommit() {
            // An error here leaves the journal, which the next process rolls back.
            let _ = transaction.execute_batch("ROLLBACK");
        }
        // The last step is to sync the directory after the journal is gone. Where that fails, SQLite
        // reports an error although the change is in place.
        match self.head.is_in(transaction, self.command) {
            Ok(true) => Err(failure::unconfirmed(path, &error)),
            Ok(false) | Err(_) => Err(explain(path, error)),
        }
    }
}

/// Refuses what no command can mean: something about a reference that no path can have, a status for
/// a path, or goals for an item. To take back what an older record has of such, markers pass.
pub(super) fn fits(entry: &NewEvent) -> Result<()> {
    if entry.marker_of().is_some() {
        return Ok(());
    }
    is_sound(&entry.subject)?;
    let names = entry.subject.target();
    let fits = match entry.fact {
        EventKind::Started(_) | EventKind::Stopped => names == RefTarget::Path,
        EventKind::Marked { .. }
        | EventKind::Corrected { .. }
        | EventKind::Noted(_)
        | EventKind::Snoozed(_)
        | EventKind::Studied { .. } => {
            matches!(names, RefTarget::Node(_))
        }
        EventKind::Assessed { .. } => matches!(names, RefTarget::Area(_)),
        EventKind::Answered { .. } => matches!(names, RefTarget::Question(_)),
        EventKind::Away { to, .. } => match names {
            RefTarget::Away(from) => to.is_none_or(|to| from.parse().is_ok_and(|from| to >= from)),
            _ => false,
        },
        EventKind::Unnoted(_) | EventKind::Redacted(_) => {
            matches!(names, RefTarget::Node(_) | RefTarget::Area(_) | RefTarget::Away(_))
        }
        EventKind::Renamed(ref from) => {
            is_sound(from)?;
            is_a_thing(names) && is_a_thing(from.target())
        }
        EventKind::SetApart(_) => is_a_thing(names),
        EventKind::Undone(_) | EventKind::Redone(_) => true,
    };
    if let EventKind::Started(Goals { role, hours_per_week, .. }) = &entry.fact {
        if let Some(role) = role.as_ref().filter(|role| !is_id(role)) {
            return Err(StoreError::NoRole(role.clone()));
        }
        // An older version took less than `start` takes now; and what is not finite has no JSON.
        if let Some(hours) =
            hours_per_week.filter(|hours| hours.is_finite() && (*hours <= 0.0 || *hours > 168.0))
        {
            return Err(StoreError::NoWeek(hours));
        }
    }
    if fits {
        return Ok(());
    }
    Err(StoreError::Misfit(entry.action(), entry.subject.to_string()))
}

/// Whether a reference is that of something in a path or career file, which can have another id.
fn is_a_thing(names: RefTarget<'_>) -> bool {
    matches!(names, RefTarget::Node(_) | RefTarget::Question(_) | RefTarget::Area(_))
}

/// Refuses a reference that nothing can have.
pub(super) fn is_sound(subject: &Ref) -> Result<()> {
    if subject.is_sound() {
        return Ok(());
    }
    Err(StoreError::NoSubject(subject.as_str().to_owned()))
}
