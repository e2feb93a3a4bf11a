//! Raw tables → a career, by the rules of the format.
//!
//! As for paths: all problems are pushed, none ends the run, and what comes out is used only where
//! nothing was an error.

use crate::sort;
use std::collections::{HashMap, HashSet};

use super::super::diagnostic::{Code, Diagnostic, quote};
use super::super::findings::Findings;
use super::super::links::bad_reference;
use super::super::names::{check_olds, duplicate};
use super::super::raw::{RawNode, Text};
use super::super::rules;
use super::super::{Foreign, Purpose};
use super::raw::{RawArea, RawCareer, RawPractice, RawRaise, RawRole, RawTerm};
use crate::career::{Area, Career, HIGHEST, Practice, Raise, Role, Target, Term};
use crate::reference::{Ref, is_id};

/// The weight of what raises an area directly.
const HEAVIEST: u16 = 3;
const MOST_MINUTES: u16 = 1_440;

/// Checks a career, and gives it and its references to paths.
pub(in super::super) fn validate(
    raw: &RawCareer<'_>,
    findings: &mut Findings<'_>,
) -> (Career, Vec<Foreign>) {
    let mut checker = Checker { foreign: Vec::new(), findings };
    let career = checker.career(raw);
    (career, checker.foreign)
}

struct Checker<'f, 't> {
    foreign: Vec<Foreign>,
    findings: &'f mut Findings<'t>,
}

impl Checker<'_, '_> {
    fn career(&mut self, raw: &RawCareer<'_>) -> Career {
        let areas = self.ids("area id", raw.areas.items().iter().map(|area| &area.node));
        self.check_replaces(raw);
        self.ids("role id", raw.roles.items().iter().map(|role| &role.node));
        // Where the id of an area is missing, a target can mean that one.
        let all_named = areas.len() == raw.areas.items().len();
        self.ids("practice id", raw.practice.items().iter().map(|one| &one.node));
        self.ids("term id", raw.glossary.items().iter().map(|term| &term.node));
        let career = Career {
            title: self.text("title", raw.title.as_ref()),
            updated: raw.updated,
            areas: raw.areas.items().iter().map(|area| self.area(area)).collect(),
            roles: raw
                .roles
                .items()
                .iter()
                .map(|role| self.role(role, &areas, all_named))
                .collect(),
            practice: raw.practice.items().iter().map(|one| self.practice(one)).collect(),
            glossary: raw.glossary.items().iter().map(|term| self.term(term)).collect(),
        };
        if career.areas.is_empty() {
            let message = "the career file has no areas";
            let help = "add `[[areas]]` with the four `levels` of each";
            self.findings.warn(Code::Empty, &(0..0), &(0..0), message, Some(help));
        }
        career
    }

