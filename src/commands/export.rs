//! `milepost export`

use std::path::{Path, PathBuf};

use milepost_core::report::export::{Purpose, Query};
use milepost_core::{disk, record, report, transfer};
use serde::Serialize;

use crate::config;
use crate::context::Context;
use crate::error::{Code, Error, Result, no_json};
use crate::export::{self, Ending, Format, Options};
use crate::output::Output;
use crate::text::{quantity, shell};

/// Export your portfolio
///
/// Shows what you built, with evidence, then your skills and what you studied, on the given paths.
/// Notes are private: only `--notes` includes them, and JSON, which has everything. With `--public`,
/// it shows only what is done, with evidence, and the skill areas that reach what the role needs.
#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  milepost export
  milepost export -o portfolio.md --name \"Ada Lovelace\"
  milepost export -o portfolio.html --open
  milepost export --public -o portfolio.html     what is done, for an employer
  milepost export -o items.csv --bom             for Excel
  milepost export --format checklist -o todo.md  every item with a box to tick
  milepost export --format anki -o cards.txt     for Anki to import
  milepost export --format jsonresume -o resume.json
  milepost export --full -o record.json          the whole record, for `import`
  milepost export ai-integration --format json -o portfolio.json")]
pub struct Args {
    /// The paths [default: the paths that you follow]
    #[arg(value_name = "PATH", add = super::completions::paths())]
    paths: Vec<String>,

    /// The format [default: by the ending of FILE, or else markdown]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,

    /// Write to this file, private if new; `-` is standard output
    #[arg(short, long, value_name = "FILE", value_parser = config::file_name())]
    output: Option<PathBuf>,

    /// Begin the CSV with a byte order mark, so that Excel reads it as UTF-8
    #[arg(long)]
    bom: bool,

    /// Your name, for the title
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// Include your notes
    #[arg(long)]
    notes: bool,

    /// Only what is done, for an employer, as Markdown or HTML
    #[arg(long, conflicts_with = "notes")]
    public: bool,

    /// Open the HTML page in the browser
    #[arg(long)]
    open: bool,

    /// Export the whole record as JSON, for `milepost import`
    #[arg(long, conflicts_with_all = ["paths", "name", "notes", "public", "open", "bom"])]
    full: bool,
}

