//! What to study, prove and build, in which order, and why.
//!
//! [`Guide::plan`] is the whole; what is next is its head; the calendar lays it into weeks; its hours
//! are what a forecast counts. So there is one order and one sum.
//!
//! - The author's order is the author's judgement: topics of a stage and resources of a topic come in
//!   the order of the file.
//! - Each thing is studied once: of alternatives one (`course.rs`).
//! - Studied is not yet done: a skill that was studied is asked for, which takes no time.
//! - Build early: what is in progress comes first, then a milestone that is ready (`order.rs`).
//! - Nothing without need: of a required path comes what is needed, when it is needed (`need.rs`).
//! - A role bends the order within a stage (`aim.rs`).
//! - What is snoozed waits for its day, and so does what needs it.
//!
//! All of it is a pure function of paths, standing and filter. A plan walks it: it takes the first step,
//! sees it as done, and looks again. So the plan after a step is the rest of the plan before it.

mod aim;
mod course;
mod lesson;
mod need;
mod next;
mod order;
mod plan;
mod reasons;
mod scope;
mod state;
mod way;
mod why;

pub use aim::Goal;
pub use lesson::Lesson;
pub(crate) use lesson::Teacher;
pub(crate) use next::Proof;
pub use next::{Advice, Nothing};
pub use plan::{Act, Guide, Step};
pub use reasons::{LeftOut, Reason};
pub(crate) use way::hours_to;
pub(crate) use why::Why;
pub use why::{Before, Snoozed, StepName, WhyNot};

use chrono::NaiveDate;
use milepost_path::{Resource, ResourceKind, Topic};

#[cfg(test)]
thread_local! {
    /// How many plans were walked.
    pub(super) static WALKS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
    /// How often the state of an item or a topic was looked at.
    static LOOKS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// What the learner asks for.
#[derive(Debug, Clone, Default)]
pub struct NextFilter<'a> {
    /// Nothing that must be paid for.
    pub free: bool,
    /// Only resources of these kinds, if any.
    pub kinds: Vec<ResourceKind>,
    /// Only topics for this role, or for every role.
    pub role: Option<String>,
    /// Towards which role.
    pub goal: Option<Goal<'a>>,
    /// The day on which it is asked for: what is snoozed for longer comes later.
    pub today: NaiveDate,
}

impl NextFilter<'_> {
    /// Whether it leaves anything out.
    pub(crate) fn is_empty(&self) -> bool {
        !self.free && self.kinds.is_empty() && self.role.is_none()
    }

    /// Whether a resource fits.
    fn takes(&self, resource: &Resource) -> bool {
        (!self.free || resource.is_free())
            && (self.kinds.is_empty() || self.kinds.contains(&resource.kind))
    }

    /// Whether a topic is for the role that was asked for.
    fn is_for(&self, topic: &Topic) -> bool {
        self.role.as_deref().is_none_or(|role| is_for_role(topic, role))
    }
}

/// Whether a topic is for a role: it names that role, or none.
pub(crate) fn is_for_role(topic: &Topic, role: &str) -> bool {
    topic.roles.is_empty() || names_role(topic, role)
}

fn names_role(topic: &Topic, role: &str) -> bool {
    topic.roles.iter().any(|named| named == role)
}

#[cfg(test)]
mod tests;
