//! `milepost check`

use std::path::{Path, PathBuf};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use milepost_core::report::check::{self, Found, Given, Query, Report};
use milepost_path::{Severity, safe};

use super::input;
use crate::config;
use crate::context::Context;
use crate::error::{Error, Kind, Outcome, Result};
use crate::output::{Output, Screen};
use crate::text::{quantity, width};
use crate::words::check::{help, message};

/// No file that there is has a longer name, in characters.
const LONGEST_NAME: usize = 4096;

/// Validate path files and career files
///
/// Reports every problem in every file at once, with its place and a remedy. Without a FILE it
/// examines all of your own. References between the given files are resolved. The exit code is 1 if
/// there is an error, with `--strict` also if there is a warning.
///
/// With `--against` it also says what learners who have a record would lose by the new version: ids
/// that are gone, renamed without `replaces` or used for another thing, and criteria that changed.
/// `git show HEAD:new.toml | milepost check new.toml --against -` compares with what is committed.
///
/// A comment silences a warning, and what `--against` finds: `# check: allow CODE`, behind a value
/// for its line, above everything else for the file.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost check my-path.toml
  milepost check                   all of your own
  milepost check paths --strict    a folder; warnings fail, too
  milepost check new.toml --against old.toml")]
pub struct Args {
    /// The files, folders with files, or `-` for standard input
    #[arg(
        value_name = "FILE",
        value_hint = clap::ValueHint::AnyPath,
        value_parser = config::file_name()
    )]
    files: Vec<PathBuf>,

    /// Let warnings fail, too
    #[arg(long)]
    strict: bool,

    /// Compare with the version before: a file, a folder, or `-`
    #[arg(
        long,
        value_name = "OLD",
        value_hint = clap::ValueHint::AnyPath,
        value_parser = config::file_name()
    )]
    against: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// Standard input or the version before cannot be read, or the answer has no JSON. The errors of the
/// files are the answer.
pub fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<Outcome> {
    let all = args.files.iter().chain(&args.against);
    if all.filter(|file| input::is_standard(file)).count() > 1 {
        return Err(Error::usage("standard input, `-`, can be read only once"));
    }
    let query = Query {
        files: args.files.iter().map(|file| given(file)).collect::<Result<_>>()?,
        against: args.against.as_deref().map(given).transpose()?,
    };
    let answer = check::report(&query, &context.app)?;
    let (errors, warnings) = (answer.report.errors(), answer.report.warnings());
    out.tell_answer(&answer, text)?;
    if errors == 0 && warnings > 0 && args.strict {
        out.say("`--strict` counts warnings as errors");
    }
    let fails = errors > 0 || (args.strict && warnings > 0);
    Ok(if fails { Outcome::Found(Kind::Failed) } else { Outcome::Good })
}

/// What is read from standard input is called as on the command line, so that `FILE:LINE` has no space.
fn given(file: &Path) -> Result<Given> {
    Ok(match input::given(file)? {
        Given::Text(_, text) => Given::Text("-".to_owned(), text),
        given => given,
    })
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
