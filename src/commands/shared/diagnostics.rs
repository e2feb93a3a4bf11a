//! What is wrong in a path file, with the line in question.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use milepost_core::report::check::{FileReport, Found};
use milepost_path::{Severity, safe};

use crate::output::Screen;
use crate::text::{quantity, width};
use crate::words::check::{help, message};

/// No file that there is has a longer name, in characters.
const LONGEST_NAME: usize = 4096;

/// The name of a file.
pub(crate) fn name(file: &FileReport) -> String {
    safe::short(&file.file.display().to_string(), LONGEST_NAME)
}

/// What is wrong in a file, with a blank line behind each.
pub(crate) fn of_file(file: &FileReport, screen: &Screen) -> String {
    let paint = screen.paint;
    let mut text = String::new();
    let name = name(file);
    for one in &file.found {
        let severity = one.what.severity();
        let label = format!("{severity}[{}]:", one.what.code());
        let label =
            if severity == Severity::Error { paint.bad(&label) } else { paint.warn(&label) };
        let message = message(&one.what);
        let (line, column, message) = (one.line, one.column, safe::line(&message));
        text.push_str(&format!("{name}:{line}:{column}: {label} {message}\n"));
        text.push_str(&snippet(one, &file.text, screen));
        if let Some(help) = help(&one.what) {
            let label = format!("  {} ", paint.bold("help:"));
            let columns = screen.text_width();
            text.push_str(&width::wrap_indented(&label, "    ", &safe::line(&help), columns));
        }
        text.push('\n');
    }
    if file.left_out > 0 {
        let more = quantity::thousands(file.left_out);
        text.push_str(&format!("{name}: {more} more, not shown\n\n"));
    }
    text
}

/// The line in question, with what is meant underlined.
fn snippet(one: &Found, text: &str, screen: &Screen) -> String {
    let before = text.get(..one.span.start).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let rest = text.get(start..).unwrap_or_default();
    let line = rest.split_inclusive('\n').next().unwrap_or_default().trim_end();
    if line.is_empty() {
        return String::new();
    }
    // What a line shows is made safe part by part, so that the span still fits it.
    let cut = |from: usize, to: usize| {
        safe::line(line.get(from.min(line.len())..to.min(line.len())).unwrap_or_default())
    };
    let (from, to) = (one.span.start - start, (one.span.end - start).max(one.span.start - start));
    let (head, marked, tail) = (cut(0, from), cut(from, to), cut(to, line.len()));
    let shown = format!("{head}{marked}{tail}");
    let span = head.len()..head.len() + marked.len();
    let level = if one.what.severity() == Severity::Error { Level::ERROR } else { Level::WARNING };
    let group = Group::with_level(level).element(
        Snippet::source(shown).line_start(one.line).annotation(AnnotationKind::Primary.span(span)),
    );
    let renderer = if screen.paint.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer =
        renderer.decor_style(DecorStyle::Ascii).term_width(screen.width.unwrap_or(100).max(20));
    let rendered = renderer.render(&[group]);
    format!("{rendered}\n")
}
