//! One look at the record: what it answers.

use chrono::NaiveDate;
use milepost_path::Ref;
use uuid::Uuid;

use super::error::Result;
use super::failure::explain;
use super::{Reading, effort, log, standing};
use crate::model::decision::is_before;
use crate::model::effort::Effort;
use crate::model::event::{Event, StoredEvent};
use crate::model::standing::{Standing, SubjectState};

impl Reading<'_> {
    pub(super) fn told<T>(&self, result: rusqlite::Result<T>) -> Result<T> {
        result.map_err(|error| explain(self.path, error))
    }

    /// The state of everything.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn standing(&self) -> Result<Standing> {
        self.with_things_before(self.told(standing::all(&self.transaction))?)
    }

    /// The state of some subjects, and the followed paths.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn standing_of<'r>(&self, subjects: impl IntoIterator<Item = &'r Ref>) -> Result<Standing> {
        self.with_things_before(self.told(standing::some(&self.transaction, subjects))?)
    }

    /// The state of one subject.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn subject(&self, subject: &Ref) -> Result<Option<SubjectState>> {
        if is_before(subject) {
            return self.thing_before(subject);
        }
        Ok(self.told(standing::subject(&self.transaction, subject))?.1)
    }

    /// The ids of the followed paths, in the order in which they were begun.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn followed_ids(&self) -> Result<Vec<String>> {
        let followed = self.told(standing::some(&self.transaction, []))?;
        Ok(followed.followed_ids().into_iter().map(str::to_owned).collect())
    }

    /// The days away from study, and nothing else.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn away(&self) -> Result<Standing> {
        self.told(standing::away(&self.transaction))
    }

    /// The time that was spent, which [`Standing::put_efforts`] takes.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn efforts(&self) -> Result<Vec<Effort>> {
        self.told_apart(self.told(effort::all(&self.transaction))?, false)
    }

    /// As [`Reading::efforts`], but one for each subject: all its time up to a day, on the last.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn effort_sums(&self, until: NaiveDate) -> Result<Vec<Effort>> {
        self.told_apart(self.told(effort::sums(&self.transaction, until))?, true)
    }

    /// The time that was spent on some subjects.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn efforts_of<'r>(
        &self,
        subjects: impl IntoIterator<Item = &'r Ref>,
    ) -> Result<Vec<Effort>> {
        self.told_apart(self.told(effort::of(&self.transaction, subjects))?, false)
    }

    /// The minutes that were spent on a day, whatever was studied.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn minutes_on(&self, day: NaiveDate) -> Result<i64> {
        self.told(effort::on(&self.transaction, day))
    }

    /// All events of a subject, oldest first.
    ///
    /// # Errors
    /// The file cannot be read, or an event is damaged or missing.
    pub(crate) fn events_of(&self, subject: &Ref) -> Result<Vec<Event>> {
        match self.told(standing::subject(&self.transaction, subject))? {
            (Some(newest), _) => log::of_subject(&self.transaction, self.path, newest),
            (None, _) => Ok(Vec::new()),
        }
    }

    /// The title that a subject had when something was recorded of it last; `None` if no event of it
    /// has one.
    ///
    /// # Errors
    /// As [`Reading::events_of`].
    pub(crate) fn title_of(&self, subject: &Ref) -> Result<Option<String>> {
        let events = self.events_of(subject)?;
        Ok(events.into_iter().rev().find_map(|event| event.entry.title))
    }

    /// The log from its end, lazily.
    ///
    /// # Errors
    /// The file cannot be read; each event can be unreadable too.
    pub fn newest_first<T>(
        &self,
        use_events: impl FnOnce(&mut dyn Iterator<Item = Result<Event>>) -> Result<T>,
    ) -> Result<T> {
        log::newest_first(&self.transaction, self.path, use_events)
    }

    /// The device that the record belongs to.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn device(&self) -> Result<Uuid> {
        Ok(log::Head::read(&self.transaction, self.path)?.device)
    }

    /// The device that the record belongs to, and all events, oldest first, in the form in which
    /// they are kept.
    ///
    /// # Errors
    /// The file cannot be read, or an event is damaged or missing.
    pub fn log(&self) -> Result<(Uuid, Vec<StoredEvent>)> {
        let device = log::Head::read(&self.transaction, self.path)?.device;
        let mut events = Vec::new();
        log::oldest_first(&self.transaction, self.path, 1, |kept| {
            events.push(kept.recorded);
            Ok(())
        })?;
        Ok((device, events))
    }
}
