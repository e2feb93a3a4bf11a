//! Raw tables → a roadmap, by the rules of the format.
//!
//! All problems are pushed, none ends the run. What comes out is used only where nothing was an
//! error, so a value at fault can have any stand-in here.

use std::collections::HashSet;

use super::Foreign;
use super::diagnostic::{Code, Diagnostic, quote};
use super::findings::Findings;
use super::links::Links;
use super::names::{Kind, Names};
use super::raw::{
    Given, Number, RawCriterion, RawDetails, RawInterview, RawItem, RawLink, RawMilestone, RawNode,
    RawPath, RawResource, RawSkill, RawStage, RawTopic, Text,
};
use super::{lints, parts, rules};
use crate::kind::{Cost, NodeKind, ResourceKind};
use crate::limits::MOST_IMPLIED;
use crate::parts::{
    Criterion, Details, Heading, InterviewTopic, ItemInfo, Link, Milestone, Question, Resource,
    Skill, Stage, Step, Topic,
};
use crate::reference::is_id;
use crate::roadmap::Roadmap;

/// Checks a path, and gives it, without its index, and its references to other files.
pub(super) fn validate(path: &RawPath<'_>, findings: &mut Findings<'_>) -> (Roadmap, Vec<Foreign>) {
    let names = Names::collect(path, findings);
    let links = Links::new(path.node.id(), &names);
    let mut checker = Checker { names: &names, links, is_open: false, findings };
    let roadmap = checker.path(path);
    lints::lint(path, &roadmap, checker.findings);
    let Checker { links, findings, .. } = checker;
    (roadmap, links.finish(findings))
}

/// Checks the stages of a path that has more than stands in the file, as those of an overlay, and gives
/// them and the references to other files. What names something that is not there is right.
pub(super) fn parts(path: &RawPath<'_>, findings: &mut Findings<'_>) -> (Vec<Stage>, Vec<Foreign>) {
    // Nothing is missing that can be in the path.
    findings.incomplete = true;
    let names = Names::collect(path, findings);
    let links = Links::new(path.node.id(), &names).open();
    let mut checker = Checker { names: &names, links, is_open: true, findings };
    let stages = path.stages.items().iter().map(|stage| checker.stage(stage)).collect();
    let Checker { links, findings, .. } = checker;
    (stages, links.finish(findings))
}

