//! Time that was really spent: how long somebody studied what, and on which day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use milepost_path::Ref;

use super::event::{Event, EventKind};

/// The minutes of a day.
pub const DAY: u32 = 24 * 60;

/// Some time that was studied at a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// How long, in minutes: one at least, and [`DAY`] at most.
    pub minutes: u32,
    /// When it began, in minutes since midnight, if that was said. It is nobody else's business, so
    /// that it stays in the log.
    pub from: Option<u32>,
}

/// The time that was spent on one subject on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effort {
    /// The day that it is for.
    pub on: NaiveDate,
    /// The item or topic that was studied.
    pub subject: Ref,
    /// How long, in minutes.
    pub minutes: u32,
}

/// The minutes of one subject by day.
pub(crate) type Days = BTreeMap<NaiveDate, u32>;

/// Adds what an event says of the time that was spent.
pub(crate) fn add(days: &mut Days, event: &Event) {
    if let EventKind::Studied { session, .. } = &event.entry.fact {
        let minutes = days.entry(event.on).or_default();
        *minutes = minutes.saturating_add(session.minutes);
    }
}

/// The time that was spent on a subject, by the events of it that count.
pub(crate) fn fold<'a>(counting: impl IntoIterator<Item = &'a Event>) -> Days {
    let mut days = Days::new();
    for event in counting {
        add(&mut days, event);
    }
    days
}

/// The minutes of some efforts.
pub(crate) fn sum<'e>(efforts: impl IntoIterator<Item = &'e Effort>) -> u32 {
    efforts.into_iter().fold(0, |sum, one| sum.saturating_add(one.minutes))
}

/// As a list, by subject and day.
pub(crate) fn listed(subject: &Ref, days: &Days) -> impl Iterator<Item = Effort> {
    let effort = |(on, minutes): (&NaiveDate, &u32)| Effort {
        on: *on,
        subject: subject.clone(),
        minutes: *minutes,
    };
    days.iter().map(effort)
}
