//! A list of ticks: what is done of something, one `[[tick]]` each.

use std::ops::Range;

use chrono::NaiveDate;

use super::diagnostic::Diagnostic;
use super::fields::Fields;
use super::findings::Findings;
use super::syntax::{self, Form};
use super::types::{Expected, wrong_entry};
use super::{Severity, raw::Text, rules};

/// How many ticks a list can have.
pub const MOST_TICKS: usize = 100_000;

const LIST: Form = Form {
    what: "a list of ticks is TOML or CSV",
    begin: "begin with `[[tick]]`, and then `ref`, `url` or `title`; as CSV, with a line of such names",
};

/// That something is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// Where it stands in the text.
    pub span: Range<usize>,
    /// The reference of what is done.
    pub reference: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The day on which it was done.
    pub on: Option<NaiveDate>,
    /// Where that day stands in the text.
    pub on_span: Range<usize>,
    /// Whether it is credited as known.
    pub known: Option<bool>,
    /// A note, as it is written.
    pub note: Option<String>,
    /// Evidence, as it is written.
    pub evidence: Vec<String>,
}

/// Reads a list of ticks, or says what is wrong with it, and how much more there is.
///
/// # Errors
/// Any part of it is wrong. What is told is at most [`MOST_DIAGNOSTICS`](super::MOST_DIAGNOSTICS).
pub fn read_ticks(text: &str) -> Result<Vec<Tick>, (Vec<Diagnostic>, usize)> {
    let mut findings = Findings::new(text);
    let document = syntax::parse(text, LIST, &mut findings);
    let mut ticks = Vec::new();
    if let Some(document) = &document {
        let mut fields = Fields::new(document, 0..0, "a list of ticks");
        // Editors find the schema of a file by it.
        fields.ignore("$schema");
        ticks = read(&mut fields, &mut findings);
        fields.finish(&mut findings);
    }
    if findings.is_sound() {
        return Ok(ticks);
    }
    let (mut found, left_out) = findings.finish();
    // What a path should not say, a list can repeat.
    found.retain(|one| one.severity == Severity::Error);
    Err((found, left_out))
}

fn read(fields: &mut Fields<'_>, findings: &mut Findings<'_>) -> Vec<Tick> {
    let help = "write `[[tick]]`, and then `ref`, `url` or `title`";
    if !fields.has("tick") {
        fields.missing("tick", Some(help.to_owned()));
    }
    let entries = fields.array("tick", Expected::Tables, MOST_TICKS, findings);
    let mut ticks = Vec::new();
    for value in entries.good().copied().unwrap_or_default() {
        match value.get_ref().as_table() {
            Some(table) => {
                let mut fields = Fields::new(table, value.span(), "a tick");
                ticks.push(tick(&mut fields, findings));
                fields.finish(findings);
            }
            None => wrong_entry("`tick`", "tables", value, findings),
        }
    }
    ticks
}

