//! `milepost check`

use std::path::PathBuf;

use milepost_core::report::check::{self, Query, Report};

use super::shared::{diagnostics, input};
use crate::config;
use crate::context::Context;
use crate::error::{Error, Kind, Outcome, Result};
use crate::output::{Output, Screen};
use crate::text::quantity;

/// Validate path files, overlays and career files
///
/// Reports every problem in every file at once, with its place and a remedy. Without FILE, it checks
/// all of your own files. It resolves references between the files that it checks. The exit code is 1
/// if there is an error, with `--strict` also if there is a warning.
///
/// With `--against`, it also says what a learner's record would lose with the new version: ids that
/// are gone, renamed without `replaces` or reused for something else, and criteria that changed. For
/// an overlay, it looks at what the overlay adds.
/// `git show HEAD:new.toml | milepost check new.toml --against -` compares with the last commit.
///
/// The comment `# check: allow CODE` silences a warning or a finding of `--against`: after a value for
/// that line, or above everything else for the whole file.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost check my-path.toml
  milepost check                   all of your own files
  milepost check paths --strict    a folder; fail on warnings, too
  milepost check new.toml --against old.toml")]
pub struct Args {
    /// The files, folders with files, or `-` for standard input
    #[arg(
        value_name = "FILE",
        value_hint = clap::ValueHint::AnyPath,
        value_parser = config::file_name()
    )]
    files: Vec<PathBuf>,

    /// Fail on warnings, too
    #[arg(long)]
    strict: bool,

    /// Compare with the previous version: a file, a folder, or `-`
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
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<Outcome> {
    let all = args.files.iter().chain(&args.against);
    if all.filter(|file| input::is_standard(file)).count() > 1 {
        return Err(Error::usage("standard input, `-`, can be read only once"));
    }
    let query = Query {
        files: args.files.iter().map(|file| input::as_named(file)).collect::<Result<_>>()?,
        against: args.against.as_deref().map(input::as_named).transpose()?,
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

/// The report for people.
pub fn text(report: &Report, screen: &Screen) -> String {
    let mut text: String =
        report.files.iter().map(|file| diagnostics::of_file(file, screen)).collect();
    let files = quantity::count(report.files.len(), "file");
    let errors = quantity::count(report.errors(), "error");
    let warnings = quantity::count(report.warnings(), "warning");
    text.push_str(&format!("{files}: {errors}, {warnings}\n"));
    text
}
