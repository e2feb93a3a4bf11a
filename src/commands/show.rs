//! `milepost show`: a node with all that is known of it. `text` writes it for people; `question` is
//! about interview questions, `term` about the glossary.

mod graph;
mod question;
mod term;
mod text;

use chrono::NaiveDate;
use serde::Serialize;

use super::{row, select};
use crate::catalog::reference::{Lookup, look_up};
use crate::context::Context;
use crate::error::{Code, Error, Result};
use crate::export::document::{Requires, item_part};
use crate::model::counting::effort;
use crate::model::guidance::{Lesson, Teacher};
use crate::model::left::Spending;
use crate::model::progress::{Progress, progress};
use crate::model::roadmap::{
    Cost, Criterion, Item, Link, Node, NodeKind, Ref, Resource, ResourceKind, Roadmap,
};
use crate::model::said::Kind;
use crate::model::standing::{Said, Status};
use crate::model::view::{Readiness, View};
use crate::output::Output;
use crate::report::references;

/// Show a path as a tree, or one thing in full
///
/// A topic, skill, resource or milestone is shown with its status, criteria, notes and evidence,
/// what it requires and what it unlocks; a skill with the resources that teach it. Without REF the followed paths are shown; `show glossary`
/// shows all terms.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost show ai-integration
  milepost show api-development
  milepost show qa-system
  milepost show ai-integration/question:idempotency
  milepost show hallucination
  milepost show ai-integration --graph mermaid")]
pub struct Args {
    /// A path, stage, topic, skill, resource, milestone, interview question or glossary term
    #[arg(value_name = "REF", add = super::completions::shown())]
    reference: Option<String>,

    /// Write the graph of what requires what instead, for Graphviz or Mermaid
    #[arg(long, value_name = "LANGUAGE")]
    graph: Option<graph::Language>,
}

#[derive(Serialize)]
struct Graph {
    path: String,
    graph: String,
}

/// A node with all that is known of it.
#[derive(Debug, Serialize)]
struct Report {
    #[serde(rename = "ref")]
    reference: Option<Ref>,
    kind: Option<NodeKind>,
    title: Option<String>,
    summary: Option<String>,
    about: Option<String>,
    /// What a person who has the skill can say.
    can: Option<String>,
    path: Option<String>,
    stage: Option<String>,
    topic: Option<String>,
    status: Option<Status>,
    since: Option<NaiveDate>,
    known: Option<bool>,
    /// The day until which it is left out of plans.
    snoozed_until: Option<NaiveDate>,
    optional: Option<bool>,
    retired: Option<bool>,
    same_as: Option<Ref>,
    ready: Option<bool>,
    hours: Option<f64>,
    /// What is left of them, of an item that was asked for and is open.
    hours_left: Option<f64>,
    /// The time that was spent on it and on all that is in it.
    minutes: Option<u32>,
    months: Option<[f64; 2]>,
    choose: Option<u16>,
    by: Option<String>,
    url: Option<String>,
    links: Vec<Link>,
    tags: Vec<String>,
    /// Which part of a resource is meant.
    part: Option<String>,
    /// The resources that it can take the place of, and those that can take its place.
    instead_of: Vec<Ref>,
    instead: Vec<Ref>,
    lang: Option<String>,
    #[serde(rename = "type")]
    resource_kind: Option<ResourceKind>,
    cost: Option<Cost>,
    /// Ids of the skills that a resource teaches.
    teaches: Vec<String>,
    /// The resources that teach a skill.
    taught_by: Vec<TaughtBy>,
    criteria: Vec<String>,
    /// The criteria with their points; empty where nobody counts points.
    rubric: Vec<Criterion>,
    pass: Option<u16>,
    /// What to hand in as proof of a milestone.
    proof: Vec<String>,
    /// A string for each requirement; a list of them where any one suffices.
    requires: Vec<Requires>,
    unlocks: Vec<Ref>,
    notes: Vec<String>,
    evidence: Vec<String>,
    /// Both, each with the number by which `note --remove` names it.
    said: Vec<Numbered>,
    progress: Option<Progress>,
    children: Vec<Report>,
    version: Option<String>,
    updated: Option<NaiveDate>,
    author: Option<String>,
    license: Option<String>,
    source: Option<String>,
    #[serde(skip)]
    unmet: Vec<String>,
}

