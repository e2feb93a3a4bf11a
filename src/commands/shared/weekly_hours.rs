//! The hours a week that an option takes.

use milepost_core::Goals;
use milepost_path::safe;

use crate::error::{Error, Result};

/// The hours of a week.
pub const MOST: f64 = 168.0;

/// Reads the hours a week of an option.
///
/// # Errors
/// It is no number, or as [`check`].
pub(crate) fn read(text: &str) -> Result<f64> {
    let digits = text.trim();
    let number = digits.strip_suffix('h').unwrap_or(digits).trim_end();
    let Ok(hours) = number.parse::<f64>() else {
        let shown = safe::short(digits, 60);
        return Err(Error::usage(format!("\"{shown}\" is not a number of hours"))
            .hint("write 8 or 7.5, or `none`"));
    };
    check(hours).map(|()| hours)
}

/// Refuses hours that no week has.
///
/// # Errors
/// They are less than a minute, or more than a week has.
pub fn check(hours: f64) -> Result<()> {
    if Goals::can_be_a_week(hours) {
        return Ok(());
    }
    Err(Error::usage(format!("{hours} hours a week is impossible"))
        .hint("a week has 168 hours; 5 to 10 is usual alongside a job"))
}
