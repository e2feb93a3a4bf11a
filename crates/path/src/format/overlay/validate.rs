//! Raw tables → an overlay, by the rules of the format.
//!
//! The tables are checked as those of a path in which other things can stand, too. As for paths: all
//! problems are pushed, none ends the run, and what comes out is used only where nothing was an error.

use super::super::diagnostic::{Code, Diagnostic, quote};
use super::super::findings::Findings;
use super::super::raw::{
    Given, RawItem, RawMilestone, RawNode, RawPath, RawResource, RawStage, RawTopic, Text,
};
use super::super::rules;
use super::super::validate::parts;
use super::super::{Foreign, Purpose};
use super::reader::RawOverlay;
use crate::kind::NodeKind;
use crate::overlay::{Added, Change, New, OWN, Overlay, is_own};
use crate::parts::{ItemInfo, Milestone, Requirement, Resource, Stage, Topic};
use crate::reference::{Ref, is_id};

/// Checks an overlay, and gives it and all that it names of its path and of others.
pub(in super::super) fn validate<'a>(
    raw: RawOverlay<'a>,
    findings: &mut Findings<'_>,
) -> (Overlay, Vec<Foreign>) {
    let RawOverlay { extends, written_for, stages, topics, milestones, hidden } = raw;
    if let Some(id) = extends.as_ref().filter(|id| rules::id(id, findings)) {
        rules::not_reserved(id, findings);
    }
    let path = extends.as_ref().filter(|id| is_id(id.value)).map_or("", |id| id.value);
    // Top tables are about things whose stage is that of the path.
    let anywhere = RawStage {
        node: nameless(),
        about: None,
        replaces: Given::Absent,
        choose: Given::Absent,
        months: Given::Absent,
        requires: Vec::new(),
        topics,
        milestones,
    };
    let mut all = match stages {
        Given::Good(stages) => stages,
        Given::Absent | Given::Bad => Vec::new(),
    };
    all.push(anywhere);
    let id = Some(path).filter(|id| !id.is_empty());
    let id = id.map(|value| Text { value, span: 0..0 });
    let raw = RawPath {
        node: RawNode { id, ..nameless() },
        role: None,
        requires: Vec::new(),
        updated: None,
        version: None,
        author: None,
        license: None,
        source: None,
        lang: None,
        replaces: Given::Absent,
        portfolio: Given::Absent,
        stages: Given::Good(all),
        interview: Given::Absent,
    };
    findings.is_overlay = true;
    let (stages, mut foreign) = parts(&raw, findings);
    let overlay = Overlay { extends: path.to_owned(), written_for, ..Overlay::default() };
    let mut flat = Flat { overlay, foreign: Vec::new(), path, findings };
    if let Some(extends) = extends.filter(|_| !path.is_empty()) {
        flat.name(Ref::path_only(path), &extends);
    }
    for (raw, stage) in raw.stages.items().iter().zip(stages) {
        flat.stage(raw, stage);
    }
    flat.hidden(&hidden);
    foreign.extend(flat.foreign);
    (flat.overlay, foreign)
}

fn nameless<'a>() -> RawNode<'a> {
    RawNode { span: usize::MAX..usize::MAX, id: None, title: None, summary: None, after: None }
}

/// The tree of tables, taken apart into what is added and what is set.
struct Flat<'p, 'f, 't> {
    overlay: Overlay,
    foreign: Vec<Foreign>,
    path: &'p str,
    findings: &'f mut Findings<'t>,
}

/// What a table stands in.
#[derive(Clone, Copy)]
enum Within<'a> {
    /// Anywhere in the path.
    Anywhere,
    /// Something of the path, or of the overlay.
    Node(&'a str),
}

impl Within<'_> {
    fn is_own(self) -> bool {
        matches!(self, Self::Node(id) if is_own(id))
    }
}