fn tick(fields: &mut Fields<'_>, findings: &mut Findings<'_>) -> Tick {
    let reference = fields.text("ref", findings);
    let title = fields.text("title", findings);
    let url = fields.text("url", findings);
    let on = fields.date("on", findings);
    let on_span = fields.place("on").unwrap_or_else(|| fields.span.clone());
    let known = fields.has("known").then(|| fields.flag("known", findings));
    let note = fields.text("note", findings);
    let evidence = fields.texts("evidence", findings);
    if !["ref", "title", "url"].iter().any(|key| fields.has(key)) {
        fields
            .missing("ref", Some("add `ref`, or the `url` or `title` of what is done".to_owned()));
    }
    let as_written = |text: &Text<'_>| text.value.to_owned();
    Tick {
        span: fields.span.clone(),
        reference: rules::text("ref", reference.as_ref(), findings),
        url: rules::url(url.as_ref(), findings),
        title: rules::text("title", title.as_ref(), findings),
        on,
        on_span,
        known,
        note: note.as_ref().map(as_written),
        evidence: evidence.items().iter().map(as_written).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::line_column;
    use super::*;

    /// What is wrong with a list: `line:column code: message; help`.
    fn told(text: &str) -> Vec<String> {
        let (found, left_out) = read_ticks(text).unwrap_err();
        assert_eq!(left_out, 0);
        let told = |one: &Diagnostic| {
            let (line, column) = line_column(text, one.span.start);
            let help = one.help.as_deref().unwrap_or_default();
            format!("{line}:{column} {}: {}; {help}", one.code, one.message)
        };
        found.iter().map(told).collect()
    }

    #[test]
    fn a_list_has_what_it_says() {
        let text = "# what I know\n[[tick]]\nref = \"web/rest\"\non = 2026-09-01\n\n[[tick]]\n\
                    title = \"REST\"\nurl = \"https://a.b/c\"\nknown = false\nnote = \"a\\nb\"\n\
                    evidence = [\"https://a.b/d\"]\nx-from = 3\n";
        let ticks = read_ticks(text).unwrap();
        assert_eq!(ticks.len(), 2);
        assert_eq!(ticks[0].reference.as_deref(), Some("web/rest"));
        assert_eq!(ticks[0].on, NaiveDate::from_ymd_opt(2026, 9, 1));
        assert_eq!((ticks[0].known, ticks[1].known), (None, Some(false)));
        assert_eq!(&text[ticks[0].on_span.clone()], "2026-09-01");
        assert_eq!(line_column(text, ticks[1].span.start).0, 6);
        assert_eq!(ticks[1].note.as_deref(), Some("a\nb"));
        assert_eq!(ticks[1].evidence, ["https://a.b/d"]);
    }

    #[test]
    fn all_that_is_wrong_is_told_with_its_place() {
        let text = "[[tick]]\nreff = \"a\"\n[[tick]]\ntitle = \"\"\non = \"2026-09-01\"\n[[tick]]\n\
                    title = \"x\"\nurl = \"chapter 3\"\nknown = \"yes\"\n[ticks]\n[[tick]]\non = 2026-09-01\n";
        let expected = [
            "2:1 unknown-key: a tick has no key `reff`; did you mean `ref`?",
            "4:9 empty-text: `title` is empty; ",
            "5:6 wrong-type: `on` must be a date without a time, such as 2026-11-21, not a string; \
             write it without quotes",
            "8:7 bad-url: `url` contains a space or an invisible character; write a space as `%20`",
            "9:9 wrong-type: `known` must be true or false, not a string; write `true`",
            "10:2 unknown-key: a list of ticks has no key `ticks`; did you mean `tick`?",
            "11:1 missing-key: a tick needs `ref`; add `ref`, or the `url` or `title` of what is done",
        ];
        assert_eq!(told(text), expected);
        for (text, expected) in [
            (
                "",
                "1:1 missing-key: a list of ticks needs `tick`; write `[[tick]]`, and then `ref`, \
                  `url` or `title`",
            ),
            (
                "[tick]\nref = \"a\"\n",
                "1:1 wrong-type: `tick` must be an array of tables, not a \
              table; write its header in two pairs of brackets, as in `[[tick]]`",
            ),
            (
                "- [x] Rust\n- [ ] Git\n",
                "1:1 syntax: this looks like Markdown, and a list of ticks \
              is TOML or CSV; begin with `[[tick]]`, and then `ref`, `url` or `title`; as CSV, with \
              a line of such names",
            ),
            (
                "[[tick]]\ntitle = \"Rust\non = 2026-09-01\n",
                "2:14 syntax: a string is not closed on its line; close it with the \
                 quote that it begins with",
            ),
        ] {
            assert_eq!(told(text), [expected]);
        }
    }

    #[test]
    fn a_list_has_at_most_so_many_ticks() {
        let text = format!("tick=[{}]", "1,".repeat(MOST_TICKS + 1));
        assert_eq!(told(&text), ["1:6 limit: `tick` has more than 100,000 entries; "]);
    }
}
