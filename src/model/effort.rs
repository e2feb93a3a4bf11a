//! Time that was really spent: how long somebody studied what, and on which day.

use chrono::NaiveDate;

use super::roadmap::Ref;

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
