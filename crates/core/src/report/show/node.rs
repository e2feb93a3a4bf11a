//! A path or a part of one, with all that is known of it.

use chrono::NaiveDate;
use milepost_path::{
    Cost, Criterion, Item, Link, Milestone, Node, NodeKind, Ref, Requirement, Resource,
    ResourceKind, Roadmap, Shelf, find,
};
use serde::Serialize;

use super::super::requires::Requires;
use crate::model::annotations::Kind;
use crate::model::as_marked;
use crate::model::counting;
use crate::model::effort;
use crate::model::former::Former;
use crate::model::guidance::{Lesson, Teacher};
use crate::model::learner::{Learner, RequirementCache, progress_ref};
use crate::model::left::Spending;
use crate::model::progress::{Progress, progress};
use crate::model::standing::{Dated, Status};

/// A node with all that is known of it.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct NodeReport {
    /// Its reference; none of several paths together, which have nothing but children.
    #[serde(rename = "ref")]
    pub reference: Option<Ref>,
    /// Its kind.
    pub kind: Option<NodeKind>,
    /// Its title.
    pub title: Option<String>,
    /// One sentence about it.
    pub summary: Option<String>,
    /// Plain text of several lines.
    pub about: Option<String>,
    /// What a person who has the skill can say.
    pub can: Option<String>,
    /// The id of its path.
    pub path: Option<String>,
    /// The id of its stage.
    pub stage: Option<String>,
    /// The id of its topic.
    pub topic: Option<String>,
    /// The status of an item.
    pub status: Option<Status>,
    /// The day since which it has this status.
    pub since: Option<NaiveDate>,
    /// Credited as already known, not studied.
    pub known: Option<bool>,
    /// The day until which it is left out of plans.
    pub snoozed_until: Option<NaiveDate>,
    /// Shown, but not counted.
    pub optional: Option<bool>,
    /// Shown to those who have it in their record, and counted for nobody.
    pub retired: Option<bool>,
    /// The item of another path under which its progress is kept.
    pub same_as: Option<Ref>,
    /// Whether all that it requires is finished.
    pub ready: Option<bool>,
    /// Its effort.
    pub hours: Option<f64>,
    /// What is left of them, of an item that was asked for and is open.
    pub hours_left: Option<f64>,
    /// The time that was spent on it and on all that is in it.
    pub minutes: Option<u32>,
    /// From which to which month of the path a stage is planned.
    pub months: Option<[f64; 2]>,
    /// So many of its parts are enough.
    pub choose: Option<u16>,
    /// A resource's author or provider.
    pub by: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// More addresses.
    pub links: Vec<Link>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Which part of a resource is meant.
    pub part: Option<String>,
    /// The resources that it can take the place of.
    pub instead_of: Vec<Ref>,
    /// The resources that can take its place.
    pub instead: Vec<Ref>,
    /// The language of a path, or of a resource where it is another than the path's.
    pub lang: Option<String>,
    /// A resource's kind.
    #[serde(rename = "type")]
    pub resource_kind: Option<ResourceKind>,
    /// What a resource costs.
    pub cost: Option<Cost>,
    /// Ids of the skills that a resource teaches.
    pub teaches: Vec<String>,
    /// The resources that teach a skill.
    pub taught_by: Vec<TaughtBy>,
    /// What a milestone has to meet.
    pub criteria: Vec<String>,
    /// The criteria that it was done under, if they changed since.
    pub done_under: Option<Vec<String>>,
    /// The criteria with their points; empty where nobody counts points.
    pub rubric: Vec<Criterion>,
    /// How many points are enough.
    pub pass: Option<u16>,
    /// What to hand in as proof of a milestone.
    pub proof: Vec<String>,
    /// A string for each requirement; a list of them where any one suffices.
    pub requires: Vec<Requires>,
    /// What it leads to, of what was asked for.
    pub unlocks: Vec<Ref>,
    /// The notes on it.
    pub notes: Vec<String>,
    /// The evidence for it.
    pub evidence: Vec<String>,
    /// Both, each with the number by which it can be removed.
    pub said: Vec<Numbered>,
    /// How far it is, of what has parts.
    pub progress: Option<Progress>,
    /// What is in it.
    pub children: Vec<NodeReport>,
    /// The version of a path.
    pub version: Option<String>,
    /// The day of that version.
    pub updated: Option<NaiveDate>,
    /// Who wrote a path.
    pub author: Option<String>,
    /// Under which licence.
    pub license: Option<String>,
    /// After what.
    pub source: Option<String>,
    /// The titles of what it waits for, each with its alternatives.
    #[serde(skip)]
    pub unmet: Vec<Vec<String>>,
    /// What it requires and is in no path, so that it holds nothing back.
    #[serde(skip)]
    pub not_found: Vec<Ref>,
    /// Why it is only in the record, if it is.
    #[serde(skip)]
    pub gone: Option<Gone>,
}