/// A text that was said of a node.
#[derive(Debug, Serialize)]
struct Numbered {
    number: usize,
    kind: Kind,
    on: NaiveDate,
    text: String,
}

/// A resource that teaches a skill.
#[derive(Debug, Serialize)]
struct TaughtBy {
    #[serde(rename = "ref")]
    reference: Ref,
    title: String,
    status: Status,
    hours: Option<f64>,
    #[serde(rename = "type")]
    kind: Option<ResourceKind>,
    cost: Option<Cost>,
    /// Whether it is part of the course of its topic.
    core: bool,
    optional: bool,
    /// What it can stand in for.
    instead_of: Vec<Ref>,
    /// The titles of these.
    #[serde(skip)]
    instead_of_titles: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// The reference is unknown or unclear, or the record cannot be read.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let standing = context.standing_with_efforts()?;
    let catalog = context.catalog();
    let view = View { shelf: catalog, standing: &standing };
    let followed = context.followed(&standing);
    if let Some(language) = args.graph {
        let roadmap = match &args.reference {
            Some(reference) => {
                select::node(reference, &standing.followed_ids(), context, out)?.roadmap()
            }
            None => one_path(&followed)?,
        };
        let graph = graph::graph(roadmap, &view, language);
        let report = Graph { path: roadmap.id.clone(), graph };
        return out.report("show", &report, |report, _| report.graph.clone());
    }
    // Only what names nothing of a path can be a question or a term.
    if let Some(reference) = &args.reference
        && let Lookup::Unknown(near) = look_up(catalog, reference, &standing.followed_ids())
    {
        let followed = standing.followed_ids();
        if let Some(asked) = references::question_or_none(reference, &followed, &context.app)? {
            return question::show(&asked, &view, context.today(), out);
        }
        if let Some(report) = term::find(reference, &near, context)? {
            return out.report("show", &report, term::text);
        }
    }
    let mut readiness = Readiness::new(view);
    let today = context.today();
    let report = match &args.reference {
        Some(reference) => {
            let node = select::node(reference, &standing.followed_ids(), context, out)?;
            let report = node_report(&node, &mut readiness, &followed, today, true);
            Report { hours_left: hours_left(&node, &view, today), ..report }
        }
        None => match followed.as_slice() {
            [] => {
                return Err(Error::new(Code::NothingThere, "no path is followed yet")
                    .hint("`milepost paths` lists them, `milepost show PATH` shows one"));
            }
            [one] => node_report(&Node::Path(one), &mut readiness, &followed, today, true),
            several => {
                let mut report = empty();
                report.children = several
                    .iter()
                    .map(|path| {
                        node_report(&Node::Path(path), &mut readiness, &followed, today, true)
                    })
                    .collect();
                report
            }
        },
    };
    out.report("show", &report, text::text)
}

/// The path whose graph is meant where none is named.
fn one_path<'a>(followed: &[&'a Roadmap]) -> Result<&'a Roadmap> {
    match followed {
        // The last of them is what the others are for.
        [.., last] => Ok(last),
        [] => Err(Error::new(Code::NothingThere, "no path is followed yet")
            .hint("name a path: `milepost show PATH --graph dot`")),
    }
}

fn empty() -> Report {
    Report {
        reference: None,
        kind: None,
        title: None,
        summary: None,
        about: None,
        can: None,
        path: None,
        stage: None,
        topic: None,
        status: None,
        since: None,
        known: None,
        snoozed_until: None,
        optional: None,
        retired: None,
        same_as: None,
        ready: None,
        hours: None,
        hours_left: None,
        minutes: None,
        months: None,
        choose: None,
        by: None,
        url: None,
        links: Vec::new(),
        tags: Vec::new(),
        part: None,
        instead_of: Vec::new(),
        instead: Vec::new(),
        lang: None,
        resource_kind: None,
        cost: None,
        teaches: Vec::new(),
        taught_by: Vec::new(),
        criteria: Vec::new(),
        rubric: Vec::new(),
        pass: None,
        proof: Vec::new(),
        requires: Vec::new(),
        unlocks: Vec::new(),
        notes: Vec::new(),
        evidence: Vec::new(),
        said: Vec::new(),
        progress: None,
        children: Vec::new(),
        version: None,
        updated: None,
        author: None,
        license: None,
        source: None,
        unmet: Vec::new(),
    }
}

