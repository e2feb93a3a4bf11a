//! `roles` as JSON, and how near the core of a role is, as a clause.

use std::fmt;

use serde::Serialize;

use super::Document;
use super::reason::{self, ReasonJson};
use crate::model::fit::Core;
use crate::report::roles::{First, Line, Report, RoleReport};
use crate::report::row::Row;

#[derive(Serialize)]
struct Json<'a> {
    roles: &'a [Line],
    role: Option<RoleJson<'a>>,
    areas: usize,
    assessed: usize,
}

#[derive(Serialize)]
struct RoleJson<'a> {
    #[serde(flatten)]
    role: &'a RoleReport,
    first: Option<FirstJson<'a>>,
}

#[derive(Serialize)]
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

impl fmt::Display for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { within_one, areas } = self;
        let noun = if *areas == 1 { "area" } else { "areas" };
        write!(f, "{within_one} of {areas} core {noun} within one level")
    }
}