/// Why something is only in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// Its path no longer has it.
    FromPath,
    /// Its path is not installed.
    WithPath,
}

/// A text that was said of a node.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct Numbered {
    /// The number by which it can be removed.
    pub number: usize,
    /// What it is.
    pub kind: Kind,
    /// The day that it is for.
    pub on: NaiveDate,
    /// The text.
    pub text: String,
}

/// A resource that teaches a skill.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct TaughtBy {
    /// Its reference.
    #[serde(rename = "ref")]
    pub reference: Ref,
    /// Its title.
    pub title: String,
    /// Its status.
    pub status: Status,
    /// Its effort.
    pub hours: Option<f64>,
    /// Its kind.
    #[serde(rename = "type")]
    pub kind: Option<ResourceKind>,
    /// What a resource costs.
    pub cost: Option<Cost>,
    /// Whether it is part of the course of its topic.
    pub core: bool,
    /// Whether it is shown, but not counted.
    pub optional: bool,
    /// What it can stand in for.
    pub instead_of: Vec<Ref>,
    /// The titles of what it can stand in for.
    #[serde(skip)]
    pub instead_of_titles: Vec<String>,
}

impl NodeReport {
    /// What is known of a node that was asked for.
    pub(super) fn of(
        node: &Node<'_>,
        view: &Learner<'_>,
        followed: &[&Roadmap],
        today: NaiveDate,
    ) -> Self {
        let report = node_report(node, &mut RequirementCache::new(*view), followed, today, true);
        Self { hours_left: hours_left(node, view, today), ..report }
    }

    /// What is known of something that no path has any more.
    pub(super) fn of_former(former: &Former, view: &Learner<'_>) -> Self {
        let Former { reference, title, state } = former;
        let (notes, evidence): (Vec<_>, Vec<_>) =
            (state.notes.iter().collect(), state.evidence.iter().collect());
        let has_path = view.shelf.roadmap(reference.path()).is_some();
        let is_item = state.is_marked();
        Self {
            reference: Some(reference.clone()),
            kind: former.kind(),
            title: Some(title.clone()),
            path: Some(reference.path().to_owned()),
            topic: former.topic().map(str::to_owned),
            status: is_item.then_some(state.status),
            since: state.since,
            known: is_item.then_some(state.known),
            retired: Some(true),
            hours: state.as_marked.as_ref().and_then(|was| was.hours),
            minutes: Some(effort::sum(view.standing.all().efforts_on(reference))),
            criteria: former.criteria().to_vec(),
            said: numbered(&notes, &evidence),
            notes: texts(notes),
            evidence: texts(evidence),
            gone: Some(if has_path { Gone::FromPath } else { Gone::WithPath }),
            ..Self::default()
        }
    }

    /// What is known of the followed paths.
    pub(super) fn of_paths(view: &Learner<'_>, followed: &[&Roadmap], today: NaiveDate) -> Self {
        let mut readiness = RequirementCache::new(*view);
        let path =
            |path: &&Roadmap| node_report(&Node::Path(path), &mut readiness, followed, today, true);
        match followed {
            [one] => Self::of(&Node::Path(one), view, followed, today),
            several => Self { children: several.iter().map(path).collect(), ..Self::default() },
        }
    }
}

/// What is known of a node and of what is in it. What it unlocks takes a look at all paths, so
/// only the node that was asked for is asked.
fn node_report(
    node: &Node<'_>,
    readiness: &mut RequirementCache<'_>,
    followed: &[&Roadmap],
    today: NaiveDate,
    asked: bool,
) -> NodeReport {
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
    let report = NodeReport {
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
        not_found: not_found(node, view.shelf),
        unmet: readiness.unmet(node).into_iter().map(|one| titles(one, view.shelf)).collect(),
        unlocks,
        notes,
        evidence,
        said,
        progress: (!node.kind().is_item()).then(|| progress(view, node)),
        children,
        ..NodeReport::default()
    };
    match node {
        Node::Item(item) => {
            let is_skill = asked && item.skill().is_some();
            let taught_by = if is_skill { taught_by(item, view, today) } else { Vec::new() };
            NodeReport { taught_by, ..with_item(report, item, view) }
        }
        Node::Path(roadmap) => with_path(report, roadmap),
        Node::Stage(..) | Node::Topic(..) => report,
    }
}