struct Checker<'c, 'a, 'f, 't> {
    names: &'c Names<'a>,
    links: Links<'c, 'a>,
    /// Whether more is in the path than in the file.
    is_open: bool,
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
            version: self.text("version", raw.version.as_ref()),
            author: self.text("author", raw.author.as_ref()),
            license: self.text("license", raw.license.as_ref()),
            source: self.text("source", raw.source.as_ref()),
            lang: rules::lang(raw.lang.as_ref(), self.findings),
            replaces: self.links.old_paths(&raw.replaces, self.findings),
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
        let topics = raw.topics.is_complete(self.findings).then(|| raw.topics.items().len());
        Stage {
            id: node.id().to_owned(),
            title: self.title(node),
            summary: self.summary(node),
            about: rules::lines("about", raw.about.as_ref(), self.findings),
            replaces: olds(&raw.replaces),
            choose: parts::choose("topic", topics, &raw.choose, self.findings),
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
        let skills: Vec<&str> =
            raw.skills.items().iter().map(|skill| skill.item.node.id()).collect();
        let own: HashSet<&str> = skills.iter().copied().collect();
        // A resource that names no skill teaches all of them, and says so by name in the roadmap.
        let unnamed = raw.resources.items().iter().filter(|one| one.skills.is_absent()).count();
        // Nobody is asked for what is retired.
        let asked = raw.skills.items().iter().filter(|skill| !skill.item.retired);
        let asked: Vec<&str> = asked.map(|skill| skill.item.node.id()).collect();
        let implied = if unnamed.saturating_mul(asked.len()) > MOST_IMPLIED {
            let message = format!(
                "the topic {} has {} skills, and {unnamed} resources that name none of them",
                quote(node.id()),
                skills.len()
            );
            let help = "name the `skills` of each resource, or split the topic";
            self.findings
                .push(Diagnostic::new(Code::Limit, node.place(), message).help(help.to_owned()));
            &[]
        } else {
            asked.as_slice()
        };
        let mut taught = (implied.len() == asked.len()).then(HashSet::new);
        let counted = raw.skills.is_complete(self.findings).then(|| {
            let skills = raw.skills.items().iter().map(|skill| &skill.item);
            skills.filter(|item| !item.optional && !item.retired).count()
        });
        parts::instead_of(raw.resources.items(), self.names, self.findings);
        let hours = rules::hours(&raw.hours, self.findings);
        let topic = Topic {
            id: node.id().to_owned(),
            title: self.title(node),
            summary: self.summary(node),
            details: self.details(&raw.details).kept(),
            replaces: olds(&raw.replaces),
            choose: parts::choose("skill", counted, &raw.choose, self.findings),
            hours: hours.mean,
            range: hours.range,
            requires: self.links.of_node(NodeKind::Topic, node, &raw.requires, self.findings),
            roles: rules::ids("roles", &raw.roles, self.findings),
            skills: raw.skills.items().iter().map(|skill| self.skill(skill)).collect(),
            resources: raw
                .resources
                .items()
                .iter()
                .map(|resource| self.resource(resource, implied, &own, &mut taught))
                .collect(),
            ..Topic::default()
        };
        if let Some(taught) = taught
            && !raw.resources.is_bad()
        {
            for skill in raw.skills.items() {
                let node = &skill.item.node;
                // A link of its own is something to study.
                let details = &skill.item.details;
                let has_link = details.url.is_some() || !details.links.is_absent();
                let is_alive = !skill.item.retired && !node.id().is_empty();
                if is_alive && !has_link && !taught.contains(node.id()) {
                    let message = format!("no resource of its topic teaches {}", quote(node.id()));
                    let help = "name it in the `skills` of a resource, or give it a `url`";
                    self.warn(Code::UntaughtSkill, node, &message, Some(help));
                }
            }
        }
        topic
    }

    fn skill(&mut self, raw: &RawSkill<'a>) -> Skill {
        let tracked = self.tracked(NodeKind::Skill, &raw.item);
        Skill { tracked, can: self.text("can", raw.can.as_ref()) }
    }

    /// A resource. `taught` gathers what the resources teach; it is none once one of them names
    /// what could not be found, since that can be the skill that seems untaught.
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
                let is_elsewhere = self.is_open && self.names.get(text.value).is_none();
                if own.contains(text.value) || (is_elsewhere && is_id(text.value)) {
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
        let hours = rules::hours_or_minutes(&raw.hours, &raw.minutes, self.findings);
        let mut tracked = self.tracked(NodeKind::Resource, &raw.item);
        let url = tracked.details.as_mut().and_then(|details| details.url.take());
        tracked.details = tracked.details.take().and_then(|details| details.kept());
        Resource {
            tracked,
            by: rules::text("by", raw.by.as_ref(), self.findings),
            url,
            kind: rules::word(
                "type",
                raw.kind.as_ref(),
                &ResourceKind::ALL,
                ResourceKind::as_str,
                self.findings,
            )
            .unwrap_or(ResourceKind::Docs),
            cost: rules::word("cost", raw.cost.as_ref(), &Cost::ALL, Cost::as_str, self.findings),
            hours: hours.mean,
            range: hours.range,
            part: self.text("part", raw.part.as_ref()),
            lang: rules::lang(raw.lang.as_ref(), self.findings),
            requires: self.links.of_node(
                NodeKind::Resource,
                &raw.item.node,
                &raw.requires,
                self.findings,
            ),
            instead_of: raw.instead_of.items().iter().map(|id| id.value.to_owned()).collect(),
            is_reference: raw.skills.good().is_some_and(Vec::is_empty),
            skills: skills.into_iter().map(str::to_owned).collect(),
        }
    }

