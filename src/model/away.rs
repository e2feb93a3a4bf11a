//! Days on which no study is planned, expected or missed.

use chrono::NaiveDate;

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
