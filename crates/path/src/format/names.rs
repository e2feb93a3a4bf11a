//! The ids of a file: what each stands for, and that each stands for one thing.

use crate::sort;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::diagnostic::{Code, Diagnostic, quote};
use super::findings::Findings;
use super::raw::{Given, RawItem, RawNode, RawPath, Text};
use super::rules;
use crate::near::slug;
use crate::overlay::is_own;

/// What an id can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Stage,
    Topic,
    Skill,
    Resource,
    Milestone,
    Heading,
    Interview,
}

impl Kind {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Stage => "a stage",
            Self::Topic => "a topic",
            Self::Skill => "a skill",
            Self::Resource => "a resource",
            Self::Milestone => "a milestone",
            Self::Heading => "a heading of the portfolio",
            Self::Interview => "an interview topic",
        }
    }

    /// Whether something can require it; a resource can require another one to be studied first.
    pub(super) fn can_be_required_by(self, resource: bool) -> bool {
        match self {
            Self::Stage | Self::Topic | Self::Skill | Self::Milestone => true,
            Self::Resource => resource,
            Self::Heading | Self::Interview => false,
        }
    }
}

/// One node, in the order in which the nodes are walked.
#[derive(Debug)]
pub(super) struct Named<'a> {
    /// Its id; empty where it has none.
    pub(super) id: &'a str,
    has_id: bool,
    pub(super) kind: Kind,
    /// What it stands in.
    pub(super) parent: Option<usize>,
    /// Whether it is an item that nobody is asked to do any more.
    pub(super) retired: bool,
    place: Range<usize>,
}

/// All nodes of a file, and which of them an id means.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    pub(super) nodes: Vec<Named<'a>>,
    by_id: HashMap<&'a str, usize>,
    /// By where a node starts, which no two nodes share.
    by_start: HashMap<usize, usize>,
    replaced: HashMap<&'a str, &'a str>,
    /// What nodes without an id can be called.
    nameless: HashSet<String>,
}

impl<'a> Names<'a> {
    /// Collects the ids and reports those that are bad or stand twice.
    pub(super) fn collect(path: &RawPath<'a>, findings: &mut Findings<'_>) -> Self {
        let mut names = Self::default();
        let mut olds: Vec<Old<'_, 'a>> = Vec::new();
        for heading in path.portfolio.items() {
            names.add(heading, Kind::Heading, None);
        }
        for stage in path.stages.items() {
            let parent = Some(names.add(&stage.node, Kind::Stage, None));
            note_olds(&mut olds, &stage.replaces, &stage.node);
            for topic in stage.topics.items() {
                let parent = Some(names.add(&topic.node, Kind::Topic, parent));
                note_olds(&mut olds, &topic.replaces, &topic.node);
                for skill in topic.skills.items() {
                    names.add_item(&skill.item, Kind::Skill, parent, &mut olds);
                }
                for resource in topic.resources.items() {
                    names.add_item(&resource.item, Kind::Resource, parent, &mut olds);
                }
            }
            for milestone in stage.milestones.items() {
                names.add_item(&milestone.item, Kind::Milestone, parent, &mut olds);
            }
        }
        for interview in path.interview.items() {
            names.add(&interview.node, Kind::Interview, None);
            note_olds(&mut olds, &interview.replaces, &interview.node);
        }
        if let Some(id) = &path.node.id
            && rules::id(id, findings)
        {
            rules::not_reserved(id, findings);
        }
        names.check_ids(findings);
        check_questions(path, findings);
        names.check_replaces(olds, findings);
        names
    }

