//! Document → raw tables: which keys there are, and whether their values have the right shape.
//!
//! The order of the functions is the order of the format. Each takes the keys of one kind of
//! table; what none takes is an unknown key. Nothing here looks at what a value says, but `format`
//! and `kind`, which decide whether the rest means anything.

use std::ops::Range;

use toml::de::DeTable;

use super::diagnostic::{Code, Diagnostic, quote};
use super::fields::Fields;
use super::findings::Findings;
use super::raw::{
    Given, RawCriterion, RawDetails, RawFile, RawInterview, RawItem, RawLink, RawMilestone,
    RawNode, RawPath, RawQuestion, RawResource, RawSkill, RawStage, RawTopic,
};
use super::types::{Expected, as_text, wrong_entry, wrong_type};
use crate::kind::ResourceKind;
use crate::limits::{MOST_ENTRIES, MOST_FEW, MOST_ITEMS, MOST_OLD_PATHS};
use crate::near::slug;
use crate::overlay::is_own;

/// Reads the tables of a document; none of them where it is another kind of file, or of another
/// format.
pub(super) fn read_file<'a>(document: &'a DeTable<'a>, findings: &mut Findings<'_>) -> RawFile<'a> {
    let mut reader = Reader { findings, items: 0, is_overlay: false };
    let mut fields = Fields::new(document, 0..0, "a path");
    // Editors find the schema of a file by it.
    fields.ignore("$schema");
    let kind = reader.kind(&mut fields);
    let readable = reader.is_this_format(&mut fields);
    match kind {
        Some(FileKind::Path) if readable => RawFile::Path(Box::new(reader.path(fields))),
        Some(FileKind::Career) => RawFile::Career(readable.then(|| {
            fields.what = "a career file";
            reader.career(fields)
        })),
        Some(FileKind::Overlay) => RawFile::Overlay(readable.then(|| {
            fields.what = "an overlay";
            reader.is_overlay = true;
            reader.overlay(fields)
        })),
        _ => RawFile::Unknown,
    }
}

#[derive(Clone, Copy)]
enum FileKind {
    Path,
    Career,
    Overlay,
}

pub(super) struct Reader<'f, 't> {
    pub(super) findings: &'f mut Findings<'t>,
    /// Skills, resources and milestones so far.
    items: usize,
    /// Whether the tables are those of an overlay.
    is_overlay: bool,
}

