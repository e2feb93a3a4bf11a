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
    let columns = screen.text_width();
    let mut text = term_text(report, screen);
    if report.source.is_some() || report.url.is_some() {
        text.push('\n');
    }
    if let Some(source) = &report.source {
        let (first, indent) = (format!("{:<10}", "source"), " ".repeat(10));
        text.push_str(&width::wrap_indented(&first, &indent, &safe::line(source), columns));
    }
    if let Some(url) = &report.url {
        // Not wrapped: a broken address is no address.
        text.push_str(&format!("{:<10}{}\n", "url", screen.paint.link(url, &safe::line(url))));
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
