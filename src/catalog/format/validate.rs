//! Raw tables → a roadmap, by the rules of the format.
//!
//! All problems are pushed, none ends the run. What comes out is used only where nothing was an
//! error, so a value at fault may have any stand-in here.

use std::collections::HashSet;

use super::Foreign;
use super::diagnostic::{Code, Diagnostic, quote};
use super::findings::Findings;
use super::links::Links;
use super::names::{Kind, Names};
use super::raw::{
    RawInterview, RawItem, RawMilestone, RawNode, RawPath, RawResource, RawStage, RawTopic,
};
use super::rules;
use crate::model::roadmap::{
    Cost, Heading, InterviewTopic, Milestone, NodeKind, Question, Resource, ResourceKind, Roadmap,
    Skill, Stage, Topic, Tracked, is_id,
};

/// Checks a path, and gives it, without its index, and its references to other files.
pub(super) fn validate(path: &RawPath<'_>, findings: &mut Findings<'_>) -> (Roadmap, Vec<Foreign>) {
    let names = Names::collect(path, findings);
    let links = Links::new(path.node.id(), &names);
    let mut checker = Checker { names: &names, links, findings };
    let roadmap = checker.path(path);
    let Checker { links, findings, .. } = checker;
    (roadmap, links.finish(findings))
}

/// How many skills the resources of a topic may teach by naming none: each is kept by name.
const MOST_IMPLIED: usize = 250_000;

struct Checker<'c, 'a, 'f, 't> {
    names: &'c Names<'a>,
    links: Links<'c, 'a>,
    findings: &'f mut Findings<'t>,
}

