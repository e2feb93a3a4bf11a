//! Document → the raw tables of an overlay.

use std::ops::Range;

use chrono::NaiveDate;

use super::super::diagnostic::{Code, Diagnostic, quote};
use super::super::fields::Fields;
use super::super::raw::{Given, RawMilestone, RawStage, RawTopic, Text};
use super::super::reader::Reader;
use super::super::types::{Expected, wrong_type};
use crate::near::slug;
use crate::overlay::OWN;

/// An overlay as it is written: every key that the format knows, with its place in the text.
#[derive(Debug)]
pub(in super::super) struct RawOverlay<'a> {
    pub(super) extends: Option<Text<'a>>,
    pub(super) written_for: Option<NaiveDate>,
    pub(super) stages: Given<Vec<RawStage<'a>>>,
    pub(super) topics: Given<Vec<RawTopic<'a>>>,
    pub(super) milestones: Given<Vec<RawMilestone<'a>>>,
    pub(super) hidden: Given<Vec<Text<'a>>>,
}

impl<'a> RawOverlay<'a> {
    /// Where it names its path; its start where it does not.
    pub(in super::super) fn place(&self) -> Range<usize> {
        self.extends.as_ref().map_or(0..0, |extends| extends.span.clone())
    }

    pub(in super::super) fn stages(&self) -> &[RawStage<'a>] {
        self.stages.items()
    }

    /// Its topics, wherever they stand.
    pub(in super::super) fn topics(&self) -> impl Iterator<Item = &RawTopic<'a>> {
        let within = self.stages().iter().flat_map(|stage| stage.topics.items());
        within.chain(self.topics.items())
    }

    /// Its milestones, wherever they stand.
    pub(in super::super) fn milestones(&self) -> impl Iterator<Item = &RawMilestone<'a>> {
        let within = self.stages().iter().flat_map(|stage| stage.milestones.items());
        within.chain(self.milestones.items())
    }
}

/// What an overlay can say of something of the path, by what the table is.
fn can_set(what: &str, key: &str) -> bool {
    let keys: &[&str] = match what {
        "a stage" => &["months", "topics", "milestones"],
        "a topic" => &["hours", "links", "skills", "resources"],
        "a skill" => &["optional", "links"],
        "a resource" => &["hours", "minutes", "optional", "links"],
        "a milestone" => &["hours", "optional", "links"],
        // All of those that no id names, such as a link.
        _ => return true,
    };
    let is_common = matches!(key, "id" | "after") || (key == "requires" && what != "a skill");
    is_common || keys.contains(&key)
}

impl<'a> Reader<'_, '_> {
    pub(in super::super) fn overlay(&mut self, mut fields: Fields<'a>) -> RawOverlay<'a> {
        let path = || Some("name the path: `extends = \"ai-integration\"`".to_owned());
        let overlay = RawOverlay {
            extends: fields.need_text("extends", path, self.findings),
            written_for: fields.date("written_for", self.findings),
            stages: self.nodes(&mut fields, "stages", "a stage", Self::stage),
            topics: self.nodes(&mut fields, "topics", "a topic", Self::topic),
            milestones: self.nodes(&mut fields, "milestones", "a milestone", Self::milestone),
            hidden: self.hidden(&mut fields),
        };
        self.no_questions(&mut fields);
        let span = fields.span.clone();
        let place = overlay.extends.as_ref().map_or(&span, |text| &text.span).clone();
        self.check_items("the overlay", &place);
        fields.finish(self.findings);
        overlay
    }

    /// Questions are asked of a path: an answer is recorded under its id, which its author keeps.
    fn no_questions(&mut self, fields: &mut Fields<'a>) {
        let Some(value) = fields.has("interview").then(|| fields.value("interview")).flatten()
        else {
            return;
        };
        let message = "an overlay cannot add interview questions".to_owned();
        let help = "put them into a path of your own, with `topics = []`: `milepost interview` asks \
                    those of every path that you follow";
        let wrong = Diagnostic::new(Code::OverlayChange, &value.span(), message);
        self.findings.push(wrong.help(help.to_owned()));
    }

    fn hidden(&mut self, fields: &mut Fields<'a>) -> Given<Vec<Text<'a>>> {
        let Some(value) = fields.value("hide") else { return Given::Absent };
        let Some(table) = value.get_ref().as_table() else {
            wrong_type("hide", Expected::Hidden, value, self.findings);
            return Given::Bad;
        };
        let mut fields = Fields::new(table, value.span(), "a `[hide]`");
        let items = fields.texts("items", self.findings);
        fields.finish(self.findings);
        items
    }

    /// Says which keys an overlay cannot give to something of the path.
    pub(in super::super) fn refuse_changes(&mut self, fields: &Fields<'a>) {
        let id = fields.peek("id").unwrap_or_default();
        for (key, span) in fields.given().filter(|(key, _)| !can_set(fields.what, key)) {
            let message = format!("an overlay cannot set `{key}` of {}", quote(id));
            let help = match (key, slug(id)) {
                ("title", Some(id)) => format!(
                    "to add something, begin its id with `{OWN}`: `{OWN}{id}`; what the path has keeps \
                     its title"
                ),
                _ => "hide it and add one of your own, or change a copy of the path".to_owned(),
            };
            self.findings.push(Diagnostic::new(Code::OverlayChange, &span, message).help(help));
        }
    }
}
