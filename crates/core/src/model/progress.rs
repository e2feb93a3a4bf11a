//! How far one is: the one function from which every view has its percentage.
//!
//! A percentage is the hours of the done goals over the hours of all goals that are not skipped; what
//! the goals are, [`counting`] says. A goal without hours counts as much as the others do on average,
//! so where none has hours, they count one like the other. It is rounded down to one decimal, and is
//! 100 exactly when nothing is left.

use milepost_path::{Item, Node, NodeKind};
use serde::Serialize;

use super::amounts;
use super::counting::{self, Counts};
use super::learner::Learner;
use super::standing::Status;

/// How many items of a kind there are, without those that nothing counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Count {
    /// Finished.
    pub done: usize,
    /// Left out on purpose.
    pub skipped: usize,
    /// All of them, skipped ones too.
    pub total: usize,
}

impl Count {
    /// Neither done nor skipped.
    pub fn left(&self) -> usize {
        self.total - self.done - self.skipped
    }

    /// Those that are not skipped.
    pub fn counted(&self) -> usize {
        self.total - self.skipped
    }

    fn add(&mut self, status: Status) {
        self.total += 1;
        self.done += usize::from(status == Status::Done);
        self.skipped += usize::from(status == Status::Skipped);
    }
}

impl std::ops::Add for Count {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            done: self.done + other.done,
            skipped: self.skipped + other.skipped,
            total: self.total + other.total,
        }
    }
}

impl std::iter::Sum for Count {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |sum, one| sum + one)
    }
}

/// Hours of the items that a percentage counts, without the skipped ones.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Hours {
    /// Of those that are done.
    pub done: f64,
    /// Of all.
    pub total: f64,
}

impl Hours {
    /// Of those that are open.
    pub fn left(&self) -> f64 {
        (self.total - self.done).max(0.0)
    }
}

/// How far some part of a path is.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Progress {
    /// Milestones.
    pub milestones: Count,
    /// Skills.
    pub skills: Count,
    /// Resources, whether they are goals or means.
    pub resources: Count,
    /// Those of the resources that are goals.
    #[serde(skip)]
    pub resource_goals: Count,
    /// Hours of what the percentage counts.
    pub hours: Hours,
    /// 0 to 100, with one decimal.
    pub percent: f64,
}

impl Progress {
    /// What the percentage counts.
    pub fn counted(&self) -> Count {
        self.milestones + self.skills + self.resource_goals
    }
}

/// How far a node is.
pub fn progress(view: &Learner<'_>, node: &Node<'_>) -> Progress {
    let mut tally = Tally::default();
    counting::each(view, node, |item, counts| tally.add(view, &item, counts));
    tally.progress()
}

/// How far some items are that are no part of a path by themselves, each with what it is there.
pub(crate) fn progress_of<'a>(
    view: &Learner<'_>,
    items: impl IntoIterator<Item = (Item<'a>, Counts)>,
) -> Progress {
    let mut tally = Tally::default();
    items.into_iter().for_each(|(item, counts)| tally.add(view, &item, counts));
    tally.progress()
}

/// Sums on the way to a progress.
#[derive(Default)]
struct Tally {
    progress: Progress,
    /// Of the goals without hours.
    without: Count,
    /// Of all goals with hours, the skipped ones too: what a skipped one takes does not change the
    /// weight of another.
    known: f64,
}

impl Tally {
    fn add(&mut self, view: &Learner<'_>, item: &Item<'_>, counts: Counts) {
        let Self { progress, without, known } = self;
        let of_kind = match (item.kind(), counts) {
            (_, Counts::Aside) => return,
            (NodeKind::Milestone, _) => &mut progress.milestones,
            (NodeKind::Skill, _) => &mut progress.skills,
            _ => &mut progress.resources,
        };
        let status = view.status(item);
        of_kind.add(status);
        if counts == Counts::Means {
            return;
        }
        if item.kind() == NodeKind::Resource {
            progress.resource_goals.add(status);
        }
        let Some(effort) = item.hours() else {
            without.add(status);
            return;
        };
        *known += effort;
        progress.hours.done += if status == Status::Done { effort } else { 0.0 };
        progress.hours.total += if status == Status::Skipped { 0.0 } else { effort };
    }

    fn progress(self) -> Progress {
        let mut progress = self.progress;
        let hours = &mut progress.hours;
        *hours = Hours {
            done: amounts::without_dust(hours.done),
            total: amounts::without_dust(hours.total),
        };
        let counted = progress.counted();
        let with = counted.total - self.without.total;
        // A path file gives no hours of 0, so this is above 0.
        let mean = if with > 0 { self.known / with as f64 } else { 1.0 };
        let weight = |hours: f64, without: usize| hours + mean * without as f64;
        let all = self.without.total - self.without.skipped;
        let share =
            weight(progress.hours.done, self.without.done) / weight(progress.hours.total, all);
        progress.percent = percent(counted, share);
        progress
    }
}

fn percent(counted: Count, share: f64) -> f64 {
    // Something is left, or there is nothing to divide by.
    if counted.left() == 0 { 100.0 } else { amounts::percent(share).min(99.9) }
}

#[cfg(test)]
mod tests;
