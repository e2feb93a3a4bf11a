//! How far one is: the one counting function that every view uses.
//!
//! Goals are skills and milestones that are not optional. A percentage is the hours of the done
//! goals over the hours of all goals that are not skipped; where there are no goals, resources
//! count the same way. Where no counted item has hours, items count instead of hours. It is
//! rounded down to one decimal, and is 100 exactly when nothing is left.

use serde::Serialize;

use super::roadmap::{Item, NodeKind};
use super::standing::Status;
use super::view::View;

/// How many items of a kind there are. Optional ones are not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
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
}

/// Hours of the items that a percentage counts, without the skipped ones.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
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
pub struct Progress {
    /// Milestones.
    pub milestones: Count,
    /// Skills.
    pub skills: Count,
    /// Resources; means, not goals.
    pub resources: Count,
    /// Hours of what the percentage counts.
    pub hours: Hours,
    /// 0 to 100, with one decimal.
    pub percent: f64,
}

impl Progress {
    /// What the percentage counts: the goals, or the resources where there are no goals.
    pub fn counted(&self) -> Count {
        let (m, s) = (self.milestones, self.skills);
        if m.total + s.total == 0 {
            return self.resources;
        }
        Count { done: m.done + s.done, skipped: m.skipped + s.skipped, total: m.total + s.total }
    }
}

/// Counts items: all of a path, of a stage or of a topic.
pub fn progress<'a>(view: &View<'_>, items: impl IntoIterator<Item = Item<'a>>) -> Progress {
    let mut progress = Progress::default();
    let mut goals = Hours::default();
    let mut means = Hours::default();
    for item in items {
        if item.tracked().optional {
            continue;
        }
        let (count, hours) = match item.kind() {
            NodeKind::Milestone => (&mut progress.milestones, &mut goals),
            NodeKind::Skill => (&mut progress.skills, &mut goals),
            _ => (&mut progress.resources, &mut means),
        };
        count.total += 1;
        let effort = item.hours().unwrap_or(0.0);
        match view.status(&item) {
            Status::Done => {
                count.done += 1;
                hours.done += effort;
                hours.total += effort;
            }
            Status::Skipped => count.skipped += 1,
            Status::Todo | Status::Doing => hours.total += effort,
        }
    }
    let has_goals = progress.milestones.total + progress.skills.total > 0;
    progress.hours = if has_goals { goals } else { means };
    progress.hours.done = without_dust(progress.hours.done);
    progress.hours.total = without_dust(progress.hours.total);
    let counted = progress.counted();
    progress.percent = percent(counted, progress.hours);
    progress
}

/// Hours to a billionth: a topic's hours are spread over its skills, and a sum of thirds is off by a
/// hair, which JSON would show.
fn without_dust(hours: f64) -> f64 {
    (hours * 1e9).round() / 1e9
}

fn percent(counted: Count, hours: Hours) -> f64 {
    if counted.left() == 0 {
        return 100.0;
    }
    let share = if hours.total > 0.0 {
        hours.done / hours.total
    } else {
        // Something is left, so the divisor is not 0.
        counted.done as f64 / (counted.total - counted.skipped) as f64
    };
    // A sum of thirds of hours may end a hair below the decimal that it means.
    let rounded_down = (share * 1000.0 + 1e-6).floor() / 10.0;
    rounded_down.min(99.9)
}

#[cfg(test)]
mod tests;
