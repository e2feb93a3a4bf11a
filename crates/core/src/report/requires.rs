//! What something requires, as reports and documents have it.

use milepost_path::{Ref, Requirement};
use serde::Serialize;

/// A requirement as a path file writes it: a reference, or a list of them where any one suffices.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Requires {
    /// This one.
    One(Ref),
    /// Any one of these.
    AnyOf(Vec<Ref>),
}

impl From<&Requirement> for Requires {
    fn from(requirement: &Requirement) -> Self {
        match requirement.any_of.as_slice() {
            [one] => Self::One(one.clone()),
            several => Self::AnyOf(several.to_vec()),
        }
    }
}
