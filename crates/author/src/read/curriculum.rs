//! A curriculum in JSON: sections, subsections, and the courses of each.
//!
//! Its texts are Markdown, and it says in JSON what the page of such a curriculum says in headings and
//! tables. So it is put down as that page, and read as one.

use std::fmt::Write;

use serde::Deserialize;

use super::json::{Few, parse};
use super::{MOST_BYTES, MOST_ITEMS, Many, Options, ReadError, markdown};
use crate::counts::Construct;
use crate::draft::{Draft, Node, Stage};

#[derive(Deserialize)]
struct Curriculum {
    #[serde(rename = "Curriculum")]
    sections: Few<Section, 1_000>,
}

#[derive(Deserialize)]
struct Section {
    #[serde(rename = "Section Name", alias = "Name")]
    name: Option<String>,
    #[serde(rename = "Explanation")]
    explanation: Option<String>,
    #[serde(rename = "Topics Covered", default)]
    covered: Few<Covered, 1_000>,
    #[serde(rename = "Courses", default)]
    courses: Few<Course, MOST_ITEMS>,
    #[serde(rename = "Subsections", alias = "Disciplines", default)]
    inner: Few<Section, MOST_ITEMS>,
}

#[derive(Deserialize)]
struct Covered {
    #[serde(rename = "Name")]
    name: Option<String>,
}

#[derive(Deserialize)]
struct Course {
    #[serde(rename = "Name")]
    name: Option<String>,
    #[serde(rename = "URL")]
    url: Option<String>,
    #[serde(rename = "Alternative")]
    alternative: Option<String>,
    #[serde(rename = "Duration")]
    duration: Option<String>,
    #[serde(rename = "Effort")]
    effort: Option<String>,
    #[serde(rename = "Additional Text / Assignments")]
    additional: Option<String>,
    #[serde(rename = "Prerequisites")]
    prerequisites: Option<String>,
}

/// Reads a curriculum.
///
/// # Errors
/// It is no such file, or has more than a path can hold.
pub(super) fn read(text: &str, options: &Options) -> Result<Draft, ReadError> {
    let curriculum: Curriculum = parse(text)?;
    let mut page = String::new();
    let mut courses = 0;
    for section in curriculum.sections.all(Many::Stages)? {
        write(&mut page, section, 2, &mut courses)?;
    }
    if page.len() > MOST_BYTES {
        return Err(ReadError::TooLarge);
    }
    let mut draft = markdown::read(&page, options)?;
    draft.counts.read.clear();
    draft.counts.read.insert(Construct::Courses, courses);
    // The lines are those of the page, which nobody has.
    draft.nodes_mut().into_iter().for_each(|node: &mut Node| node.line = 0);
    draft.stages.retain(|stage: &Stage| !stage.topics.is_empty() || !stage.milestones.is_empty());
    Ok(draft)
}

/// How deep sections stand in each other where each still has a heading of its own.
const DEEPEST: usize = 5;

fn write(
    page: &mut String,
    section: Section,
    level: usize,
    courses: &mut usize,
) -> Result<(), ReadError> {
    let name = section.name.as_deref().map(line).unwrap_or_default();
    // Writing to a string does not fail.
    let _ = writeln!(page, "\n{} {name}\n", "#".repeat(level.min(DEEPEST)));
    for text in section.explanation.iter().flat_map(|text| text.lines()) {
        let _ = writeln!(page, "{}\n", line(text));
    }
    let covered = section.covered.first().into_iter().filter_map(|one| one.name);
    let covered = covered.filter(|name| !name.trim().eq_ignore_ascii_case("and more"));
    let covered: Vec<String> =
        covered.map(|name| format!("`{}`", line(&name).replace('`', ""))).collect();
    if !covered.is_empty() {
        let _ = writeln!(page, "{}\n", covered.join("\n"));
    }
    let table = section.courses.all(Many::Items)?;
    if !table.is_empty() {
        page.push_str(
            "| Courses | Duration | Effort | Additional Text / Assignments | Prerequisites |\n",
        );
        page.push_str("|---|---|---|---|---|\n");
    }
    for course in table {
        *courses += 1;
        let mut name = linked(course.name.as_deref().unwrap_or_default(), course.url.as_deref());
        if let Some(url) = course.alternative.as_deref().filter(|url| !url.trim().is_empty()) {
            let _ = write!(name, " ({})", linked("alternative", Some(url)));
        }
        let cells = [course.duration, course.effort, course.additional, course.prerequisites];
        let cells = cells.map(|cell| cell.as_deref().map(escaped).unwrap_or_default());
        let _ = writeln!(page, "| {name} | {} |", cells.join(" | "));
    }
    page.push('\n');
    for inner in section.inner.all(Many::Items)? {
        write(page, inner, level + 1, courses)?;
    }
    Ok(())
}

fn linked(title: &str, url: Option<&str>) -> String {
    // Some addresses carry the rest of their row with them.
    let url =
        url.and_then(|url| url.split(")|").next()).map(|url| url.trim().trim_end_matches(')'));
    let url = url.filter(|url| !url.is_empty());
    let title = escaped(title);
    match url {
        Some(url) => {
            format!("[{}](<{}>)", title.replace(['[', ']'], ""), line(url).replace(['<', '>'], ""))
        }
        None => title,
    }
}

/// A text in a cell of a table.
fn escaped(text: &str) -> String {
    line(text).replace('|', "\\|")
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
