//! `milepost check`

use std::path::PathBuf;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use milepost_core::report::check::{self, Found, Query, Report};
use milepost_path::{Severity, safe};

use crate::config;
use crate::context::Context;
use crate::error::{Kind, Outcome, Result};
use crate::output::{Output, Screen};
use crate::text::{quantity, width};
use crate::words::check::{help, message};

/// No file that there is has a longer name, in characters.
const LONGEST_NAME: usize = 4096;

/// Validate path files and career files
///
/// Reports every problem in every file at once, with its place and a remedy. References between the
/// given files are resolved. The exit code is 1 if there is an error.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost check my-path.toml
  milepost check paths/*.toml --json")]
pub struct Args {
    /// The files
    #[arg(
        value_name = "FILE",
        required = true,
        value_hint = clap::ValueHint::FilePath,
        value_parser = config::file_name()
    )]
    files: Vec<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// The answer has no JSON. The errors of the files are the answer.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<Outcome> {
    let answer = check::report(&Query { files: args.files.clone() }, &context.app);
    out.tell_answer(&answer, text)?;
    let errors = answer.report.errors();
    Ok(if errors > 0 { Outcome::Found(Kind::Failed) } else { Outcome::Good })
}

fn text(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let mut text = String::new();
    for file in &report.files {
        let name = safe::short(&file.file.display().to_string(), LONGEST_NAME);
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
    }
    let files = quantity::count(report.files.len(), "file");
    let errors = quantity::count(report.errors(), "error");
    let warnings = quantity::count(report.warnings(), "warning");
    text.push_str(&format!("{files}: {errors}, {warnings}\n"));
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
