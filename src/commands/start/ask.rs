//! What is asked at a terminal when a path is first followed: what one knows already, and how many
//! hours a week one studies.

use super::Args;
use crate::commands::weekly_hours;
use crate::context::Context;
use crate::error::Result;
use crate::model::roadmap::{Node, Roadmap};
use crate::model::route;
use crate::model::view::View;
use crate::output::Output;
use crate::text::{quantity, safe};

/// What was answered.
#[derive(Default)]
pub(super) struct Answers<'a> {
    /// The topics that are known.
    pub(super) known: Vec<Node<'a>>,
    /// The hours a week; none where nobody was asked, or is sure.
    pub(super) hours_per_week: Option<f64>,
}

/// Asks what no option says, where a path is new to the record and somebody can answer.
///
/// # Errors
/// A question was not answered, or the record cannot be read.
pub(super) fn ask<'a>(
    args: &Args,
    named: &[&'a Roadmap],
    context: &'a Context,
    out: &mut Output<'_, '_>,
) -> Result<Answers<'a>> {
    let mut answers = Answers::default();
    if out.is_json() || out.prompt().is_none() {
        return Ok(answers);
    }
    let standing = context.standing()?;
    let catalog = context.catalog();
    let required = route::required(catalog, &standing, named).into_iter().map(|(path, _)| path);
    let paths: Vec<&Roadmap> = required.chain(named.iter().copied()).collect();
    let view = View { shelf: catalog, standing: &standing };
    let is_known = |path: &&Roadmap| {
        standing.following().contains_key(&path.id)
            || path.items().any(|item| view.state(&item).is_some())
    };
    let new: Vec<&Roadmap> = paths.into_iter().filter(|path| !is_known(path)).collect();
    if !named.iter().any(|path| new.iter().any(|one| one.id == path.id)) {
        return Ok(answers);
    }
    if args.known.is_empty() {
        answers.known = known(&new, out)?;
    }
    if args.hours_per_week.is_none() && context.config.hours_per_week.is_none() {
        answers.hours_per_week = hours(out)?;
    }
    Ok(answers)
}

/// Which topics one knows. None is chosen before, and the first line chooses none.
fn known<'a>(paths: &[&'a Roadmap], out: &mut Output<'_, '_>) -> Result<Vec<Node<'a>>> {
    let topics = paths.iter().flat_map(|path| {
        let stages = path.stages.iter();
        stages.flat_map(|stage| stage.topics.iter().map(|topic| Node::Topic(path, stage, topic)))
    });
    let topics: Vec<Node<'a>> = topics.filter(|topic| has_goals(topic)).collect();
    let Some(prompt) = out.prompt().filter(|_| !topics.is_empty()) else {
        return Ok(Vec::new());
    };
    let mut lines = vec!["nothing of it yet".to_owned()];
    lines.extend(topics.iter().map(|topic| {
        let skills = topic.topic().map_or(0, |topic| topic.skills.len());
        let title = safe::line(topic.title());
        format!("{title}  ({}, {})", topic.reference(), quantity::count(skills, "skill"))
    }));
    let chosen = prompt.choose_some("What do you know already?", &lines)?;
    Ok(chosen.into_iter().filter_map(|at| topics.get(at.checked_sub(1)?).copied()).collect())
}

fn has_goals(topic: &Node<'_>) -> bool {
    topic.topic().is_some_and(|topic| !topic.skills.is_empty())
}

/// How many hours a week one means to study.
fn hours(out: &mut Output<'_, '_>) -> Result<Option<f64>> {
    let Some(prompt) = out.prompt() else { return Ok(None) };
    let mut question =
        "How many hours a week do you mean to study? (empty: not decided)".to_owned();
    loop {
        let Some(text) = prompt.line(&question)? else {
            return Ok(None);
        };
        match weekly_hours::read(&text) {
            Ok(hours) => return Ok(Some(hours)),
            Err(error) => question = format!("{}; 5 to 10 are usual", error.message()),
        }
    }
}
