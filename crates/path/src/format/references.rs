//! References between files: whether they resolve, and whether they lead in a circle.
//!
//! Files change independently of each other, so this looks at the shelf as it is now, and only
//! reports what the file at hand can mend: its own references. A circle among other files alone
//! is theirs.

use std::collections::{HashMap, HashSet};

use super::circles::{self, Circle, Edge, Name};
use super::diagnostic::{Code, Diagnostic, quote};
use super::findings::Findings;
use super::links::circular_requires;
use super::{Foreign, Purpose, Reading, overlay};
use crate::kind::NodeKind;
use crate::node::{ItemBody, Node};
use crate::parts::{Requirement, Stage};
use crate::reference::Ref;
use crate::roadmap::Roadmap;
use crate::shelf::Shelf;

/// Checks the references of one file to others, in the order of the file: unknown path, unknown
/// node, wrong kind, and circles of `requires` or `same_as` that go through other files.
///
/// Every reference at fault has its diagnostic; a caller that shows them keeps the first with
/// [`most_important`](super::most_important). The shelf can hold another file under this path's
/// id: for this path, the reading counts.
pub fn check_foreign(reading: &Reading, shelf: &dyn Shelf) -> Vec<Diagnostic> {
    let (mut problems, bent) = match &reading.overlay {
        Some(overlay) => overlay::check_foreign(overlay, &reading.foreign, shelf),
        None => (Vec::new(), None),
    };
    let finder = Finder { own: reading.roadmap.as_ref().or(bent.as_ref()), shelf };
    // No text is at hand, and none is needed: the spans were fitted when the file was read.
    let mut findings = Findings::new("");
    let mut found = Vec::new();
    for foreign in reading.foreign.iter().filter(|one| one.purpose != Purpose::Extends) {
        if foreign.purpose == Purpose::Replaces {
            problems.extend(check_old(foreign, shelf));
            continue;
        }
        match check(foreign, &finder, &mut findings) {
            Ok(node) => found.push((foreign, node)),
            Err(problem) => problems.push(problem),
        }
    }
    if let Some(own) = finder.own {
        problems.extend(circles_of_same_as(own, &found, &finder));
        problems.extend(circles_of_requires(own, &found, &finder));
    }
    crate::sort::by_key(&mut problems, |problem| (problem.span.start, problem.code));
    problems
}

/// The places of those requirements, to be added to a path, that would lead in a circle. Each comes with
/// the id of what would have it.
pub(crate) fn circular(path: &Roadmap, wanted: &[(String, Requirement)]) -> HashSet<usize> {
    let shelf = Vec::new();
    let finder = Finder { own: Some(path), shelf: &shelf };
    let mut links = Links::default();
    for (at, (by, requirement)) in wanted.iter().enumerate() {
        let is_stage = path.node(by).is_some_and(|node| node.kind() == NodeKind::Stage);
        let from = links.number((Ref::node(&path.id, by), is_stage));
        for node in requirement.any_of.iter().filter_map(|one| finder.node(one)) {
            let to = links.number((node.reference(), false));
            links.edges.push(Edge { from, to, span: Some(at..at + 1) });
        }
    }
    let circles = links.circles(|vertex| waits_for(vertex, &finder));
    circles.into_iter().map(|(circle, _)| circle.span.start).collect()
}

/// Looks at an id that the path had before: what was recorded under it goes to one path only, and a
/// path that is installed under it keeps its record.
fn check_old(foreign: &Foreign, shelf: &dyn Shelf) -> Vec<Diagnostic> {
    let (own, old) = (&foreign.from, foreign.reference.path());
    let mut problems = Vec::new();
    let mut push = |code, message: String, help: String| {
        problems.push(Diagnostic::new(code, &foreign.span, message).help(help));
    };
    let quoted = quote(old);
    if let Some(other) = shelf.claimant(old, own) {
        let (own, other) = (quote(own), quote(other));
        push(
            Code::PathReplacedTwice,
            format!("{own} and {other} both list {quoted} in `replaces`"),
            "its record can go to only one of them: remove it from `replaces` of the other"
                .to_owned(),
        );
    }
    if shelf.roadmap(old).is_some_and(|there| there.id == old) {
        let own = quote(own);
        push(
            Code::OldPathPresent,
            format!(
                "the path {quoted} is still installed, so its record is not carried over to \
             {own}"
            ),
            format!("`milepost remove {old}` carries it over"),
        );
    }
    problems
}

