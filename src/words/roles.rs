//! `roles` as JSON, and how near the core of a role is, as a clause.

use milepost_core::fit::Core;
use milepost_core::report::roles::{First, Line, Report, RoleReport};
use milepost_core::report::row::Row;
use serde::Serialize;

use super::Document;
use super::reason::{self, ReasonJson};

#[derive(Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
struct Json<'a> {
    roles: &'a [Line],
    role: Option<RoleJson<'a>>,
    areas: usize,
    assessed: usize,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
struct RoleJson<'a> {
    #[serde(flatten)]
    role: &'a RoleReport,
    first: Option<FirstJson<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
struct FirstJson<'a> {
    #[serde(flatten)]
    row: &'a Row,
    because: Vec<ReasonJson>,
}

impl<'a> FirstJson<'a> {
    fn of(first: &'a First) -> Self {
        Self { row: &first.row, because: reason::json(&first.because) }
    }
}

impl Document for Report {
    const COMMAND: &'static str = "roles";

    fn json(&self) -> impl Serialize {
        let role = |role| RoleJson { role, first: role.first.as_ref().map(FirstJson::of) };
        Json {
            roles: &self.roles,
            role: self.role.as_ref().map(role),
            areas: self.areas,
            assessed: self.assessed,
        }
    }
}

super::described!(Report as Json<'static>);

/// How much of what a role is mostly about is near what it needs.
pub(crate) fn core(core: &Core) -> String {
    let Core { within_one, areas } = core;
    let noun = if *areas == 1 { "area" } else { "areas" };
    format!("{within_one} of {areas} core {noun} within one level")
}
