//! How many times its planned hours a kind of unit takes: topics are studied, milestones are built,
//! and a learner can be fast at the one and slow at the other.
//!
//! The units that were finished tell it, with the hours that they took. [`PULL`] hours that take just as
//! long as planned stand beside them.
//!
//! **One learner or two.** Most milestones come late. Until some are built, the topics tell best how
//! long they take, unless the two differ. [`agreement`] is 1 while the factors of the two are within
//! half as much again of each other, and falls quickly beyond that; a kind that nothing tells counts as
//! one that takes as long as planned. As far as the two agree, each is pulled to the factor of both
//! together.
//!
//! **Alone.** As far as they do not, a kind has its own units only, and these are few. Then a unit
//! counts once, whatever its size, but less when it is a trifle; one that takes just as long as planned
//! stands beside them. That is the weight with which the range reckons, too: how long a kind takes is
//! less uncertain by each unit, and not by each hour. With hours as the weight, the three small
//! milestones that come first would tell nothing for a year.
//!
//! **Slowly.** A factor of all that is left would move the arrival by months each time that something
//! is finished. So a unit counts a tenth on the day on which it is finished, and the whole twelve weeks
//! later.
//!
//! **What is late** tells something before it is done: as soon as it took longer than its kind takes,
//! it counts as if it had been finished today.

use std::collections::BTreeMap;

use super::{ByKind, Kind, Unit, Work};

/// Hours that take as long as planned, beside those that were measured.
const PULL: f64 = 60.0;
/// A unit that was finished today counts so much of itself, and the whole so many days later.
const SETTLING: (f64, f64) = (0.1, 84.0);
/// Two kinds agree while the one takes at most so many times what the other does.
const ALIKE: f64 = 1.5;
/// How steeply the agreement falls beyond that.
const STEEPNESS: i32 = 6;
/// Hours that pull the two together when they are compared, so that a trifle tells nothing. A unit of so
/// many counts half of a large one.
const TRIFLE: f64 = 10.0;
/// A factor is told from so many units of so many hours on.
const TOLD_FROM: (usize, f64) = (3, 60.0);

/// Planned hours, and those that they took.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    hours: f64,
    took: f64,
}

impl Sum {
    fn add(&mut self, hours: f64, took: f64) {
        self.hours += hours;
        self.took += took;
    }

    fn plus(self, other: Self) -> Self {
        Self { hours: self.hours + other.hours, took: self.took + other.took }
    }

    /// The factor, with so many hours more that take so many times as long as planned.
    fn pulled(self, hours: f64, to: f64) -> f64 {
        (self.took + hours * to) / (self.hours + hours)
    }
}

/// What tells how long a kind takes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Evidence {
    /// How many units.
    pub(super) units: usize,
    all: Sum,
    settled: Sum,
    /// The same with a large unit as one hour.
    alone: Sum,
}

impl Evidence {
    fn take(&mut self, unit: &Unit, settled: f64) {
        self.units += 1;
        self.all.add(unit.hours, unit.logged);
        self.settled.add(settled * unit.hours, settled * unit.logged);
        let one = settled / (unit.hours + TRIFLE);
        self.alone.add(one * unit.hours, one * unit.logged);
    }

    /// The factor that is said; `None` if too little tells it.
    pub(super) fn told(&self) -> Option<f64> {
        let (units, hours) = TOLD_FROM;
        (self.units >= units && self.all.hours >= hours).then(|| self.all.pulled(PULL, 1.0))
    }
}

/// What tells how long the kinds take, of units on which time was logged, begun on a day or later.
pub(super) fn evidence(units: &[Unit], first: i64, today: i64) -> ByKind<Evidence> {
    let mut kinds = ByKind::<Evidence>::default();
    let is_whole =
        |unit: &&Unit| unit.begun.is_some_and(|begun| begun >= first) && unit.logged > 0.0;
    let (fresh, days) = SETTLING;
    for unit in units.iter().filter(is_whole).filter(|unit| !unit.is_open()) {
        let age = unit.ended.map_or(days, |ended| (today - ended) as f64) / days;
        kinds.of_mut(unit.kind).take(unit, fresh + (1.0 - fresh) * age.clamp(0.0, 1.0));
    }
    let factors = factors(&kinds);
    let is_late = |unit: &&Unit| unit.is_open() && unit.logged > factors.of(unit.kind) * unit.hours;
    for unit in units.iter().filter(is_whole).filter(is_late) {
        kinds.of_mut(unit.kind).take(unit, fresh);
    }
    kinds
}

/// How many times their hours the kinds take.
pub(super) fn factors(kinds: &ByKind<Evidence>) -> ByKind<f64> {
    let settled = kinds.map(|kind| kind.settled);
    let agreement = agreement(&settled);
    let both = settled.topics.plus(settled.milestones).pulled(PULL, 1.0);
    kinds.map(|kind| {
        let alike = kind.settled.pulled(PULL, both);
        agreement * alike + (1.0 - agreement) * kind.alone.pulled(1.0, 1.0)
    })
}

/// How many times the hours of both together each kind takes, where only the days tell it on which
/// something was finished: the time since the one before is that of what was finished. The first days
/// are so many days at least. 1 as far as the two agree.
pub(super) fn by_days(finished: &[Work], start: i64, first_days: i64) -> ByKind<f64> {
    let mut days: BTreeMap<i64, ByKind<f64>> = BTreeMap::new();
    for work in finished.iter().filter(|work| work.hours > 0.0) {
        *days.entry(work.on).or_default().of_mut(work.kind) += work.hours;
    }
    let mut kinds = ByKind::<Sum>::default();
    let mut before = None;
    for (on, hours) in days {
        let long = before.map_or((on - start + 1).max(first_days), |before| on - before) as f64;
        before = Some(on);
        let all = hours.topics + hours.milestones;
        for kind in [Kind::Topic, Kind::Milestone] {
            let hours = *hours.of(kind);
            kinds.of_mut(kind).add(hours, long * hours / all);
        }
    }
    let all = kinds.topics.plus(kinds.milestones);
    if all.took <= 0.0 {
        return ByKind { topics: 1.0, milestones: 1.0 };
    }
    // In hours of the plan, as both together take just these.
    let kinds = kinds.map(|kind| Sum { took: kind.took * all.hours / all.took, ..*kind });
    let agreement = agreement(&kinds);
    kinds.map(|kind| 1.0 + (1.0 - agreement) * (kind.pulled(PULL, 1.0) - 1.0))
}

/// From 0 to 1: how far two kinds take equally long.
fn agreement(kinds: &ByKind<Sum>) -> f64 {
    let ByKind { topics, milestones } = kinds.map(|kind| kind.pulled(TRIFLE, 1.0));
    let ratio = (topics / milestones).min(milestones / topics);
    (ALIKE * ratio).min(1.0).powi(STEEPNESS)
}
