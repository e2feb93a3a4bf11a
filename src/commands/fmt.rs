//! `milepost fmt`

use std::path::PathBuf;

use milepost_author::format::format;
use milepost_core::disk;
use milepost_core::report::check::{self, FileReport};

use super::shared::{diagnostics, input};
use crate::config;
use crate::context::Context;
use crate::error::{Error, Kind, Outcome, Result};
use crate::output::{Output, Screen};
use crate::text::quantity;
use crate::words::fmt::{self as words, File, Form, Report};

/// Format path files, overlays, career files and lists of ticks
///
/// Puts the keys of each table into a fixed order, sets blank lines, and writes one skill or question
/// per line, as in the built-in paths. What the file says stays the same, and so do its comments and
/// the order of its tables. If a file is not TOML, it stays as it is, and you see its errors.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost fmt my-path.toml
  milepost fmt --check paths    list unformatted files; exit code 1
  milepost fmt -                from standard input to standard output")]
pub struct Args {
    /// The files, folders with files, or `-` for standard input
    #[arg(
        value_name = "FILE",
        required = true,
        value_hint = clap::ValueHint::AnyPath,
        value_parser = config::file_name()
    )]
    files: Vec<PathBuf>,

    /// Change nothing; fail if a file is not formatted
    #[arg(long)]
    check: bool,
}

/// Runs the command.
///
/// # Errors
/// Standard input cannot be read, or a file cannot be written.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<Outcome> {
    let is_piped = args.files.iter().any(|file| input::is_standard(file));
    if is_piped && args.files.len() > 1 {
        return Err(Error::usage("`-` cannot be formatted together with files"));
    }
    let given = args.files.iter().map(|file| input::as_named(file)).collect::<Result<Vec<_>>>()?;
    let mut files = Vec::new();
    for report in check::toml(&given) {
        let file = formed(report, args.check || is_piped)?;
        if file.form == Form::Formatted {
            let record = context.app.places.db.as_deref();
            disk::write(&file.report.file, record, file.text.as_bytes())?;
        }
        files.push(file);
    }
    let report = Report { files, is_piped, check: args.check };
    let fails = report.fails();
    out.report("fmt", &report.json(), |_, screen| text(&report, screen))?;
    if is_piped && !out.is_json() {
        let wrong: String = report.files.iter().map(|file| errors(file, &out.screen())).collect();
        out.tell(&wrong);
    }
    if report.count(Form::Formatted) > 0 {
        out.say(words::WAY_BACK);
    }
    Ok(if fails { Outcome::Found(Kind::Failed) } else { Outcome::Good })
}

/// A file with the form that it should have.
fn formed(report: FileReport, only_look: bool) -> Result<File> {
    if !report.found.is_empty() {
        return Ok(File { form: Form::Invalid, text: String::new(), report });
    }
    let Ok(text) = format(&report.text) else {
        return Err(words::fault(&diagnostics::name(&report)));
    };
    let form = match text == report.text {
        true => Form::Unchanged,
        false if only_look => Form::Unformatted,
        false => Form::Formatted,
    };
    Ok(File { form, text, report })
}

fn errors(file: &File, screen: &Screen) -> String {
    diagnostics::of_file(&file.report, screen)
}

fn text(report: &Report, screen: &Screen) -> String {
    if report.is_piped && !report.check {
        return report.files.iter().map(|file| file.text.as_str()).collect();
    }
    let mut text = String::new();
    for file in &report.files {
        let name = diagnostics::name(&file.report);
        match file.form {
            Form::Invalid if report.is_piped => {}
            Form::Invalid => text.push_str(&errors(file, screen)),
            Form::Formatted => text.push_str(&format!("formatted {name}\n")),
            Form::Unformatted => text.push_str(&format!("not formatted: {name}\n")),
            Form::Unchanged => {}
        }
    }
    let files = quantity::count(report.files.len(), "file");
    let counts: Vec<String> =
        report.counts().into_iter().map(|(count, word)| format!("{count} {word}")).collect();
    text.push_str(&format!("{files}: {}\n", counts.join(", ")));
    text
}
