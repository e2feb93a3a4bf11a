//! The small parts of the page: days, bars, marks, proofs, notes and milestones.

use askama::Template;
use askama::filters::HtmlSafe;
use chrono::NaiveDate;
use milepost_core::Status;
use milepost_core::progress::Dated;
use milepost_core::report::export::ItemPart;

use super::super::spans::{Span, spans};
use super::super::{Options, phrases};
use super::address::{Web, web};
use crate::text::quantity;

/// A day, as a person writes it.
#[derive(Template, Clone, Copy, PartialEq)]
#[template(source = r#"<time datetime="{{ day }}">{{ self.words() }}</time>"#, ext = "html")]
pub(super) struct Day {
    day: NaiveDate,
}

impl HtmlSafe for Day {}

impl Day {
    /// The day without markup, for what can hold none.
    pub(super) fn words(&self) -> String {
        self.day.format("%-d %B %Y").to_string()
    }
}

impl From<NaiveDate> for Day {
    fn from(day: NaiveDate) -> Self {
        Self { day }
    }
}

/// How much is done, as a bar. It always stands beside its number, so it is hidden from those who
/// do not see it.
#[derive(Template)]
#[template(
    source = r#"<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="all" width="1000" height="10"/><rect class="done" width="{{ width }}" height="10"/></svg>"#,
    ext = "html"
)]
pub(super) struct Bar {
    width: u32,
}

impl HtmlSafe for Bar {}

impl Bar {
    /// It does not flatter: full at 100 only, and a bit that is done shows.
    pub(super) fn of(percent: f64) -> Self {
        let width = if percent >= 100.0 {
            1000
        } else if percent > 0.0 {
            ((percent * 10.0) as u32).clamp(8, 992)
        } else {
            0
        };
        Self { width }
    }
}

/// The mark of a status: they differ in shape. The words stand beside it.
#[derive(Template)]
#[template(path = "portfolio/mark.html")]
pub(super) struct Mark {
    status: Status,
}

impl HtmlSafe for Mark {}

/// A piece of evidence: an address as a link, a file or a commit as code. Paper has no links, so
/// the whole address is printed there.
#[derive(Template)]
#[template(
    source = r#"{% if let Some(web) = web %}<a href="{{ web.href }}" rel="noopener noreferrer" class="address"><bdi>{{ web.label }}</bdi></a>{% else %}<code dir="auto">{{ text }}</code>{% endif %}"#,
    ext = "html"
)]
pub(super) struct Proof<'a> {
    web: Option<Web>,
    text: &'a str,
}

impl HtmlSafe for Proof<'_> {}

pub(super) fn proofs(evidence: &[Dated]) -> Vec<Proof<'_>> {
    evidence.iter().map(|said| Proof { web: web(&said.text), text: said.text.trim() }).collect()
}

/// A note.
#[derive(Template)]
#[template(
    source = r#"<p class="note"><span class="label">Note, {{ on }}{% if let Some(about) = about %}, on <bdi>{{ about }}</bdi>{% endif %}</span> <bdi>{{ text }}</bdi></p>"#,
    ext = "html"
)]
pub(super) struct Note<'a> {
    on: Day,
    about: Option<&'a str>,
    text: &'a str,
}

impl HtmlSafe for Note<'_> {}

/// The notes, where they are to be shown.
pub(super) fn notes<'a>(
    notes: &'a [Dated],
    about: Option<&'a str>,
    options: Options,
) -> Vec<Note<'a>> {
    let shown = if options.notes { notes } else { &[] };
    shown.iter().map(|said| Note { on: said.on.into(), about, text: said.text.trim() }).collect()
}

/// A sentence of a path file; code stands between backticks in it.
#[derive(Template)]
#[template(
    source = r#"<bdi>{% for span in spans %}{% match span %}{% when Span::Plain(text) %}{{ text }}{% when Span::Code(text) %}<code>{{ text }}</code>{% endmatch %}{% endfor %}</bdi>"#,
    ext = "html"
)]
pub(in crate::export) struct Sentence<'a> {
    spans: Vec<Span<'a>>,
}

impl HtmlSafe for Sentence<'_> {}

impl<'a> Sentence<'a> {
    pub(in crate::export) fn of(text: &'a str) -> Self {
        Self { spans: spans(text) }
    }
}

/// A criterion, with its points where they are counted.
struct Criterion<'a> {
    text: Sentence<'a>,
    points: Option<String>,
}

/// An address with what it leads to.
struct Named<'a> {
    title: &'a str,
    web: Option<Web>,
}

/// A milestone.
#[derive(Template)]
#[template(path = "portfolio/milestone.html", whitespace = "minimize")]
pub(super) struct Milestone<'a> {
    item: &'a ItemPart,
    mark: Mark,
    hours: Option<String>,
    studied: Option<String>,
    since: Option<Day>,
    begun: Option<Day>,
    links: Vec<Named<'a>>,
    points: Option<String>,
    criteria: Vec<Criterion<'a>>,
    evidence: Vec<Proof<'a>>,
    notes: Vec<Note<'a>>,
}

impl HtmlSafe for Milestone<'_> {}

impl<'a> Milestone<'a> {
    pub(super) fn new(item: &'a ItemPart, options: Options) -> Self {
        let criterion = |(at, text): (usize, &'a String)| Criterion {
            text: Sentence::of(text),
            points: item.points(at).map(|n| quantity::count(usize::from(n), "point")),
        };
        Self {
            item,
            mark: Mark { status: item.status },
            hours: item.hours.map(quantity::hours),
            studied: phrases::studied(item),
            // The day on which something was credited says nothing about when it was built.
            since: item.since.filter(|_| !item.known).map(Day::from),
            begun: item.begun.filter(|_| !item.known).map(Day::from),
            links: item
                .links
                .iter()
                .map(|link| Named { title: &link.title, web: web(&link.url) })
                .collect(),
            points: phrases::points(item),
            criteria: item.proven_criteria().iter().enumerate().map(criterion).collect(),
            evidence: proofs(&item.evidence),
            notes: notes(&item.notes, None, options),
        }
    }

    fn is_done(&self) -> bool {
        self.item.status == Status::Done
    }

    fn is_doing(&self) -> bool {
        self.item.status == Status::Doing
    }

    /// Whether it is more than a plan, so that its details matter.
    fn is_told(&self) -> bool {
        self.is_done() || self.is_doing() || !self.evidence.is_empty()
    }
}
