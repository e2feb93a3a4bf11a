//! Document → the raw tables of a career file.

use super::super::fields::Fields;
use super::super::reader::Reader;
use super::raw::{RawArea, RawCareer, RawPractice, RawRaise, RawRole, RawTerm};

impl<'a> Reader<'_, '_> {
    pub(in super::super) fn career(&mut self, mut fields: Fields<'a>) -> RawCareer<'a> {
        let career = RawCareer {
            title: fields.need_text("title", || None, self.findings),
            updated: fields.date("updated", self.findings),
            areas: self.nodes(&mut fields, "areas", "an area", Self::area),
            roles: self.nodes(&mut fields, "roles", "a role", Self::role),
            practice: self.nodes(&mut fields, "practice", "a practice", Self::practice),
            glossary: self.nodes(&mut fields, "glossary", "a term", Self::term),
        };
        fields.finish(self.findings);
        career
    }

    fn area(&mut self, fields: &mut Fields<'a>) -> RawArea<'a> {
        let node = self.node(fields);
        if !fields.has("levels") {
            let help = "add `levels`: four statements, the lowest first";
            fields.missing("levels", Some(help.to_owned()));
        }
        RawArea {
            levels_at: fields.place("levels").unwrap_or_else(|| node.span.clone()),
            node,
            replaces: fields.texts("replaces", self.findings),
            levels: fields.texts("levels", self.findings),
            raised_by: self.nodes(fields, "raised_by", "what raises an area", Self::raise),
        }
    }

    fn raise(&mut self, fields: &mut Fields<'a>) -> RawRaise<'a> {
        let by = || Some("add `by`: a topic, skill or milestone, as `path/topic`".to_owned());
        let weight = "add `weight`: 3 raises it directly, 2 helps, 1 touches it";
        let level = "add `level`: the level that it suggests, from 1 to 4";
        RawRaise {
            by: fields.need_text("by", by, self.findings),
            weight: fields.need_number("weight", weight, self.findings),
            level: fields.need_number("level", level, self.findings),
        }
    }

    fn role(&mut self, fields: &mut Fields<'a>) -> RawRole<'a> {
        RawRole {
            node: self.node_without_summary(fields),
            scope: fields.need_text("scope", || None, self.findings),
            deliverables: fields.texts("deliverables", self.findings),
            metrics: fields.texts("metrics", self.findings),
            paths: fields.texts("paths", self.findings),
            targets: fields.numbers("targets", self.findings),
        }
    }

    fn practice(&mut self, fields: &mut Fields<'a>) -> RawPractice<'a> {
        RawPractice {
            node: self.node_without_summary(fields),
            minutes: fields.need_number("minutes", "say how long it takes", self.findings),
            task: fields.need_text("task", || None, self.findings),
            criteria: fields.texts("criteria", self.findings),
        }
    }

    fn term(&mut self, fields: &mut Fields<'a>) -> RawTerm<'a> {
        RawTerm {
            node: self.node_without_summary(fields),
            meaning: fields.need_text("meaning", || None, self.findings),
            source: fields.text("source", self.findings),
            url: fields.text("url", self.findings),
        }
    }
}