/// What was written, where the answer is not the document itself.
#[derive(Serialize)]
struct Report {
    file: Option<String>,
    format: Format,
    bytes: usize,
    /// Whether it was shown in the browser.
    opened: bool,
    /// The document, where it is in no file.
    text: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// A path is unknown, there is nothing to export, the record cannot be read, the file cannot be
/// written, or no browser can show it.
pub(crate) fn run(args: &Args, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let file = args.output.as_deref().filter(|file| *file != Path::new("-"));
    if args.full {
        return full(args, file, context, out);
    }
    let unsaid = if out.is_json() { Format::Json } else { Format::default() };
    let format = format(args.format, file, unsaid)?;
    if args.open {
        can_open(file, format)?;
    }
    if args.bom && format != Format::Csv {
        return Err(Error::usage("`--bom` works only with CSV")
            .hint("`milepost export --format csv --bom -o items.csv`"));
    }
    if args.notes && !format.has_notes() {
        return Err(Error::usage("this format has no notes").hint(
            "omit `--notes`; Markdown, HTML and CSV can include them, and JSON always does",
        ));
    }
    if args.public && !format.has_public() {
        return Err(Error::usage("`--public` works only with Markdown, HTML and JSON Resume")
            .hint("`milepost export --public -o portfolio.html`"));
    }
    let query = Query {
        paths: args.paths.clone(),
        owner: args.name.clone().or_else(|| context.config.name.clone()),
        purpose: match format {
            Format::Json => Purpose::Data,
            Format::Ics => Purpose::Calendar,
            Format::Checklist => Purpose::Checklist,
            Format::Anki => Purpose::Cards,
            Format::JsonResume => Purpose::Resume,
            Format::Markdown | Format::Html | Format::Csv => Purpose::Portfolio,
        },
        public: args.public,
    };
    let answer = report::export::report(&query, &context.app)?;
    out.tell_beside(&answer);
    let options = Options { notes: args.notes, public: args.public };
    let mut text = export::render(&answer.report, format, options)?;
    if args.bom {
        text.insert(0, '\u{FEFF}');
    }
    let mut report = Report { file: None, format, bytes: text.len(), opened: false, text: None };
    match file {
        Some(file) => {
            write_file(file, &text, context, out)?;
            if format.has_public() || format == Format::Ics {
                tell_who_can_read(file, out);
            }
            report.file = Some(file.display().to_string());
            if args.open {
                open_in_browser(file)?;
                report.opened = true;
            }
        }
        None if out.is_json() && format != Format::Json => report.text = Some(text),
        None => {
            out.answer(&text);
            return Ok(());
        }
    }
    out.report("export", &report, |_, _| String::new())
}

/// The whole record.
fn full(
    args: &Args,
    file: Option<&Path>,
    context: &Context,
    out: &mut Output<'_, '_>,
) -> Result<()> {
    let named = file.map_or(Ending::None, Ending::of);
    let is_other = |ending| matches!(ending, Ending::Of(format) if format != Format::Json);
    if is_other(args.format.map_or(Ending::None, Ending::Of)) || is_other(named) {
        return Err(Error::usage("`--full` works only with JSON")
            .hint("`milepost export --format json --full -o record.json`"));
    }
    let format = format(Some(Format::Json), file, Format::Json)?;
    let record = report::record::report(&context.app)?.report;
    let text = transfer::render(&record, record::FORM).map_err(no_json)?;
    let Some(file) = file else {
        out.answer(&text);
        return Ok(());
    };
    write_file(file, &text, context, out)?;
    let file = Some(file.display().to_string());
    let report = Report { file, format, bytes: text.len(), opened: false, text: None };
    out.report("export", &report, |_, _| String::new())
}

/// What was asked for, else what the ending of the file says. An ending that says another format is
/// refused: nobody would find out why no program can open the file.
fn format(said: Option<Format>, file: Option<&Path>, unsaid: Format) -> Result<Format> {
    let Some(file) = file else { return Ok(said.unwrap_or(unsaid)) };
    let name = disk::show(file);
    let with = |format: Format| {
        let name = file.with_extension(format.ending());
        format!("-o {}", shell::word(&disk::show(&name)))
    };
    match (said, Ending::of(file)) {
        (None, Ending::Of(format)) => Ok(format),
        (None, Ending::None) => Ok(unsaid),
        (None, Ending::Unknown) => {
            Err(Error::usage(format!("the ending of {name} is not a format that milepost writes"))
                .hint("end it in .md, .html, .json, .csv or .ics, or pass `--format FORMAT`"))
        }
        (_, Ending::Foreign(nearest)) => {
            // Anki does not mind the ending, but nobody else would know what the file is.
            let nearest = said.filter(|said| *said == Format::Anki).unwrap_or(nearest);
            let with = with(nearest);
            Err(Error::usage(format!("milepost cannot write {name}: that format is not supported"))
                .hint(match nearest {
                    Format::Html => format!(
                        "`{with}` is a page; `--open` shows it in the browser, which can print it \
                         to a \
                         PDF"
                    ),
                    Format::Csv => format!("`{with}` opens in any spreadsheet"),
                    Format::Ics => format!("`{with}` goes into any calendar"),
                    Format::Anki => format!("Anki imports `--format anki {with}`"),
                    Format::Markdown | Format::Checklist | Format::Json | Format::JsonResume => {
                        format!("`{with}` is for programs")
                    }
                }))
        }
        (Some(said), Ending::Of(named)) if said.ending() != named.ending() => {
            Err(Error::usage(format!("the ending of {name} and `--format` disagree"))
                .hint(format!("omit `--format`, or name the file: `{}`", with(said))))
        }
        (Some(said), _) => Ok(said),
    }
}

/// What is made to be shown is as private as everything else at first.
#[cfg(unix)]
fn tell_who_can_read(file: &Path, out: &mut Output<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    let mode = file.metadata().map_or(0, |file| file.permissions().mode());
    if mode & 0o077 == 0 {
        let name = disk::show(file);
        out.say(&format!(
            "only you can read it; `chmod a+r {}` lets others read \
         it",
            shell::word(&name)
        ));
    }
}

#[cfg(not(unix))]
fn tell_who_can_read(_: &Path, _: &mut Output<'_, '_>) {}

fn write_file(file: &Path, text: &str, context: &Context, out: &mut Output<'_, '_>) -> Result<()> {
    let is_special = file.metadata().is_ok_and(|there| !there.is_file() && !there.is_dir());
    if is_special {
        let shown = disk::show(file);
        return Err(Error::new(Code::Unwritable, format!("{shown} is not a regular file"))
            .hint("`-o -` writes to standard output, which your shell can redirect"));
    }
    disk::write(file, context.app.places.db.as_deref(), text.as_bytes())?;
    let shown = disk::show(file);
    out.say(&format!("wrote {shown} ({})", quantity::count(text.len(), "byte")));
    Ok(())
}

/// Whether there will be a page that a browser can show; asked before anything is written.
fn can_open(file: Option<&Path>, format: Format) -> Result<()> {
    if format != Format::Html {
        return Err(Error::usage("`--open` works only with HTML")
            .hint("`milepost export --format html -o portfolio.html --open`"));
    }
    if file.is_none() {
        return Err(
            Error::usage("`--open` needs a file to show").hint("name one: `-o portfolio.html`")
        );
    }
    Ok(())
}

fn open_in_browser(file: &Path) -> Result<()> {
    // A full name: a browser has another folder, and would take `-x` for a flag.
    let full = std::path::absolute(file).unwrap_or_else(|_| file.to_path_buf());
    // What the programs that were tried said tells nobody what to do.
    open::that_detached(&full).ok().ok_or_else(|| {
        Error::new(Code::NoProgram, "the page is written, but a browser could not be started")
            .hint(format!("open {} yourself", disk::show(&full)))
    })
}
