//! The portfolio: what the learner did, as values.

/// Why there is nothing to export.
#[derive(Debug)]
pub enum Refusal {
    /// Nothing is recorded.
    NothingRecorded,
}