impl<'a> Checker<'_, 'a, '_, '_> {
    fn path(&mut self, raw: &RawPath<'a>) -> Roadmap {
        let role = raw.role.as_ref();
        let roadmap = Roadmap {
            id: raw.node.id().to_owned(),
            title: self.title(&raw.node),
            summary: self.summary(&raw.node),
            role: role.filter(|role| rules::id(role, self.findings)).map(|r| r.value.to_owned()),
            requires: self.links.of_path(&raw.requires, self.findings),
            updated: raw.updated,
            portfolio: raw.portfolio.items().iter().map(|node| self.heading(node)).collect(),
            stages: raw.stages.items().iter().map(|stage| self.stage(stage)).collect(),
            interview: raw.interview.items().iter().map(|topic| self.interview(topic)).collect(),
            ..Roadmap::default()
        };
        let mut kinds = self.names.nodes.iter().map(|node| node.kind);
        if !kinds.any(|kind| matches!(kind, Kind::Skill | Kind::Resource | Kind::Milestone)) {
            let message = if roadmap.stages.is_empty() {
                "the path has no stages"
            } else {
                "the path has no skills, resources or milestones"
            };
            let help = "add `[[stages]]` with topics, and milestones that prove them";
            self.warn(Code::Empty, &raw.node, message, Some(help));
        }
        roadmap
    }

    fn heading(&mut self, raw: &RawNode<'a>) -> Heading {
        Heading { id: raw.id().to_owned(), title: self.title(raw) }
    }

    fn stage(&mut self, raw: &RawStage<'a>) -> Stage {
        let node = &raw.node;
        let has_skills = raw.topics.items().iter().any(|topic| !topic.skills.items().is_empty());
        if has_skills && !raw.milestones.is_bad() && raw.milestones.items().is_empty() {
            let message = format!("the stage {} has skills, but no milestone", quote(node.id()));
            let help = "add `[[stages.milestones]]`: what to build that proves them";
            self.warn(Code::NoMilestone, node, &message, Some(help));
        }
        Stage {
            id: node.id().to_owned(),
            title: self.title(node),
            summary: self.summary(node),
            months: rules::months(&raw.months, self.findings),
            requires: self.links.of_node(NodeKind::Stage, node, &raw.requires, self.findings),
            topics: raw.topics.items().iter().map(|topic| self.topic(topic)).collect(),
            milestones: raw.milestones.items().iter().map(|m| self.milestone(m)).collect(),
        }
    }

    fn topic(&mut self, raw: &RawTopic<'a>) -> Topic {
        let node = &raw.node;
        if raw.hours.is_absent() && !raw.skills.items().is_empty() {
            let message = format!("the topic {} has skills, but no hours", quote(node.id()));
            let help = "add `hours`: the effort to reach its skills";
            self.warn(Code::NoHours, node, &message, Some(help));
        }
        let skills: Vec<&str> = raw.skills.items().iter().map(|skill| skill.node.id()).collect();
        let own: HashSet<&str> = skills.iter().copied().collect();
        // A resource that names no skill teaches all of them, and says so by name in the roadmap.
        let unnamed = raw.resources.items().iter().filter(|one| one.skills.is_absent()).count();
        let implied = if unnamed.saturating_mul(skills.len()) > MOST_IMPLIED {
            let message = format!(
                "the topic {} has {} skills and {unnamed} resources that name none of them",
                quote(node.id()),
                skills.len()
            );
            let help = "name the `skills` of each resource, or split the topic";
            self.findings
                .push(Diagnostic::new(Code::Limit, node.place(), message).help(help.to_owned()));
            &[]
        } else {
            skills.as_slice()
        };
        let mut taught = (implied.len() == skills.len()).then(HashSet::new);
        let topic = Topic {
            id: node.id().to_owned(),
            title: self.title(node),
            summary: self.summary(node),
            hours: rules::hours(&raw.hours, self.findings),
            requires: self.links.of_node(NodeKind::Topic, node, &raw.requires, self.findings),
            roles: rules::ids("roles", &raw.roles, self.findings),
            skills: raw
                .skills
                .items()
                .iter()
                .map(|skill| Skill { tracked: self.tracked(NodeKind::Skill, skill) })
                .collect(),
            resources: raw
                .resources
                .items()
                .iter()
                .map(|resource| self.resource(resource, implied, &own, &mut taught))
                .collect(),
        };
        if let Some(taught) = taught
            && !raw.resources.is_bad()
        {
            for skill in raw.skills.items() {
                if !skill.node.id().is_empty() && !taught.contains(skill.node.id()) {
                    let message =
                        format!("no resource of its topic teaches {}", quote(skill.node.id()));
                    let help = "name it in the `skills` of a resource, or add one";
                    self.warn(Code::UntaughtSkill, &skill.node, &message, Some(help));
                }
            }
        }
        topic
    }

    /// A resource. `taught` gathers what the resources teach; it is none once one of them names
    /// what could not be found, since that may be the skill that seems untaught.
    fn resource(
        &mut self,
        raw: &RawResource<'a>,
        topic: &[&'a str],
        own: &HashSet<&'a str>,
        taught: &mut Option<HashSet<&'a str>>,
    ) -> Resource {
        let skills: Vec<&str> = if raw.skills.is_absent() {
            topic.to_vec()
        } else {
            let mut skills = Vec::new();
            for text in rules::distinct("skills", &raw.skills, self.findings) {
                if own.contains(text.value) {
                    skills.push(text.value);
                } else {
                    *taught = None;
                    self.not_of_topic(text, topic);
                }
            }
            skills
        };
        match taught {
            _ if raw.skills.is_bad() => *taught = None,
            Some(taught) => taught.extend(&skills),
            None => {}
        }
        Resource {
            tracked: self.tracked(NodeKind::Resource, &raw.item),
            by: rules::text("by", raw.by.as_ref(), self.findings),
            url: rules::url(raw.url.as_ref(), self.findings),
            kind: rules::word(
                "type",
                raw.kind.as_ref(),
                &ResourceKind::ALL,
                ResourceKind::as_str,
                self.findings,
            )
            .unwrap_or(ResourceKind::Docs),
            cost: rules::word("cost", raw.cost.as_ref(), &Cost::ALL, Cost::as_str, self.findings)
                .unwrap_or(Cost::Free),
            hours: rules::hours_or_minutes(&raw.hours, &raw.minutes, self.findings),
            skills: skills.into_iter().map(str::to_owned).collect(),
        }
    }

    /// Reports what a resource cannot teach.
    fn not_of_topic(&mut self, text: &super::raw::Text<'a>, topic: &[&'a str]) {
        let (code, message, help) = match self.names.get(text.value) {
            None if self.names.may_be_unread(text.value, self.findings) => return,
            Some(node) if node.kind == Kind::Skill => (
                Code::UnknownReference,
                format!("{} is a skill of another topic", quote(text.value)),
                Some("a resource teaches skills of the topic that it stands in".to_owned()),
            ),
            Some(node) => (
                Code::WrongKind,
                format!("{} is {}, not a skill", quote(text.value), node.kind.as_str()),
                None,
            ),
            None => (
                Code::UnknownReference,
                format!("its topic has no skill {}", quote(text.value)),
                self.findings.did_you_mean(text.value, topic.iter().copied()),
            ),
        };
        self.findings.push(Diagnostic::new(code, &text.span, message).help(help.to_owned()));
    }

    fn milestone(&mut self, raw: &RawMilestone<'a>) -> Milestone {
        let node = &raw.item.node;
        if raw.hours.is_absent() {
            let message = format!("the milestone {} has no hours", quote(node.id()));
            self.warn(Code::NoHours, node, &message, Some("add `hours`: the effort to reach it"));
        }
        if !raw.criteria.is_bad() && raw.criteria.items().is_empty() {
            let message = format!("the milestone {} has no criteria", quote(node.id()));
            let help = "add `criteria`: sentences that a person can check and say yes or no to";
            self.warn(Code::NoCriteria, node, &message, Some(help));
        }
        let heading: Vec<_> = raw.portfolio.iter().collect();
        let wanted = "portfolio heading";
        Milestone {
            tracked: self.tracked(NodeKind::Milestone, &raw.item),
            hours: rules::hours(&raw.hours, self.findings),
            requires: self.links.of_node(NodeKind::Milestone, node, &raw.requires, self.findings),
            portfolio: self.names.of_kind(&heading, Kind::Heading, wanted, self.findings).pop(),
            criteria: rules::texts("criteria", &raw.criteria, self.findings),
            evidence: rules::texts("evidence", &raw.evidence, self.findings),
        }
    }

    fn interview(&mut self, raw: &RawInterview<'a>) -> InterviewTopic {
        let topics = rules::distinct("topics", &raw.topics, self.findings);
        let question = |raw: &super::raw::RawQuestion<'a>, findings: &mut Findings<'_>| Question {
            id: raw.id.as_ref().map_or_else(String::new, |id| id.value.to_owned()),
            ask: rules::text("ask", raw.ask.as_ref(), findings).unwrap_or_default(),
            look_for: rules::text("look_for", raw.look_for.as_ref(), findings),
        };
        InterviewTopic {
            id: raw.node.id().to_owned(),
            title: self.title(&raw.node),
            topics: self.names.of_kind(&topics, Kind::Topic, "topic", self.findings),
            questions: raw
                .questions
                .items()
                .iter()
                .map(|raw| question(raw, self.findings))
                .collect(),
        }
    }

    fn tracked(&mut self, kind: NodeKind, raw: &RawItem<'a>) -> Tracked {
        let replaces = raw.replaces.items().iter().map(|old| old.value);
        Tracked {
            id: raw.node.id().to_owned(),
            title: self.title(&raw.node),
            summary: self.summary(&raw.node),
            optional: raw.optional,
            same_as: self.links.same_as(kind, raw, self.findings),
            replaces: replaces.filter(|old| is_id(old)).map(str::to_owned).collect(),
        }
    }

    fn title(&mut self, raw: &RawNode<'a>) -> String {
        rules::text("title", raw.title.as_ref(), self.findings).unwrap_or_default()
    }

    fn summary(&mut self, raw: &RawNode<'a>) -> Option<String> {
        rules::text("summary", raw.summary.as_ref(), self.findings)
    }

    /// Warns of what is not there, unless it may be there and could not be read.
    fn warn(&mut self, code: Code, node: &RawNode<'a>, message: &str, help: Option<&str>) {
        self.findings.warn(code, &node.span, node.place(), message, help);
    }
}
