//! What is asked at a terminal when a path is first followed: what you know already, and how many
//! hours a week you study.

use milepost_core::report::start::{self, KnownTopic, Query};
use milepost_path::safe;

use crate::commands::shared::weekly_hours;
use crate::context::Context;
use crate::error::Result;
use crate::output::Output;
use crate::text::quantity;

/// Asks what a query leaves open, where a path is new to the record and somebody can answer: what is
/// known, and the hours a week, which are given back.
///
/// # Errors
/// A path is unknown, a question was not answered, or the record cannot be read.
pub(super) fn complete(
    query: &mut Query,
    asks_hours: bool,
    context: &Context,
    out: &mut Output<'_, '_>,
) -> Result<Option<f64>> {
    if out.is_json() || out.prompt().is_none() {
        return Ok(None);
    }
    let Some(topics) = start::new_topics(query, &context.app)? else {
        return Ok(None);
    };
    if query.known.is_empty() {
        query.known = known(&topics, out)?;
    }
    if asks_hours && query.aims.hours_per_week.is_none() {
        return hours(out);
    }
    Ok(None)
}

/// Which topics you know. None is preselected, and the first line chooses none.
fn known(topics: &[KnownTopic], out: &mut Output<'_, '_>) -> Result<Vec<String>> {
    let Some(prompt) = out.prompt().filter(|_| !topics.is_empty()) else {
        return Ok(Vec::new());
    };
    let mut lines = vec!["nothing yet".to_owned()];
    lines.extend(topics.iter().map(|topic| {
        let title = safe::line(&topic.title);
        format!("{title}  ({}, {})", topic.reference, quantity::count(topic.skills, "skill"))
    }));
    let chosen = prompt.choose_some("What do you know already?", &lines)?;
    let chosen = chosen.into_iter().filter_map(|at| topics.get(at.checked_sub(1)?));
    Ok(chosen.map(|topic| topic.reference.to_string()).collect())
}

/// How many hours a week you plan to study.
fn hours(out: &mut Output<'_, '_>) -> Result<Option<f64>> {
    let Some(prompt) = out.prompt() else { return Ok(None) };
    let mut question = "How many hours a week will you study? (enter to skip)".to_owned();
    loop {
        let Some(text) = prompt.line(&question)? else {
            return Ok(None);
        };
        match weekly_hours::read(&text) {
            Ok(hours) => return Ok(Some(hours)),
            Err(error) => question = format!("{}; 5 to 10 is usual", error.message()),
        }
    }
}
