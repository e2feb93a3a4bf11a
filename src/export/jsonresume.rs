//! A résumé in the form of jsonresume.org, version 1.0.0 of its schema: the milestones that are done as
//! projects, and the skill areas with a level as skills. Themes make pages of it.
//!
//! It has what the public portfolio has, and nothing that a learner did not record: no job, no degree, no
//! certificate. What the path says to the learner, as a milestone's summary does, is not for its readers;
//! a project is described by what it met, its criteria, and by the path that asked for it. What would be
//! empty is left out. Texts are lines of plain text: themes decide what escapes them.

use std::cmp::Reverse;
use std::collections::HashSet;

use chrono::{Datelike, NaiveDate};
use milepost_core::progress::Dated;
use milepost_core::report::export::{Document, ItemPart, MatrixArea, PathPart};
use milepost_core::{Status, json};
use milepost_path::address::Address;
use milepost_path::{LEVELS, Ref, safe, sort};
use serde::Serialize;

use super::phrases;
use crate::error::{Result, no_json};

/// The schema that it follows, for programs that check.
const SCHEMA: &str =
    "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json";

#[derive(Serialize)]
struct Resume {
    #[serde(rename = "$schema")]
    schema: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    basics: Option<Basics>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    skills: Vec<Skill>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    projects: Vec<Project>,
}

#[derive(Serialize)]
struct Basics {
    name: String,
}

#[derive(Serialize)]
struct Skill {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keywords: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Project {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    highlights: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keywords: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// The résumé of a document that is for the public.
///
/// # Errors
/// A value has no JSON.
pub(crate) fn render(document: &Document) -> Result<String> {
    let areas = document.matrix.iter().flat_map(|matrix| &matrix.areas);
    let resume = Resume {
        schema: SCHEMA,
        basics: document.owner.as_deref().and_then(line).map(|name| Basics { name }),
        skills: areas.filter_map(skill).collect(),
        projects: projects(document),
    };
    json::plain(&resume).map_err(no_json)
}

fn skill(area: &MatrixArea) -> Option<Skill> {
    let level = LEVELS.get(usize::from(area.level?)).copied();
    Some(Skill { name: line(&area.title)?, level, keywords: lines(&area.topics) })
}

/// The milestones that are done, each once, though it can stand in several paths: the newest first,
/// and those without a day last.
fn projects(document: &Document) -> Vec<Project> {
    let of_paths = document
        .paths
        .iter()
        .flat_map(|path| path.milestones().map(move |item| (item, Some(path))));
    let earlier = document.earlier.iter().map(|item| {
        let path = document.paths.iter().find(|path| path.id == item.reference.path());
        (item, path)
    });
    let mut seen: HashSet<&Ref> = HashSet::new();
    let mut projects: Vec<Project> = of_paths
        .chain(earlier)
        .filter(|(item, _)| item.status == Status::Done)
        .filter(|(item, _)| seen.insert(item.same_as.as_ref().unwrap_or(&item.reference)))
        .map(|(item, path)| project(item, path))
        .collect();
    sort::by_key(&mut projects, |project| Reverse(project.end_date));
    projects
}

fn project(item: &ItemPart, path: Option<&PathPart>) -> Project {
    let (url, others) = proofs(&item.evidence);
    let mut highlights = lines(item.proven_criteria());
    highlights
        .extend(others.iter().filter_map(|said| line(said)).map(|it| format!("Evidence: {it}")));
    // The day on which something was credited says nothing about when it was built.
    let day = |day: Option<NaiveDate>| day.filter(|day| !item.known && can_be_written(*day));
    let end_date = day(item.since);
    Project {
        name: line(&item.title).unwrap_or_else(|| item.reference.to_string()),
        description: path.and_then(description),
        highlights,
        keywords: lines(&item.skills),
        start_date: day(item.begun).filter(|begun| end_date.is_none_or(|end| *begun <= end)),
        end_date,
        url,
    }
}

/// Where a project comes from; the texts of the path can have a licence that wants it said.
fn description(path: &PathPart) -> Option<String> {
    let title = line(&path.title)?;
    let origin = phrases::origin(path, |name| safe::line(name).into_owned());
    let origin = origin.map_or(String::new(), |origin| format!(" ({origin})"));
    Some(format!("A milestone of the learning path {title}{origin}."))
}

/// The first address among the evidence, and everything else.
fn proofs(evidence: &[Dated]) -> (Option<String>, Vec<&str>) {
    let mut url = None;
    let mut others = Vec::new();
    for said in evidence {
        let uri = Address::of(&said.text).and_then(|address| address.uri());
        match uri.filter(|_| url.is_none()) {
            Some(uri) => url = Some(uri),
            None => others.push(said.text.as_str()),
        }
    }
    (url, others)
}

/// Whether the schema has a form for the year of a day.
fn can_be_written(day: NaiveDate) -> bool {
    (1000..3000).contains(&day.year())
}

/// A text as one line of which every character shows; `None` where none does.
fn line(text: &str) -> Option<String> {
    let text = safe::line(text);
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn lines(texts: &[String]) -> Vec<String> {
    texts.iter().filter_map(|text| line(text)).collect()
}

#[cfg(test)]
mod tests;
