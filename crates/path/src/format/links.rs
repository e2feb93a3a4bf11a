//! What the nodes of a file point at: `requires` and `same_as`.
//!
//! References to this file are resolved here and circles of them found; references to others are
//! noted, for `check_foreign` to look at when there is a shelf.

use std::collections::HashSet;
use std::ops::Range;

use super::circles::{self, Edge, Name};
use super::diagnostic::{Code, Diagnostic, quote, unquoted};
use super::findings::Findings;
use super::names::{Kind, Names, wrong_kind};
use super::raw::{Given, RawItem, RawNode, RawRequirement, Text};
use super::rules::{ids, not_reserved, repeated};
use super::{Foreign, Purpose};
use crate::kind::NodeKind;
use crate::parts::Requirement;
use crate::reference::{Ref, is_id};

/// The links of one file, while they are collected.
pub(super) struct Links<'c, 'a> {
    /// The id of the path; empty where it has none.
    path: &'a str,
    names: &'c Names<'a>,
    edges: Vec<Edge>,
    foreign: Vec<Foreign>,
    /// Whether more is in the path than in the file.
    is_open: bool,
}

/// Who has a requirement or a `same_as`.
struct Holder<'a> {
    kind: NodeKind,
    id: &'a str,
    /// Its number among the names; none for the path.
    node: Option<usize>,
}

impl<'c, 'a> Links<'c, 'a> {
    pub(super) fn new(path: &'a str, names: &'c Names<'a>) -> Self {
        Self { path, names, edges: Vec::new(), foreign: Vec::new(), is_open: false }
    }

    /// The links of a part of a path: what is not in the file can be in the rest.
    pub(super) fn open(self) -> Self {
        Self { is_open: true, ..self }
    }

