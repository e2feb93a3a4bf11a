//! Days on which no study is planned, expected or missed.
//!
//! A stretch of them is kept under its first day, so that it can be changed and removed. Two
//! machines can record stretches that overlap; asked which days are meant, they are joined.

use chrono::NaiveDate;
use milepost_path::Ref;

use super::event::{EventKind, NewEvent};

/// The longest stretch, in days. More is no holiday.
pub const MOST_DAYS: i64 = 366;

/// A stretch of days away from study, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Away {
    /// The first day.
    pub from: NaiveDate,
    /// The last day, not before the first.
    pub to: NaiveDate,
    /// The reason, if one was given.
    pub why: Option<String>,
}

impl Away {
    /// How many days it has.
    pub fn days(&self) -> i64 {
        self.to.signed_duration_since(self.from).num_days() + 1
    }

    /// What it is called.
    pub(crate) fn title(&self) -> String {
        let Self { from, to, .. } = self;
        if from == to { from.to_string() } else { format!("{from} to {to}") }
    }

    /// Whether a day lies in it.
    pub(crate) fn has(&self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// Takes in another one that begins later, or on the same day.
    fn join(&mut self, other: &Self) {
        self.to = self.to.max(other.to);
        if self.why.is_none() {
            self.why.clone_from(&other.why);
        }
    }

    fn entry(&self, fact: EventKind) -> NewEvent {
        NewEvent { subject: Ref::away(self.from), title: Some(self.title()), fact }
    }

    fn recorded(&self) -> NewEvent {
        self.entry(EventKind::Away { to: Some(self.to), why: self.why.clone() })
    }

    fn removed(&self) -> NewEvent {
        self.entry(EventKind::Away { to: None, why: None })
    }
}

/// Recorded stretches, sorted by the first day, as such that do not overlap.
pub(crate) fn joined(recorded: &[Away]) -> Vec<Away> {
    let mut joined: Vec<Away> = Vec::new();
    for away in recorded {
        match joined.last_mut() {
            Some(last) if last.overlaps(away) => last.join(away),
            _ => joined.push(away.clone()),
        }
    }
    joined
}

/// Decides a request to be away: what is recorded already and overlaps becomes one with it. Nothing
/// where it is so already.
pub(crate) fn add(mut wanted: Away, recorded: &[Away]) -> Vec<NewEvent> {
    let touched: Vec<&Away> = recorded.iter().filter(|away| away.overlaps(&wanted)).collect();
    let is_so = |away: &&&Away| {
        let same_reason = wanted.why.is_none() || wanted.why == away.why;
        away.from <= wanted.from && wanted.to <= away.to && same_reason
    };
    if touched.iter().any(|away| is_so(&away)) {
        return Vec::new();
    }
    for away in &touched {
        wanted.from = wanted.from.min(away.from);
        wanted.join(away);
    }
    let others = touched.iter().filter(|away| away.from != wanted.from);
    let mut entries: Vec<NewEvent> = others.map(|away| away.removed()).collect();
    entries.push(wanted.recorded());
    entries
}

/// Decides a request to be there after all, in the stretch that a day lies in. Nothing where it lies
/// in none.
pub(crate) fn remove(day: NaiveDate, recorded: &[Away]) -> Vec<NewEvent> {
    let stretch = joined(recorded).into_iter().find(|away| away.has(day));
    let parts = recorded
        .iter()
        .filter(|away| stretch.as_ref().is_some_and(|stretch| stretch.overlaps(away)));
    parts.map(Away::removed).collect()
}

/// The days of a span, both ends included, that lie in none of some stretches that do not overlap.
pub(crate) fn days_there(from: NaiveDate, to: NaiveDate, joined: &[Away]) -> i64 {
    let count =
        |from: NaiveDate, to: NaiveDate| (to.signed_duration_since(from).num_days() + 1).max(0);
    let away = joined.iter().map(|away| count(away.from.max(from), away.to.min(to)));
    count(from, to) - away.sum::<i64>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::day;
    use crate::model::standing::{Standing, SubjectState};

    fn away(from: u32, to: u32, why: &str) -> Away {
        let why = (!why.is_empty()).then(|| why.to_owned());
        Away { from: day(1, from), to: day(1, to), why }
    }

    /// What is recorded once something was decided.
    fn after(recorded: &[Away], entries: Vec<NewEvent>) -> Vec<Away> {
        let mut standing = Standing::default();
        for Away { from, to, why } in recorded.iter().cloned() {
            standing.put(&Ref::away(from), Some(SubjectState::Away { to, why }));
        }
        for entry in entries {
            let before = standing.subject(&entry.subject);
            let after = SubjectState::after(before, day(2, 1), &entry.fact);
            standing.put(&entry.subject, after);
        }
        standing.away().to_vec()
    }

    #[test]
    fn what_overlaps_becomes_one() {
        let known = [away(5, 8, "skiing"), away(10, 12, "")];
        for (wanted, expected) in [
            (away(1, 4, ""), &[away(1, 4, ""), away(5, 8, "skiing"), away(10, 12, "")][..]),
            (away(6, 7, ""), &[away(5, 8, "skiing"), away(10, 12, "")]),
            (away(6, 7, "flu"), &[away(5, 8, "flu"), away(10, 12, "")]),
            (away(5, 9, ""), &[away(5, 9, "skiing"), away(10, 12, "")]),
            (away(3, 5, "trip"), &[away(3, 8, "trip"), away(10, 12, "")]),
            (away(8, 10, ""), &[away(5, 12, "skiing")]),
            (away(1, 30, ""), &[away(1, 30, "skiing")]),
        ] {
            let all = after(&known, add(wanted.clone(), &known));
            assert_eq!(joined(&all), expected, "{wanted:?}");
            assert_eq!(all.len(), expected.len(), "{wanted:?}");
            assert_eq!(add(wanted, &all), [], "again");
        }
    }

    #[test]
    fn days_there_are_those_that_are_not_away() {
        let away = [away(5, 8, ""), away(10, 12, "")];
        for (from, to, days) in
            [(1, 4, 4), (1, 14, 7), (6, 11, 1), (6, 7, 0), (8, 10, 1), (9, 1, 0)]
        {
            assert_eq!(days_there(day(1, from), day(1, to), &away), days, "{from} {to}");
        }
    }

    #[test]
    fn what_two_machines_recorded_is_joined_and_removed_as_one() {
        let known = [away(1, 9, ""), away(4, 5, "x"), away(8, 12, "y"), away(13, 14, "")];
        assert_eq!(joined(&known), [away(1, 12, "x"), away(13, 14, "")]);
        assert_eq!(joined(&after(&known, remove(day(1, 11), &known))), [away(13, 14, "")]);
        assert_eq!(remove(day(1, 20), &known), []);
    }
}
