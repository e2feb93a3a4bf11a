//! The hours a week that an option takes.

use crate::error::{Error, Result};
use crate::model::event::Goals;

/// Refuses hours that no week has.
///
/// # Errors
/// They are less than a minute, or more than a week has.
pub fn check(hours: f64) -> Result<()> {
    if Goals::can_be_a_week(hours) {
        return Ok(());
    }
    Err(Error::usage(format!("{hours} hours a week cannot be"))
        .hint("a week has 168 hours; 5 to 10 are usual beside a job"))
}