/// What is known of a node and of what is in it. What it unlocks takes a look at all paths, so
/// only the node that was asked for is asked.
fn node_report(
    node: &Node<'_>,
    readiness: &mut Readiness<'_>,
    followed: &[&Roadmap],
    today: NaiveDate,
    asked: bool,
) -> Report {
    let view = &readiness.view();
    let roadmap = node.roadmap();
    let children = match *node {
        Node::Path(_) => {
            let stages = roadmap.stages.iter().map(|stage| Node::Stage(roadmap, stage));
            stages.map(|node| node_report(&node, readiness, followed, today, false)).collect()
        }
        Node::Stage(_, stage) => {
            let topics = stage.topics.iter().map(|topic| Node::Topic(roadmap, stage, topic));
            let milestones =
                shown(node, view).filter(|item| item.milestone().is_some()).map(Node::Item);
            let nodes = topics.chain(milestones);
            nodes.map(|node| node_report(&node, readiness, followed, today, false)).collect()
        }
        Node::Topic(..) => {
            let items = shown(node, view).map(Node::Item);
            items.map(|node| node_report(&node, readiness, followed, today, false)).collect()
        }
        Node::Item(_) => Vec::new(),
    };
    let (notes, evidence) = (view.notes_on(node), view.evidence_for(node));
    let said = numbered(&notes, &evidence);
    let (notes, evidence) = (texts(notes), texts(evidence));
    let unlocks = if asked {
        let others = followed.iter().copied().filter(|other| other.id != roadmap.id);
        let paths = std::iter::once(roadmap).chain(others);
        view.dependents(node, paths).iter().map(Node::reference).collect()
    } else {
        Vec::new()
    };
    let requirements = node.requirements();
    let report = Report {
        reference: Some(node.reference()),
        kind: Some(node.kind()),
        title: Some(node.title().to_owned()),
        summary: node.summary().map(str::to_owned),
        about: node.about().map(str::to_owned),
        url: node.url().map(str::to_owned),
        links: node.links().to_vec(),
        tags: node.tags().to_vec(),
        choose: match node {
            Node::Stage(_, stage) => stage.choose,
            Node::Topic(_, _, topic) => topic.choose,
            _ => None,
        },
        path: Some(roadmap.id.clone()),
        stage: node.stage().map(|stage| stage.id.clone()),
        topic: node.topic().map(|topic| topic.id.clone()),
        hours: hours(node, view),
        minutes: Some(view.minutes_within(node)),
        snoozed_until: view.snoozed_until(node).filter(|until| *until > today),
        months: match node {
            Node::Stage(_, stage) => stage.months,
            _ => None,
        },
        ready: Some(requirements.iter().all(|requirement| readiness.is_met(requirement))),
        requires: requirements.into_iter().map(Requires::from).collect(),
        unmet: readiness
            .unmet(node)
            .into_iter()
            .map(|unmet| row::requirement(unmet, view.shelf))
            .collect(),
        unlocks,
        notes,
        evidence,
        said,
        progress: (!node.kind().is_item()).then(|| progress(view, node)),
        children,
        ..empty()
    };
    match node {
        Node::Item(item) => {
            let is_skill = asked && item.skill().is_some();
            let taught_by = if is_skill { taught_by(item, view, today) } else { Vec::new() };
            Report { taught_by, ..with_item(report, item, view) }
        }
        Node::Path(roadmap) => with_path(report, roadmap),
        Node::Stage(..) | Node::Topic(..) => report,
    }
}

