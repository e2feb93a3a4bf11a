//! `milepost check`

use std::path::{Path, PathBuf};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use crate::catalog::format::diagnostic::{Diagnostic, MOST_DIAGNOSTICS, line_column};
use crate::catalog::format::{self, Reading, Severity};
use crate::catalog::{Together, file};
use crate::config;
use crate::context::Context;
use crate::disk::read::Unread;
use crate::error::{Kind, Outcome, Result};
use crate::output::{Output, Screen};
use crate::text::{quantity, safe, width};

/// No file that there is has a longer name, in characters.
const LONGEST_NAME: usize = 4096;

/// Validate path files and career files
///
/// Every problem of every file is reported in one run, with its place and a remedy. References
/// between the given files resolve to these files. The exit code is 1 where there is an error.
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

#[derive(Serialize)]
struct Report {
    files: Vec<FileReport>,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct FileReport {
    file: String,
    diagnostics: Vec<Found>,
    /// How many more there are; the errors come first.
    left_out: usize,
    #[serde(skip)]
    text: String,
}

#[derive(Serialize)]
struct Found {
    code: &'static str,
    severity: Severity,
    line: usize,
    column: usize,
    message: String,
    help: Option<String>,
    #[serde(skip)]
    span: std::ops::Range<usize>,
}

/// A file with its text and what was read in it, or why it could not be read.
struct Read {
    name: String,
    found: std::result::Result<(String, Reading), Unread>,
}

impl Read {
    fn new(path: &Path) -> Self {
        let found = file::text(path).map(|text| {
            let reading = format::read(&text);
            (text, reading)
        });
        Self { name: path.display().to_string(), found }
    }
}

/// Runs the command.
///
/// # Errors
/// The answer has no JSON. The errors of the files are the answer.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<Outcome> {
    let read: Vec<Read> = args.files.iter().map(|path| Read::new(path)).collect();
    let readings = read.iter().filter_map(|one| one.found.as_ref().ok());
    let files = readings.filter_map(|(_, reading)| reading.roadmap.clone()).collect();
    let shelf = Together { files, catalog: context.catalog() };
    let mut report = Report { files: Vec::new(), errors: 0, warnings: 0 };
    for Read { name, found } in read {
        let file = match found {
            Ok((text, reading)) => {
                let mut all = format::check_foreign(&reading, &shelf);
                all.extend(reading.diagnostics);
                all.sort_by_key(|one| one.span.start);
                let (shown, left_out) = format::most_important(all, MOST_DIAGNOSTICS);
                let left_out = left_out + reading.left_out;
                let diagnostics = shown.iter().map(|one| found_at(one, &text)).collect();
                FileReport { file: name, diagnostics, left_out, text }
            }
            Err(unread) => unreadable(name, &unread),
        };
        let errors = file.diagnostics.iter().filter(|one| one.severity == Severity::Error).count();
        report.errors += errors;
        report.warnings += file.diagnostics.len() - errors;
        report.files.push(file);
    }
    same_ids(&mut report, &shelf);
    out.report("check", &report, text)?;
    Ok(if report.errors > 0 { Outcome::Found(Kind::Failed) } else { Outcome::Good })
}

/// Two of the files may not be the same path.
fn same_ids(report: &mut Report, shelf: &Together<'_>) {
    let mut seen: Vec<&str> = Vec::new();
    for roadmap in &shelf.files {
        if seen.contains(&roadmap.id.as_str()) {
            let message = format!("two of the files have the id `{}`", roadmap.id);
            if let Some(file) = report.files.iter_mut().rev().find(|file| {
                format::read(&file.text).roadmap.is_some_and(|one| one.id == roadmap.id)
            }) {
                file.diagnostics.push(Found {
                    code: "duplicate-path",
                    severity: Severity::Error,
                    line: 1,
                    column: 1,
                    message,
                    help: Some("give each path an id of its own".to_owned()),
                    span: 0..0,
                });
                report.errors += 1;
            }
        }
        seen.push(&roadmap.id);
    }
}

fn found_at(one: &Diagnostic, text: &str) -> Found {
    let (line, column) = line_column(text, one.span.start);
    Found {
        code: one.code.as_str(),
        severity: one.severity,
        line,
        column,
        message: one.message.clone(),
        help: one.help.clone(),
        span: one.span.clone(),
    }
}

fn unreadable(name: String, unread: &Unread) -> FileReport {
    let line = if let Unread::NotUtf8(line) = unread { *line } else { 1 };
    let found = Found {
        code: "unreadable",
        severity: Severity::Error,
        line,
        column: 1,
        message: unread.to_string(),
        help: Some("check the name, the permissions and the encoding of the file".to_owned()),
        span: 0..0,
    };
    FileReport { file: name, diagnostics: vec![found], left_out: 0, text: String::new() }
}

fn text(report: &Report, screen: &Screen) -> String {
    let paint = screen.paint;
    let mut text = String::new();
    for file in &report.files {
        let name = safe::short(&file.file, LONGEST_NAME);
        for one in &file.diagnostics {
            let label = format!("{}[{}]:", one.severity, one.code);
            let label = if one.severity == Severity::Error {
                paint.bad(&label)
            } else {
                paint.warn(&label)
            };
            let message = safe::line(&one.message);
            text.push_str(&format!("{name}:{}:{}: {label} {message}\n", one.line, one.column));
            text.push_str(&snippet(one, &file.text, screen));
            if let Some(help) = &one.help {
                let label = format!("  {} ", paint.bold("help:"));
                let columns = screen.text_width();
                text.push_str(&width::wrap_indented(&label, "    ", &safe::line(help), columns));
            }
            text.push('\n');
        }
        if file.left_out > 0 {
            let more = quantity::thousands(file.left_out);
            text.push_str(&format!("{name}: {more} more, not shown\n\n"));
        }
    }
    let files = quantity::count(report.files.len(), "file");
    let errors = quantity::count(report.errors, "error");
    let warnings = quantity::count(report.warnings, "warning");
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
    let level = if one.severity == Severity::Error { Level::ERROR } else { Level::WARNING };
    let group = Group::with_level(level).element(
        Snippet::source(shown).line_start(one.line).annotation(AnnotationKind::Primary.span(span)),
    );
    let renderer = if screen.paint.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer =
        renderer.decor_style(DecorStyle::Ascii).term_width(screen.width.unwrap_or(100).max(20));
    let rendered = renderer.render(&[group]);
    format!("{rendered}\n")
}
