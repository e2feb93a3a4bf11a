//! `compare` as JSON, why one path is to be finished first, and why two cannot be compared.

use serde::Serialize;

use super::Document;
use crate::error::Error;
use crate::report::compare::{Because, Refusal, Report};
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
pub fn because(because: &Because) -> String {
    let Because { left, other_left, done_of_other } = *because;
    let hours = quantity::hours;
    let shorter = if left <= 0.0 {
        "nothing is left of it".to_owned()
    } else if left < other_left {
        format!("{} are left of it, {} of the other", hours(left), hours(other_left))
    } else {
        format!("{} are left of each, and it was named first", hours(left))
    };
    if done_of_other > 0.0 {
        format!("{shorter}; finishing it does {} of the other as well", hours(done_of_other))
    } else {
        shorter
    }
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
            (0.0, 5.0, 0.0, "nothing is left of it"),
            (4.0, 5.5, 0.0, "4 h are left of it, 5.5 h of the other"),
            (4.0, 4.0, 0.0, "4 h are left of each, and it was named first"),
            (
                4.0,
                5.5,
                1.5,
                "4 h are left of it, 5.5 h of the other; finishing it does 1.5 h of the other as well",
            ),
        ] {
            assert_eq!(because(&Because { left, other_left, done_of_other }), words);
        }
    }
}