    /// The requirements of the path itself: other paths.
    pub(super) fn of_path(
        &mut self,
        requires: &[RawRequirement<'a>],
        findings: &mut Findings<'_>,
    ) -> Vec<Requirement> {
        let holder = Holder { kind: NodeKind::Path, id: self.path, node: None };
        self.all(requires, &holder, findings, Self::other_path)
    }

    /// The ids that the path had before.
    pub(super) fn old_paths(
        &mut self,
        given: &Given<Vec<Text<'a>>>,
        findings: &mut Findings<'_>,
    ) -> Vec<String> {
        let holder = Holder { kind: NodeKind::Path, id: self.path, node: None };
        for text in given.items() {
            if text.value == self.path && !self.path.is_empty() {
                let message = format!("{} is the id of this path", quote(text.value));
                let help = "`replaces` lists ids that the path had before";
                let wrong = Diagnostic::new(Code::ReplacesPresent, &text.span, message);
                findings.push(wrong.help(help.to_owned()));
            } else if is_id(text.value) {
                self.note(Ref::path_only(text.value), text, &holder, Purpose::Replaces);
            }
            not_reserved(text, findings);
        }
        ids("replaces", given, findings)
    }

    /// The requirements of a stage, topic or milestone.
    pub(super) fn of_node(
        &mut self,
        kind: NodeKind,
        node: &RawNode<'a>,
        requires: &[RawRequirement<'a>],
        findings: &mut Findings<'_>,
    ) -> Vec<Requirement> {
        let holder = Holder { kind, id: node.id(), node: self.names.index_of(node) };
        self.all(requires, &holder, findings, Self::node)
    }

    fn all(
        &mut self,
        requires: &[RawRequirement<'a>],
        holder: &Holder<'a>,
        findings: &mut Findings<'_>,
        resolve: fn(&mut Self, &Text<'a>, &Holder<'a>, &mut Findings<'_>) -> Option<Ref>,
    ) -> Vec<Requirement> {
        let mut alone = HashSet::new();
        let mut requirements = Vec::with_capacity(requires.len());
        for entry in requires {
            let mut inner = HashSet::new();
            let mut any_of = Vec::with_capacity(entry.any_of.len());
            if entry.any_of.is_empty() {
                let message = "an inner array of `requires` is empty, so nothing can satisfy it";
                findings.push(Diagnostic::new(Code::BadReference, &entry.span, message));
            }
            for text in &entry.any_of {
                let known = if entry.any_of.len() == 1 { &mut alone } else { &mut inner };
                if !known.insert(text.value) {
                    repeated("requires", text.value, &text.span, findings);
                } else if let Some(reference) = resolve(self, text, holder, findings) {
                    any_of.push(reference);
                }
            }
            if !any_of.is_empty() {
                requirements.push(Requirement { any_of });
            }
        }
        requirements
    }

    fn other_path(
        &mut self,
        text: &Text<'a>,
        holder: &Holder<'a>,
        findings: &mut Findings<'_>,
    ) -> Option<Ref> {
        if text.value == self.path {
            let message = format!("the path requires itself: {}", quote(text.value));
            findings.push(Diagnostic::new(Code::RequiresItself, &text.span, message));
            return None;
        }
        if !is_id(text.value) {
            let help = match text.value.split_once('/') {
                Some((path, _)) => format!(
                    "a path requires whole paths, such as `{}`; for a part, use `requires` in a \
                     stage or topic",
                    unquoted(path)
                ),
                None => "write the id of another path".to_owned(),
            };
            return bad_reference(text, help, findings);
        }
        Some(self.note(Ref::path_only(text.value), text, holder, Purpose::Requires))
    }

    fn node(
        &mut self,
        text: &Text<'a>,
        holder: &Holder<'a>,
        findings: &mut Findings<'_>,
    ) -> Option<Ref> {
        let id = match text.value.split_once('/') {
            Some((path, id)) if path == self.path => id,
            Some((path, id)) if is_id(path) && is_id(id) => {
                let reference = Ref::from_text(text.value);
                return Some(self.note(reference, text, holder, Purpose::Requires));
            }
            Some(_) => {
                let help = "write something in another path as `path/id`";
                return bad_reference(text, help.to_owned(), findings);
            }
            None => text.value,
        };
        let Some(target) = self.names.index(id) else {
            if self.is_open && is_id(id) {
                let reference = Ref::node(self.path, id);
                return Some(self.note(reference, text, holder, Purpose::Extends));
            }
            let for_resource = holder.kind == NodeKind::Resource;
            let fits = |kind: Kind| kind.can_be_required_by(for_resource);
            if is_id(id) {
                let wanted = "stage, topic, skill or milestone";
                let text = Text { value: id, span: text.span.clone() };
                let elsewhere = "write something in another path as `path/id`";
                self.names.unknown(&text, wanted, fits, Some(elsewhere), findings);
                return None;
            }
            let ids = self.names.nodes.iter().filter(|node| fits(node.kind));
            let help = findings.did_you_mean(id, ids.map(|node| node.id)).unwrap_or_else(|| {
                "write the id of something in this file, or \
                 `path/id`"
                    .to_owned()
            });
            return bad_reference(text, help, findings);
        };
        let named = self.names.nodes.get(target)?;
        if !named.kind.can_be_required_by(holder.kind == NodeKind::Resource) {
            wrong_kind(text, named.kind, "something to require", findings);
            return None;
        }
        if named.retired {
            let message = format!("{} is retired, so no learner has to do it", quote(text.value));
            let help = "require what replaces it, or remove it from `requires`";
            let warning = Diagnostic::new(Code::RetiredRequired, &text.span, message);
            findings.push(warning.help(help.to_owned()));
        }
        if let Some(from) = holder.node {
            if let Some(message) = self.itself(from, target, holder, text) {
                let wrong = Diagnostic::new(Code::RequiresItself, &text.span, message);
                findings.push(wrong.help("remove it from `requires`".to_owned()));
                return None;
            }
            // A stage's requirement holds what is in the stage, so it hangs on the gate.
            let from = if holder.kind == NodeKind::Stage { gate(from) } else { itself(from) };
            self.edges.push(Edge { from, to: itself(target), span: Some(text.span.clone()) });
        }
        Some(Ref::node(self.path, id))
    }

    /// Why a node cannot require another that it is, that it stands in or that stands in it.
    fn itself(
        &self,
        from: usize,
        to: usize,
        holder: &Holder<'_>,
        text: &Text<'_>,
    ) -> Option<String> {
        let target = || quote(text.value);
        if from == to {
            Some(format!("{} requires itself", target()))
        } else if self.names.stands_in(from, to) {
            Some(format!("{} requires {}, which it is a part of", quote(holder.id), target()))
        } else if self.names.stands_in(to, from) {
            Some(format!("{} requires {}, which is a part of it", quote(holder.id), target()))
        } else {
            None
        }
    }

    /// The item of another path that an item is.
    pub(super) fn same_as(
        &mut self,
        kind: NodeKind,
        item: &RawItem<'a>,
        findings: &mut Findings<'_>,
    ) -> Option<Ref> {
        let text = item.same_as.as_ref()?;
        let (message, help) = match text.value.split_once('/') {
            Some((path, _)) if path == self.path => (
                format!("`same_as` names an item of this file: {}", quote(text.value)),
                "two items of one path are never the same; remove one".to_owned(),
            ),
            Some((path, id)) if is_id(path) && is_id(id) => {
                let holder = Holder { kind, id: item.node.id(), node: None };
                let reference = Ref::from_text(text.value);
                return Some(self.note(reference, text, &holder, Purpose::SameAs));
            }
            None if is_id(text.value) => (
                format!("`same_as` does not name a path: {}", quote(text.value)),
                format!("write `other-path/{}`", unquoted(text.value)),
            ),
            _ => {
                let help = "write an item of another path as `other-path/item`";
                return bad_reference(text, help.to_owned(), findings);
            }
        };
        findings.push(Diagnostic::new(Code::LocalSameAs, &text.span, message).help(help));
        None
    }

    fn note(
        &mut self,
        reference: Ref,
        text: &Text<'a>,
        holder: &Holder<'a>,
        purpose: Purpose,
    ) -> Ref {
        self.foreign.push(Foreign {
            reference: reference.clone(),
            span: text.span.clone(),
            purpose,
            kind: Some(holder.kind),
            from: holder.id.to_owned(),
        });
        reference
    }

    /// Reports circles, and gives the references to other files.
    pub(super) fn finish(mut self, findings: &mut Findings<'_>) -> Vec<Foreign> {
        if !self.edges.is_empty() {
            self.structure();
            for circle in circles::find(2 * self.names.nodes.len(), self.edges) {
                let shown = circles::show(&circle, |vertex| Name {
                    text: self.names.nodes.get(vertex / 2).map_or("", |node| node.id),
                    gate: vertex % 2 == 1,
                });
                findings.push(circular_requires(&circle.span, &shown));
            }
        }
        self.foreign
    }

    /// The edges that follow from where nodes stand: a stage is finished when its topics and
    /// milestones are, which wait at its gate; a skill waits as its topic does.
    fn structure(&mut self) {
        for (at, node) in self.names.nodes.iter().enumerate() {
            let Some(parent) = node.parent else { continue };
            let mut edge = |from, to| self.edges.push(Edge { from, to, span: None });
            match node.kind {
                Kind::Topic | Kind::Milestone => {
                    edge(itself(parent), itself(at));
                    edge(itself(at), gate(parent));
                }
                Kind::Skill => edge(itself(at), itself(parent)),
                _ => {}
            }
        }
    }
}

/// The vertex of a node.
fn itself(node: usize) -> usize {
    2 * node
}

/// The vertex before which what is in a stage waits.
fn gate(stage: usize) -> usize {
    2 * stage + 1
}

/// Says that requirements lead in a circle.
pub(super) fn circular_requires(span: &Range<usize>, shown: &str) -> Diagnostic {
    let message = format!("requirements form a circle: {shown}");
    Diagnostic::new(Code::CircularRequires, span, message).help(
        "remove one of these requirements: as they are, none can be finished \
         first"
            .to_owned(),
    )
}

/// Says that a text is no reference.
pub(super) fn bad_reference(
    text: &Text<'_>,
    help: String,
    findings: &mut Findings<'_>,
) -> Option<Ref> {
    let message = format!("{} is not a reference", quote(text.value));
    findings.push(Diagnostic::new(Code::BadReference, &text.span, message).help(help));
    None
}