    /// The ids of one kind of table, in their order; says which are bad or stand twice.
    fn ids<'r, 'a: 'r>(
        &mut self,
        what: &str,
        nodes: impl Iterator<Item = &'r RawNode<'a>>,
    ) -> Vec<&'a str> {
        let mut first: HashMap<&str, usize> = HashMap::new();
        let mut ids = Vec::new();
        for id in nodes.filter_map(|node| node.id.as_ref()) {
            ids.push(id.value);
            if !rules::id(id, self.findings) {
                continue;
            }
            match first.get(id.value) {
                Some(line_of) => duplicate(what, id, *line_of, self.findings),
                None => {
                    first.insert(id.value, id.span.start);
                }
            }
        }
        ids
    }

    fn check_replaces(&mut self, raw: &RawCareer<'_>) {
        let areas = || raw.areas.items().iter();
        let olds =
            areas().flat_map(|area| area.replaces.items().iter().map(|old| (old, area.node.id())));
        let present: HashMap<&str, usize> =
            areas().map(|area| (area.node.id(), area.node.place().start)).collect();
        check_olds(olds.collect(), |id| present.get(id).copied(), self.findings);
    }

    fn area(&mut self, raw: &RawArea<'_>) -> Area {
        let levels = rules::texts("levels", &raw.levels, self.findings);
        let count = levels.len();
        let levels = levels.try_into().unwrap_or_else(|_| {
            let message = format!("`levels` has {count} of {HIGHEST} statements");
            let help = "an area has one statement for each level from 1 to 4, the lowest first";
            let wrong = Diagnostic::new(Code::BadLevel, &raw.levels_at, message);
            if raw.levels.good().is_some() {
                self.findings.push(wrong.help(help.to_owned()));
            }
            Default::default()
        });
        let mut seen = HashSet::new();
        Area {
            id: raw.node.id().to_owned(),
            title: self.text("title", raw.node.title.as_ref()),
            summary: rules::text("summary", raw.node.summary.as_ref(), self.findings),
            replaces: raw.replaces.items().iter().map(|old| old.value.to_owned()).collect(),
            levels,
            raised_by: raw
                .raised_by
                .items()
                .iter()
                .filter_map(|raise| self.raise(raise, raw.node.id(), &mut seen))
                .collect(),
        }
    }

    fn raise<'a>(
        &mut self,
        raw: &RawRaise<'a>,
        area: &str,
        seen: &mut HashSet<&'a str>,
    ) -> Option<Raise> {
        let highest = HIGHEST as u16;
        let weight = rules::whole("weight", &raw.weight, HEAVIEST, Code::BadWeight, self.findings);
        let level = rules::whole("level", &raw.level, highest, Code::BadLevel, self.findings);
        let by = raw.by.as_ref()?;
        if !by.value.split_once('/').is_some_and(|(path, id)| is_id(path) && is_id(id)) {
            let help = "a topic, skill or milestone of a path is written `path/topic`";
            bad_reference(by, help.to_owned(), self.findings);
            return None;
        }
        if !seen.insert(by.value) {
            rules::repeated("raised_by", by.value, &by.span, self.findings);
            return None;
        }
        let by = self.note(Ref::from_text(by.value), by, Purpose::Raises, area);
        Some(Raise { by, weight: weight as u8, level: level as u8 })
    }

    fn role(&mut self, raw: &RawRole<'_>, areas: &[&str], all_named: bool) -> Role {
        let id = raw.node.id();
        let mut paths = Vec::new();
        for path in rules::distinct("paths", &raw.paths, self.findings) {
            if is_id(path.value) {
                self.note(Ref::path_only(path.value), path, Purpose::LeadsTo, id);
                paths.push(path.value.to_owned());
            } else {
                let help = "write the id of a whole path, such as `ai-integration`";
                bad_reference(path, help.to_owned(), self.findings);
            }
        }
        let mut targets = Vec::new();
        for (area, level) in raw.targets.items() {
            let level =
                rules::whole(area.value, level, HIGHEST as u16, Code::BadLevel, self.findings);
            match areas.iter().position(|known| *known == area.value) {
                Some(at) => {
                    targets.push((at, Target { area: area.value.to_owned(), level: level as u8 }))
                }
                None => self.unknown_area(area, areas, all_named),
            }
        }
        sort::by_key(&mut targets, |(at, _)| *at);
        if !raw.targets.is_bad() && raw.targets.items().is_empty() {
            let message = format!("the role {} has no targets", quote(id));
            let help = "add `targets`: the level that it needs in each area, as `{ security = 2 }`";
            let node = &raw.node;
            self.findings.warn(Code::NoTargets, &node.span, node.place(), &message, Some(help));
        }
        Role {
            id: id.to_owned(),
            title: self.text("title", raw.node.title.as_ref()),
            scope: self.text("scope", raw.scope.as_ref()),
            deliverables: rules::texts("deliverables", &raw.deliverables, self.findings),
            metrics: rules::texts("metrics", &raw.metrics, self.findings),
            paths,
            targets: targets.into_iter().map(|(_, target)| target).collect(),
        }
    }

    fn unknown_area(&mut self, area: &Text<'_>, areas: &[&str], all_named: bool) {
        if self.findings.incomplete || !all_named {
            return;
        }
        let message = format!("this file has no area {}", quote(area.value));
        let help = self.findings.did_you_mean(area.value, areas.iter().copied());
        self.findings.push(Diagnostic::new(Code::UnknownReference, &area.span, message).help(help));
    }

    fn practice(&mut self, raw: &RawPractice<'_>) -> Practice {
        let node = &raw.node;
        if !raw.criteria.is_bad() && raw.criteria.items().is_empty() {
            let message = format!("the practice {} has no criteria", quote(node.id()));
            let help = "add `criteria`: sentences that a person can answer with yes or no";
            self.findings.warn(Code::NoCriteria, &node.span, node.place(), &message, Some(help));
        }
        Practice {
            id: node.id().to_owned(),
            title: self.text("title", node.title.as_ref()),
            minutes: rules::whole(
                "minutes",
                &raw.minutes,
                MOST_MINUTES,
                Code::BadHours,
                self.findings,
            ),
            task: self.text("task", raw.task.as_ref()),
            criteria: rules::texts("criteria", &raw.criteria, self.findings),
        }
    }

    fn term(&mut self, raw: &RawTerm<'_>) -> Term {
        Term {
            id: raw.node.id().to_owned(),
            title: self.text("title", raw.node.title.as_ref()),
            meaning: self.text("meaning", raw.meaning.as_ref()),
            source: rules::text("source", raw.source.as_ref(), self.findings),
            url: rules::url(raw.url.as_ref(), self.findings),
        }
    }

    fn text(&mut self, key: &str, given: Option<&Text<'_>>) -> String {
        rules::text(key, given, self.findings).unwrap_or_default()
    }

    /// Notes a reference to a path, for `check_foreign` to look at.
    fn note(&mut self, reference: Ref, text: &Text<'_>, purpose: Purpose, from: &str) -> Ref {
        self.foreign.push(Foreign {
            reference: reference.clone(),
            span: text.span.clone(),
            purpose,
            kind: None,
            from: from.to_owned(),
        });
        reference
    }
}
