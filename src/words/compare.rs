//! `compare` as JSON, why one path is to be finished first, and why two cannot be compared.

use milepost_core::report::compare::{Because, PathReport, Refusal, Report};
use serde::Serialize;

use super::Document;
use crate::error::Error;
use crate::text::quantity;

#[derive(Serialize)]
struct Json<'a> {
    #[serde(flatten)]
    report: &'a Report,
    because: String,
}

impl Document for Report {
    const COMMAND: &'static str = "compare";

    fn json(&self) -> impl Serialize {
        Json { report: self, because: because(&self.because) }
    }
}

/// Why a path is to be finished first, as a clause.
pub(crate) fn because(because: &Because) -> String {
    let Because { left, other_left, done_of_other } = *because;
    let hours = quantity::hours;
    let shorter = if left <= 0.0 {
        "it has nothing left".to_owned()
    } else if left < other_left {
        format!("it has {} left, the other {}", hours(left), hours(other_left))
    } else {
        format!("both have {} left, and you named it first", hours(left))
    };
    if done_of_other > 0.0 {
        format!("{shorter}; finishing it also does {} of the other", hours(done_of_other))
    } else {
        shorter
    }
}

/// What the plan of a path takes, where that is not what is left of its goals.
pub(crate) fn plan(path: &PathReport) -> Option<String> {
    let whole = path.hours_left + path.hours_before;
    // Less than half a minute is no difference that anybody sees.
    if (whole - path.hours_in_plan).abs() < 1.0 / 120.0 {
        return None;
    }
    let plan = quantity::hours(path.hours_in_plan);
    Some(format!("its plan takes {plan}: all that is left to study, prove and build"))
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::SamePath(id) => Self::usage(format!("`{id}` is named twice"))
                .hint("name two different paths; `milepost paths` lists them"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_one_comes_first() {
        for (left, other_left, done_of_other, words) in [
            (0.0, 5.0, 0.0, "it has nothing left"),
            (4.0, 5.5, 0.0, "it has 4 h left, the other 5.5 h"),
            (4.0, 4.0, 0.0, "both have 4 h left, and you named it first"),
            (
                4.0,
                5.5,
                1.5,
                "it has 4 h left, the other 5.5 h; finishing it also does 1.5 h of the other",
            ),
        ] {
            assert_eq!(because(&Because { left, other_left, done_of_other }), words);
        }
    }
}
