//! What to study next on a path, from the library alone: `cargo run --example report`. Nothing is recorded.

#![allow(clippy::print_stdout)]

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use milepost::builtin::BUILT_INS;
use milepost_core::report::next;
use milepost_core::{App, Places, Result, Stamp};

/// The first steps of a path for somebody who has no record, each with the hours that it takes.
pub(crate) fn steps(path: &str, now: DateTime<Utc>) -> Result<Vec<String>> {
    let db = Some("no-record.db".into());
    let places = Places { db, built_ins: BUILT_INS, ..Places::default() };
    let app = App::new(places, Stamp { now, today: now.date_naive() }, now.time());
    let query = next::Query { path: Some(path.to_owned()), most: Some(3), ..Default::default() };
    let steps = next::report(&query, &app)?.report.recommendations.into_iter();
    let hours = |hours: Option<f64>| hours.map_or(String::new(), |hours| format!(", {hours} h"));
    Ok(steps.map(|step| format!("{}{}", step.row.title, hours(step.hours_left))).collect())
}

#[allow(clippy::disallowed_methods)]
fn main() -> std::result::Result<(), milepost::error::Error> {
    steps("foundations", SystemTime::now().into())?.iter().for_each(|step| println!("{step}"));
    Ok(())
}