/// The items of a node, without the retired ones that you have nothing recorded of.
fn shown<'a>(node: &Node<'a>, view: &View<'_>) -> impl Iterator<Item = Item<'a>> {
    let items = node.items().into_iter();
    let shown: Vec<Item<'a>> = items.filter(|item| view.is_shown(item)).collect();
    shown.into_iter()
}

/// What only a path has.
fn with_path(report: Report, roadmap: &Roadmap) -> Report {
    Report {
        version: roadmap.version.clone(),
        updated: roadmap.updated,
        author: roadmap.author.clone(),
        license: roadmap.license.clone(),
        source: roadmap.source.clone(),
        lang: roadmap.lang.clone(),
        ..report
    }
}

/// The resources that can take the place of one: those of its topic that name it.
fn instead(item: &Item<'_>) -> Vec<Ref> {
    let beside = item.topic.into_iter().flat_map(|topic| &topic.resources);
    let names = |resource: &&Resource| resource.instead_of.iter().any(|id| id == item.id());
    let reference = |resource: &Resource| Ref::node(&item.roadmap.id, &resource.tracked.id);
    beside.filter(names).map(reference).collect()
}

/// What teaches a skill.
fn taught_by(skill: &Item<'_>, view: &View<'_>, today: NaiveDate) -> Vec<TaughtBy> {
    let lesson = Lesson::of(view, skill, today);
    let teachers = lesson.map_or(Vec::new(), |lesson| lesson.teachers(skill));
    let teacher = |teacher: Teacher<'_>| {
        let Teacher { item, is_core, instead_of } = teacher;
        TaughtBy {
            reference: item.reference(),
            title: item.title().to_owned(),
            status: view.status(&item),
            hours: item.hours(),
            kind: item.resource().map(|resource| resource.kind),
            cost: item.resource().and_then(|resource| resource.cost),
            core: is_core,
            optional: item.tracked().optional,
            instead_of: instead_of.iter().map(Item::reference).collect(),
            instead_of_titles: instead_of.iter().map(|one| one.title().to_owned()).collect(),
        }
    };
    teachers.into_iter().map(teacher).collect()
}

/// What only an item has.
fn with_item(report: Report, item: &Item<'_>, view: &View<'_>) -> Report {
    let part = item_part(item, view);
    Report {
        status: Some(part.status),
        since: part.since,
        known: Some(part.known),
        optional: Some(part.optional),
        retired: Some(part.retired),
        can: part.can,
        same_as: part.same_as,
        by: part.by,
        part: part.part,
        lang: part.lang,
        instead_of: part.instead_of,
        instead: instead(item),
        resource_kind: part.resource_kind,
        cost: part.cost,
        teaches: part.teaches,
        criteria: part.criteria,
        rubric: part.rubric,
        pass: part.pass,
        proof: part.proof,
        ..report
    }
}

fn hours(node: &Node<'_>, view: &View<'_>) -> Option<f64> {
    match node {
        Node::Item(item) => item.hours(),
        Node::Topic(_, _, topic) if topic.has_skills() => topic.hours,
        node => effort(view, node),
    }
}

/// What is left of an open item. That takes a look at all that was studied, so only the node that was
/// asked for is asked.
fn hours_left(node: &Node<'_>, view: &View<'_>, today: NaiveDate) -> Option<f64> {
    let Node::Item(item) = node else { return None };
    let item = view.is_open(item).then_some(item)?;
    Spending::of(view, today).left_of(view.shelf, item)
}

/// The notes, then the evidence: as `Texts` of `model/said.rs` has them.
fn numbered(notes: &[&Said], evidence: &[&Said]) -> Vec<Numbered> {
    let notes = notes.iter().map(|said| (Kind::Note, said));
    let all = notes.chain(evidence.iter().map(|said| (Kind::Evidence, said)));
    let numbered = (1..).zip(all).map(|(number, (kind, said))| Numbered {
        number,
        kind,
        on: said.on,
        text: said.text.clone(),
    });
    numbered.collect()
}

fn texts<'s>(said: impl IntoIterator<Item = &'s Said>) -> Vec<String> {
    said.into_iter().map(|said| said.text.clone()).collect()
}