fn check<'s>(
    foreign: &Foreign,
    finder: &Finder<'s>,
    findings: &mut Findings<'_>,
) -> Result<Node<'s>, Diagnostic> {
    let reference = &foreign.reference;
    let wrong = |code, message: String| Diagnostic::new(code, &foreign.span, message);
    let Some(roadmap) = finder.roadmap(reference.path()) else {
        let message = format!("there is no usable path {}", quote(reference.path()));
        let help = "`milepost paths` lists the available paths";
        return Err(wrong(Code::UnknownPath, message).help(help.to_owned()));
    };
    let Some(node) = finder.node(reference) else {
        let id = reference.id().unwrap_or_default();
        let message = format!("the path {} has no {}", quote(&roadmap.id), quote(id));
        let near = findings.did_you_mean(id, roadmap.ids());
        return Err(wrong(Code::UnknownReference, message).help(near));
    };
    let kind = node.kind();
    match foreign.purpose {
        Purpose::Requires
            if kind == NodeKind::Resource && foreign.kind != Some(NodeKind::Resource) =>
        {
            let message = format!(
                "{} is a resource, and resources cannot be \
                 required",
                quote(reference.as_str())
            );
            let help = "require the skill or topic that it teaches";
            Err(wrong(Code::WrongKind, message).help(help.to_owned()))
        }
        Purpose::SameAs => match foreign.kind {
            Some(own) if own != kind => {
                let message =
                    format!("{} is a {kind}, but this is a {own}", quote(reference.as_str()));
                let help = "the same item must be of the same kind";
                Err(wrong(Code::WrongKind, message).help(help.to_owned()))
            }
            _ => Ok(node),
        },
        Purpose::Raises
            if !matches!(kind, NodeKind::Topic | NodeKind::Skill | NodeKind::Milestone) =>
        {
            let message =
                format!("{} is a {kind}, which cannot raise an area", quote(reference.as_str()));
            let help = "name a topic, a skill or a milestone";
            Err(wrong(Code::WrongKind, message).help(help.to_owned()))
        }
        _ => Ok(node),
    }
}

/// Looks up nodes: this file's in the reading, others' on the shelf.
struct Finder<'s> {
    own: Option<&'s Roadmap>,
    shelf: &'s dyn Shelf,
}

impl<'s> Finder<'s> {
    fn roadmap(&self, id: &str) -> Option<&'s Roadmap> {
        match self.own {
            Some(own) if own.id == id => Some(own),
            _ => self.shelf.roadmap(id),
        }
    }

    fn node(&self, reference: &Ref) -> Option<Node<'s>> {
        let roadmap = self.roadmap(reference.path())?;
        let Some(id) = reference.id() else {
            return Some(Node::Path(roadmap));
        };
        roadmap.resolve(id)
    }
}

/// A vertex of the graph over several files: a node, or the gate of a stage or path, before which
/// what is in it waits.
type Vertex = (Ref, bool);

/// The part of the graph over several files that this file's references lead to, numbered.
#[derive(Default)]
struct Links {
    numbers: HashMap<Vertex, usize>,
    vertices: Vec<Vertex>,
    edges: Vec<Edge>,
}

impl Links {
    fn number(&mut self, vertex: Vertex) -> usize {
        let next = self.vertices.len();
        let number = *self.numbers.entry(vertex.clone()).or_insert(next);
        if number == next {
            self.vertices.push(vertex);
        }
        number
    }

    /// Adds a reference of this file.
    fn written(&mut self, holder: Vertex, node: &Node<'_>, foreign: &Foreign) {
        let from = self.number(holder);
        let to = self.number((node.reference(), false));
        self.edges.push(Edge { from, to, span: Some(foreign.span.clone()) });
    }

    /// Adds all that is reached from what was written, and gives the circles with their texts.
    fn circles(mut self, successors: impl Fn(&Vertex) -> Vec<Vertex>) -> Vec<(Circle, String)> {
        let mut from = 0;
        while let Some(vertex) = self.vertices.get(from) {
            for next in successors(vertex) {
                let to = self.number(next);
                self.edges.push(Edge { from, to, span: None });
            }
            from += 1;
        }
        let circles = circles::find(self.vertices.len(), self.edges);
        let name = |vertex: usize| match self.vertices.get(vertex) {
            Some((reference, gate)) => Name { text: reference.as_str(), gate: *gate },
            None => Name { text: "", gate: false },
        };
        let shown = |circle| {
            let shown = circles::show(&circle, name);
            (circle, shown)
        };
        circles.into_iter().map(shown).collect()
    }
}

