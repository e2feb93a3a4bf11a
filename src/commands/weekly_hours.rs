//! The hours a week that an option takes.

use crate::error::{Error, Result};

/// Refuses hours that no week has.
///
/// # Errors
/// They are not above 0, or more than a week has.
pub fn check(hours: f64) -> Result<()> {
    if hours > 0.0 && hours <= 168.0 {
        return Ok(());
    }
    Err(Error::usage(format!("{hours} hours a week cannot be"))
        .hint("a week has 168 hours; 5 to 10 are usual beside a job"))
}
