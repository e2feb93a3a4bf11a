//! What was decided about things that changed, read from the log itself: two small indexes find the
//! events, so that there is nothing beside the log to keep in step.

use milepost_path::{Ref, sort};
use rusqlite::{Connection, OptionalExtension};

use super::error::Result;
use super::{Reading, Store, log};
use crate::model::decision::{Before, Decision, of_thing, subject_of, tell_apart, things_before};
use crate::model::effort::Effort;
use crate::model::event::{Event, EventKind};
use crate::model::standing::{Standing, SubjectState, counting};

/// The first version of the tables that has the indexes.
const SINCE: i32 = 12;

impl Store {
    /// What was decided, without bringing an older file to this version: it has no decisions.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn decisions(&self) -> Result<Vec<Decision>> {
        let (reading, version) = self.read_as_is(false)?;
        if version < SINCE { Ok(Vec::new()) } else { reading.decisions() }
    }
}

impl Reading<'_> {
    /// What was decided and not taken back, in the order of the log.
    ///
    /// # Errors
    /// The file cannot be read, or an event is damaged or missing.
    pub(crate) fn decisions(&self) -> Result<Vec<Decision>> {
        let mut found: Vec<(i64, Event)> = Vec::new();
        let mut marked: Option<(Ref, Vec<Event>)> = None;
        for row in self.rows()? {
            let subject = &row.event.entry.subject;
            if self.told(has_markers(&self.transaction, subject))? {
                // Only all events of the subject tell which of them count.
                if marked.as_ref().is_none_or(|(known, _)| known != subject) {
                    marked = Some((subject.clone(), self.events_of(subject)?));
                }
                let events = marked.iter().flat_map(|(_, events)| events);
                if !counting(events).iter().any(|event| event.id == row.event.id) {
                    continue;
                }
            }
            found.push((row.seq, row.event));
        }
        sort::by_key(&mut found, |(seq, _)| *seq);
        Ok(found.iter().filter_map(|(_, event)| Decision::of(event)).collect())
    }

    /// The events that decide something, by subject.
    fn rows(&self) -> Result<Vec<log::Row>> {
        let mut select = self.told(log::select_decisions(&self.transaction))?;
        let mut rows = self.told(select.query([]))?;
        let mut found = Vec::new();
        while let Some(row) = self.told(rows.next())? {
            found.push(log::read(row, self.path)?);
        }
        Ok(found)
    }

    /// The events about a thing, be it one that was set apart; oldest first.
    ///
    /// # Errors
    /// As [`Reading::events_of`].
    pub(crate) fn events_of_thing(&self, reference: &Ref) -> Result<Vec<Event>> {
        Ok(of_thing(reference, self.events_of(&subject_of(reference))?))
    }

    /// The state of a thing that was set apart.
    pub(super) fn thing_before(&self, reference: &Ref) -> Result<Option<SubjectState>> {
        let things = things_before(&self.events_of(&subject_of(reference))?);
        let found = things.into_iter().find(|one| one.reference == *reference);
        Ok(found.and_then(|one| one.state))
    }

    /// The things that were set apart, with their record.
    pub(super) fn things_before(&self) -> Result<Vec<Before>> {
        let mut things = Vec::new();
        let mut last: Option<Ref> = None;
        for row in self.rows()? {
            let subject = row.event.entry.subject;
            let is_new = last.as_ref() != Some(&subject);
            if matches!(row.event.entry.fact, EventKind::SetApart(_)) && is_new {
                things.extend(things_before(&self.events_of(&subject)?));
                last = Some(subject);
            }
        }
        Ok(things)
    }

    /// Adds the things that were set apart to a standing.
    pub(super) fn with_things_before(&self, mut standing: Standing) -> Result<Standing> {
        for one in self.things_before()? {
            standing.put(&one.reference, one.state);
        }
        Ok(standing)
    }

    /// Gives the time that was spent on things that were set apart to these.
    pub(super) fn told_apart(&self, mut efforts: Vec<Effort>, sums: bool) -> Result<Vec<Effort>> {
        let things = self.things_before()?;
        if !things.is_empty() {
            tell_apart(&mut efforts, &things, sums);
        }
        Ok(efforts)
    }
}

/// Whether something of a subject was taken or brought back.
fn has_markers(connection: &Connection, subject: &Ref) -> rusqlite::Result<bool> {
    let select = "SELECT 1 FROM event INDEXED BY taken_back
        WHERE action IN ('undone', 'redone') AND subject = ?1 LIMIT 1";
    let mut select = connection.prepare_cached(select)?;
    Ok(select.query_row([subject.as_str()], |_| Ok(())).optional()?.is_some())
}