fn circles_of_same_as(
    own: &Roadmap,
    found: &[(&Foreign, Node<'_>)],
    finder: &Finder<'_>,
) -> Vec<Diagnostic> {
    let mut links = Links::default();
    for (foreign, node) in found.iter().filter(|(f, _)| f.purpose == Purpose::SameAs) {
        links.written((Ref::node(&own.id, &foreign.from), false), node, foreign);
    }
    let successors = |(reference, _): &Vertex| {
        let same = match finder.node(reference) {
            Some(Node::Item(item)) => item.tracked().same_as.as_ref(),
            _ => None,
        };
        let node = same.and_then(|same| finder.node(same));
        node.map(|node| (node.reference(), false)).into_iter().collect()
    };
    let circular = |(circle, shown): (Circle, String)| {
        let message = format!("`same_as` forms a circle: {shown}");
        Diagnostic::new(Code::CircularSameAs, &circle.span, message)
            .help("one of them must be the original, without `same_as`".to_owned())
    };
    links.circles(successors).into_iter().map(circular).collect()
}

fn circles_of_requires(
    own: &Roadmap,
    found: &[(&Foreign, Node<'_>)],
    finder: &Finder<'_>,
) -> Vec<Diagnostic> {
    let mut links = Links::default();
    for (foreign, node) in found.iter().filter(|(f, _)| f.purpose == Purpose::Requires) {
        let holder = match foreign.kind {
            Some(NodeKind::Path) => (Ref::path_only(&own.id), true),
            kind => (Ref::node(&own.id, &foreign.from), kind == Some(NodeKind::Stage)),
        };
        links.written(holder, node, foreign);
    }
    links
        .circles(|vertex| waits_for(vertex, finder))
        .into_iter()
        .map(|(circle, shown)| circular_requires(&circle.span, &shown))
        .collect()
}

/// What a vertex waits for, in the sense of [`Node::requirements`], which would list a stage's
/// requirements again for each of its topics.
fn waits_for((reference, gate): &Vertex, finder: &Finder<'_>) -> Vec<Vertex> {
    let Some(node) = finder.node(reference) else {
        return Vec::new();
    };
    let roadmap = node.roadmap();
    let named = |requires: &[Requirement]| -> Vec<Vertex> {
        requires
            .iter()
            .flat_map(|requirement| &requirement.any_of)
            .filter_map(|reference| Some((finder.node(reference)?.reference(), false)))
            .collect()
    };
    let inside = |stage: &Stage| -> Vec<Vertex> {
        let topics = stage.topics.iter().map(|topic| &topic.id);
        let milestones = stage.milestones.iter().map(|milestone| &milestone.tracked.id);
        topics.chain(milestones).map(|id| (Ref::node(&roadmap.id, id), false)).collect()
    };
    // What stands in a stage waits for its own requirements and its stage's; where neither has
    // any, for the path's.
    let held = |own: &[Requirement], stage: &Stage| {
        let mut all = named(own);
        if !stage.requires.is_empty() {
            all.push((Ref::node(&roadmap.id, &stage.id), true));
        } else if own.is_empty() {
            all.push((Ref::path_only(&roadmap.id), true));
        }
        all
    };
    match node {
        Node::Path(path) if *gate => named(&path.requires),
        Node::Path(path) => {
            let mut all: Vec<Vertex> = path.stages.iter().flat_map(inside).collect();
            all.push((reference.clone(), true));
            all
        }
        Node::Stage(_, stage) if *gate => named(&stage.requires),
        Node::Stage(_, stage) => inside(stage),
        Node::Topic(_, stage, topic) => held(&topic.requires, stage),
        Node::Item(item) => match (item.what, item.topic) {
            (ItemBody::Milestone(milestone), _) => held(&milestone.requires, item.stage),
            (ItemBody::Skill(_), Some(topic)) => vec![(Ref::node(&roadmap.id, &topic.id), false)],
            (ItemBody::Resource(resource), _) => named(&resource.requires),
            (ItemBody::Skill(_), None) => Vec::new(),
        },
    }
}