impl<'a> Reader<'_, '_> {
    /// What kind of file it says to be; a path where it does not say.
    fn kind(&mut self, fields: &mut Fields<'a>) -> Option<FileKind> {
        let Some(kind) = fields.text("kind", self.findings) else {
            return Some(FileKind::Path);
        };
        match kind.value {
            "path" => Some(FileKind::Path),
            "career" => Some(FileKind::Career),
            "overlay" => Some(FileKind::Overlay),
            _ => {
                let help = self
                    .findings
                    .did_you_mean(kind.value, ["path", "career", "overlay"])
                    .unwrap_or_else(|| "write `path`, `career` or `overlay`".to_owned());
                let message = format!("{} is not a kind of file", quote(kind.value));
                self.findings.push(Diagnostic::new(Code::Kind, &kind.span, message).help(help));
                None
            }
        }
    }

    fn is_this_format(&mut self, fields: &mut Fields<'a>) -> bool {
        let Some(value) = fields.value("format") else {
            let help = "add `format = 1` as the first line";
            fields.missing("format", Some(help.to_owned()));
            return true;
        };
        let Some(integer) = value.get_ref().as_integer() else {
            wrong_type("format", Expected::Whole, value, self.findings);
            return true;
        };
        let number = i64::from_str_radix(integer.as_str(), integer.radix());
        if number == Ok(1) {
            return true;
        }
        let written = quote(self.findings.source(&value.span()));
        // More digits than 64 bits hold are of no past either.
        let (message, help) = if number.is_ok_and(|number| number < 1) {
            (format!("there is no format {written}"), "write `format = 1`")
        } else {
            (
                format!("format {written} needs a newer milepost"),
                "update milepost, or ask the author for a file in format 1",
            )
        };
        let wrong = Diagnostic::new(Code::Format, &value.span(), message);
        self.findings.push(wrong.help(help.to_owned()));
        false
    }

    fn path(&mut self, mut fields: Fields<'a>) -> RawPath<'a> {
        let node = self.node(&mut fields);
        let path = RawPath {
            node,
            role: fields.text("role", self.findings),
            requires: fields.requirements(self.findings),
            updated: fields.date("updated", self.findings),
            version: fields.text("version", self.findings),
            author: fields.text("author", self.findings),
            license: fields.text("license", self.findings),
            source: fields.text("source", self.findings),
            lang: fields.text("lang", self.findings),
            replaces: fields.texts_up_to(MOST_OLD_PATHS, "replaces", self.findings),
            portfolio: self.nodes(&mut fields, "portfolio", "a portfolio heading", Self::heading),
            stages: self.nodes(&mut fields, "stages", "a stage", Self::stage),
            interview: self.nodes(&mut fields, "interview", "an interview topic", Self::interview),
        };
        self.check_items("the path", path.node.place());
        fields.finish(self.findings);
        path
    }

    pub(super) fn check_items(&mut self, what: &str, place: &Range<usize>) {
        if self.items > MOST_ITEMS {
            let message = format!("{what} has {} items; the limit is 100,000", self.items);
            self.findings.push(Diagnostic::new(Code::Limit, place, message));
        }
    }

    fn heading(&mut self, fields: &mut Fields<'a>) -> RawNode<'a> {
        self.node_without_summary(fields)
    }

    pub(super) fn stage(&mut self, fields: &mut Fields<'a>) -> RawStage<'a> {
        RawStage {
            node: self.node(fields),
            about: fields.text("about", self.findings),
            replaces: fields.texts("replaces", self.findings),
            choose: fields.number("choose", self.findings),
            months: fields.pair("months", self.findings),
            requires: fields.requirements(self.findings),
            topics: self.nodes(fields, "topics", "a topic", Self::topic),
            milestones: self.nodes(fields, "milestones", "a milestone", Self::milestone),
        }
    }

    pub(super) fn topic(&mut self, fields: &mut Fields<'a>) -> RawTopic<'a> {
        RawTopic {
            node: self.node(fields),
            details: self.details(fields),
            replaces: fields.texts("replaces", self.findings),
            choose: fields.number("choose", self.findings),
            hours: fields.effort("hours", self.findings),
            requires: fields.requirements(self.findings),
            roles: fields.texts("roles", self.findings),
            skills: self.nodes(fields, "skills", "a skill", Self::skill),
            resources: self.nodes(fields, "resources", "a resource", Self::resource),
        }
    }

    fn details(&mut self, fields: &mut Fields<'a>) -> RawDetails<'a> {
        RawDetails {
            about: fields.text("about", self.findings),
            url: fields.text("url", self.findings),
            links: self.nodes(fields, "links", "a link", Self::link),
            tags: fields.texts("tags", self.findings),
        }
    }

    fn link(&mut self, fields: &mut Fields<'a>) -> RawLink<'a> {
        RawLink {
            title: fields.need_text("title", || None, self.findings),
            url: fields.need_text("url", || None, self.findings),
        }
    }

    fn item(&mut self, fields: &mut Fields<'a>) -> RawItem<'a> {
        self.items += 1;
        RawItem {
            node: self.node(fields),
            details: self.details(fields),
            says_optional: fields.has("optional"),
            optional: fields.flag("optional", self.findings),
            retired: fields.flag("retired", self.findings),
            same_as: fields.text("same_as", self.findings),
            replaces: fields.texts("replaces", self.findings),
        }
    }

    fn skill(&mut self, fields: &mut Fields<'a>) -> RawSkill<'a> {
        RawSkill { item: self.item(fields), can: fields.text("can", self.findings) }
    }

    fn resource(&mut self, fields: &mut Fields<'a>) -> RawResource<'a> {
        let kinds =
            || Some(format!("one of {}", ResourceKind::ALL.map(ResourceKind::as_str).join(", ")));
        RawResource {
            item: self.item(fields),
            by: fields.text("by", self.findings),
            kind: match self.is_of_base(fields) {
                true => fields.text("type", self.findings),
                false => fields.need_text("type", kinds, self.findings),
            },
            cost: fields.text("cost", self.findings),
            hours: fields.effort("hours", self.findings),
            minutes: fields.number("minutes", self.findings),
            part: fields.text("part", self.findings),
            lang: fields.text("lang", self.findings),
            requires: fields.requirements(self.findings),
            instead_of: fields.texts("instead_of", self.findings),
            skills: fields.texts("skills", self.findings),
        }
    }

    pub(super) fn milestone(&mut self, fields: &mut Fields<'a>) -> RawMilestone<'a> {
        RawMilestone {
            item: self.item(fields),
            hours: fields.effort("hours", self.findings),
            requires: fields.requirements(self.findings),
            portfolio: fields.text("portfolio", self.findings),
            criteria: self.criteria(fields),
            pass: fields.number("pass", self.findings),
            evidence: fields.texts("evidence", self.findings),
        }
    }

    /// Criteria: sentences, and tables where points are counted.
    fn criteria(&mut self, fields: &mut Fields<'a>) -> Given<Vec<RawCriterion<'a>>> {
        let array = match fields.array("criteria", Expected::Texts, MOST_ENTRIES, self.findings) {
            Given::Absent => return Given::Absent,
            Given::Bad => return Given::Bad,
            Given::Good(array) => array,
        };
        let mut criteria = Vec::with_capacity(array.len());
        for value in array {
            if let Some(table) = value.get_ref().as_table() {
                let mut fields = Fields::new(table, value.span(), "a criterion");
                criteria.push(RawCriterion {
                    span: value.span(),
                    text: fields.need_text("text", || None, self.findings),
                    points: fields.number("points", self.findings),
                    scale: fields.texts("scale", self.findings),
                });
                fields.finish(self.findings);
            } else if let Some(text) = as_text(value) {
                criteria.push(RawCriterion {
                    span: value.span(),
                    text: Some(text),
                    points: Given::Absent,
                    scale: Given::Absent,
                });
            } else {
                wrong_entry("`criteria`", "strings and tables", value, self.findings);
            }
        }
        // An entry that is neither might be the one that somebody misses.
        if criteria.len() == array.len() { Given::Good(criteria) } else { Given::Bad }
    }

    fn interview(&mut self, fields: &mut Fields<'a>) -> RawInterview<'a> {
        let node = self.node_without_summary(fields);
        for key in ["topics", "questions"] {
            if !fields.has(key) {
                fields.missing(key, None);
            }
        }
        RawInterview {
            node,
            replaces: fields.texts("replaces", self.findings),
            topics: fields.texts("topics", self.findings),
            questions: self.nodes(fields, "questions", "a question", Self::question),
        }
    }

    fn question(&mut self, fields: &mut Fields<'a>) -> RawQuestion<'a> {
        RawQuestion {
            id: fields.need_text("id", || None, self.findings),
            ask: fields.need_text("ask", || None, self.findings),
            look_for: fields.text("look_for", self.findings),
            about: fields.text("about", self.findings),
            replaces: fields.texts("replaces", self.findings),
        }
    }

    pub(super) fn node(&mut self, fields: &mut Fields<'a>) -> RawNode<'a> {
        let mut node = self.node_without_summary(fields);
        node.summary = fields.text("summary", self.findings);
        node
    }

    pub(super) fn node_without_summary(&mut self, fields: &mut Fields<'a>) -> RawNode<'a> {
        let title = fields.peek("title");
        let proposal = || Some(format!("add `id = \"{}\"`", slug(title?)?));
        // If it has no id, that is all it is told: the rest might depend on the id.
        let is_whole = !self.is_overlay || fields.peek("id").is_some_and(is_own);
        let id = fields.need_text("id", proposal, self.findings);
        let title = match is_whole {
            true => fields.need_text("title", || None, self.findings),
            false => fields.text("title", self.findings),
        };
        let after = match self.is_overlay {
            true => fields.text("after", self.findings),
            false => None,
        };
        RawNode { span: fields.span.clone(), id, title, summary: None, after }
    }

    /// Whether a table is about something of the path that an overlay extends.
    fn is_of_base(&self, fields: &Fields<'a>) -> bool {
        self.is_overlay && fields.peek("id").is_some_and(|id| !is_own(id))
    }

    /// Reads a list of tables, each with `read`.
    pub(super) fn nodes<T>(
        &mut self,
        fields: &mut Fields<'a>,
        key: &'static str,
        what: &'static str,
        read: fn(&mut Self, &mut Fields<'a>) -> T,
    ) -> Given<Vec<T>> {
        let few = matches!(key, "stages" | "areas" | "roles" | "practice" | "glossary");
        let most = if few { MOST_FEW } else { MOST_ENTRIES };
        let array = match fields.array(key, Expected::Tables, most, self.findings) {
            Given::Absent => return Given::Absent,
            Given::Bad => {
                self.findings.incomplete = true;
                return Given::Bad;
            }
            Given::Good(array) => array,
        };
        let mut nodes = Vec::with_capacity(array.len());
        for value in array {
            let Some(table) = value.get_ref().as_table() else {
                self.findings.incomplete = true;
                wrong_entry(&format!("`{key}`"), "tables", value, self.findings);
                continue;
            };
            let mut fields = Fields::new(table, value.span(), what);
            nodes.push(read(self, &mut fields));
            if self.is_of_base(&fields) {
                self.refuse_changes(&fields);
            }
            fields.finish(self.findings);
        }
        Given::Good(nodes)
    }
}