impl Flat<'_, '_, '_> {
    fn name(&mut self, reference: Ref, text: &Text<'_>) {
        self.foreign.push(Foreign {
            reference,
            span: text.span.clone(),
            purpose: Purpose::Extends,
            kind: None,
            from: text.value.to_owned(),
        });
    }

    /// Notes where an overlay names something that the path must have.
    fn name_node(&mut self, text: &Text<'_>) {
        if is_id(text.value) && !self.path.is_empty() {
            self.name(Ref::node(self.path, text.value), text);
        }
    }

    fn stage(&mut self, raw: &RawStage<'_>, mut stage: Stage) {
        let within = match &raw.node.id {
            Some(id) => Within::Node(id.value),
            None => Within::Anywhere,
        };
        let (topics, milestones) =
            (std::mem::take(&mut stage.topics), std::mem::take(&mut stage.milestones));
        if raw.node.span.start != usize::MAX {
            self.olds(&raw.replaces);
            let change = Change {
                months: stage.months,
                ..self.change(NodeKind::Stage, &raw.node, &stage.requires)
            };
            self.take(&raw.node, None, change, || New::Stage(Box::new(stage)));
        }
        for (raw, topic) in raw.topics.items().iter().zip(topics) {
            self.topic(raw, topic, within);
        }
        for (raw, milestone) in raw.milestones.items().iter().zip(milestones) {
            self.milestone(raw, milestone, within);
        }
    }

    fn topic(&mut self, raw: &RawTopic<'_>, mut topic: Topic, within: Within<'_>) {
        let (skills, resources) =
            (std::mem::take(&mut topic.skills), std::mem::take(&mut topic.resources));
        self.olds(&raw.replaces);
        let change = Change {
            hours: topic.hours,
            range: topic.range,
            links: topic.details().links.clone(),
            ..self.change(NodeKind::Topic, &raw.node, &topic.requires)
        };
        self.take(&raw.node, Some(within), change, || New::Topic(Box::new(topic)));
        let within = Within::Node(raw.node.id());
        for (raw, skill) in raw.skills.items().iter().zip(skills) {
            let change = self.item(NodeKind::Skill, &raw.item, &skill.tracked, &[]);
            self.take(&raw.item.node, Some(within), change, || New::Skill(Box::new(skill)));
        }
        for (raw, resource) in raw.resources.items().iter().zip(resources) {
            self.resource(raw, resource, within);
        }
    }

    fn resource(&mut self, raw: &RawResource<'_>, resource: Resource, within: Within<'_>) {
        let item = &raw.item;
        let change = Change {
            hours: resource.hours,
            range: resource.range,
            ..self.item(NodeKind::Resource, item, &resource.tracked, &resource.requires)
        };
        for text in raw.skills.items().iter().chain(raw.instead_of.items()) {
            if rules::id(text, self.findings) {
                self.name_node(text);
            }
        }
        let teaches_all = raw.skills.is_absent();
        self.take(&item.node, Some(within), change, || {
            New::Resource(Box::new(resource), teaches_all)
        });
    }

    fn milestone(&mut self, raw: &RawMilestone<'_>, milestone: Milestone, within: Within<'_>) {
        let change = Change {
            hours: milestone.hours,
            range: milestone.range,
            ..self.item(NodeKind::Milestone, &raw.item, &milestone.tracked, &milestone.requires)
        };
        if let Some(heading) = &raw.portfolio {
            self.name_node(heading);
        }
        let node = &raw.item.node;
        self.take(node, Some(within), change, || New::Milestone(Box::new(milestone)));
    }

    fn item(
        &mut self,
        kind: NodeKind,
        raw: &RawItem<'_>,
        tracked: &ItemInfo,
        requires: &[Requirement],
    ) -> Change {
        self.olds(&raw.replaces);
        Change {
            optional: raw.says_optional.then_some(raw.optional),
            links: tracked.details().links.clone(),
            ..self.change(kind, &raw.node, requires)
        }
    }

    fn change(&self, kind: NodeKind, raw: &RawNode<'_>, requires: &[Requirement]) -> Change {
        Change {
            id: raw.id().to_owned(),
            kind,
            hours: None,
            range: None,
            optional: None,
            months: None,
            requires: requires.to_vec(),
            links: Vec::new(),
            after: raw.after.as_ref().map(|after| after.value.to_owned()),
        }
    }

    /// Takes a table for what it adds or sets, and says where it cannot stand.
    fn take(
        &mut self,
        raw: &RawNode<'_>,
        within: Option<Within<'_>>,
        change: Change,
        new: impl FnOnce() -> New,
    ) {
        let Some(id) = &raw.id else { return };
        if let Some(after) = &raw.after
            && rules::id(after, self.findings)
        {
            self.name_node(after);
        }
        if !is_own(id.value) {
            self.name_node(id);
            if within.is_some_and(Within::is_own) {
                let message =
                    format!("{} belongs to the path and stays where it is", quote(id.value));
                let help = "write it in its own stage or topic, or under `[[topics]]` and \
                 `[[milestones]]` at the top";
                self.misplaced(id, message, help);
            }
            if !change.is_empty() {
                self.overlay.changes.push(change);
            }
            return;
        }
        let within = match within {
            None => None,
            Some(Within::Node(within)) => Some(within.to_owned()),
            Some(Within::Anywhere) => {
                let message = format!("{} is not in a stage", quote(id.value));
                let help = "write `[[stages]]` with the `id` of a stage of the path before it, and \
                 its header as `[[stages.topics]]` or `[[stages.milestones]]`";
                self.misplaced(id, message, help);
                return;
            }
        };
        let after = raw.after.as_ref().map(|after| after.value.to_owned());
        self.overlay.added.push(Added { within, after, node: new() });
    }

    fn misplaced(&mut self, id: &Text<'_>, message: String, help: &str) {
        let wrong = Diagnostic::new(Code::OverlayPlace, &id.span, message);
        self.findings.push(wrong.help(help.to_owned()));
    }

    /// What an overlay adds can have had another id, but none of the path: its record is its own.
    fn olds(&mut self, replaces: &Given<Vec<Text<'_>>>) {
        for old in replaces.items().iter().filter(|old| is_id(old.value) && !is_own(old.value)) {
            let message = format!("{} is not an id that an overlay had", quote(old.value));
            let help = format!("list ids that begin with `{OWN}`; the others belong to the path");
            let wrong = Diagnostic::new(Code::OverlayChange, &old.span, message);
            self.findings.push(wrong.help(help));
        }
    }

    fn hidden(&mut self, given: &Given<Vec<Text<'_>>>) {
        for text in rules::distinct("items", given, self.findings) {
            if !rules::id(text, self.findings) {
                continue;
            }
            if is_own(text.value) {
                let message = format!("{} belongs to the overlay itself", quote(text.value));
                let help = "remove its table instead";
                let wrong = Diagnostic::new(Code::OverlayHide, &text.span, message);
                self.findings.push(wrong.help(help.to_owned()));
                continue;
            }
            self.name_node(text);
            self.overlay.hidden.push(text.value.to_owned());
        }
    }
}
