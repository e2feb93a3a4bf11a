//! `show`.

use std::ops::Range;

use milepost::commands::show as command;
use milepost::error::{Result, no_json};
use milepost_core::progress::Kind;
use milepost_core::report::show::node::NodeReport;
use milepost_core::report::show::{Query, Report, report};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Ask, Call, More, NEXT_CURSOR};
use crate::answer::Made;
use crate::pages::Place;

pub(super) struct Show;

#[derive(Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(super) struct Arguments {
    /// A path, stage, topic, skill, resource, milestone, interview question or glossary term: its
    /// reference (`path/item`), its id or its title; `glossary` for all terms; all paths that the
    /// learner follows without it.
    r#ref: Option<String>,
    /// Include the learner's own notes.
    notes: bool,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

impl Ask for Show {
    const NAME: &'static str = "show";
    const TITLE: &'static str = "One thing in full";
    const ABOUT: &'static str = "One thing in full: status, criteria, evidence, what it requires and \
        unlocks, what is in it. A path is long and comes in pages; `list` and a topic are shorter.";
    const MORE: &'static [More] = &[NEXT_CURSOR];
    type Arguments = Arguments;
    type Report = Report;

    fn run(arguments: Arguments, call: &Call<'_>) -> Result<Made> {
        let query = Query { reference: arguments.r#ref, graph: None };
        let mut answer = report(&query, &call.context.app)?;
        if !arguments.notes {
            without_notes(&mut answer.report);
        }
        let place = Place::read(call.id, &answer.report, arguments.cursor.as_deref())?;
        let next = match &mut answer.report {
            Report::Node(node) => cut(node, &place)?,
            Report::Term(term) => place.cut(&mut term.children)?,
            Report::Question(_) | Report::Graph(_) => None,
        };
        Ok(Made::of(&answer, command::text)?.with_next(next))
    }
}

/// Takes the learner's notes out.
pub(super) fn without_notes(report: &mut Report) {
    if let Report::Node(node) = report {
        of_node(node);
    }
}

fn of_node(node: &mut NodeReport) {
    node.notes.clear();
    node.said.retain(|one| one.kind != Kind::Note);
    node.children.iter_mut().for_each(of_node);
}

/// Reduces what is in a node to the entries on the page, in the order of the tree as it is printed, and
/// the nodes that contain them.
fn cut(node: &mut NodeReport, place: &Place) -> Result<Option<String>> {
    let mut sizes = Vec::new();
    for child in &mut node.children {
        measure(child, &mut sizes)?;
    }
    let (on_page, next) = place.page(&sizes);
    keep(&mut node.children, &mut 0, &on_page);
    Ok(next)
}

/// The size of each node in the tree, without what is in it.
fn measure(node: &mut NodeReport, sizes: &mut Vec<usize>) -> Result<()> {
    let children = std::mem::take(&mut node.children);
    let size = serde_json::to_vec(&*node).map_err(no_json)?.len();
    node.children = children;
    sizes.push(size);
    node.children.iter_mut().try_for_each(|child| measure(child, sizes))
}

fn keep(nodes: &mut Vec<NodeReport>, at: &mut usize, on_page: &Range<usize>) {
    nodes.retain_mut(|node| {
        let is_on_page = on_page.contains(at);
        *at += 1;
        keep(&mut node.children, at, on_page);
        is_on_page || !node.children.is_empty()
    });
}
