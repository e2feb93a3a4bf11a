//! The text of a term of the glossary, or of all of it.

use milepost_core::report::show::term::TermReport;
use milepost_path::safe;

use crate::commands::shared::item_row;
use crate::output::Screen;
use crate::text::width;

/// The text of a report.
pub(super) fn text(report: &TermReport, screen: &Screen) -> String {
    if report.is_glossary() {
        let terms = report.children.iter().map(|term| term_text(term, screen));
        return terms.collect::<Vec<_>>().join("\n");
    }
    let mut text = term_text(report, screen);
    if report.source.is_some() || report.url.is_some() {
        text.push('\n');
    }
    if let Some(source) = &report.source {
        text.push_str(&item_row::labelled("source", 10, &safe::line(source), screen));
    }
    if let Some(url) = &report.url {
        let url = screen.paint.link(url, &safe::line(url));
        text.push_str(&item_row::labelled("url", 10, &url, screen));
    }
    text
}

/// A term and what it means.
fn term_text(term: &TermReport, screen: &Screen) -> String {
    let columns = screen.text_width();
    let meaning = safe::line(term.meaning.as_deref().unwrap_or_default());
    item_row::heading(&term.title, term.reference.as_str(), screen)
        + &width::wrap_indented("", "", &meaning, columns)
}