    /// Reports what a resource cannot teach.
    fn not_of_topic(&mut self, text: &Text<'a>, topic: &[&'a str]) {
        let (code, message, help) = match self.names.get(text.value) {
            None if self.names.may_be_unread(text.value, self.findings) => return,
            Some(node) if node.kind == Kind::Skill => (
                Code::UnknownReference,
                format!("{} is a skill of another topic", quote(text.value)),
                Some("a resource teaches skills of its own topic".to_owned()),
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
        if raw.hours.is_absent() && !raw.item.retired {
            let message = format!("the milestone {} has no hours", quote(node.id()));
            self.warn(Code::NoHours, node, &message, Some("add `hours`: the effort to reach it"));
        }
        if !raw.item.retired && !raw.criteria.is_bad() && raw.criteria.items().is_empty() {
            let message = format!("the milestone {} has no criteria", quote(node.id()));
            let help = "add `criteria`: sentences that a person can answer with yes or no";
            self.warn(Code::NoCriteria, node, &message, Some(help));
        }
        let hours = rules::hours(&raw.hours, self.findings);
        let criteria: Vec<Criterion> =
            raw.criteria.items().iter().map(|one| self.criterion(one)).collect();
        let heading: Vec<_> = raw.portfolio.iter().collect();
        let wanted = "portfolio heading";
        Milestone {
            tracked: self.tracked(NodeKind::Milestone, &raw.item),
            hours: hours.mean,
            range: hours.range,
            requires: self.links.of_node(NodeKind::Milestone, node, &raw.requires, self.findings),
            portfolio: match raw.portfolio.as_ref().filter(|_| self.is_open) {
                Some(heading) => {
                    rules::id(heading, self.findings).then(|| heading.value.to_owned())
                }
                None => self.names.of_kind(&heading, Kind::Heading, wanted, self.findings).pop(),
            },
            pass: self.pass(&raw.pass, &criteria),
            criteria,
            evidence: rules::texts("evidence", &raw.evidence, self.findings),
        }
    }

    fn criterion(&mut self, raw: &RawCriterion<'a>) -> Criterion {
        let text = raw.text.as_ref().map(|text| rules::entry("criteria", text, self.findings));
        let points = rules::points("points", &raw.points, self.findings);
        let scale = self.scale(raw);
        if !raw.points.is_absent() && !raw.scale.is_absent() {
            let message = "a criterion has `points` or a `scale`, not both";
            let wrong = Diagnostic::new(Code::BadPoints, &raw.span, message);
            let help = "remove `points`: the last entry of the scale has the most";
            self.findings.push(wrong.help(help.to_owned()));
        }
        let most = scale.last().map(|step| step.points);
        Criterion { text: text.unwrap_or_default(), points: points.or(most), scale }
    }

    /// The scale of a criterion: `points: what earns them`, the fewest points first.
    fn scale(&mut self, raw: &RawCriterion<'a>) -> Vec<Step> {
        let mut scale: Vec<Step> = Vec::with_capacity(raw.scale.items().len());
        for entry in raw.scale.items() {
            let (points, text) = entry.value.split_once(':').unwrap_or((entry.value, ""));
            let points = points.trim().parse().ok().filter(|points| *points <= rules::MOST_POINTS);
            let mut wrong = |message: String| {
                let help = "write the points, a colon and what earns them: `\"2: most of it\"`";
                let wrong = Diagnostic::new(Code::BadPoints, &entry.span, message);
                self.findings.push(wrong.help(help.to_owned()));
            };
            match (points, text.trim()) {
                (Some(points), text) if !text.is_empty() => {
                    if scale.last().is_some_and(|last| last.points >= points) {
                        wrong("the points of a `scale` must ascend".to_owned());
                    }
                    rules::entry("scale", entry, self.findings);
                    scale.push(Step { points, text: text.to_owned() });
                }
                _ => wrong(format!("{} is not a step of a scale", quote(entry.value))),
            }
        }
        if raw.scale.good().is_some_and(|scale| scale.len() < 2) {
            let message = "a `scale` needs at least two steps";
            self.findings.push(Diagnostic::new(Code::BadPoints, &raw.span, message));
        }
        scale
    }

    /// How many points of a milestone are enough.
    fn pass(&mut self, raw: &Given<Number>, criteria: &[Criterion]) -> Option<u16> {
        let pass = rules::points("pass", raw, self.findings);
        let number = raw.good()?;
        let all = crate::parts::points(criteria).unwrap_or(0);
        let wrong = |message: String, help: &str| {
            Diagnostic::new(Code::BadPoints, &number.span, message).help(help.to_owned())
        };
        if all == 0 {
            let help = "give criteria points: `{ text = \"...\", points = 2 }`";
            self.findings
                .push(wrong("there is a `pass`, but no criterion has points".to_owned(), help));
        } else if pass.is_some_and(|pass| u32::from(pass) > all) {
            let message = format!("`pass` is more than the {all} points of all criteria");
            self.findings.push(wrong(message, "lower `pass`, or give the criteria more points"));
        }
        pass
    }

    fn interview(&mut self, raw: &RawInterview<'a>) -> InterviewTopic {
        let topics = rules::distinct("topics", &raw.topics, self.findings);
        let question = |raw: &super::raw::RawQuestion<'a>, findings: &mut Findings<'_>| Question {
            id: raw.id.as_ref().map_or_else(String::new, |id| id.value.to_owned()),
            ask: rules::text("ask", raw.ask.as_ref(), findings).unwrap_or_default(),
            look_for: rules::text("look_for", raw.look_for.as_ref(), findings),
            about: rules::lines("about", raw.about.as_ref(), findings),
            replaces: olds(&raw.replaces),
        };
        InterviewTopic {
            id: raw.node.id().to_owned(),
            title: self.title(&raw.node),
            replaces: olds(&raw.replaces),
            topics: self.names.of_kind(&topics, Kind::Topic, "topic", self.findings),
            questions: raw
                .questions
                .items()
                .iter()
                .map(|raw| question(raw, self.findings))
                .collect(),
        }
    }

    fn tracked(&mut self, kind: NodeKind, raw: &RawItem<'a>) -> ItemInfo {
        ItemInfo {
            id: raw.node.id().to_owned(),
            title: self.title(&raw.node),
            summary: self.summary(&raw.node),
            details: self.details(&raw.details).kept(),
            optional: raw.optional,
            retired: raw.retired,
            same_as: self.links.same_as(kind, raw, self.findings),
            replaces: olds(&raw.replaces),
        }
    }

    fn details(&mut self, raw: &RawDetails<'a>) -> Details {
        let link = |raw: &RawLink<'a>, findings: &mut Findings<'_>| {
            let title = rules::text("title", raw.title.as_ref(), findings);
            let url = rules::url(raw.url.as_ref(), findings);
            Some(Link { title: title?, url: url? })
        };
        Details {
            about: rules::lines("about", raw.about.as_ref(), self.findings),
            url: rules::url(raw.url.as_ref(), self.findings),
            links: raw.links.items().iter().filter_map(|raw| link(raw, self.findings)).collect(),
            tags: rules::texts("tags", &raw.tags, self.findings),
        }
    }

    fn text(&mut self, key: &str, given: Option<&Text<'a>>) -> Option<String> {
        rules::text(key, given, self.findings)
    }

    fn title(&mut self, raw: &RawNode<'a>) -> String {
        rules::text("title", raw.title.as_ref(), self.findings).unwrap_or_default()
    }

    fn summary(&mut self, raw: &RawNode<'a>) -> Option<String> {
        rules::text("summary", raw.summary.as_ref(), self.findings)
    }

    /// Warns of what is not there, unless it can be there and could not be read.
    fn warn(&mut self, code: Code, node: &RawNode<'a>, message: &str, help: Option<&str>) {
        self.findings.warn(code, &node.span, node.place(), message, help);
    }
}

/// The ids of a `replaces`; `names` reports those that are wrong.
fn olds(given: &Given<Vec<Text<'_>>>) -> Vec<String> {
    let ids = given.items().iter().map(|old| old.value);
    ids.filter(|old| is_id(old)).map(str::to_owned).collect()
}