    fn add_item<'r>(
        &mut self,
        item: &'r RawItem<'a>,
        kind: Kind,
        parent: Option<usize>,
        olds: &mut Vec<Old<'r, 'a>>,
    ) {
        let at = self.add(&item.node, kind, parent);
        if let Some(node) = self.nodes.get_mut(at) {
            node.retired = item.retired;
        }
        note_olds(olds, &item.replaces, &item.node);
    }

    fn add(&mut self, node: &RawNode<'a>, kind: Kind, parent: Option<usize>) -> usize {
        let at = self.nodes.len();
        self.by_start.insert(node.span.start, at);
        if node.id.is_none() {
            self.nameless.extend(node.title.as_ref().and_then(|title| slug(title.value)));
        }
        self.nodes.push(Named {
            id: node.id(),
            has_id: node.id.is_some(),
            kind,
            parent,
            retired: false,
            place: node.place().clone(),
        });
        at
    }

    fn check_ids(&mut self, findings: &mut Findings<'_>) {
        // In the order of the text, which can be another than that of the walk, so that the
        // second is the one that a reader meets second.
        let mut in_order: Vec<(usize, &Named<'a>)> = self.nodes.iter().enumerate().collect();
        in_order.retain(|(_, node)| node.has_id);
        sort::by_key(&mut in_order, |(_, node)| node.place.start);
        for (at, node) in in_order {
            let text = Text { value: node.id, span: node.place.clone() };
            // A bad id can still be what a reference means, so it is kept.
            if !rules::id(&text, findings) {
                // What names it as it should be is right.
                self.nameless.extend(slug(node.id));
                self.by_id.entry(node.id).or_insert(at);
                continue;
            }
            match self.by_id.get(node.id).and_then(|first| self.nodes.get(*first)) {
                None => {
                    self.by_id.insert(node.id, at);
                }
                Some(first) => duplicate("id", &text, first.place.start, findings),
            }
        }
    }

    fn check_replaces(&mut self, olds: Vec<Old<'_, 'a>>, findings: &mut Findings<'_>) {
        let present = |id: &str| self.get(id).map(|node| node.place.start);
        self.replaced = check_olds(olds, present, findings);
    }

    /// The node that an id means.
    pub(super) fn get(&self, id: &str) -> Option<&Named<'a>> {
        self.nodes.get(self.index(id)?)
    }

    /// The number of the node that an id means.
    pub(super) fn index(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The number of a node.
    pub(super) fn index_of(&self, node: &RawNode<'_>) -> Option<usize> {
        self.by_start.get(&node.span.start).copied()
    }

    /// Whether one node stands in another, however deep.
    pub(super) fn stands_in(&self, inner: usize, outer: usize) -> bool {
        let mut at = inner;
        while let Some(parent) = self.nodes.get(at).and_then(|node| node.parent) {
            if parent == outer {
                return true;
            }
            at = parent;
        }
        false
    }

    /// Whether a reference that finds nothing might mean a node that could not be read, or one
    /// whose id is missing. That is told already.
    pub(super) fn may_be_unread(&self, id: &str, findings: &Findings<'_>) -> bool {
        findings.incomplete || self.nameless.contains(id)
    }

    /// Reports a reference that finds nothing.
    pub(super) fn unknown(
        &self,
        text: &Text<'_>,
        wanted: &str,
        fits: impl Fn(Kind) -> bool,
        otherwise: Option<&str>,
        findings: &mut Findings<'_>,
    ) {
        if self.may_be_unread(text.value, findings) {
            return;
        }
        let help = match self.replaced.get(text.value) {
            Some(new) => Some(format!("it is now {}", quote(new))),
            None => {
                let fitting = self.nodes.iter().filter(|node| fits(node.kind));
                let near = findings.did_you_mean(text.value, fitting.map(|node| node.id));
                near.or(otherwise.map(str::to_owned)).or_else(|| self.headings(&fits))
            }
        };
        let message = format!("this file has no {wanted} {}", quote(text.value));
        findings.push(Diagnostic::new(Code::UnknownReference, &text.span, message).help(help));
    }

    /// The headings of the portfolio, where one of them is asked for. They are few.
    fn headings(&self, fits: &impl Fn(Kind) -> bool) -> Option<String> {
        if !fits(Kind::Heading) {
            return None;
        }
        // They are walked first.
        let headings = self.nodes.iter().take_while(|node| node.kind == Kind::Heading);
        let names: Vec<String> = headings.take(10).map(|node| quote(node.id)).collect();
        Some(match names.as_slice() {
            [] => "add `[[portfolio]]` with this `id` and a `title`".to_owned(),
            names => format!("choose from {}", names.join(", ")),
        })
    }

    /// Checks references to nodes of one kind; gives those that are right.
    pub(super) fn of_kind(
        &self,
        texts: &[&Text<'a>],
        kind: Kind,
        wanted: &str,
        findings: &mut Findings<'_>,
    ) -> Vec<String> {
        let mut right = Vec::with_capacity(texts.len());
        for text in texts {
            match self.get(text.value) {
                None => self.unknown(text, wanted, |other| other == kind, None, findings),
                Some(node) if node.kind == kind => right.push(text.value.to_owned()),
                Some(node) => {
                    wrong_kind(text, node.kind, kind.as_str(), findings);
                }
            }
        }
        right
    }
}

/// An old id, and the id of what replaces it.
pub(super) type Old<'r, 'a> = (&'r Text<'a>, &'a str);

fn note_olds<'r, 'a>(
    olds: &mut Vec<Old<'r, 'a>>,
    replaces: &'r Given<Vec<Text<'a>>>,
    node: &RawNode<'a>,
) {
    olds.extend(replaces.items().iter().map(|old| (old, node.id())));
}

/// Question ids are apart from those of nodes: nothing but progress names them.
fn check_questions(path: &RawPath<'_>, findings: &mut Findings<'_>) {
    let mut questions: Vec<&Text<'_>> = path
        .interview
        .items()
        .iter()
        .flat_map(|interview| interview.questions.items())
        .filter_map(|question| question.id.as_ref())
        .collect();
    sort::by_key(&mut questions, |id| id.span.start);
    let mut first: HashMap<&str, usize> = HashMap::new();
    for id in questions {
        if rules::id(id, findings)
            && let Some(line_of) = first.get(id.value)
        {
            duplicate("question id", id, *line_of, findings);
        } else {
            first.entry(id.value).or_insert(id.span.start);
        }
    }
    let questions = path.interview.items().iter().flat_map(|topic| topic.questions.items());
    let olds = questions.flat_map(|question| {
        let new = question.id.as_ref().map_or("", |id| id.value);
        question.replaces.items().iter().map(move |old| (old, new))
    });
    check_olds(olds.collect(), |id| first.get(id).copied(), findings);
}

/// Checks old ids: each is no longer in use, and replaced once. Gives what replaces them.
pub(super) fn check_olds<'a>(
    mut olds: Vec<Old<'_, 'a>>,
    present: impl Fn(&str) -> Option<usize>,
    findings: &mut Findings<'_>,
) -> HashMap<&'a str, &'a str> {
    sort::by_key(&mut olds, |(old, _)| old.span.start);
    let mut lines: HashMap<&str, usize> = HashMap::new();
    let mut replaced = HashMap::new();
    for (old, new) in olds {
        if !rules::id(old, findings) {
            continue;
        }
        if let Some(present) = present(old.value) {
            let line = findings.line(present);
            let message = format!("{} is still in use, on line {line}", quote(old.value));
            let help = "`replaces` lists old ids that are no longer in use";
            let wrong = Diagnostic::new(Code::ReplacesPresent, &old.span, message);
            findings.push(wrong.help(help.to_owned()));
        } else if let Some(first) = lines.get(old.value) {
            let line = findings.line(*first);
            let message = format!("{} is already replaced, on line {line}", quote(old.value));
            let help = "its record can go to only one place";
            let twice = Diagnostic::new(Code::ReplacedTwice, &old.span, message);
            findings.push(twice.help(help.to_owned()));
        } else {
            lines.insert(old.value, old.span.start);
            replaced.insert(old.value, new);
        }
    }
    replaced
}

/// Says that an id is used again. `first` is where it stands first.
pub(super) fn duplicate(what: &str, second: &Text<'_>, first: usize, findings: &mut Findings<'_>) {
    let line = findings.line(first);
    if findings.is_overlay && !is_own(second.value) {
        let message =
            format!("there is a table about {} already, on line {line}", quote(second.value));
        let help = "put the keys of both into one table".to_owned();
        findings.push(Diagnostic::new(Code::DuplicateId, &second.span, message).help(help));
        return;
    }
    let message = format!("the {what} {} is already used on line {line}", quote(second.value));
    let help = "rename one of them; list the old id in `replaces` to keep its progress";
    let twice = Diagnostic::new(Code::DuplicateId, &second.span, message);
    findings.push(twice.help((what == "id").then(|| help.to_owned())));
}

/// Says that a reference names something of another kind.
pub(super) fn wrong_kind(text: &Text<'_>, found: Kind, wanted: &str, findings: &mut Findings<'_>) {
    let message = format!("{} is {}, not {wanted}", quote(text.value), found.as_str());
    findings.push(Diagnostic::new(Code::WrongKind, &text.span, message));
}
