//! What is left of something on which time was spent.
//!
//! Of a resource it is `f` times its hours, of a milestone its hours, of a topic the practice that it
//! leaves room for; less what was studied, and a tenth of it at least: who is late is not done. `f` is
//! how many times their hours the finished resources took that have time, with 20 h more on both sides
//! that pull it to 1. Of what has no time all is left.

use chrono::NaiveDate;
use milepost_path::{Item, Node, Ref, Shelf, find};
use rustc_hash::FxHashMap;

use super::activity::finished_on;
use super::amounts;
use super::effort;
use super::learner::{Learner, progress_ref};

/// Hours that pull the factor to 1.
const PULL: f64 = 20.0;
/// What is late still takes this part of its hours.
pub(crate) const LEAST: f64 = 0.1;

/// How many times their hours resources take.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Factor {
    logged: f64,
    hours: f64,
}

impl Factor {
    /// Takes a resource that was finished: its hours, and those that were studied.
    pub(crate) fn add(&mut self, hours: f64, logged: f64) {
        self.hours += hours;
        self.logged += logged;
    }

    /// The factor.
    pub(crate) fn value(self) -> f64 {
        (self.logged + PULL) / (self.hours + PULL)
    }
}

/// What is left of some hours that take so many times as long, after some were studied.
pub(crate) fn left(hours: f64, logged: f64, factor: f64) -> f64 {
    if logged <= 0.0 {
        return hours;
    }
    amounts::without_dust((factor * hours - logged).max(LEAST * hours))
}

/// The time that was spent on a topic or an item.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spent {
    /// In hours.
    pub hours: f64,
    /// The last day of it.
    pub last: NaiveDate,
    /// If it is for a resource that a path has, the hours of that.
    pub of_resource: Option<f64>,
    /// Whether the factor has it: it was finished by study.
    pub is_measured: bool,
}

impl Spent {
    /// What is left of that on which it was spent, which has so many hours.
    pub(crate) fn left(&self, hours: f64, factor: Factor) -> f64 {
        left(hours, self.hours, self.of_resource.map_or(1.0, |_| factor.value()))
    }
}

/// The time that was spent, by where it is kept.
#[derive(Debug, Default)]
pub(crate) struct Spending {
    by_place: FxHashMap<Ref, Spent>,
    /// How many times their hours resources took up to now.
    pub factor: Factor,
}

impl Spending {
    /// All that the standing has up to a day.
    pub(crate) fn of(view: &Learner<'_>, today: NaiveDate) -> Self {
        let mut spending = Self::default();
        let efforts = view.standing.all().efforts();
        for of_one in efforts.chunk_by(|one, next| one.subject == next.subject) {
            let past = of_one.partition_point(|one| one.on <= today);
            let of_one = of_one.get(..past).unwrap_or_default();
            let Some(last) = of_one.last() else { continue };
            let (place, item) = match find(view.shelf, &last.subject) {
                Some(Node::Item(item)) => (progress_ref(view.shelf, &item), Some(item)),
                Some(node) => (node.reference(), None),
                None => (last.subject.clone(), None),
            };
            let one = spending.by_place.entry(place).or_insert(Spent {
                hours: 0.0,
                last: last.on,
                of_resource: None,
                is_measured: false,
            });
            one.hours += f64::from(effort::sum(of_one)) / 60.0;
            one.last = one.last.max(last.on);
            if let Some(item) = item.filter(|item| item.resource().is_some()) {
                let state = view.state(&item).filter(|state| finished_on(state).is_some());
                let was = state.and_then(|state| state.as_marked.as_deref()?.hours);
                one.of_resource = one.of_resource.or(was).or(item.hours());
                one.is_measured |= state.is_some();
            }
        }
        for one in spending.by_place.values().filter(|one| one.is_measured) {
            // What nobody gave hours tells nothing.
            if let Some(hours) = one.of_resource {
                spending.factor.add(hours, one.hours);
            }
        }
        spending
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.by_place.is_empty()
    }

    /// What was spent on what is kept under a reference.
    pub(crate) fn on(&self, place: &Ref) -> Option<Spent> {
        self.by_place.get(place).copied()
    }

    /// The hours that are left of an item, were it open; `None` if nobody said how many it has.
    pub(crate) fn left_of(&self, shelf: &dyn Shelf, item: &Item<'_>) -> Option<f64> {
        let hours = item.hours()?;
        let spent = self.on(&progress_ref(shelf, item));
        Some(spent.map_or(hours, |spent| spent.left(hours, self.factor)))
    }
}

#[cfg(test)]
mod tests;