/// The items of a node, without the retired ones that you have nothing recorded of.
fn shown<'a>(node: &Node<'a>, view: &Learner<'_>) -> impl Iterator<Item = Item<'a>> {
    let items = node.items().into_iter();
    let shown: Vec<Item<'a>> = items.filter(|item| view.is_shown(item)).collect();
    shown.into_iter()
}

/// What only a path has.
fn with_path(report: NodeReport, roadmap: &Roadmap) -> NodeReport {
    NodeReport {
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
fn taught_by(skill: &Item<'_>, view: &Learner<'_>, today: NaiveDate) -> Vec<TaughtBy> {
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
fn with_item(report: NodeReport, item: &Item<'_>, view: &Learner<'_>) -> NodeReport {
    let state = view.state(item);
    let tracked = item.tracked();
    let place = progress_ref(view.shelf, item);
    let report = NodeReport {
        status: Some(view.status(item)),
        since: state.and_then(|state| state.since),
        known: Some(state.is_some_and(|state| state.known)),
        optional: Some(tracked.optional),
        retired: Some(tracked.retired),
        can: item.skill().and_then(|skill| skill.can.clone()),
        same_as: (place != item.reference()).then_some(place),
        instead: instead(item),
        ..report
    };
    match (item.resource(), item.milestone()) {
        (Some(resource), _) => with_resource(report, item, resource),
        (_, Some(milestone)) => {
            let done_under = as_marked::done_under(item, state).map(<[String]>::to_vec);
            NodeReport { done_under, ..with_milestone(report, milestone) }
        }
        (None, None) => report,
    }
}

/// What only a resource has.
fn with_resource(report: NodeReport, item: &Item<'_>, resource: &Resource) -> NodeReport {
    NodeReport {
        resource_kind: Some(resource.kind),
        cost: resource.cost,
        by: resource.by.clone(),
        part: resource.part.clone(),
        lang: resource.lang.clone(),
        instead_of: resource.instead_of.iter().map(|id| Ref::node(&item.roadmap.id, id)).collect(),
        teaches: resource.skills.clone(),
        ..report
    }
}

/// What only a milestone has.
fn with_milestone(report: NodeReport, milestone: &Milestone) -> NodeReport {
    NodeReport {
        criteria: milestone.criteria.iter().map(|one| one.text.clone()).collect(),
        rubric: milestone.rubric().to_vec(),
        pass: milestone.pass,
        proof: milestone.evidence.clone(),
        ..report
    }
}

fn hours(node: &Node<'_>, view: &Learner<'_>) -> Option<f64> {
    match node {
        Node::Item(item) => item.hours(),
        Node::Topic(_, _, topic) if topic.has_skills() => topic.hours,
        node => counting::effort(view, node),
    }
}

/// What is left of an open item. That takes a look at all that was studied, so only the node that was
/// asked for is asked.
fn hours_left(node: &Node<'_>, view: &Learner<'_>, today: NaiveDate) -> Option<f64> {
    let Node::Item(item) = node else { return None };
    let item = view.is_open(item).then_some(item)?;
    Spending::of(view, today).left_of(view.shelf, item)
}

/// The notes, then the evidence: as `Texts` of `model/annotations.rs` has them.
fn numbered(notes: &[&Dated], evidence: &[&Dated]) -> Vec<Numbered> {
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

fn texts<'s>(said: impl IntoIterator<Item = &'s Dated>) -> Vec<String> {
    said.into_iter().map(|said| said.text.clone()).collect()
}

/// What a node requires and is in no path: of alternatives, if none is.
fn not_found(node: &Node<'_>, shelf: &dyn Shelf) -> Vec<Ref> {
    let is_gone = |one: &Ref| find(shelf, one).is_none();
    let mut requirements = node.requirements();
    requirements.retain(|one| one.any_of.iter().all(is_gone));
    requirements.into_iter().flat_map(|one| &one.any_of).cloned().collect()
}

/// The titles of what a requirement asks for; the reference of what is not installed.
fn titles(requirement: &Requirement, shelf: &dyn Shelf) -> Vec<String> {
    let title = |reference: &Ref| {
        find(shelf, reference).map_or(reference.as_str(), |node| node.title()).to_owned()
    };
    requirement.any_of.iter().map(title).collect()
}
