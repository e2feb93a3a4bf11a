//! Why something is not the next step: it is closed, it waits, something takes its place, nothing asks
//! for it, or other steps come first.

mod find;

use chrono::NaiveDate;
use milepost_path::Ref;

/// Why something is not the next step, or that it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// The reason.
    pub because: WhyNot,
    /// What of the plan comes before it; `None` if the plan does not have it, or begins with it.
    pub before: Option<Before>,
}

/// The part of a plan that comes before something.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Before {
    /// Its hours.
    pub hours: f64,
    /// How many things there are to study, to practise and to build in it.
    pub steps: usize,
}

/// Why something is not the next step, or that it is.
#[derive(Debug, Clone, PartialEq)]
pub enum WhyNot {
    /// It is the next step.
    IsNext,
    /// Its path is not followed, and nothing that is followed requires it.
    NotFollowed {
        /// The id of the path.
        path: String,
        /// The title of the path.
        title: String,
    },
    /// Its path has retired it.
    Retired,
    /// Its topic is for another role.
    OtherRole,
    /// No skill of the topic is left.
    NothingLeft,
    /// It is credited.
    Known,
    /// It is done, since a day if that is known.
    Done(Option<NaiveDate>),
    /// It is skipped.
    Skipped {
        /// Since when, if that is known.
        on: Option<NaiveDate>,
        /// What can be taken back.
        reference: Ref,
    },
    /// It is put off.
    Snoozed {
        /// What of it is snoozed.
        what: Snoozed,
        /// Until when.
        until: NaiveDate,
        /// What can be brought back.
        reference: Ref,
    },
    /// The skill was studied, so that it can be proven.
    Prove(Ref),
    /// Nothing that the learner follows needs it.
    Rest,
    /// It requires what is not reached.
    Waits {
        /// The titles of what it requires.
        titles: Vec<String>,
        /// The next step on the way there, if there is one.
        next: Option<StepName>,
    },
    /// It requires what only has to be proven: the titles.
    WaitsForProof(Vec<String>),
    /// The skill was not studied yet: the titles of what teaches it.
    StudyFirst(Vec<String>),
    /// Other steps come first: the first of them; `None` if it is a proof.
    Later(Option<StepName>),
    /// It is optional.
    Optional,
    /// Enough of its topic is done: the title.
    Enough(String),
    /// It is there to look things up.
    LookUp,
    /// Another resource covers it: the title, and whether that is done and not in progress.
    Covered(String, bool),
    /// What it is an alternative to is begun: the title, and whether that is done.
    AlternativeTo(String, bool),
    /// It is an alternative to what the plan has.
    Alternative {
        /// The titles of that.
        to: Vec<String>,
        /// The resource itself.
        reference: Ref,
    },
    /// All that it teaches is done or skipped.
    NothingOpen,
    /// It does not pass the filters.
    Filtered,
    /// It requires something to which nothing leads: the titles of what is known of that.
    Blocked(Vec<String>),
}

/// What of something is snoozed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Snoozed {
    /// All of it.
    Itself,
    /// Its topic.
    Topic,
    /// What it teaches.
    Taught,
}

/// A step of a plan by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepName {
    /// The title of what to study or to build.
    Title(String),
    /// Practice: the title of the topic.
    Practice(String),
}

impl WhyNot {
    /// The code, which is stable.
    pub fn code(&self) -> &'static str {
        match self {
            Self::IsNext => "next",
            Self::NotFollowed { .. } => "not-followed",
            Self::Retired => "retired",
            Self::OtherRole => "other-role",
            Self::NothingLeft | Self::Known | Self::Done(_) => "done",
            Self::Skipped { .. } => "skipped",
            Self::Snoozed { .. } => "snoozed",
            Self::Prove(_) => "prove",
            Self::Rest => "rest",
            Self::Waits { .. } | Self::WaitsForProof(_) => "waits",
            Self::StudyFirst(_) => "study-first",
            Self::Later(_) => "later",
            Self::Optional => "optional",
            Self::Enough(_) => "enough",
            Self::LookUp => "look-up",
            Self::Covered(..) | Self::AlternativeTo(..) | Self::Alternative { .. } => "alternative",
            Self::NothingOpen => "nothing-open",
            Self::Filtered => "filtered",
            Self::Blocked(_) => "blocked",
        }
    }
}

#[cfg(test)]
mod tests;
