//! The items of the paths as boxes to tick, in Markdown: to keep in a repository, or on paper.
//!
//! Below headings for path, stage and topic stands a line for each item, with its link, what part of it
//! is meant, its hours, and the day on which it was done. What was skipped is left out, as in the
//! portfolio. `milepost new ID --from FILE --ticks TICKS` reads it back with the same ticks: what stands
//! in brackets has the words and the order that it knows.

use milepost_author::read::is_aside;
use milepost_core::Status;
use milepost_core::report::export::{Document, ItemPart, PathPart, StagePart};
use milepost_path::NodeKind;

use super::markdown::escape::{self, text};
use super::markdown::origin;
use crate::text::quantity;

/// The heading of what a stage has to build.
const MILESTONES: &str = "### Milestones";

/// The items of a document as boxes.
pub(crate) fn render(document: &Document) -> String {
    let mut blocks: Vec<String> = document.paths.iter().flat_map(path).collect();
    let origins: Vec<String> = document.paths.iter().filter_map(origin).collect();
    if !origins.is_empty() {
        blocks.push("---".to_owned());
        blocks.extend(origins);
    }
    blocks.join("\n\n") + "\n"
}

fn path(path: &PathPart) -> Vec<String> {
    let mut blocks = vec![heading("# ", "Path", &path.title)];
    blocks.extend(path.stages.iter().flat_map(stage));
    if blocks.len() == 1 {
        blocks.push("You skipped all of it.".to_owned());
    }
    blocks
}

fn stage(stage: &StagePart) -> Vec<String> {
    let boxes = |is_in: &dyn Fn(&ItemPart) -> bool| {
        let items = stage.items.iter().filter(|item| item.is_shown() && is_in(item));
        let lines: Vec<String> = items.map(line).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    };
    let topics = stage.topics.iter().flat_map(|topic| {
        let lines = boxes(&|item| item.topic.as_ref() == Some(&topic.id));
        lines.map(|lines| [heading("### ", "Topic", &topic.title), lines])
    });
    let milestones =
        boxes(&|item| item.kind == NodeKind::Milestone).map(|lines| [MILESTONES.to_owned(), lines]);
    let blocks: Vec<String> = topics.chain(milestones).flatten().collect();
    let heading = (!blocks.is_empty()).then(|| heading("## ", "Stage", &stage.title));
    heading.into_iter().chain(blocks).collect()
}

/// A heading, whose kind is said where its title alone would be taken for one about the document, such as
/// `Community`: nobody would read the boxes below it.
fn heading(level: &str, kind: &str, title: &str) -> String {
    let kind = if is_aside(title) { format!("{kind}: ") } else { String::new() };
    format!("{level}{kind}{}", text(title))
}

fn line(item: &ItemPart) -> String {
    let title = text(&item.title);
    let title = match item.url.as_deref().and_then(escape::target) {
        Some(target) => format!("[{title}]({target})"),
        None => title,
    };
    let is_done = item.status == Status::Done;
    let day = item.since.filter(|_| is_done && !item.known);
    let brackets = [
        item.part.as_deref().map(text),
        item.hours.filter(|hours| *hours > 0.0).map(quantity::hours),
        item.optional.then(|| "optional".to_owned()),
        item.retired.then(|| "retired".to_owned()),
        day.map(|day| day.to_string()),
    ];
    let brackets: String =
        brackets.into_iter().flatten().map(|said| format!(" ({said})")).collect();
    format!("- [{}] {title}{brackets}", if is_done { 'x' } else { ' ' })
}

#[cfg(test)]
mod tests;
